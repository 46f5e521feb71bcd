package cli

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"bounceboard/keymap"
	"bounceboard/sendcloud"
	"bounceboard/ui/cli/config"
	"bounceboard/ui/export"
	"bounceboard/ui/words"
)

// options are the flags of the dashboard and of the commands that work on rows. A number that was not given is 0.
type options struct {
	demo    bool
	baseURL string
	profile string
	config  string
	calls   int

	emails, emailIDs      []string
	labelID, labelName    string
	days                  int
	startDate, endDate    string
	apiUsers              []string
	statuses, subStatuses []string
	start, limit          int

	from                []string
	spool, filter       string
	causes, permanences []string
	missing             string

	format  string
	all     bool
	bom     bool
	explain bool

	theme   string
	ascii   bool
	logFile string
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

// queryFlags are those of the commands that ask the service.
func queryFlags(c *console, f *options) []flagGroup {
	return []flagGroup{
		newGroup(c.lang, words.HelpQuery, func(s *flagSet) {
			s.list(&f.emails, "email")
			s.list(&f.emailIDs, "email-ids")
			s.list(&f.statuses, "status")
			s.list(&f.subStatuses, "sub-status")
			s.number(&f.days, "days", 1, 0)
			s.text(&f.startDate, "start-date")
			s.text(&f.endDate, "end-date")
			s.list(&f.apiUsers, "api-users")
			s.once(&f.labelID, "label-id")
			s.once(&f.labelName, "label-name")
			s.number(&f.start, "start", 0, 0)
			s.number(&f.limit, "limit", 1, 100)
		}),
		newGroup(c.lang, words.HelpService, func(s *flagSet) {
			s.yes(&f.demo, "demo")
			s.text(&f.profile, "profile")
			s.text(&f.config, "config")
			s.text(&f.baseURL, "base-url")
			s.number(&f.calls, "calls-per-minute", 1, 3000)
		}),
	}
}

// everyRowFlags are queryFlags without those of a page, which are known only to say that they make no sense.
func everyRowFlags(c *console, f *options) []flagGroup {
	groups := queryFlags(c, f)
	for _, g := range groups {
		for _, name := range pageFlags {
			if flag := g.set.Lookup(name); flag != nil {
				flag.Hidden = true
			}
		}
	}
	return groups
}

// pageFlags are those that ask for a part of the rows.
var pageFlags = []string{"start", "limit"}

// screenFlags are those of what is seen.
func screenFlags(c *console, f *options) flagGroup {
	return newGroup(c.lang, words.HelpScreen, func(s *flagSet) {
		s.choice(&f.theme, "theme", config.Themes()...)
		s.yes(&f.ascii, "ascii")
		s.text(&f.logFile, "log-file")
	})
}

// rowFlags are those of the commands that work on every row.
func rowFlags(s *flagSet, f *options) {
	s.choice(&f.format, "format", formats()...)
	s.yes(&f.all, "all")
	s.list(&f.from, "from")
	s.once(&f.filter, "filter")
}

// checkOutput fills in the format and refuses flags that contradict each other.
func checkOutput(cmd *cobra.Command, o *options, onTerminal bool) error {
	if o.format == "" {
		o.format = string(export.NDJSON)
		if onTerminal {
			o.format = string(export.Table)
		}
	}
	if o.bom && o.format != string(export.CSV) {
		return usage(words.BomWithoutCSV)
	}
	for _, page := range pageFlags {
		if o.all && cmd.Flags().Changed(page) {
			return usage(words.AllWithPage, "--"+page)
		}
	}
	return nil
}

// checkEveryRow checks the flags of a command that has no pages.
func checkEveryRow(cmd *cobra.Command, o *options, onTerminal bool) error {
	if err := fromAlone(cmd); err != nil {
		return err
	}
	for _, page := range pageFlags {
		if cmd.Flags().Changed(page) {
			return usage(words.EveryRow, cmd.Name(), "--"+page)
		}
	}
	return checkOutput(cmd, o, onTerminal)
}

// fromAlone refuses what asks the service beside --from.
func fromAlone(cmd *cobra.Command) error {
	if !cmd.Flags().Changed("from") {
		return nil
	}
	names := []string{"demo", "profile", "base-url", "calls-per-minute", "spool", "missing"}
	for _, name := range parameterFlags {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		if f := cmd.Flags().Lookup(name); f != nil && f.Changed {
			return usage(words.FromAlone, "--"+name)
		}
	}
	return nil
}

func formats() []string {
	var names []string
	for _, f := range export.Formats() {
		names = append(names, string(f))
	}
	return names
}

// parameterFlags are the query flags by the parameter of the service they are.
var parameterFlags = map[sendcloud.Param]string{
	sendcloud.ParamEmail: "email", sendcloud.ParamEmailIDs: "email-ids",
	sendcloud.ParamLabelID: "label-id", sendcloud.ParamLabelName: "label-name",
	sendcloud.ParamDays: "days", sendcloud.ParamStartDate: "start-date", sendcloud.ParamEndDate: "end-date",
	sendcloud.ParamAPIUsers: "api-users", sendcloud.ParamStart: "start", sendcloud.ParamLimit: "limit",
	sendcloud.ParamStatus: "status", sendcloud.ParamSubStatus: "sub-status",
}

// flagOf calls a parameter by its flag.
func flagOf(p sendcloud.Param) string {
	if name, ok := parameterFlags[p]; ok {
		return "--" + name
	}
	return string(p)
}

// anyQueryFlag reports whether a query flag was given: one replaces the dashboard's first question whole.
func anyQueryFlag(cmd *cobra.Command) bool {
	for _, name := range parameterFlags {
		if cmd.Flags().Changed(name) {
			return true
		}
	}
	return false
}

// flagSet makes flags that refuse an empty value and what cannot be right.
type flagSet struct {
	*pflag.FlagSet
	lang words.Lang
	of   string // the command, where it describes a flag in its own way
}

func (s *flagSet) add(v pflag.Value, name string) *pflag.Flag {
	f := s.VarPF(v, name, "", "")
	describe(f, s.about(name))
	return f
}

func (s *flagSet) about(name string) string {
	text, ok := words.Flags[s.of+name]
	if !ok {
		text = words.Flags[name]
	}
	return s.lang.Say(text)
}

// describe gives a flag its description. What stands in backquotes names the
// value; at the beginning it is no part of the sentence.
func describe(f *pflag.Flag, text string) {
	before, rest, named := strings.Cut(text, "`")
	kind, after, _ := strings.Cut(rest, "`")
	switch {
	case !named:
		f.Usage = text
		return
	case before == "":
		f.Usage = strings.TrimSpace(after)
	default:
		f.Usage = before + kind + after
	}
	f.Annotations = map[string][]string{valueName: {kind}}
}

// valueName is the annotation that names a flag's value in help.
const valueName = "value"

func (s *flagSet) text(to *string, name string) {
	s.add(value(func(v string) error { *to = v; return nil }), name)
}

// once is text that may be given once: a second one would make the first forgotten, and other rows would come
// without a word about it. Other flags take the last, so that an alias can be overruled.
func (s *flagSet) once(to *string, name string) {
	var f *pflag.Flag
	f = s.add(value(func(v string) error {
		if *to != "" {
			f.Annotations[again] = nil
		}
		*to = v
		return nil
	}), name)
}

// again is the annotation of a flag that was given a second time. It is looked
// at when the command runs: completion reads the flags twice by itself.
const again = "again"

// givenOnce refuses a second time where once says so.
func givenOnce(cmd *cobra.Command, _ []string) (err error) {
	cmd.Flags().VisitAll(func(f *pflag.Flag) {
		if _, twice := f.Annotations[again]; twice && err == nil {
			err = usage(words.GivenTwice, "--"+f.Name, words.OnceCures[f.Name])
		}
	})
	return err
}

func (s *flagSet) list(to *[]string, name string) {
	s.add(value(func(v string) error { *to = append(*to, v); return nil }), name)
}

func (s *flagSet) yes(to *bool, name string) {
	s.BoolVar(to, name, false, s.about(name))
}

// number takes a whole number from least to most; most 0 is no upper bound.
func (s *flagSet) number(to *int, name string, least, most int) {
	s.add(value(func(v string) (err error) {
		*to, err = whole("--"+name, v, least, most)
		return err
	}), name)
}

func (s *flagSet) choice(to *string, name string, of ...string) {
	s.add(value(func(v string) error {
		if !slices.Contains(of, v) {
			return usage(words.NotAChoice, "--"+name, v, strings.Join(of, ", "))
		}
		*to = v
		return nil
	}), name)
}

func (s *flagSet) duration(to *time.Duration, name string) {
	s.add(value(func(v string) (err error) {
		if *to, err = time.ParseDuration(v); err != nil || *to < 0 {
			return usage(words.NotADuration, "--"+name, v)
		}
		return nil
	}), name)
}

func whole(name, v string, least, most int) (int, error) {
	n, err := strconv.Atoi(strings.TrimSpace(keymap.Narrow(v)))
	switch {
	case most == 0 && (err != nil || n < least):
		return 0, usage(words.NotANumberFrom, name, v, least)
	case most != 0 && (err != nil || n < least || n > most):
		return 0, usage(words.NotANumber, name, v, least, most)
	}
	return n, nil
}

// value is a flag by what its text does.
type value func(string) error

var errEmpty = errors.New("empty")

func (set value) Set(v string) error {
	if v == "" {
		return errEmpty
	}
	return set(v)
}

// String is empty: help says defaults in words.
func (set value) String() string { return "" }

func (set value) Type() string { return "" }

// flagError is what is wrong with a flag, in our words.
func flagError(cmd *cobra.Command, err error) error {
	var (
		ours    *words.Message
		unknown *pflag.NotExistError
		missing *pflag.ValueRequiredError
		invalid *pflag.InvalidValueError
		syntax  *pflag.InvalidSyntaxError
	)
	switch {
	case errors.Is(err, pflag.ErrHelp):
		return err
	case errors.As(err, &ours):
		return ours
	case errors.As(err, &unknown):
		name := unknown.GetSpecifiedName()
		if short := unknown.GetSpecifiedShortnames(); short != "" {
			return usage(words.UnknownFlag, "-"+short, words.Sentence{})
		}
		var known []string
		cmd.Flags().VisitAll(func(f *pflag.Flag) { known = append(known, f.Name) })
		return usage(words.UnknownFlag, "--"+name, words.DidYouMean(name, known, "--"))
	case errors.As(err, &missing):
		return usage(words.ValueMissing, "--"+missing.GetFlag().Name)
	case errors.As(err, &invalid) && errors.Is(err, errEmpty):
		return usage(words.ValueEmpty, "--"+invalid.GetFlag().Name)
	case errors.As(err, &invalid) && invalid.GetFlag().Value.Type() == "bool":
		return usage(words.NotASwitch, "--"+invalid.GetFlag().Name, invalid.GetValue())
	case errors.As(err, &invalid):
		return usage(words.BadFlag, "--"+invalid.GetFlag().Name, invalid.GetValue(), fmt.Sprint(errors.Unwrap(invalid)))
	case errors.As(err, &syntax):
		return usage(words.BadSyntax, syntax.GetSpecifiedFlag())
	}
	return err
}
