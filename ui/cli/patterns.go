package cli

import (
	"context"
	"strings"

	"github.com/spf13/cobra"

	"bounceboard/keymap"
	"bounceboard/sendcloud/recordset"
	"bounceboard/sendcloud/rowjson"
	"bounceboard/theme"
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
	groups := append([]flagGroup{output}, everyRowFlags(c, o)...)
	cmd := newCommand(c, "patterns [flags] [ID]", words.PatternsShort, words.PatternsLong, words.PatternsExamples, append(groups, screenFlags(c, o))...)
	cmd.Long += "\n\n" + c.words(words.PatternsJSON)
	cmd.Args = cobra.ArbitraryArgs
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if err := checkEveryRow(cmd, o, terminal(c.Out)); err != nil {
			return err
		}
		id := strings.ToLower(keymap.Narrow(strings.Join(args, "")))
		switch {
		case len(o.from) == 0 && !o.all:
			return usage(words.PatternsNeed)
		case len(args) > 1:
			return usage(words.OnePattern, len(args))
		case len(args) == 1 && (id == "" || len(id) > 10 || strings.Trim(id, "abcdefghijklmnopqrstuvwxyz234567") != ""):
			return usage(words.NotAPatternID, args[0])
		}
		return patterns(cmd.Context(), c, o, id)
	}
	return cmd
}

// sampled is how many rows of a pattern its variables are looked at in.
const sampled = 2000

func patterns(ctx context.Context, c *console, o *options, id string) error {
	g, err := gather(ctx, c, o, 0, true)
	if err != nil {
		return err
	}
	var missing error
	all, covered, err := g.snap.Patterns(despite(ctx), g.rows, sampled)
	if err != nil {
		return err
	}
	if id != "" {
		all, missing = chosen(all, id)
	}
	if len(all) == 1 && id != "" && o.format == string(export.Table) {
		err = writeCard(c, o, func(th theme.Theme, width int, links bool) []string {
			return detail.PatternCard(th, c.lang, width, links, g.snap, all[0], covered)
		})
	} else {
		err = writeReport(c, o, patternReport(c.lang, g.snap, all, o.format == string(export.Table)))
	}
	if err != nil {
		return err
	}
	if missing != nil && g.incomplete == nil {
		return missing
	}
	if g.covers != "" {
		c.say(g.covers)
	}
	return g.incomplete
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
	const shown = 5
	switch {
	case len(found) == 0:
		return nil, failed(words.NoSuchPattern, prefix)
	case len(found) > shown:
		ids = append(ids[:shown], "…")
	}
	if len(found) > 1 {
		return nil, failed(words.TwoPatterns, len(found), prefix, strings.Join(ids, ", "))
	}
	return found, nil
}

// patternReport is a line for each pattern.
func patternReport(lang words.Lang, snap recordset.Snapshot, all []recordset.Summary, table bool) export.Report {
	say := lang.Say
	r := export.Report{Columns: []export.ReportColumn{
		{Name: "id", Head: say(words.LabelNumber)}, {Name: "count", Head: say(words.LabelMails), Right: true},
		{Name: "share", Head: say(words.LabelShare), Right: true}, {Name: "cause", Head: say(words.LabelCause), Most: 24},
		{Name: "pattern"}, {Name: "first", Head: say(words.LabelFirst)}, {Name: "last", Head: say(words.LabelLast)},
		{Name: "causes"}, {Name: "domains"}, {Name: "domainCount"}, {Name: "variables"}, {Name: "samples"},
	}}
	if table { // the text comes last there, as wide as it is
		r.Columns = append(r.Columns, export.ReportColumn{Head: say(words.LabelPattern)})
	}
	for _, s := range all {
		cause := s.Causes[0].Value
		causeText := say(words.NoValue)
		if cause != "" {
			causeText = words.CauseName(lang, cause)
		}
		line := export.ReportLine{
			Values: []any{string(s.ID), s.Count, rounded(s.Share), orNull(cause), s.Text, s.First, s.Last,
				counts(s.Causes), counts(s.Domains[:min(len(s.Domains), mostDomains)]), len(s.Domains), variables(s.Variables, s.Count), samples(snap, s.Samples)},
			Texts: []string{string(s.ID), words.Number(s.Count), words.Percent(s.Share), causeText, "", minuteOf(s.First), minuteOf(s.Last),
				"", "", "", "", "", s.Text},
		}
		r.Lines = append(r.Lines, line)
	}
	return r
}

// mostDomains is how many domains of a pattern are named, beside how many there
// are; a pattern of many rows has thousands.
const mostDomains = 20

func counts(list []recordset.Count) []any {
	all := make([]any, len(list))
	for i, c := range list {
		all[i] = rowjson.Object{{Key: "value", Value: orNull(c.Value)}, {Key: "count", Value: c.Count}}
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
