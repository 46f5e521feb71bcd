// Package missing is the pane that lists what was looked for and not found, beside the rows that were.
package missing

import (
	"strings"

	"bounceboard/keymap"
	"bounceboard/sendcloud/find"
	"bounceboard/theme"
	"bounceboard/ui/cell"
	"bounceboard/ui/pane"
	"bounceboard/ui/screen"
	"bounceboard/ui/words"
)

// Missing is the pane. See New.
type Missing struct {
	pane.Look
	search Search
	sought int
	days   int
	cursor pane.Cursor
}

// Search is what was looked for.
type Search interface {
	Lacks() ([]find.Lack, bool)
}

// New is the pane about what a search for so many items did not find, that many days back.
func New(th theme.Theme, lang words.Lang, keys keymap.Map, s Search, sought, lookbackDays int) *Missing {
	return &Missing{Look: pane.NewLook(keymap.MissingPane, th, lang, keys), search: s, sought: sought, days: lookbackDays}
}

// Press moves and copies; all else is the program's.
func (m *Missing) Press(a keymap.Action, _ string) screen.Effect {
	lacks, _ := m.search.Lacks()
	if m.cursor.Press(a, len(lacks), m.H-1) {
		return screen.Effect{}
	}
	if a == keymap.Copy && m.cursor.At < len(lacks) {
		return screen.Effect{Copy: &screen.Copy{What: m.Say(words.WhatMissing), Text: cell.Clean(lacks[m.cursor.At].Item.Text), Rows: 1}}
	}
	return screen.Effect{Do: a}
}

func (m *Missing) Refresh() screen.Effect {
	lacks, _ := m.search.Lacks()
	m.cursor.Fit(len(lacks), m.H-1)
	return screen.Effect{}
}

// Caret is the item under the cursor; see screen.Pointer.
func (m *Missing) Caret() (x, y int, ok bool) {
	lacks, _ := m.search.Lacks()
	return 0, 1 + m.cursor.At - m.cursor.Top, len(lacks) > 0 && m.H > 1
}

func (m *Missing) Draw(focused bool) []string {
	lacks, _ := m.search.Lacks()
	ink := m.Ink.Head
	if focused {
		ink = m.Ink.Accent
	}
	widest := 0
	for _, lack := range lacks[min(m.cursor.Top, len(lacks)):min(m.cursor.Top+m.H, len(lacks))] {
		widest = max(widest, cell.Width(cell.Clean(lack.Item.Text)))
	}
	w := min(widest, max(0, m.W*2/3))
	head := m.Line(m.W, ink.Of(" "+m.Say(words.NotFoundHead, words.Number(len(lacks)), words.Number(m.sought))))
	return append([]string{head}, m.Window(m.W, m.H-1, m.cursor.Top, len(lacks), func(i int) string {
		item, why := lacks[i].Item, words.WhyMissingShort(m.Lang, lacks[i].Why, lacks[i].Item, m.days)
		return m.Row(max(0, m.W-1), m.Ink.Text.Of(" "), i == m.cursor.At, focused,
			m.Ink.Text.Of(m.Fit.FitMiddle(strings.TrimSpace(cell.Clean(item.Text)), w)+"  "), m.Ink.Muted.Of(why))
	})...)
}
