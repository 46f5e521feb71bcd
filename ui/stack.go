package ui

import (
	"image"
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"bounceboard/keymap"
	"bounceboard/sendcloud/pattern"
	"bounceboard/ui/counts"
	"bounceboard/ui/detail"
	"bounceboard/ui/facets"
	"bounceboard/ui/form"
	"bounceboard/ui/pane"
	"bounceboard/ui/screen"
	"bounceboard/ui/session"
	"bounceboard/ui/table"
	"bounceboard/ui/timeline"
	"bounceboard/ui/words"
)

// visit is a question on screen: its session and the screens over it.
type visit struct {
	session *session.Session
	stack   []screen.Screen // never empty: the first one is the table; the last one has the keyboard
	table   *table.Table
	pane    screen.Screen // beside or below the table; nil: none

	detail   *detail.Detail
	facets   *facets.Facets
	timeline *timeline.Timeline
	form     *form.Form     // the latest; what was typed in it waits for the next time
	counts   *counts.Counts // nil: not opened yet
	counted  string         // the plan they count
	asked    bool           // whether to fetch the rest was asked, or needed no question
	outside  bool           // copying takes the marked rows outside the filter too
	seen     int            // the changes of the session that the panes know
	sized    map[screen.Screen]image.Point
}

func (m *Model) visit(s *session.Session) *visit {
	rows := func() pane.Rows { return paneRows(s) }
	v := &visit{session: s,
		table:    table.New(m.Theme, m.Lang, m.Keys, s),
		detail:   detail.New(m.Theme, m.Lang, m.Keys, s.Explain, detail.Hyperlinks(m.Getenv)),
		facets:   facets.New(m.Theme, m.Lang, rows),
		timeline: timeline.New(m.Theme, m.Lang, m.Keys, rows),
	}
	v.stack, v.pane = []screen.Screen{v.table}, v.detail
	return v
}

// paneRows are the rows of a session as panes read them.
func paneRows(s *session.Session) pane.Rows {
	c := s.Coverage()
	r := pane.Rows{Snapshot: s.Snapshot(), Selection: s.Passing(), Filtered: s.Filter() != "", Here: c.Here, Of: c.Of, Open: c.Open, Growing: c.Growing}
	if !strings.Contains(s.Filter(), "time:") { // else there are no rows before these because none were wanted
		r.Since = c.First
	}
	return r
}

func (v *visit) top() screen.Screen { return v.stack[len(v.stack)-1] }

func (v *visit) push(s screen.Screen) {
	if v.top() != s {
		v.stack = append(v.stack, s)
	}
}

func (v *visit) pop() {
	if len(v.stack) > 1 {
		v.stack = v.stack[:len(v.stack)-1]
	}
}

// base is the screen that has the keyboard, or gets it back from what stands at
// the bottom.
func (v *visit) base() screen.Screen {
	for i := len(v.stack) - 1; i > 0; i-- {
		if _, bar := v.stack[i].(screen.Bar); !bar {
			return v.stack[i]
		}
	}
	return v.table
}

// has reports whether a screen is on the stack.
func (v *visit) has(s screen.Screen) bool { return slices.Contains(v.stack, s) }

// show puts a pane beside or below the table and gives it the keyboard.
func (v *visit) show(p screen.Screen) {
	v.hide()
	v.pane = p
	v.push(p)
}

// hide takes the pane away; the keyboard is with the table then.
func (v *visit) hide() {
	v.stack = slices.DeleteFunc(v.stack, func(s screen.Screen) bool { return s == v.pane })
	v.pane = nil
}

// closePane puts the detail back in its place.
func (v *visit) closePane() {
	v.hide()
	v.pane = v.detail
	v.rest()
}

// followers are the screens about the rows that are in use.
func (v *visit) followers() []screen.Follower {
	var all []screen.Follower
	for i, s := range append([]screen.Screen{v.pane}, v.stack...) {
		if f, ok := s.(screen.Follower); ok && (i == 0 || s != v.pane) {
			all = append(all, f)
		}
	}
	return all
}

// rest shows the selected row in the detail.
func (v *visit) rest() {
	if rec, ok := v.session.Selected(); ok {
		v.detail.Show(rec)
	} else {
		v.detail.Clear()
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

// openPattern shows a reply pattern whole: the one chosen in the facets, or that
// of the selected row.
func (m *Model) openPattern() tea.Cmd {
	v := m.at
	rec, ok := v.session.Selected()
	text, _ := pattern.Of(rec.SendLog)
	id := pattern.IDOf(text)
	if v.top() == v.facets {
		chosen, found := v.facets.Pattern()
		if !found {
			m.tell(words.NoPatternHere)
			return nil
		}
		id, ok = pattern.ID(chosen), true
	}
	if !ok {
		m.tell(words.NoRow)
		return nil
	}
	p := detail.NewPattern(m.Theme, m.Lang, detail.Hyperlinks(m.Getenv), func() pane.Rows { return paneRows(v.session) }, id)
	v.push(p)
	return m.apply(p.Refresh())
}

// openPane shows the facets or the timeline in place of the detail; the key that
// opens it closes it.
func (m *Model) openPane(p interface {
	screen.Screen
	screen.Follower
}) tea.Cmd {
	switch {
	case m.at.pane == screen.Screen(p):
		m.at.closePane()
		return nil
	case m.at.session.Total() == 0:
		m.tell(words.NoRow)
		return nil
	}
	m.at.show(p)
	return m.apply(p.Refresh())
}

// openColumn shows the facets by the column of the number that was pressed.
func (m *Model) openColumn() tea.Cmd {
	v := m.at
	if v.session.Total() == 0 {
		m.tell(words.NoRow)
		return nil
	}
	if v.pane != v.facets {
		v.show(v.facets)
	}
	v.push(v.facets)
	return m.apply(v.facets.Press(keymap.ToColumn, m.pressed))
}

// counting: a pane counts the rows that are here.
func (v *visit) counting() bool {
	_, pattern := v.base().(*detail.Pattern)
	return pattern || v.pane == v.facets || v.pane == v.timeline
}
