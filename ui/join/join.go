package join

import (
	"encoding/csv"
	"io"
	"strings"
	"time"

	"bounceboard/sendcloud"
	"bounceboard/sendcloud/bounce"
	"bounceboard/sendcloud/paste"
	"bounceboard/sendcloud/recordset"
	"bounceboard/sendcloud/rowjson"
	"bounceboard/ui/export"
	"bounceboard/ui/words"
)

// Columns are what is put behind the customer's own columns.
var Columns = []string{"bb_status", "bb_sub_status", "bb_cause", "bb_permanence", "bb_party", "bb_requested", "bb_changed",
	"bb_reply", "bb_next_step", "bb_found"}

// Write writes the table as CSV in UTF-8: the customer's rows in their order, every cell as it was, with Columns behind.
// find is the row of an item, explain what its reply means. The columns of a row that was not found are empty, but for
// bb_found; that is empty too where the search has not ended. Lines end in LF, since line ends inside of cells would become CRLF as well.
func Write(out io.Writer, f *File, l words.Lang, find func(paste.Item) (sendcloud.Record, bool),
	explain func(sendcloud.Record) bounce.Explanation, ended bool) error {
	w := csv.NewWriter(out)
	err := w.Write(append(f.Header[:len(f.Header):len(f.Header)], Columns...))
	for n, row := range f.Rows {
		if err != nil {
			return err
		}
		cells := make([]string, len(Columns))
		if ended || f.Items[n].Text == "" {
			cells[len(cells)-1] = "no"
		}
		if f.Items[n].Text != "" {
			if r, ok := find(f.Items[n]); ok {
				cells = cellsOf(l, r, explain(r))
			}
		}
		err = w.Write(append(row[:len(row):len(row)], cells...))
	}
	w.Flush()
	return w.Error()
}

func cellsOf(l words.Lang, r sendcloud.Record, e bounce.Explanation) []string {
	stamp := func(t time.Time) string {
		return strings.Trim(strings.TrimPrefix(string(rowjson.AppendTime(nil, t)), "null"), `"`)
	}
	cells := []string{r.Status.String(), words.Code(r.SubStatus), "", "", "", stamp(r.RequestTime), stamp(r.ModifiedTime),
		export.Harmless(r.Reply()), "", "yes"}
	if !recordset.Untold(r, e) {
		cells[2], cells[3], cells[4], cells[8] = e.Cause.String(), e.Permanence.String(), e.Party.String(), export.Harmless(e.NextStep(string(l)))
	}
	return cells
}
