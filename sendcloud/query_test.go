package sendcloud

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// noon is 2026-11-23 12:00 on the service's calendar.
var noon = time.Date(2026, 11, 23, 12, 0, 0, 0, Zone)

func day(n int) Date { return DateOf(noon).AddDays(n) }

func TestValidateRefuses(t *testing.T) {
	for name, c := range map[string]struct {
		q    Query
		want ParameterError
	}{
		"half a pair, start":     {Query{StartDate: day(-1)}, ParameterError{Param: ParamStartDate, Value: "2026-11-22", Reason: HalfDates}},
		"half, too far back":     {Query{EndDate: day(-200)}, ParameterError{Param: ParamEndDate, Value: day(-200).String(), Reason: TooFarBack, Limit: 92}},
		"half a pair, end":       {Query{EndDate: day(-1)}, ParameterError{Param: ParamEndDate, Value: "2026-11-22", Reason: HalfDates}},
		"end before start":       {Query{StartDate: day(-1), EndDate: day(-2)}, ParameterError{Param: ParamEndDate, Value: "2026-11-21", Reason: EndBeforeStart}},
		"no such day":            {Query{StartDate: Date{2026, 2, 30}, EndDate: day(0)}, ParameterError{Param: ParamStartDate, Value: "2026-02-30", Reason: NotADate}},
		"days below 1":           {Query{Days: -1}, ParameterError{Param: ParamDays, Value: "-1", Reason: OutOfRange, Min: 1, Limit: 92}},
		"days and dates":         {Query{Days: 3, StartDate: day(-1), EndDate: day(0)}, ParameterError{Param: ParamDays, Value: "3", Reason: DaysWithDates}},
		"93 days":                {Query{Days: 93}, ParameterError{Param: ParamDays, Value: "93", Reason: SpanTooLong, Min: 1, Limit: 92}},
		"93 days by dates":       {Query{StartDate: day(-92), EndDate: day(0)}, ParameterError{Param: ParamStartDate, Value: "2026-08-23", Reason: SpanTooLong, Min: 1, Limit: 92}},
		"93 days back":           {Query{StartDate: day(-93), EndDate: day(-90)}, ParameterError{Param: ParamStartDate, Value: "2026-08-22", Reason: TooFarBack, Limit: 92}},
		"begins tomorrow":        {Query{StartDate: day(1), EndDate: day(2)}, ParameterError{Param: ParamStartDate, Value: "2026-11-24", Reason: InTheFuture}},
		"limit 101":              {Query{Limit: 101}, ParameterError{Param: ParamLimit, Value: "101", Reason: OutOfRange, Min: 1, Limit: 100}},
		"limit below 0":          {Query{Limit: -1}, ParameterError{Param: ParamLimit, Value: "-1", Reason: OutOfRange, Min: 1, Limit: 100}},
		"start below 0":          {Query{Start: -1}, ParameterError{Param: ParamStart, Value: "-1", Reason: OutOfRange}},
		"unknown status":         {Query{Statuses: []Status{7}}, ParameterError{Param: ParamStatus, Value: "7", Reason: UnknownWord}},
		"unknown sub-status":     {Query{SubStatuses: []SubStatus{501}}, ParameterError{Param: ParamSubStatus, Value: "501", Reason: UnknownWord}},
		"delivered with 406":     {Query{Statuses: []Status{Delivered}, SubStatuses: []SubStatus{406}}, ParameterError{Param: ParamSubStatus, Value: "406", Reason: Contradiction}},
		"soft bounce with 4xx":   {Query{Statuses: []Status{SoftBounce}, SubStatuses: []SubStatus{401, 406}}, ParameterError{Param: ParamSubStatus, Value: "401;406", Reason: Contradiction}},
		"no address":             {Query{Emails: []string{"lin.wei"}}, ParameterError{Param: ParamEmail, Value: "lin.wei", Reason: MalformedAddress}},
		"empty address":          {Query{Emails: []string{" "}}, ParameterError{Param: ParamEmail, Value: " ", Reason: Empty}},
		"id with a separator":    {Query{EmailIDs: []string{"1;2"}}, ParameterError{Param: ParamEmailIDs, Value: "1;2", Reason: BadListItem}},
		"id with a blank":        {Query{EmailIDs: []string{"1 2"}}, ParameterError{Param: ParamEmailIDs, Value: "1 2", Reason: BadListItem}},
		"empty id":               {Query{EmailIDs: []string{""}}, ParameterError{Param: ParamEmailIDs, Value: "", Reason: Empty}},
		"user with a separator":  {Query{APIUsers: []string{"a;b"}}, ParameterError{Param: ParamAPIUsers, Value: "a;b", Reason: BadListItem}},
		"user with a wide blank": {Query{APIUsers: []string{"a\u3000b"}}, ParameterError{Param: ParamAPIUsers, Value: "a\u3000b", Reason: BadListItem}},
		"label id with a blank":  {Query{LabelID: "1 2"}, ParameterError{Param: ParamLabelID, Value: "1 2", Reason: BadListItem}},
		"label name of blanks":   {Query{LabelName: "  "}, ParameterError{Param: ParamLabelName, Value: "  ", Reason: Empty}},
	} {
		t.Run(name, func(t *testing.T) {
			wrong := c.q.Validate(noon, 0)
			require.Len(t, wrong, 1)
			require.Equal(t, c.want, *wrong[0])
		})
	}
}

