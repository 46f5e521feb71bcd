package words

import (
	"strings"

	"bounceboard/keymap"
	"bounceboard/sendcloud"
	"bounceboard/sendcloud/recordset"
)

var (
	fileKinds = pairs("file_kinds") // files that hold no rows here, and what to do about it
	damages   = pairs("damages")    // lines that hold none
)

// DamagedFile says which lines of a file hold no row, the first of them by number.
func DamagedFile(l Lang, name string, got recordset.Reading) string {
	n, which := got.Damaged, got.Which
	if got.Cut {
		n++
	}
	what := fileDamaged
	if _, foreign := fileKinds[string(which[0].Damage)]; foreign {
		what = Labelling
	} else if got.Rows == 0 {
		what = fileHoldsNone
	}
	return l.Say(what, name, DamagedLines(l, n, which))
}

// DamagedLines says how many lines of a file hold no row, and which the first ones are.
func DamagedLines(l Lang, n int, which []recordset.DamagedLine) string {
	if kind, ok := fileKinds[string(which[0].Damage)]; ok {
		return l.Say(kind)
	}
	var texts []string
	for _, d := range which[:min(len(which), 5)] {
		texts = append(texts, l.Say(damagedLine, d.Line, l.Say(damages[string(d.Damage)])))
	}
	if n > len(texts) {
		texts = append(texts, "…")
	}
	return l.Say(damagedLines, l.Plural(n, "line", "lines", "行"), strings.Join(texts, l.Say(comma)))
}

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

// GapIn says, of days of which rows may be missing, how many rows came and how many were announced.
func GapIn(l Lang, g sendcloud.Incomplete) string {
	switch {
	case g.Announced == 0:
		return l.Say(gapUnread, g.First, g.Last)
	case g.Came < g.Announced:
		return l.Say(gapPart, g.First, g.Last, Number(g.Came), Number(g.Announced))
	}
	return l.Say(gapMaybe, g.First, g.Last, Number(g.Came))
}
