package mailtext_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"bounceboard/sendcloud/mailtext"
)

func TestADomainOneLetterFromALargeReceivers(t *testing.T) {
	for address, want := range map[string]string{
		"a@gamil.com": "gmail.com", "a@gmial.com": "gmail.com", "gmai.com": "gmail.com", "a@gmaill.com": "gmail.com", "A@GMAIL.CON": "gmail.com", "a@gmail.co": "gmail.com",
		"a@qq.con": "qq.com", "a@qq.cmo": "qq.com", "a@qq.vom": "qq.com", "a@163.cmo": "163.com", "a@163.con": "163.com", "a@126.cm": "126.com", "a@hotmial.com": "hotmail.com",
		"a@outlok.com": "outlook.com", "a@yaho.com": "yahoo.com", "a@sina.con": "sina.com", "a@foxmial.com": "foxmail.com", "a@icloud.om": "icloud.com", "a@sina.cm": "sina.com",
	} {
		require.Equal(t, want, mailtext.Meant(address), address)
	}
	for _, right := range []string{"", "a", "a@", "a@gmail.com", "a@mail.com", "a@ymail.com", "a@live.cn", "a@163.net", "a@qa.com", "a@162.com", "a@example.com", "a@sina.cn", "a@vip.qq.com",
		"a@gmail.com.", "a@company.cn", "a@gmx.net", "a@188.com", "a@139.com", "a@189.cn", "a@tom.com", "a@aol.com"} {
		require.Empty(t, mailtext.Meant(right), right)
	}
}
