package report

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"bounceboard/sendcloud"
	"bounceboard/sendcloud/bounce"
	"bounceboard/sendcloud/recordset"
	"bounceboard/sendcloud/sendcloudtest"
	"bounceboard/ui/words"
)

var noon = time.Date(2026, 11, 30, 12, 0, 0, 0, sendcloud.Zone)

func explain(r sendcloud.Record) bounce.Explanation {
	return bounce.Default().Explain(recordset.InputOf(r))
}

func row(minute int, to string, s sendcloud.Status, reply string) sendcloud.Record {
	at := noon.Add(time.Duration(minute) * time.Minute)
	return sendcloud.Record{EmailID: "1795397411000_15_1.sc-inbound0$" + to, Status: s, Recipients: to, APIUser: "batch", RequestTime: at, ModifiedTime: at, SendLog: reply}
}

const limited = "550 Ip frequency limited [MTk1 Blocked IP 203.0.113.9]. http://service.mail.qq.com/cgi-bin/help?subtype=1&&id=20022&&no=1000725"

func about(l words.Lang) About {
	return About{Lang: l, Question: "Failed mail to qq.com, 24 to 30 November", Command: "bounceboard report --domain 'qq.com' --days 7 --out <FILE>",
		Explain: explain, Account: "prod", Host: "api.sendcloud.net", Coverage: "all 4 rows are here", Made: noon, Notes: []string{"the service ignored a filter"}}
}

func filled(t require.TestingT, a About, rows ...sendcloud.Record) *Report {
	set := recordset.New(recordset.ByRules(bounce.Default()))
	for i, r := range rows {
		r.EmailID = fmt.Sprintf("%d%s", i, r.EmailID)
		set.Append(r)
	}
	require.NoError(t, set.Mine(context.Background()))
	p, err := New(context.Background(), a, set.Snapshot(), set.Snapshot().All())
	require.NoError(t, err)
	return p
}

func written(t require.TestingT, write func(io.Writer) error) string {
	var out bytes.Buffer
	require.NoError(t, write(&out))
	return out.String()
}

var some = []sendcloud.Record{
	row(0, "lin.wei@qq.com", sendcloud.Invalid, limited),
	row(1, "wang@qq.com", sendcloud.SoftBounce, limited),
	row(60, "lin.wei@qq.com", sendcloud.Delivered, "successfully delivered"),
	row(90, "billing@shop.example", sendcloud.Invalid, "550 5.1.1 <billing@shop.example>: <script>alert(1)</script> | `user` unknown, sent by mx.shop.example\r\nsecond line\x1b[2J"),
}

func TestHTMLHasAllOfIt(t *testing.T) {
	text := written(t, filled(t, about(words.English), some...).HTML)
	for _, want := range []string{`<html lang="en">`, `name="viewport"`, `name="color-scheme"`, "@media print", "prefers-color-scheme:dark",
		"Failed mail to qq.com", "--out &lt;FILE&gt;", "all 4 rows are here", "the service ignored a filter", "2026-11-30 12:00:00 +08:00 · 2026-11-30 04:00:00 UTC",
		"203.0.113.9", "mx.shop.example", "50.0 % (15.0 %–85.0 %)", "l***@qq.com", "&lt;script&gt;alert", "second line^[[2J", "2 of 4 rows", "66.7 % (20.8 %–93.9 %)",
		"Keep the address"} {
		require.True(t, strings.Contains(text, want) || strings.Contains(strings.ReplaceAll(text, "&#43;", "+"), want), want)
	}
	for _, never := range []string{"<script", "src=", "href=", "url(", "@import", "lin.wei", "billing@", "wang@", "\x1b"} {
		require.False(t, strings.Contains(text, never), never)
	}
	require.Contains(t, written(t, filled(t, about(words.Chinese), some...).HTML), `<html lang="zh-CN">`)

	whole := about(words.English)
	whole.Unmasked = true
	require.Contains(t, written(t, filled(t, whole, some...).HTML), "lin.wei@qq.com")
}

func TestMarkdownIsForATicket(t *testing.T) {
	text := written(t, filled(t, about(words.Chinese), some...).Markdown)
	for _, want := range []string{"# Failed mail to qq.com", "| 状态 | 失败 | 全部 |", "|---|---:|---:|", "```\n2026-11-30 12:00:00 +08:00", "<script>alert(1)", "回复模式"} {
		require.Contains(t, text, want)
	}
	require.NotContains(t, text, "lin.wei")
	text = written(t, filled(t, about(words.English), row(0, "a@qq.com", sendcloud.Invalid, "550 ``` | x")).Markdown)
	require.Contains(t, text, "````\n", "a fence is longer than those in the text")
}

func TestNoRateWithoutDeliveredMail(t *testing.T) {
	a := about(words.English)
	text := written(t, filled(t, a, some[:2]...).HTML)
	require.Contains(t, text, "There are no rates")
	require.NotContains(t, text, "95 %")
}

