package sendcloudtest

import (
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

const million = 1_000_000

// BenchmarkNew is the time and memory of a start with a million records.
func BenchmarkNew(b *testing.B) {
	for b.Loop() {
		handler(b, Options{Records: million, Seed: 1})
	}
}

// BenchmarkPageDeepInside answers pages of 100 rows from the middle of a
// million records.
func BenchmarkPageDeepInside(b *testing.B) {
	for name, query := range map[string]string{
		"all": "&start=150000", "delivered": "&start=150000&status=1", "failed": "&start=5000&subStatus=401;406;506", "user": "&start=50000&apiUserList=notify",
	} {
		b.Run(name, func(b *testing.B) {
			s := handler(b, Options{Records: million, Seed: 1, CallsPerMinute: -1, Cache: -1})
			deep := ask(s, "days=30"+query)
			require.Equal(b, 100, strings.Count(deep, `"emailId"`))
			for b.Loop() {
				ask(s, "days=30"+query)
			}
		})
	}
}

// BenchmarkFirstFilter is what the first question with a filter costs, before
// its positions are known.
func BenchmarkFirstFilter(b *testing.B) {
	s := handler(b, Options{Records: million, Seed: 1})
	for b.Loop() {
		clear(s.store.lists)
		s.store.positions(filter{statuses: 2, subs: 0xffff, users: 0xff, labels: 0xff})
	}
}

// BenchmarkRecipient looks one address up, after the first time.
func BenchmarkRecipient(b *testing.B) {
	s := handler(b, Options{Records: million, Seed: 1})
	s.store.withAddress(FullMailbox)
	for b.Loop() {
		s.store.withAddress(FullMailbox)
	}
}

// ask answers one call without a network.
func ask(s *Server, query string) string {
	w := httptest.NewRecorder()
	s.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/apiv2/data/emailStatus?apiUser="+DefaultUser+"&apiKey="+DefaultKey+"&"+query, nil))
	return w.Body.String()
}

func TestAMillionRecordsNeedLittleMemory(t *testing.T) {
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	s := handler(t, Options{Records: million, Seed: 1})
	runtime.GC()
	runtime.ReadMemStats(&after)
	require.Less(t, int64(after.HeapAlloc)-int64(before.HeapAlloc), int64(4*million), "more than 4 bytes a record before the first question")
	for _, status := range []string{"1", "4", "5", "18"} {
		require.Contains(t, ask(s, "days=30&start=1000&status="+status), `"emailId"`)
	}
	runtime.GC()
	runtime.ReadMemStats(&after)
	require.Less(t, int64(after.HeapAlloc)-int64(before.HeapAlloc), int64(6*million), "all statuses together are one position a record")
	runtime.KeepAlive(s)
}
