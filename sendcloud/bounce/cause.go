package bounce

import (
	"slices"
	"strings"
)

// Cause says why a message was not delivered.
type Cause uint8

// The causes. Their tokens (Cause.String) never change; the short names a person reads are in texts.txt.
const (
	Other             Cause = iota // not recognised
	Delivered                      // accepted by the receiving server
	Suppressed                     // on the sending service's own list
	Unsubscribed                   // the recipient unsubscribed
	Unreachable                    // no connection, time-out, loop, retries used up
	DomainNotFound                 // the recipient's domain has no usable DNS or MX
	ServerError                    // fault or overload at the receiver
	BadAddress                     // the address is malformed
	Blocked                        // sending IP, host or domain is blocked or has a bad reputation
	RateLimited                    // too many messages, recipients or connections
	RDNSHelo                       // PTR record or HELO name is wrong
	AuthFailed                     // SPF, DKIM or DMARC failed
	UserUnknown                    // no such mailbox
	MailboxDisabled                // the mailbox is disabled, frozen, inactive
	SpamContent                    // judged as spam
	ProhibitedContent              // virus or forbidden attachment
	RecipientRefused               // the recipient or the list does not take this mail
	SenderRejected                 // envelope or From address not acceptable
	RelayDenied                    // the server does not serve this domain
	Policy                         // refused by the organisation's policy, nothing more said
	MailboxFull                    // over quota
	Greylisted                     // first contact is put off
	MessageTooLarge                // message or attachment too big
	Malformed                      // headers or MIME not valid
	ProtocolError                  // SMTP command or syntax error
	TLSRequired                    // encryption missing or failed
	causeCount
)

// Group is what causes have in common with SendCloud's sub-statuses.
type Group uint8

// The groups, named after SendCloud's sub-statuses.
const (
	GroupOther           Group = iota // 409, 509
	GroupDelivered                    // no sub-status
	GroupSuppressed                   // 401
	GroupUnsubscribed                 // 402
	GroupUnreachable                  // 403, 503
	GroupBadFormat                    // 404
	GroupIPDomain                     // 405, 505
	GroupNotExist                     // 406, 506
	GroupSpam                         // 407, 507
	GroupSenderRecipient              // 408, 508
)

// The verdicts of a cause on the recipient's address.
const addressFine, addressBad = "fine", "bad"

// causes is the list of the causes in lists.txt.
var causes = func() (all [causeCount]struct {
	group      Group
	permanence Permanence
	party      Party
	address    string
	passes     bool // "temporarily" is believed against a 5xx code
}) {
	for i, line := range lists["causes"] {
		f, c := append(strings.Fields(line), ""), &all[i]
		c.group, c.address, c.passes = groupOf(int(f[1][0]-'0')), f[4], f[5] == "passes"
		c.permanence, _ = ParsePermanence(f[2])
		c.party, _ = parseParty(f[3])
		causeTokens = append(causeTokens, f[0])
	}
	return all
}()

// tokens are the words of a kind, in the order of its constants. They never change.
type tokens[T ~uint8] []string

func (t tokens[T]) parse(token string) (T, bool) {
	i := slices.Index(t, token)
	return T(max(i, 0)), i >= 0
}

func (t tokens[T]) all() []T {
	values := make([]T, len(t))
	for i := range values {
		values[i] = T(i)
	}
	return values
}

var (
	causeTokens      tokens[Cause]
	permanenceTokens = tokens[Permanence]{"unknown", "permanent", "temporary", "-"}
	partyTokens      = tokens[Party]{"nobody", "recipient", "list_owner", "deliverability", "dns", "content", "receiver", "sendcloud_console"}
	basisTokens      = tokens[Basis]{"none", "text", "enhanced_code", "reply_code", "sub_status"}
)

// String is the cause's token, the same in every language and release.
func (c Cause) String() string { return causeTokens[c] }

// Group is the group the cause belongs to.
func (c Cause) Group() Group { return causes[c].group }

// Causes are all 26, in the order of the constants.
func Causes() []Cause { return causeTokens.all() }

// ParseCause reads a token.
func ParseCause(token string) (Cause, bool) { return causeTokens.parse(token) }

// Permanence says whether the same message may be accepted later.
type Permanence uint8

const (
	Unknown   Permanence = iota
	Permanent            // sending the same again does not help
	Temporary            // it may pass later
	NoFailure            // nothing failed
)

func (p Permanence) String() string { return permanenceTokens[p] }

// ParsePermanence reads a token.
func ParsePermanence(token string) (Permanence, bool) { return permanenceTokens.parse(token) }

// Party is who has to act.
type Party uint8

const (
	Nobody           Party = iota // wait
	Recipient                     // the person the mail was for
	ListOwner                     // whoever keeps the address list
	Deliverability                // the team that looks after sending IPs and domains
	DNS                           // whoever edits the sending domain's DNS
	Content                       // whoever writes the message
	Receiver                      // the receiving side's postmaster
	SendCloudConsole              // anybody with access to SendCloud's console
)

func (p Party) String() string { return partyTokens[p] }

// Parties are all of them.
func Parties() []Party { return partyTokens.all() }

func parseParty(token string) (Party, bool) { return partyTokens.parse(token) }

// Basis is what an explanation rests on, from best to worst.
type Basis uint8

const (
	BasisNone      Basis = iota // nothing was recognised
	BasisText                   // words of the reply
	BasisEnhanced               // only the enhanced status code (RFC 3463)
	BasisReply                  // only the reply code (RFC 5321)
	BasisSubStatus              // only what SendCloud's status or sub-status says
)

func (b Basis) String() string { return basisTokens[b] }

// groupOf is the group of the sub-statuses that end with a digit, which the constants follow; 0 for delivered.
func groupOf(digit int) Group { return Group((digit + 1) % 10) }
