// Package config reads the configuration file and finds the account to ask with: user, key and base URL, all three from the same place.
//
// Its errors are messages that name the file and the line. They never quote a key.
package config

import (
	"bytes"
	"cmp"
	"errors"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/pelletier/go-toml/v2"

	"bounceboard/keymap"
	"bounceboard/theme"
	"bounceboard/ui/words"
)

// File is what the configuration file says. The zero File is that of somebody who has none.
type File struct {
	Profile  string               `toml:"profile"`
	Lang     string               `toml:"lang"`
	Theme    string               `toml:"theme"`
	ASCII    bool                 `toml:"ascii"`
	Labels   []string             `toml:"labels"` // names or ids of labels that a mail may have
	Colors   map[string]any       `toml:"colors"` // by meaning: see theme.Meanings
	Keys     map[string]any       `toml:"keys"`   // by action: a key or a list of keys
	Profiles map[string]Profile   `toml:"profiles"`
	Views    map[string]savedView `toml:"views"`
	Columns  []string             `toml:"columns"` // of the table; none: its width chooses

	Keymap keymap.Map `toml:"-"` // with the keys of one's own

	Path  string         `toml:"-"` // where it is, or would be; empty where there is no home directory
	lines map[string]int // of its keys, as keyLines has them
}

// Profile is one account in the file. A number that is not given is 0.
type Profile struct {
	BaseURL        string `toml:"base_url"`
	APIUser        string `toml:"api_user"`
	APIKey         string `toml:"api_key"`
	APIKeyCommand  string `toml:"api_key_command"`
	CallsPerMinute int    `toml:"calls_per_minute"`
	WindowDays     int    `toml:"window_days"`
	LookbackDays   int    `toml:"lookback_days"`
}

// Load reads the file at path. With no path it reads the one in its usual place, which need not exist.
func Load(path string, getenv func(string) string) (*File, error) {
	given := path
	if path = cmp.Or(given, usualPath(getenv)); path == "" {
		return &File{Keymap: keymap.Default()}, nil
	}
	f, err := os.Open(path)
	if given == "" && (errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ENOTDIR)) {
		return &File{Path: path, Keymap: keymap.Default()}, nil
	}
	defer f.Close() // that it is nil after an error is allowed, here and below
	data, unread := io.ReadAll(f)
	if err = cmp.Or(err, unread); err != nil {
		return nil, problem(path, 0, words.ConfigUnread, Reason(err))
	}
	file, err := parse(path, bytes.TrimPrefix(data, []byte("\uFEFF")))
	if err != nil {
		return nil, err
	}
	return file, file.trusted(f)
}

// usualPath is where the file is without --config. A relative XDG_CONFIG_HOME counts for nothing, as its specification says.
func usualPath(getenv func(string) string) string {
	dir, home := getenv("XDG_CONFIG_HOME"), getenv("HOME")
	if !filepath.IsAbs(dir) && home == "" {
		return ""
	} else if !filepath.IsAbs(dir) {
		dir = filepath.Join(home, ".config")
	}
	return filepath.Join(dir, "bounceboard", "config.toml")
}

func parse(path string, data []byte) (*File, error) {
	file := &File{Path: path}
	if err := toml.NewDecoder(bytes.NewReader(data)).DisallowUnknownFields().Decode(file); err != nil {
		return nil, decodeProblem(path, err)
	}
	file.lines = keyLines(string(data))
	if err := cmp.Or(file.checkWords(), file.checkLook(), file.checkColumns(string(data)), file.checkViews(time.Now()), file.checkProfiles()); err != nil {
		return nil, err
	}
	return file, nil
}

func (f *File) checkWords() error {
	switch {
	case f.Lang != "" && !slices.Contains(Langs(), f.Lang):
		return at(f.Path, f.line("lang"), words.NotAChoice("lang", f.Lang, Langs()))
	case f.Theme != "" && !slices.Contains(Themes(), f.Theme):
		return at(f.Path, f.line("theme"), words.NotAChoice("theme", f.Theme, Themes()))
	case slices.ContainsFunc(f.Labels, func(l string) bool { return strings.TrimSpace(l) == "" }):
		return problem(f.Path, f.line("labels"), words.ConfigNoLabel)
	}
	return nil
}

func (f *File) checkProfiles() error {
	for _, name := range f.names() {
		p := f.Profiles[name]
		if p.APIKey != "" && p.APIKeyCommand != "" {
			return problem(f.Path, f.line("profiles", name, "api_key_command"), words.ConfigTwoKeys, name)
		}
		for key, n := range map[string][2]int{"calls_per_minute": {p.CallsPerMinute, 3000}, "window_days": {p.WindowDays, 92},
			"lookback_days": {p.LookbackDays, 3660}} {
			line := f.line("profiles", name, key)
			if n[0] < 0 || n[0] > n[1] || n[0] == 0 && line > 0 {
				return problem(f.Path, line, words.ConfigRange, key, n[0], 1, n[1])
			}
		}
	}
	return nil
}

