package table

import (
	"bounceboard/sendcloud"
	"bounceboard/sendcloud/bounce"
	"bounceboard/sendcloud/recordset"
	"bounceboard/ui/cell"
)

// cause is the mark of trying again, the cause, ? where that is a guess and,
// where it contradicts SendCloud's sub-status, a warning: at most widestCause columns. Mail that did
// not fail has none, nor has mail of which nobody told one.
func (t *Table) cause(e bounce.Explanation, rec sendcloud.Record) string {
	if e.Permanence == bounce.NoFailure || recordset.Untold(rec, e) {
		return ""
	}
	mark := t.th.Permanence(e.Permanence.String())
	if mark == "" {
		mark = " "
	}
	signs := ""
	if e.Guess() {
		signs = "?"
	}
	if e.Contradicts(int(rec.SubStatus)) {
		signs += t.th.Marks.Warn
	}
	name := t.fit.Cut(e.Cause.Short(string(t.lang)), widestCause-2-cell.Width(signs))
	return mark + " " + name + signs
}
