package words

import (
	"fmt"
	"strconv"

	"bounceboard/sendcloud/bounce"
	"bounceboard/sendcloud/recordset"
)

// The facets.
var (
	FacetEmpty    = Sentence{"No row of this slice has a value here.", "这部分数据在此列没有值。"}
	FacetLoading  = Sentence{"loading", "正在统计"}
	FacetNone     = Sentence{"(none)", "（空）"}
	FacetMails    = Sentence{"mails", "邮件数"}
	FacetShare    = Sentence{"share", "占比"}
	FacetLift     = Sentence{"vs rest", "是其余的"}
	FacetByCount  = Sentence{"most first", "按数量排序"}
	FacetByValue  = Sentence{"in their order", "按先后排序"}
	FacetByLift   = Sentence{"odd ones first", "按差异排序"}
	FacetOnlyHere = Sentence{"only here", "仅此处有"}
)

// FacetValues is how many values a column has.
func FacetValues(l Lang, n int) string { return l.Plural(n, "value", "values", "个值") }

// FacetValuesIn is that, and how many rows the slice has.
func FacetValuesIn(l Lang, n, rows int) string {
	return l.Say(Sentence{"%s in %s", "%[2]s中有 %[1]s"}, FacetValues(l, n), l.Plural(rows, "row", "rows", "行"))
}

// The columns a slice is taken apart by.
var (
	ColumnStatus     = Sentence{"status", "状态"}
	ColumnSub        = Sentence{"sub-status", "子状态"}
	ColumnCause      = Sentence{"cause", "原因"}
	ColumnPermanence = Sentence{"permanence", "永久/临时"}
	ColumnProvider   = Sentence{"provider", "邮箱服务商"}
	ColumnDomain     = Sentence{"recipient domain", "收件域名"}
	ColumnUser       = Sentence{"api user", "发信账号"}
	ColumnPattern    = Sentence{"reply pattern", "回复模式"}
	ColumnIP         = Sentence{"refused IP", "被拒 IP"}
	ColumnHour       = Sentence{"hour", "小时"}
	ColumnDay        = Sentence{"day", "日期"}
	ColumnTook       = Sentence{"took", "用时"}
	ColumnCode       = Sentence{"code", "回复码"}
	ColumnConflict   = Sentence{"contradiction", "矛盾"}
)

var columnNames = map[recordset.Column]Sentence{
	recordset.ByStatus: ColumnStatus, recordset.BySubStatus: ColumnSub, recordset.ByCause: ColumnCause,
	recordset.ByPermanence: ColumnPermanence, recordset.ByProvider: ColumnProvider, recordset.ByDomain: ColumnDomain,
	recordset.ByAPIUser: ColumnUser, recordset.ByPattern: ColumnPattern, recordset.ByRefusedIP: ColumnIP,
	recordset.ByHour: ColumnHour, recordset.ByDay: ColumnDay, recordset.ByTook: ColumnTook,
	recordset.ByParty: HeadParty, recordset.ByCode: ColumnCode, recordset.ByContradicts: ColumnConflict,
}

// FacetColumn is the name of a column that rows are counted by.
func FacetColumn(l Lang, c recordset.Column) string { return l.Say(columnNames[c]) }

// FacetColumns are the names of columns.
func FacetColumns(l Lang, cs []recordset.Column) []string {
	names := make([]string, len(cs))
	for i, c := range cs {
		names[i] = FacetColumn(l, c)
		if i < 10 { // the digit that goes there
			names[i] = strconv.Itoa((i+1)%10) + " " + names[i]
		}
	}
	return names
}

var sortNames = map[recordset.Column]Sentence{
	recordset.ByRecipient: HeadRecipient, recordset.ByRequested: HeadRequested, recordset.ByReply: HeadReply,
}

// SortColumn is the name of a column that rows are sorted by.
func SortColumn(l Lang, c recordset.Column) string {
	if s, ok := sortNames[c]; ok {
		return l.Say(s)
	}
	return FacetColumn(l, c)
}

// SortedBy tells the order of the rows; the sign says rising or falling.
var SortedBy = Sentence{"by %s %s", "按%s %s"}

// Or stands between values of which any will do.
var Or = Sentence{" or ", "或"}

// NoValue stands for rows without a value in a column.
var NoValue = FacetNone

// NotThis is a value that was excluded.
var NotThis = Sentence{"not %s", "排除%s"}

// nouns are what a row has or lacks, where the name of the column does not say it.
var nouns = map[recordset.Column]Sentence{
	recordset.ByPermanence: {"verdict", "结论"}, recordset.ByHour: {"request time", "请求时间"}, recordset.ByDay: {"request time", "请求时间"},
	recordset.ByTook: {"duration", "用时"}, recordset.ByParty: {"party who acts", "处理方"},
}

func noun(l Lang, c recordset.Column) string {
	if s, ok := nouns[c]; ok {
		return l.Say(s)
	}
	return FacetColumn(l, c)
}

// Lacks are the rows without a value in a column: no refused IP.
func Lacks(l Lang, c recordset.Column) string { return l.Say(Sentence{"no %s", "无%s"}, noun(l, c)) }

// Has are the rows with one, whichever.
func Has(l Lang, c recordset.Column) string {
	article := "a"
	if c == recordset.ByAPIUser {
		article = "an"
	}
	if l == Chinese {
		return "有" + noun(l, c)
	}
	return "has " + article + " " + noun(l, c)
}

var noFailure = Sentence{"no failure", "没有失败"}

// FacetValue is a value of a column in words, and its token where that differs.
func FacetValue(l Lang, c recordset.Column, value string) (label, hint string) {
	switch c {
	case recordset.ByCause:
		if cause, ok := bounce.ParseCause(value); ok {
			return cause.Short(string(l)), value
		}
	case recordset.ByPermanence:
		if p, ok := bounce.ParsePermanence(value); ok {
			if text := Permanence(l, p); text != "" {
				return text, ""
			}
			return l.Say(noFailure), ""
		}
	case recordset.ByParty:
		for _, p := range bounce.Parties() {
			if p.String() == value {
				return p.Name(string(l)), value
			}
		}
	case recordset.ByProvider:
		if name := bounce.ProviderName(value, string(l)); name != "" && name != value {
			return name, value
		}
	}
	return value, ""
}

// Lift is how much more frequent a value is here than in all other rows, as a
// ratio; times is the sign before it.
func Lift(l Lang, times string, lift float64) string {
	text := fmt.Sprintf("%.1f", lift)
	switch {
	case lift >= 999.5:
		text = "999+"
	case lift >= 9.95:
		text = fmt.Sprintf("%.0f", lift)
	case lift < 0.05:
		text = "0.1"
		if l == Chinese {
			return "不到 " + text + " 倍"
		}
		return "<" + times + text
	}
	if l == Chinese {
		return text + " 倍"
	}
	return times + text
}
