package recordset

import (
	"strings"

	"bounceboard/sendcloud"
	"bounceboard/sendcloud/bounce"
)

// ByRules explains by the rules of package bounce.
func ByRules(rules *bounce.Rules) Explain {
	return func(r sendcloud.Record) Explained {
		e := rules.Explain(InputOf(r))
		return Explained{Cause: e.Cause.String(), Permanence: e.Permanence.String(), Provider: strings.Clone(e.Provider), RefusedIP: e.IP}
	}
}

// InputOf is what a record tells the rules. The recipient's domain is the one
// that ByDomain counts: what follows the last @, in small letters.
func InputOf(r sendcloud.Record) bounce.Input {
	return bounce.Input{Text: r.Reply(), Domain: string(appendDomain(nil, r.Recipients)), Status: int(r.Status), SubStatus: int(r.SubStatus)}
}