func TestValidateAllows(t *testing.T) {
	for name, q := range map[string]Query{
		"nothing":                    {},
		"92 days":                    {Days: 92},
		"92 days by dates":           {StartDate: day(-91), EndDate: day(0)},
		"92 days back":               {StartDate: day(-92), EndDate: day(-92)},
		"an end in the future":       {StartDate: day(-1), EndDate: day(5)},
		"label id and name":          {LabelID: "7", LabelName: "welcome"},
		"a label name with a blank":  {LabelName: "password mail"},
		"failed with codes of one":   {Statuses: []Status{Invalid, SoftBounce}, SubStatuses: []SubStatus{406}},
		"delivered or invalid, 406":  {Statuses: []Status{Delivered, Invalid}, SubStatuses: []SubStatus{406}},
		"plus, quote, international": {Emails: []string{"o'neil+x@example.com", "用户@例子.中国", "a@xn--fsq.example"}},
	} {
		t.Run(name, func(t *testing.T) { require.Empty(t, q.Validate(noon, 0)) })
	}
}

func TestValidateTellsEverythingAtOnce(t *testing.T) {
	wrong := Query{Emails: []string{"a", "b"}, Limit: 500, Start: -1, StartDate: day(0)}.Validate(noon, 0)
	params := make([]Param, len(wrong))
	for i, w := range wrong {
		params[i] = w.Param
	}
	require.Equal(t, []Param{ParamEmail, ParamEmail, ParamStartDate, ParamStart, ParamLimit}, params)
}

func TestAddresses(t *testing.T) {
	for _, bad := range []string{
		"a", "@b.com", "a@", "a@b", "a@b..com", "a@.com", "a@b.com.", "a@@b.com", "a@b@c.com", "a b@c.com", "<a@b.com>", "a@b.com,c@d.com",
		"a;b@c.com", "a@-b.com", "a@b-.com", "a@b_c!.com", "a@b.com\n", "\xff@b.com", strings.Repeat("x", 65) + "@b.com",
	} {
		require.Equal(t, MalformedAddress, wrongAddress(bad), "%q was taken for an address", bad)
	}
}

