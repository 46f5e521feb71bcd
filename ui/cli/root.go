package cli

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"bounceboard/sendcloud"
	"bounceboard/sendcloud/recordset"
	"bounceboard/ui/cli/config"
	"bounceboard/ui/words"
)

// commandMaker makes a command. It may be asked for its flags by help and by completion without being run.
type commandMaker func(*console) *cobra.Command

// commands are all but the dashboard, which is the root.
func commands() []commandMaker {
	return []commandMaker{listCommand, countCommand, patternsCommand, explainCommand, findCommand, listsCommand, reportCommand, keysCommand, doctorCommand, manCommand, simulateCommand, completionCommand}
}

// newCommand is what every command begins with.
func newCommand(c *console, use string, short, long, examples words.Sentence, groups ...flagGroup) *cobra.Command {
	cmd := &cobra.Command{
		Use: use, Short: c.words(short), Long: c.words(long), Example: c.words(examples),
		Args:              noArguments,
		PreRunE:           checkApart,
		ValidArgsFunction: cobra.NoFileCompletions,
		SilenceErrors:     true, SilenceUsage: true,
		DisableFlagsInUseLine: true,
	}
	if len(groups) == 0 || groups[len(groups)-1].head != words.HelpOthers {
		groups = append(groups, newGroup(c.lang, words.HelpOthers, func(*flagSet) {}))
	}
	others := &flagSet{groups[len(groups)-1].set, c.lang, ""}
	others.choice(new(string), "lang", config.Langs()...) // parsed already: see console.language
	others.BoolP("help", "h", false, c.words(words.Flags["help"]))
	for _, g := range groups {
		cmd.Flags().AddFlagSet(g.set)
	}
	cmd.SetHelpFunc(func(cmd *cobra.Command, _ []string) { c.helpErr = help(c, cmd, groups) })
	cmd.SetFlagErrorFunc(flagError)
	completeFlags(c, cmd)
	return cmd
}

