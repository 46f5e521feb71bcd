package form

import (
	"slices"
	"strings"

	"bounceboard/sendcloud/bounce"
	"bounceboard/sendcloud/recordset"
	"bounceboard/ui/screen"
	"bounceboard/ui/words"
)

// path is the filters made here as steps of narrowing the rows.
func (a *answers) path(l words.Lang) []screen.Step {
	var terms, texts []string
	add := func(c recordset.Column, tokens, names []string) {
		if len(tokens) > 0 {
			terms = append(terms, head(c)+strings.Join(tokens, ","))
			texts = append(texts, words.FacetColumn(l, c)+" "+strings.Join(names, l.Say(words.Or)))
		}
	}
	var tokens, names []string
	for _, c := range a.Causes {
		tokens, names = append(tokens, c.String()), append(names, c.Short(string(l)))
	}
	add(recordset.ByCause, tokens, names)
	tokens, names = nil, nil
	for _, p := range a.Permanences {
		tokens, names = append(tokens, p.String()), append(names, words.Permanence(l, p))
	}
	add(recordset.ByPermanence, tokens, names)
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
		causes, isCause := strings.CutPrefix(term, head(recordset.ByCause))
		permanences, isPermanence := strings.CutPrefix(term, head(recordset.ByPermanence))
		switch {
		case isCause:
			for _, token := range strings.Split(causes, ",") {
				c, ok := bounce.ParseCause(token)
				if !ok || !slices.Contains(failures(), c) {
					return
				}
				said.Causes = append(said.Causes, c)
			}
		case isPermanence:
			for _, token := range strings.Split(permanences, ",") {
				p, ok := bounce.ParsePermanence(token)
				if !ok {
					return
				}
				said.Permanences = append(said.Permanences, p)
			}
		default:
			return
		}
	}
	*a = said
}

// head is how a filter's term about a column begins.
func head(c recordset.Column) string { return strings.TrimSuffix(recordset.Term(c, "x"), "x") }
