package recordset

import (
	"bytes"
	"context"
	"slices"
	"strings"
)

// Completion is what may stand in place of bytes [Start, End) of a filter.
type Completion struct {
	Start, End int
	Candidates []Candidate
}

// Candidate is one text to put in. Count is how many rows have the value, 0 for a field; Detail is a pattern's text.
type Candidate struct {
	Text   string
	Detail string
	Count  int
}

// maxCandidates is how many candidates are given.
const maxCandidates = 50

// Complete says what the word before the cursor may become: a field, or a value of its field, the most frequent first.
// Without rows the values are those that a field can have.
func (s Snapshot) Complete(ctx context.Context, text string, cursor int) (Completion, error) {
	cursor = min(max(cursor, 0), len(text))
	signs := signsOf(text[:cursor])
	start := 0
	for i, quoted := 0, false; i < cursor; i++ {
		if quoted = quoted != (signs[i] == '"'); !quoted && bytes.IndexByte([]byte(" !(|"), signs[i]) >= 0 {
			start = i + 1
		}
	}
	for start < cursor && signs[start] == filling {
		start++
	}
	field, n, _ := leadingField(text[start:cursor])
	if field == Words {
		var fields []Value
		for _, f := range Fields() {
			fields = append(fields, Value{Value: f.String() + ":"})
		}
		return Completion{start, cursor, candidates(fields, text[start:cursor], Words)}, nil
	}
	start += n
	if k := bytes.LastIndexByte(signs[start:], ','); k >= 0 {
		for start += k + 1; start < cursor && signs[start] == filling; start++ {
		}
	}
	column := Column(field)
	if field.inText() {
		return Completion{start, cursor, nil}, nil
	}
	if column == ByRequested || column == ByModified {
		column = ByDay
	}
	var values []Value
	switch f, err := s.Facet(ctx, s.All(), column, ByCount); {
	case err != nil:
		return Completion{}, err
	case column == ByTook:
		for _, v := range []string{">1m", ">10m", ">1h", ">1d", "<10s", "1m..10m"} {
			values = append(values, Value{Value: v})
		}
	case column == ByDay && s.rows > 0:
		values = slices.DeleteFunc(f.Values, func(v Value) bool { return v.Value == "" })
		slices.SortFunc(values, func(a, b Value) int { return strings.Compare(b.Value, a.Value) })
	case s.rows > 0:
		values = f.Values
	default:
		for _, token := range field.Values() {
			values = append(values, Value{Value: token})
		}
	}
	return Completion{start, cursor, candidates(values, text[start:cursor], field)}, nil
}

// candidates returns the values that begin with a word, and after them those that have it somewhere.
func candidates(values []Value, word string, field Field) []Candidate {
	word = foldASCII(narrow(strings.TrimLeft(word, "\"“”＂")))
	var begin, within []Candidate
	for _, v := range values {
		c := Candidate{v.Value, v.Text, v.Count}
		switch {
		case v.Value == "":
			c.Text = "none"
		case columns[field].kind == "token":
			c.Text = field.quote(v.Value)
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
