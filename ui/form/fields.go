package form

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"bounceboard/keymap"
	"bounceboard/sendcloud"
	"bounceboard/sendcloud/bounce"
	"bounceboard/sendcloud/recordset"
	"bounceboard/ui/screen"
	"bounceboard/ui/textfield"
	"bounceboard/ui/words"
)

// spec is what the form knows of a field. Its label, its hint and the reasons why its value is wrong are sentences of package
// words, by param.
type spec struct {
	param sendcloud.Param
	apart bool                       // a blank line stands above it
	unset string                     // what the service takes where nothing is given; empty: any
	codes []int                      // what there is to choose; nil: text is typed
	at    func(*sendcloud.Query) any // points to the value
}

var specs = []spec{
	{param: sendcloud.ParamEmail, at: func(q *sendcloud.Query) any { return &q.Emails }},
	{param: sendcloud.ParamEmailIDs, at: func(q *sendcloud.Query) any { return &q.EmailIDs }},
	{param: sendcloud.ParamStatus, apart: true, codes: as[int](sendcloud.Statuses()), at: func(q *sendcloud.Query) any { return &q.Statuses }},
	{param: sendcloud.ParamSubStatus, codes: as[int](sendcloud.SubStatuses()), at: func(q *sendcloud.Query) any { return &q.SubStatuses }},
	{param: words.FilterCause, at: nowhere, codes: as[int](slices.DeleteFunc(bounce.Causes(), func(c bounce.Cause) bool { return c == bounce.Delivered }))},
	{param: words.FilterPermanence, at: nowhere, codes: as[int]([]bounce.Permanence{bounce.Permanent, bounce.Temporary, bounce.Unknown})},
	{param: sendcloud.ParamDays, apart: true, unset: "-", at: func(q *sendcloud.Query) any { return &q.Days }},
	{param: sendcloud.ParamStartDate, unset: "-", at: func(q *sendcloud.Query) any { return &q.StartDate }},
	{param: sendcloud.ParamEndDate, unset: "-", at: func(q *sendcloud.Query) any { return &q.EndDate }},
	{param: sendcloud.ParamAPIUsers, apart: true, at: func(q *sendcloud.Query) any { return &q.APIUsers }},
	{param: sendcloud.ParamLabelName, at: func(q *sendcloud.Query) any { return &q.LabelName }},
	{param: sendcloud.ParamLabelID, at: func(q *sendcloud.Query) any { return &q.LabelID }},
	{param: sendcloud.ParamStart, apart: true, unset: "0", at: func(q *sendcloud.Query) any { return &q.Start }},
	{param: sendcloud.ParamLimit, unset: "100", at: func(q *sendcloud.Query) any { return &q.Limit }},
}

// nowhere is where the value of a filter made here stands in the query.
func nowhere(*sendcloud.Query) any { return nil }

// as is codes of one kind as those of another.
func as[To, From ~int | ~uint8](codes []From) (out []To) {
	for _, c := range codes {
		out = append(out, To(c))
	}
	return out
}

// separator joins the values of a list in its field.
const separator = ", "

// rivals are the fields before which one gives way that nobody touched: who enters an address or an id wants all its mail, and days
// and dates do not go together.
var rivals = map[sendcloud.Param][]sendcloud.Param{
	sendcloud.ParamStatus:    {sendcloud.ParamEmail, sendcloud.ParamEmailIDs},
	sendcloud.ParamSubStatus: {sendcloud.ParamEmail, sendcloud.ParamEmailIDs},
	sendcloud.ParamDays:      {sendcloud.ParamStartDate, sendcloud.ParamEndDate},
	sendcloud.ParamStartDate: {sendcloud.ParamDays},
	sendcloud.ParamEndDate:   {sendcloud.ParamDays},
}

type field struct {
	spec
	input   textfield.Field
	touched bool // its value was changed by hand
	on      []bool
	cursor  int // of a choice: in codes
	wrong   *sendcloud.ParameterError
}

func (d *field) date() bool {
	return d.param == sendcloud.ParamStartDate || d.param == sendcloud.ParamEndDate
}

