package sendcloud_test

import (
	"context"
	"net/url"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"bounceboard/sendcloud"
	"bounceboard/sendcloud/sendcloudtest"
)

// tallied starts a service and plans a query.
func tallied(t *testing.T, o sendcloudtest.Options, q sendcloud.Query) (*sendcloudtest.Server, *sendcloud.Client, sendcloud.Plan) {
	t.Helper()
	o.Records, o.Seed = 5000, 7
	if o.Now == nil {
		o.Now = func() time.Time { return noon }
	}
	srv, err := sendcloudtest.Start(o)
	require.NoError(t, err)
	t.Cleanup(srv.Close)
	user, key := srv.Credentials()
	c, err := sendcloud.New(sendcloud.Config{BaseURL: srv.URL, APIUser: user, APIKey: key, CallsPerMinute: 3000, Now: o.Now})
	require.NoError(t, err)
	p, err := c.Plan(q)
	require.NoError(t, err)
	return srv, c, p
}

type cellKey struct {
	status sendcloud.Status
	sub    sendcloud.SubStatus
	day    sendcloud.Date
}

// last keeps the last cell of each kind.
func last(t *testing.T, tally *sendcloud.Tally) map[cellKey]sendcloud.Cell {
	t.Helper()
	cells := map[cellKey]sendcloud.Cell{}
	for cell, err := range tally.Cells(t.Context(), false, nil) {
		require.NoError(t, err)
		cells[cellKey{cell.Status, cell.Sub, cell.Day}] = cell
	}
	require.Len(t, cells, len(tally.Keys()))
	for key, cell := range cells {
		require.Equal(t, cell.Of, cell.Answered, "%+v is whole", key)
		require.False(t, cell.At.IsZero())
	}
	return cells
}

// truth is what the server counts for a cell in the span of a plan.
func truth(t *testing.T, srv *sendcloudtest.Server, p sendcloud.Plan, key cellKey, more url.Values) int {
	t.Helper()
	total := 0
	for day := p.First; !p.Last.Before(day); day = day.AddDays(1) {
		if !key.day.IsZero() && key.day != day {
			continue
		}
		params := url.Values{"startDate": {day.String()}, "endDate": {day.String()}}
		for name, values := range more {
			params[name] = values
		}
		if params.Set("status", strconv.Itoa(int(key.status))); key.sub != 0 {
			params.Del("status")
			params.Set("subStatus", strconv.Itoa(int(key.sub)))
		}
		n, err := srv.Count(params)
		require.NoError(t, err)
		total += n
	}
	return total
}