func TestAnEmptyReportSaysSo(t *testing.T) {
	require.Contains(t, written(t, filled(t, about(words.English)).HTML), "No row is in this report.")
	require.Contains(t, written(t, filled(t, about(words.Chinese)).Markdown), "没有任何行")
}

func TestMask(t *testing.T) {
	for address, want := range map[string]string{"lin.wei@qq.com": "l***@qq.com", "林@例子.中国": "林***@例子.中国", "": "", "nobody": "n***", "@qq.com": "@***"} {
		require.Equal(t, want, Mask(address))
	}
	hidden := base64.StdEncoding.EncodeToString([]byte("to=lin.wei@qq.com;x"))
	for text, want := range map[string]string{
		"550 <lin.wei@qq.com>: user lin.wei unknown":   "550 <l***@qq.com>: user l*** unknown",
		"see http://x.example/?to=other%40163.com&n=1": "see http://x.example/?to=o***%40163.com&n=1",
		"from other.one@shop.example; LIN.WEI":         "from o***@shop.example; l***",
		"Blocked [" + hidden + "] 203.0.113.9":         "Blocked [***] 203.0.113.9",
		"lin.weiss is another":                         "lin.weiss is another",
		limited:                                        limited,
		"552 size=4096 is over":                        "552 size=4096 is over",
	} {
		require.Equal(t, want, MaskText(text, "lin.wei@qq.com"))
	}
}

// No address of any row, and none in any reply, is in a masked report, whatever
// stands around it.
func TestNoAddressGetsOut(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		local := rapid.StringMatching(`[a-z]{2}secret[a-z0-9.+_-]{0,6}`).Draw(t, "local")
		other := rapid.StringMatching(`[a-z]{2}hidden[a-z0-9]{0,6}`).Draw(t, "other") + rapid.SampledFrom([]string{"@", "＠", "%40", "=40"}).Draw(t, "at") + "shop.example"
		around := rapid.SampledFrom([]string{"550 <%s> and %s", "550 %s %s unknown", "(%s)[%s]", "to=%s&cc=%s", "收件人%s：%s不存在", "550-%s\r\n550 %s", "SRS0=x=y=%s %s"}).Draw(t, "around")
		r := row(0, strings.TrimRight(local, ".")+"@qq.com", sendcloud.Invalid, fmt.Sprintf(around, local+"@qq.com", other))
		p := filled(t, about(words.English), r)
		for _, text := range []string{written(t, p.HTML), written(t, p.Markdown)} {
			require.False(t, strings.Contains(text, "secret") || strings.Contains(text, "hidden"), "%s", linesWith(text, "secret", "hidden"))
		}
	})
}

func TestWhatDiffersAmongRowsIsNotNamed(t *testing.T) {
	one := row(0, "a@shop.example", sendcloud.Invalid, "450 4.1.2 Domain not found: no MX record")
	text := written(t, filled(t, about(words.English), one).HTML)
	require.True(t, strings.Contains(text, "domain shop.example"), linesWith(text, "domain"))
	two := one
	two.Recipients = "b@corp.example"
	text = written(t, filled(t, about(words.English), one, two).HTML)
	require.False(t, strings.Contains(text, "domain shop.example"), linesWith(text, "domain"))
}

func TestSamplesAreSpread(t *testing.T) {
	var rows []sendcloud.Record
	for n := range 1000 {
		rows = append(rows, row(n, fmt.Sprintf("u%d@qq.com", n), sendcloud.Invalid, limited))
	}
	p := filled(t, about(words.English), rows...)
	samples := p.Patterns[0].Samples
	require.Len(t, samples, mostSamples)
	require.Contains(t, samples[0], "2026-11-30 12:00:00 +08:00")
	require.Contains(t, samples[mostSamples-1], "2026-12-01 03:00:00 +08:00")
	require.Len(t, p.Chart.Bars, 17, "hours")
	require.True(t, strings.HasPrefix(p.Chart.Text, "11-30 12:00 ######"), p.Chart.Text)
}

// Every sentence that the templates and the code say is in the table, and no other.
func TestEverySentenceIsThere(t *testing.T) {
	said := map[string]bool{}
	files, err := filepath.Glob("*")
	require.NoError(t, err)
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") || filepath.Ext(name) == "" {
			continue
		}
		text, err := os.ReadFile(name)
		require.NoError(t, err)
		for _, m := range regexp.MustCompile(`(?:say[ (]|Facts, |\{)"([a-zA-Z0-9 -]+)"`).FindAllStringSubmatch(string(text), -1) {
			said[m[1]] = true
		}
	}
	for name := range words.Report {
		require.True(t, said[name], "%q is not said", name)
	}
	delete(said, "say") // the name of the function
	for name := range said {
		require.Contains(t, words.Report, name)
	}
}

