package find

import (
	"strings"

	"bounceboard/sendcloud"
	"bounceboard/sendcloud/paste"
)

// rows finds the rows that items mean.
type rows struct {
	byAddress, byID map[string]sendcloud.Record // the newest each
	byMessage       map[string][]sendcloud.Record
}

// add adds a row. Of rows with one email id the later state stands.
func (x *rows) add(r sendcloud.Record) {
	if x.byID == nil {
		x.byAddress, x.byID, x.byMessage = map[string]sendcloud.Record{}, map[string]sendcloud.Record{}, map[string][]sendcloud.Record{}
	}
	keep(x.byAddress, strings.ToLower(strings.TrimSpace(r.Recipients)), r)
	keep(x.byID, strings.ToLower(r.EmailID), r)
	front := messageFront(r.EmailID)
	x.byMessage[front] = append(x.byMessage[front], r)
}

// find is the newest row that an item means: of an address its last mail. A
// message id that stands whole in an email id means that one; else an index may
// follow it.
func (x *rows) find(i paste.Item) (newest sendcloud.Record, ok bool) {
	switch i.Kind {
	case paste.Address:
		newest, ok = x.byAddress[strings.ToLower(i.Text)]
		return newest, ok
	case paste.EmailID:
		newest, ok = x.byID[strings.ToLower(i.Text)]
		return newest, ok
	}
	whole := false
	for _, r := range x.byMessage[messageFront(i.Text)] {
		if !i.Matches(r) {
			continue
		}
		exact := r.EmailID[len(i.Text):] == "" || r.EmailID[len(i.Text)] == '$'
		if !ok || exact && !whole || exact == whole && newer(r, newest) {
			newest, ok, whole = r, true, exact
		}
	}
	return newest, ok
}

// messageFront is what a message id and the email ids it means have in common.
func messageFront(id string) string {
	message, _, _ := strings.Cut(strings.ToLower(id), "$")
	return strings.TrimRight(message, "0123456789")
}

func keep(known map[string]sendcloud.Record, key string, r sendcloud.Record) {
	if old, ok := known[key]; !ok || newer(r, old) {
		known[key] = r
	}
}

// newer compares mails by their request, and the states of one mail by their change.
func newer(a, b sendcloud.Record) bool {
	if !a.RequestTime.Equal(b.RequestTime) {
		return a.RequestTime.After(b.RequestTime)
	}
	return !a.ModifiedTime.Before(b.ModifiedTime)
}
