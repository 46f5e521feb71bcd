package session

import (
	"time"

	"bounceboard/sendcloud"
	"bounceboard/sendcloud/recordset"
)

// Coverage says how many rows are loaded, and how many exist.
type Coverage struct {
	Here, Of int
	Open     bool // more rows than Of may follow: nobody told how many
	AtMost   bool // Of is an upper bound: the service ignored a filter
	Growing  bool // rows are on their way
	MayLack  bool // everything was read, and yet rows may be missing
	AsOf     time.Time
	Told     time.Time // when the service told another Of than before; zero: it did not
	First    time.Time // when the earliest of the rows was requested
	Last     time.Time // and the latest
}

// Partial reports whether rows are missing here.
func (c Coverage) Partial() bool { return c.Here < c.Of || c.Open }

// Coverage says how many rows are loaded, and how many exist.
func (s *Session) Coverage() Coverage {
	r := s.rows
	first, last := r.snap.Span()
	c := Coverage{Here: r.snap.Len(), Of: r.snap.Len(), Growing: s.Fetching(), AsOf: r.asOf, First: first, Last: last}
	switch {
	case r.from == FromPages:
		c.Of, c.Open, c.AtMost, c.Told = r.total, r.open, r.atMost, r.told
	case r.walk != nil:
		sum := r.walk.Summary()
		c.Open, c.MayLack = sum.AtLeast, len(sum.Incomplete) > 0
		if !r.whole || c.MayLack { // what was read whole is told by the rows: the service counts some twice, or ignores a filter
			c.Of = max(c.Here, sum.Announced)
		}
	}
	return c
}

// Age returns when the oldest of the places [first, last) was answered.
func (s *Session) Age(first, last int) time.Time {
	if s.Narrowed() {
		return s.rows.asOf
	}
	return s.rows.age(first, last)
}

// Announced returns how many rows the service told of for the query, as far as known.
func (s *Session) Announced() int {
	if s.pages == nil {
		return 0
	}
	return s.pages.total
}

// Reading is how the fetch of every row goes, or the reading of a file.
type Reading struct {
	Here    int
	Summary sendcloud.Summary // set for a fetch
	Err     error             // why it ended before its end; nil: it did not
	Whole   bool              // it was read to its end
	New     int               // rows since it began or went on
	Since   time.Time
	Took    time.Duration     // so far
	File    recordset.Reading // set for a file
	AsOf    time.Time
}

// Reading returns how the fetch of every row goes, or the reading of a file; ok
// is false where there is none.
func (s *Session) Reading() (got Reading, ok bool) {
	r := s.whole
	if r == nil {
		return got, false
	}
	got = Reading{Here: r.snap.Len(), Err: r.err, Whole: r.whole, New: r.snap.Len() - r.before, Since: r.since, AsOf: r.asOf, Took: r.took}
	if r.walk != nil {
		got.Summary = r.walk.Summary()
	}
	if r.file != nil {
		got.File = r.file.reader.Reading()
	}
	return got, true
}
