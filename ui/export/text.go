package export

import (
	"cmp"
	"strings"

	"bounceboard/sendcloud"
	"bounceboard/sendcloud/bounce"
	"bounceboard/sendcloud/recordset"
	"bounceboard/ui/cell"
	"bounceboard/ui/words"
)

// Visible is text as it is copied or written into a file of text: its lines stay, everything else that is not
// shown on a screen stands in its visible form (^[, <U+202E>).
func Visible(text string) string {
	lines := strings.Split(strings.ReplaceAll(text, "\r\n", "\n"), "\n")
	for i, line := range lines {
		lines[i] = cell.Clean(line)
	}
	return strings.Join(lines, "\n")
}

// Text is the row as lines to paste into a ticket: what is known, labelled, the reply last, because it may have
// several lines. Where e, what the reply means, says more than the status, cause and next step are told.
func Text(lang words.Lang, r sendcloud.Record, e bounce.Explanation) string {
	var b strings.Builder
	line := func(label words.Sentence, parts ...string) {
		value := strings.Join(strings.Fields(strings.Join(parts, " ")), " ")
		if value != "" {
			b.WriteString(words.Labelled(lang, label, value) + "\n")
		}
	}
	line(words.LabelRecipient, r.Recipients)
	status := statusWord(lang, r)
	if r.Status == sendcloud.Delivered || r.Status == sendcloud.Requested { // what it means, and what not
		status += " · " + words.StatusMeaning(lang, r.Status)
	}
	line(words.LabelStatus, status)
	line(words.LabelSub, subStatus(r), words.SubStatusSaid(lang, r.SubStatus, r.SubStatusDesc))
	if recordset.Explains(r.Status, e) {
		line(words.LabelCause, e.Cause.Short(string(lang)), "·", e.What(string(lang)))
		line(words.LabelCareful, words.Contradiction(lang, e, r.SubStatus))
		line(words.LabelStep, e.NextStep(string(lang)))
	}
	const second = "2006-01-02 15:04:05 -07"
	line(words.LabelRequested, cmp.Or(clock(r.RequestTime, second), r.RequestText))
	line(words.LabelChanged, cmp.Or(clock(r.ModifiedTime, second), r.ModifiedText)+words.Spent(lang, r))
	line(words.LabelUser, r.APIUser)
	line(words.LabelID, r.EmailID)
	if reply := strings.TrimSpace(r.SendLog); reply != "" {
		b.WriteString(words.Labelled(lang, words.LabelReply, reply) + "\n")
	}
	return Visible(strings.TrimSuffix(b.String(), "\n"))
}
