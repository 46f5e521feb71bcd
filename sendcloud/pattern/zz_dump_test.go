package pattern_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
	"testing"
	"time"

	"bounceboard/sendcloud/pattern"
	"bounceboard/sendcloud/sendcloudtest"
)

func TestZZDump(t *testing.T) {
	out := os.Getenv("DUMP")
	if out == "" {
		t.Skip()
	}
	f, _ := os.Create(out)
	defer f.Close()
	w := func(s string) {
		text, _ := pattern.Of(s)
		fmt.Fprintf(f, "%s\t%s\t%s\n", pattern.IDOf(text), text, strings.ReplaceAll(s, "\n", "\\n"))
	}
	r := rand.New(rand.NewPCG(7, 11))
	for line := range strings.Lines(publicReplies) {
		line = strings.TrimSuffix(line, "\n")
		for range 20 {
			w(fill(line, r))
		}
	}
	for _, file := range []string{"public.tsv", "collected.tsv", "heldout.tsv"} {
		b, _ := os.ReadFile("../bounce/testdata/" + file)
		for _, line := range strings.Split(string(b), "\n") {
			w(strings.Split(line, "\t")[0])
		}
	}
	now := time.Date(2026, 11, 23, 9, 41, 3, 0, time.FixedZone("+08", 8*3600))
	server, _ := sendcloudtest.New(sendcloudtest.Options{Records: 20_000, Now: func() time.Time { return now }})
	defer server.Close()
	for rec := range server.Records() {
		w(rec.SendLog)
	}
}
