package cli

import (
	"cmp"
	"context"
	"errors"
	"io"
	"slices"

	"github.com/spf13/cobra"

	"bounceboard/sendcloud"
	"bounceboard/sendcloud/bounce"
	"bounceboard/sendcloud/find"
	"bounceboard/sendcloud/paste"
	"bounceboard/sendcloud/recordset"
	"bounceboard/ui/cli/config"
	"bounceboard/ui/export"
	"bounceboard/ui/join"
	"bounceboard/ui/words"
)

func findCommand(c *console) *cobra.Command {
	o := &options{}
	var file, reply string // of --join, --reply
	output := newGroup(c.lang, words.HelpOutput, func(s *flagSet) {
		s.of = "find/"
		formatFlag(s, o, true)
		outputFlags(s, o)
		s.text(&o.missing, "missing")
		s.text(&o.spool, "spool")
		s.yes(&o.resume, "resume")
		s.text(&file, "join")
		s.choice(&reply, "reply", config.Langs()...)
	})
	groups := append([]flagGroup{output}, serviceFlags(c, o)...)
	cmd := newCommand(c, "find [TEXT… | @FILE | -]", words.FindShort, words.FindLong, words.FindExamples, groups...)
	cmd.Args = cobra.ArbitraryArgs
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if csv := string(export.CSV); file != "" {
			if o.format = cmp.Or(o.format, csv); len(args) > 0 || reply != "" || len(o.columns) > 0 || o.format != csv {
				return usage(words.JoinAlone)
			}
		}
		if err := checkFormat(c, o); err != nil {
			return err
		}
		if err := export.Free(o.missing); o.missing != "" && err != nil {
			return openError("--missing", o.missing, err)
		}
		items, table, err := toFind(c, args, file)
		if err != nil {
			return err
		}
		rules, err := loadRules(c, "")
		if err != nil {
			return err
		}
		explain := func(r sendcloud.Record) bounce.Explanation { return rules.Explain(recordset.InputOf(r)) }
		return findItems(cmd.Context(), c, o, items, func(out *rowsOut, s *find.Search) (err error) {
			switch {
			case table != nil:
				if out.text = true; o.bom {
					_, err = io.WriteString(out.stdout, "\uFEFF")
				}
				return cmp.Or(err, join.Write(out.stdout, table, c.lang, s.Newest, explain, s.Ended()))
			case reply != "":
				out.text = true
				for _, i := range items {
					r, _ := s.Newest(i)
					_, err = io.WriteString(out.stdout, words.Answer(words.Lang(reply), r.Status, explain(r))+"\n")
				}
				return err
			}
			for _, r := range s.Rows() {
				err = cmp.Or(err, out.row(r))
			}
			return err
		})
	}
	return cmd
}

// toFind reads what was given, or the table of --join, and says what was understood of it before anything is asked.
func toFind(c *console, args []string, file string) (items []paste.Item, table *join.File, err error) {
	if file != "" {
		if table, err = join.Open(file); errors.Is(err, io.ErrUnexpectedEOF) {
			return nil, nil, usage(words.JoinEmpty, file)
		} else if err != nil {
			return nil, nil, usage(words.FileUnread, "--join", file, config.Reason(err))
		}
		items = slices.DeleteFunc(slices.Clone(table.Items), func(i paste.Item) bool { return i.Text == "" })
		c.say(c.words(words.JoinRead, words.RowCount(c.lang, len(table.Rows)), words.Number(len(items)), table.Encoding))
	} else {
		if len(args) == 0 {
			args = []string{"-"}
			if terminal(c.In) {
				c.say(c.words(words.PasteToFind))
			}
		}
		text := ""
		for _, arg := range args {
			one, failed := contents(c, "find", arg)
			text, err = text+one+"\n", cmp.Or(err, failed)
		}
		if err != nil {
			return nil, nil, err
		}
		p := paste.Read(text)
		if items = p.Items; len(items) > 0 {
			c.say(words.Understood(c.lang, p))
		}
	}
	if len(items) == 0 {
		err = usage(words.NothingToFind)
	}
	return items, table, err
}

// findItems asks for the items, has write write what was found, and says what was not and why. After an error it writes
// what came before it.
func findItems(ctx context.Context, c *console, o *options, items []paste.Item, write func(*rowsOut, *find.Search) error) error {
	conn, plan, err := planned(ctx, c, o)
	if err != nil {
		return err
	}
	defer conn.close()
	asked, lookback := c.now(), conn.account.LookbackDays
	today := sendcloud.DateOf(asked)
	spool, today, err := openFindSpool(c, o, conn, plan, items, today)
	if err != nil {
		return err
	}
	defer spool.Close()
	out, err := openOutput(c, o)
	if err != nil {
		return err
	}
	s := find.New(items, today, lookback)
	failure := ask(ctx, c, conn.api, s)
	for _, r := range s.Rows() {
		if err = spool.Write(r); err != nil {
			return failed(words.SpoolBroke, config.Reason(err))
		}
	}
	if failure != nil && spool != nil {
		c.say(c.words(words.ResumeLater))
	}
	if err = cmp.Or(write(out, s), out.close(failure)); err != nil {
		return err
	}
	missing := s.Missing()
	c.say(words.Found(c.lang, len(items), missing, s.Ended()))
	if !s.Ended() {
		return failure
	} else if len(missing) > 0 {
		c.say(words.WhyMissing(c.lang, s.Why(missing[0]), missing[0], cmp.Or(lookback, sendcloud.DefaultLookbackDays), asked))
	}
	text := ""
	for _, i := range missing {
		text += export.Visible(i.Text) + "\n"
	}
	if o.missing == "" {
		return failure
	}
	return cmp.Or(failure, openError("--missing", o.missing, export.NewFile(o.missing, func(w io.Writer) error {
		_, err := io.WriteString(w, text)
		return err
	})))
}

// ask asks until everything is found or nothing is left to ask. What is asked, and what that costs, is said before.
func ask(ctx context.Context, c *console, api *sendcloud.Client, s *find.Search) error {
	p := newProgress(c, api)
	defer c.clearLine()
	c.lastWords(func() { c.say(c.words(words.Interrupted)) })
	walk := find.NewWalk(api, s, nil, p.watch, func(step find.Step) error {
		c.say(words.Searching(c.lang, step))
		return nil
	})
	for _, err := range walk.Records(ctx) {
		if err != nil {
			return err
		}
	}
	sum := walk.Summary()
	if p.notes(sum.Notes); len(sum.Incomplete) > 0 {
		return failed(words.Incomplete)
	}
	return nil
}
