package cli

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"

	"github.com/charmbracelet/x/ansi"
	"github.com/spf13/cobra"

	"bounceboard/sendcloud"
	"bounceboard/sendcloud/bounce"
	"bounceboard/theme"
	"bounceboard/ui/detail"
	"bounceboard/ui/words"
)

// explaining is what explain is told beside the text.
type explaining struct {
	format string
	codes  bool
	domain string
	sub    string
	rules  string
}

// The formats of explain.
const (
	asCard  = "table"
	asJSON  = "json"
	asLines = "ndjson"
)

func (a *app) explainCommand() *cobra.Command {
	f, x := &flags{}, &explaining{format: asCard}
	output := a.group(words.HelpOutput, func(s *flagSet) {
		s.of = "explain/"
		s.choice(&x.format, "format", asCard, asJSON, asLines)
		s.yes(&x.codes, "codes")
		s.choice(&f.theme, "theme", themes()...)
		s.yes(&f.ascii, "ascii")
	})
	context := a.group(words.HelpContext, func(s *flagSet) {
		s.of = "explain/"
		s.text(&x.domain, "domain")
		s.text(&x.sub, "sub-status")
	})
	others := a.group(words.HelpOthers, func(s *flagSet) {
		s.text(&x.rules, "rules")
		s.text(&f.config, "config")
	})
	cmd := a.command("explain [flags] [TEXT]", words.ExplainShort, words.ExplainLong, words.ExplainExamples, output, context, others)
	cmd.Args = cobra.ArbitraryArgs
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if _, err := a.loaded(f.config); err != nil {
			return err
		}
		if x.codes {
			return a.codes(x, args)
		}
		return a.explain(cmd.Context(), f, x, args)
	}
	return cmd
}

func (a *app) explain(ctx context.Context, f *flags, x *explaining, args []string) error {
	rules, err := a.rules(x.rules, f.config)
	if err != nil {
		return err
	}
	sub, err := x.subStatus()
	if err != nil {
		return err
	}
	about := bounce.Input{Domain: x.domain[strings.LastIndexByte(x.domain, '@')+1:], SubStatus: int(sub)}
	fromInput := len(args) == 0 || len(args) == 1 && args[0] == "-"
	if fromInput && terminal(a.In) {
		a.say(a.lang.Say(words.PasteReply))
	}
	switch {
	case fromInput && x.format == asLines:
		return a.explainLines(ctx, rules, about)
	case fromInput:
		if about.Text, err = a.wholeInput(); err != nil {
			return err
		}
	default:
		about.Text = strings.Join(args, " ")
	}
	e := rules.Explain(about)
	switch x.format {
	case asJSON:
		return a.output(writeMeaning(a.Out, a.lang, about, e, "  "))
	case asLines:
		return a.output(writeMeaning(a.Out, a.lang, about, e, ""))
	}
	return a.card(f, about, e)
}

func (x *explaining) subStatus() (sendcloud.SubStatus, error) {
	if x.sub == "" {
		return 0, nil
	}
	subs, err := sendcloud.ParseSubStatuses(x.sub)
	switch {
	case err != nil:
		return 0, err
	case len(subs) != 1:
		return 0, usage(words.OneSubStatus, x.sub)
	}
	return subs[0], nil
}

// wholeInput is standard input as one reply.
func (a *app) wholeInput() (string, error) {
	data, err := io.ReadAll(io.LimitReader(a.In, mostReply+1))
	if err != nil {
		return "", &failure{exitFailed, words.InputUnread, []any{reason(err)}}
	}
	if len(data) > mostReply {
		data = data[:mostReply]
		a.say(a.lang.Say(words.ReplyCut, mostReply>>10))
	}
	return strings.TrimRight(strings.TrimPrefix(string(data), "\uFEFF"), "\r\n"), nil
}

// card writes an explanation for a person.
func (a *app) card(f *flags, about bounce.Input, e bounce.Explanation) error {
	return a.writeCard(f, func(th theme.Theme, width int, links bool) []string {
		return detail.Card(th, a.lang, width, links, !a.styled(), about.Text, e, sendcloud.SubStatus(about.SubStatus))
	})
}

// styled: standard output shows styles.
func (a *app) styled() bool { return terminal(a.Out) && a.Getenv("TERM") != "dumb" }

// writeCard writes lines that are set for a width; in a pipe without styles.
func (a *app) writeCard(f *flags, lines func(th theme.Theme, width int, links bool) []string) error {
	const widest = 100
	width, styled := widest, a.styled()
	if terminal(a.Out) {
		a.checkLocale()
		width = min(columns(a.Out), widest)
	}
	th := theme.New(a.theme(f), a.ascii(f))
	text := th.Draw(strings.Join(lines(th, width, styled && detail.Hyperlinks(a.Getenv)), "\n") + "\n")
	if !styled {
		text = ansi.Strip(text)
	}
	_, err := io.WriteString(a.Out, text)
	return a.output(err)
}

// rules are the built-in rules behind those of the user: of the file given, else of rules.txt beside
// the configuration, which need not be there.
func (a *app) rules(given, config string) (*bounce.Rules, error) {
	path := given
	if path == "" {
		cfg, err := a.loaded(config)
		if err != nil {
			return nil, err
		}
		if cfg.path == "" {
			return bounce.Default(), nil
		}
		path = filepath.Join(filepath.Dir(cfg.path), "rules.txt")
	}
	f, err := os.Open(path)
	if err != nil {
		if given == "" && (errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ENOTDIR)) {
			return bounce.Default(), nil
		}
		return nil, usage(words.RulesUnread, path, reason(err))
	}
	defer f.Close()
	rules, err := bounce.Default().Add(path, f)
	var unread *fs.PathError
	var wrong *bounce.RuleError
	switch {
	case errors.As(err, &unread):
		return nil, usage(words.RulesUnread, path, reason(err))
	case errors.As(err, &wrong):
		return nil, usage(words.RulesWrong, wrong.In(string(a.lang)))
	}
	return rules, err
}
