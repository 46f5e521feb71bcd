// Package ui is the dashboard: a small Bubble Tea program that routes keys to the screen on top of a stack, answers to the job that
// asked, and sizes to the layout.
//
// The question on screen is a visit: a session (its rows) and the screens over it. History is the visits before it.
//
// To widen is to ask again without one condition of a query that found no rows, or to remove a step of the filter.
package ui

import (
	"context"
	"image"
	"log/slog"
	"os"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"bounceboard/keymap"
	"bounceboard/sendcloud"
	"bounceboard/sendcloud/bounce"
	"bounceboard/theme"
	"bounceboard/ui/cell"
	"bounceboard/ui/recipient"
	"bounceboard/ui/screen"
	"bounceboard/ui/session"
	"bounceboard/ui/words"
)

// Where names what is being asked: a key that is refused may belong to another region, so both are always on screen.
type Where struct {
	Profile string // empty when credentials come from the environment
	Host    string
	Demo    bool
}

// Options is what a dashboard needs.
type Options struct {
	API          session.Service
	Where        Where
	Query        sendcloud.Query // the first question
	Filter       string          // the filter of the first rows; "": none
	LookbackDays int             // how far a query may reach back; 0 is the client's default
	Lang         words.Lang
	Theme        theme.Theme
	Keys         keymap.Map
	Columns      []string                                      // of the table, as columns.ParseAll reads them; nil: the width chooses
	Plain        bool                                          // lines to be read aloud instead of a screen
	SaveColumns  func(names []string) (path string, err error) // keeps them in the configuration; nil: there is none
	Now          func() time.Time                              // time.Now when nil
	Getenv       func(string) string
	File         *File         // nil: the service is asked; API may then be nil
	Rules        *bounce.Rules // what replies mean; nil: the built-in rules
	Labels       []string      // names or ids of labels that a mail may have
	State        string        // the folder that typed filters and queries are kept in; empty: they are not kept
	Saved        Saved         // views
	Spool        session.Spool // nil: fetched rows are not written
	Log          *slog.Logger  // nil: no log
	In           *os.File
	Out          *os.File
}

// frame is what is drawn. Nothing in it changes by being drawn.
type frame struct {
	Options
	fit  cell.Style
	jobs jobs

	w, h    int
	at      *visit   // the question on screen
	history []*visit // the questions before it, the latest last

	today  sendcloud.Date
	notice screen.Notice // about the last key
	status []string      // the lines of the status area
	again  bool          // the rows were just asked for again
	labels *recipient.Labels
}

// Model is the dashboard's state. One goroutine owns it: Bubble Tea's.
type Model struct {
	frame
	out terminal
	env session.Env

	waiting []tea.KeyMsg // keys that wait for the rows they are about
	pressed string       // the key being acted on
	warned  bool         // esc once more drops the marks
	past    past
}

// New returns a dashboard that asks opt.Query as soon as it runs.
func New(ctx context.Context, opt Options, out terminal) *Model {
	if opt.Now == nil {
		opt.Now = time.Now
	}
	if opt.Getenv == nil {
		opt.Getenv = os.Getenv
	}
	if opt.Rules == nil {
		opt.Rules = bounce.Default()
	}
	if opt.Log == nil {
		opt.Log = slog.New(slog.DiscardHandler)
	}
	m := &Model{out: out, frame: frame{Options: opt, fit: cell.Style{ASCII: opt.Theme.ASCII},
		jobs: jobs{ctx: ctx, running: map[screen.Kind]*running{}}}}
	m.env = session.Env{API: opt.API, Rules: opt.Rules, Now: opt.Now, Running: m.jobs.Running, Spool: opt.Spool, Log: opt.Log,
		LookbackDays: opt.LookbackDays}
	openPast(m)
	m.labels, _ = recipient.NewLabels(opt.Labels, opt.State) // what is wrong with the folder was said
	if err := m.labels.Keep(opt.Query); err != nil {
		opt.Log.Debug("a label could not be kept", "error", err)
	}
	return m
}

// Init asks the first question, or reads the file.
func (m *Model) Init() tea.Cmd {
	var path []screen.Step
	if m.Filter != "" {
		path = []screen.Step{session.TypedStep(m.Filter)}
	}
	if m.File != nil {
		m.at = m.visit(session.Open(&m.env, *m.File))
		return m.apply(m.at.session.SetPath(path), m.at.session.Read(), openView(m, m.Saved.First, m.Query))
	}
	plan, _ := m.API.Plan(m.Query) // the caller has planned it before
	m.at = m.visit(session.New(&m.env, plan, path))
	if first := m.Saved.First; len(first.Variables()) > 0 { // nothing is asked before it is known what
		m.at.session.Asking.Stopped = true
		return m.apply(openView(m, first, m.Query))
	}
	return m.apply(m.at.session.Start(), showAs(m, m.Saved.First))
}

