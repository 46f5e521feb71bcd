// Package confirm asks before something that costs.
package confirm

import (
	"bounceboard/keymap"
	"bounceboard/theme"
	"bounceboard/ui/cell"
	"bounceboard/ui/screen"
)

// Confirm is a question and what follows yes. It is a screen.Bar.
type Confirm struct {
	question string
	yes      func() screen.Effect
	fit      cell.Style
	w        int
}

// New is a question; yes is called when it is answered so, and its effect is
// asked of the program.
func New(th theme.Theme, question string, yes func() screen.Effect) *Confirm {
	return &Confirm{question: question, yes: yes, fit: cell.Style{ASCII: th.ASCII}}
}

// Place is where a question is answered.
func (c *Confirm) Place() keymap.Place { return keymap.Confirm }

// Can reports that every answer is taken.
func (c *Confirm) Can(keymap.Action) bool { return true }

// Press takes the answer and leaves the question.
func (c *Confirm) Press(a keymap.Action, _ string) screen.Effect {
	if a != keymap.Fetch {
		return screen.Effect{Pop: true}
	}
	e := c.yes()
	e.Pop = true
	return e
}

// Resize gives the question lines of w columns.
func (c *Confirm) Resize(w, _ int) { c.w = w }

// Draw is the question, in as many lines as it takes.
func (c *Confirm) Draw(bool) []string { return c.fit.Wrap(c.question, max(2, c.w-2)) }

// KeyLine leaves the bottom line to the keys of the place.
func (c *Confirm) KeyLine() string { return "" }
