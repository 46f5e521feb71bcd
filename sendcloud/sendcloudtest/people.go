package sendcloudtest

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// BlockedIP is the sending IP that qq.com refuses in the demonstration's incident.
const BlockedIP = "203.0.113.9"

// FullMailbox is the recipient whose mailbox is full.
const FullMailbox = "wang.fang@example.com.cn"

// senderIPs are the account's sending IPs. BlockedIP sends the most.
var senderIPs = []string{BlockedIP, BlockedIP, BlockedIP, "203.0.113.10", "203.0.113.11", "192.0.2.40", "192.0.2.41"}

// receiver is a domain that mail goes to. Corporate names are example domains.
type receiver struct {
	domain   string
	provider string // who runs the receiving servers; it decides how replies read
}

var (
	receivers     = each("receiver", func(f []string) receiver { return receiver{f[0], f[1]} })
	receiverWheel = newWheel(column("receiver", 2))
	surnames      = strings.Fields(column("surnames", 0))
	givenNames    = strings.Fields(column("given", 0))

	fullMailboxReceiver = slices.IndexFunc(receivers, func(r receiver) bool { return r.domain == "example.com.cn" })
)

// mailHost is a receiving server: one of the provider's, or one in the
// recipient's domain; {} in its name stands for the domain with dashes.
func mailHost(h uint64, receiver int) string {
	r := receivers[receiver]
	for _, f := range world["provider"] {
		if hosts := strings.Fields(f[1]); f[0] == r.provider && len(hosts) > 0 {
			return strings.ReplaceAll(pick(h, hosts), "{}", strings.ReplaceAll(r.domain, ".", "-"))
		}
	}
	return fmt.Sprintf("mx%d.%s", 1+h%2, r.domain)
}

// apiUser is one of the account's api users, and what it mails.
type apiUser struct {
	name   string
	labels wheel // into labels
}

var (
	apiUsers  = each("user", func(f []string) apiUser { return apiUser{f[0], newWheel(f[2])} })
	userWheel = newWheel(column("user", 1))
)

// Label is a label of the simulated account.
type Label struct {
	ID   int
	Name string
}

// The labels that incidents have.
const deadListLabel, spamLabel = 4, 5

var labels = each("label", func(f []string) Label { return Label{whole(f[0]), f[1]} })

// fullMailboxPerson is the person behind FullMailbox.
const fullMailboxPerson = 1<<64 - 1

func (d *data) receiverOf(person uint64) int {
	if person == fullMailboxPerson {
		return fullMailboxReceiver
	}
	return receiverWheel.pick(hash(d.seed, person, forReceiver))
}

// address is the one address of a person.
func (d *data) address(person uint64, receiver int) string {
	if person == fullMailboxPerson {
		return FullMailbox
	}
	h := hash(d.seed, person, forLocalPart)
	r := receivers[receiver]
	surname, given := pick(h>>8, surnames), pick(h>>24, givenNames)
	n := h >> 40
	if r.provider == "qq" && h%100 < 60 {
		return strconv.FormatUint(100_000_000+n*171%2_900_000_000, 10) + "@" + r.domain
	}
	local := surname + given
	switch h % 6 {
	case 0:
		local = surname + "." + given
	case 1:
		local += strconv.FormatUint(n%1000, 10)
	case 2:
		local = fmt.Sprintf("%s_%s%d", given, surname, n%100)
	case 3:
		local = fmt.Sprintf("%s%s%04d", surname, given[:1], n%10000)
	case 4:
		local = fmt.Sprintf("%s%d", given, 1960+n%50)
	}
	return local + "@" + r.domain
}
