// Package detail shows one record whole: what became of the mail, why, what to
// do about it, and what the receiving server said.
package detail

import (
	"strings"
	"time"

	"bounceboard/sendcloud"
	"bounceboard/sendcloud/bounce"
	"bounceboard/sendcloud/pattern"
	"bounceboard/sendcloud/recordset"
	"bounceboard/theme"
	"bounceboard/ui/cell"
	"bounceboard/ui/words"
)

// Detail is the pane. The zero value is not usable; see New.
type Detail struct {
	sheet
	explain  Explain
	rec      sendcloud.Record
	means    bounce.Explanation
	shown    bool
	unfolded bool
	folds    int // long codes in the reply
}

// New is an empty pane. Without explain it says no more than the service does; links says that the
// terminal knows hyperlinks, see [Hyperlinks].
func New(th theme.Theme, lang words.Lang, explain Explain, links bool) *Detail {
	return &Detail{sheet: newSheet(th, lang, links), explain: explain}
}

// SetSize gives the pane w×h cells.
func (d *Detail) SetSize(w, h int) {
	w, h = max(0, w), max(0, h)
	if w != d.w {
		d.w = w
		d.draw()
	}
	d.h = h
	d.Scroll(0)
}

// Show shows rec from its beginning, unless it is the record already there.
func (d *Detail) Show(rec sendcloud.Record) {
	if d.shown && rec == d.rec {
		return
	}
	if !d.shown || rec.EmailID != d.rec.EmailID {
		d.top, d.unfolded = 0, false
	}
	d.rec, d.shown = rec, true
	if d.explain != nil {
		d.means = d.explain(rec)
	}
	d.draw()
	d.Scroll(0)
}

// Clear empties the pane.
func (d *Detail) Clear() {
	d.rec, d.shown, d.lines, d.top, d.folds = sendcloud.Record{}, false, nil, 0, 0
}

// Folds reports whether the reply has long codes that are folded or could be.
func (d *Detail) Folds() bool { return d.folds > 0 }

// Unfold shows long codes whole, or folds them again; false when there is none.
func (d *Detail) Unfold() bool {
	if d.folds == 0 {
		return false
	}
	d.unfolded = !d.unfolded
	d.draw()
	d.Scroll(0)
	return true
}

// View draws the pane in exactly the height of SetSize.
func (d *Detail) View() string { return d.view(words.NoneChosen) }

// draw sets the record in lines. It runs when the record or the width changes,
// never when the pane is drawn.
func (d *Detail) draw() {
	d.lines = nil
	if !d.shown || d.w < 4 {
		return
	}
	r := d.rec
	folds := cell.Folds(r.SendLog)
	d.folds = len(folds)
	if d.unfolded {
		folds = nil
	}
	p := d.page()
	p.lines = append(p.lines, " "+d.th.Title.Render(d.fit.Cut(r.Recipients, d.w-2)))
	p.status(r, d.tells())
	if d.tells() != nothing {
		p.explain(d.means, r.SubStatus)
		p.facts(d.means, r.SendLog, d.patternID())
	}
	p.times(r)
	p.put(words.LabelUser, r.APIUser)
	p.put(words.LabelID, r.EmailID)
	switch {
	case r.SendLog == "":
		p.label(words.LabelReply, d.th.Muted.Render(d.lang.Say(words.NoReply)))
	case d.tells() == nothing:
		p.reply(r.SendLog, nil, folds)
	default:
		p.reply(r.SendLog, d.means.Matched, folds)
	}
	if len(folds) > 0 {
		p.label(words.Sentence{}, d.th.Muted.Render(d.lang.Say(words.Folded)))
	}
	d.lines = p.lines
}

// patternID is by what a colleague can be told replies like this one.
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
	case s == sendcloud.Delivered, recordset.Untold(d.rec, d.means):
		return nothing
	}
	return little
}

// status sets status and sub-status: with their meanings, unless the explanation says the same.
func (p *page) status(r sendcloud.Record, t tells) {
	mark, style := p.th.Status(int(r.Status))
	name := words.StatusName(p.lang, r.Status)
	if r.Status == sendcloud.StatusUnknown && r.StatusText != "" {
		name = cell.Clean(r.StatusText)
	}
	sub := p.sub(r)
	if t == cause && (r.Status == sendcloud.Invalid || r.Status == sendcloud.SoftBounce) {
		p.lead(words.LabelStatus, style, mark+" "+name, sub)
		return
	}
	p.lead(words.LabelStatus, style, mark+" "+name, words.StatusMeaning(p.lang, r.Status))
	if sub == "" {
		return
	}
	meaning := ""
	if t != cause {
		meaning = words.SubStatusMeaning(p.lang, r.SubStatus)
	}
	p.lead(words.LabelSub, style, sub, meaning)
}

// sub is the sub-status as its number, our name and, where it says something else, the service's.
func (p *page) sub(r sendcloud.Record) string {
	code, name := words.Code(r.SubStatus), words.SubStatusName(p.lang, r.SubStatus)
	if code == "" {
		code = cell.Clean(r.SubStatusText)
	}
	if name != "" && name != code {
		code += " " + name
	}
	desc := cell.Clean(r.SubStatusDesc)
	same := false // in either language
	for _, l := range []words.Lang{words.English, words.Chinese} {
		known := words.SubStatusName(l, r.SubStatus)
		same = same || known != "" && strings.HasSuffix(desc, known)
	}
	if !same {
		code += " " + desc
	}
	return strings.TrimSpace(code)
}

func (p *page) times(r sendcloud.Record) {
	changed := p.when(r.ModifiedTime, r.ModifiedText)
	if took, ok := r.Took(); ok {
		changed += p.lang.Say(words.Took, words.Short(took))
	}
	p.put(words.LabelRequested, p.when(r.RequestTime, r.RequestText))
	p.put(words.LabelChanged, changed)
}

func (p *page) when(t time.Time, text string) string {
	switch {
	case !t.IsZero():
		return t.In(sendcloud.Zone).Format("2006-01-02 15:04:05 -07")
	case text != "":
		return text
	}
	return p.lang.Say(words.NoTime)
}
