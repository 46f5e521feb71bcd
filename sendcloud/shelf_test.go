package sendcloud_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/stretchr/testify/require"

	"bounceboard/sendcloud"
)

// noon is 2026-11-23 12:00 on the service's calendar.
var noon = time.Date(2026, 11, 23, 12, 0, 0, 0, sendcloud.Zone)

func day(n int) sendcloud.Date { return sendcloud.DateOf(noon).AddDays(n) }

// row is a record of a shelf.
type row struct {
	id, to, user string
	status, sub  int
	at           time.Time
	changed      time.Time // at, when zero
	on           string    // the day of at, once somebody asked
}

// shelf is a service small enough to say what exactly lies where at which
// call, which the simulated service leaves to chance.
type shelf struct {
	mu      sync.Mutex
	rows    []row // in the order of the list
	ignored []string
	calls   []url.Values
	called  func(n int, params url.Values) error // before call n, from 1; it may change the rows
	shelve  func(n int, matching []row) []row    // the order at call n
	total   func(n int, matching int) int        // what is announced; nothing when negative
	atOnce  int                                  // rows of an answer at the most, whatever limit says; 0: as many as it says
	delay   time.Duration
	before  func(params url.Values) // may hold a call up while others pass
	found   map[string][]row
	repeat  map[string]string // answers by their parameters, when the service caches
}

var words = map[int]string{1: "送达", 4: "无效邮件", 5: "软退信", 18: "请求中"}

func (s *shelf) RoundTrip(r *http.Request) (*http.Response, error) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return nil, err
	}
	params, err := url.ParseQuery(string(body))
	if err != nil {
		return nil, err
	}
	if s.delay > 0 {
		t := time.NewTimer(s.delay)
		defer t.Stop()
		select {
		case <-t.C:
		case <-r.Context().Done():
			return nil, r.Context().Err()
		}
	}
	if s.before != nil {
		s.before(params)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.calls = append(s.calls, params)
	if s.called != nil {
		if err := s.called(len(s.calls), params); err != nil {
			return nil, err
		}
	}
	text, hit := s.repeat[params.Encode()]
	if !hit {
		text = s.answer(len(s.calls), params)
		if s.repeat != nil {
			s.repeat[params.Encode()] = text
		}
	}
	return &http.Response{StatusCode: 200, Header: http.Header{"Content-Type": {"application/json"}}, Body: io.NopCloser(strings.NewReader(text)), Request: r}, nil
}

func (s *shelf) answer(n int, params url.Values) string {
	matching := s.matching(params)
	if s.shelve != nil {
		matching = s.shelve(n, matching)
	}
	total := len(matching)
	if s.total != nil {
		total = s.total(n, total)
	}
	start, _ := strconv.Atoi(params.Get("start"))
	limit, _ := strconv.Atoi(params.Get("limit"))
	if s.atOnce > 0 {
		limit = min(limit, s.atOnce)
	}
	start = min(start, len(matching))
	list := []map[string]any{}
	for _, r := range matching[start:min(start+limit, len(matching))] {
		if r.changed.IsZero() {
			r.changed = r.at
		}
		m := map[string]any{"emailId": r.id, "status": words[r.status], "recipients": r.to, "apiUser": r.user,
			"requestTime": r.at.In(sendcloud.Zone).Format(time.DateTime), "modifiedTime": r.changed.In(sendcloud.Zone).Format(time.DateTime)}
		if r.sub != 0 {
			m["subStatus"] = strconv.Itoa(r.sub)
		}
		list = append(list, m)
	}
	info := map[string]any{"voListSize": len(list), "voList": list}
	if total >= 0 {
		info["total"] = strconv.Itoa(total)
	}
	text, err := json.Marshal(map[string]any{"result": true, "statusCode": 200, "info": info})
	if err != nil {
		panic(err)
	}
	return string(text)
}

// matching are the rows that params ask for; where no hook changes the rows,
// they are looked up once.
func (s *shelf) matching(params url.Values) []row {
	filters := maps.Clone(params)
	delete(filters, "start")
	delete(filters, "limit")
	key := filters.Encode()
	if list, known := s.found[key]; known && s.called == nil {
		return list
	}
	var list []row
	matches := s.filter(params)
	for i := range s.rows {
		r := &s.rows[i]
		if r.on == "" {
			r.on = sendcloud.DateOf(r.at).String()
		}
		if matches(r) {
			list = append(list, *r)
		}
	}
	if s.found == nil {
		s.found = map[string][]row{}
	}
	s.found[key] = list
	return list
}

