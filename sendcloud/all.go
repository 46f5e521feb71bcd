package sendcloud

import (
	"context"
	"iter"
)

// Walk is one reading of every record of a plan.
type Walk struct{}

// All prepares the reading of every record of p. Nothing is asked before
// Records is ranged over, and nothing goes on while its consumer pauses.
func (c *Client) All(p Plan, watch func(Event)) *Walk { panic("TODO") }

// Records yields each email id once, in the order of the plan. After an error
// of one page the reading ends with that error; an incomplete window is no
// error, Summary tells.
func (w *Walk) Records(ctx context.Context) iter.Seq2[Record, error] { panic("TODO") }

// Summary says what came, at any moment of the reading.
func (w *Walk) Summary() Summary { panic("TODO") }

// Summary of a walk.
type Summary struct {
	Announced  int // by the service, all windows
	Came       int // distinct records yielded
	Repeated   int // came twice
	Calls      int
	AtMost     bool
	Incomplete []Incomplete
	Notes      []Note
}

// Incomplete is a window of which rows may be missing.
type Incomplete struct {
	First, Last Date
	Announced   int
	Came        int
	Err         error // why it ended early; nil: the rows kept moving for three passes
}
