package sendcloud

import (
	"context"
	"slices"
)

// look notes the parameters that rows of an answer show to be ignored.
func (n *tallying) look(pt part, a answer) {
	for _, p := range n.plan.Query.ignoredIn(pt, a) {
		n.note(Conflict{Kind: ParameterIgnored, Param: p})
	}
}

// ignoredIn are the parameters of pt that exclude rows of its answer.
func (q Query) ignoredIn(pt part, a answer) []Param {
	var found []Param
	for i := range a.records {
		found = append(found, q.ignoredBy(pt, &a.records[i])...)
	}
	return distinct(found)
}

// ignoredBy are the parameters of pt that exclude r.
func (q Query) ignoredBy(pt part, r *Record) []Param {
	if !q.unasked(pt, r) {
		return nil
	}
	var found []Param
	for _, one := range []struct {
		param Param
		part  part
		users []string
	}{
		{ParamStatus, part{status: pt.status, failures: pt.failures && len(pt.codes) == 0}, nil},
		{ParamSubStatus, part{codes: pt.codes, failures: pt.failures && len(pt.codes) > 0}, nil},
		{ParamEmail, part{email: pt.email}, nil},
		{ParamEmailIDs, part{ids: pt.ids}, nil},
		{ParamAPIUsers, part{}, q.APIUsers},
	} {
		if (Query{APIUsers: one.users}).unasked(one.part, r) {
			found = append(found, one.param)
		}
	}
	if q.outside(pt, r) {
		found = append(found, ParamStartDate)
	}
	return found
}

// check compares the numbers, and finds out by a call more where they
// contradict each other. It returns false when the consumer stopped.
func (n *tallying) check(ctx context.Context) (more bool, err error) {
	untold := false
	err = guarded(func() error {
		untold = n.untold(ctx)
		return ctx.Err()
	})
	if err != nil || untold {
		return n.disown(untold), err
	}
	steps := []func(context.Context) error{n.checkDates, n.checkStatuses, n.checkLabel}
	for _, s := range []Status{Invalid, SoftBounce} {
		steps = append(steps, func(ctx context.Context) error { return n.checkFamily(ctx, s) })
	}
	for _, step := range steps {
		err := guarded(func() error { return step(ctx) })
		switch {
		case ctx.Err() != nil:
			return true, ctx.Err()
		case ends(err):
			return true, err
		}
		// Where the call that would tell failed, the numbers stay as they are.
		if !n.tell() {
			return false, nil
		}
	}
	return true, nil
}

// untold reports whether the totals were none.
func (n *tallying) untold(ctx context.Context) bool {
	var calls []asked
	for i := range n.jobs {
		if j := &n.jobs[i]; j.done {
			calls = append(calls, n.asked(j))
		}
	}
	return countsRows(ctx, calls)
}

// disown takes back the numbers that were made of rows, where there are such.
func (n *tallying) disown(untold bool) (more bool) {
	for cell, parts := range n.parts {
		back := false
		for _, i := range parts {
			if j := &n.jobs[i]; untold && j.done && j.answer.total > 0 {
				j.done, back = false, true
				n.cells[cell].Answered--
			}
		}
		if !back {
			continue
		}
		n.cells[cell].Count = n.sum(cell, nil)
		if !n.yield(n.cells[cell], &NoTotalError{Host: n.c.host}) {
			return false
		}
	}
	return true
}

// known reports whether a parameter is known to be ignored.
func (t *Tally) known(params ...Param) bool {
	return slices.ContainsFunc(t.Contradictions(), func(x Conflict) bool { return slices.Contains(params, x.Param) })
}

// largest is the answered call with the most rows that fits.
func (n *tallying) largest(fits func(tallyJob) bool) *tallyJob {
	var most *tallyJob
	for i := range n.jobs {
		j := &n.jobs[i]
		if j.done && fits(*j) && (most == nil || j.answer.total > most.answer.total) {
			most = j
		}
	}
	return most
}

// checkStatuses asks without a status where all statuses have the same total,
// and no row told why.
func (n *tallying) checkStatuses(ctx context.Context) error {
	most := n.largest(func(j tallyJob) bool { return j.part.status != StatusUnknown })
	if most == nil || most.answer.total == 0 || n.known(ParamStatus) {
		return nil
	}
	sum, same := 0, 0
	for _, j := range n.jobs {
		if j.done && j.base == most.base && j.part.status != StatusUnknown {
			sum += j.answer.total
			if j.answer.total != most.answer.total {
				return nil
			}
			same++
		}
	}
	if same < 2 {
		return nil
	}
	a, err := n.r.ask(ctx, n.bases[most.base], 0, 1)
	if err == nil && a.total < sum {
		n.note(Conflict{Kind: ParameterIgnored, Param: ParamStatus})
	}
	return err
}

