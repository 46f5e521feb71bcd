package recordset

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"bounceboard/sendcloud"
)

// testNow is the clock of these tests: noon of 2026-11-23.
var testNow = time.Date(2026, 11, 23, 12, 0, 0, 0, sendcloud.Zone)

// filterRows are rows that filters tell apart.
func filterRows(t testing.TB) Snapshot {
	s := New(func(r sendcloud.Record) Explained {
		if r.Status == sendcloud.Delivered {
			return Explained{Cause: "delivered", Permanence: "-"}
		}
		return Explained{Cause: "blocked", Permanence: "temporary", Provider: "qq", Party: "deliverability", Code: "550 5.7.1", Contradicts: r.SubStatus == 406, RefusedIP: "203.0.113.9"}
	})
	day := time.Date(2026, 11, 20, 0, 0, 0, 0, sendcloud.Zone)
	add := func(rcpt, user string, status sendcloud.Status, sub sendcloud.SubStatus, at, took time.Duration, log string) {
		r := sendcloud.Record{EmailID: rcpt, Recipients: rcpt, APIUser: user, Status: status, SubStatus: sub, SendLog: log}
		if at >= 0 {
			r.RequestTime = day.Add(at)
			r.ModifiedTime = r.RequestTime.Add(took)
		}
		s.Append(r)
	}
	add("Wang.Wei@QQ.com", "shop order", sendcloud.Invalid, 406, 9*time.Hour, 5*time.Second, "550 Mailbox not found for Wang.Wei@QQ.com")                                      // 0
	add("li@163.com", "news", sendcloud.SoftBounce, 505, 10*time.Hour+30*time.Minute+59*time.Second, 20*time.Minute, "554 DT:SPM 地址被拒 [203.0.113.9]")                          // 1
	add("anna@mail.example.com", "news", sendcloud.Delivered, 0, 34*time.Hour, 59*time.Second, "250 ok")                                                                       // 2
	add("tom@sub.mail.example.com", "", sendcloud.Requested, 0, -1, 0, "")                                                                                                     // 3
	add("zhao@qq.com", "shop order", sendcloud.StatusUnknown, 0, 47*time.Hour+30*time.Minute, 25*time.Hour, "Frequency limited, 550 said the FREQUENCY department of user@qq") // 4
	require.NoError(t, s.Mine(t.Context()))
	return s.Snapshot()
}

func rowsOf(x Selection) []int {
	rows := []int{}
	for r := range x.Rows() {
		rows = append(rows, r)
	}
	return rows
}

