package facets

import (
	"math"
	"strings"

	"github.com/charmbracelet/lipgloss"

	"bounceboard/ui/cell"
	"bounceboard/ui/chart"
	"bounceboard/ui/words"
)

const (
	countWidth = 9 // 9,999,999
	shareWidth = 6
	liftWidth  = 6
	widestBar  = 40
	shortBar   = 16 // beside hints
	leastLabel = 16
	fullLabel  = 40
	stripGap   = 2
)

// columns are the widths of the pane; 0 is a column that gave way.
type columns struct{ label, share, bar, lift, hint int }

// measure divides the width: the label first, then lift, share, bar, and what
// a value means.
func (f *Facets) measure() {
	room := f.w - (1 + 2 + 1 + countWidth + 1) // margin, mark, gap, count, margin
	f.cols = columns{}
	if f.facet.Lifted && room >= leastLabel+2+liftWidth {
		f.cols.lift = liftWidth
		if head := cell.Width(f.lang.Say(words.FacetLift)); room >= leastLabel+14+head {
			f.cols.lift = max(liftWidth, head)
		}
		room -= 2 + f.cols.lift
	}
	if room >= leastLabel+1+shareWidth {
		f.cols.share = shareWidth
		room -= 1 + shareWidth
	}
	switch {
	case room < 20+2+8:
	case room < fullLabel+2+shortBar:
		f.cols.bar = max(8, (room-2)/3)
	case f.hinted:
		f.cols.bar = shortBar
	default:
		f.cols.bar = min(widestBar, room-2-fullLabel)
	}
	if f.cols.bar > 0 {
		room -= 2 + f.cols.bar
	}
	f.cols.label = max(0, min(room, fullLabel))
	if extra := room - f.cols.label - 2; f.hinted && extra >= 16 {
		f.cols.hint = min(extra, fullLabel)
	}
}

// chrome is the lines above the values (the strip of columns, the heads), foot
// the one below.
func (f *Facets) chrome() int {
	switch {
	case f.h < 3:
		return 0
	case f.h < 6:
		return 1
	}
	return 2
}

func (f *Facets) foot() int {
	if f.h < 5 {
		return 0
	}
	return 1
}

func (f *Facets) body() int { return max(0, f.h-f.chrome()-f.foot()) }

// View draws the pane in exactly the cells of SetSize. Only values in view are
// drawn.
func (f *Facets) View(focused bool) string {
	if f.w == 0 || f.h == 0 {
		return ""
	}
	lines := make([]string, 0, f.h)
	if f.chrome() > 0 {
		lines = append(lines, f.strip(focused))
	}
	if f.chrome() > 1 {
		lines = append(lines, f.heads(focused))
	}
	body := f.body()
	if len(f.facet.Values) == 0 {
		text := words.FacetLoading
		if f.shown {
			text = words.FacetEmpty
		}
		if body > 0 {
			lines = append(lines, f.join(f.w, piece{"   " + f.lang.Say(text), f.th.Muted}))
			body--
		}
	}
	for i := f.top; i < f.top+body; i++ {
		if i < len(f.facet.Values) {
			lines = append(lines, f.row(i, focused)+f.more(i-f.top))
		} else {
			lines = append(lines, f.fit.Fit("", f.w))
		}
	}
	if f.foot() > 0 {
		lines = append(lines, f.about())
	}
	return strings.Join(lines, "\n")
}

// more is the last column of a line: that there are values above or below.
func (f *Facets) more(line int) string {
	switch {
	case line == 0 && f.top > 0:
		return f.th.Muted.Render(f.th.Marks.Up)
	case line == f.body()-1 && f.top+f.body() < len(f.facet.Values):
		return f.th.Muted.Render(f.th.Marks.Down)
	}
	return " "
}

// piece is text in one style.
type piece struct {
	text  string
	style lipgloss.Style
}

// join puts pieces side by side in exactly w columns.
func (f *Facets) join(w int, pieces ...piece) string {
	var b strings.Builder
	for _, p := range pieces {
		t := f.fit.Cut(p.text, w)
		w -= cell.Width(t)
		if t != "" {
			b.WriteString(p.style.Render(t))
		}
	}
	return b.String() + f.fit.Fit("", w)
}

// stripRoom is the columns of the strip between its margins and arrows.
func (f *Facets) stripRoom() int { return max(0, f.w-6) }

// stripWidth is the columns that names first to before last take.
func (f *Facets) stripWidth(first, last int) int {
	w := max(0, last-first-1) * stripGap
	for _, name := range f.names[first:last] {
		w += min(cell.Width(f.fit.Cut(name, f.w)), f.stripRoom())
	}
	return w
}

// revealColumn moves the strip only when the chosen column is not on it.
func (f *Facets) revealColumn() {
	f.left = max(0, min(f.left, f.column))
	for f.left < f.column && f.stripWidth(f.left, f.column+1) > f.stripRoom() {
		f.left++
	}
	for f.left > 0 && f.stripWidth(f.left-1, len(f.names)) <= f.stripRoom() {
		f.left--
	}
}

