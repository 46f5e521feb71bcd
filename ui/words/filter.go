package words

import (
	"strings"

	"bounceboard/sendcloud/recordset"
)

// Filtering, sorting and marking.
var (
	NothingToCompare, CannotNarrow, NoAnchor, Marked, EscDropsMarks = five("NothingToCompare CannotNarrow NoAnchor Marked EscDropsMarks")
	MarkedShort, NoneMarked, AmongFetched, NarrowedAlready          = four("MarkedShort NoneMarked AmongFetched NarrowedAlready")
	NarrowsPart, NarrowsAll, TermsHint, NoRowMatches, NoRegexp      = five("NarrowsPart NarrowsAll TermsHint NoRowMatches NoRegexp")
	NoneOfLoaded                                                    = Sentence{"No row fetched so far matches; {back} widens, {fetch all} fetches all.", "已读取的行中没有符合条件的；{back} 放宽，{fetch all} 读取全部。"}

	filterReasons = pairs("filter_reasons")
	fieldsAre     = Sentence{"the fields are %s; in quotes it is text", "可用字段：%s；加引号则按文字查找"}
)

// FilterCure is what FilterError leaves open: which fields there are, where what was typed is near to
// none of them.
func FilterCure(l Lang, e *recordset.FilterError) string {
	if e.Reason != recordset.UnknownField || e.Near != "" {
		return ""
	}
	var names []string
	for _, f := range recordset.Fields() {
		names = append(names, f.String()+":")
	}
	return l.Say(fieldsAre, strings.Join(names, " "))
}

// FilterError says what is wrong with a filter.
func FilterError(l Lang, e *recordset.FilterError) string {
	text := l.Say(filterReasons[string(e.Reason)], e.Text)
	if e.Near != "" {
		text += l.Say(nearestKnown, e.Near)
	}
	return text
}
