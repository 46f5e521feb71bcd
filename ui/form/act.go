package form

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"bounceboard/keymap"
	"bounceboard/sendcloud"
	"bounceboard/ui/words"
)

// Type hands a key message to the field with the cursor.
func (f *Form) Type(msg any) {
	d := f.at()
	before := d.input.Value()
	d.input, _ = d.input.Update(msg) // its commands blink a cursor and read a clipboard; ours does neither
	f.view = ""
	switch {
	case d.choices != nil:
		if d.press(keymap.Narrow(d.input.Value())) {
			f.touch()
		}
	case d.input.Value() != before:
		f.touch()
	}
}

// press reads keys typed over a list, of which several may arrive together and
// an input method may make the blank wide: digits jump to a code, a blank
// toggles. It reports whether a choice changed.
func (d *field) press(keys string) (toggled bool) {
	typed := ""
	for _, r := range keys {
		if r == ' ' {
			d.toggle()
			typed, toggled = "", true
			continue
		}
		for typed += string(r); typed != "" && !d.jump(typed); { // what fits no code begins a new one
			_, size := utf8.DecodeRuneInString(typed)
			typed = typed[size:]
		}
	}
	d.set(typed)
	return toggled
}

// jump moves to the first choice whose code begins with digits.
func (d *field) jump(digits string) bool {
	at := slices.IndexFunc(d.choices, func(c choice) bool { return strings.HasPrefix(strconv.Itoa(c.code), digits) })
	if at >= 0 {
		d.cursor = at
	}
	return at >= 0
}

func (d *field) toggle() {
	d.choices[d.cursor].on = !d.choices[d.cursor].on
	d.input.Reset()
}

// Act does what a key is bound to.
func (f *Form) Act(a keymap.Action) {
	f.view = ""
	d := f.at()
	switch a {
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
	case keymap.First:
		d.cursor = 0
		d.input.CursorStart()
	case keymap.Last:
		d.cursor = max(len(d.choices)-1, 0)
		d.input.CursorEnd()
	case keymap.Clear:
		d.clear()
		f.touch()
	case keymap.Toggle:
		if d.choices == nil {
			d.insert(" ")
		} else {
			d.toggle()
		}
		f.touch()
	}
}

func (d *field) clear() {
	d.input.Reset()
	for i := range d.choices {
		d.choices[i].on = false
	}
}

// vertical moves in a list of choices, and at its ends on to the next field.
func (f *Form) vertical(n int) {
	d := f.at()
	if next := d.cursor + n; next >= 0 && next < len(d.choices) {
		d.cursor = next
		d.input.Reset()
		return
	}
	f.step(n)
	if d = f.at(); d.choices != nil {
		d.cursor = 0
		if n < 0 {
			d.cursor = len(d.choices) - 1
		}
	}
}

func (f *Form) horizontal(n int) {
	d := f.at()
	switch {
	case d.choices != nil:
		d.sideways(n)
	case d.isDate() && f.shiftDay(n):
		f.touch()
	case n > 0 && f.takeSuggestion():
		f.touch()
	default:
		d.input.SetCursor(d.input.Position() + n)
	}
}

// sideways moves between the two columns of the sub-statuses, and along the
// statuses, which stand in one.
func (d *field) sideways(n int) {
	d.input.Reset()
	left, right := d.columns()
	if right == 0 {
		d.cursor = min(max(d.cursor+n, 0), left-1)
		return
	}
	switch {
	case n > 0 && d.cursor < left:
		d.cursor = left + min(d.cursor, right-1)
	case n < 0 && d.cursor >= left:
		d.cursor -= left
	}
}

// columns says how many choices stand on the left and on the right: 4xx beside 5xx.
func (d *field) columns() (left, right int) {
	switch d.param {
	case words.FilterCause:
		return (len(d.choices) + 1) / 2, len(d.choices) / 2
	case sendcloud.ParamSubStatus:
	default:
		return len(d.choices), 0
	}
	left = slices.IndexFunc(d.choices, func(c choice) bool { return sendcloud.SubStatus(c.code).Status() == sendcloud.SoftBounce })
	return left, len(d.choices) - left
}

// shiftDay steps a date by a day; nothing given steps from today. It does
// nothing while the date cannot be read.
func (f *Form) shiftDay(n int) bool {
	d := f.at()
	day, err := sendcloud.ParseDate(d.input.Value(), f.now())
	switch {
	case err != nil:
		return false
	case day.IsZero() && n > 0:
		n = 0 // there is no day after today to ask for
		fallthrough
	case day.IsZero():
		day = sendcloud.DateOf(f.now())
	}
	d.set(day.AddDays(n).String())
	return true
}

// Paste puts text that was pasted into the field it fits: email ids and
// addresses into theirs, found in whatever stands around them; anything else
// into the field with the cursor. In a form that nobody has changed yet it
// takes the place of what stands there.
func (f *Form) Paste(text string) {
	fresh := !f.Changed()
	emails, ids := sendcloud.FindInPaste(text)
	switch {
	case len(ids) > 0:
		f.pasteList(sendcloud.ParamEmailIDs, ids, fresh)
	case len(emails) > 0:
		f.pasteList(sendcloud.ParamEmail, emails, fresh)
	case f.at().choices != nil:
		f.enter(0)
		fallthrough
	default:
		f.pasteText(text, fresh)
	}
	f.touch()
}

func (f *Form) pasteList(p sendcloud.Param, items []string, fresh bool) {
	f.enter(slices.IndexFunc(f.fields, func(d field) bool { return d.param == p }))
	d := f.at()
	if old := strings.TrimRight(d.input.Value(), separators); old != "" && !fresh {
		items = append([]string{old}, items...)
	}
	d.set(strings.Join(items, separator))
}

// pasteText puts text in as it is, on one line.
func (f *Form) pasteText(text string, fresh bool) {
	d := f.at()
	if fresh {
		d.input.Reset()
	}
	between := " "
	if d.isList() {
		between = separator
	}
	lines := strings.FieldsFunc(text, func(r rune) bool { return r == '\n' || r == '\r' || r == '\t' })
	d.insert(strings.Join(lines, between))
}
