package form

import (
	"strings"

	"bounceboard/sendcloud/bounce"
	"bounceboard/sendcloud/recordset"
	"bounceboard/ui/screen"
	"bounceboard/ui/words"
)

// path is the filters made here as a step of narrowing the rows.
func (a *answers) path(l words.Lang) []screen.Step {
	var causes, permanences, causeNames, permanenceNames, terms, texts []string
	for _, c := range a.Causes {
		causes, causeNames = append(causes, c.String()), append(causeNames, c.Short(string(l)))
	}
	for _, p := range a.Permanences {
		permanences, permanenceNames = append(permanences, p.String()), append(permanenceNames, words.Permanence(l, p))
	}
	add := func(c recordset.Column, tokens, names []string) {
		if len(tokens) > 0 {
			terms = append(terms, head(c)+strings.Join(tokens, ","))
			texts = append(texts, words.ColumnName(l, c)+" "+strings.Join(names, l.Say(words.Or)))
		}
	}
	add(recordset.ByCause, causes, causeNames)
	add(recordset.ByPermanence, permanences, permanenceNames)
	if terms == nil {
		return nil
	}
	return []screen.Step{{Term: strings.Join(terms, " "), Text: strings.Join(texts, ", ")}}
}

// setLocal takes the filters made here from the first step of a path. A step
// that says anything else was not made here and is left out.
func (a *answers) setLocal(path []screen.Step) {
	if len(path) == 0 {
		return
	}
	said := answers{Query: a.Query}
	for _, term := range strings.Fields(path[0].Term) {
		causes, ofCause := strings.CutPrefix(term, head(recordset.ByCause))
		permanences, ofPermanence := strings.CutPrefix(term, head(recordset.ByPermanence))
		switch {
		case ofCause && each(causes, &said.Causes, bounce.ParseCause):
		case ofPermanence && each(permanences, &said.Permanences, bounce.ParsePermanence):
		default:
			return
		}
	}
	*a = said
}

// each reads tokens into values; false where one of them cannot be read.
func each[V any](tokens string, values *[]V, parse func(string) (V, bool)) bool {
	for _, token := range strings.Split(tokens, ",") {
		v, ok := parse(token)
		if !ok {
			return false
		}
		*values = append(*values, v)
	}
	return true
}

// head is how a filter's term about a column begins.
func head(c recordset.Column) string { return strings.TrimSuffix(recordset.Term(c, "x"), "x") }
