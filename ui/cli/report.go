package cli

import (
	"cmp"
	"context"
	"fmt"
	"path/filepath"

	"github.com/spf13/cobra"

	"bounceboard/sendcloud"
	"bounceboard/sendcloud/bounce"
	"bounceboard/sendcloud/recordset"
	"bounceboard/ui/cli/config"
	"bounceboard/ui/report"
	"bounceboard/ui/words"
)

func reportCommand(c *console) *cobra.Command {
	o := &options{all: true}
	var path string
	unmasked := false
	output := newGroup(c.lang, words.HelpOutput, func(s *flagSet) {
		s.of = "report/"
		s.text(&path, "out")
		s.yes(&unmasked, "unmasked")
		s.list(&o.from, "from")
		s.list(&o.filters, "filter")
		s.text(&o.view, "view")
	})
	groups := append([]flagGroup{output}, queryFlags(c, o, false)...)
	cmd := newCommand(c, "report --out FILE [flags]", words.ReportShort, words.ReportLong, words.ReportExamples, groups...)
	takesView(c, o, cmd)
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		if path == "" {
			return usage(words.OutMissing, "report.html")
		}
		if err := report.Free(path); err != nil {
			return openError("--out", path, err)
		}
		return writeEvidence(cmd.Context(), c, o, path, unmasked)
	}
	return cmd
}

// writeEvidence reads every row and reports on those that fit the filter. Where rows are missing the report says so.
func writeEvidence(ctx context.Context, c *console, o *options, path string, unmasked bool) error {
	keep, src, err := openRows(ctx, c, o, true)
	if err != nil {
		return err
	}
	defer src.close()
	set := recordset.New(keep.explain)
	incomplete := src.ending(ctx, nil, src.gather(ctx, set, 0, true))
	if ctx.Err() != nil || incomplete != nil && set.Len() == 0 {
		return cmp.Or(incomplete, ctx.Err())
	}
	snap, rows, err := keep.apply(ctx, set, true)
	if err != nil {
		return err
	}
	about := aboutSource(c, o, src, keep, set.Len())
	about.Unmasked, about.Explain = unmasked, func(r sendcloud.Record) bounce.Explanation { return keep.rules.Explain(recordset.InputOf(r)) }
	if incomplete != nil {
		about.Notes = append(about.Notes, c.words(words.Incomplete))
	}
	p, err := report.New(ctx, about, snap, rows)
	if err != nil {
		return err
	}
	if err := p.Save(path); err != nil {
		return failed(words.FileUnmade, "--out", path, config.Reason(err))
	}
	beside := filepath.Join(filepath.Dir(path), report.RowsFile)
	_, err = fmt.Fprintln(c.Out, c.words(words.ReportWritten, path, beside, words.RowCount(c.lang, rows.Len())))
	return cmp.Or(outputError(err), incomplete)
}

// aboutSource says where rows come from, and how to ask for them again.
func aboutSource(c *console, o *options, src source, keep *rowFilter, rows int) report.About {
	about := report.About{Lang: c.lang, Made: c.now(), Coverage: src.covers(rows)}
	asked := report.Asked{Files: o.from, Profile: o.profile, Filter: keep.text, Lang: c.lang}
	switch s := src.(type) {
	case *serviceRows:
		about.Question, about.Host = words.Query(c.lang, s.plan), s.conn.api.Host()
		about.Account = cmp.Or(s.conn.account.Profile, s.conn.account.APIUser)
		asked.Query, asked.First, asked.Last = s.plan.Query, s.plan.First, s.plan.Last
		for _, n := range s.progress.noted {
			about.Notes = append(about.Notes, words.Note(c.lang, n))
		}
	case *fileRows:
		about.Question = s.name
	}
	if about.Command = asked.Command(); !keep.filter.Empty() {
		about.Question += c.words(words.ListItem) + keep.text
	}
	return about
}
