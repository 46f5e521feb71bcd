// Package config reads the configuration file and finds the account to ask with: user, key and base URL,
// all three from the same place.
//
// Its errors are messages that name the file and the line. They never quote a key.
package config

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"

	"github.com/pelletier/go-toml/v2"

	"bounceboard/theme"
	"bounceboard/ui/words"
)

// File is what the configuration file says. The zero File is that of somebody who has none.
type File struct {
	Profile  string             `toml:"profile"`
	Lang     string             `toml:"lang"`
	Theme    string             `toml:"theme"`
	ASCII    bool               `toml:"ascii"`
	Profiles map[string]Profile `toml:"profiles"`

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
	given := path != ""
	if !given {
		if path = usualPath(getenv); path == "" {
			return &File{}, nil
		}
	}
	f, err := os.Open(path)
	if err != nil {
		switch missing := errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ENOTDIR); {
		case missing && given:
			return nil, problem(path, 0, words.ConfigMissing)
		case missing:
			return &File{Path: path}, nil
		}
		return nil, problem(path, 0, words.ConfigUnread, Reason(err))
	}
	defer f.Close()
	data, err := io.ReadAll(f)
	if err != nil {
		return nil, problem(path, 0, words.ConfigUnread, Reason(err))
	}
	file, err := parse(path, bytes.TrimPrefix(data, []byte("\uFEFF")))
	if err != nil {
		return nil, err
	}
	return file, file.trusted(f)
}

// usualPath is where the file is without --config, on every system. A relative XDG_CONFIG_HOME counts for
// nothing, as its specification says.
func usualPath(getenv func(string) string) string {
	if dir := getenv("XDG_CONFIG_HOME"); filepath.IsAbs(dir) {
		return filepath.Join(dir, "bounceboard", "config.toml")
	}
	if home := getenv("HOME"); home != "" {
		return filepath.Join(home, ".config", "bounceboard", "config.toml")
	}
	return ""
}

func parse(path string, data []byte) (*File, error) {
	file := &File{Path: path}
	if err := toml.NewDecoder(bytes.NewReader(data)).DisallowUnknownFields().Decode(file); err != nil {
		return nil, decodeProblem(path, err)
	}
	file.lines = keyLines(string(data))
	if err := file.checkChoice("lang", file.Lang, Langs()); err != nil {
		return nil, err
	}
	if err := file.checkChoice("theme", file.Theme, Themes()); err != nil {
		return nil, err
	}
	for _, name := range slices.Sorted(maps.Keys(file.Profiles)) {
		if err := file.checkProfile(name, file.Profiles[name]); err != nil {
			return nil, err
		}
	}
	if _, there := file.Profiles[file.Profile]; file.Profile != "" && !there {
		return nil, problem(path, file.line("profile"), words.ConfigNoProfile, file.Profile, file.names())
	}
	return file, nil
}

func (f *File) checkChoice(key, value string, of []string) error {
	if value != "" && !slices.Contains(of, value) {
		return problem(f.Path, f.line(key), words.ConfigChoice, key, value, strings.Join(of, ", "))
	}
	return nil
}

func (f *File) checkProfile(name string, p Profile) error {
	for _, n := range []struct {
		key         string
		value, most int
	}{{"calls_per_minute", p.CallsPerMinute, 3000}, {"window_days", p.WindowDays, 92}, {"lookback_days", p.LookbackDays, 3660}} {
		line := f.line("profiles", name, n.key)
		if n.value < 0 || n.value > n.most || n.value == 0 && line > 0 {
			return problem(f.Path, line, words.ConfigRange, n.key, n.value, 1, n.most)
		}
	}
	if p.APIKey != "" && p.APIKeyCommand != "" {
		return problem(f.Path, f.line("profiles", name, "api_key_command"), words.ConfigTwoKeys, name)
	}
	return nil
}

// line is where a key, or a table, stands in the file; 0 where that is not known.
func (f *File) line(key ...string) int { return f.lines[strings.Join(key, ".")] }

// Lookback is how many days a query may reach back with a profile; 0 is the client's default. With no name
// it is that of the file's own choice.
func (f *File) Lookback(profile string) int {
	if profile == "" {
		profile = f.Profile
	}
	return f.Profiles[profile].LookbackDays
}

// names are the profiles that can be named, for a sentence.
func (f *File) names() string { return strings.Join(slices.Sorted(maps.Keys(f.Profiles)), ", ") }

// Langs are the languages that can be chosen.
func Langs() []string { return []string{string(words.English), string(words.Chinese)} }

// Themes are the themes that can be chosen.
func Themes() []string {
	var names []string
	for _, n := range theme.Names() {
		names = append(names, string(n))
	}
	return names
}

// Reason is what the system said, without the path around it.
func Reason(err error) string {
	var path *fs.PathError
	if errors.As(err, &path) {
		err = path.Err
	}
	return fmt.Sprint(err)
}
