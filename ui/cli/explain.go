package cli

import (
	"bufio"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"

	"github.com/spf13/cobra"

	"bounceboard/sendcloud"
	"bounceboard/sendcloud/bounce"
	"bounceboard/sendcloud/rowjson"
	"bounceboard/theme"
	"bounceboard/ui/cli/config"
	"bounceboard/ui/detail"
	"bounceboard/ui/export"
	"bounceboard/ui/words"
)

// explaining is what explain is told beside the text.
type explaining struct {
	options
	codes, rulesHelp bool
	domain, rules    string
}

func explainCommand(c *console) *cobra.Command {
	x := &explaining{}
	x.format = string(export.Table) // of one reply a card
	output := newGroup(c.lang, words.HelpOutput, func(s *flagSet) {
		s.of = "explain/"
		s.choice(&x.format, "format", string(export.Table), string(export.JSONArray), string(export.NDJSON))
		s.yes(&x.codes, "codes")
		s.yes(&x.rulesHelp, "rules-help")
		s.choice(&x.theme, "theme", config.Themes()...)
		s.yes(&x.ascii, "ascii")
	})
	about := newGroup(c.lang, words.HelpContext, func(s *flagSet) {
		s.of = "explain/"
		s.text(&x.rules, "rules")
		s.text(&x.config, "config")
		s.text(&x.domain, "domain")
		parameter(s, &x.query.SubStatuses, sendcloud.ParamSubStatus, sendcloud.ParseSubStatuses)
	})
	cmd := newCommand(c, "explain [flags] [TEXT]", words.ExplainShort, words.ExplainLong, words.ExplainExamples, output, about)
	cmd.Args = cobra.ArbitraryArgs
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		switch {
		case x.rulesHelp:
			return c.write(c.words(words.RulesHelp) + "\n")
		case x.codes && len(args) > 0:
			return usage(words.CodesAlone, strings.Join(args, " "))
		case x.codes:
			return writeCodes(c, x)
		case len(x.query.SubStatuses) > 1:
			return usage(words.OneSubStatus, strings.Join(names(x.query.SubStatuses), ","))
		}
		return explain(cmd.Context(), c, x, args)
	}
	return cmd
}

func explain(ctx context.Context, c *console, x *explaining, args []string) error {
	rules, err := loadRules(c, x.rules)
	if err != nil {
		return err
	}
	sub := append(x.query.SubStatuses, 0)[0]
	about := bounce.Input{Domain: x.domain[strings.LastIndexByte(x.domain, '@')+1:], SubStatus: int(sub), Text: strings.Join(args, " ")}
	if len(args) == 0 || about.Text == "-" {
		if terminal(c.In) {
			c.say(c.words(words.PasteReply))
		}
		if x.format == string(export.NDJSON) {
			return explainLines(ctx, c, rules, about)
		}
		data, err := io.ReadAll(io.LimitReader(c.In, 64<<10)) // more than the explainer looks at
		if err != nil {
			return failed(words.InputUnread, config.Reason(err))
		}
		about.Text = strings.TrimRight(strings.TrimPrefix(string(data), "\uFEFF"), "\r\n")
	}
	if strings.TrimSpace(about.Text) == "" && sub == 0 {
		return usage(words.NothingToExplain)
	}
	e := rules.Explain(about)
	if x.format != string(export.Table) {
		return c.write(line(export.Explanation(c.lang, about, e)))
	}
	return writeCard(c, &x.options, func(th theme.Theme, width int, links bool) []string {
		lines := detail.Card(th, c.lang, width, links, !styled(c), about.Text, e, sub)
		if meant := export.Meant(about); meant != "" {
			lines = append(lines, th.Warning.Render(c.words(words.DomainMeant, meant)))
		}
		return lines
	})
}

func line(v rowjson.Object) string { return string(append(rowjson.AppendValue(nil, v), '\n')) }

// explainLines writes a JSON object for each line before it reads the next one. A line that is a JSON string is the reply in it.
func explainLines(ctx context.Context, c *console, rules *bounce.Rules, about bounce.Input) error {
	for in := bufio.NewReaderSize(c.In, 64<<10); ctx.Err() == nil; {
		text, err := in.ReadString('\n')
		if text == "" && errors.Is(err, io.EOF) {
			return nil
		} else if err != nil && !errors.Is(err, io.EOF) {
			return failed(words.InputUnread, config.Reason(err))
		}
		text = strings.TrimPrefix(text, "\uFEFF")
		about.Text = strings.TrimSuffix(strings.TrimSuffix(text, "\n"), "\r")
		if quoted := ""; strings.HasPrefix(text, `"`) && json.Unmarshal([]byte(text), &quoted) == nil {
			about.Text = quoted
		}
		if err := c.write(line(export.Explanation(c.lang, about, rules.Explain(about)))); err != nil {
			return err
		}
	}
	return nil
}

// writeCodes writes the table of codes, in both languages whatever the language.
func writeCodes(c *console, x *explaining) error {
	columns := make([]export.Column[[]string], 4)
	for i, name := range []string{"kind", "code", "en", "zh"} {
		head := []string{c.words(words.HeadKind), c.words(words.HeadCode), "English", "中文"}[i]
		columns[i] = export.Column[[]string]{Name: name, Value: func(r []string) any { return r[i] }, Head: head, Text: func(r []string) string { return r[i] }}
	}
	var rows [][]string
	chinese := bounce.Codes("zh")
	for i, code := range bounce.Codes("en") {
		rows = append(rows, []string{code.Kind, code.Code, code.Meaning, chinese[i].Meaning})
	}
	return writeReport(c, &x.options, columns, rows)
}

// loadRules returns the user's rules, of the given file, else of rules.txt beside the configuration, and the built-in rules after them.
func loadRules(c *console, given string) (*bounce.Rules, error) {
	file, err := c.config()
	if err != nil {
		return nil, err
	}
	path := cmp.Or(given, filepath.Join(filepath.Dir(file.Path), "rules.txt"))
	f, err := os.Open(path)
	if given == "" && (file.Path == "" || errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ENOTDIR)) {
		return bounce.Default(), nil
	}
	defer f.Close() // a file that could not be opened can be closed, and reads nothing
	rules, unread := bounce.Default().Add(path, f)
	err = cmp.Or(err, unread)
	if wrong, ok := errors.AsType[*bounce.RuleError](err); ok {
		err = usage(words.RulesWrong, wrong.In(string(c.lang)))
	} else if err != nil {
		err = usage(words.FileUnread, "--rules", path, config.Reason(err))
	}
	return rules, err
}
