package table

import (
	"strings"
	"time"

	"github.com/charmbracelet/x/ansi"

	"bounceboard/sendcloud"
	"bounceboard/sendcloud/bounce"
	"bounceboard/sendcloud/recordset"
	"bounceboard/ui/cell"
	"bounceboard/ui/columns"
	"bounceboard/ui/words"
)

// texts are a row's values, by column.
type texts [recordset.AllOfThem]string

// head is the names of the columns.
func (t *Table) head() string {
	var text texts
	for _, c := range t.cols {
		text[c.by] = t.lang.Say(words.ColumnHead(c.by))
	}
	text[recordset.ByStatus] = "  " + text[recordset.ByStatus]
	if t.skipped > 0 {
		text[recordset.ByReply] = t.th.Marks.Left + " " + text[recordset.ByReply]
	}
	return " " + strings.Join(t.fitted(text, false), "  ")
}

// fitted sets a row's texts in exactly the widths of the columns; a reply at the end is not filled up.
func (t *Table) fitted(text texts, row bool) []string {
	all := make([]string, len(t.cols))
	for i, c := range t.cols {
		fit, s := t.fit.Fit, text[c.by]
		switch c.by {
		case recordset.ByStatus:
			if c.w == statusMark {
				s, _, _ = strings.Cut(s, " ")
			}
		case recordset.ByRecipient, recordset.ByEmailID:
			fit = t.fit.FitMiddle
		case recordset.ByTook:
			fit = t.fit.FitRight
		case recordset.ByReply:
			if row && t.skipped > 0 {
				s = ansi.TruncateLeft(t.fit.Cut(s, t.skipped+c.w), t.skipped, "")
			}
			if i == len(t.cols)-1 {
				fit = t.fit.Cut
			}
		}
		all[i] = fit(s, c.w)
	}
	return all
}

// texts are what a row has in the columns that may be on screen, which make room for it.
func (t *Table) texts(rec sendcloud.Record) (text texts) {
	e := t.s.Explain(rec)
	told := recordset.ExplainedBy(rec, e)
	// Columns only grow: a table whose columns move is hard to read.
	t.long = t.long || cell.Width(e.Cause.Short(string(t.lang)))+3 > columns.Usual(t.lang, recordset.ByCause)
	t.widest = max(t.widest, cell.Width(t.fit.Cut(rec.Recipients, widestRecipient)))
	for _, c := range t.wanted() {
		text[c] = t.text(c, rec, e, told)
	}
	return text
}

func (t *Table) text(c recordset.Column, rec sendcloud.Record, e bounce.Explanation, told recordset.Explained) string {
	value := c.Of(rec, told)
	switch c {
	case recordset.ByStatus:
		mark, _ := t.th.Status(int(rec.Status))
		return mark + " " + t.status(rec)
	case recordset.ByRequested:
		return minute(rec.RequestTime, value)
	case recordset.ByModified:
		return minute(rec.ModifiedTime, value)
	case recordset.ByTook:
		if d, ok := rec.Took(); ok {
			return words.Short(d)
		}
		return ""
	case recordset.ByCause:
		return t.cause(e, rec)
	case recordset.ByPermanence, recordset.ByParty:
		if e.Permanence == bounce.NoFailure {
			return ""
		}
	case recordset.ByContradicts:
		if value != "" {
			return t.th.Marks.Warn
		}
	}
	label, _ := words.FacetValue(t.lang, c, value)
	return label
}

func (t *Table) status(rec sendcloud.Record) string {
	if rec.Status == sendcloud.StatusUnknown && rec.StatusText != "" {
		return rec.StatusText
	}
	return words.StatusName(t.lang, rec.Status)
}

// minute is a moment on the service's clock; where it could not be read, what the service said.
func minute(at time.Time, said string) string {
	if at.IsZero() {
		return said
	}
	return words.Moment(at)
}

// cause is the mark of trying again, the cause, ? for a guess, and a warning where it contradicts the sub-status; empty: no failure.
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
	return mark + " " + t.fit.Cut(e.Cause.Short(string(t.lang)), t.causeWidth()-2-cell.Width(signs)) + signs
}
