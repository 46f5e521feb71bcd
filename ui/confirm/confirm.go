// Package confirm asks before something that costs.
package confirm

import (
	"bounceboard/keymap"
	"bounceboard/theme"
	"bounceboard/ui/pane"
	"bounceboard/ui/screen"
	"bounceboard/ui/words"
)

// Confirm is a question and what follows yes. It is a screen.Bar.
type Confirm struct {
	pane.Look
	Question string
	yes      func() screen.Effect
}

// New is a question; yes is called when it is answered so, and its effect is asked of the program.
func New(th theme.Theme, question string, yes func() screen.Effect) *Confirm {
	return &Confirm{pane.NewLook(keymap.Confirm, th, words.English, nil), question, yes}
}

func (c *Confirm) Press(a keymap.Action, _ string) (e screen.Effect) {
	if a == keymap.Fetch {
		e = c.yes()
	}
	e.Pop = true
	return e
}

func (c *Confirm) Draw(bool) []string { return c.Fit.Wrap(c.Question, max(2, c.W-2)) }

func (c *Confirm) KeyLine() string { return "" }
