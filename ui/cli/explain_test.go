package cli

import (
	"bufio"
	"bytes"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/creack/pty"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"bounceboard/sendcloud/bounce"
	"bounceboard/sendcloud/rowjson"
	"bounceboard/sendcloud/sendcloudtest"
)

const limited = "550 Ip frequency limited [MTk1Mzk3NDEx Blocked IP 203.0.113.9]. http://service.mail.qq.com/cgi-bin/help?subtype=1&&id=20022&&no=1000725"

func TestExplainShowsACard(t *testing.T) {
	for lang, want := range map[string][]string{
		"en": {"cause       ⟳ too fast · temporary · certain", "happened    QQ Mail puts our sending IP 203.0.113.9", "try again?  Yes, later", "next step   Deliverability team: ",
			"facts       code 550 · QQ Mail", "decided by  “Ip frequency limited”", "server said 550 Ip frequency limited"},
		"zh": {"原因        ⟳ 发送过快 · 临时 · 确定", "发生情况    QQ 邮箱暂不接收", "重发有用吗  有用", "下一步      投递团队：", "要点        应答码 550 · QQ 邮箱", "判断依据    “Ip frequency limited”", "服务器回复  550 Ip"},
	} {
		for how, got := range map[string]result{
			"an argument": world{}.run(t, "explain", "--lang", lang, limited),
			"arguments":   world{}.run(t, append([]string{"explain", "--lang", lang}, strings.Fields(limited)...)...),
			"input":       world{in: strings.NewReader(limited + "\n")}.run(t, "explain", "--lang", lang),
			"a dash":      world{in: strings.NewReader(limited)}.run(t, "explain", "-", "--lang", lang),
		} {
			require.Zero(t, got.status, "%s: %s", how, got.err)
			require.Empty(t, got.err)
			require.NotContains(t, got.out, "\x1b", "styled though it is no terminal")
			for _, s := range want {
				require.Contains(t, got.out, s, how)
			}
		}
	}
}

func TestExplainTakesAllOfInputAsOneReply(t *testing.T) {
	got := world{in: strings.NewReader("550-5.1.1 The email account that you tried to reach does not exist.\r\n550 5.1.1 gsmtp\r\n")}.run(t, "explain", "--format", "json")
	var m meaning
	require.NoError(t, json.Unmarshal([]byte(got.out), &m))
	require.Equal(t, "user_unknown", m.Cause)
	require.Equal(t, "gmail", m.Provider)
}

func TestExplainSaysWhatIsNotRecognised(t *testing.T) {
	got := world{}.run(t, "explain", "qwertz uiop")
	require.Zero(t, got.status)
	require.Contains(t, got.out, "unclear")
	got = world{}.run(t, "explain", "--format", "ndjson", "qwertz uiop")
	require.Zero(t, got.status)
	require.Contains(t, got.out, `"cause":"other","permanence":"unknown","confidence":0,`)
	for _, args := range [][]string{{"explain"}, {"explain", " "}, {"explain", "--format", "ndjson", ""}} {
		world{}.run(t, args...).oneSentence(t, exitUsage, "no reply")
	}
}

func TestContextCounts(t *testing.T) {
	blocked := "550 5.7.1 Client host [203.0.113.9] blocked using zen.spamhaus.org"
	require.Contains(t, world{}.run(t, "explain", "--sub-status", "406", blocked).out, "Do not delete the address")
	require.NotContains(t, world{}.run(t, "explain", "--sub-status", "405", blocked).out, "careful")
	require.Contains(t, world{}.run(t, "explain", "--domain", "lin@163.com", "--format", "ndjson", "550 x").out, `"provider":"netease"`)
	require.Contains(t, world{}.run(t, "explain", "--sub-status", "401", "--format", "ndjson", "").out, `"cause":"suppressed"`)
}

// meaning is what the tests read of an explanation.
type meaning struct {
	Cause, Permanence, Party, Provider, NextStep, Rule, Basis string
	WhatHappened, WhetherRetry, ReplyCode, EnhancedCode       string
	RefusedIP, BlockList                                      string
	Confidence                                                float64
	Contradicts                                               bool `json:"contradictsSubStatus"`
	WaitSeconds                                               int64
	Matched                                                   []struct {
		Text       string
		Start, End int
	}
}

