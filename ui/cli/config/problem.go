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
		return words.Filled(words.Labelling, path, words.Filled(what, args...))
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
		known := fileKeys
		if len(key) > 1 {
			known = profileKeys
		}
		return problem(path, line, words.ConfigUnknown, name, words.DidYouMean(name, known, ""))
	case errors.As(err, &decode):
		line, _ := decode.Position()
		if key := decode.Key(); len(key) > 0 && strings.Contains(decode.Error(), "cannot") {
			name, kinds := key[0], fileKinds // of [profile.prod] the wrong key is profile
			if name == "profiles" {
				name = key[len(key)-1]
			}
			if len(key) > 2 {
				kinds = profileKinds
			}
			kind, known := kinds[name]
			if !known { // the name of a profile
				kind = words.KindTable
			}
			return problem(path, line, words.ConfigKind, name, kind)
		}
		return problem(path, line, words.ConfigSyntax, strings.TrimPrefix(decode.Error(), "toml: "))
	}
	return problem(path, 0, words.ConfigSyntax, strings.TrimPrefix(err.Error(), "toml: "))
}

// keysOf are the keys that a struct has, and what the value of each has to be.
func keysOf(t reflect.Type) (names []string, kinds map[string]words.Sentence) {
	kinds = map[string]words.Sentence{}
	for i := range t.NumField() {
		name := t.Field(i).Tag.Get("toml")
		if name == "" || name == "-" {
			continue
		}
		names = append(names, name)
		switch t.Field(i).Type.Kind() {
		case reflect.Bool:
			kinds[name] = words.KindBool
		case reflect.Int:
			kinds[name] = words.KindNumber
		case reflect.Map:
			kinds[name] = words.KindTable
		default:
			kinds[name] = words.KindText
		}
	}
	return names, kinds
}

var (
	fileKeys, fileKinds       = keysOf(reflect.TypeFor[File]())
	profileKeys, profileKinds = keysOf(reflect.TypeFor[Profile]())
)

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
