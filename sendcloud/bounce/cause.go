package bounce

import "fmt"

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

// causes is in the order of the constants: token, group, what holds when no reply code says
// otherwise, and who has to act.
var causes = [causeCount]struct {
	token      string
	group      Group
	permanence Permanence
	party      Party
}{
	Other:             {"other", GroupOther, Unknown, Deliverability},
	Delivered:         {"delivered", GroupDelivered, NoFailure, Nobody},
	Suppressed:        {"suppressed", GroupSuppressed, Permanent, SendCloudConsole},
	Unsubscribed:      {"unsubscribed", GroupUnsubscribed, Permanent, ListOwner},
	Unreachable:       {"unreachable", GroupUnreachable, Temporary, Nobody},
	DomainNotFound:    {"domain_not_found", GroupUnreachable, Permanent, ListOwner},
	ServerError:       {"server_error", GroupUnreachable, Temporary, Nobody},
	BadAddress:        {"bad_address", GroupBadFormat, Permanent, ListOwner},
	Blocked:           {"blocked", GroupIPDomain, Permanent, Deliverability},
	RateLimited:       {"rate_limited", GroupIPDomain, Temporary, Deliverability},
	RDNSHelo:          {"rdns_helo", GroupIPDomain, Permanent, DNS},
	AuthFailed:        {"auth_failed", GroupIPDomain, Permanent, DNS},
	UserUnknown:       {"user_unknown", GroupNotExist, Permanent, ListOwner},
	MailboxDisabled:   {"mailbox_disabled", GroupNotExist, Permanent, ListOwner},
	SpamContent:       {"spam_content", GroupSpam, Permanent, Content},
	ProhibitedContent: {"prohibited_content", GroupSpam, Permanent, Content},
	RecipientRefused:  {"recipient_refused", GroupSenderRecipient, Permanent, Recipient},
	SenderRejected:    {"sender_rejected", GroupSenderRecipient, Permanent, Deliverability},
	RelayDenied:       {"relay_denied", GroupSenderRecipient, Permanent, Receiver},
	Policy:            {"policy", GroupSenderRecipient, Permanent, Receiver},
	MailboxFull:       {"mailbox_full", GroupOther, Temporary, Recipient},
	Greylisted:        {"greylisted", GroupOther, Temporary, Nobody},
	MessageTooLarge:   {"message_too_large", GroupOther, Permanent, Content},
	Malformed:         {"malformed", GroupOther, Permanent, Content},
	ProtocolError:     {"protocol_error", GroupOther, Permanent, Deliverability},
	TLSRequired:       {"tls_required", GroupOther, Temporary, Deliverability},
}

// String is the cause's token, the same in every language and release.
func (c Cause) String() string {
	if c >= causeCount {
		return fmt.Sprintf("cause(%d)", uint8(c))
	}
	return causes[c].token
}

// Group is the group the cause belongs to.
func (c Cause) Group() Group {
	if c >= causeCount {
		return GroupOther
	}
	return causes[c].group
}

// Causes are all 26, in the order of the constants.
func Causes() []Cause {
	all := make([]Cause, causeCount)
	for i := range all {
		all[i] = Cause(i)
	}
	return all
}

// ParseCause reads a token.
func ParseCause(token string) (Cause, bool) {
	for i, c := range causes {
		if c.token == token {
			return Cause(i), true
		}
	}
	return Other, false
}

// Permanence says whether the same message may be accepted later.
type Permanence uint8

// The permanences.
const (
	Unknown   Permanence = iota
	Permanent            // sending the same again does not help
	Temporary            // it may pass later
	NoFailure            // nothing failed
)

var permanences = [...]string{"unknown", "permanent", "temporary", "-"}

func (p Permanence) String() string { return permanences[p] }

// ParsePermanence reads a token.
func ParsePermanence(token string) (Permanence, bool) {
	for i, s := range permanences {
		if s == token {
			return Permanence(i), true
		}
	}
	return Unknown, false
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
	partyCount
)

var parties = [partyCount]string{"nobody", "recipient", "list_owner", "deliverability", "dns", "content", "receiver", "sendcloud_console"}

func (p Party) String() string { return parties[p] }

// Parties are all of them.
func Parties() []Party {
	all := make([]Party, partyCount)
	for i := range all {
		all[i] = Party(i)
	}
	return all
}

func parseParty(token string) (Party, bool) {
	for i, s := range parties {
		if s == token {
			return Party(i), true
		}
	}
	return Nobody, false
}

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

// SubStatusGroup is the group one of SendCloud's 15 sub-statuses stands for; false for any other number.
func SubStatusGroup(sub int) (Group, bool) {
	switch sub {
	case 401:
		return GroupSuppressed, true
	case 402:
		return GroupUnsubscribed, true
	case 403, 503:
		return GroupUnreachable, true
	case 404:
		return GroupBadFormat, true
	case 405, 505:
		return GroupIPDomain, true
	case 406, 506:
		return GroupNotExist, true
	case 407, 507:
		return GroupSpam, true
	case 408, 508:
		return GroupSenderRecipient, true
	case 409, 509:
		return GroupOther, true
	}
	return GroupOther, false
}
