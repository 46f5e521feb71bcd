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
	param     sendcloud.Param
	kind      kind
	at        func(*answers) any // a pointer to where its value stands
	apart     bool               // a blank line stands above it
	low, high int                // of a number; high 0: no bound
	codes     []int              // of a choice: what there is to choose
}

// specs are all fields, in the order of the screen.
var specs = []spec{
	{param: sendcloud.ParamEmail, kind: list, at: func(a *answers) any { return &a.Emails }},
	{param: sendcloud.ParamEmailIDs, kind: list, at: func(a *answers) any { return &a.EmailIDs }},
	{param: sendcloud.ParamStatus, kind: choice, at: func(a *answers) any { return &a.Statuses }, codes: numbers(sendcloud.Statuses()), apart: true},
	{param: sendcloud.ParamSubStatus, kind: choice, at: func(a *answers) any { return &a.SubStatuses }, codes: numbers(sendcloud.SubStatuses())},
	{param: words.FilterCause, kind: choice, at: func(a *answers) any { return &a.Causes }, codes: numbers(failures())},
	{param: words.FilterPermanence, kind: choice, at: func(a *answers) any { return &a.Permanences },
		codes: numbers([]bounce.Permanence{bounce.Permanent, bounce.Temporary, bounce.Unknown})},
	{param: sendcloud.ParamDays, kind: number, at: func(a *answers) any { return &a.Days }, low: 1, apart: true}, // high is the lookback
	{param: sendcloud.ParamStartDate, kind: date, at: func(a *answers) any { return &a.StartDate }},
	{param: sendcloud.ParamEndDate, kind: date, at: func(a *answers) any { return &a.EndDate }},
	{param: sendcloud.ParamAPIUsers, kind: list, at: func(a *answers) any { return &a.APIUsers }, apart: true},
	{param: sendcloud.ParamLabelName, at: func(a *answers) any { return &a.LabelName }},
	{param: sendcloud.ParamLabelID, at: func(a *answers) any { return &a.LabelID }},
	{param: sendcloud.ParamStart, kind: number, at: func(a *answers) any { return &a.Start }, apart: true},
	{param: sendcloud.ParamLimit, kind: number, at: func(a *answers) any { return &a.Limit }, low: 1, high: 100},
}

// failures are the causes for which mail fails.
func failures() []bounce.Cause {
	return slices.DeleteFunc(bounce.Causes(), func(c bounce.Cause) bool { return c == bounce.Delivered })
}

func numbers[C ~int | ~uint8](cs []C) []int {
	out := make([]int, len(cs))
	for i, c := range cs {
		out[i] = int(c)
	}
	return out
}

// separator joins the values of a list in its field; any of the separators may
// stand between them.
const (
	separator  = ", "
	separators = " ,;，；、"
)

// field is a field as it is being filled.
type field struct {
	spec
	input   textfield.Field // of a choice: the digits typed so far
	touched bool            // it was changed
	on      []bool          // of a choice: which codes are chosen
	cursor  int             // of a choice: in codes

	day   sendcloud.Date // of a date: the day it comes to
	wrong *sendcloud.ParameterError
	left  bool // it was left, or the search pressed, while wrong
}

// newField is a field filled with its value in a.
func newField(s spec, a *answers) field {
	d := field{spec: s, on: make([]bool, len(s.codes))}
	var chosen []int
	opened := ""
	switch v := s.at(a).(type) {
	case *string:
		opened = *v
	case *int:
		if *v != 0 {
			opened = strconv.Itoa(*v)
		}
	case *sendcloud.Date:
		opened = v.String()
	case *[]string:
		opened = strings.Join(*v, separator)
	case *[]sendcloud.Status:
		chosen = numbers(*v)
	case *[]sendcloud.SubStatus:
		chosen = numbers(*v)
	case *[]bounce.Cause:
		chosen = numbers(*v)
	case *[]bounce.Permanence:
		chosen = numbers(*v)
	}
	for i, c := range s.codes {
		d.on[i] = slices.Contains(chosen, c)
	}
	d.input = textfield.New(opened, 0)
	return d
}

// read puts the value of the field into a, unless it cannot be read. lookback is
// how many days can be asked for.
func (d *field) read(a *answers, now time.Time, lookback int) (err error) {
	value := strings.TrimSpace(d.input.Text())
	switch v := d.at(a).(type) {
	case *string:
		*v = value
	case *int:
		*v, err = d.number(value, lookback)
	case *sendcloud.Date:
		*v, err = sendcloud.ParseDate(value, now)
		d.day = *v
	case *[]string:
		switch d.param {
		case sendcloud.ParamEmail:
			*v, err = sendcloud.ParseEmails(value)
		case sendcloud.ParamEmailIDs:
			*v = sendcloud.ParseEmailIDs(value)
		default:
			*v = sendcloud.ParseAPIUsers(value)
		}
	case *[]sendcloud.Status:
		*v = marked[sendcloud.Status](d)
	case *[]sendcloud.SubStatus:
		*v = marked[sendcloud.SubStatus](d)
	case *[]bounce.Cause:
		*v = marked[bounce.Cause](d)
	case *[]bounce.Permanence:
		*v = marked[bounce.Permanence](d)
	}
	return err
}

// number is a whole number within the bounds of the field; nothing given is 0.
func (d *field) number(value string, lookback int) (int, error) {
	high := d.high
	if d.param == sendcloud.ParamDays {
		high = lookback
	}
	n, err := strconv.Atoi(keymap.Narrow(value))
	switch {
	case value == "":
		return 0, nil
	case err != nil || n < d.low || high > 0 && n > high:
		return 0, &sendcloud.ParameterError{Value: value, Reason: sendcloud.OutOfRange, Min: d.low, Limit: high}
	}
	return n, nil
}

// marked are the codes that are chosen.
func marked[C ~int | ~uint8](d *field) []C {
	var codes []C
	for i, c := range d.codes {
		if d.on[i] {
			codes = append(codes, C(c))
		}
	}
	return codes
}

func (d *field) set(value string) { d.input.Set(value) }

func (d *field) toggle() {
	d.on[d.cursor] = !d.on[d.cursor]
	d.set("")
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
