package mailtext_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"

	"bounceboard/sendcloud/mailtext"
)

// What servers say, and everyday sentences that no rule was written for.
var sentences = map[string][]string{
	"zh": {
		"用户不存在", "邮箱已满", "收件人邮箱空间不足", "该邮箱不存在，请检查地址", "发信频率过高，请稍后再试", "邮件被拒绝", "无此用户", "您的邮件被认为是垃圾邮件",
		"对方服务器拒绝接收", "域名不存在", "超过最大连接数限制", "收件人拒收该邮件", "账号已被冻结", "邮件内容含有病毒", "附件超过大小限制", "发件人地址无效",
		"服务器忙，请稍候重试", "您的地址在黑名单中", "反向解析失败", "认证失败", "今天天气很好，我们去公园散步吧", "请问最近的地铁站在哪里", "我昨天买了三本书",
		"会议改到下周二上午十点", "谢谢你的帮助", "他每天早上六点起床", "这家饭店的菜很好吃", "火车晚点了二十分钟", "孩子们在院子里玩", "明年春天再见",
	},
	"tw": {
		"使用者不存在", "郵箱已滿", "收件人信箱空間不足", "此信箱不存在，請檢查地址", "發信頻率過高，請稍後再試", "郵件被拒絕", "查無此人", "您的郵件被認為是垃圾郵件",
		"對方伺服器拒絕接收", "網域不存在", "超過最大連線數限制", "收件人拒收這封郵件", "帳號已被停用", "郵件內容含有病毒", "附件超過大小限制", "寄件人地址無效",
		"伺服器忙碌中，請稍後重試", "您的位址在黑名單中", "反向解析失敗", "驗證失敗", "今天天氣很好，我們去公園散步吧", "請問最近的捷運站在哪裡", "我昨天買了三本書",
		"會議改到下週二上午十點", "謝謝你的幫忙", "他每天早上六點起床", "這家餐廳的菜很好吃", "火車誤點二十分鐘", "孩子們在院子裡玩", "明年春天再見",
	},
	"ja": {
		"ユーザーが存在しません", "メールボックスがいっぱいです", "宛先のアドレスは見つかりません", "メールは拒否されました", "しばらくしてから再度お試しください", "送信頻度が高すぎます",
		"迷惑メールと判定されました", "ウイルスが検出されました", "ドメインが存在しません", "受信者が受信を拒否しました", "アカウントは停止されています", "添付ファイルが大きすぎます",
		"差出人のアドレスが無効です", "サーバーが混雑しています", "接続数の上限を超えました", "逆引きに失敗しました", "認証に失敗しました", "中継は許可されていません", "容量を超えています",
		"ブラックリストに登録されています", "今日はとても良い天気ですね", "駅はどこにありますか", "昨日本を三冊買いました", "会議は来週の火曜日に変わりました", "手伝ってくれてありがとう",
		"彼は毎朝六時に起きます", "この店の料理はおいしい", "電車が二十分遅れました", "子供たちは庭で遊んでいます", "来年の春にまた会いましょう",
	},
}

// read are the ways in which bytes come: as they are, and each read as a character by somebody before.
var read = map[string]func(string) string{
	"bytes":        func(s string) string { return s },
	"latin-1":      func(s string) string { return must(charmap.ISO8859_1.NewDecoder().String(s)) },
	"windows-1252": windows1252,
}

// windows1252 reads its holes as control characters, as browsers do.
func windows1252(s string) string {
	var out strings.Builder
	for i := range len(s) {
		if r := charmap.Windows1252.DecodeByte(s[i]); r != '\uFFFD' {
			out.WriteRune(r)
		} else {
			out.WriteRune(rune(s[i]))
		}
	}
	return out.String()
}

func must(s string, err error) string {
	if err != nil {
		panic(err)
	}
	return s
}

func TestRepliesInOtherCharacterSetsAreReadWhole(t *testing.T) {
	for _, c := range []struct {
		name      string
		encoding  encoding.Encoding
		sentences []string
		ways      []string
	}{
		{"GB18030", simplifiedchinese.GB18030, sentences["zh"], []string{"bytes", "latin-1", "windows-1252"}},
		{"Big5", traditionalchinese.Big5, sentences["tw"], []string{"bytes", "latin-1", "windows-1252"}},
		{"ISO-2022-JP", japanese.ISO2022JP, sentences["ja"], []string{"bytes"}},
		{"UTF-8", encoding.Nop, append(append(sentences["zh"], sentences["tw"]...), sentences["ja"]...), []string{"latin-1", "windows-1252"}},
	} {
		for _, way := range c.ways {
			right := 0
			for _, sentence := range c.sentences {
				for _, frame := range []string{"%", "550 %", "550 5.1.1 <a@example.com>: % (in reply to RCPT TO command)", "host mx.example.com[192.0.2.1] said: 550-%\r\n550 %, see http://example.com/a?b=1"} {
					plain := strings.ReplaceAll(frame, "%", sentence)
					got := mailtext.Decode(read[way](must(c.encoding.NewEncoder().String(plain))), 8<<10)
					if got.String == plain {
						right++
					} else {
						t.Errorf("%s as %s: %q instead of %q", c.name, way, got.String, plain)
					}
				}
			}
			t.Logf("%s as %s: %d of %d", c.name, way, right, 4*len(c.sentences))
		}
	}
}

// Texts that are right as they are, beside those above.
func TestRightTextsStay(t *testing.T) {
	for _, text := range append([]string{
		"", "550 user unknown", "552 boîte à lettres éèêë pleine", "550 Postfach überfüllt – größer als zulässig: ÄÖÜß", "550 Пользователь не найден",
		"550 ο χρήστης δεν υπάρχει", "550 המשתמש לא קיים", "550 المستخدم غير موجود", "550 Użytkownik nie istnieje, skrzynka pełna żółć", "550 사용자를 찾을 수 없습니다",
		"550 Ip frequency limited [MTk1Mzk3NDExMDAwXzE1 Blocked IP 203.0.113.9].", "l’adresse n’existe pas – désolé", "550 邮箱已满 “test”", "550 收件人不存在\xe9\x82", "550 ÄÖ", "90% of 100%",
		"see http://example.com/%E9%82%AE%E7%AE%B1", "550 người dùng không tồn tại", "550 caixa cheia, não há espaço, ação", "\xff\xfe", "550 a\xffb",
	}, append(append(sentences["zh"], sentences["tw"]...), sentences["ja"]...)...) {
		got := mailtext.Decode(text, 8<<10)
		require.Equal(t, text, got.String)
	}
}

func TestDecodedPartsLeadBackToTheOriginal(t *testing.T) {
	gbk := must(simplifiedchinese.GBK.NewEncoder().String("用户 不存在"))
	for original, text := range map[string]string{
		"550 " + gbk + " end":                              "550 用户 不存在 end",
		"550 " + windows1252(gbk) + " end":                 "550 用户 不存在 end",
		"a&lt;b&gt; user&#39;s unknown end":                "a<b> user's unknown end",
		"550 \x1b$B%a!<%k\x1b(B ok \x1b$B%a!<%k\x1b(B end": "550 メール ok メール end",
	} {
		got := mailtext.Decode(original, 8<<10)
		require.Equal(t, text, got.String)
		end := strings.Index(text, "end")
		from, to := got.Original(end, end+3)
		require.Equal(t, "end", original[from:to])
		from, to = got.Original(0, 1)
		require.Equal(t, text[:1], original[from:to])
		from, to = got.Original(5, 8)
		require.True(t, from > 0 && from < to && to <= len(original)-4, "%q: %d %d", original, from, to)
	}
}
