package form

import (
	"slices"

	"bounceboard/sendcloud"
	"bounceboard/sendcloud/paste"
	"bounceboard/ui/screen"
)

// pasted is what a text held, and what the fields said then.
type pasted struct {
	items []paste.Item
	says  sendcloud.Query
}

// question is about what was pasted where nobody changed the addresses and ids since.
func (f *Form) question() screen.Question {
	q := screen.Question{Query: f.says, Path: f.path()}
	if slices.Equal(f.pasted.says.Emails, f.says.Emails) && slices.Equal(f.pasted.says.EmailIDs, f.says.EmailIDs) {
		q.Items = f.pasted.items
	}
	return q
}
