package detail

import (
	"fmt"
	"strings"
	"time"

	"bounceboard/sendcloud"
	"bounceboard/sendcloud/recordset"
	"bounceboard/theme"
	"bounceboard/ui/cell"
	"bounceboard/ui/words"
)

// Pattern shows what the rows of one reply pattern have in common. The zero
// value is not usable; see NewPattern.
type Pattern struct {
	sheet
	snap  recordset.Snapshot
	sum   recordset.Summary
	of    int
	shown bool
}

// NewPattern is an empty card; links says that the terminal knows hyperlinks.
func NewPattern(th theme.Theme, lang words.Lang, links bool) *Pattern {
	return &Pattern{sheet: newSheet(th, lang, links)}
}

// SetSize gives the card w×h cells.
func (c *Pattern) SetSize(w, h int) {
	c.w, c.h = max(0, w), max(0, h)
	c.draw()
}

// Show shows a pattern's summary over so many rows of a snapshot.
func (c *Pattern) Show(snap recordset.Snapshot, sum recordset.Summary, of int) {
	if sum.ID != c.sum.ID {
		c.top = 0
	}
	c.snap, c.sum, c.of, c.shown = snap, sum, of, true
	c.draw()
}

// Clear empties the card: another pattern is being counted.
func (c *Pattern) Clear() {
	*c = Pattern{sheet: c.sheet}
	c.lines, c.top = nil, 0
}

func (c *Pattern) draw() {
	if c.shown {
		c.lines = PatternCard(c.th, c.lang, c.w, c.links, c.snap, c.sum, c.of)
	}
	c.Scroll(0)
}

// View draws the card in exactly the height of SetSize.
func (c *Pattern) View() string { return c.view(words.FacetLoading) }

// PatternCard is a pattern in full, in lines of w columns: its text, what its
// rows have in common and where they differ, and samples, which are rows of
// snap. of is how many rows its share is of.
func PatternCard(th theme.Theme, lang words.Lang, w int, links bool, snap recordset.Snapshot, s recordset.Summary, of int) []string {
	p := page{th: th, lang: lang, fit: cell.Style{ASCII: th.ASCII}, links: links, w: w}
	p.lead(words.LabelPattern, th.Title, string(s.ID), "")
	text := s.Text
	if text == "" {
		text = lang.Say(words.NoReply)
	}
	p.put(words.Sentence{}, text)
	p.put(words.LabelMails, lang.Say(words.PatternShare, words.Number(s.Count), words.RowCount(lang, of), words.Percent(s.Share)))
	if !s.First.IsZero() {
		seen := minute(s.First)
		if last := minute(s.Last); last != seen {
			seen += " " + th.Marks.Dash + " " + last
		}
		p.put(words.LabelSeen, seen)
	}
	var permanences []string
	for _, c := range s.Permanences {
		permanences = append(permanences, c.Value)
	}
	causes := words.Counts(lang, s.Causes, func(token string) string { return words.CauseName(lang, token) })
	p.put(words.LabelCause, strings.TrimSpace(th.Permanence(permanences...)+" "+causes))
	p.put(words.LabelDomains, words.Counts(lang, s.Domains, nil))
	for _, v := range s.Variables {
		p.variable(v)
	}
	for _, row := range s.Samples {
		r := snap.Record(row)
		p.put(words.LabelSample, strings.TrimSpace(minute(r.RequestTime)+"  "+r.Recipients))
		p.put(words.Sentence{}, r.SendLog)
	}
	return p.lines
}

// variable says how many values a variable takes: one that takes few stands
// out, as it may be what the refusal is about.
func (p *page) variable(v recordset.Variable) {
	text := p.lang.Say(words.PatternDistinct, words.Values(p.lang, v.Distinct, v.More), words.RowCount(p.lang, v.Rows))
	if often := len(v.Values) > 0 && v.Values[0].Count*20 >= v.Rows; often { // else they are samples of nothing
		text = p.lang.Say(words.Labelling, text, words.Counts(p.lang, v.Values, nil))
	}
	label := fmt.Sprintf("%d %s", v.Slot+1, v.Kind.Mark())
	if v.Few() {
		p.lead(words.Sentence{EN: label, ZH: label}, p.th.Title, p.lang.Say(words.PatternFew), text)
		return
	}
	p.put(words.Sentence{EN: label, ZH: label}, text)
}

// minute is a moment on the service's clock; empty where there is none.
func minute(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.In(sendcloud.Zone).Format("2006-01-02 15:04")
}
