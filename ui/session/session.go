// Package session is one question with everything that belongs to it: the plan,
// the rows as far as they are here, the filter, the order, the marks, the
// selection, and how asking went.
//
// It draws nothing and knows no terminal. Work that takes time it hands out as
// jobs (see package screen); whoever runs them calls their Told and Done from
// the goroutine that owns the session.
package session

import (
	"context"
	"slices"
	"strings"
	"time"

	"bounceboard/sendcloud"
	"bounceboard/sendcloud/bounce"
	"bounceboard/sendcloud/recordset"
	"bounceboard/ui/screen"
)

// The jobs of a session.
const (
	Page    screen.Kind = "page"    // a page of the service
	Fetch   screen.Kind = "fetch"   // every row of the query
	Read    screen.Kind = "read"    // a file
	Arrange screen.Kind = "arrange" // filter and sort, because somebody asked for it
	Grow    screen.Kind = "grow"    // the same, because rows came
	Mine    screen.Kind = "mine"    // causes and patterns of the rows
	Look    screen.Kind = "look"    // again at rows that come meanwhile
	Age     screen.Kind = "age"     // until the rows are old
)

// Service is what a session needs of the client.
type Service interface {
	Plan(q sendcloud.Query) (sendcloud.Plan, error)
	Page(ctx context.Context, p sendcloud.Plan, start, limit int, fresh bool, watch func(sendcloud.Event)) (sendcloud.Page, error)
	All(p sendcloud.Plan, watch func(sendcloud.Event)) *sendcloud.Walk
	Budget() sendcloud.Budget
}

// Env is what all sessions of a program share.
type Env struct {
	API     Service // nil: there is no service, only a file
	Rules   *bounce.Rules
	Now     func() time.Time
	Running func(screen.Kind) bool // whether a job is under way
	Spool   Spool                  // gets the rows that are fetched; nil: nobody
	Log     func(msg string, err error)
}

// Spool takes rows as they are fetched.
type Spool interface {
	Write(sendcloud.Record) error
}

// Session is one question and its rows.
type Session struct {
	env  *Env
	plan sendcloud.Plan // what is asked; without meaning for a file

	pages *Rows // as far as they were looked at; nil: a file
	whole *Rows // every row: of the query or of a file; nil: not fetched
	ask   asking

	filter filtering
	order  *recordset.Order // nil: as they came
	view   arranged         // what the table lists, where it is not all rows as they came
	marks  recordset.Selection
	anchor int // the row that was marked last

	cursor int    // the place of the selection in the list
	follow string // the email id that the selection waits for; "" when it is there

	missing  []string // ids and addresses that were asked for and no row has
	progress Progress
	changes  int
}

// New is a session that asks what plan says; path narrows its rows here. Start
// gives the jobs that begin it.
func New(env *Env, plan sendcloud.Plan, path []screen.Step) *Session {
	s := &Session{env: env, plan: plan, pages: newRows(env, FromPages)}
	s.setPath(path)
	s.ask = asking{due: plan.Query.Start / PageSize * PageSize, skip: map[int]bool{}}
	s.view.hidden = !s.plain()
	s.cursor = plan.Query.Start
	return s
}

// Plan is what is asked of the service; ok is false for a file.
func (s *Session) Plan() (plan sendcloud.Plan, ok bool) { return s.plan, s.pages != nil }

// Changes grows whenever other rows are listed, or are listed in another way.
func (s *Session) Changes() int { return s.changes }

// rows are the rows that are shown: every row as soon as the first of them came.
func (s *Session) rows() *Rows {
	if s.whole != nil && (s.pages == nil || s.whole.snap.Len() > 0) {
		return s.whole
	}
	return s.pages
}

// Snapshot is the rows that are here.
func (s *Session) Snapshot() recordset.Snapshot { return s.rows().snap }

// From is where the rows come from.
func (s *Session) From() Origin { return s.rows().from }

// Selected is the selected row; ok is false while it is not here.
func (s *Session) Selected() (rec sendcloud.Record, ok bool) { return s.At(s.cursor) }

// Cursor is the place of the selection in the list.
func (s *Session) Cursor() int { return s.cursor }

// MoveTo selects the row at a place, or the nearest there is, because somebody
// wants to be there: the way back leads to this row.
func (s *Session) MoveTo(i int) {
	s.ask.halted = false
	s.follow = ""
	s.filter.forget()
	s.selectAt(i)
}

func (s *Session) selectAt(i int) { s.cursor = max(0, min(i, s.Total()-1)) }

// Order is how the rows are sorted; nil: as they came.
func (s *Session) Order() *recordset.Order { return s.order }

// Missing are the ids and addresses that were asked for and no row has.
func (s *Session) Missing() []string { return s.missing }

// Explain says what a reply means.
func (s *Session) Explain(rec sendcloud.Record) bounce.Explanation {
	return s.env.Rules.Explain(recordset.InputOf(rec))
}

// Leave prepares for the session's jobs to be stopped.
func (s *Session) Leave() { s.ask.halted = s.ask.halted || s.env.Running(Page) }

// Resume goes on with a session that was left: its jobs had been stopped.
func (s *Session) Resume() screen.Effect {
	s.filter.typed = ""
	e := s.rearrange(s.row())
	e.Run = append(e.Run, s.mine()...)
	return e
}

// Narrowed reports whether the rows are filtered or sorted: then the list has no
// more than what is here.
func (s *Session) Narrowed() bool { return !s.plain() }

// LimitsTime reports whether the filter leaves out rows by their time.
func (s *Session) LimitsTime() bool { return strings.Contains(s.Filter(), "time:") }

// Users are the api users of some rows that are here.
func (s *Session) Users() []string {
	const looked = 200
	var users []string
	snap := s.Snapshot()
	for row := max(0, snap.Len()-looked); row < snap.Len(); row++ {
		if user := snap.Record(row).APIUser; !slices.Contains(users, user) {
			users = append(users, user)
		}
	}
	return users
}

// Answered reports whether rows came, or it is known that there are none.
func (s *Session) Answered() bool {
	return s.pages == nil || s.pages.answered || s.whole != nil && s.whole.snap.Len() > 0
}
