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
	next    int
	running map[screen.Kind]*running
}

type running struct {
	id      int
	job     screen.Job
	cancel  context.CancelFunc
	news    *news
	waiting *screen.Job // runs when this one has ended
}

// newsMsg says that a job has news. more is the command that waits for its next news.
type newsMsg struct {
	kind screen.Kind
	id   int
	more tea.Cmd
}

type doneMsg struct {
	kind   screen.Kind
	id     int
	result any
	err    error
}

// news is what a job told and the program has not taken yet.
type news struct {
	mu    sync.Mutex
	queue []any
	came  chan struct{}
}

func (n *news) tell(what any) {
	n.mu.Lock()
	n.queue = append(n.queue, what)
	n.mu.Unlock()
	select {
	case n.came <- struct{}{}:
	default: // the program knows that there is some
	}
}

func (n *news) take() []any {
	n.mu.Lock()
	defer n.mu.Unlock()
	all := n.queue
	n.queue = nil
	return all
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
	j.next++
	r := &running{id: j.next, job: job, cancel: cancel, news: &news{came: make(chan struct{}, 1)}}
	j.running[job.Kind] = r
	run := func() (msg tea.Msg) {
		defer func() {
			if v := recover(); v != nil { // else the library prints a stack over the restored screen
				msg = recovered(v)
			}
		}()
		result, err := job.Run(ctx, r.news.tell)
		return doneMsg{job.Kind, r.id, result, err}
	}
	if job.Told == nil {
		return run
	}
	var listen tea.Cmd
	listen = func() tea.Msg {
		select {
		case <-r.news.came:
			return newsMsg{job.Kind, r.id, listen}
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

// told returns the effects of what a job told by now; none where it is no longer wanted. This and done are where late answers are
// dropped.
func (j *jobs) told(kind screen.Kind, id int) []screen.Effect {
	r := j.running[kind]
	if r == nil || r.id != id || r.job.Told == nil {
		return nil
	}
	var all []screen.Effect
	for _, what := range r.news.take() {
		all = append(all, r.job.Told(what))
	}
	return all
}

// done returns the effects of a job's answer, and of the job that waited for it.
func (j *jobs) done(msg doneMsg) []screen.Effect {
	all := j.told(msg.kind, msg.id)
	r := j.running[msg.kind]
	if r == nil || r.id != msg.id {
		return nil
	}
	j.stop(msg.kind)
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
			cmds = append(cmds, m.copy(*e.Copy))
		}
		if e.Say != nil {
			m.notice = *e.Say
		}
		if e.Quit {
			m.jobs.stopAll()
			cmds = append(cmds, tea.Quit)
		}
	}
	return tea.Batch(cmds...)
}
