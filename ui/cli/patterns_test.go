package cli

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"bounceboard/sendcloud/pattern"
	"bounceboard/sendcloud/sendcloudtest"
)

type minedPattern struct {
	ID      string  `json:"id"`
	Count   int     `json:"count"`
	Share   float64 `json:"share"`
	Cause   string  `json:"cause"`
	Pattern string  `json:"pattern"`
	First   string  `json:"first"`
	Last    string  `json:"last"`
	Domains []struct {
		Value string
		Count int
	} `json:"domains"`
	Variables []struct {
		Kind   string
		Few    bool
		Values []struct {
			Value string
			Count int
		}
	} `json:"variables"`
	Samples []struct {
		EmailID string `json:"emailId"`
		SendLog string `json:"sendLog"`
	} `json:"samples"`
}

func TestPatternsTakeTheRepliesApart(t *testing.T) {
	srv := service(t, sendcloudtest.Options{Records: 30_000})
	path, text := spooledRows(t, srv)
	want, total := map[string]int{}, 0
	for r := range srv.Records() {
		if r.Requested.Format("2006-01-02") > lastDays(srv, 7) {
			p, _ := pattern.Of(r.SendLog)
			want[string(pattern.IDOf(p))]++
			total++
		}
	}
	require.Equal(t, total, strings.Count(text, "\n"))
	got := world{}.run(t, "patterns", "--from", path, "--format", "json")
	require.Zero(t, got.status, got.err)
	var list []minedPattern
	require.NoError(t, json.Unmarshal([]byte(got.out), &list))
	counts, few := map[string]int{}, 0
	for i, p := range list {
		counts[p.ID] = p.Count
		require.Len(t, p.ID, 10)
		require.InDelta(t, float64(p.Count)/float64(total), p.Share, 1e-5)
		require.NotEmpty(t, p.Pattern)
		require.NotEmpty(t, p.Domains)
		require.NotEmpty(t, p.Samples)
		require.LessOrEqual(t, p.First, p.Last)
		for _, s := range p.Samples {
			again, _ := pattern.Of(s.SendLog)
			require.Equal(t, p.Pattern, again, "a sample of another pattern")
		}
		if i > 0 {
			require.GreaterOrEqual(t, list[i-1].Count, p.Count)
		}
		for _, v := range p.Variables {
			if v.Few {
				few++
			}
		}
	}
	require.Equal(t, want, counts)
	require.Positive(t, few, "no variable with few values")
	require.Contains(t, got.err, "counted over")

	all := world{env: accountAt(srv)}.run(t, "patterns", "--all", "--days", "7", "--format", "json")
	require.Equal(t, got.out, all.out, "fetched and from a file are not the same")

	keys := world{}.run(t, "patterns", "--from", path).out
	require.True(t, strings.HasPrefix(keys, `{"id":"`+list[0].ID+`","count":`), keys[:60])
	order := []string{`"id"`, `"count"`, `"share"`, `"cause"`, `"pattern"`, `"first"`, `"last"`}
	at := -1
	for _, key := range order {
		next := strings.Index(keys, key)
		require.Greater(t, next, at, "%s is not in its place", key)
		at = next
	}
	rows, err := csv.NewReader(strings.NewReader(world{}.run(t, "patterns", "--from", path, "--format", "csv").out)).ReadAll()
	require.NoError(t, err)
	require.Len(t, rows, len(list)+1)
	require.Equal(t, []string{"id", "count", "share", "cause", "pattern", "first", "last"}, rows[0][:7])
	table := world{}.run(t, "patterns", "--from", path, "--format", "table").out
	require.Equal(t, len(list)+1, strings.Count(table, "\n"))
}

func TestOnePatternByItsPrefix(t *testing.T) {
	srv := service(t, sendcloudtest.Options{Records: 4000})
	path, _ := spooledRows(t, srv)
	var list []minedPattern
	require.NoError(t, json.Unmarshal([]byte(world{}.run(t, "patterns", "--from", path, "--format", "json").out), &list))
	one := list[1]
	for n := 10; n >= 5; n -= 5 {
		got := world{}.run(t, "patterns", "--from", path, "--format", "json", strings.ToUpper(one.ID[:n]))
		require.Zero(t, got.status, got.err)
		var found []minedPattern
		require.NoError(t, json.Unmarshal([]byte(got.out), &found))
		require.Equal(t, []minedPattern{one}, found)
	}
	for _, lang := range []string{"en", "zh"} {
		card := world{}.run(t, "patterns", "--from", path, "--format", "table", "--lang", lang, one.ID[:6])
		require.Zero(t, card.status, card.err)
		whole := strings.Join(strings.Fields(card.out), "") // lines are as wide as a card
		for _, part := range []string{one.ID, one.Pattern, one.Domains[0].Value, one.Samples[0].SendLog} {
			require.Contains(t, whole, strings.Join(strings.Fields(part), ""))
		}
	}
	wide := strings.Map(func(r rune) rune { return r - '!' + '！' }, list[0].ID)
	require.Equal(t, world{}.run(t, "patterns", "--from", path, list[0].ID), world{}.run(t, "patterns", "--from", path, wide), "an input method was on")
	world{}.run(t, "patterns", "--from", path, "zzzzzzzzzz").oneSentence(t, exitFailed, "zzzzzzzzzz")
}

