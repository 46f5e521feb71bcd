package cli

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// Mail under way without a reply, failures without one, replies that tell nothing,
// and some that do.
const mixedRows = `{"emailId":"1","status":"requested","statusText":"请求中","subStatus":null,"subStatusDesc":"","apiUser":"u","recipients":"a@qq.com","requestTime":"2026-11-23T09:00:00+08:00","modifiedTime":null,"sendLog":""}
{"emailId":"2","status":"requested","statusText":"请求中","subStatus":null,"subStatusDesc":"","apiUser":"u","recipients":"b@163.com","requestTime":"2026-11-23T09:00:00+08:00","modifiedTime":null,"sendLog":"请求中"}
{"emailId":"3","status":"requested","statusText":"请求中","subStatus":null,"subStatusDesc":"","apiUser":"u","recipients":"c@qq.com","requestTime":"2026-11-23T09:00:00+08:00","modifiedTime":null,"sendLog":"450 4.2.2 mailbox full"}
{"emailId":"4","status":"invalid","statusText":"无效邮件","subStatus":null,"subStatusDesc":"","apiUser":"u","recipients":"d@qq.com","requestTime":"2026-11-23T09:00:00+08:00","modifiedTime":null,"sendLog":" "}
{"emailId":"5","status":"invalid","statusText":"无效邮件","subStatus":null,"subStatusDesc":"","apiUser":"u","recipients":"e@qq.com","requestTime":"2026-11-23T09:00:00+08:00","modifiedTime":null,"sendLog":"qwertz uiop"}
{"emailId":"6","status":"invalid","statusText":"无效邮件","subStatus":406,"subStatusDesc":"","apiUser":"u","recipients":"f@qq.com","requestTime":"2026-11-23T09:00:00+08:00","modifiedTime":null,"sendLog":""}
{"emailId":"7","status":"delivered","statusText":"送达","subStatus":null,"subStatusDesc":"","apiUser":"u","recipients":"g@qq.com","requestTime":"2026-11-23T09:00:00+08:00","modifiedTime":null,"sendLog":"successfully delivered"}
`

// What list --explain writes of a row, count counts, --filter finds and patterns
// names. Where nobody said why, that is nothing, everywhere.
func TestListCountFilterAndPatternsAgree(t *testing.T) {
	run := func(args ...string) result {
		got := world{in: strings.NewReader(mixedRows)}.run(t, append(args, "--from", "-")...)
		require.Zero(t, got.status, got.err)
		return got
	}
	type row struct{ EmailID, Cause, Permanence, Provider string }
	rows := func(args ...string) (ids map[string]bool, all []row) {
		ids = map[string]bool{}
		for line := range strings.Lines(run(append([]string{"list", "--explain"}, args...)...).out) {
			var r row
			require.NoError(t, json.Unmarshal([]byte(line), &r))
			ids[r.EmailID], all = true, append(all, r)
		}
		return ids, all
	}
	_, all := rows()
	require.Len(t, all, 7)
	for _, untold := range []int{0, 1, 3} {
		require.Equal(t, row{EmailID: all[untold].EmailID}, all[untold])
	}
	for by, field := range map[string]struct {
		name string
		of   func(row) string
	}{
		"cause":      {"cause", func(r row) string { return r.Cause }},
		"permanence": {"perm", func(r row) string { return r.Permanence }},
		"provider":   {"provider", func(r row) string { return r.Provider }},
	} {
		want, whose := map[string]int{}, map[string]map[string]bool{}
		for _, r := range all {
			v := field.of(r)
			want[v]++
			if whose[v] == nil {
				whose[v] = map[string]bool{}
			}
			whose[v][r.EmailID] = true
		}
		require.Equal(t, 3, want[""], by)
		var list []counted
		require.NoError(t, json.Unmarshal([]byte(run("count", "--by", by, "--format", "json").out), &list))
		require.Equal(t, want, values(list), "count --by %s", by)
		for value, ids := range whose {
			term := field.name + ":" + value
			if value == "" {
				term += "none"
			}
			got, _ := rows("--filter", term)
			require.Equal(t, ids, got, term)
		}
		require.Contains(t, run("count", "--by", by, "--format", "table").out, "(none)")
	}
	narrowed, _ := rows("--cause", "other", "--permanence", "unknown")
	require.Equal(t, map[string]bool{"5": true}, narrowed, "--cause is no other filter")

	var patterns []struct {
		Pattern string
		Cause   *string
		Causes  []struct{ Value *string }
	}
	out := run("patterns", "--filter", "cause:none", "--format", "json").out
	require.NoError(t, json.Unmarshal([]byte(out), &patterns), out)
	require.NotEmpty(t, patterns)
	for _, p := range patterns {
		require.Nil(t, p.Cause, p.Pattern)
		require.Nil(t, p.Causes[0].Value, p.Pattern)
	}
	require.Contains(t, run("patterns", "--filter", "cause:none", "--format", "table", "--lang", "zh").out, "（空）")
}
