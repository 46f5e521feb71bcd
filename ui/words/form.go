package words

import (
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
)

// FormHint says what fits into a field.
func FormHint(l Lang, p sendcloud.Param) string {
	return l.Say(parameters[string(p)][1].With(keymap.Default()))
}
