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
	return rowsCommand(c, o, "list [flags]", "", words.ListShort, words.ListLong, words.ListExamples, func(s *flagSet) {
		s.yes(&o.bom, "bom")
		s.yes(&o.explain, "explain")
		s.choices(func(v string) { o.causes = append(o.causes, v) }, "cause", names(bounce.Causes()), ", ")
		s.choices(func(v string) { o.permanences = append(o.permanences, v) }, "permanence", recordset.Field(recordset.ByPermanence).Values(), ", ")
		s.text(&o.spool, "spool")
		s.text(&o.missing, "missing")
	}, func(ctx context.Context, _ []string) error { return list(ctx, c, o) })
}

func list(ctx context.Context, c *console, o *options) error {
	keep, src, err := openRows(ctx, c, o, o.explain)
	if err != nil {
		return err
	}
	defer src.close()
	out := &stdout{c: c}
	e := exportOptions(c, o)
	if o.explain {
		e.Extra = explainColumns(c.lang, keep.rules)
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

// explainColumns are those of --explain: tokens for programs, under the names that explain has for them; words in the
// table a person reads. Where nobody said why, they are empty.
func explainColumns(lang words.Lang, rules *bounce.Rules) (all []export.Column[sendcloud.Record]) {
	var last *sendcloud.Record // the row explained last: each column asks for it in turn
	told := map[string]any{}   // of it; nothing where nobody said why
	explain := func(r sendcloud.Record, name string) any {
		if last == nil || *last != r {
			last = &r
			clear(told)
			about := recordset.InputOf(r)
			if e := rules.Explain(about); !recordset.Untold(r, e) {
				for _, member := range export.Explanation(lang, about, e) {
					told[member.Key] = member.Value
				}
			}
			text, _ := pattern.Of(r.SendLog)
			told["pattern"] = string(pattern.IDOf(text))
		}
		return told[name]
	}
	for _, x := range []struct {
		name  string
		head  words.Sentence // none: not in the table
		width int
		by    recordset.Column // whose values it has
	}{
		{"cause", words.LabelCause, 12, recordset.ByCause}, {"permanence", words.LabelPermanence, 10, recordset.ByPermanence},
		{"party", words.LabelParty, 19, recordset.ByParty}, {"confidence", words.LabelConfidence, 6, recordset.ByReply},
		{"provider", words.LabelProvider, 17, recordset.ByProvider}, {"nextStep", words.LabelStep, 60, recordset.ByReply},
		{name: "whatHappened"}, {name: "whetherRetry"}, {name: "refusedIp"}, {name: "enhancedCode"}, {name: "contradictsSubStatus"}, {name: "domainMeant"},
		{"pattern", words.LabelPattern, 10, recordset.ByReply},
	} {
		all = append(all, export.Column[sendcloud.Record]{Name: x.name, Head: lang.Say(x.head), Width: x.width,
			Spare: x.by != recordset.ByCause && x.by != recordset.ByPermanence,
			Value: func(r sendcloud.Record) any { return explain(r, x.name) },
			Text: func(r sendcloud.Record) string {
				if v := explain(r, x.name); v != nil {
					text, _ := words.FacetValue(lang, x.by, fmt.Sprint(v))
					return text
				}
				return ""
			}})
	}
	return all
}
