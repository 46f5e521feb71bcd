package sendcloud

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

const documented = `{"result": true, "statusCode": 200, "message": "请求成功",
 "info": {"total": "2", "voListSize": 2, "voList": [
   {"emailId": "1476754319514_15555555_32350_1350.sc-10_10_126_221-inbound0$a@qq.com", "status": "送达",
    "subStatus": null, "subStatusDesc": null, "apiUser": "batch_a", "recipients": "a@qq.com",
    "requestTime": "2016-10-18 09:31:59", "modifiedTime": "2016-10-18 09:32:08", "sendLog": "successfully delivered"},
   {"emailId": "x$b@qq.com", "status": "无效邮件", "subStatus": "406", "subStatDesc": "地址不存在", "apiUser": "batch_a",
    "recipients": "b@qq.com", "requestTime": "2016-10-18 09:31:59", "modifiedTime": "", "sendLog": "unrouteable address"}]}}`

func TestDecodeDocumented(t *testing.T) {
	got, foreign := decode([]byte(documented))
	require.Empty(t, foreign)
	requested := time.Date(2016, 10, 18, 9, 31, 59, 0, Zone)
	require.Equal(t, reply{ok: true, code: 200, message: "请求成功", total: 2, records: []Record{
		{EmailID: "1476754319514_15555555_32350_1350.sc-10_10_126_221-inbound0$a@qq.com", Status: Delivered, StatusText: "送达",
			APIUser: "batch_a", Recipients: "a@qq.com", RequestTime: requested, ModifiedTime: requested.Add(9 * time.Second), SendLog: "successfully delivered"},
		{EmailID: "x$b@qq.com", Status: Invalid, StatusText: "无效邮件", SubStatus: 406, SubStatusDesc: "地址不存在",
			APIUser: "batch_a", Recipients: "b@qq.com", RequestTime: requested, SendLog: "unrouteable address"},
	}}, got)
}

// row decodes one row between an ordinary frame.
func row(t *testing.T, fields string) Record {
	t.Helper()
	got, foreign := decode([]byte(`{"result":true,"info":{"total":1,"voList":[` + fields + `]}}`))
	require.Empty(t, foreign, fields)
	require.Len(t, got.records, 1, fields)
	require.Equal(t, 1, got.total)
	return got.records[0]
}

