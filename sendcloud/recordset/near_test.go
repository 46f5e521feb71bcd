package recordset

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"bounceboard/sendcloud"
)

// What is near a row is what stands there when all rows are sorted.
func TestNearIsAPartOfTheOrder(t *testing.T) {
	s, _ := made(nearFrom, nil)
	for i := range 3000 { // equal texts, ids that end early or differ late, rows without a text
		s.Append(sendcloud.Record{EmailID: fmt.Sprintf("1792540800_123_%d", i%700), Recipients: "same@example.com", SendLog: "550 no"})
		s.Append(sendcloud.Record{EmailID: "1792540800_123_456.sc-203_0_113_9$" + fmt.Sprint(i), SendLog: "550 no such user " + fmt.Sprint(i)})
	}
	border := s.Len()
	for i := range 3000 { // told apart by the sign behind a number, which stands where the rows nearby differ
		s.Append(sendcloud.Record{EmailID: fmt.Sprintf("100_%d", i), Recipients: "b@example.com"})
		s.Append(sendcloud.Record{EmailID: fmt.Sprintf("1000_%d", i), Recipients: "b@example.com"})
	}
	snap := s.Snapshot()
	all := snap.All()
	most := all.Without(SelectionOf(7, 70, 700))
	for _, c := range []Column{ByRecipient, ByReply, ByEmailID} {
		for _, descending := range []bool{false, true} {
			o := Order{c, descending}
			for _, sel := range []Selection{all, most} {
				want, err := snap.Sort(t.Context(), sel, o)
				require.NoError(t, err)
				for _, row := range []int{int(want[0]), int(want[len(want)-1]), int(want[len(want)/3]), 0, 7, 40_000, nearFrom + 1, nearFrom + 2000, border, border + 1, border + 5999, snap.Len() - 1} {
					near, from, err := snap.Near(t.Context(), sel, o, row)
					require.NoError(t, err)
					require.LessOrEqual(t, from+len(near), len(want))
					require.Equal(t, want[from:from+len(near)], near, "%v around %d from %d", o, row, from)
					require.Less(t, len(near), len(want)/10, "%v around %d", o, row)
					at := want.Index(row)
					if !sel.Has(row) {
						at = 0
					}
					require.LessOrEqual(t, from, max(0, at-100), "%v: before %d", o, row)
					require.GreaterOrEqual(t, from+len(near), min(len(want), at+100), "%v: behind %d", o, row)
				}
			}
		}
	}
}

func TestNearIsNothingWhereSortIsAsQuick(t *testing.T) {
	s, _ := made(nearFrom, nil)
	snap := s.Snapshot()
	for _, of := range []struct {
		rows Selection
		by   Column
	}{{snap.All(), ByRequested}, {snap.All().Without(SelectionOf(1)), ByReply}} {
		near, _, err := snap.Near(t.Context(), of.rows, Order{By: of.by}, 3)
		require.NoError(t, err)
		require.Empty(t, near, "by %s", of.by)
	}
}
