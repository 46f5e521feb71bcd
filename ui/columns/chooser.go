package columns

import (
	"context"
	"slices"

	"bounceboard/keymap"
	"bounceboard/sendcloud/recordset"
	"bounceboard/theme"
	"bounceboard/ui/cell"
	"bounceboard/ui/chart"
	"bounceboard/ui/pane"
	"bounceboard/ui/screen"
	"bounceboard/ui/words"
)

// Save is the kind of job that writes the configuration.
const Save screen.Kind = "save"

// Table is the table whose columns are chosen. It shows each choice at once.
type Table interface {
	Columns() []string         // what was chosen; nil: the width chooses
	SetColumns(names []string) // none: the width chooses
	Shown() []Choice           // what is on screen, with its widths
}

// Chooser is the pane below the table on which its columns are chosen: all there are, the shown ones in their order. The zero value
// is not usable; see New.
type Chooser struct {
	pane.Look
	table Table
	save  func(names []string) (path string, err error)
	all   []entry
	at    int
	plain bool // one column a line, to be read aloud
}

// entry is a column that may be shown.
type entry struct {
	Choice
	shown bool
}

// New is a pane for the columns of a table, plain where its lines are read aloud. save keeps names in the configuration, and says in which file; nil: there is none.
func New(th theme.Theme, lang words.Lang, keys keymap.Map, t Table, plain bool, save func([]string) (string, error)) *Chooser {
	c := &Chooser{Look: pane.NewLook(keymap.ColumnsPane, th, lang, keys), table: t, save: save, plain: plain}
	c.list()
	return c
}

// list lists what is shown now, then the rest.
func (c *Chooser) list() {
	c.all = nil
	shown, _ := ParseAll(c.table.Columns())
	if shown == nil {
		for _, on := range c.table.Shown() {
			shown = append(shown, Choice{Column: on.Column})
		}
	}
	for _, on := range shown {
		c.all = append(c.all, entry{on, true})
	}
	for _, col := range recordset.ListColumns() {
		if !slices.ContainsFunc(c.all, func(e entry) bool { return e.Column == col }) {
			c.all = append(c.all, entry{Choice{Column: col}, false})
		}
	}
	c.at = min(c.at, len(c.all)-1)
}

func (c *Chooser) Can(a keymap.Action) bool {
	switch a {
	case keymap.Narrower, keymap.Wider:
		return c.all[c.at].shown
	case keymap.Save:
		return c.save != nil
	case keymap.ByWidth:
		return c.table.Columns() != nil
	}
	return true
}

// Press changes the columns under the cursor; how it is left is the program's.
func (c *Chooser) Press(a keymap.Action, _ string) screen.Effect {
	cursor := pane.Cursor{At: c.at}
	if cursor.Press(a, len(c.all), len(c.all)) {
		c.at = cursor.At
		return screen.Effect{}
	}
	e := &c.all[c.at]
	switch a {
	case keymap.Show:
		if c.count() == 1 && e.shown {
			return c.Tell(words.LastColumn)
		}
		e.shown = !e.shown
	case keymap.MoveUp, keymap.MoveDown:
		to := c.at + map[keymap.Action]int{keymap.MoveUp: -1, keymap.MoveDown: 1}[a]
		if to < 0 || to >= len(c.all) {
			return screen.Effect{}
		}
		c.all[c.at], c.all[to] = c.all[to], c.all[c.at]
		c.at = to
	case keymap.Narrower, keymap.Wider:
		if !e.shown {
			return c.Tell(words.ColumnHidden)
		}
		e.Width = max(Narrowest, min(c.width(*e)+map[keymap.Action]int{keymap.Narrower: -1, keymap.Wider: 1}[a], Widest))
	case keymap.ByWidth:
		c.table.SetColumns(nil)
		c.list()
		return screen.Effect{}
	case keymap.Save:
		return c.keep()
	case keymap.Columns, keymap.Accept, keymap.Back:
		return screen.Effect{Do: keymap.Columns}
	}
	c.table.SetColumns(Strings(c.chosen()))
	return screen.Effect{}
}

