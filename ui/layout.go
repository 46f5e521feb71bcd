package ui

import (
	"image"

	"bounceboard/ui/cell"
)

// The smallest screen on which everything can be used.
const (
	leastWidth  = 60
	leastHeight = 15
)

// Layout names the rectangles of the screen; an empty one is not drawn.
type Layout struct {
	Header image.Rectangle // two lines: where we are, what was asked
	Table  image.Rectangle
	Rule   image.Rectangle // between table and detail
	Detail image.Rectangle
	Body   image.Rectangle // all between header and status, for what lies over it
	Status image.Rectangle
	Keys   image.Rectangle
}

// layout divides a screen of w×h; it is the only place with screen arithmetic.
// detail asks for the detail pane, over says that it has the keyboard; status
// is the number of lines that the message at the bottom needs.
func layout(w, h int, detail, over bool, status int) Layout {
	status = max(1, min(status, 4))
	body := image.Rect(0, 2, w, max(2, h-1-status))
	l := Layout{
		Header: image.Rect(0, 0, w, 2),
		Table:  body,
		Body:   body,
		Status: image.Rect(0, body.Max.Y, w, max(body.Max.Y, h-1)),
		Keys:   image.Rect(0, max(0, h-1), w, h),
	}
	switch {
	case beside(w):
		at := w * 13 / 20 // room for the status in words and for a reply
		l.Table.Max.X = at
		l.Rule = image.Rect(at, body.Min.Y, at+1, body.Max.Y)
		l.Detail = image.Rect(at+1, body.Min.Y, w, body.Max.Y)
	case !detail:
	case below(h):
		at := body.Min.Y + (h-4)*11/20 // however long the message is
		l.Table.Max.Y = at
		l.Rule = image.Rect(0, at, w, at+1)
		l.Detail = image.Rect(0, at+1, w, body.Max.Y)
	case over:
		l.Table = image.Rectangle{}
		l.Rule = image.Rect(0, body.Min.Y, w, body.Min.Y+1)
		l.Detail = image.Rect(0, body.Min.Y+1, w, body.Max.Y)
	}
	return l
}

// beside: the screen is wide enough for table and detail side by side.
func beside(w int) bool { return w >= 160 }

// below: the screen is high enough for the detail under the table.
func below(h int) bool { return h >= 30 }

// fits reports whether text fits into a line of the status area.
func (f *frame) fits(text string) bool { return cell.Width(text) <= f.w-2 }

func tooSmall(w, h int) bool { return w < leastWidth || h < leastHeight }

// spread puts left and right at the two ends of a line of w columns. If both do
// not fit, it uses short for left; if that is still too long, it cuts out the
// middle, because the end holds the newest step.
func spread(fit cell.Style, left, short, right string, w int) (string, string) {
	right = fit.Cut(right, w-2)
	room := w - 2 - cell.Width(right) - 2
	if room < 8 {
		room, right = w-2, ""
	}
	if cell.Width(left) > room {
		left = short
	}
	if right == "" {
		return " " + fit.Cut(left, room), ""
	}
	return " " + fit.FitMiddle(left, room) + "  ", right
}