// lines explains one reply a line.
func lines(t *testing.T, input string, args ...string) []meaning {
	t.Helper()
	got := world{in: strings.NewReader(input)}.run(t, append([]string{"explain", "--format", "ndjson"}, args...)...)
	require.Zero(t, got.status, got.err)
	var all []meaning
	for line := range strings.Lines(got.out) {
		var m meaning
		require.NoError(t, json.Unmarshal([]byte(line), &m), line)
		all = append(all, m)
	}
	return all
}

func TestLinesKeepTheirOrder(t *testing.T) {
	got := lines(t, "\uFEFF550 5.1.1 user unknown\r\n\n\"550 \\u7528\\u6237\\u4e0d\\u5b58\\u5728\\n\"\n\"said\" he: mailbox full\n\"\"\n552 mailbox is full", "-")
	var causes []string
	for _, m := range got {
		causes = append(causes, m.Cause)
	}
	require.Equal(t, []string{"user_unknown", "other", "user_unknown", "mailbox_full", "other", "mailbox_full"}, causes)
	require.Equal(t, "用户不存在", got[2].Matched[0].Text)
	require.Equal(t, len("550 "), got[2].Matched[0].Start, "bytes of the decoded string")
	require.Empty(t, lines(t, ""))
	require.Len(t, lines(t, "\n\n"), 2)
	require.Equal(t, got, lines(t, "550 5.1.1 user unknown\n\n\"550 用户不存在\\n\"\n\"said\" he: mailbox full\n\"\"\n552 mailbox is full\n"), "without a dash, too")
}

func TestMatchedIsPartOfTheReply(t *testing.T) {
	piece := rapid.SampledFrom([]string{"550 ", "5.1.1 ", "user unknown ", "邮箱不存在", "\xff", "\u202e", "é", "Ip frequency limited ", "[203.0.113.9] ", "blocked using zen.spamhaus.org ", "mailbox full ", "\"", "\\", "<a@example.com> ", "\t"})
	rapid.Check(t, func(t *rapid.T) {
		texts := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) string {
			return strings.Join(rapid.SliceOfN(piece, 0, 12).Draw(t, "reply"), "")
		}), 0, 8).Draw(t, "replies")
		var in, out bytes.Buffer
		want := make([]string, len(texts))
		for i, s := range texts {
			if rapid.Bool().Draw(t, "quoted") {
				s = string([]rune(s))
				quoted, err := json.Marshal(s)
				require.NoError(t, err)
				in.Write(quoted)
			} else {
				s = strings.TrimLeft(s, "\"")
				in.WriteString(s)
			}
			in.WriteByte('\n')
			want[i] = s
		}
		require.NoError(t, explainLines(t.Context(), newConsole(Env{In: &in, Out: &out}), bounce.Default(), bounce.Input{}))
		got := strings.Split(out.String(), "\n")
		require.Len(t, got, len(texts)+1, "not a line for each")
		for i, s := range want {
			var m meaning
			require.NoError(t, json.Unmarshal([]byte(got[i]), &m))
			for _, x := range m.Matched {
				require.Equal(t, string([]rune(s[x.Start:x.End])), x.Text)
			}
		}
	})
}

func TestTokensAreTheSameInBothLanguages(t *testing.T) {
	input := limited + "\n550 no such user\n452 4.2.2 mailbox full\n"
	en, zh := lines(t, input, "--lang", "en"), lines(t, input, "--lang", "zh")
	for i := range en {
		require.NotEqual(t, en[i].NextStep, zh[i].NextStep)
		zh[i].NextStep, zh[i].WhatHappened, zh[i].WhetherRetry = en[i].NextStep, en[i].WhatHappened, en[i].WhetherRetry
		require.Equal(t, en[i], zh[i])
	}
}

// repeated reads as n times piece, then the end.
type repeated struct {
	piece, end string
	n, at      int
}

func (r *repeated) Read(b []byte) (int, error) {
	n := 0
	for n < len(b) && r.n > 0 {
		c := copy(b[n:], r.piece[r.at:])
		n, r.at = n+c, r.at+c
		if r.at == len(r.piece) {
			r.n, r.at = r.n-1, 0
		}
	}
	if n == 0 {
		n = copy(b, r.end)
		r.end = r.end[n:]
		if n == 0 {
			return 0, io.EOF
		}
	}
	return n, nil
}

