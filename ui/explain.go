package ui

import (
	"strings"

	"bounceboard/sendcloud"
	"bounceboard/sendcloud/bounce"
	"bounceboard/sendcloud/recordset"
)

// explain says what a record's reply means.
func (m *Model) explain(rec sendcloud.Record) bounce.Explanation {
	_, domain, _ := strings.Cut(rec.Recipients, "@")
	return m.opt.Rules.Explain(bounce.Input{
		Text: rec.SendLog, Domain: domain, Status: int(rec.Status), SubStatus: int(rec.SubStatus)})
}

// explained is explain for the columns of a recordset.
func (m *Model) explained(rec sendcloud.Record) recordset.Explained {
	e := m.explain(rec)
	return recordset.Explained{Cause: e.Cause.String(), Permanence: e.Permanence.String(), Provider: e.Provider, RefusedIP: e.IP}
}
