// Package theme holds every colour, mark and frame, named by meaning.
//
// It imports lipgloss and nothing else of weight: its init has to run before that of bubbletea, which otherwise asks the terminal for its
// background and waits up to five seconds for an answer. Go initialises packages in the order of their import paths once their own imports
// are ready; one import more here can change that order.
package theme

import (
	"io"
	"slices"
	"strings"

	"github.com/charmbracelet/lipgloss"
)

func init() { lipgloss.SetHasDarkBackground(true) }

// Name of a theme.
type Name string

// The themes. Dark and Light use colours of the fixed part of the 256, which no terminal's own scheme changes: they can be read on black,
// white and both Solarized backgrounds. Mono uses bold, underline and reverse video alone.
const (
	Dark  Name = "dark"
	Light Name = "light"
	Mono  Name = "mono"
)

// Names are the themes that a person can ask for.
func Names() []Name { return []Name{Dark, Light, Mono} }

// Theme is how things look, by what they mean.
type Theme struct {
	Text     lipgloss.Style // plain
	Muted    lipgloss.Style // what is there but does not matter now
	Accent   lipgloss.Style // the one accent: where the keyboard is
	Title    lipgloss.Style // the name of a screen or a pane
	Head     lipgloss.Style // column heads and field labels
	Key      lipgloss.Style // a key in help
	Selected lipgloss.Style // the selected row: reverse video in every theme
	Chosen   lipgloss.Style // the field or list item being edited
	Decided  lipgloss.Style // the words of a reply that decided
	Error    lipgloss.Style
	Warning  lipgloss.Style

	Delivered, Invalid, Soft, Requested, Unknown lipgloss.Style

	Marks Marks
	ASCII bool
}

// Marks are the signs that stand beside colours, one column each.
type Marks struct {
	Delivered, Invalid, Soft, Requested, Unknown string

	Ellipsis string // something was cut
	Dot      string // between two facts
	Dash     string // from – to
	Line     string // a rule between panes
	Bar      string // a rule between panes side by side
	Focus    string // beside the pane that has the keyboard
	On, Off  string // a choice in a list
	Up, Down string // more above, more below
	Left     string
	Right    string
	Step     string // between the steps of a path
	Warn     string // something contradicts

	Temporary, Permanent string   // whether trying again can help
	Block                []string // eighths of a bar, rising; the last is full
}

// palettes are the colours of each theme, by the meanings that [Colored] takes; soft is a soft bounce and a warning.
var palettes = map[Name]map[string]string{
	Dark:  {"muted": "246", "failed": "203", "soft": "221", "delivered": "114", "pending": "75", "accent": "80"},
	Light: {"muted": "242", "failed": "160", "soft": "94", "delivered": "22", "pending": "25", "accent": "26"},
}

// New is the theme of that name; ascii replaces every sign that some terminals draw two columns wide. Its styles have a renderer of their
// own with a fixed colour profile: detection turns reverse video off under NO_COLOR and in tmux, and one process may have several themes.
func New(name Name, ascii bool) Theme {
	t, _ := Colored(name, ascii, false, nil) // nothing to refuse
	return t
}

