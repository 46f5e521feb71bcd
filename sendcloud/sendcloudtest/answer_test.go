package sendcloudtest

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// page30 is a page of failures with the given switches.
func page30(t *testing.T, o Options, pairs ...string) decoded {
	t.Helper()
	o.Records, o.Seed = 3000, 6
	return post(t, start(t, o), append(pairs, "days", "30")...)
}

func TestFormsOfAnEmptyAnswer(t *testing.T) {
	for form, info := range map[string]string{
		"zero":       `,"info":{"total":"0","voListSize":0,"voList":[]}}`,
		"object":     `,"info":{}}`,
		"null":       `,"info":null}`,
		EmptyMissing: `"请求成功"}`,
		"null-list":  `,"info":{"total":"0","voListSize":0,"voList":null}}`,
	} {
		d := page30(t, Options{Empty: form}, "email", "nobody@example.com")
		require.True(t, d.Result)
		require.True(t, strings.HasSuffix(d.raw, info), "%s: %s", form, d.raw)
	}
}

// forms collects the distinct raw forms of a value over a page of failures.
func forms(t *testing.T, o Options, pattern string) map[string]bool {
	t.Helper()
	found := map[string]bool{}
	re := compile(map[string]string{"": pattern})[""]
	for _, m := range re.FindAllStringSubmatch(page30(t, o, "subStatus", "406;506").raw, -1) {
		found[m[1]] = true
	}
	return found
}

func TestSwitchesOfTheAnswer(t *testing.T) {
	set := func(words ...string) map[string]bool {
		m := map[string]bool{}
		for _, w := range words {
			m[w] = true
		}
		return m
	}
	status, sub := `"status":"([^"]*)"`, `"subStatus":([^,]*)`
	desc, key := `"subStat(?:us)?Desc":"([^"]*)"`, `"(subStat\w*Desc)"`
	for _, c := range []struct {
		o       Options
		pattern string
		want    map[string]bool
	}{
		{Options{}, status, set("无效邮件", "软退信")},
		{Options{Words: "old"}, status, set("无效邮件", "软退信")},
		{Options{Words: WordsEnglish}, status, set("invalid email", "soft bounce")},
		{Options{Words: WordsComposite}, status, set("无效邮件-地址不存在", "软退信-邮箱地址不存在")},
		{Options{Words: WordsMixed}, status, set("无效邮件", "软退信", "invalid email", "soft bounce", "无效邮件-地址不存在", "软退信-邮箱地址不存在")},
		{Options{}, desc, set("地址不存在", "邮箱地址不存在")},
		{Options{DescFamily: "prefixed"}, desc, set("无效邮件-地址不存在", "软退信-邮箱地址不存在")},
		{Options{}, sub, set(`"406"`, `"506"`)},
		{Options{SubStatus: AsNumber}, sub, set(`406`, `506`)},
		{Options{SubStatus: AsMixed}, sub, set(`406`, `506`, `"406"`, `"506"`)},
		{Options{}, key, set("subStatusDesc")},
		{Options{Desc: DescStat}, key, set("subStatDesc")},
		{Options{Desc: DescMixed}, key, set("subStatusDesc", "subStatDesc")},
		{Options{Desc: "both"}, desc, set("地址不存在", "邮箱地址不存在", "?")},
		{Options{ExtraKeys: ExtraTyped}, `"event":([^,]*)`, set("1e400")},
		{Options{ExtraKeys: "none"}, `"event":([^,]*)`, set()},
		{Options{}, `"event":([^,]*)`, set("null")},
		{Options{SuccessCode: 210}, `"statusCode":(\d+)`, set("210")},
		{Options{EmailID: "opaque"}, `"emailId":"(.)`, set("m")},
	} {
		require.Equal(t, c.want, forms(t, c.o, c.pattern), "%+v", c.o)
	}
	require.Contains(t, forms(t, Options{Total: AsNumber}, `"total":(.)`), itoa(int(page30(t, Options{}, "subStatus", "406;506").total()[0]-'0')))
	require.Greater(t, len(forms(t, Options{Times: TimesOdd}, `"requestTime":(null|\d{13}|"昨天"|"")`)), 2)
	old := page30(t, Options{Words: "old"}, "status", "1")
	require.Contains(t, old.raw, "投递成功")
}

