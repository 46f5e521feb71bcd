package cli

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"slices"
	"strconv"
	"strings"
	"syscall"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"bounceboard/sendcloud"
	"bounceboard/sendcloud/recordset"
	"bounceboard/ui"
	"bounceboard/ui/cli/config"
	"bounceboard/ui/recall"
	"bounceboard/ui/words"
)

// commands are all but the dashboard, which is the root.
func commands() []func(*console) *cobra.Command {
	return []func(*console) *cobra.Command{listCommand, countCommand, patternsCommand, explainCommand, findCommand, listsCommand, reportCommand, keysCommand, doctorCommand, manCommand, simulateCommand, completionCommand}
}

func newCommand(c *console, use string, short, long, examples words.Sentence, groups ...flagGroup) *cobra.Command {
	cmd := &cobra.Command{
		Use: use, Short: c.words(short), Long: c.words(long), Example: c.words(examples),
		Args:              noArguments,
		PreRunE:           checkApart,
		ValidArgsFunction: cobra.NoFileCompletions,
		SilenceErrors:     true, SilenceUsage: true,
		DisableFlagsInUseLine: true,
	}
	groups = append(groups, newGroup(c.lang, words.HelpOthers, func(s *flagSet) {
		s.choice(new(string), "lang", config.Langs()...) // parsed already: see console.language
		s.BoolP("help", "h", false, s.about("help"))
	}))
	for _, g := range groups {
		cmd.Flags().AddFlagSet(g.set)
	}
	cmd.SetHelpFunc(func(cmd *cobra.Command, _ []string) { c.helpErr = help(c, cmd, groups) })
	cmd.SetFlagErrorFunc(flagError)
	completeFlags(c, cmd)
	return cmd
}

func rootCommand(c *console, makers []func(*console) *cobra.Command) *cobra.Command {
	o := &options{}
	version := false
	groups := append(queryFlags(c, o, true), newGroup(c.lang, words.HelpRows, func(s *flagSet) {
		s.list(&o.from, "from")
		s.list(&o.filters, "filter")
		s.text(&o.view, "view")
		s.text(&o.spool, "spool")
		s.yes(&o.resume, "resume")
	}), newGroup(c.lang, words.HelpOthers, func(s *flagSet) {
		s.yes(&o.plain, "plain")
		s.yes(&version, "version")
	}))
	root := newCommand(c, "bounceboard [flags]", words.RootShort, words.RootLong, words.RootExamples, groups...)
	takesView(c, o, root)
	root.RunE = func(cmd *cobra.Command, _ []string) error {
		if version {
			return c.write("bounceboard " + buildVersion() + "\n")
		}
		return runDashboard(cmd.Context(), c, o, slices.ContainsFunc(parameters, cmd.Flags().Changed) || len(o.opened.Query) > 0)
	}
	root.SetOut(c.Out)
	root.SetErr(c.Err)
	root.CompletionOptions.DisableDefaultCmd = true
	for _, make := range makers {
		root.AddCommand(make(c))
	}
	root.SetHelpCommand(helpCommand(c, root))
	return root
}

// runDashboard runs the dashboard: over files of rows, with what the flags ask for, or with the failures of the last 7 days.
func runDashboard(ctx context.Context, c *console, o *options, asked bool) error {
	keep, err := newRowFilter(c, o, false)
	if err != nil {
		return err
	}
	d := ui.Options{Lang: c.lang, Filter: keep.text, Now: c.now, Getenv: c.Getenv, Log: c.log, State: recall.Folder(c.Getenv),
		Plain: o.plain || c.Getenv("TERM") == "dumb"}
	if len(o.from) > 0 {
		files, err := openFiles(c, o)
		if err != nil {
			return err
		}
		defer files.close()
		if in, ok := c.In.(*os.File); ok && c.inputRead && terminal(in) { // else it would take the keys for rows
			return usage(words.FromTerminal)
		}
		d.File = &ui.File{Name: files.name, In: files.in}
	} else {
		conn, plan, err := planned(ctx, c, o)
		if err != nil {
			return err
		}
		defer conn.close()
		if !asked {
			if plan, err = conn.api.Plan(sendcloud.Query{Days: 7, Statuses: []sendcloud.Status{sendcloud.Invalid, sendcloud.SoftBounce}}); err != nil {
				return err
			}
		}
		spool, plan, err := openSpool(c, o, conn, plan, true)
		if err != nil {
			return err
		}
		defer spool.Close()
		if d.Query = plan.Query; spool != nil {
			d.Spool = spool
		}
		d.API, d.Where = conn.api, ui.Where{Profile: conn.account.Profile, Host: conn.api.Host(), Demo: o.demo}
		d.LookbackDays = conn.account.LookbackDays
	}
	return c.dashboard(ctx, o, d)
}

