package form

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

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
// why its value is wrong are sentences of package words, by param. A choice has
// codes, and chosen and choose; any other field is text, and has fill and read.
type spec struct {
	param  sendcloud.Param
	kind   kind
	apart  bool   // a blank line stands above it
	unset  string // what the service takes where nothing is given; empty: any
	fill   func(*answers) string
	read   func(a *answers, text string, now time.Time) error
	codes  []int                 // what there is to choose
	token  func(code int) string // as its flag takes it
	chosen func(*answers) []int
	choose func(*answers, []int)
}

// specs are all fields, in the order of the screen.
var specs = []spec{
	listOf(sendcloud.ParamEmail, func(a *answers) *[]string { return &a.Emails }, sendcloud.ParseEmails),
	listOf(sendcloud.ParamEmailIDs, func(a *answers) *[]string { return &a.EmailIDs }, sure(sendcloud.ParseEmailIDs)),
	apart(choiceOf(sendcloud.ParamStatus, func(a *answers) *[]sendcloud.Status { return &a.Statuses }, sendcloud.Statuses())),
	choiceOf(sendcloud.ParamSubStatus, func(a *answers) *[]sendcloud.SubStatus { return &a.SubStatuses }, sendcloud.SubStatuses()),
	choiceOf(words.FilterCause, func(a *answers) *[]bounce.Cause { return &a.Causes }, failures()),
	choiceOf(words.FilterPermanence, func(a *answers) *[]bounce.Permanence { return &a.Permanences }, []bounce.Permanence{bounce.Permanent, bounce.Temporary, bounce.Unknown}),
	apart(numberOf(sendcloud.ParamDays, func(a *answers) *int { return &a.Days }, 1, "-")),
	dateOf(sendcloud.ParamStartDate, func(a *answers) *sendcloud.Date { return &a.StartDate }),
	dateOf(sendcloud.ParamEndDate, func(a *answers) *sendcloud.Date { return &a.EndDate }),
	apart(listOf(sendcloud.ParamAPIUsers, func(a *answers) *[]string { return &a.APIUsers }, sure(sendcloud.ParseAPIUsers))),
	textOf(sendcloud.ParamLabelName, func(a *answers) *string { return &a.LabelName }),
	textOf(sendcloud.ParamLabelID, func(a *answers) *string { return &a.LabelID }),
	apart(numberOf(sendcloud.ParamStart, func(a *answers) *int { return &a.Start }, 0, "0")),
	numberOf(sendcloud.ParamLimit, func(a *answers) *int { return &a.Limit }, 1, "100"),
}

func apart(s spec) spec {
	s.apart = true
	return s
}

func textOf(p sendcloud.Param, at func(*answers) *string) spec {
	return spec{param: p, kind: text, fill: func(a *answers) string { return *at(a) },
		read: func(a *answers, text string, _ time.Time) error {
			*at(a) = text
			return nil
		}}
}

func listOf(p sendcloud.Param, at func(*answers) *[]string, parse func(string) ([]string, error)) spec {
	return spec{param: p, kind: list, fill: func(a *answers) string { return strings.Join(*at(a), separator) },
		read: func(a *answers, text string, _ time.Time) (err error) {
			*at(a), err = parse(text)
			return err
		}}
}

// sure is a parser that never fails.
func sure(parse func(string) []string) func(string) ([]string, error) {
	return func(text string) ([]string, error) { return parse(text), nil }
}

// numberOf is a whole number from the least that can be meant; nothing given is 0.
func numberOf(p sendcloud.Param, at func(*answers) *int, least int, unset string) spec {
	return spec{param: p, kind: number, unset: unset,
		fill: func(a *answers) string {
			if *at(a) == 0 {
				return ""
			}
			return strconv.Itoa(*at(a))
		},
		read: func(a *answers, text string, _ time.Time) error {
			n, err := strconv.Atoi(keymap.Narrow(text))
			if text != "" && (err != nil || n < least) {
				return &sendcloud.ParameterError{Value: text, Reason: sendcloud.OutOfRange, Min: least}
			}
			*at(a) = n
			return nil
		}}
}

func dateOf(p sendcloud.Param, at func(*answers) *sendcloud.Date) spec {
	return spec{param: p, kind: date, unset: "-", fill: func(a *answers) string { return at(a).String() },
		read: func(a *answers, text string, now time.Time) (err error) {
			*at(a), err = sendcloud.ParseDate(text, now)
			return err
		}}
}

func choiceOf[C ~int | ~uint8](p sendcloud.Param, at func(*answers) *[]C, codes []C) spec {
	numbers := func(cs []C) []int {
		var out []int
		for _, c := range cs {
			out = append(out, int(c))
		}
		return out
	}
	return spec{param: p, kind: choice, codes: numbers(codes), token: func(code int) string { return fmt.Sprint(C(code)) }, chosen: func(a *answers) []int { return numbers(*at(a)) },
		choose: func(a *answers, codes []int) {
			for _, c := range codes {
				*at(a) = append(*at(a), C(c))
			}
		}}
}

// failures are the causes for which mail fails.
func failures() []bounce.Cause {
	return slices.DeleteFunc(bounce.Causes(), func(c bounce.Cause) bool { return c == bounce.Delivered })
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
	input   textfield.Field
	touched bool   // it was changed
	on      []bool // of a choice: which codes are chosen
	cursor  int    // of a choice: in codes

	wrong *sendcloud.ParameterError
	left  bool // it was left, or the search pressed, while wrong
}

// newField is a field filled with its value in a.
func newField(s spec, a *answers) field {
	d := field{spec: s, on: make([]bool, len(s.codes)), input: textfield.New("", 0)}
	if s.kind != choice {
		d.set(s.fill(a))
		return d
	}
	for i, c := range s.codes {
		d.on[i] = slices.Contains(s.chosen(a), c)
	}
	return d
}

// marked are the codes that are chosen.
func (d *field) marked() (codes []int) {
	for i, c := range d.codes {
		if d.on[i] {
			codes = append(codes, c)
		}
	}
	return codes
}

func (d *field) set(value string) { d.input.Set(value) }

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
