package recordset

import (
	"strings"

	"bounceboard/sendcloud"
	"bounceboard/sendcloud/bounce"
)

// ByRules explains by the rules of package bounce.
func ByRules(rules *bounce.Rules) Explain {
	return func(r sendcloud.Record) Explained {
		e := rules.Explain(bounce.Input{Text: r.Reply(), Domain: DomainOf(r.Recipients), Status: int(r.Status), SubStatus: int(r.SubStatus)})
		return Explained{Cause: e.Cause.String(), Permanence: e.Permanence.String(), Provider: strings.Clone(e.Provider), RefusedIP: e.IP}
	}
}

// DomainOf is what follows the last @ of an address, in small letters, as
// ByDomain counts it.
func DomainOf(address string) string { return string(appendDomain(nil, address)) }
