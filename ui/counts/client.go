package counts

import (
	"context"
	"iter"
	"time"

	"bounceboard/sendcloud"
)

// Numbers are the numbers of a count at one moment, as sendcloud.Numbers tells
// them.
type Numbers interface {
	Of(cells ...Cell) Number
	Uncoded(s sendcloud.Status, day sendcloud.Date) Number
	Progress() (answered, failed, all int)
	Oldest() time.Time
	Conflicts() []sendcloud.Conflict
}

// API is what counting needs of the client.
type API interface {
	Count(p sendcloud.Plan, cells []Cell, fresh bool) Count
	Budget() sendcloud.Budget
}

// What follows stands in package sendcloud once the client is rebuilt. Then
// this becomes: type (Cell = sendcloud.Cell; Number = sendcloud.Number; Bound =
// sendcloud.Bound; Count = *sendcloud.Count), with the functions and constants
// of the same names.

// Cell names a number. A zero field does not narrow the query.
type Cell struct {
	Status    sendcloud.Status
	SubStatus sendcloud.SubStatus
	Day       sendcloud.Date
	APIUser   string
	LabelID   string
	LabelName string
}

// On is the same on one day.
func (c Cell) On(day sendcloud.Date) Cell {
	c.Day = day
	return c
}

// Number is how many rows there are, as far as that is known.
type Number struct {
	N       int
	Bound   Bound
	At      time.Time
	Err     error
	Pending bool
	Old     bool
	Excess  int
}

// Bound says in which way a number is known.
type Bound uint8

// The bounds.
const (
	Unknown Bound = iota
	Exact
	AtMost
	AtLeast
)

// Share is n as a part of a whole, where both are exact.
func (n Number) Share(of Number) (share float64, ok bool) {
	if n.Bound != Exact || of.Bound != Exact || n.Old != of.Old || of.N == 0 || n.N > of.N {
		return 0, false
	}
	return float64(n.N) / float64(of.N), true
}

// Count counts without fetching rows.
type Count interface {
	Calls() int
	Run(ctx context.Context, watch func(sendcloud.Event)) iter.Seq2[Numbers, error]
	Numbers() Numbers
	Again() Count
	More(cells []Cell) Count
}

// AllCells are every status, then every sub-status.
func AllCells() []Cell {
	var cells []Cell
	for _, s := range sendcloud.Statuses() {
		cells = append(cells, Cell{Status: s})
	}
	for _, s := range sendcloud.SubStatuses() {
		cells = append(cells, Cell{Status: s.Status(), SubStatus: s})
	}
	return cells
}

// ByDay are cells on each of days, day by day.
func ByDay(cells []Cell, days []sendcloud.Date) []Cell {
	var list []Cell
	for _, day := range days {
		for _, c := range cells {
			list = append(list, c.On(day))
		}
	}
	return list
}