func TestFilters(t *testing.T) {
	s := filterRows(t)
	for text, want := range map[string][]int{
		"":                                 {0, 1, 2, 3, 4},
		"  \u3000 ":                        {0, 1, 2, 3, 4},
		"wang":                             {0},
		"550":                              {0, 4},
		"550 frequency":                    {4},
		`"550 frequency"`:                  {},
		`"frequency limited"`:              {4},
		"“frequency limited”":              {4},
		`"FREQUENCY limited` + `"`:         {4},
		"!550":                             {1, 2, 3},
		"！550":                             {1, 2, 3},
		"地址":                               {1},
		"地":                                {1},
		"址":                                {1},
		"DT:SPM":                           {1},
		"dt:spm":                           {1},
		"!dt:spm !wang":                    {2, 3, 4},
		"to:qq.com":                        {0, 4},
		"to：QQ":                            {0, 4},
		"said:qq.com":                      {0},
		`said:"550 said"`:                  {4},
		"domain:qq.com":                    {0, 4},
		"domain:QQ.COM,163.com":            {0, 1, 4},
		"domain:QQ.COM，163.com":            {0, 1, 4},
		"domain:example.com":               {},
		"domain:*.example.com":             {2, 3},
		"domain:*mail*":                    {2, 3},
		"!domain:*.com":                    {},
		"status:invalid":                   {0},
		"status:4":                         {0},
		"status:送达":                        {2},
		"status:unknown":                   {4},
		"status:delivered,18":              {2, 3},
		"!status:delivered":                {0, 1, 3, 4},
		"sub:406":                          {0},
		"sub:4xx,505":                      {0, 1},
		"sub:none":                         {2, 3, 4},
		"cause:blocked":                    {0, 1, 3, 4},
		"perm:temp":                        {0, 1, 3, 4},
		"perm:-":                           {2},
		"provider:qq !status:18":           {0, 1, 4},
		"provider:QQ邮箱 !status:18":         {0, 1, 4},
		`provider:"QQ 邮箱" !status:18`:      {0, 1, 4},
		`provider:"QQ Mail" !status:18`:    {0, 1, 4},
		`provider:qqmail,Gmail !status:18`: {0, 1, 4},
		`sub:"410",406`:                    {0},
		"ip:203.0.113.9 to:li":             {1},
		`user:"shop order"`:                {0, 4},
		`user:news,"shop order"`:           {0, 1, 2, 4},
		`user:""`:                          {3},
		"user:none":                        {3},
		"user:shop*":                       {0, 4},
		"took:>10m":                        {1, 4},
		"took:>=20m":                       {1, 4},
		"took:>20m":                        {4},
		"took:<1m":                         {0, 2},
		"took:<=59s":                       {0, 2},
		"took:5":                           {0},
		"took:1m..1h":                      {1},
		"took:1d..":                        {4},
		"took:20m":                         {1},
		"took:0m":                          {0, 2},
		"!took:..1h":                       {3, 4},
		"time:09:00..10:30":                {0, 1, 2}, // 10:30:59 is in: an end counts whole
		"time:09：00～10：29":                 {0, 2},
		"time:23:00..09:30":                {0, 4}, // over midnight
		"time:2026-11-20":                  {0, 1},
		"day:2026-11-20":                   {0, 1}, "日期:2026-11-20": {0, 1}, "hour:09": {0}, "小时:10": {1, 2}, "changed:2026-11-21": {2}, "变更时间:2026-11-23": {4},
		"time:2026-11-21..":                         {2, 4},
		"time:<2026-11-21":                          {0, 1},
		"time:>2026-11-20":                          {2, 4},
		"time:2026-11-20T10:30..2026-11-21":         {1, 2, 4},
		"!time:00:00..23:59":                        {3},
		`time:"2026-11-20 09:00"`:                   {0},
		`time:"2026-11-20 09:00..2026-11-20 10:00"`: {0},
		"time:11-20":                                {0, 1},
		"time:11-20..11-21":                         {0, 1, 2, 4},
		"time:11-20T09..11-20T10:29":                {0},
		"time:>11-20":                               {2, 4},
		"time:１１－２０":                                {0, 1},
		"time:11-20 550":                            {0},
		"status:soft":                               {1},
		"status:s":                                  {1}, "status:软": {1},
		"status:req,inv": {0, 3},
		"perm:temporar":  {0, 1, 3, 4},
		"perm:没有失败":      {2},
		"cause:block":    {0, 1, 3, 4},
		"user:(none)":    {3},
		"user:（none）":    {3},
		"user:(空)":       {3},
		"user:（空）":       {3},
		"user:空":         {3},
		"sub:(none),406": {0, 2, 3, 4},
		"Ｔｏ：ＷＡＮＧ":        {0}, "to:ＷＡＮＧ": {0},
		"ＷＡＮＧ":                    {0},
		"domain:ｑｑ．ｃｏｍ":           {0, 4},
		"sub:４０６":                 {0},
		"domain:@qq.com,＠163.com": {0, 1, 4}, "domain:@*.example.com": {2, 3},
		"took:≥20m": {1, 4}, "took:≤59s": {0, 2}, "took:＞＝20m": {1, 4}, "took:＜1m": {0, 2},
		"took:1m-1h": {1}, "time:09:00-10:30": {0, 1, 2}, "time:09:00:00–10:29:59": {0, 2}, "time:２３：００－０９：３０": {0, 4},
		"time:2026-11-20T09:00..10:30": {0, 1}, `time:"11-20 09:00..10:00"`: {0},
		"time:-3d": {0, 1}, "time:-2天": {2, 4}, "time:-3d..yesterday": {0, 1, 2, 4}, "time:前天": {2, 4},
		"wang|地址": {0, 1}, "wang | anna": {0, 2}, "550 (wang | limited)": {0, 4}, "!(wang | 地址)": {2, 3, 4}, "(wang|anna) 550": {0},
		"status:invalid|软退信": {0, 1}, "took:>20m|<10s": {0, 4}, "took:>20m,<10s": {0, 4}, "wang 550 | to:li": {0, 1}, "（wang｜anna）": {0, 2}, "!(550 wang)": {1, 2, 3, 4},
		"(user:(none) | wang)": {0, 3}, "((wang) | ((to:li)))": {0, 1}, "user:none|news": {1, 2, 3}, "!user:news|none": {0, 4},
		"limited, 550": {4}, "domain:(qq.com | 163.com)": {0, 1, 4}, "to:*@qq.com": {0, 4}, "to:(li* | wang*)": {0, 1}, "said:550*found": {0}, "!user:(news | none)": {0, 4}, "apiUser:news": {1, 2}, "subStatus:406": {0}, "sub_status:406": {0}, `"a|b"`: {},
		"/550.*limited/": {}, "/limited.*550/": {4}, "/^550 /": {0}, "/^WANG/": {0}, "to:/^li@/": {1}, "said:/^li@/": {}, "!/5\\d\\d/": {2, 3}, "domain:/^(qq|163)/": {0, 1, 4},
		"/mailbox not/ wang": {0}, "/mailbox not": {}, "/wang/ | /ok$/": {0, 2}, "(/wang/|/ok$/)": {0, 2}, "/a/b": {},
		"状态：无效邮件": {0}, "域名:qq.com": {0, 4}, "收件人:wang": {0}, "回复:qq.com": {0}, "原因:blocked 收件人:li": {1}, "永久:没有失败": {2}, "permanence:-": {2}, "被拒IP:203.0.113.9 to:li": {1},
		"sub-status:406": {0}, "子状态:406": {0}, "api-user:news": {1, 2}, "用户:news": {1, 2}, "用时:>10m": {1, 4}, "时间:11-20": {0, 1}, "服务商:qq !status:18": {0, 1, 4},
		"code:550": {0, 1, 3, 4}, "code:5.7.1 550": {0, 4}, "code:5.1.*": {}, "code:none": {2}, "contradicts:yes": {0}, "矛盾:是": {0}, "!contradicts:yes": {1, 2, 3, 4},
		"id:WANG": {0}, "id:@": {0, 1, 2, 3, 4}, "id:/^li/": {1}, "party:deliv": {0, 1, 3, 4}, "party:投递团队": {0, 1, 3, 4}, "处理方:none": {2}, "refused-ip:203.0.113.9 to:li": {1},
		"投递团队": {0, 1, 3, 4}, "temporary": {0, 1, 3, 4}, "软退信": {1}, `"soft bounce"`: {1}, "!没有失败": {0, 1, 3, 4}, "11-20": {0, 1}, "2026-11-21": {2, 4}, "11-20 09:00": {0}, `"11-20 10:30"`: {1},
		"time:≥-2d": {2, 4}, "time:-3dT09": {0}, "time:2026/11/20": {0, 1}, "time:11月20日": {0, 1},
	} {
		f, err := ParseFilter(text, testNow)
		require.NoError(t, err, "filter %q", text)
		got, err := s.Narrow(t.Context(), f, nil)
		require.NoError(t, err)
		require.Equal(t, want, rowsOf(got.Rows), "filter %q", text)
		require.Equal(t, len(want), got.Rows.Len(), "filter %q", text)
	}
}

