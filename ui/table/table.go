// Package table is the list of rows, the first screen of the program: drawn from the rows that are in view, with a selection that
// follows its row.
package table

import (
	"bounceboard/keymap"
	"bounceboard/sendcloud"
	"bounceboard/theme"
	"bounceboard/ui/cell"
	"bounceboard/ui/pane"
	"bounceboard/ui/screen"
	"bounceboard/ui/session"
	"bounceboard/ui/words"
)

// Table is the screen. See New.
type Table struct {
	th   theme.Theme
	fit  cell.Style
	keys keymap.Map
	s    *session.Session

	layout
	h        int      // counts the column heads
	cols     []column // on screen
	sideways bool     // the replies are read sideways
	skipped  int      // columns of them that are left of what is shown
	line     int      // the selection's line in the window
	inView   view
}

// view is what the window shows, made ready for Draw.
type view struct {
	first, last, changes, cause int
	rows                        []row
}

type row struct {
	rec    sendcloud.Record
	here   bool
	marked bool
	text   texts
}

// New is the table of a session.
func New(th theme.Theme, lang words.Lang, keys keymap.Map, s *session.Session) *Table {
	return &Table{th: th, layout: layout{lang: lang}, fit: cell.Style{ASCII: th.ASCII}, keys: keys, s: s, inView: view{changes: -1}}
}

// Place is the table's bindings.
func (t *Table) Place() keymap.Place { return keymap.Table }

// Resize gives the table w×h cells, the column heads included.
func (t *Table) Resize(w, h int) {
	t.w, t.h = max(0, w), max(0, h)
	c := pane.Cursor{At: t.s.Cursor, Top: t.top()}
	c.Fit(t.s.Total(), t.height())
	t.line = c.At - c.Top
	t.measure()
}

// Window is the places on screen: [first, last).
func (t *Table) Window() (first, last int) {
	first = t.top()
	return first, min(first+t.height(), t.s.Total())
}

func (t *Table) height() int { return max(0, t.h-1) }

// top is the place on the first line: the selection stays on its line while the rows around it change.
func (t *Table) top() int {
	return max(0, min(t.s.Cursor-t.line, t.s.Total()-t.height()))
}

// Look makes the rows in view ready to be drawn. It is called after whatever may have changed them.
func (t *Table) Look() {
	first, last := t.Window()
	if v := &t.inView; v.first == first && v.last == last && v.changes == t.s.Changes && v.cause == t.causeWidth() {
		return
	}
	t.inView = view{first: first, last: last, changes: t.s.Changes, cause: t.causeWidth()}
	for i := first; i < last; i++ {
		r := row{marked: t.s.Marked(i)}
		if r.rec, r.here = t.s.At(i); r.here {
			r.text = t.texts(r.rec)
		}
		t.inView.rows = append(t.inView.rows, r)
	}
	if t.inView.cause != t.causeWidth() { // a longer one than before is among them
		t.Look()
	}
	t.measure()
}

// Can reports whether an action does something now.
func (t *Table) Can(a keymap.Action) bool {
	any := t.s.Total() > 0
	switch a {
	case keymap.NextPage:
		return any && t.page() < t.LastPage()
	case keymap.PrevPage:
		return any && t.page() > 0
	case keymap.WidenFirst, keymap.WidenSecond:
		return t.s.Empty() && len(t.s.Asking.Widenings) > 0
	case keymap.ReplyOn, keymap.ReplyBack:
		return t.canScroll(a)
	}
	return true
}

// Hint is the other word for an action.
func (t *Table) Hint(a keymap.Action) words.Sentence {
	switch {
	case a == keymap.Again && t.s.From() == session.FromFile:
		return words.ReadOnHint
	case a == keymap.FetchAll && t.s.Fetching():
		return words.PauseHint
	case a == keymap.FetchAll && t.s.Paused():
		return words.ActionName(keymap.GoOn)
	}
	return words.Sentence{}
}

