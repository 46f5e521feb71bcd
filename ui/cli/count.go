package cli

import (
	"cmp"
	"context"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"bounceboard/keymap"
	"bounceboard/sendcloud"
	"bounceboard/sendcloud/rate"
	"bounceboard/sendcloud/recordset"
	"bounceboard/sendcloud/rowjson"
	"bounceboard/theme"
	"bounceboard/ui/cell"
	"bounceboard/ui/detail"
	"bounceboard/ui/export"
	"bounceboard/ui/words"
)

type counting struct {
	by     string
	column recordset.Column // of the rows; byLabel has none
}

// byLabel is the field that stands in no row.
const byLabel = "label"

func countCommand(c *console) *cobra.Command {
	o, n := &options{}, &counting{}
	known := append(names(recordset.Facets()), byLabel)
	return rowsCommand(c, o, "count --by FIELD [flags]", "count/", words.CountShort, words.CountLong, words.CountExamples, func(s *flagSet) {
		s.choices(func(v string) { n.by = v }, "by", known, "", func(v string) (string, bool) {
			if column, ok := recordset.ParseColumn(v); ok {
				v = column.String()
			}
			return v, slices.Contains(known, v)
		})
	}, func(ctx context.Context, _ []string) error {
		n.column, _ = recordset.ParseColumn(n.by)
		rows := len(o.from) > 0 || o.all
		switch {
		case n.by == "":
			return usage(words.ByMissing, strings.Join(known, ", "))
		case rows && n.by == byLabel:
			return usage(words.LabelInRows, "--all, --from")
		case rows:
			return countRows(ctx, c, o, n)
		case len(o.filters) > 0:
			return usage(words.FilterNeedsAll)
		case n.by == byLabel && o.query.LabelID+o.query.LabelName == "":
			return usage(words.NeedsLabels)
		case n.column == recordset.ByAPIUser && len(o.query.APIUsers) == 0:
			return usage(words.NeedsUsers)
		case n.by != byLabel && !slices.Contains([]recordset.Column{recordset.ByStatus, recordset.BySubStatus, recordset.ByDay, recordset.ByAPIUser}, n.column):
			return usage(words.NeedsRows, n.by)
		}
		return countAtService(ctx, c, o, n)
	})
}

// number is a value and how many mails have it.
type number struct {
	value  string // empty: rows without one
	count  int
	atMost bool
	absent bool      // the count did not come
	at     time.Time // zero: of rows that are here
	failed rate.Rate // how many of them failed; All is 0 where that is not known
}

// rates reports whether mail of a value can be compared by how much of it failed.
func (n *counting) rates() bool { return n.by == byLabel || n.column.Rates() }

func countRows(ctx context.Context, c *console, o *options, n *counting) error {
	return overRows(ctx, c, o, recordset.ColumnsOf(n.column, recordset.ByStatus), n.column.NeedsMining(), func(snap recordset.Snapshot, rows recordset.Selection) error {
		order := recordset.ByCount
		if slices.Contains([]recordset.Column{recordset.ByDay, recordset.ByHour, recordset.ByTook}, n.column) {
			order = recordset.ByValue
		}
		facet, err := snap.Facet(context.WithoutCancel(ctx), rows, n.column, order)
		if err != nil {
			return err
		}
		numbers := make([]number, len(facet.Values))
		for i, v := range facet.Values {
			numbers[i] = number{value: v.Value, count: v.Count, failed: v.Rate}
		}
		return writeNumbers(c, o, n, numbers)
	})
}

func writeNumbers(c *console, o *options, n *counting, numbers []number) error {
	head, asOf, sum, whole := c.words(words.LabelLabel), "", 0, true
	if n.by != byLabel {
		head = words.ColumnName(c.lang, n.column)
	}
	numbers = slices.DeleteFunc(slices.Clone(numbers), func(x number) bool { return x.count == 0 && !x.absent })
	for _, x := range numbers {
		whole = whole && !x.absent && !x.atMost
		if sum += x.count; !x.at.IsZero() {
			asOf = c.words(words.LabelAsOf)
		}
	}
	return writeReport(c, o, append([]export.Column[number]{
		{Name: "value", Value: func(x number) any { return export.OrNull(x.value) }, Head: head, Text: func(x number) string { return n.valueText(c.lang, x.value) }, Width: 60},
		figure("count", c.words(words.LabelMails), func(x number) any {
			if x.absent {
				return nil
			}
			return x.count
		}, func(x number) string {
			return totalWords(c.lang, sendcloud.Summary{Announced: x.count, AtMost: x.atMost || x.absent, AtLeast: x.absent})
		}),
		share(c.lang, whole, func(x number) float64 { return float64(x.count) / float64(sum) }),
		{Name: "asOf", Value: func(x number) any { return x.at }, Head: asOf, Text: func(x number) string { return words.Clock(x.at) }},
		{Name: "atMost", Value: func(x number) any { return x.atMost }},
	}, rateColumns(c.lang, numbers)...), numbers)
}

