package pattern_test

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"bounceboard/sendcloud/mailtext"
	"bounceboard/sendcloud/pattern"
)

func TestWhatIsAVariable(t *testing.T) {
	for reply, want := range map[string]string{
		"":                                      "",
		"550 5.1.1 <wang@qq.com>: user unknown": "550 5.1.1 <{addr}>: user unknown",
		"550 5.1.1 <us***@aol.com> no":          "550 5.1.1 <{addr}> no",
		"host mx3.qq.com[203.0.113.9] said: 550 Mailbox not found.":              "host {host}[{ip}] said: 550 Mailbox not found.",
		"connect to 2001:db8::25 port 25 [IPv6:2001:db8:0:1::9]":                 "connect to {ip} port {*} [IPv6:{ip}]",
		"550 Mailbox not found. http://service.mail.qq.com/cgi-bin/help?a=1&&b.": "550 Mailbox not found. {url}.",
		"554 DT:SPM 163 smtp7,C8CowABqQ1--.26719S2 1516430742,please see":        "554 DT:SPM {*} smtp{*},{*} {*},please see",
		"550 Ip frequency limited [+Oaj1ioVTF4gnIZdRer4tvauWt2IF/ Blocked IP]":   "550 Ip frequency limited [{*} Blocked IP]",
		"messages from [203.0.113.9] are on our block list (S3150)":              "messages from [{ip}] are on our block list (S3150)",
		"421 4.7.0 [TSS04] deferred 03:12:00":                                    "421 4.7.0 [TSS04] deferred {time}",
		"at Mon, 23 Nov 2026 09:41:03 +0800 by Nov 02 11:59:39":                  "at {time} by {time}",
		"收件人a@qq.com不存在,任务1B2C3D4E5F6A未发出":                                       "收件人{addr}不存在,任务{*}未发出",
		"服务器响应为：550 用户不存在 第3次":                                                   "服务器响应为：550 用户不存在 第{*}次",
		"tried 192.0.2.1, 192.0.2.2, 192.0.2.3 in turn":                          "tried {ip} in turn",
		"id=f81d4fae-7dec-11d0-a765-00a0c91e6bf6 1wvMOY-Met9wd-Ml":               "id={*} {*}",
		"  550   a\r\n550-b\t ":                                                  "550 a 550-b",
		"limit 500 messages, RESOLVER.ADR.RecipNotFound":                         "limit {*} messages, RESOLVER.ADR.RecipNotFound",
		"at 23/Nov/2026:09:41:03 +0800 and 23-Nov-2026":                          "at {time} and {time}",
		"[203.0.113.9]:550 took 1,234,567 of (2,345)":                            "[{ip}]:{*} took {*} of ({*})",
		"for <_a.b@qq.com>... ref vATbd9g6u1dkknUYRRU-vs3OAM21D8__":              "for <{addr}>... ref {*}",
		"12,abc and 3,45 of [::ffff:192.0.2.1]:25 and ::1":                       "{*},abc and {*},{*} of [{ip}]:{*} and {ip}",
		"queued as Igubr3-kmseOr-cn, KVZXSH-dkzbaw-bV or Mqigb2-jtofqj-wd":       "queued as {*}, {*} or {*}",
		"(550, b'no')": "(550, b'no')",
		"550 <张三@例子.中国> 用户不存在":                        "550 <{addr}> 用户不存在",
		"550 <zhao5@例子.中国> 用户不存在":                     "550 <{addr}> 用户不存在",
		"550 <张三5@qq.com>, <李四@邮件.example.com>: no":   "550 <{addr}>, <{addr}>: no",
		"“a@例子.中国的邮箱不存在”<@例子.中国><张三@.cn>'三@a.com不存在'": "“a@例子.中国的邮箱不存在”<@例子.中国><张三@.cn>'三@{host}不存在'",
		"ID：ABCDEF123456== ID：QWERTY987654==，BOX==":   "ID：{*} ID：{*}，BOX==",
		"TLSv1.3 delay=0.45 10MB":                     "TLSv{*} delay={*} {*}MB",
	} {
		text, _ := pattern.Of(reply)
		require.Equal(t, want, text, "pattern of %q", reply)
	}
}

func TestVariablesSayWhatAndWhere(t *testing.T) {
	reply := "host mx3.qq.com[203.0.113.9] said at 09:41:03 <a@qq.com>, <b@qq.com> 1516430742 see https://example.com/x?y=1"
	_, vars := pattern.Of(reply)
	type v struct {
		kind mailtext.Kind
		text string
	}
	var got []v
	for i, x := range vars {
		require.Equal(t, i, x.Slot)
		got = append(got, v{x.Kind, reply[x.Start:x.End]})
	}
	require.Equal(t, []v{{mailtext.Host, "mx3.qq.com"}, {mailtext.IP, "203.0.113.9"}, {mailtext.Time, "09:41:03"}, {mailtext.Address, "a@qq.com"},
		{mailtext.Address, "b@qq.com"}, {mailtext.Number, "1516430742"}, {mailtext.URL, "https://example.com/x?y=1"}}, got)
}

