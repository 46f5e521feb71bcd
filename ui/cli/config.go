package cli

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"syscall"

	"github.com/pelletier/go-toml/v2"
	"github.com/pelletier/go-toml/v2/unstable"

	"bounceboard/theme"
	"bounceboard/ui/words"
)

// config is the configuration file.
type config struct {
	Profile  string             `toml:"profile"`
	Lang     string             `toml:"lang"`
	Theme    string             `toml:"theme"`
	ASCII    bool               `toml:"ascii"`
	Profiles map[string]profile `toml:"profiles"`

	path  string
	lines map[string]int // of its keys, as keyLines has them
}

// line is where a key of a profile, or with none the profile itself, stands.
func (c *config) line(profile string, key ...string) int {
	return c.lines[strings.Join(append([]string{"profiles", profile}, key...), "\x00")]
}

// profile is one account.
type profile struct {
	BaseURL        string `toml:"base_url"`
	APIUser        string `toml:"api_user"`
	APIKey         string `toml:"api_key"`
	APIKeyCommand  string `toml:"api_key_command"`
	CallsPerMinute int    `toml:"calls_per_minute"`
	WindowDays     int    `toml:"window_days"`
	LookbackDays   int    `toml:"lookback_days"`
}

// problem is what is wrong with the file; line 0 is the file as a whole.
func problem(path string, line int, what words.Sentence, args ...any) error {
	if line == 0 {
		return usage(words.ConfigFile, path, filled(what, args...))
	}
	return usage(words.ConfigAt, path, line, filled(what, args...))
}

// loaded is the configuration, read once: it may come from a pipe.
func (a *app) loaded(path string) (*config, error) {
	a.configOnce.Do(func() { a.config, a.configErr = loadConfig(path, a.Getenv) })
	return a.config, a.configErr
}

// configPath is where the file is without --config, on every system. A
// relative XDG_CONFIG_HOME counts for nothing, as its specification says.
func configPath(getenv func(string) string) string {
	if dir := getenv("XDG_CONFIG_HOME"); filepath.IsAbs(dir) {
		return filepath.Join(dir, "bounceboard", "config.toml")
	}
	home := getenv("HOME")
	if home == "" {
		home, _ = os.UserHomeDir() // empty again: there is no file then
	}
	if home == "" {
		return ""
	}
	return filepath.Join(home, ".config", "bounceboard", "config.toml")
}

func loadConfig(path string, getenv func(string) string) (*config, error) {
	given := path != ""
	if !given {
		if path = configPath(getenv); path == "" {
			return &config{}, nil
		}
	}
	f, err := os.Open(path)
	if err != nil {
		switch missing := errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ENOTDIR); {
		case missing && given:
			return nil, problem(path, 0, words.ConfigMissing)
		case missing:
			return &config{path: path}, nil
		}
		return nil, problem(path, 0, words.ConfigUnread, reason(err))
	}
	defer f.Close()
	const most = 1 << 20
	data, err := io.ReadAll(io.LimitReader(f, most+1))
	if err != nil {
		return nil, problem(path, 0, words.ConfigUnread, reason(err))
	}
	if len(data) > most {
		return nil, problem(path, 0, words.ConfigTooLarge)
	}
	cfg, err := parseConfig(path, bytes.TrimPrefix(data, []byte("\uFEFF")))
	if err != nil {
		return nil, err
	}
	if mode, open := othersCanRead(f); open {
		for _, p := range cfg.Profiles {
			if p.APIKey != "" {
				return nil, problem(path, 0, words.ConfigReadable, mode)
			}
		}
	}
	return cfg, nil
}

func parseConfig(path string, data []byte) (*config, error) {
	cfg := &config{path: path}
	decoder := toml.NewDecoder(bytes.NewReader(data)).DisallowUnknownFields()
	if err := decoder.Decode(cfg); err != nil {
		return nil, decodeProblem(path, err)
	}
	at := keyLines(data)
	cfg.lines = at
	refuse := func(key []string, what words.Sentence, args ...any) error {
		return problem(path, at[strings.Join(key, "\x00")], what, args...)
	}
	choices := []struct {
		key, value string
		of         []string
	}{{"lang", cfg.Lang, langs()}, {"theme", cfg.Theme, themes()}}
	for _, c := range choices {
		key := []string{c.key}
		if _, given := at[c.key]; given && !slices.Contains(c.of, c.value) {
			return nil, refuse(key, words.ConfigChoice, c.key, c.value, strings.Join(c.of, ", "))
		}
	}
	for _, name := range slices.Sorted(maps.Keys(cfg.Profiles)) {
		p := cfg.Profiles[name]
		key := func(last string) []string { return []string{"profiles", name, last} }
		for _, n := range []struct {
			key   string
			value int
			most  int
		}{{"calls_per_minute", p.CallsPerMinute, 3000}, {"window_days", p.WindowDays, 92}, {"lookback_days", p.LookbackDays, 3660}} {
			if cfg.line(name, n.key) > 0 && (n.value < 1 || n.value > n.most) {
				return nil, refuse(key(n.key), words.ConfigRange, n.key, n.value, 1, n.most)
			}
		}
		for _, t := range []struct{ key, value string }{
			{"base_url", p.BaseURL}, {"api_user", p.APIUser}, {"api_key", p.APIKey}, {"api_key_command", p.APIKeyCommand},
		} {
			if cfg.line(name, t.key) > 0 && t.value == "" {
				return nil, refuse(key(t.key), words.ValueEmpty, t.key)
			}
		}
		if p.APIKey != "" && p.APIKeyCommand != "" {
			return nil, refuse(key("api_key_command"), words.ConfigTwoKeys, name)
		}
	}
	if _, there := cfg.Profiles[cfg.Profile]; cfg.Profile != "" && !there {
		return nil, refuse([]string{"profile"}, words.ConfigNoProfile, cfg.Profile, cfg.profilesThere(cfg.Profile))
	}
	return cfg, nil
}

