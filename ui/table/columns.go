package table

import (
	"strconv"
	"strings"

	"bounceboard/sendcloud"
	"bounceboard/sendcloud/bounce"
	"bounceboard/sendcloud/recordset"
	"bounceboard/ui/cell"
	"bounceboard/ui/words"
)

const (
	usualRecipient    = 28
	leastRecipient    = 24
	readableRecipient = 34 // most are whole
	widestRecipient   = 44
	widestCause       = 15 // a mark, a name of at most 12 columns, a warning
	usualReply        = 24
	narrowestReply    = 10
	gap               = 2
)

// The columns of the table, by their place in the row.
const (
	status = iota
	sub
	cause
	recipient
	requested
	took
	user
	reply
	columns
)

var heads = [columns]words.Sentence{words.LabelStatus, words.LabelSubShort, words.LabelCause, words.LabelRecipient,
	words.LabelRequested, words.LabelTook, words.LabelUser, words.LabelReply}

// measure divides the width; a column without width gives way: api user, took, sub-status, reply, in this order. Where even the
// recipient would be cut short the cause does, and the shorter sub-status is back in its place.
func (t *Table) measure() {
	w := [columns]int{status: 13, sub: 3, cause: widestCause, requested: 11, took: 6, user: 12}
	if t.lang == words.Chinese {
		w[status], w[sub] = 10, 6
	}
	code := w[sub]
	rest := func() int { // for recipient and reply
		n := t.w - 1
		for _, c := range w {
			if c > 0 {
				n -= c + gap
			}
		}
		return n
	}
	want := max(usualRecipient, min(t.widest, widestRecipient))
	for _, c := range []int{user, took, sub} {
		if r := rest() - gap - usualReply; c == took && r >= readableRecipient {
			want = min(want, r) // one long address is no reason to lose two columns
		}
		if rest() < want+gap+usualReply {
			w[c] = 0
		}
	}
	r := rest()
	if w[recipient] = r; r-want-gap >= narrowestReply {
		w[recipient], w[reply] = want, r-want-gap
	}
	if w[recipient] < leastRecipient {
		w[cause], w[sub] = 0, code
		w[recipient] = 0
		w[recipient] = max(8, rest())
	}
	t.cols = w
}

// join sets the texts of the columns behind the status, in exactly their widths.
func (t *Table) join(text [columns]string) string {
	var b strings.Builder
	for c, w := range t.cols {
		if c == status || w == 0 {
			continue
		}
		fit := t.fit.Fit
		switch c {
		case recipient:
			fit = t.fit.FitMiddle
		case took:
			fit = t.fit.FitRight
		case reply:
			fit = t.fit.Cut
		}
		b.WriteString("  " + fit(text[c], w))
	}
	return b.String()
}

func (t *Table) head() string {
	var text [columns]string
	for c, s := range heads {
		text[c] = t.lang.Say(s)
	}
	return " " + t.fit.Fit("  "+text[status], t.cols[status]) + t.join(text)
}

func (t *Table) texts(r row) (text [columns]string) {
	rec := r.rec
	text = [columns]string{sub: rec.SubStatusText, cause: r.cause, recipient: rec.Recipients, requested: rec.RequestText, user: rec.APIUser,
		reply: rec.SendLog}
	if !rec.RequestTime.IsZero() {
		text[requested] = rec.RequestTime.In(sendcloud.Zone).Format("01-02 15:04")
	}
	if d, ok := rec.Took(); ok {
		text[took] = words.Short(d)
	}
	if rec.SubStatus != 0 {
		text[sub] = strconv.Itoa(int(rec.SubStatus))
	}
	mark, _ := t.th.Status(int(rec.Status))
	text[status] = words.StatusName(t.lang, rec.Status)
	if rec.Status == sendcloud.StatusUnknown && rec.StatusText != "" {
		text[status] = rec.StatusText
	}
	text[status] = t.fit.Fit(mark+" "+text[status], t.cols[status])
	return text
}

// cause is the mark of trying again, the cause, ? where that is a guess and, where it contradicts SendCloud's sub-status, a warning: at
// most widestCause columns. Mail that did not fail or of which nobody told has none.
func (t *Table) cause(e bounce.Explanation, rec sendcloud.Record) string {
	if e.Permanence == bounce.NoFailure || recordset.Untold(rec, e) {
		return ""
	}
	mark, signs := t.th.Permanence(e.Permanence.String()), ""
	if mark == "" {
		mark = " "
	}
	if e.Guess() {
		signs = "?"
	}
	if e.Contradicts(int(rec.SubStatus)) {
		signs += t.th.Marks.Warn
	}
	return mark + " " + t.fit.Cut(e.Cause.Short(string(t.lang)), widestCause-2-cell.Width(signs)) + signs
}
