package bounce

import (
	"flag"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"bounceboard/sendcloud/mailtext"
)

var update = flag.Bool("update", false, "learn weights.tsv again")

// example is a labelled reply taken apart.
type example struct {
	pieces []int32
	want   [causeCount]float64
}

// learner learns weights by stochastic gradient descent with a step per weight (AdaGrad), in the
// order of the rows, so that the same rows give the same table.
type learner struct {
	ids   map[string]int32
	names []string
	of    [][causeCount]float64
}

// How it learns; found by trying on folds.
const (
	rounds    = 20
	step      = 0.3
	shrink    = 3e-4
	least     = 3 // weights up to this, in units, are left out
	seenLeast = 2 // a piece of fewer rows is an accident
)

// piecesOf are a reply's pieces and codes, each once.
func piecesOf(text string) []string {
	s := Default().scratch.Get().(*scratch)
	defer Default().scratch.Put(s)
	f := s.fold(text)
	var all []string
	seen := map[string]bool{}
	add := func(p string) {
		if p != "" && !seen[p] {
			seen[p] = true
			all = append(all, p)
		}
	}
	s.text.eachPiece(func(p []byte, _ span32) { add(string(p)) })
	add(f.code)
	add(f.enhanced)
	return all
}

func learn(rows []goldRow) *learner {
	l := &learner{ids: map[string]int32{}}
	count := map[string]int{}
	texts := make([][]string, len(rows))
	for i, row := range rows {
		texts[i] = piecesOf(row.text)
		for _, p := range texts[i] {
			count[p]++
		}
	}
	examples := make([]example, len(rows))
	for i, row := range rows {
		for _, p := range texts[i] {
			if count[p] < seenLeast {
				continue
			}
			id, ok := l.ids[p]
			if !ok {
				id = int32(len(l.names))
				l.ids[p], l.names = id, append(l.names, p)
			}
			examples[i].pieces = append(examples[i].pieces, id)
		}
		for _, token := range row.causes {
			if c, ok := ParseCause(token); ok {
				examples[i].want[c] = 1 / float64(len(row.causes))
			}
		}
	}
	l.of = make([][causeCount]float64, len(l.names))
	squares := make([][causeCount]float64, len(l.names))
	mean, orders := make([][causeCount]float64, len(l.names)), rand.New(rand.NewPCG(1, 2))
	for round := range rounds {
		for _, i := range orders.Perm(len(examples)) {
			x := examples[i]
			p := l.predict(x.pieces)
			v := 1 / math.Sqrt(float64(len(x.pieces)))
			for _, id := range x.pieces {
				for c := range p {
					g := (p[c]-x.want[c])*v + shrink*l.of[id][c]
					squares[id][c] += g * g
					l.of[id][c] -= step * g / math.Sqrt(1e-8+squares[id][c])
				}
			}
		}
		for id := range mean { // of the second half of the rounds: the order of the rows then matters little
			for c := range mean[id] {
				if round >= rounds/2 {
					mean[id][c] += l.of[id][c] / (rounds / 2)
				}
			}
		}
	}
	l.of = mean
	return l
}

func (l *learner) predict(pieces []int32) (p [causeCount]float64) {
	v := 1 / math.Sqrt(float64(len(pieces)))
	for _, id := range pieces {
		for c, w := range &l.of[id] {
			p[c] += w * v
		}
	}
	top, sum := slices.Max(p[:]), 0.0
	for c := range p {
		p[c] = math.Exp(p[c] - top)
		sum += p[c]
	}
	for c := range p {
		p[c] /= sum
	}
	return p
}

// table is the file: pieces in order, weights in units, those that round to nothing left out.
func (l *learner) table() string {
	var out strings.Builder
	out.WriteString("piece")
	for _, c := range Causes() {
		fmt.Fprintf(&out, "\t%s", c)
	}
	out.WriteString("\n")
	order := slices.Clone(l.names)
	slices.Sort(order)
	for _, name := range order {
		row, any := "", false
		weights := l.of[l.ids[name]]
		sorted := slices.Sorted(slices.Values(weights[:]))
		common := (sorted[causeCount/2-1] + sorted[causeCount/2]) / 2 // what a piece says of all causes alike changes nothing
		for _, w := range weights {
			row += "\t"
			if v := int(math.Round(min(max((w-common)/weightUnit, -127), 127))); v < -least || v > least {
				row, any = row+fmt.Sprint(v), true
			}
		}
		if any {
			out.WriteString(strings.ReplaceAll(name, " ", "_") + strings.TrimRight(row, "\t") + "\n")
		}
	}
	return out.String()
}

// labelled are the replies that the weights are learnt from. Those of heldout.tsv are not.
func labelled(t testing.TB) []goldRow {
	return append(readGold(t, "public.tsv"), readGold(t, "collected.tsv")...)
}

func TestWeightsAreThoseOfTheLabels(t *testing.T) {
	table := learn(labelled(t)).table()
	if *update {
		require.NoError(t, os.WriteFile("weights.tsv", []byte(table), 0o644))
		return
	}
	want := parseWeights(table)
	got := learnt()
	require.Equal(t, len(want.ids), len(got.ids), "labels have changed: run the test with -update")
	for piece, id := range want.ids {
		row, ok := got.of[got.ids[piece]], true
		for c, v := range want.of[id] {
			ok = ok && max(v-row[c], row[c]-v) <= least+1 // machines round differently
		}
		require.True(t, ok, "%q: labels have changed: run the test with -update", piece)
	}
}