// strip is the columns one can choose, the shown one among them, as many as
// the width holds.
func (f *Facets) strip(focused bool) string {
	if len(f.names) == 0 {
		return f.fit.Fit("", f.w)
	}
	room := f.stripRoom()
	first, last := f.left, f.left+1
	for last < len(f.names) && f.stripWidth(first, last+1) <= room {
		last++
	}
	arrow := func(there bool, sign string) string {
		if there {
			return sign
		}
		return " "
	}
	pieces := []piece{{" " + arrow(first > 0, f.th.Marks.Left) + " ", f.th.Muted}}
	for i := first; i < last; i++ {
		style := f.th.Muted
		if i == f.column {
			style = f.th.Title
			if focused {
				style = f.th.Accent.Underline(true)
			}
		}
		pieces = append(pieces, piece{f.fit.Cut(f.names[i], room), style})
		if i < last-1 {
			pieces = append(pieces, piece{f.fit.Fit("", stripGap), f.th.Muted})
		}
	}
	pieces = append(pieces, piece{" " + arrow(last < len(f.names), f.th.Marks.Right), f.th.Muted})
	return f.join(f.w, pieces...)
}

func (f *Facets) heads(focused bool) string {
	head := f.th.Head
	say := func(s words.Sentence) string { return f.lang.Say(s) }
	byCount, byLift := head, head
	if f.facet.Order == ByLift {
		byLift = f.th.Title
	} else {
		byCount = f.th.Title
	}
	column := f.facet.Column
	if !f.shown {
		column = ""
	}
	pieces := []piece{
		{"   " + f.fit.Fit(column, f.cols.label) + " ", head},
		{f.fit.FitRight(say(words.FacetMails), countWidth), byCount},
	}
	if f.cols.share > 0 {
		pieces = append(pieces, piece{" " + f.fit.FitRight(say(words.FacetShare), f.cols.share), head})
	}
	if f.cols.bar > 0 {
		pieces = append(pieces, piece{"  " + f.fit.Fit("", f.cols.bar), head})
	}
	if f.cols.lift > 0 {
		text := f.fit.FitRight(say(words.FacetLift), f.cols.lift)
		if cell.Width(say(words.FacetLift)) > f.cols.lift {
			text = f.fit.FitRight(f.times(), f.cols.lift)
		}
		pieces = append(pieces, piece{"  ", head}, piece{text, byLift})
	}
	return f.join(f.w, pieces...)
}

// row draws a value but for its last column.
func (f *Facets) row(i int, focused bool) string {
	v := &f.facet.Values[i]
	mark, style := " ", f.th.Text
	if v.Status != 0 {
		mark, style = f.th.Status(v.Status)
	}
	lead := " "
	if i == f.cursor && !focused {
		lead = f.th.Marks.Focus
	}
	label := v.Label
	if label == "" {
		label = f.lang.Say(words.FacetNone)
	}
	pieces := []piece{
		{lead, f.th.Accent}, {mark + " ", style},
		{f.fit.FitMiddle(label, f.cols.label) + " ", f.th.Text},
		{f.fit.FitRight(words.Number(v.Count), countWidth), f.th.Text},
	}
	if f.cols.share > 0 {
		pieces = append(pieces, piece{" " + f.fit.FitRight(words.Percent(v.Share), f.cols.share), f.th.Text})
	}
	if f.cols.bar > 0 {
		if v.Status == 0 {
			style = f.th.Muted
		}
		pieces = append(pieces, piece{"  " + chart.Bar(f.th, v.Share, f.cols.bar), style})
	}
	if f.cols.lift > 0 {
		text, style := f.lift(v.Lift)
		pieces = append(pieces, piece{"  " + f.fit.FitRight(text, f.cols.lift), style})
	}
	if f.cols.hint > 0 {
		pieces = append(pieces, piece{"  " + f.fit.Fit(v.Hint, f.cols.hint), f.th.Muted})
	}
	w := max(0, f.w-1)
	if i == f.cursor && focused {
		used := 0
		for j := range pieces {
			pieces[j].style = f.th.Selected
			used += cell.Width(pieces[j].text)
		}
		pieces = append(pieces, piece{f.fit.Fit("", max(0, w-used)), f.th.Selected})
	}
	return f.join(w, pieces...)
}

// lift is how often a value is met here against the rest. What is at least
// twice as frequent stands out.
func (f *Facets) lift(x float64) (string, lipgloss.Style) {
	switch {
	case math.IsInf(x, 1):
		return f.lang.Say(words.FacetOnlyHere), f.th.Title
	case math.IsNaN(x) || x < 0:
		return f.th.Marks.Dash, f.th.Muted
	case x >= 2:
		return words.Lift(f.times(), x), f.th.Title
	}
	return words.Lift(f.times(), x), f.th.Muted
}

func (f *Facets) times() string {
	if f.th.ASCII {
		return "x"
	}
	return "×"
}

// about says how many values there are, in what order, and what they cover.
func (f *Facets) about() string {
	if !f.shown {
		return f.fit.Fit("", f.w)
	}
	order := words.FacetByCount
	if f.facet.Order == ByLift {
		order = words.FacetByLift
	}
	between := " " + f.th.Marks.Dot + " "
	pieces := []piece{{"   " + words.FacetValues(f.lang, len(f.facet.Values), f.facet.Rows) + between + f.lang.Say(order), f.th.Muted}}
	if f.facet.Partial {
		pieces = append(pieces, piece{between, f.th.Muted},
			piece{words.Covered(f.lang, f.facet.Covered, f.facet.Of), f.th.Warning})
	}
	return f.join(f.w, pieces...)
}
