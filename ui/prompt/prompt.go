// Package prompt asks for one line of text at the bottom of the screen.
package prompt

import (
	"strings"

	"bounceboard/keymap"
	"bounceboard/theme"
	"bounceboard/ui/cell"
	"bounceboard/ui/pane"
	"bounceboard/ui/screen"
	"bounceboard/ui/textfield"
	"bounceboard/ui/words"
)

// longest answer, in characters.
const longest = 100_000

// Prompt is a label and the text typed behind it. It is a screen.Typist and a screen.Bar.
type Prompt struct {
	pane.Look
	label  string
	input  textfield.Field
	accept func(text string) screen.Effect

	Changed func(text string) // told what is typed so far, if not nil
}

// New is a prompt with a proposed answer. accept takes the answer; the prompt stays where its effect does not pop.
func New(th theme.Theme, place keymap.Place, label, text string, accept func(text string) screen.Effect) *Prompt {
	if !strings.HasSuffix(label, "：") { // which brings its blank along
		label += " "
	}
	p := &Prompt{Look: pane.NewLook(place, th, words.English, nil), label: label, input: textfield.New(text, longest), accept: accept}
	p.input.Fresh = place == keymap.FilePrompt || place == keymap.ViewPrompt
	return p
}

func (p *Prompt) Press(a keymap.Action, _ string) screen.Effect {
	switch a {
	case keymap.Accept:
		return p.accept(strings.TrimSpace(p.input.Text()))
	case keymap.Clear:
		p.input.ClearBefore()
		p.changed()
	case keymap.Back:
		return screen.Effect{Pop: true}
	}
	return screen.Effect{}
}

func (p *Prompt) Type(key any) screen.Effect {
	p.input.Type(key)
	p.changed()
	return screen.Effect{}
}

func (p *Prompt) changed() {
	if p.Changed != nil {
		p.Changed(p.input.Text())
	}
}

func (p *Prompt) Paste(text string) screen.Effect {
	p.input.Insert(textfield.OneLine(text, " "))
	p.changed()
	return screen.Effect{}
}

func (p *Prompt) Draw(bool) []string { return nil }

func (p *Prompt) KeyLine() string {
	label, room := p.room()
	return p.Line(p.W, p.Ink.Text.Of(" "), p.Ink.Accent.Of(label), p.Ink.Text.Of(p.input.Draw(p.Theme, room)))
}

func (p *Prompt) Caret() (x, y int, ok bool) {
	label, room := p.room()
	return 1 + cell.Width(label) + p.input.Caret(p.Theme, room), 0, true
}

// room is the label as it is shown, and the columns behind it.
func (p *Prompt) room() (label string, w int) {
	label = p.Fit.Cut(p.label, max(0, p.W*2/3))
	return label, max(4, p.W-cell.Width(label)-2)
}

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

// Point is a line to stand above the prompt, which points at a byte of the answer and says why.
func (p *Prompt) Point(at int, why string) string {
	text := p.input.Text()
	col := cell.Width(p.label) + cell.Width(cell.Clean(text[:min(at, len(text))]))
	if col+cell.Width(why)+4 > p.W {
		return p.Fit.Cut(why, p.W-2)
	}
	return strings.Repeat(" ", col) + p.Theme.Marks.Down + " " + why
}
