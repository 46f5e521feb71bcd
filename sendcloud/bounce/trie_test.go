package bounce

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// It may find a literal inside a word that need not be found there, but none that is not there.
func TestTrieFindsWhatSearchingFinds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		runes := rapid.RuneFrom([]rune("ab 0é不"))
		literals := rapid.SliceOfNDistinct(rapid.StringOfN(runes, 2, 5, -1), 1, 12, rapid.ID[string]).Draw(t, "literals")
		text := rapid.StringOfN(runes, 0, 40, -1).Draw(t, "text")
		numbers := map[string]int32{}
		for i, l := range literals {
			numbers[l] = int32(i)
		}
		words := newTrie(numbers)
		words.inWord['a'] = true
		found := map[[3]int]bool{}
		for i := range len(text) {
			if words.begins([]byte(text), i) {
				words.at([]byte(text), i, func(literal int32, end int) { found[[3]int{int(literal), i, end}] = true })
			}
		}
		for i, l := range literals {
			for start := range len(text) {
				there := strings.HasPrefix(text[start:], l)
				must := there && (l[0] == 'a' || start == 0 || !wordByte(text[start-1]) || !wordByte(text[start]))
				require.Equal(t, must, found[[3]int{i, start, start + len(l)}], "%q at %d of %q", l, start, text)
			}
		}
	})
}
