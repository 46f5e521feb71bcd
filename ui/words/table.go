package words

import (
	"fmt"
	"time"
)

// The heads of the table's columns.
var (
	LabelSubShort = Sentence{"sub", "子状态"}
	LabelTook     = Sentence{"took", "用时"}
	RowMissing    = Sentence{"not loaded", "未读取"}
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

var durationUnits = []struct {
	seconds int
	name    Sentence
}{
	{86400, Sentence{"d", "天"}}, {3600, Sentence{"h", "小时"}}, {60, Sentence{"min", "分钟"}}, {1, Sentence{"s", "秒"}},
}

// Duration is a duration in a sentence, to two units: 8 s, 4 min 12 s, 3 h 5 min,
// 2 d 4 h.
func Duration(l Lang, d time.Duration) string {
	s := max(0, int(d.Round(time.Second)/time.Second))
	i := 0
	for i < len(durationUnits)-1 && s < durationUnits[i].seconds {
		i++
	}
	u := durationUnits[i]
	text := fmt.Sprintf("%d %s", s/u.seconds, l.Say(u.name))
	if rest := s % u.seconds; rest > 0 {
		if next := durationUnits[i+1]; rest >= next.seconds {
			text += fmt.Sprintf(" %d %s", rest/next.seconds, l.Say(next.name))
		}
	}
	return text
}