// Press moves, turns pages and marks; what else the table's keys do is the program's.
func (t *Table) Press(a keymap.Action, _ string) screen.Effect {
	switch a {
	case keymap.NextPage, keymap.PrevPage:
		return t.turn(a)
	case keymap.Mark, keymap.MarkRange, keymap.MarkAll:
		return t.mark(a)
	case keymap.ReplyOn, keymap.ReplyBack:
		return t.scroll(a)
	}
	c := pane.Cursor{At: t.s.Cursor, Top: t.top()}
	switch was := t.s.Cursor; {
	case !c.Press(a, t.s.Total(), t.height()):
		return screen.Effect{Do: a}
	case t.s.Total() == 0:
		return screen.Say(t.lang.Say(words.NoRow))
	default:
		if a == keymap.First || a == keymap.Last {
			t.s.Retry()
		}
		if t.moveTo(c); a == keymap.Last {
			t.s.MoveToEnd()
		}
		if t.s.Cursor != was || t.s.ToEnd {
			return screen.Effect{}
		} else if was == 0 {
			return screen.Say(t.lang.Say(words.AtStart))
		}
		return screen.Say(t.lang.Say(words.AtEnd))
	}
}

func (t *Table) moveTo(c pane.Cursor) {
	t.s.MoveTo(c.At)
	t.line = t.s.Cursor - c.Top
}

func (t *Table) step() int {
	if plan, ok := t.s.Plan(); ok && plan.Query.Limit > 0 {
		return plan.Query.Limit
	}
	return session.PageSize
}

func (t *Table) page() int { return t.s.Cursor / t.step() }

// LastPage is the last page, from 0.
func (t *Table) LastPage() int { return max(0, t.s.Total()-1) / t.step() }

func (t *Table) turn(a keymap.Action) screen.Effect {
	n := t.page() + 1
	if a == keymap.PrevPage {
		n -= 2
	}
	switch {
	case t.s.Total() == 0:
		return screen.Say(t.lang.Say(words.NoRow))
	case n < 0:
		return screen.Say(t.lang.Say(words.FirstPage))
	case n > t.LastPage():
		return screen.Say(t.lang.Say(words.LastPage))
	}
	return t.GoTo(n)
}

// GoTo shows page n, counted from 0, with its first row on top.
func (t *Table) GoTo(n int) screen.Effect {
	t.s.Retry()
	at := max(0, min(n, t.LastPage())) * t.step()
	t.moveTo(pane.Cursor{At: at, Top: max(0, min(at, t.s.Total()-t.height()))})
	if t.s.Coverage().Open && t.s.From() == session.FromPages {
		return screen.Say(t.lang.Say(words.OnPageOf.With(t.keys), words.Number(n+1)))
	}
	return screen.Say(t.lang.Say(words.OnPage, words.Number(n+1), words.Number(t.LastPage()+1)))
}

func (t *Table) mark(a keymap.Action) screen.Effect {
	switch {
	case t.s.Total() == 0:
		return screen.Say(t.lang.Say(words.NoRow))
	case a == keymap.MarkAll:
		t.s.MarkAll()
	case a == keymap.MarkRange && !t.s.MarkRange():
		return screen.Say(t.lang.Say(words.NoAnchor.With(t.keys)))
	case a == keymap.Mark && t.s.Mark():
		t.Press(keymap.Down, "")
	}
	if t.s.AllDue && t.s.Coverage().Partial() {
		return screen.Effect{} // the number grows, beside the rows
	}
	here, outside := t.s.MarksHere()
	text := t.lang.Say(words.NoneMarked)
	if n := here.Len(); n > 0 {
		text = t.lang.Say(words.Marked, words.RowCount(t.lang, n))
	}
	if outside > 0 {
		text += t.lang.Say(words.Gap) + t.lang.Say(words.MarkedOutside, words.Number(outside))
	}
	return screen.Say(text)
}
