package form

import (
	"slices"
	"strconv"
	"strings"

	"github.com/charmbracelet/bubbles/cursor"
	"github.com/charmbracelet/bubbles/textinput"

	"bounceboard/sendcloud"
	"bounceboard/sendcloud/bounce"
	"bounceboard/ui/words"
)

// field is one parameter: a text, or a choice from a list.
type field struct {
	param   sendcloud.Param
	input   textinput.Model // of a choice: digits typed to jump
	opened  string          // its text as the form was opened
	choices []choice        // nil for a text
	cursor  int             // in choices
	items   int             // how many values its text lists
	wrong   *sendcloud.ParameterError
	changed int  // which change of the form was the last one here, 0: none
	left    bool // it was left, or the search asked for, while wrong
}

// choice is one line of a list.
type choice struct {
	code int
	on   bool
}

// separator joins the items of a list in its field.
const separator = ", "

// newFields are all fields, in the order of the screen, filled with q.
func newFields(q sendcloud.Query, l Local) []field {
	number := func(n int) string {
		if n == 0 {
			return ""
		}
		return strconv.Itoa(n)
	}
	list := func(items []string) string { return strings.Join(items, separator) }
	return []field{
		text(sendcloud.ParamEmail, list(q.Emails)),
		text(sendcloud.ParamEmailIDs, list(q.EmailIDs)),
		choose(sendcloud.ParamStatus, sendcloud.Statuses(), q.Statuses),
		choose(sendcloud.ParamSubStatus, sendcloud.SubStatuses(), q.SubStatuses),
		choose(words.FilterCause, failing(), l.Causes),
		choose(words.FilterPermanence, []bounce.Permanence{bounce.Permanent, bounce.Temporary, bounce.Unknown}, l.Permanences),
		text(sendcloud.ParamDays, number(q.Days)),
		text(sendcloud.ParamStartDate, q.StartDate.String()),
		text(sendcloud.ParamEndDate, q.EndDate.String()),
		text(sendcloud.ParamAPIUsers, list(q.APIUsers)),
		text(sendcloud.ParamLabelName, q.LabelName),
		text(sendcloud.ParamLabelID, q.LabelID),
		text(sendcloud.ParamStart, number(q.Start)),
		text(sendcloud.ParamLimit, number(q.Limit)),
	}
}

// failing are the causes that mail fails for.
func failing() []bounce.Cause {
	return slices.DeleteFunc(bounce.Causes(), func(c bounce.Cause) bool { return c == bounce.Delivered })
}

// groups begin with these fields.
var groups = []sendcloud.Param{sendcloud.ParamStatus, sendcloud.ParamDays, sendcloud.ParamAPIUsers, sendcloud.ParamStart}

func text(p sendcloud.Param, value string) field {
	in := textinput.New()
	in.Cursor.SetMode(cursor.CursorStatic)
	in.KeyMap.Paste.SetEnabled(false) // it would read a clipboard on the far side of SSH
	in.SetValue(value)
	in.CursorEnd()
	return field{param: p, input: in, opened: value}
}

func choose[C ~int | ~uint8](p sendcloud.Param, all, on []C) field {
	f := text(p, "")
	for _, c := range all {
		f.choices = append(f.choices, choice{code: int(c), on: slices.Contains(on, c)})
	}
	return f
}

// chosen are the codes that are on.
func chosen[C ~int | ~uint8](f *field) []C {
	var codes []C
	for _, c := range f.choices {
		if c.on {
			codes = append(codes, C(c.code))
		}
	}
	return codes
}

func (d *field) isDate() bool {
	return d.param == sendcloud.ParamStartDate || d.param == sendcloud.ParamEndDate
}

// isList reports whether the text is a list of items.
func (d *field) isList() bool {
	return d.param == sendcloud.ParamEmail || d.param == sendcloud.ParamEmailIDs || d.param == sendcloud.ParamAPIUsers
}

func (d *field) set(value string) {
	d.input.SetValue(value)
	d.input.CursorEnd()
}

// insert puts s where the cursor is.
func (d *field) insert(s string) {
	before, after := d.split()
	d.input.SetValue(before + s + after)
	d.input.SetCursor(len([]rune(d.input.Value())) - len([]rune(after)))
}

// split is the text before and behind the cursor.
func (d *field) split() (before, after string) {
	runes := []rune(d.input.Value())
	return string(runes[:d.input.Position()]), string(runes[d.input.Position():])
}
