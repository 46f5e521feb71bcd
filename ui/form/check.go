package form

import (
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"

	"bounceboard/keymap"
	"bounceboard/sendcloud"
	"bounceboard/sendcloud/bounce"
	"bounceboard/ui/words"
)

// check reads all fields and finds out what is wrong and what a search costs.
func (f *Form) check() {
	f.view = ""
	f.query = sendcloud.Query{}
	for i := range f.fields {
		d := &f.fields[i]
		d.wrong = f.read(d)
	}
	for _, e := range f.query.Validate(f.now(), f.known.LookbackDays) {
		f.blame(e)
	}
	f.calls, f.notes, f.failed = 0, nil, nil
	if f.cost == nil || f.firstWrong() >= 0 {
		return
	}
	var e *sendcloud.ParameterError
	if f.calls, f.notes, f.failed = f.cost(f.query); errors.As(f.failed, &e) {
		f.failed = nil
		f.blame(e)
	}
}

// read puts the value of d into the query, unless it cannot be read.
func (f *Form) read(d *field) *sendcloud.ParameterError {
	q, value := &f.query, strings.TrimSpace(d.input.Value())
	var err error
	switch d.param {
	case sendcloud.ParamEmail:
		q.Emails, err = sendcloud.ParseEmails(value)
		d.items = len(q.Emails)
	case sendcloud.ParamEmailIDs:
		q.EmailIDs = sendcloud.ParseEmailIDs(value)
		d.items = len(q.EmailIDs)
	case sendcloud.ParamAPIUsers:
		q.APIUsers = sendcloud.ParseAPIUsers(value)
		d.items = len(q.APIUsers)
	case sendcloud.ParamStatus:
		q.Statuses = chosen[sendcloud.Status](d)
	case sendcloud.ParamSubStatus:
		q.SubStatuses = chosen[sendcloud.SubStatus](d)
	case words.FilterCause:
		f.local.Causes = chosen[bounce.Cause](d)
	case words.FilterPermanence:
		f.local.Permanences = chosen[bounce.Permanence](d)
	case sendcloud.ParamLabelID:
		q.LabelID = value
	case sendcloud.ParamLabelName:
		q.LabelName = value
	case sendcloud.ParamStartDate:
		q.StartDate, err = sendcloud.ParseDate(value, f.now())
	case sendcloud.ParamEndDate:
		q.EndDate, err = sendcloud.ParseDate(value, f.now())
	case sendcloud.ParamDays:
		q.Days, err = number(value, 1, f.lookback())
	case sendcloud.ParamStart:
		q.Start, err = number(value, 0, 0)
	case sendcloud.ParamLimit:
		q.Limit, err = number(value, 1, 100)
	}
	var e *sendcloud.ParameterError
	if !errors.As(err, &e) {
		return nil
	}
	e.Param = d.param
	return e
}

func (f *Form) lookback() int {
	if f.known.LookbackDays > 0 {
		return f.known.LookbackDays
	}
	return sendcloud.DefaultLookbackDays
}

// number reads a whole number of at least low and, unless high is 0, at most
// high. Empty is 0, not given.
func number(text string, low, high int) (int, error) {
	if text == "" {
		return 0, nil
	}
	n, err := strconv.Atoi(keymap.Narrow(text))
	if err != nil || n < low || high > 0 && n > high {
		return 0, &sendcloud.ParameterError{Value: text, Reason: sendcloud.OutOfRange, Min: low, Limit: high}
	}
	return n, nil
}

// conflicts are the fields that contradict each other by each reason.
var conflicts = map[sendcloud.Reason][]sendcloud.Param{
	sendcloud.DaysWithDates:  {sendcloud.ParamDays, sendcloud.ParamStartDate, sendcloud.ParamEndDate},
	sendcloud.EndBeforeStart: {sendcloud.ParamStartDate, sendcloud.ParamEndDate},
	sendcloud.SpanTooLong:    {sendcloud.ParamStartDate, sendcloud.ParamEndDate},
	sendcloud.Contradiction:  {sendcloud.ParamStatus, sendcloud.ParamSubStatus},
}

// blame puts e where a person expects it: a conflict at the one of its fields
// that was changed last, half a pair at the half that is missing.
func (f *Form) blame(e *sendcloud.ParameterError) {
	at := f.field(e.Param)
	fields := conflicts[e.Reason]
	switch {
	case at == nil:
		return
	case e.Reason == sendcloud.HalfDates && f.query.Days > 0: // one of the two has to go anyway
		return
	case e.Reason == sendcloud.HalfDates && f.query.StartDate.IsZero():
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

func (f *Form) field(p sendcloud.Param) *field {
	for i := range f.fields {
		if f.fields[i].param == p {
			return &f.fields[i]
		}
	}
	return nil
}

// reason is why d is wrong, as far as it is time to say so: not while the value
// can still become right by typing on.
func (f *Form) reason(d *field) *sendcloud.ParameterError {
	switch {
	case d.wrong == nil || d.left:
		return d.wrong
	case d.wrong.Reason == sendcloud.HalfDates:
		if f.at().isDate() { // on the way from one date to the other
			return nil
		}
	case d == f.at() && halfTyped(d):
		return nil
	}
	return d.wrong
}

// halfTyped reports whether typing on could make the value right.
func halfTyped(d *field) bool {
	switch {
	case d.param == sendcloud.ParamEmail:
		return halfAddresses(d.input.Value())
	case d.isDate():
		return halfDate(strings.TrimSpace(d.input.Value()))
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
