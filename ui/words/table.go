package words

import (
	"fmt"
	"time"
)

// The heads of the table's columns.
var (
	HeadStatus    = Sentence{"status", "状态"}
	HeadSub       = Sentence{"sub", "子状态"}
	HeadCause     = Sentence{"cause", "原因"}
	HeadRecipient = Sentence{"recipient", "收件人"}
	HeadRequested = Sentence{"requested", "请求时间"}
	HeadTook      = Sentence{"took", "用时"}
	HeadUser      = Sentence{"api user", "发信账号"}
	HeadReply     = Sentence{"server said", "服务器回复"}
	RowMissing    = Sentence{"not loaded", "未读取"}
	RowLoading    = Sentence{"loading", "正在查询"}
)

// Short is a duration in at most six columns: 8s, 4m12s, 3h05m, 2d04h, 120d.
func Short(d time.Duration) string {
	s := int(d / time.Second)
	switch {
	case s < 60:
		return fmt.Sprintf("%ds", s)
	case s < 3600:
		return fmt.Sprintf("%dm%02ds", s/60, s%60)
	case s < 86400:
		return fmt.Sprintf("%dh%02dm", s/3600, s/60%60)
	case s < 100*86400:
		return fmt.Sprintf("%dd%02dh", s/86400, s/3600%24)
	}
	return fmt.Sprintf("%dd", s/86400)
}
