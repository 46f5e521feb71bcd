package e2e

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"bounceboard/sendcloud/sendcloudtest"
)

// measuring skips what has no verdict unless .ci/measure asks for it.
func measuring(t *testing.T) {
	t.Helper()
	if os.Getenv("MEASURE") == "" {
		t.Skip("run by .ci/measure")
	}
}

func middle[T interface{ ~int | ~int64 }](of []T) T {
	slices.Sort(of)
	return of[len(of)/2]
}

func TestMeasureFirstFrame(t *testing.T) {
	measuring(t)
	sim := simulate(t)
	var header, rows []time.Duration
	for range 11 {
		began := time.Now()
		s := start(t, 120, 40, environment(t, sim.credentials()...))
		s.wait("the header", func(now screen) bool { return strings.HasPrefix(now.line(0), " bounceboard") })
		header = append(header, time.Since(began))
		s.waitRows()
		rows = append(rows, time.Since(began))
		s.send("q")
		s.waitEnd()
	}
	t.Logf("measure: first frame %v, first rows %v (medians of 11, budget 200ms)", middle(header).Round(time.Millisecond), middle(rows).Round(time.Millisecond))
}

func TestMeasureBytes(t *testing.T) {
	measuring(t)
	sim := simulate(t, "--records", "100000")
	for _, pane := range []struct{ name, key string }{{"table alone", "\x1b"}, {"with detail", ""}} {
		var counts []int
		for range 3 {
			s := start(t, 120, 40, environment(t, sim.credentials()...), "--lang", "zh")
			s.waitRows()
			s.send(pane.key)
			s.quiet()
			counts = append(counts, s.down(200))
			s.send("q")
			s.waitEnd()
		}
		t.Logf("measure: 200 × j, 20 ms apart, 120×40, Chinese, %s: %d bytes (median of 3)", pane.name, middle(counts))
	}
}

// TestMeasureAll reads everything at the account's full rate. The simulated
// service counts what it refused.
func TestMeasureAll(t *testing.T) {
	measuring(t)
	for _, latency := range []time.Duration{20 * time.Millisecond, 200 * time.Millisecond} {
		srv, err := sendcloudtest.Start(sendcloudtest.Options{Records: 200_000, Seed: 7, Latency: latency, CallsPerMinute: 3000, Gzip: true})
		require.NoError(t, err)
		user, key := srv.Credentials()
		ctx, cancel := context.WithTimeout(t.Context(), 60*time.Second)
		cmd := exec.CommandContext(ctx, binary, "list", "--all", "--days", "92", "--calls-per-minute", "3000")
		cmd.Env = environment(t, "SENDCLOUD_BASE_URL="+srv.URL, "SENDCLOUD_API_USER="+user, "SENDCLOUD_API_KEY="+key)
		var lines lineCount
		cmd.Stdout = &lines
		var errOut bytes.Buffer
		cmd.Stderr = &errOut
		began := time.Now()
		err = cmd.Run()
		took := time.Since(began)
		cancel()
		calls, refused := 0, 0
		for _, c := range srv.Calls() {
			calls++
			if c.Code == 50000 {
				refused++
			}
		}
		t.Logf("measure: list --all, latency %v: %d rows, %d calls in %.1fs = %.0f calls a minute (allowed 3000), %d refused, %v %s",
			latency, lines, calls, took.Seconds(), float64(calls)/took.Minutes(), refused, err, strings.TrimSpace(errOut.String()))
		srv.Close()
	}
}

type lineCount int

func (n *lineCount) Write(p []byte) (int, error) {
	*n += lineCount(bytes.Count(p, []byte("\n")))
	return len(p), nil
}
