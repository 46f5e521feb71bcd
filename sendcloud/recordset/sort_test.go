package recordset

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"bounceboard/sendcloud"
)

// sortedSlowly sorts rows by what a person sees.
func sortedSlowly(s Snapshot, sel Selection, o Order) View { return sortedSlowlyRows(s, sel.View(), o) }

func sortedSlowlyRows(s Snapshot, rows View, o Order) View {
	key := func(row uint32) (text string, number int64, missing bool) {
		r := s.Record(int(row))
		switch o.By {
		case ByRecipient:
			return r.Recipients, 0, r.Recipients == ""
		case ByReply:
			return r.SendLog, 0, r.SendLog == ""
		case ByEmailID:
			return r.EmailID, 0, r.EmailID == ""
		case ByRequested:
			return "", r.RequestTime.Unix(), r.RequestTime.IsZero()
		case ByModified:
			return "", r.ModifiedTime.Unix(), r.ModifiedTime.IsZero()
		case ByTook:
			d, ok := r.Took()
			return "", int64(d), !ok
		case ByStatus:
			return "", int64(slices.Index(append(sendcloud.Statuses(), sendcloud.StatusUnknown), r.Status)), false
		}
		if r.RequestTime.IsZero() && (o.By == ByHour || o.By == ByDay) {
			return "", 0, true
		}
		v := valueOf(s, int(row), o.By)
		return v, 0, v == ""
	}
	slices.SortStableFunc(rows, func(a, b uint32) int {
		ta, na, ma := key(a)
		tb, nb, mb := key(b)
		if ma || mb {
			return cmp.Compare(map[bool]int{true: 1}[ma], map[bool]int{true: 1}[mb])
		}
		by := cmp.Or(cmp.Compare(ta, tb), cmp.Compare(na, nb))
		if o.Descending {
			by = -by
		}
		return by
	})
	return rows
}

func TestSortsByEveryColumn(t *testing.T) {
	s, _ := made(1200, told)
	for _, r := range []sendcloud.Record{{EmailID: "none", Recipients: "@"}, {EmailID: "b", Recipients: "@"}, {EmailID: "long", Recipients: "a@" + strings.Repeat("x", 400)}, {EmailID: "", Recipients: "b@c"}} {
		s.Append(r)
	}
	early := s.Snapshot()
	m := newMaker() // the same rows again: ties
	for range 500 {
		r := m.record()
		r.EmailID = ""
		s.Append(r)
	}
	require.NoError(t, s.Mine(t.Context()))
	snap := s.Snapshot()
	part, err := snap.Narrow(t.Context(), mustParse(t, "!mx1"), nil)
	require.NoError(t, err)
	for c := ByStatus; c <= ByEmailID; c++ {
		for _, descending := range []bool{false, true} {
			for _, sel := range []Selection{snap.All(), part.Rows, {}} {
				o := Order{By: c, Descending: descending}
				want := sortedSlowly(snap, sel, o)
				got, err := snap.Sort(t.Context(), sel, o, nil)
				require.NoError(t, err)
				require.Equal(t, want, got.Rows, "by %s, descending %v", c, descending)
				all, err := snap.Sort(t.Context(), snap.All(), o, nil)
				require.NoError(t, err)
				left, err := snap.Sort(t.Context(), sel, o, all)
				require.NoError(t, err)
				require.Equal(t, want, left.Rows, "what is left of all, by %s, descending %v", c, descending)
				half, err := early.Sort(t.Context(), early.All(), o, nil)
				require.NoError(t, err)
				grown, err := snap.Sort(t.Context(), sel, o, half)
				require.NoError(t, err)
				require.Equal(t, want, grown.Rows, "put in between, by %s, descending %v", c, descending)
			}
		}
	}
}

func TestSortEndsWithItsContext(t *testing.T) {
	s, _ := made(5000, nil)
	ctx, cancel := contextEnded(t)
	defer cancel()
	for _, c := range []Column{ByStatus, ByRecipient} {
		_, err := s.Snapshot().Sort(ctx, s.Snapshot().All(), Order{By: c}, nil)
		require.ErrorIs(t, err, ctx.Err())
	}
}

