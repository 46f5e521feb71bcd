package cli

import (
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"bounceboard/sendcloud"
	"bounceboard/sendcloud/bounce"
	"bounceboard/ui/words"
)

// completeFlags completes the values that are known, and the names of files.
func completeFlags(c *console, cmd *cobra.Command) {
	known := map[string][]cobra.Completion{
		"status": {"delivered", "invalid", "soft_bounce", "requested"},
		"cause":  names(bounce.Causes()), "permanence": names(permanences),
		"start-date": {"today", "yesterday", "-3d", "-7d"}, "end-date": {"today", "yesterday"},
	}
	for _, s := range sendcloud.SubStatuses() {
		known["sub-status"] = append(known["sub-status"], cobra.CompletionWithDesc(strconv.Itoa(int(s)), words.SubStatusName(c.lang, s)))
	}
	if file, err := c.config(c.early("config")); err == nil {
		known["profile"] = slices.Sorted(maps.Keys(file.Profiles))
	}
	cmd.Flags().VisitAll(func(f *pflag.Flag) {
		if kind, _ := pflag.UnquoteUsage(f); kind == "FILE" {
			return
		}
		values := known[f.Name]
		if of := f.Annotations[choices]; of != nil {
			values = of
		}
		_ = cmd.RegisterFlagCompletionFunc(f.Name, completeList(values)) // fails only for a flag that does not exist
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

// completionCommand writes cobra's own scripts.
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
			return usage(words.NotAChoice, "completion", shell, strings.Join(cmd.ValidArgs, ", "))
		}
		return outputError(script(c.Out))
	}
	return cmd
}
