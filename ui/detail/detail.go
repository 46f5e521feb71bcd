// Package detail shows one record whole: what became of the mail, what its
// status and sub-status mean, and what the receiving server said.
package detail

import (
	"strings"
	"time"

	"github.com/charmbracelet/lipgloss"

	"bounceboard/sendcloud"
	"bounceboard/theme"
	"bounceboard/ui/cell"
	"bounceboard/ui/words"
)

// Detail is the pane. The zero value is not usable; see New.
type Detail struct {
	th   theme.Theme
	lang words.Lang
	fit  cell.Style

	w, h     int
	rec      sendcloud.Record
	shown    bool
	unfolded bool
	folds    int      // long codes in the reply
	top      int      // the first line on screen
	lines    []string // the record, drawn at this width
}

// New is an empty pane.
func New(th theme.Theme, lang words.Lang) *Detail {
	return &Detail{th: th, lang: lang, fit: cell.Style{ASCII: th.ASCII}}
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
	d.draw()
	d.Scroll(0)
}

// Clear empties the pane.
func (d *Detail) Clear() {
	d.rec, d.shown, d.lines, d.top, d.folds = sendcloud.Record{}, false, nil, 0, 0
}

// Scroll moves the text by n lines, as far as there is text.
func (d *Detail) Scroll(n int) { d.top = max(0, min(d.top+n, len(d.lines)-d.h)) }

// Height is the number of lines on screen.
func (d *Detail) Height() int { return d.h }

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
func (d *Detail) View() string {
	if d.h == 0 {
		return ""
	}
	out := make([]string, d.h)
	if !d.shown {
		out[0] = d.th.Muted.Render(d.fit.Cut(" "+d.lang.Say(words.NoneChosen), d.w))
	}
	copy(out, d.lines[d.top:min(d.top+d.h, len(d.lines))])
	if below := len(d.lines) - d.top - d.h; below > 0 {
		more := d.th.Marks.Down + " " + d.lang.Say(words.More, below+1)
		out[d.h-1] = d.th.Muted.Render(d.fit.Cut(" "+more, d.w))
	}
	return strings.Join(out, "\n")
}

// draw sets the record in lines. It runs when the record or the width changes,
// never when the pane is drawn.
func (d *Detail) draw() {
	d.lines = d.lines[:0]
	if !d.shown || d.w < 4 {
		return
	}
	r := d.rec
	mark, style := d.th.Status(int(r.Status))
	name := words.StatusName(d.lang, r.Status)
	if r.Status == sendcloud.StatusUnknown {
		name = cell.Clean(r.StatusText)
	}
	d.lines = append(d.lines, " "+d.th.Title.Render(d.fit.Cut(r.Recipients, d.w-2)))
	d.lead(words.LabelStatus, style, mark+" "+name, words.StatusMeaning(d.lang, r.Status))
	d.sub(r)
	d.times(r)
	d.put(words.LabelUser, r.APIUser)
	d.put(words.LabelID, r.EmailID)
	d.reply(r)
}

func (d *Detail) sub(r sendcloud.Record) {
	code, name := words.Code(r.SubStatus), words.SubStatusName(d.lang, r.SubStatus)
	if code == "" {
		code = cell.Clean(r.SubStatusText)
	}
	head := code
	if name != "" && name != code {
		head += " " + name
	}
	if desc := cell.Clean(r.SubStatusDesc); desc != "" && !strings.HasSuffix(desc, name) || name == "" {
		head = strings.TrimSpace(head + " " + desc)
	}
	if head == "" {
		return
	}
	text := words.SubStatusMeaning(d.lang, r.SubStatus)
	if r.SubStatus == 401 {
		text = strings.TrimSpace(text + " " + words.Blacklist(d.lang, r.SendLog))
	}
	_, style := d.th.Status(int(r.Status))
	d.lead(words.LabelSub, style, head, text)
}

func (d *Detail) times(r sendcloud.Record) {
	changed := d.when(r.ModifiedTime, r.ModifiedText)
	if took, ok := r.Took(); ok {
		changed += "  (" + d.lang.Say(words.Took, words.Short(took)) + ")"
	}
	d.put(words.LabelRequested, d.when(r.RequestTime, r.RequestText))
	d.put(words.LabelChanged, changed)
}

func (d *Detail) when(t time.Time, text string) string {
	switch {
	case !t.IsZero():
		return t.In(sendcloud.Zone).Format("2006-01-02 15:04:05 -07")
	case text != "":
		return text
	}
	return d.lang.Say(words.NoTime)
}

func (d *Detail) reply(r sendcloud.Record) {
	folds := cell.Folds(r.SendLog)
	d.folds = len(folds)
	if d.unfolded {
		folds = nil
	}
	text := r.SendLog
	if text == "" {
		d.label(words.LabelReply, d.th.Muted.Render(d.lang.Say(words.NoReply)))
		return
	}
	for i, line := range d.fit.WrapMarks(text, d.room(), nil, folds) {
		label := words.Sentence{}
		if i == 0 {
			label = words.LabelReply
		}
		d.label(label, line.String())
	}
	if len(folds) > 0 {
		d.label(words.Sentence{}, d.th.Muted.Render(d.lang.Say(words.Folded)))
	}
}

// lead sets a text that begins with a word in a style of its own.
func (d *Detail) lead(label words.Sentence, style lipgloss.Style, word, text string) {
	full := word
	if text != "" {
		full += " " + d.th.Marks.Dot + " " + text
	}
	for i, line := range d.fit.Wrap(full, d.room()) {
		if i == 0 {
			if rest, ok := strings.CutPrefix(line, word); ok {
				line = style.Render(word) + rest
			}
		}
		d.label(label, line)
		label = words.Sentence{}
	}
}

// put sets a labelled text.
func (d *Detail) put(label words.Sentence, text string) {
	for _, line := range d.fit.Wrap(text, d.room()) {
		d.label(label, line)
		label = words.Sentence{}
	}
}

func (d *Detail) label(label words.Sentence, text string) {
	d.lines = append(d.lines, " "+d.th.Head.Render(d.fit.Fit(d.lang.Say(label), labelWidth))+" "+text)
}

const labelWidth = 11

func (d *Detail) room() int { return max(2, d.w-labelWidth-3) }
