package recordset

import (
	"bytes"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// A needle is found where strings.Index finds it, also among bytes that differ
// from its own in a bit or two.
func TestNeedleStandsWhereItIsFirst(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		some := rapid.SampledFrom([]byte("e2\xe5\x12\xb2E-\rR\x00\xff"))
		text := bytes.Repeat([]byte{some.Draw(rt, "most")}, 200)
		for range rapid.SampledFrom([]int{1, 10, 100}).Draw(rt, "others") {
			text[rapid.IntRange(0, 199).Draw(rt, "place")] = some.Draw(rt, "byte")
		}
		from := rapid.IntRange(0, 120).Draw(rt, "from")
		to := rapid.SampledFrom([]int{200, 199, 190, from, from + 20}).Draw(rt, "to")
		at := max(from, to-rapid.IntRange(0, 100).Draw(rt, "at"))
		other := some.Draw(rt, "another")
		for _, length := range []int{0, 1, 2, 3, 8, 10} {
			for changed := range length + 1 { // the last is none
				looked := append(bytes.Clone(text[at:min(to, at+length)]), 0)
				looked[min(changed, len(looked)-1)] = other
				n := newNeedle(foldASCII(string(looked[:len(looked)-1])), text)
				want := strings.Index(foldASCII(string(text[from:to])), string(n.text))
				if want >= 0 {
					want += from
				}
				require.Equal(rt, want, n.next(text, from, to), "%q in %q", n.text, text[from:to])
			}
		}
	})
}