// Colored is New with colours of a person's own, by meaning: a name, a number from 0 to 255 or #rrggbb, which is drawn as the nearest of the
// 256 unless the terminal has all of them. Selected stays reverse video. Mono takes none, but refuses like the others: a [*ColorError]
// says what is wrong.
func Colored(name Name, ascii, all bool, own map[string]string) (Theme, error) {
	r := lipgloss.NewRenderer(io.Discard)
	r.SetColorProfile(profile(all))
	r.SetHasDarkBackground(true) // else it asks the terminal
	s := r.NewStyle
	bold, underlined := s().Bold(true), s().Underline(true)
	t := Theme{
		Text: s(), Muted: s(), Delivered: s(), Invalid: s(), Soft: s(), Requested: s(), Unknown: s(),
		Accent: bold, Title: bold, Head: bold, Key: bold, Error: bold, Warning: bold,
		Selected: s().Reverse(true), Chosen: underlined, Decided: underlined,
		Marks: unicode, ASCII: ascii,
	}
	if ascii {
		t.Marks = plain
	}
	for meaning, value := range own {
		if !slices.Contains(Meanings(), meaning) {
			return t, &ColorError{meaning, value, strings.Join(Meanings(), ", ")}
		}
		if _, ok := color(value); !ok {
			return t, &ColorError{meaning, value, strings.Join(colorNames, ", ") + ", 0–255, #rrggbb"}
		}
	}
	if name == Mono {
		return t, nil
	}
	c := func(meaning string) lipgloss.Style {
		value, given := own[meaning]
		if !given {
			value = palettes[name][meaning]
		}
		col, _ := color(value)
		return s().Foreground(col)
	}
	t.Muted, t.Head, t.Unknown = c("muted"), c("muted"), c("muted")
	t.Accent, t.Chosen, t.Key = c("accent").Bold(true), c("accent").Underline(true), c("accent")
	t.Invalid, t.Error = c("failed"), c("failed").Bold(true)
	t.Soft, t.Warning, t.Delivered, t.Requested = c("soft"), c("soft"), c("delivered"), c("pending")
	if own["failed"] != "" {
		t.Soft = c("failed")
	}
	if own["selected"] != "" {
		t.Selected = c("selected").Reverse(true)
	}
	return t, nil
}

var unicode = Marks{
	Delivered: "✓", Invalid: "✗", Soft: "↩", Requested: "⋯", Unknown: "?",
	Ellipsis: "…", Dot: "·", Dash: "–", Line: "─", Bar: "│", Focus: "▌",
	On: "●", Off: "○", Up: "↑", Down: "↓", Left: "←", Right: "→", Step: "›", Warn: "!", Temporary: "⟳", Permanent: "⊘",
	Block: []string{"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"},
}

var plain = Marks{
	Delivered: "+", Invalid: "x", Soft: "<", Requested: "~", Unknown: "?",
	Ellipsis: ">", Dot: "|", Dash: "-", Line: "-", Bar: "|", Focus: ">",
	On: "*", Off: ".", Up: "^", Down: "v", Left: "<", Right: ">", Step: ">", Warn: "!", Temporary: "~", Permanent: "#",
	Block: []string{"_", ".", ":", "-", "=", "+", "*", "#"},
}

// Status is the mark and the style of a status, by the service's number
// (1 delivered, 4 invalid, 5 soft bounce, 18 requested).
func (t Theme) Status(code int) (mark string, style lipgloss.Style) {
	switch code {
	case 1:
		return t.Marks.Delivered, t.Delivered
	case 4:
		return t.Marks.Invalid, t.Invalid
	case 5:
		return t.Marks.Soft, t.Soft
	case 18:
		return t.Marks.Requested, t.Requested
	}
	return t.Marks.Unknown, t.Unknown
}

// Permanence is the marks of whether trying again can help, by tokens of package bounce, the permanent one first; empty where that is not
// known or nothing failed.
func (t Theme) Permanence(tokens ...string) string {
	said, marks := strings.Join(tokens, " "), ""
	if strings.Contains(said, "permanent") {
		marks = t.Marks.Permanent
	}
	if strings.Contains(said, "temporary") {
		marks += t.Marks.Temporary
	}
	return marks
}

// Keys writes the names of keys with the theme's marks.
func (t Theme) Keys(s string) string {
	if !t.ASCII {
		return s
	}
	return asciiKeys.Replace(s)
}

var asciiKeys = strings.NewReplacer("↑", "up", "↓", "down", "←", "left", "→", "right", "…", "-")

// Draw is text ready for the terminal: in ASCII the punctuation of sentences and of strangers that some terminals draw two columns wide is
// replaced, a column by a column.
func (t Theme) Draw(text string) string {
	if !t.ASCII {
		return text
	}
	return asciiText.Replace(text)
}

var asciiText = strings.NewReplacer("“", `"`, "”", `"`, "„", `"`, "‘", "'", "’", "'", "…", "~", "‥", ":", "–", "-", "—", "-", "―", "-", "‐", "-",
	"·", ".", "•", "*", "×", "x", "÷", "/", "±", "+", "→", ">", "←", "<", "↑", "^", "↓", "v", "─", "-", "│", "|")
