package bounce

import (
	"fmt"
	"strconv"
	"strings"
)

// RuleError is a line of a rule file that cannot be read.
type RuleError struct {
	File    string // the name given to Add
	Line    int    // from 1; 0 where the file as a whole is at fault
	Problem string // what is wrong: the key of its sentence in texts.txt, after "rule."
	What    string // the words at fault, as they stand in the file
}

func (e *RuleError) Error() string { return e.In("en") }

// quoted bounds how much of a line an error repeats, in characters.
const quoted = 60

// In says where and what in a language, and what would be right.
func (e *RuleError) In(lang string) string {
	what := []rune(e.What)
	if len(what) > quoted {
		what = append(what[:quoted], '…')
	}
	where := e.File
	if e.Line > 0 {
		where = fmt.Sprintf("%s:%d", e.File, e.Line)
	}
	separator := ", "
	if lang == "zh" {
		separator = "、"
	}
	return where + ": " + strings.NewReplacer("{what}", strconv.Quote(string(what)),
		"{causes}", strings.Join(causeTokens, separator), "{parties}", strings.Join(partyTokens, separator),
	).Replace(text(lang, "rule."+e.Problem))
}
