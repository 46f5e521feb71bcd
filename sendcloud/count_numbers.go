package sendcloud

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"
)

// Numbers are the numbers of a Count at one moment: a value that never changes.
type Numbers struct {
	index     countIndex
	told      []told
	conflicts []Conflict
}

// countIndex finds the calls of cells.
type countIndex struct {
	cells  []Cell
	calls  map[Cell][]int
	ofDays map[Cell][]int // for a cell without a day: the calls of all its days
	keys   []countKey     // by call
}

// Number is how many rows there are, as far as that is known.
type Number struct {
	N       int
	Bound   Bound     // what N says
	At      time.Time // when the oldest answer in it came
	Err     error     // why it, or a part of it, did not come
	Pending bool      // an answer is missing that may still come
	Old     bool      // it is being asked for again; this is what was told before
	Excess  int       // set by Uncoded only: how much the sub-statuses add up to beyond their status

	current bool // a part of it is not old
}

// Bound says in which way a number is known.
type Bound uint8

// The bounds.
const (
	Unknown Bound = iota // N says nothing
	Exact
	AtMost
	AtLeast
)

// Share returns n divided by of. ok is false if either number is not exact, if
// they are from before and after a refresh, if of is 0, or if n is larger than of.
func (n Number) Share(of Number) (share float64, ok bool) {
	if n.Bound != Exact || of.Bound != Exact || n.mixed(of) || of.N == 0 || n.N > of.N {
		return 0, false
	}
	return float64(n.N) / float64(of.N), true
}

// mixed reports whether n and m are of before and after, so that they only go
// together by chance.
func (n Number) mixed(m Number) bool { return (n.Old || m.Old) && (n.current || m.current) }

// Cells returns the cells that are counted, in their order.
func (n Numbers) Cells() []Cell { return slices.Clone(n.index.cells) }

// Conflicts say where the service's numbers contradict each other; complete
// once Run has ended.
func (n Numbers) Conflicts() []Conflict { return slices.Clone(n.conflicts) }

