package dialog

import (
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

// Type gives a key message to the text input.
func (p *Prompt) Type(msg any) { p.input, _ = p.input.Update(msg) }

// Text is what was typed.
func (p *Prompt) Text() string { return p.input.Value() }

// View draws the question in one line of w columns.
func (p *Prompt) View(w int) string {
	label := p.fit.Cut(p.label, w/2)
	p.input.Width = max(4, w-cell.Width(label)-4)
	return " " + p.th.Accent.Render(label) + " " + p.input.View()
}
