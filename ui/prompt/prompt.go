// Package prompt asks for one line of text at the bottom of the screen.
package prompt

import (
	"strings"

	"bounceboard/keymap"
	"bounceboard/theme"
	"bounceboard/ui/cell"
	"bounceboard/ui/chart"
	"bounceboard/ui/screen"
	"bounceboard/ui/textfield"
)

// longest answer, in characters.
const longest = 100_000

// Prompt is a label and the text typed behind it. It is a screen.Typist and a
// screen.Bar.
type Prompt struct {
	th     theme.Theme
	ink    chart.Inks
	fit    cell.Style
	place  keymap.Place
	label  string
	input  textfield.Field
	accept func(text string) screen.Effect
	w      int
}

// New is a prompt with a proposed answer. accept takes the answer, without
// blanks around it; the prompt stays where its effect does not pop.
func New(th theme.Theme, place keymap.Place, label, text string, accept func(text string) screen.Effect) *Prompt {
	return &Prompt{th: th, ink: chart.NewInks(th), fit: cell.Style{ASCII: th.ASCII}, place: place,
		label: gapped(label), input: textfield.New(text, longest), accept: accept}
}

// Place is the place of the keymap it was made for.
func (p *Prompt) Place() keymap.Place { return p.place }

// Can reports that every key acts.
func (p *Prompt) Can(keymap.Action) bool { return true }

// Press accepts the answer, empties it, or leaves the prompt.
func (p *Prompt) Press(a keymap.Action, _ string) screen.Effect {
	switch a {
	case keymap.Accept:
		return p.accept(strings.TrimSpace(p.input.Text()))
	case keymap.Clear:
		p.input.Set("")
	case keymap.Back:
		return screen.Effect{Pop: true}
	}
	return screen.Effect{}
}

// Type takes a key press in the answer.
func (p *Prompt) Type(key any) screen.Effect {
	p.input.Type(key)
	return screen.Effect{}
}

// Paste puts text into the answer, on one line.
func (p *Prompt) Paste(text string) screen.Effect {
	p.input.Insert(textfield.OneLine(text, " "))
	return screen.Effect{}
}

// Resize gives the prompt lines of w columns.
func (p *Prompt) Resize(w, _ int) { p.w = max(0, w) }

// Draw leaves the lines above the prompt to the program.
func (p *Prompt) Draw(bool) []string { return nil }

// KeyLine is the label and the answer.
func (p *Prompt) KeyLine() string {
	label, room := p.room()
	return chart.Line(p.fit, p.w, p.ink.Text.Of(" "), p.ink.Accent.Of(label), p.ink.Text.Of(p.input.Draw(p.th, room)))
}

// Caret is the cursor's place; see screen.Pointer.
func (p *Prompt) Caret() (x, y int, ok bool) {
	label, room := p.room()
	return 1 + cell.Width(label) + p.input.Caret(p.th, room), 0, true
}

// room is the label as it is shown, and the columns behind it.
func (p *Prompt) room() (label string, w int) {
	label = p.fit.Cut(p.label, max(0, p.w*2/3))
	return label, max(4, p.w-cell.Width(label)-2)
}

// Text is the answer as it stands.
func (p *Prompt) Text() string { return p.input.Text() }

// Cursor is the byte of the answer that the cursor is on.
func (p *Prompt) Cursor() int {
	before, _ := p.input.Split()
	return len(before)
}

// Set replaces the answer, with the cursor at byte at.
func (p *Prompt) Set(text string, at int) {
	p.input.Set(text[at:])
	p.input.Move(-1 << 30)
	p.input.Insert(text[:at])
}

// Point is a line to stand above the prompt, which points at a byte of the
// answer and says why.
func (p *Prompt) Point(at int, why string) string {
	text := p.input.Text()
	col := cell.Width(p.label) + cell.Width(cell.Clean(text[:min(at, len(text))]))
	if room := p.w - 2 - cell.Width(why) - 2; col <= room {
		return strings.Repeat(" ", col) + p.th.Marks.Down + " " + why
	}
	return p.fit.Cut(why, p.w-2)
}

// gapped is a label with a blank behind it, which a full-width colon brings along.
func gapped(label string) string {
	if strings.HasSuffix(label, "：") {
		return label
	}
	return label + " "
}
