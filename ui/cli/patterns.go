package cli

import (
	"cmp"
	"context"
	"slices"
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
	cmd := rowsCommand(c, o, "patterns [flags] [ID]", "count/", words.PatternsShort, words.PatternsLong, words.PatternsExamples, func(*flagSet) {},
		func(ctx context.Context, args []string) error {
			id := strings.ToLower(keymap.Narrow(strings.Join(args, "")))
			switch {
			case len(o.from) == 0 && !o.all:
				return usage(words.PatternsNeed)
			case len(args) > 1 || len(id) > 10 || strings.Trim(id, "abcdefghijklmnopqrstuvwxyz234567") != "":
				return usage(words.NotAPatternID, strings.Join(args, " "))
			}
			return patterns(ctx, c, o, id)
		})
	cmd.Long += "\n\n" + c.words(words.PatternsJSON)
	cmd.Args = cobra.ArbitraryArgs
	return cmd
}

const (
	sampled     = 2000 // rows of a pattern that are read to list the values of its variables
	mostDomains = 20   // domains of a pattern that are named, beside how many there are
)

func patterns(ctx context.Context, c *console, o *options, id string) error {
	return overRows(ctx, c, o, 0, true, func(snap recordset.Snapshot, rows recordset.Selection) error {
		all, covered, err := snap.Patterns(context.WithoutCancel(ctx), rows, sampled)
		if err != nil {
			return err
		}
		all = slices.DeleteFunc(all, func(s recordset.Summary) bool { return !strings.HasPrefix(string(s.ID), strings.ToLower(id)) })
		switch {
		case id != "" && len(all) == 0:
			err = failed(words.NoSuchPattern, id)
		case id != "" && len(all) > 1:
			err = failed(words.TwoPatterns, len(all), id)
			all = nil
		case id != "" && o.format == string(export.Table):
			return writeCard(c, o, func(th theme.Theme, width int, links bool) []string {
				return detail.PatternCard(th, c.lang, width, links, snap, all[0], covered)
			})
		}
		return cmp.Or(writeReport(c, o, patternColumns(c.lang, snap), all), err)
	})
}

// patternColumns are those of a pattern. In a table the text comes last, as wide as it is.
func patternColumns(lang words.Lang, snap recordset.Snapshot) []export.Column[recordset.Summary] {
	type summary = recordset.Summary
	return []export.Column[summary]{
		{Name: "id", Value: func(s summary) any { return string(s.ID) }, Head: lang.Say(words.LabelID), Text: func(s summary) string { return string(s.ID) }},
		figure("count", lang.Say(words.LabelMails), func(s summary) any { return s.Count }, func(s summary) string { return words.Number(s.Count) }),
		share(lang, func(s summary) float64 { return s.Share }),
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
		{Name: "variables", Value: func(s summary) any {
			return objects(s.Variables, func(v recordset.Variable) rowjson.Object {
				return rowjson.Object{{Key: "slot", Value: v.Slot}, {Key: "kind", Value: v.Kind.String()}, {Key: "few", Value: v.Few()},
					{Key: "distinct", Value: v.Distinct}, {Key: "atLeast", Value: v.More || v.Rows < s.Count}, {Key: "sampled", Value: v.Rows}, {Key: "values", Value: counts(v.Values)}}
			})
		}},
		{Name: "samples", Value: func(s summary) any {
			return objects(s.Samples, func(row int) rowjson.Object {
				r := snap.Record(row)
				return rowjson.Object{{Key: "emailId", Value: r.EmailID}, {Key: "recipients", Value: r.Recipients},
					{Key: "requestTime", Value: r.RequestTime}, {Key: "sendLog", Value: r.SendLog}}
			})
		}},
		{Head: lang.Say(words.LabelPattern), Text: func(s summary) string { return s.Text }},
	}
}

func objects[T any](list []T, of func(T) rowjson.Object) []any {
	all := make([]any, len(list))
	for i, item := range list {
		all[i] = of(item)
	}
	return all
}

func counts(list []recordset.Count) []any {
	return objects(list, func(c recordset.Count) rowjson.Object {
		return rowjson.Object{{Key: "value", Value: export.OrNull(c.Value)}, {Key: "count", Value: c.Count}}
	})
}
