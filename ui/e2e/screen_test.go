package e2e

import (
	"regexp"
	"strings"
	"testing"

	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/vt"
	"github.com/stretchr/testify/require"
)

// screen is what a terminal shows at one moment.
type screen struct {
	w, h  int
	cells [][]uv.Cell
	alt   bool
}

// look copies what the terminal model shows.
func look(e *vt.Emulator) screen {
	s := screen{w: e.Width(), h: e.Height(), alt: e.IsAltScreen()}
	for y := range s.h {
		line := make([]uv.Cell, s.w)
		for x := range s.w {
			if c := e.CellAt(x, y); c != nil {
				line[x] = *c
			}
		}
		s.cells = append(s.cells, line)
	}
	return s
}

// line is the text of a line without the blanks at its end.
func (s screen) line(y int) string {
	var b strings.Builder
	for _, c := range s.cells[y] {
		b.WriteString(c.Content)
	}
	return strings.TrimRight(b.String(), " ")
}

func (s screen) lines() []string {
	lines := make([]string, s.h)
	for y := range lines {
		lines[y] = s.line(y)
	}
	return lines
}

func (s screen) String() string { return strings.Join(s.lines(), "\n") }

func (s screen) contains(text string) bool { return strings.Contains(s.String(), text) }

// words joins the lines, so that wrapped sentences can be found.
func (s screen) words() string { return strings.Join(strings.Fields(s.String()), " ") }

// between is the text of columns from to (excluding) of a line.
func (s screen) between(y, from, to int) string {
	var b strings.Builder
	for _, c := range s.cells[y][from:min(to, s.w)] {
		b.WriteString(c.Content)
	}
	return b.String()
}

// column is where text begins on a line, in columns.
func (s screen) column(y int, text string) int {
	for x := range s.cells[y] {
		if s.cells[y][x].Content != "" && strings.HasPrefix(s.between(y, x, s.w), text) {
			return x
		}
	}
	return -1
}

func (s screen) find(text string) int {
	for y := range s.h {
		if strings.Contains(s.line(y), text) {
			return y
		}
	}
	return -1
}

func reversed(c uv.Cell) bool { return c.Style.Attrs&uv.AttrReverse != 0 }

// requested is a row: the mark of its status, and its request time. Times stand in sentences, too.
var requested = regexp.MustCompile(`^.[✗↩✓⋯?x<+~] .*\d\d-\d\d \d\d:\d\d`)

// rows are the lines of the table.
func (s screen) rows() []int {
	var ys []int
	for y := 2; y < s.h; y++ {
		if line := s.line(y); requested.MatchString(line) && !strings.Contains(line, "+08") {
			ys = append(ys, y)
		}
	}
	return ys
}

// selected is the line of the selected row, -1 when there is none: the whole
// line, or its part left of the detail pane, is in reverse video.
func (s screen) selected() int {
	for _, y := range s.rows() {
		if whole(s.table(y)) {
			return y
		}
	}
	return -1
}

// table is a line without the pane beside the table.
func (s screen) table(y int) []uv.Cell {
	for x, c := range s.cells[y] {
		if s.w >= 160 && (c.Content == "│" || c.Content == "|") && !reversed(c) {
			return s.cells[y][:x]
		}
	}
	return s.cells[y]
}

func whole(cells []uv.Cell) bool {
	for _, c := range cells {
		if c.Content != "" && !reversed(c) {
			return false
		}
	}
	return true
}

// requireOneSelected fails unless exactly one row is in reverse video and no
// other line with a recipient has any of it.
func (s screen) requireOneSelected(t *testing.T) {
	t.Helper()
	at := s.selected()
	require.GreaterOrEqual(t, at, 0, "no selected row on\n%s", s)
	for y := range s.h {
		if y == at || !strings.Contains(s.line(y), "@") {
			continue
		}
		for x, c := range s.table(y) {
			require.False(t, reversed(c), "line %d column %d is in reverse video, the selected row is %d\n%s", y, x, at, s)
		}
	}
}

// onlySelected: no other row has any reverse video; while a frame is being drawn
// the row before still has.
func (s screen) onlySelected(at int) bool {
	for y := range s.h {
		if y == at || !strings.Contains(s.line(y), "@") {
			continue
		}
		for _, c := range s.table(y) {
			if reversed(c) {
				return false
			}
		}
	}
	return true
}

// requireSelectedOnce fails unless exactly one row is in reverse video, whatever
// its recipient is.
func (s screen) requireSelectedOnce(t *testing.T) {
	t.Helper()
	n := 0
	for _, y := range s.rows() {
		if whole(s.table(y)) {
			n++
		}
	}
	require.Equal(t, 1, n, "rows in reverse video\n%s", s)
}
