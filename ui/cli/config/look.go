package config

import (
	"errors"
	"fmt"

	"bounceboard/keymap"
	"bounceboard/theme"
	"bounceboard/ui/words"
)

// checkLook reads the colours and keys of one's own, and refuses what the program does not know.
func (f *File) checkLook() error {
	_, err := f.Colored(theme.Dark, false, false)
	if wrong, ok := errors.AsType[*theme.ColorError](err); ok {
		return problem(f.Path, f.line("colors", wrong.Meaning), words.ConfigColor, wrong.Meaning, wrong.Value, wrong.Known)
	}
	own := map[keymap.Action][]string{}
	for action, value := range f.Keys {
		keys, list := value.([]any)
		if !list {
			keys = []any{value}
		}
		own[keymap.Action(action)] = nil
		for _, key := range keys {
			own[keymap.Action(action)] = append(own[keymap.Action(action)], fmt.Sprint(key))
		}
	}
	f.Keymap, err = keymap.Default().Rebind(own)
	wrong, ok := errors.AsType[*keymap.KeyError](err)
	if !ok {
		return err
	}
	said := words.Sentence{EN: words.KeyProblem(words.English, wrong), ZH: words.KeyProblem(words.Chinese, wrong)}
	return problem(f.Path, f.line("keys", string(wrong.Action)), said)
}

// Colored is [theme.Colored] with the colours of one's own. The error is a [*theme.ColorError].
func (f *File) Colored(name theme.Name, ascii, all bool) (theme.Theme, error) {
	own := map[string]string{}
	for meaning, value := range f.Colors {
		own[meaning] = fmt.Sprint(value)
	}
	return theme.Colored(name, ascii, all, own)
}
