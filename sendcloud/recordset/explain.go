package recordset

import (
	"strings"

	"bounceboard/sendcloud"
	"bounceboard/sendcloud/bounce"
)

// Explained is what is told about a row beyond what the service says.
type Explained struct {
	Cause      string // token, "user_unknown"
	Permanence string // "permanent", "temporary", "unknown", "-"
	Provider   string // who answered, empty when not known
	RefusedIP  string // the IP that the receiver refused, empty for none
}

// Explain tells what a record's reply means. It is called about once for each
// pattern, domain and sub-status, from any goroutine.
type Explain func(sendcloud.Record) Explained

// ByRules explains by the rules of package bounce. Of what is Untold every
// value is empty.
func ByRules(rules *bounce.Rules) Explain {
	return func(r sendcloud.Record) Explained {
		e := rules.Explain(InputOf(r))
		if Untold(r, e) {
			return Explained{}
		}
		return Explained{Cause: e.Cause.String(), Permanence: e.Permanence.String(), Provider: strings.Clone(e.Provider), RefusedIP: e.IP}
	}
}

// InputOf is what a record tells the rules. The recipient's domain is the one
// that ByDomain counts: what follows the last @, in small letters.
func InputOf(r sendcloud.Record) bounce.Input {
	return bounce.Input{Text: r.Reply(), Domain: string(appendDomain(nil, r.Recipients)), Status: int(r.Status), SubStatus: int(r.SubStatus)}
}

// Explains reports whether an explanation says more of a mail than its status
// does: of delivered mail the status says everything, and so it does of mail
// under way whose reply tells nothing yet.
func Explains(s sendcloud.Status, e bounce.Explanation) bool {
	if s == sendcloud.Delivered || s == sendcloud.Requested {
		return e.Basis != bounce.BasisNone && e.Basis != bounce.BasisSubStatus && e.Cause != bounce.Delivered
	}
	return e.Basis != bounce.BasisNone
}

// Untold reports whether nobody said why a mail is where it is: it is under
// way, or no reply came, and nothing else tells a cause. Such a mail has
// neither cause nor permanence nor provider, wherever it is shown, counted or
// narrowed.
func Untold(r sendcloud.Record, e bounce.Explanation) bool {
	if r.Status == sendcloud.Delivered || Explains(r.Status, e) {
		return false
	}
	return r.Status == sendcloud.Requested || strings.TrimSpace(r.Reply()) == ""
}
