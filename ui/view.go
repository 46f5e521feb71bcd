package ui

import (
	"strings"

	"bounceboard/keymap"
	"bounceboard/sendcloud"
	"bounceboard/ui/cell"
	"bounceboard/ui/words"
)

// View draws the screen. It decides nothing and reads no clock: Bubble Tea
// calls it after every message.
func (m *Model) View() string {
	if m.w == 0 || m.h == 0 {
		return ""
	}
	if tooSmall(m.w, m.h) {
		lines := m.fit.Wrap(m.lang.Say(words.TooSmall, leastWidth, leastHeight, m.w, m.h), m.w)
		for i := range lines {
			lines[i] = m.fit.Cut(lines[i], m.w)
		}
		return m.th.Draw(strings.Join(lines[:min(m.h, len(lines))], "\n"))
	}
	l := m.layout()
	lines := append(make([]string, 0, m.h), m.header(l)...)
	lines = append(lines, m.body(l)...)
	lines = append(lines, m.statusLines(l)...)
	lines = append(lines, m.keyLine(l))
	return m.th.Draw(strings.Join(lines, "\n"))
}

func (m *Model) header(l Layout) []string {
	w := l.Header.Dx()
	const name = "bounceboard"
	where := name + "  " + m.where()
	left, right := spread(m.fit, where, m.where(), m.coverage(), w)
	left = strings.Replace(left, name, m.th.Title.Render(name), 1)
	asked, rows := spread(m.fit, m.asked(words.Query), m.asked(words.ShortQuery), m.rowsOf(l), w)
	text := strings.TrimRight(asked, " ")
	return []string{left + m.th.Muted.Render(right), m.th.Title.Render(text) + asked[len(text):] + rows}
}

// where is what answers: a key of another region looks like a wrong key.
func (m *Model) where() string {
	switch {
	case m.stdin():
		return m.opt.File.Name
	case m.opt.File != nil:
		return m.lang.Say(words.FromFile, m.opt.File.Name)
	case m.opt.Where.Demo:
		return m.lang.Say(words.DemoHost)
	case m.opt.Where.Profile != "":
		return m.opt.Where.Profile + " " + m.th.Marks.Dot + " " + m.opt.Where.Host
	}
	return m.opt.Where.Host
}

func (m *Model) stdin() bool {
	return m.opt.File != nil && m.opt.File.Name == m.lang.Say(words.StandardInput)
}

// coverage is how many of the rows there are are here, and of when they are.
func (m *Model) coverage() string {
	s := m.slice
	if s == nil {
		if at := m.pages.AsOf(m.results.Window()); !at.IsZero() {
			return m.lang.Say(words.AsOf, m.clock(at))
		}
		return ""
	}
	have, of, at := s.snap.Len(), s.snap.Len(), m.readAt
	switch s.from {
	case fromPages:
		of, at = m.pages.Announced(), m.pages.AsOf(0, m.pages.Announced())
	case fromService:
		of, at = s.announced(), s.feed.begun
	}
	parts := []string{words.HereOf(m.lang, have, of)}
	switch {
	case s.from == fromFile && m.fetching():
		parts[0] = m.lang.Say(words.RowsSoFar, words.RowCount(m.lang, have))
	case m.untold():
		parts[0] = m.lang.Say(words.HereOfUnknown, words.RowCount(m.lang, have))
	case have != of || m.fetching():
	case s.from == fromService && len(s.feed.walk.Summary().Incomplete) > 0:
		parts[0] = m.lang.Say(words.MayLackRows, words.RowCount(m.lang, have))
	default:
		parts[0] = words.AllRows(m.lang, have)
	}
	if span := m.covers(); span != "" && s.from == fromFile {
		parts = append(parts, span)
	}
	if !at.IsZero() {
		parts = append(parts, m.lang.Say(words.AsOf, m.clock(at)))
	}
	return m.dots(parts)
}

