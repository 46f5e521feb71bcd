package mailtext

import "strings"

// receivers are the mail domains that most people write to. Others that exist and differ by one letter
// from one of them stand in neighbours of theirs, so that nobody is told that they are misspelt.
var (
	receivers = strings.Fields(`gmail.com qq.com 163.com 126.com yeah.net foxmail.com sina.com sina.cn sohu.com aliyun.com 139.com 189.cn 21cn.com
		hotmail.com outlook.com live.com msn.com yahoo.com yahoo.co.jp icloud.com naver.com mail.ru yandex.ru gmx.de web.de exmail.qq.com
		vip.qq.com vip.163.com vip.126.com vip.sina.com 188.com tom.com 263.net protonmail.com aol.com`)
	alsoReal = fields(`mail.com ymail.com email.com gmx.com gmx.net me.com mac.com live.cn sina.net 163.net 126.net qq.net 169.com 136.com 138.com
		188.cn 189.com 139.cn 129.com 123.com 183.com 193.com 263.com yahoo.cn outlook.cn hotmail.cn sogou.com aim.com mail.de bk.ru ya.ru icloud.cn
		aliyun.cn yahoo.co tom.cn nate.com daum.net hotmail.fr hotmail.de hotmail.it hotmail.es outlook.fr outlook.de outlook.it outlook.es gmail.cn`)
)

func fields(list string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(list) {
		m[w] = true
	}
	return m
}

// Meant is the large receiver's domain that an address, or a domain, is one letter away from: "gmail.com"
// for a@gamil.com. One letter is added, missing, another one, or has changed places with its neighbour.
// It is empty where nothing seems misspelt. A short name (qq, 163) is only doubted behind its dot: another
// short name is as likely to be right.
func Meant(address string) string {
	domain := strings.ToLower(strings.TrimRight(address[strings.LastIndexByte(address, '@')+1:], ". "))
	if len(domain) < 4 || len(domain) > 20 || alsoReal[domain] {
		return ""
	}
	meant := ""
	for _, r := range receivers {
		if r == domain {
			return ""
		}
		name := strings.IndexByte(r, '.')
		if meant == "" && oneLetter(domain, r) && (name > 3 || strings.HasPrefix(domain, r[:name+1])) {
			meant = r
		}
	}
	return meant
}

// oneLetter tells whether one change of a letter leads from a to b.
func oneLetter(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(b)-len(a) > 1 {
		return false
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	if len(a) < len(b) {
		return a[i:] == b[i+1:]
	}
	if i == len(a) {
		return false
	}
	swapped := i+1 < len(a) && a[i] == b[i+1] && a[i+1] == b[i] && a[i+2:] == b[i+2:]
	return a[i+1:] == b[i+1:] || swapped
}
