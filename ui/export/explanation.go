package export

import (
	"math"

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
		{Key: "confidence", Value: Confidence(e)},
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
		{Key: "phase", Value: string(e.Phase)},
		{Key: "refusedIp", Value: e.IP},
		{Key: "refusedDomain", Value: e.Domain},
		{Key: "blockList", Value: e.List},
		{Key: "blockListLink", Value: e.ListLink},
		{Key: "helpLink", Value: e.HelpLink},
		{Key: "waitSeconds", Value: int64(e.Wait.Seconds())},
		{Key: "sendCloudList", Value: string(e.SendCloudList)},
		{Key: "rule", Value: e.Rule},
		{Key: "domainMeant", Value: mailtext.Meant(about.Domain)}, // the large receiver's that is one letter away
	}
}

// Confidence has two digits: more is not known.
func Confidence(e bounce.Explanation) float64 { return math.Round(e.Confidence*100) / 100 }