func TestTallyIsTheServersOwnCount(t *testing.T) {
	day := sendcloud.DateOf(noon)
	for name, tt := range map[string]struct {
		o     sendcloudtest.Options
		q     sendcloud.Query
		more  url.Values
		byDay bool
		cells int
		calls int
	}{
		"a week":          {q: sendcloud.Query{Days: 7}, cells: 19, calls: 19},
		"three windows":   {q: sendcloud.Query{Days: 90}, cells: 19, calls: 57},
		"days":            {q: sendcloud.Query{StartDate: day.AddDays(-2), EndDate: day}, byDay: true, cells: 57, calls: 57},
		"one status":      {q: sendcloud.Query{Days: 7, Statuses: []sendcloud.Status{sendcloud.Invalid}}, cells: 10, calls: 10},
		"no failure":      {q: sendcloud.Query{Days: 7, Statuses: []sendcloud.Status{sendcloud.Requested}}, cells: 1, calls: 1},
		"failures":        {q: sendcloud.Query{Days: 7, Statuses: []sendcloud.Status{sendcloud.Invalid, sendcloud.SoftBounce}}, cells: 17, calls: 17},
		"two codes":       {q: sendcloud.Query{Days: 7, SubStatuses: []sendcloud.SubStatus{406, 505}}, cells: 2, calls: 2},
		"code and status": {q: sendcloud.Query{Days: 7, Statuses: []sendcloud.Status{4}, SubStatuses: []sendcloud.SubStatus{406, 505}}, cells: 1, calls: 1},
		"api users":       {q: sendcloud.Query{Days: 7, APIUsers: []string{"batch_a"}}, more: url.Values{"apiUserList": {"batch_a"}}, cells: 19, calls: 19},
		"label":           {q: sendcloud.Query{Days: 30, LabelID: "2"}, more: url.Values{"labelId": {"2"}}, cells: 19, calls: 20},
		"status ignored beside sub-status": {o: sendcloudtest.Options{StatusWithSub: sendcloudtest.StatusIgnored}, q: sendcloud.Query{Days: 7},
			cells: 19, calls: 19},
		"the twin": {o: sendcloudtest.Options{Words: sendcloudtest.WordsEnglish, Total: sendcloudtest.AsMixed, Empty: sendcloudtest.EmptyMissing},
			q: sendcloud.Query{Days: 7}, cells: 19, calls: 19},
	} {
		t.Run(name, func(t *testing.T) {
			srv, c, p := tallied(t, tt.o, tt.q)
			if name == "label" {
				tt.q.LabelID = strconv.Itoa(srv.Labels()[0].ID)
				tt.more = url.Values{"labelId": {tt.q.LabelID}}
				var err error
				p, err = c.Plan(tt.q)
				require.NoError(t, err)
			}
			tally := c.Tally(p, tt.byDay)
			require.Equal(t, tt.calls, tally.Calls())
			cells := last(t, tally)
			require.Len(t, cells, tt.cells)
			sum := 0
			for key, cell := range cells {
				require.Equal(t, truth(t, srv, p, key, tt.more), cell.Count, "%+v", key)
				require.False(t, cell.AtMost, "%+v", key)
				sum += cell.Count
			}
			require.Positive(t, sum)
			require.Empty(t, tally.Contradictions())
			require.Equal(t, tt.calls, srv.CallCount(), "the cost is the one that was said")
			last(t, tally)
			require.Equal(t, tt.calls, srv.CallCount(), "asked again within ten minutes costs nothing")
		})
	}
}

func TestTallyAsksForTheStatusesFirst(t *testing.T) {
	srv, c, p := tallied(t, sendcloudtest.Options{}, sendcloud.Query{Days: 60})
	tally := c.Tally(p, false)
	for _, key := range tally.Keys()[:4] {
		require.Zero(t, key.Sub)
	}
	grown := map[sendcloud.Status]int{}
	for cell, err := range tally.Cells(t.Context(), false, nil) {
		require.NoError(t, err)
		if cell.Sub == 0 {
			require.Equal(t, 2, cell.Of)
			require.GreaterOrEqual(t, cell.Count, grown[cell.Status])
			grown[cell.Status] = cell.Count
		}
	}
	for i, call := range srv.Calls()[:4] {
		require.True(t, call.Params.Has("status"), "call %d: %v", i, call.Params)
		require.Equal(t, "1", call.Params.Get("limit"))
	}
}

