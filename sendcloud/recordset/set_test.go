package recordset

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"bounceboard/sendcloud"
	"bounceboard/sendcloud/bounce"
	"bounceboard/sendcloud/pattern"
)

// drawRecord draws what a service may answer and what it should not.
func drawRecord(t *rapid.T) sendcloud.Record {
	word := rapid.SampledFrom([]string{"", "a", "A@qq.com", "wang@qq.com", "x$y@QQ.com", "1792540800", "送达", "\xff", "550 no", "00", "_", "\x00", "line\nend", strings.Repeat("z", 300), strings.Repeat("9", 600), strings.Repeat("收", 30_000)})
	text := func(name string) string {
		return strings.Join(rapid.SliceOfN(word, 0, 3).Draw(t, name), "")
	}
	moment := func(name string) time.Time {
		switch rapid.IntRange(0, 5).Draw(t, name) {
		case 0:
			return time.Time{}
		case 1:
			return time.Unix(rapid.Int64Range(-1<<40, 1<<40).Draw(t, name+" odd"), 5).In(sendcloud.Zone)
		case 2:
			return time.Unix(1792540800, 0).UTC()
		}
		return time.Unix(1792540800+rapid.Int64Range(0, 1<<21).Draw(t, name+" s"), 0).In(sendcloud.Zone)
	}
	r := sendcloud.Record{
		EmailID: text("id"), Status: rapid.SampledFrom(append(sendcloud.Statuses(), sendcloud.StatusUnknown)).Draw(t, "status"), StatusText: text("status text"),
		SubStatus: sendcloud.SubStatus(rapid.IntRange(-5, 600).Draw(t, "sub")), SubStatusText: text("sub text"), SubStatusDesc: text("desc"), APIUser: text("user"),
		Recipients: text("rcpt"), RequestTime: moment("requested"), ModifiedTime: moment("modified"), SendLog: text("log"),
	}
	if rapid.Bool().Draw(t, "usual id") {
		r.EmailID = fmt.Sprintf("%d_%d.sc-%d$%s", rapid.IntRange(0, 1e12).Draw(t, "a"), rapid.IntRange(0, 99).Draw(t, "b"), rapid.IntRange(0, 99).Draw(t, "c"), r.Recipients)
	}
	if rapid.Bool().Draw(t, "rcpt in log") {
		r.SendLog += " <" + r.Recipients + ">"
	}
	if r.RequestTime.IsZero() {
		r.RequestText = rapid.SampledFrom([]string{"", "yesterday"}).Draw(t, "request text")
	}
	return r
}

// Each email id is one row, as it was modified last; snapshots stay as they were.
func TestWhatWasAppendedComesBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		tell := func(r sendcloud.Record) Explained { return Explained{Cause: fmt.Sprint(r.Status, r.SubStatus)} }
		s := New(tell)
		var want, early []sendcloud.Record
		var before Snapshot
		var requested []uint32
		for range rapid.IntRange(1, 20).Draw(t, "rows") {
			r := drawRecord(t)
			if len(want) > 0 && rapid.IntRange(0, 3).Draw(t, "again") == 0 {
				r.EmailID = rapid.SampledFrom(want).Draw(t, "of").EmailID
			}
			here := slices.IndexFunc(want, func(o sendcloud.Record) bool { return o.EmailID == r.EmailID && r.EmailID != "" })
			row, change := s.Append(r)
			if here < 0 {
				require.Equal(t, Added, change)
				here, want = len(want), append(want, r)
			} else if now, _ := seconds(r.ModifiedTime); now > func() uint32 { n, _ := seconds(want[here].ModifiedTime); return n }() {
				require.Equal(t, Updated, change)
				want[here] = r
			} else {
				require.Equal(t, Unchanged, change)
			}
			require.Equal(t, here, row)
			if n, _ := seconds(r.RequestTime); n > 0 && change != Unchanged {
				requested = append(requested, n)
			}
			switch rapid.IntRange(0, 5).Draw(t, "then") {
			case 0:
				before, early = s.Snapshot(), slices.Clone(want)
			case 1:
				require.NoError(t, s.Mine(context.Background()))
			}
		}
		require.NoError(t, s.Mine(context.Background()))
		snap := s.Snapshot()
		require.Equal(t, len(want), snap.Len())
		if first, last := snap.Span(); len(requested) > 0 {
			require.Equal(t, at(slices.Min(requested)), first)
			require.Equal(t, at(slices.Max(requested)), last)
		} else {
			require.Zero(t, first)
		}
		for i, r := range want {
			require.Equal(t, r, snap.Record(i), "row %d", i)
			require.Equal(t, r.EmailID, snap.EmailID(i))
			e, ok := snap.Explained(i)
			require.True(t, ok)
			require.Equal(t, tell(r), e, "row %d", i)
			if found, ok := snap.Find(r.EmailID); r.EmailID != "" {
				require.True(t, ok, "email id %q is found", r.EmailID)
				require.Equal(t, i, found)
			}
		}
		for i, r := range early {
			require.Equal(t, r, before.Record(i), "row %d of the snapshot before", i)
		}
		_, ok := snap.Find("no such id")
		require.False(t, ok)
	})
}

