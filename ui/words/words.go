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
)

// Lang is a language.
type Lang string

// The languages.
const (
	English Lang = "en"
	Chinese Lang = "zh"
)

// Sentence is the same said in both languages. Both take the same arguments;
// where the order differs, verbs are indexed (%[2]s).
type Sentence struct{ EN, ZH string }

// With is s with its keys: {fetch all} becomes the key of that action. A
// sentence that names a key is said with it.
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

// Labelling sets a value behind what it is of.
var Labelling = Sentence{"%s: %s", "%s：%s"}

// InBrackets sets behind a value how often it is there.
var InBrackets = Sentence{"%s (%s)", "%s（%s）"}

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
	neg := strings.HasPrefix(s, "-")
	s = strings.TrimPrefix(s, "-")
	var b strings.Builder
	for i, r := range s {
		if i > 0 && (len(s)-i)%3 == 0 {
			b.WriteByte(',')
		}
		b.WriteRune(r)
	}
	if neg {
		return "-" + b.String()
	}
	return b.String()
}

// Capital is a sentence with its first letter in upper case.
func Capital(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[n:]
}
