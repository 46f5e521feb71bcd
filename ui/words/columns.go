package words

import "bounceboard/sendcloud/recordset"

// ThenBy is the second key of an order, behind SortedBy. SecondKey says in the sort menu how one is added.
var ThenBy, SecondKey = two("ThenBy SecondKey")

// ColumnHead is the head of a column in the table.
func ColumnHead(c recordset.Column) Sentence {
	if c == recordset.BySubStatus {
		return LabelSubShort
	}
	return columns[c.String()][0]
}

// Where the replies of the table cannot be moved further.
var ReplyEnds, ReplyBegins = two("ReplyEnds ReplyBegins")

// The screen on which columns are chosen.
var (
	LastColumn, ColumnHidden, ColumnsChosen, ColumnsByWidth, ColumnsNoRoom = five("LastColumn ColumnHidden ColumnsChosen ColumnsByWidth ColumnsNoRoom")
	NoConfigFile, ColumnsSaved, ColumnsNotSaved                            = three("NoConfigFile ColumnsSaved ColumnsNotSaved")
)
