package form

import (
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"bounceboard/keymap"
	"bounceboard/sendcloud"
	"bounceboard/sendcloud/bounce"
	"bounceboard/ui/textfield"
	"bounceboard/ui/words"
)

// answers are what the fields say: a query of the service, and the filters
// that are made here.
type answers struct {
	sendcloud.Query
	Causes      []bounce.Cause
	Permanences []bounce.Permanence
}

// kind says how a field is filled.
type kind int

const (
	text   kind = iota
	list        // a text of several values
	number      // a text
	date        // a text
	choice      // marks in a list
)

// spec is what the form knows of a field. Its label, its hint and the reasons
// why its value is wrong are sentences of package words, by param.
type spec struct {
	param sendcloud.Param
	kind  kind
	apart bool // a blank line stands above it

	// Of a text: how a value is written, and how it is read. lookback is the
	// number of days that can be asked. Empty is not given.
	write func(a *answers) string
	read  func(a *answers, value string, now time.Time, lookback int) error

	// Of a choice: what there is to choose, what is chosen, and how it is set.
	codes  []int
	chosen func(a *answers) []int
	choose func(a *answers, codes []int)
}

// separator joins the values of a list in its field; any of the separators may
// stand between them.
const (
	separator  = ", "
	separators = " ,;，；、"
)

// specs are all fields, in the order of the screen.
var specs = []spec{
	ofList(sendcloud.ParamEmail, func(a *answers) *[]string { return &a.Emails }, sendcloud.ParseEmails),
	ofList(sendcloud.ParamEmailIDs, func(a *answers) *[]string { return &a.EmailIDs }, never(sendcloud.ParseEmailIDs)),
	apart(ofChoice(sendcloud.ParamStatus, sendcloud.Statuses(), func(a *answers) *[]sendcloud.Status { return &a.Statuses })),
	ofChoice(sendcloud.ParamSubStatus, sendcloud.SubStatuses(), func(a *answers) *[]sendcloud.SubStatus { return &a.SubStatuses }),
	ofChoice(words.FilterCause, failures(), func(a *answers) *[]bounce.Cause { return &a.Causes }),
	ofChoice(words.FilterPermanence, []bounce.Permanence{bounce.Permanent, bounce.Temporary, bounce.Unknown}, func(a *answers) *[]bounce.Permanence { return &a.Permanences }),
	apart(ofNumber(sendcloud.ParamDays, func(a *answers) *int { return &a.Days }, 1, upToLookback)),
	ofDate(sendcloud.ParamStartDate, func(a *answers) *sendcloud.Date { return &a.StartDate }),
	ofDate(sendcloud.ParamEndDate, func(a *answers) *sendcloud.Date { return &a.EndDate }),
	apart(ofList(sendcloud.ParamAPIUsers, func(a *answers) *[]string { return &a.APIUsers }, never(sendcloud.ParseAPIUsers))),
	ofText(sendcloud.ParamLabelName, func(a *answers) *string { return &a.LabelName }),
	ofText(sendcloud.ParamLabelID, func(a *answers) *string { return &a.LabelID }),
	apart(ofNumber(sendcloud.ParamStart, func(a *answers) *int { return &a.Start }, 0, unbounded)),
	ofNumber(sendcloud.ParamLimit, func(a *answers) *int { return &a.Limit }, 1, 100),
}

// failures are the causes for which mail fails.
func failures() []bounce.Cause {
	return slices.DeleteFunc(bounce.Causes(), func(c bounce.Cause) bool { return c == bounce.Delivered })
}

func apart(s spec) spec {
	s.apart = true
	return s
}

// never is a reader that takes any text, as one that may fail.
func never(parse func(string) []string) func(string) ([]string, error) {
	return func(s string) ([]string, error) { return parse(s), nil }
}

func ofText(p sendcloud.Param, at func(*answers) *string) spec {
	return spec{param: p, kind: text,
		write: func(a *answers) string { return *at(a) },
		read:  func(a *answers, value string, _ time.Time, _ int) error { *at(a) = value; return nil }}
}

func ofList(p sendcloud.Param, at func(*answers) *[]string, parse func(string) ([]string, error)) spec {
	return spec{param: p, kind: list,
		write: func(a *answers) string { return strings.Join(*at(a), separator) },
		read: func(a *answers, value string, _ time.Time, _ int) (err error) {
			*at(a), err = parse(value)
			return err
		}}
}

func ofDate(p sendcloud.Param, at func(*answers) *sendcloud.Date) spec {
	return spec{param: p, kind: date,
		write: func(a *answers) string { return at(a).String() },
		read: func(a *answers, value string, now time.Time, _ int) (err error) {
			*at(a), err = sendcloud.ParseDate(value, now)
			return err
		}}
}

// Upper bounds of a number that are no number.
const (
	unbounded    = 0
	upToLookback = -1
)

