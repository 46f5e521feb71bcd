package words

import (
	"strings"

	"bounceboard/keymap"
)

var (
	actions = table("actions") // what a key does: in the bottom line, and in help where there is room for more
	places  = pairs("places")
)

// ActionName is what an action does, in a word or two.
func ActionName(a keymap.Action) Sentence { return actions[string(a)][0] }

// ActionHelp says what an action does, as help does.
func ActionHelp(l Lang, a keymap.Action) string { return l.Say(actions[string(a)][1]) }

func place(l Lang, m keymap.Map, p keymap.Place) string { return l.Say(places[string(p)].With(m)) }

// Hint is a key and, in a word or two, what it does.
type Hint struct {
	Action     keymap.Action
	Keys, Text string
}

// Hints are the keys that act at a place, the most useful first, and the one that always has to be there.
func Hints(l Lang, m keymap.Map, p keymap.Place, can func(keymap.Action) bool) (hints []Hint, last Hint) {
	always, bindings := keymap.Help, m[p]
	if keymap.Typing(p) || p == keymap.CopyMenu || p == keymap.FacetMenu || p == keymap.HandOnMenu || p == keymap.SortMenu || p == keymap.Confirm {
		always = keymap.Back
	} else {
		bindings = append(bindings[:len(bindings):len(bindings)], m[keymap.Everywhere]...)
	}
	for _, b := range bindings {
		h := Hint{b.Action, b.Shown, l.Say(ActionName(b.Action))}
		switch {
		case b.Action == always:
			last = h
		case !b.Quiet && can(b.Action):
			hints = append(hints, h)
		}
	}
	return hints, last
}

// Choices are what a menu offers.
func Choices(l Lang, m keymap.Map, p keymap.Place) []Hint {
	var hints []Hint
	for _, b := range m[p] {
		if b.Action != keymap.Back {
			hints = append(hints, Hint{b.Action, b.Shown, l.Say(ActionName(b.Action))})
		}
	}
	return hints
}

// HelpLine is one line of help: a title, a text, or keys with their action's name and their text.
type HelpLine struct{ Title, Keys, Action, Text string }

// HelpLines are the keys of this place, then of the others what was not said yet.
func HelpLines(l Lang, m keymap.Map, here keymap.Place) (lines []HelpLine) {
	said := map[HelpLine]bool{}
	for _, p := range append([]keymap.Place{here}, keymap.Places()...) {
		title := HelpLine{Title: place(l, m, p)}
		for _, b := range m[p] {
			line := HelpLine{Keys: b.Shown, Action: string(b.Action), Text: ActionHelp(l, b.Action)}
			if b.Shown == "" || said[line] {
				continue
			}
			if !said[title] {
				lines = append(lines, HelpLine{}, title)
			}
			lines = append(lines, line)
			said[title], said[line] = true, true
		}
	}
	return lines[1:]
}

// NoSuchKey says why a key does nothing here.
func NoSuchKey(l Lang, key string, at []keymap.Place, m keymap.Map) string {
	if len(at) == 0 {
		return l.Say(keyDoesNothing.With(m), keymap.KeyName(key))
	}
	a, _ := m.Action(at[0], key)
	where := place(l, m, at[0])
	return l.Say(keyElsewhere, keymap.KeyName(key), Lower(where), ActionHelp(l, a))
}

// KeyProblem says what is wrong with keys of a person's own.
func KeyProblem(l Lang, e *keymap.KeyError) string {
	switch {
	case !e.Known:
		return l.Say(noSuchAction, e.Action)
	case e.Key == "":
		return l.Say(withoutKey, e.Action)
	case e.Other == "":
		return l.Say(noSuchName, e.Action, e.Key)
	}
	return l.Say(keyTaken, e.Action, e.Key, e.Other)
}

// KeysMarkdown is the table of keys for a manual.
func KeysMarkdown(l Lang, m keymap.Map) string {
	var b strings.Builder
	for _, line := range HelpLines(l, m, keymap.Table) {
		switch {
		case line.Title != "":
			b.WriteString("| " + line.Title + " | |\n|---|---|\n")
		case line.Text == "":
			b.WriteString("\n")
		default:
			b.WriteString("| `" + strings.ReplaceAll(line.Keys, " ", "` `") + "` | " + line.Text + " |\n")
		}
	}
	return b.String()
}

// HelpAbout is what help says besides keys: what marks mean, how to paste, how to filter. marks stand before its first lines.
func HelpAbout(l Lang, marks []string) (lines []HelpLine) {
	for line := range strings.Lines(l.Say(document("help about"))) {
		keys, text, entry := strings.Cut(strings.TrimSpace(line), ": ")
		h := HelpLine{Keys: keys, Text: text}
		switch {
		case !entry:
			h = HelpLine{Title: keys}
		case len(marks) > 0:
			h.Keys, marks = marks[0], marks[1:]
		}
		lines = append(lines, h)
	}
	return lines
}
