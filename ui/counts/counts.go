// Package counts is the count view: how many mails have which status and
// sub-status, as a whole or day by day, filled in as the answers come.
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
// span; a zero Status is every status of the plan.
type Key struct {
	Status sendcloud.Status
	Sub    sendcloud.SubStatus
	Day    sendcloud.Date
}

// Number is an answer of the service.
type Number struct {
	Count  int
	AtMost bool      // the service ignored a filter: no more than Count
	At     time.Time // when it was told
	Err    error     // instead of a number
}

// Plan is what will be counted: each status and sub-status, on each day where
// days are named, else over the span as a whole.
type Plan struct {
	Statuses []sendcloud.Status
	Subs     []sendcloud.SubStatus
	Days     []sendcloud.Date
	Calls    int           // what it costs
	Takes    time.Duration // at the rate allowed
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
	have    int        // cells of the plan that were answered
	of      int        // cells of the plan
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
)

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
	c.have, c.of, c.oldest = 0, 0, time.Time{}
	c.cursor, c.top, c.day, c.left = 0, 0, 0, 0
	c.warn()
}

// Propose shows what would be counted and what it costs. Numbers that are
// there stay, so that days can be added to a count.
func (c *Counts) Propose(p Plan) {
	at, selected := row{}, c.cursor < len(c.rows)
	if selected {
		at = c.rows[c.cursor]
	}
	c.plan, c.phase = p, Proposed
	c.rows = rows(p)
	c.cursor, c.day, c.left = 0, 0, 0
	if i := slices.Index(c.rows, at); selected && i >= 0 {
		c.cursor = i
	}
	c.have, c.of, c.oldest = 0, 0, time.Time{}
	c.each(func(k Key) {
		c.of++
		if n, ok := c.numbers[k]; ok {
			c.count(n)
		}
	})
	c.settle()
	c.measure()
	c.reveal()
}

// rows are the plan's statuses, each above its codes.
func rows(p Plan) []row {
	var list []row
	var orphans []sendcloud.SubStatus
	for _, s := range p.Statuses {
		list = append(list, row{kind: total, status: s})
		for _, sub := range p.Subs {
			if sub.Status() == s {
				list = append(list, row{code, s, sub})
			}
		}
		if complete(p, s) {
			list = append(list, row{kind: uncoded, status: s})
		}
	}
	for _, sub := range p.Subs {
		if !slices.Contains(p.Statuses, sub.Status()) {
			orphans = append(orphans, sub)
		}
	}
	for _, sub := range orphans {
		list = append(list, row{code, sub.Status(), sub})
	}
	if len(p.Statuses) > 1 && len(orphans) == 0 || len(p.Statuses) == 0 && len(orphans) > 1 {
		list = append(list, row{kind: all})
	}
	return list
}

// complete reports whether every documented code of s is counted, so that what
// is missing to its total has none.
func complete(p Plan, s sendcloud.Status) bool {
	n := 0
	for _, sub := range sendcloud.SubStatuses() {
		if sub.Status() != s {
			continue
		}
		if !slices.Contains(p.Subs, sub) {
			return false
		}
		n++
	}
	return n > 0
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

// Start says that the calls go out: what is missing is on its way. What was
// flagged is forgotten, for it will be found again.
func (c *Counts) Start() {
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

// Number is the answer for k; ok is false while there is none.
func (c *Counts) Number(k Key) (n int, ok bool) {
	number, ok := c.numbers[k]
	return number.Count, ok && number.Err == nil
}

// Put takes an answer.
func (c *Counts) Put(k Key, n Number) {
	old, again := c.numbers[k]
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
	if !c.planned(k) {
		return
	}
	if !again {
		c.count(n)
	} else if old.At.Equal(c.oldest) || old.Err != nil {
		c.recount()
	}
}

// planned reports whether k is one of the numbers asked for.
func (c *Counts) planned(k Key) bool {
	if k.Day.IsZero() != (len(c.plan.Days) == 0) || !k.Day.IsZero() && !slices.Contains(c.plan.Days, k.Day) {
		return false
	}
	if k.Sub != 0 {
		return slices.Contains(c.plan.Subs, k.Sub)
	}
	return slices.Contains(c.plan.Statuses, k.Status)
}

func (c *Counts) count(n Number) {
	c.have++
	if n.Err == nil && !n.At.IsZero() && (c.oldest.IsZero() || n.At.Before(c.oldest)) {
		c.oldest = n.At
	}
}

func (c *Counts) recount() {
	c.have, c.oldest = 0, time.Time{}
	c.each(func(k Key) {
		if n, ok := c.numbers[k]; ok {
			c.count(n)
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

// MoveDay selects another day, n days later; before the first day stands the
// whole span. It reports whether there are days.
func (c *Counts) MoveDay(n int) bool {
	c.day = max(0, min(c.day+n, len(c.plan.Days)))
	c.reveal()
	return len(c.plan.Days) > 0
}

// Selected is the number under the cursor, what a search would narrow to; ok
// is false where there is none the service could search for.
func (c *Counts) Selected() (k Key, ok bool) {
	if c.cursor >= len(c.rows) {
		return Key{}, false
	}
	r := c.rows[c.cursor]
	return Key{r.status, r.sub, c.date(c.day)}, r.kind != uncoded
}

// reveal scrolls just enough to show the cursor: the rows are few.
func (c *Counts) reveal() {
	h := c.body()
	c.top = max(min(c.top, c.cursor, len(c.rows)-h), c.cursor-h+1, 0)
	n := c.cols.days
	c.left = max(min(c.left, c.day-1, len(c.plan.Days)-n), c.day-n, 0)
}
