package sendcloud

import (
	"context"
	"slices"
)

// extent is how many rows of a part can be read.
type extent struct {
	rows   int  // as far as known
	open   bool // more may follow: the service announced no total that can be true
	beyond int  // rows that were announced and cannot be read
}

// rows are the answers that hold rows [start, end) of the whole list, and what
// of them does. Where a part ends whose total nobody told, its pages show: then
// the list is cut anew.
func (r *reading) rows(ctx context.Context, leads []lead, start, end int) ([]piece, []answer, error) {
	came := map[question]answer{}
	for {
		for i := range leads {
			leads[i].extent = r.extentOf(leads[i])
		}
		pieces := pieces(leads, start, end)
		answers, err := r.fetch(ctx, pieces, came)
		if err != nil {
			return pieces, answers, err
		}
		if again, err := r.learn(ctx, pieces, answers); !again {
			return pieces, answers, err
		}
	}
}

// extentOf is the extent of l as far as anything told.
func (r *reading) extentOf(l lead) extent {
	x := extent{rows: l.answer.total, open: l.answer.open}
	learned := r.plan.learned
	learned.mu.Lock()
	defer learned.mu.Unlock()
	if told, known := learned.extents[l.at]; known {
		x = told
	}
	if first := len(l.answer.records); learned.onePage && x.rows >= first {
		x = extent{rows: first, beyond: x.rows - first}
	}
	return x
}

// pieces cuts rows [start, end) of the whole list along pages of 100 rows in
// each part: whatever rows a caller asks for, their answers are shared. Behind
// a part whose end nobody knows nothing has a place yet.
func pieces(leads []lead, start, end int) []piece {
	var list []piece
	offset := 0
	for _, l := range leads {
		from, to := max(start-offset, 0), min(end-offset, l.extent.rows)
		if l.extent.open {
			to = end - offset
		}
		for from < to {
			grid := from / maxLimit * maxLimit
			list = append(list, piece{l, grid, from - grid, min(to-grid, maxLimit)})
			from = grid + maxLimit
		}
		if l.extent.open {
			break
		}
		offset += l.extent.rows
	}
	return list
}

// question is a page of a part.
type question struct {
	at   place
	grid int
}

// fetch asks for the pieces that did not come yet and do not stand in the first
// rows. After an error it returns the answers before it.
func (r *reading) fetch(ctx context.Context, pieces []piece, came map[question]answer) ([]answer, error) {
	answers := make([]answer, len(pieces))
	errs := inParallel(len(pieces), callsAtOnce, func(i int) (err error) {
		pc := pieces[i]
		a, here := came[question{pc.lead.at, pc.grid}]
		switch {
		case pc.grid == 0:
			a = pc.lead.answer
		case !here:
			a, err = r.ask(ctx, pc.lead.part, pc.grid, maxLimit)
		}
		if answers[i] = a; err == nil && !here {
			answers[i], err = r.fill(ctx, pc, a)
		}
		return err
	})
	for i, err := range errs {
		if err != nil {
			return answers[:i], err
		}
		came[question{pieces[i].lead.at, pieces[i].grid}] = answers[i]
	}
	return answers, nil
}

// fill asks for the rows of a piece that its answer lacks, where the service
// gives fewer at once than it is asked for and announces more.
func (r *reading) fill(ctx context.Context, pc piece, a answer) (answer, error) {
	for len(a.records) < pc.to && a.short(pc.grid, maxLimit) > 0 {
		n := len(a.records)
		more, err := r.ask(ctx, pc.lead.part, pc.grid+n, maxLimit-n)
		known, keys := keysOf(a.records), keysOf(more.records)
		if err != nil || !slices.ContainsFunc(keys, func(key uint64) bool { return !slices.Contains(known, key) }) {
			return a, err
		}
		a.records = slices.Concat(a.records, more.records) // an answer is shared by all who ask
		a.fetchedAt = oldest(a.fetchedAt, more.fetchedAt)
	}
	return a, nil
}

// learn takes from pages what they tell about the extent of their parts, and
// reports whether the list has to be cut anew.
func (r *reading) learn(ctx context.Context, pieces []piece, answers []answer) (again bool, err error) {
	learned := r.plan.learned
	for i, a := range answers {
		l, grid := pieces[i].lead, pieces[i].grid
		if grid == 0 {
			continue
		}
		if samePage(keysOf(l.answer.records), keysOf(a.records)) && (a.noTotal || a.total-l.answer.total < grid) {
			learned.firstPageAlone()
			return true, nil
		}
		x := extent{rows: grid + len(a.records)}
		longer := x.rows > l.extent.rows
		switch {
		case !l.extent.open && (!a.noTotal || !longer):
			continue
		case a.open:
			x.rows, x.open = max(x.rows, l.extent.rows), true
		case len(a.records) == 0:
			if x.rows, err = r.end(ctx, l, grid); err != nil {
				return false, err
			}
		}
		learned.mu.Lock()
		learned.extents[l.at] = x
		learned.mu.Unlock()
		again = again || x != l.extent
	}
	return again, nil
}

// end finds where the rows of l end, which fill the first page and do not reach
// row beyond.
func (r *reading) end(ctx context.Context, l lead, beyond int) (int, error) {
	full := 0
	for beyond-full > maxLimit {
		// Not by halves alone: who asks for row 10^12 asks for the last page.
		at := full + min((beyond-full)/2, full+maxLimit)/maxLimit*maxLimit
		a, err := r.ask(ctx, l.part, at, maxLimit)
		switch rows := len(a.records); {
		case err != nil:
			return 0, err
		case rows == 0:
			beyond = at
		case rows < maxLimit:
			return at + rows, nil
		default:
			full = at
		}
	}
	return full + maxLimit, nil
}

// samePage reports whether two pages hold the same rows, in any order.
func samePage(one, other []uint64) bool {
	return len(one) > 1 && len(one) == len(other) &&
		!slices.ContainsFunc(other, func(key uint64) bool { return !slices.Contains(one, key) })
}
