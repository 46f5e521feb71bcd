package keymap

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// KeyError says why keys cannot be bound as somebody wishes.
type KeyError struct {
	Action Action
	Key    string // the key that is wrong; empty: the action is unknown, or has no key
	Other  Action // what the key does already, at Place; empty: there is no such key
	Place  Place
	Known  bool // the action exists
}

// Error names the word that is wrong.
func (e *KeyError) Error() string {
	switch {
	case !e.Known:
		return fmt.Sprintf("unknown action %q", e.Action)
	case e.Key == "":
		return fmt.Sprintf("%q has no key", e.Action)
	case e.Other == "":
		return fmt.Sprintf("%q: there is no key %q", e.Action, e.Key)
	}
	return fmt.Sprintf("%q: the key %q is %q already (%s)", e.Action, e.Key, e.Other, e.Place)
}

// named are the keys with a name. A key that is one character stands for itself.
var named = regexp.MustCompile(`^(alt\+)?(ctrl\+[a-z@\\\]^_]|(ctrl\+)?(shift\+)?(up|down|left|right|home|end)|(ctrl\+)?(pgup|pgdown)|` +
	`enter|esc|(shift\+)?tab|backspace|delete|insert|space|f([1-9]|1[0-9]|20))$`)

// Rebind gives actions other keys, wherever they act. Keys are spelled as in bindings.tsv, and a single character is no
// key where text is typed: there the action keeps its own. The error is a [*KeyError].
func (m Map) Rebind(own map[Action][]string) (Map, error) {
	m = maps.Clone(m)
	seen := map[Action]bool{}
	for _, p := range Places() {
		var bindings []Binding
		done := map[Action]bool{}
		for _, b := range m[p] {
			seen[b.Action] = true
			keys, given := own[b.Action]
			if Typing(p) {
				keys = slices.DeleteFunc(slices.Clone(keys), func(key string) bool { return utf8.RuneCountInString(key) == 1 || key == "space" })
			}
			switch {
			case !given || len(keys) == 0:
				bindings = append(bindings, b)
			case !done[b.Action]: // one binding, also where the columns' digits are several
				done[b.Action] = true
				spelled := strings.Split(strings.ReplaceAll(strings.Join(keys, "\n"), "space", " "), "\n")
				bindings = append(bindings, Binding{Action: b.Action, Keys: spelled, Shown: shown(keys), Quiet: b.Quiet})
			}
		}
		if len(done) > 0 { // a line may have shown the keys of another action as well
			for i, b := range bindings {
				if !done[b.Action] {
					bindings[i].Shown = shown(b.Keys)
				}
			}
		}
		m[p] = bindings
	}
	for _, action := range slices.Sorted(maps.Keys(own)) {
		wrong := &KeyError{Action: action, Known: seen[action]}
		at := slices.IndexFunc(own[action], func(key string) bool { return utf8.RuneCountInString(key) != 1 && !named.MatchString(key) })
		if at >= 0 {
			wrong.Key = own[action][at]
		}
		if !wrong.Known || len(own[action]) == 0 || at >= 0 {
			return nil, wrong
		}
	}
	return m, m.twice(own)
}

// twice is the error about a key that does two things at one place, one of them of own.
func (m Map) twice(own map[Action][]string) error {
	for _, p := range Places() {
		at := map[string]Action{}
		bindings := m[p]
		if p != Everywhere {
			bindings = append(slices.Clip(bindings), m[Everywhere]...)
		}
		for _, b := range bindings {
			for _, key := range b.Keys {
				other, taken := at[key]
				_, ours := own[b.Action]
				_, theirs := own[other]
				if taken && other != b.Action && (ours || theirs) {
					wrong := &KeyError{Action: b.Action, Key: key, Other: other, Place: p, Known: true}
					if !ours {
						wrong.Action, wrong.Other = other, b.Action
					}
					return wrong
				}
				at[key] = b.Action
			}
		}
	}
	return nil
}
