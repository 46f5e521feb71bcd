package recordset

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"bounceboard/sendcloud"
)

// A record alone has the value by which the set counts it.
func TestARecordHasTheValueThatIsCounted(t *testing.T) {
	s, records := made(300, told)
	require.NoError(t, s.Mine(t.Context()))
	snap := s.Snapshot()
	for _, c := range Facets() {
		if c == ByTook { // counted in steps
			continue
		}
		for i := range snap.Len() {
			r := snap.Record(i)
			require.Equal(t, valueOf(snap, i, c), c.Of(r, told(r)), "%s of %+v", c, r)
		}
	}
	require.Len(t, records, 300)
	at := time.Date(2026, 11, 23, 12, 0, 0, 0, sendcloud.Zone)
	r := sendcloud.Record{EmailID: "id", Status: sendcloud.Invalid, Recipients: "a@qq.com", SendLog: "550", RequestTime: at, ModifiedTime: at.Add(252 * time.Second)}
	for c, want := range map[Column]string{ByEmailID: "id", ByRecipient: "a@qq.com", ByReply: "550", ByRequested: "2026-11-23T12:00:00+08:00", ByModified: "2026-11-23T12:04:12+08:00", ByTook: "4m12s"} {
		require.Equal(t, want, c.Of(r, Explained{}), c.String())
	}
	require.Len(t, ListColumns(), 20)
}
