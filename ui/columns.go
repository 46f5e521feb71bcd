package ui

import (
	"image"

	"bounceboard/ui/columns"
	"bounceboard/ui/screen"
)

// choosing is the pane on which the columns are chosen, while it is open.
type choosing struct {
	*columns.Chooser
	before screen.Screen // the pane that it took the place of
}

// toggleColumns opens the pane on which the columns of the table are chosen, or closes it.
func toggleColumns(m *Model) {
	v := m.at
	if c, open := v.pane.(*choosing); open {
		v.pop()
		v.pane = c.before
		return
	}
	v.stack = v.stack[:1]
	v.table.Upright()
	c := &choosing{columns.New(m.Theme, m.Lang, m.Keys, v.table, m.Plain, m.SaveColumns), v.pane}
	v.pane = c
	v.push(c)
}

// below gives the pane as many of the body's lines as it needs, under the table at its whole width, and two rows to the table at
// least.
func (c *choosing) below(l Layout) Layout {
	at := max(l.Body.Min.Y+3, l.Body.Max.Y-c.Height(l.Body.Dx())-1)
	l.Table = image.Rect(0, l.Body.Min.Y, l.Body.Max.X, min(at, l.Body.Max.Y))
	l.Rule = image.Rect(0, at, l.Body.Max.X, at+1)
	l.Detail = image.Rect(0, at+1, l.Body.Max.X, l.Body.Max.Y)
	return l
}
