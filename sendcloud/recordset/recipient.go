package recordset

import (
	"context"
	"slices"
	"strings"
	"time"

	"bounceboard/sendcloud"
)

// Mail is what became of one recipient's mail, by the times of the requests.
type Mail struct {
	Delivered int
	Last      time.Time // the newest delivered mail; zero: none
	Refused   int       // failures since then; all of them where nothing was delivered
	Since     time.Time // the first of these
	Cause     string    // why the newest of these failed; empty where that is not known
	Causes    int       // how many different causes these have
	Earlier   int       // failures before the newest delivered mail
	Waiting   int       // mail that is still being tried
}

// MailOf sums up the rows of one recipient. Causes are those that are known by now.
func (s Snapshot) MailOf(sel Selection) (m Mail) {
	sel = sel.And(s.All())
	causes := map[string]bool{}
	newest := time.Time{}
	for row := range s.withStatus(sel, sendcloud.Delivered).Rows() {
		if t := s.requested(row); m.Delivered == 0 || t.After(m.Last) {
			m.Last = t
		}
		m.Delivered++
	}
	for row := range s.withStatus(sel, sendcloud.Invalid, sendcloud.SoftBounce).Rows() {
		t := s.requested(row)
		if m.Delivered > 0 && !t.After(m.Last) {
			m.Earlier++
			continue
		}
		if m.Refused == 0 || t.Before(m.Since) {
			m.Since = t
		}
		cause := ""
		if row < s.mined {
			v, i := s.at(row)
			cause = s.facts[s.findings[v.found[i]].fact].Cause
		}
		if causes[cause] = true; m.Refused == 0 || !t.Before(newest) {
			newest, m.Cause = t, cause
		}
		m.Refused++
	}
	m.Causes, m.Waiting = len(causes), s.withStatus(sel, sendcloud.Requested).Len()
	return m
}

func (s Snapshot) requested(row int) time.Time {
	v, i := s.at(row)
	return at(v.cols[colRequested][i])
}

// Spellings returns how an address is written in the rows, whatever the case of its letters, up to most of them.
func (s Snapshot) Spellings(ctx context.Context, address string, most int) (all []string) {
	_, domain, _ := strings.Cut(strings.ToLower(address), "@")
	number := slices.Index(s.domains, domain)
	for row := range s.All().Rows() {
		if row%8192 == 0 && ctx.Err() != nil || len(all) == most {
			break
		}
		v, i := s.at(row)
		if number >= 0 && v.cols[colDomain][i] != uint32(number) {
			continue
		}
		if to := v.recipient(i); strings.EqualFold(to, address) && !slices.Contains(all, to) {
			all = append(all, strings.Clone(to))
		}
	}
	return all
}

// Alike says whether a row stands alone: how many rows got the same reply, and how many at its receiver failed for the
// same cause. Rows count that are mined by now.
type Alike struct {
	Covered    int       // rows looked at
	Rows       int       // rows with the same reply pattern
	Recipients int       // the people of these rows, up to MostPeople
	Since      time.Time // the first of these rows

	Cause         string
	Domain        string // of the recipient
	Failed        int    // rows of that domain that failed for the same cause
	OfDomain      int    // all rows of that domain
	Unaffected    string // the other domain with most rows of which none has the reply; empty: none has enough rows
	UnaffectedOf  int    // its rows
	DeliveredHere bool   // delivered mail is among the rows: without it nobody knows how much of all mail that is
}

const (
	// MostPeople is how many recipients of a pattern are told apart.
	MostPeople = 10_000
	// enoughRows is how many rows a domain needs before its lack of a reply says something.
	enoughRows = 20
)

// Alike compares a row with all others; ok is false while the row is not mined.
func (s Snapshot) Alike(ctx context.Context, row int) (a Alike, ok bool, err error) {
	if row < 0 || row >= s.mined {
		return a, false, nil
	}
	v, i := s.at(row)
	own, domain := s.findings[v.found[i]], v.cols[colDomain][i]
	cause := s.facts[own.fact].Cause
	a = Alike{Covered: s.mined, Cause: cause, Domain: s.domains[domain]}
	people := map[string]bool{}
	all, has := make([]int, len(s.domains)), make([]bool, len(s.domains)) // rows of each domain; whether one has the reply
	with := spread{}                                                      // of the requests of rows with the reply
	for row := range s.mined {
		if row%8192 == 0 && ctx.Err() != nil {
			return a, false, ctx.Err()
		}
		v, i := s.at(row)
		found, d := s.findings[v.found[i]], v.cols[colDomain][i]
		status := s.heads[v.cols[colHead][i]].status
		a.DeliveredHere = a.DeliveredHere || status == sendcloud.Delivered
		all[d]++
		if failed := status == sendcloud.Invalid || status == sendcloud.SoftBounce; failed && d == domain && s.facts[found.fact].Cause == cause {
			a.Failed++
		}
		if found.pattern != own.pattern {
			continue
		}
		a.Rows++
		has[d] = true
		if len(people) < MostPeople {
			people[strings.ToLower(v.recipient(i))] = true
		}
		with.reach(v.cols[colRequested][i])
	}
	a.Recipients, a.Since, a.OfDomain = len(people), at(with.first), all[domain]
	for d, n := range all {
		if n >= enoughRows && n > a.UnaffectedOf && !has[d] && s.domains[d] != "" {
			a.Unaffected, a.UnaffectedOf = s.domains[d], n
		}
	}
	return a, true, nil
}

// Rates reports whether a rate of failed mail by the column says something: its values are of mail, not of what a
// server answered.
func (c Column) Rates() bool {
	return slices.Contains([]Column{ByDomain, ByProvider, ByAPIUser, ByHour, ByDay}, c)
}

// failed counts the failed rows of each value; nil where there is no rate.
func (s Snapshot) failed(sel Selection, c Column, g grouping) []int {
	if !c.Rates() || s.withStatus(sel, sendcloud.Delivered).Len() == 0 {
		return nil
	}
	failures := s.withStatus(sel, sendcloud.Invalid, sendcloud.SoftBounce)
	if failures.Len() == 0 {
		return nil
	}
	counts, _ := s.count(failures, c, g)
	return counts
}

// withStatus returns the selected rows that have one of the statuses.
func (s Snapshot) withStatus(sel Selection, statuses ...sendcloud.Status) Selection {
	has := make([]bool, len(s.heads))
	for i, h := range s.heads {
		has[i] = slices.Contains(statuses, h.status)
	}
	sel = sel.And(s.All())
	keep(sel.words, func(row int) bool {
		v, i := s.at(row)
		return has[v.cols[colHead][i]]
	})
	return sel.counted()
}