func TestSortsEmailIDsThatDifferLate(t *testing.T) {
	s := New(nil)
	for i := range 3000 {
		id := "1792540800_123_4567_8901.sc-203_0_113_9$"
		switch i % 3 {
		case 0:
			id += fmt.Sprintf("u%d@qq.com", i*7919%3000)
		case 1:
			id = id[:30+i%10]
		default:
			id = id[:24] + "-" + strings.Repeat("ab", i%20)
		}
		s.Append(sendcloud.Record{EmailID: id, Recipients: fmt.Sprintf("u%d@qq.com", i*7919%3000)})
	}
	snap := s.Snapshot()
	for _, descending := range []bool{false, true} {
		o := Order{By: ByEmailID, Descending: descending}
		got, err := snap.Sort(t.Context(), snap.All(), o, nil)
		require.NoError(t, err)
		require.Equal(t, sortedSlowly(snap, snap.All(), o), got.Rows)
	}
}

func TestSortsTextsThatEndInZeroBytes(t *testing.T) {
	s := New(nil)
	for i := range 4000 {
		s.Append(sendcloud.Record{SendLog: "12345678" + strings.Repeat("\x00", i%20)})
	}
	snap := s.Snapshot()
	for _, descending := range []bool{false, true} {
		o := Order{By: ByReply, Descending: descending}
		got, err := snap.Sort(t.Context(), snap.All(), o, nil)
		require.NoError(t, err)
		require.Equal(t, sortedSlowly(snap, snap.All(), o), got.Rows)
	}
}

// Long parts in common, at several depths, so that keys have to be learned
// again of what is equal by then; and texts that are equal to their end.
func TestSortsTextsThatBeginAlike(t *testing.T) {
	parts := []string{strings.Repeat("host mx said ", 4), strings.Repeat("host mx said ", 4) + "x", "ho", "", "\xff", "1", "地址"}
	r := rand.New(rand.NewPCG(7, 7))
	s := New(nil)
	for range 6000 {
		text := strings.Repeat(parts[0], r.IntN(4))
		for range r.IntN(20) {
			text += parts[min(r.IntN(12), r.IntN(len(parts)))%len(parts)]
		}
		s.Append(sendcloud.Record{EmailID: text[:min(len(text), 200)], ModifiedTime: time.Unix(1, 0), Recipients: "a@b.c", SendLog: text})
	}
	snap := s.Snapshot()
	for _, c := range []Column{ByReply, ByEmailID} {
		for _, descending := range []bool{false, true} {
			o := Order{By: c, Descending: descending}
			got, err := snap.Sort(t.Context(), snap.All(), o, nil)
			require.NoError(t, err)
			require.True(t, slices.Equal(sortedSlowly(snap, snap.All(), o), got.Rows), "%+v", o)
		}
	}
}

// A row is found again in a sorted view, by its email id.
func TestTheSelectionIsFoundAgain(t *testing.T) {
	s, records := made(2000, nil)
	snap := s.Snapshot()
	v, err := snap.Sort(t.Context(), snap.All(), Order{By: ByTook, Descending: true}, nil)
	require.NoError(t, err)
	row, ok := snap.Find(records[1234].EmailID)
	require.True(t, ok)
	require.Equal(t, uint32(1234), v.Rows[v.Rows.Index(row)])
}

// Rows that are equal by the first column are sorted by the second one, also those put in between later.
func TestSortsByASecondColumn(t *testing.T) {
	s, _ := made(900, told)
	early := s.Snapshot()
	m := newMaker()
	for range 300 {
		r := m.record()
		r.EmailID = ""
		s.Append(r)
	}
	require.NoError(t, s.Mine(t.Context()))
	snap := s.Snapshot()
	for _, first := range []Column{ByStatus, ByCause, ByRecipient} {
		for _, second := range []Column{ByTook, ByReply, ByProvider} {
			for i := range 4 {
				o := Order{By: first, Descending: i%2 == 1, Second: true, Then: second, ThenDescending: i > 1}
				want := sortedSlowly(snap, snap.All(), Order{By: second, Descending: i > 1})
				want = sortedSlowlyRows(snap, want, Order{By: first, Descending: i%2 == 1})
				got, err := snap.Sort(t.Context(), snap.All(), o, nil)
				require.NoError(t, err)
				require.Equal(t, want, got.Rows, "%+v", o)
				half, err := early.Sort(t.Context(), early.All(), o, nil)
				require.NoError(t, err)
				grown, err := snap.Sort(t.Context(), snap.All(), o, half)
				require.NoError(t, err)
				require.Equal(t, want, grown.Rows, "put in between, %+v", o)
			}
		}
	}
}
