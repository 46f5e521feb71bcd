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
	"bounceboard/ui/export"
	"bounceboard/ui/words"
)

// counting is what count counts by.
type counting struct {
	by     []string // as given; one is right
	column recordset.Column
}

// byLabel is the field that stands in no row.
const byLabel = "label"

func countable() []string {
	var names []string
	for _, c := range recordset.Facets() {
		names = append(names, c.String())
	}
	return append(names, byLabel)
}

// fieldKey is what the names of a field have in common: sub-status, subStatus as the rows spell it, SUB_STATUS.
func fieldKey(name string) string {
	return strings.NewReplacer("-", "", "_", "", " ", "").Replace(strings.ToLower(keymap.Narrow(name)))
}

func countCommand(c *console) *cobra.Command {
	o, n := &options{}, &counting{}
	output := newGroup(c.lang, words.HelpOutput, func(s *flagSet) {
		s.of = "count/"
		s.add(value(func(v string) error {
			i := slices.IndexFunc(countable(), func(name string) bool { return fieldKey(name) == fieldKey(v) })
			if i < 0 {
				return usage(words.NotAChoice, "--by", v, strings.Join(countable(), ", "))
			}
			n.by = append(n.by, countable()[i])
			return nil
		}), "by")
		rowFlags(s, o)
	})
	groups := append([]flagGroup{output}, everyRowFlags(c, o)...)
	cmd := newCommand(c, "count --by FIELD [flags]", words.CountShort, words.CountLong, words.CountExamples, append(groups, screenFlags(c, o))...)
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		switch {
		case len(n.by) == 0:
			return usage(words.ByMissing, strings.Join(countable(), ", "))
		case len(n.by) > 1:
			return usage(words.ByTwice)
		}
		if err := checkEveryRow(cmd, o, terminal(c.Out)); err != nil {
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
	by := n.by[0]
	n.column, _ = recordset.ParseColumn(by)
	switch {
	case by == byLabel && len(o.from) > 0:
		return usage(words.LabelInRows, "--from")
	case by == byLabel && o.all:
		return usage(words.LabelInRows, "--all")
	case len(o.from) > 0 || o.all:
		return nil
	case o.filter != "":
		return usage(words.FilterNeedsAll)
	case by == byLabel && o.labelID == "" && o.labelName == "":
		return usage(words.NeedsLabels)
	case by == byLabel:
		return nil
	case n.column == recordset.ByAPIUser && len(o.apiUsers) == 0:
		return usage(words.NeedsUsers)
	case n.column != recordset.ByStatus && n.column != recordset.BySubStatus && n.column != recordset.ByDay && n.column != recordset.ByAPIUser:
		return usage(words.NeedsRows, by)
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
	if g.covers != "" {
		c.say(g.covers)
	}
	return g.incomplete
}

// writeNumbers leaves out what is nothing.
func writeNumbers(c *console, o *options, n *counting, numbers []number) error {
	sum := 0
	for _, n := range numbers {
		sum += n.count
	}
	head := c.words(words.LabelLabel)
	if n.by[0] != byLabel {
		head = words.ColumnName(c.lang, n.column)
	}
	r := export.Report{Columns: []export.ReportColumn{
		{Name: "value", Head: head, Most: 60}, {Name: "count", Head: c.words(words.LabelMails), Right: true},
		{Name: "share", Head: c.words(words.LabelShare), Right: true}, {Name: "asOf"}, {Name: "atMost"},
	}}
	for _, num := range numbers {
		if num.count == 0 {
			continue
		}
		share := float64(num.count) / float64(sum)
		count := words.Number(num.count)
		if num.atMost {
			count = c.words(words.AtMost, count)
		}
		asOf := ""
		if !num.at.IsZero() {
			r.Columns[3].Head = c.words(words.LabelAsOf)
			asOf = words.Clock(num.at)
		}
		r.Lines = append(r.Lines, export.ReportLine{
			Values: []any{orNull(num.value), num.count, rounded(share), num.at, num.atMost},
			Texts:  []string{n.valueText(c.lang, num.value), count, words.Percent(share), asOf, ""},
		})
	}
	return writeReport(c, o, r)
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
	case n.by[0] == byLabel:
		return value
	case n.column == recordset.ByStatus:
		if s, ok := sendcloud.ParseStatus(value); ok {
			return words.StatusName(lang, s)
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