// Where is the place in the file of a key, by its whole name ("profiles.prod.window_days"), for a sentence; nil: it is not there.
func (f *File) Where(key string) *words.Message {
	if line := f.line(key); line > 0 {
		return words.Filled(words.ConfigLine, f.Path, line)
	}
	return nil
}

// line is where a key, or a table, stands in the file; 0 where that is not known.
func (f *File) line(key ...string) int {
	return f.lines[strings.ReplaceAll(strings.Join(key, "."), " ", "")]
}

func (f *File) names() []string { return slices.Sorted(maps.Keys(f.Profiles)) }

// Langs are the languages that can be chosen.
func Langs() []string { return []string{string(words.English), string(words.Chinese)} }

// Themes are the themes that can be chosen.
func Themes() (all []string) {
	for _, n := range theme.Names() {
		all = append(all, string(n))
	}
	return all
}

// Reason is what the system said, without the path around it.
func Reason(err error) string {
	if path, ok := errors.AsType[*fs.PathError](err); ok {
		err = path.Err
	}
	return err.Error()
}

// problem is what is wrong with the file; line 0 is the file as a whole.
func problem(path string, line int, what words.Sentence, args ...any) error {
	return at(path, line, words.Filled(what, args...))
}

// at is something with its place in the file before it.
func at(path string, line int, what any) *words.Message {
	if line == 0 {
		return words.Filled(words.Labelling, path, what)
	}
	return words.Filled(words.ConfigAt, path, line, what)
}

// decodeProblem is an error of the decoder. The decoder's text can quote the source, keys and all; only its message and position are used.
func decodeProblem(path string, err error) error {
	decode, _ := errors.AsType[*toml.DecodeError](err)
	unknown, ok := errors.AsType[*toml.StrictMissingError](err)
	if ok {
		decode = &unknown.Errors[0]
	}
	if decode == nil {
		return problem(path, 0, words.ConfigSyntax, strings.TrimPrefix(err.Error(), "toml: "))
	}
	line, _ := decode.Position()
	key := append([]string{""}, decode.Key()...)
	name := key[len(key)-1]
	switch {
	case ok && slices.Contains(known, name):
		return problem(path, line, words.ConfigPlace, name)
	case ok:
		return problem(path, line, words.ConfigUnknown, name, words.DidYouMean(name, known, ""))
	case len(key) > 1 && strings.Contains(decode.Error(), "cannot"):
		if key[1] != "profiles" && key[1] != "views" { // of [profile.prod] the wrong key is profile
			name = key[1]
		}
		return problem(path, line, words.ConfigKind, name)
	}
	return problem(path, line, words.ConfigSyntax, strings.TrimPrefix(err.Error(), "toml: "))
}

var known = []string{"profile", "lang", "theme", "ascii", "labels", "profiles", "base_url", "api_user", "api_key", "api_key_command",
	"calls_per_minute", "window_days", "lookback_days", "colors", "keys", "views", "filter", "query", "order", "columns", "pane"}

// keyLines says on which line each table and key stands, by its whole name: "profiles.prod.api_user". Keys of inline tables are not in it.
func keyLines(data string) map[string]int {
	at := map[string]int{}
	table := ""
	for i, line := range strings.Split(data, "\n") {
		name := strings.NewReplacer(" ", "", "\t", "", "\r", "", `"`, "").Replace(line)
		if inner, ok := strings.CutPrefix(name, "["); ok {
			inner, _, _ = strings.Cut(inner, "]")
			table = inner + "."
			at[inner] = i + 1
		} else if key, _, ok := strings.Cut(name, "="); ok {
			at[table+key] = i + 1
		}
	}
	return at
}

// trusted refuses a file that others can read, where it holds a key, or can change, where it holds a key, a command or a base URL.
func (f *File) trusted(open *os.File) error {
	key, secret := false, false
	for _, p := range f.Profiles {
		key = key || p.APIKey != ""
		secret = secret || p.APIKey+p.APIKeyCommand+p.BaseURL != ""
	}
	info, err := open.Stat()
	if err != nil || !secret || !info.Mode().IsRegular() { // a pipe has no mode that matters
		return nil //nolint:nilerr // the file has been read
	} else if mode := info.Mode().Perm(); key && mode&0o077 != 0 {
		return problem(f.Path, 0, words.ConfigReadable, mode)
	}
	err = f.ownersAlone(f.Path, info)
	// In a folder such as /tmp (sticky) others can add files but cannot replace ours.
	folder := filepath.Dir(f.Path)
	if info, failed := os.Stat(folder); err == nil && failed == nil && info.Mode()&os.ModeSticky == 0 {
		err = f.ownersAlone(folder, info)
	}
	return err
}

// ownersAlone refuses what others than its owner can write, and what belongs neither to us nor to root.
func (f *File) ownersAlone(path string, info os.FileInfo) error {
	if mode := info.Mode().Perm(); mode&0o022 != 0 {
		return problem(f.Path, 0, words.ConfigWritable, path, mode, path)
	} else if stat, ok := info.Sys().(*syscall.Stat_t); ok && stat.Uid != 0 && int(stat.Uid) != os.Geteuid() {
		return problem(f.Path, 0, words.ConfigForeign, path, stat.Uid)
	}
	return nil
}