// Progress returns how many of the cells are answered, how many have an error
// instead, and how many there are.
func (n Numbers) Progress() (answered, failed, all int) {
	for _, cell := range n.index.cells {
		whole, wrong := true, false
		for _, i := range n.index.calls[cell] {
			whole = whole && n.told[i].came && !n.told[i].old
			wrong = wrong || n.told[i].err != nil
		}
		if whole {
			answered++
		} else if wrong {
			failed++
		}
	}
	return answered, failed, len(n.index.cells)
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

// Of returns what cells count together. A cell that was not asked for is the
// sum of its days, where these were. Numbers that count the same mail, because
// the service ignored what tells them apart, are counted once.
func (n Numbers) Of(cells ...Cell) Number {
	s := Number{Bound: Exact}
	least, most := false, false
	ignored := n.ignored()
	same := map[countKey]int{}
	for _, cell := range cells {
		calls, asked := n.index.calls[cell]
		if !asked {
			calls = n.index.ofDays[cell]
		}
		if !asked && calls == nil {
			return Number{}
		}
		for _, i := range calls {
			t, key := &n.told[i], n.index.keys[i]
			none := (*NoTotalError)(nil)
			switch {
			case t.came:
				s.Old, s.current = s.Old || t.old, s.current || !t.old
				most = most || t.total > 0 && n.atMost(key)
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
				key = key.without(ignored...)
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
	for _, code := range s.codes() {
		codes = append(codes, Cell{Status: s, SubStatus: code, Day: day})
	}
	whole, coded := n.Of(Cell{Status: s, Day: day}), n.Of(codes...)
	for _, part := range []Number{whole, coded} {
		if part.Bound == Unknown {
			return part
		}
	}
	switch {
	case whole.mixed(coded):
		return Number{Pending: true}
	case whole.Bound != Exact || coded.Bound != Exact:
		return Number{}
	case coded.N > whole.N:
		return Number{Excess: coded.N - whole.N}
	}
	whole.N -= coded.N
	whole.At = oldest(whole.At, coded.At)
	return whole
}

// codes returns the documented reasons of a failure.
func (s Status) codes() []SubStatus {
	return slices.DeleteFunc(SubStatuses(), func(code SubStatus) bool { return code.Status() != s })
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

// atMost reports whether the number of a call is an upper bound.
func (n Numbers) atMost(key countKey) bool {
	return slices.ContainsFunc(n.conflicts, func(c Conflict) bool {
		return c.Kind == CodesExceedStatus && key.codeOf == c.Status || c.Kind != CodesExceedStatus && key.has(c.Param)
	})
}

// countKey returns what a window asks for, in a form that can be compared.
func (w *window) countKey() countKey {
	key := countKey{first: w.first, last: w.last, status: w.status, codes: joinCodes(w.codes), email: w.email,
		users: strings.Join(w.users, ";"), labelID: w.labelID, labelName: w.labelName}
	if len(w.codes) == 1 {
		key.codeOf = w.codes[0].Status()
	}
	if len(w.ids) > 0 {
		key.id = w.ids[0] // no two windows of one span share ids
	}
	return key
}

// has reports whether a call sends a parameter.
func (k countKey) has(p Param) bool { return k != k.without(p) }

// without returns k without some parameters.
func (k countKey) without(params ...Param) countKey {
	for _, p := range params {
		switch p {
		case ParamStartDate:
			k.first, k.last = Date{}, Date{}
		case ParamStatus:
			k.status = StatusUnknown
		case ParamSubStatus:
			k.codes, k.codeOf = "", StatusUnknown
		case ParamEmail:
			k.email = ""
		case ParamEmailIDs:
			k.id = ""
		case ParamAPIUsers:
			k.users = ""
		case ParamLabelID, ParamLabelName:
			k.labelID, k.labelName = "", ""
		}
	}
	return k
}

// Conflict says in what the service's numbers cannot be what they were asked for.
type Conflict struct {
	Kind   ConflictKind
	Param  Param  // ParameterIgnored, WithoutEffect: the parameter
	Status Status // CodesExceedStatus: the status,
	First  Date   // the days on which it shows most,
	Last   Date
	Codes  int // what its sub-statuses add up to there,
	Total  int // and its own total
}

// ConflictKind says what contradicts what.
type ConflictKind string

// The kinds of conflicts.
const (
	// ParameterIgnored: rows came that the parameter excludes.
	ParameterIgnored ConflictKind = "parameter ignored"
	// WithoutEffect: the total is the same without the parameter. It may also
	// be that all of this mail has it.
	WithoutEffect ConflictKind = "parameter without effect"
	// CodesExceedStatus: sub-statuses add up to more than their status, also
	// when that is asked for again.
	CodesExceedStatus ConflictKind = "codes exceed their status"
)

// check finds out by a call more what the numbers leave open: whether a label,
// which no row shows, has an effect, and why sub-statuses do not go with their
// status. Where that call fails, the numbers stay as they are.
func (n *counting) check(ctx context.Context) error {
	for _, step := range []func() error{
		func() error { return n.checkLabel(ctx) },
		func() error { return n.checkCodes(ctx, Invalid) },
		func() error { return n.checkCodes(ctx, SoftBounce) },
	} {
		err := guarded(step)
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case ends(err):
			return err
		}
	}
	if !n.yield(n.Numbers(), nil) {
		return errStopped
	}
	return nil
}

// note remembers a contradiction once.
func (t *Count) note(c Conflict) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if !slices.Contains(t.conflicts, c) {
		t.conflicts = append(t.conflicts, c)
	}
}

// look notes the parameters that rows of an answer show to be ignored.
func (n *counting) look(w *window, a answer) {
	for _, p := range w.ignored(a) {
		n.note(Conflict{Kind: ParameterIgnored, Param: p})
	}
}

// checkLabel takes the largest number counted with a label and asks once more
// without the label. If the total is the same, the label may have no effect. No
// call is needed if the same question with another label gave another total.
func (n *counting) checkLabel(ctx context.Context) error {
	told, keys, most := n.Numbers().told, n.index.keys, -1
	for i, t := range told {
		if keys[i].has(ParamLabelID) && t.came && t.total > 0 && (most < 0 || t.total > told[most].total) {
			most = i
		}
	}
	if most < 0 {
		return nil
	}
	for i, t := range told {
		if t.came && t.total != told[most].total && keys[i].without(ParamLabelID) == keys[most].without(ParamLabelID) {
			return nil
		}
	}
	w, p := n.calls[most], ParamLabelID
	if w.labelID == "" {
		p = ParamLabelName
	}
	w.labelID, w.labelName = "", ""
	a, err := n.r.ask(ctx, &w, 0, n.limit())
	if err == nil && a.total == told[most].total {
		n.note(Conflict{Kind: WithoutEffect, Param: p})
	}
	return err
}

// checkCodes compares a failure status with the sum of its sub-statuses, where
// the two differ most. If the sum is larger, mail may have failed between the
// calls, or an answer came from a cache: it asks for the status again with a
// limit not used before, and notes a conflict if the sum is still larger. If
// the status is larger and no other status is counted, it looks at rows of that
// answer to see whether the service ignored the status. If it did not, the rest
// is mail without a code.
func (n *counting) checkCodes(ctx context.Context, s Status) error {
	if len(n.Numbers().ignored()) > 0 {
		return nil
	}
	others := slices.ContainsFunc(n.calls, func(w window) bool { return w.status != StatusUnknown && w.status != s })
	at, total, codes := n.mismatch(s)
	if at < 0 || codes < total && others {
		return nil
	}
	w := &n.calls[at]
	fresh := n.r.fresh
	n.r.fresh = true
	a, err := n.r.ask(ctx, w, 0, maxLimit-1)
	n.r.fresh = fresh
	if err != nil {
		return err
	}
	if n.look(w, a); len(n.Numbers().ignored()) > 0 || codes < total {
		return nil
	}
	if err := n.take(landed{call: at, answer: a}); err == nil && codes > a.total {
		n.note(Conflict{CodesExceedStatus, "", s, w.first, w.last, codes, a.total})
	}
	return err
}

// mismatch returns the call for a status that is furthest from its
// sub-statuses, -1 where all agree.
func (n *counting) mismatch(s Status) (at, total, codes int) {
	told := n.Numbers().told
	sums, counted := map[countKey]int{}, map[countKey]int{}
	for i, key := range n.index.keys {
		if key.codeOf == s && told[i].came {
			base := key.without(ParamSubStatus)
			sums[base] += told[i].total
			counted[base]++
		}
	}
	at = -1
	for i, w := range n.calls {
		sum := sums[n.index.keys[i].without(ParamStatus)]
		if w.status == s && told[i].came && counted[n.index.keys[i].without(ParamStatus)] == len(s.codes()) && (sum-told[i].total > codes-total || at < 0 && sum != told[i].total) {
			at, total, codes = i, told[i].total, sum
		}
	}
	return at, total, codes
}