// TestWeightsOnRepliesTheyWereNotLearntFrom learns from all batches but a fifth and scores that fifth,
// five times: what the words alone know of replies from other sources.
func TestWeightsOnRepliesTheyWereNotLearntFrom(t *testing.T) {
	if testing.Short() {
		t.Skip("learns five times")
	}
	rows := labelled(t)
	const folds = 5
	right := 0
	for k := range folds {
		from, to := len(rows)*k/folds, len(rows)*(k+1)/folds
		w := learntFrom(t, slices.Concat(rows[:from], rows[to:]))
		for _, row := range rows[from:to] {
			s := Default().scratch.Get().(*scratch)
			s.run++
			f := s.fold(row.text)
			if slices.Contains(row.causes, w.weigh(s, f.code, f.enhanced).cause.String()) {
				right++
			}
			Default().scratch.Put(s)
		}
	}
	share := float64(right) / float64(len(rows))
	t.Logf("words alone, five folds of %d replies: cause %.1f %%", len(rows), 100*share)
	require.GreaterOrEqual(t, share, 0.79)
}

func learntFrom(t testing.TB, rows []goldRow) *weights {
	return parseWeights(learn(rows).table())
}

func (s *scratch) fold(text string) facts {
	s.text.read(mailtext.Decode(text, maxRead).String, &s.facts)
	return s.facts
}

func TestAWordIsTakenApart(t *testing.T) {
	require.Equal(t, []string{" user ", " use", "user", "ser ", "550"}, piecesOf("550 user"))
	require.Equal(t, []string{"不", "存", "不存", "在", "存在", " qq "}, piecesOf("不存在 qq"))
	require.Equal(t, []string{" at ", "450", "4.7.1"}, piecesOf("450 4.7.1 at "+strings.Repeat("x", longestWord+1)+" mx.example.com"), "ids and hosts say nothing")
}

func TestTheTableOfWeightsIsChecked(t *testing.T) {
	heading, _, _ := strings.Cut(builtinWeights, "\n")
	w := parseWeights(heading + "\n_user_\t3\t\t-127\n")
	require.Equal(t, [causeCount]int8{3, 0, -127}, w.of[w.ids[" user "]])
	for _, table := range []string{"piece\tother\n", heading + "\n_user_\t128\n", heading + "\n_user_\tx\n", strings.Replace(heading, "other", "o", 1)} {
		require.Panics(t, func() { parseWeights(table) }, table)
	}
}

// No rule knows these, all words together do; the words that say most are shown.
func TestWordsDecideTogetherWhereNoRuleDoes(t *testing.T) {
	const text = "550 The inhabitant moved out and nobody occupies that letterbox"
	e := explain(text)
	require.Equal(t, "weights.tsv", e.Rule)
	require.Equal(t, BasisText, e.Basis)
	require.Equal(t, UserUnknown, e.Cause)
	require.Contains(t, matched(e, text), "moved")
	require.Less(t, e.Confidence, 0.8, "words one by one are a guess")
	require.Equal(t, Other, explain("qwertz").Cause, "not recognised is an answer")
	require.LessOrEqual(t, explain("unknown").Confidence, 0.5, "one word is hardly more than none")
	require.Equal(t, Delivered, Default().Explain(Input{Text: "qwertz rejected", Status: 1}).Cause, "SendCloud knows what was delivered")
}

// The rule's words and all words together disagree: one of the two is wrong, and nobody may be sure.
func TestWordsThatDisagreeWithARuleTakeItsCertainty(t *testing.T) {
	sure := explain("554 mailbox not found")
	require.Equal(t, UserUnknown, sure.Cause)
	require.Greater(t, sure.Confidence, 0.9)
	doubtful := explain("554 mailbox not found in whitelist, IP blocked due to reputation of your host")
	require.Equal(t, sure.Rule, doubtful.Rule)
	require.Less(t, doubtful.Confidence, 0.8)
}

func TestWeightsDoNotOverruleAUser(t *testing.T) {
	const text = "550 relay not permitted, mailbox is full"
	r, err := Default().Add("mine", strings.NewReader("mailbox_disabled sure=60 : relay not permitted"))
	require.NoError(t, err)
	require.Equal(t, MailboxDisabled, r.Explain(Input{Text: text}).Cause)

	const moved = "550 The inhabitant moved out and nobody occupies that letterbox"
	r, err = Default().Add("mine", strings.NewReader("mailbox_disabled weak : letterbox"))
	require.NoError(t, err)
	require.Equal(t, UserUnknown, r.Explain(Input{Text: moved}).Cause, "a weak rule waits for the words")
	r, err = Default().Add("mine", strings.NewReader("mailbox_disabled : letterbox"))
	require.NoError(t, err)
	require.Equal(t, MailboxDisabled, r.Explain(Input{Text: moved}).Cause)
}
