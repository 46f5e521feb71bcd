package recordset

import (
	"time"

	"bounceboard/sendcloud"
)

// Snapshot is the first Len rows of a set.
type Snapshot struct {
	set     *Set
	version int
	rows    int
	mined   int
	views   []view
	heads   []head
	domains []string
	mineResult
}

// view is a block as a snapshot sees it, and the findings of its rows.
type view struct {
	*block
	found []uint32
}

// Snapshot is the rows that are there now.
func (s *Set) Snapshot() Snapshot {
	s.mu.Lock()
	defer s.mu.Unlock()
	if t := s.taken; t != nil && t.rows == s.rows && t.mined == s.mined && t.version == s.version {
		return *t
	}
	t := s.view(make([]view, 0, len(s.blocks)))
	t.set, t.version, t.mined, t.mineResult = s, s.version, s.mined, s.mineResult
	for i, b := range s.blocks {
		b.shared = true
		if i == len(s.blocks)-1 {
			now := *b // rows are added to it
			b = &now
		}
		t.views = append(t.views, view{block: b})
		if i < len(s.found) {
			t.views[i].found = s.found[i]
		}
	}
	s.taken = &t
	return t
}

// view is a snapshot of a store whose blocks are still to be told.
func (s *store) view(views []view) Snapshot {
	return Snapshot{rows: s.rows, views: views, heads: s.heads.values, domains: s.domains.values}
}

// Len is how many rows there are.
func (s Snapshot) Len() int { return s.rows }

// Mined is how many rows, from the first, have their pattern and explanation.
// Numbers by pattern, cause, permanence, provider or refused IP cover these.
func (s Snapshot) Mined() int { return s.mined }

// All is every row of the snapshot.
func (s Snapshot) All() Selection { return rangeOf(0, s.rows) }

func (s Snapshot) at(row int) (*view, int) { return &s.views[row>>blockShift], row & (blockRows - 1) }

// Record is row i as it was appended. Its strings share the set's memory.
func (s Snapshot) Record(row int) sendcloud.Record {
	v, i := s.at(row)
	return v.record(i, s.heads)
}

// record is row i of a block.
func (b *block) record(i int, heads []head) sendcloud.Record {
	if r := b.odd[i]; r != nil {
		return *r
	}
	h := &heads[b.cols[colHead][i]]
	return sendcloud.Record{
		EmailID: string(b.appendID(nil, i)), Status: h.status, StatusText: h.statusText, SubStatus: h.sub, SubStatusText: h.subText,
		SubStatusDesc: h.desc, APIUser: h.apiUser, Recipients: b.recipient(i), SendLog: b.reply(i),
		RequestTime: at(b.cols[colRequested][i]), ModifiedTime: at(b.cols[colModified][i]),
	}
}

// EmailID is row i's email id.
func (s Snapshot) EmailID(row int) string {
	v, i := s.at(row)
	return string(v.appendID(nil, i))
}

// Status, Recipient, Reply and RequestTime are row i's, without the rest.
func (s Snapshot) Status(row int) sendcloud.Status {
	v, i := s.at(row)
	return s.heads[v.cols[colHead][i]].status
}

// Recipient is row i's recipient.
func (s Snapshot) Recipient(row int) string {
	v, i := s.at(row)
	return v.recipient(i)
}

// Reply is row i's sendLog.
func (s Snapshot) Reply(row int) string {
	v, i := s.at(row)
	return v.reply(i)
}

// RequestTime is row i's, zero when it has none.
func (s Snapshot) RequestTime(row int) time.Time {
	v, i := s.at(row)
	return at(v.cols[colRequested][i])
}

// Span is when the first and the last of the rows were requested; zero where no
// row has a request time.
func (s Snapshot) Span() (first, last time.Time) {
	lo, hi := uint32(0), uint32(0)
	for i := range s.views {
		for _, t := range s.views[i].cols[colRequested] {
			if t != 0 && (lo == 0 || t < lo) {
				lo = t
			}
			hi = max(hi, t)
		}
	}
	return at(lo), at(hi)
}

// Explained is what is told about row i; ok is false when it is not mined yet.
func (s Snapshot) Explained(row int) (e Explained, ok bool) {
	if row >= s.mined {
		return Explained{}, false
	}
	v, i := s.at(row)
	return s.facts[s.findings[v.found[i]].fact], true
}

// Pattern is row i's; ok is false when it is not mined yet.
func (s Snapshot) Pattern(row int) (p Pattern, ok bool) {
	if row >= s.mined {
		return Pattern{}, false
	}
	v, i := s.at(row)
	return s.patterns[s.findings[v.found[i]].pattern], true
}

// basis is what a result was made of. The next one, of the same set, looks only
// at rows that came since.
type basis struct {
	set     *Set
	version int
	rows    int // the rows that were looked at, from the first
	of      Selection
}

func (s Snapshot) basis(of Selection, rows int) basis { return basis{s.set, s.version, rows, of} }

// known is how many rows, from the first, a result already tells of: those it
// was made of, where they and their selection are the same now. of is nil for
// every row.
func (b *basis) known(s Snapshot, of *Selection) int {
	if b == nil || b.set == nil || b.set != s.set || b.version != s.version || b.rows > s.rows {
		return 0
	}
	if of != nil && !of.sameUpTo(b.of, b.rows) {
		return 0
	}
	return b.rows
}
