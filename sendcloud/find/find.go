// Package find leads from what was pasted to its rows. A Search says which questions
// to ask, the cheapest first, and why something may be missing; it is a value that
// asks nothing. A Walk asks them.
package find

import (
	"reflect"
	"slices"
	"strings"
	"time"

	"bounceboard/sendcloud"
	"bounceboard/sendcloud/mailtext"
	"bounceboard/sendcloud/paste"
)

// Question is a query that leads to items.
type Question struct {
	Query sendcloud.Query
	// Whole tells that the query reads all mail of its span, since nothing narrower
	// is known: say its cost before it is asked.
	Whole bool
}

// Search is the way from items to rows. It is used by one goroutine.
type Search struct {
	items    []paste.Item
	by       map[string][]int // items by what the rows that they mean have, see keys
	rows     rows
	accounts map[string]bool // of the rows that came
	today    sendcloud.Date
	oldest   sendcloud.Date
	span     days            // in which items are looked for first
	asked    map[string]days // what was asked for beforehand
	round    int
	ended    bool
}

type days struct{ first, last sendcloud.Date }

// windows are the spans in which an item is looked for whose day nothing tells: the one that was asked for, then
// further back, as far as the service may be asked.
func (s *Search) windows() []days {
	all, lowest := []days{s.span}, s.span.first
	if s.span.last.Before(s.today) {
		all = append(all, days{s.span.last.AddDays(1), s.today})
	}
	for _, back := range []sendcloud.Date{s.today.AddDays(1 - 30), s.oldest} {
		if back.Before(lowest) && !back.Before(s.oldest) {
			all, lowest = append(all, days{back, lowest.AddDays(-1)}), back
		}
	}
	return all
}

// New returns a search for items. today is the service's day, lookbackDays how many
// days back may be asked, today included; 0 is the default.
func New(items []paste.Item, today sendcloud.Date, lookbackDays int) *Search {
	if lookbackDays <= 0 {
		lookbackDays = sendcloud.DefaultLookbackDays
	}
	s := &Search{items: items, by: map[string][]int{}, accounts: map[string]bool{}, asked: map[string]days{},
		today: today, oldest: today.AddDays(1 - lookbackDays)}
	s.Within(today.AddDays(1-min(7, lookbackDays)), today)
	for n, i := range items {
		key := strings.ToLower(i.Text)
		if i.Kind == paste.MessageID {
			key = messageFront(key)
		}
		s.by[key] = append(s.by[key], n)
	}
	return s
}

// Within says in which days items are looked for first, in place of the last 7.
func (s *Search) Within(first, last sendcloud.Date) { s.span = days{first, last} }

// Asked says what was asked for before the search began: it is not asked for again over those days.
func (s *Search) Asked(addressesAndIDs []string, first, last sendcloud.Date) {
	for _, text := range addressesAndIDs {
		s.asked[text] = days{first, last}
	}
}

// Add takes a row that came, whatever question it answers. meant reports whether an item means it.
func (s *Search) Add(r sendcloud.Record) (meant bool) {
	s.rows.add(r)
	if account := (paste.Item{Kind: paste.EmailID, Text: r.EmailID}).Account(); account != "" {
		s.accounts[account] = true
	}
	return slices.ContainsFunc(keys(r), func(key string) bool {
		return slices.ContainsFunc(s.by[key], func(n int) bool { return s.items[n].Matches(r) })
	})
}

// Ended reports whether nothing is left to ask: what is missing then was looked for everywhere.
func (s *Search) Ended() bool { return s.ended }

// Find is the rows that an item means, the newest first: of an address all its mail of the days that were asked for.
func (s *Search) Find(i paste.Item) []sendcloud.Record { return s.rows.find(i) }

// Newest is the newest of the rows that an item means.
func (s *Search) Newest(i paste.Item) (r sendcloud.Record, ok bool) {
	if found := s.rows.find(i); len(found) > 0 {
		return found[0], true
	}
	return r, false
}

// Rows are the rows that any item means, each once, in the items' order.
func (s *Search) Rows() (all []sendcloud.Record) {
	came := map[string]bool{}
	for _, i := range s.items {
		for _, r := range s.rows.find(i) {
			if r.EmailID == "" || !came[r.EmailID] {
				came[r.EmailID] = true
				all = append(all, r)
			}
		}
	}
	return all
}

// Missing are the items to which no row came, in their order.
func (s *Search) Missing() []paste.Item {
	return slices.DeleteFunc(slices.Clone(s.items), func(i paste.Item) bool {
		return len(s.rows.find(i)) > 0
	})
}

// Next is what to ask next: first by id and by address in the last 7 days, then by the day that a message id tells, then
// in wider windows. Each round asks only for what is still missing. nil ends the search.
func (s *Search) Next() (ask []Question) {
	windows := s.windows()
	for missing := s.Missing(); len(missing) > 0 && s.round <= len(windows) && len(ask) == 0; s.round++ {
		switch s.round {
		case 0:
			ask = append(s.byID(missing), inWindow(missing, windows[0])...)
		case 1:
			ask = s.byDay(missing)
		default:
			ask = inWindow(missing, windows[s.round-1])
		}
		ask = s.withoutAsked(ask)
	}
	s.ended = len(ask) == 0
	return ask
}

