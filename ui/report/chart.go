package report

import (
	"context"
	"fmt"
	"strings"
	"time"

	"bounceboard/sendcloud"
	"bounceboard/ui/words"
)

// chart is the rows over time, in bars of layers: failures lie at the bottom.
type chart struct {
	Caption string
	Legend  []layer
	Width   int
	Bars    []bar
	Axis    []string // when the first, the middle and the last bar begin
	Text    string   // the bars drawn with characters, a line each
}

// layer is a status in the picture.
type layer struct {
	Layer int
	Name  string
}

type bar struct {
	X      int
	Pieces []piece
}

// piece is a layer of a bar, in a picture 100 high.
type piece struct {
	Layer int
	Y, H  float64
}

// stacked are the statuses of the picture, from the bottom.
var stacked = []sendcloud.Status{sendcloud.Invalid, sendcloud.SoftBounce, sendcloud.Requested, sendcloud.StatusUnknown, sendcloud.Delivered}

// draw makes the picture.
func (p *Report) draw(ctx context.Context) error {
	const mostBars = 7 * 24 // the hours of a week
	h, err := p.snap.Histogram(ctx, p.rows, mostBars)
	if err != nil || len(h.Bars) == 0 {
		return err
	}
	most, there := 0, [5]bool{}
	for _, b := range h.Bars {
		most = max(most, b.Total())
	}
	label := func(i int) string {
		if h.Step < 24*time.Hour {
			return h.Bars[i].From.In(sendcloud.Zone).Format("01-02 15:04")
		}
		return h.Bars[i].From.In(sendcloud.Zone).Format("01-02")
	}
	c := &chart{Width: 10 * len(h.Bars), Axis: []string{label(0), label(len(h.Bars) / 2), label(len(h.Bars) - 1)}}
	var text strings.Builder
	for i, b := range h.Bars {
		one := bar{X: 10 * i}
		y := 100.0
		for n, count := range []int{b.Invalid, b.SoftBounce, b.Requested, b.Other, b.Delivered} {
			if count > 0 {
				height := 100 * float64(count) / float64(most)
				y -= height
				one.Pieces, there[n] = append(one.Pieces, piece{n, y, height}), true
			}
		}
		c.Bars = append(c.Bars, one)
		const columns = 40
		fmt.Fprintf(&text, "%s %s %d\n", label(i), strings.Repeat("#", (b.Total()*columns+most-1)/most), b.Total())
	}
	var names []string
	for n, s := range stacked {
		if there[n] {
			name := words.StatusName(p.about.Lang, s)
			c.Legend, names = append(c.Legend, layer{n, name}), append(names, name)
		}
	}
	c.Text = strings.TrimSuffix(text.String(), "\n")
	c.Caption = p.say("picture", words.Duration(p.about.Lang, h.Step), words.RowCount(p.about.Lang, most), strings.Join(names, p.say("comma")))
	p.Chart = c
	return nil
}
