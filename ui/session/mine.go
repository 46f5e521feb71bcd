package session

import (
	"context"

	"bounceboard/ui/screen"
)

// grown takes in that rows came, or became known better.
func (l *List) grown() screen.Effect {
	r := l.rows
	if row, ok := r.snap.Find(l.follow); ok && l.follow != "" && !l.Narrowed() {
		l.Cursor, l.follow = r.place(row), ""
	}
	if l.Changes++; !l.Narrowed() {
		l.selectAt(l.Cursor)
	}
	l.markDue()
	return screen.Run(append(l.regrow(), l.mine()...)...)
}

// mine returns the jobs that find causes and patterns of the rows that are here.
func (l *List) mine() []screen.Job {
	r := l.rows
	if r.snap.Mined() == r.snap.Len() || l.env.Running(Mine) {
		return nil
	}
	return []screen.Job{{
		Kind: Mine,
		Run: func(ctx context.Context, _ func(any)) (any, error) {
			r.mine.Lock()
			defer r.mine.Unlock()
			return nil, r.set.Mine(ctx)
		},
		Done: func(any, error) screen.Effect { return l.look(r) },
	}, l.lookAgain(r)}
}

// lookAgain returns the job that looks at rows that come or are explained meanwhile.
func (l *List) lookAgain(r *Rows) screen.Job {
	return screen.Job{Kind: Look,
		Run: func(ctx context.Context, _ func(any)) (any, error) { return nil, Sleep(ctx, lookEach) },
		Done: func(any, error) screen.Effect {
			e := l.look(r)
			if l.env.Running(Mine) || l.env.Running(Read) {
				e.Run = append(e.Run, l.lookAgain(r))
			}
			return e
		}}
}

func (l *List) look(r *Rows) screen.Effect {
	was := r.snap
	r.snap = r.set.Snapshot()
	if r != l.rows || was.Len() == r.snap.Len() && was.Mined() == r.snap.Mined() {
		return screen.Effect{}
	}
	return l.grown()
}
