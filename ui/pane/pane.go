// Package pane is what the screens about rows share: the rows they are about, how keys move in a list, and how keys scroll a text.
package pane

import (
	"context"
	"time"

	"bounceboard/keymap"
	"bounceboard/sendcloud/recordset"
	"bounceboard/theme"
	"bounceboard/ui/cell"
	"bounceboard/ui/chart"
	"bounceboard/ui/screen"
	"bounceboard/ui/words"
)

// Rows are the rows of a question at one moment. They do not change.
type Rows struct {
	Snapshot  recordset.Snapshot
	Selection recordset.Selection // those that pass the filter; all of them without one
	Filtered  bool                // a filter narrows them
	Here, Of  int                 // rows that are here, and rows there are
	Open      bool                // there may be more than Of
	Growing   bool                // rows are still coming
	// NoDelivered says that the query leaves out delivered mail: a wider one would bring it.
	NoDelivered bool
	// From when on there could be rows, and until when; zero where that is not known, or where the filter leaves out others.
	Since, Until time.Time
}

// Coverage is what a number was counted over: Covered of Of rows.
type Coverage struct {
	Covered, Of int
	Partial     bool // these are not all
}

// Coverage is what numbers over so many of the rows selected cover; where all rows are here, the others await explaining.
func (r Rows) Coverage(covered int) Coverage {
	if selected := r.Selection.Len(); covered < selected && r.Here == r.Of {
		return Coverage{covered, selected, true}
	}
	return Coverage{r.Here, r.Of, r.Here < r.Of || r.Open}
}

// Cursor is the place in a list of which a window is shown.
type Cursor struct{ At, Top int }

// Press moves in a list of n lines, h of them shown, and reports whether the action does. The window moves by its height, not a line.
func (c *Cursor) Press(a keymap.Action, n, h int) bool {
	half := max(1, h/2)
	by, ok := moves(a, n, half, 2*half)
	if !ok {
		return false
	}
	if a != keymap.Up && a != keymap.Down && a != keymap.First && a != keymap.Last {
		c.Top += by
	}
	c.At += by
	c.Fit(n, h)
	return true
}

// Fit keeps the cursor in the list and the window around the cursor.
func (c *Cursor) Fit(n, h int) {
	c.At = max(0, min(c.At, n-1))
	if h <= 0 {
		c.Top = 0
		return
	}
	keep := min(2, h-1)
	switch {
	case c.At < c.Top:
		c.Top = c.At - h + 1 + keep
	case c.At >= c.Top+h:
		c.Top = c.At - keep
	}
	c.Top = max(0, min(c.Top, n-h))
}

// moves is by how many lines an action moves in n lines; ok is false where it does not move.
func moves(a keymap.Action, n, half, page int) (by int, ok bool) {
	by, ok = map[keymap.Action]int{keymap.Up: -1, keymap.Down: 1, keymap.First: -n, keymap.Last: n,
		keymap.HalfUp: -half, keymap.HalfDown: half, keymap.PageUp: -page, keymap.PageDown: page}[a]
	return by, ok
}

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

// Say says a sentence with its keys, and Tell is the effect of that. Line puts pieces side by side in exactly w columns.
func (l *Look) Say(s words.Sentence, args ...any) string { return l.Lang.Say(s.With(l.Keys), args...) }
func (l *Look) Tell(s words.Sentence) screen.Effect      { return screen.Say(l.Say(s)) }
func (l *Look) Dot() string                              { return " " + l.Theme.Marks.Dot + " " }
func (l *Look) Line(w int, pieces ...chart.Piece) string { return chart.Line(l.Fit, w, pieces...) }

// Row is a row of a list in w columns. The cursor takes the place of lead, its margin, or puts it in reverse video.
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

// Window draws h of n lines from line top on, each in w-1 columns; a sign in the last one tells of lines above or below.
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

// Count is the effect of a job that counts in the background for done. wait: a count under way comes to its end first.
func Count[T any](kind screen.Kind, wait bool, run func(context.Context) (T, error), done func(T)) screen.Effect {
	return screen.Run(screen.Job{Kind: kind, Wait: wait,
		Run: func(ctx context.Context, _ func(any)) (any, error) { return run(ctx) },
		Done: func(result any, err error) screen.Effect {
			if counted, ok := result.(T); ok && err == nil {
				done(counted)
			}
			return screen.Effect{}
		}})
}

// Text is a screen of lines, of which as many are shown as there is room for.
type Text struct {
	Look
	top   int      // the first line on the screen
	lines []string // set for this width; nil: there is no text
}

// Set replaces the lines; the place in them stays, as far as they go.
func (t *Text) Set(lines []string) {
	t.lines = lines
	t.top = max(0, min(t.top, len(lines)-t.H))
}

// Begin shows the text from its first line.
func (t *Text) Begin() { t.top = 0 }

// Scroll scrolls; false: the action does not.
func (t *Text) Scroll(a keymap.Action) bool {
	page := max(1, t.H-1)
	by, ok := moves(a, len(t.lines), page/2, page)
	t.top = max(0, min(t.top+by, len(t.lines)-t.H))
	return ok
}

// Show draws the lines in view; instead is said where there is no text.
func (t *Text) Show(instead words.Sentence) []string {
	out := make([]string, t.H)
	if t.H == 0 {
		return out
	}
	shown := copy(out, t.lines[t.top:min(t.top+t.H, len(t.lines))])
	below, said := len(t.lines)-t.top-shown, ""
	switch {
	case t.lines == nil:
		said = t.Say(instead)
	case below > 0:
		said = t.Theme.Marks.Down + " " + t.Say(words.More, below+1)
	default:
		return out
	}
	out[max(0, shown-1)] = t.Theme.Muted.Render(t.Fit.Cut(" "+said, t.W))
	return out
}

// Narrow is the effect that narrows the rows to a value of a column, or excludes it; label is how a person reads it.
func Narrow(l words.Lang, c recordset.Column, value, label string, exclude bool) screen.Effect {
	to := screen.Step{Term: recordset.Term(c, value), Text: l.Say(words.Labelling, words.ColumnName(l, c), label)}
	if c == recordset.ByPermanence {
		to.Text = label // it says what it is about
	}
	not := l.Say(words.NotThis, to.Text)
	if value == "" {
		to.Text, not = words.Lacks(l, c)
	}
	switch {
	case to.Term == "":
		return screen.Say(l.Say(words.CannotNarrow))
	case exclude:
		to.Term, to.Text = recordset.Not(to.Term), not
	}
	return screen.Effect{Filter: &to}
}