// checkDates asks for a page of rows where all days, or windows, have the same
// total, and no row told why.
func (n *tallying) checkDates(ctx context.Context) error {
	most := n.largest(func(tallyJob) bool { return true })
	if most == nil || most.answer.total == 0 || n.known(ParamStartDate) {
		return nil
	}
	other := -1
	kind := without(most.part, []Param{ParamStartDate})
	for i := range n.jobs {
		j := &n.jobs[i]
		switch {
		case !j.done || without(j.part, []Param{ParamStartDate}) != kind:
		case j.answer.total != most.answer.total:
			return nil
		case j != most:
			other = i
		}
	}
	if other < 0 {
		return nil
	}
	pt := n.jobs[other].part
	a, err := n.r.ask(ctx, pt, 0, maxLimit)
	if err == nil {
		n.look(pt, a)
	}
	return err
}

// label is the parameter by which the plan names a label; empty for none.
func (t *Tally) label() Param {
	switch q := t.plan.Query; {
	case q.LabelID != "":
		return ParamLabelID
	case q.LabelName != "":
		return ParamLabelName
	}
	return ""
}

// checkLabel asks without the label: rows do not show theirs.
func (n *tallying) checkLabel(ctx context.Context) error {
	most := n.largest(func(tallyJob) bool { return true })
	if n.label() == "" || most == nil || most.answer.total == 0 {
		return nil
	}
	bare := n.plan
	bare.Query.LabelID, bare.Query.LabelName = "", ""
	r := n.c.reading(bare, n.r.fresh, n.r.watch)
	r.calls.Store(n.r.calls.Load())
	r.of.Store(n.r.of.Load())
	a, err := r.ask(ctx, most.part, 0, n.rows())
	n.r.calls.Store(r.calls.Load())
	if err == nil && a.total == most.answer.total {
		n.note(Conflict{Kind: LabelWithoutEffect, Param: n.label()})
	}
	return err
}

// checkFamily compares a failed status with its sub-statuses. Where they are
// more, mail may have failed between the calls, or the service kept an older
// answer: a question that nobody has asked yet tells the status anew. Where the
// status is more and there is no other one, a page of its rows tells whether it
// was heeded; rows that are left have no code.
func (n *tallying) checkFamily(ctx context.Context, s Status) error {
	if n.known(ParamStatus, ParamSubStatus) {
		return nil
	}
	fresh := n.r.fresh
	n.r.fresh = true
	defer func() { n.r.fresh = fresh }()
	for try := range 2 { // the second time for what failed in another window, or just now
		worst, total, codes := n.mismatch(s)
		if worst == nil || codes < total && len(n.plan.Query.Statuses) != 1 {
			return nil
		}
		a, err := n.r.ask(ctx, worst.part, 0, maxLimit-1-try)
		if err != nil {
			return err
		}
		n.look(worst.part, a)
		if n.known(ParamStatus) || codes < total {
			return nil
		}
		n.changed[worst.cell] = true
		worst.answer = a
	}
	if worst, total, codes := n.mismatch(s); worst != nil && codes > total {
		n.note(Conflict{CodesExceedStatus, "", s, worst.part.first, worst.part.last, codes, total})
	}
	return nil
}

// mismatch is the call for a status that is furthest from its sub-statuses,
// those that are more coming first; nil where all of them agree.
func (n *tallying) mismatch(s Status) (worst *tallyJob, total, codes int) {
	sums, counted := make([]int, len(n.bases)), make([]int, len(n.bases))
	for _, j := range n.jobs {
		if j.done && len(j.part.codes) > 0 && j.part.codes[0].Status() == s {
			sums[j.base] += j.answer.total
			counted[j.base]++
		}
	}
	for i := range n.jobs {
		j := &n.jobs[i]
		if !j.done || j.part.status != s || counted[j.base] != len(s.codes()) || sums[j.base] == j.answer.total {
			continue
		}
		over, most := sums[j.base]-j.answer.total, codes-total
		if worst == nil || over > most && over > 0 || over < most && most < 0 {
			worst, total, codes = j, j.answer.total, sums[j.base]
		}
	}
	return worst, total, codes
}

// codes are the documented reasons of a failure.
func (s Status) codes() []SubStatus {
	return slices.DeleteFunc(SubStatuses(), func(code SubStatus) bool { return code.Status() != s })
}