// asked is the question as a sentence, and the way it was narrowed.
func (m *Model) asked(query func(words.Lang, sendcloud.Plan) string) string {
	var steps []string
	if m.planned {
		steps = append(steps, query(m.lang, m.plan))
	} else if m.stdin() {
		steps = append(steps, m.lang.Say(words.RowsOfInput))
	} else if m.opt.File != nil {
		steps = append(steps, m.lang.Say(words.RowsOfFile))
	}
	if m.slice != nil {
		for _, st := range m.slice.path {
			steps = append(steps, st.text)
		}
		if m.slice.typed != "" {
			steps = append(steps, "/"+m.slice.typed)
		}
		if o := m.slice.order; o != nil {
			mark := m.th.Marks.Up
			if o.Descending {
				mark = m.th.Marks.Down
			}
			steps = append(steps, m.lang.Say(words.SortedBy, words.SortColumn(m.lang, o.By), mark))
		}
	}
	return strings.Join(steps, " "+m.th.Marks.Step+" ")
}

// rowsOf is which rows are on screen.
func (m *Model) rowsOf(l Layout) string {
	switch total := m.results.Total(); {
	case m.slice == nil && !m.pages.Fetched():
		return ""
	case total == 0:
		return m.lang.Say(words.NoRows)
	case l.Table.Empty():
		return m.lang.Say(words.RowsOf, words.RowSpan(m.lang, m.results.Cursor()+1, m.results.Cursor()+1, ""), words.Number(total))
	default:
		first, last := m.results.Window()
		of := words.RowsOf
		switch {
		case m.slice != nil:
		case m.pages.Open() && m.atMost:
			return m.lang.Say(words.RowsOfUnknown, words.RowSpan(m.lang, first+1, min(last, total-1), m.th.Marks.Dash))
		case m.pages.Open():
			of, total = words.RowsAtLeast, m.pages.Announced()
			last = min(last, total)
		case m.atMost:
			of, total = words.RowsAtMost, m.pages.Announced()
		}
		text := m.lang.Say(of, words.RowSpan(m.lang, first+1, last, m.th.Marks.Dash), words.Number(total))
		if m.slice != nil && m.slice.marks.Len() > 0 {
			return m.dots([]string{m.lang.Say(words.MarkedShort, words.Number(m.slice.marks.Len())), text})
		}
		return text
	}
}

func (m *Model) body(l Layout) []string {
	place := m.place
	if m.under != "" && place != keymap.QueryForm && place != keymap.HelpPage && place != keymap.CountsPage && place != keymap.PatternPage {
		place = m.under
	}
	switch place {
	case keymap.QueryForm:
		return strings.Split(m.form.View(), "\n")
	case keymap.PatternPage:
		return strings.Split(m.card.View(), "\n")
	case keymap.CountsPage:
		return strings.Split(m.counts.View(true), "\n")
	case keymap.HelpPage:
		return strings.Split(m.help.View(), "\n")
	}
	var lines []string
	if !l.Table.Empty() {
		lines = m.table(l, place == keymap.Table)
	}
	if l.Detail.Empty() {
		return lines
	}
	focused := inPane(place)
	right := strings.Split(m.paneView(focused), "\n")
	if l.Rule.Dy() == 1 {
		return append(append(lines, m.rule(l.Rule.Dx(), focused)), right...)
	}
	bar := m.th.Muted.Render(m.th.Marks.Bar)
	if focused {
		bar = m.th.Accent.Render(m.th.Marks.Bar)
	}
	for i := range lines {
		lines[i] += strings.Repeat(" ", max(0, l.Table.Dx()-cell.Width(lines[i]))) + bar + right[i]
	}
	return lines
}

// paneView is what stands beside or below the table.
func (m *Model) paneView(focused bool) string {
	switch m.pane {
	case keymap.FacetsPane:
		return m.values.View(focused)
	case keymap.TimelinePane:
		return m.timeline.View(focused)
	}
	return m.detail.View()
}

