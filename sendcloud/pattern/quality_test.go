package pattern_test

import (
	_ "embed"
	"encoding/base64"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"bounceboard/sendcloud/pattern"
	"bounceboard/sendcloud/sendcloudtest"
)

// grouping counts the rows whose pattern is exactly theirs.
type grouping struct {
	byTruth, byPattern map[string]map[string]int
	rows               int
}

func newGrouping() *grouping {
	return &grouping{byTruth: map[string]map[string]int{}, byPattern: map[string]map[string]int{}}
}

func (g *grouping) add(truth, text string) {
	for _, side := range []struct {
		m    map[string]map[string]int
		a, b string
	}{{g.byTruth, truth, text}, {g.byPattern, text, truth}} {
		if side.m[side.a] == nil {
			side.m[side.a] = map[string]int{}
		}
		side.m[side.a][side.b]++
	}
	g.rows++
}

// exact is the share of rows in a pattern that holds all rows of their
// template and no other's. One stray row counts against its whole template.
func (g *grouping) exact(t testing.TB) float64 {
	right := 0
	for truth, texts := range g.byTruth {
		n, whole := 0, len(texts) == 1
		for text, rows := range texts {
			n += rows
			whole = whole && len(g.byPattern[text]) == 1
		}
		if whole {
			right += n
			continue
		}
		t.Logf("template %q has %d patterns; with others: %v", truth, len(texts), mixed(g, texts))
	}
	return float64(right) / float64(g.rows)
}

func mixed(g *grouping, texts map[string]int) (m []string) {
	for text := range texts {
		if len(g.byPattern[text]) > 1 && len(m) < 3 {
			m = append(m, text)
		}
	}
	return m
}

// What the simulated servers say, against the template each reply was made
// from: the pattern of a row is exactly its template's for 95 rows of 100.
func TestSimulatedRepliesFallIntoTheirTemplates(t *testing.T) {
	now := time.Date(2026, 11, 23, 9, 41, 3, 0, time.FixedZone("+08", 8*3600))
	server, err := sendcloudtest.New(sendcloudtest.Options{Records: 100_000, Now: func() time.Time { return now }})
	require.NoError(t, err)
	defer server.Close()
	g := newGrouping()
	for r := range server.Records() {
		text, _ := pattern.Of(r.SendLog)
		g.add(r.Template, text)
	}
	share := g.exact(t)
	t.Logf("%d rows, %d templates, %d patterns, %.2f%% exactly right", g.rows, len(g.byTruth), len(g.byPattern), 100*share)
	require.GreaterOrEqual(t, share, 0.95, "rows in a pattern that is exactly theirs")
}

// Real replies with their variables taken out by hand, filled with invented ones.
//
//go:embed testdata/public.txt
var publicReplies string

func TestPublicRepliesFallIntoTheirTemplates(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 11))
	g := newGrouping()
	for line := range strings.Lines(publicReplies) {
		line = strings.TrimSuffix(line, "\n")
		for range 100 {
			text, _ := pattern.Of(fill(line, r))
			g.add(line, text)
		}
	}
	share := g.exact(t)
	t.Logf("%d rows, %d templates, %d patterns, %.2f%% exactly right", g.rows, len(g.byTruth), len(g.byPattern), 100*share)
	require.GreaterOrEqual(t, share, 0.95, "rows in a pattern that is exactly theirs")
}

// fill puts an invented value for each variable in braces.
func fill(template string, r *rand.Rand) string {
	var b strings.Builder
	for {
		before, rest, found := strings.Cut(template, "{")
		b.WriteString(before)
		if !found {
			return b.String()
		}
		var name string
		name, template, _ = strings.Cut(rest, "}")
		b.WriteString(invent(name, r))
	}
}

func invent(name string, r *rand.Rand) string {
	switch name {
	case "ip":
		return fmt.Sprintf("%s.%d", []string{"192.0.2", "198.51.100", "203.0.113"}[r.IntN(3)], r.IntN(256))
	case "host":
		return fmt.Sprintf([]string{"mx%d.qq.com", "mx-%d.mail.example.com", "MX%d.example.net", "in%d.smtp.example.cn", "mail.example%d.org"}[r.IntN(5)], r.IntN(40))
	case "addr":
		return fmt.Sprintf([]string{"wang.wei%d@qq.com", "%d0001@163.com", "li_na%d@example.com", "kate-%d@mail.example.org"}[r.IntN(4)], r.IntN(100000))
	case "b64":
		raw := make([]byte, 36+r.IntN(20))
		for i := range raw {
			raw[i] = byte(r.Uint32())
		}
		return base64.StdEncoding.EncodeToString(raw)
	case "gsid":
		return fmt.Sprintf("%csi%dp%c%c.%d", 'a'+r.IntN(26), 100000+r.IntN(9000000), 'a'+r.IntN(26), 'a'+r.IntN(26), r.IntN(900))
	case "nqid":
		return fmt.Sprintf("%s--.%dS%d", letters(r, 18, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+"), r.IntN(100000), r.IntN(10))
	case "up16", "hex":
		return letters(r, 16, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")
	case "iso":
		return time.Unix(1_790_000_000+r.Int64N(9_000_000), r.Int64N(1000)*1e6).UTC().Format("2006-01-02T15:04:05.000Z")
	case "n":
		return fmt.Sprint(1 + r.IntN(500_000))
	}
	panic("unknown variable " + name)
}

func letters(r *rand.Rand, n int, from string) string {
	b := make([]byte, n)
	for i := range b {
		b[i] = from[r.IntN(len(from))]
	}
	return string(b)
}
