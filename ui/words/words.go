// Package words holds every sentence a person reads, in English and Chinese.
// Packages below say what happened as values; this one says it in words.
package words

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"bounceboard/keymap"
	"bounceboard/sendcloud/recordset"
)

// Lang is a language.
type Lang string

// The languages.
const (
	English Lang = "en"
	Chinese Lang = "zh"
)

// Other is the other language.
func (l Lang) Other() Lang {
	if l == Chinese {
		return English
	}
	return Chinese
}

// Sentence is the same said in both languages. Both take the same arguments; where the order differs, verbs are indexed (%[2]s).
type Sentence struct{ EN, ZH string }

// With is s with its keys: {fetch all} becomes the key of that action. A sentence that names a key is said with it.
func (s Sentence) With(m keymap.Map) Sentence {
	fill := func(text string) string {
		return keyMark.ReplaceAllStringFunc(text, func(mark string) string {
			return m.Key(keymap.Action(mark[1 : len(mark)-1]))
		})
	}
	return Sentence{fill(s.EN), fill(s.ZH)}
}

var keyMark = regexp.MustCompile(`\{[a-zA-Z -]+\}`)

// Say says s with its arguments filled in.
func (l Lang) Say(s Sentence, args ...any) string {
	text := s.EN
	if l == Chinese {
		text = s.ZH
	}
	if len(args) == 0 {
		return text
	}
	return fmt.Sprintf(text, args...)
}

// Message is a sentence with arguments to be filled in in the reader's language. As an error it is about flags or a configuration.
type Message struct {
	What Sentence
	Args []any // sentences and messages among them are said in the same language
}

// Filled is a message of s and its arguments.
func Filled(s Sentence, args ...any) *Message { return &Message{s, args} }

// In says the message in a language.
func (m *Message) In(l Lang) string {
	args := make([]any, len(m.Args))
	for i, arg := range m.Args {
		switch a := arg.(type) {
		case Sentence:
			args[i] = l.Say(a)
		case *Message:
			args[i] = a.In(l)
		default:
			args[i] = arg
		}
	}
	return l.Say(m.What, args...)
}

// Error says it in English.
func (m *Message) Error() string { return m.In(English) }

// DidYouMean asks for the known word that is nearest to what was typed, with prefix before it. It says nothing where none is near.
func DidYouMean(typed string, known []string, prefix string) *Message {
	if nearest, ok := recordset.Nearest(typed, known); ok {
		return Filled(nearestKnown, prefix+nearest)
	}
	return Filled(Sentence{})
}

// NotAChoice says that what was typed is none of the values that name takes, with the nearest of them.
func NotAChoice(name any, typed string, of []string) *Message {
	return Filled(notAChoice, name, typed, DidYouMean(strings.ToLower(typed), of, ""), strings.Join(of, ", "))
}

// Labelled is a value behind its label: cause: spam, 原因：判为垃圾.
func Labelled(l Lang, label Sentence, value string) string {
	return l.Say(Labelling, l.Say(label), value)
}

// Plural is n with the right form of a noun: 1 row, 2 rows, 2 行.
func (l Lang) Plural(n int, one, many, zh string) string {
	switch {
	case l == Chinese:
		return Number(n) + " " + zh
	case n == 1:
		return "1 " + one
	}
	return Number(n) + " " + many
}

// Number is n with a comma between thousands.
func Number(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0 && s[i-1] != '-'; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// Capital is a sentence with its first letter in upper case.
func Capital(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[n:]
}

// Lower writes the first letter small, for a sentence inside another.
func Lower(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToLower(r)) + s[n:]
}
