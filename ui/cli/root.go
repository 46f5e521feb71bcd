package cli

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"bounceboard/ui/cli/config"
	"bounceboard/ui/words"
)

// commandMaker makes a command. It may be asked for its flags by help and by completion without being run.
type commandMaker func(*console) *cobra.Command

// commands are all but the dashboard, which is the root.
func commands() []commandMaker {
	return []commandMaker{listCommand, countCommand, patternsCommand, explainCommand, keysCommand, doctorCommand, manCommand, simulateCommand, completionCommand}
}

// newCommand is what every command begins with.
func newCommand(c *console, use string, short, long, examples words.Sentence, groups ...flagGroup) *cobra.Command {
	cmd := &cobra.Command{
		Use: use, Short: c.words(short), Long: c.words(long), Example: c.words(examples),
		Args:              noArguments,
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
		s.text(&o.spool, "spool")
	}), newGroup(c.lang, words.HelpScreen, func(s *flagSet) {
		s.AddFlagSet(screenFlags(c, o).set)
		s.yes(&o.plain, "plain")
	}), newGroup(c.lang, words.HelpOthers, func(s *flagSet) { s.yes(&version, "version") }))
	root := newCommand(c, "bounceboard [flags]", words.RootShort, words.RootLong, words.RootExamples, groups...)
	root.RunE = func(cmd *cobra.Command, _ []string) error {
		if version {
			version, commit := buildVersion()
			_, err := fmt.Fprintf(c.Out, "bounceboard %s (commit %s)\n", version, commit)
			return outputError(err)
		}
		if err := fromAlone(cmd); err != nil {
			return err
		}
		asked := slices.ContainsFunc(slices.Collect(maps.Values(parameterFlags)), cmd.Flags().Changed)
		return runDashboard(cmd.Context(), c, o, asked)
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
		about, rest, err := root.Find(args)
		if err != nil || len(rest) > 0 {
			return noArguments(root, args)
		}
		return about.Help()
	}
	return cmd
}

// help writes a command's help in the language: cobra's own words are English. A command that does not exist is
// an error with --help, too.
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
	_, err := io.WriteString(c.Out, b.String())
	return outputError(err)
}
