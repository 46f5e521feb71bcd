package words

import (
	"strings"

	"bounceboard/sendcloud/recordset"
)

// Files of rows.
var (
	FileBroke, FileNoFilters, LastLineCut, FileRepeated, FileGone = five("FileBroke FileNoFilters LastLineCut FileRepeated FileGone")
	FileUnreadable, FileHasNoRows, fileDamaged, fileHoldsNone     = four("FileUnreadable FileHasNoRows fileDamaged fileHoldsNone")
	FileDecoded, FileEnds, damagedLines, damagedLine              = four("FileDecoded FileEnds damagedLines damagedLine")

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