// lookback is how many days a query may reach back; 0 is the default.
func (c *config) lookback(f *flags) int {
	switch {
	case f.demo:
		return 0
	case f.profile != "":
		return c.Profiles[f.profile].LookbackDays
	}
	return c.Profiles[c.Profile].LookbackDays
}

// profilesThere says which profiles can be named; wanted is the one that
// cannot.
func (c *config) profilesThere(wanted string) words.Sentence {
	if len(c.Profiles) == 0 {
		return filled(words.ProfilesNone, wanted)
	}
	return filled(words.ProfilesAre, strings.Join(slices.Sorted(maps.Keys(c.Profiles)), ", "))
}

// filled is a sentence with its arguments, to be an argument itself.
func filled(s words.Sentence, args ...any) words.Sentence {
	f := &failure{what: s, args: args}
	return words.Sentence{EN: f.say(words.English), ZH: f.say(words.Chinese)}
}

// decodeProblem is an error of the decoder. Its own text can quote the source,
// keys and all; only its message and position are used.
func decodeProblem(path string, err error) error {
	var (
		unknown *toml.StrictMissingError
		decode  *toml.DecodeError
	)
	switch {
	case errors.As(err, &unknown) && len(unknown.Errors) > 0:
		first := unknown.Errors[0]
		key := first.Key()
		line, _ := first.Position()
		name := key[len(key)-1]
		return problem(path, line, words.ConfigUnknown, name, meant(name, knownKeys(len(key) > 1), ""))
	case errors.As(err, &decode):
		line, _ := decode.Position()
		if key := decode.Key(); len(key) > 0 && strings.Contains(decode.Error(), "cannot") {
			name := key[len(key)-1]
			if key[0] != "profiles" {
				name = key[0] // [profile.prod] says the wrong thing of profile
			}
			return problem(path, line, words.ConfigKind, name, kindOf(key))
		}
		return problem(path, line, words.ConfigSyntax, strings.TrimPrefix(decode.Error(), "toml: "))
	}
	return problem(path, 0, words.ConfigSyntax, strings.TrimPrefix(err.Error(), "toml: "))
}

// knownKeys are the keys of a profile, or those of the file.
func knownKeys(ofProfile bool) []string {
	t := reflect.TypeFor[config]()
	if ofProfile {
		t = reflect.TypeFor[profile]()
	}
	var keys []string
	for i := range t.NumField() {
		if tag := t.Field(i).Tag.Get("toml"); tag != "" {
			keys = append(keys, tag)
		}
	}
	return keys
}

// kindOf says what a key's value has to be.
func kindOf(key []string) words.Sentence {
	if key[0] != "profiles" {
		key = key[:1]
	}
	switch key[len(key)-1] {
	case "ascii":
		return words.KindBool
	case "calls_per_minute", "window_days", "lookback_days":
		return words.KindNumber
	}
	if key[0] == "profiles" && len(key) < 3 {
		return words.KindTable
	}
	return words.KindText
}

// keyLines says on which line each key stands; the parts of a key are joined
// by NUL. data has been decoded without an error.
func keyLines(data []byte) map[string]int {
	p := unstable.Parser{}
	p.Reset(data)
	at := map[string]int{}
	var table []string
	for p.NextExpression() {
		e := p.Expression()
		if e.Kind == unstable.Table || e.Kind == unstable.ArrayTable {
			table = noteKey(&p, at, nil, e)
			continue
		}
		noteKey(&p, at, table, e)
	}
	return at
}

// noteKey notes the line of e's key below prefix, and of those in its inline
// table, and returns the whole key.
func noteKey(p *unstable.Parser, at map[string]int, prefix []string, e *unstable.Node) []string {
	key := slices.Clone(prefix)
	line := 0
	for it := e.Key(); it.Next(); {
		n := it.Node()
		key = append(key, string(n.Data))
		line = p.Shape(n.Raw).Start.Line
	}
	at[strings.Join(key, "\x00")] = line
	if e.Kind == unstable.KeyValue && e.Value().Kind == unstable.InlineTable {
		for it := e.Value().Children(); it.Next(); {
			noteKey(p, at, key, it.Node())
		}
	}
	return key
}

func langs() []string { return []string{string(words.English), string(words.Chinese)} }

func themes() []string {
	var names []string
	for _, n := range theme.Names() {
		names = append(names, string(n))
	}
	return names
}

// reason is what the system said, without the path around it.
func reason(err error) string {
	var path *fs.PathError
	if errors.As(err, &path) {
		err = path.Err
	}
	return fmt.Sprint(err)
}
