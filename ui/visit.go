package ui

import (
	"image"
	"slices"
	"strings"

	"bounceboard/ui/counts"
	"bounceboard/ui/detail"
	"bounceboard/ui/facets"
	"bounceboard/ui/form"
	"bounceboard/ui/pane"
	"bounceboard/ui/screen"
	"bounceboard/ui/session"
	"bounceboard/ui/table"
	"bounceboard/ui/timeline"
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
	// The offer to fetch the remaining rows was made, or the fetch was started
	// without asking; it is made once for each visit.
	asked   bool
	outside bool // copying takes the marked rows outside the filter too
	seen    int  // the changes of the session that the panes know
	sized   map[screen.Screen]image.Point
}

func (m *Model) visit(s *session.Session) *visit {
	rows := func() pane.Rows { return paneRows(s) }
	v := &visit{session: s,
		table:    table.New(m.Theme, m.Lang, m.Keys, s),
		detail:   detail.New(m.Theme, m.Lang, m.Keys, s.Explain),
		facets:   facets.New(m.Theme, m.Lang, rows),
		timeline: timeline.New(m.Theme, m.Lang, m.Keys, rows),
	}
	v.stack, v.pane = []screen.Screen{v.table}, v.detail
	return v
}

// paneRows returns the rows of a session as panes read them.
func paneRows(s *session.Session) pane.Rows {
	c := s.Coverage()
	r := pane.Rows{Snapshot: s.Snapshot(), Selection: s.Passing(), Filtered: s.Filter() != "", Here: c.Here, Of: c.Of, Open: c.Open, Growing: c.Growing}
	// With a time: filter earlier rows are left out on purpose, so the first row
	// does not show where the data begins.
	if !strings.Contains(s.Filter(), "time:") {
		r.Since = c.First
		if plan, ok := s.Plan(); ok {
			if r.Until = plan.Last.AddDays(1).Start(); c.AsOf.Before(r.Until) {
				r.Until = c.AsOf
			}
		}
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

// base returns the topmost screen that is no bar. It has the keyboard now, or
// gets it back when the menu or prompt at the bottom closes.
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

// followers returns the screens about the rows that are in use.
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

// counting: a pane counts the rows that are here.
func (v *visit) counting() bool {
	_, pattern := v.base().(*detail.Pattern)
	return pattern || v.pane == v.facets || v.pane == v.timeline
}