type endMsg struct{}

// Update takes what comes from outside: keys, sizes, what jobs tell and answer.
func (m *Model) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	var cmds []tea.Cmd
	cursor, changes := m.at.session.Cursor, m.at.session.Changes
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		m.w, m.h = msg.Width, msg.Height
	case tea.KeyMsg:
		cmds = append(cmds, m.keys(msg))
	case newsMsg:
		cmds = append(cmds, m.apply(m.jobs.told(msg.of)...), msg.more)
	case doneMsg:
		if msg.of.job.Kind == session.Page && m.notice.Stays {
			m.notice = screen.Notice{}
		}
		cmds = append(cmds, m.apply(m.jobs.done(msg)...))
	case endMsg:
		m.jobs.stopAll()
		return m, tea.Quit
	}
	cmds = append(cmds, m.late(), m.settle(cursor, changes))
	return m, tea.Batch(cmds...)
}

// settle brings in line what a message changed: sizes, rows in view, panes, calls for rows that are missing in view.
func (m *Model) settle(cursor, changes int) tea.Cmd {
	var cmds []tea.Cmd
	v := m.at
	m.arrange()
	first, last := v.table.Window()
	cmds = append(cmds, m.apply(v.session.Fill(first, last)), m.whole())
	if v.seen != v.session.Changes {
		v.seen = v.session.Changes
		for _, f := range v.followers() {
			cmds = append(cmds, m.apply(f.Refresh()))
		}
	}
	switch rest := v.session.Cursor != cursor; {
	case changes != v.session.Changes || !rest && !m.jobs.Running(restKind):
		v.rest()
	case rest:
		// Drawing the detail with every key would be too much for a slow line.
		cmds = append(cmds, m.jobs.start(session.After(restKind, "", restAfter, func() screen.Effect { v.rest(); return screen.Effect{} })))
	}
	cmds = append(cmds, m.apply(m.compare()), m.tick())
	m.arrange()
	v.table.Look()
	return tea.Batch(cmds...)
}

const (
	restKind  screen.Kind = "rest"
	tickKind  screen.Kind = "tick"
	restAfter             = 120 * time.Millisecond
)

// tick draws anew when the screen says something else by itself: each second while calls wait, once when rows are old.
func (m *Model) tick() tea.Cmd {
	after, name := time.Second, "second"
	if m.waitsUntil().Sub(m.Now()) < time.Second {
		old := m.at.session.Coverage().AsOf.Add(session.OldAfter)
		after, name = old.Sub(m.Now()), old.String()
	}
	if after <= 0 {
		return nil
	}
	return m.jobs.start(session.After(tickKind, name, after, func() screen.Effect { return screen.Effect{} }))
}

// arrange gives the screens their rectangles: messages of several lines, a closed pane and a resize move things.
func (m *Model) arrange() {
	if tooSmall(m.w, m.h) {
		return
	}
	m.today = sendcloud.DateOf(m.Now())
	v, sized := m.at, map[screen.Screen]image.Point{}
	resize := func(s screen.Screen, w, h int) {
		if sized[s] = image.Pt(w, h); v.sized[s] != sized[s] {
			s.Resize(w, h)
		}
	}
	for _, s := range v.stack {
		if _, ok := s.(screen.Bar); ok {
			w := m.w
			if _, types := s.(screen.Typist); types {
				_, out := m.hints() // stands behind what is typed
				w -= cell.Width(m.Theme.Keys(out.Keys)+" "+out.Text) + 1
			}
			resize(s, w, mostStatus)
		}
	}
	m.status = m.message()
	l := m.layout()
	v.table.Resize(l.Table.Dx(), l.Table.Dy())
	if v.pane != nil {
		resize(v.pane, l.Detail.Dx(), l.Detail.Dy())
	}
	for _, s := range v.stack[1:] {
		if _, ok := s.(screen.Bar); !ok && s != v.pane {
			resize(s, l.Body.Dx(), l.Body.Dy())
		}
	}
	v.sized = sized
}

// say and tell put a notice into the status line. There is nothing to run: the command is nil.
func (m *Model) say(text string, tone screen.Tone) tea.Cmd {
	m.notice = screen.Notice{Text: text, Tone: tone}
	return nil
}

func (m *Model) tell(s words.Sentence, args ...any) tea.Cmd {
	return m.say(m.Lang.Say(s.With(m.Keys), args...), screen.Plain)
}

type File = session.File
