package cli

import (
	"cmp"
	"context"
	"errors"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"
	"syscall"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"bounceboard/keymap"
	"bounceboard/sendcloud"
	"bounceboard/sendcloud/mailtext"
	"bounceboard/sendcloud/paste"
	"bounceboard/ui/cli/config"
	"bounceboard/ui/views"
	"bounceboard/ui/words"
)

// options are the flags of the dashboard and of the commands that work on rows. A number that was not given is 0.
type options struct {
	profile, config, baseURL, theme               string
	format, out, spool, missing, view             string
	demo, all, bom, explain, ascii, plain, resume bool
	calls                                         int
	columns, from, filters, causes, permanences   []string        // the filters together are one
	query                                         sendcloud.Query // but for its addresses and email ids:
	emails, emailIDs                              []string        // as given; - and @FILE are read when the command runs
	opened                                        views.View      // what of the view the dashboard has to ask for and to show
}

// flagGroup is a part of a command's flags under a heading in its help.
type flagGroup struct {
	head words.Sentence
	set  *pflag.FlagSet
}

// newGroup makes a flag group; its flags are described in package words.
func newGroup(lang words.Lang, head words.Sentence, fill func(*flagSet)) flagGroup {
	s := &flagSet{pflag.NewFlagSet("", pflag.ContinueOnError), lang, ""}
	s.SortFlags = false
	fill(s)
	return flagGroup{head, s.FlagSet}
}

// queryFlags are those of the commands that ask the service; paged are the commands that can ask for one page.
func queryFlags(c *console, f *options, paged bool) []flagGroup {
	q := &f.query
	return append([]flagGroup{
		newGroup(c.lang, words.HelpQuery, func(s *flagSet) {
			date := func(to *sendcloud.Date, p sendcloud.Param) {
				s.add(words.FlagOf(p), func(v string) (err error) {
					*to, err = sendcloud.ParseDate(v, c.now())
					return of(p, err)
				})
			}
			s.list(&f.emails, "email")
			s.list(&f.emailIDs, "email-ids")
			parameter(s, &q.Statuses, sendcloud.ParamStatus, sendcloud.ParseStatuses)
			parameter(s, &q.SubStatuses, sendcloud.ParamSubStatus, sendcloud.ParseSubStatuses)
			file, _ := c.config()
			profile := file.Profiles[cmp.Or(c.early("profile"), file.Profile)]
			s.number(&q.Days, "days", 1, cmp.Or(profile.LookbackDays, sendcloud.DefaultLookbackDays))
			date(&q.StartDate, sendcloud.ParamStartDate)
			date(&q.EndDate, sendcloud.ParamEndDate)
			parameter(s, &q.APIUsers, sendcloud.ParamAPIUsers, items)
			s.text(&q.LabelID, "label-id")
			s.text(&q.LabelName, "label-name")
			if paged {
				s.number(&q.Start, "start", 0, unbounded)
				s.number(&q.Limit, "limit", 1, 100)
			}
		}),
	}, serviceFlags(c, f)...)
}

// serviceFlags are those of the service, and of what is seen.
func serviceFlags(c *console, f *options) []flagGroup {
	return []flagGroup{
		newGroup(c.lang, words.HelpService, func(s *flagSet) {
			s.yes(&f.demo, "demo")
			s.text(&f.profile, "profile")
			s.text(&f.config, "config")
			s.text(&f.baseURL, "base-url")
			s.number(&f.calls, "calls-per-minute", 1, 3000)
		}),
		newGroup(c.lang, words.HelpScreen, func(s *flagSet) {
			s.choice(&f.theme, "theme", config.Themes()...)
			s.yes(&f.ascii, "ascii")
			s.add("log-file", c.openLog)
		}),
	}
}

// rowsCommand is a command on rows: its own flags, and those that list, count and patterns share.
func rowsCommand(c *console, o *options, use, of string, short, long, examples words.Sentence,
	own func(*flagSet), run func(context.Context, []string) error) *cobra.Command {
	output := newGroup(c.lang, words.HelpOutput, func(s *flagSet) {
		s.of = of
		own(s)
		formatFlag(s, o, of == "")
		s.yes(&o.all, "all")
		s.list(&o.from, "from")
		s.list(&o.filters, "filter")
		s.text(&o.view, "view")
	})
	cmd := newCommand(c, use, short, long, examples, append([]flagGroup{output}, queryFlags(c, o, of == "")...)...)
	takesView(c, o, cmd)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if err := checkFormat(c, o); err != nil {
			return err
		}
		return run(cmd.Context(), args)
	}
	return cmd
}

