// Package counts is the count view: how many mails have which status and
// sub-status, as a whole or day by day, filled in as the answers come. Every
// status is counted, also those that the question leaves out: a rate is a part
// of all that was sent.
package counts

import (
	"slices"
	"time"

	"bounceboard/sendcloud"
	"bounceboard/theme"
	"bounceboard/ui/cell"
	"bounceboard/ui/chart"
	"bounceboard/ui/words"
)

// Key names a number. A zero Sub is the status as a whole, a zero Day the whole
// span.
type Key struct {
	Status sendcloud.Status
	Sub    sendcloud.SubStatus
	Day    sendcloud.Date
}

// Number is an answer of the service.
type Number struct {
	Count  int
	AtMost bool      // the service ignored a filter: no more than Count
	Whole  bool      // and no more than Count together with its like: it was this status or sub-status
	Span   bool      // and no more than Count together with other days: it was the dates
	At     time.Time // when it was told
	Err    error     // instead of a number

	old bool // it was asked for again since; with Err, in vain
}

// Plan is what will be counted: each status and sub-status, on each day where
// days are named, else over the span as a whole.
type Plan struct {
	Days  []sendcloud.Date // in the order of time
	Asked []Key            // what the question asks for, without days; empty: everything
	Calls int              // what it costs
	Takes time.Duration    // at the rate allowed
	Again bool             // also the numbers that are there
}

// Phase says how far counting is.
type Phase int

// The phases.
const (
	Proposed Phase = iota // the cost is said, nothing was asked
	Running
	Stopped
)

// Counts is the view. The zero value is not usable; see New.
type Counts struct {
	th   theme.Theme
	ink  chart.Inks
	lang words.Lang
	fit  cell.Style

	w, h int
	cols columns

	plan    Plan
	phase   Phase
	rows    []row
	numbers map[Key]Number
	figures [][]figure // by day, the whole span first, and row
	have    int        // numbers of the plan that were answered
	erred   int        // of these, with an error
	of      int        // numbers of the plan
	oldest  time.Time
	flags   []flag
	warned  int // lines that the longest of their sentences takes

	cursor, top int // rows
	day, left   int // 0: the whole span, else the day before it in plan.Days; left is the first day on screen
}

type flag struct {
	key Key
	why string
}

// row is a line of the view.
type row struct {
	kind   kind
	status sendcloud.Status
	sub    sendcloud.SubStatus
}

type kind uint8

const (
	total   kind = iota // a status
	code                // a sub-status of the status above
	uncoded             // what the status counts beyond its codes
	all                 // the statuses together
	asked               // what the question asks for, of these
	rate                // by day: which part of all that is; of a question for everything, the failures
)

// statuses are in an order that shows each of them without scrolling in a
// window of 24 lines.
var statuses = []sendcloud.Status{sendcloud.Delivered, sendcloud.Requested, sendcloud.Invalid, sendcloud.SoftBounce}

var failures = []Key{{Status: sendcloud.Invalid}, {Status: sendcloud.SoftBounce}}

// New is an empty view.
func New(th theme.Theme, lang words.Lang) *Counts {
	return &Counts{th: th, ink: chart.NewInks(th), lang: lang, fit: cell.Style{ASCII: th.ASCII}, numbers: map[Key]Number{}}
}

// SetSize gives the view w×h cells.
func (c *Counts) SetSize(w, h int) {
	c.w, c.h = max(0, w), max(0, h)
	c.measure()
	c.warn()
	c.reveal()
}

// Clear forgets the plan, the numbers and what was flagged, for another query.
func (c *Counts) Clear() {
	c.plan, c.phase, c.rows, c.flags, c.figures = Plan{}, Proposed, nil, nil, nil
	c.numbers = map[Key]Number{}
	c.have, c.erred, c.of, c.oldest = 0, 0, 0, time.Time{}
	c.cursor, c.top, c.day, c.left = 0, 0, 0, 0
	c.warn()
}

