package words

import (
	"fmt"
	"strings"
	"time"
)

// About is a duration a person plans with: 2 s, 3 min.
func About(l Lang, d time.Duration) string {
	if d >= 90*time.Second {
		d = d.Round(time.Minute)
	}
	return Duration(l, max(d, time.Second))
}

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

// Duration is a duration in a sentence, to two units: 8 s, 4 min 12 s, 3 h 5 min, 2 d 4 h.
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

// Percent is a share in at most six columns: 64.5%, <0.1%, 100%.
func Percent(share float64) string {
	switch p := share * 100; {
	case p == 0:
		return "0%"
	case p < 0.05:
		return "<0.1%"
	case p >= 100:
		return "100%"
	case p >= 99.95:
		return "99.9%"
	default:
		return fmt.Sprintf("%.1f%%", p)
	}
}

// Compact is n in at most w columns, five at least: exact where it fits, else 73.3k and 1.2M, or in Chinese 7.3万 and 1.2亿.
func Compact(l Lang, n, w int) string {
	text := Number(n)
	if len(text) <= w {
		return text
	}
	units, wide, step := []string{"k", "M", "G"}, 1, 1e3
	if l == Chinese {
		units, wide, step = strings.Fields("万 亿"), 2, 1e4
	}
	v := float64(n)
	for i, unit := range units {
		v /= step
		for _, format := range []string{"%.1f", "%.0f"} {
			text = fmt.Sprintf(format, v) + unit
			if (v < step*0.9995 || i == len(units)-1) && len(text)-len(unit)+wide <= w {
				return text
			}
		}
	}
	return text
}

// Covered says which part of the rows a number comes from.
func Covered(l Lang, covered, of int) string {
	return l.Say(Sentence{"from %s", "基于 %s"}, HereOf(l, covered, of))
}
