package counts

import (
	"slices"

	"bounceboard/sendcloud"
	"bounceboard/ui/words"
)

// row is a line of the screen.
type row struct {
	kind   kind
	status sendcloud.Status
	sub    sendcloud.SubStatus
	name   string
	cells  []sendcloud.Cell // whose numbers it adds up
	within bool             // the query asks for it
}

type kind uint8

const (
	all     kind = iota // the statuses together
	asked               // what the query asks for, of these
	rate                // by day: the part of all that the query asks for, or that failed
	total               // a status
	code                // a sub-status of the status above
	uncoded             // what the status counts beyond its codes
)

// statuses are in an order that shows each of them without scrolling in a
// window of 24 lines.
var statuses = []sendcloud.Status{sendcloud.Delivered, sendcloud.Requested, sendcloud.Invalid, sendcloud.SoftBounce}

// place is where a row stands; -1: nowhere.
func place(rows []row, k kind, s sendcloud.Status, sub sendcloud.SubStatus) int {
	return slices.IndexFunc(rows, func(r row) bool { return r.kind == k && r.status == s && r.sub == sub })
}

// listRows are the sums, then the statuses, each above its codes.
func (c *Counts) listRows() []row {
	say, everything := c.lang.Say, len(c.asked) == 0
	list := []row{{kind: all, name: say(words.CountAll), within: everything}}
	for _, s := range statuses {
		list[0].cells = append(list[0].cells, sendcloud.Cell{Status: s})
	}
	if !everything {
		list = append(list, row{kind: asked, name: say(words.CountAsked), cells: c.asked, within: true})
	}
	switch {
	case c.counting.days != nil && everything:
		list = append(list, row{kind: rate, name: say(words.CountFailRate), cells: []sendcloud.Cell{{Status: sendcloud.Invalid}, {Status: sendcloud.SoftBounce}}, within: true})
	case c.counting.days != nil:
		list = append(list, row{kind: rate, name: say(words.CountRate), cells: c.asked, within: true})
	}
	for _, s := range statuses {
		whole := sendcloud.Cell{Status: s}
		within := everything || slices.Contains(c.asked, whole)
		list = append(list, row{kind: total, status: s, name: words.CountRow(c.lang, s, 0), cells: []sendcloud.Cell{whole}, within: within})
		coded := false
		for _, sub := range sendcloud.SubStatuses() {
			if one := (sendcloud.Cell{Status: s, SubStatus: sub}); sub.Status() == s {
				list = append(list, row{code, s, sub, words.CountRow(c.lang, s, sub), []sendcloud.Cell{one}, within || slices.Contains(c.asked, one)})
				coded = true
			}
		}
		if coded {
			list = append(list, row{kind: uncoded, status: s, name: say(words.CountUncoded), within: within})
		}
	}
	return list
}

// begin is the row that the cursor stands on at first: invalid mail where it
// is asked for, else the query.
func (c *content) begin() int {
	if i := place(c.rows, total, sendcloud.Invalid, 0); c.rows[i].within {
		return i
	}
	return place(c.rows, asked, 0, 0)
}

// askedFor are the numbers that a query is about; none where it is about all.
func askedFor(q sendcloud.Query) []sendcloud.Cell {
	var cells []sendcloud.Cell
	for _, s := range sendcloud.SubStatuses() {
		if slices.Contains(q.SubStatuses, s) && (len(q.Statuses) == 0 || slices.Contains(q.Statuses, s.Status())) {
			cells = append(cells, sendcloud.Cell{Status: s.Status(), SubStatus: s})
		}
	}
	if len(q.SubStatuses) > 0 || len(q.Statuses) == len(sendcloud.Statuses()) {
		return cells
	}
	for _, s := range q.Statuses {
		cells = append(cells, sendcloud.Cell{Status: s})
	}
	return cells
}

// figure is a number on the screen. Of a rate N is the share times perShare.
type figure struct {
	sendcloud.Number
	rate  bool
	share float64 // of a rate
}

const perShare = 1e6

// settle works out every number on the screen.
func (c *Counts) settle(n sendcloud.Numbers) {
	c.figures = make([][]figure, len(c.counting.days)+1)
	for d := range c.figures {
		day := c.counting.date(d)
		on := func(r row) sendcloud.Number {
			cells := slices.Clone(r.cells)
			for i := range cells {
				cells[i] = cells[i].On(day)
			}
			return n.Of(cells...)
		}
		c.figures[d] = make([]figure, len(c.rows))
		for i, r := range c.rows {
			f := &c.figures[d][i]
			switch r.kind {
			case uncoded:
				f.Number = n.Uncoded(r.status, day)
			case rate:
				whole := c.figures[d][0]
				part, ok := on(r), false
				f.rate, f.Pending, f.Old = true, part.Pending || whole.Pending, part.Old || whole.Old
				if f.share, ok = part.Share(whole.Number); ok {
					f.Number = part
					f.N = int(f.share * perShare)
				}
			default:
				f.Number = on(r)
			}
		}
	}
}

// date is a day by its place, from 1; 0 is the whole span.
func (c *counting) date(d int) sendcloud.Date {
	if d == 0 {
		return sendcloud.Date{}
	}
	return c.days[d-1]
}

// share is row i's part of its whole on day d: of its status for a code, of
// all mail for any other row.
func (c *content) share(i, d int) (share float64, ok bool) {
	r := c.rows[i]
	whole := 0
	switch r.kind {
	case rate:
		return 0, false
	case code, uncoded:
		whole = place(c.rows, total, r.status, 0)
	}
	return c.figures[d][i].Share(c.figures[d][whole].Number)
}

// selection is the number under the cursor as a query.
type selection struct {
	statuses []sendcloud.Status
	subs     []sendcloud.SubStatus
	same     bool // but for the day it is the query itself
	empty    bool // there is no such mail
}

// selected is the number under the cursor; ok is false where the service
// cannot search for it.
func (c *Counts) selected() (s selection, ok bool) {
	r, f := c.rows[c.cursor.At], c.figures[c.day][c.cursor.At]
	s = selection{empty: f.Bound == sendcloud.Exact && f.N == 0 && !f.rate}
	switch r.kind {
	case all:
		s.same = len(c.asked) == 0
	case rate:
		if s.same = len(c.asked) > 0; !s.same {
			s.statuses = []sendcloud.Status{sendcloud.Invalid, sendcloud.SoftBounce}
		}
	case asked:
		s.same = true
	case total:
		s.statuses = []sendcloud.Status{r.status}
	case code:
		s.subs = []sendcloud.SubStatus{r.sub}
	}
	return s, r.kind != uncoded
}
