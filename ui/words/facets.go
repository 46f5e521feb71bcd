package words

import (
	"fmt"
	"strconv"
	"strings"

	"bounceboard/sendcloud/bounce"
	"bounceboard/sendcloud/recordset"
)

// columns has the name of each column, and the noun for what a row has or lacks there.
var columns = table("columns")

// ColumnName is the name of a column that rows are counted or sorted by.
func ColumnName(l Lang, c recordset.Column) string { return l.Say(columns[c.String()][0]) }

// FacetColumns are the names of columns, the first ten behind the digit that goes there.
func FacetColumns(l Lang, cs []recordset.Column) []string {
	names := make([]string, len(cs))
	for i, c := range cs {
		names[i] = ColumnName(l, c)
		if i < 10 {
			names[i] = strconv.Itoa((i+1)%10) + " " + names[i]
		}
	}
	return names
}

// Lacks are the rows without a value in a column, and those with one: no refused IP, any refused IP.
func Lacks(l Lang, c recordset.Column) (without, with string) {
	noun := l.Say(columns[c.String()][1])
	return l.Say(lacks, noun), l.Say(has, noun)
}

// FacetValue is a value of a column in words, and its token where that differs.
func FacetValue(l Lang, c recordset.Column, value string) (label, hint string) {
	switch c {
	case recordset.ByCause:
		if cause, ok := bounce.ParseCause(value); ok {
			return cause.Short(string(l)), value
		}
	case recordset.ByPermanence:
		if p, ok := bounce.ParsePermanence(value); ok {
			if text := Permanence(l, p); text != "" {
				return text, ""
			}
			return l.Say(noFailure), ""
		}
	case recordset.ByParty:
		for _, p := range bounce.Parties() {
			if p.String() == value {
				return p.Name(string(l)), value
			}
		}
	case recordset.ByProvider:
		if name := bounce.ProviderName(value, string(l)); name != "" && name != value {
			return name, value
		}
	}
	return value, ""
}

// Lift is how much more frequent a value is here than in all other rows, as a ratio; times is the sign before it.
func Lift(l Lang, times string, lift float64) string {
	text, said := fmt.Sprintf("%.1f", lift), liftOf
	switch {
	case lift >= 999.5:
		text = "999+"
	case lift >= 9.95:
		text = fmt.Sprintf("%.0f", lift)
	case lift < 0.05:
		text, said = "0.1", liftUnder
	}
	if l == English {
		text = times + text
	}
	return l.Say(said, text)
}

// CauseName is a cause's short name by its token.
func CauseName(l Lang, token string) string {
	name, _ := FacetValue(l, recordset.ByCause, token)
	return name
}

// Counts lists the first values with their counts; name, which may be nil, is what a value is called.
func Counts(l Lang, list []recordset.Count, name func(string) string) string {
	const shown = 5
	var texts []string
	for _, c := range list[:min(len(list), shown)] {
		value := c.Value
		if name != nil {
			value = name(value)
		}
		if value == "" {
			value = l.Say(NoValue)
		}
		texts = append(texts, l.Say(InBrackets, value, Number(c.Count)))
	}
	text := strings.Join(texts, l.Say(comma))
	if len(list) > shown {
		text = l.Say(andMore, text, len(list)-shown)
	}
	return text
}

// ColumnHead is the head of a column in the table.
func ColumnHead(c recordset.Column) Sentence {
	if c == recordset.BySubStatus {
		return LabelSubShort
	}
	return columns[c.String()][0]
}
