package words

import (
	"regexp"
	"strings"

	"bounceboard/sendcloud/recordset"
)

// Filtering, sorting and marking.
var (
	NothingToCompare = Sentence{"All rows are shown; filter them first, then they are compared with the rest.", "当前是全部行；先筛选，才能与其余部分比较。"}
	CannotNarrow     = Sentence{"Rows cannot be filtered by that value.", "无法按该值筛选。"}
	NoAnchor         = Sentence{"Mark a row with {mark} first; {mark range} marks from there to here.", "请先用 {mark} 标记一行，再按 {mark range} 标记到此处。"}
	Marked           = Sentence{"%s marked.", "已标记 %s。"}
	EscDropsMarks    = Sentence{"%s marked; {back} once more unmarks.", "已标记 %s；再按 {back} 取消标记。"}
	MarkedShort      = Sentence{"%s marked", "已标记 %s"}
	NoneMarked       = Sentence{"No row is marked.", "没有标记的行。"}
	AmongFetched     = Sentence{"only among the rows fetched so far; {fetch all} fetches all", "仅限已读取的行；按 {fetch all} 读取全部"}
	NarrowedAlready  = Sentence{"The rows are filtered by that already.", "已经按此筛选。"}
	NarrowsPart      = Sentence{"only among the rows that are here; {accept}, then {fetch all} fetches all", "仅限已读取的行；按 {accept} 后再按 {fetch all} 读取全部"}
	NarrowsAll       = Sentence{"{accept} keeps it, {complete} completes, {back} goes back", "{accept} 确定，{complete} 补全，{back} 返回"}
	TermsHint        = Sentence{"words, “a phrase”, !not, to: domain: status: sub: cause: perm: provider: user: said: pattern: took:>10m time:09:00..10:30", "词语、“短语”、!排除、to: domain: status: sub: cause: perm: provider: user: said: pattern: took:>10m time:09:00..10:30"}
	NoRowMatches     = Sentence{"No row that is here matches; {back} widens.", "已读取的行中没有符合条件的；按 {back} 放宽。"}
	NoRegexp         = Sentence{" Between slashes it is a regular expression: /%s/", "放在斜杠之间即为正则表达式：/%s/"}
	FilterRegexp     = Sentence{"--filter looks like a regular expression and was looked for as text; between slashes it is one: '/%s/'", "--filter 看起来是正则表达式，但按文字查找了；放在斜杠之间即为正则表达式：'/%s/'"}
	NoneOfLoaded     = Sentence{"No row fetched so far matches; {back} widens, {fetch all} fetches all.", "已读取的行中没有符合条件的；{back} 放宽，{fetch all} 读取全部。"}

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

// regexpSigns are what a regular expression has and plain text seldom.
var regexpSigns = regexp.MustCompile(`\.[*+?]|[)\]\w][*+]|\\[dswb]|^\^|\$$|\([^)]*\|`)

// LooksLikeRegexp reports whether a filter looks like a regular expression and is none.
func LooksLikeRegexp(filter string) bool {
	return regexpSigns.MatchString(filter) && !strings.HasPrefix(filter, "/")
}

// FilterError says what is wrong with a filter.
func FilterError(l Lang, e *recordset.FilterError) string {
	text := l.Say(filterReasons[string(e.Reason)], e.Text)
	if e.Near != "" {
		text += l.Say(nearestKnown, e.Near)
	}
	return text
}
