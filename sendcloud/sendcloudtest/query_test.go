package sendcloudtest

import (
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func itoa(n int) string { return strconv.Itoa(n) }

func TestValidationCodes(t *testing.T) {
	s := start(t, Options{Records: 10})
	for _, c := range []struct {
		code  int
		pairs []string
	}{
		{40001, []string{"days", "1", "start", ""}},
		{40002, []string{"days", "1", "start", "-1"}},
		{40002, []string{"days", "1", "start", "x"}},
		{40003, []string{"days", "1", "limit", ""}},
		{40004, []string{"days", "1", "limit", "101"}},
		{40004, []string{"days", "1", "limit", "-1"}},
		{40006, nil},
		{40006, []string{"email", "a@example.com"}},
		{40006, []string{"emailIds", "1$a@example.com"}},
		{40006, []string{"days", "0"}},
		{40006, []string{"days", "1.5"}},
		{40006, []string{"days", ""}},
		{40007, []string{"startDate", "2026-11-31", "endDate", "2026-12-01"}},
		{40007, []string{"startDate", "2026-11-1", "endDate", "2026-11-02"}},
		{40007, []string{"endDate", "2026-11-02"}},
		{40008, []string{"startDate", "2026-11-01"}},
		{40008, []string{"startDate", "2026-11-01", "endDate", "20261102"}},
		{40008, []string{"startDate", "2026-11-02", "endDate", "2026-11-01"}},
		{40008, []string{"startDate", "2026-10-01", "endDate", "2026-11-01"}},
		{40008, []string{"days", "31"}},
		{40010, []string{"days", "1", "apiUserList", ""}},
		{40016, []string{"days", "1", "apiUserList", "a;;b"}},
		{40016, []string{"days", "1", "apiUserList", "a b"}},
		{40011, []string{"days", "1", "email", ""}},
		{40012, []string{"days", "1", "email", "a"}},
		{40012, []string{"days", "1", "email", "a@b.example;c@b.example"}},
		{40017, []string{"days", "1", "emailIds", "a;;b"}},
		{40017, []string{"days", "1", "status", "2"}},
		{40017, []string{"days", "1", "status", ""}},
		{40017, []string{"days", "1", "subStatus", "501"}},
		{40017, []string{"days", "1", "subStatus", "0"}},
		{40014, []string{"days", "1", "labelId", ""}},
		{40015, []string{"days", "1", "labelId", "autumn"}},
		{200, []string{"days", "30"}},
		{200, []string{"startDate", "2026-10-02", "endDate", "2026-11-01"}},
		{200, []string{"days", "1", "subStatus", "406;506", "status", "4", "limit", "100", "start", "99999999"}},
	} {
		d := post(t, s, c.pairs...)
		require.Equal(t, c.code, d.StatusCode, "%v: %s", c.pairs, d.Message)
		require.Equal(t, c.code == 200, d.Result)
	}
}

func TestRefusalSwitches(t *testing.T) {
	s := start(t, Options{Records: 10, RefusalCode: 49999, FailureHTTP: 400, WindowDays: 3, BeyondLookback: "refuse"})
	for _, pairs := range [][]string{{"days", "4"}, {"days", "1", "status", "9"}, {"startDate", "2026-01-01", "endDate", "2026-01-02"}} {
		d := post(t, s, pairs...)
		require.Equal(t, 49999, d.StatusCode)
		require.Equal(t, 400, d.status)
	}
	require.True(t, post(t, s, "days", "3").Result)
	quiet := start(t, Options{Records: 10})
	d := post(t, quiet, "startDate", "2026-01-01", "endDate", "2026-01-02")
	require.True(t, d.Result)
	require.Equal(t, "0", d.total())
}

// wanted counts the records that a test's own reading of the question selects.
func wanted(s *Server, match func(Record) bool) (n int) {
	for r := range s.Records() {
		if match(r) {
			n++
		}
	}
	return n
}

func lastDays(n int) func(Record) bool {
	from := time.Date(2026, 11, 23-n+1, 0, 0, 0, 0, serviceZone)
	return func(r Record) bool { return !r.Requested.Before(from) }
}

func TestFiltersSelectWhatTheySay(t *testing.T) {
	s := start(t, Options{Records: 20_000, Seed: 9})
	recent := lastDays(30)
	full := s.Record(19_000)
	for name, c := range map[string]struct {
		pairs []string
		match func(Record) bool
	}{
		"all":              {nil, func(Record) bool { return true }},
		"status":           {[]string{"status", "4"}, func(r Record) bool { return r.Status == 4 }},
		"requested":        {[]string{"status", "18"}, func(r Record) bool { return r.Status == 18 }},
		"sub-statuses":     {[]string{"subStatus", "406;509"}, func(r Record) bool { return r.SubStatus == 406 || r.SubStatus == 509 }},
		"status and sub":   {[]string{"subStatus", "406;509", "status", "5"}, func(r Record) bool { return r.SubStatus == 509 }},
		"api users":        {[]string{"apiUserList", "notify;nobody;billing"}, func(r Record) bool { return r.APIUser == "notify" || r.APIUser == "billing" }},
		"label id":         {[]string{"labelId", "11005"}, func(r Record) bool { return r.Label.ID == 11005 }},
		"unknown label":    {[]string{"labelId", "1"}, func(Record) bool { return false }},
		"fuzzy label":      {[]string{"labelName", "ER"}, func(r Record) bool { return r.Label.ID == 11003 || r.Label.ID == 11006 }},
		"label id wins":    {[]string{"labelId", "11005", "labelName", "er"}, func(r Record) bool { return r.Label.ID == 11005 }},
		"recipient":        {[]string{"email", full.Recipient}, func(r Record) bool { return r.Recipient == full.Recipient }},
		"another case":     {[]string{"email", "WANG.FANG@example.com.cn"}, func(Record) bool { return false }},
		"email id":         {[]string{"emailIds", full.EmailID + ";unknown$a@example.com"}, func(r Record) bool { return r.Index == full.Index }},
		"id of another":    {[]string{"emailIds", full.EmailID, "email", FullMailbox}, func(Record) bool { return false }},
		"id and status":    {[]string{"emailIds", full.EmailID, "status", itoa(full.Status)}, func(r Record) bool { return r.Index == full.Index }},
		"recipient failed": {[]string{"email", FullMailbox, "status", "4"}, func(r Record) bool { return r.Recipient == FullMailbox && r.Status == 4 }},
	} {
		want := wanted(s, func(r Record) bool { return recent(r) && c.match(r) })
		d := post(t, s, append(c.pairs, "days", "30")...)
		require.Equal(t, itoa(want), d.total(), name)
		require.Len(t, d.Info.VoList, min(want, 100), name)
		n, err := s.Count(params(append(c.pairs, "days", "30")...))
		require.NoError(t, err)
		require.Equal(t, want, n, name)
	}
}

func TestDatesHoldBothEnds(t *testing.T) {
	s := start(t, Options{Records: 20_000})
	want := wanted(s, func(r Record) bool {
		day := r.Requested.Format(time.DateOnly)
		return day == "2026-11-10" || day == "2026-11-11"
	})
	require.Positive(t, want)
	d := post(t, s, "startDate", "2026-11-10", "endDate", "2026-11-11")
	require.Equal(t, itoa(want), d.total())
}

func TestReadingsOfOpenParameters(t *testing.T) {
	total := func(o Options, pairs ...string) string {
		o.Records, o.Seed = 3000, 4
		return post(t, start(t, o), append(pairs, "limit", "1")...).total()
	}
	of := func(pairs ...string) string { return total(Options{}, pairs...) }

	both := []string{"days", "2", "startDate", "2026-11-01", "endDate", "2026-11-20"}
	require.Equal(t, of("days", "2"), total(Options{}, both...))
	require.Equal(t, of(both[2:]...), total(Options{DaysAndDates: "dates"}, both...))
	require.Equal(t, "", total(Options{DaysAndDates: "refuse"}, both...))

	subs := []string{"days", "30", "subStatus", "406", "status", "5"}
	require.Equal(t, "0", total(Options{}, subs...))
	require.Equal(t, of(subs[:4]...), total(Options{StatusWithSub: StatusIgnored}, subs...))

	repeated := []string{"days", "30", "status", "1", "status", "4"}
	one, four := of("days", "30", "status", "1"), of("days", "30", "status", "4")
	sum := add(t, one, four)
	require.Equal(t, one, total(Options{}, repeated...))
	require.Equal(t, sum, total(Options{StatusList: "repeated"}, repeated...))
	require.Equal(t, sum, total(Options{StatusList: "comma"}, "days", "30", "status", "1,4"))
	require.Equal(t, "", total(Options{StatusList: "repeated"}, "days", "30", "status", "1,4"))

	require.Equal(t, of("days", "30"), total(Options{Ignore: []string{"status", "labelId"}}, "days", "30", "status", "4", "labelId", "11001"))
	require.NotEqual(t, of("days", "30"), four)
}

func add(t *testing.T, a, b string) string {
	t.Helper()
	x, err := strconv.Atoi(a)
	require.NoError(t, err)
	y, err := strconv.Atoi(b)
	require.NoError(t, err)
	return itoa(x + y)
}

func TestLimitZero(t *testing.T) {
	page := func(o Options) decoded {
		o.Records = 500
		return post(t, start(t, o), "days", "30", "limit", "0")
	}
	require.Len(t, page(Options{}).Info.VoList, 100)
	none := page(Options{LimitZero: "none"})
	require.Empty(t, none.Info.VoList)
	require.NotEqual(t, "0", none.total(), "no rows, but a total")
	require.Equal(t, 40004, page(Options{LimitZero: "refuse"}).StatusCode)
}
