package detail

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/exp/golden"
	"github.com/stretchr/testify/require"

	"bounceboard/sendcloud"
	"bounceboard/sendcloud/recordset"
	"bounceboard/theme"
	"bounceboard/ui/words"
)

// refusals are the rows of one pattern: two IPs, many tickets, two receivers.
func refusals(t *testing.T) (recordset.Snapshot, recordset.Summary) {
	t.Helper()
	set := recordset.New(recordset.ByRules(rules()))
	for i := range 60 {
		ip := "203.0.113.9"
		if i%20 == 0 {
			ip = "203.0.113.11"
		}
		r := record(sendcloud.SoftBounce, 505, fmt.Sprintf("user%d@%s", i, []string{"qq.com", "qq.com", "foxmail.com"}[i%3]),
			fmt.Sprintf("550 Ip frequency limited [ticket %d Blocked IP %s]. https://mail.example.com/help?no=1000725", 1000+i, ip))
		r.RequestTime = noon.Add(time.Duration(i) * time.Minute)
		set.Append(r)
	}
	require.NoError(t, set.Mine(t.Context()))
	snap := set.Snapshot()
	p, ok := snap.Pattern(0)
	require.True(t, ok)
	sum, covered, err := snap.PatternOf(t.Context(), snap.All(), p.ID, 1000)
	require.NoError(t, err)
	require.Equal(t, 60, covered)
	return snap, sum
}

func TestPatternCards(t *testing.T) {
	for _, lang := range []words.Lang{words.English, words.Chinese} {
		for _, size := range [][2]int{{80, 20}, {120, 36}, {30, 9}} {
			t.Run(fmt.Sprintf("%s-%dx%d", lang, size[0], size[1]), func(t *testing.T) {
				snap, sum := refusals(t)
				c := NewPattern(theme.New(theme.Dark, false), lang, false)
				c.SetSize(size[0], size[1])
				c.Show(snap, sum, sum.Count)
				golden.RequireEqual(t, []byte(c.View()))
			})
		}
	}
}

func TestAPatternSeenOnceSaysOneMoment(t *testing.T) {
	snap, sum := refusals(t)
	c := NewPattern(theme.New(theme.Dark, false), words.English, false)
	c.SetSize(120, 36)
	sum.Last = sum.First
	c.Show(snap, sum, sum.Count)
	require.Contains(t, ansi.Strip(c.View()), minute(sum.First))
	require.NotContains(t, ansi.Strip(c.View()), minute(sum.First)+" –")
}

// A person scrolls through every line of it, and another pattern begins at its
// top.
func TestAPatternIsShownWhole(t *testing.T) {
	snap, sum := refusals(t)
	c := NewPattern(theme.New(theme.Dark, false), words.English, false)
	c.SetSize(60, 12)
	require.Contains(t, ansi.Strip(c.View()), "loading")
	c.Show(snap, sum, sum.Count)
	var seen strings.Builder
	for range 60 {
		seen.WriteString(ansi.Strip(c.View()))
		c.Scroll(1)
	}
	whole := strings.Join(strings.Fields(seen.String()), "")
	for _, part := range []string{sum.Text, "203.0.113.11 (3)", "user59@foxmail.com", snap.Record(59).SendLog, "60 of 60 rows"} {
		require.Contains(t, whole, strings.Join(strings.Fields(part), ""))
	}
	other := sum
	other.ID = "aaaaaaaaaa"
	c.Show(snap, other, sum.Count)
	require.Contains(t, ansi.Strip(c.View()), "aaaaaaaaaa")
	c.Clear()
	require.Contains(t, ansi.Strip(c.View()), "loading")
}
