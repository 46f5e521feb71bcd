// Package form is where a person says what to search for: every parameter of
// the service, in the user's words.
//
// The form knows no Bubble Tea. Its owner opens it with a query, hands it what
// is typed, and closes it: after Query said ok, or on esc, which needs no call
// as the form changes nothing but itself. What arrives is told apart like this:
//
//   - a key that keymap binds at place Form goes to Act as its action: NextField,
//     PrevField, Up, Down, Toggle, Earlier, Later, Clear (First and Last move in
//     lists). Search and Back are the owner's;
//   - text that was pasted goes to Paste;
//   - any other key message goes to Type as it is. Text inputs understand runes,
//     backspace, delete, home, end and the usual control keys.
//
// Up and Down move inside a list of choices and, elsewhere and at its ends, to
// the neighbouring field; NextField and PrevField always change the field. In a
// list Earlier and Later move sideways; in a date that is empty or can be read
// they step a day; at the end of a text with a suggestion Later takes it;
// otherwise they move the cursor. Toggle is a blank where text is typed.
package form

import (
	"reflect"
	"strings"
	"time"

	"bounceboard/sendcloud"
	"bounceboard/sendcloud/bounce"
	"bounceboard/theme"
	"bounceboard/ui/cell"
	"bounceboard/ui/words"
)

// Known is what the program knows and the form offers or checks against.
type Known struct {
	APIUsers     []string // seen in rows or typed before, best first
	LabelIDs     []string
	LabelNames   []string
	Local        Local
	LookbackDays int // 0 is sendcloud.DefaultLookbackDays
}

// Local are the filters made here: the service does not know them, they narrow
// what was fetched. Empty is any.
type Local struct {
	Causes      []bounce.Cause
	Permanences []bounce.Permanence
}

// Empty reports whether nothing is filtered here.
func (l Local) Empty() bool { return len(l.Causes)+len(l.Permanences) == 0 }

// Cost is what a search would cost in calls, at the most, and what the person
// should know about it.
type Cost func(sendcloud.Query) (calls int, notes []sendcloud.Note, err error)

// Form is a query being written.
type Form struct {
	th    theme.Theme
	cells cell.Style
	lang  words.Lang
	now   func() time.Time

	known  Known
	cost   Cost
	opened sendcloud.Query // as Open got it
	query  sendcloud.Query // as far as it can be read
	local  Local

	fields  []field
	focus   int
	changes int // so far
	calls   int
	notes   []sendcloud.Note
	failed  error // of cost

	width, height int
	top           int    // first line in view
	view          string // "" when it has to be drawn again
}

// New is an empty form; now is the clock that "today" goes by.
func New(th theme.Theme, lang words.Lang, now func() time.Time) *Form {
	f := &Form{th: th, cells: cell.Style{ASCII: th.ASCII}, lang: lang, now: now}
	f.Open(sendcloud.Query{}, Known{}, nil)
	return f
}

// Open fills the form with q and puts the cursor into the recipient. cost may
// be nil, then no cost is shown.
func (f *Form) Open(q sendcloud.Query, known Known, cost Cost) {
	f.known, f.cost, f.changes, f.top = known, cost, 0, 0
	f.fields = newFields(q, known.Local)
	f.focus = 0
	f.check()
	f.opened = f.query
	f.enter(0)
}

// SetSize says how many columns and rows View has.
func (f *Form) SetSize(w, h int) {
	f.width, f.height, f.view = max(w, 0), max(h, 0), ""
}

// Query is what the form says. ok is false when something in it is wrong: then
// every reason is shown and the cursor is in the first wrong field.
func (f *Form) Query() (q sendcloud.Query, ok bool) {
	f.check()
	first := f.firstWrong()
	if first < 0 {
		return f.query, true
	}
	for i := range f.fields {
		f.fields[i].left = f.fields[i].wrong != nil
	}
	f.enter(first)
	return f.query, false
}

// Local is what the form says of the filters made here.
func (f *Form) Local() Local { return f.local }

func (f *Form) firstWrong() int {
	for i := range f.fields {
		if f.fields[i].wrong != nil {
			return i
		}
	}
	return -1
}

// Changed reports whether the form says something else than when it was opened.
func (f *Form) Changed() bool {
	return f.firstWrong() >= 0 || !reflect.DeepEqual(f.query, f.opened) || !reflect.DeepEqual(f.local, f.known.Local)
}

// Field is the parameter the cursor is in.
func (f *Form) Field() sendcloud.Param { return f.at().param }

// Choosing reports whether the field with the cursor is a list of choices.
func (f *Form) Choosing() bool { return f.at().choices != nil }

func (f *Form) at() *field { return &f.fields[f.focus] }

// enter moves the cursor into field i. A field is judged when it is left.
func (f *Form) enter(i int) {
	if i != f.focus {
		f.at().left = f.at().wrong != nil
	}
	f.at().input.Blur()
	f.focus = i
	f.at().input.Focus() // its command would blink the cursor
	f.view = ""
}

func (f *Form) step(n int) { f.enter((f.focus + n + len(f.fields)) % len(f.fields)) }

// touch is called after the value of the field with the cursor changed.
func (f *Form) touch() {
	f.changes++
	f.at().changed = f.changes
	f.giveWay()
	f.check()
	if f.at().wrong == nil {
		f.at().left = false
	}
}

// giveWay lets a span that was there when the form was opened, and that nobody
// touched, give way to one that is typed beside it: days to dates, dates to
// days. It comes back when what was typed is cleared.
func (f *Form) giveWay() {
	days, from, to := f.field(sendcloud.ParamDays), f.field(sendcloud.ParamStartDate), f.field(sendcloud.ParamEndDate)
	offer := func(back bool, fields ...*field) {
		for _, d := range fields {
			if d.set(""); back {
				d.set(d.opened)
			}
		}
	}
	empty := func(d *field) bool { return strings.TrimSpace(d.input.Value()) == "" }
	switch d := f.at(); {
	case d.isDate() && days.changed == 0:
		offer(empty(from) && empty(to), days)
	case d == days && from.changed+to.changed == 0:
		offer(empty(days), from, to)
	}
}
