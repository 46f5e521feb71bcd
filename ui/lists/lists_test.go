package lists

import (
	"encoding/csv"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"bounceboard/sendcloud"
	"bounceboard/sendcloud/bounce"
	"bounceboard/sendcloud/sendcloudtest"
	"bounceboard/ui/words"
)

var noon = time.Date(2026, 11, 30, 12, 0, 0, 0, sendcloud.Zone)

func explain(r sendcloud.Record) bounce.Explanation {
	return bounce.Default().Explain(bounce.Input{Text: r.Reply(), Domain: domain(r.Recipients), Status: int(r.Status), SubStatus: int(r.SubStatus)})
}

func row(minute int, to string, s sendcloud.Status, sub sendcloud.SubStatus, reply string) sendcloud.Record {
	at := noon.Add(time.Duration(minute) * time.Minute)
	return sendcloud.Record{EmailID: fmt.Sprintf("%d_1_1.sc$%s", at.UnixMilli(), to), Status: s, SubStatus: sub, Recipients: to, APIUser: "batch", RequestTime: at, ModifiedTime: at, SendLog: reply}
}

const (
	gone    = "550 5.1.1 The email account that you tried to reach does not exist. - gsmtp"
	full    = "552 5.2.2 mailbox full"
	limited = "550 Ip frequency limited [MTk1 Blocked IP 203.0.113.9]. http://service.mail.qq.com/cgi-bin/help?subtype=1&&id=20022&&no=1000725"
	timeout = "451 4.4.1 Connection timed out"
	ok      = "successfully delivered"
)

func TestWhereARowLands(t *testing.T) {
	for name, c := range map[string]struct {
		rows []sendcloud.Record
		list List
		rule Rule
	}{
		"gone":                  {[]sendcloud.Record{row(0, "a@gmail.com", sendcloud.Invalid, 406, gone)}, Suppress, AddressGone},
		"gone, no code":         {[]sendcloud.Record{row(0, "a@gmail.com", sendcloud.Invalid, 0, gone)}, Suppress, AddressGone},
		"gone, mail before":     {[]sendcloud.Record{row(0, "a@gmail.com", sendcloud.Delivered, 0, ok), row(1, "a@gmail.com", sendcloud.Invalid, 406, gone)}, Suppress, AddressGone},
		"gone, mail later":      {[]sendcloud.Record{row(0, "a@gmail.com", sendcloud.Invalid, 406, gone), row(1, "A@Gmail.com", sendcloud.Delivered, 0, ok)}, Check, LaterDelivered},
		"gone, then held":       {[]sendcloud.Record{row(0, "a@gmail.com", sendcloud.Invalid, 406, gone), row(1, "a@gmail.com", sendcloud.Invalid, 401, "worker:address in bounce list")}, Suppress, AddressGone},
		"gone says only a code": {[]sendcloud.Record{row(0, "a@gmail.com", sendcloud.Invalid, 406, "")}, Check, NotCertain},
		"not about the address": {[]sendcloud.Record{row(0, "a@qq.com", sendcloud.Invalid, 406, limited)}, Check, Contradiction},
		"full":                  {[]sendcloud.Record{row(0, "a@gmail.com", sendcloud.Invalid, 409, full)}, Ask, AskRecipient},
		"held":                  {[]sendcloud.Record{row(0, "a@gmail.com", sendcloud.Invalid, 401, "worker:address in bounce list")}, Ask, AskRecipient},
		"limited":               {[]sendcloud.Record{row(0, "a@qq.com", sendcloud.Invalid, 405, limited)}, Ours, OursToMend},
		"limited, others since": {[]sendcloud.Record{row(0, "a@qq.com", sendcloud.Invalid, 405, limited), row(1, "b@qq.com", sendcloud.Delivered, 0, ok)}, Retry, HasPassed},
		"timeout":               {[]sendcloud.Record{row(0, "a@shop.example", sendcloud.Invalid, 403, timeout)}, Retry, Passes},
		"no words we know":      {[]sendcloud.Record{row(0, "a@shop.example", sendcloud.Invalid, 409, "blah")}, Check, LowConfidence},
		"nobody":                {[]sendcloud.Record{row(0, "", sendcloud.Invalid, 406, gone)}, Check, NoRecipient},
	} {
		s := NewSorter(explain)
		for _, r := range c.rows {
			s.Add(r)
		}
		e := s.Entries()[0]
		require.Equal(t, []any{c.list, c.rule}, []any{e.List, e.Rule}, "%s: %+v", name, e.Meaning)
	}
}

// Every failed row is on exactly one list, each address once, and no address is
// suppressed that got mail later or whose refusal is about us.
func requireWhole(t require.TestingT, s *Sorter, rows []sendcloud.Record) {
	failed, lastFailure, lastMail := map[string]int{}, map[string]time.Time{}, map[string]time.Time{}
	for _, r := range rows {
		switch r.Status {
		case sendcloud.Invalid, sendcloud.SoftBounce:
			failed[key(r)]++
			lastFailure[key(r)] = latest(lastFailure[key(r)], when(r))
		case sendcloud.Delivered:
			lastMail[key(r)] = latest(lastMail[key(r)], when(r))
		}
	}
	total := 0
	for _, e := range s.Entries() {
		k := strings.ToLower(e.Address)
		require.Equal(t, failed[k], e.Count, e.Address)
		delete(failed, k)
		total += e.Count
		if e.List == Suppress {
			require.False(t, lastMail[k].After(lastFailure[k]), e.Address)
			require.False(t, e.Meaning.Contradicts(int(e.Newest.SubStatus)))
			require.Contains(t, []bounce.Group{bounce.GroupNotExist, bounce.GroupBadFormat, bounce.GroupUnreachable}, e.Meaning.Cause.Group())
		}
	}
	require.Empty(t, failed, "on no list")
	require.Equal(t, s.Failed, total)
	rowsOf := 0
	for _, sum := range Sums(s.Entries()) {
		rowsOf += sum.Rows
	}
	require.Equal(t, total, rowsOf)
}

