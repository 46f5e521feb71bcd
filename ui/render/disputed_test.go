package render

import (
	"bytes"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"pgregory.net/rapid"
)

// other is a terminal that draws "…", "─" and "é" two columns wide. It knows
// the few sequences that a Screen writes.
type other struct {
	rows        [][]string
	row, column int
}

var sequences = regexp.MustCompile(`^\x1b\[([0-9;?]*)([A-Za-z])|^\x1b\]8;[^\x1b\a]*(?:\x1b\\|\a)`)

func newOther(w, h int) *other {
	o := &other{rows: make([][]string, h)}
	for y := range o.rows {
		o.rows[y] = strings.Split(strings.Repeat(" ", w), "")
	}
	return o
}

func (o *other) Write(p []byte) (int, error) {
	for s := string(p); s != ""; {
		if m := sequences.FindStringSubmatch(s); m != nil {
			s = s[len(m[0]):]
			o.do(m[1], m[2])
			continue
		}
		_, width := ansi.FirstGraphemeCluster(s, ansi.GraphemeWidth)
		text, _ := ansi.FirstGraphemeCluster(s, ansi.GraphemeWidth)
		if text == "…" || text == "─" || text == "é" {
			width = 2
		}
		s = s[len(text):]
		line := o.rows[o.row]
		if o.column+width > len(line) {
			continue
		}
		for i := o.column - 1; i >= 0 && line[i+1] == ""; i-- { // half of a wide character is none
			line[i], line[i+1] = " ", " "
		}
		line[o.column] = text
		for i := 1; i < width; i++ {
			line[o.column+i] = ""
		}
		o.column += width
		for i := o.column; i < len(line) && line[i] == ""; i++ {
			line[i] = " "
		}
	}
	return len(p), nil
}

func (o *other) do(params, final string) {
	switch final {
	case "H":
		row, column, _ := strings.Cut(params, ";")
		o.row, _ = strconv.Atoi(row)
		o.column, _ = strconv.Atoi(column)
		o.row, o.column = max(0, o.row-1), max(0, o.column-1)
	case "K":
		for i := o.column; i < len(o.rows[o.row]); i++ {
			o.rows[o.row][i] = " "
		}
	case "J":
		*o = *newOther(len(o.rows[0]), len(o.rows))
	}
}

// Where a terminal draws characters wider than we measure them, what changed
// is drawn as if all were drawn again.
func TestDisputedWidths(t *testing.T) {
	plain := []string{"a", "bc", " ", "    ", "中", "文字", "，", "é", "…", "─", "lin@qq.com"}
	rapid.Check(t, func(t *rapid.T) {
		line := func(old string) string {
			if rapid.Bool().Draw(t, "alter") {
				return strings.Replace(old, rapid.SampledFrom(plain).Draw(t, "from"), rapid.SampledFrom(plain).Draw(t, "to"), 1)
			}
			return strings.Join(rapid.SliceOfN(rapid.SampledFrom(plain), 0, 10).Draw(t, "line"), "")
		}
		changed, again := newOther(30, 1), newOther(30, 1)
		s := Screen{}
		text := ""
		for range rapid.IntRange(1, 6).Draw(t, "frames") {
			text = line(text)
			var b bytes.Buffer
			s.paint(&b, Frame{Text: text, Width: 30, Height: 1}, false)
			changed.Write(b.Bytes())
		}
		var b bytes.Buffer
		(&Screen{}).paint(&b, Frame{Text: text, Width: 30, Height: 1}, true)
		again.Write(b.Bytes())
		if got, want := fmt.Sprintf("%q", changed.rows), fmt.Sprintf("%q", again.rows); got != want {
			t.Fatalf("%q\ngot  %s\nwant %s", text, got, want)
		}
	})
}
