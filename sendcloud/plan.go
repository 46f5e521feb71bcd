package sendcloud

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// Plan is a query frozen into calls: windows on the service's calendar, newest
// first. It is a value; Key tells plans apart and never holds a secret.
type Plan struct {
	Query Query
	First Date // the span, frozen: pages belong together over midnight
	Last  Date
	Notes []Note // what a person should know before searching
	parts []part
	// learned is what calls told about this plan. Copies of a plan share it, so
	// that all pages come from the same calls.
	learned *learned
}

// part is one question of a plan: its rows come with the same parameters but
// for start and limit.
type part struct {
	first, last Date
	email       string
	ids         []string
	status      Status
	codes       []SubStatus
	failures    bool // codes are all 15, and stand for the two failed statuses
}

type learned struct {
	mu       sync.Mutex
	ignored  bool           // the service ignored a filter
	uncoded  bool           // there are failures without a code
	failures map[int]asking // how those of a part are asked for
	extents  map[place]extent
	onePage  bool // the service gives its first page whatever start says
}

// Note is something the person has to know about a plan or a page.
type Note string

// The notes.
const (
	IDWinsOverName   Note = "the label id wins over the label name"
	NameIsFuzzy      Note = "a label name alone is a fuzzy match"
	SpanFromEmailID  Note = "the span comes from the email id" // no span given, day before to day after
	DefaultSpan      Note = "no span given: the last 7 days"
	FilterIgnored    Note = "the service ignored a filter; filtered here" // the total is "at most"
	FailuresUncoded  Note = "there are failures without a code"
	StartIgnored     Note = "the service gives its first page whatever start says"
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
	p := Plan{Query: q, learned: &learned{failures: map[int]asking{}, extents: map[place]extent{}}}
	ids, err := p.freeze(DateOf(now), c.lookback)
	if err != nil {
		return Plan{}, err
	}
	switch {
	case q.LabelID != "" && q.LabelName != "":
		p.Notes = append(p.Notes, IDWinsOverName)
	case q.LabelName != "":
		p.Notes = append(p.Notes, NameIsFuzzy)
	}
	for _, w := range windows(p.First, p.Last, c.windowDays) {
		p.parts = append(p.parts, q.parts(w, ids)...)
	}
	return p, nil
}

// datedID is an email id and the days on which its mail may have been sent.
type datedID struct {
	id          string
	first, last Date
}

// freeze decides on the span. Without one, email ids that tell their day are
// asked for on the days around it alone.
func (p *Plan) freeze(today Date, lookback int) ([]datedID, error) {
	q := p.Query
	switch {
	case !q.StartDate.IsZero():
		p.First, p.Last = q.StartDate, q.EndDate
		if today.Before(p.Last) {
			p.Last = today
		}
	case q.Days > 0:
		p.First, p.Last = today.AddDays(1-q.Days), today
	default:
		return p.freezeAround(today, lookback)
	}
	return datedIDs(q.EmailIDs, p.First, p.Last), nil
}

// datedIDs says that all ids may have been sent on any day of a span.
func datedIDs(ids []string, first, last Date) []datedID {
	dated := make([]datedID, len(ids))
	for i, id := range ids {
		dated[i] = datedID{id, first, last}
	}
	return dated
}

// freezeAround is freeze for a query without a span: the last 7 days, or the
// days around those that email ids tell.
func (p *Plan) freezeAround(today Date, lookback int) ([]datedID, error) {
	earliest := today.AddDays(1 - lookback)
	week := today.AddDays(1 - defaultSpanDays)
	if week.Before(earliest) {
		week = earliest
	}
	dated := datedIDs(p.Query.EmailIDs, week, today)
	told, tooOld := 0, 0
	for i := range dated {
		d := &dated[i]
		t, ok := EmailIDTime(d.id)
		if !ok || today.AddDays(1).Before(DateOf(t)) {
			continue
		}
		told++
		if DateOf(t).AddDays(1).Before(earliest) {
			tooOld++
		}
		// What lies outside the reach is asked for at its edge, so that the
		// service, not we, says that it is not there.
		d.first = within(DateOf(t).AddDays(-1), earliest, today)
		d.last = within(DateOf(t).AddDays(1), earliest, today)
	}
	if tooOld > 0 && tooOld == len(dated) {
		return nil, &ParameterError{Param: ParamEmailIDs, Value: dated[0].id, Reason: TooFarBack, Limit: lookback}
	}
	if told > 0 {
		p.Notes = append(p.Notes, SpanFromEmailID)
	}
	if told < len(dated) || len(dated) == 0 {
		p.Notes = append(p.Notes, DefaultSpan)
	}
	p.First, p.Last = week, today
	if len(dated) > 0 {
		p.First, p.Last = dated[0].first, dated[0].last
	}
	for _, d := range dated {
		p.First = within(d.first, earliest, p.First)
		p.Last = within(d.last, p.Last, today)
	}
	return dated, nil
}

