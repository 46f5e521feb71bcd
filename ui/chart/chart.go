// Package chart draws numbers with the signs of a text screen, and lines of text in the inks of a theme.
package chart

import (
	"math"
	"strings"
	"unicode/utf8"

	"github.com/charmbracelet/lipgloss"

	"bounceboard/theme"
	"bounceboard/ui/cell"
)

// eighths of a bar that grows to the right; there is no eighth of nothing.
var eighths = []string{"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"}

// Bar is a share (0 to 1) of w columns, padded with blanks. A share above zero always shows; ascii keeps to ASCII.
func Bar(share float64, w int, ascii bool) string {
	bar := ""
	if w > 0 && share > 0 { // NaN is not
		n := max(1, int(math.Round(min(share, 1)*float64(w*8))))
		bar = strings.Repeat("█", n/8) + eighths[n%8]
		if ascii {
			bar = strings.Repeat("#", max(1, (n+4)/8))
		}
	}
	return bar + strings.Repeat(" ", max(0, w-utf8.RuneCountInString(bar)))
}

// Ink is what stands before and behind a text: rendering a style for each of hundreds of cells is too slow.
type Ink struct {
	on, off string
	blanks  bool // it shows on blanks
}

// NewInk is the ink of a style that only colours and decorates.
func NewInk(s lipgloss.Style) Ink {
	on, off, _ := strings.Cut(s.Render("x"), "x")
	_, none := s.GetBackground().(lipgloss.NoColor)
	return Ink{on, off, s.GetReverse() || s.GetUnderline() || !none}
}

func (k Ink) Of(text string) Piece { return Piece{text, k} }

// Inks are the styles of a theme that lines are made of.
type Inks struct {
	Text, Muted, Head, Accent, Title, Warning, Error Ink
	Edited                                           Ink // the text or the list item being edited
	Chosen                                           Ink // in a head, what the keyboard is on
	Selected, Within                                 Ink // the selected row, and a cell chosen in it
	statuses                                         map[int]Piece
}

func NewInks(th theme.Theme) Inks {
	k := Inks{
		Text: NewInk(th.Text), Muted: NewInk(th.Muted), Head: NewInk(th.Head), Accent: NewInk(th.Accent),
		Title: NewInk(th.Title), Warning: NewInk(th.Warning), Error: NewInk(th.Error),
		Edited:   NewInk(th.Chosen),
		Chosen:   NewInk(th.Accent.Underline(true)),
		Selected: NewInk(th.Selected), Within: NewInk(th.Selected.Underline(true)),
		statuses: map[int]Piece{},
	}
	for _, code := range []int{0, 1, 4, 5, 18} {
		mark, style := th.Status(code)
		k.statuses[code] = Piece{mark, NewInk(style)}
	}
	return k
}

// Status is the mark and the ink of a status, by the service's number, 0 for one that is not known.
func (k *Inks) Status(code int) (mark string, ink Ink) {
	p := k.statuses[code]
	return p.Text, p.Ink
}

type Piece struct {
	Text string
	Ink  Ink
}

// Line puts pieces side by side in exactly w columns: padded with blanks, or cut at the end.
func Line(fit cell.Style, w int, pieces ...Piece) string { return line(fit, w, Ink{}, pieces) }

// Row is Line in one ink, up to the last column: the selected row. Pieces keep theirs where it shows on blanks.
func (k Ink) Row(fit cell.Style, w int, pieces ...Piece) string {
	for i := range pieces {
		if !pieces[i].Ink.blanks {
			pieces[i].Ink = k
		}
	}
	return line(fit, w, k, pieces)
}

// line writes neighbours in one ink as one, and blanks in any: escape sequences are most of what crosses the wire.
func line(fit cell.Style, w int, pad Ink, pieces []Piece) string {
	var b strings.Builder
	b.Grow(2*w + 64)
	var run []byte
	for i := 0; i < len(pieces); {
		ink := pieces[i].Ink
		run = run[:0]
		for ; i < len(pieces); i++ {
			p := pieces[i]
			if p.Ink != ink && (p.Ink.blanks || ink.blanks || strings.Trim(p.Text, " ") != "") {
				break
			}
			run = append(run, p.Text...)
		}
		text := fit.Cut(string(run), w)
		w -= cell.Width(text)
		ink.write(&b, text)
	}
	pad.write(&b, fit.Fit("", w))
	return b.String()
}

func (k Ink) write(b *strings.Builder, text string) {
	if text == "" {
		return
	}
	if !k.blanks && strings.Trim(text, " ") == "" {
		k = Ink{}
	}
	b.WriteString(k.on)
	b.WriteString(text)
	b.WriteString(k.off)
}
