package cli

import (
	"cmp"
	"errors"
	"io"
	"io/fs"
	"os"
	"slices"
	"strings"
	"syscall"

	"bounceboard/sendcloud"
	"bounceboard/sendcloud/mailtext"
	"bounceboard/sendcloud/paste"
	"bounceboard/ui/cli/config"
	"bounceboard/ui/export"
	"bounceboard/ui/words"
)

// queryOf is what the flags ask for. What only the client can judge (the span, combinations) is left to its plan.
func queryOf(c *console, f *options) (q sendcloud.Query, err error) {
	q = f.query
	if q.Emails, err = listOf(c, f.emails, sendcloud.ParamEmail, emailsIn); err == nil {
		q.EmailIDs, err = listOf(c, f.emailIDs, sendcloud.ParamEmailIDs, emailIDsIn)
	}
	return q, err
}

// listOf joins what each of the texts holds; - is standard input, and @FILE a file.
func listOf(c *console, texts []string, p sendcloud.Param, parse func(string) ([]string, error)) (all []string, err error) {
	for _, text := range texts {
		if text, err = contents(c, flagOf(p), text); err != nil {
			return nil, err
		}
		some, err := someOf(text, p, parse)
		if err != nil {
			return nil, err
		}
		all = append(all, some...)
	}
	return all, nil
}

// open opens a file that a flag names; - is standard input, which can be read once.
func (c *console) open(flag, path string) (in io.Reader, title string, err error) {
	if path == "-" && c.inputRead {
		return nil, "", usage(words.StdinTwice, flag)
	} else if path == "-" {
		c.inputRead = true
		return c.In, c.words(words.StandardInput), nil
	}
	f, err := os.Open(path)
	if err == nil {
		if about, failed := f.Stat(); failed == nil && about.IsDir() {
			_ = f.Close()
			err = syscall.EISDIR
		}
	}
	if err != nil {
		return nil, "", usage(words.FileUnread, flag, path, config.Reason(err))
	}
	return f, path, nil
}

// contents is what stands in the place of a value: for - what standard input holds, for @FILE what the file holds.
func contents(c *console, flag, value string) (string, error) {
	path, isFile := strings.CutPrefix(value, "@")
	if !isFile && value != "-" {
		return value, nil
	}
	in, title, err := c.open(flag, path)
	if err != nil {
		return "", err
	}
	if file, ok := in.(*os.File); ok && isFile {
		defer file.Close()
	}
	text, charset, err := mailtext.NewReader(in)
	var data []byte
	if err == nil {
		data, err = io.ReadAll(text)
	}
	if err != nil {
		return "", usage(words.FileUnread, flag, title, config.Reason(err))
	} else if charset != "" {
		c.say(c.words(words.FileDecoded, title, charset))
	}
	return strings.TrimSpace(string(data)), nil
}

// emailsIn reads a list of addresses, or picks them out of a table.
func emailsIn(text string) ([]string, error) {
	list, err := sendcloud.ParseEmails(text)
	if found := inTable(text, func(s string) []string { emails, _ := paste.Found(s); return emails }); err != nil && found != nil {
		return found, nil
	}
	return list, err
}

// emailIDsIn reads a list of email ids. Any text may be an id; so they are picked out of a table only where each of
// its lines has one of the known form.
func emailIDsIn(text string) ([]string, error) {
	if found := inTable(text, func(s string) []string { _, ids := paste.Found(s); return ids }); found != nil {
		return found, nil
	}
	return sendcloud.ParseItems(text), nil
}

// inTable picks addresses or ids out of a pasted table, which may have other columns and quotes. The first line may
// be a header; every later line must hold at least one item. If one does not, or there are fewer than two lines,
// inTable returns nil. Blank lines do not count.
func inTable(text string, find func(string) []string) []string {
	lines := slices.DeleteFunc(strings.Split(text, "\n"), func(line string) bool { return strings.TrimSpace(line) == "" })
	if len(lines) < 2 || slices.ContainsFunc(lines[1:], func(line string) bool { return len(find(line)) == 0 }) {
		return nil
	}
	return find(text)
}

// missingItems are the addresses and email ids that were asked for and of which no row came yet.
type missingItems struct {
	list []string        // in the order they were asked for
	left map[string]bool // by lower case
	file *os.File        // of --missing; nil without it
}

// openMissing makes the file of --missing before anything is asked, so that it is known to be writable.
func openMissing(q sendcloud.Query, file string) (m *missingItems, err error) {
	m = &missingItems{list: slices.Concat(q.Emails, q.EmailIDs), left: map[string]bool{}}
	for _, item := range m.list {
		m.left[strings.ToLower(item)] = true
	}
	if file == "" {
		return m, nil
	} else if len(m.list) == 0 {
		return nil, usage(words.MissingOfNothing)
	}
	m.file, err = os.OpenFile(file, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	return m, openError("--missing", file, err)
}

func (m *missingItems) came(r sendcloud.Record) {
	delete(m.left, strings.ToLower(r.Recipients))
	delete(m.left, strings.ToLower(r.EmailID))
}

// tell names some of those that are left, and writes all of them to the file of --missing.
func (m *missingItems) tell(c *console) error {
	left := slices.DeleteFunc(m.list, func(item string) bool { return !m.left[strings.ToLower(item)] })
	n, of := len(left), len(m.list)
	if n == 0 {
		return nil
	}
	if m.file != nil {
		_, err := m.file.WriteString(export.Visible(strings.Join(left, "\n")) + "\n")
		if err = cmp.Or(err, m.file.Close()); err != nil {
			return failed(words.FileUnmade, "--missing", m.file.Name(), config.Reason(err))
		}
	}
	c.say(c.words(words.NotAmongRows, words.Number(n), words.Number(of), strings.Join(left[:min(n, 5)], ", ")))
	return nil
}

// openError says why a file of ours could not be made; one that is there already is left alone.
func openError(flag, path string, err error) error {
	if at, ok := errors.AsType[*fs.PathError](err); ok {
		path = at.Path
	}
	if errors.Is(err, fs.ErrExist) {
		return usage(words.FileIsThere, flag, path)
	} else if err != nil {
		return usage(words.FileUnmade, flag, path, config.Reason(err))
	}
	return nil
}
