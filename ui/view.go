package ui

import (
	"strings"

	"bounceboard/keymap"
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
		return strings.Join(lines[:min(m.h, len(lines))], "\n")
	}
	l := m.layout()
	lines := append(make([]string, 0, m.h), m.header(l)...)
	lines = append(lines, m.body(l)...)
	lines = append(lines, m.statusLines(l)...)
	lines = append(lines, m.keyLine(l))
	return strings.Join(lines, "\n")
}

func (m *Model) header(l Layout) []string {
	w := l.Header.Dx()
	right := ""
	if at := m.pages.AsOf(m.results.Window()); !at.IsZero() {
		right = m.lang.Say(words.AsOf, m.clock(at))
	}
	where := m.opt.Where.Host
	if m.opt.Where.Profile != "" {
		where = m.opt.Where.Profile + " " + m.th.Marks.Dot + " " + where
	}
	if m.opt.Where.Demo {
		where = m.lang.Say(words.DemoHost)
	}
	const name = "bounceboard"
	left, right := spread(m.fit, name+"  "+where, right, w)
	left = strings.Replace(left, name, m.th.Title.Render(name)+"", 1)

	rows := ""
	switch total := m.results.Total(); {
	case !m.pages.Fetched():
	case total > 0:
		first, last := m.results.Window()
		of := words.RowsOf
		if m.atMost {
			of = words.RowsAtMost
		}
		rows = m.lang.Say(of, words.Number(first+1), m.th.Marks.Dash, words.Number(last), words.Number(total))
		if l.Table.Empty() {
			rows = m.lang.Say(words.RowOf, words.Number(m.results.Cursor()+1), words.Number(total))
		}
	default:
		rows = m.lang.Say(words.NoRows)
	}
	query := ""
	if m.planned {
		query = words.Query(m.lang, m.plan)
	}
	asked, rows := spread(m.fit, query, rows, w)
	return []string{left + m.th.Muted.Render(right), m.th.Title.Render(strings.TrimRight(asked, " ")) + asked[len(strings.TrimRight(asked, " ")):] + rows}
}

func (m *Model) body(l Layout) []string {
	place := m.place
	if m.under != "" && place != keymap.Form && place != keymap.HelpText {
		place = m.under
	}
	switch place {
	case keymap.Form:
		return strings.Split(m.form.View(), "\n")
	case keymap.HelpText:
		return strings.Split(m.help.View(), "\n")
	}
	var lines []string
	if !l.Table.Empty() {
		lines = m.table(l, place == keymap.Table)
	}
	if l.Detail.Empty() {
		return lines
	}
	right := strings.Split(m.detail.View(), "\n")
	focused := place == keymap.Detail
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

func (m *Model) rule(w int, focused bool) string {
	line := strings.Repeat(m.th.Marks.Line, w)
	if focused {
		return m.th.Accent.Render(line)
	}
	return m.th.Muted.Render(line)
}

func (m *Model) table(l Layout, focused bool) []string {
	if m.phase == empty {
		return m.nothing(l)
	}
	return strings.Split(m.results.View(focused, m.phase == failed), "\n")
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
	if m.place == keymap.PageNumber || m.place == keymap.FileName {
		return m.prompt.View(w)
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
	hints, last := words.Hints(m.lang, m.opt.Keys, m.place)
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
