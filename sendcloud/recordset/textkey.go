package recordset

import (
	"bytes"
	"math"
)

// alphabet packs the begin of a text into a number that sorts as the text
// does: the fewer bytes occur there, the more of them, sixteen of an email id.
type alphabet struct {
	code  [256]uint8 // 0 for a byte that was not learned
	below [256]uint8 // the code of the next smaller one that was
	bits  int
}

// The codes that stand for no byte.
const (
	ended  = 1 + iota // behind the end of the text
	lowest            // for bytes before all that were learned
)

// The numbers that pack never makes: its codes are never all ones, none is zero.
const (
	without = math.MaxUint64 // for rows without a text
	before  = lowest         // for texts before all with the begin that is expected
	after   = without - 1
)

// learn makes the alphabet of some texts, each from where it is to be packed.
func learn(texts [][]byte) *alphabet {
	for a := (&alphabet{bits: 4}); ; a = (&alphabet{bits: a.bits + 1}) {
		var used [256]bool
		for _, t := range texts {
			for _, c := range t[:min(len(t), a.length())] {
				used[c] = true
			}
		}
		n, full := uint8(lowest), false
		for c, is := range used {
			switch {
			case !is:
			case int(n)+2 == 1<<a.bits:
				full = true
			default:
				n++
				a.code[c] = n
			}
			a.below[c] = n
		}
		if !full || a.bits == 8 {
			return a
		}
	}
}

// length is how many bytes a number holds.
func (a *alphabet) length() int { return 64 / a.bits }

// pack packs the begin of a text. It is not exact when a byte was met that was
// not learned: then the number does not tell what follows.
func (a *alphabet) pack(text []byte) (key uint64, exact bool) {
	n := a.length()
	for i, c := range text[:min(len(text), n)] {
		code := a.code[c]
		if code == 0 {
			rest := (n - 1 - i) * a.bits
			return (key<<a.bits|uint64(a.below[c]))<<rest | (1<<rest - 1), false
		}
		key = key<<a.bits | uint64(code)
	}
	for range n - min(len(text), n) {
		key = key<<a.bits | ended
	}
	return key, true
}

// packAfter packs what follows the begin that a text is expected to have.
func (a *alphabet) packAfter(begin, text []byte) (key uint64, exact bool) {
	switch {
	case bytes.HasPrefix(text, begin):
		return a.pack(text[len(begin):])
	case bytes.Compare(text, begin) < 0:
		return before, false
	}
	return after, false
}

// ends says whether a number tells that the text ends in it.
func (a *alphabet) ends(key uint64) bool { return key&(1<<a.bits-1) == ended }

// textKeys gives texts two numbers that sort as the texts do but for some that
// get the same ones. It is learned from a few of the texts, so that the numbers
// hold what tells them apart: many replies begin alike.
type textKeys struct {
	begin         []byte            // of all
	begins        map[uint64][]byte // of those with a first number, where that is longer than the number shows
	first, second *alphabet
	reach         int // how much of a text is looked at
	flip          uint64
}

// few is how many texts have to begin alike to be taken for many.
const few = 8

func learnKeys(texts [][]byte, descending bool) *textKeys {
	k := &textKeys{begins: map[uint64][]byte{}}
	if descending {
		k.flip = math.MaxUint64
	}
	for i, t := range texts {
		if i == 0 {
			k.begin = t
		}
		k.begin = k.begin[:shared(k.begin, t)]
	}
	rests := make([][]byte, len(texts))
	for i, t := range texts {
		rests[i] = t[len(k.begin):]
	}
	k.first = learn(rests)
	count := map[uint64]int{}
	for _, t := range texts {
		key, _ := k.first.packAfter(k.begin, t)
		if count[key]++; count[key] == 1 {
			k.begins[key] = t
		}
		k.begins[key] = k.begins[key][:shared(k.begins[key], t)]
	}
	shown := len(k.begin) + k.first.length()
	k.reach = shown
	for key, begin := range k.begins {
		if count[key] < few || len(begin) <= shown {
			delete(k.begins, key)
			continue
		}
		k.reach = max(k.reach, len(begin))
	}
	for i, t := range texts {
		key, _ := k.first.packAfter(k.begin, t)
		if begin, ok := k.begins[key]; ok {
			shown := len(begin)
			rests[i] = t[shown:]
		} else {
			rests[i] = t[min(len(t), shown):]
		}
	}
	k.second = learn(rests)
	k.reach += k.second.length()
	return k
}

// keys are a text's two numbers. A row without a text comes last in either order.
func (k *textKeys) keys(text []byte) (first, second uint64) {
	if len(text) == 0 {
		return without, without
	}
	first, exact := k.first.packAfter(k.begin, text)
	begin, many := k.begins[first]
	switch {
	case !exact: // behind the texts that have the number exactly
		second = after
	case many:
		second, _ = k.second.packAfter(begin, text)
	default:
		second, _ = k.second.pack(text[min(len(text), len(k.begin)+k.first.length()):])
	}
	return first ^ k.flip, second ^ k.flip
}

// same says whether texts with these numbers are equal.
func (k *textKeys) same(first, second uint64) bool {
	return first == without || k.first.ends(first^k.flip) || k.second.ends(second^k.flip)
}

// shared is how many bytes two texts have in common at their begin.
func shared(a, b []byte) int {
	n := 0
	for n < min(len(a), len(b)) && a[n] == b[n] {
		n++
	}
	return n
}