// figure is a column of numbers, which stand to the right in a table.
func figure[T any](name, head string, value func(T) any, text func(T) string) export.Column[T] {
	return export.Column[T]{Name: name, Value: value, Head: head, Text: text, Fit: cell.Style.FitRight}
}

// share is a column of shares. whole: every number is known exactly; else no share can be told.
func share[T any](lang words.Lang, whole bool, of func(T) float64) export.Column[T] {
	value, text := func(x T) any { return rounded(of(x)) }, func(x T) string { return words.Percent(of(x)) }
	if !whole {
		value, text = func(T) any { return nil }, func(T) string { return "–" }
	}
	return figure("share", lang.Say(words.LabelShare), value, text)
}

func rounded(share float64) float64 { return math.Round(share*1e6) / 1e6 }

func (n *counting) valueText(lang words.Lang, value string) string {
	status, isStatus := sendcloud.ParseStatus(value)
	subs, _ := sendcloud.ParseSubStatuses(value)
	switch {
	case value == "":
		return lang.Say(words.NoValue)
	case n.by == byLabel:
		return value
	case n.column == recordset.ByStatus && isStatus:
		return words.StatusName(lang, status)
	case n.column == recordset.BySubStatus && len(subs) == 1:
		return words.CountRow(lang, subs[0].Status(), subs[0])
	}
	label, hint := words.FacetValue(lang, n.column, value)
	if hint != "" {
		label += " (" + hint + ")"
	}
	return label
}

// countAtService asks the service for nothing but numbers.
func countAtService(ctx context.Context, c *console, o *options, n *counting) error {
	asked := *o
	if n.by == byLabel { // the labels are counted one by one
		asked.query.LabelID, asked.query.LabelName = "", ""
	}
	conn, plan, err := planned(ctx, c, &asked)
	if err != nil {
		return err
	}
	defer conn.close()
	p := newProgress(c, conn.api)
	defer c.clearLine()
	p.notes(plan.Notes)
	if n.by == byLabel && o.query.LabelName != "" {
		p.notes([]sendcloud.Note{sendcloud.NameIsFuzzy})
	}
	shown, cells := n.cells(plan, o.query)
	failures := n.failures(plan, shown)
	cells = append(cells, slices.Concat(slices.Collect(maps.Values(failures))...)...)
	got, numbers, failure := n.ask(ctx, conn.api.Count(plan, cells, false), p, shown, failures)
	if lower := lowered(plan.Query.Emails, nil); failure == nil && lower != nil && !slices.ContainsFunc(numbers, func(x number) bool { return x.count > 0 }) {
		c.say(c.words(words.LowerCase))
		plan.Query.Emails = lower
		if plan, err = conn.api.Plan(plan.Query); err != nil {
			return err
		}
		got, numbers, failure = n.ask(ctx, conn.api.Count(plan, cells, false), p, shown, failures)
	}
	came := slices.DeleteFunc(slices.Clone(numbers), func(x number) bool { return x.absent })
	if len(came) == 0 {
		numbers = nil
	}
	if err := writeNumbers(c, o, n, numbers); err != nil || len(came) == 0 && ctx.Err() == nil {
		return cmp.Or(err, failure)
	}
	for _, conflict := range got.Conflicts() {
		c.say(words.Conflict(c.lang, conflict))
	}
	if left := uncoded(got, cells); left > 0 && n.by == recordset.BySubStatus.String() {
		c.say(c.words(words.CountsUncoded, words.Mails(c.lang, left)))
	}
	if len(came) > 0 {
		oldest := slices.MinFunc(came, func(x, y number) int { return x.at.Compare(y.at) })
		c.say(c.words(words.CoversService, words.Query(c.lang, plan), words.Clock(oldest.at)))
	}
	if ctx.Err() != nil {
		failure = failed(words.Interrupted)
	}
	if failure == nil {
		return nil
	}
	c.say(c.words(words.CountsMissing, words.Number(len(shown)-len(came)), words.Number(len(shown)), c.sentence(failure)))
	return endedBy(failure) // after an interrupt the signal decides
}