// The columns hold 255 bytes of a recipient and 64 KiB of a reply.
func TestFiltersSeeTextsToTheirEnd(t *testing.T) {
	s, _ := made(100, told)
	long := sendcloud.Record{EmailID: "long", Recipients: strings.Repeat("a", 300) + "@Behind.example", SendLog: strings.Repeat("said ", (1<<14)) + "Farewell"}
	s.Append(long)
	for filter, want := range map[string]int{"to:behind": 1, "behind.EXAMPLE": 1, "!behind": 100, "said:farewell": 1, "!farewell": 100, "to:farewell": 0, "said:behind": 0, "behind !farewell": 0, "behind farewell": 1} {
		got, err := s.Snapshot().Narrow(t.Context(), mustParse(t, filter), nil)
		require.NoError(t, err)
		require.Equal(t, want, got.Rows.Len(), "filter %q", filter)
	}
}

func TestFilterByPatternPrefix(t *testing.T) {
	s := filterRows(t)
	p, _ := s.Pattern(1)
	got, err := s.Narrow(t.Context(), mustParse(t, "pattern:"+strings.ToUpper(string(p.ID[:6]))), nil)
	require.NoError(t, err)
	require.Equal(t, []int{1}, rowsOf(got.Rows))
}

func TestFilterErrorsPointAtThePlace(t *testing.T) {
	for text, want := range map[string]FilterError{
		"550 statsu:invalid":          {4, 10, "statsu", UnknownField, "status"},
		"stat:invalid":                {0, 4, "stat", UnknownField, "status"},
		"!pattren:abc":                {1, 8, "pattren", UnknownField, "pattern"},
		"550 foo:bar":                 {4, 7, "foo", UnknownField, ""},
		"!receiver：wang":              {1, 9, "receiver", UnknownField, ""},
		"to:":                         {0, 3, "to:", NoValue, ""},
		"a !":                         {2, 3, "!", NoValue, ""},
		`a "b c`:                      {2, 6, `"b c`, OpenQuote, ""},
		`user:"b c`:                   {5, 9, `"b c`, OpenQuote, ""},
		"status:bad":                  {7, 10, "bad", NotAStatus, ""},
		"status:invalid,delivred":     {7, 23, "invalid,delivred", NotAStatus, "delivered"},
		"x status:invalid,no":         {9, 19, "invalid,no", NotAStatus, ""},
		"sub:4o6":                     {4, 7, "4o6", NotASub, ""},
		"550 !sub:405,999":            {9, 16, "405,999", NotASub, ""},
		"sub:501":                     {4, 7, "501", NotASub, ""},
		"status:7":                    {7, 8, "7", NotAStatus, ""},
		"cause:blokced":               {6, 13, "blokced", NotACause, "blocked"},
		"perm:maybe":                  {5, 10, "maybe", NotPermanence, ""},
		"took:soon":                   {5, 9, "soon", NotADuration, ""},
		"took:>":                      {5, 6, ">", NotADuration, ""},
		"took:1h..1m":                 {5, 11, "1h..1m", BackwardRange, ""},
		"time:25:00":                  {5, 10, "25:00", NotATime, ""},
		"time:09:00..2026-11-20":      {5, 22, "09:00..2026-11-20", NotATime, ""},
		"time:2026-11-21..2026-11-20": {5, 27, "2026-11-21..2026-11-20", BackwardRange, ""},
		"perm:perma,te,x":             {5, 15, "perma,te,x", NotPermanence, ""},
		"cause:s":                     {6, 7, "s", NotACause, ""},
		"time:13-40":                  {5, 10, "13-40", NotATime, ""},
		"time:today..-3d":             {5, 15, "today..-3d", BackwardRange, ""},
		"time:11-20T09:00..08:00":     {5, 23, "11-20T09:00..08:00", BackwardRange, ""},
		"time:11-20-11-22":            {5, 16, "11-20-11-22", NotATime, ""},
		"domain:@":                    {7, 8, "@", NoValue, ""},
		"pattern:0abc":                {8, 12, "0abc", NotAPattern, ""},
		"x /5[0/":                     {2, 7, "/5[0/", NotARegexp, ""},
		"took:/5/":                    {5, 8, "/5/", NotARegexp, ""},
		"a | ":                        {4, 4, "", NoValue, ""},
		"a || b":                      {3, 4, "|", NoValue, ""},
		"(a | status:x)":              {12, 13, "x", NotAStatus, ""},
		"(550":                        {0, 4, "(550", OpenParenthesis, ""},
		"550)":                        {3, 4, ")", OpenParenthesis, ""},
		"domain:(a | b":               {7, 13, "(a | b", OpenParenthesis, ""},
		"())":                         {1, 2, ")", NoValue, ""},
		"状况:送达":                       {0, 6, "状况", UnknownField, "status"},
		"任务:1":                        {0, 6, "任务", UnknownField, ""},
		"api_usr:x":                   {0, 7, "api_usr", UnknownField, "user"},
		"nextStep:x":                  {0, 8, "nextStep", UnknownField, ""},
		"provider:gmial":              {9, 14, "gmial", NotAProvider, "gmail"},
		"contradicts:maybe":           {12, 17, "maybe", NotYesOrNo, ""},
		"code:abc":                    {5, 8, "abc", NotACode, ""},
		"ip:host":                     {3, 7, "host", NotAnIP, ""},
		"status:,":                    {7, 8, ",", NoValue, ""},
	} {
		_, err := ParseFilter(text, testNow)
		var got *FilterError
		require.ErrorAs(t, err, &got, "filter %q", text)
		require.Equal(t, want, *got, "filter %q", text)
	}
}

