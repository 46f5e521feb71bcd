package recordset

import (
	"cmp"
	"context"
	"math"
	"math/bits"
	"slices"
	"strings"
	"time"

	"bounceboard/sendcloud"
	"bounceboard/sendcloud/rate"
)

// Value is a value of a column and the rows of a selection that have it.
type Value struct {
	Value       string // empty: rows without one
	Text        string // for a pattern: its text
	Count       int
	Share       float64   // the part of the selection, 0 … 1
	Rest        float64   // share in the rest of the slice, what is not selected
	Lift        float64   // Share against Rest, a ratio; 1 when there is no rest
	Permanences []string  // for a cause: the permanences of its rows, most first
	Rate        rate.Rate // the failed rows of all that have the value; zero where the facet is not rated
	odd         float64   // how far from chance the difference is, with its sign
}

// Facet is a selection taken apart by a column.
type Facet struct {
	Column   Column
	Values   []Value
	Selected int // rows in the selection
	Covered  int // how many rows of the selection have a value that is known by now; the counts add up to it
	Others   int // how many rows outside the selection the lift compares with
	// Rated says that the values have a rate: the column is one of mail, not of refusals, and the selection has
	// delivered mail and failed mail. Rows that hold failures alone tell no rate.
	Rated bool
}

// FacetOrder is the order of a facet's values.
type FacetOrder uint8

// The orders. ByLift puts first what sets the selection apart from the rest: by how unlikely the difference is
// (log-likelihood ratio), so that one row with a rare value does not come first. ByRate puts first what surely fails
// most: by the lower end of the rate's interval.
const (
	ByCount FacetOrder = iota
	ByLift
	ByValue
	ByRate
)

// Facet counts the rows of a selection by a column. Values without a row are left out.
func (s Snapshot) Facet(ctx context.Context, sel Selection, c Column, order FacetOrder) (*Facet, error) {
	g := s.grouping(c)
	f := &Facet{Column: c, Selected: sel.Len()}
	in, covered := s.count(sel, c, g)
	all, every := s.count(s.All(), c, g)
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	f.Covered, f.Others = covered, every-covered
	failed := s.failed(sel, c, g)
	f.Rated = failed != nil
	for i, n := range in {
		if n == 0 {
			continue
		}
		v := Value{Value: g.values[i], Count: n, Share: float64(n) / float64(covered), Lift: 1}
		if f.Rated {
			v.Rate, _ = rate.Of(failed[i], n)
		}
		if others, rest := all[i]-n, every-covered; rest > 0 {
			v.Rest = float64(others) / float64(rest)
			v.Lift = v.Share / ((float64(others) + 0.5) / (float64(rest) + 0.5))
			v.odd = likelihoodRatio(n, covered, others, rest)
		}
		f.Values = append(f.Values, v)
	}
	switch c {
	case ByCause:
		s.permanences(sel, f.Values)
	case ByPattern:
		texts := make(map[string]string, len(s.patterns))
		for _, p := range s.patterns {
			texts[string(p.ID)] = p.Text
		}
		for i := range f.Values {
			f.Values[i].Text = texts[f.Values[i].Value]
		}
	}
	slices.SortFunc(f.Values, func(a, b Value) int {
		by, count := c.compare(a.Value, b.Value), cmp.Compare(b.Count, a.Count)
		return [...]int{ByCount: cmp.Or(count, by), ByLift: cmp.Or(cmp.Compare(b.odd, a.odd), count, by), ByValue: by,
			ByRate: cmp.Or(cmp.Compare(b.Rate.Low, a.Rate.Low), count, by)}[order]
	})
	return f, nil
}

// permanences tells of each cause what permanences its rows have.
func (s Snapshot) permanences(sel Selection, causes []Value) {
	g := s.groupFacts(func(e Explained) string { return e.Cause + "\x00" + e.Permanence })
	counts, _ := s.count(sel, ByCause, g)
	var all []Count
	for i, n := range counts {
		if n > 0 {
			all = append(all, Count{g.values[i], n})
		}
	}
	for _, one := range most(all) {
		cause, permanence, _ := strings.Cut(one.Value, "\x00")
		if i := slices.IndexFunc(causes, func(v Value) bool { return v.Value == cause }); i >= 0 {
			causes[i].Permanences = append(causes[i].Permanences, permanence)
		}
	}
}