// within is d, or the end of [first, last] that is nearer to it.
func within(d, first, last Date) Date {
	switch {
	case d.Before(first):
		return first
	case last.Before(d):
		return last
	}
	return d
}

type window struct{ first, last Date }

// windows splits a span into windows of at most n calendar days, both ends
// counted, newest first.
func windows(first, last Date, n int) []window {
	var list []window
	for !last.Before(first) {
		w := window{within(last.AddDays(1-n), first, last), last}
		list = append(list, w)
		last = w.first.AddDays(-1)
	}
	return list
}

// parts are the questions of one window, in the order of the list.
func (q Query) parts(w window, ids []datedID) []part {
	var chunks [][]string
	for _, d := range ids {
		if w.last.Before(d.first) || d.last.Before(w.first) {
			continue
		}
		if n := len(chunks); n == 0 || len(chunks[n-1]) == idsPerCall {
			chunks = append(chunks, nil)
		}
		chunks[len(chunks)-1] = append(chunks[len(chunks)-1], d.id)
	}
	if len(ids) == 0 {
		chunks = [][]string{nil}
	}
	emails := q.Emails
	if len(emails) == 0 {
		emails = []string{""}
	}
	var parts []part
	for _, email := range emails {
		for _, chunk := range chunks {
			for _, s := range q.filters() {
				s.first, s.last, s.email, s.ids = w.first, w.last, email, chunk
				parts = append(parts, s)
			}
		}
	}
	return parts
}

// filters are the questions by status and sub-status.
func (q Query) filters() []part {
	switch {
	case len(q.SubStatuses) > 0: // 4xx implies invalid, 5xx soft bounce: no status is sent
		return []part{{codes: q.codes()}}
	case q.allFailures():
		return []part{{codes: SubStatuses(), failures: true}}
	case len(q.Statuses) == 0:
		return []part{{}}
	}
	list := make([]part, len(q.Statuses))
	for i, s := range q.Statuses {
		list[i].status = s
	}
	return list
}

func (q Query) allFailures() bool {
	return len(q.Statuses) == 2 && slices.Contains(q.Statuses, Invalid) && slices.Contains(q.Statuses, SoftBounce)
}

// byStatus is a failures part as one part for each status, in the order given.
func (q Query) byStatus(pt part) []part {
	list := make([]part, len(q.Statuses))
	for i, s := range q.Statuses {
		list[i] = pt
		list[i].codes, list[i].failures, list[i].status = nil, false, s
	}
	return list
}

// asking is a way to ask for all failures.
type asking int

const (
	byCode     asking = iota
	byStatus          // some have no code, or the service ignores codes
	unfiltered        // the service ignores the status
)

// asked are the parts that ask for pt in a way.
func (q Query) asked(pt part, how asking) []part {
	switch how {
	case byStatus:
		return q.byStatus(pt)
	case unfiltered:
		pt.codes = nil
	}
	return []part{pt}
}

// params are those of rows [start, start+limit) of pt.
func (q Query) params(pt part, start, limit int) url.Values {
	v := url.Values{
		"startDate":   {pt.first.String()},
		"endDate":     {pt.last.String()},
		"email":       {pt.email},
		"emailIds":    {strings.Join(pt.ids, ";")},
		"labelId":     {q.LabelID},
		"labelName":   {q.LabelName},
		"apiUserList": {strings.Join(q.APIUsers, ";")},
		"subStatus":   {joinCodes(pt.codes)},
		"start":       {strconv.Itoa(start)},
		"limit":       {strconv.Itoa(limit)},
	}
	if pt.status != StatusUnknown {
		v.Set("status", strconv.Itoa(int(pt.status)))
	}
	return v
}

