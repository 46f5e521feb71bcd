package sendcloud_test

import (
	"io"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"bounceboard/sendcloud"
	"bounceboard/sendcloud/sendcloudtest"
)

// refusedCalls are the calls that a simulated service refused.
func refusedCalls(srv *sendcloudtest.Server) int {
	n := 0
	for _, call := range srv.Calls() {
		if call.Code != 200 {
			n++
		}
	}
	return n
}

func TestASpanThatIsRefusedIsAskedInSmallerWindows(t *testing.T) {
	for _, code := range []int{0, 40006, 40007, 40008, 40009, 40013, 40017, 12345} {
		for name, q := range map[string]sendcloud.Query{
			"all":      {Days: 31},
			"failures": {Days: 31, Statuses: []sendcloud.Status{4, 5}},
			"labels":   {Days: 31, LabelName: "e"},
		} {
			srv, _ := service(t, sendcloudtest.Options{Records: 450, Seed: 11, WindowDays: 3, RefusalCode: code})
			client := connect(t, srv, sendcloudtest.Options{WindowDays: 30})
			plan := mustPlan(t, client, q)
			w := client.All(plan, nil)
			all, err := walk(t.Context(), w)
			require.NoError(t, err, "%d %s", code, name)
			require.NotEmpty(t, all)
			require.Contains(t, w.Summary().Notes, sendcloud.SmallerWindows)
			require.Empty(t, w.Summary().Incomplete)
			require.LessOrEqual(t, refusedCalls(srv), 6)
			srv.ForgetCalls()

			rows, page, err := list(t.Context(), client, plan, 100)
			require.NoError(t, err)
			require.ElementsMatch(t, all, ids(rows))
			require.Contains(t, page.Notes, sendcloud.SmallerWindows)
			require.Equal(t, len(all), counted(t, client.Count(plan, []sendcloud.Cell{{}}, false)).Of(sendcloud.Cell{}).N)
			require.Zero(t, refusedCalls(srv), "it is known by now")
		}
	}
}

func TestEachReaderMeetsARefusedSpan(t *testing.T) {
	for name, read := range map[string]func(*sendcloud.Client, sendcloud.Plan) error{
		"page": func(c *sendcloud.Client, p sendcloud.Plan) error {
			_, err := c.Page(t.Context(), p, 0, 100, false, nil)
			return err
		},
		"walk": func(c *sendcloud.Client, p sendcloud.Plan) error {
			_, err := walk(t.Context(), c.All(p, nil))
			return err
		},
		"count": func(c *sendcloud.Client, p sendcloud.Plan) error {
			var last error
			for _, err := range c.Count(p, sendcloud.Plan{}.Cells()[:3], false).Run(t.Context(), nil) {
				last = err
			}
			return last
		},
	} {
		for _, c := range []struct{ days, code int }{{3, 40008}, {1, 40008}, {1, 12345}} {
			srv, _ := service(t, sendcloudtest.Options{Records: 450, Seed: 11, WindowDays: c.days, RefusalCode: c.code})
			client := connect(t, srv, sendcloudtest.Options{WindowDays: 30})
			err := read(client, mustPlan(t, client, sendcloud.Query{Days: 31, Statuses: []sendcloud.Status{4, 5}}))
			require.LessOrEqual(t, refusedCalls(srv), 6, name)
			require.NoError(t, err, name)
		}
	}
}

// Messages name the span in any words, and under any code.
func TestASpanThatIsRefusedInAnyWordsIsNotADateThatIsWrong(t *testing.T) {
	for _, code := range []int{0, 40002, 40008, 40011} {
		s := &shelf{rows: mail(40, 5, delivered)}
		days, refused := 1, 0
		refuse := func(params url.Values) string {
			if params.Get("startDate") == params.Get("endDate") && days == 1 {
				return ""
			}
			refused++
			return `{"result":false,"statusCode":` + strconv.Itoa(code) + `,"message":"the date range is too long"}`
		}
		client := s.ask(t, func(c *sendcloud.Config) { c.Transport = refusing{s, refuse} })
		query := sendcloud.Query{Days: 5, Statuses: []sendcloud.Status{4, 5}}
		_, err := client.Page(t.Context(), mustPlan(t, client, query), 0, 100, false, nil)
		require.NoError(t, err, code)
		require.LessOrEqual(t, refused, 6)

		days = 0 // not even one
		client = s.ask(t, func(c *sendcloud.Config) { c.Transport = refusing{s, refuse} })
		refused = 0
		_, err = client.Page(t.Context(), mustPlan(t, client, query), 0, 100, false, nil)
		if refused := (*sendcloud.ParameterError)(nil); code != 0 {
			require.ErrorAs(t, err, &refused, code)
			require.Equal(t, []any{1, code, "the date range is too long"}, []any{refused.Limit, refused.Code, refused.Message})
		}
		require.Error(t, err)
		require.LessOrEqual(t, refused, 6)
	}
}

