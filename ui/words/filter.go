package words

import (
	"regexp"
	"strings"

	"bounceboard/sendcloud/recordset"
)

var filterReasons = pairs("filter_reasons")

// FilterCure is what FilterError leaves open: which fields there are, where what was typed is near to none of them.
func FilterCure(l Lang, e *recordset.FilterError) string {
	if e.Reason != recordset.UnknownField || e.Near != "" {
		return ""
	}
	var names []string
	for _, f := range recordset.Fields() {
		names = append(names, f.String()+":")
	}
	return l.Say(fieldsAre, strings.Join(names, " "))
}

// regexpSigns are what a regular expression has and plain text seldom.
var regexpSigns = regexp.MustCompile(`\.[*+?]|[)\]\w][*+]|\\[dswb]|^\^|\$$|\([^)]*\|`)

// LooksLikeRegexp reports whether a filter looks like a regular expression and is none.
func LooksLikeRegexp(filter string) bool {
	return regexpSigns.MatchString(filter) && !strings.HasPrefix(filter, "/")
}

// FilterError says what is wrong with a filter.
func FilterError(l Lang, e *recordset.FilterError) string {
	text := l.Say(filterReasons[string(e.Reason)], e.Text)
	if e.Near != "" {
		text += l.Say(nearestKnown, e.Near)
	}
	return text
}
