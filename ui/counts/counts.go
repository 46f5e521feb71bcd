// Package counts is the screen of the numbers that the service tells: how many mails have which status and sub-status, as a whole
// or day by day. Every status is counted, also those that the query leaves out: a rate is a part of all that was sent.
package counts

import (
	"context"
	"errors"
	"reflect"
	"slices"
	"time"

	"bounceboard/keymap"
	"bounceboard/sendcloud"
	"bounceboard/theme"
	"bounceboard/ui/confirm"
	"bounceboard/ui/pane"
	"bounceboard/ui/screen"
	"bounceboard/ui/session"
	"bounceboard/ui/words"
)

// Kind is the kind of job that counts.
const (
	Kind      screen.Kind = "counts"
	unasked               = 25                     // calls that counting makes without a question: those of one window
	newsEvery             = 100 * time.Millisecond // the screen takes numbers no more often
)

// API is what counting needs of the client.
type API interface {
	Count(p sendcloud.Plan, cells []sendcloud.Cell, fresh bool) *sendcloud.Count
	Budget() sendcloud.Budget
}

// Counts is the screen of one query. The zero value is not usable; see New.
type Counts struct {
	pane.Look
	api      API
	plan     sendcloud.Plan
	running  func(screen.Kind) bool
	now      func() time.Time
	today    sendcloud.Date   // at the last key or number
	asked    []sendcloud.Cell // what the query is about; none: everything
	count    *sendcloud.Count
	days     []sendcloud.Date // shown beside the span, in the order of time; nil: none
	progress session.Progress
	err      error // why counting ended: all other calls would end in the same way
	content
	cursor pane.Cursor
	day    int // 0: the whole span, else the day before it in days
	left   int // the first day on the screen
}

// content is what is drawn. It is worked out when numbers came, not when they are drawn.
type content struct {
	rows                  []row
	figures               [][]figure        // by day, the whole span first, and by row
	known                 map[string]figure // the same
	cols                  columns
	warning               []string  // why counting ended, or how the numbers contradict each other, in lines
	answered, failed, all int       // numbers
	helps                 bool      // asking for the failed ones again may help
	oldest                time.Time // when the oldest of them was told
}

// New is the screen for a plan. running tells whether a job is under way.
func New(th theme.Theme, lang words.Lang, keys keymap.Map, api API, plan sendcloud.Plan,
	running func(screen.Kind) bool, now func() time.Time) *Counts {
	c := &Counts{Look: pane.NewLook(keymap.CountsPage, th, lang, keys), api: api, plan: plan, running: running, now: now}
	c.asked, c.count = askedFor(plan), api.Count(plan, sendcloud.Plan{}.Cells(), false)
	c.arrange()
	if c.cursor.At = c.place(total, sendcloud.Invalid, 0); !c.rows[c.cursor.At].within {
		c.cursor.At = c.place(asked, 0, 0)
	}
	c.reveal()
	return c
}

// Open begins to count where nothing is counted yet.
func (c *Counts) Open() screen.Effect {
	if c.answered > 0 || c.running(Kind) {
		return screen.Effect{}
	}
	return c.ask(c.count, c.days)
}

func (c *Counts) Can(a keymap.Action) bool {
	return a != keymap.Again && a != keymap.GoOn || !c.running(Kind) && (a == keymap.Again || c.lacks())
}

// lacks reports whether numbers are missing that may come when they are asked for.
func (c *Counts) lacks() bool { return c.answered+c.failed < c.all || c.failed > 0 && c.helps }

// Progress is what the calls last said; of use while they are under way.
func (c *Counts) Progress() session.Progress { return c.progress }

func (c *Counts) Press(a keymap.Action, _ string) screen.Effect {
	defer c.reveal()
	c.today = sendcloud.DateOf(c.now())
	switch running := c.running(Kind); {
	case c.cursor.Press(a, len(c.rows), c.body()):
	case a == keymap.Earlier, a == keymap.Later:
		return c.moveDay(map[keymap.Action]int{keymap.Earlier: -1, keymap.Later: 1}[a])
	case a == keymap.ByDay:
		return c.toggleDays()
	case a == keymap.GoOn && !running && !c.lacks():
		return screen.Say(c.state())
	case (a == keymap.GoOn || a == keymap.Again) && !running:
		next := c.count
		if !c.lacks() {
			next = next.Again()
		}
		return c.ask(next, c.days)
	case a == keymap.ShowMails:
		return c.show()
	case a == keymap.Copy:
		return c.copied()
	case a == keymap.Back && running:
		return screen.Effect{Stop: []screen.Kind{Kind}}
	case a == keymap.Back:
		return screen.Effect{Pop: true}
	}
	return screen.Effect{}
}

func (c *Counts) toggleDays() screen.Effect {
	c.day, c.left = 0, 0
	days := c.plan.Days()
	slices.Reverse(days)
	switch {
	case c.days != nil:
		c.days = nil
	case c.all > len(sendcloud.Plan{}.Cells()): // they are counted
		c.days = days
	default:
		var cells []sendcloud.Cell
		for _, day := range days {
			for _, cell := range (sendcloud.Plan{}).Cells() {
				cells = append(cells, cell.On(day))
			}
		}
		return c.ask(c.count.More(cells), days)
	}
	c.arrange()
	return screen.Effect{}
}