// Propose shows what would be counted and what it costs. Numbers that are
// there stay, so that days can be added to a count.
func (c *Counts) Propose(p Plan) {
	at := row{}
	if c.cursor < len(c.rows) {
		at = c.rows[c.cursor]
	}
	if !slices.Equal(p.Days, c.plan.Days) {
		c.day, c.left = 0, 0
	}
	c.plan, c.phase = p, Proposed
	c.rows = rows(p)
	if c.cursor = slices.Index(c.rows, at); c.cursor < 0 {
		c.cursor = c.begin()
	}
	c.recount()
	c.settle()
	c.measure()
	c.reveal()
}

// begin is the row that the cursor stands on at first: invalid mail where it
// is asked for, else the question.
func (c *Counts) begin() int {
	if i := slices.Index(c.rows, row{kind: total, status: sendcloud.Invalid}); c.within(c.rows[i]) {
		return i
	}
	return slices.Index(c.rows, row{kind: asked})
}

// rows are the sums, then the statuses, each above its codes.
func rows(p Plan) []row {
	list := []row{{kind: all}}
	if len(p.Asked) > 0 {
		list = append(list, row{kind: asked})
	}
	if len(p.Days) > 0 {
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

// within reports whether the question asks for what stands in a row.
func (c *Counts) within(r row) bool {
	switch {
	case len(c.plan.Asked) == 0 || r.kind == asked || r.kind == rate:
		return true
	case r.kind == all:
		return false
	}
	return slices.Contains(c.plan.Asked, Key{Status: r.status}) ||
		r.sub != 0 && slices.Contains(c.plan.Asked, Key{Status: r.status, Sub: r.sub})
}

// each calls f with every number of the plan.
func (c *Counts) each(f func(Key)) {
	days := c.plan.Days
	if len(days) == 0 {
		days = []sendcloud.Date{{}}
	}
	for _, day := range days {
		for _, r := range c.rows {
			if r.kind == total || r.kind == code {
				f(Key{r.status, r.sub, day})
			}
		}
	}
}

// Start says that the calls go out: what is missing is on its way, and of a
// plan to count again the numbers that are there are old until new ones come.
// Where days are counted again, what was told of the span goes: they add up to it.
// What was flagged is forgotten, for it will be found again.
func (c *Counts) Start() {
	if c.phase == Proposed && c.plan.Again {
		c.each(func(k Key) {
			if n, ok := c.numbers[k]; ok && n.At.IsZero() {
				delete(c.numbers, k) // nothing but an error
			} else if ok {
				n.old, n.Err = true, nil
				c.numbers[k] = n
			}
		})
		for k := range c.numbers {
			if len(c.plan.Days) > 0 && k.Day.IsZero() {
				delete(c.numbers, k)
			}
		}
		c.recount()
	}
	c.phase, c.flags = Running, nil
	c.settle()
	c.warn()
	c.reveal()
}

// Stop says that no more numbers will come.
func (c *Counts) Stop() {
	c.phase = Stopped
	c.settle()
}

// Phase is how far counting is.
func (c *Counts) Phase() Phase { return c.phase }

// Done reports whether every number of the plan was answered.
func (c *Counts) Done() bool { return c.of > 0 && c.have == c.of }

// Missing is how many numbers of the plan did not come, or only an error.
func (c *Counts) Missing() int { return c.of - c.have + c.erred }

// Put takes an answer. An error does not take the place of an old number.
func (c *Counts) Put(k Key, n Number) {
	if was := c.numbers[k]; was.old && n.Err != nil {
		was.Err = n.Err
		n = was
	}
	c.numbers[k] = n
	row := slices.IndexFunc(c.rows, func(r row) bool {
		return r.status == k.Status && r.sub == k.Sub && (r.kind == total || r.kind == code)
	})
	if row >= 0 {
		if d := slices.Index(c.plan.Days, k.Day); d >= 0 {
			c.settleRow(row, d+1)
			c.derive(d + 1)
		}
		c.settleRow(row, 0)
		c.derive(0)
	}
	c.recount()
}

// recount says how far counting is, and how old the oldest number on the screen
// is: beside days also one that was told of the whole span.
func (c *Counts) recount() {
	c.have, c.erred, c.of, c.oldest = 0, 0, 0, time.Time{}
	aged := func(n Number) {
		if !n.old && !n.At.IsZero() && (c.oldest.IsZero() || n.At.Before(c.oldest)) {
			c.oldest = n.At
		}
	}
	for k, n := range c.numbers {
		if k.Day.IsZero() && n.Err == nil {
			aged(n)
		}
	}
	c.each(func(k Key) {
		c.of++
		n, ok := c.numbers[k]
		switch {
		case n.Err != nil:
			c.have++
			c.erred++
		case ok && !n.old:
			c.have++
			aged(n)
		}
	})
}

// Flag says, in a sentence, that a number contradicts others. It stands with a
// mark from then on, and no sum is made of it. The zero Key is for a sentence
// about no number in particular.
func (c *Counts) Flag(k Key, why string) {
	if f := (flag{k, why}); !slices.Contains(c.flags, f) {
		c.flags = append(c.flags, f)
	}
	c.settle()
	c.warn()
	c.reveal()
}

func (c *Counts) flagged(k Key) (why string, ok bool) {
	for _, f := range c.flags {
		if f.key == k {
			return f.why, true
		}
	}
	return "", false
}

// Move moves the selection by n rows.
func (c *Counts) Move(n int) {
	c.cursor = max(0, min(c.cursor+n, len(c.rows)-1))
	c.reveal()
}

// First selects the first row, Last the last.
func (c *Counts) First() { c.Move(-len(c.rows)) }

// Last selects the last row.
func (c *Counts) Last() { c.Move(len(c.rows)) }

// Scroll moves the selection by n halves of the window.
func (c *Counts) Scroll(halves int) { c.Move(halves * max(1, c.body()/2)) }

// MoveDay selects another day, n days later. Before the first day stands the
// whole span, and before that the last day: today is a key away. It reports
// whether there are days.
func (c *Counts) MoveDay(n int) bool {
	if days := len(c.plan.Days); c.day == 0 && n < 0 {
		c.day = days
	} else {
		c.day = max(0, min(c.day+n, days))
	}
	c.reveal()
	return len(c.plan.Days) > 0
}

// Selection is the number under the cursor as a question.
type Selection struct {
	Statuses []sendcloud.Status
	Subs     []sendcloud.SubStatus
	Day      sendcloud.Date // zero: the whole span
	Same     bool           // but for the day it is the question that was asked
	Beyond   bool           // the question does not ask for it
	Empty    bool           // there is no such mail
}

// Selected is the number under the cursor; ok is false where there is none the
// service could search for.
func (c *Counts) Selected() (s Selection, ok bool) {
	if c.cursor >= len(c.rows) {
		return Selection{}, false
	}
	r, f := c.rows[c.cursor], c.figures[c.day][c.cursor]
	s = Selection{Day: c.date(c.day), Beyond: !c.within(r), Empty: f.state == known && f.count == 0 && !f.rate}
	switch r.kind {
	case all:
		s.Same = len(c.plan.Asked) == 0
	case rate:
		if s.Same = len(c.plan.Asked) > 0; !s.Same {
			s.Statuses = []sendcloud.Status{sendcloud.Invalid, sendcloud.SoftBounce}
		}
	case asked:
		s.Same = true
	case total:
		s.Statuses = []sendcloud.Status{r.status}
	case code:
		s.Subs = []sendcloud.SubStatus{r.sub}
	}
	return s, r.kind != uncoded
}

// key is the number under the cursor; ok is false where it is made of others.
func (c *Counts) key() (k Key, ok bool) {
	if c.cursor >= len(c.rows) {
		return Key{}, false
	}
	r := c.rows[c.cursor]
	return Key{r.status, r.sub, c.date(c.day)}, r.kind == total || r.kind == code
}

// reveal scrolls just enough to show the cursor: the rows are few. Of many days
// the last ones show until another is selected.
func (c *Counts) reveal() {
	h := c.body()
	c.top = max(min(c.top, c.cursor, len(c.rows)-h), c.cursor-h+1, 0)
	n := c.cols.days
	day := c.day
	if day == 0 {
		day = len(c.plan.Days)
	}
	c.left = max(min(c.left, day-1, len(c.plan.Days)-n), day-n, 0)
}