// dashboard runs the dashboard on the terminal. Keys come from the terminal itself where standard input was read as a list.
func (c *console) dashboard(ctx context.Context, o *options, d ui.Options) (err error) {
	d.Out, _ = c.Out.(*os.File)
	if d.In, _ = c.In.(*os.File); c.inputRead {
		d.In, err = os.OpenFile("/dev/tty", os.O_RDWR, 0)
	}
	if err != nil || !terminal(d.Out) || !terminal(d.In) {
		return usage(words.NoTerminal)
	}
	checkLocale(c)
	if d.Rules, err = loadRules(c, ""); err != nil {
		return err
	}
	file, _ := c.config() // an error has ended the command before
	d.Theme, d.Keys, d.Labels, d.Columns, d.SaveColumns = themeOf(c, o), c.keymap(), file.Labels, file.Columns, file.SaveColumns
	d.Saved = ui.Saved{Views: file.SavedViews(), Save: file.SaveView, First: o.opened}
	c.patient.Store(true) // the terminal has to be restored first
	err = ui.Run(ctx, d)
	if crash, ok := errors.AsType[*ui.CrashError](err); ok {
		return ended(c.crashed(crash.Value, crash.Stack))
	} else if ctx.Err() != nil {
		return ended(exitDone) // the signal decides
	} else if errors.Is(err, ui.ErrGone) {
		return ended(exitSignal + int(syscall.SIGHUP)) // nobody is left to be told, and SIGHUP may be ignored
	}
	return err
}

// noArguments refuses what is no flag: a mistyped command, or a query that lacks its flag.
func noArguments(cmd *cobra.Command, args []string) error {
	switch {
	case len(args) == 0:
		return nil
	case cmd.HasParent() || strings.ContainsAny(args[0], "@ "):
		return usage(words.NoArguments, cmd.CommandPath(), args[0])
	}
	var known []string
	for _, sub := range cmd.Commands() {
		known = append(known, sub.Name())
	}
	return usage(words.UnknownCommand, args[0], words.DidYouMean(args[0], known, ""))
}

func helpCommand(c *console, root *cobra.Command) *cobra.Command {
	cmd := newCommand(c, "help [command]", words.HelpShort, words.HelpShort, words.Sentence{})
	cmd.Args = cobra.ArbitraryArgs
	cmd.RunE = func(_ *cobra.Command, args []string) error {
		about, rest, err := root.Find(args)
		switch {
		case slices.Equal(args, []string{"filter"}):
			return filterHelp(c)
		case err != nil || len(rest) > 0:
			return noArguments(root, args)
		}
		return about.Help()
	}
	return cmd
}

// filterHelp writes the filter language, with every field.
func filterHelp(c *console) error {
	text := c.words(words.HelpFilter) + "\n"
	for _, f := range recordset.Fields() {
		text += fmt.Sprintf("  %-12s %s", f.String()+":", words.ColumnName(c.lang, recordset.Column(f)))
		for _, list := range [][]string{f.Names()[1:], f.Values()} {
			if len(list) > 0 {
				text += "\n" + strings.Repeat(" ", 15) + strings.Join(list, ", ")
			}
		}
		text += "\n"
	}
	return c.write(text)
}

