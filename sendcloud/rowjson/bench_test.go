package rowjson

import (
	"bytes"
	"os"
	"testing"
)

// BenchmarkRow reads rows of the file that RECORDSET_ROWS names, or a usual one again and again.
func BenchmarkRow(b *testing.B) {
	file := bytes.Repeat([]byte(`{"emailId":"1792540800_123_4567_8901.sc-203_0_113_9$a@qq.com","status":"invalid","statusText":"无效邮件","subStatus":406,"subStatusDesc":"地址不存在","apiUser":"batch","recipients":"a@qq.com","requestTime":"2026-11-23T09:31:11+08:00","modifiedTime":null,"sendLog":"550 Mailbox not found. <a@qq.com> mx1.qq.com [203.0.113.9]"}`+"\n"), 10_000)
	if name := os.Getenv("RECORDSET_ROWS"); name != "" {
		all, err := os.ReadFile(name)
		if err != nil {
			b.Fatal(err)
		}
		all = all[:min(len(all), 100<<20)]
		file = all[:bytes.LastIndexByte(all, '\n')+1]
	}
	for _, want := range []struct {
		name string
		keys Keys
	}{{"all", AllKeys}, {"some", KeysOf(EmailID, Recipients)}} {
		b.Run(want.name, func(b *testing.B) {
			b.SetBytes(int64(len(file)))
			for b.Loop() {
				r, row := &Reader{}, Row{}
				for rest := file; len(rest) > 0; {
					end := bytes.IndexByte(rest, '\n')
					r.Reset(rest[:end])
					if r.Row(&row, want.keys); !r.AtEnd() || r.Problem() != "" {
						b.Fatal(r.Problem())
					}
					rest = rest[end+1:]
				}
			}
		})
	}
}
