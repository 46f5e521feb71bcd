package counts

import (
	"strings"

	"bounceboard/ui/cell"
	"bounceboard/ui/words"
)

// warnRows is how many lines a contradiction may take.
const warnRows = 3

// warn gives the contradictions the lines that the longest of them takes, so
// that the rows stay where they are while the cursor moves. Where there is no
// room for any, the last line says one.
func (c *Counts) warn() {
	c.warned = 0
	if c.w < 20 || c.h < 10 {
		return
	}
	for _, f := range c.flags {
		c.warned = max(c.warned, min(warnRows, len(c.fit.Wrap(c.others(f.why), c.w-4))))
	}
}

// warning is what contradicts, in the lines it was given.
func (c *Counts) warning() []string {
	lines := make([]string, c.warned)
	if c.warned == 0 {
		return lines
	}
	for i, s := range c.fit.Wrap(c.contradiction(), c.w-4) {
		if i == c.warned {
			lines[i-1] = c.fit.Cut(lines[i-1]+c.th.Marks.Ellipsis, c.w-4)
			break
		}
		lines[i] = s
	}
	return lines
}

// contradiction is the sentence about the number under the cursor, else the
// first there is.
func (c *Counts) contradiction() string {
	if len(c.flags) == 0 {
		return ""
	}
	if k, ok := c.key(); ok {
		if why, odd := c.flagged(k); odd {
			return c.others(why)
		}
	}
	return c.others(c.flags[0].why)
}

// others adds how many contradictions there are besides the one that why is about.
func (c *Counts) others(why string) string {
	if n := len(c.flags) - 1; n > 0 {
		why += c.lang.Say(words.CountMore, n)
	}
	return why
}

// feet are the lines about the number under the cursor and about the count. An
// error that is longer than a line goes on in the second one.
func (c *Counts) feet() []string {
	about := c.about()
	feet := []string{c.line(c.ink.Text, " "+about), c.line(c.ink.Muted, " "+c.progress())}
	if why := c.contradiction(); why != "" && c.warned == 0 {
		feet[1] = c.line(c.ink.Warning, " "+c.th.Marks.Warn+" "+why)
	}
	if lines := c.fit.Wrap(about, max(2, c.w-2)); c.failed() && len(lines) > 1 {
		feet[0] = c.line(c.ink.Text, " "+lines[0])
		feet[1] = c.line(c.ink.Text, " "+strings.Join(lines[1:], " "))
	}
	return feet
}

// failed reports whether the number under the cursor is an error.
func (c *Counts) failed() bool {
	return c.cursor < len(c.rows) && c.figures[c.day][c.cursor].state == failed
}

// about says what is known of the number under the cursor, as much of it as
// fits: the age stays longest.
func (c *Counts) about() string {
	if c.cursor >= len(c.rows) {
		return ""
	}
	r, day := c.rows[c.cursor], c.date(c.day)
	name := c.name(r)
	if r.kind == uncoded {
		name = words.CountRow(c.lang, r.status, 0) + " " + name
	}
	when := ""
	if !day.IsZero() {
		when = words.DayOf(day) + " "
	}
	f := c.figures[c.day][c.cursor]
	said, age := c.said(f), ""
	if f.state == known && !f.at.IsZero() {
		age = c.dot(c.lang.Say(words.AsOf, words.Clock(f.at)))
	}
	if f.state == known && f.err != nil {
		age += c.dot(words.Error(c.lang, f.err))
	}
	beyond := ""
	if !c.within(r) {
		beyond = c.dot(c.lang.Say(words.CountBeyond))
	}
	of, ofAll := c.shares(r)
	short := name
	if r.kind == code { // its words stand in the row
		short = words.Code(r.sub)
	}
	text := ""
	for _, s := range [][2]string{{name, of + ofAll + beyond}, {name, of + ofAll}, {short, of + ofAll + beyond}, {short, of + ofAll}, {name, of}, {name, ""}, {short, ""}} {
		if text = c.lang.Say(words.Labelling, when+s[0], said+s[1]+age); cell.Width(text) < c.w {
			break
		}
	}
	return text
}

func (c *Counts) dot(s string) string { return " " + c.th.Marks.Dot + " " + s }

// said is a number in words.
func (c *Counts) said(f figure) string {
	switch {
	case f.rate:
		return c.text(f)
	case f.state == known:
		return words.Count(c.lang, f.count, f.atMost)
	case f.state == waiting:
		return c.lang.Say(words.Loading)
	case f.state == failed:
		return words.Error(c.lang, f.err)
	case f.excess > 0:
		return words.CountExcess(c.lang, f.excess)
	case f.state == unknown:
		return c.lang.Say(words.CountUnknown)
	}
	return c.lang.Say(words.CountNot)
}

// shares are which part of its status, and of all mail, the number under the
// cursor is.
func (c *Counts) shares(r row) (of, ofAll string) {
	share, ok := c.share(c.cursor, c.day)
	if r.kind == all || r.kind == rate {
		return "", ""
	}
	if ok && (r.kind == code || r.kind == uncoded) {
		of = c.dot(words.CountShareOf(c.lang, share, words.CountRow(c.lang, r.status, 0)))
	}
	if share, ok = c.figures[c.day][c.cursor].of(c.figures[c.day][0]); ok {
		ofAll = c.dot(words.CountShareOf(c.lang, share, ""))
	}
	return of, ofAll
}

// progress says what counting costs, how far it is, or how old it is.
func (c *Counts) progress() string {
	switch {
	case c.of == 0:
		return ""
	case c.phase == Proposed && (c.plan.Again || c.Missing() > 0):
		return words.CountCost(c.lang, c.plan.Calls, c.plan.Takes)
	case c.Missing() == 0:
		return words.CountDone(c.lang, c.of, c.oldest)
	case c.phase == Running:
		return words.CountLoading(c.lang, c.have, c.of)
	case c.have < c.of:
		return words.CountStopped(c.lang, c.of-c.Missing(), c.of)
	}
	return words.CountFailed(c.lang, c.erred, c.of)
}
