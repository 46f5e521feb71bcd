package bounce

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// TestAutomatonFindsWhatSearchingFinds compares with looking for every literal at every place.
func TestAutomatonFindsWhatSearchingFinds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		piece := rapid.StringOfN(rapid.RuneFrom([]rune("ab 0é不")), 1, 5, -1)
		literals := rapid.SliceOfNDistinct(piece, 1, 12, rapid.ID[string]).Draw(t, "literals")
		text := rapid.StringOfN(rapid.RuneFrom([]rune("ab 0é不")), 0, 40, -1).Draw(t, "text")
		b := newBuilder()
		for i, l := range literals {
			require.Equal(t, int32(i), b.add(l, int32(i)))
		}
		a := b.build()

		found := map[[2]int]bool{}
		at := int32(0)
		for i := range len(text) {
			at = a.step(at, text[i])
			for n := at; n != 0; n = a.nodes[n].also {
				if out := a.nodes[n].out; out >= 0 {
					found[[2]int{int(out), i + 1}] = true
				}
			}
		}
		for i, l := range literals {
			for end := 1; end <= len(text); end++ {
				require.Equal(t, strings.HasSuffix(text[:end], l), found[[2]int{i, end}], "%q at %d of %q", l, end, text)
			}
		}
	})
}