func TestFormsOfNoSubStatus(t *testing.T) {
	for form, want := range map[string]string{"zero": `"subStatus":"0"`, "null": `"subStatus":null,"subStatusDesc":null`, "empty": `"subStatus":"","subStatusDesc":""`} {
		require.Contains(t, page30(t, Options{NoSubStatus: form}, "status", "1").raw, want)
	}
	require.NotContains(t, page30(t, Options{NoSubStatus: SubMissing}, "status", "1").raw, "subStat")
}

func TestOpaqueIDsAreStillFound(t *testing.T) {
	s := start(t, Options{Records: 500, EmailID: "opaque"})
	id := s.Record(480).EmailID
	require.Equal(t, []string{id}, post(t, s, "days", "30", "emailIds", id).ids())
}

func TestTwin(t *testing.T) {
	o := Options{Words: WordsEnglish, SubStatus: AsNumber, WindowDays: 3, Records: 3000}
	s := start(t, o)
	resp, err := http.PostForm(strings.TrimSuffix(s.URL, "v2")+"/data/emailStatus", signed(params("days", "3", "subStatus", "406")))
	require.NoError(t, err)
	d := read(t, resp)
	require.Equal(t, "success", d.Message)
	require.NotEmpty(t, d.Info.VoList)
	require.Equal(t, "invalid email", d.Info.VoList[0]["status"])
	require.False(t, post(t, s, "days", "4").Result)
}

func TestGzipIsForThoseWhoAcceptIt(t *testing.T) {
	s := start(t, Options{Records: 500, Gzip: true})
	want := page30(t, Options{}).Info.VoListSize
	require.Equal(t, want, post(t, s, "days", "30").Info.VoListSize, "Go's client asks for gzip and unpacks it")
	for accept, encoding := range map[string]string{"gzip": "gzip", "identity": ""} {
		r, err := http.NewRequest(http.MethodGet, s.URL+"/data/emailStatus?"+signed(params("days", "30")).Encode(), nil)
		require.NoError(t, err)
		r.Header.Set("Accept-Encoding", accept)
		resp, err := http.DefaultClient.Do(r)
		require.NoError(t, err)
		require.NoError(t, resp.Body.Close())
		require.Equal(t, encoding, resp.Header.Get("Content-Encoding"))
	}
}

func TestStringsAreJSON(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := string(rapid.SliceOf(rapid.Byte()).Draw(t, "s"))
		b := []byte(quote(s))
		require.True(t, json.Valid(b), "%q", b)
		var back string
		require.NoError(t, json.Unmarshal(b, &back))
		if utf8.ValidString(s) {
			require.Equal(t, s, back)
		}
	})
}

func TestEverySwitchIsAFlag(t *testing.T) {
	var o Options
	for _, s := range o.Switches() {
		require.NotEmpty(t, s.Usage, s.Name)
		require.NotEmpty(t, s.Type(), s.Name)
		for _, v := range s.Values {
			require.NoError(t, s.Set(v))
			require.Equal(t, v, s.String(), s.Name)
		}
		err := s.Set("?")
		require.Error(t, err, s.Name)
		for _, v := range s.Values {
			require.ErrorContains(t, err, v)
		}
	}
	require.Equal(t, Unstable, o.Order, "a switch changes its field")
	var plain Options
	for _, s := range plain.Switches() {
		require.NoError(t, s.Set(s.String()))
		require.Contains(t, append(s.known, ""), s.String())
	}
	for _, s := range plain.Switches() {
		if s.Name == "ignore" {
			require.NoError(t, s.Set("status,labelId"))
		}
		if s.Name == "window-days" {
			require.NoError(t, s.Set("3"))
		}
	}
	require.Equal(t, fmt.Sprint([]string{"status", "labelId"}, 3), fmt.Sprint(plain.Ignore, plain.WindowDays))
}
