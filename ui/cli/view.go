package cli

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"bounceboard/ui/views"
	"bounceboard/ui/words"
)

// takesView has a command take --view: it stands for flags that were not given. What holds a variable is left to the
// dashboard, which asks for it. Rows of a file have no query.
func takesView(c *console, o *options, cmd *cobra.Command) {
	before := cmd.PreRunE
	cmd.PreRunE = func(cmd *cobra.Command, args []string) error {
		if err := before(cmd, args); err != nil || o.view == "" {
			return err
		}
		file, err := c.config()
		if err != nil {
			return err
		}
		v, err := file.View(o.view)
		if err != nil {
			return err
		}
		var known []views.Value
		known, o.filters, o.opened = v.Beside(func(name string) bool {
			flag := cmd.Flags().Lookup(name)
			return len(o.from) > 0 || flag == nil || flag.Changed || o.all && slices.Contains(apart["all"], name)
		}, o.filters)
		for _, value := range known {
			if err := cmd.Flags().Set(value.Field, value.Text); err != nil {
				return flagError(cmd, err)
			}
		}
		if names := o.opened.Variables(); len(names) > 0 && cmd.HasParent() {
			return usage(words.ViewAsks, v.Name, "{"+strings.Join(names, "}, {")+"}", cmd.CommandPath())
		}
		return nil
	}
}
