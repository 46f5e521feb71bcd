package recordset

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"bounceboard/sendcloud"
	"bounceboard/sendcloud/bounce"
)

// Completion is what may stand in place of bytes [Start, End) of a filter.
type Completion struct {
	Start, End int
	Candidates []Candidate
}

// Candidate is one text to put in. Count is how many rows have the value, 0
// for a field; Detail is a pattern's text.
type Candidate struct {
	Text   string
	Detail string
	Count  int
}

// maxCandidates is how many candidates are given.
const maxCandidates = 50

// Complete says what the word before the cursor may become: a field, or a
// value of its field, the most frequent first. Without rows the values are
// those that a field can have.
func (s Snapshot) Complete(ctx context.Context, text string, cursor int) (Completion, error) {
	cursor = min(max(cursor, 0), len(text))
	start := wordStart(text[:cursor])
	word := text[start:cursor]
	if n := sign(word, "!", "！"); n > 0 {
		start, word = start+n, word[n:]
	}
	field, n, _ := leadingField(word)
	if field == Words {
		return Completion{start, cursor, fieldCandidates(word)}, nil
	}
	start, word = start+n, word[n:]
	if field.inText() {
		return Completion{start, cursor, nil}, nil
	}
	for i := len(word); i > 0; i-- {
		if n := sign(word[i-1:], ",", "，"); n > 0 {
			start, word = start+i-1+n, word[i-1+n:]
			break
		}
	}
	column, listed := field.column()
	switch {
	case field == FieldTook:
		return Completion{start, cursor, suggestions(word, ">1m", ">10m", ">1h", ">1d", "<10s", "1m..10m")}, nil
	case !listed:
		column = ByDay
	}
	f, err := s.Facet(ctx, s.All(), column, ByCount, nil)
	if err != nil {
		return Completion{}, err
	}
	if field == FieldTime {
		f.Values = slices.DeleteFunc(f.Values, func(v Value) bool { return v.Value == "" })
		slices.SortFunc(f.Values, func(a, b Value) int { return cmp.Compare(b.Value, a.Value) })
	}
	if s.rows == 0 {
		f.Values = field.fixed()
	}
	return Completion{start, cursor, valueCandidates(field, f.Values, word)}, nil
}

// fixed are the values of a field that are known without rows.
func (f Field) fixed() []Value {
	var all []Value
	add := func(value fmt.Stringer) { all = append(all, Value{Value: value.String()}) }
	switch f {
	case FieldStatus:
		for _, s := range sendcloud.Statuses() {
			add(s)
		}
	case FieldSub:
		for _, s := range sendcloud.SubStatuses() {
			all = append(all, Value{Value: strconv.Itoa(int(s))})
		}
	case FieldCause:
		for _, c := range bounce.Causes() {
			add(c)
		}
	case FieldPerm:
		for _, p := range []bounce.Permanence{bounce.Permanent, bounce.Temporary, bounce.Unknown} {
			add(p)
		}
	case FieldTime:
		all = []Value{{Value: "today"}, {Value: "yesterday"}}
	case FieldProvider:
		for _, token := range bounce.Default().Providers() {
			all = append(all, Value{Value: token})
		}
	}
	return all
}

// wordStart is where the word at the end of text begins; blanks in quotes do
// not end one.
func wordStart(text string) int {
	start, quoted := 0, false
	for i := 0; i < len(text); {
		switch {
		case quote(text[i:]) > 0:
			quoted = !quoted
			i += quote(text[i:])
		case blank(text[i:]) > 0:
			i += blank(text[i:])
			if !quoted {
				start = i
			}
		default:
			i++
		}
	}
	return start
}

func fieldCandidates(word string) []Candidate {
	var all []Candidate
	for _, f := range Fields() {
		if strings.HasPrefix(f.String(), strings.ToLower(narrow(word))) {
			all = append(all, Candidate{Text: f.String() + ":"})
		}
	}
	return all
}

func suggestions(word string, texts ...string) []Candidate {
	var all []Candidate
	for _, t := range texts {
		if strings.HasPrefix(t, word) {
			all = append(all, Candidate{Text: t})
		}
	}
	return all
}

// valueCandidates are the values that begin with a word, and behind them those
// that have it somewhere.
func valueCandidates(field Field, values []Value, word string) []Candidate {
	word = foldASCII(narrow(strings.TrimLeft(word, "\"“”＂")))
	var begin, within []Candidate
	for _, v := range values {
		c := Candidate{field.quote(v.Value), v.Text, v.Count}
		if v.Value == "" {
			c.Text = "none"
		}
		switch k := strings.Index(foldASCII(strings.Trim(c.Text, `"`)), word); {
		case k == 0:
			begin = append(begin, c)
		case k > 0 || v.Text != "" && strings.Contains(foldASCII(v.Text), word):
			within = append(within, c)
		}
	}
	all := append(begin, within...)
	return all[:min(len(all), maxCandidates)]
}