// refusing refuses some calls.
type refusing struct {
	s      *shelf
	refuse func(url.Values) string
}

func (f refusing) RoundTrip(r *http.Request) (*http.Response, error) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return nil, err
	}
	params, err := url.ParseQuery(string(body))
	if err != nil {
		return nil, err
	}
	f.s.mu.Lock()
	text := f.refuse(params)
	f.s.mu.Unlock()
	if r.Body = io.NopCloser(strings.NewReader(string(body))); text == "" {
		return f.s.RoundTrip(r)
	}
	return &http.Response{StatusCode: 200, Body: io.NopCloser(strings.NewReader(text)), Request: r}, nil
}

func TestInternationalHostsHaveSmallWindows(t *testing.T) {
	for base, windows := range map[string]int{
		"https://api.sendcloud.net/apiv2":           1,
		"https://api2.sendcloud.net/api":            10,
		"https://api.aurorasendcloud.com/api":       10,
		"https://API-HK.aurorasendcloud.com/api":    10,
		"https://aurorasendcloud.com.example/apiv2": 1,
	} {
		client, err := sendcloud.New(sendcloud.Config{BaseURL: base, APIUser: "u", APIKey: "k"})
		require.NoError(t, err)
		require.Equal(t, windows, mustPlan(t, client, sendcloud.Query{Days: 30}).Calls(), base)
	}
}

func TestATotalWithoutARowIsAnError(t *testing.T) {
	s := &shelf{rows: mail(5, 1, delivered), shelve: func(int, []row) []row { return nil }, total: func(int, int) int { return 5 }}
	client := s.ask(t)
	var empty *sendcloud.TotalError
	page, err := client.Page(t.Context(), mustPlan(t, client, sendcloud.Query{}), 0, 100, false, nil)
	require.ErrorAs(t, err, &empty)
	require.Equal(t, 5, empty.Total)
	require.Empty(t, page.Records)
	_, err = walk(t.Context(), client.All(mustPlan(t, client, sendcloud.Query{}), nil))
	require.ErrorAs(t, err, &empty)
}

func TestOneOddPageDoesNotEndAWalk(t *testing.T) {
	for _, fault := range []sendcloudtest.Fault{sendcloudtest.FaultHTML, sendcloudtest.Fault401, sendcloudtest.Fault403, sendcloudtest.FaultEmpty, sendcloudtest.FaultNull} {
		srv, client := service(t, sendcloudtest.Options{Records: 3000, Seed: 4})
		want, err := srv.Count(url.Values{"days": {"30"}})
		require.NoError(t, err)
		w := client.All(mustPlan(t, client, sendcloud.Query{Days: 30}), nil)
		n := 0
		for _, err := range w.Records(t.Context()) {
			require.NoError(t, err, fault)
			if n++; n == 100 {
				srv.Script(1, fault)
			}
		}
		require.Equal(t, want, n, fault)
		require.Empty(t, w.Summary().Incomplete)
	}
}

func TestOfTwoStatesOfOneMailTheLaterStands(t *testing.T) {
	rows := mail(3, 1, delivered)
	older, newer := rows[0], rows[0]
	older.status, newer.changed = 18, older.at.Add(1)
	newer.changed = newer.at.Add(60e9)
	for name, list := range map[string][]row{"older first": {older, newer, rows[1]}, "newer first": {newer, rows[1], older}} {
		client := (&shelf{rows: list}).ask(t)
		page, err := client.Page(t.Context(), mustPlan(t, client, sendcloud.Query{}), 0, 100, false, nil)
		require.NoError(t, err)
		require.Len(t, page.Records, 2, name)
		require.Equal(t, sendcloud.Delivered, page.Records[0].Status, name)
		w := client.All(mustPlan(t, client, sendcloud.Query{}), nil)
		n := 0
		for r, err := range w.Records(t.Context()) {
			require.NoError(t, err)
			require.Equal(t, sendcloud.Delivered, r.Status, name)
			n++
		}
		require.Equal(t, 2, n, name)
		require.Zero(t, w.Summary().Changed, "no row that was yielded")
		require.Empty(t, w.Summary().Incomplete, name)
	}

	// The other state is on another page.
	far := mail(150, 1, delivered)
	for name, list := range map[string][]row{"older first": slices.Concat([]row{older}, far[1:], []row{newer}), "newer first": slices.Concat([]row{newer}, far[1:], []row{older})} {
		client := (&shelf{rows: list}).ask(t)
		w := client.All(mustPlan(t, client, sendcloud.Query{}), nil)
		later := 0
		w.Later = func(r sendcloud.Record) {
			require.Equal(t, sendcloud.Delivered, r.Status)
			later++
		}
		got, err := walk(t.Context(), w)
		require.NoError(t, err)
		require.Len(t, got, 150, name)
		require.Equal(t, w.Summary().Changed, later)
		require.Equal(t, map[string]int{"older first": 1}[name], w.Summary().Changed, name)
	}
}
