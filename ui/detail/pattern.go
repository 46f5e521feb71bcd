package detail

import (
	"cmp"
	"context"
	"fmt"
	"strings"
	"time"

	"bounceboard/keymap"
	"bounceboard/sendcloud"
	"bounceboard/sendcloud/pattern"
	"bounceboard/sendcloud/recordset"
	"bounceboard/theme"
	"bounceboard/ui/cell"
	"bounceboard/ui/pane"
	"bounceboard/ui/screen"
	"bounceboard/ui/words"
)

// PatternKind is the kind of job that looks at a pattern's rows.
const PatternKind screen.Kind = "pattern"

const sampled = 2000 // rows of a pattern in which its variables are looked at

// Pattern is the page of one reply pattern: what its rows have in common. The zero value is not usable; see NewPattern.
type Pattern struct {
	pane.Text
	links bool
	rows  func() pane.Rows
	id    pattern.ID
	said  *summary // nil: it was not counted yet
}

type summary struct {
	recordset.Summary
	snap recordset.Snapshot
	of   int
}

// NewPattern is the page of the pattern id, over the rows that rows tells.
func NewPattern(th theme.Theme, lang words.Lang, links bool, rows func() pane.Rows, id pattern.ID) *Pattern {
	return &Pattern{Text: pane.Text{Look: pane.NewLook(keymap.PatternPage, th, lang, keymap.Default())}, links: links, rows: rows, id: id}
}

// Press scrolls, copies the pattern's text or its id, or narrows the rows to it.
func (p *Pattern) Press(a keymap.Action, _ string) screen.Effect {
	id := string(p.id)
	switch {
	case p.Scroll(a):
	case a == keymap.Copy && p.said != nil:
		return screen.Effect{Copy: &screen.Copy{What: p.Say(words.WhatReplyPattern), Text: cell.Clean(p.said.Text), Rows: 1}}
	case a == keymap.CopyPattern:
		return screen.Effect{Copy: &screen.Copy{What: p.Say(words.WhatPattern), Text: id, Rows: 1}}
	case a == keymap.Take, a == keymap.Exclude:
		e := pane.Narrow(p.Lang, recordset.ByPattern, id, id, a == keymap.Exclude)
		e.Pop = true
		return e
	case a == keymap.Back:
		return screen.Effect{Pop: true}
	}
	return screen.Effect{}
}

func (p *Pattern) Refresh() screen.Effect {
	rows, id := p.rows(), p.id
	return pane.Count(PatternKind, true, func(ctx context.Context) (*summary, error) {
		sum, covered, err := rows.Snapshot.PatternOf(ctx, rows.Selection, id, sampled)
		return &summary{sum, rows.Snapshot, covered}, err
	}, func(s *summary) {
		if s.ID == p.id {
			p.said = s
			p.Resize(p.W, p.H)
		}
	})
}

func (p *Pattern) Resize(w, h int) {
	p.Look.Resize(w, h)
	var lines []string
	if p.said != nil && p.W >= leastWidth {
		lines = PatternCard(p.Theme, p.Lang, p.W, p.links, p.said.snap, p.said.Summary, p.said.of)
	}
	p.Set(lines)
}

func (p *Pattern) Draw(bool) []string { return p.Show(words.FacetLoading) }

// PatternCard is a pattern in full, in lines of w columns; samples are rows of snap, and of is how many rows its share is of.
func PatternCard(th theme.Theme, lang words.Lang, w int, links bool, snap recordset.Snapshot, s recordset.Summary, of int) []string {
	p := newEntries(th, lang, links, w)
	p.lead(words.LabelPattern, th.Title, string(s.ID), "")
	p.put(words.Sentence{}, cmp.Or(s.Text, lang.Say(words.NoReply)))
	p.put(words.LabelMails, lang.Say(words.PatternShare, words.Number(s.Count), words.RowCount(lang, of), words.Percent(s.Share)))
	seen := minute(s.First)
	if last := minute(s.Last); last != seen {
		seen += " " + th.Marks.Dash + " " + last
	}
	p.put(words.LabelSeen, seen)
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

// variable says how many values a variable takes: one that takes few stands out, as it may be what the refusal is about.
func (p *entries) variable(v recordset.Variable) {
	text := p.Lang.Say(words.ValuesIn, words.Values(p.Lang, v.Distinct, v.More), words.RowCount(p.Lang, v.Rows))
	if often := len(v.Values) > 0 && v.Values[0].Count*20 >= v.Rows; often { // else they are samples of nothing
		text = p.Lang.Say(words.Labelling, text, words.Counts(p.Lang, v.Values, nil))
	}
	name := fmt.Sprintf("%d %s", v.Slot+1, pattern.Mark(v.Kind))
	if label := (words.Sentence{EN: name, ZH: name}); v.Few() {
		p.lead(label, p.Theme.Title, p.Lang.Say(words.PatternFew), text)
	} else {
		p.put(label, text)
	}
}

func minute(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.In(sendcloud.Zone).Format("2006-01-02 15:04")
}
