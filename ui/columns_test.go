package ui

import (
	"testing"
	"testing/synctest"

	"github.com/stretchr/testify/require"

	"bounceboard/sendcloud/recordset"
	"bounceboard/ui/words"
)

// A capital letter sorts rows that are equal by the first column by a second one; a small one begins anew.
func TestASecondSortKey(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, 60, words.English, 120, 40)
		r.keys("s", "b")
		require.NotContains(t, r.screen(), "then")
		r.keys("s")
		require.Contains(t, r.screen(), "capital letter")
		r.keys("T")
		require.Equal(t, recordset.Order{By: recordset.BySubStatus, Second: true, Then: recordset.ByRequested}, *r.at.session.Order)
		require.Contains(t, r.screen(), "by sub-status ↑, then requested ↑")
		rec, _ := r.at.session.At(0)
		require.Equal(t, "id-59", rec.EmailID, "the oldest of those with 406")
		r.keys("s", "T")
		require.Contains(t, r.screen(), "by sub-status ↑, then requested ↓")
		rec, _ = r.at.session.At(0)
		require.Equal(t, "id-0", rec.EmailID)
		r.keys("s", "b")
		require.Contains(t, r.screen(), "by sub-status ↓, then requested ↓")
		r.keys("s", "r")
		require.Contains(t, r.screen(), "by recipient ↑")
		require.False(t, r.at.session.Order.Second)
	})
}
