package cli

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"bounceboard/sendcloud"
	"bounceboard/sendcloud/bounce"
	"bounceboard/sendcloud/recordset"
	"bounceboard/ui/words"
)

// completeFlags completes the values that are known.
func completeFlags(c *console, cmd *cobra.Command) {
	known := map[string][]cobra.Completion{
		"format": formats(), "by": countable(),
		"start-date": {"today", "yesterday", "-3d", "-7d"}, "end-date": {"today", "yesterday"},
	}
	switch cmd.Name() {
	case "explain":
		known["format"] = []cobra.Completion{asCard, asJSON, asLines}
	case "keys":
		known["format"] = []cobra.Completion{keysAsText, keysAsMarkdown}
	}
	lists := map[string][]cobra.Completion{
		"status": {"delivered", "invalid", "soft_bounce", "requested"}, "sub-status": subStatuses(c.lang),
		"cause": names(bounce.Causes()), "permanence": names(permanences),
	}
	cmd.Flags().VisitAll(func(f *pflag.Flag) {
		var complete cobra.CompletionFunc
		choices := strings.Split(strings.Join(f.Annotations[valueName], ""), "|")
		switch values, ok := known[f.Name]; {
		case ok:
			complete = cobra.FixedCompletions(values, cobra.ShellCompDirectiveNoFileComp)
		case lists[f.Name] != nil && cmd.Name() != "explain": // there it is one
			complete = completeList(lists[f.Name], cobra.ShellCompDirectiveNoFileComp)
		case lists[f.Name] != nil:
			complete = cobra.FixedCompletions(lists[f.Name], cobra.ShellCompDirectiveNoFileComp)
		case f.Name == "fault":
			complete = completeList(faultRates(), cobra.ShellCompDirectiveNoFileComp|cobra.ShellCompDirectiveNoSpace)
		case f.Name == "filter":
			complete = completeFilter
		case f.Name == "profile":
			complete = profileNames(c)
		case slices.Contains([]string{"config", "log-file", "rules", "email", "email-ids", "from", "spool", "missing"}, f.Name):
			return // files
		case len(choices) > 1:
			complete = cobra.FixedCompletions(choices, cobra.ShellCompDirectiveNoFileComp)
		default:
			complete = cobra.NoFileCompletions
		}
		_ = cmd.RegisterFlagCompletionFunc(f.Name, complete) // fails only for a flag that does not exist
	})
}

// subStatuses are the codes with what they mean.
func subStatuses(lang words.Lang) []cobra.Completion {
	var all []cobra.Completion
	for _, s := range sendcloud.SubStatuses() {
		all = append(all, cobra.CompletionWithDesc(strconv.Itoa(int(s)), words.SubStatusName(lang, s)))
	}
	return all
}

// faultRates are the faults up to where the rate has to be typed.
func faultRates() []cobra.Completion {
	all := knownFaults()
	for i := range all {
		all[i] += "="
	}
	return all
}

// completeList completes the last of several values; those given already are
// not offered again.
func completeList(values []cobra.Completion, directive cobra.ShellCompDirective) cobra.CompletionFunc {
	return func(_ *cobra.Command, _ []string, text string) ([]cobra.Completion, cobra.ShellCompDirective) {
		before := text[:strings.LastIndexAny(text, ",;")+1]
		given := strings.FieldsFunc(before, func(r rune) bool { return r == ',' || r == ';' })
		var all []cobra.Completion
		for _, value := range values {
			bare, _, _ := strings.Cut(value, "\t")
			if !slices.ContainsFunc(given, func(g string) bool { return g == bare || strings.HasSuffix(bare, "=") && strings.HasPrefix(g, bare) }) {
				all = append(all, before+value)
			}
		}
		return all, directive
	}
}

// completeFilter completes the last word of a filter: a field, or one of the
// values that are known without rows.
func completeFilter(cmd *cobra.Command, _ []string, text string) ([]cobra.Completion, cobra.ShellCompDirective) {
	const more = cobra.ShellCompDirectiveNoFileComp | cobra.ShellCompDirectiveNoSpace // a value, another value, another term
	can, err := recordset.Snapshot{}.Complete(cmd.Context(), text, len(text))
	if err != nil {
		return nil, more | cobra.ShellCompDirectiveError
	}
	var all []cobra.Completion
	for _, c := range can.Candidates {
		all = append(all, text[:can.Start]+c.Text)
	}
	return all, more
}

// profileNames completes the profiles of the configuration.
func profileNames(c *console) cobra.CompletionFunc {
	return func(*cobra.Command, []string, string) ([]cobra.Completion, cobra.ShellCompDirective) {
		var names []cobra.Completion
		if file, err := c.config(c.early("config")); err == nil {
			names = slices.Sorted(maps.Keys(file.Profiles))
		}
		return names, cobra.ShellCompDirectiveNoFileComp
	}
}

// completionCommand writes cobra's own scripts.
func completionCommand(c *console) *cobra.Command {
	shells := []string{"bash", "zsh", "fish", "powershell"}
	cmd := newCommand(c, "completion bash|zsh|fish|powershell", words.CompletionShort, words.CompletionLong, words.CompletionExamples)
	cmd.ValidArgs = shells
	cmd.ValidArgsFunction = nil
	cmd.Args = nil
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		out := &stdout{c: c}
		root := cmd.Root()
		var err error
		switch shell := strings.Join(args, " "); shell {
		case "bash":
			err = root.GenBashCompletionV2(out, true)
		case "zsh":
			err = root.GenZshCompletion(out)
		case "fish":
			err = root.GenFishCompletion(out, true)
		case "powershell":
			err = root.GenPowerShellCompletionWithDesc(out)
		default:
			return usage(words.NotAChoice, "completion", shell, strings.Join(shells, ", "))
		}
		if err == nil {
			err = out.flush()
		}
		return err
	}
	return cmd
}
