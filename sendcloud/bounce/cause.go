package bounce

import "slices"

// Cause says why a message was not delivered.
type Cause uint8

// The causes. Their tokens (Cause.String) never change; the short names a person reads are in
// texts.txt.
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

// address is what a cause says of the recipient's address.
type address uint8

const (
	addressOpen address = iota // nothing
	addressFine
	addressBad
)

// causes is in the order of the constants: token, group, what holds when no reply code says otherwise,
// who has to act, what it says of the address, and whether "temporarily" in the text may be believed
// against a 5xx code.
var causes = [causeCount]struct {
	token      string
	group      Group
	permanence Permanence
	party      Party
	address    address
	passes     bool
}{
	Other:             {"other", GroupOther, Unknown, Deliverability, addressOpen, true},
	Delivered:         {"delivered", GroupDelivered, NoFailure, Nobody, addressFine, false},
	Suppressed:        {"suppressed", GroupSuppressed, Permanent, SendCloudConsole, addressOpen, false},
	Unsubscribed:      {"unsubscribed", GroupUnsubscribed, Permanent, ListOwner, addressOpen, false},
	Unreachable:       {"unreachable", GroupUnreachable, Temporary, Nobody, addressFine, true},
	DomainNotFound:    {"domain_not_found", GroupUnreachable, Permanent, ListOwner, addressBad, false},
	ServerError:       {"server_error", GroupUnreachable, Temporary, Nobody, addressFine, true},
	BadAddress:        {"bad_address", GroupBadFormat, Permanent, ListOwner, addressBad, false},
	Blocked:           {"blocked", GroupIPDomain, Permanent, Deliverability, addressFine, true},
	RateLimited:       {"rate_limited", GroupIPDomain, Temporary, Deliverability, addressFine, false},
	RDNSHelo:          {"rdns_helo", GroupIPDomain, Permanent, DNS, addressFine, true},
	AuthFailed:        {"auth_failed", GroupIPDomain, Permanent, DNS, addressFine, true},
	UserUnknown:       {"user_unknown", GroupNotExist, Permanent, ListOwner, addressBad, false},
	MailboxDisabled:   {"mailbox_disabled", GroupNotExist, Permanent, ListOwner, addressBad, true},
	SpamContent:       {"spam_content", GroupSpam, Permanent, Content, addressFine, true},
	ProhibitedContent: {"prohibited_content", GroupSpam, Permanent, Content, addressFine, false},
	RecipientRefused:  {"recipient_refused", GroupSenderRecipient, Permanent, Recipient, addressFine, true},
	SenderRejected:    {"sender_rejected", GroupSenderRecipient, Permanent, Deliverability, addressFine, true},
	RelayDenied:       {"relay_denied", GroupSenderRecipient, Permanent, Receiver, addressOpen, true},
	Policy:            {"policy", GroupSenderRecipient, Permanent, Receiver, addressFine, true},
	MailboxFull:       {"mailbox_full", GroupOther, Temporary, Recipient, addressFine, false},
	Greylisted:        {"greylisted", GroupOther, Temporary, Nobody, addressFine, false},
	MessageTooLarge:   {"message_too_large", GroupOther, Permanent, Content, addressFine, false},
	Malformed:         {"malformed", GroupOther, Permanent, Content, addressFine, false},
	ProtocolError:     {"protocol_error", GroupOther, Permanent, Deliverability, addressFine, false},
	TLSRequired:       {"tls_required", GroupOther, Temporary, Deliverability, addressFine, false},
}

var causeTokens = func() (all []string) {
	for _, c := range causes {
		all = append(all, c.token)
	}
	return all
}()

// parse finds a token among those of a kind.
func parse[T ~uint8](tokens []string, token string) (T, bool) {
	i := slices.Index(tokens, token)
	return T(max(i, 0)), i >= 0
}

// all are the values of a kind, in the order of its constants.
func all[T ~uint8](tokens []string) []T {
	values := make([]T, len(tokens))
	for i := range values {
		values[i] = T(i)
	}
	return values
}

// String is the cause's token, the same in every language and release.
func (c Cause) String() string { return causeTokens[c] }

// Group is the group the cause belongs to.
func (c Cause) Group() Group { return causes[c].group }

// Causes are all 26, in the order of the constants.
func Causes() []Cause { return all[Cause](causeTokens) }

// ParseCause reads a token.
func ParseCause(token string) (Cause, bool) { return parse[Cause](causeTokens, token) }

// Permanence says whether the same message may be accepted later.
type Permanence uint8

// The permanences.
const (
	Unknown   Permanence = iota
	Permanent            // sending the same again does not help
	Temporary            // it may pass later
	NoFailure            // nothing failed
)

var permanenceTokens = []string{"unknown", "permanent", "temporary", "-"}

func (p Permanence) String() string { return permanenceTokens[p] }

// ParsePermanence reads a token.
func ParsePermanence(token string) (Permanence, bool) {
	return parse[Permanence](permanenceTokens, token)
}

// Party is who has to act.
type Party uint8

// The parties.
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

var partyTokens = []string{"nobody", "recipient", "list_owner", "deliverability", "dns", "content", "receiver", "sendcloud_console"}

func (p Party) String() string { return partyTokens[p] }

// Parties are all of them.
func Parties() []Party { return all[Party](partyTokens) }

func parseParty(token string) (Party, bool) { return parse[Party](partyTokens, token) }

// Basis is what an explanation rests on, from best to worst.
type Basis uint8

// The bases.
const (
	BasisNone      Basis = iota // nothing was recognised
	BasisText                   // words of the reply
	BasisEnhanced               // only the enhanced status code (RFC 3463)
	BasisReply                  // only the reply code (RFC 5321)
	BasisSubStatus              // only what SendCloud's status or sub-status says
)

func (b Basis) String() string {
	return [...]string{"none", "text", "enhanced_code", "reply_code", "sub_status"}[b]
}

// Phase is the step of the SMTP session that was answered; empty when the text does not tell.
type Phase string

// The phases.
const (
	PhaseConnect Phase = "connect"
	PhaseHelo    Phase = "helo"
	PhaseMail    Phase = "mail_from"
	PhaseRcpt    Phase = "rcpt_to"
	PhaseData    Phase = "data"
)

// subStatusGroups are the groups of the 15 sub-statuses.
var subStatusGroups = map[int]Group{
	401: GroupSuppressed, 402: GroupUnsubscribed, 403: GroupUnreachable, 404: GroupBadFormat, 405: GroupIPDomain,
	406: GroupNotExist, 407: GroupSpam, 408: GroupSenderRecipient, 409: GroupOther, 503: GroupUnreachable,
	505: GroupIPDomain, 506: GroupNotExist, 507: GroupSpam, 508: GroupSenderRecipient, 509: GroupOther,
}

// SubStatusGroup is the group one of SendCloud's sub-statuses stands for; false for any other number.
func SubStatusGroup(sub int) (Group, bool) {
	g, ok := subStatusGroups[sub]
	return g, ok
}