// help writes a command's help in the language: cobra's own words are English. A command that does not exist is an error with --help, too.
func help(c *console, cmd *cobra.Command, groups []flagGroup) error {
	if rest := cmd.Flags().Args(); !cmd.HasParent() && len(rest) > 0 {
		return noArguments(cmd, rest)
	}
	text, more := fmt.Sprintf("%s\n\n%s\n  %s\n", cmd.Long, c.words(words.HelpUsage), cmd.UseLine()), ""
	if cmd.HasExample() {
		text += fmt.Sprintf("\n%s\n%s\n", c.words(words.HelpExamples), cmd.Example)
	}
	if cmd.HasAvailableSubCommands() {
		text += "\n" + c.words(words.HelpCommands) + "\n"
		for _, sub := range cmd.Commands() {
			text += fmt.Sprintf("  %-12s %s\n", sub.Name(), sub.Short)
		}
		more = c.words(words.HelpMore, cmd.CommandPath()) + "\n"
	}
	for i, g := range groups {
		if i == 0 || g.head != groups[i-1].head {
			text += "\n" + c.words(g.head) + "\n"
		}
		g.set.VisitAll(func(f *pflag.Flag) {
			kind, about := pflag.UnquoteUsage(f)
			name := strings.TrimSpace("--" + f.Name + " " + kind)
			if len(name) > 30 { // its description stands below it
				name += "\n" + strings.Repeat(" ", 32)
			}
			text += fmt.Sprintf("  %-30s  %s\n", name, strings.TrimPrefix(about, kind+" "))
		})
	}
	return c.write(text + "\n" + c.words(words.HelpStatus) + "\n" + more)
}

// completeFlags completes the values that are known, and the names of files.
func completeFlags(c *console, cmd *cobra.Command) {
	file, _ := c.config()
	known := map[string][]cobra.Completion{
		"status":     {"delivered", "invalid", "soft_bounce", "requested"},
		"start-date": {"today", "yesterday", "-3d", "-7d"}, "end-date": {"today", "yesterday"},
		"view": slices.Sorted(maps.Keys(file.Views)), "profile": slices.Sorted(maps.Keys(file.Profiles)),
	}
	for _, s := range sendcloud.SubStatuses() {
		known["sub-status"] = append(known["sub-status"], cobra.CompletionWithDesc(strconv.Itoa(int(s)), words.SubStatusName(c.lang, s)))
	}
	cmd.Flags().VisitAll(func(f *pflag.Flag) {
		if kind, _ := pflag.UnquoteUsage(f); kind == "FILE" {
			return
		}
		complete := completeList(append(known[f.Name], f.Annotations[choices]...))
		if f.Name == "filter" {
			complete = completeFilter
		}
		_ = cmd.RegisterFlagCompletionFunc(f.Name, complete) // fails only for a flag that does not exist
	})
}

// completeList completes the last of several values.
func completeList(values []cobra.Completion) cobra.CompletionFunc {
	return func(_ *cobra.Command, _ []string, text string) (all []cobra.Completion, _ cobra.ShellCompDirective) {
		before := text[:strings.LastIndexAny(text, ",;")+1]
		for _, value := range values {
			all = append(all, before+value)
		}
		return all, cobra.ShellCompDirectiveNoFileComp
	}
}

// completeFilter completes the last term of a filter: a field, or behind its colon a value of it.
func completeFilter(_ *cobra.Command, _ []string, text string) (all []cobra.Completion, _ cobra.ShellCompDirective) {
	start := strings.LastIndexAny(text, " !(") + 1
	for _, f := range recordset.Fields() {
		name := text[:start] + f.String() + ":"
		all = append(all, name)
		for i := 0; strings.HasPrefix(text, name) && i < len(f.Values()); i++ {
			all = append(all, text[:max(len(name), strings.LastIndexAny(text, ",|")+1)]+f.Values()[i])
		}
	}
	return all, cobra.ShellCompDirectiveNoFileComp | cobra.ShellCompDirectiveNoSpace
}

func completionCommand(c *console) *cobra.Command {
	cmd := newCommand(c, "completion bash|zsh|fish|powershell", words.CompletionShort, words.CompletionLong, words.CompletionExamples)
	cmd.ValidArgs = []string{"bash", "zsh", "fish", "powershell"}
	cmd.ValidArgsFunction, cmd.Args = nil, nil
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		root := cmd.Root()
		switch shell := strings.Join(args, " "); shell {
		case "bash":
			return outputError(root.GenBashCompletionV2(c.Out, true))
		case "zsh":
			return outputError(root.GenZshCompletion(c.Out))
		case "fish":
			return outputError(root.GenFishCompletion(c.Out, true))
		case "powershell":
			return outputError(root.GenPowerShellCompletionWithDesc(c.Out))
		default:
			return words.NotAChoice("completion", shell, cmd.ValidArgs)
		}
	}
	return cmd
}
