package sendcloud_test

import (
	"runtime"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"bounceboard/sendcloud"
	"bounceboard/sendcloud/sendcloudtest"
)

// BenchmarkAll reads 60,000 rows at 3,000 calls a minute, so that one reading
// takes 12 s; run it with -benchtime 1x. calls/min is how many went out from
// the first to the last, refused how many the account's limit refused.
func BenchmarkAll(b *testing.B) {
	for name, latency := range map[string]time.Duration{"20ms": 20 * time.Millisecond, "200ms": 200 * time.Millisecond} {
		b.Run(name, func(b *testing.B) {
			srv, err := sendcloudtest.Start(sendcloudtest.Options{Records: 200_000, Seed: 1, Latency: latency, CallsPerMinute: 3000})
			require.NoError(b, err)
			defer srv.Close()
			user, key := srv.Credentials()
			client, err := sendcloud.New(sendcloud.Config{BaseURL: srv.URL, APIUser: user, APIKey: key, CallsPerMinute: 3000})
			require.NoError(b, err)
			plan, err := client.Plan(sendcloud.Query{Days: 30})
			require.NoError(b, err)
			for b.Loop() {
				w := client.All(plan, nil)
				rows := 0
				for _, err := range w.Records(b.Context()) {
					require.NoError(b, err)
					rows++
				}
				require.Empty(b, w.Summary().Incomplete)
				calls := srv.Calls()
				refused := 0
				for _, c := range calls {
					if c.Code == 50000 {
						refused++
					}
				}
				b.ReportMetric(float64(len(calls)-1)/calls[len(calls)-1].At.Sub(calls[0].At).Minutes(), "calls/min")
				b.ReportMetric(float64(refused), "refused")
				b.ReportMetric(float64(rows), "rows")
				srv.ForgetCalls()
			}
			var m runtime.MemStats
			runtime.GC()
			runtime.ReadMemStats(&m)
			b.ReportMetric(float64(m.HeapAlloc)/1e6, "heap-MB")
		})
	}
}