func TestTallySaysWhichFilterIsIgnored(t *testing.T) {
	someone := func(srv *sendcloudtest.Server) string { return srv.Record(srv.Len() - 40).Recipient }
	for name, tt := range map[string]struct {
		ignore string
		query  func(*sendcloudtest.Server) sendcloud.Query
		param  sendcloud.Param
		kind   sendcloud.ConflictKind
		bound  func(cellKey) bool
		more   int // calls that find it out
	}{
		"status": {"status", func(*sendcloudtest.Server) sendcloud.Query { return sendcloud.Query{Days: 7} },
			sendcloud.ParamStatus, sendcloud.ParameterIgnored, func(k cellKey) bool { return k.sub == 0 }, 0},
		"status, one alone": {"status", func(*sendcloudtest.Server) sendcloud.Query {
			return sendcloud.Query{Days: 7, Statuses: []sendcloud.Status{sendcloud.Requested}}
		}, sendcloud.ParamStatus, sendcloud.ParameterIgnored, func(cellKey) bool { return true }, 0},
		"status, one family": {"status", func(*sendcloudtest.Server) sendcloud.Query {
			return sendcloud.Query{Days: 7, Statuses: []sendcloud.Status{sendcloud.Invalid}}
		}, sendcloud.ParamStatus, sendcloud.ParameterIgnored, func(k cellKey) bool { return k.sub == 0 }, 0},
		"sub-status": {"subStatus", func(*sendcloudtest.Server) sendcloud.Query { return sendcloud.Query{Days: 7} },
			sendcloud.ParamSubStatus, sendcloud.ParameterIgnored, func(k cellKey) bool { return k.sub != 0 }, 0},
		"api users": {"apiUserList", func(*sendcloudtest.Server) sendcloud.Query {
			return sendcloud.Query{Days: 7, APIUsers: []string{"notify"}}
		}, sendcloud.ParamAPIUsers, sendcloud.ParameterIgnored, func(cellKey) bool { return true }, 0},
		"recipient": {"email", func(srv *sendcloudtest.Server) sendcloud.Query {
			return sendcloud.Query{Days: 7, Emails: []string{someone(srv)}}
		}, sendcloud.ParamEmail, sendcloud.ParameterIgnored, func(cellKey) bool { return true }, 0},
		"email id": {"emailIds", func(srv *sendcloudtest.Server) sendcloud.Query {
			return sendcloud.Query{Days: 7, EmailIDs: []string{srv.Record(srv.Len() - 40).EmailID}}
		}, sendcloud.ParamEmailIDs, sendcloud.ParameterIgnored, func(cellKey) bool { return true }, 0},
		"label": {"labelId", func(srv *sendcloudtest.Server) sendcloud.Query {
			return sendcloud.Query{Days: 7, LabelID: strconv.Itoa(srv.Labels()[0].ID)}
		}, sendcloud.ParamLabelID, sendcloud.LabelWithoutEffect, func(cellKey) bool { return true }, 0},
		"label name": {"labelName", func(srv *sendcloudtest.Server) sendcloud.Query {
			return sendcloud.Query{Days: 7, LabelName: srv.Labels()[0].Name}
		}, sendcloud.ParamLabelName, sendcloud.LabelWithoutEffect, func(cellKey) bool { return true }, 0},
	} {
		t.Run(name, func(t *testing.T) {
			srv, c, _ := tallied(t, sendcloudtest.Options{Ignore: []string{tt.ignore}}, sendcloud.Query{})
			p, err := c.Plan(tt.query(srv))
			require.NoError(t, err)
			tally := c.Tally(p, false)
			cost := tally.Calls()
			cells := last(t, tally)
			require.Equal(t, []sendcloud.Conflict{{Kind: tt.kind, Param: tt.param}}, tally.Contradictions())
			for key, cell := range cells {
				require.Equal(t, tt.bound(key), cell.AtMost, "%+v", key)
				whole := tt.param == sendcloud.ParamStatus && key.sub == 0 || tt.param == sendcloud.ParamSubStatus && key.sub != 0
				require.Equal(t, whole, cell.Whole, "%+v", key)
			}
			require.LessOrEqual(t, srv.CallCount(), cost+1)
		})
	}
}

// A service with rows, but without statuses that can be read: the totals tell.
func TestTallyComparesTotals(t *testing.T) {
	s := &shelf{ignored: []string{"status"}}
	for i := range 30 {
		s.rows = append(s.rows, row{id: "id" + strconv.Itoa(i), to: "a@example.com", status: 77, at: noon.Add(-time.Hour)})
	}
	c := s.ask(t)
	p, err := c.Plan(sendcloud.Query{Days: 7})
	require.NoError(t, err)
	tally := c.Tally(p, false)
	cells := last(t, tally)
	require.Equal(t, []sendcloud.Conflict{{Kind: sendcloud.ParameterIgnored, Param: sendcloud.ParamStatus}}, tally.Contradictions())
	for _, status := range sendcloud.Statuses() {
		cell := cells[cellKey{status: status}]
		require.True(t, cell.AtMost && cell.Whole, "%+v", cell)
		require.Equal(t, 30, cell.Count, "together they are no more")
	}
	require.False(t, cells[cellKey{status: sendcloud.Invalid, sub: 401}].Whole)
	require.Equal(t, 20, s.count(), "one call found it out")
}

