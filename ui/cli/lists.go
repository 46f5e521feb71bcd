package cli

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"bounceboard/sendcloud"
	"bounceboard/sendcloud/bounce"
	"bounceboard/sendcloud/recordset"
	"bounceboard/ui/cli/config"
	"bounceboard/ui/lists"
	"bounceboard/ui/words"
)

func listsCommand(c *console) *cobra.Command {
	o := &options{all: true}
	var dir string
	output := newGroup(c.lang, words.HelpOutput, func(s *flagSet) {
		s.of = "lists/"
		s.text(&dir, "out")
		s.list(&o.from, "from")
		s.list(&o.filters, "filter")
		s.text(&o.view, "view")
		s.text(&o.spool, "spool")
		s.yes(&o.resume, "resume")
	})
	groups := append([]flagGroup{output}, queryFlags(c, o, false)...)
	cmd := newCommand(c, "lists --out DIR [flags]", words.ListsShort, words.ListsLong, words.ListsExamples, groups...)
	takesView(c, o, cmd)
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		for _, name := range []string{"status", "sub-status"} {
			if cmd.Flags().Changed(name) {
				return usage(words.ListsRead, "--"+name)
			}
		}
		if dir == "" {
			return usage(words.OutMissing, "lists")
		}
		if err := lists.Free(dir); err != nil {
			return openError("--out", dir, err)
		}
		return writeLists(cmd.Context(), c, o, dir)
	}
	return cmd
}

// writeLists reads mail of every status, since an address that got mail later is not gone. Where rows may be missing
// nothing is written: the one that says so may be among them.
func writeLists(ctx context.Context, c *console, o *options, dir string) error {
	keep, src, err := openRows(ctx, c, o, true)
	if err != nil {
		return err
	}
	defer src.close()
	sorter := lists.NewSorter(func(r sendcloud.Record) bounce.Explanation { return keep.rules.Explain(recordset.InputOf(r)) })
	err = src.stream(ctx, keep, func(rows []sendcloud.Record) error {
		for _, r := range rows {
			sorter.Add(r)
		}
		return nil
	})
	if err = src.ending(ctx, keep, err); err != nil {
		c.say(c.words(words.NothingMade))
		return err
	}
	about := aboutSource(c, o, src, keep, sorter.Rows)
	if sorter.Delivered == 0 {
		about.Notes = append(about.Notes, c.words(words.NoDelivered))
		c.say(c.words(words.NoDelivered))
	}
	sums, err := lists.Write(dir, c.lang, sorter, strings.Join(append([]string{about.Question, about.Coverage}, about.Notes...), "\n"))
	if err != nil {
		return failed(words.FileUnmade, "--out", dir, config.Reason(err))
	}
	for list, sum := range sums {
		file := filepath.Join(dir, lists.List(list).String()+".csv")
		line := c.words(words.ListsWritten, file, words.AddressCount(c.lang, sum.Addresses), words.RowCount(c.lang, sum.Rows))
		if _, err := fmt.Fprintln(c.Out, line); err != nil {
			return outputError(err)
		}
	}
	return nil
}
