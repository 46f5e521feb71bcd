// Package detail shows one record whole: what became of the mail, why, what to do about it, and what the receiving server said.
package detail

import (
	"cmp"
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
	links    bool
	explain  Explain
	rec      *sendcloud.Record // nil: none is shown
	means    bounce.Explanation
	unfolded bool
	folds    int               // long codes in the reply
	others   string            // how far others share what happened to the mail
	labels   map[string]string // what is known of the labels of mails, by their email ids
}

// New is an empty pane. explain may be nil; links says that the terminal knows hyperlinks, see [Hyperlinks].
func New(th theme.Theme, lang words.Lang, keys keymap.Map, explain Explain, links bool) *Detail {
	return &Detail{Text: pane.Text{Look: pane.NewLook(keymap.Detail, th, lang, keys)}, explain: explain, links: links}
}

func (d *Detail) Can(a keymap.Action) bool { return a != keymap.Unfold || d.folds > 0 }

// Press scrolls and unfolds; what is about the rows is left to the program.
func (d *Detail) Press(a keymap.Action, _ string) screen.Effect {
	switch {
	case d.Scroll(a):
	case a == keymap.Unfold && d.folds == 0:
		return d.Tell(words.NothingFolded)
	case a == keymap.Unfold:
		d.unfolded = !d.unfolded
		d.compose()
	default:
		return screen.Effect{Do: a}
	}
	return screen.Effect{}
}

func (d *Detail) Resize(w, h int) {
	d.Look.Resize(w, h)
	d.compose()
}

// Show shows rec from its beginning, unless that mail is there already.
func (d *Detail) Show(rec sendcloud.Record) {
	switch {
	case d.rec != nil && rec == *d.rec:
		return
	case d.rec == nil || rec.EmailID != d.rec.EmailID:
		d.Begin()
		d.unfolded, d.others = false, ""
	}
	if d.rec = &rec; d.explain != nil {
		d.means = d.explain(rec)
	}
	d.compose()
}

func (d *Detail) Clear() {
	d.others, d.rec, d.folds = "", nil, 0
	d.Set(nil)
}

func (d *Detail) Draw(bool) []string { return d.Text.Show(words.NoneChosen) }

// compose sets the record in lines. It runs when the record or the width changes, not when the pane is drawn.
func (d *Detail) compose() {
	if d.rec == nil || d.W < leastWidth {
		d.Set(nil)
		return
	}
	r := *d.rec
	explains := d.explain != nil && recordset.Explains(r.Status, d.means)
	// A reply that was not recognised gets at least a next step.
	advises := explains || d.explain != nil && r.Status != sendcloud.Delivered && !recordset.Untold(r, d.means)
	p := &entries{Look: d.Look, links: d.links}
	p.lines = append(p.lines, p.recipient(r.Recipients))
	p.status(r, explains)
	var decided []bounce.Span
	if advises {
		var named []string
		if text, _ := pattern.Of(r.SendLog); r.SendLog != "" { // for a colleague
			named = []string{d.Say(words.FactPattern, pattern.IDOf(text))}
		}
		decided = d.means.Matched
		p.explain(d.means, r.SubStatus)
		p.facts(d.means, named...)
	}
	p.put(words.LabelLabel, d.labels[r.EmailID])
	p.put(words.LabelRequested, p.when(r.RequestTime, r.RequestText))
	p.put(words.LabelChanged, p.when(r.ModifiedTime, r.ModifiedText)+words.Spent(p.Lang, r))
	p.put(words.LabelUser, r.APIUser)
	p.put(words.LabelID, r.EmailID)
	folds := cell.Folds(r.SendLog)
	if d.folds = len(folds); d.unfolded {
		folds = nil
	}
	if r.SendLog == "" {
		p.label(words.LabelReply, d.Theme.Muted.Render(d.Fit.Cut(d.Say(words.NoReply), p.room())))
	}
	p.reply(r.SendLog, decided, folds)
	p.put(words.LabelAlike, d.others) // last: it comes later than the others, and must not move them
	d.Set(p.lines)
}

// recipient is the address. One whose domain is a letter away from a large receiver's has that domain beside it, as a question.
func (p *entries) recipient(address string) string {
	if meant := mailtext.Meant(address); meant != "" {
		return " " + p.Theme.Title.Render(p.Fit.Cut(address, p.W-5-cell.Width(meant))) + p.Theme.Warning.Render("  "+meant+"?")
	}
	return " " + p.Theme.Title.Render(p.Fit.Cut(address, p.W-2))
}

// status sets status and sub-status, with their meaning unless the explanation says it.
func (p *entries) status(r sendcloud.Record, explained bool) {
	mark, style := p.Theme.Status(int(r.Status))
	name := words.StatusName(p.Lang, r.Status)
	if r.Status == sendcloud.StatusUnknown && r.StatusText != "" {
		name = cell.Clean(r.StatusText)
	}
	p.lead(words.LabelStatus, style, mark+" "+name, cmp.Or(p.sub(r), words.StatusMeaning(p.Lang, r.Status)))
	if !explained {
		p.put(words.LabelSub, words.SubStatusMeaning(p.Lang, r.SubStatus))
	}
}

// sub is the sub-status as its number, our name for it and, where that says something else, the service's own.
func (p *entries) sub(r sendcloud.Record) string {
	code := cmp.Or(words.Code(r.SubStatus), cell.Clean(r.SubStatusText))
	said := words.SubStatusSaid(p.Lang, r.SubStatus, cell.Clean(r.SubStatusDesc))
	return strings.TrimSpace(code + " " + strings.ReplaceAll(said, " · ", p.Dot()))
}

func (p *entries) when(t time.Time, text string) string {
	if t.IsZero() {
		return cmp.Or(text, p.Say(words.NoTime))
	}
	return t.In(sendcloud.Zone).Format("2006-01-02 15:04:05 -07")
}
