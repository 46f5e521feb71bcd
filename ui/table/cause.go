package table

import (
	"bounceboard/sendcloud"
	"bounceboard/sendcloud/bounce"
	"bounceboard/sendcloud/recordset"
)

// cause is the mark of trying again, the cause and, where it contradicts
// SendCloud's sub-status, a warning: at most widestCause columns. Mail that did
// not fail has none, nor has mail of which nobody told one.
func (t *Table) cause(e bounce.Explanation, rec sendcloud.Record) string {
	if e.Permanence == bounce.NoFailure || recordset.Untold(rec, e) {
		return ""
	}
	mark := t.th.Permanence(e.Permanence.String())
	if mark == "" {
		mark = " "
	}
	s := mark + " " + e.Cause.Short(string(t.lang))
	if e.Contradicts(int(rec.SubStatus)) {
		s += t.th.Marks.Warn
	}
	return s
}