func TestPatternsRefuseBeforeTheyAsk(t *testing.T) {
	srv := service(t, sendcloudtest.Options{Records: 50})
	for name, c := range map[string]struct {
		args []string
		want []string
	}{
		"no rows":  {nil, []string{"--all", "--from"}},
		"a page":   {[]string{"--all", "--start", "5"}, []string{"--start"}},
		"a filter": {[]string{"--all", "--filter", `said:"x`}, []string{"--filter"}},
	} {
		t.Run(name, func(t *testing.T) {
			world{env: accountAt(srv)}.run(t, append([]string{"patterns"}, c.args...)...).oneSentence(t, exitUsage, c.want...)
		})
	}
	require.Zero(t, srv.CallCount())
}

// list --explain tells the pattern of each row, by which patterns and --filter
// find it.
func TestExplainTellsThePattern(t *testing.T) {
	srv := service(t, sendcloudtest.Options{Records: 1000})
	path, _ := spooledRows(t, srv)
	got := world{}.run(t, "list", "--from", path, "--explain")
	require.Zero(t, got.status, got.err)
	counts := map[string]int{}
	for line := range strings.Lines(got.out) {
		var row struct {
			SendLog string `json:"sendLog"`
			Pattern string `json:"pattern"`
		}
		require.NoError(t, json.Unmarshal([]byte(line), &row))
		p, _ := pattern.Of(row.SendLog)
		require.Equal(t, string(pattern.IDOf(p)), row.Pattern)
		require.True(t, strings.HasSuffix(line, `,"pattern":"`+row.Pattern+`"}`+"\n"), "not the last column: %s", line)
		counts[row.Pattern]++
	}
	for id, n := range counts {
		narrowed := world{}.run(t, "list", "--from", path, "--filter", "pattern:"+id)
		require.Equal(t, n, strings.Count(narrowed.out, "\n"), "%s: %s", id, fmt.Sprint(narrowed.err))
	}
}

// What is not counted to its end does not look like a whole number.
func TestPatternsMarkWhatIsNotCountedToItsEnd(t *testing.T) {
	var rows strings.Builder
	write := func(n int, reply func(i int) string) {
		for i := range n {
			fmt.Fprintf(&rows, `{"emailId":"%d","status":"invalid","recipients":"a@d%d.example","requestTime":"2026-11-23T09:00:00+08:00","sendLog":%q}`+"\n",
				rows.Len(), i%28, reply(i))
		}
	}
	write(2028, func(i int) string { return fmt.Sprintf("550 refused [192.0.2.%d] id %d", i%3, 100000+i) })
	write(64, func(i int) string { return fmt.Sprintf("550 full %d", 100000+i) })
	type variable struct {
		Slot, Distinct, Sampled int
		AtLeast                 bool
	}
	var list []struct {
		Count       int
		Domains     []any
		DomainCount int
		Variables   []variable
	}
	got := world{in: strings.NewReader(rows.String())}.run(t, "patterns", "--from", "-", "--format", "json")
	require.NoError(t, json.Unmarshal([]byte(got.out), &list), got.err)
	require.Len(t, list, 2)
	require.Equal(t, 28, list[0].DomainCount)
	require.Len(t, list[0].Domains, 20)
	require.Equal(t, []variable{{0, 3, 2000, true}, {1, 64, 2000, true}}, list[0].Variables)
	require.Equal(t, 64, list[1].Count)
	require.Equal(t, []variable{{0, 64, 64, false}}, list[1].Variables, "64 values are 64")
	table := world{in: strings.NewReader(rows.String())}.run(t, "patterns", "--from", "-", "--format", "csv").out
	records, err := csv.NewReader(strings.NewReader(table)).ReadAll()
	require.NoError(t, err)
	require.Equal(t, []string{"domains", "domainCount"}, records[0][8:10])
	require.Equal(t, "28", records[1][9])
}
