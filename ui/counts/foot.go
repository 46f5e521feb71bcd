package counts

import (
	"strings"
	"time"

	"bounceboard/sendcloud"
	"bounceboard/ui/words"
)

// feet are the lines about the number under the cursor and about the count; where
// the numbers contradict each other, that stands in the second one.
func (c *Counts) feet() []string {
	state := c.line(c.ink.Muted, " "+c.state())
	if c.warning != "" && !c.counting.proposed && !c.running(Kind) {
		state = c.line(c.ink.Warning, " "+c.th.Marks.Warn+" "+c.warning)
	}
	about := c.about()
	if f := c.figures[c.day][c.cursor.At]; f.Bound == sendcloud.Unknown && f.Err != nil { // an error may be longer than a line
		if lines := c.fit.Wrap(about, max(2, c.w-2)); len(lines) > 1 {
			about, state = lines[0], c.line(c.ink.Text, " "+strings.Join(lines[1:], " "))
		}
	}
	return []string{c.line(c.ink.Text, " "+about), state}
}

// about says what is known of the number under the cursor: its age first, then
// what it is a part of.
func (c *Counts) about() string {
	r, f, day := c.rows[c.cursor.At], c.figures[c.day][c.cursor.At], c.counting.date(c.day)
	name := r.name
	switch r.kind {
	case uncoded:
		name = words.CountRow(c.lang, r.status, 0) + " " + name
	case code: // its words stand in the row
		name = words.Code(r.sub)
	}
	if !day.IsZero() {
		name = words.DayOf(day) + " " + name
	}
	text := c.lang.Say(words.Labelling, name, c.said(f))
	if f.Bound != sendcloud.Unknown && !f.At.IsZero() {
		text += c.dot(c.lang.Say(words.AsOf, words.Clock(f.At)))
	}
	return text + c.shares(r)
}

func (c *Counts) dot(s string) string { return " " + c.th.Marks.Dot + " " + s }

// said is a number in words.
func (c *Counts) said(f figure) string {
	mails := words.Mails(c.lang, f.N)
	switch {
	case f.Bound != sendcloud.Unknown && f.rate:
		return words.Percent(f.share)
	case f.Bound == sendcloud.AtMost:
		return c.lang.Say(words.CountAtMost, mails)
	case f.Bound == sendcloud.AtLeast:
		return c.lang.Say(words.CountAtLeast, mails)
	case f.Bound == sendcloud.Exact:
		return mails
	case f.Err != nil:
		return words.Error(c.lang, f.Err)
	case f.Pending && c.running(Kind):
		return c.lang.Say(words.Loading)
	case f.Pending:
		return c.lang.Say(words.CountNot)
	}
	return c.lang.Say(words.CountUnknown)
}

// shares are which part of its status, and of all mail, the number under the
// cursor is.
func (c *Counts) shares(r row) (text string) {
	if share, ok := c.share(c.cursor.At, c.day); ok && (r.kind == code || r.kind == uncoded) {
		text = c.dot(c.lang.Say(words.CountShareOf, words.Percent(share), words.CountRow(c.lang, r.status, 0)))
	}
	if share, ok := c.figures[c.day][c.cursor.At].Share(c.figures[c.day][0].Number); ok && r.kind != all && r.kind != rate {
		of := words.CountOfAll
		if c.day > 0 {
			of = words.CountOfDay
		}
		text += c.dot(c.lang.Say(of, words.Percent(share)))
	}
	return text
}

// state says what counting costs, how far it is, or how old the numbers are.
func (c *Counts) state() string {
	h := c.have
	say := func(s words.Sentence, args ...any) string { return c.lang.Say(s.With(c.keys), args...) }
	switch {
	case c.counting.proposed:
		calls, rate := c.counting.count.Calls(), max(1, c.api.Budget().PerMinute)
		return say(words.CountCost, words.CallsAndTime(c.lang, calls, time.Duration(calls)*time.Minute/time.Duration(rate)))
	case h.missing() == 0:
		return say(words.CountDone, words.Number(h.all), words.Clock(h.oldest))
	case c.running(Kind):
		return say(words.CountLoading, words.Number(h.answered+h.failed), words.Number(h.all))
	case h.answered+h.failed < h.all:
		return say(words.CountStopped, words.Number(h.answered), words.Number(h.all))
	}
	return say(words.CountFailed, words.Number(h.failed), words.Number(h.all))
}
