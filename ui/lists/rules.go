// Package lists sorts failed mail for the desks that act on it: addresses to take
// off, to try again, to ask about, ours to mend, and to look at by hand.
package lists

import (
	"time"

	"bounceboard/sendcloud"
	"bounceboard/sendcloud/bounce"
)

// List is one of the five lists.
type List uint8

// The lists, in the order they are written.
const (
	Suppress List = iota // the address is gone
	Retry                // it passes, or has passed
	Ask                  // the recipient, or whoever keeps the address, must do something
	Ours                 // block, rate, authentication, content: the deliverability team
	Check                // a person must look first
	listCount
)

var names = [listCount]string{"suppress", "retry", "ask", "ours", "check"}

func (l List) String() string { return names[l] }

// Rule says why a row is on its list. It stands in the files as it is.
type Rule string

// The rules, in the order they are tried.
const (
	NoRecipient    Rule = "no_recipient"    // check: the row names nobody
	LaterDelivered Rule = "later_delivered" // check: the address got mail afterwards, or it cannot be told
	Contradiction  Rule = "contradiction"   // check: the reply's words and the sub-status disagree
	LowConfidence  Rule = "low_confidence"  // check: the cause is a guess
	AddressGone    Rule = "address_gone"    // suppress
	NotCertain     Rule = "not_certain"     // check: the address may be gone
	Passes         Rule = "passes"          // retry: the receiver's trouble, temporary
	HasPassed      Rule = "has_passed"      // retry: the receiver takes our mail again
	AskRecipient   Rule = "ask_recipient"   // ask
	OursToMend     Rule = "ours_to_mend"    // ours
)

const (
	certain = 0.93 // the explanation calls itself certain from here on
	guess   = 0.6  // below, it is a guess
)

// place finds the list of an address by its newest telling failure. later tells
// that the address got mail after it, passed that its receiver takes our mail
// again. No address is suppressed that got mail later, or whose refusal is about
// us.
func place(r sendcloud.Record, e bounce.Explanation, later, passed bool) (List, Rule) {
	switch {
	case key(r) == "":
		return Check, NoRecipient
	case later:
		return Check, LaterDelivered
	case e.Contradicts(int(r.SubStatus)):
		return Check, Contradiction
	case e.Confidence < guess:
		return Check, LowConfidence
	}
	switch e.Cause {
	case bounce.UserUnknown, bounce.BadAddress, bounce.DomainNotFound:
		switch {
		case e.Permanence == bounce.Permanent && e.Basis == bounce.BasisText && e.Confidence >= certain:
			return Suppress, AddressGone
		case e.Permanence == bounce.Temporary && e.Cause == bounce.DomainNotFound:
			return Retry, Passes
		}
		return Check, NotCertain
	case bounce.Unreachable, bounce.ServerError, bounce.Greylisted:
		if e.Permanence == bounce.Permanent && e.Cause == bounce.Unreachable {
			return Ask, AskRecipient
		}
		return Retry, Passes
	case bounce.Suppressed, bounce.Unsubscribed, bounce.MailboxDisabled, bounce.MailboxFull, bounce.RecipientRefused,
		bounce.Policy, bounce.RelayDenied:
		return Ask, AskRecipient
	case bounce.Other, bounce.Delivered:
		return Check, LowConfidence
	}
	if passed && passes(e.Cause) {
		return Retry, HasPassed
	}
	return Ours, OursToMend
}

// passes tells the causes on our side that a later delivery to the same receiver
// shows to be over. Others are about one message.
func passes(c bounce.Cause) bool {
	switch c {
	case bounce.Blocked, bounce.RateLimited, bounce.RDNSHelo, bounce.AuthFailed, bounce.SenderRejected,
		bounce.ProtocolError, bounce.TLSRequired:
		return true
	}
	return false
}

// when is the time of a row's last change; of its request where that is missing.
func when(r sendcloud.Record) time.Time {
	if r.ModifiedTime.IsZero() {
		return r.RequestTime
	}
	return r.ModifiedTime
}
