package recordset

import (
	"runtime"
	"testing"

	"github.com/stretchr/testify/require"

	"bounceboard/sendcloud"
)

// A set is also what keeps a page of the service: 100 rows take little memory.
func TestMemoryOfASmallSet(t *testing.T) {
	const sets = 200
	m := newMaker()
	var records []sendcloud.Record
	for range 100 {
		records = append(records, m.record())
	}
	var before, after runtime.MemStats
	kept := make([]*Set, sets)
	runtime.GC()
	runtime.ReadMemStats(&before)
	for i := range kept {
		kept[i] = New(nil)
		for _, r := range records {
			kept[i].Append(r)
		}
		kept[i].Snapshot()
	}
	runtime.GC()
	runtime.ReadMemStats(&after)
	each := (after.HeapAlloc - before.HeapAlloc) / sets
	t.Logf("%d bytes", each)
	require.Less(t, each, uint64(80_000))
	runtime.KeepAlive(kept)
}

func BenchmarkSmallSet(b *testing.B) {
	m := newMaker()
	var records []sendcloud.Record
	for range 100 {
		records = append(records, m.record())
	}
	b.Run("append", func(b *testing.B) {
		for b.Loop() {
			s := New(nil)
			for _, r := range records {
				s.Append(r)
			}
		}
	})
	s := New(nil)
	b.Run("snapshot", func(b *testing.B) {
		for b.Loop() {
			s.taken = nil
			s.Snapshot()
		}
	})
	for _, r := range records {
		s.Append(r)
	}
	snap := s.Snapshot()
	b.Run("find", func(b *testing.B) {
		for b.Loop() {
			snap.Find(records[50].EmailID)
		}
	})
	b.Run("narrow", func(b *testing.B) {
		f := mustParse(b, "frequency")
		for b.Loop() {
			_, _ = snap.Narrow(b.Context(), f, nil)
		}
	})
}
