package dialog

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"github.com/stretchr/testify/require"

	"bounceboard/theme"
	"bounceboard/ui/cell"
)

// What was proposed before the first drawing scrolls like what is typed.
func TestAProposalShowsItsEnd(t *testing.T) {
	p := NewPrompt(theme.New(theme.Mono, false))
	for _, w := range []int{120, 60} {
		p.Ask("File:", strings.Repeat("x", 70)+".txt")
		line := ansi.Strip(p.View(w))
		require.Contains(t, line, "x.txt")
		require.LessOrEqual(t, cell.Width(line), w)
	}
}

func TestAFullWidthColonBringsItsBlank(t *testing.T) {
	p := NewPrompt(theme.New(theme.Mono, false))
	for label, want := range map[string]string{"Page:": " Page: 7", "页码：": " 页码：7", "/": " / 7"} {
		p.Ask(label, "7")
		require.Equal(t, want, strings.TrimRight(ansi.Strip(p.View(60)), " "))
		mark := p.th.Marks.Down
		require.Equal(t, cell.Width(want)-2, strings.Index(p.Point(0, "why", 60), mark), "the pointer misses what was typed")
		p.Ask(label, "status:invalid")
		require.Equal(t, cell.Width(want)-2+7, strings.Index(p.Point(7, "why", 60), mark), "the pointer misses what is wrong")
	}
}
