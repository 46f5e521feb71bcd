package words

import (
	"fmt"
	"time"
)

// About is a duration a person plans with: 2 s, 3 min.
func About(l Lang, d time.Duration) string {
	switch {
	case d < time.Second:
		return l.Say(Sentence{"1 s", "1 秒"})
	case d < 90*time.Second:
		return l.Say(Sentence{"%d s", "%d 秒"}, int(d.Round(time.Second)/time.Second))
	}
	return l.Say(Sentence{"%d min", "%d 分钟"}, int(d.Round(time.Minute)/time.Minute))
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

// Compact is n in at most w columns, five at least: exact where it fits, else
// 73.3k and 1.2M, or in Chinese 7.3万 and 1.2亿.
func Compact(l Lang, n, w int) string {
	units := []compactUnit{{1e9, "G", 1}, {1e6, "M", 1}, {1e3, "k", 1}}
	if l == Chinese {
		units = []compactUnit{{1e8, "亿", 2}, {1e4, "万", 2}}
	}
	text := Number(n)
	if len(text) <= w {
		return text
	}
	for i, u := range units {
		v := float64(n) / u.of
		if v < 0.9995 {
			continue
		}
		if text = fmt.Sprintf("%.1f", v); len(text)+u.width > w {
			text = fmt.Sprintf("%.0f", v)
		}
		if len(text)+u.width > w && i > 0 { // rounded up to a digit more
			text, u = fmt.Sprintf("%.1f", float64(n)/units[i-1].of), units[i-1]
		}
		return text + u.name
	}
	return text
}

type compactUnit struct {
	of    float64
	name  string
	width int // of the name, in columns
}

// Covered says which part of the rows a number comes from.
func Covered(l Lang, covered, of int) string {
	return l.Say(Sentence{"from %s", "基于 %s"}, HereOf(l, covered, of))
}
