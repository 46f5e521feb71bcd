package recordset

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"bounceboard/sendcloud"
	"bounceboard/sendcloud/bounce"
)

var noon = time.Date(2026, 11, 30, 12, 0, 0, 0, sendcloud.Zone)

func mails(t *testing.T, rows ...sendcloud.Record) Snapshot {
	t.Helper()
	s := New(ByRules(bounce.Default()))
	for i, r := range rows {
		r.EmailID = fmt.Sprint("id", i)
		s.Append(r)
	}
	require.NoError(t, s.Mine(t.Context()))
	return s.Snapshot()
}

func mail(to string, status sendcloud.Status, hours int, reply string) sendcloud.Record {
	return sendcloud.Record{Recipients: to, Status: status, RequestTime: noon.Add(time.Duration(hours) * time.Hour), SendLog: reply}
}

const full, unknown = "552 5.2.2 mailbox full", "550 5.1.1 user unknown"

func TestMailOfARecipient(t *testing.T) {
	s := mails(t,
		mail("a@example.com", sendcloud.Invalid, 9, full), mail("a@example.com", sendcloud.Delivered, 2, "250 ok"),
		mail("A@example.com", sendcloud.Invalid, 5, full), mail("a@example.com", sendcloud.Invalid, 1, unknown),
		mail("a@example.com", sendcloud.Delivered, 0, "250 ok"), mail("a@example.com", sendcloud.Requested, 10, ""))
	m := s.MailOf(s.All())
	require.Equal(t, Mail{Delivered: 2, Last: noon.Add(2 * time.Hour), Refused: 2, Since: noon.Add(5 * time.Hour), Cause: "mailbox_full",
		Causes: 1, Earlier: 1, Waiting: 1}, m)
	s = mails(t, mail("a@example.com", sendcloud.Invalid, 1, unknown), mail("a@example.com", sendcloud.SoftBounce, 3, full))
	m = s.MailOf(s.All())
	require.Equal(t, Mail{Refused: 2, Since: noon.Add(time.Hour), Cause: "mailbox_full", Causes: 2}, m, "the newest cause")
	require.Zero(t, s.MailOf(Selection{}))
}

func TestSpellings(t *testing.T) {
	s := mails(t, mail("A@Example.com", sendcloud.Delivered, 0, ""), mail("a@example.com", sendcloud.Delivered, 0, ""),
		mail("aa@example.com", sendcloud.Delivered, 0, ""), mail("a@example.org", sendcloud.Delivered, 0, ""), mail("A@Example.com", sendcloud.Delivered, 0, ""))
	require.Equal(t, []string{"A@Example.com", "a@example.com"}, s.Spellings(t.Context(), "a@EXAMPLE.com", 4))
	require.Len(t, s.Spellings(t.Context(), "a@example.com", 1), 1)
}

func TestAlike(t *testing.T) {
	rows := []sendcloud.Record{mail("a@example.com", sendcloud.Invalid, 5, full), mail("A@example.com", sendcloud.Invalid, 3, full),
		mail("b@example.com", sendcloud.SoftBounce, 4, full), mail("c@example.org", sendcloud.Invalid, 1, full), mail("d@example.com", sendcloud.Invalid, 0, unknown)}
	for i := range 25 {
		rows = append(rows, mail(fmt.Sprint("x", i, "@gmail.com"), sendcloud.Invalid, 0, unknown))
	}
	s := mails(t, rows...)
	a, ok, err := s.Alike(t.Context(), 0)
	require.NoError(t, err)
	require.True(t, ok)
	require.Equal(t, Alike{Covered: 30, Rows: 4, Recipients: 3, Since: noon.Add(time.Hour), Cause: "mailbox_full", Domain: "example.com",
		Failed: 3, OfDomain: 4, Unaffected: "gmail.com", UnaffectedOf: 25}, a)

	rows = append(rows, mail("y@example.net", sendcloud.Delivered, 0, "250 ok"))
	s = mails(t, rows...)
	a, _, _ = s.Alike(t.Context(), 0)
	require.True(t, a.DeliveredHere)
	_, ok, _ = s.Alike(t.Context(), 99)
	require.False(t, ok)
}
