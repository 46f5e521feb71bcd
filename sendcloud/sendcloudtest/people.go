package sendcloudtest

import (
	"fmt"
	"slices"
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
	form, n := pick(h, localParts), h>>40
	if receivers[receiver].provider == "qq" && h%100 < 60 {
		form = "%[3]d"
	}
	return fmt.Sprintf(form, pick(h>>8, surnames), pick(h>>24, givenNames), 100_000_000+n*171%2_900_000_000,
		n%1000, n%100, n%10000, 1960+n%50) + "@" + receivers[receiver].domain
}

// localParts are forms of local parts, of a surname, a given name and numbers.
var localParts = []string{"%[1]s.%[2]s", "%[1]s%[2]s%[4]d", "%[2]s_%[1]s%[5]d", "%[1]s%.1[2]s%04[6]d", "%[2]s%[7]d", "%[1]s%[2]s"}