// likelihoodRatio returns Dunning's G² of k rows of n against m rows of o,
// negative when the value is rarer in the first.
func likelihoodRatio(k, n, m, o int) float64 {
	p := float64(k+m) / float64(n+o)
	term := func(seen int, of float64) float64 {
		if seen == 0 {
			return 0
		}
		return float64(seen) * math.Log(float64(seen)/of)
	}
	g := 2 * (term(k, p*float64(n)) + term(n-k, (1-p)*float64(n)) + term(m, p*float64(o)) + term(o-m, (1-p)*float64(o)))
	if float64(k)*float64(o) < float64(m)*float64(n) {
		return -g
	}
	return g
}

// count returns how many selected rows have each value of a grouping, and how many rows have any by now.
func (s Snapshot) count(sel Selection, c Column, g grouping) (counts []int, covered int) {
	raw, code, to := make([]uint32, len(g.group)), columns[c].code, s.rows
	if c.NeedsMining() {
		to = s.mined
	}
	sel = sel.And(rangeOf(0, to))
	for j, w := range sel.words {
		if w == 0 {
			continue
		}
		v, first := s.at(j * 64)
		switch codes := v.codes(c); {
		case codes == nil:
			for ; w != 0; w &= w - 1 {
				raw[code(v, first+bits.TrailingZeros64(w), s.heads)]++
			}
		case w == ^uint64(0):
			for _, k := range codes[first : first+64] {
				raw[k]++
			}
		default:
			for ; w != 0; w &= w - 1 {
				raw[codes[first+bits.TrailingZeros64(w)]]++
			}
		}
	}
	counts = make([]int, len(g.values))
	for code, n := range raw {
		counts[g.group[code]] += int(n)
	}
	return counts, sel.Len()
}

// Bar is one bar of a histogram: requests in [From, To), by status.
type Bar struct {
	From, To                                         time.Time
	Delivered, Invalid, SoftBounce, Requested, Other int // Other: a status we do not know
}

// Total returns all rows of a bar.
func (b Bar) Total() int { return b.Delivered + b.Invalid + b.SoftBounce + b.Requested + b.Other }

// Histogram is a selection over time.
type Histogram struct {
	Bars    []Bar // without a gap from the first request to the last
	Step    time.Duration
	Undated int // rows without a request time
}

// maxBars keeps one wrong date from making a histogram of centuries.
const maxBars = 4096

// Histogram counts a selection by the hour or the day of the request, on the service's calendar: hours where they make
// at most most bars, else days, else as many days as it takes.
func (s Snapshot) Histogram(ctx context.Context, sel Selection, most int) (*Histogram, error) {
	h, hour := &Histogram{}, func(t uint32) uint32 { return uint32((uint64(t) + offset) / 3600) }
	of := s.span(sel)
	step, first := uint32(1), hour(of.first)
	for days := uint32(1); (hour(of.last)-first)/step >= uint32(min(max(most, 1), maxBars)); days++ {
		step, first = days*24, hour(of.first)/24*24
	}
	if of.last > 0 {
		h.Step, h.Bars = time.Duration(step)*time.Hour, make([]Bar, (hour(of.last)-first)/step+1)
	}
	for i := range h.Bars {
		h.Bars[i].From = at((first+uint32(i)*step)*3600 - offset)
		h.Bars[i].To = h.Bars[i].From.Add(h.Step)
	}
	for row := range sel.And(s.All()).Rows() {
		if row%4096 == 0 && ctx.Err() != nil {
			break
		}
		v, i := s.at(row)
		if t := v.cols[colRequested][i]; t == 0 {
			h.Undated++
		} else {
			h.Bars[(hour(t)-first)/step].add(s.heads[v.cols[colHead][i]].status)
		}
	}
	return h, ctx.Err()
}

func (b *Bar) add(status sendcloud.Status) {
	switch status {
	case sendcloud.Delivered:
		b.Delivered++
	case sendcloud.Invalid:
		b.Invalid++
	case sendcloud.SoftBounce:
		b.SoftBounce++
	case sendcloud.Requested:
		b.Requested++
	default:
		b.Other++
	}
}
