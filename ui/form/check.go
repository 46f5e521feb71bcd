package form

import (
	"errors"
	"slices"
	"strings"
	"time"

	"bounceboard/keymap"
	"bounceboard/sendcloud"
)

// check reads all fields and finds out what is wrong and what a search costs.
func (f *Form) check() {
	f.says = answers{}
	lookback := f.LookbackDays
	if lookback == 0 {
		lookback = sendcloud.DefaultLookbackDays
	}
	for i := range f.fields {
		d := &f.fields[i]
		d.wrong, d.items, d.day = nil, 0, sendcloud.Date{}
		if err := d.read(&f.says, f.Now(), lookback); errors.As(err, &d.wrong) {
			d.wrong.Param = d.param
		}
	}
	for _, e := range f.says.Query.Validate(f.Now(), f.LookbackDays) {
		f.blame(e)
	}
	f.calls, f.notes, f.failed = 0, nil, nil
	if f.Cost == nil || f.firstWrong() >= 0 {
		return
	}
	var e *sendcloud.ParameterError
	if f.calls, f.notes, f.failed = f.Cost(f.says.Query); errors.As(f.failed, &e) {
		f.failed = nil
		f.blame(e)
	}
}

// conflicts are the fields that contradict each other by each reason.
var conflicts = map[sendcloud.Reason][]sendcloud.Param{
	sendcloud.DaysWithDates:  {sendcloud.ParamDays, sendcloud.ParamStartDate, sendcloud.ParamEndDate},
	sendcloud.EndBeforeStart: {sendcloud.ParamStartDate, sendcloud.ParamEndDate},
	sendcloud.SpanTooLong:    {sendcloud.ParamStartDate, sendcloud.ParamEndDate},
	sendcloud.Contradiction:  {sendcloud.ParamStatus, sendcloud.ParamSubStatus},
}

// blame puts e where a person expects it: a conflict at the one of its fields
// that was changed last, half a pair of dates at the half that is missing.
func (f *Form) blame(e *sendcloud.ParameterError) {
	at := f.field(e.Param)
	fields := conflicts[e.Reason]
	switch {
	case at == nil:
		return
	case e.Reason == sendcloud.HalfDates && f.says.Days > 0: // one of the two has to go anyway
		return
	case e.Reason == sendcloud.HalfDates && f.says.StartDate.IsZero():
		at = f.field(sendcloud.ParamStartDate)
	case e.Reason == sendcloud.HalfDates:
		at = f.field(sendcloud.ParamEndDate)
	case slices.Contains(fields, e.Param):
		for _, p := range fields {
			if d := f.field(p); d.changed > at.changed {
				at = d
			}
		}
	}
	if at.wrong == nil {
		at.wrong = e
	}
}

// field is the field of a parameter; nil: there is none.
func (f *Form) field(p sendcloud.Param) *field {
	for i := range f.fields {
		if f.fields[i].param == p {
			return &f.fields[i]
		}
	}
	return nil
}

// firstWrong is the first field that is wrong, -1 for none.
func (f *Form) firstWrong() int {
	return slices.IndexFunc(f.fields, func(d field) bool { return d.wrong != nil })
}

// reason is why d is wrong, as far as it is time to say so: not while typing
// on could make the value right.
func (f *Form) reason(d *field) *sendcloud.ParameterError {
	switch {
	case d.wrong == nil || d.left:
		return d.wrong
	case d.wrong.Reason == sendcloud.HalfDates && f.at().kind == date, // on the way from one date to the other
		d == f.at() && d.halfTyped():
		return nil
	}
	return d.wrong
}

// firstShown is the first field that the screen says is wrong; nil: none.
func (f *Form) firstShown() *field {
	for i := range f.fields {
		if f.reason(&f.fields[i]) != nil {
			return &f.fields[i]
		}
	}
	return nil
}

// halfTyped reports whether typing on could make the value right.
func (d *field) halfTyped() bool {
	switch {
	case d.param == sendcloud.ParamEmail:
		return halfAddresses(d.input.Text())
	case d.kind == date:
		return halfDate(strings.TrimSpace(d.input.Text()))
	}
	return false
}

// halfAddresses reports whether all but the last word are addresses, and the
// last one may become one.
func halfAddresses(text string) bool {
	text = keymap.Narrow(strings.ReplaceAll(text, "、", ","))
	cut := strings.LastIndexAny(text, " ,;") + 1
	done, typing := text[:cut], text[cut:]
	_, err := sendcloud.ParseEmails(done)
	return err == nil && typing != "" && strings.Count(typing, "@") <= 1
}

// halfDate reports whether text is the beginning of a day, and no whole one;
// 2026-11-2 may become 2026-11-23.
func halfDate(text string) bool {
	text = strings.ToLower(keymap.Narrow(text))
	for _, word := range []string{"today", "yesterday", "今天", "今日", "昨天", "昨日", "前天"} {
		if strings.HasPrefix(word, text) {
			return text != word
		}
	}
	if rest, minus := strings.CutPrefix(text, "-"); minus {
		return strings.Trim(rest, "0123456789") == ""
	}
	if strings.Trim(text, "0123456789") == "" && len(text) < len("20001010") {
		return true
	}
	text = strings.NewReplacer("/", "-", ".", "-").Replace(text)
	for _, rest := range []string{"2000-01-01", "2000-10-10", "2000-1-1", "01-01", "10-10", "1-1"} {
		if len(text) >= len(rest) {
			continue
		}
		if _, err := sendcloud.ParseDate(text+rest[len(text):], time.Time{}.AddDate(2000, 0, 0)); err == nil {
			return true
		}
	}
	return false
}