func newField(s spec, q sendcloud.Query) field {
	d := field{spec: s, on: make([]bool, len(s.codes)), input: textfield.New(s.text(q), 0)}
	said := append(as[int](q.Statuses), as[int](q.SubStatuses)...) // no code is both
	for i, c := range d.codes {
		d.on[i] = local[d.param] == 0 && slices.Contains(said, c)
	}
	return d
}

// text is the value in q of a field in which text is typed.
func (s *spec) text(q sendcloud.Query) string {
	switch v := s.at(&q).(type) {
	case *string:
		return *v
	case *[]string:
		return strings.Join(*v, separator)
	case *sendcloud.Date:
		return v.String()
	case *int:
		if *v != 0 {
			return strconv.Itoa(*v)
		}
	}
	return ""
}

func (d *field) read(q *sendcloud.Query, now time.Time) (err error) {
	text := strings.TrimSpace(d.input.Text())
	switch v := d.at(q).(type) {
	case *string:
		*v = text
	case *[]string:
		switch d.param {
		case sendcloud.ParamEmail:
			*v, err = sendcloud.ParseEmails(text)
		case sendcloud.ParamEmailIDs:
			*v = sendcloud.ParseEmailIDs(text)
		default:
			*v = sendcloud.ParseAPIUsers(text)
		}
	case *sendcloud.Date:
		*v, err = sendcloud.ParseDate(text, now)
	case *int:
		least := 1
		if d.param == sendcloud.ParamStart {
			least = 0
		}
		if *v, err = strconv.Atoi(keymap.Narrow(text)); text == "" {
			return nil
		} else if err != nil || *v < least {
			return &sendcloud.ParameterError{Value: text, Reason: sendcloud.OutOfRange, Min: least}
		}
	case *[]sendcloud.Status:
		*v = as[sendcloud.Status](d.marked())
	case *[]sendcloud.SubStatus:
		*v = as[sendcloud.SubStatus](d.marked())
	}
	return err
}

func (d *field) marked() (codes []int) {
	for i, c := range d.codes {
		if d.on[i] {
			codes = append(codes, c)
		}
	}
	return codes
}

// local are the filters made here, by their columns.
var local = map[sendcloud.Param]recordset.Column{words.FilterCause: recordset.ByCause, words.FilterPermanence: recordset.ByPermanence}

// token is a choice as a filter's term has it.
func (d *field) token(code int) string {
	if d.param == words.FilterCause {
		return bounce.Cause(code).String()
	}
	return bounce.Permanence(code).String()
}

func (f *Form) path() []screen.Step {
	var terms, texts []string
	for i := range f.fields {
		d := &f.fields[i]
		column, ok := local[d.param]
		if codes := d.marked(); ok && len(codes) > 0 {
			var tokens, names []string
			for _, c := range codes {
				tokens, names = append(tokens, d.token(c)), append(names, f.name(d, c))
			}
			terms = append(terms, head(column)+strings.Join(tokens, ","))
			texts = append(texts, words.ColumnName(f.Lang, column)+" "+strings.Join(names, f.Say(words.Or)))
		}
	}
	if terms == nil {
		return nil
	}
	return []screen.Step{{Term: strings.Join(terms, " "), Text: strings.Join(texts, ", ")}}
}

// recall chooses what the first step of a path says. A step that says anything else was not made here and is left out.
func (f *Form) recall(path []screen.Step) {
	if len(path) == 0 {
		return
	}
	for _, term := range strings.Fields(path[0].Term) {
		for p, column := range local {
			d := f.field(p)
			values, _ := strings.CutPrefix(term, head(column))
			for i, c := range d.codes {
				d.on[i] = d.on[i] || slices.Contains(strings.Split(values, ","), d.token(c)) && values != term
			}
		}
	}
	if made := f.path(); made == nil || made[0].Term != path[0].Term {
		for p := range local {
			clear(f.field(p).on)
		}
	}
}

func head(c recordset.Column) string { return recordset.Field(c).String() + ":" }
