package recordset

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"bounceboard/sendcloud"
	"bounceboard/sendcloud/bounce"
	"bounceboard/sendcloud/pattern"
	"bounceboard/sendcloud/sendcloudtest"
)

// With the real rules on the simulated service's replies, what is remembered by
// pattern is what each row would be told by itself.
func TestRulesExplainEveryRowAsItself(t *testing.T) {
	now := time.Date(2026, 11, 23, 9, 41, 3, 0, sendcloud.Zone)
	server, err := sendcloudtest.New(sendcloudtest.Options{Records: 30_000, Now: func() time.Time { return now }})
	require.NoError(t, err)
	defer server.Close()
	asked := 0
	explain := ByRules(bounce.Default())
	s := New(func(r sendcloud.Record) Explained {
		asked++
		return explain(r)
	})
	var records []sendcloud.Record
	for r := range server.Records() {
		records = append(records, sendcloud.Record{EmailID: r.EmailID, Status: sendcloud.Status(r.Status), SubStatus: sendcloud.SubStatus(r.SubStatus),
			APIUser: r.APIUser, Recipients: r.Recipient, RequestTime: r.Requested.Truncate(time.Second), SendLog: r.SendLog})
		s.Append(records[len(records)-1])
	}
	require.NoError(t, s.Mine(t.Context()))
	snap := s.Snapshot()
	for i, r := range records {
		e, ok := snap.Explained(i)
		require.True(t, ok)
		require.Equal(t, explain(r), e, "row %d: %s", i, r.SendLog)
	}
	t.Logf("%d rows, %d explanations, %d patterns", len(records), asked, len(snap.patterns))
	require.Less(t, asked, len(records)/3, "explanations made")
}

func TestInputOfTellsTheDomainThatIsCounted(t *testing.T) {
	rec := sendcloud.Record{Status: sendcloud.SoftBounce, SubStatus: 509, SendLog: "552 full"}
	for address, domain := range map[string]string{
		"a@QQ.com": "qq.com", "Wang <a@qq.com>": "qq.com", `"b@163.com"@qq.com`: "qq.com", "postmaster": "",
	} {
		rec.Recipients = address
		require.Equal(t, bounce.Input{Text: "552 full", Domain: domain, Status: 5, SubStatus: 509}, InputOf(rec), address)
	}
}

// Rows of one pattern have their own explanation where a number or what stands beyond the pattern's end tells them apart.
func TestMinedIsExplained(t *testing.T) {
	s := New(func(r sendcloud.Record) Explained { return Explained{Cause: r.Reply()} })
	long := strings.Repeat("word ", pattern.MaxText/4)
	for _, reply := range []string{"error 21 at host", "error 22 at host", long + "full", long + "blocked"} {
		s.Append(sendcloud.Record{EmailID: reply, Status: sendcloud.Invalid, SendLog: reply})
	}
	require.NoError(t, s.Mine(t.Context()))
	for row := range s.Len() {
		e, ok := s.Snapshot().Explained(row)
		require.True(t, ok)
		require.Equal(t, s.Snapshot().Record(row).SendLog, e.Cause)
	}
}