// A day without its year is the latest that has come; the ends of a range
// belong together.
func TestDaysWithoutAYear(t *testing.T) {
	day := func(y int, m time.Month, d int) int64 { return time.Date(y, m, d, 0, 0, 0, 0, sendcloud.Zone).Unix() }
	for text, want := range map[string]interval{
		"11-23":             {lo: day(2026, 11, 23), hi: day(2026, 11, 24) - 1},
		"11-24":             {lo: day(2025, 11, 24), hi: day(2025, 11, 25) - 1},
		"02-29":             {lo: day(2024, 2, 29), hi: day(2024, 3, 1) - 1},
		"11-20..11-24":      {lo: day(2026, 11, 20), hi: day(2026, 11, 25) - 1},
		"12-30..01-02":      {lo: day(2025, 12, 30), hi: day(2026, 1, 3) - 1},
		"2025-12-30..01-02": {lo: day(2025, 12, 30), hi: day(2026, 1, 3) - 1},
		"11-20..2025-11-22": {lo: day(2025, 11, 20), hi: day(2025, 11, 23) - 1},
		"today":             {lo: day(2026, 11, 23), hi: day(2026, 11, 24) - 1},
		"今天":                {lo: day(2026, 11, 23), hi: day(2026, 11, 24) - 1},
		"昨天..":              {lo: day(2026, 11, 22), hi: endless},
		"today..11-24":      {lo: day(2026, 11, 23), hi: day(2026, 11, 25) - 1},
		"12-30..today":      {lo: day(2025, 12, 30), hi: day(2026, 11, 24) - 1},
		"11-23T10":          {lo: day(2026, 11, 23) + 10*3600, hi: day(2026, 11, 23) + 11*3600 - 1},
		"11-23 23:59":       {lo: day(2026, 11, 24) - 60, hi: day(2026, 11, 24) - 1},
	} {
		got, reason := parseInterval(Field(ByRequested), text, testNow)
		require.Empty(t, reason, text)
		require.Equal(t, want, got, text)
	}
}

