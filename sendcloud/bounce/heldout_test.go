package bounce

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// bands are the steps in which confidence is checked.
var bands = []float64{0, 0.35, 0.6, 0.85, 0.93, 1.01}

// TestHeldOutReplies shows, on replies no rule was written from and no weight learnt from, how good the
// explanations are and whether a confidence means what it says. It does not print what was wrong: who
// reads it would mend rules with it. The floors lie just below what was measured.
func TestHeldOutReplies(t *testing.T) {
	s := scoreOf(t, Default(), readGold(t, "heldout.tsv"))
	t.Log("all: ", s)
	require.GreaterOrEqual(t, s.cause, 0.90)
	require.GreaterOrEqual(t, s.group, 0.92)
	require.GreaterOrEqual(t, s.permanence, 0.965)
	for i, batch := range batches(t, "heldout.tsv") {
		t.Logf("batch %d: %s", i+1, scoreOf(t, Default(), batch))
	}

	table, over, under := calibration(readGold(t, "heldout.tsv"))
	t.Log("\n" + table)
	require.LessOrEqual(t, over, 0.08, "a confidence promises more than it holds")
	require.LessOrEqual(t, under, 0.35, "a confidence says far too little")
}

// TestCollectedReplies watches the batches that rules were mended with: their first runs stand in the file.
func TestCollectedReplies(t *testing.T) {
	s := scoreOf(t, Default(), readGold(t, "collected.tsv"))
	t.Log(s)
	for _, w := range s.wrong {
		t.Log("cause:", w)
	}
	require.GreaterOrEqual(t, s.cause, 0.97)
	require.GreaterOrEqual(t, s.group, 0.98)
	require.GreaterOrEqual(t, s.permanence, 0.98)
}

// TestWrittenReplies watches replies that were written to be hard; weights are not learnt from them.
func TestWrittenReplies(t *testing.T) {
	s := scoreOf(t, Default(), readGold(t, "written.tsv"))
	t.Log(s)
	require.GreaterOrEqual(t, s.cause, 0.86)
	require.GreaterOrEqual(t, s.group, 0.89)
	require.GreaterOrEqual(t, s.permanence, 0.97)
}

// TestLeaveOneProviderOut takes each provider's rules away and scores the replies they decided: what
// is left is what the general rules make of a provider nobody wrote rules for.
func TestLeaveOneProviderOut(t *testing.T) {
	var rows []goldRow
	for _, file := range []string{"public.tsv", "collected.tsv", "heldout.tsv"} {
		rows = append(rows, readGold(t, file)...)
	}
	own := map[string]bool{}
	for _, name := range strings.Fields(`qq netease sohu sina aliyun coremail gmail microsoft yahoo icloud france germany
		north-america mimecast proofpoint barracuda filters russia hosts`) {
		own[name] = true
	}
	bySection := map[string][]goldRow{}
	r := Default()
	section := map[string]string{}
	for _, rule := range r.rules {
		section[rule.where] = rule.section
	}
	for _, row := range rows {
		if name := section[r.Explain(Input{Text: row.text}).Rule]; own[name] {
			bySection[name] = append(bySection[name], row)
		}
	}
	var foreign []goldRow // the weights must not have learnt what is scored
	for _, row := range rows {
		if !own[section[r.Explain(Input{Text: row.text}).Rule]] {
			foreign = append(foreign, row)
		}
	}
	w := learntFrom(t, foreign)
	var all, causes, groups, perms float64
	for _, name := range slices.Sorted(maps.Keys(bySection)) {
		sparse := r.without(name)
		sparse.weights = func() *weights { return w }
		s := scoreOf(t, sparse, bySection[name])
		t.Logf("without [%s]: %s", name, s)
		n := float64(s.rows)
		all, causes, groups, perms = all+n, causes+n*s.cause, groups+n*s.group, perms+n*s.permanence
	}
	t.Logf("without the provider's own rules: %.0f rows, cause %.1f %%, group %.1f %%, permanence %.1f %%", all, 100*causes/all, 100*groups/all, 100*perms/all)
	require.GreaterOrEqual(t, causes/all, 0.55, "the general rules know too little")

	sparse := r.without(slices.Sorted(maps.Keys(own))...)
	sparse.weights = func() *weights { return w }
	none := scoreOf(t, sparse, rows)
	t.Logf("with no provider's rules at all: %s", none)
	require.GreaterOrEqual(t, none.cause, 0.85)
}

// without compiles the rules again, leaving out the sections named: what the others give on replies
// nobody wrote rules for.
func (r *Rules) without(sections ...string) *Rules {
	sparse := &Rules{}
	*sparse = Rules{patterns: r.patterns, words: r.words, literals: r.literals, codeOnly: r.codeOnly, builtinFrom: r.builtinFrom, domains: r.domains, sources: r.sources, weights: r.weights}
	sparse.rules = append([]rule(nil), r.rules...)
	for i := range sparse.rules {
		for _, s := range sections {
			if sparse.rules[i].section == s {
				sparse.rules[i].codes, sparse.rules[i].subs = nil, []int{math.MinInt}
			}
		}
	}
	sparse.scratch.New = r.scratch.New
	return sparse
}

// calibration counts per band of confidence how many answers are right, and by how much the mean
// confidence of a band with enough rows to tell is over or under its share right.
func calibration(rows []goldRow) (table string, over, under float64) {
	const enough = 20
	var n, right [8]int
	var sum [8]float64
	for _, row := range rows {
		e := Default().Explain(Input{Text: row.text})
		b := 0
		for b+2 < len(bands) && e.Confidence >= bands[b+1] {
			b++
		}
		n[b]++
		sum[b] += e.Confidence
		if slices.Contains(row.causes, e.Cause.String()) {
			right[b]++
		}
	}
	var out strings.Builder
	fmt.Fprintf(&out, "confidence    rows  mean  right\n")
	for b := range len(bands) - 1 {
		if n[b] == 0 {
			continue
		}
		mean, share := sum[b]/float64(n[b]), float64(right[b])/float64(n[b])
		fmt.Fprintf(&out, "%.2f – %.2f  %5d  %.2f  %.2f\n", bands[b], min(bands[b+1], 1), n[b], mean, share)
		if n[b] >= enough {
			over, under = max(over, mean-share), max(under, share-mean)
		}
	}
	return out.String(), over, under
}
