// Package form is the screen on which a person says what to search for: every
// parameter of the service, and two filters that are made here.
//
// Up and down move in a list of choices, and at its ends to the next field.
// Left and right move the cursor; in a date they step a day.
package form

import (
	"reflect"
	"slices"
	"strings"
	"time"

	"bounceboard/keymap"
	"bounceboard/sendcloud"
	"bounceboard/theme"
	"bounceboard/ui/cell"
	"bounceboard/ui/chart"
	"bounceboard/ui/screen"
	"bounceboard/ui/words"
)

// Options are what a form is opened with.
type Options struct {
	Theme theme.Theme
	Lang  words.Lang
	Now   func() time.Time // the clock that "today" goes by

	Query sendcloud.Query // fills the fields
	Path  []screen.Step   // how the rows are narrowed; the form shows the filters it made itself

	LookbackDays int // 0 is sendcloud.DefaultLookbackDays

	// Cost is what a search costs in calls, at the most, and what a person
	// should know about it. nil: no cost is shown.
	Cost func(sendcloud.Query) (calls int, notes []sendcloud.Note, err error)
}

// Form is a query being written. It is a screen.Typist.
type Form struct {
	Options
	ink chart.Inks
	fit cell.Style

	opened answers // as the form was opened
	says   answers // what the fields say, as far as they can be read

	fields []field
	focus  int
	calls  int // what a search costs
	notes  []sendcloud.Note
	failed error // of Cost

	w, h, top int // top is the first line of the fields in view
}

// New is a form with the cursor in the recipient.
func New(o Options) *Form {
	f := &Form{Options: o, ink: chart.NewInks(o.Theme), fit: cell.Style{ASCII: o.Theme.ASCII}}
	was := answers{Query: o.Query}
	was.setLocal(o.Path)
	for _, s := range specs {
		f.fields = append(f.fields, newField(s, &was))
	}
	f.check()
	f.opened = f.says
	return f
}

// Place is the query form.
func (f *Form) Place() keymap.Place { return keymap.QueryForm }

// Can reports whether an action does something in the field with the cursor.
func (f *Form) Can(a keymap.Action) bool { return a != keymap.Toggle || f.at().kind == choice }

// Resize gives the form w×h cells.
func (f *Form) Resize(w, h int) {
	f.w, f.h = max(w, 0), max(h, 0)
	f.reveal()
}

// Press does an action.
func (f *Form) Press(a keymap.Action, _ string) screen.Effect {
	d := f.at()
	switch a {
	case keymap.Back:
		return screen.Effect{Pop: true}
	case keymap.Search:
		return f.search()
	case keymap.NextField:
		f.step(1)
	case keymap.PrevField:
		f.step(-1)
	case keymap.Down:
		f.vertical(1)
	case keymap.Up:
		f.vertical(-1)
	case keymap.Earlier:
		f.horizontal(-1)
	case keymap.Later:
		f.horizontal(1)
	case keymap.Clear:
		d.set("")
		clear(d.on)
		f.changed()
	case keymap.Toggle:
		if d.kind == choice {
			d.toggle()
		} else { // the key is a blank
			d.input.Insert(" ")
		}
		f.changed()
	}
	f.reveal()
	return screen.Effect{}
}

// Type takes a key press in the field with the cursor.
func (f *Form) Type(key any) screen.Effect {
	d := f.at()
	changed := d.input.Type(key)
	if d.kind == choice {
		changed = d.jump(keymap.Narrow(d.input.Text()))
	}
	if changed {
		f.changed()
	}
	f.reveal()
	return screen.Effect{}
}

// Paste puts text that was pasted into the field it fits: email ids and
// addresses into theirs, found in whatever stands around them; anything else
// into the field with the cursor. In a form that nobody has changed yet it
// takes the place of what stands there.
func (f *Form) Paste(text string) screen.Effect {
	fresh := !f.Changed()
	emails, ids := sendcloud.FindInPaste(text)
	switch {
	case len(ids) > 0:
		f.pasteList(sendcloud.ParamEmailIDs, ids, fresh)
	case len(emails) > 0:
		f.pasteList(sendcloud.ParamEmail, emails, fresh)
	default:
		if f.at().kind == choice {
			f.enter(0)
		}
		d := f.at()
		if fresh {
			d.set("")
		}
		between := " "
		if d.kind == list {
			between = separator
		}
		lines := strings.FieldsFunc(text, func(r rune) bool { return r == '\n' || r == '\r' || r == '\t' })
		d.input.Insert(strings.Join(lines, between))
	}
	f.changed()
	f.reveal()
	return screen.Effect{}
}

func (f *Form) pasteList(p sendcloud.Param, items []string, fresh bool) {
	f.enter(slices.IndexFunc(f.fields, func(d field) bool { return d.param == p }))
	d := f.at()
	if old := strings.TrimRight(d.input.Text(), separators); old != "" && !fresh {
		items = append([]string{old}, items...)
	}
	d.set(strings.Join(items, separator))
}

// search asks for what the form says. Where something is wrong, every reason
// is shown and the cursor goes to the first wrong field.
func (f *Form) search() screen.Effect {
	f.check()
	first := f.firstWrong()
	if first < 0 {
		return screen.Effect{Pop: true, Ask: &screen.Question{Query: f.says.Query, Path: f.says.path(f.Lang)}}
	}
	for i := range f.fields {
		f.fields[i].left = f.fields[i].wrong != nil
	}
	f.enter(first)
	f.reveal()
	return screen.Effect{}
}

// Changed reports whether the form says something else than when it was opened.
func (f *Form) Changed() bool { return f.firstWrong() >= 0 || !reflect.DeepEqual(f.says, f.opened) }

func (f *Form) at() *field { return &f.fields[f.focus] }

// enter moves the cursor into field i. A field is judged when it is left.
func (f *Form) enter(i int) {
	if i != f.focus {
		f.at().left = f.at().wrong != nil
	}
	f.focus = i
}

func (f *Form) step(n int) { f.enter((f.focus + n + len(f.fields)) % len(f.fields)) }

// vertical moves in a list of choices, and at its ends to the next field.
func (f *Form) vertical(n int) {
	d := f.at()
	if next := d.cursor + n; next >= 0 && next < len(d.codes) {
		d.cursor = next
		d.set("")
		return
	}
	f.step(n)
	d = f.at()
	if d.cursor = 0; n < 0 {
		d.cursor = max(len(d.codes)-1, 0)
	}
}

func (f *Form) horizontal(n int) {
	d := f.at()
	switch {
	case d.kind == date && d.stepDay(n, f.Now()):
		f.changed()
	default:
		d.input.Move(n)
	}
}

// changed is called after the value of the field with the cursor changed.
func (f *Form) changed() {
	f.at().touched = true
	f.giveWay()
	f.check()
	if f.at().wrong == nil {
		f.at().left = false
	}
}

// giveWay lets a span that nobody touched since the form was opened give way
// to one that is typed beside it: days to dates, dates to days.
func (f *Form) giveWay() {
	days, from, to := f.field(sendcloud.ParamDays), f.field(sendcloud.ParamStartDate), f.field(sendcloud.ParamEndDate)
	switch d := f.at(); {
	case d.kind == date && !days.touched:
		days.set("")
	case d == days && !from.touched && !to.touched:
		from.set("")
		to.set("")
	}
}