// filter is whether a row is asked for by params.
func (s *shelf) filter(params url.Values) func(*row) bool {
	first, last := params.Get("startDate"), params.Get("endDate")
	var in []func(*row) bool
	if !slices.Contains(s.ignored, "startDate") {
		in = append(in, func(r *row) bool { return first <= r.on })
	}
	if !slices.Contains(s.ignored, "endDate") {
		in = append(in, func(r *row) bool { return r.on <= last })
	}
	for name, value := range map[string]func(*row) string{
		"status":      func(r *row) string { return strconv.Itoa(r.status) },
		"subStatus":   func(r *row) string { return strconv.Itoa(r.sub) },
		"email":       func(r *row) string { return r.to },
		"emailIds":    func(r *row) string { return r.id },
		"apiUserList": func(r *row) string { return r.user },
	} {
		if list := params.Get(name); list != "" && !slices.Contains(s.ignored, name) {
			asked := strings.Split(list, ";")
			in = append(in, func(r *row) bool { return slices.Contains(asked, value(r)) })
		}
	}
	return func(r *row) bool {
		return !slices.ContainsFunc(in, func(match func(*row) bool) bool { return !match(r) })
	}
}

// count is the number of calls so far.
func (s *shelf) count() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.calls)
}

// mail makes n rows, newest first, spread over the days before noon.
func mail(n, days int, status func(i int) (status, sub int)) []row {
	rows := make([]row, n)
	step := time.Duration(days) * 24 * time.Hour / time.Duration(max(n, 1))
	for i := range rows {
		at := noon.Add(-time.Duration(i) * step)
		rows[i] = row{id: fmt.Sprintf("%d_%d_$r%d@example.com", at.UnixMilli(), i, i), to: fmt.Sprintf("r%d@example.com", i), user: "batch", at: at, on: sendcloud.DateOf(at).String()}
		rows[i].status, rows[i].sub = status(i)
	}
	return rows
}

func delivered(int) (int, int) { return 1, 0 }

// mixed is every status, in turn.
func mixed(i int) (int, int) {
	switch i % 4 {
	case 0:
		return 1, 0
	case 1:
		return 4, 401 + i%9
	case 2:
		return 5, []int{503, 505, 506, 507, 508, 509}[i%6]
	}
	return 18, 0
}

// ask is a client of s whose clock stands at noon.
func (s *shelf) ask(t require.TestingT, change ...func(*sendcloud.Config)) *sendcloud.Client {
	cfg := sendcloud.Config{BaseURL: "http://127.0.0.1:1/apiv2", APIUser: "u", APIKey: "k", CallsPerMinute: 3000, Transport: s,
		Now: func() time.Time { return noon }}
	for _, f := range change {
		f(&cfg)
	}
	c, err := sendcloud.New(cfg)
	require.NoError(t, err)
	return c
}

func mustPlan(t require.TestingT, c *sendcloud.Client, q sendcloud.Query) sendcloud.Plan {
	p, err := c.Plan(q)
	require.NoError(t, err)
	return p
}

func ids(records []sendcloud.Record) []string {
	list := make([]string, len(records))
	for i, r := range records {
		list[i] = r.EmailID
	}
	return list
}

func rowIDs(rows []row, keep func(row) bool) []string {
	var list []string
	for _, r := range rows {
		if keep == nil || keep(r) {
			list = append(list, r.id)
		}
	}
	return list
}

// list reads the whole list by pages of limit rows.
func list(ctx context.Context, c *sendcloud.Client, p sendcloud.Plan, limit int) ([]sendcloud.Record, sendcloud.Page, error) {
	var all []sendcloud.Record
	for start := 0; ; {
		page, err := c.Page(ctx, p, start, limit, false, nil)
		all = append(all, page.Records...)
		if err != nil || !page.More() {
			return all, page, err
		}
		start = page.Next
	}
}
