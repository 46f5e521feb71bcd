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
	Problem RuleProblem
	What    string // the words at fault, as they stand in the file
}

// RuleProblem is what is wrong with a line: the key of its sentence in texts.txt, after "rule.".
type RuleProblem string

// What can be wrong with a line.
const (
	NoColon          RuleProblem = "no_colon"          // nothing parts what it means from the words
	LooseAlternative RuleProblem = "loose_alternative" // a line with | has no rule above
	BadSection       RuleProblem = "bad_section"
	BadSectionOption RuleProblem = "bad_section_option"
	BadLet           RuleProblem = "bad_let"
	EmptyWord        RuleProblem = "empty_word"
	BadDomain        RuleProblem = "bad_domain"
	BadMark          RuleProblem = "bad_mark" // provider, list, phase … without its name, or with one too many
	GapInIgnore      RuleProblem = "gap_in_ignore"
	UnknownCause     RuleProblem = "unknown_cause"
	UnknownOption    RuleProblem = "unknown_option"
	UnknownParty     RuleProblem = "unknown_party"
	BadSure          RuleProblem = "bad_sure"
	BadCode          RuleProblem = "bad_code"
	BadStatus        RuleProblem = "bad_status"
	BadSub           RuleProblem = "bad_sub"
	Twice            RuleProblem = "twice" // an option a second time, or against another
	UnknownAdvice    RuleProblem = "unknown_advice"
	NothingToFind    RuleProblem = "nothing_to_find" // neither words nor codes
	TooManyPhrases   RuleProblem = "too_many_phrases"
	TooManySteps     RuleProblem = "too_many_steps"
	Unclosed         RuleProblem = "unclosed" // a bracket
	UnknownLet       RuleProblem = "unknown_let"
	BadWord          RuleProblem = "bad_word" // marks inside a word that stand only between words
	TooShort         RuleProblem = "too_short"
	LineTooLong      RuleProblem = "line_too_long"
	FileTooLarge     RuleProblem = "file_too_large"
)

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
	return where + ": " + strings.NewReplacer(
		"{what}", strconv.Quote(string(what)), "{causes}", tokens(lang, Causes()), "{parties}", tokens(lang, Parties()),
	).Replace(text(lang, "rule."+string(e.Problem)))
}

func tokens[T fmt.Stringer](lang string, all []T) string {
	separator := ", "
	if lang == "zh" {
		separator = "、"
	}
	names := make([]string, len(all))
	for i, t := range all {
		names[i] = t.String()
	}
	return strings.Join(names, separator)
}
