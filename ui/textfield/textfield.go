// Package textfield is one line of text being typed. It edits with package bubbles and draws by itself: what was pasted may hold
// anything, and drawing must change nothing.
package textfield

import (
	"strings"
	"unicode/utf8"

	"github.com/charmbracelet/bubbles/cursor"
	"github.com/charmbracelet/bubbles/textinput"
	"github.com/charmbracelet/x/ansi"

	"bounceboard/theme"
	"bounceboard/ui/cell"
)

// Field is the text and its cursor. The zero Field is not usable; see New.
type Field struct {
	in    textinput.Model
	Fresh bool // what is typed or pasted next takes the place of the text
}

// New is a field with text in it and the cursor behind it. limit bounds what can be typed, in characters; 0 is no bound.
func New(text string, limit int) Field {
	in := textinput.New()
	in.CharLimit = limit
	in.Cursor.SetMode(cursor.CursorStatic)
	in.KeyMap.Paste.SetEnabled(false) // it would read the clipboard of the far side of an SSH session
	in.Focus()                        // its command would make the cursor blink
	f := Field{in: in}
	f.Set(text)
	return f
}

// Type takes a key message of Bubble Tea; it reports whether the text changed.
func (f *Field) Type(key any) bool {
	before, fresh := f.in.Value(), f.Fresh
	f.in, _ = f.in.Update(key) // its commands blink a cursor and read a clipboard: ours does neither
	f.Fresh = false
	added, typed := strings.CutPrefix(f.in.Value(), before)
	if typed && added != "" && fresh {
		f.Set(added)
	}
	return f.in.Value() != before
}

func (f *Field) Text() string { return f.in.Value() }

// Set replaces the text; the cursor stands behind it.
func (f *Field) Set(text string) {
	f.in.SetValue(text)
	f.in.CursorEnd()
	f.Fresh = false
}

// Insert puts text where the cursor is.
func (f *Field) Insert(text string) {
	if f.Fresh {
		f.Set("")
	}
	before, after := f.Split()
	f.in.SetValue(before + text + after)
	f.in.SetCursor(utf8.RuneCountInString(f.in.Value()) - utf8.RuneCountInString(after))
}

// ClearBefore takes out what stands before the cursor.
func (f *Field) ClearBefore() {
	_, after := f.Split()
	f.Set(after)
	f.in.SetCursor(0)
}

// Move moves the cursor by n characters.
func (f *Field) Move(n int) {
	f.Fresh = false
	f.in.SetCursor(f.in.Position() + n)
}

// Split is the text before the cursor and the text from the cursor on.
func (f *Field) Split() (before, after string) {
	runes := []rune(f.in.Value())
	return string(runes[:f.in.Position()]), string(runes[f.in.Position():])
}

// OneLine is pasted text on one line, with between where a line or a cell ended.
func OneLine(text, between string) string {
	return strings.Join(strings.FieldsFunc(text, func(r rune) bool { return r == '\n' || r == '\r' || r == '\t' }), between)
}

// Draw is the text in w columns, the part around the cursor where it is longer. The cursor is the terminal's, see Caret.
func (f *Field) Draw(th theme.Theme, w int) string {
	fit := cell.Style{ASCII: th.ASCII}
	head, under, rest := f.parts(th, w)
	return head + under + fit.Fit(rest, max(w-cell.Width(head)-cell.Width(under), 0))
}

// Caret is the column of the cursor in what Draw returns.
func (f *Field) Caret(th theme.Theme, w int) int {
	head, _, _ := f.parts(th, w)
	return cell.Width(head)
}

// parts are what is shown before the cursor, the character it stands on, and all behind that.
func (f *Field) parts(th theme.Theme, w int) (head, under, rest string) {
	before, after := f.Split()
	under = " "
	if after != "" {
		_, size := utf8.DecodeRuneInString(after)
		under, rest = cell.Clean(after[:size]), after[size:]
	}
	near := []rune(before)
	head = cell.Clean(string(near[max(0, len(near)-4*w):])) // a pasted list can be long
	if room := w - cell.Width(under); cell.Width(head) > room {
		head = ansi.TruncateLeft(head, cell.Width(head)-room+1, th.Marks.Ellipsis)
	}
	return head, under, rest
}