func rootCommand(c *console, makers []commandMaker) *cobra.Command {
	o := &options{}
	version := false
	groups := append(queryFlags(c, o, true), newGroup(c.lang, words.HelpRows, func(s *flagSet) {
		s.list(&o.from, "from")
		s.list(&o.filters, "filter")
		s.text(&o.view, "view")
		s.text(&o.spool, "spool")
	}), newGroup(c.lang, words.HelpOthers, func(s *flagSet) {
		s.yes(&o.plain, "plain")
		s.yes(&version, "version")
	}))
	root := newCommand(c, "bounceboard [flags]", words.RootShort, words.RootLong, words.RootExamples, groups...)
	takesView(c, o, root)
	root.RunE = func(cmd *cobra.Command, _ []string) error {
		if version {
			version, commit := buildVersion()
			return c.write(fmt.Sprintf("bounceboard %s (commit %s)\n", version, commit))
		}
		return runDashboard(cmd.Context(), c, o, parametersOf(cmd) != nil || len(o.opened.Query) > 0)
	}
	root.SetIn(c.In)
	root.SetOut(c.Out)
	root.SetErr(c.Err)
	root.CompletionOptions.DisableDefaultCmd = true
	for _, make := range makers {
		root.AddCommand(make(c))
	}
	root.SetHelpCommand(helpCommand(c, root))
	return root
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
		if slices.Equal(args, []string{"filter"}) {
			return filterHelp(c)
		}
		about, rest, err := root.Find(args)
		if err != nil || len(rest) > 0 {
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
	var b strings.Builder
	use := cmd.Use // "list [flags]"
	if cmd.HasParent() {
		use = cmd.Parent().CommandPath() + " " + use
	}
	fmt.Fprintf(&b, "%s\n\n%s\n  %s\n", cmd.Long, c.words(words.HelpUsage), use)
	if cmd.HasExample() {
		fmt.Fprintf(&b, "\n%s\n%s\n", c.words(words.HelpExamples), cmd.Example)
	}
	if cmd.HasAvailableSubCommands() {
		fmt.Fprintf(&b, "\n%s\n", c.words(words.HelpCommands))
		for _, sub := range cmd.Commands() {
			fmt.Fprintf(&b, "  %-12s %s\n", sub.Name(), sub.Short)
		}
	}
	for _, g := range groups {
		fmt.Fprintf(&b, "\n%s\n", c.words(g.head))
		g.set.VisitAll(func(f *pflag.Flag) {
			kind, text := pflag.UnquoteUsage(f)
			name := strings.TrimSpace("--" + f.Name + " " + kind)
			if f.Shorthand != "" {
				name = "-" + f.Shorthand + ", " + name
			}
			if len(name) > 30 { // its description stands below it
				name += "\n" + strings.Repeat(" ", 32)
			}
			fmt.Fprintf(&b, "  %-30s  %s\n", name, strings.TrimPrefix(text, kind+" "))
		})
	}
	fmt.Fprintf(&b, "\n%s\n", c.words(words.HelpStatus))
	if cmd.HasAvailableSubCommands() {
		fmt.Fprintf(&b, "%s\n", c.words(words.HelpMore, cmd.CommandPath()))
	}
	return c.write(b.String())
}

// completeFlags completes the values that are known, and the names of files.
func completeFlags(c *console, cmd *cobra.Command) {
	known := map[string][]cobra.Completion{
		"status":     {"delivered", "invalid", "soft_bounce", "requested"},
		"start-date": {"today", "yesterday", "-3d", "-7d"}, "end-date": {"today", "yesterday"},
	}
	for _, s := range sendcloud.SubStatuses() {
		known["sub-status"] = append(known["sub-status"], cobra.CompletionWithDesc(strconv.Itoa(int(s)), words.SubStatusName(c.lang, s)))
	}
	file, _ := c.config()
	known["view"] = slices.Sorted(maps.Keys(file.Views))
	known["profile"] = slices.Sorted(maps.Keys(file.Profiles))
	cmd.Flags().VisitAll(func(f *pflag.Flag) {
		if kind, _ := pflag.UnquoteUsage(f); kind == "FILE" {
			return
		}
		values := known[f.Name]
		if of := f.Annotations[choices]; of != nil {
			values = of
		}
		complete := completeList(values)
		if f.Name == "filter" {
			complete = completeFilter
		}
		_ = cmd.RegisterFlagCompletionFunc(f.Name, complete) // fails only for a flag that does not exist
	})
}

// completeList completes the last of several values; those given already are not offered again.
func completeList(values []cobra.Completion) cobra.CompletionFunc {
	return func(_ *cobra.Command, _ []string, text string) ([]cobra.Completion, cobra.ShellCompDirective) {
		before := text[:strings.LastIndexAny(text, ",;")+1]
		given := strings.FieldsFunc(before, func(r rune) bool { return r == ',' || r == ';' })
		var all []cobra.Completion
		for _, value := range values {
			if bare, _, _ := strings.Cut(value, "\t"); !slices.Contains(given, bare) {
				all = append(all, before+value)
			}
		}
		return all, cobra.ShellCompDirectiveNoFileComp
	}
}

// completeFilter completes the last term of a filter: a field, or a value of one that has a list of them.
func completeFilter(_ *cobra.Command, _ []string, text string) (all []cobra.Completion, _ cobra.ShellCompDirective) {
	start := strings.LastIndexAny(text, " !(") + 1
	for _, f := range recordset.Fields() {
		name := text[:start] + f.String() + ":"
		if !strings.HasPrefix(text, name) {
			all = append(all, name)
			continue
		}
		all = nil
		for _, value := range f.Values() {
			all = append(all, text[:max(len(name), strings.LastIndexAny(text, ",|")+1)]+value)
		}
		break
	}
	return all, cobra.ShellCompDirectiveNoFileComp | cobra.ShellCompDirectiveNoSpace
}

func completionCommand(c *console) *cobra.Command {
	cmd := newCommand(c, "completion bash|zsh|fish|powershell", words.CompletionShort, words.CompletionLong, words.CompletionExamples)
	cmd.ValidArgs = []string{"bash", "zsh", "fish", "powershell"}
	cmd.ValidArgsFunction, cmd.Args = nil, nil
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		root, shell := cmd.Root(), strings.Join(args, " ")
		script, ok := map[string]func(io.Writer) error{
			"bash": func(w io.Writer) error { return root.GenBashCompletionV2(w, true) }, "zsh": root.GenZshCompletion,
			"fish": func(w io.Writer) error { return root.GenFishCompletion(w, true) }, "powershell": root.GenPowerShellCompletionWithDesc,
		}[shell]
		if !ok {
			return words.NotAChoice("completion", shell, cmd.ValidArgs)
		}
		return outputError(script(c.Out))
	}
	return cmd
}
