package cli

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"bounceboard/ui"
	"bounceboard/ui/views"
	"bounceboard/ui/words"
)

// takesView has a command take --view: the view's query and filter stand for flags that were not given.
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
		return applyView(o, cmd, v)
	}
}

var spanFlags = []string{"days", "start-date", "end-date"}

// applyView sets the flags that a view stands for. A flag that was given wins, and one about days over all of the view's that
// are; rows of a file have no query. What holds a variable is left to the dashboard, which asks for it.
func applyView(o *options, cmd *cobra.Command, v views.View) error {
	given := parametersOf(cmd)
	span := slices.ContainsFunc(given, func(flag string) bool { return slices.Contains(spanFlags, flag) })
	open := v
	open.Query, open.Filter = nil, ""
	for _, value := range v.Query {
		flag := cmd.Flags().Lookup(value.Field)
		switch {
		case len(o.from) > 0, flag == nil, flag.Changed, span && slices.Contains(spanFlags, value.Field):
		case len(views.View{Query: []views.Value{value}}.Variables()) > 0:
			open.Query = append(open.Query, value)
		default:
			if err := cmd.Flags().Set(value.Field, value.Text); err != nil {
				return flagError(cmd, err)
			}
		}
	}
	if v.Filter != "" {
		o.filters = append([]string{v.Filter}, o.filters...)
	}
	if filters := o.filters; len(views.View{Filter: v.Filter}.Variables()) > 0 {
		open.Filter, o.filters = joinedFilters(filters), nil
	}
	o.opened = open
	if names := open.Variables(); len(names) > 0 && cmd.HasParent() {
		return usage(words.ViewAsks, v.Name, "{"+strings.Join(names, "}, {")+"}", cmd.CommandPath())
	}
	return nil
}

// joinedFilters is filters that all have to hold, as one.
func joinedFilters(filters []string) string {
	if len(filters) == 1 {
		return filters[0]
	}
	return "(" + strings.Join(filters, ") (") + ")"
}

// savedViews is what the dashboard needs of the configuration's views.
func savedViews(c *console, o *options) ui.Saved {
	file, _ := c.config() // an error has ended the command before
	return ui.Saved{Views: file.SavedViews(), Save: file.SaveView, First: o.opened}
}
