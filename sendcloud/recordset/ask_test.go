package recordset

import (
	"testing"

	"github.com/stretchr/testify/require"

	"bounceboard/sendcloud"
)

func TestWhatTheServiceCanNarrowBy(t *testing.T) {
	day := func(d int) sendcloud.Date { return sendcloud.Date{Year: 2026, Month: 11, Day: d} }
	failures := sendcloud.Query{Days: 7, SubStatuses: []sendcloud.SubStatus{406}}
	for _, c := range []struct {
		text string
		from sendcloud.Query
		want sendcloud.Query
		left int
	}{
		{"", sendcloud.Query{Days: 7}, sendcloud.Query{Days: 7}, 0},
		{"550 !status:4 domain:qq.com cause:blocked took:>1m", sendcloud.Query{Days: 7}, sendcloud.Query{Days: 7}, 5},
		{"to:wang@qq.com x", sendcloud.Query{Days: 7}, sendcloud.Query{Days: 7, Emails: []string{"wang@qq.com"}}, 1},
		{"to:wang", sendcloud.Query{}, sendcloud.Query{}, 1},
		{"status:invalid,5 user:Shop_A,b", sendcloud.Query{}, sendcloud.Query{Statuses: []sendcloud.Status{4, 5}, APIUsers: []string{"Shop_A", "b"}}, 0},
		{"status:inv*", sendcloud.Query{}, sendcloud.Query{}, 1},
		{"user:none", sendcloud.Query{}, sendcloud.Query{}, 1},
		{"user:（空）", sendcloud.Query{}, sendcloud.Query{}, 1},
		{"sub:none", sendcloud.Query{}, sendcloud.Query{}, 1},
		{"status:soft", sendcloud.Query{}, sendcloud.Query{Statuses: []sendcloud.Status{5}}, 0},
		{"to:ＷＡＮＧ＠qq．com", sendcloud.Query{}, sendcloud.Query{Emails: []string{"wang@qq.com"}}, 0},
		{"time:11-20..11-21", sendcloud.Query{}, sendcloud.Query{StartDate: day(20), EndDate: day(21)}, 0},
		{"time:-3d..-2天", sendcloud.Query{}, sendcloud.Query{StartDate: day(20), EndDate: day(21)}, 0},
		{"sub:405,505", sendcloud.Query{}, sendcloud.Query{SubStatuses: []sendcloud.SubStatus{405, 505}}, 0},
		{"sub:4xx", sendcloud.Query{}, sendcloud.Query{}, 1},
		{"sub:405", failures, failures, 1},
		{"time:2026-11-20..2026-11-21", failures, sendcloud.Query{StartDate: day(20), EndDate: day(21), SubStatuses: failures.SubStatuses}, 0},
		{"time:2026-11-20T09:00..2026-11-20T10:00", sendcloud.Query{Days: 7}, sendcloud.Query{StartDate: day(20), EndDate: day(20)}, 1},
		{"time:09:00..10:00", sendcloud.Query{Days: 7}, sendcloud.Query{Days: 7}, 1},
		{"time:2026-11-20..", sendcloud.Query{Days: 7}, sendcloud.Query{Days: 7}, 1},
		{"time:2026-11-20", sendcloud.Query{StartDate: day(21), EndDate: day(22)}, sendcloud.Query{StartDate: day(21), EndDate: day(22)}, 1},
	} {
		got, left := mustParse(t, c.text).Ask(c.from)
		require.Equal(t, c.want, got, "filter %q", c.text)
		require.Equal(t, c.left, left, "filter %q", c.text)
	}
}
