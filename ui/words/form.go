package words

import (
	"strconv"
	"time"

	"bounceboard/keymap"
	"bounceboard/sendcloud"
)

// What the form says.
var (
	FormTitle       = Sentence{"Query", "查询条件"}
	FormClock       = Sentence{"dates are UTC+08:00", "日期为 UTC+08:00"}
	FormAny         = Sentence{"any", "不限"}
	FormAllFailures = Sentence{"all failures (%d codes)", "全部失败（%d 个代码）"}
	FormCost        = Sentence{"costs %s at most", "最多 %s"}
	FormNoCost      = Sentence{"the cost is known once this is complete", "填写完整后显示调用次数"}
	FormStopped     = Sentence{"%s: correct it to search", "%s有误，改正后才能查询"}
	FormFailed      = Sentence{"the cost is not known: %v", "无法估算调用次数：%v"}

	weekdays = pairs("weekdays")
)

// FormItems is how many items stand in a field.
func FormItems(l Lang, p sendcloud.Param, n int) string {
	switch p {
	case sendcloud.ParamEmail:
		return l.Plural(n, "address", "addresses", "个地址")
	case sendcloud.ParamEmailIDs:
		return l.Plural(n, "id", "ids", "个 ID")
	}
	return l.Plural(n, "user", "users", "个发信账号")
}

// FormHint says what fits into a field.
func FormHint(l Lang, p sendcloud.Param) string {
	return l.Say(parameters[string(p)][1].With(keymap.Default()))
}

// Weekday is the name of a day of the week.
func Weekday(l Lang, day time.Weekday) string { return l.Say(weekdays[strconv.Itoa(int(day))]) }
