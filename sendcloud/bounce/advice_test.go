package bounce

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

// What an advice must not say, by the mail's status: an invalid or soft bounced mail is over, a requested
// one SendCloud still tries to deliver.
var unsayable = map[int]map[string]*regexp.Regexp{
	4: {
		"en": regexp.MustCompile(`(?i)\bwait\b|\bretr(y|ies)\b|is (still )?trying|as long as`),
		"zh": regexp.MustCompile(`等待|自动尝试|正在自动|请求中|仍在`),
	},
	18: {
		"en": regexp.MustCompile(`(?i)refus|reject|\bagain\b|resend|mail is over|new one|will retry`),
		"zh": regexp.MustCompile(`拒|重发|重新发送|再试|已结束`),
	},
}

// quiet are the ways in which a sentence for nobody may begin: none tells anybody to do anything.
var quiet = map[string]*regexp.Regexp{
	"en": regexp.MustCompile(`^(If |Nothing |This mailbox )`),
	"zh": regexp.MustCompile(`^(若|地址没有|该邮箱)`),
}

// advised are all cases that an advice can be about: cause, permanence and party as the rules name them, and
// the texts of single replies.
func advised() []Explanation {
	var all []Explanation
	seen := map[string]bool{}
	add := func(c Cause, p Permanence, party Party, advice string, list string, basis Basis, sure float64) {
		for _, status := range []int{0, 4, 18} {
			e := Explanation{Cause: c, Permanence: p, Party: party, SendCloudList: list, Basis: basis, Confidence: sure,
				Code: "550", Enhanced: "5.7.1", situation: situation{advice: advice, recipient: "example.com", status: status}}
			e.settle()
			key := fmt.Sprint(e.Cause, e.Permanence, e.Party, advice, list, basis, sure, status)
			if !seen[key] {
				seen[key] = true
				all = append(all, e)
			}
		}
	}
	for _, c := range Causes() {
		perms := []Permanence{Permanent, Temporary, Unknown}
		if c == Delivered {
			perms = []Permanence{NoFailure}
		}
		for _, p := range perms {
			add(c, p, causes[c].party, "", "", BasisText, 0.95)
			add(c, p, causes[c].party, "", "", BasisReply, 0.4)
			add(c, p, causes[c].party, "", "", BasisEnhanced, 0.85)
			for _, r := range Default().rules {
				if r.kind == "" && r.cause == c {
					add(c, p, r.party, r.advice, "", BasisText, 0.95)
				}
			}
		}
	}
	for _, list := range []string{"bounce", "block", "complaint"} {
		add(Suppressed, Permanent, causes[Suppressed].party, "", list, BasisText, 0.95)
	}
	return all
}

// TestAdviceAgreesWithItself walks the whole table; with -v it prints it, so that it can be read.
func TestAdviceAgreesWithItself(t *testing.T) {
	for _, e := range advised() {
		for _, lang := range []string{"en", "zh"} {
			what, retry, step := e.What(lang), e.WhetherRetry(lang), e.NextStep(lang)
			where := fmt.Sprintf("%s %s %s %d %s %s %s", e.Cause, e.Permanence, e.Party, e.status, e.advice, e.SendCloudList, e.Basis)
			t.Logf("%s\n    %s\n    %s\n    %s", where, what, retry, step)
			for _, s := range []string{what, retry, step} {
				assert.NotEmpty(t, s, where)
				assert.NotContains(t, s, "{", where)
				if bad := unsayable[e.status][lang]; bad != nil {
					assert.NotRegexp(t, bad, s, where)
				}
				if lang == "zh" {
					assert.NotRegexp(t, `[\x{4E00}-\x{9FFF}][A-Za-z0-9]|[A-Za-z0-9%][\x{4E00}-\x{9FFF}]|"`, strings.ReplaceAll(s, "163/126/yeah", ""), "%s: a blank between Chinese and Latin letters is missing: %s", where, s)
				}
			}
			if e.Party == Nobody {
				_, step, _ = strings.Cut(step, map[string]string{"en": ": ", "zh": "："}[lang])
				for _, sentence := range regexp.MustCompile(`[.;] |。`).Split(strings.TrimRight(step, ".。"), -1) {
					assert.Regexp(t, quiet[lang], sentence, where)
				}
			}
			assert.NotRegexp(t, `one has to be sent|必须重新`, retry, "%s: whether a mail is sent again is the sender's choice", where)
			if regexp.MustCompile(`address itself is fine|地址本身没有问题`).MatchString(retry) {
				assert.NotRegexp(t, `abandoned|弃用`, what+step, "%s: fine and doubted at once", where)
			}
			if e.Party != Receiver {
				assert.NotRegexp(t, `^(Not unless the receiver|除非对方)`, retry, "%s: the step is not the receiver's", where)
			}
			if e.Party == Receiver {
				assert.NotRegexp(t, `: (Send more|Slow down|Use |Look )|：(降低|使用|查看)`, step, "%s: that is the sender's", where)
			}
			if e.Permanence == Permanent && e.status != 18 {
				assert.NotRegexp(t, `^(Yes|Perhaps|有用|也许)`, retry, where)
			}
			if e.Permanence == Temporary && e.status == 4 && e.Cause != UserUnknown && e.advice != "own_rights" && e.advice != "own_template" {
				assert.Regexp(t, `^(Yes|After|Perhaps|By its code, perhaps)|重新发送`, retry, where)
			}
			if e.status == 18 && e.Permanence != NoFailure && e.Cause != Suppressed && e.Cause != Unsubscribed {
				assert.Contains(t, retry, "SendCloud", where)
				assert.Regexp(t, `^(Waiting|排队中)`, what, where)
			}
		}
	}
}