// ask starts to count where that costs little, else it asks first. What was under way ends; its numbers stay.
func (c *Counts) ask(next *sendcloud.Count, days []sendcloud.Date) screen.Effect {
	calls := next.Calls()
	if calls <= unasked {
		return c.start(next, days)
	}
	takes := time.Duration(calls) * time.Minute / time.Duration(max(1, c.api.Budget().PerMinute))
	cost := c.Say(words.CountCost, words.CallsAndTime(c.Lang, calls, takes))
	yes := func() screen.Effect { return c.start(next, days) }
	return screen.Effect{Stop: []screen.Kind{Kind}, Push: confirm.New(c.Theme, cost, yes)}
}

func (c *Counts) start(count *sendcloud.Count, days []sendcloud.Date) screen.Effect {
	c.count, c.days, c.err, c.progress = count, days, nil, session.Progress{Budget: c.api.Budget()}
	c.arrange()
	return screen.Run(screen.Job{Kind: Kind,
		Run: func(ctx context.Context, tell func(any)) (any, error) {
			var told time.Time
			for n, err := range count.Run(ctx, func(e sendcloud.Event) { tell(e) }) {
				if err != nil {
					return nil, err
				}
				if at := time.Now(); at.Sub(told) >= newsEvery {
					told = at
					tell(n)
				}
			}
			return nil, nil
		},
		Told: func(news any) screen.Effect {
			if e, ok := news.(sendcloud.Event); ok {
				c.progress = c.progress.After(e, c.api.Budget(), c.now())
			} else {
				c.arrange()
			}
			return screen.Effect{}
		},
		Done: func(_ any, err error) screen.Effect {
			if !errors.Is(err, context.Canceled) {
				c.err = err
			}
			c.arrange()
			return screen.Effect{}
		}})
}

// moveDay selects the day n days later. Before the first day stands the whole span, and before that the last day.
func (c *Counts) moveDay(n int) screen.Effect {
	switch days := len(c.days); {
	case days == 0:
		return c.Tell(words.CountNoDays)
	case c.day == 0 && n < 0:
		c.day = days
	default:
		c.day = max(0, min(c.day+n, days))
	}
	return screen.Effect{}
}

func (c *Counts) show() screen.Effect {
	r, f := c.selected()
	table := c.plan.Query // what the table shows
	table.Start = 0
	q := table
	switch {
	case f.Bound == sendcloud.Exact && f.N == 0 && r.kind != rate:
		return c.Tell(words.NothingBehind)
	case r.kind == uncoded:
		return c.Tell(words.CountNoCode)
	case r.kind == code:
		q.Statuses, q.SubStatuses = nil, []sendcloud.SubStatus{r.sub}
	case r.kind == total:
		q.Statuses, q.SubStatuses = []sendcloud.Status{r.status}, nil
	case r.kind == rate && len(c.asked) == 0:
		q.Statuses = []sendcloud.Status{sendcloud.Invalid, sendcloud.SoftBounce}
	case r.kind == all && len(c.asked) > 0:
		q.Statuses, q.SubStatuses = nil, nil
	}
	if c.day > 0 {
		q.Days, q.StartDate, q.EndDate = 0, c.date(c.day), c.date(c.day)
	}
	if reflect.DeepEqual(q, table) {
		return screen.Effect{Pop: true}
	}
	return screen.Effect{Ask: &screen.Question{Query: q}}
}

func (c *Counts) Resize(w, h int) {
	c.Look.Resize(w, h)
	c.arrange()
}

// arrange takes the numbers as they are now. Drawing only reads them.
func (c *Counts) arrange() {
	at := row{}
	if c.cursor.At < len(c.rows) {
		at = c.rows[c.cursor.At]
	}
	c.day, c.today = min(c.day, len(c.days)), sendcloud.DateOf(c.now())
	c.rows = c.listRows()
	c.cursor.At = max(0, c.place(at.kind, at.status, at.sub))
	numbers := c.count.Numbers()
	c.settle(numbers)
	c.answered, c.failed, c.all = numbers.Progress()
	c.helps = slices.ContainsFunc(numbers.Cells(), func(cell sendcloud.Cell) bool {
		err, none := numbers.Of(cell).Err, (*sendcloud.TotalError)(nil)
		return err != nil && !errors.As(err, &none)
	})
	c.oldest = numbers.Oldest()
	c.cols = measure(c.W, len(c.days))
	c.warning = nil
	if c.err != nil {
		text := words.Capital(words.ErrorHere(c.Lang, c.err)) + c.Say(words.FullStop)
		c.warning = append(c.Fit.Wrap(text, max(2, c.W-2)), c.state())
	}
	for _, conflict := range numbers.Conflicts() {
		text := c.Theme.Marks.Warn + " " + words.Here(c.Lang, words.Conflict(c.Lang, conflict))
		c.warning = append(c.warning, c.Fit.Wrap(text, max(2, c.W-2))...)
	}
	c.reveal()
}

// reveal scrolls to the cursor. Of many days the last ones show until another is selected.
func (c *Counts) reveal() {
	c.cursor.Fit(len(c.rows), c.body())
	n, all, day := c.cols.days, len(c.days), c.day
	if day == 0 {
		day = all
	}
	c.left = max(min(c.left, day-1, all-n), day-n, 0)
}
