package sendcloud_test

import (
	"context"
	"net/url"
	"slices"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

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

// counted runs a counting to its end.
func counted(t *testing.T, count *sendcloud.Count) sendcloud.Numbers {
	t.Helper()
	for _, err := range count.Run(t.Context(), nil) {
		require.NoError(t, err)
	}
	numbers := count.Numbers()
	answered, failed, all := numbers.Progress()
	require.Equal(t, len(numbers.Cells()), answered)
	require.Equal(t, all, answered)
	require.Zero(t, failed)
	for _, cell := range numbers.Cells() {
		n := numbers.Of(cell)
		require.NotEqual(t, sendcloud.Unknown, n.Bound, "%+v", cell)
		require.False(t, n.At.IsZero())
	}
	return numbers
}

// truth is what the server counts for a cell in the span of a plan.
func truth(t *testing.T, srv *sendcloudtest.Server, p sendcloud.Plan, key sendcloud.Cell, more url.Values) int {
	t.Helper()
	total := 0
	for day := p.First; !p.Last.Before(day); day = day.AddDays(1) {
		if !key.Day.IsZero() && key.Day != day {
			continue
		}
		params := url.Values{"startDate": {day.String()}, "endDate": {day.String()}}
		for name, values := range more {
			params[name] = values
		}
		if params.Set("status", strconv.Itoa(int(key.Status))); key.SubStatus != 0 {
			params.Del("status")
			params.Set("subStatus", strconv.Itoa(int(key.SubStatus)))
		}
		n, err := srv.Count(params)
		require.NoError(t, err)
		total += n
	}
	return total
}

func TestCountIsTheServersOwnCount(t *testing.T) {
	day := sendcloud.DateOf(noon)
	for name, tt := range map[string]struct {
		o     sendcloudtest.Options
		q     sendcloud.Query
		more  url.Values
		byDay bool
		cells int
		calls int
	}{
		"a week":          {q: sendcloud.Query{Days: 7}, cells: 19, calls: 20},
		"three windows":   {q: sendcloud.Query{Days: 90}, cells: 19, calls: 57},
		"days":            {q: sendcloud.Query{StartDate: day.AddDays(-2), EndDate: day}, byDay: true, cells: 57, calls: 57},
		"one status":      {q: sendcloud.Query{Days: 7, Statuses: []sendcloud.Status{sendcloud.Invalid}}, cells: 10, calls: 12},
		"no failure":      {q: sendcloud.Query{Days: 7, Statuses: []sendcloud.Status{sendcloud.Requested}}, cells: 1, calls: 3},
		"failures":        {q: sendcloud.Query{Days: 7, Statuses: []sendcloud.Status{sendcloud.Invalid, sendcloud.SoftBounce}}, cells: 17, calls: 18},
		"two codes":       {q: sendcloud.Query{Days: 7, SubStatuses: []sendcloud.SubStatus{406, 505}}, cells: 2, calls: 3},
		"code and status": {q: sendcloud.Query{Days: 7, Statuses: []sendcloud.Status{4}, SubStatuses: []sendcloud.SubStatus{406, 505}}, cells: 1, calls: 2},
		"api users":       {q: sendcloud.Query{Days: 7, APIUsers: []string{"batch_a"}}, more: url.Values{"apiUserList": {"batch_a"}}, cells: 19, calls: 20},
		"label":           {q: sendcloud.Query{Days: 30, LabelID: "2"}, more: url.Values{"labelId": {"2"}}, cells: 19, calls: 21},
		"status ignored beside sub-status": {o: sendcloudtest.Options{StatusWithSub: sendcloudtest.StatusIgnored}, q: sendcloud.Query{Days: 7},
			cells: 19, calls: 20},
		"the twin": {o: sendcloudtest.Options{Words: sendcloudtest.WordsEnglish, Total: sendcloudtest.AsMixed, Empty: sendcloudtest.EmptyMissing},
			q: sendcloud.Query{Days: 7}, cells: 19, calls: 20},
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
			cells := p.Cells()
			if tt.byDay {
				cells = byDay(cells, p.Days())
			}
			count := c.Count(p, cells, false)
			require.Equal(t, tt.calls, count.Calls())
			numbers := counted(t, count)
			require.Len(t, numbers.Cells(), tt.cells)
			sum := 0
			for _, cell := range numbers.Cells() {
				n := numbers.Of(cell)
				require.Equal(t, truth(t, srv, p, cell, tt.more), n.N, "%+v", cell)
				require.Equal(t, sendcloud.Exact, n.Bound, "%+v", cell)
				sum += n.N
			}
			require.Positive(t, sum)
			require.Equal(t, sum, numbers.Of(cells...).N)
			require.Empty(t, numbers.Conflicts())
			if made := srv.CallCount(); len(cells) > 1 || made != 1 { // rows that were all seen leave nothing to check
				require.Equal(t, tt.calls, made, "the cost is the one that was said")
			}
			made := srv.CallCount()
			counted(t, c.Count(p, cells, false))
			require.Equal(t, made, srv.CallCount(), "asked again within ten minutes costs nothing")
		})
	}
}