// withoutAsked leaves out what was asked for before the search began.
func (s *Search) withoutAsked(ask []Question) (left []Question) {
	for _, q := range ask {
		known := func(text string) bool {
			d, ok := s.asked[text]
			return ok && !q.Query.StartDate.Before(d.first) && !d.last.Before(q.Query.EndDate)
		}
		q.Query.Emails, q.Query.EmailIDs = slices.DeleteFunc(q.Query.Emails, known), slices.DeleteFunc(q.Query.EmailIDs, known)
		if q.Whole || len(q.Query.Emails)+len(q.Query.EmailIDs) > 0 {
			left = append(left, q)
		}
	}
	return left
}

// byID asks for the ids whose day is known, those of neighbouring days together.
func (s *Search) byID(missing []paste.Item) (all []Question) {
	dated := s.dated(missing)
	slices.SortStableFunc(dated, func(a, b paste.Item) int { return sent(a).Compare(sent(b)) })
	for _, i := range dated {
		id := i.EmailID()
		if id == "" {
			continue
		}
		first, last := s.around(i, 24*time.Hour)
		const window = 30 // days of one call
		if n := len(all) - 1; n >= 0 && all[n].Query.StartDate.DaysTo(last) <= window {
			q := &all[n].Query
			q.EmailIDs, q.EndDate = append(q.EmailIDs, id), last
			continue
		}
		all = append(all, Question{Query: sendcloud.Query{EmailIDs: []string{id}, StartDate: first, EndDate: last}})
	}
	return all
}

// byDay asks for message ids by their day: by recipient where one is known, else
// for all mail of the day.
func (s *Search) byDay(missing []paste.Item) (all []Question) {
	for _, i := range s.dated(missing) {
		var q Question
		switch {
		case i.Kind != paste.MessageID:
			continue
		case i.Recipient == "":
			q.Whole = true
			q.Query.StartDate, q.Query.EndDate = s.around(i, 10*time.Minute) // between the id and the request
		default:
			q.Query.Emails = []string{i.Recipient}
			q.Query.StartDate, q.Query.EndDate = s.around(i, 24*time.Hour)
		}
		if !slices.ContainsFunc(all, func(other Question) bool { return reflect.DeepEqual(other, q) }) {
			all = append(all, q)
		}
	}
	return all
}

// inWindow asks for addresses and for ids whose day nothing tells. An address with capitals is asked for in small letters
// as well: to the service that is another one.
func inWindow(missing []paste.Item, in days) (all []Question) {
	var emails, ids []string
	for _, i := range missing {
		_, dated := i.Sent()
		switch small := strings.ToLower(i.Text); {
		case i.Kind == paste.Address && small != i.Text:
			emails = append(emails, i.Text, small)
		case i.Kind == paste.Address:
			emails = append(emails, small)
		case !dated && i.EmailID() != "":
			ids = append(ids, i.EmailID())
		}
	}
	for _, q := range []sendcloud.Query{{EmailIDs: ids}, {Emails: emails}} {
		if q.StartDate, q.EndDate = in.first, in.last; len(q.EmailIDs)+len(q.Emails) > 0 {
			all = append(all, Question{Query: q})
		}
	}
	return all
}

// dated are the ids whose day is known and can be asked for.
func (s *Search) dated(items []paste.Item) []paste.Item {
	return slices.DeleteFunc(slices.Clone(items), func(i paste.Item) bool {
		t, ok := i.Sent()
		return !ok || sendcloud.DateOf(t).Before(s.oldest) || s.today.Before(sendcloud.DateOf(t))
	})
}

// missesID reports whether an id is missing that tells its account.
func (s *Search) missesID() bool {
	return slices.ContainsFunc(s.Missing(), func(i paste.Item) bool { return i.Account() != "" })
}

func sent(i paste.Item) time.Time {
	t, _ := i.Sent()
	return t
}

// around are the days from some time before an item was sent to as much after, as
// far as they can be asked.
func (s *Search) around(i paste.Item, slack time.Duration) (first, last sendcloud.Date) {
	first, last = sendcloud.DateOf(sent(i).Add(-slack)), sendcloud.DateOf(sent(i).Add(slack))
	if first.Before(s.oldest) {
		first = s.oldest
	}
	if s.today.Before(last) {
		last = s.today
	}
	return first, last
}

// Reason is why an item may be missing.
type Reason string

// The reasons that the item itself tells.
const (
	NotFound     Reason = "not found"     // nothing tells why
	OtherAccount Reason = "other account" // the id's account number is not that of the rows that came
	TooOld       Reason = "too old"       // sent before the look-back
	NoDay        Reason = "no day"        // a message id that tells neither day nor recipient
	Misspelt     Reason = "misspelt"      // the domain is one letter from a large receiver's
)

// Lack is an item to which no row came, and why.
type Lack struct {
	Item paste.Item
	Why  Reason
}

// Why is why an item is missing, as far as it can be told.
func (s *Search) Why(i paste.Item) Reason {
	t, dated := i.Sent()
	switch account := i.Account(); {
	case dated && sendcloud.DateOf(t).Before(s.oldest):
		return TooOld
	case account != "" && len(s.accounts) > 0 && !s.accounts[account]:
		return OtherAccount
	case !dated && i.Kind == paste.MessageID && i.Recipient == "":
		return NoDay
	case mailtext.Meant(i.Recipient) != "":
		return Misspelt
	}
	return NotFound
}
