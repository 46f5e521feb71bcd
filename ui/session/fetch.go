package session

import (
	"context"
	"errors"
	"io"
	"os"
	"time"

	"bounceboard/sendcloud"
	"bounceboard/sendcloud/recordset"
	"bounceboard/ui/screen"
)

// lookEach is how often somebody looks at rows that grow.
const lookEach = 300 * time.Millisecond

// Reading is how the fetch of every row goes, or the reading of a file.
type Reading struct {
	Err     error             // why it ended before its end; nil: it did not
	Whole   bool              // it was read to its end
	Since   time.Time         // when it began or went on
	Took    time.Duration     // so far
	Here    int               // rows it brought
	New     int               // of these, since it began or went on
	Summary sendcloud.Summary // set for a fetch
	File    recordset.Reading // set for a file
}

// Reading returns how the fetch of every row goes, or the reading of a file; ok is false where there is none.
func (s *Session) Reading() (got Reading, ok bool) {
	r := s.rows
	got = r.reading
	switch {
	case r.file != nil:
		got.Here, got.File = r.snap.Len(), r.file.reader.Reading()
	case r.walk != nil:
		if got.Summary = r.walk.Summary(); r.from == FromFetch {
			got.Here, got.New = len(r.read), len(r.read)-r.before
		}
	}
	return got, r.file != nil || r.walk != nil
}

// Cost is what fetching every row takes.
type Cost struct {
	Rows, Calls int
	Takes       time.Duration
	PerMinute   int  // calls
	Open        bool // nobody told how many rows there are
}

// FetchCost returns what fetching every row takes.
func (s *Session) FetchCost() Cost {
	c := Cost{Rows: s.rows.total, PerMinute: max(1, s.env.API.Budget().PerMinute), Open: s.rows.open}
	c.Calls = (c.Rows+PageSize-1)/PageSize + s.plan.Calls() - 1
	c.Takes = time.Duration(c.Calls) * time.Minute / time.Duration(c.PerMinute)
	return c
}

// Fetchable reports whether some rows of the query are here, and no fetch of the rest was begun.
func (s *Session) Fetchable() bool {
	return s.rows.walk == nil && s.rows.answered && s.Asking.Err == nil && !s.Asking.Stopped && s.Asking.due < 0 && s.Coverage().Partial()
}

// Fetching reports whether every row is on its way, or a file is being read.
func (s *Session) Fetching() bool { return s.env.Running(Fetch) || s.env.Running(Read) }

// Paused reports whether a fetch that was begun does not go on.
func (s *Session) Paused() bool {
	return s.rows.walk != nil && !s.rows.reading.Whole && !s.env.Running(Fetch)
}

// Fetched reports whether a fetch was begun that has nothing left to ask for.
func (s *Session) Fetched() bool { return s.rows.walk != nil && s.rows.reading.Whole }

// Fetch begins to fetch every row, or goes on with what is missing.
func (s *Session) Fetch() screen.Effect {
	r := s.rows
	if r.walk == nil {
		r.began = s.env.Now()
		every := s.env.API.All(s.plan, watch(r, s.env))
		every.Later = func(rec sendcloud.Record) { r.set.Append(rec) }
		r.walk = every
	}
	got, _ := s.Reading()
	r.reading, r.before, r.spent = Reading{Since: s.env.Now()}, got.Here, got.Took
	e := screen.Run(s.fetch(r), s.lookAgain())
	e.Stop = []screen.Kind{Page}
	return e
}

func watch(r *Rows, env *Env) func(sendcloud.Event) {
	return func(e sendcloud.Event) {
		r.mu.Lock()
		defer r.mu.Unlock()
		r.progress = r.progress.After(e, env.API.Budget(), env.Now())
	}
}

func (s *Session) fetch(r *Rows) screen.Job {
	spool := s.env.Spool
	return screen.Job{Kind: Fetch,
		Run: func(ctx context.Context, _ func(any)) (any, error) {
			r.busy.Lock()
			defer r.busy.Unlock()
			for rec, err := range r.walk.Records(ctx) {
				if err != nil {
					return nil, err
				}
				row, change := r.set.Append(rec)
				r.mu.Lock()
				r.came = append(r.came, uint32(row))
				r.mu.Unlock()
				if spool != nil && (change != recordset.Unchanged || s.Finding == nil) {
					if err := spool.Write(rec); err != nil {
						return nil, err
					}
				}
			}
			return nil, nil
		},
		Done: func(_ any, err error) screen.Effect {
			if errors.Is(err, context.Canceled) {
				return screen.Effect{} // the whole program is ending
			}
			s.look()
			if errors.Is(err, errCosts) {
				return s.grown()
			}
			if r.reading.Err, r.reading.Whole = err, err == nil; err != nil {
				return s.grown()
			}
			r.end()
			return s.complete()
		}}
}

