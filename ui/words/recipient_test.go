package words

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"bounceboard/keymap"
	"bounceboard/sendcloud"
	"bounceboard/sendcloud/recordset"
)

func TestRecipientMail(t *testing.T) {
	at := func(day, hour, minute int) time.Time {
		return time.Date(2026, 11, day, hour, minute, 0, 0, sendcloud.Zone)
	}
	m := recordset.Mail{Delivered: 4, Last: at(29, 21, 27), Refused: 3, Since: at(30, 8, 12), Cause: "mailbox_full", Causes: 1}
	require.Equal(t, "4 delivered, last 11-29 21:27; refused since 11-30 08:12, three times: mailbox full", RecipientMail(English, m, false))
	require.Equal(t, "送达 4 封，最近 11-29 21:27；11-30 08:12 起被拒 3 次："+CauseName(Chinese, "mailbox_full"), RecipientMail(Chinese, m, false))
	m.Causes, m.Earlier, m.Waiting = 2, 1, 12
	require.Equal(t, "so far: 4 delivered, last 11-29 21:27; refused since 11-30 08:12, three times, last: mailbox full; refused once before that; 12 still being tried",
		RecipientMail(English, m, true))
	require.Equal(t, "none delivered; refused since 11-30 08:12, 7 times", RecipientMail(English, recordset.Mail{Refused: 7, Since: at(30, 8, 12)}, false))
	require.Empty(t, RecipientMail(English, recordset.Mail{}, false))
}

func TestAlikeSaysWhetherOthersShareIt(t *testing.T) {
	since := time.Date(2026, 11, 30, 8, 4, 0, 0, sendcloud.Zone)
	a := recordset.Alike{Covered: 1471, Rows: 113, Recipients: 98, Since: since, Cause: "mailbox_full", Domain: "qq.com", Failed: 113, OfDomain: 320,
		Unaffected: "gmail.com", UnaffectedOf: 212}
	say := func(a recordset.Alike, all, calls int) string { return Alike(English, keymap.Default(), a, all, calls) }
	require.Equal(t, "same reply: 113 of 1,471 rows here, to 98 recipients, since 11-30 08:04; mailbox full at qq.com: 113 of its 320; "+
		"gmail.com is not affected (0 of its 212); to know its share of all mail, press D to ask how much was delivered (1 call)", say(a, 1471, 1))
	require.NotContains(t, say(a, 1471, 0), "delivered")
	require.Contains(t, say(a, 9000, 0), "113 of 1,471 (of 9,000 rows) here")
	a.Recipients = 1
	require.Equal(t, "only this recipient: same reply 113 times in 1,471 rows here, since 11-30 08:04", say(a, 1471, 1))
	a.Rows = 1
	require.Equal(t, "only this mail: no other of 1,471 rows here has this reply", say(a, 1471, 1))
}
