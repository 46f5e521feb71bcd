package table

import (
	"bounceboard/sendcloud/bounce"
	"bounceboard/sendcloud/recordset"
	"bounceboard/ui/cell"
	"bounceboard/ui/words"
)

// Sentence is the selected row as a sentence, for screen readers: its place, status, whole recipient, time, cause and
// the server's reply. ok is false where no row is selected.
func (t *Table) Sentence() (said string, ok bool) {
	rec, ok := t.s.Selected()
	if !ok {
		return "", false
	}
	e := t.s.Explain(rec)
	told := recordset.ExplainedBy(rec, e)
	status, code := t.status(rec), recordset.BySubStatus.Of(rec, told)
	if code != "" {
		status += " " + code
	}
	if t.s.Marked(t.s.Cursor) {
		status = t.lang.Say(words.MarkedRow, status)
	}
	said = t.lang.Say(words.RowSpoken, words.Number(t.s.Cursor+1), words.Number(t.s.Total()), status, rec.Recipients,
		t.text(recordset.ByRequested, rec, e, told))
	if e.Permanence != bounce.NoFailure && !recordset.Untold(rec, e) {
		said += t.lang.Say(words.CauseSpoken, e.Cause.Short(string(t.lang)))
	}
	if rec.SendLog != "" {
		said += t.lang.Say(words.ReplySpoken, rec.SendLog)
	}
	return cell.Clean(said), true
}
