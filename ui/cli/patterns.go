package cli

import (
	"context"
	"strings"

	"github.com/spf13/cobra"

	"bounceboard/keymap"
	"bounceboard/sendcloud/recordset"
	"bounceboard/sendcloud/rowjson"
	"bounceboard/theme"
	"bounceboard/ui/cell"
	"bounceboard/ui/detail"
	"bounceboard/ui/export"
	"bounceboard/ui/words"
)

func patternsCommand(c *console) *cobra.Command {
	o := &options{}
	output := newGroup(c.lang, words.HelpOutput, func(s *flagSet) {
		s.of = "count/"
		rowFlags(s, o)
	})
	groups := append([]flagGroup{output}, queryFlags(c, o, false)...)
	cmd := newCommand(c, "patterns [flags] [ID]", words.PatternsShort, words.PatternsLong, words.PatternsExamples, append(groups, screenFlags(c, o))...)
	cmd.Long += "\n\n" + c.words(words.PatternsJSON)
	cmd.Args = cobra.ArbitraryArgs
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if err := checkOutput(c, cmd, o); err != nil {
			return err
		}
		id := strings.ToLower(keymap.Narrow(strings.Join(args, "")))
		switch {
		case len(o.from) == 0 && !o.all:
			return usage(words.PatternsNeed)
		case len(args) > 1 || len(id) > 10 || strings.Trim(id, "abcdefghijklmnopqrstuvwxyz234567") != "":
			return usage(words.NotAPatternID, strings.Join(args, " "))
		}
		return patterns(cmd.Context(), c, o, id)
	}
	return cmd
}

// sampled limits how many rows of a pattern are read to list the values of its variables.
const sampled = 2000

func patterns(ctx context.Context, c *console, o *options, id string) error {
	g, err := gather(ctx, c, o, 0, true)
	if err != nil {
		return err
	}
	var missing error
	all, covered, err := g.snap.Patterns(context.WithoutCancel(ctx), g.rows, sampled)
	if err != nil {
		return err
	}
	if id != "" {
		all, missing = chosen(all, id)
	}
	if len(all) == 1 && id != "" && o.format == string(export.Table) {
		err = writeCard(c, o, func(th theme.Theme, width int) []string {
			return detail.PatternCard(th, c.lang, width, g.snap, all[0], covered)
		})
	} else {
		err = writeReport(c, o, patternColumns(c.lang, g.snap), all)
	}
	if err != nil {
		return err
	}
	if missing != nil && g.incomplete == nil {
		return missing
	}
	return g.end(c)
}

// chosen is the pattern whose id begins with a prefix.
func chosen(all []recordset.Summary, prefix string) ([]recordset.Summary, error) {
	var found []recordset.Summary
	var ids []string
	for _, s := range all {
		if s.ID.HasPrefix(prefix) {
			found = append(found, s)
			ids = append(ids, string(s.ID))
		}
	}
	switch len(found) {
	case 0:
		return nil, failed(words.NoSuchPattern, prefix)
	case 1:
		return found, nil
	}
	return nil, failed(words.TwoPatterns, len(found), prefix, strings.Join(ids[:min(len(ids), 5)], ", "))
}

// patternColumns are those of a pattern. In a table the text comes last, as wide as it is.
func patternColumns(lang words.Lang, snap recordset.Snapshot) []export.Column[recordset.Summary] {
	type summary = recordset.Summary
	return []export.Column[summary]{
		{Name: "id", Value: func(s summary) any { return string(s.ID) }, Head: lang.Say(words.LabelID), Text: func(s summary) string { return string(s.ID) }},
		{Name: "count", Value: func(s summary) any { return s.Count }, Head: lang.Say(words.LabelMails), Fit: cell.Style.FitRight,
			Text: func(s summary) string { return words.Number(s.Count) }},
		{Name: "share", Value: func(s summary) any { return rounded(s.Share) }, Head: lang.Say(words.LabelShare), Fit: cell.Style.FitRight,
			Text: func(s summary) string { return words.Percent(s.Share) }},
		{Name: "cause", Value: func(s summary) any { return export.OrNull(s.Causes[0].Value) }, Head: lang.Say(words.LabelCause), Width: 24, Text: func(s summary) string {
			if s.Causes[0].Value == "" {
				return lang.Say(words.NoValue)
			}
			return words.CauseName(lang, s.Causes[0].Value)
		}},
		{Name: "pattern", Value: func(s summary) any { return s.Text }},
		{Name: "first", Value: func(s summary) any { return s.First }, Head: lang.Say(words.LabelFirst), Text: func(s summary) string { return export.Minute(s.First) }},
		{Name: "last", Value: func(s summary) any { return s.Last }, Head: lang.Say(words.LabelLast), Text: func(s summary) string { return export.Minute(s.Last) }},
		{Name: "causes", Value: func(s summary) any { return counts(s.Causes) }},
		{Name: "domains", Value: func(s summary) any { return counts(s.Domains[:min(len(s.Domains), mostDomains)]) }},
		{Name: "domainCount", Value: func(s summary) any { return len(s.Domains) }},
		{Name: "variables", Value: func(s summary) any { return variables(s.Variables, s.Count) }},
		{Name: "samples", Value: func(s summary) any { return samples(snap, s.Samples) }},
		{Head: lang.Say(words.LabelPattern), Text: func(s summary) string { return s.Text }},
	}
}

// mostDomains is how many domains of a pattern are named, beside how many there
// are; a pattern of many rows has thousands.
const mostDomains = 20

func counts(list []recordset.Count) []any {
	all := make([]any, len(list))
	for i, c := range list {
		all[i] = rowjson.Object{{Key: "value", Value: export.OrNull(c.Value)}, {Key: "count", Value: c.Count}}
	}
	return all
}

// variables are those of a pattern of so many rows.
func variables(list []recordset.Variable, of int) []any {
	all := make([]any, len(list))
	for i, v := range list {
		all[i] = rowjson.Object{{Key: "slot", Value: v.Slot}, {Key: "kind", Value: v.Kind.String()}, {Key: "few", Value: v.Few()},
			{Key: "distinct", Value: v.Distinct}, {Key: "atLeast", Value: v.More || v.Rows < of}, {Key: "sampled", Value: v.Rows}, {Key: "values", Value: counts(v.Values)}}
	}
	return all
}

func samples(snap recordset.Snapshot, rows []int) []any {
	all := make([]any, len(rows))
	for i, row := range rows {
		r := snap.Record(row)
		all[i] = rowjson.Object{{Key: "emailId", Value: r.EmailID}, {Key: "recipients", Value: r.Recipients},
			{Key: "requestTime", Value: r.RequestTime}, {Key: "sendLog", Value: r.SendLog}}
	}
	return all
}
