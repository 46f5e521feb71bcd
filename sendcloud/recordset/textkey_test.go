package recordset

import (
	"bytes"
	"cmp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// The numbers of two texts are in the texts' order or equal, whatever texts
// they were learned from, and told to be the same only of equal texts.
func TestTextKeysAreInTheOrderOfTexts(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		begins := rapid.SliceOfN(rapid.SliceOfN(rapid.SampledFrom([]byte("ab")), 0, 40), 1, 3).Draw(rt, "begins")
		anyByte := rapid.SampledFrom([]byte("\x00a0bz\xff"))
		if rapid.Bool().Draw(rt, "many bytes") {
			anyByte = rapid.Byte()
		}
		text := rapid.Custom(func(rt *rapid.T) []byte {
			again := bytes.Repeat([]byte("a"), rapid.IntRange(0, 20).Draw(rt, "again"))
			rest := rapid.SliceOfN(anyByte, 0, 24).Draw(rt, "rest")
			return slices.Concat(rapid.SampledFrom(begins).Draw(rt, "begin"), again, rest)
		})
		from := rapid.SliceOfN(text, 0, 60).Draw(rt, "learned from")
		if rapid.Bool().Draw(rt, "every byte") {
			for c := range 256 {
				from = append(from, []byte{byte(c)})
			}
		}
		descending := rapid.Bool().Draw(rt, "descending")
		from = slices.DeleteFunc(from, func(t []byte) bool { return len(t) == 0 })
		k := learnKeys(from, descending)
		texts := append(rapid.SliceOfN(text, 2, 30).Draw(rt, "texts"), from[:min(len(from), 20)]...)
		for _, x := range texts {
			x1, x2 := k.keys(x)
			for _, y := range texts {
				y1, y2 := k.keys(y)
				byKeys, byTexts := cmp.Or(cmp.Compare(x1, y1), cmp.Compare(x2, y2)), compareTexts(x, y, 0, 0, descending)
				if byKeys != 0 {
					require.Equal(rt, byTexts, byKeys, "%q and %q", x, y)
				} else if k.same(x1, x2) {
					require.Zero(rt, byTexts, "%q and %q", x, y)
				}
				a, b := x[:min(len(x), k.reach)], y[:min(len(y), k.reach)]
				require.Equal(rt, [4]uint64{x1, x2, y1, y2}, keysOf(k, a, b), "the begin up to reach is enough: %q, %q", a, b)
			}
		}
	})
}

// A byte that was not learned, at the last place that a number holds.
func TestTextKeysOfAByteNotLearned(t *testing.T) {
	a := strings.Repeat("a", 15)
	k := learnKeys([][]byte{[]byte(a + "ac"), []byte("c")}, false)
	x1, x2 := k.keys([]byte(a + "ac"))
	y1, y2 := k.keys([]byte(a + "b"))
	require.Equal(t, x1, y1, "the first numbers do not tell a from b")
	require.Less(t, x2, y2)
}

func keysOf(k *textKeys, a, b []byte) (all [4]uint64) {
	all[0], all[1] = k.keys(a)
	all[2], all[3] = k.keys(b)
	return all
}