func TestNumbersGrowAsTheyCome(t *testing.T) {
	srv, c, p := tallied(t, sendcloudtest.Options{}, sendcloud.Query{Days: 60})
	count := c.Count(p, sendcloud.Plan{}.Cells(), false)
	have := 0
	for numbers, err := range count.Run(t.Context(), nil) {
		require.NoError(t, err)
		answered, _, _ := numbers.Progress()
		require.GreaterOrEqual(t, answered, have)
		have = answered
		for _, cell := range numbers.Cells() {
			n := numbers.Of(cell)
			require.True(t, n.Bound == sendcloud.Exact || n.Pending, "%+v: %+v", cell, n)
		}
	}
	for i, call := range srv.Calls()[:4] {
		require.True(t, call.Params.Has("status"), "call %d: %v", i, call.Params)
		require.Equal(t, "1", call.Params.Get("limit"))
	}
}

func TestCountSaysWhichFilterIsIgnored(t *testing.T) {
	someone := func(srv *sendcloudtest.Server) string { return srv.Record(srv.Len() - 40).Recipient }
	for name, tt := range map[string]struct {
		ignore string
		query  func(*sendcloudtest.Server) sendcloud.Query
		param  sendcloud.Param
		kind   sendcloud.ConflictKind
		bound  func(sendcloud.Cell) bool
		more   int // calls that find it out
	}{
		"status": {"status", func(*sendcloudtest.Server) sendcloud.Query { return sendcloud.Query{Days: 7} },
			sendcloud.ParamStatus, sendcloud.ParameterIgnored, func(k sendcloud.Cell) bool { return k.SubStatus == 0 }, 0},
		"status, one alone": {"status", func(*sendcloudtest.Server) sendcloud.Query {
			return sendcloud.Query{Days: 7, Statuses: []sendcloud.Status{sendcloud.Requested}}
		}, sendcloud.ParamStatus, sendcloud.ParameterIgnored, func(sendcloud.Cell) bool { return true }, 0},
		"status, one family": {"status", func(*sendcloudtest.Server) sendcloud.Query {
			return sendcloud.Query{Days: 7, Statuses: []sendcloud.Status{sendcloud.Invalid}}
		}, sendcloud.ParamStatus, sendcloud.ParameterIgnored, func(k sendcloud.Cell) bool { return k.SubStatus == 0 }, 0},
		"sub-status": {"subStatus", func(*sendcloudtest.Server) sendcloud.Query { return sendcloud.Query{Days: 7} },
			sendcloud.ParamSubStatus, sendcloud.ParameterIgnored, func(k sendcloud.Cell) bool { return k.SubStatus != 0 }, 0},
		"api users": {"apiUserList", func(*sendcloudtest.Server) sendcloud.Query {
			return sendcloud.Query{Days: 7, APIUsers: []string{"notify"}}
		}, sendcloud.ParamAPIUsers, sendcloud.ParameterIgnored, func(sendcloud.Cell) bool { return true }, 0},
		"recipient": {"email", func(srv *sendcloudtest.Server) sendcloud.Query {
			return sendcloud.Query{Days: 7, Emails: []string{someone(srv)}}
		}, sendcloud.ParamEmail, sendcloud.ParameterIgnored, func(sendcloud.Cell) bool { return true }, 0},
		"email id": {"emailIds", func(srv *sendcloudtest.Server) sendcloud.Query {
			return sendcloud.Query{Days: 7, EmailIDs: []string{srv.Record(srv.Len() - 40).EmailID}}
		}, sendcloud.ParamEmailIDs, sendcloud.ParameterIgnored, func(sendcloud.Cell) bool { return true }, 0},
		"label": {"labelId", func(srv *sendcloudtest.Server) sendcloud.Query {
			return sendcloud.Query{Days: 7, LabelID: strconv.Itoa(srv.Labels()[0].ID)}
		}, sendcloud.ParamLabelID, sendcloud.WithoutEffect, func(sendcloud.Cell) bool { return true }, 0},
		"label name": {"labelName", func(srv *sendcloudtest.Server) sendcloud.Query {
			return sendcloud.Query{Days: 7, LabelName: srv.Labels()[0].Name}
		}, sendcloud.ParamLabelName, sendcloud.WithoutEffect, func(sendcloud.Cell) bool { return true }, 0},
	} {
		t.Run(name, func(t *testing.T) {
			srv, c, _ := tallied(t, sendcloudtest.Options{Ignore: []string{tt.ignore}}, sendcloud.Query{})
			p, err := c.Plan(tt.query(srv))
			require.NoError(t, err)
			count := c.Count(p, p.Cells(), false)
			cost := count.Calls()
			numbers := counted(t, count)
			require.Equal(t, []sendcloud.Conflict{{Kind: tt.kind, Param: tt.param}}, numbers.Conflicts())
			for _, cell := range numbers.Cells() {
				n := numbers.Of(cell)
				require.Equal(t, tt.bound(cell) && (n.N > 1 || n.N > 0 && n.Bound == sendcloud.AtMost), n.Bound == sendcloud.AtMost, "%+v: %+v", cell, n)
			}
			if tt.param == sendcloud.ParamStatus {
				all, none := numbers.Of(sendcloud.Cell{Status: numbers.Cells()[0].Status}), 0
				for _, cell := range numbers.Cells() {
					if cell.SubStatus == 0 {
						none = numbers.Of(cell, sendcloud.Cell{Status: numbers.Cells()[0].Status}).N
					}
				}
				require.Equal(t, all.N, none, "together they are no more")
			}
			require.LessOrEqual(t, srv.CallCount(), cost+1)
		})
	}
}

