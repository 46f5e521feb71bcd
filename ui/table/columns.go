package table

import (
	"strconv"
	"strings"

	"bounceboard/sendcloud"
	"bounceboard/ui/words"
)

const (
	usualRecipient    = 28
	leastRecipient    = 24
	readableRecipient = 34 // most are whole
	widestRecipient   = 44
	widestUser        = 12
	widestCause       = 15 // a mark, a name of at most 12 columns, a warning
	usualReply        = 24
	narrowestReply    = 10
	gap               = 2
)

// columns are the widths of the table's columns; 0 is a column that gave way.
// They give way in this order: api user, took, sub-status, reply; where even the
// recipient would be cut short the cause does, and the shorter sub-status is
// back in its place. The status keeps its word.
type columns struct {
	status, sub, cause, recipient, requested, took, user, reply int
}

// measure divides the width. The recipient is whole where that leaves room; in
// the middle it is cut before took and sub-status give way.
func (t *Table) measure() {
	c := columns{status: 11, sub: 3, cause: widestCause, requested: 11, took: 6, user: widestUser}
	if t.lang == words.Chinese {
		c.status, c.sub = 8, 6
	}
	sub := c.sub
	rest := func() int {
		fixed := 1 + 1 + 1 + c.status + gap + c.requested + gap
		for _, w := range []int{c.sub, c.cause, c.took, c.user} {
			if w > 0 {
				fixed += w + gap
			}
		}
		return t.w - fixed
	}
	want := max(usualRecipient, min(t.widest, widestRecipient))
	full := want + gap + usualReply
	if rest() < full {
		c.user = 0
	}
	if rest() < full && rest() >= readableRecipient+gap+usualReply {
		want = rest() - gap - usualReply // one long address is no reason to lose two columns
		full = rest()
	}
	if rest() < full {
		c.took = 0
	}
	if rest() < full && c.cause > 0 {
		c.sub = 0
	}
	if c.reply = rest() - want - gap; c.reply < narrowestReply {
		c.reply = 0
	}
	c.recipient = want
	if c.reply == 0 {
		c.recipient = rest()
	}
	if c.recipient < leastRecipient && c.cause > 0 {
		c.cause, c.sub = 0, sub
		c.recipient = rest()
	}
	c.recipient = max(8, c.recipient)
	t.cols = c
}

func (t *Table) head() string {
	say := func(s words.Sentence) string { return t.lang.Say(s) }
	return " " + t.join("  "+t.fit.Fit(say(words.LabelStatus), t.cols.status), texts{
		sub: say(words.LabelSubShort), cause: say(words.LabelCause), recipient: say(words.LabelRecipient), requested: say(words.LabelRequested),
		took: say(words.LabelTook), user: say(words.LabelUser), reply: say(words.LabelReply),
	})
}

type texts struct{ sub, cause, recipient, requested, took, user, reply string }

// join sets the columns after the status, in exactly their widths.
func (t *Table) join(status string, text texts) string {
	var b strings.Builder
	b.WriteString(status)
	put := func(s string) {
		b.WriteString("  ")
		b.WriteString(s)
	}
	if t.cols.sub > 0 {
		put(t.fit.Fit(text.sub, t.cols.sub))
	}
	if t.cols.cause > 0 {
		put(t.fit.Fit(text.cause, t.cols.cause))
	}
	put(t.fit.FitMiddle(text.recipient, t.cols.recipient))
	put(t.fit.Fit(text.requested, t.cols.requested))
	if t.cols.took > 0 {
		put(t.fit.FitRight(text.took, t.cols.took))
	}
	if t.cols.user > 0 {
		put(t.fit.Fit(text.user, t.cols.user))
	}
	if t.cols.reply > 0 {
		put(t.fit.Cut(text.reply, t.cols.reply))
	}
	return b.String()
}

func subText(rec sendcloud.Record) string {
	if rec.SubStatus != 0 {
		return strconv.Itoa(int(rec.SubStatus))
	}
	return rec.SubStatusText
}

// requested is the request time on the service's clock.
func requested(rec sendcloud.Record) string {
	if rec.RequestTime.IsZero() {
		return rec.RequestText
	}
	return rec.RequestTime.In(sendcloud.Zone).Format("01-02 15:04")
}

// took is how long a mail took that is at its end; a requested one still waits.
func took(rec sendcloud.Record) string {
	d, ok := rec.Took()
	if !ok {
		return ""
	}
	return words.Short(d)
}
