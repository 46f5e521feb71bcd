// Package form is the screen on which a person says what to search for: every
// parameter of the service, and two filters that are made here.
//
// Up and down move in a list of choices, and at its ends to the next field.
// Left and right move the cursor; in a date they step a day.
package form

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"time"
	"unicode"

	"bounceboard/keymap"
	"bounceboard/sendcloud"
	"bounceboard/theme"
	"bounceboard/ui/cell"
	"bounceboard/ui/chart"
	"bounceboard/ui/recall"
	"bounceboard/ui/screen"
	"bounceboard/ui/textfield"
	"bounceboard/ui/words"
)

// Options are what a form is opened with.
type Options struct {
	Theme theme.Theme
	Lang  words.Lang
	Now   func() time.Time // the clock that "today" goes by

	Query sendcloud.Query // fills the fields
	Path  []screen.Step   // how the rows are narrowed; the form shows the filters it made itself

	Past *recall.History // what was asked before; nil: it is not kept

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
	typed  string // in a list
	calls  int    // what a search costs
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
	f.Past.Leave()
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
	f.typed = ""
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
	case keymap.Earlier, keymap.Later:
		by := 1
		if a == keymap.Earlier {
			by = -1
		}
		if d.kind == date && d.stepDay(by, f.Now()) {
			f.changed()
		} else {
			d.input.Move(by)
		}
	case keymap.Older, keymap.Newer:
		return f.recall(a)
	case keymap.Clear:
		d.set("")
		clear(d.on)
		f.changed()
	case keymap.Toggle:
		if d.kind == choice {
			d.on[d.cursor] = !d.on[d.cursor]
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
	if d.kind == choice {
		return f.jump(d, fmt.Sprint(key))
	}
	if d.input.Type(key) {
		f.changed()
	}
	f.reveal()
	return screen.Effect{}
}

// jump moves the cursor of a list to the first choice that begins with what was
// typed there. Where none does, it says so at once: enter would search without it.
func (f *Form) jump(d *field, key string) screen.Effect {
	if r := []rune(key); len(r) != 1 || !unicode.IsPrint(r[0]) {
		return screen.Effect{}
	}
	begins := func(text string) int {
		return slices.IndexFunc(d.codes, func(code int) bool {
			name := strings.TrimLeftFunc(f.name(d, code).Text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
			return strings.HasPrefix(strings.ToLower(name), text)
		})
	}
	key = strings.ToLower(key)
	f.typed += key
	i := begins(f.typed)
	if i < 0 {
		if i = begins(key); i < 0 {
			return screen.Warn(f.Lang.Say(words.NoSuchChoice, words.ParameterName(f.Lang, d.param), f.typed))
		}
		f.typed = key
	}
	d.cursor = i
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
		d, between := f.at(), " "
		if d.kind == list {
			between = separator
		}
		if fresh {
			d.set("")
		}
		d.input.Insert(textfield.OneLine(text, between))
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
		return f.keep(screen.Effect{Pop: true, Ask: &screen.Question{Query: f.says.Query, Path: f.says.path(f.Lang)}})
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
		return
	}
	f.step(n)
	d = f.at()
	if d.cursor = 0; n < 0 {
		d.cursor = max(len(d.codes)-1, 0)
	}
}

// changed is called after the value of the field with the cursor changed. A
// span that nobody touched since the form was opened gives way to one that is
// typed beside it: days to dates, dates to days.
func (f *Form) changed() {
	f.at().touched = true
	days, from, to := f.field(sendcloud.ParamDays), f.field(sendcloud.ParamStartDate), f.field(sendcloud.ParamEndDate)
	switch d := f.at(); {
	case d.kind == date && !days.touched:
		days.set("")
	case d == days && !from.touched && !to.touched:
		from.set("")
		to.set("")
	}
	f.check()
	if f.at().wrong == nil {
		f.at().left = false
	}
}
