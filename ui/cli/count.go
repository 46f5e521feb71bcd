package cli

import (
	"cmp"
	"context"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"bounceboard/keymap"
	"bounceboard/sendcloud"
	"bounceboard/sendcloud/recordset"
	"bounceboard/ui/cell"
	"bounceboard/ui/export"
	"bounceboard/ui/words"
)

// counting is what count counts by.
type counting struct {
	by     string
	column recordset.Column // of the rows; byLabel has none
}

// byLabel is the field that stands in no row.
const byLabel = "label"

func countable() []string { return append(names(recordset.Facets()), byLabel) }

// fieldKey is what the names of a field have in common: sub-status, subStatus as the rows spell it, SUB_STATUS.
func fieldKey(name string) string {
	return strings.NewReplacer("-", "", "_", "", " ", "").Replace(strings.ToLower(keymap.Narrow(name)))
}

func countCommand(c *console) *cobra.Command {
	o, n := &options{}, &counting{}
	output := newGroup(c.lang, words.HelpOutput, func(s *flagSet) {
		s.of = "count/"
		s.text(&n.by, "by")
		rowFlags(s, o)
	})
	groups := append([]flagGroup{output}, queryFlags(c, o, false)...)
	cmd := newCommand(c, "count --by FIELD [flags]", words.CountShort, words.CountLong, words.CountExamples, append(groups, screenFlags(c, o))...)
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		i := slices.IndexFunc(countable(), func(name string) bool { return fieldKey(name) == fieldKey(n.by) })
		if i < 0 {
			return usage(words.NotAChoice, "--by", n.by, strings.Join(countable(), ", "))
		}
		n.by = countable()[i]
		n.column, _ = recordset.ParseColumn(n.by)
		if err := checkOutput(c, cmd, o); err != nil {
			return err
		}
		if err := n.check(o); err != nil {
			return err
		}
		if len(o.from) > 0 || o.all {
			return countRows(cmd.Context(), c, o, n)
		}
		return countAtService(cmd.Context(), c, o, n)
	}
	return cmd
}

// check refuses what cannot be counted this way.
func (n *counting) check(o *options) error {
	switch rows := len(o.from) > 0 || o.all; {
	case rows && n.by == byLabel:
		return usage(words.LabelInRows, "--all, --from")
	case rows:
		return nil
	case len(o.filters) > 0:
		return usage(words.FilterNeedsAll)
	case n.by == byLabel && o.labelID == "" && o.labelName == "":
		return usage(words.NeedsLabels)
	case n.by == byLabel:
		return nil
	case n.column == recordset.ByAPIUser && len(o.apiUsers) == 0:
		return usage(words.NeedsUsers)
	case !slices.Contains([]recordset.Column{recordset.ByStatus, recordset.BySubStatus, recordset.ByDay, recordset.ByAPIUser}, n.column):
		return usage(words.NeedsRows, n.by)
	}
	return nil
}

// number is a value and how many mails have it.
type number struct {
	value  string // empty: rows without one
	count  int
	atMost bool
	at     time.Time // zero: of rows that are here
}

// countRows counts what was fetched or stands in a file.
func countRows(ctx context.Context, c *console, o *options, n *counting) error {
	g, err := gather(ctx, c, o, recordset.ColumnsOf(n.column), n.column.NeedsMining())
	if err != nil {
		return err
	}
	order := recordset.ByCount
	if n.column == recordset.ByDay || n.column == recordset.ByHour || n.column == recordset.ByTook {
		order = recordset.ByValue
	}
	facet, err := g.snap.Facet(despite(ctx), g.rows, n.column, order, nil)
	if err != nil {
		return err
	}
	numbers := make([]number, len(facet.Values))
	for i, v := range facet.Values {
		numbers[i] = number{value: v.Value, count: v.Count}
	}
	if err := writeNumbers(c, o, n, numbers); err != nil {
		return err
	}
	return g.end(c)
}

// writeNumbers leaves out what is nothing.
func writeNumbers(c *console, o *options, n *counting, numbers []number) error {
	head, asOf, sum := c.words(words.HeadLabel), "", 0
	if n.by != byLabel {
		head = words.FacetColumn(c.lang, n.column)
	}
	numbers = slices.DeleteFunc(slices.Clone(numbers), func(x number) bool { return x.count == 0 })
	for _, x := range numbers {
		sum += x.count
		if !x.at.IsZero() {
			asOf = c.words(words.HeadAsOf)
		}
	}
	share := func(x number) float64 { return float64(x.count) / float64(sum) }
	return writeReport(c, o, []export.Column[number]{
		{Name: "value", Value: func(x number) any { return orNull(x.value) }, Head: head, Text: func(x number) string { return n.valueText(c.lang, x.value) }, Width: 60},
		{Name: "count", Value: func(x number) any { return x.count }, Head: c.words(words.HeadMails), Fit: cell.Style.FitRight, Text: func(x number) string {
			if x.atMost {
				return c.words(words.AtMost, words.Number(x.count))
			}
			return words.Number(x.count)
		}},
		{Name: "share", Value: func(x number) any { return rounded(share(x)) }, Head: c.words(words.HeadShare), Fit: cell.Style.FitRight,
			Text: func(x number) string { return words.Percent(share(x)) }},
		{Name: "asOf", Value: func(x number) any { return x.at }, Head: asOf, Text: func(x number) string { return words.Clock(x.at) }},
		{Name: "atMost", Value: func(x number) any { return x.atMost }},
	}, numbers)
}

// orNull is a value for a program; rows without one have null.
func orNull(value string) any {
	if value == "" {
		return nil
	}
	return value
}

// rounded is a share to a millionth.
func rounded(share float64) float64 { return math.Round(share*1e6) / 1e6 }

// valueText is a value as a person reads it.
func (n *counting) valueText(lang words.Lang, value string) string {
	switch {
	case value == "":
		return lang.Say(words.NoValue)
	case n.by == byLabel:
		return value
	case n.column == recordset.ByStatus:
		if status, ok := sendcloud.ParseStatus(value); ok {
			return words.StatusName(lang, status)
		}
	case n.column == recordset.BySubStatus:
		if subs, err := sendcloud.ParseSubStatuses(value); err == nil && len(subs) == 1 {
			return words.CountRow(lang, subs[0].Status(), subs[0])
		}
	}
	label, hint := words.FacetValue(lang, n.column, value)
	if hint != "" {
		return label + " (" + hint + ")"
	}
	return label
}

// sortByCount sorts like a facet: most first.
func sortByCount(numbers []number) {
	slices.SortStableFunc(numbers, func(x, y number) int {
		return cmp.Or(cmp.Compare(y.count, x.count), cmp.Compare(x.value, y.value))
	})
}
