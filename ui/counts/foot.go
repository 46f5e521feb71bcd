package counts

import (
	"strings"
	"time"

	"bounceboard/ui/cell"
	"bounceboard/ui/words"
)

// warn is a contradiction in at most three lines, one in a low window.
func (c *Counts) warn(why string) []string {
	if c.w < 20 || c.h < 6 {
		return nil
	}
	most := max(1, min(3, c.h-9))
	lines := c.fit.Wrap(why, c.w-4)
	if len(lines) > most {
		lines = lines[:most]
		lines[most-1] = c.fit.Cut(lines[most-1]+c.th.Marks.Ellipsis, c.w-4)
	}
	for i := range lines {
		if i == 0 {
			lines[i] = " " + c.th.Marks.Warn + " " + lines[i]
		} else {
			lines[i] = "   " + lines[i]
		}
	}
	return lines
}

// feet are the lines about the number under the cursor and about the count. An
// error that is longer than a line goes on in the second one.
func (c *Counts) feet() []string {
	about := c.about()
	feet := []string{c.line(c.ink.Text, " "+about), c.line(c.ink.Muted, " "+c.state())}
	f := c.figures[c.day][c.cursor.At]
	if lines := c.fit.Wrap(about, max(2, c.w-2)); f.Bound == Unknown && f.Err != nil && len(lines) > 1 {
		feet[0] = c.line(c.ink.Text, " "+lines[0])
		feet[1] = c.line(c.ink.Text, " "+strings.Join(lines[1:], " "))
	}
	return feet
}

// about says what is known of the number under the cursor, as much of it as
// fits: the age stays longest.
func (c *Counts) about() string {
	r, f, day := c.rows[c.cursor.At], c.figures[c.day][c.cursor.At], c.counting.date(c.day)
	name, age, beyond := r.name, "", ""
	if r.kind == uncoded {
		name = words.CountRow(c.lang, r.status, 0) + " " + name
	}
	when := ""
	if !day.IsZero() {
		when = words.DayOf(day) + " "
	}
	if f.Bound != Unknown && !f.At.IsZero() {
		age = c.dot(c.lang.Say(words.AsOf, words.Clock(f.At)))
	}
	if f.Bound != Unknown && f.Err != nil {
		age += c.dot(words.Error(c.lang, f.Err))
	}
	if !r.within {
		beyond = c.dot(c.lang.Say(words.CountBeyond))
	}
	of, ofAll := c.shares(r)
	short := name
	if r.kind == code { // its words stand in the row
		short = words.Code(r.sub)
	}
	text := ""
	for _, s := range [][2]string{{name, of + ofAll + beyond}, {name, of + ofAll}, {short, of + ofAll + beyond}, {short, of + ofAll}, {name, of}, {name, ""}, {short, ""}} {
		if text = c.lang.Say(words.Labelling, when+s[0], c.said(f)+s[1]+age); cell.Width(text) < c.w {
			break
		}
	}
	return text
}

func (c *Counts) dot(s string) string { return " " + c.th.Marks.Dot + " " + s }

// said is a number in words.
func (c *Counts) said(f figure) string {
	mails := words.Mails(c.lang, f.N)
	switch {
	case f.Bound != Unknown && f.rate:
		return words.Percent(f.share)
	case f.Bound == AtMost:
		return c.lang.Say(words.AtMost, mails)
	case f.Bound == AtLeast:
		return c.lang.Say(words.AtLeast, mails)
	case f.Bound == Exact:
		return mails
	case f.Err != nil:
		return words.Error(c.lang, f.Err)
	case c.waiting(f):
		return c.lang.Say(words.Loading)
	case f.Pending:
		return c.lang.Say(words.CountNot)
	case f.Excess > 0:
		return c.lang.Say(words.CountExcess, words.Number(f.Excess))
	}
	return c.lang.Say(words.CountUnknown)
}

// shares are which part of its status, and of all mail, the number under the
// cursor is.
func (c *Counts) shares(r row) (of, ofAll string) {
	if r.kind == all || r.kind == rate {
		return "", ""
	}
	if share, ok := c.share(c.cursor.At, c.day); ok && (r.kind == code || r.kind == uncoded) {
		of = c.dot(c.lang.Say(words.CountShareOf, words.Percent(share), words.CountRow(c.lang, r.status, 0)))
	}
	if share, ok := c.figures[c.day][c.cursor.At].Share(c.figures[c.day][0].Number); ok {
		of := words.CountOfAll
		if c.day > 0 {
			of = words.CountOfDay
		}
		ofAll = c.dot(c.lang.Say(of, words.Percent(share)))
	}
	return of, ofAll
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