func TestCountGoesOnBesideAnError(t *testing.T) {
	srv, c, p := tallied(t, sendcloudtest.Options{}, sendcloud.Query{Days: 3})
	srv.Script(1, sendcloudtest.FaultHTML)
	count := c.Count(p, p.Cells(), false)
	for _, err := range count.Run(t.Context(), nil) {
		require.NoError(t, err)
	}
	answered, failed, all := count.Numbers().Progress()
	require.Equal(t, []int{18, 1, 19}, []int{answered, failed, all})
	require.Equal(t, 2, count.Calls(), "what it costs to go on")
	counted(t, count)
	require.LessOrEqual(t, srv.CallCount(), 22)
}

// Past the cache as well: what came before the end is not asked for again.
func TestCountGoesOnAfterItWasStopped(t *testing.T) {
	srv, c, p := tallied(t, sendcloudtest.Options{}, sendcloud.Query{Days: 60})
	count := c.Count(p, p.Cells(), true)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	came := 0
	for _, err := range count.Run(ctx, nil) {
		if err == nil {
			came++
		}
		if came == 9 {
			cancel()
		}
	}
	left := count.Calls()
	require.LessOrEqual(t, left, 38-9)
	srv.ForgetCalls()
	numbers := counted(t, count)
	require.GreaterOrEqual(t, srv.CallCount(), left, "what is missing, and that from the service")
	require.LessOrEqual(t, srv.CallCount(), left+4, "calls that were given up may still arrive")
	for _, cell := range numbers.Cells() {
		require.Equal(t, truth(t, srv, p, cell, nil), numbers.Of(cell).N, "%+v", cell)
	}
}

