package words

import (
	"strings"

	"bounceboard/sendcloud/recordset"
)

// The card of a reply pattern.
var (
	FactPattern   = Sentence{"pattern %s", "模式 %s"}
	NoPatternHere = Sentence{"{pattern} shows a reply pattern whole: choose one in the column “reply pattern” first.", "{pattern} 查看回复模式全文：请先在“回复模式”列中选择一个。"}

	PatternShare = Sentence{"%s of %s, %s", "%[2]s中的 %[1]s 行，占 %[3]s"}
	PatternFew   = Sentence{"few values", "几乎不变"}
	ValuesIn     = Sentence{"%s in %s", "%[2]s，共 %[1]s"}

	comma   = Sentence{", ", "、"}
	andMore = Sentence{"%s and %d more", "%s，另有 %d 个"}
)

// CauseName is a cause's short name by its token.
func CauseName(l Lang, token string) string {
	name, _ := FacetValue(l, recordset.ByCause, token)
	return name
}

// Counts lists the first values with their counts; name, which may be nil, is
// what a value is called.
func Counts(l Lang, list []recordset.Count, name func(string) string) string {
	const shown = 5
	var texts []string
	for _, c := range list[:min(len(list), shown)] {
		value := c.Value
		if name != nil {
			value = name(value)
		}
		if value == "" {
			value = l.Say(NoValue)
		}
		texts = append(texts, l.Say(InBrackets, value, Number(c.Count)))
	}
	text := strings.Join(texts, l.Say(comma))
	if len(list) > shown {
		text = l.Say(andMore, text, len(list)-shown)
	}
	return text
}
