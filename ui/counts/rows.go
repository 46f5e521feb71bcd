package counts

import (
	"slices"

	"bounceboard/sendcloud"
	"bounceboard/ui/words"
)

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
func (c *content) place(k kind, s sendcloud.Status, sub sendcloud.SubStatus) int {
	return slices.IndexFunc(c.rows, func(r row) bool { return r.kind == k && r.status == s && r.sub == sub })
}

func (c *Counts) selected() (row, figure) { return c.rows[c.cursor.At], c.figures[c.day][c.cursor.At] }

func (c *Counts) listRows() []row {
	say, everything := c.Lang.Say, len(c.asked) == 0
	list := []row{{kind: all, name: say(words.CountAll), within: everything}}
	for _, s := range statuses {
		list[0].cells = append(list[0].cells, sendcloud.Cell{Status: s})
	}
	of := row{kind: rate, name: say(words.CountFailRate), cells: []sendcloud.Cell{{Status: sendcloud.Invalid}, {Status: sendcloud.SoftBounce}}, within: true}
	if !everything {
		list = append(list, row{kind: asked, name: say(words.CountAsked), cells: c.asked, within: true})
		of.name, of.cells = say(words.CountRate), c.asked
	}
	if c.days != nil {
		list = append(list, of)
	}
	for _, s := range statuses {
		whole := sendcloud.Cell{Status: s}
		within := everything || slices.Contains(c.asked, whole)
		list = append(list, row{kind: total, status: s, name: words.CountRow(c.Lang, s, 0), cells: []sendcloud.Cell{whole}, within: within})
		coded := false
		for _, sub := range sendcloud.SubStatuses() {
			if one := (sendcloud.Cell{Status: s, SubStatus: sub}); sub.Status() == s {
				list = append(list, row{code, s, sub, words.CountRow(c.Lang, s, sub), []sendcloud.Cell{one}, within || slices.Contains(c.asked, one)})
				coded = true
			}
		}
		if coded {
			list = append(list, row{kind: uncoded, status: s, name: say(words.CountUncoded), within: within})
		}
	}
	return list
}

// askedFor are the numbers that a query is about; none where it is about all.
func askedFor(p sendcloud.Plan) []sendcloud.Cell {
	codes := len(p.Query.SubStatuses) > 0
	cells := slices.DeleteFunc(p.Cells(), func(c sendcloud.Cell) bool { return !codes && c.SubStatus != 0 })
	if !codes && len(cells) == len(sendcloud.Statuses()) {
		return nil
	}
	return cells
}

type figure struct {
	sendcloud.Number
	rate  bool
	share float64 // of a rate
}

// place names a number on the screen.
type place struct {
	kind   kind
	status sendcloud.Status
	sub    sendcloud.SubStatus
	day    sendcloud.Date
}

// settle works out every number on the screen. While numbers are asked for
// again, a sum stays as it was until all of it is new: with its time.
func (c *Counts) settle(n sendcloud.Numbers) {
	was := c.known
	c.figures, c.known = make([][]figure, len(c.days)+1), map[place]figure{}
	for d := range c.figures {
		day := c.date(d)
		c.figures[d] = make([]figure, len(c.rows))
		for i, r := range c.rows {
			f, at := &c.figures[d][i], place{r.kind, r.status, r.sub, day}
			if r.kind == uncoded {
				f.Number = n.Uncoded(r.status, day)
				continue
			}
			cells := slices.Clone(r.cells)
			for i := range cells {
				cells[i] = cells[i].On(day)
			}
			if f.Number = n.Of(cells...); f.Old && was[at].Old && was[at].Bound != sendcloud.Unknown {
				f.Number = was[at].Number
			}
			c.known[at] = *f
			if r.kind == rate {
				share, ok := f.Share(c.figures[d][0].Number)
				f.rate, f.share = true, share
				if !ok {
					f.Bound = sendcloud.Unknown
				}
			}
		}
	}
}

// date is a day by its place, from 1; 0 is the whole span.
func (c *Counts) date(d int) sendcloud.Date {
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
	case rate, all:
		return 0, false
	case code, uncoded:
		whole = c.place(total, r.status, 0)
	}
	return c.figures[d][i].Share(c.figures[d][whole].Number)
}
