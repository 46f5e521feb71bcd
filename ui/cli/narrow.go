package cli

import (
	"slices"
	"strings"

	"bounceboard/sendcloud"
	"bounceboard/sendcloud/bounce"
	"bounceboard/sendcloud/recordset"
	"bounceboard/ui/export"
	"bounceboard/ui/words"
)

// narrowing explains the rows of list: columns beside the service's, and a filter. The zero narrowing
// does nothing.
type narrowing struct {
	lang        words.Lang
	rules       *bounce.Rules // nil: nothing is explained
	columns     bool
	causes      []bounce.Cause
	permanences []bounce.Permanence

	last  sendcloud.Record // the row explained last
	means bounce.Explanation
	told  bool
	first bool // a row was explained

	export.Writer
	came, fit int
}

// narrowing reads what list is told of causes.
func (a *app) narrowing(f *flags, l *listing) (*narrowing, error) {
	n := &narrowing{lang: a.lang, columns: l.explain}
	var err error
	if n.causes, err = tokens("--cause", l.causes, bounce.ParseCause, bounce.Causes()); err != nil {
		return nil, err
	}
	if n.permanences, err = tokens("--permanence", l.permanences, bounce.ParsePermanence, permanences); err != nil {
		return nil, err
	}
	if n.columns || n.filters() != "" {
		n.rules, err = a.rules("", f.config)
	}
	return n, err
}

var permanences = []bounce.Permanence{bounce.Permanent, bounce.Temporary, bounce.Unknown, bounce.NoFailure}

func names[T interface{ String() string }](all []T) []string {
	var s []string
	for _, t := range all {
		s = append(s, t.String())
	}
	return s
}

// tokens reads lists of tokens; an unknown one is answered with those there are.
func tokens[T interface{ String() string }](flag string, lists []string, parse func(string) (T, bool), all []T) ([]T, error) {
	var found []T
	for _, list := range lists {
		for _, token := range strings.Split(list, ",") {
			t, ok := parse(strings.TrimSpace(token))
			if !ok {
				return nil, usage(words.UnknownToken, flag, token, strings.Join(names(all), ", "))
			}
			found = append(found, t)
		}
	}
	return found, nil
}

// filters names the filters that are set.
func (n *narrowing) filters() string {
	var names []string
	if n.causes != nil {
		names = append(names, "--cause")
	}
	if n.permanences != nil {
		names = append(names, "--permanence")
	}
	return strings.Join(names, ", ")
}

// explain is what a row's reply means; told is false where nobody said it. A row is asked for by each
// column in turn.
func (n *narrowing) explain(r sendcloud.Record) (e bounce.Explanation, told bool) {
	if r != n.last || !n.first {
		n.first = true
		n.last, n.means = r, n.rules.Explain(recordset.InputOf(r))
		n.told = !recordset.Untold(r, n.means)
	}
	return n.means, n.told
}

// Write writes the row if it passes the filters.
func (n *narrowing) Write(r sendcloud.Record) error {
	if n.filters() != "" {
		e, told := n.explain(r)
		n.came++
		if !told || n.causes != nil && !slices.Contains(n.causes, e.Cause) || n.permanences != nil && !slices.Contains(n.permanences, e.Permanence) {
			return nil
		}
		n.fit++
	}
	return n.Writer.Write(r)
}

// said is what the filters did, empty where there are none.
func (n *narrowing) said() string {
	if n.filters() == "" {
		return ""
	}
	rows := n.lang.Plural(n.came, words.Rows[0], words.Rows[1], words.Rows[2])
	return n.lang.Say(words.Narrowed, n.filters(), words.Number(n.fit), rows)
}

// roomy is how wide a terminal is that shows more than cause and permanence beside the reply.
const roomy = 240

// extra are the columns of --explain: tokens for programs, words in the table a person reads.
func (n *narrowing) extra(format export.Format, width int) []export.Column {
	if !n.columns {
		return nil
	}
	lang := string(n.lang)
	column := func(name string, columns int, value func(bounce.Explanation) any) export.Column {
		return export.Column{Name: name, Width: columns, Value: func(r sendcloud.Record) any {
			e, told := n.explain(r)
			if !told {
				return nil
			}
			return value(e)
		}}
	}
	if format != export.Table {
		return []export.Column{
			column("cause", 0, func(e bounce.Explanation) any { return e.Cause.String() }),
			column("permanence", 0, func(e bounce.Explanation) any { return e.Permanence.String() }),
			column("party", 0, func(e bounce.Explanation) any { return e.Party.String() }),
			column("confidence", 0, func(e bounce.Explanation) any { return confidence(e) }),
			column("provider", 0, func(e bounce.Explanation) any { return e.Provider }),
			column("nextStep", 0, func(e bounce.Explanation) any { return e.NextStep(lang) }),
			{Name: "pattern", Value: func(r sendcloud.Record) any { return patternOf(r) }},
		}
	}
	say := n.lang.Say
	columns := []export.Column{
		column(say(words.HeadCause), 12, func(e bounce.Explanation) any { return e.Cause.Short(lang) }),
		column(say(words.HeadPermanence), 10, func(e bounce.Explanation) any { return words.Permanence(n.lang, e.Permanence) }),
		column(say(words.HeadParty), 19, func(e bounce.Explanation) any { return e.Party.Name(lang) }),
		column(say(words.HeadConfidence), 6, func(e bounce.Explanation) any { return confidence(e) }),
		column(say(words.HeadProvider), 17, func(e bounce.Explanation) any { return bounce.ProviderName(e.Provider, lang) }),
		column(say(words.HeadStep), 60, func(e bounce.Explanation) any { return e.NextStep(lang) }),
		{Name: say(words.HeadPattern), Width: 10, Value: func(r sendcloud.Record) any { return patternOf(r) }},
	}
	if width > 0 && width < roomy {
		return columns[:2]
	}
	return columns
}
