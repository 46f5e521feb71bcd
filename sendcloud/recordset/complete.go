package recordset

import (
	"context"
	"slices"
	"strings"
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
	start += sign(text[start:cursor], "!", "！")
	field, n, _ := leadingField(text[start:cursor])
	if field == Words {
		return Completion{start, cursor, candidates(fieldValues(), text[start:cursor], Field.quote, field)}, nil
	}
	start += n
	if k := strings.LastIndexAny(text[start:cursor], ",，"); k >= 0 {
		start += k + max(sign(text[start+k:cursor], ","), sign(text[start+k:cursor], "，"))
	}
	if field.inText() {
		return Completion{start, cursor, nil}, nil
	}
	var values []Value
	column := Column(field)
	switch column {
	case ByTook:
		for _, v := range []string{">1m", ">10m", ">1h", ">1d", "<10s", "1m..10m"} {
			values = append(values, Value{Value: v})
		}
		return Completion{start, cursor, candidates(values, text[start:cursor], nil, field)}, nil
	case ByRequested:
		column = ByDay
	}
	f, err := s.Facet(ctx, s.All(), column, ByCount, nil)
	if err != nil {
		return Completion{}, err
	}
	values = f.Values
	if column == ByDay {
		values = slices.DeleteFunc(values, func(v Value) bool { return v.Value == "" })
		slices.SortFunc(values, func(a, b Value) int { return strings.Compare(b.Value, a.Value) })
	}
	if order := columns[field].order; s.rows == 0 && order != nil {
		values = nil
		for _, token := range order() {
			values = append(values, Value{Value: token})
		}
	}
	return Completion{start, cursor, candidates(values, text[start:cursor], Field.quote, field)}, nil
}

func fieldValues() (all []Value) {
	for _, f := range Fields() {
		all = append(all, Value{Value: f.String() + ":"})
	}
	return all
}

// wordStart returns where the word at the end of text begins; blanks in quotes
// do not end one.
func wordStart(text string) int {
	start, quoted := 0, false
	for i := 0; i < len(text); {
		n := max(1, quote(text[i:]), blank(text[i:]))
		if quote(text[i:]) > 0 {
			quoted = !quoted
		}
		if i += n; blank(text[i-n:]) > 0 && !quoted {
			start = i
		}
	}
	return start
}

// candidates returns the values that begin with a word, and after them those
// that have it somewhere.
func candidates(values []Value, word string, quoted func(Field, string) string, field Field) []Candidate {
	word = foldASCII(narrow(strings.TrimLeft(word, "\"“”＂")))
	var begin, within []Candidate
	for _, v := range values {
		c := Candidate{v.Value, v.Text, v.Count}
		switch {
		case v.Value == "":
			c.Text = "none"
		case quoted != nil && field != Words:
			c.Text = quoted(field, v.Value)
		}
		switch k := strings.Index(foldASCII(strings.Trim(c.Text, `"`)), word); {
		case k == 0:
			begin = append(begin, c)
		case field != Words && (k > 0 || v.Text != "" && strings.Contains(foldASCII(v.Text), word)):
			within = append(within, c)
		}
	}
	all := append(begin, within...)
	return all[:min(len(all), maxCandidates)]
}
