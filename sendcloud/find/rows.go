package find

import (
	"slices"
	"strings"

	"bounceboard/sendcloud"
	"bounceboard/sendcloud/paste"
)

// rows finds the rows that items mean.
type rows struct {
	list []sendcloud.Record // of each email id the later state
	byID map[string]int     // in list, in small letters like the others
	by   map[string][]int   // by address, and by the front of the message id
}

// add adds a row.
func (x *rows) add(r sendcloud.Record) {
	if x.byID == nil {
		x.byID, x.by = map[string]int{}, map[string][]int{}
	}
	id := strings.ToLower(r.EmailID)
	if n, known := x.byID[id]; known {
		if !r.ModifiedTime.Before(x.list[n].ModifiedTime) {
			x.list[n] = r
		}
		return
	}
	n := len(x.list)
	x.list, x.byID[id] = append(x.list, r), n
	for _, key := range keys(r)[1:] {
		x.by[key] = append(x.by[key], n)
	}
}

// keys are what items know a row by, in small letters: its email id, its recipient, the front of its message id.
func keys(r sendcloud.Record) []string {
	id := strings.ToLower(r.EmailID)
	return []string{id, strings.ToLower(strings.TrimSpace(r.Recipients)), messageFront(id)}
}

// find is the rows that an item means, the newest first: of an address all its mail. A message id that stands whole in
// an email id means that one; else an index may follow it.
func (x *rows) find(i paste.Item) (found []sendcloud.Record) {
	text := strings.ToLower(i.Text)
	switch i.Kind {
	case paste.EmailID:
		if n, ok := x.byID[text]; ok {
			return []sendcloud.Record{x.list[n]}
		}
		return nil
	case paste.MessageID:
		text = messageFront(text)
	}
	whole := false
	for _, n := range x.by[text] {
		r := x.list[n]
		if !i.Matches(r) {
			continue
		}
		if exact := i.Kind == paste.MessageID && (len(r.EmailID) == len(i.Text) || r.EmailID[len(i.Text)] == '$'); exact != whole {
			if whole {
				continue
			}
			whole, found = true, nil
		}
		found = append(found, r)
	}
	slices.SortStableFunc(found, func(a, b sendcloud.Record) int { return b.RequestTime.Compare(a.RequestTime) })
	return found
}

// messageFront is what a message id and the email ids it means have in common.
func messageFront(id string) string {
	message, _, _ := strings.Cut(id, "$")
	return strings.TrimRight(message, "0123456789")
}
