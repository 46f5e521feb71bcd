package session

import (
	"cmp"
	"context"
	"errors"
	"iter"
	"slices"
	"strings"
	"sync"

	"bounceboard/sendcloud"
	"bounceboard/sendcloud/find"
	"bounceboard/sendcloud/mailtext"
	"bounceboard/sendcloud/paste"
	"bounceboard/ui/screen"
)

// Calls that a step of a search makes unasked: for one item, and for many.
const (
	mostForOne  = 20
	mostForMany = 100

	manyAddresses = 20 // more are looked for at once: to read all mail of the span may cost less than a call for each
)

// Finding looks further for what a query did not bring: in wider windows, in small letters, by the day of a message id. The methods
// of nil, where nothing more was looked for, answer no.
type Finding struct {
	Sought       int // items that were looked for
	LookbackDays int // how many days back it asks
	Before       int // rows that the query itself brought; -1: it was not asked

	search   *find.Search // the job's while it runs
	first    sendcloud.Date
	ended    bool        // nothing is left to ask
	lacks    []find.Lack // what it did not find
	capitals []string    // addresses with capitals that the query did not bring
	lowered  bool        // some of them were found in small letters

	mu    sync.Mutex
	step  *find.Step // asked last; nil: nothing was asked yet
	waits bool       // somebody has to agree to what it costs
}

// walk is the reading of every row, or the search for what a query did not bring.
type walk interface {
	Records(context.Context) iter.Seq2[sendcloud.Record, error]
	Summary() sendcloud.Summary
}

// errCosts says that a step costs more calls than are made unasked.
var errCosts = errors.New("it costs calls")

// Step returns what is asked now, or was asked last.
func (f *Finding) Step() (step find.Step, ok bool) {
	if f == nil {
		return step, false
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.step == nil {
		return step, false
	}
	return *f.step, true
}

// Costs returns the step that waits until somebody agrees to what it costs, by fetching on.
func (f *Finding) Costs() (step find.Step, ok bool) {
	if step, ok = f.Step(); !ok {
		return step, false
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	return step, f.waits
}

// Lowered reports whether addresses with capitals were found in small letters alone.
func (f *Finding) Lowered() bool { return f != nil && f.lowered }

// Lacks returns what was not found; ok is false while it is looked for.
func (f *Finding) Lacks() (all []find.Lack, ok bool) {
	if f == nil || !f.ended {
		return nil, false
	}
	return f.lacks, true
}

// Widened returns since when the query asked, and since when the search asked after that; ok is false where it did not ask further
// back.
func (f *Finding) Widened() (from, to sendcloud.Date, ok bool) {
	step, asked := f.Step()
	if !asked {
		return from, to, false
	}
	return f.first, step.Query.StartDate, step.Query.StartDate.Before(f.first)
}

// agree takes the next step. One that was refused before is agreed to by fetching on.
func (f *Finding) agree(step find.Step) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	last, most := f.step, mostForMany
	if f.Sought == 1 {
		most = mostForOne
	}
	again := last != nil && slices.Equal(last.Query.Emails, step.Query.Emails) && last.Query.StartDate == step.Query.StartDate
	f.step, f.waits = &step, step.Calls > most && !again
	if f.waits {
		return errCosts
	}
	return nil
}

// sought are the items that the query is about: those that were pasted, else its addresses and ids. further reports whether what it
// does not bring can be looked for: not where it asks for less than all mail of them.
func (s *Session) sought() (items []paste.Item, further bool) {
	q := s.plan.Query
	narrow := len(q.Statuses)+len(q.SubStatuses)+len(q.APIUsers) > 0 || q.LabelID+q.LabelName != ""
	if len(s.Items) > 0 {
		return s.Items, !narrow
	}
	for _, address := range q.Emails {
		items = append(items, paste.Item{Kind: paste.Address, Text: address, Recipient: address})
	}
	for _, id := range q.EmailIDs {
		_, to, _ := strings.Cut(id, "$")
		item := paste.Item{Kind: paste.EmailID, Text: id, Recipient: to}
		if read := paste.Read(id).Items; len(read) == 1 && read[0].Kind == paste.MessageID {
			item = read[0]
		}
		items = append(items, item)
	}
	return items, !narrow && (len(q.Emails) == 0 || len(q.EmailIDs) == 0)
}

// findAtOnce looks for what the query is about without asking the query before.
func findAtOnce(s *Session) screen.Effect {
	if s.Asking.due = -1; s.rows.answered {
		s.show(newRows(s.env, FromPages))
	}
	e, _ := s.find()
	return e
}

// find finds what is missing, and looks further for it; ok is false where that cannot be done or nothing is missing.
func (s *Session) find() (e screen.Effect, ok bool) {
	r := s.rows
	items, further := s.sought()
	if s.Missing = nil; len(items) == 0 {
		return e, false // no row need be looked at: there may be a million
	}
	search := find.New(items, sendcloud.DateOf(s.env.Now()), s.env.LookbackDays)
	if len(s.plan.Query.EmailIDs) == 0 {
		search.Within(s.plan.First, s.plan.Last)
	}
	if r.answered {
		search.Asked(slices.Concat(s.plan.Query.Emails, s.plan.Query.EmailIDs), s.plan.First, s.plan.Last)
	}
	var known []sendcloud.Record
	for _, row := range r.inOrder()(r.snap.All()) {
		known = append(known, r.snap.Record(int(row)))
		search.Add(known[len(known)-1])
	}
	if missing := search.Missing(); len(missing) == 0 || !further {
		s.Missing = texts(missing)
		return e, false
	}
	s.Finding = &Finding{search: search, first: s.plan.First, Before: len(known), Sought: len(items),
		LookbackDays: cmp.Or(s.env.LookbackDays, sendcloud.DefaultLookbackDays)}
	for _, i := range search.Missing() {
		if i.Kind == paste.Address && i.Text != strings.ToLower(i.Text) {
			s.Finding.capitals = append(s.Finding.capitals, i.Text)
		}
	}
	r.mu.Lock()
	r.came = nil
	r.mu.Unlock()
	if !r.answered {
		s.Finding.Before = -1
	}
	r.answered, r.asOf = true, cmp.Or(r.asOf, s.env.Now())
	r.began, r.walk = r.asOf, find.NewWalk(s.env.API, search, known, watch(r, s.env), s.Finding.agree)
	return s.Fetch(), true
}

func texts(items []paste.Item) (all []string) {
	for _, i := range items {
		all = append(all, i.Text)
	}
	return all
}

// end takes in what the search did not find. It returns the questions about the addresses that misspelt ones may stand for.
func (f *Finding) end(asked sendcloud.Query) (missing []string, ways []Widening) {
	f.ended, f.lacks = true, nil
	for _, i := range f.search.Missing() {
		lack := find.Lack{Item: i, Why: f.search.Why(i)}
		f.lacks = append(f.lacks, lack)
		if meant := mailtext.Meant(i.Recipient); lack.Why == find.Misspelt && len(ways) == 0 {
			local, _, _ := strings.Cut(i.Recipient, "@")
			q := sendcloud.Query{Emails: []string{local + "@" + meant}, Days: asked.Days, StartDate: asked.StartDate, EndDate: asked.EndDate}
			ways = append(ways, Widening{Without: sendcloud.ParamEmail, Query: q})
		}
	}
	missing = texts(f.search.Missing())
	f.lowered = slices.ContainsFunc(f.capitals, func(address string) bool { return !slices.Contains(missing, address) })
	return missing, ways
}
