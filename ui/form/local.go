package form

import (
	"slices"
	"strings"

	"bounceboard/sendcloud"
	"bounceboard/sendcloud/bounce"
	"bounceboard/sendcloud/recordset"
	"bounceboard/ui/screen"
	"bounceboard/ui/words"
)

// local are the filters made here, by their columns.
var local = map[sendcloud.Param]recordset.Column{words.FilterCause: recordset.ByCause, words.FilterPermanence: recordset.ByPermanence}

// token is a choice as a filter's term has it.
func (d *field) token(code int) string {
	if d.param == words.FilterCause {
		return bounce.Cause(code).String()
	}
	return bounce.Permanence(code).String()
}

func (f *Form) path() []screen.Step {
	var terms, texts []string
	for i := range f.fields {
		d := &f.fields[i]
		column, ok := local[d.param]
		if codes := d.marked(); ok && len(codes) > 0 {
			var tokens, names []string
			for _, c := range codes {
				tokens, names = append(tokens, d.token(c)), append(names, f.name(d, c))
			}
			terms = append(terms, head(column)+strings.Join(tokens, ","))
			texts = append(texts, words.ColumnName(f.Lang, column)+" "+strings.Join(names, f.Say(words.Or)))
		}
	}
	if terms == nil {
		return nil
	}
	return []screen.Step{{Term: strings.Join(terms, " "), Text: strings.Join(texts, ", ")}}
}

// recall chooses what the first step of a path says. A step that says anything
// else was not made here and is left out.
func (f *Form) recall(path []screen.Step) {
	if len(path) == 0 {
		return
	}
	for _, term := range strings.Fields(path[0].Term) {
		for p, column := range local {
			d := f.field(p)
			values, _ := strings.CutPrefix(term, head(column))
			for i, c := range d.codes {
				d.on[i] = d.on[i] || slices.Contains(strings.Split(values, ","), d.token(c)) && values != term
			}
		}
	}
	if made := f.path(); made == nil || made[0].Term != path[0].Term {
		for p := range local {
			f.field(p).clear()
		}
	}
}

// head is how a filter's term about a column begins.
func head(c recordset.Column) string { return recordset.Field(c).String() + ":" }