func TestParseDate(t *testing.T) {
	for text, want := range map[string]Date{
		"":           {},
		"2026-11-03": {2026, 11, 3},
		"2026-11-3":  {2026, 11, 3},
		"today":      day(0), "今天": day(0), " Today ": day(0),
		"yesterday": day(-1), "昨天": day(-1), "前天": day(-2),
		"-3d": day(-3), "-0d": day(0), "-36600d": day(-36600), "－３ｄ": day(-3), "-３天": day(-3), "−3d": day(-3),
		"２０２６－１１－０３": {2026, 11, 3},
		"2026/11/03": {2026, 11, 3}, "2026.11.3": {2026, 11, 3}, "20261103": {2026, 11, 3}, "2026。11。03": {2026, 11, 3}, "2026年11月3日": {2026, 11, 3},
		"11-22": {2026, 11, 22}, "11-3": {2026, 11, 3}, "１１／２３": {2026, 11, 23}, "11.24": {2025, 11, 24}, "12-31": {2025, 12, 31},
		"2-29": {2024, 2, 29}, "11月22日": {2026, 11, 22},
	} {
		got, err := ParseDate(text, noon)
		require.NoError(t, err, text)
		require.Equal(t, want, got, text)
	}
	for _, text := range []string{"tomorrow", "3d", "-d", "-3", "2026-02-30", "02-30", "13-01", "11-", "11", "202611031", "2026/11", "2026/11-03", "-366001d", "-99999999999999999999d", "--3d", "-+3d"} {
		_, err := ParseDate(text, noon)
		var wrong *ParameterError
		require.ErrorAs(t, err, &wrong, text)
		require.Equal(t, ParameterError{Value: text, Reason: NotADate}, *wrong)
	}
}

func TestTodayIsTheServices(t *testing.T) {
	lateInLondon := time.Date(2026, 11, 22, 23, 0, 0, 0, time.UTC)
	got, err := ParseDate("today", lateInLondon)
	require.NoError(t, err)
	require.Equal(t, Date{2026, 11, 23}, got)
}

func TestDateArithmetic(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := day(rapid.IntRange(-2000, 2000).Draw(t, "day"))
		n := rapid.IntRange(0, 2000).Draw(t, "n")
		require.Equal(t, n+1, d.DaysTo(d.AddDays(n)))
		require.Equal(t, d, d.AddDays(n).AddDays(-n))
		parsed, err := ParseDate(d.String(), noon)
		require.NoError(t, err)
		require.Equal(t, d, parsed)
	})
}

