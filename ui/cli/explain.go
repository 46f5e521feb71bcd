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

// mostReply is how much of one reply is read, in bytes; the explainer looks at less.
const mostReply = 64 << 10

// explaining is what explain is told beside the text.
type explaining struct {
	options
	codes, rulesHelp bool
	domain, rules    string
	sub              sendcloud.SubStatus
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
		s.text(&x.domain, "domain")
		parameter(s, &x.sub, sendcloud.ParamSubStatus, func(text string) (sub sendcloud.SubStatus, err error) {
			subs, err := sendcloud.ParseSubStatuses(text)
			if err != nil || len(subs) != 1 {
				return sub, cmp.Or(err, usage(words.OneSubStatus, text))
			}
			return subs[0], nil
		})
	})
	others := newGroup(c.lang, words.HelpOthers, func(s *flagSet) {
		s.text(&x.rules, "rules")
		s.text(&x.config, "config")
	})
	cmd := newCommand(c, "explain [flags] [TEXT]", words.ExplainShort, words.ExplainLong, words.ExplainExamples, output, about, others)
	cmd.Args = cobra.ArbitraryArgs
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if _, err := c.config(x.config); err != nil {
			return err
		}
		switch {
		case x.rulesHelp:
			_, err := io.WriteString(c.Out, c.words(words.RulesHelp)+"\n")
			return outputError(err)
		case x.codes && len(args) > 0:
			return usage(words.CodesAlone, strings.Join(args, " "))
		case x.codes:
			return writeCodes(c, x)
		}
		return explain(cmd.Context(), c, x, args)
	}
	return cmd
}

func explain(ctx context.Context, c *console, x *explaining, args []string) error {
	rules, err := loadRules(c, x.rules, x.config)
	if err != nil {
		return err
	}
	about := bounce.Input{Domain: x.domain[strings.LastIndexByte(x.domain, '@')+1:], SubStatus: int(x.sub)}
	fromInput := len(args) == 0 || len(args) == 1 && args[0] == "-"
	if fromInput && terminal(c.In) {
		c.say(c.words(words.PasteReply))
	}
	switch {
	case fromInput && x.format == string(export.NDJSON):
		return explainLines(ctx, c, rules, about)
	case fromInput:
		data, err := io.ReadAll(io.LimitReader(c.In, mostReply))
		if err != nil {
			return failed(words.InputUnread, config.Reason(err))
		}
		about.Text = strings.TrimRight(strings.TrimPrefix(string(data), "\uFEFF"), "\r\n")
	default:
		about.Text = strings.Join(args, " ")
	}
	e := rules.Explain(about)
	if x.format == string(export.Table) {
		return writeCard(c, &x.options, func(th theme.Theme, width int) []string {
			return detail.Card(th, c.lang, width, !styled(c), about.Text, e, x.sub)
		})
	}
	return writeJSON(c.Out, export.Explanation(c.lang, about, e))
}

// writeJSON writes one value on a line.
func writeJSON(w io.Writer, v any) error {
	_, err := w.Write(append(rowjson.AppendValue(nil, v), '\n'))
	return outputError(err)
}

// explainLines reads one reply per line and writes one JSON object per line, each before it reads the next line.
func explainLines(ctx context.Context, c *console, rules *bounce.Rules, about bounce.Input) error {
	in := bufio.NewReaderSize(c.In, 64<<10)
	for first := true; ctx.Err() == nil; first = false {
		line, err := in.ReadString('\n')
		if err != nil && !errors.Is(err, io.EOF) {
			return failed(words.InputUnread, config.Reason(err))
		} else if err != nil && line == "" {
			return nil
		}
		if first {
			line = strings.TrimPrefix(line, "\uFEFF")
		}
		about.Text = replyIn(strings.TrimSuffix(strings.TrimSuffix(line, "\n"), "\r"))
		if err := writeJSON(c.Out, export.Explanation(c.lang, about, rules.Explain(about))); err != nil {
			return err
		}
	}
	return nil
}

// replyIn is the reply on a line: a JSON string where it begins with a quote, else the line as it is, and so a
// line that only looks like a JSON string.
func replyIn(line string) string {
	var s string
	if strings.HasPrefix(line, `"`) && json.Unmarshal([]byte(line), &s) == nil {
		return s
	}
	return line
}

// writeCodes writes the table of codes, in both languages whatever the language.
func writeCodes(c *console, x *explaining) error {
	english, chinese := bounce.Codes("en"), bounce.Codes("zh")
	type row = int // in both
	column := func(name, head string, of func(row) string) export.Column[row] {
		return export.Column[row]{Name: name, Value: func(i row) any { return of(i) }, Head: head, Text: of}
	}
	rows := make([]row, len(english))
	for i := range rows {
		rows[i] = i
	}
	if terminal(c.Out) {
		checkLocale(c)
	}
	return outputError(export.WriteAll(export.Format(x.format), c.Out, export.Options{}, []export.Column[row]{
		column("kind", c.words(words.HeadKind), func(i row) string { return english[i].Kind }),
		column("code", c.words(words.HeadCode), func(i row) string { return english[i].Code }),
		column("en", "English", func(i row) string { return english[i].Meaning }),
		column("zh", "中文", func(i row) string { return chinese[i].Meaning }),
	}, rows))
}

// loadRules returns the rules of the user, with the built-in rules after them. The user's are in the given file, else
// in rules.txt beside the configuration, which need not be there.
func loadRules(c *console, given, configPath string) (*bounce.Rules, error) {
	path := given
	if path == "" {
		file, err := c.config(configPath)
		if err != nil {
			return nil, err
		}
		if file.Path == "" {
			return bounce.Default(), nil
		}
		path = filepath.Join(filepath.Dir(file.Path), "rules.txt")
	}
	f, err := os.Open(path)
	if err != nil {
		if given == "" && (errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ENOTDIR)) {
			return bounce.Default(), nil
		}
		return nil, usage(words.FileUnread, "--rules", path, config.Reason(err))
	}
	defer f.Close()
	rules, err := bounce.Default().Add(path, f)
	if wrong, ok := errors.AsType[*bounce.RuleError](err); ok {
		return nil, usage(words.RulesWrong, wrong.In(string(c.lang)))
	} else if err != nil {
		return nil, usage(words.FileUnread, "--rules", path, config.Reason(err))
	}
	return rules, nil
}
