package pane

import (
	"bounceboard/keymap"
	"bounceboard/theme"
	"bounceboard/ui/cell"
	"bounceboard/ui/chart"
	"bounceboard/ui/screen"
	"bounceboard/ui/words"
)

// Look is what every screen has: its place in the keymap, its size, and how it draws and speaks.
type Look struct {
	W, H  int
	place keymap.Place
	Theme theme.Theme
	Ink   chart.Inks
	Lang  words.Lang
	Keys  keymap.Map
	Fit   cell.Style
}

// NewLook is the look of a screen at a place.
func NewLook(place keymap.Place, th theme.Theme, lang words.Lang, keys keymap.Map) Look {
	return Look{place: place, Theme: th, Ink: chart.NewInks(th), Lang: lang, Keys: keys, Fit: cell.Style{ASCII: th.ASCII}}
}

// Place, Can and Resize are those of a screen.Screen on which every key acts.
func (l *Look) Place() keymap.Place    { return l.place }
func (l *Look) Can(keymap.Action) bool { return true }
func (l *Look) Resize(w, h int)        { l.W, l.H = max(0, w), max(0, h) }

// Say says a sentence with the keys in it.
func (l *Look) Say(s words.Sentence, args ...any) string { return l.Lang.Say(s.With(l.Keys), args...) }

// Tell is the effect of saying a sentence.
func (l *Look) Tell(s words.Sentence, args ...any) screen.Effect {
	return screen.Say(l.Say(s, args...))
}

// Dot stands between two facts.
func (l *Look) Dot() string { return " " + l.Theme.Marks.Dot + " " }

// Line puts pieces side by side in exactly w columns.
func (l *Look) Line(w int, pieces ...chart.Piece) string { return chart.Line(l.Fit, w, pieces...) }

// Row is a row of a list in w columns. lead is the ink and the sign in the margin; the cursor takes its
// place: the row is in reverse video where the list has the keyboard, else it has a mark.
func (l *Look) Row(w int, lead chart.Piece, cursor, focused bool, pieces ...chart.Piece) string {
	if cursor && !focused {
		lead = l.Ink.Accent.Of(l.Theme.Marks.Focus)
	}
	pieces = append([]chart.Piece{lead}, pieces...)
	if cursor && focused {
		return l.Ink.Selected.Row(l.Fit, w, pieces...)
	}
	return l.Line(w, pieces...)
}

// Window draws the h lines of a list of n lines from line top on. line draws one in w-1 columns; the last
// column has a sign where there are lines above or below.
func (l *Look) Window(w, h, top, n int, line func(i int) string) []string {
	lines := make([]string, max(0, h))
	for i := range lines {
		if top+i >= n {
			lines[i] = l.Line(w)
			continue
		}
		more := " "
		switch {
		case i == 0 && top > 0:
			more = l.Theme.Marks.Up
		case i == h-1 && top+h < n:
			more = l.Theme.Marks.Down
		}
		lines[i] = line(top+i) + l.Line(min(w, 1), l.Ink.Muted.Of(more))
	}
	return lines
}
