// Package counts is the screen of the numbers that the service tells: how many
// mails have which status and sub-status, as a whole or day by day. Every
// status is counted, also those that the query leaves out: a rate is a part of
// all that was sent.
package counts

import (
	"context"
	"errors"
	"time"

	"bounceboard/keymap"
	"bounceboard/sendcloud"
	"bounceboard/theme"
	"bounceboard/ui/cell"
	"bounceboard/ui/chart"
	"bounceboard/ui/pane"
	"bounceboard/ui/screen"
	"bounceboard/ui/session"
	"bounceboard/ui/words"
)

// Kind is the kind of job that counts.
const Kind screen.Kind = "counts"

const (
	unasked   = 25                     // calls that counting makes without a question: those of one window
	newsEvery = 100 * time.Millisecond // the screen takes numbers no more often
)

// API is what counting needs of the client.
type API interface {
	Count(p sendcloud.Plan, cells []sendcloud.Cell, fresh bool) *sendcloud.Count
	Budget() sendcloud.Budget
}

// Counts is the screen of one query. The zero value is not usable; see New.
type Counts struct {
	th      theme.Theme
	ink     chart.Inks
	lang    words.Lang
	keys    keymap.Map
	fit     cell.Style
	api     API
	plan    sendcloud.Plan
	running func(screen.Kind) bool
	now     func() time.Time

	asked    []sendcloud.Cell // what the query is about; none: everything
	counting counting
	before   *counting // what was there before this was proposed; nil: nothing is to be withdrawn
	progress session.Progress

	content
	cursor pane.Cursor
	day    int // 0: the whole span, else the day before it in days
	left   int // the first day on the screen
	w, h   int
}

// content is what is drawn. It is worked out when numbers came, not when they
// are drawn.
type content struct {
	rows    []row
	figures [][]figure // by day, the whole span first, and by row
	have    have
	cols    columns
	warning string // how the numbers contradict each other
}

// have is how far counting is.
type have struct {
	answered, failed, all int       // numbers
	oldest                time.Time // when the oldest of them was told
}

// missing is how many numbers did not come, or only an error.
func (h have) missing() int { return h.all - h.answered }

// counting is a count and what is shown of it.
type counting struct {
	count    *sendcloud.Count
	days     []sendcloud.Date // shown beside the span, in the order of time; nil: none
	daily    bool             // it counts the days too
	proposed bool             // it costs something, and was not started
}

// New is the screen for a plan. running tells whether a job is under way.
func New(th theme.Theme, lang words.Lang, keys keymap.Map, api API, plan sendcloud.Plan, running func(screen.Kind) bool, now func() time.Time) *Counts {
	c := &Counts{th: th, ink: chart.NewInks(th), lang: lang, keys: keys, fit: cell.Style{ASCII: th.ASCII},
		api: api, plan: plan, running: running, now: now, asked: askedFor(plan.Query)}
	c.counting = counting{count: api.Count(plan, sendcloud.AllCells(), false), proposed: true}
	c.arrange()
	c.cursor.At = c.begin()
	c.reveal()
	return c
}

// Open begins to count where nothing is counted yet and that costs little.
func (c *Counts) Open() screen.Effect {
	if c.counting.proposed && c.before == nil && c.counting.count.Calls() <= unasked {
		return c.start()
	}
	return screen.Effect{}
}

// Place is the counts.
func (c *Counts) Place() keymap.Place { return keymap.CountsPage }

// Can reports whether an action does something now.
func (c *Counts) Can(a keymap.Action) bool {
	switch a {
	case keymap.Again:
		return !c.running(Kind)
	case keymap.GoOn:
		return !c.running(Kind) && !c.counting.proposed && c.have.missing() > 0
	}
	return true
}

// Hint is the word for a key where it does something else than usual.
func (c *Counts) Hint(a keymap.Action) words.Sentence {
	switch {
	case a == keymap.ShowMails && c.counting.proposed:
		return words.StartHint
	case a == keymap.ByDay && c.counting.days != nil:
		return words.TotalsHint
	case a == keymap.Back && c.underWay():
		return words.StopHint
	}
	return words.Sentence{}
}

// Progress is what the calls last said; of use while they are under way.
func (c *Counts) Progress() session.Progress { return c.progress }

// Press does an action.
func (c *Counts) Press(a keymap.Action, _ string) screen.Effect {
	e := c.press(a)
	c.reveal()
	return e
}

func (c *Counts) press(a keymap.Action) screen.Effect {
	if c.cursor.Press(a, len(c.rows), c.body()) {
		return screen.Effect{}
	}
	switch a {
	case keymap.Earlier:
		return c.moveDay(-1)
	case keymap.Later:
		return c.moveDay(1)
	case keymap.ByDay:
		return c.toggleDays()
	case keymap.GoOn, keymap.Again:
		switch {
		case c.running(Kind):
			return screen.Effect{}
		case c.counting.proposed, c.have.missing() > 0:
			return c.start()
		case a == keymap.GoOn:
			return screen.Say(c.lang.Say(words.CountWhole.With(c.keys)))
		}
		next := c.counting
		next.count = next.count.Again()
		return c.propose(next)
	case keymap.ShowMails:
		if c.counting.proposed {
			return c.start()
		}
		return c.show()
	case keymap.Back:
		switch {
		case c.underWay():
			c.arrange()
			return screen.Effect{Stop: []screen.Kind{Kind}}
		case c.before != nil:
			return c.withdraw()
		}
		return screen.Effect{Pop: true}
	}
	return screen.Effect{}
}

