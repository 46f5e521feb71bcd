package cli

import (
	"context"
	"errors"

	"github.com/spf13/cobra"

	"bounceboard/sendcloud"
	"bounceboard/sendcloud/bounce"
	"bounceboard/sendcloud/recordset"
	"bounceboard/ui/words"
)

func listCommand(c *console) *cobra.Command {
	o := &options{}
	return rowsCommand(c, o, "list [flags]", "", words.ListShort, words.ListLong, words.ListExamples, func(s *flagSet) {
		outputFlags(s, o)
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
	out, err := openOutput(c, o)
	if err != nil {
		return err
	}
	err = src.stream(ctx, keep, func(rows []sendcloud.Record) error {
		for _, r := range rows {
			if err := out.row(r); err != nil {
				return err
			}
		}
		return out.flush()
	})
	if closing := out.close(err); err == nil || errors.Is(closing, errReaderGone) {
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
