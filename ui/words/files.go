package words

import (
	"strings"

	"bounceboard/sendcloud/recordset"
)

// Files of rows.
var (
	FileBroke      = Sentence{"%s could not be read to its end: %s.", "%s 未能读完：%s。"}
	FileNoFilters  = Sentence{"This is a file, nothing can be asked; {filter} filters its rows.", "这是文件，不能向服务端查询；按 {filter} 筛选。"}
	LastLineCut    = Sentence{"the last line is not ended yet; {again} reads on", "最后一行还不完整，按 {again} 继续读取"}
	FileRepeated   = Sentence{"%s came twice, shown once", "%s重复出现，只显示一次"}
	FileGone       = Sentence{"%s is gone, shorter or another file: the rows are those of %s. Start bounceboard again to read it.", "%s 已不存在、变短或被替换：显示的是 %s 时的行。请重新启动以读取现在的内容。"}
	FileUnreadable = Sentence{"This file holds no row that could be read.", "文件中没有可读取的行。"}
	FileHasNoRows  = Sentence{"This file holds no row yet; {again} reads on.", "文件中还没有行；按 {again} 继续读取。"}
	fileDamaged    = Sentence{"%s: %s; the others were read", "%s：%s；其余各行已读取"}
	fileHoldsNone  = Sentence{"%s holds no row that could be read: %s", "%s 中没有可读取的行：%s"}
	FileDecoded    = Sentence{"%s was read as %s", "%s 按 %s 读取"}
	FileEnds       = Sentence{"%s: cannot be read to its end (%s)", "%s：未能读完（%s）"}
	damagedLines   = Sentence{"no row could be read from %s: %s", "有 %s读不出数据：%s"}
	damagedLine    = Sentence{"line %d (%s)", "第 %d 行（%s）"}

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