// ofNumber is a whole number of at least low.
func ofNumber(p sendcloud.Param, at func(*answers) *int, low, high int) spec {
	return spec{param: p, kind: number,
		write: func(a *answers) string {
			if *at(a) == 0 {
				return ""
			}
			return strconv.Itoa(*at(a))
		},
		read: func(a *answers, value string, _ time.Time, lookback int) error {
			most := high
			if high == upToLookback {
				most = lookback
			}
			if value == "" {
				*at(a) = 0
				return nil
			}
			n, err := strconv.Atoi(keymap.Narrow(value))
			if err != nil || n < low || most != unbounded && n > most {
				return &sendcloud.ParameterError{Value: value, Reason: sendcloud.OutOfRange, Min: low, Limit: most}
			}
			*at(a) = n
			return nil
		}}
}

func ofChoice[C ~int | ~uint8](p sendcloud.Param, all []C, at func(*answers) *[]C) spec {
	numbers := func(cs []C) []int {
		out := make([]int, len(cs))
		for i, c := range cs {
			out[i] = int(c)
		}
		return out
	}
	return spec{param: p, kind: choice, codes: numbers(all),
		chosen: func(a *answers) []int { return numbers(*at(a)) },
		choose: func(a *answers, codes []int) {
			*at(a) = nil
			for _, c := range codes {
				*at(a) = append(*at(a), C(c))
			}
		}}
}

// field is a field as it is being filled.
type field struct {
	spec
	input  textfield.Field // of a choice: the digits typed so far
	opened string          // its text as the form was opened
	on     []bool          // of a choice: which codes are chosen
	cursor int             // of a choice: in codes

	items   int            // of a list: how many values it has
	day     sendcloud.Date // of a date: the day it comes to
	wrong   *sendcloud.ParameterError
	changed int  // which change of the form was the last one here; 0: none
	left    bool // it was left, or the search pressed, while wrong
}

func newField(s spec, a *answers) field {
	d := field{spec: s}
	if s.kind == choice {
		d.on = make([]bool, len(s.codes))
		for i, c := range s.codes {
			d.on[i] = slices.Contains(s.chosen(a), c)
		}
	} else {
		d.opened = s.write(a)
	}
	d.input = textfield.New(d.opened, 0)
	return d
}

func (d *field) set(value string) { d.input.Set(value) }

func (d *field) toggle() {
	d.on[d.cursor] = !d.on[d.cursor]
	d.set("")
}

// marked are the codes that are chosen.
func (d *field) marked() []int {
	var codes []int
	for i, c := range d.codes {
		if d.on[i] {
			codes = append(codes, c)
		}
	}
	return codes
}

// jump reads keys typed over a list, of which several may arrive together:
// digits move to a code, a blank chooses. It reports whether a choice changed.
func (d *field) jump(keys string) (toggled bool) {
	typed := ""
	for _, r := range keys {
		if r == ' ' {
			d.toggle()
			typed, toggled = "", true
			continue
		}
		for typed += string(r); typed != ""; { // digits that fit no code begin a new one
			at := slices.IndexFunc(d.codes, func(c int) bool { return strings.HasPrefix(strconv.Itoa(c), typed) })
			if at >= 0 {
				d.cursor = at
				break
			}
			_, size := utf8.DecodeRuneInString(typed)
			typed = typed[size:]
		}
	}
	d.set(typed)
	return toggled
}

// columns is how many choices stand on the left and on the right. Of the
// sub-statuses these are 4xx and 5xx.
func (d *field) columns() (left, right int) {
	switch d.param {
	case words.FilterCause:
		return (len(d.codes) + 1) / 2, len(d.codes) / 2
	case sendcloud.ParamSubStatus:
		left = slices.IndexFunc(d.codes, func(c int) bool { return sendcloud.SubStatus(c).Status() == sendcloud.SoftBounce })
		return left, len(d.codes) - left
	}
	return len(d.codes), 0
}

// sideways changes the column of a list, or moves in one that has no second
// column.
func (d *field) sideways(n int) {
	d.set("")
	left, right := d.columns()
	switch {
	case right == 0:
		d.cursor = min(max(d.cursor+n, 0), left-1)
	case n > 0 && d.cursor < left:
		d.cursor = left + min(d.cursor, right-1)
	case n < 0 && d.cursor >= left:
		d.cursor -= left
	}
}

// stepDay steps a date by n days; nothing given steps from today. It reports
// false while the date cannot be read.
func (d *field) stepDay(n int, now time.Time) bool {
	day, err := sendcloud.ParseDate(d.input.Text(), now)
	if err != nil {
		return false
	}
	if day.IsZero() {
		if day = sendcloud.DateOf(now); n > 0 { // there is no day after today to ask for
			n = 0
		}
	}
	d.set(day.AddDays(n).String())
	return true
}
