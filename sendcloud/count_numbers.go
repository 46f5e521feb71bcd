package sendcloud

import (
	"cmp"
	"errors"
	"maps"
	"slices"
	"time"
)

// Numbers are the numbers of a Count at one moment: a value that never changes.
type Numbers struct {
	cells     []Cell
	of        map[Cell][]int // the calls of a cell; of one without a day that was not asked for, those of its days
	calls     []countCall
	told      []told // by call
	conflicts []Conflict
}

// Number is how many rows there are, as far as that is known.
type Number struct {
	N       int
	Bound   Bound     // what N says
	At      time.Time // when the oldest answer in it came
	Err     error     // why it, or a part of it, did not come
	Pending bool      // an answer is missing that may still come
	Old     bool      // it is being asked for again; this, or a part of it, is what was told before
}

// Bound says in which way a number is known.
type Bound uint8

const (
	Unknown Bound = iota // N says nothing
	Exact
	AtMost
	AtLeast
)

// Share returns n divided by of. ok is false if either number is not exact, if
// one alone is from before a refresh, if of is 0, or if n is larger than of.
func (n Number) Share(of Number) (share float64, ok bool) {
	if n.Bound != Exact || of.Bound != Exact || n.Old != of.Old || of.N == 0 || n.N > of.N {
		return 0, false
	}
	return float64(n.N) / float64(of.N), true
}

// Cells returns the cells that are counted, in their order.
func (n Numbers) Cells() []Cell { return slices.Clone(n.cells) }

// Conflicts say which parameters the service ignores; complete once Run has ended.
func (n Numbers) Conflicts() []Conflict { return slices.Clone(n.conflicts) }

// Progress returns how many of the cells are answered, how many have an error instead, and how many there are.
func (n Numbers) Progress() (answered, failed, all int) {
	for _, cell := range n.cells {
		if num := n.Of(cell); num.Err != nil {
			failed++
		} else if !num.Pending && !num.Old {
			answered++
		}
	}
	return answered, failed, len(n.cells)
}

// Oldest returns when the oldest number was told; zero where none was.
func (n Numbers) Oldest() time.Time {
	var at time.Time
	for i := range n.told {
		if n.told[i].came {
			at = oldest(at, n.told[i].at)
		}
	}
	return at
}

// Of returns what cells count together. A cell that was not asked for is the sum of its days, where these were. Numbers
// that count the same mail, because the service ignored what tells them apart, are counted once.
func (n Numbers) Of(cells ...Cell) Number {
	s := Number{Bound: Exact}
	least, most := false, false
	ignored, same := n.ignored(), map[string]int{}
	for _, cell := range cells {
		calls, asked := n.of[cell]
		if !asked {
			return Number{}
		}
		for _, i := range calls {
			t := &n.told[i]
			none := (*TotalError)(nil)
			switch {
			case t.came:
				s.Old = s.Old || t.old
				most = most || t.total > 0 && n.atMost(i)
			case errors.As(t.err, &none) && t.total > 0:
				least = true
			default:
				s.Pending = s.Pending || t.err == nil
				s.Bound = Unknown
			}
			if s.Err == nil {
				s.Err = t.err
			}
			s.At = oldest(s.At, t.at)
			if len(ignored) > 0 {
				key := n.calls[i].without(ignored...)
				was := same[key]
				same[key] = max(was, t.total)
				s.N += same[key] - was
			} else {
				s.N += t.total
			}
		}
	}
	switch {
	case s.Bound == Unknown || least && most:
		return Number{Err: s.Err, Pending: s.Pending && s.Err == nil, At: s.At}
	case least:
		s.Bound = AtLeast
	case most:
		s.Bound = AtMost
	}
	return s
}

