package detail

import (
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

// sampled is how many rows of a pattern its variables are looked at in.
const sampled = 2000

// Pattern is the page of one reply pattern: what its rows have in common. The
// zero value is not usable; see NewPattern.
type Pattern struct {
	pane.Text
	style
	rows func() pane.Rows
	id   pattern.ID
	said *summary // nil: it was not counted yet
}

// summary is what was found out about a pattern, over so many rows of a
// snapshot.
type summary struct {
	recordset.Summary
	snap recordset.Snapshot
	of   int
}

// NewPattern is the page of the pattern id, over the rows that rows tells.
func NewPattern(th theme.Theme, lang words.Lang, links bool, rows func() pane.Rows, id pattern.ID) *Pattern {
	return &Pattern{style: style{th, lang, cell.Style{ASCII: th.ASCII}, links}, rows: rows, id: id}
}

// Place is the pattern's page.
func (p *Pattern) Place() keymap.Place { return keymap.PatternPage }

// Can reports that every key of the page acts.
func (p *Pattern) Can(keymap.Action) bool { return true }

// Press scrolls, copies the pattern's id, or narrows the rows to it.
func (p *Pattern) Press(a keymap.Action, _ string) screen.Effect {
	id := string(p.id)
	switch {
	case p.Text.Press(a):
	case a == keymap.CopyPattern:
		return screen.Effect{Copy: &screen.Copy{What: p.lang.Say(words.WhatPattern), Text: id, Rows: 1}}
	case a == keymap.Take, a == keymap.Exclude:
		e := pane.Narrow(p.lang, recordset.ByPattern, id, id, a == keymap.Exclude)
		e.Pop = true
		return e
	case a == keymap.Back:
		return screen.Effect{Pop: true}
	}
	return screen.Effect{}
}

// Refresh counts anew, when a count under way has ended.
func (p *Pattern) Refresh() screen.Effect {
	rows, id := p.rows(), p.id
	return screen.Run(screen.Job{Kind: PatternKind, Wait: true,
		Run: func(ctx context.Context, _ func(any)) (any, error) {
			sum, covered, err := rows.Snapshot.PatternOf(ctx, rows.Selection, id, sampled)
			return &summary{sum, rows.Snapshot, covered}, err
		},
		Done: func(result any, err error) screen.Effect {
			if s, ok := result.(*summary); ok && err == nil && s.ID == p.id {
				p.said = s
				p.compose()
			}
			return screen.Effect{}
		}})
}

// Resize gives the page w×h cells.
func (p *Pattern) Resize(w, h int) {
	p.Text.Resize(w, h)
	p.compose()
}

func (p *Pattern) compose() {
	var lines []string
	if p.said != nil && p.W >= leastWidth {
		lines = PatternCard(p.th, p.lang, p.W, p.links, p.said.snap, p.said.Summary, p.said.of)
	}
	p.Set(lines)
}

// Draw draws the page.
func (p *Pattern) Draw(bool) []string { return p.Text.Draw(p.th, p.lang, words.FacetLoading) }

// PatternCard is a pattern in full, in lines of w columns: its text, what its
// rows have in common and where they differ, and samples, which are rows of
// snap. of is how many rows its share is of.
func PatternCard(th theme.Theme, lang words.Lang, w int, links bool, snap recordset.Snapshot, s recordset.Summary, of int) []string {
	p := entries{style: style{th, lang, cell.Style{ASCII: th.ASCII}, links}, w: w}
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
func (p *entries) variable(v recordset.Variable) {
	text := p.lang.Say(words.ValuesIn, words.Values(p.lang, v.Distinct, v.More), words.RowCount(p.lang, v.Rows))
	if often := len(v.Values) > 0 && v.Values[0].Count*20 >= v.Rows; often { // else they are samples of nothing
		text = p.lang.Say(words.Labelling, text, words.Counts(p.lang, v.Values, nil))
	}
	label := fmt.Sprintf("%d %s", v.Slot+1, pattern.Mark(v.Kind))
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