func (m *Model) rule(w int, focused bool) string {
	line := strings.Repeat(m.th.Marks.Line, w)
	if focused {
		return m.th.Accent.Render(line)
	}
	return m.th.Muted.Render(line)
}

func (m *Model) table(l Layout, focused bool) []string {
	if m.phase == empty && m.slice == nil {
		return m.nothing(l)
	}
	if text := m.noRows(); text != "" {
		lines := make([]string, l.Table.Dy())
		if len(lines) > 1 {
			lines[1] = "  " + m.fit.Cut(text, l.Table.Dx()-4)
		}
		return lines
	}
	return strings.Split(m.results.View(focused, m.phase == failed, m.loading() || m.fetching() || m.placing()), "\n")
}

// noRows says why a slice shows no row; empty while there are some or may come.
func (m *Model) noRows() string {
	s := m.slice
	switch {
	case s == nil, m.results.Total() > 0, m.fetching(), s.busy:
		return ""
	case s.filter() == "" && s.from == fromFile && s.feed.file.reader.Reading().Damaged > 0:
		return m.lang.Say(words.FileUnreadable)
	case s.filter() == "" && s.from == fromFile:
		return m.lang.Say(words.FileHasNoRows)
	case s.from == fromPages && (m.untold() || s.snap.Len() < m.pages.Announced()) && m.place != keymap.FilterPrompt: // there a is text
		return m.lang.Say(words.NoneOfLoaded)
	}
	return m.lang.Say(words.NoRowMatches)
}

// nothing says why there may be no row, and how to widen the query.
func (m *Model) nothing(l Layout) []string {
	lines := make([]string, 0, l.Table.Dy())
	put := func(s string) {
		if len(lines) < l.Table.Dy() {
			lines = append(lines, s)
		}
	}
	put("")
	put("  " + m.th.Title.Render(m.lang.Say(words.NothingFound)))
	for _, s := range m.fit.Wrap(words.WhyNothing(m.lang, m.plan.Query), l.Table.Dx()-4) {
		put("  " + s)
	}
	put("")
	for i, way := range m.loosened {
		put("  " + m.th.Key.Render(string(rune('1'+i))) + "  " + m.fit.Cut(m.lang.Say(way.text, way.args...), l.Table.Dx()-6))
	}
	put("  " + m.th.Key.Render("f") + "  " + m.lang.Say(words.ChangeFilters))
	for len(lines) < l.Table.Dy() {
		put("")
	}
	return lines
}

func (m *Model) statusLines(l Layout) []string {
	lines := make([]string, l.Status.Dy())
	style := m.th.Text
	switch {
	case m.notice.text != "" && m.notice.kind == bad, m.notice.text == "" && m.phase == failed:
		style = m.th.Error
	case m.notice.kind == good && m.notice.text != "":
		style = m.th.Delivered
	}
	for i := range lines {
		if i < len(m.bottom) && m.bottom[i] != "" {
			lines[i] = " " + style.Render(m.bottom[i])
		}
	}
	return lines
}

// keyLine shows the keys that act here, as many as fit; help always does.
func (m *Model) keyLine(l Layout) string {
	w := l.Keys.Dx()
	if m.place == keymap.PagePrompt || m.place == keymap.FilePrompt || m.place == keymap.FilterPrompt {
		return m.prompt.View(w)
	}
	if m.inMenu() {
		lines := m.menu()
		return " " + lines[len(lines)-1]
	}
	const between = 3
	room := w - 2
	var shown []string
	put := func(h words.Hint) bool {
		keys := m.th.Keys(h.Keys)
		n := cell.Width(keys) + 1 + cell.Width(h.Text) + between
		if n > room+between {
			return false
		}
		room -= n
		shown = append(shown, m.th.Key.Render(keys)+" "+h.Text)
		return true
	}
	hints, last := m.hints()
	room -= cell.Width(last.Keys) + 1 + cell.Width(last.Text) + between
	for _, h := range hints {
		if !put(h) {
			break
		}
	}
	room = w
	put(last)
	return " " + strings.Join(shown, "   ")
}
