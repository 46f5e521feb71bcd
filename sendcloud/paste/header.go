package paste

import (
	_ "embed" // the fields
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"bounceboard/sendcloud/mailtext"
)

var (
	field = regexp.MustCompile(`^(?:> ?)*([A-Za-z][A-Za-z0-9-]*|\p{Han}{2,4})[ \t]*:(.*)$`)
	named = regexp.MustCompile(`(?i)\b(?:to|rcpt)["']?\s*[:=]|收件人|发给`) // a recipient in the same line
)

// fields has the kind of each field of a mail's header that we know, as fields.txt calls it. A field of the kind ignored
// holds addresses and ids of other mails and other people. A line of no such field is free text.
var fields = map[string]string{}

//go:embed fields.txt
var fieldList string

func init() {
	for kind, names := range mailtext.Lists(fieldList) {
		for _, name := range names {
			fields[name] = kind
		}
	}
}

func kindOf(line string) (kind, value string) {
	m := field.FindStringSubmatch(line)
	if m == nil {
		return "", ""
	}
	name := strings.ToLower(m[1])
	if kind = fields[name]; kind == "" && (strings.HasPrefix(name, "x-") || strings.HasPrefix(name, "arc-")) {
		kind = "ignored"
	}
	if (kind == "sender" || name[0] >= utf8.RuneSelf) && named.MatchString(m[2]) {
		return "", "" // from: a@example.com to: b@example.com
	}
	return kind, strings.TrimSpace(m[2])
}

func folded(line string) bool {
	return line != "" && (line[0] == ' ' || line[0] == '\t') && strings.TrimSpace(line) != ""
}

// headerEnd is where the header ends that lines begin with; 0 when they begin with none. A field that we do not know is
// passed over inside of it, unless it holds something.
func headerEnd(lines []string) (n int) {
	for n < len(lines) {
		kind, value := kindOf(lines[n])
		inside := n > 0 && field.MatchString(lines[n]) && !strings.Contains(lines[n], "@") && !messageID.MatchString(lines[n])
		if kind == "" && !inside {
			break
		}
		n++
		if value == "" && n < len(lines) && strings.TrimSpace(lines[n]) != "" && !field.MatchString(lines[n]) {
			n++ // the value stands on a line of its own
		}
		for n < len(lines) && folded(lines[n]) {
			n++
		}
	}
	return n
}

// header reads the fields of one mail. The service's own fields name it whole;
// else the message id and the recipients of To do.
func (r *reader) header(lines []string) {
	var ids, messages []Item
	var to []string
	for n := 0; n < len(lines); {
		kind, value := kindOf(lines[n])
		for n++; n < len(lines) && (folded(lines[n]) || !field.MatchString(lines[n])); n++ {
			value += " " + strings.TrimSpace(lines[n])
		}
		switch kind {
		case "encoded id":
			value = strings.Join(strings.Fields(value), "")
			fallthrough
		case "id":
			found, _ := r.scan(value)
			ids = append(ids, found...)
		case "message id":
			found, _ := r.scan(value)
			messages = append(messages, slices.DeleteFunc(found, func(i Item) bool { return i.Kind != MessageID })...)
		case "recipient":
			found, wrong := addressesIn(value)
			to, r.NotUnderstood = append(to, found...), append(r.NotUnderstood, wrong...)
		case "sender":
			found, _ := addressesIn(value)
			r.Senders = append(r.Senders, found...)
		}
	}
	switch {
	case len(ids) > 0:
	case len(messages) == 0:
		for _, address := range to {
			ids = append(ids, Item{Address, address, address})
		}
	case len(to) == 0:
		ids = messages
	default:
		for _, m := range messages {
			for _, address := range to {
				m.Recipient = address
				ids = append(ids, m)
			}
		}
	}
	r.all = append(r.all, ids...)
}
