package bounce

// latin maps U+00C0 … U+017F to the letter without its accent.
const latin = "aaaaaaaceeeeiiiidnooooo ouuuuytsaaaaaaaceeeeiiiidnooooo ouuuuytyaaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkkllllllllllnnnnnnnnnoooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs"

// simplified maps the traditional characters that replies use.
var simplified = func() map[rune]rune {
	const pairs = `郵邮號号戶户帳账帐账滿满發发傳传連连線线錯错誤误無无務务過过數数電电網网絕绝單单統统檔档內内對对時时間间` +
		`壞坏規规則则該该請请拒拒寫写輸输鏈链結结頻频錄录禁禁訪访問问題题測测試试驗验證证認认權权級级協协議议寄寄` +
		`額额儲储這这個个會会還还為为與与於于並并從从後后來来開开關关閉闭將将應应當当據据屬属評评價价類类組组織织` +
		`濾滤標标頭头圖图體体裡里見见現现實实確确檢检查查詢询譽誉動动臨临暫暂遲迟續续繼继維维護护轉转遞递達达運运` +
		`長长較较機机構构庫库異异產产異异顯显稱称許许變变務务備备聯联絡络遠远雙双種种條条約约紅红罰罚` +
		`廣广銷销訂订塊块節节點点僅仅許许戶户夠够嘗尝試试遭遭遞递徵征頁页專专業业屆届營营覽览觸触違违隱隐職职離离獲获復复靜静`
	m := map[rune]rune{}
	from := rune(0)
	for _, r := range pairs {
		if from == 0 {
			from = r
			continue
		}
		if from != r {
			m[from] = r
		}
		from = 0
	}
	return m
}()