func TestCountAgainShowsTheOldNumbersUntilNewOnesCome(t *testing.T) {
	srv, c, p := tallied(t, sendcloudtest.Options{}, sendcloud.Query{Days: 7})
	count := c.Count(p, sendcloud.Plan{}.Cells(), false)
	was := counted(t, count).Of(sendcloud.Cell{Status: 4})
	again := count.Again()
	require.Equal(t, 20, again.Calls())
	old := again.Numbers().Of(sendcloud.Cell{Status: 4})
	require.True(t, old.Old)
	require.Equal(t, was.N, old.N)
	mixed := false
	for numbers, err := range again.Run(t.Context(), nil) {
		require.NoError(t, err)
		failed, all := numbers.Of(sendcloud.Cell{Status: 4}), numbers.Of(sendcloud.Cell{Status: 1}, sendcloud.Cell{Status: 4}, sendcloud.Cell{Status: 5}, sendcloud.Cell{Status: 18})
		if _, ok := failed.Share(all); !ok {
			mixed = true
		}
	}
	require.True(t, mixed, "no share is made of numbers of two times")
	require.Equal(t, 40, srv.CallCount())
	require.False(t, again.Numbers().Of(sendcloud.Cell{Status: 4}).Old)
}

func TestCountOfMoreKeepsWhatCame(t *testing.T) {
	srv, c, p := tallied(t, sendcloudtest.Options{}, sendcloud.Query{Days: 3})
	count := c.Count(p, sendcloud.Plan{}.Cells(), false)
	counted(t, count)
	more := count.More(byDay(sendcloud.Plan{}.Cells(), p.Days()))
	require.Equal(t, 57, more.Calls())
	numbers := counted(t, more)
	require.Equal(t, 20+57, srv.CallCount())
	for _, cell := range (sendcloud.Plan{}).Cells() {
		var days []sendcloud.Cell
		for _, day := range p.Days() {
			days = append(days, cell.On(day))
		}
		require.Equal(t, numbers.Of(cell).N, numbers.Of(days...).N)
	}
	days := counted(t, c.Count(p, byDay(sendcloud.Plan{}.Cells(), p.Days()), false))
	for _, cell := range (sendcloud.Plan{}).Cells() {
		require.Equal(t, numbers.Of(cell).N, days.Of(cell).N, "a cell that was not asked for is the sum of its days")
	}
	require.Equal(t, sendcloud.Number{}, days.Of(sendcloud.Cell{APIUser: "batch_a"}))
}

func TestUncodedIsWhatTheCodesLeaveOut(t *testing.T) {
	s := &shelf{rows: mail(40, 5, func(i int) (int, int) { return 4, []int{0, 401, 406, 406}[i%4] })}
	c := s.ask(t)
	numbers := counted(t, c.Count(mustPlan(t, c, sendcloud.Query{Days: 7}), sendcloud.Plan{}.Cells(), false))
	uncoded := numbers.Uncoded(sendcloud.Invalid, sendcloud.Date{})
	require.Equal(t, 10, uncoded.N)
	require.Equal(t, sendcloud.Exact, uncoded.Bound)
	share, ok := uncoded.Share(numbers.Of(sendcloud.Cell{Status: sendcloud.Invalid}))
	require.True(t, ok)
	require.Equal(t, 0.25, share)
}

func TestCountComparesUsersWithAllMail(t *testing.T) {
	for ignored, want := range map[string][]sendcloud.Conflict{
		"":            nil,
		"apiUserList": {{Kind: sendcloud.ParameterIgnored, Param: sendcloud.ParamAPIUsers}},
	} {
		srv, c, p := tallied(t, sendcloudtest.Options{Ignore: []string{ignored}[:min(len(ignored), 1)]}, sendcloud.Query{Days: 7})
		var cells []sendcloud.Cell
		for _, user := range srv.APIUsers() {
			cells = append(cells, sendcloud.Cell{APIUser: user})
		}
		numbers := counted(t, c.Count(p, cells, false))
		require.Equal(t, want, append([]sendcloud.Conflict(nil), numbers.Conflicts()...))
		all, err := srv.Count(url.Values{"days": {"7"}})
		require.NoError(t, err)
		require.Equal(t, all, numbers.Of(cells...).N)
	}
}

func TestCountSaysThatNothingIsTold(t *testing.T) {
	for _, form := range untold {
		_, client := service(t, sendcloudtest.Options{Records: 450, Seed: 11, Total: form})
		plan := mustPlan(t, client, sendcloud.Query{Days: 31})
		count := client.Count(plan, plan.Cells(), false)
		var last error
		for _, last = range count.Run(t.Context(), nil) {
		}
		numbers, none := count.Numbers(), (*sendcloud.TotalError)(nil)
		delivered := numbers.Of(sendcloud.Cell{Status: sendcloud.Delivered})
		require.ErrorAs(t, delivered.Err, &none, "%s: %v", form, last)
		require.Equal(t, sendcloud.AtLeast, delivered.Bound, form)
	}
}

