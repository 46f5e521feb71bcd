package bounce

import (
	"encoding/csv"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// goldRow is one labelled reply.
type goldRow struct {
	text, source string
	causes       []string // any of them is right
	permanence   string   // "-" is not counted
}

func readGold(t testing.TB, file string) []goldRow {
	return slices.Concat(batches(t, file)...)
}

// batches are the rows between the comments of a file, which say where they come from.
func batches(t testing.TB, file string) [][]goldRow {
	t.Helper()
	data, err := os.ReadFile("testdata/" + file)
	require.NoError(t, err)
	all := [][]goldRow{nil}
	for i, line := range strings.Split(strings.TrimSpace(string(data)), "\n") {
		last := len(all) - 1
		switch {
		case i == 0:
			continue
		case strings.HasPrefix(line, "# "):
			if all[last] != nil {
				all = append(all, nil)
			}
			continue
		}
		f := strings.Split(line, "\t")
		require.Len(t, f, 5, "%s line %d", file, i+1)
		all[last] = append(all[last], goldRow{text: f[0], source: f[1], causes: strings.Split(f[3], "|"), permanence: strings.TrimSpace(f[4])})
	}
	return all
}

// coarseGroups reads the groups the score counts.
func coarseGroups(t testing.TB) map[string]string {
	t.Helper()
	f, err := os.Open("testdata/categories.tsv")
	require.NoError(t, err)
	defer f.Close()
	r := csv.NewReader(f)
	r.Comma = '\t'
	rows, err := r.ReadAll()
	require.NoError(t, err)
	groups := map[string]string{}
	for _, row := range rows[1:] {
		groups[row[0]] = row[3]
	}
	return groups
}

// chinese tells replies of Chinese providers by where the row was found, as the published score does.
var chinese = regexp.MustCompile(`^(NETEASE|QQ-|LKML-QQ|GH-(CN|LOG|NETEASE|ISSUE-ALI)|ALI|SINA|SOHU|EYOU|CN-|DBMAIL|MOMENTUM-(SINA|SOHU|TOM|21CN)|PMTA-CN|PASTEBIN-|SENDCLOUD|SYMPA-126|smtp\.codes:qq|sisimai:rhost-(tencent|netease))`)

// score is the share right: cause, group, permanence, cause of Chinese providers.
type score struct {
	rows                              int
	cause, group, permanence, chinese float64
	wrong, wrongPermanence            []string
}

func scoreOf(t testing.TB, r *Rules, rows []goldRow) score {
	t.Helper()
	groups := coarseGroups(t)
	var s score
	var cause, group, perm, permN, cn, cnN int
	for _, row := range rows {
		e := r.Explain(Input{Text: row.text})
		token := e.Cause.String()
		right := slices.Contains(row.causes, token)
		if right {
			cause++
		} else {
			s.wrong = append(s.wrong, fmt.Sprintf("%s, want %s (%s, %.2f): %s", token, strings.Join(row.causes, "|"), e.Rule, e.Confidence, row.text))
		}
		if slices.ContainsFunc(row.causes, func(c string) bool { return groups[c] == groups[token] }) {
			group++
		}
		if chinese.MatchString(row.source) {
			cnN++
			if right {
				cn++
			}
		}
		if row.permanence != "-" {
			permN++
			if row.permanence == e.Permanence.String() {
				perm++
			} else {
				s.wrongPermanence = append(s.wrongPermanence, fmt.Sprintf("%s, want %s (%s %s): %s", e.Permanence, row.permanence, token, e.Rule, row.text))
			}
		}
	}
	share := func(a, b int) float64 { return float64(a) / float64(max(b, 1)) }
	s.rows, s.cause, s.group, s.permanence, s.chinese = len(rows), share(cause, len(rows)), share(group, len(rows)), share(perm, permN), share(cn, cnN)
	return s
}

func (s score) String() string {
	return fmt.Sprintf("%d rows: cause %.1f %%, group %.1f %%, permanence %.1f %%, Chinese providers %.1f %%", s.rows, 100*s.cause, 100*s.group, 100*s.permanence, 100*s.chinese)
}

func TestScoreOnPublicReplies(t *testing.T) {
	s := scoreOf(t, Default(), readGold(t, "public.tsv"))
	t.Log(s)
	for _, w := range s.wrong {
		t.Log("cause:", w)
	}
	for _, w := range s.wrongPermanence {
		t.Log("permanence:", w)
	}
	require.GreaterOrEqual(t, s.cause, 0.95)
	require.GreaterOrEqual(t, s.group, 0.97)
	require.GreaterOrEqual(t, s.permanence, 0.97)
	require.GreaterOrEqual(t, s.chinese, 0.95)
}

func TestRuleCases(t *testing.T) {
	data, err := os.ReadFile("testdata/cases.tsv")
	require.NoError(t, err)
	for i, line := range strings.Split(strings.TrimSpace(string(data)), "\n") {
		if strings.HasPrefix(line, "#") {
			continue
		}
		f := strings.Split(line, "\t")
		require.Len(t, f, 3, "cases.tsv:%d", i+1)
		e := Default().Explain(Input{Text: f[2]})
		if want := strings.Split(f[0], "|"); !slices.Contains(want, e.Cause.String()) {
			t.Errorf("cases.tsv:%d: %s, want %s, by %s: %s", i+1, e.Cause, f[0], e.Rule, f[2])
		}
		if f[1] != "-" && f[1] != e.Permanence.String() {
			t.Errorf("cases.tsv:%d: %s, want %s, by %s: %s", i+1, e.Permanence, f[1], e.Rule, f[2])
		}
	}
}

// TestNoGoodAddressIsDropped: of no labelled reply that is about something else does the card say to remove the address.
func TestNoGoodAddressIsDropped(t *testing.T) {
	gone := []string{"user_unknown", "mailbox_disabled", "domain_not_found", "bad_address"}
	for _, file := range []string{"public.tsv", "collected.tsv", "heldout.tsv"} {
		told := 0
		for _, row := range readGold(t, file) {
			step := Default().Explain(Input{Text: row.text}).NextStep("en")
			if !strings.Contains(step, "remove it") && !strings.Contains(step, "remove the address") {
				continue
			}
			told++
			require.True(t, slices.ContainsFunc(row.causes, func(c string) bool { return slices.Contains(gone, c) }), "%s: %s\n%s", file, row.text, step)
		}
		require.Greater(t, told, 20, "%s: hardly an address is told to be removed", file)
	}
}

// TestFramesDecideNothing puts every reply that is read rightly into what relays, mail clients and courtesy write around
// it: nearly all keep their cause.
func TestFramesDecideNothing(t *testing.T) {
	rows := labelled(t)
	for _, frame := range []string{
		"host mx1.example.com[198.51.100.7] said: %s (in reply to RCPT TO command)",
		"to=<li.na@example.com>, relay=mx.example.com[198.51.100.7]:25, status=bounced (host mx.example.com[198.51.100.7] said: %s (in reply to end of DATA command))",
		"SMTP error from remote mail server after RCPT TO:<li.na@example.com>: %s",
		"198.51.100.7 does not like recipient.\nRemote host said: %s\nGiving up on 198.51.100.7.",
		"the mta server of example.com — mx.example.com(198.51.100.7) reply:%s",
		"收件人邮件服务器返回：%s", "抱歉，您的邮件被退回来了。退信原因：%s", "服务器响应为：%s，邮件无法投递到 li.na@example.com",
		"The response from the remote server was:\n%s", "Remote Server returned '%s'", "mx.example.com gave this error:\n%s",
		"SMTP error, DOT: Host mx.example.com(198.51.100.7) said, %s",
		"... while talking to mx.example.com.:\n>>> RCPT To:<li.na@example.com>\n<<< %s", "Error: Can't send mail - all recipients were rejected: %s",
		"Failed to deliver to 'li.na@example.com'\nSMTP module(domain example.com) reports:\n host mx.example.com says:\n %s",
		"com.sun.mail.smtp.SMTPSendFailedException: %s", "Diagnostic-Code: smtp; %s", "status=expired, returned to sender: %s",
		"发送失败，错误信息：%s", "%s。请联系收件人或其邮件管理员。", "%s; message bounced to sender", "%s Please contact the recipient by other means.",
		"%s If you believe this is an error, please contact your administrator.", "%s 如有疑问，请联系邮件管理员。",
	} {
		kept, all := 0, 0
		for _, row := range rows {
			if !slices.Contains(row.causes, explain(row.text).Cause.String()) {
				continue
			}
			all++
			if slices.Contains(row.causes, explain(fmt.Sprintf(frame, row.text)).Cause.String()) {
				kept++
			}
		}
		t.Logf("%.3f of %d keep their cause: %s", float64(kept)/float64(all), all, frame)
		require.Greater(t, float64(kept)/float64(all), 0.98, frame)
	}
}
