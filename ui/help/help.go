// Package help is the page that lists every key and what it does, what the marks mean, and how to paste and to filter.
package help

import (
	"slices"
	"strings"

	"bounceboard/keymap"
	"bounceboard/theme"
	"bounceboard/ui/pane"
	"bounceboard/ui/prompt"
	"bounceboard/ui/screen"
	"bounceboard/ui/words"
)

// Help is text in two columns: keys and what they do. Any key that neither scrolls nor searches leaves it.
type Help struct {
	pane.Text
	all   []words.HelpLine
	found string // lines that hold this, or whose title does, are shown; in lower case; empty: all
}

// New is a page of these lines, and of what the marks mean.
func New(th theme.Theme, lang words.Lang, lines []words.HelpLine) *Help {
	h := &Help{Text: pane.Text{Look: pane.NewLook(keymap.HelpPage, th, lang, keymap.Default())}, all: lines}
	m := th.Marks
	h.all = append(h.all, words.HelpAbout(lang, []string{m.Delivered + " " + m.Invalid + " " + m.Soft + " " + m.Requested,
		m.Permanent, m.Temporary, m.Warn, m.Unknown, m.On, "+", "×"})...)
	return h
}

func (h *Help) Press(a keymap.Action, _ string) screen.Effect {
	switch {
	case h.Scroll(a):
	case a == keymap.Filter:
		ask := prompt.New(h.Theme, keymap.PagePrompt, h.Say(words.HelpSearch), h.found, func(string) screen.Effect { return screen.Effect{Pop: true} })
		ask.Changed = h.search
		return screen.Effect{Push: ask}
	case h.found != "":
		h.search("")
	default:
		return screen.Effect{Pop: true}
	}
	return screen.Effect{}
}

func (h *Help) search(text string) {
	h.found = strings.ToLower(text)
	h.Begin()
	h.Resize(h.W, h.H)
}

func (h *Help) Resize(w, height int) {
	const keys = 22
	h.Look.Resize(w, height)
	lines, title, part := []string{}, "", ""
	for _, l := range h.all {
		holds := func(text string) bool { return strings.Contains(strings.ToLower(text), h.found) }
		if l.Title != "" {
			part = l.Title
			title = " " + h.Theme.Title.Render(h.Fit.Cut(l.Title, h.W-2))
		}
		if l.Title != "" || l.Text == "" || !slices.ContainsFunc([]string{part, l.Keys, l.Text}, holds) {
			continue
		}
		if title != "" {
			if len(lines) > 0 {
				lines = append(lines, "")
			}
			lines, title = append(lines, title), ""
		}
		for _, text := range h.Fit.Wrap(l.Text, max(2, h.W-keys-5)) {
			lines = append(lines, "   "+h.Theme.Key.Render(h.Fit.Fit(h.Theme.Keys(l.Keys), keys))+" "+text)
			l.Keys = ""
		}
	}
	h.Set(lines)
}

func (h *Help) Draw(bool) []string { return h.Show(words.Sentence{}) }
