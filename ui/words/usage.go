package words

import "bounceboard/sendcloud"

// Rows are the forms of the noun, for [Lang.Plural].
var Rows = [3]string{"row", "rows", "行"}

// GapIn says what came of a window of which rows may be missing.
func GapIn(l Lang, g sendcloud.Incomplete) string {
	switch {
	case g.Announced == 0:
		return l.Say(gapUnread, g.First, g.Last)
	case g.Came < g.Announced:
		return l.Say(gapPart, g.First, g.Last, Number(g.Came), Number(g.Announced))
	}
	return l.Say(gapMaybe, g.First, g.Last, Number(g.Came))
}

// Help: the parts every command's help has, and the heads of the table of codes.
var (
	HelpStatus = document("HelpStatus")
	HelpFilter = document("filter") // above the fields
)

// Flags by name. What stands in backquotes is the name of the value.
var Flags = pairs("flags")
