// Package session is one question with everything that belongs to it: the plan, the rows as far as they are here, the filter, the
// order, the marks, the selection, and how asking went.
//
// It draws nothing and knows no terminal. Work that takes time it hands out as jobs (see package screen); whoever runs them calls their
// Told and Done from the goroutine that owns the session.
//
// Words: an open list is one whose end the service did not tell, so that more rows may follow. A straight list can only be read from
// its start. Rows are mined when their causes and patterns were found. What is due has to be done as soon as it can: a page to ask for,
// or marks on rows that are not here yet. To widen is to drop a condition: Widen removes the last step of the filter, a Widening asks a
// query that found nothing without one of its conditions.
package session

import (
	"context"
	"log/slog"
	"time"

	"bounceboard/sendcloud"
	"bounceboard/sendcloud/bounce"
	"bounceboard/sendcloud/paste"
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

	LookbackDays int // how far a query may reach back; 0 is the client's default

	Spool Spool // gets the rows that are fetched; nil: nobody
	Log   *slog.Logger
}

// Spool takes rows as they are fetched.
type Spool interface{ Write(sendcloud.Record) error }

// Session is one question and its rows.
type Session struct {
	List
	plan   sendcloud.Plan // what is asked; without meaning for a file
	Asking Asking

	AllMail  bool         // every status is asked for, because an address or id is
	Items    []paste.Item // what was pasted, where the query is about that
	Finding  *Finding     // of what the query did not bring; nil: nothing more was looked for
	Missing  []string     // ids and addresses that were asked for and no row has
	Progress Progress     // what the calls last said
	ToEnd    bool         // pages are read on until the last row comes
	toLast   bool         // the last row is looked for where the total was too high
}

// New returns a session that asks what plan says; path narrows its rows here. Start gives the jobs that begin it.
func New(env *Env, plan sendcloud.Plan, path []screen.Step) *Session {
	s := &Session{List: List{env: env, rows: newRows(env, FromPages)}, plan: plan}
	s.SetPath(path)
	s.past = changes{}
	s.view.hidden = s.Narrowed()
	s.Asking = Asking{due: plan.Query.Start / PageSize * PageSize, skip: map[int]bool{}}
	s.Cursor = plan.Query.Start
	return s
}

// Plan returns what is asked of the service; ok is false for a file.
func (s *Session) Plan() (plan sendcloud.Plan, ok bool) { return s.plan, s.rows.file == nil }

// From returns where the rows come from.
func (s *Session) From() Origin { return s.rows.from }

// MoveTo does what List.MoveTo does; calls that were stopped go on.
func (s *Session) MoveTo(i int) {
	s.Asking.Stopped, s.ToEnd, s.toLast = false, false, false
	s.List.MoveTo(i)
}

// MoveToEnd selects the last row. Where nobody told how many there are, it goes on until that comes.
func (s *Session) MoveToEnd() {
	s.MoveTo(s.Total() - 1)
	listed := s.rows.from == FromPages && !s.Narrowed()
	s.ToEnd, s.toLast = listed && s.rows.more(), listed && !s.rows.more()
	s.skipBack()
}

// skipBack moves from the end of a list with too high a total to the last row, once the pages on the way came.
func (s *Session) skipBack() {
	i := s.Cursor
	for ; s.toLast && i > 0; i-- {
		_, here := s.rows.row(i)
		if _, came := s.rows.pages[i/PageSize]; here || !came {
			break
		}
	}
	s.List.MoveTo(i)
}

// Explain says what a reply means.
func (s *Session) Explain(rec sendcloud.Record) bounce.Explanation {
	return s.env.Rules.Explain(recordset.InputOf(rec))
}

// Resume goes on with a session that was left: its jobs had been stopped.
func (s *Session) Resume() screen.Effect {
	s.filter.typed = ""
	e := s.rearrange(s.row())
	e.Run = append(e.Run, s.explain()...)
	return e
}

// Answered reports whether rows came, or it is known that there are none.
func (s *Session) Answered() bool { return s.rows.file != nil || s.rows.answered }