func TestParseEmails(t *testing.T) {
	for text, want := range map[string][]string{
		"":                                     nil,
		" \n ":                                 nil,
		"lin.wei@qq.com":                       {"lin.wei@qq.com"},
		"<lin.wei@qq.com>":                     {"lin.wei@qq.com"},
		"＜lin.wei＠qq．com＞":                     {"lin.wei@qq.com"},
		"lin.wei＠qq。com":                       {"lin.wei@qq.com"},
		"mailto:lin.wei@qq.com?subject=x":      {"lin.wei@qq.com"},
		"MAILTO:lin.wei@qq.com":                {"lin.wei@qq.com"},
		"mailto：lin.wei@qq.com":                {"lin.wei@qq.com"},
		"<mailto:a@example.com|a@example.com>": {"a@example.com"},
		`"Lin, Wei" <a@example.com>`:           {"a@example.com"},
		`Lin Wei <a@example.com>; "B" <b@example.com>`:                {"a@example.com", "b@example.com"},
		"a@example.com，b@example.com；c@example.com、d@example.com":     {"a@example.com", "b@example.com", "c@example.com", "d@example.com"},
		"a@example.com\tb@example.com\r\nc@example.com d@example.com": {"a@example.com", "b@example.com", "c@example.com", "d@example.com"},
		"'a@example.com', “b@example.com”.":                           {"a@example.com", "b@example.com"},
		"a@example.com,,;a@example.com":                               {"a@example.com"},
		"收件人:wang.fang@example.com.cn":                                {"wang.fang@example.com.cn"},
		"收件人：wang.fang@example.com.cn。":                               {"wang.fang@example.com.cn"},
		"发给wang.fang@example.com.cn的邮件没收到":                            {"wang.fang@example.com.cn"},
		"发给 wang.fang@example.com.cn 的邮件没收到。":                         {"wang.fang@example.com.cn"},
		"客户wang@qq.com和li@163.com都没收到！请查一下":                           {"wang@qq.com", "li@163.com"},
		"【wang@qq.com】，李四（li@163.com）。请查":                             {"wang@qq.com", "li@163.com"},
		"收件人：wang@qq。com。请查":                                          {"wang@qq.com"},
		"谢谢！wang@qq.com？":                                             {"wang@qq.com"},
		"用户@例子.中国":                                                    {"用户@例子.中国"},
		"收件人：用户@例子。中国":                                                {"用户@例子.中国"},
		"wang@mail.例子.中国，josé@example.com":                            {"wang@mail.例子.中国", "josé@example.com"},
		"éric.o'brien+a=b@bücher.example":                             {"éric.o'brien+a=b@bücher.example"},
		"\ufeffa@exam\u200bple.com\u3000b@example.com":                {"a@example.com", "b@example.com"},
	} {
		got, err := ParseEmails(text)
		require.NoError(t, err, text)
		require.Equal(t, want, got, text)
	}
	got, err := ParseEmails("a@example.com nobody b@example.com")
	var wrong *ParameterError
	require.ErrorAs(t, err, &wrong)
	require.Equal(t, ParameterError{Param: ParamEmail, Value: "nobody", Reason: MalformedAddress}, *wrong)
	require.Equal(t, []string{"a@example.com", "b@example.com"}, got)
	for _, none := range []string{"收件人", "发给wang@qq的邮件", "a@b@example.com", "a@example.com/x"} {
		got, err := ParseEmails(none)
		require.ErrorAs(t, err, &wrong, none)
		require.Equal(t, none, wrong.Value)
		require.Empty(t, got, none)
	}
}

func TestParsedAddressesAreValid(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOf(rapid.SampledFrom([]rune("ab.@＠．<>＜;；,，、 \t\n\"mailto:：?|()\u200b中。：！$\xff"))).Draw(t, "text")
		emails, _ := ParseEmails(text)
		require.Empty(t, Query{Emails: emails}.Validate(noon, 0))
		require.Empty(t, Query{EmailIDs: ParseItems(text), APIUsers: ParseItems(text)}.Validate(noon, 0))
	})
}

func TestParseStatuses(t *testing.T) {
	got, err := ParseStatuses("delivered, 4；soft-bounce,SOFT_BOUNCE,请求中")
	require.NoError(t, err)
	require.Equal(t, []Status{Delivered, Invalid, SoftBounce, Requested}, got)

	var wrong *ParameterError
	_, err = ParseStatuses("invalid,bounced")
	require.ErrorAs(t, err, &wrong)
	require.Equal(t, ParameterError{Param: ParamStatus, Value: "bounced", Reason: UnknownWord}, *wrong)
}

func TestParseSubStatuses(t *testing.T) {
	got, err := ParseSubStatuses("406;506, ４０１ 406")
	require.NoError(t, err)
	require.Equal(t, []SubStatus{406, 506, 401}, got)

	var wrong *ParameterError
	_, err = ParseSubStatuses("406;501")
	require.ErrorAs(t, err, &wrong)
	require.Equal(t, ParameterError{Param: ParamSubStatus, Value: "501", Reason: UnknownWord}, *wrong)
}

func TestEmailID(t *testing.T) {
	const id = "1476754319514_15555555_32350_1350.sc-10_10_126_221-inbound0$a@qq.com"
	sent, ok := EmailIDTime(id)
	require.True(t, ok)
	require.Equal(t, "2016-10-18 09:31:59.514", sent.Format("2006-01-02 15:04:05.000"))
	for _, opaque := range []string{"", "abc", "14767543195", "14767543195140_1", "0000000000001_1", "9999999999999_1"} {
		_, ok := EmailIDTime(opaque)
		require.False(t, ok, opaque)
	}
}