func TestLongRepliesAreReplies(t *testing.T) {
	long := &repeated{piece: "x", n: 10 << 20, end: "\n552 mailbox is full"}
	got := world{in: io.MultiReader(strings.NewReader("550 user unknown "), long)}.run(t, "explain", "--format", "ndjson", "-")
	require.Zero(t, got.status)
	require.Equal(t, 2, strings.Count(got.out, "\n"))
	got = world{in: &repeated{piece: "user unknown ", n: 1 << 20}}.run(t, "explain")
	require.Zero(t, got.status)
}

// A program that asks line by line gets its answer before it asks again.
func TestAnswersDoNotWaitForMoreInput(t *testing.T) {
	in, ask := io.Pipe()
	answers, out := io.Pipe()
	done := make(chan error, 1)
	go func() {
		done <- explainLines(t.Context(), newConsole(Env{In: in, Out: out}), bounce.Default(), bounce.Input{})
	}()
	reader := bufio.NewReader(answers)
	for range 3 {
		_, err := io.WriteString(ask, "550 user unknown\n")
		require.NoError(t, err)
		line, err := reader.ReadString('\n')
		require.NoError(t, err)
		require.Contains(t, line, "user_unknown")
	}
	require.NoError(t, ask.Close())
	require.NoError(t, <-done)
}

func TestJSONIsHarmless(t *testing.T) {
	require.Equal(t, `{"x":"a\u007f\u009b\u202e\u2069é退"}`, string(rowjson.AppendValue(nil, rowjson.Object{{Key: "x", Value: "a\x7f\u009b\u202e\u2069é退"}})))
	got := world{in: strings.NewReader("550 user\u202e unknown\x1b]0;x\x07 \u009b31m\n")}.run(t, "explain", "--format", "ndjson", "-")
	for _, c := range []string{"\x1b", "\x07", "\u009b", "\u202e"} {
		require.NotContains(t, got.out, c)
	}
}

func TestUsersRulesComeFirst(t *testing.T) {
	own := file(t, "own.txt", "# ours\ngreylisted temporary sure=99 : qwertz uiop\n", 0o644)
	require.Contains(t, world{}.run(t, "explain", "--rules", own, "550 qwertz uiop").out, "greylisted")

	home := t.TempDir()
	beside := filepath.Join(home, "bounceboard", "rules.txt")
	require.NoError(t, os.MkdirAll(filepath.Dir(beside), 0o755))
	require.NoError(t, os.WriteFile(beside, []byte("mailbox_disabled : qwertz uiop\n"), 0o600))
	w := world{env: map[string]string{"XDG_CONFIG_HOME": home}}
	require.Contains(t, w.run(t, "explain", "550 qwertz uiop").out, "disabled")
	require.Contains(t, w.run(t, "explain", "--rules", own, "550 qwertz uiop").out, "greylisted", "--rules stands in place of the file beside the configuration")
	require.Contains(t, w.run(t, "list", "--demo", "--explain", "--limit", "1").out, `"cause":`)

	require.NoError(t, os.WriteFile(beside, []byte("# one\n\nnonsense : qwertz\n"), 0o600))
	for _, args := range [][]string{{"explain", "x"}, {"list", "--demo", "--explain"}, {"list", "--demo", "--cause", "blocked"}} {
		w.run(t, args...).oneSentence(t, exitUsage, beside+":3:", "nonsense")
	}
	w.run(t, "explain", "--lang", "zh", "x").oneSentence(t, exitUsage, beside+":3:", "nonsense", "未知原因")
	require.Zero(t, w.run(t, "list", "--demo", "--limit", "1").status, "rules that nobody asks for stop nothing")
	world{}.run(t, "explain", "--rules", "/nonexistent/rules.txt", "x").oneSentence(t, exitUsage, "/nonexistent/rules.txt", "--rules")
	world{}.run(t, "explain", "--rules", home, "x").oneSentence(t, exitUsage, home)
}

