package config

import (
	"errors"
	"strings"

	"github.com/pelletier/go-toml/v2"

	"bounceboard/ui/words"
)

// problem is what is wrong with the file; line 0 is the file as a whole.
func problem(path string, line int, what words.Sentence, args ...any) error {
	return at(path, line, words.Filled(what, args...))
}

// at is something with its place in the file before it.
func at(path string, line int, what any) *words.Message {
	if line == 0 {
		return words.Filled(words.ConfigFile, path, what)
	}
	return words.Filled(words.ConfigAt, path, line, what)
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
		line, _ := first.Position()
		return problem(path, line, words.ConfigUnknown, first.Key()[len(first.Key())-1])
	case errors.As(err, &decode):
		line, _ := decode.Position()
		if key := decode.Key(); len(key) > 0 && strings.Contains(decode.Error(), "cannot") {
			name := key[0] // of [profile.prod] the wrong key is profile
			if name == "profiles" {
				name = key[len(key)-1]
			}
			return problem(path, line, words.ConfigKind, name)
		}
		return problem(path, line, words.ConfigSyntax, strings.TrimPrefix(decode.Error(), "toml: "))
	}
	return problem(path, 0, words.ConfigSyntax, strings.TrimPrefix(err.Error(), "toml: "))
}

// keyLines says on which line each table and key stands, by its whole name: "profiles.prod.api_user". Keys of inline
// tables are not in it.
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