func TestDecodeRows(t *testing.T) {
	day := time.Date(2026, 11, 23, 9, 30, 11, 0, Zone)
	for fields, want := range map[string]Record{
		`{}`: {},
		`{"emailId":null,"status":null,"subStatus":null,"subStatusDesc":null,"apiUser":null,"recipients":null,"requestTime":null,"modifiedTime":null,"sendLog":null}`: {},
		`{"subStatus":406}`:                                                    {SubStatus: 406},
		`{"subStatus":" 406 "}`:                                                {SubStatus: 406},
		`{"subStatus":406.0}`:                                                  {SubStatus: 406},
		`{"subStatus":""}`:                                                     {},
		`{"subStatus":"0"}`:                                                    {},
		`{"subStatus":"4o6"}`:                                                  {SubStatusText: "4o6"},
		`{"subStatus":[406,null]}`:                                             {SubStatusText: "[406,null]"},
		`{"subStatus":-1e99}`:                                                  {SubStatusText: "-1e99"},
		`{"subStatus":777}`:                                                    {SubStatus: 777},
		`{"subStatDesc":"b","subStatusDesc":"a"}`:                              {SubStatusDesc: "a"},
		`{"subStatusDesc":"a","subStatDesc":"b"}`:                              {SubStatusDesc: "a"},
		`{"subStatusDesc":null,"subStatDesc":"b"}`:                             {SubStatusDesc: "b"},
		`{"status":"投递成功"}`:                                                    {Status: Delivered, StatusText: "投递成功"},
		`{"status":"无效邮件-地址不存在"}`:                                              {Status: Invalid, StatusText: "无效邮件-地址不存在"},
		`{"status":"soft bounce"}`:                                             {Status: SoftBounce, StatusText: "soft bounce"},
		`{"status":"蒸发"}`:                                                      {StatusText: "蒸发"},
		`{"status":18}`:                                                        {Status: Requested, StatusText: "18"},
		`{"status":{"a":"}"}}`:                                                 {StatusText: `{"a":"}"}`},
		`{"requestTime":"2026-11-23 09:30:11"}`:                                {RequestTime: day},
		`{"requestTime":"2026-11-23 09:30:11.0"}`:                              {RequestTime: day},
		`{"requestTime":"2026-11-23T09:30:11Z"}`:                               {RequestTime: day.Add(8 * time.Hour)},
		`{"modifiedTime":" 2026-11-23 09:30:11 "}`:                             {ModifiedTime: time.Date(2026, 11, 23, 9, 30, 11, 0, Zone)},
		`{"modifiedTime":"soon"}`:                                              {ModifiedText: "soon"},
		`{"modifiedTime":"0000-00-00 00:00:00"}`:                               {ModifiedText: "0000-00-00 00:00:00"},
		`{"sendLog":true,"recipients":["a@qq.com"]}`:                           {SendLog: "true", Recipients: `["a@qq.com"]`},
		`{"sendLog":"a\r\n\t\u001b[2J\"\\\/\b\f"}`:                             {SendLog: "a\r\n\t\x1b[2J\"\\/\b\f"},
		"{\"sendLog\":\"raw\x00\n\x1b\xff\xc3(\x80\"}":                         {SendLog: "raw\x00\n\x1b\xff\xc3(\x80"},
		`{"sendLog":"\ud83d\ude00 \ud800 \udc00x \ud83d\ud83d\ude00 \ud83dA"}`: {SendLog: "😀 \ufffd \ufffdx \ufffd😀 \ufffdA"},
		`{"sendLog":"\x \u12g4 \u1"}`:                                          {SendLog: `\x \u12g4 \u1`},
		`{"\u0073endLog":"key with an escape"}`:                                {SendLog: "key with an escape"},
		`{"extra":{"a":[1,{"b":"]}\""}]},"x":1e5,"y":[[]],"z":false}`:          {},
		`{"sendLog":"first","sendLog":"the last of two keys counts"}`:          {SendLog: "the last of two keys counts"},
		`null`:          {}, // a row that is no object is kept
		`"lost"`:        {SendLog: "lost"},
		`[{"a":1}]`:     {SendLog: `[{"a":1}]`},
		"\t{ } \r\n   ": {},
	} {
		require.Equal(t, want, row(t, fields), fields)
	}
}

