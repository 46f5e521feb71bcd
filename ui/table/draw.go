package table

import (
	"strings"

	"github.com/charmbracelet/lipgloss"

	"bounceboard/keymap"
	"bounceboard/sendcloud/recordset"
	"bounceboard/ui/cell"
	"bounceboard/ui/session"
	"bounceboard/ui/words"
)

// Draw draws the table. Rows that are here but stale are dimmed; rows that are not here are loading, or not.
func (t *Table) Draw(focused bool) []string {
	if t.h == 0 {
		return nil
	}
	lines := make([]string, 0, t.h)
	say := func(style lipgloss.Style, text string) {
		lines = append(lines, "")
		for _, s := range t.fit.Wrap(text, t.w-4) {
			lines = append(lines, "  "+style.Render(s))
		}
	}
	if err := t.s.Asking.Err; err != nil && t.s.Total() == 0 && !t.s.Loading(0, 0) {
		text := words.Capital(words.ErrorHere(t.lang, err)) + t.lang.Say(words.FullStop) + t.lang.Say(words.TryAgain.With(t.keys))
		say(t.th.Error, text)
	} else if t.s.Empty() {
		lines = t.nothing()
	} else if why := t.noRows(); why != "" {
		say(t.th.Text, why)
	} else {
		head := t.th.Head
		if focused {
			head = t.th.Accent
		}
		lines = append(lines, head.Render(t.fit.Cut(t.head(), t.w)))
		stale, loading := t.s.Asking.Err != nil, t.s.Loading(t.inView.first, t.inView.last) || t.s.Fetching()
		for i, r := range t.inView.rows {
			lines = append(lines, t.row(r, t.inView.first+i == t.s.Cursor, stale, loading))
		}
	}
	return append(lines, make([]string, t.h)...)[:t.h]
}

// Caret is the selected row; see screen.Pointer.
func (t *Table) Caret() (x, y int, ok bool) {
	first, last := t.Window()
	return 0, 1 + t.s.Cursor - first, t.h > 0 && t.s.Cursor < last && !t.s.Empty()
}

// noRows says why no row is listed; empty while there are some or may come.
func (t *Table) noRows() string {
	if t.s.Total() > 0 || t.s.Fetching() || t.s.Arranging() {
		return ""
	}
	got, _ := t.s.Reading()
	c, file := t.s.Coverage(), t.s.From() == session.FromFile
	switch {
	case !file && (t.s.Filter() == "" || c.Here == 0):
		return ""
	case t.s.Filter() == "" && got.File.Damaged > 0:
		return t.lang.Say(words.FileUnreadable)
	case t.s.Filter() == "":
		return t.lang.Say(words.FileHasNoRows.With(t.keys))
	case c.Partial() && !t.s.Typing(): // there the key to fetch is text
		return t.lang.Say(words.NoneOfLoaded.With(t.keys)) + t.regexp()
	}
	return t.lang.Say(words.NoRowMatches.With(t.keys)) + t.regexp()
}

// regexp says how a filter that looks like a regular expression becomes one.
func (t *Table) regexp() string {
	if text := t.s.Filter(); words.LooksLikeRegexp(text) {
		return t.lang.Say(words.NoRegexp, text)
	}
	return ""
}

func (t *Table) nothing() []string {
	plan, _ := t.s.Plan()
	lines := []string{"", "  " + t.th.Title.Render(t.lang.Say(words.NothingFound))}
	if lacks, _ := t.s.Finding.Lacks(); len(lacks) > 0 {
		return append(lines, reasons(t, lacks[0])...)
	}
	for _, s := range t.fit.Wrap(words.WhyNothing(t.lang, plan.Query), t.w-4) {
		lines = append(lines, "  "+s)
	}
	lines = append(lines, "")
	for i, way := range t.s.Asking.Widenings {
		a := []keymap.Action{keymap.WidenFirst, keymap.WidenSecond}[i]
		lines = append(lines, "  "+t.th.Key.Render(t.keys.Key(a))+"  "+t.fit.Cut(words.Widening(t.lang, way.Without, way.Days), t.w-6))
	}
	return append(lines, "  "+t.th.Key.Render(t.keys.Key(keymap.Query))+"  "+t.lang.Say(words.ChangeQuery))
}

func (t *Table) row(r row, selected, stale, loading bool) string {
	if !r.here {
		why := words.RowMissing
		if loading {
			why = words.Loading
		}
		text := t.fit.Fit("   "+t.lang.Say(why), t.w)
		if selected {
			return t.th.Selected.Render(text)
		}
		return t.th.Muted.Render(strings.TrimRight(text, " "))
	}
	cells := t.fitted(r.text, true)
	lead := " "
	switch {
	case r.marked:
		lead = t.th.Marks.On
	case t.s.Fresh[r.rec.EmailID]:
		lead = "+"
	}
	switch {
	case selected:
		line := lead + strings.Join(cells, "  ")
		return t.th.Selected.Render(line + strings.Repeat(" ", max(0, t.w-cell.Width(line))))
	case stale:
		return t.th.Muted.Render(lead + strings.Join(cells, "  "))
	}
	if lead != " " {
		lead = t.th.Accent.Render(lead)
	}
	for i, c := range t.cols {
		if c.by == recordset.ByStatus {
			_, style := t.th.Status(int(r.rec.Status))
			cells[i] = style.Render(cells[i])
		}
	}
	return lead + strings.Join(cells, "  ")
}