// Blanks that make no time of what follows end the term as ever.
func TestWordsBehindATimeAreWords(t *testing.T) {
	for _, text := range []string{"time:2026-11-22 550", "time:2026-11-22 5.7.1", "time:2026-11-22 203.0.113.9", "time:09:00 10:00", `time:2026-11-22 "09:00"`, "time:2026-11-22 !09:00"} {
		f, err := ParseFilter(text, testNow)
		require.NoError(t, err, text)
		require.Len(t, f.all, 2, text)
	}
}

// What only looks like a field is text.
func TestColonsInText(t *testing.T) {
	for _, text := range []string{"http://mail.163.com", "HL:IFC", "rp:trc", "said:http://a", "STAT:1", "a:b:c", "mx1:25",
		"DT:SPM", "MI:SFQ", "5.7.1:x", "Foo:bar", `"foo:bar"`, "“foo:bar”", "foo:", "foo: bar", "worker:address", "address:203.0.113.9)ANTISPAM",
		"mailto:a@example.com", "https://mail.qq.com:443/x"} {
		_, err := ParseFilter(text, testNow)
		require.NoError(t, err, "filter %q", text)
	}
}

func FuzzParseFilter(f *testing.F) {
	for _, s := range []string{"((a|b) | !(", "(a:(b) | 状态:", `a "b c" !d to:x`, "took:>10m time:09:00..", "！status：送达", `user:"a,b",c`, "time:~", "took:9999999999999d"} {
		f.Add(s)
	}
	s, _ := made(50, told)
	if err := s.Mine(f.Context()); err != nil {
		f.Fatal(err)
	}
	snap := s.Snapshot()
	f.Fuzz(func(t *testing.T, text string) {
		filter, err := ParseFilter(text, testNow)
		if err != nil {
			e := err.(*FilterError)
			require.True(t, 0 <= e.Start && e.Start <= e.End && e.End <= len(text), "%+v", e)
			return
		}
		_, err = snap.Narrow(t.Context(), filter, nil)
		require.NoError(t, err)
		_, err = snap.Complete(t.Context(), text, len(text)/2)
		require.NoError(t, err)
	})
}

// holds is the filter the slow way, from the record alone.
func (c condition) holds(s Snapshot, row int) bool {
	if c.term == nil {
		return c.not != slices.ContainsFunc(c.either, func(list []condition) bool {
			return !slices.ContainsFunc(list, func(c condition) bool { return !c.holds(s, row) })
		})
	}
	r := s.Record(row)
	rcpt, log := foldASCII(r.Recipients), foldASCII(r.SendLog)
	if Column(c.term.field) == ByDomain {
		return c.not != c.term.holds(rcpt[strings.IndexByte(rcpt, '@')+1:])
	}
	return c.not != slices.ContainsFunc(c.term.values, func(v string) bool {
		switch Column(c.term.field) {
		case words:
			e, _ := s.Explained(row)
			for c, value := range map[Column]string{ByStatus: r.Status.String(), ByCause: e.Cause, ByPermanence: e.Permanence, ByParty: e.Party} {
				if len(v) >= leastShown && slices.ContainsFunc(shownNames(c, value), func(name string) bool { return strings.Contains(name, v) }) {
					return true
				}
			}
			return strings.Contains(rcpt, v) || strings.Contains(log, v)
		case ByRecipient:
			return strings.Contains(rcpt, v)
		case ByReply:
			return strings.Contains(log, v)
		case ByStatus:
			return r.Status.String() == v
		}
		e, ok := s.Explained(row)
		return ok && e.Cause == v
	}) != slices.ContainsFunc(c.term.spans, func(span interval) bool {
		d, ok := r.Took()
		return ok && span.holds(int64(d/time.Second))
	})
}

