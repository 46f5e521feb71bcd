package lists

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"bounceboard/sendcloud"
	"bounceboard/sendcloud/bounce"
	"bounceboard/sendcloud/pattern"
)

// Entry is an address on a list.
type Entry struct {
	List    List
	Rule    Rule
	Address string // as its newest failure writes it; empty for rows that name nobody
	Count   int    // failed rows
	Newest  sendcloud.Record
	Meaning bounce.Explanation // of Newest
	Pattern pattern.ID         // of Newest's reply
}

// Receiver is the domain of the address, in small letters.
func (e *Entry) Receiver() string { return domain(e.Address) }

// Sorter gathers rows. Delivered rows tell which failures are over; rows under
// way are passed over. It is used by one goroutine.
type Sorter struct {
	explain   func(sendcloud.Record) bounce.Explanation
	addresses map[string]*address
	delivered map[receiver]time.Time // the last mail it took
	refused   map[refusal]time.Time  // the last one it refused so
	Failed    int                    // failed rows added
	Delivered int                    // delivered rows added
	Rows      int                    // rows added
}

type address struct {
	failed    int
	newest    sendcloud.Record
	meaning   bounce.Explanation
	delivered time.Time
	got       bool // it got mail, at any time
	undated   bool // a delivered or a failed row has no time: which came first cannot be told
}

// receiver is who takes the mail of one of our users.
type receiver struct{ domain, user string }

type refusal struct {
	receiver
	cause bounce.Cause
}

// NewSorter returns a Sorter that asks explain what each failed row means.
func NewSorter(explain func(sendcloud.Record) bounce.Explanation) *Sorter {
	return &Sorter{explain: explain, addresses: map[string]*address{}, delivered: map[receiver]time.Time{}, refused: map[refusal]time.Time{}}
}

// Add adds a row.
func (s *Sorter) Add(r sendcloud.Record) {
	s.Rows++
	failed := r.Status == sendcloud.Invalid || r.Status == sendcloud.SoftBounce
	if !failed && r.Status != sendcloud.Delivered {
		return
	}
	a := s.addresses[key(r)]
	if a == nil {
		a = &address{}
		s.addresses[key(r)] = a
	}
	at, to := when(r), receiver{domain(r.Recipients), r.APIUser}
	a.undated = a.undated || at.IsZero()
	if !failed {
		s.Delivered++
		a.got, a.delivered = true, latest(a.delivered, at)
		s.delivered[to] = latest(s.delivered[to], at)
		return
	}
	s.Failed++
	e := s.explain(r)
	ref := refusal{to, e.Cause}
	s.refused[ref] = latest(s.refused[ref], at)
	if a.failed == 0 || tells(e) && !tells(a.meaning) || tells(e) == tells(a.meaning) && !at.Before(when(a.newest)) {
		a.newest, a.meaning = r, e
	}
	a.failed++
}

// tells reports whether a failure says something of its own: an entry on
// SendCloud's bounce list only repeats what an earlier one said.
func tells(e bounce.Explanation) bool {
	return e.Cause != bounce.Suppressed || e.SendCloudList == "block" || e.SendCloudList == "complaint"
}

// Entries are all addresses with a failure, list by list, by receiver, pattern
// and address.
func (s *Sorter) Entries() []*Entry {
	all := make([]*Entry, 0, len(s.addresses))
	var scanner pattern.Scanner
	for _, a := range s.addresses {
		if a.failed == 0 {
			continue
		}
		text, _ := scanner.Scan(a.newest.Reply())
		e := &Entry{Address: strings.TrimSpace(a.newest.Recipients), Count: a.failed, Newest: a.newest, Meaning: a.meaning,
			Pattern: pattern.IDOf(string(text))}
		later := a.got && (a.undated || !a.delivered.Before(when(a.newest)))
		to := receiver{domain(a.newest.Recipients), a.newest.APIUser}
		took := s.delivered[to]
		e.List, e.Rule = place(a.newest, a.meaning, later, !took.IsZero() && took.After(s.refused[refusal{to, a.meaning.Cause}]))
		all = append(all, e)
	}
	slices.SortFunc(all, func(a, b *Entry) int {
		return cmp.Or(cmp.Compare(a.List, b.List), cmp.Compare(a.Receiver(), b.Receiver()), cmp.Compare(a.Pattern, b.Pattern),
			cmp.Compare(a.Address, b.Address))
	})
	return all
}

// Sum is how much is on a list.
type Sum struct{ Addresses, Rows int }

// Sums adds the entries up, one sum a list.
func Sums(entries []*Entry) [listCount]Sum {
	var sums [listCount]Sum
	for _, e := range entries {
		sums[e.List].Addresses++
		sums[e.List].Rows += e.Count
	}
	return sums
}

// key is the address by which rows are one person's: letter case is no difference.
func key(r sendcloud.Record) string { return strings.ToLower(strings.TrimSpace(r.Recipients)) }

func domain(address string) string {
	return strings.ToLower(strings.TrimSpace(address[strings.LastIndexByte(address, '@')+1:]))
}

func latest(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}
