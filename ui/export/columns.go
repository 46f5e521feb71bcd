package export

import (
	"time"

	"bounceboard/sendcloud"
	"bounceboard/sendcloud/bounce"
	"bounceboard/sendcloud/recordset"
	"bounceboard/ui/columns"
	"bounceboard/ui/words"
)

// TableColumns are the columns of the dashboard's table, by the names that the configuration has for them. Their values are those that
// filters and counts know; a number of seconds for the time that a mail took.
func TableColumns(lang words.Lang, explain func(sendcloud.Record) bounce.Explanation) (all []Column[sendcloud.Record]) {
	var last sendcloud.Record // the row explained last: each column asks for it in turn
	var told recordset.Explained
	for _, c := range recordset.ListColumns() {
		width := columns.Usual(lang, c)
		if c == recordset.ByRequested || c == recordset.ByModified {
			width = len(time.RFC3339)
		}
		all = append(all, Column[sendcloud.Record]{Name: c.String(), Width: width, Value: func(r sendcloud.Record) any {
			if c.NeedsMining() && last != r {
				last, told = r, recordset.ExplainedBy(r, explain(r))
			}
			switch took, ok := r.Took(); {
			case c == recordset.ByTook && ok:
				return int(took / time.Second)
			case c == recordset.BySubStatus && r.SubStatus != 0:
				return int(r.SubStatus)
			case c == recordset.ByRequested && !r.RequestTime.IsZero():
				return r.RequestTime
			case c == recordset.ByModified && !r.ModifiedTime.IsZero():
				return r.ModifiedTime
			}
			return OrNull(c.Of(r, told))
		}})
	}
	return all
}
