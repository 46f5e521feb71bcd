package sendcloud

import (
	"runtime"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func TestKeySetIsASet(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var set keySet
		model := map[uint64]uint16{}
		for range rapid.IntRange(0, 500).Draw(t, "adds") {
			key, tag := mix(rapid.Uint64Range(0, 300).Draw(t, "key"), 0), rapid.Uint16Range(0, 2).Draw(t, "tag")
			last, want := model[key]
			known, same := set.add(key, tag)
			require.Equal(t, want, known)
			require.Equal(t, want && last == tag, same)
			model[key] = tag
		}
	})
}

func TestKeySetTakesSixteenBytesARow(t *testing.T) {
	const rows = 1_000_000
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	set := new(keySet)
	for i := range rows {
		set.add(mix(uint64(i), 7), 0)
	}
	runtime.GC()
	runtime.ReadMemStats(&after)
	perRow := float64(after.HeapAlloc-before.HeapAlloc) / rows
	require.LessOrEqual(t, perRow, 16.0)
	require.Greater(t, perRow, 8.0, "the measuring is wrong")
	runtime.KeepAlive(set)
}
