package recordset

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"bounceboard/sendcloud"
)

func contextEnded(t testing.TB) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	return ctx, cancel
}

// valueOf is a column's value the slow way.
func valueOf(s Snapshot, row int, c Column) string {
	r := s.Record(row)
	e, _ := s.Explained(row)
	p, _ := s.Pattern(row)
	switch c {
	case ByStatus:
		return r.Status.String()
	case BySubStatus:
		if r.SubStatus == 0 {
			return ""
		}
		return fmt.Sprint(int(r.SubStatus))
	case ByCause:
		return e.Cause
	case ByPermanence:
		return e.Permanence
	case ByProvider:
		return e.Provider
	case ByParty:
		return e.Party
	case ByCode:
		return e.Code
	case ByContradicts:
		return map[bool]string{true: "yes"}[e.Contradicts]
	case ByRefusedIP:
		return e.RefusedIP
	case ByPattern:
		return string(p.ID)
	case ByDomain:
		return strings.ToLower(r.Recipients[strings.IndexByte(r.Recipients, '@')+1:])
	case ByAPIUser:
		return r.APIUser
	case ByHour:
		return r.RequestTime.Format("15")
	case ByDay:
		return r.RequestTime.Format("2006-01-02")
	case ByTook:
		d, ok := r.Took()
		if !ok {
			return ""
		}
		for _, b := range tookBounds[:len(tookBounds)-1] {
			if uint32(d/time.Second) < b.seconds {
				return b.value
			}
		}
	}
	panic(c)
}

func TestFacetsCountWhatIsThere(t *testing.T) {
	const mined = 3000
	s, _ := made(mined, told)
	require.NoError(t, s.Mine(t.Context()))
	m := newMaker()
	for range 2000 {
		r := m.record()
		r.EmailID = ""
		s.Append(r)
	}
	snap := s.Snapshot()
	part, err := snap.Narrow(t.Context(), mustParse(t, "domain:q* !gsmtp"), nil)
	require.NoError(t, err)
	for _, c := range Facets() {
		for name, sel := range map[string]Selection{"all": snap.All(), "part": part.Rows, "none": {}} {
			want, covered := map[string]int{}, 0
			for row := range sel.Rows() {
				if row < mined || !c.NeedsMining() {
					want[valueOf(snap, row, c)]++
					covered++
				}
			}
			got, n, err := snap.Count(t.Context(), sel, c)
			require.NoError(t, err)
			require.Equal(t, want, got, "%s by %s", name, c)
			require.Equal(t, covered, n, "%s by %s", name, c)

			f, err := snap.Facet(t.Context(), sel, c, ByCount)
			require.NoError(t, err)
			require.Equal(t, sel.Len(), f.Selected)
			require.Equal(t, covered, f.Covered)
			require.Len(t, f.Values, len(want))
			require.True(t, slices.IsSortedFunc(f.Values, func(a, b Value) int { return b.Count - a.Count }), "%s by %s", name, c)
			for _, v := range f.Values {
				require.Equal(t, want[v.Value], v.Count)
				require.InDelta(t, float64(v.Count)/float64(covered), v.Share, 1e-12)
			}
		}
	}
}

// However rows came, changed and were mined since an earlier result, going on
// from it gives what counting anew gives.
func TestGoingOnIsCountingAnew(t *testing.T) {
	m := newMaker()
	records := make([]sendcloud.Record, 3000)
	for i := range records {
		records[i] = m.record()
	}
	rapid.Check(t, func(rt *rapid.T) {
		s := New(told)
		next := 0
		var sorted *Sorted
		o := Order{By: rapid.SampledFrom([]Column{ByStatus, ByCause, ByReply, ByEmailID, ByTook}).Draw(rt, "order"), Descending: rapid.Bool().Draw(rt, "descending")}
		filter := mustParse(t, rapid.SampledFrom([]string{"", "domain:q*", "mx1", "!gsmtp status:delivered"}).Draw(rt, "filter"))
		for range rapid.IntRange(1, 6).Draw(rt, "steps") {
			switch rapid.IntRange(0, 3).Draw(rt, "step") {
			case 0, 1:
				for range rapid.SampledFrom([]int{1, 70, 500}).Draw(rt, "more") {
					s.Append(records[next%len(records)])
					next++
				}
			case 2:
				require.NoError(rt, s.Mine(t.Context()))
			case 3:
				if next > 0 {
					r := records[rapid.IntRange(0, next-1).Draw(rt, "again")%len(records)]
					r.ModifiedTime, r.SendLog, r.Status = r.ModifiedTime.Add(time.Duration(next)*time.Hour), "550 changed", sendcloud.SoftBounce
					s.Append(r)
				}
			}
			snap := s.Snapshot()
			n, err := snap.Narrow(t.Context(), filter, nil)
			require.NoError(rt, err)
			whole, err := snap.Sort(t.Context(), n.Rows, o, nil)
			require.NoError(rt, err)
			sorted, err = snap.Sort(t.Context(), n.Rows, o, sorted)
			require.NoError(rt, err)
			require.Equal(rt, whole.Rows, sorted.Rows)
		}
	})
}

