package sendcloud

import (
	"runtime"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func TestSeenIsASet(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var set seen
		model := map[uint64]uint16{}
		states := map[uint64]uint8{}
		for range rapid.IntRange(0, 500).Draw(t, "adds") {
			key, tag := mix(rapid.Uint64Range(0, 300).Draw(t, "key"), 0), rapid.Uint16Range(0, 2).Draw(t, "tag")
			last, want := model[key]
			state := rapid.Uint8Range(0, 2).Draw(t, "state")
			got := set.add(key, state, tag)
			require.Equal(t, before{want, last, want && states[key] != state}, got)
			model[key], states[key] = tag, state
		}
	})
}

func TestSeenTakesSixteenBytesARow(t *testing.T) {
	const rows = 1_000_000
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	set := new(seen)
	for i := range rows {
		set.add(mix(uint64(i), 7), 0, 0)
	}
	runtime.GC()
	runtime.ReadMemStats(&after)
	perRow := float64(after.HeapAlloc-before.HeapAlloc) / rows
	require.LessOrEqual(t, perRow, 16.0)
	require.Greater(t, perRow, 8.0, "the measuring is wrong")
	runtime.KeepAlive(set)
}
