// Package pane is what the screens about rows share: the rows they are about,
// how keys move in a list, and how keys scroll a text.
package pane

import (
	"time"

	"bounceboard/keymap"
	"bounceboard/sendcloud/recordset"
)

// Rows are the rows of a question at one moment. They do not change.
type Rows struct {
	Snapshot  recordset.Snapshot
	Selection recordset.Selection // those that pass the filter; all of them without one
	Filtered  bool                // a filter narrows them
	Here, Of  int                 // rows that are here, and rows there are
	Open      bool                // there may be more than Of
	Growing   bool                // rows are still coming
	// Since is from when on there could be rows; zero where that is not known,
	// or where the filter leaves out earlier ones.
	Since time.Time
	Until time.Time // until when there could be; zero where that is not known
}

// Coverage is what a number was counted over: Covered of Of rows.
type Coverage struct {
	Covered, Of int
	Partial     bool // these are not all
}

// Coverage is what numbers cover that were counted over so many of the rows
// selected. Where all rows are here, the others are not explained yet.
func (r Rows) Coverage(covered int) Coverage {
	if selected := r.Selection.Len(); covered < selected && r.Here == r.Of {
		return Coverage{covered, selected, true}
	}
	return Coverage{r.Here, r.Of, r.Here < r.Of || r.Open}
}

// Cursor is the place in a list of which a window is shown.
type Cursor struct{ At, Top int }

// Press moves the cursor in a list of n lines, of which h are shown; it
// reports whether the action is one that moves. The window follows by nearly
// its height: a line more each time would be drawn anew with every key.
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
	by, ok = map[keymap.Action]int{
		keymap.Up: -1, keymap.Down: 1, keymap.First: -n, keymap.Last: n,
		keymap.HalfUp: -half, keymap.HalfDown: half, keymap.PageUp: -page, keymap.PageDown: page,
	}[a]
	return by, ok
}
