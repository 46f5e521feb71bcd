package cli

import (
	"errors"
	"io"
	"os"
	"strings"

	"bounceboard/sendcloud"
	"bounceboard/ui/words"
)

// maxList is how much a list of addresses or ids may hold, in bytes.
const maxList = 64 << 20

// query is what the flags ask for. What only the client can judge (the span,
// combinations) is left to its plan.
func (a *app) query(f *flags) (sendcloud.Query, error) {
	q := sendcloud.Query{LabelID: f.labelID, LabelName: f.labelName, Days: f.days, Start: f.start, Limit: f.limit}
	var err error
	if q.StartDate, err = a.date(sendcloud.ParamStartDate, f.startDate); err != nil {
		return q, err
	}
	if q.EndDate, err = a.date(sendcloud.ParamEndDate, f.endDate); err != nil {
		return q, err
	}
	if q.Statuses, err = parsed(f.statuses, sendcloud.ParamStatus, sendcloud.ParseStatuses); err != nil {
		return q, err
	}
	if q.SubStatuses, err = parsed(f.subStatuses, sendcloud.ParamSubStatus, sendcloud.ParseSubStatuses); err != nil {
		return q, err
	}
	if q.APIUsers, err = parsed(f.apiUsers, sendcloud.ParamAPIUsers, always(sendcloud.ParseAPIUsers)); err != nil {
		return q, err
	}
	emails, ids := f.emails, f.emailIDs
	if n := occurrences(emails, "-") + occurrences(ids, "-"); n > 1 {
		return q, usage(words.StdinTwice, "--email, --email-ids")
	}
	if emails, err = a.contents("--email", emails); err != nil {
		return q, err
	}
	if ids, err = a.contents("--email-ids", ids); err != nil {
		return q, err
	}
	if q.Emails, err = parsed(emails, sendcloud.ParamEmail, sendcloud.ParseEmails); err != nil {
		return q, err
	}
	q.EmailIDs, err = parsed(ids, sendcloud.ParamEmailIDs, always(sendcloud.ParseEmailIDs))
	return q, err
}

func (a *app) date(param sendcloud.Param, text string) (sendcloud.Date, error) {
	d, err := sendcloud.ParseDate(text, a.now())
	var wrong *sendcloud.ParameterError
	if errors.As(err, &wrong) {
		wrong.Param = param
	} else if err == nil && text != "" && d.IsZero() {
		err = &sendcloud.ParameterError{Param: param, Value: text, Reason: sendcloud.Empty}
	}
	return d, err
}

// parsed joins what each of the texts holds. A text with nothing in it is
// refused: it would silently widen the question.
func parsed[T any](texts []string, param sendcloud.Param, parse func(string) ([]T, error)) ([]T, error) {
	var all []T
	for _, text := range texts {
		some, err := parse(text)
		if err != nil {
			return nil, err
		}
		if len(some) == 0 {
			return nil, &sendcloud.ParameterError{Param: param, Value: text, Reason: sendcloud.Empty}
		}
		all = append(all, some...)
	}
	return all, nil
}

func always[T any](parse func(string) []T) func(string) ([]T, error) {
	return func(text string) ([]T, error) { return parse(text), nil }
}

func occurrences(list []string, word string) int {
	n := 0
	for _, w := range list {
		if w == word {
			n++
		}
	}
	return n
}

// contents replaces - by what standard input holds and @FILE by the file's
// content.
func (a *app) contents(name string, values []string) ([]string, error) {
	out := make([]string, len(values))
	for i, v := range values {
		var (
			from  io.Reader
			where = v
		)
		switch file, isFile := strings.CutPrefix(v, "@"); {
		case v == "-":
			from, where = a.In, a.lang.Say(words.StandardInput)
			a.inputRead = true
		case isFile:
			f, err := os.Open(file)
			if err != nil {
				return nil, usage(words.FileUnread, name, file, reason(err))
			}
			defer f.Close()
			from, where = f, file
		default:
			out[i] = v
			continue
		}
		data, err := io.ReadAll(io.LimitReader(from, maxList+1))
		switch text := strings.TrimSpace(strings.TrimPrefix(string(data), "\uFEFF")); {
		case err != nil:
			return nil, usage(words.FileUnread, name, where, reason(err))
		case len(data) > maxList:
			return nil, usage(words.FileTooLarge, name, where, maxList>>20)
		case text == "":
			return nil, usage(words.NothingIn, name, where)
		default:
			out[i] = text
		}
	}
	return out, nil
}
