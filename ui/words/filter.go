package words

import (
	"strings"

	"bounceboard/sendcloud/recordset"
)

var filterReasons = map[recordset.FilterReason]Sentence{
	recordset.UnknownField:  {"there is no field %s", "没有字段 %s"},
	recordset.NoValue:       {"%s needs a value", "%s 后面需要值"},
	recordset.OpenQuote:     {"the quote is not ended: %s", "引号没有结束：%s"},
	recordset.NotAStatus:    {"%s is no status: delivered, invalid, soft_bounce, requested", "%s 不是状态：delivered、invalid、soft_bounce、requested"},
	recordset.NotASub:       {"%s is no sub-status: 401 to 409, 503, 505 to 509", "%s 不是子状态：401 至 409、503、505 至 509"},
	recordset.NotACause:     {"%s is no cause; tab lists them", "%s 不是原因；按 tab 列出"},
	recordset.NotPermanence: {"%s: permanent, temporary or unknown", "%s：请用 permanent、temporary 或 unknown"},
	recordset.NotAParty:     {"%s is no party; tab lists them", "%s 不是处理方；按 tab 列出"},
	recordset.NotADuration:  {"%s is no duration: >10m, <1h, 1m..1h", "%s 不是时长：>10m、<1h、1m..1h"},
	recordset.NotATime:      {"%s is no time: 09:00..10:30, 11-20..11-22, today, -3d, 11-20T09:00", "%s 不是时间：09:00..10:30、11-20..11-22、今天、-3d、11-20T09:00"},
	recordset.BlankInTime:   {"written without blanks: %s", "时间中不能有空格：%s"},
	recordset.BackwardRange: {"%s runs backwards", "%s 前后颠倒"},
	recordset.NotARegexp:    {"%s is no regular expression that can be used here; in quotes it is text", "%s 不是可用的正则表达式；加引号则按文字查找"},
	recordset.NotAPattern:   {"%s is no pattern id: letters a to z and digits 2 to 7", "%s 不是模式编号：字母 a 至 z 和数字 2 至 7"},
}

var didYouMean = Sentence{"; did you mean %s?", "；是否想输入 %s？"}

var fieldsAre = Sentence{"the fields are %s; in quotes it is text", "可用字段：%s；加引号则按文字查找"}

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
	s, ok := filterReasons[e.Reason]
	if !ok {
		return e.Error()
	}
	if e.Reason == recordset.BlankInTime {
		return l.Say(s, e.Near)
	}
	text := l.Say(s, e.Text)
	if e.Near != "" {
		text += l.Say(didYouMean, e.Near)
	}
	return text
}
