// Package palette lists everything that can be done here, searched as one types.
package palette

import (
	"strings"

	"bounceboard/keymap"
	"bounceboard/theme"
	"bounceboard/ui/cell"
	"bounceboard/ui/screen"
	"bounceboard/ui/textfield"
	"bounceboard/ui/words"
)

// Entry is something that can be done.
type Entry struct {
	Key  string // as it is pressed
	Keys string // as people read it
	Text string // what it does
	Also string // more words it is found by, such as its name in the other language
}

// Palette is the screen. It is a screen.Typist.
type Palette struct {
	th   theme.Theme
	lang words.Lang
	fit  cell.Style
	all  []Entry
	do   func(key string) screen.Effect

	Label, Nothing words.Sentence // before what is typed; where nothing is found
	wide           int            // columns of the keys

	input textfield.Field
	found []Entry
	at    int // the chosen one of found
	w, h  int
}

const longest = 100 // characters of a search

// New is a palette of entries. do presses the key of the chosen one; the palette is left before.
func New(th theme.Theme, lang words.Lang, all []Entry, do func(key string) screen.Effect) *Palette {
	p := &Palette{th: th, lang: lang, fit: cell.Style{ASCII: th.ASCII}, all: all, do: do, found: all, input: textfield.New("", longest),
		Label: words.PaletteLabel, Nothing: words.PaletteNothing, wide: leastWide}
	for _, e := range all {
		p.wide = max(p.wide, min(cell.Width(e.Keys), mostWide))
	}
	return p
}

// Place is the palette's bindings.
func (p *Palette) Place() keymap.Place { return keymap.Palette }

// Can reports whether an action does something now.
func (p *Palette) Can(a keymap.Action) bool { return a != keymap.Accept || len(p.found) > 0 }

// Press moves, does what is chosen, or leaves.
func (p *Palette) Press(a keymap.Action, _ string) screen.Effect {
	switch a {
	case keymap.Up:
		p.at = max(0, p.at-1)
	case keymap.Down:
		p.at = max(0, min(p.at+1, len(p.found)-1))
	case keymap.Clear:
		p.input.Set("")
		p.search()
	case keymap.Accept:
		if len(p.found) > 0 {
			return p.do(p.found[p.at].Key)
		}
	case keymap.Back:
		return screen.Effect{Pop: true}
	}
	return screen.Effect{}
}

// Type takes a key press in the search.
func (p *Palette) Type(key any) screen.Effect {
	p.input.Type(key)
	p.search()
	return screen.Effect{}
}

// Paste puts text into the search.
func (p *Palette) Paste(text string) screen.Effect {
	p.input.Insert(textfield.OneLine(text, " "))
	p.search()
	return screen.Effect{}
}

// search finds the entries in which each of the typed words stands, those whose text begins with the search first.
func (p *Palette) search() {
	typed := strings.ToLower(strings.TrimSpace(p.input.Text()))
	var first, rest []Entry
	for _, e := range p.all {
		text := strings.ToLower(e.Text + " " + e.Also + " " + e.Keys)
		switch {
		case strings.HasPrefix(text, typed) || e.Key == typed:
			first = append(first, e)
		case containsAll(text, strings.Fields(typed)):
			rest = append(rest, e)
		}
	}
	p.found, p.at = append(first, rest...), 0
}

func containsAll(text string, words []string) bool {
	for _, w := range words {
		if !strings.Contains(text, w) {
			return false
		}
	}
	return true
}

// Resize gives the palette w×h cells.
func (p *Palette) Resize(w, h int) { p.w, p.h = max(0, w), max(0, h) }

// The columns that keys, or names, stand in.
const leastWide, mostWide = 12, 24

// Draw is the search and, below it, what was found.
func (p *Palette) Draw(bool) []string {
	if p.h == 0 {
		return nil
	}
	label, room := p.label()
	lines := []string{" " + p.th.Accent.Render(label) + " " + p.input.Draw(p.th, room), ""}
	if len(p.found) == 0 {
		lines = append(lines, "   "+p.lang.Say(p.Nothing))
	}
	whole := p.whole()
	room = max(1, p.h-2-len(whole))
	first := max(0, p.at-room+1) // the chosen one stays in view
	for i := first; i < min(first+room, len(p.found)); i++ {
		e := p.found[i]
		keys := " " + p.fit.Fit(p.th.Keys(e.Keys), p.wide)
		text := "  " + p.fit.Fit(e.Text, max(0, p.w-p.wide-4))
		if i == p.at {
			lines = append(lines, p.th.Selected.Render(keys+text))
		} else {
			lines = append(lines, p.th.Key.Render(keys)+text)
		}
	}
	lines = append(lines, whole...)
	return lines[:min(len(lines), p.h)]
}

// whole is the text of the chosen entry in lines of its own, where it is cut in the list.
func (p *Palette) whole() []string {
	if p.at >= len(p.found) || cell.Width(p.found[p.at].Text) <= p.w-p.wide-4 {
		return nil
	}
	lines := []string{""}
	for _, line := range p.fit.Wrap(p.found[p.at].Text, max(2, p.w-2)) {
		lines = append(lines, " "+line)
	}
	return lines
}

// Caret is where the search is typed; see screen.Pointer.
func (p *Palette) Caret() (x, y int, ok bool) {
	label, room := p.label()
	return 2 + cell.Width(label) + p.input.Caret(p.th, room), 0, p.h > 0
}

// Sentence is the chosen entry, for somebody who hears it.
func (p *Palette) Sentence() (text string, ok bool) {
	if p.at >= len(p.found) {
		return "", false
	}
	return p.found[p.at].Keys + " " + p.found[p.at].Text, true
}

func (p *Palette) label() (text string, room int) {
	text = p.lang.Say(p.Label)
	return text, max(4, p.w-cell.Width(text)-3)
}
