package ui

import (
	"strings"

	"bounceboard/sendcloud"
	"bounceboard/sendcloud/bounce"
)

// explain says what a record's reply means.
func (m *Model) explain(rec sendcloud.Record) bounce.Explanation {
	_, domain, _ := strings.Cut(rec.Recipients, "@")
	return m.opt.Rules.Explain(bounce.Input{
		Text: rec.Reply(), Domain: domain, Status: int(rec.Status), SubStatus: int(rec.SubStatus)})
}