// parameters are the flags of queryFlags that are parameters of the service.
var parameters = []string{"email", "email-ids", "status", "sub-status", "days", "start-date", "end-date", "api-users", "label-id", "label-name", "start", "limit"}

// apart are flags that exclude others.
var apart = map[string][]string{"all": {"start", "limit"}, "demo": {"profile", "base-url"},
	"from": append([]string{"demo", "profile", "base-url", "calls-per-minute", "spool", "resume", "missing"}, parameters...)}

// checkApart refuses flags that exclude each other.
func checkApart(cmd *cobra.Command, _ []string) (err error) {
	for flag, others := range apart {
		for _, other := range others {
			if cmd.Flags().Changed(flag) && cmd.Flags().Changed(other) {
				err = usage(words.FlagsApart, "--"+flag, "--"+other)
			}
		}
	}
	return err
}

func flagOf(p sendcloud.Param) string { return "--" + words.FlagOf(p) }

// flagSet makes flags that refuse an empty value and what cannot be right. A flag that is given again takes the last value, a list all.
type flagSet struct {
	*pflag.FlagSet
	lang words.Lang
	of   string // the command, where it describes a flag in its own way
}

// about is the description of a flag. What stands in backquotes names the value.
func (s *flagSet) about(name string) string {
	return s.lang.Say(cmp.Or(words.Flags[s.of+name], words.Flags[name]))
}

func (s *flagSet) add(name string, set func(text string) error) *pflag.Flag {
	s.Func(name, s.about(name), func(text string) error {
		if strings.TrimSpace(text) == "" {
			return usage(words.ValueEmpty, "--"+name)
		}
		return set(text)
	})
	return s.Lookup(name)
}

func (s *flagSet) text(to *string, name string) {
	s.add(name, func(v string) error { *to = v; return nil })
}
func (s *flagSet) list(to *[]string, name string) {
	s.add(name, func(v string) error { *to = append(*to, v); return nil })
}
func (s *flagSet) yes(to *bool, name string) { s.BoolVar(to, name, false, s.about(name)) }

// parameter takes a list of the service's; given again it grows.
func parameter[T any](s *flagSet, to *[]T, p sendcloud.Param, parse func(string) ([]T, error)) {
	s.add(words.FlagOf(p), func(v string) error {
		some, err := someOf(v, p, parse)
		*to = append(*to, some...)
		return err
	})
}

// someOf is what a text holds. With nothing in it, it is refused: it would widen the query in silence.
func someOf[T any](text string, p sendcloud.Param, parse func(string) ([]T, error)) ([]T, error) {
	some, err := parse(text)
	if err == nil && len(some) == 0 {
		err = &sendcloud.ParameterError{Value: text, Reason: sendcloud.Empty}
	}
	return some, of(p, err)
}

// of names the parameter that an error is about.
func of(p sendcloud.Param, err error) error {
	if wrong, ok := errors.AsType[*sendcloud.ParameterError](err); ok {
		wrong.Param = p
	}
	return err
}

// unbounded is the upper bound of a number that has none.
const unbounded = 1_000_000_000

// number takes a whole number from least to most, in digits of any width.
func (s *flagSet) number(to *int, name string, least, most int) {
	s.add(name, func(v string) (err error) {
		if *to, err = strconv.Atoi(strings.TrimSpace(keymap.Narrow(v))); err != nil || *to < least || *to > most {
			return usage(words.NotANumber, "--"+name, v, least, most)
		}
		return nil
	})
}

func (s *flagSet) choice(to *string, name string, of ...string) {
	s.choices(func(v string) { *to = v }, name, of, "", nil)
}

// choices, as the annotation of a flag, are the values that it can have.
const choices = "choices"

// choices takes each of the values that stand between separators. read, which may be nil, takes other names of them, too.
func (s *flagSet) choices(take func(string), name string, of []string, separators string, read func(string) (string, bool)) {
	s.add(name, func(text string) error {
		for _, v := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(separators, r) }) {
			value, ok := v, slices.Contains(of, v)
			if read != nil {
				value, ok = read(strings.TrimSpace(v))
			}
			if !ok {
				return words.NotAChoice("--"+name, v, of)
			}
			take(value)
		}
		return nil
	}).Annotations = map[string][]string{choices: of}
}