func TestCountEndsWhereNothingCanCome(t *testing.T) {
	t.Run("credentials", func(t *testing.T) {
		srv, c, p := tallied(t, sendcloudtest.Options{NoPermission: []string{sendcloudtest.DefaultUser}}, sendcloud.Query{Days: 7})
		var refused *sendcloud.CredentialsError
		n := 0
		for _, err := range c.Count(p, p.Cells(), false).Run(t.Context(), nil) {
			require.ErrorAs(t, err, &refused)
			n++
		}
		require.Equal(t, 1, n)
		require.LessOrEqual(t, srv.CallCount(), 8)
	})
	t.Run("nothing but errors", func(t *testing.T) {
		srv, c, p := tallied(t, sendcloudtest.Options{}, sendcloud.Query{Days: 90})
		srv.Script(1000, sendcloudtest.FaultHTML)
		count := c.Count(p, p.Cells(), false)
		var last error
		for _, err := range count.Run(t.Context(), nil) {
			last = err
		}
		require.Error(t, last)
		for _, cell := range p.Cells() {
			require.Error(t, count.Numbers().Of(cell).Err, "each number says that it does not come")
		}
		require.LessOrEqual(t, srv.CallCount(), 12)
	})
	t.Run("stopped", func(t *testing.T) {
		srv, c, p := tallied(t, sendcloudtest.Options{}, sendcloud.Query{Days: 7})
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		var end error
		for _, err := range c.Count(p, p.Cells(), false).Run(ctx, nil) {
			cancel()
			end = err
		}
		require.ErrorIs(t, end, context.Canceled)
		require.Less(t, srv.CallCount(), 19)
	})
	t.Run("consumer gone", func(t *testing.T) {
		srv, c, p := tallied(t, sendcloudtest.Options{}, sendcloud.Query{Days: 7})
		for range c.Count(p, p.Cells(), false).Run(t.Context(), nil) {
			break
		}
		calls := srv.CallCount()
		require.Less(t, calls, 19)
	})
}

// Mail that comes and fails between the calls contradicts nothing.
func TestCountWhileMailArrives(t *testing.T) {
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
			numbers := counted(t, c.Count(p, p.Cells(), true))
			require.Empty(t, numbers.Conflicts())
			require.Positive(t, numbers.Of(sendcloud.Cell{Status: sendcloud.Invalid}).N)
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
		numbers := counted(t, c.Count(p, p.Cells(), false))
		for _, cell := range numbers.Cells() {
			require.Equal(t, truth(t, srv, p, cell, nil), numbers.Of(cell).N, "%s: %+v", name, cell)
			require.Equal(t, sendcloud.Exact, numbers.Of(cell).Bound, "%s: %+v", name, cell)
		}
		require.Empty(t, numbers.Conflicts(), name)

		codes := mustPlan(t, c, sendcloud.Query{Days: 7, SubStatuses: []sendcloud.SubStatus{405, 406, 506}})
		rows, page, err := list(t.Context(), c, codes, 100)
		require.NoError(t, err)
		require.False(t, page.AtMost, name)
		require.Len(t, rows, page.Total, "%s: rows that cannot be read are kept", name)
	}
}

func TestCountSaysThatTheDatesAreIgnored(t *testing.T) {
	dates := []sendcloud.Conflict{{Kind: sendcloud.ParameterIgnored, Param: sendcloud.ParamStartDate}}
	for name, tt := range map[string]struct {
		q     sendcloud.Query
		byDay bool
	}{
		"days":    {sendcloud.Query{Days: 7}, true},
		"windows": {sendcloud.Query{Days: 92}, false},
		"a week":  {sendcloud.Query{Days: 7}, false},
	} {
		srv, c, p := tallied(t, sendcloudtest.Options{Ignore: []string{"startDate", "endDate"}}, tt.q)
		cells := p.Cells()
		if tt.byDay {
			cells = byDay(cells, p.Days())
		}
		count := c.Count(p, cells, false)
		cost := count.Calls()
		numbers := counted(t, count)
		require.Equal(t, dates, numbers.Conflicts(), name)
		for _, cell := range p.Cells() {
			params := url.Values{"startDate": {p.First.String()}, "endDate": {p.Last.String()}}
			if cell.SubStatus != 0 {
				params.Set("subStatus", strconv.Itoa(int(cell.SubStatus)))
			} else {
				params.Set("status", strconv.Itoa(int(cell.Status)))
			}
			all, err := srv.Count(params)
			require.NoError(t, err)
			n := numbers.Of(cell)
			require.Equal(t, all, n.N, "%s: %+v counts rows twice", name, cell)
			require.Equal(t, all > 0, n.Bound == sendcloud.AtMost, "%s: %+v", name, cell)
		}
		require.LessOrEqual(t, srv.CallCount(), cost, name)
	}
}

