package cli

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"slices"
	"strings"

	"bounceboard/sendcloud"
	"bounceboard/ui/cli/config"
	"bounceboard/ui/export"
	"bounceboard/ui/words"
)

// maxList is how much a list of addresses or ids may hold, in bytes.
const maxList = 64 << 20

// queryOf is what the flags ask for. What only the client can judge (the span, combinations) is left to its plan.
func queryOf(c *console, f *options) (sendcloud.Query, error) {
	q := sendcloud.Query{LabelID: f.labelID, LabelName: f.labelName, Days: f.days, Start: f.start, Limit: f.limit}
	var err error
	if q.StartDate, err = dateOf(c, sendcloud.ParamStartDate, f.startDate); err != nil {
		return q, err
	}
	if q.EndDate, err = dateOf(c, sendcloud.ParamEndDate, f.endDate); err != nil {
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
	if emails, err = contents(c, "--email", emails); err != nil {
		return q, err
	}
	if ids, err = contents(c, "--email-ids", ids); err != nil {
		return q, err
	}
	if q.Emails, err = parsed(emails, sendcloud.ParamEmail, emailsIn); err != nil {
		return q, err
	}
	q.EmailIDs, err = parsed(ids, sendcloud.ParamEmailIDs, always(emailIDsIn))
	return q, err
}

// emailsIn reads a list of addresses, or picks them out of a table with other columns, a header and quotes.
func emailsIn(text string) ([]string, error) {
	list, err := sendcloud.ParseEmails(text)
	if found, _ := sendcloud.FindInPaste(text); err != nil && isTable(text, func(line string) bool {
		emails, _ := sendcloud.FindInPaste(line)
		return len(emails) > 0
	}) {
		return found, nil
	}
	return list, err
}

// emailIDsIn reads a list of email ids. Any text may be an id; so they are picked out of a table only where each of
// its lines has one of the known form.
func emailIDsIn(text string) []string {
	if _, found := sendcloud.FindInPaste(text); isTable(text, func(line string) bool {
		_, ids := sendcloud.FindInPaste(line)
		return len(ids) > 0
	}) {
		return found
	}
	return sendcloud.ParseEmailIDs(text)
}

// isTable reports whether each line below the first, which may be a header, has something of what is looked for. A
// line without it is no other column but a mistake, and is refused as such.
func isTable(text string, has func(line string) bool) bool {
	lines := slices.DeleteFunc(strings.Split(text, "\n"), func(line string) bool { return strings.TrimSpace(line) == "" })
	return len(lines) > 1 && !slices.ContainsFunc(lines[1:], func(line string) bool { return !has(line) })
}

func dateOf(c *console, param sendcloud.Param, text string) (sendcloud.Date, error) {
	d, err := sendcloud.ParseDate(text, c.now())
	var wrong *sendcloud.ParameterError
	if errors.As(err, &wrong) {
		wrong.Param = param
	} else if err == nil && text != "" && d.IsZero() {
		err = &sendcloud.ParameterError{Param: param, Value: text, Reason: sendcloud.Empty}
	}
	return d, err
}

// parsed joins what each of the texts holds. A text with nothing in it is refused: it would widen the query in
// silence.
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

// contents replaces - by what standard input holds and @FILE by the content of the file.
func contents(c *console, name string, values []string) ([]string, error) {
	out := make([]string, len(values))
	for i, v := range values {
		var (
			from  io.Reader
			where = v
		)
		switch file, isFile := strings.CutPrefix(v, "@"); {
		case v == "-":
			from, where = c.In, c.words(words.StandardInput)
			c.inputRead = true
		case isFile:
			f, err := os.Open(file)
			if err != nil {
				return nil, usage(words.FileUnread, name, file, config.Reason(err))
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
			return nil, usage(words.FileUnread, name, where, config.Reason(err))
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

// missingItems are the addresses and email ids that were asked for and of which no row came yet. A nil missingItems was
// asked for nothing, or cannot know.
type missingItems struct {
	list []string        // in the order they were asked for
	left map[string]bool // by lower case
	file *os.File        // of --missing; nil without it
}

// openMissing makes the file of --missing before anything is asked, so that it is known to be writable.
func openMissing(q sendcloud.Query, file string) (*missingItems, error) {
	a := &missingItems{list: slices.Concat(q.Emails, q.EmailIDs), left: map[string]bool{}}
	for _, item := range a.list {
		a.left[strings.ToLower(item)] = true
	}
	switch {
	case file == "" && len(a.list) == 0:
		return nil, nil
	case file == "":
		return a, nil
	case len(a.list) == 0:
		return nil, usage(words.MissingOfNothing)
	}
	var err error
	if a.file, err = os.OpenFile(file, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600); err != nil {
		return nil, openError("--missing", file, err)
	}
	return a, nil
}

// came notes that a row came.
func (a *missingItems) came(r sendcloud.Record) {
	if a != nil {
		delete(a.left, strings.ToLower(r.Recipients))
		delete(a.left, strings.ToLower(r.EmailID))
	}
}

// tell names some of those that are left, and writes all of them to the file of --missing.
func (a *missingItems) tell(c *console) error {
	if a == nil {
		return nil
	}
	left := slices.DeleteFunc(slices.Clone(a.list), func(item string) bool { return !a.left[strings.ToLower(item)] })
	if a.file != nil {
		var err error
		if len(left) > 0 {
			_, err = a.file.WriteString(export.Visible(strings.Join(left, "\n")) + "\n")
		}
		if err = errors.Join(err, a.file.Close()); err != nil {
			return failed(words.FileUnmade, "--missing", a.file.Name(), config.Reason(err))
		}
	}
	const shown = 5
	if n := len(left); n > 0 && len(a.list) > 1 { // that one alone has none is seen
		if n > shown {
			left = append(left[:shown], "…")
		}
		c.say(c.words(words.NotAmongRows, words.Number(n), words.Number(len(a.list)), strings.Join(left, ", ")))
	}
	return nil
}

// openError says why a file of ours could not be made; one that is there already is left alone.
func openError(flag, path string, err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, fs.ErrExist):
		return usage(words.FileIsThere, flag, path)
	}
	return usage(words.FileUnmade, flag, path, config.Reason(err))
}