// flagError is what is wrong with a flag, in our words.
func flagError(cmd *cobra.Command, err error) error {
	switch e := err.(type) { //nolint:errorlint // pflag does not wrap them
	case *pflag.NotExistError:
		if short := e.GetSpecifiedShortnames(); short != "" {
			return usage(words.UnknownFlag, "-"+short, words.Sentence{})
		}
		var known []string
		cmd.Flags().VisitAll(func(f *pflag.Flag) { known = append(known, f.Name) })
		return usage(words.UnknownFlag, "--"+e.GetSpecifiedName(), words.DidYouMean(e.GetSpecifiedName(), known, "--"))
	case *pflag.ValueRequiredError:
		return usage(words.ValueMissing, "--"+e.GetFlag().Name)
	case *pflag.InvalidSyntaxError:
		return usage(words.UnknownFlag, e.GetSpecifiedFlag(), words.Sentence{})
	case *pflag.InvalidValueError:
		err = errors.Unwrap(err)
		_, ours := errors.AsType[*words.Message](err)
		if _, wrong := errors.AsType[*sendcloud.ParameterError](err); !ours && !wrong {
			err = usage(words.BadFlag, "--"+e.GetFlag().Name, e.GetValue(), err.Error())
		}
	}
	return err
}

// queryOf is what the flags ask for. What only the client can judge (the span, combinations) is left to its plan.
func queryOf(c *console, f *options) (q sendcloud.Query, err error) {
	q = f.query
	emails := func(text string) []string { found, _ := paste.Found(text); return found }
	ids := func(text string) []string { _, found := paste.Found(text); return found }
	if q.Emails, err = listOf(c, f.emails, sendcloud.ParamEmail, sendcloud.ParseEmails, emails); err == nil {
		q.EmailIDs, err = listOf(c, f.emailIDs, sendcloud.ParamEmailIDs, items, ids)
	}
	return q, err
}

func items(text string) ([]string, error) { return sendcloud.ParseItems(text), nil }

// listOf joins what each of the texts holds: a list, or a table with other columns and quotes whose first line may be a header and
// whose other lines each hold an item.
func listOf(c *console, texts []string, p sendcloud.Param, parse func(string) ([]string, error), find func(string) []string) (all []string, err error) {
	for _, text := range texts {
		if text, err = contents(c, flagOf(p), text); err != nil {
			return nil, err
		}
		lines := slices.DeleteFunc(strings.Split(text, "\n"), func(line string) bool { return strings.TrimSpace(line) == "" })
		some := find(text)
		if len(lines) < 2 || slices.ContainsFunc(lines[1:], func(line string) bool { return len(find(line)) == 0 }) {
			if some, err = someOf(text, p, parse); err != nil {
				return nil, err
			}
		}
		all = append(all, some...)
	}
	return all, nil
}

// open opens a file that a flag names; - is standard input, which can be read once.
func (c *console) open(flag, path string) (in io.Reader, title string, err error) {
	if path == "-" && c.inputRead {
		return nil, "", usage(words.StdinTwice, flag)
	} else if path == "-" {
		c.inputRead = true
		return c.In, c.words(words.StandardInput), nil
	}
	f, err := os.Open(path)
	if about, failed := os.Stat(path); err == nil && failed == nil && about.IsDir() {
		_ = f.Close()
		err = syscall.EISDIR
	}
	if err != nil {
		return nil, "", usage(words.FileUnread, flag, path, config.Reason(err))
	}
	return f, path, nil
}

// contents is what stands in the place of a value: for - what standard input holds, for @FILE what the file holds.
func contents(c *console, flag, value string) (string, error) {
	path, isFile := strings.CutPrefix(value, "@")
	if !isFile && value != "-" {
		return value, nil
	}
	in, title, err := c.open(flag, path)
	if err != nil {
		return "", err
	}
	if file, ok := in.(*os.File); ok && isFile {
		defer file.Close()
	}
	text, charset, err := mailtext.NewReader(in)
	var data []byte
	if err == nil {
		data, err = io.ReadAll(text)
	}
	if err != nil {
		return "", usage(words.FileUnread, flag, title, config.Reason(err))
	} else if charset != "" {
		c.say(c.words(words.FileDecoded, title, charset))
	}
	return strings.TrimSpace(string(data)), nil
}