// A facet's value narrows to its rows and excludes them, for every column.
func TestFacetValuesNarrow(t *testing.T) {
	s, _ := made(2000, told)
	s.Append(sendcloud.Record{Recipients: "nobody"})
	s.Append(sendcloud.Record{EmailID: "y", Recipients: "a@x.cn", Status: sendcloud.Invalid, SubStatus: 410}) // not documented
	s.Append(sendcloud.Record{EmailID: "z", Recipients: "a@x.cn", Status: sendcloud.Invalid, SubStatusText: "new one"})
	require.NoError(t, s.Mine(t.Context()))
	snap := s.Snapshot()
	for _, c := range Facets() {
		f, err := snap.Facet(t.Context(), snap.All(), c, ByValue)
		require.NoError(t, err)
		require.NotEmpty(t, f.Values, "%s", c)
		for _, v := range f.Values {
			in, err := snap.Narrow(t.Context(), mustParse(t, Term(c, v.Value)), nil)
			require.NoError(t, err)
			require.Equal(t, v.Count, in.Rows.Len(), "%s %q as %s", c, v.Value, Term(c, v.Value))
			out, err := snap.Narrow(t.Context(), mustParse(t, Not(Term(c, v.Value))), nil)
			require.NoError(t, err)
			require.Equal(t, snap.Len()-v.Count, out.Rows.Len(), "%s not %q", c, v.Value)
		}
	}
}

func TestLiftPutsTheOddOneFirst(t *testing.T) {
	s := New(nil)
	add := func(n int, domain, log string) {
		for range n {
			s.Append(sendcloud.Record{Recipients: "a@" + domain, SendLog: log})
		}
	}
	add(1000, "qq.com", "ok")
	add(500, "163.com", "ok")
	add(100, "qq.com", "bad")
	add(90, "corp.example.com", "bad")
	add(10, "corp.example.com", "ok")
	add(1, "rare.example.com", "bad")
	snap := s.Snapshot()
	bad, err := snap.Narrow(t.Context(), mustParse(t, "bad"), nil)
	require.NoError(t, err)
	f, err := snap.Facet(t.Context(), bad.Rows, ByDomain, ByLift)
	require.NoError(t, err)
	require.Equal(t, []string{"corp.example.com", "rare.example.com", "qq.com"}, []string{f.Values[0].Value, f.Values[1].Value, f.Values[2].Value})
	v := f.Values[0]
	require.InDelta(t, 90.0/191, v.Share, 1e-9)
	require.InDelta(t, 10.0/1510, v.Rest, 1e-9)
	require.InDelta(t, 70, v.Lift, 5)
	require.Less(t, f.Values[2].Lift, 1.0)

	whole, err := snap.Facet(t.Context(), snap.All(), ByDomain, ByLift)
	require.NoError(t, err)
	for _, v := range whole.Values {
		require.Equal(t, 1.0, v.Lift, "without a rest nothing stands out")
	}
}

