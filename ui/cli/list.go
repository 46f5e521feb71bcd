package cli

import (
	"context"
	"errors"

	"github.com/spf13/cobra"

	"bounceboard/sendcloud"
	"bounceboard/sendcloud/bounce"
	"bounceboard/sendcloud/pattern"
	"bounceboard/sendcloud/recordset"
	"bounceboard/ui/cli/config"
	"bounceboard/ui/export"
	"bounceboard/ui/words"
)

func listCommand(c *console) *cobra.Command {
	o := &options{}
	output := newGroup(c.lang, words.HelpOutput, func(s *flagSet) {
		s.choice(&o.format, "format", formats()...)
		s.yes(&o.all, "all")
		s.yes(&o.bom, "bom")
		s.yes(&o.explain, "explain")
		s.list(&o.causes, "cause")
		s.list(&o.permanences, "permanence")
		s.once(&o.filter, "filter")
		s.list(&o.from, "from")
		s.once(&o.spool, "spool")
		s.once(&o.missing, "missing")
	})
	groups := append([]flagGroup{output}, queryFlags(c, o)...)
	cmd := newCommand(c, "list [flags]", words.ListShort, words.ListLong, words.ListExamples, append(groups, screenFlags(c, o))...)
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		if err := fromAlone(cmd); err != nil {
			return err
		}
		if err := checkOutput(cmd, o, terminal(c.Out)); err != nil {
			return err
		}
		if o.spool != "" && !o.all {
			return usage(words.SpoolNeedsAll)
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
		e.Extra = explainColumns(c.lang, keep.rules, export.Format(o.format), e.Width)
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
	if errors.Is(err, errReaderGone) && o.spool == "" {
		return err
	}
	closing := w.Close()
	if closing == nil {
		closing = out.flush()
	}
	if err == nil || errors.Is(closing, errReaderGone) {
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
func explainColumns(lang words.Lang, rules *bounce.Rules, format export.Format, width int) []export.Column {
	l := string(lang)
	var (
		last      sendcloud.Record // the row explained last: each column asks for it in turn
		e         bounce.Explanation
		told      bool
		explained bool
	)
	column := func(name string, columns int, value func() any) export.Column {
		return export.Column{Name: name, Width: columns, Value: func(r sendcloud.Record) any {
			if r != last || !explained {
				explained, last, e = true, r, rules.Explain(recordset.InputOf(r))
				told = !recordset.Untold(r, e)
			}
			if !told {
				return nil
			}
			return value()
		}}
	}
	patternOf := func(r sendcloud.Record) any {
		text, _ := pattern.Of(r.SendLog)
		return string(pattern.IDOf(text))
	}
	if format != export.Table {
		return []export.Column{
			column("cause", 0, func() any { return e.Cause.String() }),
			column("permanence", 0, func() any { return e.Permanence.String() }),
			column("party", 0, func() any { return e.Party.String() }),
			column("confidence", 0, func() any { return export.Confidence(e) }),
			column("provider", 0, func() any { return e.Provider }),
			column("nextStep", 0, func() any { return e.NextStep(l) }),
			{Name: "pattern", Value: patternOf},
		}
	}
	columns := []export.Column{
		column(lang.Say(words.LabelCause), 12, func() any { return e.Cause.Short(l) }),
		column(words.ColumnName(lang, recordset.ByPermanence), 10, func() any { return words.Permanence(lang, e.Permanence) }),
		column(lang.Say(words.LabelParty), 19, func() any { return e.Party.Name(l) }),
		column(lang.Say(words.LabelSure), 6, func() any { return export.Confidence(e) }),
		column(lang.Say(words.LabelProvider), 17, func() any { return bounce.ProviderName(e.Provider, l) }),
		column(lang.Say(words.LabelStep), 60, func() any { return e.NextStep(l) }),
		{Name: lang.Say(words.LabelPattern), Width: 10, Value: patternOf},
	}
	if width > 0 && width < roomy {
		return columns[:2]
	}
	return columns
}

// openSpool makes the file of --spool; nil without the flag.
func openSpool(c *console, path string, once bool) (*export.Spool, error) {
	if path == "-" {
		return nil, usage(words.SpoolNoFile)
	}
	spool, err := export.OpenSpool(path, once, c.now)
	return spool, openError("--spool", path, err)
}

// spoolError says that the file of --spool could not be written on.
func spoolError(err error) error {
	var broke *export.SpoolError
	if errors.As(err, &broke) {
		return failed(words.SpoolBroke, broke.Path, config.Reason(broke.Err))
	}
	return err
}
