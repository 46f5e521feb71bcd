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
	folder := filepath.Dir(f.Path)
	// In a folder such as /tmp (sticky) others can add files but cannot replace ours.
	if info, err = os.Stat(folder); err != nil || info.Mode()&os.ModeSticky != 0 {
		return nil //nolint:nilerr // the file in it has been read
	}
	return f.ownersAlone(folder, info)
}

// ownersAlone refuses what others than its owner can write, and what belongs neither to us nor to root.
func (f *File) ownersAlone(path string, info os.FileInfo) error {
	if mode := info.Mode().Perm(); mode&0o022 != 0 {
		return problem(f.Path, 0, words.ConfigWritable, path, mode, path)
	}
	if stat, ok := info.Sys().(*syscall.Stat_t); ok && stat.Uid != 0 && int(stat.Uid) != os.Geteuid() {
		return problem(f.Path, 0, words.ConfigForeign, path, stat.Uid)
	}
	return nil
}
