package form

import (
	"errors"
	"slices"

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
		d.wrong, d.day = nil, sendcloud.Date{}
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

// blame puts e at its field, half a pair of dates at the half that is missing.
func (f *Form) blame(e *sendcloud.ParameterError) {
	at := f.field(e.Param)
	if e.Reason == sendcloud.HalfDates {
		if f.says.Days > 0 { // one of the two has to go anyway
			return
		}
		if at = f.field(sendcloud.ParamEndDate); f.says.StartDate.IsZero() {
			at = f.field(sendcloud.ParamStartDate)
		}
	}
	if at != nil && at.wrong == nil {
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

// reason is why d is wrong, as far as it is time to say so: not of a text that
// is being typed.
func (f *Form) reason(d *field) *sendcloud.ParameterError {
	typing := d == f.at() && d.kind != number && d.kind != choice
	pair := d.wrong != nil && d.wrong.Reason == sendcloud.HalfDates && f.at().kind == date
	if !d.left && (typing || pair) {
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