// Codes that are more than their status: asked anew, and said when it stays.
func TestTallyComparesCodesWithTheirStatus(t *testing.T) {
	for name, tt := range map[string]struct {
		total func(params url.Values, n int) int
		want  int
		found []sendcloud.Conflict
	}{
		"mail failed meanwhile": {func(params url.Values, n int) int {
			if params.Get("status") == "4" && params.Get("limit") == "1" {
				return n - 3 // an older answer that the service kept
			}
			return n
		}, 120, nil},
		"the service is wrong": {func(params url.Values, n int) int {
			if params.Get("status") == "4" {
				return n - 3
			}
			return n
		}, 117, []sendcloud.Conflict{{Kind: sendcloud.CodesExceedStatus, Status: sendcloud.Invalid, First: day(-6), Last: day(0), Codes: 120, Total: 117}}},
	} {
		t.Run(name, func(t *testing.T) {
			var params url.Values
			s := &shelf{called: func(_ int, p url.Values) error { params = p; return nil }}
			s.total = func(_, n int) int { return tt.total(params, n) }
			for i := range 120 {
				s.rows = append(s.rows, row{id: "id" + strconv.Itoa(i), to: "a@example.com", status: 4, sub: 401 + i%3, at: noon.Add(-time.Hour)})
			}
			c := s.ask(t)
			p, err := c.Plan(sendcloud.Query{Days: 7})
			require.NoError(t, err)
			tally := c.Tally(p, false)
			cells := last(t, tally)
			require.Equal(t, tt.want, cells[cellKey{status: sendcloud.Invalid}].Count)
			require.Equal(t, tt.found, tally.Contradictions())
			require.Equal(t, tt.found != nil, cells[cellKey{status: sendcloud.Invalid, sub: 401}].AtMost)
		})
	}
}

func TestTallyGoesOnBesideAnError(t *testing.T) {
	srv, c, p := tallied(t, sendcloudtest.Options{}, sendcloud.Query{Days: 7})
	srv.Script(1, sendcloudtest.FaultHTML)
	tally := c.Tally(p, false)
	failed, came := 0, 0
	for cell, err := range tally.Cells(t.Context(), false, nil) {
		if err == nil {
			came++
			continue
		}
		failed++
		require.Zero(t, cell.Answered)
		require.NotZero(t, cell.Status)
	}
	require.Equal(t, 1, failed)
	require.Equal(t, 18, came)
	require.Equal(t, 1, tally.Calls(), "what it costs to go on")
	require.Len(t, last(t, tally), 19, "again: what failed is asked, the others are in the cache")
	require.Equal(t, 20, srv.CallCount())
}

// Past the cache as well: what came before the end is not asked for again.
func TestTallyGoesOnAfterItWasStopped(t *testing.T) {
	srv, c, p := tallied(t, sendcloudtest.Options{}, sendcloud.Query{Days: 60})
	last(t, c.Tally(p, false)) // all of it is in the cache
	srv.ForgetCalls()
	tally := c.Tally(p, false)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	came := 0
	for _, err := range tally.Cells(ctx, true, nil) {
		if err == nil {
			came++
		}
		if came == 9 {
			cancel()
		}
	}
	require.Less(t, srv.CallCount(), 38)
	left := tally.Calls()
	require.LessOrEqual(t, left, 38-9)
	srv.ForgetCalls()
	cells := map[cellKey]sendcloud.Cell{}
	for cell, err := range tally.Cells(t.Context(), true, nil) {
		require.NoError(t, err)
		cells[cellKey{cell.Status, cell.Sub, cell.Day}] = cell
	}
	require.Equal(t, left, srv.CallCount(), "what is missing, and that from the service")
	require.Len(t, cells, 19)
	for key, cell := range cells {
		require.Equal(t, truth(t, srv, p, key, nil), cell.Count, "%+v", key)
	}
}

