package config

import (
	"errors"
	"reflect"
	"slices"
	"strings"

	"github.com/pelletier/go-toml/v2"
	"github.com/pelletier/go-toml/v2/unstable"

	"bounceboard/ui/words"
)

// problem is what is wrong with the file; line 0 is the file as a whole.
func problem(path string, line int, what words.Sentence, args ...any) error {
	if line == 0 {
		return words.Filled(words.ConfigFile, path, words.Filled(what, args...))
	}
	return words.Filled(words.ConfigAt, path, line, words.Filled(what, args...))
}

// decodeProblem is an error of the decoder. The decoder's text can quote the source, keys and all; only its
// message and position are used.
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
		return problem(path, line, words.ConfigUnknown, name, words.DidYouMean(name, knownKeys(len(key) > 1), ""))
	case errors.As(err, &decode):
		line, _ := decode.Position()
		if key := decode.Key(); len(key) > 0 && strings.Contains(decode.Error(), "cannot") {
			name := key[len(key)-1]
			if key[0] != "profiles" {
				name = key[0] // of [profile.prod] the wrong key is profile
			}
			return problem(path, line, words.ConfigKind, name, kindOf(key))
		}
		return problem(path, line, words.ConfigSyntax, strings.TrimPrefix(decode.Error(), "toml: "))
	}
	return problem(path, 0, words.ConfigSyntax, strings.TrimPrefix(err.Error(), "toml: "))
}

// knownKeys are the keys of a profile, or those of the file.
func knownKeys(ofProfile bool) []string {
	t := reflect.TypeFor[File]()
	if ofProfile {
		t = reflect.TypeFor[Profile]()
	}
	var keys []string
	for i := range t.NumField() {
		if tag := t.Field(i).Tag.Get("toml"); tag != "" && tag != "-" {
			keys = append(keys, tag)
		}
	}
	return keys
}

// kindOf says what the value of a key has to be.
func kindOf(key []string) words.Sentence {
	ofProfile := key[0] == "profiles"
	if !ofProfile {
		key = key[:1]
	}
	switch key[len(key)-1] {
	case "ascii":
		return words.KindBool
	case "calls_per_minute", "window_days", "lookback_days":
		return words.KindNumber
	}
	if ofProfile && len(key) < 3 {
		return words.KindTable
	}
	return words.KindText
}

// keyLines says on which line each key stands; the parts of a key are joined by NUL. data has been decoded
// without an error.
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

// noteKey notes the line of e's key below prefix, and of those in its inline table, and returns the whole
// key.
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
