package ui

import (
	"context"
	"slices"
	"sync"

	tea "github.com/charmbracelet/bubbletea"

	"bounceboard/ui/screen"
	"bounceboard/ui/words"
)

// jobs runs work beside the program, one job of a kind at a time. What is loading is what runs here; nothing else remembers it.
type jobs struct {
	ctx     context.Context
	running map[screen.Kind]*running
}

type running struct {
	job     screen.Job
	cancel  context.CancelFunc
	waiting *screen.Job // runs when this one has ended

	came chan struct{} // there is news
	mu   sync.Mutex    // guards the news that the program has not taken yet:
	news []any
}

func (r *running) tell(what any) {
	r.mu.Lock()
	r.news = append(r.news, what)
	r.mu.Unlock()
	select {
	case r.came <- struct{}{}:
	default: // the program knows that there is some
	}
}

// newsMsg says that a job has news. more is the command that waits for its next news.
type newsMsg struct {
	of   *running
	more tea.Cmd
}

type doneMsg struct {
	of     *running
	result any
	err    error
}

// Running reports whether a job of a kind is under way.
func (j *jobs) Running(kind screen.Kind) bool { return j.running[kind] != nil }

// start runs a job; see screen.Job for what becomes of one under way.
func (j *jobs) start(job screen.Job) tea.Cmd {
	switch r := j.running[job.Kind]; {
	case j.ctx.Err() != nil: // the program is ending
		return nil
	case r == nil:
	case job.Name != "" && job.Name == r.job.Name:
		return nil
	case job.Wait:
		r.waiting = &job
		return nil
	default:
		j.stop(job.Kind)
	}
	ctx, cancel := context.WithCancel(j.ctx)
	r := &running{job: job, cancel: cancel, came: make(chan struct{}, 1)}
	j.running[job.Kind] = r
	run := func() (msg tea.Msg) {
		defer func() {
			if v := recover(); v != nil { // else the library prints a stack over the restored screen
				msg = recovered(v)
			}
		}()
		result, err := job.Run(ctx, r.tell)
		return doneMsg{r, result, err}
	}
	if job.Told == nil {
		return run
	}
	var listen tea.Cmd
	listen = func() tea.Msg {
		select {
		case <-r.came:
			return newsMsg{r, listen}
		case <-ctx.Done():
			return nil
		}
	}
	return tea.Batch(run, listen)
}

// stop ends the job of a kind; its answer will be dropped.
func (j *jobs) stop(kind screen.Kind) {
	if r := j.running[kind]; r != nil {
		r.cancel()
		delete(j.running, kind)
	}
}

// told returns the effects of what a job told by now. Late answers are dropped here and in done.
func (j *jobs) told(r *running) (all []screen.Effect) {
	if j.running[r.job.Kind] != r || r.job.Told == nil {
		return nil
	}
	r.mu.Lock()
	news := r.news
	r.news = nil
	r.mu.Unlock()
	for _, what := range news {
		all = append(all, r.job.Told(what))
	}
	return all
}

// done returns the effects of a job's answer, and of the job that waited for it.
func (j *jobs) done(msg doneMsg) []screen.Effect {
	all, r := j.told(msg.of), msg.of
	if j.running[r.job.Kind] != r {
		return nil
	}
	j.stop(r.job.Kind)
	if r.job.Done != nil {
		all = append(all, r.job.Done(msg.result, msg.err))
	}
	if r.waiting != nil {
		all = append(all, screen.Run(*r.waiting))
	}
	return all
}

// stopAll ends every job but those of some kinds.
func (j *jobs) stopAll(but ...screen.Kind) {
	for kind := range j.running {
		if !slices.Contains(but, kind) {
			j.stop(kind)
		}
	}
}

// apply does what screens and jobs ask for.
func (m *Model) apply(effects ...screen.Effect) tea.Cmd {
	var cmds []tea.Cmd
	for _, e := range effects {
		for _, kind := range e.Stop {
			m.jobs.stop(kind)
		}
		if e.Pop {
			m.at.pop()
		}
		if e.Push != nil {
			m.at.push(e.Push)
		}
		if e.Filter != nil {
			if m.at.top() == m.at.detail {
				m.at.pop() // the keyboard goes to where the rows are
			}
			narrow, ok := m.at.session.Narrow(*e.Filter)
			if !ok {
				m.tell(words.NarrowedAlready)
			}
			cmds = append(cmds, m.apply(narrow))
		}
		if e.Ask != nil {
			cmds = append(cmds, m.ask(*e.Ask))
		}
		if e.Do != "" {
			cmds = append(cmds, m.do(e.Do))
		}
		for _, job := range e.Run {
			cmds = append(cmds, m.jobs.start(job))
		}
		if e.Copy != nil {
			cmds = append(cmds, m.copy(*e.Copy, false))
		}
		if e.Say != nil {
			m.notice = *e.Say
		}
		if e.Key != "" {
			cmds = append(cmds, m.press(runes([]rune(e.Key)...)))
		}
		if e.Quit {
			m.jobs.stopAll()
			cmds = append(cmds, tea.Quit)
		}
	}
	return tea.Batch(cmds...)
}
