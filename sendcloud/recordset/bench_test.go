package recordset

import (
	"bytes"
	"context"
	"os"
	"runtime"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
)

const million = 1_000_000

// aMillion is made once: a file of rows in the contract's format, or the one
// that RECORDSET_ROWS names.
var aMillion = sync.OnceValue(func() []byte {
	if name := os.Getenv("RECORDSET_ROWS"); name != "" {
		b, err := os.ReadFile(name)
		if err != nil {
			panic(err)
		}
		return b
	}
	m := newMaker()
	b := make([]byte, 0, million*460)
	for range million {
		b = appendLine(b, m.record())
	}
	return b
})

var loaded = sync.OnceValue(func() *Set {
	s := New(told)
	r := NewReader(s)
	if err := r.Read(context.Background(), bytes.NewReader(aMillion())); err != nil {
		panic(err)
	}
	if err := s.Mine(context.Background()); err != nil {
		panic(err)
	}
	return s
})

func BenchmarkRead(b *testing.B) {
	file := aMillion()
	b.SetBytes(int64(len(file)))
	for b.Loop() {
		s := New(nil)
		if err := NewReader(s).Read(b.Context(), bytes.NewReader(file)); err != nil || s.Len() < million {
			b.Fatal(err, s.Len())
		}
	}
}

// The first screen of rows comes from the first buffer.
func BenchmarkFirstRows(b *testing.B) {
	file := aMillion()[:1<<20]
	for b.Loop() {
		s := New(nil)
		if err := NewReader(s).Read(b.Context(), bytes.NewReader(file)); err != nil {
			b.Fatal(err)
		}
		s.Snapshot().Record(40)
	}
}

func BenchmarkMine(b *testing.B) {
	s := loaded()
	b.ResetTimer()
	for b.Loop() {
		s.mined, s.miner = 0, miner{}
		if err := s.Mine(b.Context()); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(million)*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
}

func mustParse(t testing.TB, text string) Filter {
	f, err := ParseFilter(text)
	require.NoError(t, err, "filter %q", text)
	return f
}

func BenchmarkCount(b *testing.B) {
	s := loaded().Snapshot()
	part, err := s.Narrow(b.Context(), mustParse(b, "domain:*.com"), nil)
	require.NoError(b, err)
	for _, sel := range []struct {
		name string
		rows Selection
	}{{"all", s.All()}, {"filtered", part.Rows}} {
		for _, c := range Facets() {
			b.Run(sel.name+"/"+c.String(), func(b *testing.B) {
				for b.Loop() {
					if _, _, err := s.Count(b.Context(), sel.rows, c); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}

func BenchmarkNarrow(b *testing.B) {
	s := loaded().Snapshot()
	for _, steps := range [][]string{
		{"f", "fr", "fre", "freq", "frequ", "frequency limited"}, {"q", "qz", "qz8"}, {"e", "er"}, {"2", "20", "203", "203.0.113.77"}, {"x", "xq"}, {"地", "地址"}, {"w", "wa", "wan", "wang"},
		{"frequency limited"}, {"to:zhang"}, {"status:invalid"}, {"domain:qq.com took:>5m"}, {"time:09:00..10:30"}, {"!gsmtp"},
	} {
		var before *Narrowed
		for _, text := range steps {
			f := mustParse(b, text)
			var got *Narrowed
			b.Run(text, func(b *testing.B) {
				for b.Loop() {
					var err error
					if got, err = s.Narrow(b.Context(), f, before); err != nil {
						b.Fatal(err)
					}
				}
				b.ReportMetric(float64(got.Rows.Len()), "rows")
			})
			before = got
		}
	}
}

func BenchmarkSort(b *testing.B) {
	s := loaded().Snapshot()
	all := s.All()
	for c := ByStatus; c <= ByEmailID; c++ {
		b.Run("view/"+c.String(), func(b *testing.B) {
			for b.Loop() {
				if _, err := s.First(b.Context(), all, Order{By: c}, 50); err != nil {
					b.Fatal(err)
				}
			}
		})
		b.Run("whole/"+c.String(), func(b *testing.B) {
			for b.Loop() {
				if _, err := s.Sort(b.Context(), all, Order{By: c}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkPatterns(b *testing.B) {
	s := loaded().Snapshot()
	for b.Loop() {
		if _, _, err := s.Patterns(b.Context(), s.All(), 1000); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkHistogram(b *testing.B) {
	s := loaded().Snapshot()
	for b.Loop() {
		if _, err := s.Histogram(b.Context(), s.All(), 60); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkFind(b *testing.B) {
	s := loaded().Snapshot()
	id := s.EmailID(s.Len() - 1)
	for b.Loop() {
		if _, ok := s.Find(id); !ok {
			b.Fatal("not found")
		}
	}
}

func BenchmarkRecord(b *testing.B) {
	s := loaded().Snapshot()
	i := 0
	for b.Loop() {
		s.Record(i * 7919 % million)
		i++
	}
}

// A row takes 200 bytes at the most, everything included.
func TestMemoryOfARow(t *testing.T) {
	if testing.Short() {
		t.Skip("makes a million rows")
	}
	const rows = 1_000_000
	var before, after runtime.MemStats
	m := newMaker()
	runtime.GC()
	runtime.ReadMemStats(&before)
	s := New(told)
	text := 0
	for range rows {
		r := m.record()
		text += len(r.SendLog)
		s.Append(r)
	}
	require.NoError(t, s.Mine(t.Context()))
	runtime.GC()
	runtime.ReadMemStats(&after)
	perRow := float64(after.HeapAlloc-before.HeapAlloc) / rows
	t.Logf("%.1f bytes a row; %.1f of them are the replies", perRow, float64(text)/rows)
	require.LessOrEqual(t, perRow, 200.0, "bytes a row, everything included")
	runtime.KeepAlive(s)
}
