package sendcloud

import (
	"context"
	"slices"
)

// Conflict says in what the service's numbers cannot be what they were
// asked for.
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
	// ParameterIgnored: rows came that the parameter excludes, or the totals of
	// the statuses are more than there is without the parameter.
	ParameterIgnored ConflictKind = "parameter ignored"
	// WithoutEffect: the total is the same without the parameter. It may also
	// be that all of this mail has it.
	WithoutEffect ConflictKind = "parameter without effect"
	// CodesExceedStatus: sub-statuses add up to more than their status, also
	// when that is asked for again.
	CodesExceedStatus ConflictKind = "codes exceed their status"
)

// check compares the numbers, and finds out by a call more where they
// contradict each other. Where that call fails, the numbers stay as they are.
func (n *counting) check(ctx context.Context) error {
	steps := []func(context.Context) error{n.checkDates, n.checkStatuses,
		func(ctx context.Context) error { return n.checkWithout(ctx, ParamAPIUsers) },
		func(ctx context.Context) error { return n.checkWithout(ctx, ParamLabelID) },
		func(ctx context.Context) error { return n.checkCodes(ctx, Invalid) },
		func(ctx context.Context) error { return n.checkCodes(ctx, SoftBounce) }}
	for _, step := range steps {
		before := n.Numbers()
		err := guarded(func() error { return step(ctx) })
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case ends(err):
			return err
		}
		now := n.Numbers()
		if !(slices.Equal(before.told, now.told) && slices.Equal(before.conflicts, now.conflicts)) && !n.yield(now, nil) {
			return errStopped
		}
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

// known reports whether a parameter is known to be ignored.
func (n *counting) known(params ...Param) bool {
	return slices.ContainsFunc(n.Numbers().conflicts, func(c Conflict) bool { return slices.Contains(params, c.Param) })
}

// alike are the calls that differ from the one with the most rows in p alone,
// and that one first; same reports whether all told the same number.
func (n *counting) alike(p Param) (calls []int, total int, same bool) {
	told := n.Numbers().told
	most := -1
	for i := range n.calls {
		if told[i].came && n.calls[i].key.has(p) && (most < 0 || told[i].total > told[most].total) {
			most = i
		}
	}
	if most < 0 || told[most].total == 0 {
		return nil, 0, false
	}
	calls, same = []int{most}, true
	for i := range n.calls {
		if i != most && told[i].came && n.calls[i].key.has(p) && n.calls[i].key.without(p) == n.calls[most].key.without(p) {
			calls = append(calls, i)
			same = same && told[i].total == told[most].total
		}
	}
	return calls, told[most].total, same
}

// checkDates asks for a page of rows where all days, or windows, have the same
// total, and no row told why.
func (n *counting) checkDates(ctx context.Context) error {
	calls, _, same := n.alike(ParamStartDate)
	if len(calls) < 2 || !same || n.known(ParamStartDate) {
		return nil
	}
	w := &n.calls[calls[1]].window
	a, err := n.r.ask(ctx, w, 0, maxLimit)
	if err == nil {
		n.look(w, a)
	}
	return err
}

// checkStatuses asks without a status where all statuses have the same total,
// and no row told why.
func (n *counting) checkStatuses(ctx context.Context) error {
	calls, total, same := n.alike(ParamStatus)
	if len(calls) < 2 || !same || n.known(ParamStatus) {
		return nil
	}
	w := n.calls[calls[0]].window
	w.status = StatusUnknown
	a, err := n.r.ask(ctx, &w, 0, 1)
	if err == nil && a.total < total*len(calls) {
		n.note(Conflict{Kind: ParameterIgnored, Param: ParamStatus})
	}
	return err
}

// compares reports whether numbers are to be compared with those without p:
// a label, because rows do not show theirs, and the API users that are counted
// one by one.
func (t *Count) compares(p Param) bool {
	if p == ParamAPIUsers {
		return slices.ContainsFunc(t.index.cells, func(c Cell) bool { return c.APIUser != "" })
	}
	return slices.ContainsFunc(t.index.keys, func(k countKey) bool { return k.has(p) })
}

// checkWithout asks without a parameter, unless its values have numbers of their own.
func (n *counting) checkWithout(ctx context.Context, p Param) error {
	calls, total, same := n.alike(p)
	if len(calls) == 0 || !same || n.known(p) || !n.compares(p) {
		return nil
	}
	w := n.calls[calls[0]].window
	if p == ParamAPIUsers {
		w.users = nil
	} else if p = ParamLabelName; w.labelID != "" {
		p = ParamLabelID
	}
	if p != ParamAPIUsers {
		w.labelID, w.labelName = "", ""
	}
	a, err := n.r.ask(ctx, &w, 0, n.limit())
	if err == nil && a.total == total {
		n.note(Conflict{Kind: WithoutEffect, Param: p})
	}
	return err
}

// checkCodes compares a failed status with its sub-statuses. Where they are
// more, mail may have failed between the calls, or the service kept an older
// answer: a question that nobody has asked yet tells the status anew. Where the
// status is more and there is no other one, a page of its rows tells whether it
// was heeded; rows that are left have no code.
func (n *counting) checkCodes(ctx context.Context, s Status) error {
	if n.known(ParamStatus, ParamSubStatus) {
		return nil
	}
	fresh := n.r.fresh
	n.r.fresh = true
	defer func() { n.r.fresh = fresh }()
	others := slices.ContainsFunc(n.calls, func(c countCall) bool { return c.key.status != StatusUnknown && c.key.status != s })
	for try := range 2 { // the second time for what failed in another window, or just now
		worst, total, codes := n.mismatch(s)
		if worst < 0 || codes < total && others {
			return nil
		}
		w := &n.calls[worst].window
		a, err := n.r.ask(ctx, w, 0, maxLimit-1-try)
		if err != nil {
			return err
		}
		n.look(w, a)
		if n.known(ParamStatus) || codes < total {
			return nil
		}
		if err := n.take(landed{call: worst, answer: a}); err != nil {
			return err
		}
	}
	if worst, total, codes := n.mismatch(s); worst >= 0 && codes > total {
		w := &n.calls[worst].window
		n.note(Conflict{CodesExceedStatus, "", s, w.first, w.last, codes, total})
	}
	return nil
}

// mismatch is the call for a status that is furthest from its sub-statuses,
// those that are more coming first; -1 where all of them agree.
func (n *counting) mismatch(s Status) (worst, total, codes int) {
	told := n.Numbers().told
	sums, counted := map[countKey]int{}, map[countKey]int{}
	for i, call := range n.calls {
		if len(call.window.codes) == 1 && call.window.codes[0].Status() == s && told[i].came {
			base := call.key.without(ParamSubStatus)
			sums[base] += told[i].total
			counted[base]++
		}
	}
	worst = -1
	for i, call := range n.calls {
		base := call.key.without(ParamStatus)
		if call.key.status != s || !told[i].came || counted[base] != len(s.codes()) || sums[base] == told[i].total {
			continue
		}
		over, most := sums[base]-told[i].total, codes-total
		if worst < 0 || over > most && over > 0 || over < most && most < 0 {
			worst, total, codes = i, told[i].total, sums[base]
		}
	}
	return worst, total, codes
}
