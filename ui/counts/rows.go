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

func indexOf(rows []row, r row) int { return slices.Index(rows, r) }

// listRows are the sums, then the statuses, each above its codes.
func (c *Counts) listRows() []row {
	list := []row{{kind: all}}
	if len(c.asked) > 0 {
		list = append(list, row{kind: asked})
	}
	if c.counting.days != nil {
		list = append(list, row{kind: rate})
	}
	for _, s := range statuses {
		list = append(list, row{kind: total, status: s})
		coded := false
		for _, sub := range sendcloud.SubStatuses() {
			if sub.Status() == s {
				list = append(list, row{code, s, sub})
				coded = true
			}
		}
		if coded {
			list = append(list, row{kind: uncoded, status: s})
		}
	}
	return list
}

// begin is the row that the cursor stands on at first: invalid mail where it
// is asked for, else the query.
func (c *Counts) begin() int {
	if i := indexOf(c.rows, row{kind: total, status: sendcloud.Invalid}); c.within(c.rows[i]) {
		return i
	}
	return indexOf(c.rows, row{kind: asked})
}

// askedFor are the numbers that a query is about; none where it is about all.
func askedFor(q sendcloud.Query) []Cell {
	var cells []Cell
	for _, s := range sendcloud.SubStatuses() {
		if slices.Contains(q.SubStatuses, s) && (len(q.Statuses) == 0 || slices.Contains(q.Statuses, s.Status())) {
			cells = append(cells, Cell{Status: s.Status(), SubStatus: s})
		}
	}
	if len(q.SubStatuses) > 0 || len(q.Statuses) == len(sendcloud.Statuses()) {
		return cells
	}
	for _, s := range q.Statuses {
		cells = append(cells, Cell{Status: s})
	}
	return cells
}

// cells are the numbers that a row adds up.
func (c *Counts) cells(r row) []Cell {
	switch r.kind {
	case all:
		return []Cell{{Status: sendcloud.Delivered}, {Status: sendcloud.Requested}, {Status: sendcloud.Invalid}, {Status: sendcloud.SoftBounce}}
	case asked:
		return c.asked
	case rate:
		if len(c.asked) > 0 {
			return c.asked
		}
		return []Cell{{Status: sendcloud.Invalid}, {Status: sendcloud.SoftBounce}}
	}
	return []Cell{{Status: r.status, SubStatus: r.sub}}
}

// within reports whether the query asks for what stands in a row.
func (c *Counts) within(r row) bool {
	switch {
	case len(c.asked) == 0 || r.kind == asked || r.kind == rate:
		return true
	case r.kind == all:
		return false
	}
	return slices.Contains(c.asked, Cell{Status: r.status}) || r.sub != 0 && slices.Contains(c.asked, Cell{Status: r.status, SubStatus: r.sub})
}

// name is what a row counts.
func (c *Counts) name(r row) string {
	switch r.kind {
	case all:
		return c.lang.Say(words.CountAll)
	case asked:
		return c.lang.Say(words.CountAsked)
	case rate:
		if len(c.asked) == 0 {
			return c.lang.Say(words.CountFailRate)
		}
		return c.lang.Say(words.CountRate)
	case uncoded:
		return c.lang.Say(words.CountUncoded)
	}
	return words.CountRow(c.lang, r.status, r.sub)
}

// figure is a number on the screen. Of a rate N is the share times perShare.
type figure struct {
	Number
	rate  bool
	share float64 // of a rate
}

const perShare = 1e6

// settle works out every number on the screen.
func (c *Counts) settle(n Numbers) {
	c.figures = make([][]figure, len(c.counting.days)+1)
	for d := range c.figures {
		day := c.date(d)
		on := func(r row) Number {
			cells := slices.Clone(c.cells(r))
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
func (c *Counts) date(d int) sendcloud.Date {
	if d == 0 {
		return sendcloud.Date{}
	}
	return c.counting.days[d-1]
}

// share is row i's part of its whole on day d: of its status for a code, of
// all mail for any other row.
func (c *Counts) share(i, d int) (share float64, ok bool) {
	r := c.rows[i]
	whole := 0
	switch r.kind {
	case rate:
		return 0, false
	case code, uncoded:
		whole = indexOf(c.rows, row{kind: total, status: r.status})
	}
	return c.figures[d][i].Share(c.figures[d][whole].Number)
}

// selection is the number under the cursor as a query.
type selection struct {
	statuses []sendcloud.Status
	subs     []sendcloud.SubStatus
	same     bool // but for the day it is the query itself
	beyond   bool // the query does not ask for it
	empty    bool // there is no such mail
}

// selected is the number under the cursor; ok is false where the service
// cannot search for it.
func (c *Counts) selected() (s selection, ok bool) {
	r, f := c.rows[c.cursor.At], c.figures[c.day][c.cursor.At]
	s = selection{beyond: !c.within(r), empty: f.Bound == Exact && f.N == 0 && !f.rate}
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
