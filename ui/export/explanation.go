package export

import (
	"cmp"
	"math"
	"strings"

	"bounceboard/sendcloud/bounce"
	"bounceboard/sendcloud/mailtext"
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
