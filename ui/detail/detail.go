// Package detail shows one record whole: what became of the mail, why, what to
// do about it, and what the receiving server said.
package detail

import (
	"strings"
	"time"

	"bounceboard/keymap"
	"bounceboard/sendcloud"
	"bounceboard/sendcloud/bounce"
	"bounceboard/sendcloud/mailtext"
	"bounceboard/sendcloud/pattern"
	"bounceboard/sendcloud/recordset"
	"bounceboard/theme"
	"bounceboard/ui/cell"
	"bounceboard/ui/pane"
	"bounceboard/ui/screen"
	"bounceboard/ui/words"
)

// Detail is the pane. The zero value is not usable; see New.
type Detail struct {
	pane.Text
	style
	keys     keymap.Map
	explain  Explain
	rec      *sendcloud.Record // nil: none is shown
	means    bounce.Explanation
	unfolded bool
	folds    int // long codes in the reply
}

// New is an empty pane. Without explain it says no more than the service does;
// links says that the terminal knows hyperlinks, see [Hyperlinks].
func New(th theme.Theme, lang words.Lang, keys keymap.Map, explain Explain, links bool) *Detail {
	return &Detail{style: style{th, lang, cell.Style{ASCII: th.ASCII}, links}, keys: keys, explain: explain}
}

// Place is the detail.
func (d *Detail) Place() keymap.Place { return keymap.Detail }

// Can reports whether an action does something now.
func (d *Detail) Can(a keymap.Action) bool { return a != keymap.Unfold || d.folds > 0 }

// Press scrolls and unfolds; what is about the rows is left to the program.
func (d *Detail) Press(a keymap.Action, _ string) screen.Effect {
	switch {
	case d.Text.Press(a):
	case a == keymap.Unfold && d.folds == 0:
		return screen.Say(d.lang.Say(words.NothingFolded))
	case a == keymap.Unfold:
		d.unfolded = !d.unfolded
		d.compose()
	default:
		return screen.Effect{Do: a}
	}
	return screen.Effect{}
}

// Resize gives the pane w×h cells.
func (d *Detail) Resize(w, h int) {
	d.Text.Resize(w, h)
	d.compose()
}

// Show shows rec from its beginning, unless that mail is there already.
func (d *Detail) Show(rec sendcloud.Record) {
	switch {
	case d.rec != nil && rec == *d.rec:
		return
	case d.rec == nil || rec.EmailID != d.rec.EmailID:
		d.Begin()
		d.unfolded = false
	}
	if d.rec = &rec; d.explain != nil {
		d.means = d.explain(rec)
	}
	d.compose()
}

// Clear empties the pane.
func (d *Detail) Clear() {
	d.rec, d.folds = nil, 0
	d.Set(nil)
}

// Draw draws the pane.
func (d *Detail) Draw(bool) []string { return d.Text.Draw(d.th, d.lang, words.NoneChosen) }

// compose sets the record in lines. It runs when the record or the width
// changes, not when the pane is drawn.
func (d *Detail) compose() {
	if d.rec == nil || d.W < leastWidth {
		d.Set(nil)
		return
	}
	r := *d.rec
	folds := cell.Folds(r.SendLog)
	d.folds = len(folds)
	if d.unfolded {
		folds = nil
	}
	p, tells := &entries{style: d.style, w: d.W}, d.tells()
	p.lines = append(p.lines, d.recipient(r.Recipients))
	p.status(r, tells)
	if tells != nothing {
		p.explain(d.means, r.SubStatus)
		p.facts(d.means, r.SendLog, d.patternID())
	}
	p.times(r)
	p.put(words.LabelUser, r.APIUser)
	p.put(words.LabelID, r.EmailID)
	switch {
	case r.SendLog == "":
		p.label(words.LabelReply, d.th.Muted.Render(d.fit.Cut(d.lang.Say(words.NoReply), p.room())))
	case tells == nothing:
		p.reply(r.SendLog, nil, folds)
	default:
		p.reply(r.SendLog, d.means.Matched, folds)
	}
	if len(folds) > 0 {
		p.label(words.Sentence{}, d.th.Muted.Render(d.fit.Cut(d.lang.Say(words.Folded.With(d.keys)), p.room())))
	}
	d.Set(p.lines)
}

// recipient is the address. One whose domain is a letter away from a large
// receiver's has that domain beside it, as a question.
func (d *Detail) recipient(address string) string {
	domain := mailtext.Meant(address)
	if domain == "" {
		return " " + d.th.Title.Render(d.fit.Cut(address, d.W-2))
	}
	meant := "  " + domain + "?"
	return " " + d.th.Title.Render(d.fit.Cut(address, d.W-2-cell.Width(meant))) + d.th.Warning.Render(meant)
}

// patternID names replies like this one, for a colleague.
func (d *Detail) patternID() string {
	if d.rec.SendLog == "" {
		return ""
	}
	text, _ := pattern.Of(d.rec.SendLog)
	return d.lang.Say(words.FactPattern, pattern.IDOf(text))
}

// tells is what the explanation adds to what status and sub-status say.
type tells int

const (
	nothing tells = iota
	little        // what to do about a reply that was not recognised
	cause
)

// tells judges the explanation.
func (d *Detail) tells() tells {
	switch s := d.rec.Status; {
	case d.explain == nil:
		return nothing
	case recordset.Explains(s, d.means):
		return cause
	case s == sendcloud.Delivered, recordset.Untold(*d.rec, d.means):
		return nothing
	}
	return little
}

// status sets status and sub-status, with the meaning where the explanation
// does not say the same.
func (p *entries) status(r sendcloud.Record, t tells) {
	mark, style := p.th.Status(int(r.Status))
	name := words.StatusName(p.lang, r.Status)
	if r.Status == sendcloud.StatusUnknown && r.StatusText != "" {
		name = cell.Clean(r.StatusText)
	}
	sub, meaning := p.sub(r), words.SubStatusMeaning(p.lang, r.SubStatus)
	if sub == "" {
		sub = words.StatusMeaning(p.lang, r.Status)
	}
	p.lead(words.LabelStatus, style, mark+" "+name, sub)
	if t != cause {
		p.put(words.LabelSub, meaning)
	}
}

// sub is the sub-status as its number, our name for it and, where that says
// something else, the service's own.
func (p *entries) sub(r sendcloud.Record) string {
	code, name := words.Code(r.SubStatus), words.SubStatusName(p.lang, r.SubStatus)
	if code == "" {
		code = cell.Clean(r.SubStatusText)
	}
	if name != "" && name != code {
		code += " " + name
	}
	desc := cell.Clean(r.SubStatusDesc)
	if known := words.SubStatusName(words.Chinese, r.SubStatus); known == "" || !strings.HasSuffix(desc, known) {
		code += " " + p.th.Marks.Dot + " " + desc
	}
	return strings.Trim(code, " "+p.th.Marks.Dot)
}

func (p *entries) times(r sendcloud.Record) {
	p.put(words.LabelRequested, p.when(r.RequestTime, r.RequestText))
	p.put(words.LabelChanged, p.when(r.ModifiedTime, r.ModifiedText)+words.Spent(p.lang, r))
}

func (p *entries) when(t time.Time, text string) string {
	switch {
	case !t.IsZero():
		return t.In(sendcloud.Zone).Format("2006-01-02 15:04:05 -07")
	case text != "":
		return text
	}
	return p.lang.Say(words.NoTime)
}
