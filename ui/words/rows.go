package words

// What list says beside its rows, and about the files that it makes.
var (
	NotAmongRows     = Sentence{"no row came for %s of the %s ids and addresses asked for: %s", "所查的 %[2]s 个 ID 和地址中有 %[1]s 个没有对应的行：%[3]s"}
	MissingOfNothing = Sentence{"--missing names those of --email and --email-ids of which no row came; give some, or leave it out", "--missing 写出 --email 和 --email-ids 中没有对应行的条目；请给出这些条目，或去掉它"}
	ChangedSince     = Sentence{"%s changed while they were read; what was written first stays", "读取期间有 %s状态有变，保留先写出的"}
	ReaderGone       = Sentence{"the reader of standard output is gone, and --spool ends there", "标准输出的读取方已关闭，--spool 到此为止"}
	FileIsThere      = Sentence{"%s: %s is there already and is not overwritten; choose another name, or move it away", "%s：%s 已存在，不会覆盖；请换个文件名，或先移走它"}
	FileUnmade       = Sentence{"%s: cannot write %s: %s", "%s：无法写入 %s：%s"}
)

// keys, and the long help of explain and patterns.
var (
	KeysShort = Sentence{"Every key of the dashboard", "列出面板的全部按键"}
	KeysLong  = Sentence{"Writes every key of the dashboard and what it does, place by place.", "按位置列出面板的全部按键及其作用。"}

	// PatternsJSON stands below the help of patterns.
	PatternsJSON = Sentence{`For programs (--format json or ndjson) a pattern has these keys:
  id            of the pattern, ten letters and digits
  count, share  rows, and their part of all rows that were counted
  cause         of most of its rows, or null; causes has all with their counts
  pattern       the text, variables in braces: {ip}, {url}, {addr}, {*}
  first, last   request times, RFC 3339 with +08:00, or null
  domains       of the recipients, the 20 most frequent; domainCount says how many there are
  variables     one for each variable of the text:
                  slot, kind    its number from 0, and what it is
                  sampled       rows of the pattern that were looked at, 2,000 at most
                  distinct      values among these; a lower bound where atLeast is true
                  few, values   whether there are few values, and the most frequent with their counts
  samples       some rows: emailId, recipients, requestTime, sendLog`,
		`供程序使用时（--format json 或 ndjson），每个模式有以下字段：
  id            模式编号，十位字母和数字
  count, share  行数，以及占所统计全部行的比例
  cause         多数行的原因，或 null；causes 列出全部原因及行数
  pattern       模式文本，变量写在花括号中：{ip}、{url}、{addr}、{*}
  first, last   请求时间，RFC 3339，+08:00，或 null
  domains       收件域名，最多的 20 个；domainCount 为域名总数
  variables     文本中的每个变量：
                  slot, kind    从 0 开始的序号，以及变量的种类
                  sampled       查看过的行数，最多 2,000
                  distinct      其中不同取值的个数；atLeast 为 true 时只是下限
                  few, values   取值是否很少，以及最常见的取值和行数
  samples       若干行：emailId、recipients、requestTime、sendLog`}

	// RulesHelp is what explain --rules-help writes.
	RulesHelp = Sentence{`A rule is one line of a file: cause, options, colon, words.

  # rules.txt
  user_unknown sure=95 : no such colleague | (person|employee) .. has left
  rate_limited temporary sure=90 : daily allowance used up & not "disk"

Your own rules stand in rules.txt beside the configuration, or in the file that --rules names. They come before
the built-in ones. An error in them names its line. A line that begins with # is a comment.

Words
  a | b       either
  a .. b      b within a few words behind a
  a ... b     b on the same line behind a
  a & b       both, anywhere
  not "b"     b nowhere
  spam*       a word that begins so
  ( … )       a group, "…" words as they stand

Options
  permanent, temporary, unknown    whether trying again helps (else the cause says it)
  sure=1…99    how sure the rule is, in per cent
  code=55      how the reply code begins
  status=5.7.1 the enhanced status code
  sub=406      the sub-status
  party=       who has to act

bounceboard explain --format json TEXT names the rule that decided. What no rule knows is decided by its words
together, and is a guess.
`, `一条规则占一行：原因、选项、冒号、词语。

  # rules.txt
  user_unknown sure=95 : no such colleague | (person|employee) .. has left
  rate_limited temporary sure=90 : daily allowance used up & not "disk"

自己的规则写在配置文件旁的 rules.txt 中，或写在 --rules 指定的文件中，优先于内置规则。
规则有误时会指出行号。以 # 开头的行是注释。

词语
  a | b       任一
  a .. b      a 之后几个词内有 b
  a ... b     同一行中 a 之后有 b
  a & b       两者都有，位置不限
  not "b"     没有 b
  spam*       以此开头的词
  ( … )       分组；"…" 原样匹配

选项
  permanent, temporary, unknown    重试是否有用（不写则由原因决定）
  sure=1…99    把握，百分数
  code=55      应答码的开头
  status=5.7.1 增强码
  sub=406      子状态
  party=       由谁处理

bounceboard explain --format json 原文 会给出起作用的规则。没有规则匹配时，按全部词语推测，结果标为推测。
`}
)