func TestExplainRefusesWrongUsage(t *testing.T) {
	for line, want := range map[string][]string{
		"explain --format csv x":         {"--format", "ndjson"},
		"explain --sub-status 501 x":     {"--sub-status", "501"},
		"explain --sub-status 406,407 x": {"--sub-status", "406,407"},
		"explain --domain= x":            {"--domain", "empty"},
		"explain --codes 550":            {"--codes", "550"},
		"explain --code":                 {"--codes"},
		"explain --config /nonexistent":  {"/nonexistent"},
	} {
		world{}.run(t, strings.Fields(line)...).oneSentence(t, exitUsage, want...)
	}
}

func TestCodesInBothLanguages(t *testing.T) {
	var all []struct{ Kind, Code, EN, ZH string }
	require.NoError(t, json.Unmarshal([]byte(world{}.run(t, "explain", "--codes", "--format", "json").out), &all))
	kinds := map[string]int{}
	for _, c := range all {
		kinds[c.Kind]++
		require.NotEmpty(t, c.EN)
		require.NotEmpty(t, c.ZH)
	}
	require.Equal(t, 15, kinds["sub_status"])
	require.Greater(t, kinds["reply"], 20)
	require.Greater(t, kinds["enhanced"], 50)
	require.Len(t, strings.Split(strings.TrimSpace(world{}.run(t, "explain", "--codes", "--format", "ndjson").out), "\n"), len(all))

	for _, lang := range []string{"en", "zh"} {
		table := world{}.run(t, "explain", "--codes", "--lang", lang).out
		for _, c := range all {
			require.Regexp(t, `(?m)^`+c.Kind+` +`+c.Code+` +\S.*  \S`, table)
		}
	}
}

func TestHelpOfExplain(t *testing.T) {
	en, zh := world{}.run(t, "explain", "--help"), world{}.run(t, "help", "explain", "--lang", "zh")
	for _, flag := range []string{"--format", "--codes", "--domain", "--sub-status", "--rules", "--config", "--lang"} {
		require.Contains(t, en.out, flag)
		require.Contains(t, zh.out, flag)
	}
	for _, english := range []string{"Usage", "default", "of the recipient", "this help"} {
		require.Contains(t, en.out, english)
		require.NotContains(t, zh.out, english)
	}
	require.Equal(t, "table\njson\nndjson\n:4\n", world{}.run(t, "__complete", "explain", "--format", "").out)
}

func TestExplainOnATerminal(t *testing.T) {
	cmd := command(t, map[string]string{"TERM": "xterm-256color", "VTE_VERSION": "7600"}, "explain", limited)
	tty, err := pty.StartWithSize(cmd, &pty.Winsize{Rows: 40, Cols: 110})
	require.NoError(t, err)
	defer tty.Close()
	out, _ := io.ReadAll(tty) // ends with EIO when the program does
	require.NoError(t, cmd.Wait())
	require.Regexp(t, `\x1b\[4(;4)?mIp frequency limited\x1b\[0m`, string(out), "the deciding words are underlined")
	require.Contains(t, string(out), ";http://service.mail.qq.com/cgi-bin/help?subtype=1&&id=20022&&no=1000725\x1b\\", "the link is clickable")
	require.NotContains(t, string(out), "decided by", "underlined words are not quoted again")
}

// Where the simulated service files a refusal under "address does not exist", the explanation says so,
// and seldom where it does not.
func TestContradictionsOfTheSimulatedService(t *testing.T) {
	srv, err := sendcloudtest.New(sendcloudtest.Demo())
	require.NoError(t, err)
	coded, truth, found, wrong := 0, 0, 0, 0
	for r := range srv.Records() {
		if r.SubStatus == 0 {
			continue
		}
		coded++
		_, domain, _ := strings.Cut(r.Recipient, "@")
		says := bounce.Default().Explain(bounce.Input{Text: r.SendLog, Domain: domain, Status: r.Status, SubStatus: r.SubStatus}).Contradicts(r.SubStatus)
		switch {
		case r.Contradictory && says:
			truth, found = truth+1, found+1
		case r.Contradictory:
			truth++
		case says:
			wrong++
		}
	}
	t.Logf("of %d refusals with a sub-status %d contradict it: %d found, %d wrongly", coded, truth, found, wrong)
	require.Greater(t, truth, 20, "nothing to find")
	require.GreaterOrEqual(t, float64(found), 0.9*float64(truth))
	require.LessOrEqual(t, float64(wrong), 0.005*float64(coded))
}