// underWay reports whether numbers are on their way.
func (c *Counts) underWay() bool { return c.running(Kind) && c.have.missing() > 0 }

// toggleDays shows the days beside the span, or the span alone.
func (c *Counts) toggleDays() screen.Effect {
	next := c.counting
	c.day, c.left = 0, 0
	switch {
	case next.days != nil && next.proposed && c.before != nil:
		return c.withdraw()
	case next.days != nil:
		next.days = nil
	default:
		for day := c.plan.First; !c.plan.Last.Before(day); day = day.AddDays(1) {
			next.days = append(next.days, day)
		}
		if !next.daily {
			next.daily, next.count = true, next.count.More(sendcloud.ByDay(sendcloud.AllCells(), next.days))
			return c.propose(next)
		}
	}
	c.counting = next
	c.arrange()
	return screen.Effect{}
}

// propose says what counting costs, and starts it where that is little.
func (c *Counts) propose(next counting) screen.Effect {
	var e screen.Effect
	if c.running(Kind) {
		e.Stop = []screen.Kind{Kind}
	}
	if c.before == nil {
		was := c.counting
		c.before = &was
	}
	c.counting = next
	c.counting.proposed = true
	c.arrange()
	if next.count.Calls() <= unasked {
		e.Run = c.start().Run
	}
	return e
}

// withdraw takes back what was proposed.
func (c *Counts) withdraw() screen.Effect {
	c.counting, c.before = *c.before, nil
	c.arrange()
	return screen.Effect{}
}

// start counts what is missing.
func (c *Counts) start() screen.Effect {
	c.counting.proposed, c.before = false, nil
	c.progress = session.Progress{Budget: c.api.Budget()}
	count := c.counting.count
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
			c.arrange()
			if err != nil && !errors.Is(err, context.Canceled) { // all other calls would end like this one
				return screen.Warn(words.Capital(words.Error(c.lang, err)) + c.lang.Say(words.FullStop))
			}
			return screen.Effect{}
		}})
}

// moveDay selects another day, n days later. Before the first day stands the
// whole span, and before that the last day: today is a key away.
func (c *Counts) moveDay(n int) screen.Effect {
	switch days := len(c.counting.days); {
	case days == 0:
		return screen.Say(c.lang.Say(words.CountNoDays.With(c.keys)))
	case c.day == 0 && n < 0:
		c.day = days
	default:
		c.day = max(0, min(c.day+n, days))
	}
	return screen.Effect{}
}

// show asks for the rows behind the number under the cursor.
func (c *Counts) show() screen.Effect {
	s, ok := c.selected()
	day := c.counting.date(c.day)
	switch {
	case s.empty:
		return screen.Say(c.lang.Say(words.NothingBehind))
	case !ok:
		return screen.Say(c.lang.Say(words.CountNoCode))
	case s.same && day.IsZero(): // the table shows these
		return screen.Effect{Pop: true}
	}
	q := c.plan.Query
	q.Start = 0
	if !s.same {
		q.Statuses, q.SubStatuses = s.statuses, s.subs
	}
	if !day.IsZero() {
		q.Days, q.StartDate, q.EndDate = 0, day, day
	}
	return screen.Effect{Ask: &screen.Question{Query: q}}
}

// Resize gives the screen w×h cells.
func (c *Counts) Resize(w, h int) {
	c.w, c.h = max(0, w), max(0, h)
	c.arrange()
}

// arrange takes the numbers as they are now. Drawing only reads them.
func (c *Counts) arrange() {
	at := row{}
	if c.cursor.At < len(c.rows) {
		at = c.rows[c.cursor.At]
	}
	c.day = min(c.day, len(c.counting.days))
	c.rows = c.listRows()
	c.cursor.At = max(0, place(c.rows, at.kind, at.status, at.sub))
	numbers := c.counting.count.Numbers()
	c.settle(numbers)
	c.have.answered, c.have.failed, c.have.all = numbers.Progress()
	c.have.oldest = numbers.Oldest()
	c.cols = measure(c.w, len(c.counting.days))
	c.warning = ""
	if conflicts := numbers.Conflicts(); len(conflicts) > 0 {
		name := func(p sendcloud.Param) string { return words.ParameterName(c.lang, p) }
		c.warning = words.Conflict(c.lang, conflicts[0], name)
		if n := len(conflicts) - 1; n > 0 {
			c.warning += c.lang.Say(words.CountMore, n)
		}
	}
	c.reveal()
}

// reveal scrolls just enough to show the cursor: the rows are few. Of many
// days the last ones show until another is selected.
func (c *Counts) reveal() {
	h, n, all := c.body(), c.cols.days, len(c.counting.days)
	if h > 0 { // it has its size
		c.cursor.Top = max(min(c.cursor.Top, c.cursor.At, len(c.rows)-h), c.cursor.At-h+1, 0)
	}
	day := c.day
	if day == 0 {
		day = all
	}
	c.left = max(min(c.left, day-1, all-n), day-n, 0)
}