func TestDecodeFrames(t *testing.T) {
	for body, want := range map[string]reply{
		`{"result":true}`:                                                                                 {ok: true},
		`{"result":true,"info":{}}`:                                                                       {ok: true},
		`{"result":true,"info":null}`:                                                                     {ok: true},
		`{"result":true,"info":[]}`:                                                                       {ok: true},
		`{"result":true,"info":""}`:                                                                       {ok: true},
		`{"result":true,"info":{"total":"0","voList":null}}`:                                              {ok: true},
		`{"result":true,"info":{"total":0,"voList":[]}}`:                                                  {ok: true, records: []Record{}},
		`{"result":true,"info":{"total":250,"voList":[]}}`:                                                {ok: true, total: 250, records: []Record{}},
		`{"result":true,"info":{"total":" 250 ","voListSize":[],"voList":[{}]}}`:                          {ok: true, total: 250, records: []Record{{}}},
		`{"result":true,"info":{"total":null,"voList":[{}]}}`:                                             {ok: true, noTotal: true, records: []Record{{}}},
		`{"result":true,"info":{"total":"many","voList":[{}]}}`:                                           {ok: true, noTotal: true, records: []Record{{}}},
		`{"result":true,"info":{"total":1` + strings.Repeat("0", 30) + `,"voList":[{}]}}`:                 {ok: true, noTotal: true, records: []Record{{}}},
		`{"result":true,"info":{"total":"9000000000000000000","voList":[{}]}}`:                            {ok: true, noTotal: true, records: []Record{{}}},
		`{"result":true,"info":{"total":-3,"voList":[{}]}}`:                                               {ok: true, noTotal: true, records: []Record{{}}},
		`{"result":true,"statusCode":40299}`:                                                              {ok: true, code: 40299},
		`{"result":"true"}`:                                                                               {ok: true},
		`{"result":null,"statusCode":200}`:                                                                {code: 200},
		`{"statusCode":200}`:                                                                              {code: 200},
		`{"result":false,"statusCode":200}`:                                                               {code: 200},
		`{"result":false,"statusCode":"40005","message":"认证失败","info":[]}`:                                {code: 40005, message: "认证失败"},
		`{"result": false, "statuscode": 50000, "message": "interface frequency is limited", "info": {}}`: {code: 50000, message: "interface frequency is limited"},
		`{"statuscode":null,"statusCode":501}`:                                                            {code: 501},
		`{"statusCode":501,"statuscode":null}`:                                                            {code: 501},
		`{"statusCode":"busy"}`:                                                                           {},
		"\xef\xbb\xbf \n{\"result\":true} \r\n ":                                                          {ok: true},
		`{"result":false,"message":{"zh":"不"}}`:                                                           {message: `{"zh":"不"}`},
		`{"result":false,"message":"` + strings.Repeat("错", 500) + `"}`:                                   {message: strings.Repeat("错", 333)},
	} {
		got, foreign := decode([]byte(body))
		require.Empty(t, foreign, body)
		require.Equal(t, want, got, body)
	}
}

