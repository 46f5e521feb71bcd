package recordset

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"bounceboard/sendcloud"
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
	file := aFile(b)
	timed(b, func() error { return NewReader(New(nil)).Read(b.Context(), file()) })
}

// The most memory that the process has had, everything included, where the
// system tells: for one reading, in a process of its own.
func BenchmarkPeak(b *testing.B) {
	file, s := aFile(b), New(nil)
	for b.Loop() {
		require.NoError(b, NewReader(s).Read(b.Context(), file()))
	}
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		b.Skip(err)
	}
	var kB int
	_, after, _ := strings.Cut(string(status), "VmHWM:")
	_, err = fmt.Sscan(after, &kB)
	require.NoError(b, err)
	b.ReportMetric(float64(kB)*1024/float64(s.Len()), "peak-B/row")
}

// aFile opens the million rows as a file.
func aFile(b *testing.B) func() io.Reader {
	name := os.Getenv("RECORDSET_ROWS")
	if name == "" {
		name = filepath.Join(b.TempDir(), "rows.ndjson")
		require.NoError(b, os.WriteFile(name, aMillion(), 0o600))
	}
	return func() io.Reader {
		f, err := os.Open(name)
		require.NoError(b, err)
		b.Cleanup(func() { _ = f.Close() })
		return f
	}
}

// The first screen of rows comes from the first buffer.
func BenchmarkFirstRows(b *testing.B) {
	file := aMillion()[:1<<20]
	timed(b, func() error {
		s := New(nil)
		err := NewReader(s).Read(b.Context(), bytes.NewReader(file))
		s.Snapshot().Record(40)
		return err
	})
}

// What `count --by domain` reads.
func BenchmarkReadOneColumn(b *testing.B) {
	file := aFile(b)
	timed(b, func() error {
		r := NewReader(New(nil))
		r.Only(ColumnsOf(ByDomain, ByRequested))
		return r.Read(b.Context(), file())
	})
}

func BenchmarkScan(b *testing.B) {
	file := aFile(b)
	for _, text := range []string{"frequency limited", "cause:blocked", ""} {
		f := mustParse(b, text)
		b.Run(text, func(b *testing.B) {
			rows := 0
			timed(b, func() error {
				rows = 0
				return NewReader(nil).Scan(b.Context(), file(), f, told, func(some []sendcloud.Record) error { rows += len(some); return nil })
			})
			b.ReportMetric(float64(rows), "rows")
		})
	}
}

func BenchmarkMine(b *testing.B) {
	s := loaded()
	b.ResetTimer()
	timed(b, func() error {
		s.mined, s.found, s.miner, s.taken = 0, nil, newMiner(told), nil
		return s.Mine(b.Context())
	})
	b.ReportMetric(float64(million)*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
}

// timed runs a benchmark's loop and reports the processors' time beside the
// clock's: it holds on a busy machine.
func timed(b *testing.B, do func() error) {
	begin := cpuTime(b)
	for b.Loop() {
		if err := do(); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric((cpuTime(b)-begin).Seconds()*1000/float64(b.N), "cpu-ms/op")
}

func cpuTime(b *testing.B) time.Duration {
	var u syscall.Rusage
	require.NoError(b, syscall.Getrusage(syscall.RUSAGE_SELF, &u))
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

func mustParse(t testing.TB, text string) Filter {
	f, err := ParseFilter(text, testNow)
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
				timed(b, func() error { _, _, err := s.Count(b.Context(), sel.rows, c); return err })
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
				timed(b, func() (err error) { got, err = s.Narrow(b.Context(), f, before); return err })
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
		b.Run(c.String(), func(b *testing.B) {
			timed(b, func() error { _, err := s.Sort(b.Context(), all, Order{By: c}, nil); return err })
		})
	}
	sorted, err := s.Sort(b.Context(), all, Order{By: ByReply}, nil)
	require.NoError(b, err)
	most := rangeOf(0, million-3000)
	before, err := s.Sort(b.Context(), most, Order{By: ByReply}, nil)
	require.NoError(b, err)
	b.Run("narrowed", func(b *testing.B) {
		timed(b, func() error { _, err := s.Sort(b.Context(), most, Order{By: ByReply}, sorted); return err })
	})
	b.Run("grown", func(b *testing.B) {
		timed(b, func() error { _, err := s.Sort(b.Context(), all, Order{By: ByReply}, before); return err })
	})
}

func BenchmarkPatterns(b *testing.B) {
	s := loaded().Snapshot()
	timed(b, func() error { _, _, err := s.Patterns(b.Context(), s.All(), 1000); return err })
}

// The card of one pattern looks at its rows alone.
func BenchmarkPatternOf(b *testing.B) {
	s := loaded().Snapshot()
	p, _ := s.Pattern(0)
	timed(b, func() error { _, _, err := s.PatternOf(b.Context(), s.All(), p.ID, 1000); return err })
}

func BenchmarkHistogram(b *testing.B) {
	s := loaded().Snapshot()
	timed(b, func() error { _, err := s.Histogram(b.Context(), s.All(), 60); return err })
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

// A row takes 220 bytes at the most, everything included.
func TestMemoryOfARow(t *testing.T) {
	if testing.Short() || raced {
		t.Skip("makes a million rows; .ci/run measures them without the race detector")
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
	require.LessOrEqual(t, perRow, 220.0, "bytes a row, everything included")
	runtime.KeepAlive(s)
}
