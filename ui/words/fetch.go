package words

import (
	"bounceboard/keymap"
	"bounceboard/sendcloud"
)

// Fetching a whole slice.
var (
	FetchCost, FetchUnknown, AskAgainCost, Fetching, FetchesRest  = five("FetchCost FetchUnknown AskAgainCost Fetching FetchesRest")
	FetchPaused, RowsPerSecond, TimeLeft, FetchStopped, FetchKept = five("FetchPaused RowsPerSecond TimeLeft FetchStopped FetchKept")
	FetchNone, FetchEmpty, FetchRepeated, RowsSoFar, AlreadyAll   = five("FetchNone FetchEmpty FetchRepeated RowsSoFar AlreadyAll")
	FileIsAll, StillReading, ReadingFile, Unknown, HereOfUnknown  = five("FileIsAll StillReading ReadingFile Unknown HereOfUnknown")
	AtLeast, incompleteAll, MayLackRows, incomplete               = four("AtLeast incompleteAll MayLackRows incomplete")
)

// HereOf is how many of the rows there are are here.
func HereOf(l Lang, have, of int) string {
	return l.Say(Sentence{"%s of %s", "%s / %s"}, Number(have), RowCount(l, of))
}

// AllRows says that all of them are.
func AllRows(l Lang, n int) string { return l.Say(Sentence{"all %s", "全部 %s"}, RowCount(l, n)) }

// MayLack says what may be missing after a walk.
func MayLack(l Lang, m keymap.Map, s sendcloud.Summary) string {
	first, last := s.Incomplete[0].First, s.Incomplete[0].Last
	for _, w := range s.Incomplete {
		if w.First.Before(first) {
			first = w.First
		}
		if last.Before(w.Last) {
			last = w.Last
		}
	}
	if s.Came >= s.Announced {
		return l.Say(incompleteAll.With(m), Number(s.Came), first, last)
	}
	return l.Say(incomplete.With(m), Number(s.Came), Number(s.Announced), first, last)
}
