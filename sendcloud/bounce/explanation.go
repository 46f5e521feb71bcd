package bounce

import "time"

// Input is what is known about one delivery. Only Text is needed.
type Input struct {
	Text      string // the sendLog: what the receiving server said
	Domain    string // the recipient's domain; it tells the provider where the text does not
	Status    int    // SendCloud's status: 1, 4, 5, 18; 0 when not known. The advice follows it
	SubStatus int    // SendCloud's sub-status; 0 when not known
}

// Span is a part of Input.Text, in bytes.
type Span struct{ Start, End int }

// Explanation is what a reply means. Its strings are parts of the input or of the rules.
type Explanation struct {
	Cause      Cause
	Permanence Permanence
	Party      Party
	Confidence float64 // 0 … 1: the share of answers with this number that is right
	Basis      Basis
	Matched    []Span // the words that decided, in order; empty unless Basis is BasisText
	Rule       string // the deciding rule, "file:line"; empty when nothing was recognised

	Code     string // reply code, "550"
	Enhanced string // enhanced status code, "5.7.1"
	Provider string // who answered: a token of Providers, or empty
	Phase    string // the step of the SMTP session that was answered: connect, helo, mail_from, rcpt_to, data; or empty

	IP            string // the refused IP address
	Domain        string // the refused domain
	List          string // the block list that was named, "Spamhaus ZEN"
	ListLink      string // where a removal is asked for
	HelpLink      string // the first link in the reply, whole
	Wait          time.Duration
	SendCloudList string // SendCloud's list that a suppressed address is on: bounce, block, complaint; or empty

	situation
}

// situation is what the advice depends on besides the reply.
type situation struct {
	advice    string // key of a special text
	recipient string // Input.Domain, for the sentences
	status    int    // SendCloud's status of the mail: 1, 4, 5, 18, or 0
	elsewhere bool   // the provider that answered is not that of the recipient's domain
}

// Contradicts tells whether the words of the reply and SendCloud's sub-status disagree about what matters: whether
// the address is at fault. Codes contradict nothing, and nothing contradicts 409 and 509 (other).
func (e Explanation) Contradicts(sub int) bool {
	if e.Basis != BasisText || e.Confidence < 0.7 { // guesses accuse nobody
		return false
	}
	known := sub > 400 && sub < 410 || sub == 503 || sub > 504 && sub < 510
	if !known || e.Cause == Delivered {
		return known
	}
	group := groupOf(sub % 10)
	saysBad := group == GroupBadFormat || group == GroupNotExist
	saysFine := group == GroupIPDomain || group == GroupSpam || group == GroupSenderRecipient ||
		group == GroupUnreachable && e.Cause != DomainNotFound
	switch causes[e.Cause].address {
	case addressBad:
		return saysFine
	case addressFine:
		return saysBad
	}
	return false
}
