package results

import (
	"strings"

	"bounceboard/sendcloud"
	"bounceboard/sendcloud/bounce"
	"bounceboard/sendcloud/recordset"
)

// Explain says what a record's reply means.
type Explain func(sendcloud.Record) bounce.Explanation

// reply is all that an explanation rests on.
type reply struct {
	text, recipient string
	status          sendcloud.Status
	sub             sendcloud.SubStatus
}

const (
	mostCauses  = 2000     // that are remembered; a screen needs a few dozen
	longestText = 16 << 10 // of a reply that tells it from others: the explainer reads no more
)

// cause is a record's cause in the words of its column.
func (r *Results) cause(rec sendcloud.Record) string {
	if r.explain == nil {
		return ""
	}
	text := rec.SendLog[:min(len(rec.SendLog), longestText)]
	key := reply{text, rec.Recipients, rec.Status, rec.SubStatus}
	c, ok := r.causes[key]
	if !ok {
		if r.causes == nil || len(r.causes) >= mostCauses {
			r.causes = map[reply]string{}
		}
		c = r.causeText(r.explain(rec), rec)
		if len(text) < len(rec.SendLog) {
			key.text = strings.Clone(text) // the map shall not keep the rest in memory
		}
		r.causes[key] = c
	}
	return c
}

// causeText is the mark of trying again, the cause and, where it contradicts SendCloud's sub-status, a
// warning: at most widestCause columns. Mail that did not fail has none, nor has mail of which nobody
// told one.
func (r *Results) causeText(e bounce.Explanation, rec sendcloud.Record) string {
	mark := r.th.Permanence(e.Permanence.String())
	switch {
	case e.Permanence == bounce.NoFailure:
		return ""
	case recordset.Untold(rec, e):
		return ""
	case mark == "":
		mark = " "
	}
	s := mark + " " + e.Cause.Short(string(r.lang))
	if e.Contradicts(int(rec.SubStatus)) {
		s += r.th.Marks.Warn
	}
	return s
}
