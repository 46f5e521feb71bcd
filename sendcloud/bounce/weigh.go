package bounce

import (
	"cmp"
	_ "embed"
	"math"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"
)

// Where no rule decides, the pieces of the reply are weighed: every word, every four letters of a
// word, every Chinese character and pair, the codes. What each piece says for and against a cause is
// learnt from the labelled replies in testdata (a multinomial logistic regression; "go test -run
// TestWeights -update" learns it again) and stands in weights.tsv, a line a piece, a column a cause.

//go:embed weights.tsv
var builtinWeights string

// weights are the table: how much a piece speaks for each cause, in units of weightUnit.
type weights struct {
	ids map[string]int32
	of  [][causeCount]int8
}

// weightUnit is what 1 in the table is worth on the scale of natural logarithms.
const weightUnit = 0.1

var learnt = sync.OnceValue(func() *weights { return parseWeights(builtinWeights) })

// parseWeights reads the table: a heading with the causes' tokens, then pieces with a whole number
// from -127 to 127 or nothing in each column. A blank in a piece, the border of a word, is written _.
func parseWeights(table string) *weights {
	heading, lines, _ := strings.Cut(table, "\n")
	if want := "piece\t" + strings.Join(causeTokens, "\t"); heading != want {
		panic("weights.tsv: the heading is not " + want)
	}
	w := &weights{ids: make(map[string]int32, strings.Count(lines, "\n"))}
	for line := range strings.Lines(lines) {
		var row [causeCount]int8
		columns := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		for c, number := range columns[1:] {
			v, err := strconv.ParseInt(cmp.Or(number, "0"), 10, 8)
			if err != nil {
				panic("weights.tsv: " + line)
			}
			row[c] = int8(v)
		}
		w.ids[strings.ReplaceAll(columns[0], "_", " ")] = int32(len(w.of))
		w.of = append(w.of, row)
	}
	return w
}

// Longer words are ids, in bytes; and a reply has said what it has to say by then, in pieces.
const longestWord, maxPieces = 40, 1000

// eachPiece calls yield with the pieces of the prose, words framed by blanks, and where they stand.
func (f *folded) eachPiece(yield func(piece []byte, at span32)) {
	var framed [longestWord + 2]byte
	for i := 0; i < len(f.b); {
		start, before := i, i
		for i < len(f.b) && f.b[i] != ' ' && f.from[i] == inProse && f.b[i] < utf8.RuneSelf {
			i++
		}
		if at := (span32{int32(start), int32(i)}); i > start && i-start <= longestWord {
			word := append(append(append(framed[:0], ' '), f.b[start:i]...), ' ')
			yield(word, at)
			for k := 0; len(word) > 4 && k+4 <= len(word); k++ {
				yield(word[k:k+4], at)
			}
		}
		for start = i; i < len(f.b) && f.from[i] == inProse && f.b[i] >= utf8.RuneSelf; { // characters and their pairs
			_, n := utf8.DecodeRune(f.b[i:])
			yield(f.b[i:i+n], span32{int32(i), int32(i + n)})
			if i > start {
				yield(f.b[before:i+n], span32{int32(before), int32(i + n)})
			}
			before, i = i, i+n
		}
		if i < len(f.b) && (f.b[i] == ' ' || f.from[i] != inProse) {
			i++
		}
	}
}

// weighed is a piece of a text that the table knows, and where its word stands.
type weighed struct {
	id int32
	at span32
}

// likeliest is the cause that the words of a text make the likeliest, and its share of all likelihood: 0 when the table
// knows no word of the text.
type likeliest struct {
	cause Cause
	share float64
}

// weigh adds up what the pieces of the text say for each cause.
func (w *weights) weigh(s *scratch, code, enhanced string) likeliest {
	s.pieces = s.pieces[:0]
	if len(s.weighed) < len(w.of) {
		s.weighed = make([]uint32, len(w.of))
	}
	add := func(piece []byte, at span32) {
		if id, known := w.ids[string(piece)]; known && s.weighed[id] != s.run && len(s.pieces) < maxPieces { // without a copy
			s.weighed[id] = s.run
			s.pieces = append(s.pieces, weighed{id, at})
		}
	}
	if s.text.eachPiece(add); len(s.pieces) == 0 {
		return likeliest{}
	}
	add([]byte(code), span32{})
	add([]byte(enhanced), span32{})

	var sums [causeCount]int
	best := Other
	for _, p := range s.pieces {
		for c, v := range &w.of[p.id] {
			sums[c] += int(v)
		}
	}
	for c, v := range sums {
		if v > sums[best] {
			best = Cause(c)
		}
	}
	scale, total := weightUnit/math.Sqrt(float64(len(s.pieces))), 0.0
	for _, v := range sums {
		total += math.Exp(scale * float64(v-sums[best]))
	}
	return likeliest{best, 1 / total}
}

// speaksFor are the words of the last text weighed that say most for a cause, at most three, in order.
func (w *weights) speaksFor(s *scratch, c Cause) []span32 {
	var words []span32
	sums := map[span32]int{}
	for _, p := range s.pieces {
		if _, seen := sums[p.at]; !seen && p.at.end > 0 {
			words = append(words, p.at)
		}
		sums[p.at] += int(w.of[p.id][c])
	}
	slices.SortStableFunc(words, func(a, b span32) int { return sums[b] - sums[a] })
	words = words[:min(len(words), 3)]
	return slices.DeleteFunc(words, func(at span32) bool { return sums[at] <= 0 || 2*sums[at] < sums[words[0]] })
}

// Shares: below the first no cause is named, nothing or only a code was recognised then; from the second on words
// beat an enhanced status code that says something else, since servers use codes for what they do not mean.
const weighFloor, weighMisused = 0.3, 0.55

// follow lets the words decide together where no rule does, or against a cause that only a code names, and
// tells whether they did.
func (r *Rules) follow(s *scratch, e *Explanation, byWords likeliest, floor float64, against Cause) bool {
	cause, words := byWords.cause, r.weights().speaksFor(s, byWords.cause)
	if byWords.share < floor || cause == Other || cause == Delivered || len(words) == 0 || against != Other && cause.Group() == against.Group() {
		return false
	}
	e.name(cause)
	e.Basis, e.Rule, e.Permanence = BasisText, "weights.tsv", e.worded(s)
	e.Confidence = math.Round(100*min(weighedLeast+weighedMore*byWords.share, weighedMost)) / 100
	if !slices.ContainsFunc(s.pieces, func(p weighed) bool { return p.at.end > 0 && p.at != s.pieces[0].at }) {
		e.Confidence = min(e.Confidence, weighedOneWord)
	}
	s.deciding = append(s.deciding[:0], words...)
	e.Matched = s.original(words)
	return true
}

// The share right grows with the share of likelihood like this, measured on replies held apart; words
// weighed one by one stay a guess, and a single word is right half the time.
const (
	weighedLeast   = 0.4
	weighedMore    = 0.45
	weighedMost    = 0.79
	weighedOneWord = 0.5
)
