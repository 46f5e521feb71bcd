package counts

import (
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

type (
	Cell   = sendcloud.Cell
	Number = sendcloud.Number
	Bound  = sendcloud.Bound
	Count  = *sendcloud.Count
)

const (
	Unknown = sendcloud.Unknown
	Exact   = sendcloud.Exact
	AtMost  = sendcloud.AtMost
	AtLeast = sendcloud.AtLeast
)

var (
	AllCells = sendcloud.AllCells
	ByDay    = sendcloud.ByDay
)
