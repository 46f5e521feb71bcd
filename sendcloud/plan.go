package sendcloud

import (
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// Plan is a query frozen into windows on the service's calendar, newest first.
// It is a value; Key tells plans apart and never holds a secret.
type Plan struct {
	Query Query
	First Date // the span, frozen: pages belong together over midnight
	Last  Date
	Notes []Note // what a person should know before searching

	ids     []datedID
	days    int // how many days a window may have
	windows []window
	learned *learned // copies of a plan share it, so that all pages come from the same calls
}

// window is one set of parameters of a plan: days that one call may cover, an
// address, ids and a filter. Its rows come page by page.
type window struct {
	first, last Date
	anyDay      bool // nobody asked for these days: they are those around the ids
	email       string
	ids         []string
	status      Status
	codes       []SubStatus
	failures    bool // asks for all failures: by the 15 codes, or, where codes is empty, by reading all mail
	requested   int  // where in the plan, from this window, the same is asked for requested mail; 0: nowhere else
	users       []string
	labelID     string
	labelName   string
}

// learned is what the answers told about a plan.
type learned struct {
	mu       sync.Mutex
	smaller  *Plan            // the same in smaller windows: the service refused the span
	ignored  bool             // the service ignored a filter
	uncoded  bool             // there are failures without a code
	failures map[int][]window // what asks for those of a window
	sizes    map[place]size   // the sizes of lists whose total is not told, or wrong
}

// place is a window of a plan, and a list of rows that answers it: failures may be asked for status by status.
type place struct{ window, list int }

// Note is something the person has to know about a plan or a page.
type Note string

const (
	IDWinsOverName   Note = "the label id wins over the label name"
	NameIsFuzzy      Note = "a label name alone is a fuzzy match"
	SpanFromEmailID  Note = "the span comes from the email id" // no span given, day before to day after
	DefaultSpan      Note = "no span given: the last 7 days"
	FilterIgnored    Note = "the service ignored a filter; filtered here" // the total is "at most"
	FailuresUncoded  Note = "there are failures without a code"
	SmallerWindows   Note = "the service refused the span; asked in smaller windows" // cure: window_days
	ServiceMayRepeat Note = "the service may repeat its answer for ten minutes"
)

const (
	idsPerCall      = 100
	defaultSpanDays = 7
)

// Plan validates q and freezes its span. The error is the first complaint of
// Query.Validate, a *ParameterError. An end date after today is read as today.
func (c *Client) Plan(q Query) (Plan, error) {
	now := c.now()
	if wrong := q.Validate(now, c.lookback); len(wrong) > 0 {
		return Plan{}, wrong[0]
	}
	q.Emails, q.EmailIDs, q.APIUsers = distinct(q.Emails), distinct(q.EmailIDs), distinct(q.APIUsers)
	q.Statuses, q.SubStatuses = distinct(q.Statuses), distinct(q.SubStatuses)
	p := Plan{Query: q}
	if err := p.freeze(DateOf(now), c.lookback); err != nil {
		return Plan{}, err
	}
	switch {
	case q.LabelID != "" && q.LabelName != "":
		p.Notes = append(p.Notes, IDWinsOverName)
	case q.LabelName != "":
		p.Notes = append(p.Notes, NameIsFuzzy)
	}
	return p.cut(int(c.windowDays.Load())), nil
}

// cut returns p in windows of so many days.
func (p Plan) cut(days int) Plan {
	p.days, p.windows = days, nil
	p.learned = &learned{failures: map[int][]window{}, sizes: map[place]size{}}
	for _, s := range spans(p.First, p.Last, days) {
		p.windows = append(p.windows, p.Query.windows(s, p.ids)...)
	}
	return p
}

// current returns p, or the same in smaller windows where the service refused the span.
func (p Plan) current() Plan {
	if p.learned == nil {
		return p
	}
	p.learned.mu.Lock()
	defer p.learned.mu.Unlock()
	if p.learned.smaller != nil {
		return *p.learned.smaller
	}
	return p
}

// datedID is an email id and the days on which its mail may have been sent.
type datedID struct {
	id          string
	first, last Date
}

// freeze decides on the span: what is asked for, else the days around those that email ids tell, else the last 7 days.
func (p *Plan) freeze(today Date, lookback int) error {
	q, earliest := p.Query, today.AddDays(1-lookback)
	asked := true
	switch {
	case !q.StartDate.IsZero():
		p.First, p.Last = q.StartDate, within(q.EndDate, q.StartDate, today)
	case q.Days > 0:
		p.First, p.Last = today.AddDays(1-q.Days), today
	default:
		p.First, p.Last = within(today.AddDays(1-defaultSpanDays), earliest, today), today
		asked = false
	}
	told, tooOld := 0, 0
	for _, id := range q.EmailIDs {
		d := datedID{id, p.First, p.Last}
		if t, ok := EmailIDTime(id); ok && !asked && !today.AddDays(1).Before(DateOf(t)) {
			told++
			if DateOf(t).AddDays(1).Before(earliest) {
				tooOld++
			}
			// What lies outside the reach is asked for at its edge, so that the
			// service, not we, says that it is not there.
			d.first, d.last = within(DateOf(t).AddDays(-1), earliest, today), within(DateOf(t).AddDays(1), earliest, today)
		}
		p.ids = append(p.ids, d)
	}
	if tooOld > 0 && tooOld == len(p.ids) {
		return &ParameterError{Param: ParamEmailIDs, Value: p.ids[0].id, Reason: TooFarBack, Limit: lookback}
	}
	if told > 0 {
		p.Notes = append(p.Notes, SpanFromEmailID)
	}
	if !asked && (told < len(p.ids) || len(p.ids) == 0) {
		p.Notes = append(p.Notes, DefaultSpan)
	}
	if len(p.ids) > 0 {
		p.First, p.Last = p.ids[0].first, p.ids[0].last
	}
	for _, d := range p.ids {
		if d.first.Before(p.First) {
			p.First = d.first
		}
		if p.Last.Before(d.last) {
			p.Last = d.last
		}
	}
	return nil
}

// within returns d, or the end of [first, last] that is nearer to it.
func within(d, first, last Date) Date {
	switch {
	case d.Before(first):
		return first
	case last.Before(d):
		return last
	}
	return d
}

// spans splits a span into windows of at most n days, newest first.
func spans(first, last Date, n int) []window {
	var list []window
	for !last.Before(first) {
		s := window{first: within(last.AddDays(1-n), first, last), last: last}
		list = append(list, s)
		last = s.first.AddDays(-1)
	}
	return list
}

// windows returns the windows of the days of s, in the order of the list.
func (q Query) windows(s window, ids []datedID) []window {
	var asked []string
	for _, d := range ids {
		if !s.last.Before(d.first) && !d.last.Before(s.first) {
			asked = append(asked, d.id)
		}
	}
	chunks, emails := slices.Collect(slices.Chunk(asked, idsPerCall)), q.Emails
	if len(ids) == 0 {
		chunks = [][]string{nil}
	}
	if len(emails) == 0 {
		emails = []string{""}
	}
	base := window{first: s.first, last: s.last, users: q.APIUsers, labelID: q.LabelID, labelName: q.LabelName,
		anyDay: len(ids) > 0 && q.Days == 0 && q.StartDate.IsZero()}
	var list []window
	for _, base.email = range emails {
		for _, base.ids = range chunks {
			list = append(list, q.filtered(base)...)
		}
	}
	return list
}

// filtered returns the windows that ask for the query's statuses and sub-statuses.
func (q Query) filtered(w window) []window {
	switch {
	case len(q.SubStatuses) > 0: // 4xx implies invalid, 5xx soft bounce: no status is sent
		w.codes = q.codes()
		return []window{w}
	case len(q.Statuses) == 2 && slices.Contains(q.Statuses, Invalid) && slices.Contains(q.Statuses, SoftBounce):
		w.codes, w.failures = SubStatuses(), true
		return []window{w}
	case len(q.Statuses) == 0:
		return []window{w}
	}
	return w.byStatus(q.Statuses)
}

// byStatus returns one window for each status, in the order given.
func (w window) byStatus(statuses []Status) []window {
	list, requested := make([]window, len(statuses)), slices.Index(statuses, Requested)
	for i, s := range statuses {
		list[i] = w
		if requested >= 0 {
			list[i].requested = requested - i
		}
		list[i].codes, list[i].failures, list[i].status = nil, false, s
	}
	return list
}

// params returns those of rows [start, start+limit) of w; empty ones are left out.
func (w *window) params(start, limit int) url.Values {
	v := url.Values{
		"startDate":   {w.first.String()},
		"endDate":     {w.last.String()},
		"email":       {w.email},
		"emailIds":    {strings.Join(w.ids, ";")},
		"labelId":     {w.labelID},
		"labelName":   {w.labelName},
		"apiUserList": {strings.Join(w.users, ";")},
		"subStatus":   {joinCodes(w.codes)},
		"start":       {strconv.Itoa(start)},
		"limit":       {strconv.Itoa(limit)},
	}
	if w.status != StatusUnknown {
		v.Set("status", strconv.Itoa(int(w.status)))
	}
	maps.DeleteFunc(v, func(_ string, values []string) bool { return values[0] == "" })
	return v
}

// excludes returns the parameters of w that r shows to be ignored. What cannot be
// read in r, such as a label, is no reason to drop it.
func (w *window) excludes(r *Record) (found []Param) {
	note := func(excluded bool, p Param) {
		if excluded {
			found = append(found, p)
		}
	}
	if r.Status != StatusUnknown {
		note(w.status != StatusUnknown && r.Status != w.status || w.failures && len(w.codes) == 0 && !r.failed(), ParamStatus)
	}
	note(len(w.codes) > 0 && !(w.failures && r.failed()) && otherCode(w.codes, r), ParamSubStatus)
	note(w.email != "" && r.Recipients != "" && !strings.Contains(strings.ToLower(r.Recipients), strings.ToLower(w.email)), ParamEmail)
	note(len(w.ids) > 0 && r.EmailID != "" && !slices.ContainsFunc(w.ids, func(id string) bool {
		return strings.HasPrefix(r.EmailID, id) // the id of a message finds all its recipients
	}), ParamEmailIDs)
	note(len(w.users) > 0 && r.APIUser != "" && !slices.Contains(w.users, r.APIUser), ParamAPIUsers)
	note(w.otherDays(r), ParamStartDate)
	return found
}

// otherCode reports whether r has another code than codes, or none. What cannot be read may be one of them.
func otherCode(codes []SubStatus, r *Record) bool {
	readable := r.SubStatusText == "" && (r.SubStatus != 0 || r.Status != StatusUnknown)
	return readable && !slices.Contains(codes, r.SubStatus)
}

// otherDays reports whether r lies on other days than w asks for. Which of its
// times the service compares, no source tells: one of them is enough.
func (w *window) otherDays(r *Record) bool {
	if w.anyDay || r.RequestTime.IsZero() || r.ModifiedTime.IsZero() {
		return false
	}
	inside := func(d Date) bool { return !d.Before(w.first) && !w.last.Before(d) }
	return !inside(DateOf(r.RequestTime)) && !inside(DateOf(r.ModifiedTime))
}

// inNewerWindow reports whether r was requested on a day of a newer window of the plan, where it comes as well.
func (p Plan) inNewerWindow(w *window, r *Record) bool {
	if r.RequestTime.IsZero() || w.last == p.Last {
		return false
	}
	day := DateOf(r.RequestTime)
	return w.last.Before(day) && !p.Last.Before(day)
}

// Days returns the days of the span, newest first.
func (p Plan) Days() []Date {
	var days []Date
	for d := p.Last; !d.Before(p.First); d = d.AddDays(-1) {
		days = append(days, d)
	}
	return days
}

// Calls returns what the page at Query.Start costs in calls, when none of its answers is in the cache.
func (p Plan) Calls() int {
	p = p.current()
	n := 0
	for i := range p.windows {
		n += p.windows[i].cost()
	}
	limit := p.Query.Limit
	if limit == 0 {
		limit = maxLimit
	}
	first, last := p.Query.Start/maxLimit, (p.Query.Start+limit-1)/maxLimit
	return n + last - max(first, 1) + 1
}

// cost returns how many calls the first rows of w take.
func (w *window) cost() int {
	if w.failures {
		return 3 // the rows by code, and a count of each of the two statuses
	}
	return 1
}

// Key returns a text that is the same for plans that ask the same, and holds no
// secret. Where the page begins and ends is no part of it.
func (p Plan) Key() string {
	q := p.Query
	return url.Values{
		"email": q.Emails, "emailIds": q.EmailIDs, "labelId": {q.LabelID}, "labelName": {q.LabelName}, "apiUserList": q.APIUsers,
		"status": {joinCodes(q.Statuses)}, "subStatus": {joinCodes(q.SubStatuses)}, "startDate": {p.First.String()}, "endDate": {p.Last.String()},
	}.Encode()
}
