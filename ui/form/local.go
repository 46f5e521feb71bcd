package form

import (
	"slices"
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
		if tokens, ok := strings.CutPrefix(term, head(recordset.ByCause)); ok {
			for _, token := range strings.Split(tokens, ",") {
				c, ok := bounce.ParseCause(token)
				if !ok || !slices.Contains(failures(), c) {
					return
				}
				said.Causes = append(said.Causes, c)
			}
		} else if tokens, ok := strings.CutPrefix(term, head(recordset.ByPermanence)); ok {
			for _, token := range strings.Split(tokens, ",") {
				p, ok := bounce.ParsePermanence(token)
				if !ok {
					return
				}
				said.Permanences = append(said.Permanences, p)
			}
		} else {
			return
		}
	}
	*a = said
}

// head is how a filter's term about a column begins.
func head(c recordset.Column) string { return strings.TrimSuffix(recordset.Term(c, "x"), "x") }
