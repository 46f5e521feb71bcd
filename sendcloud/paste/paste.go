// Package paste reads what people hold of a mail: an address out of a chat, an
// email id out of a link, the headers of a delivered mail, a line of a log, a
// few rows of a spreadsheet. It asks nobody and guesses nothing: what it does
// not understand it names.
package paste

import (
	"regexp"
	"strings"
	"time"

	"bounceboard/sendcloud"
)

// Kind says what an item is.
type Kind uint8

// The kinds of items.
const (
	Address   Kind = iota // a recipient's address
	EmailID               // the service's id of one mail to one recipient
	MessageID             // the front of email ids: index and recipient may be missing
)

// Item is one thing that was found.
type Item struct {
	Kind Kind
	Text string // the address, the email id, or the message id as it was pasted
	// Recipient is who the mail of an id was for: the end of an email id, or what
	// stood beside a message id. Empty when nothing tells it.
	Recipient string
}

// Sent is when the mail of an id was sent, as its first 13 digits tell; false
// for an address and for an id that begins otherwise.
func (i Item) Sent() (time.Time, bool) {
	if i.Kind == Address {
		return time.Time{}, false
	}
	return sendcloud.EmailIDTime(i.Text[prefixLength(i.Text):])
}

// Account is the number of the account that sent the mail, the same in every id
// of an account (observed, not promised); empty when the id does not tell it.
func (i Item) Account() string {
	if _, ok := i.Sent(); !ok {
		return ""
	}
	_, rest, _ := strings.Cut(i.Text[prefixLength(i.Text):], "_")
	return rest[:len(rest)-len(strings.TrimLeft(rest, "0123456789"))]
}

// Matches reports whether a row is meant by the item. An address is compared
// with the recipient, a message id with the front of the email id: up to two
// digits of index may stand between it and the recipient. Letter case is no
// difference.
func (i Item) Matches(r sendcloud.Record) bool {
	switch i.Kind {
	case Address:
		return strings.EqualFold(i.Text, strings.TrimSpace(r.Recipients))
	case EmailID:
		return strings.EqualFold(i.Text, r.EmailID)
	}
	message, to, _ := strings.Cut(r.EmailID, "$")
	if i.Recipient != "" && !strings.EqualFold(i.Recipient, to) || len(message) < len(i.Text) ||
		!strings.EqualFold(message[:len(i.Text)], i.Text) {
		return false
	}
	index := message[len(i.Text):]
	return len(index) <= 2 && strings.Trim(index, "0123456789") == ""
}

// EmailID is the email id that a message id with its index and a recipient make;
// empty without a recipient.
func (i Item) EmailID() string {
	switch {
	case i.Kind == EmailID:
		return i.Text
	case i.Kind == MessageID && i.Recipient != "":
		return i.Text + "$" + i.Recipient
	}
	return ""
}

// Paste is what a text held. Items are in the text's order, each once.
type Paste struct {
	Items []Item
	// Senders are addresses that the text itself calls the sender's. They are no
	// items: the service knows mail by its recipient.
	Senders []string
	// NotUnderstood are lines that held nothing, and words with an @ that are no
	// address.
	NotUnderstood []string
}

// Of are the texts of the items of a kind, in order.
func (p Paste) Of(kind Kind) []string {
	var list []string
	for _, i := range p.Items {
		if i.Kind == kind {
			list = append(list, i.Text)
		}
	}
	return list
}

// Found are the addresses and the ids in a text, as a query takes them. A message id beside its recipient is an email id;
// one alone stays as it is.
func Found(text string) (emails, ids []string) {
	for _, i := range Read(text).Items {
		switch id := i.EmailID(); {
		case i.Kind == Address:
			emails = append(emails, i.Text)
		case id != "":
			ids = append(ids, id)
		default:
			ids = append(ids, i.Text)
		}
	}
	return emails, ids
}

// Read reads a text of any kind. It never fails.
func Read(text string) Paste {
	var r reader
	for lines := strings.Split(tidy(text), "\n"); len(lines) > 0; {
		if end := headerEnd(lines); end > 0 {
			r.header(lines[:end])
			lines = lines[end:]
			continue
		}
		r.line(lines[0])
		lines = lines[1:]
	}
	return r.finish()
}

// reader collects what it finds, duplicates included.
type reader struct {
	Paste
	all []Item
}

// finish makes each item one of its kind. A message id is left out where an
// email id, or the same message id with a recipient, says more.
func (r *reader) finish() Paste {
	known := map[string]bool{} // message ids with a recipient, with and without their index
	for _, i := range r.all {
		if message, _, _ := strings.Cut(strings.ToLower(i.Text), "$"); i.Kind != Address && i.Recipient != "" {
			known[message], known[strings.TrimRight(message, "0123456789")] = true, true
		}
	}
	seen := map[string]bool{}
	for _, i := range r.all {
		key := strings.ToLower(i.Text)
		if i.Kind == MessageID && i.Recipient != "" {
			key = strings.ToLower(i.EmailID())
		}
		if seen[key] || i.Kind == MessageID && i.Recipient == "" && known[key] {
			continue
		}
		seen[key] = true
		r.Items = append(r.Items, i)
	}
	// One mail over several lines: an SMTP session, say.
	if addresses := r.Of(Address); len(addresses) == 1 && len(r.Items) == 2 {
		for n, i := range r.Items {
			if i.Kind == MessageID && i.Recipient == "" {
				r.Items[n].Recipient = addresses[0]
			}
		}
	}
	return r.Paste
}

// prefix is what may stand before the 13 digits of an id: sg-.
var prefix = regexp.MustCompile(`^(?:[A-Za-z][A-Za-z0-9]{0,15}-){1,2}`)

func prefixLength(id string) int { return len(prefix.FindString(id)) }
