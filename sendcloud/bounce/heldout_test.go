package bounce

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// bands are the steps in which confidence is checked.
var bands = []float64{0, 0.5, 0.75, 0.9, 0.95, 1.01}

// TestHeldOutReplies shows, on replies no rule was written from, how good the rules are and whether
// a confidence means what it says.
func TestHeldOutReplies(t *testing.T) {
	rows := readGold(t, "heldout.tsv")
	s := scoreOf(t, Default(), rows)
	t.Log(s)
	for _, w := range s.wrong {
		t.Log("cause:", w)
	}
	for _, w := range s.wrongPermanence {
		t.Log("permanence:", w)
	}
	require.GreaterOrEqual(t, s.cause, 0.90)
	require.GreaterOrEqual(t, s.group, 0.93)
	require.GreaterOrEqual(t, s.permanence, 0.96)

	table, worst := calibration(rows)
	t.Log("\n" + table)
	require.LessOrEqual(t, worst, 0.15, "a band's confidence is far from the share that is right")
}

// calibration counts per band of confidence how many answers are right, and the largest distance
// between a band's mean confidence and its share right, over bands with enough rows to tell.
func calibration(rows []goldRow) (table string, worst float64) {
	const enough = 20
	var n, right [8]int
	var sum [8]float64
	for _, row := range rows {
		e := Default().Explain(Input{Text: row.text})
		b := 0
		for b+2 < len(bands) && e.Confidence >= bands[b+1] {
			b++
		}
		n[b]++
		sum[b] += e.Confidence
		if slices.Contains(row.causes, e.Cause.String()) {
			right[b]++
		}
	}
	var out strings.Builder
	fmt.Fprintf(&out, "confidence    rows  mean  right\n")
	for b := range len(bands) - 1 {
		if n[b] == 0 {
			continue
		}
		mean, share := sum[b]/float64(n[b]), float64(right[b])/float64(n[b])
		fmt.Fprintf(&out, "%.2f – %.2f  %5d  %.2f  %.2f\n", bands[b], min(bands[b+1], 1), n[b], mean, share)
		if n[b] >= enough {
			worst = max(worst, mean-share, share-mean)
		}
	}
	return out.String(), worst
}
