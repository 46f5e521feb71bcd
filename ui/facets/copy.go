package facets

import (
	"math"
	"strconv"

	"bounceboard/keymap"
	"bounceboard/sendcloud/recordset"
	"bounceboard/ui/export"
	"bounceboard/ui/screen"
	"bounceboard/ui/words"
)

// copied is the value under the cursor, or the table of all values with the total below them.
func (f *Facets) copied(a keymap.Action) screen.Effect {
	if a == keymap.CopyValue {
		v, ok := f.selected()
		if !ok {
			return screen.Effect{}
		}
		text := v.Value
		if f.by() == recordset.ByPattern {
			text = v.Text
		}
		return screen.Effect{Copy: &screen.Copy{What: f.Say(words.ActionName(a)), Text: export.Visible(text), Rows: 1}}
	}
	if !f.shown {
		return f.Tell(words.FacetLoading)
	}
	head := []string{words.ColumnName(f.Lang, f.facet.Column), f.Say(words.LabelMails), f.Say(words.LabelShare)}
	if f.rest {
		head = append(head, f.Say(words.FacetLift))
	}
	table := [][]string{head}
	for _, v := range f.facet.Values {
		row := []string{f.look(v).label, strconv.Itoa(v.Count), words.Percent(v.Share)}
		switch {
		case !f.rest:
		case v.Rest == 0:
			row = append(row, f.Say(words.FacetOnlyHere))
		case math.IsNaN(v.Lift) || v.Lift < 0:
			row = append(row, "")
		default:
			row = append(row, strconv.FormatFloat(v.Lift, 'f', 1, 64))
		}
		table = append(table, row)
	}
	values, covers, order := f.tells()
	table = append(table, []string{f.Say(words.Total), strconv.Itoa(f.facet.Selected), ""})
	return screen.Effect{Copy: &screen.Copy{What: f.Say(words.ActionName(a)), Rows: len(f.facet.Values), Table: table, About: values + covers + order}}
}