func TestDecodeForeign(t *testing.T) {
	for body, want := range map[string]Answer{
		"":                                  AnswerEmpty,
		" \r\n\t":                           AnswerEmpty,
		"\xef\xbb\xbf":                      AnswerEmpty,
		"<html><body>502</body></html>":     AnswerHTML,
		"\xef\xbb\xbf\n<!DOCTYPE html>":     AnswerHTML,
		"Bad Gateway":                       AnswerNotJSON,
		"\x1f\x8b\x08":                      AnswerNotJSON,
		"\x00":                              AnswerNotJSON,
		"[]":                                AnswerShape,
		`[{"result":true}]`:                 AnswerShape,
		`null`:                              AnswerShape,
		`"result"`:                          AnswerShape,
		`42`:                                AnswerShape,
		`{}`:                                AnswerShape,
		`{"error":"Not Found","path":"/x"}`: AnswerShape,
		`{"result":null}`:                   AnswerShape,
		`{"result":true,"info":"gone"}`:     AnswerShape,
		`{"result":true,"info":{"voList":{"0":{}}}}`: AnswerShape,
		`{`:                                 AnswerCutOff,
		`{"result`:                          AnswerCutOff,
		`{"result":`:                        AnswerCutOff,
		`{"result":tru`:                     AnswerCutOff,
		`{"result":true`:                    AnswerCutOff,
		`{"result":true,`:                   AnswerCutOff,
		`{"result":true,"message":"\`:       AnswerCutOff,
		`{"result":true,"message":"\u00`:    AnswerCutOff,
		`{"result":true,"x":"\`:             AnswerCutOff,
		`{"result":true,"x":{"y":[1,2`:      AnswerCutOff,
		`{"result":true,"info":{"voList":[`: AnswerCutOff,
		`{"result":true,}`:                  AnswerNotJSON,
		`{"result":true "info":{}}`:         AnswerNotJSON,
		`{"result" true}`:                   AnswerNotJSON,
		`{result:true}`:                     AnswerNotJSON,
		`{"result":yes}`:                    AnswerNotJSON,
		`{"result":,}`:                      AnswerNotJSON,
		`{"result":true}<html>`:             AnswerNotJSON,
		"{\"result\":true}\x00":             AnswerNotJSON,
		"{\x00":                             AnswerNotJSON,
		`{"result":true,"info":{"voList":[` + strings.Repeat("{},", maxRows) + "{}]}}": AnswerTooLarge,
	} {
		got, foreign := decode([]byte(body))
		require.Equal(t, want, foreign, "%.80s", body)
		require.Equal(t, reply{}, got, "%.80s", body)
	}
}

// Wherever a connection breaks, it is said to be cut off.
func TestDecodeCutAnywhere(t *testing.T) {
	for n := 1; n < len(documented); n++ {
		_, foreign := decode([]byte(documented[:n]))
		require.Equal(t, AnswerCutOff, foreign, "after %d bytes: %q", n, documented[max(0, n-20):n])
	}
}

// encode writes rows as the service does, for the properties of decode.
func encode(rows []Record, total int) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, `{"result":true,"info":{"total":"%d","voList":[`, total)
	for i, r := range rows {
		if i > 0 {
			b.WriteByte(',')
		}
		sub := r.SubStatusText
		if r.SubStatus != 0 {
			sub = fmt.Sprint(int(r.SubStatus))
		}
		b.WriteByte('{')
		for j, field := range [][2]string{{"emailId", r.EmailID}, {"status", r.StatusText}, {"subStatus", sub},
			{"subStatusDesc", r.SubStatusDesc}, {"apiUser", r.APIUser}, {"recipients", r.Recipients},
			{"requestTime", moment(r.RequestTime, r.RequestText)}, {"modifiedTime", moment(r.ModifiedTime, r.ModifiedText)}, {"sendLog", r.SendLog}} {
			if j > 0 {
				b.WriteByte(',')
			}
			fmt.Fprintf(&b, `"%s":"%s"`, field[0], strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(field[1]))
		}
		b.WriteByte('}')
	}
	b.WriteString("]}}")
	return b.Bytes()
}

func moment(t time.Time, text string) string {
	if t.IsZero() {
		return text
	}
	return t.Format("2006-01-02 15:04:05.999999999")
}

func FuzzDecode(f *testing.F) {
	f.Add([]byte(documented))
	f.Add([]byte(`{"result":true,"info":{"total":1,"voList":[{"sendLog":"\ud800\\\u0000"},null,[1]]}}`))
	f.Add([]byte(`{"result":false,"statuscode":50000,"info":{}}`))
	f.Add([]byte("\xef\xbb\xbf{\"result\":true,\"x\":{\"a\":[1,\"]\"]}}"))
	f.Add([]byte(`<html>`))
	f.Fuzz(func(t *testing.T, body []byte) {
		got, foreign := decode(body)
		if foreign != "" {
			require.Equal(t, reply{}, got, "nothing of what is not this service's")
		}
		require.LessOrEqual(t, len(got.records), maxRows)
		if got.ok {
			again, foreign := decode(encode(got.records, got.total))
			require.Empty(t, foreign)
			require.Equal(t, got.total, again.total)
			require.Equal(t, len(got.records), len(again.records))
			for i := range got.records {
				require.Equal(t, got.records[i], again.records[i])
			}
		}
		// What encoding/json reads, with a result and rows in their places, is read here too.
		if foreign != "" && foreign != AnswerTooLarge {
			require.False(t, documentedShape(body), "refused as %s", foreign)
		}
	})
}

// documentedShape reports whether encoding/json finds a result and, if it
// finds an info or a list of rows, these as what they ought to be.
func documentedShape(body []byte) bool {
	var top, info map[string]json.RawMessage
	var result bool
	var rows []json.RawMessage
	if json.Unmarshal(body, &top) != nil || string(top["result"]) == "null" || json.Unmarshal(top["result"], &result) != nil {
		return false
	}
	if raw, given := top["info"]; given && json.Unmarshal(raw, &info) != nil {
		return false
	}
	raw, given := info["voList"]
	return !given || json.Unmarshal(raw, &rows) == nil
}

func page100() []byte {
	rows := make([]Record, 100)
	for i := range rows {
		at := time.Date(2026, 11, 23, 9, 30, i%60, 0, Zone)
		rows[i] = Record{EmailID: fmt.Sprintf("17953974%05d_15555555_32350_1350.sc-10_10_126_221-inbound0$user%d@example.com", i, i),
			StatusText: "软退信", SubStatus: 505, SubStatusDesc: "软退信-IP、域名被拒", APIUser: "batch_a", Recipients: fmt.Sprintf("user%d@example.com", i),
			RequestTime: at, ModifiedTime: at.Add(4 * time.Minute),
			SendLog: "550 Ip frequency limited [MTk4LjUxLjEwMC43IEJsb2NrZWQgSVAgMjAzLjAuMTEzLjk= Blocked IP 203.0.113.9]. http://service.mail.qq.com/cgi-bin/help?subtype=1&&id=20022&&no=1000725"}
	}
	extra := `"labelId":null,"from":null,"subject":null,"opens":null,"clicks":null,"sendIp":null,"requestId":null,"remark":null,"priority":0,"emailId"`
	return bytes.ReplaceAll(encode(rows, 12431), []byte(`"emailId"`), []byte(extra))
}

func BenchmarkDecodePage100(b *testing.B) {
	body := page100()
	b.SetBytes(int64(len(body)))
	b.ReportAllocs()
	for b.Loop() {
		if got, foreign := decode(body); foreign != "" || len(got.records) != 100 {
			b.Fatal(foreign)
		}
	}
}

// BenchmarkDecodePage100JSON is what the standard library takes for the same
// page, with every field as it comes: the reason for a decoder of our own.
func BenchmarkDecodePage100JSON(b *testing.B) {
	body := page100()
	b.SetBytes(int64(len(body)))
	b.ReportAllocs()
	for b.Loop() {
		var page struct {
			Result bool `json:"result"`
			Info   struct {
				Total  json.RawMessage `json:"total"`
				VoList []struct {
					EmailID       string          `json:"emailId"`
					Status        string          `json:"status"`
					SubStatus     json.RawMessage `json:"subStatus"`
					SubStatusDesc string          `json:"subStatusDesc"`
					APIUser       string          `json:"apiUser"`
					Recipients    string          `json:"recipients"`
					RequestTime   string          `json:"requestTime"`
					ModifiedTime  string          `json:"modifiedTime"`
					SendLog       string          `json:"sendLog"`
				} `json:"voList"`
			} `json:"info"`
		}
		if err := json.Unmarshal(body, &page); err != nil || len(page.Info.VoList) != 100 {
			b.Fatal(err)
		}
	}
}

func TestTimesOfTheServiceAndOfFiles(t *testing.T) {
	for day := time.Date(1999, 12, 25, 0, 0, 0, 0, Zone); day.Year() < 2029; day = day.AddDate(0, 0, 1) {
		at := day.Add(17*time.Hour + 59*time.Second)
		for _, layout := range []string{time.DateTime, time.RFC3339} {
			got, ok := ParseTime(at.Format(layout))
			require.True(t, ok)
			require.Equal(t, at, got)
		}
	}
	for _, none := range []string{"2026-02-29 00:00:00", "2026-04-31 00:00:00", "2026-13-01 00:00:00", "2026-11-23 24:00:00", "2026-11-2x 00:00:00", "2026-11-23", "2026_11-23 00:00:00"} {
		_, ok := ParseTime(none)
		require.False(t, ok, none)
	}
	leap, ok := ParseTime("2028-02-29 00:00:00")
	require.True(t, ok)
	require.Equal(t, 29, leap.Day())
}