// ask asks for the numbers of the values shown, after saying what that costs. The error says why numbers are missing.
func (n *counting) ask(ctx context.Context, count *sendcloud.Count, p *progress, shown, failures map[string][]sendcloud.Cell) (
	got sendcloud.Numbers, numbers []number, failure error) {
	calls, window := count.Calls(), p.api.Window()
	p.follow(func() sendcloud.Summary { return sendcloud.Summary{Announced: calls} })
	if p.on {
		p.c.say(words.CallsAndTime(p.c.lang, calls, time.Minute*time.Duration(calls)/time.Duration(p.api.Budget().PerMinute)))
	}
	for _, err := range count.Run(ctx, p.watch) {
		if failure = err; err == nil {
			p.row()
		}
	}
	p.c.clearLine()
	if p.api.Window() < window {
		p.notes([]sendcloud.Note{sendcloud.SmallerWindows})
	}
	got = count.Numbers()
	for value, of := range shown {
		num, bad := got.Of(of...), got.Of(failures[value]...)
		if num.Bound != sendcloud.Exact && num.Bound != sendcloud.AtMost {
			failure, numbers = cmp.Or(failure, num.Err), append(numbers, number{value: value, absent: true})
			continue
		}
		x := number{value: value, count: num.N, atMost: num.Bound == sendcloud.AtMost, at: num.At}
		if len(failures[value]) > 0 && num.Bound == sendcloud.Exact && bad.Bound == sendcloud.Exact {
			x.failed, _ = rate.Of(bad.N, num.N)
		}
		numbers = append(numbers, x)
	}
	slices.SortFunc(numbers, func(x, y number) int {
		if n.by == recordset.ByDay.String() { // the latest first
			return cmp.Compare(y.value, x.value)
		}
		return cmp.Or(cmp.Compare(y.count, x.count), cmp.Compare(x.value, y.value))
	})
	return got, numbers, failure
}

// cells returns, for each value shown, the cells to sum, and all to ask for: the failures too, to see that sub-statuses add up to them.
func (n *counting) cells(plan sendcloud.Plan, labels sendcloud.Query) (of map[string][]sendcloud.Cell, cells []sendcloud.Cell) {
	of = map[string][]sendcloud.Cell{}
	one := func(value string, c sendcloud.Cell) {
		if value != "" {
			cells, of[value] = append(cells, c), append(of[value], c)
		}
	}
	switch {
	case n.by == byLabel:
		for _, id := range sendcloud.ParseItems(labels.LabelID) {
			one(id, sendcloud.Cell{LabelID: id})
		}
		for _, name := range strings.Split(labels.LabelName, ",") {
			one(strings.TrimSpace(name), sendcloud.Cell{LabelName: strings.TrimSpace(name)})
		}
	case n.column == recordset.ByDay:
		for _, day := range slices.Backward(plan.Days()) {
			one(day.String(), sendcloud.Cell{Day: day})
		}
	case n.column == recordset.ByAPIUser:
		for _, user := range plan.Query.APIUsers {
			one(user, sendcloud.Cell{APIUser: user})
		}
	}
	for _, c := range plan.Cells() {
		switch failed := c.Status == sendcloud.Invalid || c.Status == sendcloud.SoftBounce; {
		case n.by == recordset.ByStatus.String() && (c.SubStatus == 0 || len(plan.Query.SubStatuses) > 0):
			one(c.Status.String(), c)
		case n.column == recordset.BySubStatus && c.SubStatus != 0:
			one(strconv.Itoa(int(c.SubStatus)), c)
		case n.column == recordset.BySubStatus && failed:
			cells = append(cells, c)
		}
	}
	return of, cells
}

// uncoded is how many failures are known to be in none of the sub-statuses.
func uncoded(got sendcloud.Numbers, cells []sendcloud.Cell) (left int) {
	for _, cell := range cells {
		if num := got.Uncoded(cell.Status, sendcloud.Date{}); cell.SubStatus == 0 && num.Bound == sendcloud.Exact {
			left += num.N
		}
	}
	return left
}

const (
	sampled     = 2000 // rows of a pattern that are read to list the values of its variables
	mostDomains = 20   // domains of a pattern that are named, beside how many there are
)

