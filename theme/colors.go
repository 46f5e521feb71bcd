package theme

import (
	"slices"
	"strconv"
	"strings"

	"github.com/charmbracelet/lipgloss"
	"github.com/muesli/termenv"
)

// Meanings are what a person can give a colour to.
func Meanings() []string {
	return []string{"selected", "muted", "failed", "delivered", "pending", "accent"}
}

var colorNames = strings.Fields("black red green yellow blue magenta cyan white " +
	"bright-black bright-red bright-green bright-yellow bright-blue bright-magenta bright-cyan bright-white")

// ColorError is a meaning that does not exist, or a value that is no colour.
type ColorError struct {
	Meaning, Value string
	Known          string // the meanings, or what a colour may be
}

// Error names the word that is wrong.
func (e *ColorError) Error() string {
	if !slices.Contains(Meanings(), e.Meaning) {
		return "no colour has the name " + strconv.Quote(e.Meaning) + "; use one of " + e.Known
	}
	return e.Meaning + " is " + strconv.Quote(e.Value) + "; use one of " + e.Known
}

// color is a colour as lipgloss takes it: a number or #rrggbb.
func color(value string) (lipgloss.Color, bool) {
	value = strings.ToLower(value)
	if i := slices.Index(colorNames, value); i >= 0 {
		return lipgloss.Color(strconv.Itoa(i)), true
	}
	hex, isHex := strings.CutPrefix(value, "#")
	if isHex {
		_, err := strconv.ParseUint(hex, 16, 24)
		return lipgloss.Color(value), err == nil && len(hex) == 6
	}
	_, err := strconv.ParseUint(value, 10, 8)
	return lipgloss.Color(value), err == nil
}

// AllColors reports whether a terminal says, by COLORTERM, that it draws #rrggbb as it is.
func AllColors(colorterm string) bool { return colorterm == "truecolor" || colorterm == "24bit" }

func profile(all bool) termenv.Profile {
	if all {
		return termenv.TrueColor
	}
	return termenv.ANSI256
}

// Usual is the theme where nobody asks for one, by TERM and COLORFGBG: no colours on a VT100 and its successors, and
// the light theme where COLORFGBG, such as "0;15", says that the background is light. The Linux console and GNU screen
// turn 256 colours into those that they have.
func Usual(term, colorfgbg string) Name {
	if strings.HasPrefix(term, "vt1") || strings.HasPrefix(term, "vt2") {
		return Mono
	}
	background := colorfgbg[strings.LastIndex(colorfgbg, ";")+1:]
	if background == "7" || background == "15" {
		return Light
	}
	return Dark
}
