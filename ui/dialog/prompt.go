package dialog

import (
	"strings"
	"unicode/utf8"

	"github.com/charmbracelet/bubbles/cursor"
	"github.com/charmbracelet/bubbles/textinput"

	"bounceboard/theme"
	"bounceboard/ui/cell"
)

// Prompt asks for one line of text at the bottom of the screen.
type Prompt struct {
	th    theme.Theme
	fit   cell.Style
	label string
	input textinput.Model
}

// NewPrompt is a prompt that asks nothing yet.
func NewPrompt(th theme.Theme) *Prompt {
	in := textinput.New()
	in.Prompt = ""
	in.CharLimit = 1000
	in.Cursor.SetMode(cursor.CursorStatic)
	in.Cursor.Style = th.Selected
	return &Prompt{th: th, fit: cell.Style{ASCII: th.ASCII}, input: in}
}

// Ask starts a question with a proposed answer.
func (p *Prompt) Ask(label, text string) {
	p.label = label
	p.input.SetValue(text)
	p.input.CursorEnd()
	p.input.Focus()
}

// Set replaces the answer, with the cursor behind byte at.
func (p *Prompt) Set(text string, at int) {
	p.input.SetValue(text)
	p.input.SetCursor(utf8.RuneCountInString(text[:at]))
}

// Cursor is the byte of the answer the cursor is on.
func (p *Prompt) Cursor() int {
	return len(string([]rune(p.input.Value())[:p.input.Position()]))
}

// Point is a line of w columns to stand above the question, that points at a
// byte of the answer and says why.
func (p *Prompt) Point(at int, why string, w int) string {
	text := p.input.Value()
	col := cell.Width(gapped(p.label)) + cell.Width(cell.Clean(text[:min(at, len(text))]))
	room := w - 2 - cell.Width(why) - 2
	if col <= room {
		return strings.Repeat(" ", col) + p.th.Marks.Down + " " + why
	}
	return p.fit.Cut(why, w-2)
}

// Type gives a key message to the text input.
func (p *Prompt) Type(msg any) { p.input, _ = p.input.Update(msg) }

// Text is what was typed.
func (p *Prompt) Text() string { return p.input.Value() }

// View draws the question in one line of w columns.
func (p *Prompt) View(w int) string {
	label := gapped(p.fit.Cut(p.label, w*2/3))
	if room := max(4, w-cell.Width(label)-3); room != p.input.Width {
		p.input.Width = room
		p.input.SetCursor(p.input.Position()) // shows the part around the cursor that has room
	}
	return " " + p.th.Accent.Render(label) + p.input.View()
}

// gapped is a label with a blank behind it, which a full-width colon brings along.
func gapped(label string) string {
	if strings.HasSuffix(label, "：") {
		return label
	}
	return label + " "
}
