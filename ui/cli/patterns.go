package cli

import (
	"context"
	"strings"

	"github.com/spf13/cobra"

	"bounceboard/keymap"
	"bounceboard/sendcloud/recordset"
	"bounceboard/theme"
	"bounceboard/ui/detail"
	"bounceboard/ui/export"
	"bounceboard/ui/words"
)

func (a *app) patternsCommand() *cobra.Command {
	f, l := &flags{}, &listing{}
	output := a.group(words.HelpOutput, func(s *flagSet) {
		s.of = "count/"
		s.choice(&l.format, "format", formats()...)
		a.rowFlags(s, f, l)
	})
	groups := append([]flagGroup{output}, a.askingForAll(f)...)
	cmd := a.command("patterns [flags] [ID]", words.PatternsShort, words.PatternsLong, words.PatternsExamples, append(groups, a.screen(f))...)
	cmd.Args = cobra.ArbitraryArgs
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if err := everyRow(cmd, l, terminal(a.Out)); err != nil {
			return err
		}
		if f.from == "" && !l.all {
			return usage(words.PatternsNeed)
		}
		if len(args) > 1 {
			return usage(words.OnePattern, len(args))
		}
		id := strings.ToLower(keymap.Narrow(strings.Join(args, "")))
		if terminal(a.Out) && id == "" { // the card of one says it itself
			a.checkLocale()
		}
		if len(args) == 1 && (id == "" || len(id) > 10 || strings.Trim(id, "abcdefghijklmnopqrstuvwxyz234567") != "") {
			return usage(words.NotAPatternID, args[0])
		}
		return a.patterns(cmd.Context(), f, l, id)
	}
	return cmd
}

// sampled is how many rows of a pattern its variables are looked at in.
const sampled = 2000

func (a *app) patterns(ctx context.Context, f *flags, l *listing, id string) error {
	g, err := a.gather(ctx, f, true, recordset.AllColumns)
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
	if len(all) == 1 && id != "" && l.format == string(export.Table) {
		err = a.writeCard(f, func(th theme.Theme, width int, links bool) []string {
			return detail.PatternCard(th, a.lang, width, links, g.snap, all[0], covered)
		})
	} else {
		err = export.WriteReport(export.Format(l.format), listOutput{a, a.newProgress(nil)}, a.patternReport(g.snap, all, l.format == string(export.Table)), a.exportOptions(f, l))
	}
	if err != nil {
		return err
	}
	if missing != nil && g.incomplete == nil {
		return missing
	}
	if g.covers != "" {
		a.say(g.covers)
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
		return nil, &failure{exitFailed, words.NoSuchPattern, []any{prefix}}
	case len(found) > shown:
		ids = append(ids[:shown], "…")
	}
	if len(found) > 1 {
		return nil, &failure{exitFailed, words.TwoPatterns, []any{len(found), prefix, strings.Join(ids, ", ")}}
	}
	return found, nil
}

// patternReport is a line for each pattern.
func (a *app) patternReport(snap recordset.Snapshot, all []recordset.Summary, table bool) export.Report {
	say := a.lang.Say
	r := export.Report{Columns: []export.ReportColumn{
		{Name: "id", Head: say(words.HeadID)}, {Name: "count", Head: say(words.HeadMails), Right: true},
		{Name: "share", Head: say(words.HeadShare), Right: true}, {Name: "cause", Head: say(words.HeadCause), Most: 24},
		{Name: "pattern"}, {Name: "first", Head: say(words.HeadFirst)}, {Name: "last", Head: say(words.HeadLast)},
		{Name: "causes"}, {Name: "domains"}, {Name: "domainCount"}, {Name: "variables"}, {Name: "samples"},
	}}
	if table { // the text comes last there, as wide as it is
		r.Columns = append(r.Columns, export.ReportColumn{Head: say(words.HeadPattern)})
	}
	for _, s := range all {
		cause := s.Causes[0].Value
		causeText := say(words.NoValue)
		if cause != "" {
			causeText = words.CauseName(a.lang, cause)
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
// are; a pattern of a large slice has thousands.
const mostDomains = 20

func counts(list []recordset.Count) []any {
	all := make([]any, len(list))
	for i, c := range list {
		all[i] = export.Object{{Key: "value", Value: orNull(c.Value)}, {Key: "count", Value: c.Count}}
	}
	return all
}

// variables are those of a pattern of so many rows.
func variables(list []recordset.Variable, of int) []any {
	all := make([]any, len(list))
	for i, v := range list {
		all[i] = export.Object{{Key: "slot", Value: v.Slot}, {Key: "kind", Value: v.Kind.String()}, {Key: "few", Value: v.Few()},
			{Key: "distinct", Value: v.Distinct}, {Key: "atLeast", Value: v.More || v.Rows < of}, {Key: "sampled", Value: v.Rows}, {Key: "values", Value: counts(v.Values)}}
	}
	return all
}

func samples(snap recordset.Snapshot, rows []int) []any {
	all := make([]any, len(rows))
	for i, row := range rows {
		r := snap.Record(row)
		all[i] = export.Object{{Key: "emailId", Value: r.EmailID}, {Key: "recipients", Value: r.Recipients},
			{Key: "requestTime", Value: r.RequestTime}, {Key: "sendLog", Value: r.SendLog}}
	}
	return all
}
