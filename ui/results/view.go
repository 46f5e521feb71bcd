package results

import (
	"strconv"
	"strings"

	"bounceboard/sendcloud"
	"bounceboard/ui/cell"
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
func (r *Results) measure() {
	c := columns{status: 11, sub: 3, requested: 11, took: 6, user: widestUser}
	if r.lang == words.Chinese {
		c.status, c.sub = 8, 6
	}
	sub := c.sub
	if r.explain != nil {
		c.cause = widestCause
	}
	rest := func() int {
		fixed := 1 + 1 + 1 + c.status + gap + c.requested + gap
		for _, w := range []int{c.sub, c.cause, c.took, c.user} {
			if w > 0 {
				fixed += w + gap
			}
		}
		return r.w - fixed
	}
	want := max(usualRecipient, min(r.widest, widestRecipient))
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
	r.cols = c
}

// View draws the table in the cells of SetSize. Rows that are there but stale
// are dimmed; rows that are not there are loading, or not.
func (r *Results) View(focused, stale, loading bool) string {
	if r.h == 0 {
		return ""
	}
	lines := make([]string, 0, r.h)
	head := r.th.Head
	if focused {
		head = r.th.Accent
	}
	lines = append(lines, head.Render(r.fit.Cut(r.head(), r.w)))
	first, last := r.Window()
	for i := first; i < last; i++ {
		lines = append(lines, r.row(i, stale, loading))
	}
	for len(lines) < r.h {
		lines = append(lines, "")
	}
	return strings.Join(lines, "\n")
}

func (r *Results) head() string {
	say := func(s words.Sentence) string { return r.lang.Say(s) }
	return " " + r.join("  "+r.fit.Fit(say(words.HeadStatus), r.cols.status), texts{
		sub: say(words.HeadSub), cause: say(words.HeadCause), recipient: say(words.HeadRecipient), requested: say(words.HeadRequested),
		took: say(words.HeadTook), user: say(words.HeadUser), reply: say(words.HeadReply),
	})
}

type texts struct{ sub, cause, recipient, requested, took, user, reply string }

// join sets the columns after the status, in exactly their widths.
func (r *Results) join(status string, t texts) string {
	var b strings.Builder
	b.WriteString(status)
	put := func(s string) {
		b.WriteString("  ")
		b.WriteString(s)
	}
	if r.cols.sub > 0 {
		put(r.fit.Fit(t.sub, r.cols.sub))
	}
	if r.cols.cause > 0 {
		put(r.fit.Fit(t.cause, r.cols.cause))
	}
	put(r.fit.FitMiddle(t.recipient, r.cols.recipient))
	put(r.fit.Fit(t.requested, r.cols.requested))
	if r.cols.took > 0 {
		put(r.fit.FitRight(t.took, r.cols.took))
	}
	if r.cols.user > 0 {
		put(r.fit.Fit(t.user, r.cols.user))
	}
	if r.cols.reply > 0 {
		put(r.fit.Cut(t.reply, r.cols.reply))
	}
	return b.String()
}

func (r *Results) row(i int, stale, loading bool) string {
	rec, ok := r.src.At(i)
	if !ok {
		why := words.RowMissing
		if loading {
			why = words.RowLoading
		}
		text := r.fit.Fit("   "+r.lang.Say(why), r.w)
		if i == r.cursor {
			return r.th.Selected.Render(text)
		}
		return r.th.Muted.Render(strings.TrimRight(text, " "))
	}
	mark, style := r.th.Status(int(rec.Status))
	word := words.StatusName(r.lang, rec.Status)
	if rec.Status == sendcloud.StatusUnknown && rec.StatusText != "" {
		word = rec.StatusText
	}
	status := mark + " " + r.fit.Fit(word, r.cols.status)
	rest := r.join("", texts{
		sub: subText(rec), cause: r.cause(rec), recipient: rec.Recipients, requested: requested(rec),
		took: took(rec), user: rec.APIUser, reply: rec.SendLog,
	})
	lead := " "
	if m, ok := r.src.(Marker); ok && m.Marked(i) {
		lead = r.th.Marks.On
	}
	switch {
	case i == r.cursor:
		line := lead + status + rest
		return r.th.Selected.Render(line + strings.Repeat(" ", max(0, r.w-cell.Width(line))))
	case stale:
		return r.th.Muted.Render(lead + status + rest)
	}
	if lead != " " {
		lead = r.th.Accent.Render(lead)
	}
	return lead + style.Render(status) + rest
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

func took(rec sendcloud.Record) string {
	d, ok := rec.Took()
	if !ok {
		return ""
	}
	return words.Short(d)
}
