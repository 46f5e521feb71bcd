package words

import (
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"bounceboard/keymap"
	"bounceboard/sendcloud"
)

var verb = regexp.MustCompile(`%(?:\[(\d+)\])?([a-zA-Z%])`)

// verbs are what a sentence takes, by argument.
func verbs(s string) []string {
	var out []string
	next := 1
	for _, m := range verb.FindAllStringSubmatch(s, -1) {
		if m[2] == "%" {
			continue
		}
		if m[1] != "" {
			next, _ = strconv.Atoi(m[1])
		}
		kind := strings.Replace(m[2], "q", "s", 1) // Chinese has quotes of its own
		out = append(out, strconv.Itoa(next)+kind)
		next++
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// source calls visit with each node of the package's own source.
func source(t *testing.T, visit func(ast.Node)) {
	t.Helper()
	names, err := filepath.Glob("*.go")
	require.NoError(t, err)
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		require.NoError(t, err)
		ast.Inspect(file, func(n ast.Node) bool {
			visit(n)
			return true
		})
	}
}

// A sentence that stands in the source is said in both languages, with the same arguments.
func TestEverySentenceIsInBothLanguages(t *testing.T) {
	seen := 0
	source(t, func(n ast.Node) {
		lit, ok := n.(*ast.CompositeLit)
		if !ok || len(lit.Elts) != 2 {
			return
		}
		en, ok1 := text(lit.Elts[0])
		zh, ok2 := text(lit.Elts[1])
		if ok1 && ok2 {
			seen++
			requireBoth(t, en, en, zh)
		}
	})
	require.Greater(t, seen, 10, "the test no longer finds the sentences")
}

// namedSentences are the names of the variables that are declared several in a line, which the line's
// text repeats.
func namedSentences(t *testing.T) (all []string) {
	t.Helper()
	source(t, func(n ast.Node) {
		spec, ok := n.(*ast.ValueSpec)
		if !ok || len(spec.Names) < 2 || len(spec.Values) != 1 {
			return
		}
		call, ok := spec.Values[0].(*ast.CallExpr)
		if !ok || len(call.Args) != 1 {
			return
		}
		said, ok := text(call.Args[0])
		require.True(t, ok)
		var names []string
		for _, id := range spec.Names {
			names = append(names, id.Name)
		}
		require.Equal(t, names, strings.Fields(said))
		all = append(all, names...)
	})
	return all
}

// requireBoth fails unless a sentence is said in both languages, with the same arguments.
func requireBoth(t *testing.T, at, en, zh string) {
	t.Helper()
	require.NotEmpty(t, en, "%s: no English", at)
	if en != " " { // what only separates needs no Chinese
		require.NotEmpty(t, zh, "%s: no Chinese for %q", at, en)
	}
	require.Equal(t, verbs(en), verbs(zh), "%s: %q and %q take different arguments", at, en, zh)
	require.False(t, strings.ContainsFunc(en, func(r rune) bool { return unicode.Is(unicode.Han, r) }) &&
		!strings.Contains(en, "退信地址") && !strings.Contains(en, "垃圾举报") && !strings.Contains(en, "地域"), "%s: Chinese in the English %q", at, en)
}

func text(e ast.Expr) (string, bool) {
	lit, ok := e.(*ast.BasicLit)
	if !ok || lit.Kind != token.STRING {
		return "", false
	}
	s, err := strconv.Unquote(lit.Value)
	return s, err == nil
}

func TestEveryCodeHasItsWords(t *testing.T) {
	for _, l := range []Lang{English, Chinese} {
		for _, s := range sendcloud.Statuses() {
			require.NotEmpty(t, StatusName(l, s))
			require.NotEmpty(t, StatusMeaning(l, s))
		}
		for _, s := range sendcloud.SubStatuses() {
			require.NotEqual(t, Code(s), SubStatusName(l, s), "%d has no name in %s", s, l)
			require.NotEmpty(t, SubStatusMeaning(l, s))
		}
	}
	require.Equal(t, "504", SubStatusName(English, 504), "an undocumented code is shown as it is")
}

func TestQueryReadsAsASentence(t *testing.T) {
	day := func(d int) sendcloud.Date { return sendcloud.Date{Year: 2026, Month: 11, Day: d} }
	failed := []sendcloud.Status{sendcloud.Invalid, sendcloud.SoftBounce}
	for _, c := range []struct {
		query       sendcloud.Query
		first, last sendcloud.Date
		en, zh      string
	}{
		{sendcloud.Query{Days: 7, Statuses: failed}, day(17), day(23),
			"Failed mail, last 7 days (11-17 to 11-23)", "最近 7 天（11-17 至 11-23）的失败邮件"},
		{sendcloud.Query{Emails: []string{"a@qq.com"}}, day(23), day(23),
			"Mail to a@qq.com, on 2026-11-23", "2026-11-23，发给 a@qq.com 的邮件"},
		{sendcloud.Query{Statuses: []sendcloud.Status{sendcloud.Invalid}, APIUsers: []string{"notify"}, LabelName: "双11"}, day(1), day(3),
			"Invalid mail, api user notify, labels like “双11”, 11-01 to 11-03", "11-01 至 11-03 的无效邮件，发信账号 notify，标签名称含“双11”"},
		{sendcloud.Query{SubStatuses: []sendcloud.SubStatus{406}, EmailIDs: []string{"x", "y"}}, day(1), day(3),
			"Mail (406 address does not exist) with 2 email ids, 11-01 to 11-03", "11-01 至 11-03，2 个邮件 ID 的邮件（406 地址不存在）"},
	} {
		p := sendcloud.Plan{Query: c.query, First: c.first, Last: c.last}
		require.Equal(t, c.en, Query(English, p))
		require.Equal(t, c.zh, Query(Chinese, p))
	}
}

func TestNumber(t *testing.T) {
	for n, want := range map[int]string{0: "0", 999: "999", 1000: "1,000", 1234567: "1,234,567", -1234: "-1,234"} {
		require.Equal(t, want, Number(n))
	}
}

func TestADurationInASentenceHasItsUnits(t *testing.T) {
	for d, want := range map[time.Duration][2]string{
		-time.Second:                  {"0 s", "0 秒"},
		59400 * time.Millisecond:      {"59 s", "59 秒"},
		59600 * time.Millisecond:      {"1 min", "1 分钟"},
		252 * time.Second:             {"4 min 12 s", "4 分钟 12 秒"},
		3*time.Hour + 20*time.Second:  {"3 h", "3 小时"},
		3*time.Hour + 5*time.Minute:   {"3 h 5 min", "3 小时 5 分钟"},
		52*time.Hour + 30*time.Minute: {"2 d 4 h", "2 天 4 小时"},
	} {
		require.Equal(t, want, [2]string{Duration(English, d), Duration(Chinese, d)}, d.String())
	}
}

// A sentence inside another begins small, whatever its language.
func TestASentenceInsideAnotherStaysWhole(t *testing.T) {
	for _, l := range []Lang{English, Chinese} {
		for _, p := range keymap.Places() {
			m := keymap.Default()
			require.True(t, utf8.ValidString(NoSuchKey(l, m[p][0].Keys[0], []keymap.Place{p}, m)), "%s in %s", p, l)
		}
	}
}

func TestKeyProblemsNameTheWord(t *testing.T) {
	for _, own := range []map[keymap.Action][]string{{"quti": {"Q"}}, {keymap.Quit: nil}, {keymap.Quit: {"ctr+q"}}, {keymap.Counts: {"v"}}} {
		_, err := keymap.Default().Rebind(own)
		wrong, ok := errors.AsType[*keymap.KeyError](err)
		require.True(t, ok)
		for _, l := range []Lang{English, Chinese} {
			require.Contains(t, KeyProblem(l, wrong), string(wrong.Action))
			require.Contains(t, KeyProblem(l, wrong), wrong.Key)
			require.Contains(t, KeyProblem(l, wrong), string(wrong.Other))
		}
	}
}
