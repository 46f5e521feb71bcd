package cli

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"

	"bounceboard/sendcloud"
	"bounceboard/sendcloud/recordset"
	"bounceboard/ui/words"
)

// countAtService asks the service for nothing but numbers.
func countAtService(ctx context.Context, c *console, o *options, n *counting) error {
	ids, labels := []string(nil), []string(nil)
	if n.by == byLabel { // the labels are counted one by one
		comma := func(r rune) bool { return r == ',' }
		ids, labels = strings.FieldsFunc(o.labelID, comma), strings.FieldsFunc(o.labelName, comma)
		o.labelID, o.labelName = "", ""
	}
	conn, plan, err := planned(ctx, c, o)
	if err != nil {
		return err
	}
	defer conn.close()
	p := newProgress(c, conn.api)
	p.sentence = words.ProgressCounts
	defer p.clear()
	c.lastWords(func() { p.clear(); c.say(c.words(words.Interrupted)) })
	if len(labels) > 0 {
		plan.Notes = append(slices.Clone(plan.Notes), sendcloud.NameIsFuzzy)
	}
	for _, note := range plan.Notes {
		p.note(note)
	}
	shown, cells := n.cells(plan, ids, labels)
	count := conn.api.Count(plan, cells, false)
	p.follow(func() sendcloud.Summary { return sendcloud.Summary{Announced: count.Calls()} })
	if p.on {
		p.say(words.CallsAndTime(c.lang, count.Calls(), time.Minute*time.Duration(count.Calls())/time.Duration(conn.api.Budget().PerMinute)))
	}
	var failure error
	for _, err := range count.Run(ctx, p.watch) {
		if failure = err; err == nil {
			p.row()
		}
	}
	p.clear()
	got := count.Numbers()
	var numbers []number
	for _, a := range shown {
		if num := got.Of(a.cells...); num.Bound == sendcloud.Exact || num.Bound == sendcloud.AtMost {
			numbers = append(numbers, number{a.value, num.N, num.Bound == sendcloud.AtMost, num.At})
		} else if failure == nil {
			failure = num.Err
		}
	}
	if n.column != recordset.ByDay {
		sortByCount(numbers)
	}
	if err := writeNumbers(c, o, n, numbers); err != nil {
		return err
	}
	if len(numbers) == 0 && ctx.Err() == nil {
		return failure
	}
	for _, conflict := range got.Conflicts() {
		c.say(words.Conflict(c.lang, conflict, flagOf))
	}
	if left := uncoded(got, cells); left > 0 && n.by != byLabel && n.column == recordset.BySubStatus {
		c.say(c.words(words.CountsUncoded, words.Mails(c.lang, left)))
	}
	if len(numbers) > 0 {
		c.say(coversService(c.lang, plan, numbers))
	}
	switch missing, of := words.Number(len(shown)-len(numbers)), words.Number(len(shown)); {
	case ctx.Err() != nil:
		c.lastWords(func() {})
		c.say(c.words(words.CountsMissing, missing, of, c.words(words.Interrupted)))
		return ended(exitDone) // the signal decides
	case failure != nil:
		c.say(c.words(words.CountsMissing, missing, of, c.sentence(failure)))
		if errors.As(failure, new(*sendcloud.CredentialsError)) {
			return ended(exitCredentials)
		}
		return ended(exitFailed)
	}
	return nil
}

// shownNumber is a number that is shown: the sum of cells, and the value that it is for.
type shownNumber struct {
	value string
	cells []sendcloud.Cell
}

// cells are the numbers that are shown, and the cells to ask for, which can be more: sub-statuses have to add up to
// their statuses.
func (n *counting) cells(plan sendcloud.Plan, ids, labels []string) (shown []shownNumber, cells []sendcloud.Cell) {
	one := func(value string, c sendcloud.Cell) { // the cells of one value are added up
		cells = append(cells, c)
		if i := slices.IndexFunc(shown, func(a shownNumber) bool { return a.value == value }); i >= 0 {
			shown[i].cells = append(shown[i].cells, c)
			return
		}
		shown = append(shown, shownNumber{value, []sendcloud.Cell{c}})
	}
	switch {
	case n.by == byLabel:
		for _, id := range ids {
			one(id, sendcloud.Cell{LabelID: strings.TrimSpace(id)})
		}
		for _, label := range labels {
			one(label, sendcloud.Cell{LabelName: strings.TrimSpace(label)})
		}
	case n.column == recordset.ByDay:
		for _, day := range slices.Backward(plan.Days()) {
			one(day.String(), sendcloud.Cell{Day: day})
		}
	case n.column == recordset.ByAPIUser:
		for _, user := range plan.Query.APIUsers {
			one(user, sendcloud.Cell{APIUser: user})
		}
	case n.column == recordset.BySubStatus:
		for _, c := range plan.Cells() {
			switch {
			case c.SubStatus != 0:
				one(strconv.Itoa(int(c.SubStatus)), c)
			case c.Status == sendcloud.Invalid || c.Status == sendcloud.SoftBounce:
				cells = append(cells, c)
			}
		}
	default:
		for _, c := range plan.Cells() {
			if c.SubStatus == 0 || len(plan.Query.SubStatuses) > 0 {
				one(c.Status.String(), c)
			}
		}
	}
	return shown, cells
}

// uncoded is how many failures are in none of the sub-statuses; 0 where that is not known.
func uncoded(got sendcloud.Numbers, cells []sendcloud.Cell) int {
	left := 0
	for _, cell := range cells {
		if cell.SubStatus != 0 {
			continue
		}
		num := got.Uncoded(cell.Status, sendcloud.Date{})
		if num.Bound != sendcloud.Exact {
			return 0
		}
		left += num.N
	}
	return left
}

// coversService is what numbers of the service's own cover: the query, and when it was answered.
func coversService(lang words.Lang, plan sendcloud.Plan, numbers []number) string {
	byAge := func(x, y number) int { return x.at.Compare(y.at) }
	text := words.Clock(slices.MinFunc(numbers, byAge).at)
	if last := words.Clock(slices.MaxFunc(numbers, byAge).at); last != text {
		text = lang.Say(words.FromTo, text, last)
	}
	return lang.Say(words.CoversService, words.Query(lang, plan), text)
}
