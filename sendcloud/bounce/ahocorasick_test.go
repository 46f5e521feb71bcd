package bounce

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// TestAutomatonFindsWhatSearchingFinds compares with looking for every literal at every place. It may
// find one inside a word that need not be found there, but none that is not there.
func TestAutomatonFindsWhatSearchingFinds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		piece := rapid.StringOfN(rapid.RuneFrom([]rune("ab 0é不")), 1, 5, -1)
		literals := rapid.SliceOfNDistinct(piece, 1, 12, rapid.ID[string]).Draw(t, "literals")
		text := rapid.StringOfN(rapid.RuneFrom([]rune("ab 0é不")), 0, 40, -1).Draw(t, "text")
		inWord := rapid.SliceOfN(rapid.Bool(), len(literals), len(literals)).Draw(t, "inWord")
		b := newBuilder()
		for i, l := range literals {
			require.Equal(t, int32(i), b.add(l, int32(i), inWord[i]))
		}
		a := b.build()

		found := map[[2]int]bool{}
		at, before := int32(0), byte(' ')
		for i := range len(text) {
			at, before = a.step(at, before, text[i]), text[i]
			for n := at; n != 0; n = a.nodes[n].also {
				if out := a.nodes[n].out; out >= 0 {
					found[[2]int{int(out), i + 1}] = true
				}
			}
		}
		for i, l := range literals {
			for end := 1; end <= len(text); end++ {
				there, start := strings.HasSuffix(text[:end], l), end-len(l)
				must := there && (inWord[i] || start == 0 || !wordByte(text[start-1]) || !wordByte(text[start]))
				if must || !there {
					require.Equal(t, there, found[[2]int{i, end}], "%q at %d of %q", l, end, text)
				}
			}
		}
	})
}