// Uncoded counts the mail with status s that has no sub-status code: the status
// minus the sum of its codes. A zero day means the whole time span.
func (n Numbers) Uncoded(s Status, day Date) Number {
	var codes []Cell
	for _, code := range SubStatuses() {
		if code.Status() == s {
			codes = append(codes, Cell{Status: s, SubStatus: code, Day: day})
		}
	}
	whole, coded := n.Of(Cell{Status: s, Day: day}), n.Of(codes...)
	switch {
	case whole.Bound == Unknown, coded.Bound == Unknown:
		return Number{Pending: whole.Pending || coded.Pending, Err: cmp.Or(whole.Err, coded.Err)}
	case whole.Old != coded.Old:
		return Number{Pending: true}
	case whole.Bound != Exact || coded.Bound != Exact || coded.N > whole.N:
		return Number{}
	}
	whole.N -= coded.N
	whole.At = oldest(whole.At, coded.At)
	return whole
}

// ignored returns the parameters that the service is known to ignore.
func (n Numbers) ignored() []Param {
	var params []Param
	for _, c := range n.conflicts {
		if c.Kind == ParameterIgnored {
			params = append(params, c.Param)
		}
	}
	return params
}

// atMost reports whether the number of a call is an upper bound: the service ignored a parameter, and not all rows were
// seen, or rows need not show that. A row of another day does not if its other time fits.
func (n Numbers) atMost(call int) bool {
	hidden := []Param{ParamLabelID, ParamLabelName, ParamStartDate}
	return slices.ContainsFunc(n.conflicts, func(c Conflict) bool {
		return n.calls[call].sends(c.Param) && (!n.told[call].seen || slices.Contains(hidden, c.Param))
	})
}

// compared reports whether any call sends p, and whether two differ in nothing else.
func (n Numbers) compared(p Param) (asked, compared bool) {
	bases := map[string]bool{}
	for i := range n.calls {
		if c := &n.calls[i]; c.sends(p) {
			base := c.without(p)
			asked, compared = true, compared || bases[base]
			bases[base] = true
		}
	}
	return asked, compared
}

// doubtful returns the call with the largest number that p may narrow; -1 where
// the numbers or the rows tell whether p has an effect.
func (n Numbers) doubtful(p Param) int {
	if slices.ContainsFunc(n.conflicts, func(c Conflict) bool { return c.Param == p }) {
		return -1
	}
	most, totals := -1, map[string]int{}
	for i, t := range n.told {
		c := &n.calls[i]
		if !t.came || !c.sends(p) {
			continue
		}
		base := c.without(p)
		if total, twice := totals[base]; twice && total != t.total {
			return -1
		}
		totals[base] = t.total
		if t.total > 0 && !(t.seen && p != ParamLabelID) && (most < 0 || t.total > n.told[most].total) {
			most = i
		}
	}
	return most
}

// sends reports whether a call is narrowed by p.
func (c *countCall) sends(p Param) bool {
	switch p {
	case ParamStartDate:
		return !c.anyDay
	case ParamLabelID, ParamLabelName:
		return c.labelID != "" || c.labelName != ""
	}
	return c.params.Has(string(p))
}

// without returns what a call asks for, in a form that can be compared, but for some parameters.
func (c *countCall) without(params ...Param) string {
	rest := maps.Clone(c.params)
	together := map[Param]Param{ParamStartDate: ParamEndDate, ParamLabelID: ParamLabelName, ParamLabelName: ParamLabelID}
	for _, p := range params {
		delete(rest, string(p))
		delete(rest, string(together[p]))
	}
	return rest.Encode()
}

// Conflict says in what the service's numbers cannot be what they were asked for.
type Conflict struct {
	Kind  ConflictKind
	Param Param
}

// ConflictKind says how it shows that a parameter is ignored.
type ConflictKind string

const (
	// ParameterIgnored: rows came that the parameter excludes.
	ParameterIgnored ConflictKind = "parameter ignored"
	// WithoutEffect: the total is the same without the parameter. It may also be that all of this mail has it.
	WithoutEffect ConflictKind = "parameter without effect"
)
