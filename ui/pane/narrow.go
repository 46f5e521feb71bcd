package pane

import (
	"bounceboard/sendcloud/recordset"
	"bounceboard/ui/screen"
	"bounceboard/ui/words"
)

// Narrow is the effect that narrows the rows to a value of a column, or leaves
// the rows with that value out. label is the value as a person reads it.
func Narrow(l words.Lang, c recordset.Column, value, label string, exclude bool) screen.Effect {
	to := screen.Step{Term: recordset.Term(c, value), Text: l.Say(words.Labelling, words.ColumnName(l, c), label)}
	switch {
	case to.Term == "":
		return screen.Say(l.Say(words.CannotNarrow))
	case value == "":
		to.Text = words.Lacks(l, c)
	case c == recordset.ByPermanence:
		to.Text = label // it says what it is about
	}
	if exclude {
		to.Term, to.Text = recordset.Not(to.Term), l.Say(words.NotThis, to.Text)
		if value == "" {
			to.Text = words.Has(l, c)
		}
	}
	return screen.Effect{Filter: &to}
}
