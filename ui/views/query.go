package views

import (
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"

	"bounceboard/sendcloud"
	"bounceboard/ui/words"
)

// field is how a parameter of a query is written and read.
type field struct {
	param sendcloud.Param
	text  func(*sendcloud.Query) string
	read  func(q *sendcloud.Query, text string, now time.Time) error
}

// fields are all parameters, in the order of their flags.
var fields = []field{
	list(sendcloud.ParamEmail, func(q *sendcloud.Query) *[]string { return &q.Emails }, sendcloud.ParseEmails),
	list(sendcloud.ParamEmailIDs, func(q *sendcloud.Query) *[]string { return &q.EmailIDs }, sure(sendcloud.ParseItems)),
	{sendcloud.ParamStatus, func(q *sendcloud.Query) string { return joined(q.Statuses, sendcloud.Status.String) },
		func(q *sendcloud.Query, text string, _ time.Time) (err error) {
			q.Statuses, err = sendcloud.ParseStatuses(text)
			return err
		}},
	{sendcloud.ParamSubStatus, func(q *sendcloud.Query) string {
		return joined(q.SubStatuses, func(s sendcloud.SubStatus) string { return strconv.Itoa(int(s)) })
	},
		func(q *sendcloud.Query, text string, _ time.Time) (err error) {
			q.SubStatuses, err = sendcloud.ParseSubStatuses(text)
			return err
		}},
	number(sendcloud.ParamDays, 1, func(q *sendcloud.Query) *int { return &q.Days }),
	date(sendcloud.ParamStartDate, func(q *sendcloud.Query) *sendcloud.Date { return &q.StartDate }),
	date(sendcloud.ParamEndDate, func(q *sendcloud.Query) *sendcloud.Date { return &q.EndDate }),
	list(sendcloud.ParamAPIUsers, func(q *sendcloud.Query) *[]string { return &q.APIUsers }, sure(sendcloud.ParseItems)),
	text(sendcloud.ParamLabelID, func(q *sendcloud.Query) *string { return &q.LabelID }),
	text(sendcloud.ParamLabelName, func(q *sendcloud.Query) *string { return &q.LabelName }),
	number(sendcloud.ParamStart, 0, func(q *sendcloud.Query) *int { return &q.Start }),
	number(sendcloud.ParamLimit, 1, func(q *sendcloud.Query) *int { return &q.Limit }),
}

func text(p sendcloud.Param, at func(*sendcloud.Query) *string) field {
	return field{p, func(q *sendcloud.Query) string { return *at(q) }, func(q *sendcloud.Query, text string, _ time.Time) error {
		*at(q) = text
		return nil
	}}
}

func list(p sendcloud.Param, at func(*sendcloud.Query) *[]string, parse func(string) ([]string, error)) field {
	return field{p, func(q *sendcloud.Query) string { return strings.Join(*at(q), ",") },
		func(q *sendcloud.Query, text string, _ time.Time) (err error) {
			*at(q), err = parse(text)
			return err
		}}
}

func sure(parse func(string) []string) func(string) ([]string, error) {
	return func(text string) ([]string, error) { return parse(text), nil }
}

func number(p sendcloud.Param, least int, at func(*sendcloud.Query) *int) field {
	return field{p, func(q *sendcloud.Query) string {
		if *at(q) == 0 {
			return ""
		}
		return strconv.Itoa(*at(q))
	}, func(q *sendcloud.Query, text string, _ time.Time) error {
		n, err := strconv.Atoi(text)
		if err != nil || n < least {
			return &sendcloud.ParameterError{Value: text, Reason: sendcloud.OutOfRange, Min: least}
		}
		*at(q) = n
		return nil
	}}
}

func date(p sendcloud.Param, at func(*sendcloud.Query) *sendcloud.Date) field {
	return field{p, func(q *sendcloud.Query) string { return at(q).String() },
		func(q *sendcloud.Query, text string, now time.Time) (err error) {
			*at(q), err = sendcloud.ParseDate(text, now)
			return err
		}}
}

func joined[T any](values []T, say func(T) string) string {
	var all []string
	for _, v := range values {
		all = append(all, say(v))
	}
	return strings.Join(all, ",")
}

// Fields are the names of the fields that a query can have.
func Fields() (names []string) {
	for _, f := range fields {
		names = append(names, words.FlagOf(f.param))
	}
	return names
}

// FieldName is a field in the user's words.
func FieldName(l words.Lang, name string) string {
	i := slices.Index(Fields(), name)
	if i < 0 {
		return name
	}
	return words.ParameterName(l, fields[i].param)
}

// Of is what a query asks, as the query of a view.
func Of(q sendcloud.Query) (values []Value) {
	for _, f := range fields {
		if text := f.text(&q); text != "" {
			values = append(values, Value{words.FlagOf(f.param), text})
		}
	}
	return values
}

// Read sets what the view's query has in q. A variable in it is text.
func (v View) Read(q *sendcloud.Query, now time.Time) *Error {
	for _, value := range v.Query {
		i := slices.Index(Fields(), value.Field)
		if i < 0 {
			return &Error{KeyQuery + "." + value.Field, words.NotAChoice(KeyQuery, value.Field, Fields())}
		}
		err := fields[i].read(q, strings.TrimSpace(value.Text), now)
		if err == nil && strings.TrimSpace(value.Text) == "" {
			err = &sendcloud.ParameterError{Reason: sendcloud.Empty}
		}
		if bad, ok := errors.AsType[*sendcloud.ParameterError](err); ok {
			bad.Param = fields[i].param
			return wrong(KeyQuery+"."+value.Field, func(l words.Lang) string {
				return words.ParameterReason(l, bad, func(sendcloud.Param) string { return value.Field })
			})
		} else if err != nil {
			return wrong(KeyQuery+"."+value.Field, func(words.Lang) string { return err.Error() })
		}
	}
	return nil
}