func TestHistogramIsStackedByStatus(t *testing.T) {
	s, records := made(4000, nil)
	s.Append(sendcloud.Record{EmailID: "undated"})
	snap := s.Snapshot()
	for _, most := range []int{1000, 60, 10, 1} {
		h, err := snap.Histogram(t.Context(), snap.All(), most)
		require.NoError(t, err)
		require.LessOrEqual(t, len(h.Bars), most)
		require.Equal(t, 1, h.Undated)
		require.Equal(t, map[int]time.Duration{1000: time.Hour, 60: 24 * time.Hour, 10: 72 * time.Hour, 1: 30 * 24 * time.Hour}[most], h.Step)
		want := make([]Bar, len(h.Bars))
		for i := range want {
			want[i].From, want[i].To = h.Bars[i].From, h.Bars[i].To
			require.Zero(t, h.Bars[i].From.Minute())
			if i > 0 {
				require.Equal(t, h.Bars[i-1].To, h.Bars[i].From)
			}
		}
		for _, r := range records {
			i := slices.IndexFunc(want, func(b Bar) bool { return !r.RequestTime.Before(b.From) && r.RequestTime.Before(b.To) })
			require.GreaterOrEqual(t, i, 0)
			want[i].add(r.Status)
		}
		require.Equal(t, want, h.Bars)
		require.NotZero(t, h.Bars[0].Total())
		require.NotZero(t, h.Bars[len(h.Bars)-1].Total())

		in, err := snap.Narrow(t.Context(), mustParse(t, Between(h.Bars[0].From, h.Bars[0].To)), nil)
		require.NoError(t, err)
		require.Equal(t, h.Bars[0].Total(), in.Rows.Len(), "a bar narrows to its rows")
	}
	h, err := snap.Histogram(t.Context(), Selection{}, 60)
	require.NoError(t, err)
	require.Empty(t, h.Bars)
}

func TestPatternSummaries(t *testing.T) {
	s, records := made(3000, told)
	base := time.Date(2026, 11, 20, 0, 0, 0, 0, sendcloud.Zone)
	for i := range 50 {
		s.Append(sendcloud.Record{SubStatus: 505, Recipients: fmt.Sprintf("u%d@%s", i, []string{"a.cn", "a.cn", "b.cn"}[i%3]), RequestTime: base.Add(time.Duration(i) * time.Minute),
			SendLog: fmt.Sprintf("refused [203.0.113.9] by mx%d.qq.com, ticket %d", i%40, i)})
	}
	require.NoError(t, s.Mine(t.Context()))
	snap := s.Snapshot()
	all, covered, err := snap.Patterns(t.Context(), snap.All(), 1000)
	require.NoError(t, err)
	require.Equal(t, 3050, covered)
	sum := 0
	for _, p := range all {
		sum += p.Count
	}
	require.Equal(t, covered, sum)
	counts, _, err := snap.Count(t.Context(), snap.All(), ByPattern)
	require.NoError(t, err)
	require.Len(t, all, len(counts))

	i := slices.IndexFunc(all, func(p Summary) bool { return strings.HasPrefix(p.Text, "refused") })
	require.GreaterOrEqual(t, i, 0)
	p := all[i]
	require.Equal(t, "refused [{ip}] by {host}, ticket {*}", p.Text)
	require.Equal(t, 50, p.Count)
	require.Equal(t, base, p.First)
	require.Equal(t, base.Add(49*time.Minute), p.Last)
	require.Equal(t, []Count{{"blocked", 50}}, p.Causes)
	require.Len(t, p.Permanences, 1)
	require.Equal(t, []Count{{"a.cn", 34}, {"b.cn", 16}}, p.Domains)
	require.Equal(t, []int{3000, 3025, 3049}, p.Samples)
	require.Len(t, p.Variables, 3)
	require.True(t, p.Variables[0].Few(), "one IP: %+v", p.Variables[0])
	require.Equal(t, []Count{{"203.0.113.9", 50}}, p.Variables[0].Values)
	require.False(t, p.Variables[1].Few())
	require.Equal(t, 40, p.Variables[1].Distinct)
	require.Equal(t, 50, p.Variables[2].Distinct)

	few, _, err := snap.Patterns(t.Context(), snap.All(), 10)
	require.NoError(t, err)
	require.LessOrEqual(t, few[i].Variables[0].Rows, 11, "rows looked at for variables")
	require.Equal(t, few[i].Count, 50)
	_ = records

	half, err := snap.Narrow(t.Context(), mustParse(t, "domain:a.cn"), nil)
	require.NoError(t, err)
	part, covered, err := snap.PatternOf(t.Context(), half.Rows, p.ID, 1000)
	require.NoError(t, err)
	require.Equal(t, half.Rows.Len(), covered)
	require.Equal(t, 34, part.Count)
	require.InDelta(t, 34/float64(covered), part.Share, 1e-12, "not the share of the selection")
	require.Equal(t, []Count{{"a.cn", 34}}, part.Domains)
	whole, _, err := snap.PatternOf(t.Context(), snap.All(), p.ID, 1000)
	require.NoError(t, err)
	require.Equal(t, p, whole)
	none, _, err := snap.PatternOf(t.Context(), snap.All(), "aaaaaaaaaa", 1000)
	require.NoError(t, err)
	require.Zero(t, none.Count)
}

