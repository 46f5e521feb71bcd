package detail

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/exp/golden"
	"github.com/stretchr/testify/require"

	"bounceboard/keymap"
	"bounceboard/sendcloud"
	"bounceboard/sendcloud/pattern"
	"bounceboard/sendcloud/recordset"
	"bounceboard/theme"
	"bounceboard/ui/pane"
	"bounceboard/ui/screen"
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
	all, _, err := snap.Patterns(t.Context(), snap.All(), 1)
	require.NoError(t, err)
	sum, covered, err := snap.PatternOf(t.Context(), snap.All(), all[0].ID, 1000)
	require.NoError(t, err)
	require.Equal(t, 60, covered)
	return snap, sum
}

func patternPage(lang words.Lang, id pattern.ID) *Pattern {
	return NewPattern(theme.New(theme.Dark, false), lang, false, nil, id)
}

// say shows a summary over all rows of the pattern.
func (p *Pattern) say(snap recordset.Snapshot, sum recordset.Summary) {
	p.said = &summary{sum, snap, sum.Count}
	p.Resize(p.W, p.H)
}

func TestPatternCards(t *testing.T) {
	for _, lang := range []words.Lang{words.English, words.Chinese} {
		for _, size := range [][2]int{{80, 20}, {120, 36}, {30, 9}} {
			t.Run(fmt.Sprintf("%s-%dx%d", lang, size[0], size[1]), func(t *testing.T) {
				snap, sum := refusals(t)
				c := patternPage(lang, sum.ID)
				c.Resize(size[0], size[1])
				c.say(snap, sum)
				golden.RequireEqual(t, []byte(view(c)))
			})
		}
	}
}

func TestAPatternSeenOnceSaysOneMoment(t *testing.T) {
	snap, sum := refusals(t)
	c := patternPage(words.English, sum.ID)
	c.Resize(120, 36)
	sum.Last = sum.First
	c.say(snap, sum)
	require.Contains(t, ansi.Strip(view(c)), minute(sum.First))
	require.NotContains(t, ansi.Strip(view(c)), minute(sum.First)+" –")
}

// A person scrolls through every line of it, and another pattern begins at its
// top.
func TestAPatternIsShownWhole(t *testing.T) {
	snap, sum := refusals(t)
	c := patternPage(words.English, sum.ID)
	c.Resize(60, 12)
	require.Contains(t, ansi.Strip(view(c)), "loading")
	c.say(snap, sum)
	var seen strings.Builder
	for range 60 {
		seen.WriteString(ansi.Strip(view(c)))
		c.Press(keymap.Down, "")
	}
	whole := strings.Join(strings.Fields(seen.String()), "")
	for _, part := range []string{sum.Text, "203.0.113.11 (3)", "user59@foxmail.com", snap.Record(59).SendLog, "60 of 60 rows"} {
		require.Contains(t, whole, strings.Join(strings.Fields(part), ""))
	}
}

// The page counts by itself, narrows to its rows and copies its id.
func TestKeysOfThePattern(t *testing.T) {
	snap, sum := refusals(t)
	c := NewPattern(theme.New(theme.Dark, false), words.English, false, func() pane.Rows { return pane.Rows{Snapshot: snap, Selection: snap.All()} }, sum.ID)
	c.Resize(80, 20)
	e := c.Refresh()
	require.True(t, e.Run[0].Wait, "rows that come cancel the count under way")
	result, err := e.Run[0].Run(t.Context(), nil)
	require.NoError(t, err)
	e.Run[0].Done(result, nil)
	require.Contains(t, ansi.Strip(view(c)), "60 of 60 rows")
	id := string(sum.ID)
	require.Equal(t, screen.Effect{Pop: true, Filter: &screen.Step{Term: "pattern:" + id, Text: "reply pattern: " + id}}, c.Press(keymap.Take, ""))
	require.Equal(t, "!pattern:"+id, c.Press(keymap.Exclude, "").Filter.Term)
	require.Equal(t, &screen.Copy{What: "pattern id", Text: id, Rows: 1}, c.Press(keymap.CopyPattern, "").Copy)
	require.True(t, c.Press(keymap.Back, "").Pop)
}
