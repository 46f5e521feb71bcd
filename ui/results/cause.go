package results

import (
	"bounceboard/sendcloud"
	"bounceboard/theme"
)

// Cause is what a reply means, in a word.
type Cause struct {
	Word    string // at most 12 columns
	Lasting Lasting
	Against bool // it contradicts SendCloud's sub-status
}

// Lasting says whether trying again can help.
type Lasting int

// What is known of trying again.
const (
	NotKnown Lasting = iota
	Temporary
	Permanent
)

// Explain says what a record's reply means; the zero Cause is nothing to say.
type Explain func(sendcloud.Record) Cause

// reply is all that an explanation rests on.
type reply struct {
	text, recipient string
	status          sendcloud.Status
	sub             sendcloud.SubStatus
}

// mostCauses bounds what is remembered; a screen needs a few dozen.
const mostCauses = 2000

func (r *Results) cause(rec sendcloud.Record) string {
	if r.explain == nil {
		return ""
	}
	key := reply{rec.SendLog, rec.Recipients, rec.Status, rec.SubStatus}
	c, ok := r.causes[key]
	if !ok {
		if r.causes == nil || len(r.causes) >= mostCauses {
			r.causes = map[reply]Cause{}
		}
		c = r.explain(rec)
		r.causes[key] = c
	}
	return c.text(r.th.Marks)
}

func (c Cause) text(m theme.Marks) string {
	if c.Word == "" {
		return ""
	}
	mark := " "
	switch c.Lasting {
	case Temporary:
		mark = m.Temporary
	case Permanent:
		mark = m.Permanent
	}
	s := mark + " " + c.Word
	if c.Against {
		s += m.Warn
	}
	return s
}
