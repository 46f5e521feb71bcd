package export

import (
	"cmp"
	"fmt"
	"math"
	"strings"

	"bounceboard/sendcloud"
	"bounceboard/sendcloud/bounce"
	"bounceboard/sendcloud/mailtext"
	"bounceboard/sendcloud/pattern"
	"bounceboard/sendcloud/recordset"
	"bounceboard/sendcloud/rowjson"
	"bounceboard/ui/words"
)

// Explanation is what a reply means, as a JSON object. Tokens are the same in every language; what is not known is an empty string or 0.
func Explanation(lang words.Lang, about bounce.Input, e bounce.Explanation) rowjson.Object {
	l := string(lang)
	matched := make([]any, len(e.Matched))
	for i, s := range e.Matched { // words of the reply that decided, and where they stand in its bytes
		matched[i] = rowjson.Object{{Key: "text", Value: about.Text[s.Start:s.End]}, {Key: "start", Value: s.Start}, {Key: "end", Value: s.End}}
	}
	return rowjson.Object{
		{Key: "cause", Value: e.Cause.String()},
		{Key: "permanence", Value: e.Permanence.String()},
		{Key: "confidence", Value: math.Round(e.Confidence*100) / 100},
		{Key: "party", Value: e.Party.String()},
		{Key: "provider", Value: e.Provider},
		{Key: "matched", Value: matched},
		{Key: "nextStep", Value: e.NextStep(l)},
		{Key: "whatHappened", Value: e.What(l)},
		{Key: "whetherRetry", Value: e.WhetherRetry(l)},
		{Key: "basis", Value: e.Basis.String()},
		{Key: "contradictsSubStatus", Value: e.Contradicts(about.SubStatus)},
		{Key: "replyCode", Value: e.Code},
		{Key: "enhancedCode", Value: e.Enhanced},
		{Key: "phase", Value: e.Phase},
		{Key: "refusedIp", Value: e.IP},
		{Key: "refusedDomain", Value: e.Domain},
		{Key: "blockList", Value: e.List},
		{Key: "blockListLink", Value: e.ListLink},
		{Key: "helpLink", Value: e.HelpLink},
		{Key: "waitSeconds", Value: int64(e.Wait.Seconds())},
		{Key: "sendCloudList", Value: e.SendCloudList},
		{Key: "rule", Value: e.Rule},
		{Key: "domainMeant", Value: Meant(about)},
	}
}

// Meant is the large receiver's domain from which the recipient's, or that of an address in the reply, is one letter
// away; empty where nothing seems misspelt.
func Meant(about bounce.Input) string {
	meant := mailtext.Meant(about.Domain)
	for word := range strings.FieldsSeq(about.Text) {
		if strings.Contains(word, "@") {
			meant = cmp.Or(meant, mailtext.Meant(strings.Trim(word, "<>()[],;:.\"'")))
		}
	}
	return meant
}

// ExplainColumns are columns of what a row's reply means: tokens for programs, under the names that [Explanation] has for
// them; words in the table a person reads. Where nobody said why, they are empty.
func ExplainColumns(lang words.Lang, explain func(sendcloud.Record) bounce.Explanation) (all []Column[sendcloud.Record]) {
	var last *sendcloud.Record // the row explained last: each column asks for it in turn
	told := map[string]any{}   // of it; nothing where nobody said why
	tell := func(r sendcloud.Record, name string) any {
		if last == nil || *last != r {
			last = &r
			clear(told)
			if e := explain(r); !recordset.Untold(r, e) {
				for _, member := range Explanation(lang, recordset.InputOf(r), e) {
					told[member.Key] = member.Value
				}
			}
			text, _ := pattern.Of(r.SendLog)
			told["pattern"] = string(pattern.IDOf(text))
		}
		return told[name]
	}
	for _, x := range []struct {
		name  string
		head  words.Sentence // none: not in the table
		width int
		by    recordset.Column // whose values it has
	}{
		{"cause", words.LabelCause, 12, recordset.ByCause}, {"permanence", words.LabelPermanence, 10, recordset.ByPermanence},
		{"party", words.LabelParty, 19, recordset.ByParty}, {"confidence", words.LabelConfidence, 6, recordset.ByReply},
		{"provider", words.LabelProvider, 17, recordset.ByProvider}, {"nextStep", words.LabelStep, 60, recordset.ByReply},
		{name: "whatHappened"}, {name: "whetherRetry"}, {name: "refusedIp"}, {name: "enhancedCode"}, {name: "contradictsSubStatus"}, {name: "domainMeant"},
		{"pattern", words.LabelPattern, 10, recordset.ByReply},
	} {
		all = append(all, Column[sendcloud.Record]{Name: x.name, Head: lang.Say(x.head), Width: x.width,
			Spare: x.by != recordset.ByCause && x.by != recordset.ByPermanence,
			Value: func(r sendcloud.Record) any { return tell(r, x.name) },
			Text: func(r sendcloud.Record) string {
				if v := tell(r, x.name); v != nil {
					text, _ := words.FacetValue(lang, x.by, fmt.Sprint(v))
					return text
				}
				return ""
			}})
	}
	return all
}