func TestEveryFailedRowIsOnOneList(t *testing.T) {
	replies := []string{gone, full, limited, timeout, ok, "", "blah", "worker:address in bounce list", "550 5.7.1 blocked using zen.spamhaus.org", "554 DT:SPM 163 smtp7", "550 5.4.1 Recipient address rejected: Access denied", "已退订"}
	rapid.Check(t, func(t *rapid.T) {
		s := NewSorter(explain)
		rows := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) sendcloud.Record {
			r := row(rapid.IntRange(0, 20).Draw(t, "minute"), rapid.SampledFrom([]string{"a@qq.com", "A@qq.com", "b@qq.com", "c@gmail.com", "d@shop.example", ""}).Draw(t, "to"),
				rapid.SampledFrom(append(sendcloud.Statuses(), sendcloud.StatusUnknown)).Draw(t, "status"),
				rapid.SampledFrom(append(sendcloud.SubStatuses(), 0)).Draw(t, "sub"), rapid.SampledFrom(replies).Draw(t, "reply"))
			if rapid.IntRange(0, 9).Draw(t, "undated") == 0 {
				r.ModifiedTime, r.RequestTime = time.Time{}, time.Time{}
			}
			return r
		}), 0, 30).Draw(t, "rows")
		for _, r := range rows {
			s.Add(r)
		}
		requireWhole(t, s, rows)
	})
}

func TestListsOfTheSimulatedService(t *testing.T) {
	for seed := range uint64(3) {
		srv, err := sendcloudtest.Start(sendcloudtest.Options{Records: 12000, Seed: seed + 1})
		require.NoError(t, err)
		defer srv.Close()
		user, secret := srv.Credentials()
		c, err := sendcloud.New(sendcloud.Config{BaseURL: srv.URL, APIUser: user, APIKey: secret, CallsPerMinute: 3000})
		require.NoError(t, err)
		plan, err := c.Plan(sendcloud.Query{Days: 7})
		require.NoError(t, err)
		s := NewSorter(explain)
		var rows []sendcloud.Record
		for r, err := range c.All(plan, nil).Records(t.Context()) {
			require.NoError(t, err)
			rows = append(rows, r)
			s.Add(r)
		}
		require.Greater(t, len(rows), 500)
		requireWhole(t, s, rows)

		dir := filepath.Join(t.TempDir(), "lists")
		sums, err := Write(dir, words.English, s, "failures of 7 days")
		require.NoError(t, err)
		total := 0
		for list, sum := range sums {
			total += requireFile(t, filepath.Join(dir, List(list).String()+".csv"), sum)
		}
		require.Equal(t, s.Failed, total)
		t.Logf("seed %d: %d rows, %d failed: %v", seed+1, len(rows), s.Failed, sums)
	}
}

func requireFile(t *testing.T, path string, sum Sum) (rows int) {
	info, err := os.Stat(path)
	require.NoError(t, err)
	require.Equal(t, fs.FileMode(0o600), info.Mode().Perm())
	data, err := os.ReadFile(path)
	require.NoError(t, err)
	table, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(string(data), "\uFEFF"))).ReadAll()
	require.NoError(t, err)
	require.Equal(t, "address,count,newest,reason,permanence,sub_status,receiver,pattern,email_id,rule,next_step,reply", strings.Join(table[0], ","))
	require.Len(t, table, sum.Addresses+1)
	seen := map[string]bool{}
	for _, line := range table[1:] {
		require.False(t, seen[line[0]], line[0])
		seen[line[0]] = true
		count, err := strconv.Atoi(line[1])
		require.NoError(t, err)
		rows += count
		require.Len(t, line[7], 10, "a pattern id")
	}
	require.Equal(t, sum.Rows, rows)
	return rows
}

func TestListsAreNeverWrittenOverOthers(t *testing.T) {
	dir, s := t.TempDir(), NewSorter(explain)
	s.Add(row(0, "=1@gmail.com", sendcloud.Invalid, 406, gone+"\x1b[201~"))
	require.NoError(t, os.WriteFile(filepath.Join(dir, "ours.csv"), []byte("mine"), 0o600))
	_, err := Write(dir, words.Chinese, s, "")
	require.ErrorIs(t, err, fs.ErrExist)
	var exists *fs.PathError
	require.ErrorAs(t, err, &exists)
	require.Equal(t, filepath.Join(dir, "ours.csv"), exists.Path)
	entries, err := os.ReadDir(dir)
	require.NoError(t, err)
	require.Len(t, entries, 1, "nothing was written")

	dir = filepath.Join(dir, "new")
	_, err = Write(dir, words.Chinese, s, "")
	require.NoError(t, err)
	data, err := os.ReadFile(filepath.Join(dir, "suppress.csv"))
	require.NoError(t, err)
	require.True(t, strings.HasPrefix(string(data), "\uFEFFaddress,"), "Excel knows Chinese by it")
	require.Contains(t, string(data), "\r\n'=1@gmail.com,1,", "no formula")
	require.Contains(t, string(data), "^[[201~")
	data, err = os.ReadFile(filepath.Join(dir, "README.txt"))
	require.NoError(t, err)
	require.Contains(t, string(data), "suppress.csv：1 个地址，1 行")
	require.Contains(t, string(data), "合计：失败 1 行，共读取 1 行")
}