// File is rows that were written before, by list or a spool: NDJSON as the contract says.
type File struct {
	Name string
	In   io.Reader // read to its end; what is added later is read when asked again
}

// ErrReplaced says that another file, a shorter one or none is now where the one stood that was read.
var ErrReplaced = errors.New("the file was replaced")

type file struct {
	File
	reader *recordset.Reader
}

// Open returns a session about the rows of a file. Read begins it.
func Open(env *Env, f File) *Session {
	r := newRows(env, FromFile)
	r.file = &file{f, recordset.NewReader(r.set)}
	return &Session{List: List{env: env, rows: r}}
}

// Read reads the file from where the last reading ended.
func (s *Session) Read() screen.Effect {
	r := s.rows
	r.reading = Reading{Since: s.env.Now()}
	return screen.Run(screen.Job{Kind: Read,
		Run: func(ctx context.Context, _ func(any)) (any, error) {
			r.busy.Lock()
			defer r.busy.Unlock()
			if r.file.replaced() {
				return nil, ErrReplaced
			}
			return nil, r.file.reader.Read(ctx, r.file.In)
		},
		Done: func(_ any, err error) screen.Effect {
			if r.reading.Err, r.reading.Whole = err, err == nil; err == nil {
				r.asOf = s.env.Now()
			}
			r.take()
			return s.grown()
		},
	}, s.lookAgain())
}

// replaced reports whether what is on disk can no longer be read on.
func (f *file) replaced() bool {
	in, ok := f.In.(*os.File)
	if !ok {
		return false
	}
	open, err := in.Stat()
	if err != nil || !open.Mode().IsRegular() {
		return false
	}
	there, err := os.Stat(in.Name())
	at, _ := in.Seek(0, io.SeekCurrent)
	return err != nil || !os.SameFile(open, there) || open.Size() < at
}

// look takes in what came and what became known of the rows; the selection stays on its row.
func (s *Session) look() screen.Effect {
	r := s.rows
	row, here := s.rowAt(s.Cursor)
	was, read := r.snap, len(r.read)
	r.take()
	if r.walk != nil && s.env.Running(Fetch) {
		r.mu.Lock()
		s.Progress = r.progress
		r.mu.Unlock()
		r.reading.Took = r.spent + s.env.Now().Sub(r.reading.Since)
	}
	if now, _ := s.rowAt(s.Cursor); here && now != row && !s.Narrowed() {
		s.selectAt(r.place(row))
	}
	if was.Len() == r.snap.Len() && was.Mined() == r.snap.Mined() && read == len(r.read) {
		return screen.Effect{}
	}
	return s.grown()
}

// lookAgain returns the job that looks at rows while they come or are explained.
func (s *Session) lookAgain() screen.Job {
	return After(Look, "look", lookEach, func() screen.Effect {
		e := s.look()
		if s.env.Running(Mine) || s.Fetching() {
			e.Run = append(e.Run, s.lookAgain())
		}
		return e
	})
}

func (s *Session) grown() screen.Effect {
	r := s.rows
	if row, ok := r.snap.Find(s.follow); ok && s.follow != "" && !s.Narrowed() {
		s.Cursor, s.follow = r.place(row), ""
	}
	if s.Changes++; !s.Narrowed() {
		s.selectAt(s.Cursor)
	}
	s.markDue()
	return screen.Run(append(s.regrow(), s.explain()...)...)
}

// explain returns the jobs that find causes and patterns of the rows that are here.
func (s *Session) explain() []screen.Job {
	r := s.rows
	if r.snap.Mined() == r.snap.Len() || s.env.Running(Mine) {
		return nil
	}
	return []screen.Job{{
		Kind: Mine,
		Run: func(ctx context.Context, _ func(any)) (any, error) {
			r.mine.Lock()
			defer r.mine.Unlock()
			return nil, r.set.Mine(ctx)
		},
		Done: func(any, error) screen.Effect { return s.look() },
	}, s.lookAgain()}
}

// Progress is what calls under way last said.
type Progress struct {
	Event  sendcloud.Event
	Budget sendcloud.Budget
	At     time.Time // when that was said
}

// After returns the progress after an event. Calls run in parallel, so their events arrive mixed: a wait to try again stays on show
// until it is over, unless a call waits that was tried more often.
func (p Progress) After(e sendcloud.Event, budget sendcloud.Budget, now time.Time) Progress {
	last := p.Event
	waits := last.Kind == sendcloud.Retrying && last.Until.After(now)
	if waits && (e.Kind == sendcloud.Calling || e.Kind == sendcloud.Retrying && e.Try <= last.Try) {
		last.Call, last.Calls, e = max(e.Call, last.Call), max(e.Calls, last.Calls), last
	}
	e.Call, e.Calls = max(e.Call, last.Call), max(e.Calls, last.Calls)
	return Progress{Event: e, Budget: budget, At: now}
}