func TestTallyAllIsOfEveryStatus(t *testing.T) {
	for _, q := range []sendcloud.Query{
		{Days: 7, Statuses: []sendcloud.Status{sendcloud.Invalid, sendcloud.SoftBounce}},
		{Days: 7, SubStatuses: []sendcloud.SubStatus{407}},
		{Days: 7, Statuses: []sendcloud.Status{sendcloud.Delivered}, APIUsers: []string{"notify"}},
	} {
		srv, c, p := tallied(t, sendcloudtest.Options{}, q)
		tally := c.TallyAll(p, false)
		require.Equal(t, 19, tally.Calls())
		more := url.Values{}
		if len(q.APIUsers) > 0 {
			more.Set("apiUserList", q.APIUsers[0])
		}
		for key, cell := range last(t, tally) {
			require.Equal(t, truth(t, srv, p, key, more), cell.Count, "%+v", key)
		}
		require.Empty(t, tally.Contradictions())
	}
}

func TestTallyEndsWhereNothingCanCome(t *testing.T) {
	t.Run("credentials", func(t *testing.T) {
		srv, c, p := tallied(t, sendcloudtest.Options{NoPermission: []string{sendcloudtest.DefaultUser}}, sendcloud.Query{Days: 7})
		n := 0
		for cell, err := range c.Tally(p, false).Cells(t.Context(), false, nil) {
			var refused *sendcloud.CredentialsError
			require.ErrorAs(t, err, &refused)
			require.Zero(t, cell)
			n++
		}
		require.Equal(t, 1, n)
		require.LessOrEqual(t, srv.CallCount(), 8)
	})
	t.Run("nothing but errors", func(t *testing.T) {
		srv, c, p := tallied(t, sendcloudtest.Options{}, sendcloud.Query{Days: 90})
		srv.Script(1000, sendcloudtest.FaultHTML)
		without := map[cellKey]bool{}
		for cell, err := range c.Tally(p, false).Cells(t.Context(), false, nil) {
			require.Error(t, err)
			without[cellKey{cell.Status, cell.Sub, cell.Day}] = true
		}
		require.Len(t, without, 19, "each number says that it does not come")
		require.LessOrEqual(t, srv.CallCount(), 12)
	})
	t.Run("stopped", func(t *testing.T) {
		srv, c, p := tallied(t, sendcloudtest.Options{}, sendcloud.Query{Days: 7})
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		var end error
		for _, err := range c.Tally(p, false).Cells(ctx, false, nil) {
			cancel()
			end = err
		}
		require.ErrorIs(t, end, context.Canceled)
		require.Less(t, srv.CallCount(), 19)
	})
	t.Run("consumer gone", func(t *testing.T) {
		srv, c, p := tallied(t, sendcloudtest.Options{}, sendcloud.Query{Days: 7})
		for range c.Tally(p, false).Cells(t.Context(), false, nil) {
			break
		}
		calls := srv.CallCount()
		require.Less(t, calls, 19)
	})
}

func TestTallyOnly(t *testing.T) {
	srv, c, p := tallied(t, sendcloudtest.Options{}, sendcloud.Query{Days: 60})
	tally := c.Tally(p, false).Only(func(c sendcloud.Cell) bool { return c.Status == sendcloud.SoftBounce })
	require.Equal(t, 14, tally.Calls())
	for key, cell := range last(t, tally) {
		require.Equal(t, sendcloud.SoftBounce, key.status)
		require.Equal(t, truth(t, srv, p, key, nil), cell.Count)
	}
	require.Equal(t, 14, srv.CallCount())
}