// Whatever filters the service ignores, an exact number is the true one and a
// bound holds.
func TestNumbersAreTrueWhateverIsIgnored(t *testing.T) {
	params := []string{"status", "subStatus", "apiUserList", "labelId", "email", "startDate"} // endDate goes with startDate
	rapid.Check(t, func(rt *rapid.T) {
		var ignored []string
		for _, p := range params {
			if rapid.IntRange(0, 3).Draw(rt, "ignore "+p) == 0 {
				ignored = append(ignored, p)
				if p == "startDate" {
					ignored = append(ignored, "endDate")
				}
			}
		}
		srv, err := sendcloudtest.Start(sendcloudtest.Options{Records: 700, Seed: rapid.Uint64().Draw(rt, "seed"), Ignore: ignored, CallsPerMinute: -1, Now: func() time.Time { return noon }})
		require.NoError(rt, err)
		defer srv.Close()
		client := connect(t, srv, sendcloudtest.Options{Now: func() time.Time { return noon }})
		q := sendcloud.Query{Days: rapid.SampledFrom([]int{1, 5, 45}).Draw(rt, "days")}
		q.Statuses = rapid.SampledFrom([][]sendcloud.Status{nil, {4}, {4, 5}, {1, 18}}).Draw(rt, "statuses")
		if rapid.Bool().Draw(rt, "user") {
			q.APIUsers = []string{"notify"}
		}
		if rapid.Bool().Draw(rt, "label") {
			q.LabelID = strconv.Itoa(srv.Labels()[1].ID)
		}
		plan, err := client.Plan(q)
		require.NoError(rt, err)
		cells := append(plan.Cells(), sendcloud.Cell{})
		for _, user := range srv.APIUsers()[:2] {
			cells = append(cells, sendcloud.Cell{APIUser: user})
		}
		count := client.Count(plan, cells, false)
		for _, err := range count.Run(t.Context(), nil) {
			require.NoError(rt, err)
		}
		numbers := count.Numbers()
		for _, c := range cells {
			want := 0
			for r := range srv.Records() {
				day := sendcloud.DateOf(r.Requested)
				if day.Before(plan.First) || plan.Last.Before(day) || q.LabelID != "" && strconv.Itoa(r.Label.ID) != q.LabelID {
					continue
				}
				users, statuses := q.APIUsers, q.Statuses
				if c.APIUser != "" {
					users = []string{c.APIUser}
				}
				if c.Status != 0 {
					statuses = []sendcloud.Status{c.Status}
				}
				if (len(users) == 0 || slices.Contains(users, r.APIUser)) && (c.SubStatus == 0 || int(c.SubStatus) == r.SubStatus) &&
					(len(statuses) == 0 || slices.Contains(statuses, sendcloud.Status(r.Status))) {
					want++
				}
			}
			switch n := numbers.Of(c); n.Bound {
			case sendcloud.Exact:
				require.Equal(rt, want, n.N, "%v ignored, %+v: %+v", ignored, c, numbers.Conflicts())
			case sendcloud.AtMost:
				require.GreaterOrEqual(rt, n.N, want, "%v ignored, %+v: %+v", ignored, c, numbers.Conflicts())
			default:
				require.Fail(rt, "a number did not come", "%+v: %+v", c, n)
			}
		}
	})
}

func byDay(cells []sendcloud.Cell, days []sendcloud.Date) (list []sendcloud.Cell) {
	for _, day := range days {
		for _, c := range cells {
			list = append(list, c.On(day))
		}
	}
	return list
}