func TestSave(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "evidence.html")
	require.NoError(t, filled(t, about(words.English), some...).Save(path))
	for _, name := range []string{"evidence.html", RowsFile} {
		info, err := os.Stat(filepath.Join(dir, name))
		require.NoError(t, err)
		require.Equal(t, fs.FileMode(0o600), info.Mode().Perm())
	}
	text, err := os.ReadFile(path)
	require.NoError(t, err)
	rows, err := os.ReadFile(filepath.Join(dir, RowsFile))
	require.NoError(t, err)
	require.Equal(t, len(some), strings.Count(string(rows), "\n"))
	sum := sha256.Sum256(rows)
	require.Contains(t, string(text), hex.EncodeToString(sum[:]))

	err = filled(t, about(words.English)).Save(filepath.Join(dir, "other.md"))
	require.ErrorIs(t, err, fs.ErrExist, "the rows are there already")
	var taken *fs.PathError
	require.ErrorAs(t, err, &taken)
	require.Equal(t, filepath.Join(dir, RowsFile), taken.Path)
	require.NoFileExists(t, filepath.Join(dir, "other.md"))
	require.NoError(t, filled(t, about(words.English)).Save(filepath.Join(dir, "new folder", "r.md")))
}

func FuzzReport(f *testing.F) {
	for _, s := range []string{"", "550 no", "</pre><script>", "\x1b[2J\x9b\u202e\u2028", "```\n# x | y", "%40@=40", "\xff＠\x00", "]]>&lt;"} {
		f.Add(s, "a@qq.com")
	}
	f.Fuzz(func(t *testing.T, reply, to string) {
		p := filled(t, about(words.Chinese), row(0, to, sendcloud.Invalid, reply))
		page, ticket := written(t, p.HTML), written(t, p.Markdown)
		require.NotContains(t, page, "<script")
		require.Equal(t, strings.Count(page, "<pre>"), strings.Count(page, "</pre>"))
		for _, r := range page + ticket {
			require.True(t, r == '\n' || unicode.IsGraphic(r), "%U", r)
		}
	})
}

// With WRITE set to a folder, it writes reports there, to be looked at.
func TestReportsToLookAt(t *testing.T) {
	dir := os.Getenv("WRITE")
	if dir == "" {
		t.Skip("WRITE is not set")
	}
	srv, err := sendcloudtest.Start(sendcloudtest.Options{Records: 30000, Seed: 7})
	require.NoError(t, err)
	defer srv.Close()
	user, secret := srv.Credentials()
	c, err := sendcloud.New(sendcloud.Config{BaseURL: srv.URL, APIUser: user, APIKey: secret, CallsPerMinute: 3000})
	require.NoError(t, err)
	plan, err := c.Plan(sendcloud.Query{Days: 7})
	require.NoError(t, err)
	for _, l := range []words.Lang{words.English, words.Chinese} {
		a := about(l)
		a.Question, a.Coverage, a.Made = "All mail of the last 7 days", "all rows are here", time.Now()
		if l == words.Chinese {
			a.Question, a.Coverage, a.Notes = "最近 7 天的全部邮件", "全部行均已读取", []string{"服务端忽略了一项筛选"}
		}
		var rows []sendcloud.Record
		for r, err := range c.All(plan, nil).Records(t.Context()) {
			require.NoError(t, err)
			rows = append(rows, r)
		}
		p := filled(t, a, rows...)
		require.NoError(t, os.MkdirAll(filepath.Join(dir, string(l)), 0o700))
		for _, name := range []string{"evidence.html", "evidence.md"} {
			_ = os.Remove(filepath.Join(dir, string(l), name))
			_ = os.Remove(filepath.Join(dir, string(l), RowsFile))
			require.NoError(t, p.Save(filepath.Join(dir, string(l), name)))
		}
	}
}

func BenchmarkReportOf100000Rows(b *testing.B) {
	set := recordset.New(recordset.ByRules(bounce.Default()))
	for n := range 100_000 {
		set.Append(row(n/10, fmt.Sprintf("user%d@qq.com", n), sendcloud.Invalid, strings.Replace(limited, "MTk1", fmt.Sprint("MTk1", n), 1)))
	}
	require.NoError(b, set.Mine(b.Context()))
	for b.Loop() {
		p, err := New(b.Context(), about(words.English), set.Snapshot(), set.Snapshot().All())
		require.NoError(b, err)
		require.NoError(b, p.HTML(io.Discard))
	}
}

// linesWith are the lines of a text that hold one of some words.
func linesWith(text string, words ...string) (lines []string) {
	for line := range strings.Lines(text) {
		for _, w := range words {
			if strings.Contains(line, w) {
				lines = append(lines, line)
			}
		}
	}
	return lines
}