func patternsCommand(c *console) *cobra.Command {
	o := &options{}
	run := func(ctx context.Context, args []string) error {
		if len(o.from) == 0 && !o.all {
			return usage(words.PatternsNeed)
		}
		return overRows(ctx, c, o, 0, true, func(snap recordset.Snapshot, rows recordset.Selection) error {
			all, covered, err := snap.Patterns(context.WithoutCancel(ctx), rows, sampled)
			id := strings.ToLower(keymap.Narrow(strings.Join(args, "")))
			all = slices.DeleteFunc(all, func(s recordset.Summary) bool { return !strings.HasPrefix(string(s.ID), id) })
			if err == nil && id != "" && len(all) == 0 {
				err = failed(words.NoSuchPattern, id)
			} else if err == nil && id != "" && len(all) == 1 && o.format == string(export.Table) {
				return writeCard(c, o, func(th theme.Theme, width int, links bool) []string {
					return detail.PatternCard(th, c.lang, width, links, snap, all[0], covered)
				})
			}
			return cmp.Or(err, writeReport(c, o, patternColumns(c.lang, snap), all))
		})
	}
	cmd := rowsCommand(c, o, "patterns [flags] [ID]", "count/", words.PatternsShort, words.PatternsLong, words.PatternsExamples, func(*flagSet) {}, run)
	cmd.Long += "\n\n" + c.words(words.PatternsJSON)
	cmd.Args = cobra.ArbitraryArgs
	return cmd
}

// patternColumns are those of a pattern. In a table the text comes last, as wide as it is.
func patternColumns(lang words.Lang, snap recordset.Snapshot) []export.Column[recordset.Summary] {
	type summary = recordset.Summary
	return []export.Column[summary]{
		{Name: "id", Value: func(s summary) any { return string(s.ID) }, Head: lang.Say(words.HeadID), Text: func(s summary) string { return string(s.ID) }},
		figure("count", lang.Say(words.LabelMails), func(s summary) any { return s.Count }, func(s summary) string { return words.Number(s.Count) }),
		share(lang, true, func(s summary) float64 { return s.Share }),
		{Name: "cause", Value: func(s summary) any { return export.OrNull(s.Causes[0].Value) }, Head: lang.Say(words.LabelCause), Width: 24,
			Text: func(s summary) string {
				return cmp.Or(words.CauseName(lang, s.Causes[0].Value), lang.Say(words.NoValue))
			}},
		{Name: "pattern", Value: func(s summary) any { return s.Text }},
		{Name: "first", Value: func(s summary) any { return s.First }, Head: lang.Say(words.LabelFirst), Text: func(s summary) string { return export.Minute(s.First) }},
		{Name: "last", Value: func(s summary) any { return s.Last }, Head: lang.Say(words.LabelLast), Text: func(s summary) string { return export.Minute(s.Last) }},
		{Name: "causes", Value: func(s summary) any { return counts(s.Causes) }},
		{Name: "domains", Value: func(s summary) any { return counts(s.Domains[:min(len(s.Domains), mostDomains)]) }},
		{Name: "domainCount", Value: func(s summary) any { return len(s.Domains) }},
		{Name: "variables", Value: func(s summary) any {
			return objects(s.Variables, func(v recordset.Variable) rowjson.Object {
				return rowjson.Object{{Key: "slot", Value: v.Slot}, {Key: "kind", Value: v.Kind.String()}, {Key: "few", Value: v.Few()},
					{Key: "distinct", Value: v.Distinct}, {Key: "atLeast", Value: v.More || v.Rows < s.Count}, {Key: "sampled", Value: v.Rows}, {Key: "values", Value: counts(v.Values)}}
			})
		}},
		{Name: "samples", Value: func(s summary) any {
			return objects(s.Samples, func(row int) rowjson.Object {
				r := snap.Record(row)
				return rowjson.Object{{Key: "emailId", Value: r.EmailID}, {Key: "recipients", Value: r.Recipients},
					{Key: "requestTime", Value: r.RequestTime}, {Key: "sendLog", Value: r.SendLog}}
			})
		}},
		{Head: lang.Say(words.LabelPattern), Text: func(s summary) string { return s.Text }},
	}
}

func objects[T any](list []T, of func(T) rowjson.Object) []any {
	all := make([]any, len(list))
	for i, item := range list {
		all[i] = of(item)
	}
	return all
}

func counts(list []recordset.Count) []any {
	return objects(list, func(c recordset.Count) rowjson.Object {
		return rowjson.Object{{Key: "value", Value: export.OrNull(c.Value)}, {Key: "count", Value: c.Count}}
	})
}
