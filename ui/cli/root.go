package cli

import (
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"bounceboard/ui/words"
)

// commandMaker makes a command. It may be asked for its flags by help and by
// completion without being run.
type commandMaker func(*app) *cobra.Command

// commands are all but the dashboard, which is the root.
func commands() []commandMaker {
	return []commandMaker{(*app).listCommand, (*app).countCommand, (*app).patternsCommand, (*app).explainCommand, (*app).simulateCommand, (*app).completionCommand}
}

// command is what every command begins with.
func (a *app) command(use string, short, long, examples words.Sentence, groups ...flagGroup) *cobra.Command {
	cmd := &cobra.Command{
		Use: use, Short: a.lang.Say(short), Long: a.lang.Say(long), Example: a.lang.Say(examples),
		Args:              a.noArguments,
		PreRunE:           givenOnce,
		ValidArgsFunction: cobra.NoFileCompletions,
		SilenceErrors:     true, SilenceUsage: true,
		DisableFlagsInUseLine: true,
	}
	if len(groups) == 0 || groups[len(groups)-1].head != words.HelpOthers {
		groups = append(groups, a.group(words.HelpOthers, func(*flagSet) {}))
	}
	others := &flagSet{groups[len(groups)-1].set, a.lang, ""}
	others.choice(new(string), "lang", langs()...) // parsed already: see app.language
	others.BoolP("help", "h", false, a.lang.Say(words.Flags["help"]))
	for _, g := range groups {
		cmd.Flags().AddFlagSet(g.set)
	}
	cmd.SetHelpFunc(func(cmd *cobra.Command, _ []string) { a.help(cmd, groups) })
	cmd.SetFlagErrorFunc(a.flagError)
	completeFlags(a, cmd)
	return cmd
}

func (a *app) root(makers []commandMaker) *cobra.Command {
	f := &flags{}
	version := false
	rows := a.group(words.HelpRows, func(s *flagSet) {
		s.once(&f.from, "from")
		s.once(&f.spool, "spool")
	})
	groups := append(a.asking(f), rows, a.screen(f))
	groups = append(groups, a.group(words.HelpOthers, func(s *flagSet) { s.yes(&version, "version") }))
	root := a.command("bounceboard [flags]", words.RootShort, words.RootLong, words.RootExamples, groups...)
	root.RunE = func(cmd *cobra.Command, _ []string) error {
		if version {
			_, err := io.WriteString(a.Out, versionLine())
			return a.output(err)
		}
		if err := fromAlone(cmd); err != nil {
			return err
		}
		return a.dashboard(cmd.Context(), f, anyFilter(cmd))
	}
	root.SetIn(a.In)
	root.SetOut(a.Out)
	root.SetErr(a.Err)
	root.CompletionOptions.DisableDefaultCmd = true
	for _, make := range makers {
		root.AddCommand(make(a))
	}
	root.SetHelpCommand(a.helpCommand(root))
	return root
}

// noArguments refuses what is no flag: a mistyped command, or a filter that
// lacks its flag.
func (a *app) noArguments(cmd *cobra.Command, args []string) error {
	switch {
	case len(args) == 0:
		return nil
	case cmd.HasParent() || strings.ContainsAny(args[0], "@ "):
		return usage(words.NoArguments, cmd.CommandPath(), args[0])
	}
	var known []string
	for _, c := range cmd.Commands() {
		known = append(known, c.Name())
	}
	return usage(words.UnknownCommand, args[0], meant(args[0], known, ""))
}

func (a *app) helpCommand(root *cobra.Command) *cobra.Command {
	cmd := a.command("help [command]", words.HelpShort, words.HelpShort, words.Sentence{})
	cmd.Args = cobra.ArbitraryArgs
	cmd.ValidArgsFunction = func(*cobra.Command, []string, string) ([]cobra.Completion, cobra.ShellCompDirective) {
		var names []cobra.Completion
		for _, c := range root.Commands() {
			names = append(names, cobra.CompletionWithDesc(c.Name(), c.Short))
		}
		return names, cobra.ShellCompDirectiveNoFileComp
	}
	cmd.RunE = func(_ *cobra.Command, args []string) error {
		about, rest, err := root.Find(args)
		if err != nil || len(rest) > 0 {
			return a.noArguments(root, args)
		}
		return about.Help()
	}
	return cmd
}

// help writes a command's help in the language: cobra's own words are English.
func (a *app) help(cmd *cobra.Command, groups []flagGroup) {
	say := a.lang.Say
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n\n%s\n  %s\n", cmd.Long, say(words.HelpUsage), useLine(cmd))
	if cmd.HasExample() {
		fmt.Fprintf(&b, "\n%s\n%s\n", say(words.HelpExamples), cmd.Example)
	}
	if cmd.HasAvailableSubCommands() {
		fmt.Fprintf(&b, "\n%s\n", say(words.HelpCommands))
		for _, c := range cmd.Commands() {
			fmt.Fprintf(&b, "  %-12s %s\n", c.Name(), c.Short)
		}
	}
	for _, g := range groups {
		fmt.Fprintf(&b, "\n%s\n", say(g.head))
		describeFlags(&b, g.set)
	}
	fmt.Fprintf(&b, "\n%s\n", say(words.HelpStatus))
	if cmd.HasAvailableSubCommands() {
		fmt.Fprintf(&b, "%s\n", say(words.HelpMore, cmd.CommandPath()))
	}
	_, _ = io.WriteString(a.Out, b.String())
}

// describeFlags writes a line for each flag.
func describeFlags(b *strings.Builder, set *pflag.FlagSet) {
	left := func(f *pflag.Flag) string {
		s := "--" + f.Name
		if f.Shorthand != "" {
			s = "-" + f.Shorthand + ", " + s
		}
		return strings.Join(append([]string{s}, f.Annotations[valueName]...), " ")
	}
	width := 0
	set.VisitAll(func(f *pflag.Flag) {
		if f.Hidden {
			return
		}
		if n := len(left(f)); n <= maxFlag {
			width = max(width, n)
		}
	})
	set.VisitAll(func(f *pflag.Flag) {
		if f.Hidden {
			return
		}
		name := left(f)
		if len(name) > maxFlag { // its description stands below it
			name += "\n" + strings.Repeat(" ", width+2)
		}
		fmt.Fprintf(b, "  %-*s  %s\n", width, name, f.Usage)
	})
}

// maxFlag is how many columns a flag with its value may take beside its
// description.
const maxFlag = 34

// useLine is "bounceboard list [flags]".
func useLine(cmd *cobra.Command) string {
	if !cmd.HasParent() {
		return cmd.Use
	}
	return cmd.Parent().CommandPath() + " " + cmd.Use
}