// Mail that comes and fails between the calls contradicts nothing.
func TestTallyWhileMailArrives(t *testing.T) {
	now := noon
	var mu sync.Mutex
	clock := func() time.Time {
		mu.Lock()
		defer mu.Unlock()
		now = now.Add(100 * time.Millisecond)
		return now
	}
	for _, cache := range []time.Duration{0, -1} {
		_, c, p := tallied(t, sendcloudtest.Options{Now: clock, Arrivals: 60_000, Cache: cache}, sendcloud.Query{Days: 2})
		for range 3 { // later ones find older answers in the service's cache
			tally := c.Tally(p, false)
			sums := map[sendcloud.Status]int{}
			for cell, err := range tally.Cells(t.Context(), true, nil) {
				require.NoError(t, err)
				if cell.Sub == 0 {
					sums[cell.Status] = cell.Count
				}
			}
			require.Empty(t, tally.Contradictions())
			require.Positive(t, sums[sendcloud.Invalid])
		}
	}
}

// A row that holds neither status nor code proves nothing, nor does a failure
// whose code is missing.
func TestARowThatCannotBeReadProvesNoFilterIgnored(t *testing.T) {
	for name, o := range map[string]sendcloudtest.Options{
		"null rows": {Faults: sendcloudtest.Faults{sendcloudtest.FaultNulls: 0.3}},
		"all null":  {Faults: sendcloudtest.Faults{sendcloudtest.FaultNulls: 1}},
		"no UTF-8":  {Faults: sendcloudtest.Faults{sendcloudtest.FaultUTF8: 0.1}},
		"hostile":   {Faults: sendcloudtest.Faults{sendcloudtest.FaultHostile: 0.1}},
		"odd times": {Times: sendcloudtest.TimesOdd},
		"words":     {Words: sendcloudtest.WordsMixed},
	} {
		srv, c, p := tallied(t, o, sendcloud.Query{Days: 7})
		tally := c.Tally(p, false)
		for key, cell := range last(t, tally) {
			require.Equal(t, truth(t, srv, p, key, nil), cell.Count, "%s: %+v", name, key)
			require.False(t, cell.AtMost, "%s: %+v", name, key)
		}
		require.Empty(t, tally.Contradictions(), name)

		codes := mustPlan(t, c, sendcloud.Query{Days: 7, SubStatuses: []sendcloud.SubStatus{405, 406, 506}})
		rows, page, err := list(t.Context(), c, codes, 100)
		require.NoError(t, err)
		require.False(t, page.AtMost, name)
		require.Len(t, rows, page.Total, "%s: rows that cannot be read are kept", name)
	}
}

func TestTallySaysThatTheDatesAreIgnored(t *testing.T) {
	dates := []sendcloud.Conflict{{Kind: sendcloud.ParameterIgnored, Param: sendcloud.ParamStartDate}}
	for name, tt := range map[string]struct {
		q     sendcloud.Query
		byDay bool
		more  int // calls that find it out
		nulls int // calls whose rows tell nothing
	}{
		"days":                            {sendcloud.Query{Days: 7}, true, 0, 0},
		"windows":                         {sendcloud.Query{Days: 92}, false, 0, 0},
		"days, rows that tell nothing":    {sendcloud.Query{Days: 3}, true, 1, 57},
		"windows, rows that tell nothing": {sendcloud.Query{Days: 92}, false, 1, 76},
	} {
		srv, c, p := tallied(t, sendcloudtest.Options{Ignore: []string{"startDate", "endDate"}}, tt.q)
		srv.Script(tt.nulls, sendcloudtest.FaultNulls)
		tally := c.Tally(p, tt.byDay)
		cost := tally.Calls()
		cells := last(t, tally)
		require.Equal(t, dates, tally.Contradictions(), name)
		for key, cell := range cells {
			params := url.Values{"startDate": {p.First.String()}, "endDate": {p.Last.String()}}
			if key.sub != 0 {
				params.Set("subStatus", strconv.Itoa(int(key.sub)))
			} else {
				params.Set("status", strconv.Itoa(int(key.status)))
			}
			all, err := srv.Count(params)
			require.NoError(t, err)
			require.Equal(t, all, cell.Count, "%s: %+v counts rows twice", name, key)
			require.True(t, cell.AtMost && cell.Span, "%s: %+v", name, key)
		}
		require.Equal(t, cost+tt.more, srv.CallCount(), name)
	}
}