func TestAListFillsOneSlot(t *testing.T) {
	_, vars := pattern.Of("tried 192.0.2.1, 192.0.2.2 from a@qq.com")
	require.Len(t, vars, 3)
	require.Equal(t, []int{0, 0, 1}, []int{vars[0].Slot, vars[1].Slot, vars[2].Slot})
}

// A colleague is told the id: it must never change. SHA-256 of the text, its
// first 50 bits in RFC 4648's base32, computed with another tool.
func TestIDDependsOnTheTextAlone(t *testing.T) {
	require.Equal(t, pattern.ID("ftze3os7wc"), pattern.IDOf("hello"))
	id := pattern.IDOf("550 5.1.1 <{addr}>: user unknown")
	require.Regexp(t, "^[a-z2-7]{10}$", string(id))
}

// What a scanner saw before changes nothing.
func TestOrderOfArrivalChangesNothing(t *testing.T) {
	lines := strings.Split(publicReplies, "\n")
	r := rand.New(rand.NewPCG(1, 2))
	var s pattern.Scanner
	for range 3 {
		r.Shuffle(len(lines), func(i, j int) { lines[i], lines[j] = lines[j], lines[i] })
		for _, l := range lines {
			fresh, _ := pattern.Of(l)
			used, _ := s.Scan(l)
			require.Equal(t, fresh, string(used))
		}
	}
}

func check(t require.TestingT, reply string) {
	text, vars := pattern.Of(reply)
	require.LessOrEqual(t, len(text), pattern.MaxText+600, "a pattern's text is bounded")
	end, slot := 0, 0
	for _, v := range vars {
		require.True(t, end <= v.Start && v.Start < v.End && v.End <= len(reply), "variables are in order and inside: %+v", vars)
		require.True(t, v.Slot == slot || v.Slot == slot+1 || v.Slot == 0, "slots count up: %+v", vars)
		require.GreaterOrEqual(t, strings.Count(text, pattern.Mark(v.Kind)), 1, "the mark of %+v in %q", v, text)
		end, slot = v.End, v.Slot
	}
	again, _ := pattern.Of(reply)
	require.Equal(t, text, again)
}

func TestPatternsOfAnything(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		piece := rapid.SampledFrom([]string{"a@b.c", "203.0.113.9", "550", " ", "-", "=", "http://", "::1", "mx1.qq.com", "收件人", "5.1.1", "Nov 0", "9:41", ",", "/", "+aB3", "<张三@例子.中国>", "“", "==", "\xff"})
		check(t, strings.Join(rapid.SliceOf(piece).Draw(t, "pieces"), ""))
	})
}

// 200 kB from a stranger: the benchmark shows that time follows the length.
func hostile() map[string]string {
	long := map[string]string{}
	for _, unit := range []string{"a", "a=", "1", "1.", "a@", "a@b,", "http://a,", "www.", "/", "+", "=", ":", "::", "550-", "550 5.", "Nov ", "1:", "-a1B", "收", "\x00", "192.0.2.1, ", "aB3/", "12 Nov ", "{*}", "<", "“", "<张@", "(张@三.", "A1b=="} {
		long[unit] = strings.Repeat(unit, 200_000/len(unit))
	}
	return long
}

func TestHostileReplies(t *testing.T) {
	for _, reply := range hostile() {
		check(t, reply)
	}
}

func FuzzOf(f *testing.F) {
	for line := range strings.Lines(publicReplies) {
		f.Add(line)
	}
	f.Fuzz(func(t *testing.T, reply string) { check(t, reply) })
}

func BenchmarkScan(b *testing.B) {
	r := rand.New(rand.NewPCG(3, 4))
	templates := strings.Split(strings.TrimSpace(publicReplies), "\n")
	rows := make([]string, 20_000)
	for i := range rows {
		rows[i] = fill(templates[r.IntN(len(templates))], r)
	}
	var s pattern.Scanner
	n := 0
	for b.Loop() {
		s.Scan(rows[n%len(rows)])
		n++
	}
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "rows/s")
	b.ReportAllocs()
}

func BenchmarkHostile(b *testing.B) {
	for unit, reply := range hostile() {
		b.Run(strings.ReplaceAll(unit, "/", "|"), func(b *testing.B) {
			var s pattern.Scanner
			for b.Loop() {
				s.Scan(reply)
			}
		})
	}
}
