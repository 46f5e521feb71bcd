// Package form is the screen on which a person says what to search for: every parameter of the service, and two filters that are
// made here. Up and down move in a list of choices, and at its ends to the next field.
package form

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"time"
	"unicode"

	"bounceboard/keymap"
	"bounceboard/sendcloud"
	"bounceboard/sendcloud/paste"
	"bounceboard/theme"
	"bounceboard/ui/pane"
	"bounceboard/ui/recall"
	"bounceboard/ui/screen"
	"bounceboard/ui/textfield"
	"bounceboard/ui/words"
)

// Options are what a form is opened with.
type Options struct {
	Theme        theme.Theme
	Lang         words.Lang
	Now          func() time.Time // the clock that "today" goes by
	Query        sendcloud.Query  // fills the fields
	Path         []screen.Step    // how the rows are narrowed; the form shows the filters it made itself
	Past         *recall.History  // what was asked before; nil: it is not kept
	LookbackDays int              // 0 is sendcloud.DefaultLookbackDays
	// Cost is what a search costs in calls, at the most, and what a person should know about it. nil: no cost is shown.
	Cost func(sendcloud.Query) (calls int, notes []sendcloud.Note, err error)
}

// Form is a query being written. It is a screen.Typist.
type Form struct {
	pane.Look
	opt     Options
	opened  screen.Question // what it asked when it was opened
	says    sendcloud.Query // what the fields say, as far as they can be read
	fields  []field
	focus   int
	typed   string // in a list
	stray   bool   // no choice begins with what was typed
	stopped bool   // a search was refused, and nothing was changed since
	pasted  pasted
	calls   int // what a search costs
	notes   []sendcloud.Note
	failed  error    // of Cost
	top     int      // top is the first line of the fields in view
	lines   []string // of the fields
	caret   int      // the line with the cursor
}

// New is a form with the cursor in the recipient.
func New(o Options) *Form {
	f := &Form{Look: pane.NewLook(keymap.QueryForm, o.Theme, o.Lang, keymap.Default()), opt: o}
	for _, s := range specs {
		f.fields = append(f.fields, newField(s, o.Query))
	}
	f.recall(o.Path)
	f.check()
	f.opened = f.question()
	f.step(0)
	o.Past.Leave()
	return f
}

func (f *Form) Can(a keymap.Action) bool { return a != keymap.Toggle || f.at().codes != nil }

func (f *Form) Resize(w, h int) {
	f.Look.Resize(w, h)
	f.arrange()
}

var by = map[keymap.Action]int{keymap.NextField: 1, keymap.PrevField: -1, keymap.Down: 1, keymap.Up: -1,
	keymap.Earlier: -1, keymap.Later: 1}

func (f *Form) Press(a keymap.Action, _ string) screen.Effect {
	d, stray := f.at(), f.stray
	f.typed, f.stray = "", false
	switch a {
	case keymap.Back:
		return screen.Effect{Pop: true}
	case keymap.Search:
		if f.stray = stray; !stray {
			return f.search()
		}
	case keymap.NextField, keymap.PrevField:
		f.step(by[a])
	case keymap.Down, keymap.Up:
		f.vertical(by[a])
	case keymap.Earlier, keymap.Later:
		d.input.Move(by[a])
	case keymap.Older, keymap.Newer:
		return f.goBack(a)
	case keymap.Clear:
		d.input.ClearBefore()
		clear(d.on)
		f.changed(d)
	case keymap.Toggle:
		if d.codes == nil { // the key is a blank
			f.insert(d, " ")
			break
		}
		if f.givesWay(d) {
			clear(d.on)
		}
		d.on[d.cursor] = !d.on[d.cursor]
		f.changed(d)
	}
	f.arrange()
	return screen.Effect{}
}

func (f *Form) Type(key any) screen.Effect {
	d := f.at()
	hidden := ""
	if f.givesWay(d) {
		hidden = d.input.Text()
		d.input.Set("")
	}
	switch {
	case d.codes != nil:
		f.jump(d, strings.ToLower(fmt.Sprint(key)))
	case d.input.Type(key):
		f.changed(d)
	case hidden != "":
		d.input.Set(hidden)
	}
	f.arrange()
	return screen.Effect{}
}

// jump moves the cursor of a list to the first choice that begins with what was typed. If none does, the list says so.
func (f *Form) jump(d *field, key string) {
	if r := []rune(key); len(r) != 1 || !unicode.IsPrint(r[0]) {
		return
	}
	for _, text := range []string{f.typed + key, key} {
		begins := func(code int) bool { return strings.HasPrefix(strings.ToLower(f.name(d, code)), text) }
		if i := slices.IndexFunc(d.codes, begins); i >= 0 {
			d.cursor, f.typed, f.stray = i, text, false
			return
		}
	}
	f.typed, f.stray = f.typed+key, true
}