// keep saves the columns in the configuration.
func (c *Chooser) keep() screen.Effect {
	if c.save == nil {
		return screen.Warn(c.Say(words.NoConfigPlace))
	}
	names := c.table.Columns()
	return screen.Run(screen.Job{Kind: Save, Wait: true,
		Run: func(context.Context, func(any)) (any, error) { return c.save(names) },
		Done: func(path any, err error) screen.Effect {
			if err != nil {
				return screen.Warn(c.Say(words.ColumnsNotSaved, words.ErrorHere(c.Lang, err)))
			}
			return screen.Effect{Say: &screen.Notice{Text: c.Say(words.ColumnsSaved, path), Tone: screen.Good}}
		}})
}

func (c *Chooser) chosen() (all []Choice) {
	for _, e := range c.all {
		if e.shown {
			all = append(all, e.Choice)
		}
	}
	return all
}

func (c *Chooser) count() int { return len(c.chosen()) }

// width is how wide a column is on screen, or would be.
func (c *Chooser) width(e entry) int {
	for _, on := range c.table.Shown() {
		if on.Column == e.Column {
			return on.Width
		}
	}
	if e.Width > 0 {
		return e.Width
	}
	return Usual(c.Lang, e.Column)
}

// Below a title, the columns stand beside each other, each line of them from top to bottom.
const (
	leastBeside = 3
	usualCell   = 25
	digits      = 3
)

func (c *Chooser) beside(w int) int {
	if c.plain {
		return 1
	}
	return max(leastBeside, w/usualCell)
}

func (c *Chooser) lines(w int) int { return (len(c.all) + c.beside(w) - 1) / c.beside(w) }

// Height is how many lines it needs at a width.
func (c *Chooser) Height(w int) int { return 1 + c.lines(w) }

// Draw is the title and all columns: whether they are shown, and how wide. A shown one without a width has no room.
func (c *Chooser) Draw(focused bool) []string {
	if c.H == 0 {
		return nil
	}
	title, room := words.ColumnsChosen, len(c.table.Shown())
	if c.table.Columns() == nil {
		title = words.ColumnsByWidth
	}
	text := c.Say(title)
	if lacking := c.count() - room; lacking > 0 {
		text += c.Dot() + c.Say(words.ColumnsNoRoom, words.Number(lacking))
	}
	lines := []string{c.Line(c.W, c.Ink.Accent.Of(" "+text))}
	n, h := c.beside(c.W), c.lines(c.W)
	top := c.top()
	for i := top; i < h && len(lines) < c.H; i++ {
		line, used := "", 0
		for k := range n {
			w := (c.W-1)*(k+1)/n - used
			used += w
			if at := k*h + i; at < len(c.all) {
				line += c.cell(c.all[at], w, at == c.at, focused)
			}
		}
		lines = append(lines, line)
	}
	return lines
}

// top is the first line of columns in view.
func (c *Chooser) top() int {
	h := c.lines(c.W)
	return max(0, min(c.at%h-(c.H-2), h-c.H+1))
}

// Caret is the column under the cursor; see screen.Pointer.
func (c *Chooser) Caret() (x, y int, ok bool) {
	n, h := c.beside(c.W), c.lines(c.W)
	return (c.W - 1) * (c.at / h) / n, 1 + c.at%h - c.top(), c.H > 1
}

func (c *Chooser) cell(e entry, w int, cursor, focused bool) string {
	mark, ink, width := c.Theme.Marks.Off, c.Ink.Muted, ""
	if e.shown {
		mark, ink, width = c.Theme.Marks.On, c.Ink.Text, c.Theme.Marks.Dash
		for _, on := range c.table.Shown() {
			if on.Column == e.Column {
				width = words.Number(on.Width)
			}
		}
	}
	name := c.Fit.Fit(c.Lang.Say(words.ColumnHead(e.Column)), max(1, w-cell.Width(mark)-digits-4))
	return c.Row(w, ink.Of(" "), cursor, focused, ink.Of(mark+" "+name+" "+c.Fit.FitRight(width, digits)+" "), chart.Piece{})
}
