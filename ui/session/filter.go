package session

import (
	"errors"
	"reflect"
	"slices"
	"strings"

	"bounceboard/sendcloud"
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
	began  int    // the row that was selected when the step being typed was new
}

// step is one step, and the email id of the row that was selected before it; ""
// once the selection was moved on purpose, which it then keeps.
type step struct {
	screen.Step
	came string
}

// forget makes the way back lead to the row that is selected then.
func (f *filtering) forget() {
	for i := range f.path {
		f.path[i].came = ""
	}
}

func (f *filtering) text() string {
	terms := make([]string, 0, len(f.path)+1)
	for _, st := range f.path {
		terms = append(terms, st.Term)
	}
	return strings.TrimSpace(strings.Join(append(terms, f.typed), " "))
}

// Filter is the whole filter as text; "" where every row passes.
func (s *Session) Filter() string { return s.filter.text() }

// Path is the steps of the filter, what is being typed last.
func (s *Session) Path() []screen.Step {
	var path []screen.Step
	for _, st := range s.filter.path {
		path = append(path, st.Step)
	}
	if s.filter.typed != "" {
		path = append(path, typedStep(s.filter.typed))
	}
	return path
}

func typedStep(text string) screen.Step { return screen.Step{Term: text, Text: "/" + text} }

func (s *Session) setPath(path []screen.Step) {
	s.filter = filtering{}
	for _, st := range path {
		s.filter.path = append(s.filter.path, step{st, s.emailID(s.row())})
	}
}

// SetPath narrows the rows by these steps in place of those before.
func (s *Session) SetPath(path []screen.Step) screen.Effect {
	row := s.row()
	s.setPath(path)
	return s.rearrange(row)
}

// Narrow adds a step; ok is false where the rows are narrowed to that already.
func (s *Session) Narrow(to screen.Step) (e screen.Effect, ok bool) {
	if slices.ContainsFunc(s.filter.path, func(st step) bool { return st.Term == to.Term }) {
		return e, false
	}
	row := s.row()
	s.filter.path, s.filter.edited = append(s.filter.path, step{to, s.emailID(row)}), false
	return s.rearrange(row), true
}

// Widen takes the last step off; the selection comes back to the row it had
// before that step.
func (s *Session) Widen() screen.Effect {
	n := len(s.filter.path) - 1
	last := s.filter.path[n]
	s.filter.path, s.filter.edited = s.filter.path[:n], false
	return s.comeTo(last.came)
}

func (s *Session) comeTo(emailID string) screen.Effect {
	if row, ok := s.Snapshot().Find(emailID); ok && emailID != "" {
		return s.rearrange(row)
	}
	return s.rearrange(s.row())
}

func (s *Session) emailID(row int) string {
	if snap := s.Snapshot(); row < snap.Len() {
		return snap.EmailID(row)
	}
	return ""
}

// Type begins to type a step and returns what stands there: the last step,
// where that was typed too.
func (s *Session) Type() (text string) {
	f := &s.filter
	f.from = s.row()
	f.began = f.from
	if n := len(f.path); n > 0 && f.edited {
		text = f.path[n-1].Term
		if row, ok := s.Snapshot().Find(f.path[n-1].came); ok {
			f.began = row
		}
		f.path = f.path[:n-1]
	}
	f.before, f.typed = text, text
	return text
}

// Typed narrows the rows by what is typed by now.
func (s *Session) Typed(text string) screen.Effect {
	if s.filter.typed == text {
		return screen.Effect{}
	}
	s.filter.typed = text
	return s.rearrange(s.filter.began)
}

// Keep makes what was typed a step.
func (s *Session) Keep() screen.Effect {
	f := &s.filter
	text := strings.TrimSpace(f.typed)
	f.typed, f.edited = "", text != ""
	came := s.emailID(f.began)
	if text == "" {
		return s.comeTo(came)
	}
	f.path = append(f.path, step{typedStep(text), came})
	return s.rearrange(s.row())
}

// Undo ends typing: what stood there before is kept.
func (s *Session) Undo() screen.Effect {
	s.filter.typed = s.filter.before
	from := s.filter.from
	s.Keep()
	return s.rearrange(from)
}

// Typing reports whether a step is being typed.
func (s *Session) Typing() bool { return s.filter.typed != "" }

// WrongFilter is what is wrong with a filter, and where; nil: nothing.
func (s *Session) WrongFilter(text string) *recordset.FilterError {
	_, err := recordset.ParseFilter(text, s.env.Now())
	var wrong *recordset.FilterError
	if errors.As(err, &wrong) {
		return wrong
	}
	return nil
}

// Hand is the query with as much of a filter as the service can do; rest is what
// is left to narrow here. ok is false where the service can do nothing of it.
func (s *Session) Hand(text string) (q sendcloud.Query, rest []screen.Step, ok bool) {
	f, err := recordset.ParseFilter(text, s.env.Now())
	if err != nil || s.pages == nil || f.Empty() {
		return q, nil, false
	}
	q, left := f.Ask(s.plan.Query)
	if left > 0 {
		rest = []screen.Step{typedStep(strings.TrimSpace(text))}
	}
	return q, rest, !reflect.DeepEqual(q, s.plan.Query)
}
