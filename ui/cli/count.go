package cli

import (
	"cmp"
	"context"
	"errors"
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

// counting is what count is told beside the filters.
type counting struct {
	by     []string
	column recordset.Column
	listing
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

// fieldKey is what a field's names have in common: sub-status, subStatus as the
// rows spell it, SUB_STATUS.
func fieldKey(name string) string {
	return strings.NewReplacer("-", "", "_", "", " ", "").Replace(strings.ToLower(keymap.Narrow(name)))
}

func (a *app) countCommand() *cobra.Command {
	f, c := &flags{}, &counting{}
	output := a.group(words.HelpOutput, func(s *flagSet) {
		s.of = "count/"
		s.add(value(func(v string) error {
			i := slices.IndexFunc(countable(), func(name string) bool { return fieldKey(name) == fieldKey(v) })
			if i < 0 {
				return usage(words.NotAChoice, "--by", v, strings.Join(countable(), ", "))
			}
			c.by = append(c.by, countable()[i])
			return nil
		}), "by")
		s.choice(&c.format, "format", formats()...)
		a.rowFlags(s, f, &c.listing)
	})
	groups := append([]flagGroup{output}, a.askingForAll(f)...)
	cmd := a.command("count --by FIELD [flags]", words.CountShort, words.CountLong, words.CountExamples, append(groups, a.screen(f))...)
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		if err := c.check(cmd, terminal(a.Out)); err != nil {
			return err
		}
		if err := c.checkField(f); err != nil {
			return err
		}
		if terminal(a.Out) {
			a.checkLocale()
		}
		if f.from != "" || c.all {
			return a.countRows(cmd.Context(), f, c)
		}
		return a.countAtService(cmd.Context(), f, c)
	}
	return cmd
}

// rowFlags are those of the commands that work on every row.
func (a *app) rowFlags(s *flagSet, f *flags, l *listing) {
	s.yes(&l.all, "all")
	s.once(&f.from, "from")
	s.once(&f.filter, "filter")
}

// askingForAll are the flags of asking without those of a page, which are
// known only to say so.
func (a *app) askingForAll(f *flags) []flagGroup {
	groups := a.asking(f)
	for _, g := range groups {
		for _, page := range []string{"start", "limit"} {
			if flag := g.set.Lookup(page); flag != nil {
				flag.Hidden = true
			}
		}
	}
	return groups
}

// check is listing's, and refuses what is about one page or no rows.
func (c *counting) check(cmd *cobra.Command, onTerminal bool) error {
	switch {
	case len(c.by) == 0:
		return usage(words.ByMissing, strings.Join(countable(), ", "))
	case len(c.by) > 1:
		return usage(words.ByTwice)
	}
	return everyRow(cmd, &c.listing, onTerminal)
}

// everyRow checks the flags of the commands that have no pages.
func everyRow(cmd *cobra.Command, l *listing, onTerminal bool) error {
	if err := fromAlone(cmd); err != nil {
		return err
	}
	for _, page := range []string{"start", "limit"} {
		if cmd.Flags().Changed(page) {
			return usage(words.EveryRow, cmd.Name(), "--"+page)
		}
	}
	return l.check(cmd, onTerminal)
}

// checkField refuses what cannot be counted this way.
func (c *counting) checkField(f *flags) error {
	by := c.by[0]
	c.column, _ = recordset.ParseColumn(by)
	inRows := f.from != "" || c.all
	switch {
	case by == byLabel && f.from != "":
		return usage(words.LabelInRows, "--from")
	case by == byLabel && c.all:
		return usage(words.LabelInRows, "--all")
	case inRows:
		return nil
	case f.filter != "":
		return usage(words.FilterNeedsAll)
	case by == byLabel && f.labelID == "" && f.labelName == "":
		return usage(words.NeedsLabels)
	case by == byLabel:
		return nil
	case c.column == recordset.ByAPIUser && len(f.apiUsers) == 0:
		return usage(words.NeedsUsers)
	case c.column != recordset.ByStatus && c.column != recordset.BySubStatus && c.column != recordset.ByDay && c.column != recordset.ByAPIUser:
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
func (a *app) countRows(ctx context.Context, f *flags, c *counting) error {
	g, err := a.gather(ctx, f, c.column.NeedsMining(), recordset.ColumnsOf(c.column))
	if err != nil {
		return err
	}
	order := recordset.ByCount
	if c.column == recordset.ByDay || c.column == recordset.ByHour || c.column == recordset.ByTook {
		order = recordset.ByValue
	}
	facet, err := g.snap.Facet(despite(ctx), g.rows, c.column, order, nil)
	if err != nil {
		return err
	}
	numbers := make([]number, len(facet.Values))
	for i, v := range facet.Values {
		numbers[i] = number{value: v.Value, count: v.Count}
	}
	if err := a.writeNumbers(f, c, numbers); err != nil {
		return err
	}
	if g.covers != "" {
		a.say(g.covers)
	}
	return g.incomplete
}

// writeNumbers leaves out what is nothing.
func (a *app) writeNumbers(f *flags, c *counting, numbers []number) error {
	sum := 0
	for _, n := range numbers {
		sum += n.count
	}
	head := words.HeadLabel
	if c.by[0] != byLabel {
		head = words.Sentence{EN: words.FacetColumn(words.English, c.column), ZH: words.FacetColumn(words.Chinese, c.column)}
	}
	say := a.lang.Say
	r := export.Report{Columns: []export.ReportColumn{
		{Name: "value", Head: say(head), Most: 60}, {Name: "count", Head: say(words.HeadMails), Right: true},
		{Name: "share", Head: say(words.HeadShare), Right: true}, {Name: "asOf"}, {Name: "atMost"},
	}}
	for _, n := range numbers {
		if n.count == 0 {
			continue
		}
		share := float64(n.count) / float64(sum)
		count := words.Number(n.count)
		if n.atMost {
			count = say(words.AtMost, count)
		}
		asOf := ""
		if !n.at.IsZero() {
			r.Columns[3].Head = say(words.HeadAsOf)
			asOf = words.Clock(n.at)
		}
		r.Lines = append(r.Lines, export.ReportLine{
			Values: []any{orNull(n.value), n.count, rounded(share), n.at, n.atMost},
			Texts:  []string{a.valueText(c, n.value), count, words.Percent(share), asOf, ""},
		})
	}
	return export.WriteReport(export.Format(c.format), listOutput{a, a.newProgress(nil)}, r, a.exportOptions(f, &c.listing))
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
func (a *app) valueText(c *counting, value string) string {
	switch {
	case value == "":
		return a.lang.Say(words.NoValue)
	case c.by[0] == byLabel:
		return value
	case c.column == recordset.ByStatus:
		if s, ok := sendcloud.ParseStatus(value); ok {
			return words.StatusName(a.lang, s)
		}
	case c.column == recordset.BySubStatus:
		if subs, err := sendcloud.ParseSubStatuses(value); err == nil && len(subs) == 1 {
			return words.CountRow(a.lang, subs[0].Status(), subs[0])
		}
	}
	label, hint := words.FacetValue(a.lang, c.column, value)
	if hint != "" {
		return label + " (" + hint + ")"
	}
	return label
}

// byCount sorts like a facet: most first.
func byCount(numbers []number) {
	slices.SortStableFunc(numbers, func(x, y number) int {
		return cmp.Or(cmp.Compare(y.count, x.count), cmp.Compare(x.value, y.value))
	})
}

// countAtService asks the service for nothing but numbers.
func (a *app) countAtService(ctx context.Context, f *flags, c *counting) error {
	ids, labels := []string(nil), []string(nil)
	if c.by[0] == byLabel { // the labels are counted one by one
		ids, labels = listed(f.labelID), listed(f.labelName)
		f.labelID, f.labelName = "", ""
	}
	conn, plan, err := a.ask(ctx, f)
	if err != nil {
		return err
	}
	defer conn.close()
	p := a.newProgress(conn.api)
	p.numbers = true
	defer p.clear()
	a.last.set(p.clear, func() { p.clear(); a.say(a.lang.Say(words.Interrupted)) })
	for _, note := range plan.Notes {
		p.note(note)
	}
	r := &asking{app: a, conn: conn, plan: plan, progress: p}
	var numbers []number
	switch {
	case c.by[0] == byLabel:
		numbers, err = r.byLabel(ctx, ids, labels)
	case c.column == recordset.ByDay:
		numbers, err = r.byDay(ctx)
	case c.column == recordset.ByAPIUser:
		numbers, err = r.byUser(ctx)
	default:
		numbers, err = r.byStatus(ctx, c.column == recordset.BySubStatus)
	}
	p.clear()
	if err := a.writeNumbers(f, c, numbers); err != nil {
		return err
	}
	if len(numbers) == 0 && ctx.Err() == nil {
		return err
	}
	for _, text := range r.said {
		a.say(text)
	}
	if len(numbers) > 0 {
		a.say(a.coversService(plan, numbers))
	}
	switch came, of := words.Number(len(numbers)), words.Number(r.of); {
	case ctx.Err() != nil:
		a.last.set(p.clear, nil)
		a.say(a.lang.Say(words.CountsCame, a.lang.Say(words.Interrupted), came, of, words.Number(r.of-len(numbers))))
		return ended(exitDone) // the signal decides
	case err != nil:
		a.say(a.lang.Say(words.CountsMissing, words.Number(r.of-len(numbers)), of, a.sentence(err)))
		if refused := (*sendcloud.CredentialsError)(nil); errors.As(err, &refused) {
			return ended(exitCredentials)
		}
		return ended(exitFailed)
	}
	return nil
}

// coversService is what numbers of the service's own cover: the question, and
// when it was answered.
func (a *app) coversService(plan sendcloud.Plan, numbers []number) string {
	byAge := func(x, y number) int { return x.at.Compare(y.at) }
	text := words.Clock(slices.MinFunc(numbers, byAge).at)
	if last := words.Clock(slices.MaxFunc(numbers, byAge).at); last != text {
		text = a.lang.Say(words.FromTo, text, last)
	}
	return a.lang.Say(words.CoversService, words.Query(a.lang, plan), text)
}

// listed are the items of a list by comma.
func listed(text string) []string {
	var items []string
	for _, item := range strings.Split(text, ",") {
		if item = strings.TrimSpace(item); item != "" {
			items = append(items, item)
		}
	}
	return items
}
