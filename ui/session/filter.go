package session

import (
	"errors"
	"slices"
	"strings"
	"time"

	"bounceboard/sendcloud/recordset"
	"bounceboard/ui/screen"
)

// filtering is how the rows that are here are narrowed, step by step.
type filtering struct {
	path   []step
	edited bool // the last step was typed; typing goes on with it

	typed  string // what is being typed
	before string // what stood there when typing began
	from   int    // the row that was selected when typing began
	was    state  // before typing began
	began  int    // the row that was selected when the step being typed was new
}

// step is one filter step and the row that was selected before it, to go back to; -1 after the user moved the cursor.
type step struct {
	screen.Step
	came int
}

// forget drops the remembered rows, so that removing a filter step leaves the cursor on the current row.
func (f *filtering) forget() {
	for i := range f.path {
		f.path[i].came = -1
	}
}

// Filter returns the whole filter as text; "" where every row passes.
func (l *List) Filter() string {
	terms := make([]string, 0, len(l.filter.path)+1)
	for _, st := range l.filter.path {
		terms = append(terms, st.Term)
	}
	return strings.TrimSpace(strings.Join(append(terms, l.filter.typed), " "))
}

// Path returns the steps of the filter, what is being typed last.
func (l *List) Path() []screen.Step {
	var path []screen.Step
	for _, st := range l.filter.path {
		path = append(path, st.Step)
	}
	if l.filter.typed != "" {
		path = append(path, TypedStep(l.filter.typed))
	}
	return path
}

// TypedStep is a step of the filter as it was typed.
func TypedStep(text string) screen.Step {
	return screen.Step{Term: text, Text: "/" + strings.TrimPrefix(text, "/")} // a regular expression has its slash
}

// SetPath narrows the rows by these steps in place of those before.
func (l *List) SetPath(path []screen.Step) screen.Effect {
	l.remember(l.state())
	row := l.row()
	l.filter = filtering{}
	for _, st := range path {
		l.filter.path = append(l.filter.path, step{st, -1})
	}
	return l.rearrange(row)
}

// Narrow adds a step; ok is false where the rows are narrowed to that already.
func (l *List) Narrow(to screen.Step) (e screen.Effect, ok bool) {
	if slices.ContainsFunc(l.filter.path, func(st step) bool { return st.Term == to.Term }) {
		return e, false
	}
	l.remember(l.state())
	row := l.row()
	l.filter.path, l.filter.edited = append(l.filter.path, step{to, row}), false
	return l.rearrange(row), true
}

// Widen takes the last step off; the selection comes back to the row it had before that step.
func (l *List) Widen() screen.Effect {
	l.remember(l.state())
	n := len(l.filter.path) - 1
	row := l.filter.path[n].came
	if row < 0 {
		row = l.row()
	}
	l.filter.path, l.filter.edited = l.filter.path[:n], false
	return l.rearrange(row)
}

// Type begins to type a step and returns what stands there: the last step, where that was typed too.
func (l *List) Type() (text string) {
	f := &l.filter
	f.was, f.from = l.state(), l.row()
	f.began = f.from
	if n := len(f.path); n > 0 && f.edited {
		text = f.path[n-1].Term
		if came := f.path[n-1].came; came >= 0 {
			f.began = came
		}
		f.path = f.path[:n-1]
	}
	f.before, f.typed = text, text
	return text
}

// Typed narrows the rows by what is typed by now.
func (l *List) Typed(text string) screen.Effect {
	if l.filter.typed == text {
		return screen.Effect{}
	}
	l.filter.typed = text
	return l.rearrange(l.filter.began)
}

// Keep makes what was typed a step.
func (l *List) Keep() screen.Effect {
	f := &l.filter
	text := strings.TrimSpace(f.typed)
	f.typed, f.edited = "", text != ""
	row := f.began
	if text != "" {
		f.path, row = append(f.path, step{TypedStep(text), f.began}), l.row()
	}
	if f.was.difference(l.state()) != NoChange {
		l.remember(f.was)
	}
	return l.rearrange(row)
}

// Untype stops typing and restores the text and the row from before typing began.
func (l *List) Untype() screen.Effect {
	l.filter.typed = l.filter.before
	from := l.filter.from
	l.Keep()
	return l.rearrange(from)
}

// Typing reports whether a step is being typed.
func (l *List) Typing() bool { return l.filter.typed != "" }

// WrongFilter returns what is wrong with a filter, and where; nil: nothing.
func WrongFilter(text string, now time.Time) *recordset.FilterError {
	_, err := recordset.ParseFilter(text, now)
	wrong, _ := errors.AsType[*recordset.FilterError](err)
	return wrong
}