// unasked reports whether r cannot be an answer to pt: the service ignored a
// filter. What cannot be read in r is no reason to drop it, and a label cannot
// be seen in it.
func (q Query) unasked(pt part, r *Record) bool {
	if pt.status != StatusUnknown && r.Status != StatusUnknown && r.Status != pt.status {
		return true
	}
	failed := r.Status == Invalid || r.Status == SoftBounce
	if pt.failures && len(pt.codes) == 0 && r.Status != StatusUnknown && !failed {
		return true
	}
	uncoded := pt.failures && failed
	if len(pt.codes) > 0 && !uncoded && beyond(pt.codes, r) {
		return true
	}
	if pt.email != "" && r.Recipients != "" && !hasAddress(r.Recipients, pt.email) {
		return true
	}
	if len(pt.ids) > 0 && r.EmailID != "" && !slices.ContainsFunc(pt.ids, func(id string) bool {
		return strings.HasPrefix(r.EmailID, id) // the id of a message finds all its recipients
	}) {
		return true
	}
	return len(q.APIUsers) > 0 && r.APIUser != "" && !slices.Contains(q.APIUsers, r.APIUser) || q.outside(pt, r)
}

// beyond reports whether r has another code than codes, or a status that none
// of them goes with. A failure without a code may be a damaged row.
func beyond(codes []SubStatus, r *Record) bool {
	switch {
	case r.SubStatus != 0:
		return !slices.Contains(codes, r.SubStatus)
	case r.SubStatusText != "" || r.Status == StatusUnknown:
		return false
	}
	return !slices.ContainsFunc(codes, func(code SubStatus) bool { return code.Status() == r.Status })
}

// outside reports whether r lies on other days than pt asks for. Which of its
// times the service compares, no source tells: one of them is enough. Days that
// nobody asked for are no reason to drop the mail of an id.
func (q Query) outside(pt part, r *Record) bool {
	unlimited := len(pt.ids) > 0 && q.Days == 0 && q.StartDate.IsZero()
	if pt.last.IsZero() || unlimited || r.RequestTime.IsZero() || r.ModifiedTime.IsZero() {
		return false
	}
	within := func(d Date) bool { return !d.Before(pt.first) && !pt.last.Before(d) }
	return !within(DateOf(r.RequestTime)) && !within(DateOf(r.ModifiedTime))
}

func hasAddress(recipients, address string) bool {
	if strings.EqualFold(recipients, address) {
		return true
	}
	list, _ := ParseEmails(recipients)
	return slices.ContainsFunc(list, func(a string) bool { return strings.EqualFold(a, address) })
}

// inNewerWindow reports whether r was requested on a day of a newer window of
// the plan, where it comes as well. Other rows whose day is not that of their
// window are kept: which of its times the service compares, no source tells.
func (p Plan) inNewerWindow(pt part, r *Record) bool {
	if r.RequestTime.IsZero() || pt.last == p.Last {
		return false
	}
	day := DateOf(r.RequestTime)
	return pt.last.Before(day) && !p.Last.Before(day)
}

// requestedBeside are the parts that ask for requested mail, where part at asks
// the same but for another status.
func (p Plan) requestedBeside(at int) []int {
	var found []int
	pt := p.parts[at]
	if pt.status == StatusUnknown || pt.status == Requested {
		return nil
	}
	n := len(p.Query.Statuses)
	for j := max(0, at-n+1); j < min(at+n, len(p.parts)); j++ {
		if o := p.parts[j]; o.status == Requested && o.first == pt.first && o.email == pt.email && slices.Equal(o.ids, pt.ids) {
			found = append(found, j)
		}
	}
	return found
}

// Calls is what the first page costs in calls, when none of its answers is in
// the cache: one for each part of the list, three where all failures are asked
// for, and those that Query.Start needs beyond them.
func (p Plan) Calls() int {
	n := 0
	for _, pt := range p.parts {
		n += p.Query.cost(pt)
	}
	limit := p.Query.Limit
	if limit == 0 {
		limit = maxLimit
	}
	first, last := p.Query.Start/maxLimit, (p.Query.Start+limit-1)/maxLimit
	return n + last - max(first, 1) + 1
}

// cost is how many calls the first rows of pt take.
func (q Query) cost(pt part) int {
	if pt.failures {
		return 1 + len(q.Statuses)
	}
	return 1
}

// Key is the same for plans that ask the same, and holds no secret. Where the
// page begins and ends is no part of it.
func (p Plan) Key() string {
	q := p.Query
	statuses := make([]string, len(q.Statuses))
	for i, s := range q.Statuses {
		statuses[i] = strconv.Itoa(int(s))
	}
	return url.Values{
		"email": q.Emails, "emailIds": q.EmailIDs, "labelId": {q.LabelID}, "labelName": {q.LabelName}, "apiUserList": q.APIUsers,
		"status": statuses, "subStatus": {joinCodes(q.SubStatuses)}, "startDate": {p.First.String()}, "endDate": {p.Last.String()},
	}.Encode()
}
