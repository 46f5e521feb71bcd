package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"bounceboard/sendcloud"
	"bounceboard/sendcloud/bounce"
	"bounceboard/sendcloud/pattern"
	"bounceboard/sendcloud/recordset"
	"bounceboard/ui/export"
	"bounceboard/ui/words"
)

func listCommand(c *console) *cobra.Command {
	o := &options{}
	output := newGroup(c.lang, words.HelpOutput, func(s *flagSet) {
		rowFlags(s, o)
		s.yes(&o.bom, "bom")
		s.yes(&o.explain, "explain")
		s.list(&o.causes, "cause")
		s.list(&o.permanences, "permanence")
		s.text(&o.spool, "spool")
		s.text(&o.missing, "missing")
	})
	groups := append([]flagGroup{output}, queryFlags(c, o, true)...)
	cmd := newCommand(c, "list [flags]", words.ListShort, words.ListLong, words.ListExamples, append(groups, screenFlags(c, o))...)
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		if err := checkOutput(c, cmd, o); err != nil {
			return err
		}
		return list(cmd.Context(), c, o)
	}
	return cmd
}

// list writes the rows of a source that fit the filter.
func list(ctx context.Context, c *console, o *options) error {
	keep, err := newRowFilter(c, o, o.explain)
	if err != nil {
		return err
	}
	src, err := openSource(ctx, c, o)
	if err != nil {
		return err
	}
	defer src.close()
	out := &stdout{c: c}
	if s, ok := src.(*serviceRows); ok {
		out.progress = s.progress
	}
	e := exportOptions(c, o)
	if o.explain {
		e.Extra = explainColumns(c.lang, keep.rules, e.Width)
	}
	w, err := export.New(export.Format(o.format), out, e)
	if err != nil {
		return err
	}
	err = src.stream(ctx, keep, func(rows []sendcloud.Record) error {
		for _, r := range rows {
			if err := w.Write(r); err != nil {
				return err
			}
		}
		return out.flush()
	})
	if closing := cmp.Or(w.Close(), out.flush()); err == nil || errors.Is(closing, errReaderGone) {
		err = closing
	}
	if errors.Is(err, errReaderGone) {
		if o.spool == "" {
			return err
		}
		err = failed(words.ReaderGone) // the file of --spool is not whole
	}
	return src.ending(ctx, keep, err)
}

// roomy is how wide a terminal is that shows more than cause and permanence beside the reply.
const roomy = 240

// explainColumns are those of --explain: tokens for programs, words in the table a person reads. Where nobody
// said why, they are empty.
func explainColumns(lang words.Lang, rules *bounce.Rules, width int) []export.Column[sendcloud.Record] {
	l := string(lang)
	var (
		last *sendcloud.Record // the row explained last: each column asks for it in turn
		e    bounce.Explanation
		told bool
	)
	explain := func(r sendcloud.Record) bool {
		if last == nil || *last != r {
			last, e = &r, rules.Explain(recordset.InputOf(r))
			told = !recordset.Untold(r, e)
		}
		return told
	}
	column := func(name string, token func() any, head words.Sentence, columns int, text func() string) export.Column[sendcloud.Record] {
		return export.Column[sendcloud.Record]{Name: name, Head: lang.Say(head), Width: columns,
			Value: func(r sendcloud.Record) any {
				if !explain(r) {
					return nil
				}
				return token()
			},
			Text: func(r sendcloud.Record) string {
				if !explain(r) {
					return ""
				}
				return text()
			}}
	}
	patternOf := func(r sendcloud.Record) string {
		text, _ := pattern.Of(r.SendLog)
		return string(pattern.IDOf(text))
	}
	columns := []export.Column[sendcloud.Record]{
		column("cause", func() any { return e.Cause.String() }, words.LabelCause, 12, func() string { return e.Cause.Short(l) }),
		column("permanence", func() any { return e.Permanence.String() }, words.LabelPermanence, 10, func() string { return words.Permanence(lang, e.Permanence) }),
		column("party", func() any { return e.Party.String() }, words.LabelParty, 19, func() string { return e.Party.Name(l) }),
		column("confidence", func() any { return export.Confidence(e) }, words.LabelConfidence, 6, func() string { return fmt.Sprint(export.Confidence(e)) }),
		column("provider", func() any { return e.Provider }, words.LabelProvider, 17, func() string { return bounce.ProviderName(e.Provider, l) }),
		column("nextStep", func() any { return e.NextStep(l) }, words.LabelStep, 60, func() string { return e.NextStep(l) }),
		{Name: "pattern", Value: func(r sendcloud.Record) any { return patternOf(r) }, Head: lang.Say(words.LabelPattern), Width: 10, Text: patternOf},
	}
	for i := 2; width > 0 && width < roomy && i < len(columns); i++ {
		columns[i].Head = "" // not in the table
	}
	return columns
}