// Paste puts ids and addresses found in a text into their fields, anything else into the field with the cursor.
func (f *Form) Paste(text string) screen.Effect {
	emails, ids := paste.Found(text)
	into, items := sendcloud.ParamEmail, emails
	if len(ids) > 0 {
		into, items = sendcloud.ParamEmailIDs, ids
	}
	if d := f.at(); len(items) > 0 {
		f.focus = slices.IndexFunc(f.fields, func(d field) bool { return d.param == into })
		d = f.at()
		if old := d.input.Text(); old != "" && d.touched {
			items = append([]string{old}, items...)
		}
		d.input.Set(strings.Join(items, separator))
		f.changed(d)
		f.pasted = pasted{paste.Read(text).Items, f.says}
	} else {
		if d.codes != nil {
			f.focus, d = 0, &f.fields[0]
		}
		between := " "
		if _, list := d.at(&sendcloud.Query{}).(*[]string); list {
			between = separator
		}
		d.input.Fresh = d.input.Fresh || !d.touched
		f.insert(d, textfield.OneLine(text, between))
	}
	f.arrange()
	return screen.Effect{}
}

func (f *Form) insert(d *field, text string) {
	d.input.Fresh = d.input.Fresh || f.givesWay(d)
	d.input.Insert(text)
	f.changed(d)
}

// search asks for what the form says. Where something is wrong, every reason is shown and the cursor goes to the first wrong field.
func (f *Form) search() screen.Effect {
	f.check()
	if q := f.question(); f.firstWrong() < 0 {
		return f.keep(screen.Effect{Pop: true, Ask: &q})
	}
	f.focus, f.stopped = f.firstWrong(), true
	f.arrange()
	return screen.Effect{}
}

func (f *Form) Changed() bool {
	return f.firstWrong() >= 0 || !reflect.DeepEqual(f.question(), f.opened)
}

func (f *Form) at() *field { return &f.fields[f.focus] }

func (f *Form) step(n int) {
	f.focus = (f.focus + n + len(f.fields)) % len(f.fields)
	f.at().input.Fresh = true
}

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

func (f *Form) changed(d *field) {
	d.touched, f.stopped = true, false
	f.check()
}

// givesWay reports whether what d was opened with does not count now. It counts again when its rivals are emptied.
func (f *Form) givesWay(d *field) bool {
	return !d.touched && slices.ContainsFunc(rivals[d.param], func(p sendcloud.Param) bool {
		rival := f.field(p)
		return rival.touched && rival.input.Text() != ""
	})
}

// check reads all fields and finds out what is wrong and what a search costs.
func (f *Form) check() {
	f.says = sendcloud.Query{}
	for i := range f.fields {
		d := &f.fields[i]
		d.wrong = nil
		if f.givesWay(d) {
			continue
		}
		if err := d.read(&f.says, f.opt.Now()); errors.As(err, &d.wrong) {
			d.wrong.Param = d.param
		}
	}
	blame := func(e *sendcloud.ParameterError) {
		at := e.Param
		if e.Reason == sendcloud.HalfDates { // it is the half that is missing
			if at = sendcloud.ParamEndDate; f.says.StartDate.IsZero() {
				at = sendcloud.ParamStartDate
			}
		}
		if d := f.field(at); d != nil && d.wrong == nil {
			d.wrong = e
		}
	}
	for _, e := range f.says.Validate(f.opt.Now(), f.opt.LookbackDays) {
		blame(e)
	}
	f.calls, f.notes, f.failed = 0, nil, nil
	if f.opt.Cost == nil || f.firstWrong() >= 0 {
		return
	}
	var e *sendcloud.ParameterError
	if f.calls, f.notes, f.failed = f.opt.Cost(f.says); errors.As(f.failed, &e) {
		f.failed = nil
		blame(e)
	}
}

func (f *Form) field(p sendcloud.Param) *field {
	i := slices.IndexFunc(f.fields, func(d field) bool { return d.param == p })
	if i < 0 {
		return nil
	}
	return &f.fields[i]
}

func (f *Form) firstWrong() int {
	return slices.IndexFunc(f.fields, func(d field) bool { return d.wrong != nil })
}

// reason is why d is wrong. That half a pair of dates is missing is no matter while the pair is being typed.
func (f *Form) reason(d *field) *sendcloud.ParameterError {
	if half := d.wrong != nil && d.wrong.Reason == sendcloud.HalfDates; half && f.at().date() && !f.stopped {
		return nil
	}
	return d.wrong
}
