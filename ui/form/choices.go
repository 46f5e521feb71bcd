package form

import (
	"strconv"
	"strings"

	"bounceboard/sendcloud"
	"bounceboard/sendcloud/bounce"
	"bounceboard/ui/cell"
	"bounceboard/ui/words"
)

// meaningRows are kept free for what the choice with the cursor means.
const meaningRows = 2

// summary says what is chosen.
func (f *Form) summary(d *field) []piece {
	switch d.param {
	case sendcloud.ParamStatus:
		return f.statuses(d)
	case words.FilterCause, words.FilterPermanence:
		return f.localNames(d)
	}
	codes := chosen[sendcloud.SubStatus](d)
	switch len(codes) {
	case 0:
		return []piece{{f.lang.Say(words.FormAny), f.th.Muted}}
	case 1:
		return []piece{{strconv.Itoa(int(codes[0])) + " " + words.SubStatusName(f.lang, codes[0]), f.th.Text}}
	case len(d.choices):
		return []piece{{f.lang.Say(words.FormAllFailures, len(codes)), f.th.Text}}
	}
	var text []string
	for _, c := range codes {
		text = append(text, strconv.Itoa(int(c)))
	}
	return []piece{{strings.Join(text, " "), f.th.Text}}
}

// localNames are the choices of a filter made here, in words.
func (f *Form) localNames(d *field) []piece {
	var names []string
	for _, c := range d.choices {
		if c.on {
			names = append(names, f.localName(d, c.code))
		}
	}
	if names == nil {
		return []piece{{f.lang.Say(words.FormAny), f.th.Muted}}
	}
	return []piece{{strings.Join(names, separator), f.th.Text}}
}

func (f *Form) localName(d *field, code int) string {
	if d.param == words.FilterCause {
		return bounce.Cause(code).Short(string(f.lang))
	}
	return words.Permanence(f.lang, bounce.Permanence(code))
}

func (f *Form) statuses(d *field) []piece {
	var pieces []piece
	for _, s := range chosen[sendcloud.Status](d) {
		if pieces != nil {
			pieces = append(pieces, piece{"  ", f.th.Text})
		}
		pieces = append(pieces, f.status(s))
	}
	if pieces == nil {
		return []piece{{f.lang.Say(words.FormAny), f.th.Muted}}
	}
	return pieces
}

// status is the glyph and the word of a status.
func (f *Form) status(s sendcloud.Status) piece {
	mark, style := f.th.Status(int(s))
	return piece{mark + " " + words.StatusName(f.lang, s), style}
}

// list is the choices of d with what the one with the cursor means; cursor is
// its row. It is nil where there is nothing to choose.
func (f *Form) list(d *field, w int) (lines []string, cursor int) {
	if d.choices == nil {
		return nil, 0
	}
	left, right := d.columns()
	column := f.choiceWidth(d)
	indent := f.valueColumn(w)
	if right > 0 {
		indent = max(min(indent, w-2*column), 2)
		column = min(column, (w-indent)/2)
	}
	if d.param == sendcloud.ParamSubStatus {
		lines = append(lines, f.blank(indent)+f.row(column, f.status(sendcloud.Invalid))+f.row(w-indent-column, f.status(sendcloud.SoftBounce)))
	}
	cursor = len(lines) + d.cursor
	if d.cursor >= left {
		cursor -= left
	}
	for i := range left {
		row := f.blank(indent) + f.choice(d, i, column)
		if i < right {
			row += f.choice(d, left+i, column)
		}
		lines = append(lines, row+f.blank(w-cell.Width(row)))
	}
	meaning := f.cells.Wrap(f.meaning(d), w-indent-1)
	for i := range meaningRows {
		text := ""
		if i < len(meaning) {
			text = meaning[i]
		}
		lines = append(lines, f.blank(indent)+f.row(w-indent, piece{text, f.th.Muted}))
	}
	return lines, cursor
}

// choiceWidth is that of the longest choice, with room to the next column.
func (f *Form) choiceWidth(d *field) int {
	w := 0
	for i := range d.choices {
		w = max(w, cell.Width(f.choiceText(d, i)))
	}
	return w + 3
}

func (f *Form) choiceText(d *field, i int) string {
	c := d.choices[i]
	box := f.th.Marks.Off
	if c.on {
		box = f.th.Marks.On
	}
	switch d.param {
	case sendcloud.ParamStatus:
		return box + " " + f.status(sendcloud.Status(c.code)).text
	case words.FilterCause, words.FilterPermanence:
		return box + " " + f.localName(d, c.code)
	}
	return box + " " + strconv.Itoa(c.code) + " " + words.SubStatusName(f.lang, sendcloud.SubStatus(c.code))
}

func (f *Form) choice(d *field, i, w int) string {
	style := f.th.Text
	if i == d.cursor {
		style = f.th.Chosen
	}
	return f.row(w, piece{f.choiceText(d, i), style})
}

func (f *Form) meaning(d *field) string {
	code := d.choices[d.cursor].code
	switch d.param {
	case sendcloud.ParamStatus:
		return words.StatusMeaning(f.lang, sendcloud.Status(code))
	case words.FilterCause:
		return bounce.Cause(code).Meaning(string(f.lang))
	case words.FilterPermanence:
		return ""
	}
	return words.SubStatusMeaning(f.lang, sendcloud.SubStatus(code))
}
