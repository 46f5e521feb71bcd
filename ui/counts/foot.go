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
	if k, ok := c.Selected(); ok {
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

// about says what is known of the number under the cursor.
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
	name = when + name
	f := c.figures[c.day][c.cursor]
	between := " " + c.th.Marks.Dot + " "
	var said, part, age string // the part gives way to the age, then the name
	switch f.state {
	case known:
		said = words.Count(c.lang, f.count, f.atMost)
		if share, ok := c.share(c.cursor, c.day); ok && r.kind != all {
			whole := ""
			if r.kind != total && len(c.plan.Statuses) > 0 {
				whole = words.CountRow(c.lang, r.status, 0)
			}
			part = between + words.CountShareOf(c.lang, share, whole)
		}
		if !f.at.IsZero() {
			age = between + c.lang.Say(words.AsOf, words.Clock(f.at))
		}
	case waiting:
		said = c.lang.Say(words.Loading)
	case failed:
		said = words.Error(c.lang, f.err)
	case unknown:
		said = c.lang.Say(words.CountUnknown)
		if f.excess > 0 {
			said = words.CountExcess(c.lang, f.excess)
		}
	default:
		said = c.lang.Say(words.CountNot)
	}
	text := c.lang.Say(words.CountIs, name, said+part+age)
	if cell.Width(text) >= c.w {
		text = c.lang.Say(words.CountIs, name, said+age)
	}
	if cell.Width(text) >= c.w && r.kind == code {
		text = c.lang.Say(words.CountIs, when+words.Code(r.sub), said+age)
	}
	return text
}

// progress says what counting costs, how far it is, or how old it is.
func (c *Counts) progress() string {
	switch {
	case c.of == 0:
		return ""
	case c.Done():
		return words.CountDone(c.lang, c.of, c.oldest)
	case c.phase == Running:
		return words.CountLoading(c.lang, c.have, c.of)
	case c.phase == Stopped:
		return words.CountStopped(c.lang, c.have, c.of)
	}
	return words.CountCost(c.lang, c.plan.Calls, c.plan.Takes)
}