// A cause's permanences are those of its rows in the selection, and no others.
func TestCausesTellTheirPermanences(t *testing.T) {
	explain := func(r sendcloud.Record) Explained {
		cause, permanence, _ := strings.Cut(r.SendLog, " ")
		return Explained{Cause: cause, Permanence: permanence}
	}
	s := New(explain)
	for i, reply := range []string{"blocked permanent", "blocked permanent", "blocked temporary", "full temporary"} {
		s.Append(sendcloud.Record{EmailID: fmt.Sprint(i), Recipients: fmt.Sprintf("u%d@x.cn", i), SendLog: reply})
	}
	require.NoError(t, s.Mine(t.Context()))
	snap := s.Snapshot()
	told := func(rows Selection) map[string][]string {
		f, err := snap.Facet(t.Context(), rows, ByCause, ByCount)
		require.NoError(t, err)
		of := map[string][]string{}
		for _, v := range f.Values {
			of[v.Value] = v.Permanences
		}
		return of
	}
	require.Equal(t, map[string][]string{"blocked": {"permanent", "temporary"}, "full": {"temporary"}}, told(snap.All()))
	require.Equal(t, map[string][]string{"blocked": {"temporary"}}, told(SelectionOf(2)))
}

func TestSelections(t *testing.T) {
	a, b := SelectionOf(1, 64, 200), SelectionOf(64, 65, 1000)
	require.Equal(t, []int{64}, rowsOf(a.And(b)))
	require.Equal(t, []int{1, 64, 65, 200, 1000}, rowsOf(a.Or(b)))
	require.Equal(t, []int{1, 200}, rowsOf(a.Without(b)))
	require.Equal(t, []int{1, 64}, rowsOf(a.Toggled(200)))
	require.Equal(t, []int{1, 64, 200, 5000}, rowsOf(a.Toggled(5000)))
	require.Equal(t, []int{1, 64, 200}, rowsOf(a), "a selection is a value")
	require.Equal(t, 4, a.Toggled(5000).Len())
	require.False(t, a.Has(-1))
	v := View{200, 5, 64, 1}
	require.Equal(t, 2, v.Index(64))
	require.Equal(t, -1, v.Index(7))
	require.Equal(t, []int{3, 4, 5}, rowsOf(rangeOf(3, 6)))
	require.Equal(t, slices.Collect(maps.Keys(map[int]bool{})), slices.Collect(rangeOf(6, 6).Rows()))
}

func TestRatesNeedDeliveredAndFailedMail(t *testing.T) {
	add := func(s *Set, id, to string, status sendcloud.Status) {
		s.Append(sendcloud.Record{EmailID: id, Recipients: to, Status: status, SendLog: "550 no"})
	}
	s := New(nil)
	for i := range 30 {
		add(s, fmt.Sprint("q", i), "a@qq.com", []sendcloud.Status{sendcloud.Delivered, sendcloud.Invalid, sendcloud.SoftBounce}[i%3])
	}
	add(s, "x", "b@example.com", sendcloud.Invalid)
	add(s, "y", "b@example.net", sendcloud.Requested)
	snap := s.Snapshot()
	f, err := snap.Facet(t.Context(), snap.All(), ByDomain, ByRate)
	require.NoError(t, err)
	require.True(t, f.Rated)
	var got []string
	for _, v := range f.Values {
		got = append(got, fmt.Sprintf("%s %d/%d", v.Value, v.Rate.Failed, v.Rate.All))
	}
	require.Equal(t, []string{"qq.com 20/30", "example.com 1/1", "example.net 0/1"}, got, "one of one is less sure than 20 of 30")

	failures, err := snap.Narrow(t.Context(), mustParse(t, "status:invalid,soft_bounce"), nil)
	require.NoError(t, err)
	f, err = snap.Facet(t.Context(), failures.Rows, ByDomain, ByRate)
	require.NoError(t, err)
	require.False(t, f.Rated, "failures alone tell no rate")
	require.Zero(t, f.Values[0].Rate)
	f, err = snap.Facet(t.Context(), snap.All(), ByCause, ByCount)
	require.NoError(t, err)
	require.False(t, f.Rated)
}