// shownNames is what tables show for a value, in both languages and small letters.
func shownNames(c Column, value string) []string {
	if value == "" {
		return nil
	}
	return []string{strings.ToLower(columns[c].text(value, "en")), strings.ToLower(columns[c].text(value, "zh"))}
}

// However a filter is reached, letter by letter, on a growing set, from a
// result of another filter, it leaves what the slow way leaves.
func TestNarrowingStepByStepIsNarrowingAtOnce(t *testing.T) {
	m := newMaker()
	records := make([]sendcloud.Record, blockRows+700)
	for i := range records {
		records[i] = m.record()
	}
	rapid.Check(t, func(rt *rapid.T) {
		s := New(told)
		size := rapid.SampledFrom([]int{40, 700}).Draw(rt, "size")
		next := rapid.IntRange(0, 600).Draw(rt, "from")
		if rapid.IntRange(0, 9).Draw(rt, "large") == 0 {
			for _, r := range records[:blockRows-20] {
				s.Append(r)
			}
		}
		text := ""
		var before *Narrowed
		for range rapid.IntRange(1, 7).Draw(rt, "steps") {
			switch rapid.IntRange(0, 5).Draw(rt, "step") {
			case 0:
				for range rapid.IntRange(0, size).Draw(rt, "more") {
					s.Append(records[next%len(records)])
					next++
				}
			case 1:
				require.NoError(rt, s.Mine(t.Context()))
			case 2:
				text += rapid.SampledFrom([]string{"f", "r", "e", "q", "2", "0", "m", "x", "地", "g", "-"}).Draw(rt, "letter")
			case 3:
				text += " " + rapid.SampledFrom([]string{"to:w", "said:5", "!gsmtp", "!said:mx", "domain:q*", "domain:*.com", "status:4", "!status:delivered", "cause:user_unknown", "!cause:blocked", "took:>5m", "203.0.113.7", `"not "`, "!0", "block", "!permanent", "软退信", "deliverab",
					"e|7", "to:w|q", "(f | to:x e)", "!(mx1 | status:5)", "took:>5m|<10s", "!(a b) | e"}).Draw(rt, "term")
			case 4:
				text = strings.TrimSuffix(text, "e")
			case 5:
				text = ""
			}
			f, err := ParseFilter(text, testNow)
			if err != nil {
				before = nil
				continue
			}
			snap := s.Snapshot()
			got, err := snap.Narrow(t.Context(), f, before)
			require.NoError(rt, err)
			if !f.NeedsMining() {
				require.Equal(rt, snap.Len(), got.Covered)
			}
			for row := range snap.Len() {
				want := row < got.Covered
				for _, c := range f.all {
					want = want && c.holds(snap, row)
				}
				require.Equal(rt, want, got.Rows.Has(row), "filter %q, row %d: %+v", text, row, snap.Record(row))
			}
			if rapid.Bool().Draw(rt, "keep") {
				before = got
			}
		}
	})
}

func TestNarrowEndsWithItsContext(t *testing.T) {
	s, _ := made(100, nil)
	ctx, cancel := contextEnded(t)
	defer cancel()
	_, err := s.Snapshot().Narrow(ctx, mustParse(t, "a"), nil)
	require.ErrorIs(t, err, ctx.Err())
}

func TestQuoteIsReadBack(t *testing.T) {
	for _, v := range []string{"plain", "shop order", "a,b", "！x", `say "hi"`, "収件人", "a:b", ""} {
		f, err := ParseFilter("user:"+Quote(v), testNow)
		require.NoError(t, err, "value %q", v)
		require.Len(t, f.all, 1)
		require.Len(t, f.all[0].term.typed, 1, "value %q is one value", v)
		require.True(t, f.all[0].term.holds(v), "value %q", v)
	}
}