func TestMadeRowsComeBackOverManyBlocks(t *testing.T) {
	s, records := made(3*blockRows+100, nil)
	snap := s.Snapshot()
	require.Equal(t, len(records), snap.Len())
	for i := 0; i < len(records); i += 37 {
		require.Equal(t, records[i], snap.Record(i), "row %d", i)
	}
	for _, i := range []int{0, blockRows - 1, blockRows, 3*blockRows + 99} {
		row, ok := snap.Find(records[i].EmailID)
		require.True(t, ok)
		require.Equal(t, i, row)
	}
}

// Readers see a prefix that never changes, while rows come and are mined.
func TestReadersSeeAConsistentPrefix(t *testing.T) {
	const rows = 2*blockRows + 500
	m := newMaker()
	records := make([]sendcloud.Record, rows)
	for i := range records {
		records[i] = m.record()
	}
	s := New(told)
	var wg sync.WaitGroup
	written := make(chan struct{})
	wg.Go(func() {
		defer close(written)
		for _, r := range records {
			s.Append(r)
		}
	})
	wg.Go(func() {
		for s.Snapshot().Mined() < rows {
			if err := s.Mine(t.Context()); err != nil {
				t.Error(err)
				return
			}
		}
	})
	var early Snapshot
	for done := false; !done; {
		select {
		case <-written:
			done = true
		default:
		}
		snap := s.Snapshot()
		n := snap.Len()
		if n == 0 {
			continue
		}
		if early.Len() == 0 {
			early = snap
		}
		require.Equal(t, records[n-1], snap.Record(n-1))
		require.Equal(t, records[n/2], snap.Record(n/2))
		counts, covered, err := snap.Count(t.Context(), snap.All(), ByStatus)
		require.NoError(t, err)
		require.Equal(t, n, covered)
		sum := 0
		for _, c := range counts {
			sum += c
		}
		require.Equal(t, n, sum)
		if k := snap.Mined(); k > 0 {
			p, ok := snap.Pattern(k - 1)
			require.True(t, ok)
			text, _ := pattern.Of(records[k-1].SendLog)
			require.Equal(t, text, p.Text)
		}
		_, ok := snap.Pattern(snap.Mined())
		require.False(t, ok, "a row not mined has no pattern")
	}
	wg.Wait()
	require.Equal(t, records[early.Len()-1], early.Record(early.Len()-1), "an old snapshot stays as it was")
	require.Equal(t, rows, s.Snapshot().Mined())
}

// What Mine remembers by pattern is what each row would be told by itself.
func TestMinedRowsAreExplainedAsIfOneByOne(t *testing.T) {
	byCode := func(r sendcloud.Record) Explained { return Explained{Code: ByRules(bounce.Default())(r).Code} }
	for _, explain := range []Explain{told, byCode} {
		s, records := made(5000, explain)
		require.NoError(t, s.Mine(t.Context()))
		snap := s.Snapshot()
		for i, r := range records {
			e, ok := snap.Explained(i)
			require.True(t, ok)
			require.Equal(t, explain(r), e, "row %d: %s", i, r.SendLog)
			p, _ := snap.Pattern(i)
			text, _ := pattern.Of(r.SendLog)
			require.Equal(t, Pattern{pattern.IDOf(text), text}, p)
		}
	}
}

func TestExplainIsAskedOncePerPattern(t *testing.T) {
	asked := 0
	s := New(func(r sendcloud.Record) Explained {
		asked++
		return Explained{Cause: "blocked", RefusedIP: "203.0.113." + strings.Fields(r.SendLog)[1][4:]}
	})
	for i := range 1000 {
		s.Append(sendcloud.Record{Recipients: "a@qq.com", SendLog: fmt.Sprintf("blocked 7777%d at 203.0.113.%d", i%200, i%200)})
	}
	require.NoError(t, s.Mine(t.Context()))
	require.Equal(t, 1, asked, "explanations for 1000 rows of one pattern")
	e, _ := s.Snapshot().Explained(577)
	require.Equal(t, "203.0.113.177", e.RefusedIP, "the refused IP is the row's own")
}

// However many replies a stranger makes up, memory for patterns is bounded.
func TestPatternsAreBounded(t *testing.T) {
	if testing.Short() {
		t.Skip("70,000 patterns")
	}
	s := New(nil)
	for i := range maxPatterns + 5000 {
		word := []byte("aaaaa")
		for k, n := 0, i; n > 0; k, n = k+1, n/26 {
			word[k] += byte(n % 26)
		}
		s.Append(sendcloud.Record{Recipients: "a@b.cn", SendLog: string(word)})
	}
	require.NoError(t, s.Mine(t.Context()))
	snap := s.Snapshot()
	require.LessOrEqual(t, len(snap.patterns), maxPatterns+1)
	last, _ := snap.Pattern(snap.Len() - 1)
	require.Equal(t, "{…}", last.Text)
}
