package config

import (
	"os"
	"path/filepath"
	"syscall"

	"bounceboard/ui/words"
)

// trusted refuses a file that somebody else can read, where it holds a key, or can change, where it holds a
// key, a command or a base URL: whoever changes those reads the key or gets it sent. f is the open file.
func (f *File) trusted(open *os.File) error {
	key, secret := false, false
	for _, p := range f.Profiles {
		key = key || p.APIKey != ""
		secret = secret || p.APIKey != "" || p.APIKeyCommand != "" || p.BaseURL != ""
	}
	info, err := open.Stat()
	if err != nil || !secret || !info.Mode().IsRegular() { // a pipe has no mode that matters
		return nil //nolint:nilerr // the file has been read
	}
	if mode := info.Mode().Perm(); key && mode&0o077 != 0 {
		return problem(f.Path, 0, words.ConfigReadable, mode)
	}
	if err := f.ownersAlone(f.Path, info); err != nil {
		return err
	}
	folders := []string{filepath.Dir(f.Path)}
	if real, err := filepath.EvalSymlinks(f.Path); err == nil && filepath.Dir(real) != folders[0] {
		folders = append(folders, filepath.Dir(real))
	}
	for _, folder := range folders {
		info, err := os.Stat(folder)
		// In a folder such as /tmp (sticky) others can add files but cannot replace ours.
		if err != nil || info.Mode()&os.ModeSticky != 0 {
			continue
		}
		if err := f.ownersAlone(folder, info); err != nil {
			return err
		}
	}
	return nil
}

// ownersAlone refuses what others than its owner can write, and what belongs neither to us nor to root.
func (f *File) ownersAlone(path string, info os.FileInfo) error {
	what := words.ConfigItself
	if path != f.Path {
		what = words.ConfigFolder
	}
	if mode := info.Mode().Perm(); mode&0o022 != 0 {
		return problem(f.Path, 0, words.ConfigWritable, words.Filled(what, path), mode, path)
	}
	if stat, ok := info.Sys().(*syscall.Stat_t); ok && stat.Uid != 0 && int(stat.Uid) != os.Geteuid() {
		return problem(f.Path, 0, words.ConfigForeign, words.Filled(what, path), stat.Uid)
	}
	return nil
}

// OthersCanRead looks at the mode of a regular file; pipes and terminals have none that matters.
func OthersCanRead(f *os.File) (mode os.FileMode, open bool) {
	info, err := f.Stat()
	if err != nil || !info.Mode().IsRegular() {
		return 0, false
	}
	return info.Mode().Perm(), info.Mode().Perm()&0o077 != 0
}
