package words

import (
	"slices"
	"strings"
	"time"

	"bounceboard/keymap"
	"bounceboard/sendcloud"
	"bounceboard/sendcloud/bounce"
	"bounceboard/sendcloud/find"
	"bounceboard/sendcloud/mailtext"
	"bounceboard/sendcloud/paste"
	"bounceboard/ui/cell"
)

var (
	missingReasons = table("find_reasons") // as a sentence, and as a clause
	findWays       = pairs("find_ways")
)

// Understood says what a paste holds, before anything is asked: "1 message id of 11-30, 2 addresses".
func Understood(l Lang, p paste.Paste) string {
	var parts []string
	if n := len(p.Of(paste.EmailID)); n > 0 {
		parts = append(parts, l.Plural(n, "email id", "email ids", "个邮件 ID"))
	}
	if n := len(p.Of(paste.MessageID)); n > 0 {
		part := l.Plural(n, "message id", "message ids", "个 Message ID")
		if days := daysOf(p.Items); days != "" {
			part = l.Say(ofDays, part, days)
		}
		parts = append(parts, part)
	}
	if n := len(p.Of(paste.Address)); n > 0 {
		parts = append(parts, AddressCount(l, n))
	}
	said := []string{strings.Join(parts, l.Say(comma))}
	if len(parts) == 0 {
		said[0] = l.Say(holdsNothing)
	}
	if n := len(p.Senders); n > 0 {
		said = append(said, l.Say(sendersPassed, l.Plural(n, "sender", "senders", "个发件人")))
	}
	if n := len(p.NotUnderstood); n > 0 {
		first := brief(p.NotUnderstood[0])
		if n > 1 {
			first = l.Say(firstOf, first, Number(n))
		}
		said = append(said, l.Say(notUnderstood, first))
	}
	return strings.Join(said, l.Say(ListItem))
}

// daysOf are the days of the message ids: one, or the first and the last.
func daysOf(items []paste.Item) string {
	var days []string
	for _, i := range items {
		if t, ok := i.Sent(); ok && i.Kind == paste.MessageID {
			days = append(days, t.In(sendcloud.Zone).Format("2006-01-02"))
		}
	}
	if len(days) == 0 {
		return ""
	}
	first, last := slices.Min(days), slices.Max(days)
	if first == last {
		return first[5:]
	}
	return first[5:] + "–" + last[5:]
}

// Searching says what a search asks next, and what that costs.
func Searching(l Lang, s find.Step) string {
	q, calls := s.Query, l.Plural(s.Calls, "call", "calls", "次调用")
	if s.Whole {
		return l.Say(searchesWhole, q.StartDate, q.EndDate, calls)
	}
	return l.Say(searchesNext, l.Plural(len(q.Emails)+len(q.EmailIDs), "item", "items", "项"), q.StartDate, q.EndDate, calls)
}

// Found says how many items were found, and names the first that was not. Where the search has not ended, what is
// missing was not asked for everywhere.
func Found(l Lang, all int, missing []paste.Item, ended bool) string {
	said := foundSome
	switch {
	case len(missing) == 0:
		return l.Say(foundAll, Number(all))
	case !ended:
		said = foundSoFar
	}
	return l.Say(said, Number(all-len(missing)), Number(all), Number(len(missing)), brief(missing[0].Text))
}

// WhyMissing says why an item is missing. asked is when the service was asked, which answers the same for ten minutes.
func WhyMissing(l Lang, r find.Reason, i paste.Item, lookbackDays int, asked time.Time) string {
	return why(l, missingReasons[string(r)][0], i, lookbackDays, asked)
}

// WhyMissingShort is WhyMissing beside the item in a list.
func WhyMissingShort(l Lang, r find.Reason, i paste.Item, lookbackDays int) string {
	return why(l, missingReasons[string(r)][1], i, lookbackDays, time.Time{})
}

func why(l Lang, s Sentence, i paste.Item, lookbackDays int, asked time.Time) string {
	if !strings.Contains(s.EN, "%") {
		return l.Say(s)
	}
	again := asked.Add(10 * time.Minute).In(sendcloud.Zone).Format(time.TimeOnly)
	return l.Say(s, lookbackDays, again, mailtext.Meant(i.Recipient))
}

// Way is what may be the reason that an item is missing, and the key that does something about it.
type Way struct {
	Action keymap.Action
	Text   string
}

// Ways are the reasons that remain where an item is missing, the likeliest first.
func Ways(l Lang, r find.Reason, i paste.Item, lookbackDays int, asked time.Time) (all []Way) {
	add := func(a keymap.Action, reason string) {
		all = append(all, Way{a, why(l, findWays[reason], i, lookbackDays, asked)})
	}
	switch r {
	case find.OtherAccount:
		add(keymap.Quit, "other account")
	case find.TooOld, find.NoDay:
		add(keymap.Query, string(r))
	case find.Misspelt, find.NotFound:
		if r == find.Misspelt {
			add(keymap.WidenFirst, "typo")
		}
		add(keymap.Again, "cache")
		add(keymap.Quit, "account")
		add(keymap.Query, "not ours")
	}
	return all
}

// brief is an item or a line, harmless and not too long for a sentence.
func brief(s string) string { return cell.Style{}.Cut(s, 60) }

// What the commands that find mail and hand it on say.
var (
	FindLong       = document("find")
	FindExamples   = document("find examples")
	ListsLong      = document("lists")
	ListsExamples  = document("lists examples")
	ReportLong     = document("report")
	ReportExamples = document("report examples")

	ListsReadme = document("lists readme") // about, addresses and rows of the five lists, failed rows, all rows
	Report      = pairs("report")          // the sentences of the evidence, by what they are for
)

// AddressCount is a number of addresses.
func AddressCount(l Lang, n int) string { return l.Plural(n, "address", "addresses", "个地址") }

// answerReasons say why a mail did not arrive, as a half sentence.
var answerReasons = pairs("answer_reasons")

// answerKinds groups causes by what the recipient and we can do. A cause that is in none is unclear.
var answerKinds = map[string][]bounce.Cause{
	"address":  {bounce.DomainNotFound, bounce.BadAddress, bounce.UserUnknown, bounce.RelayDenied},
	"unused":   {bounce.MailboxDisabled},
	"full":     {bounce.MailboxFull},
	"refuses":  {bounce.RecipientRefused, bounce.Policy},
	"receiver": {bounce.Unreachable, bounce.ServerError, bounce.Greylisted},
	"ours": {bounce.Blocked, bounce.RateLimited, bounce.RDNSHelo, bounce.AuthFailed, bounce.SpamContent, bounce.ProhibitedContent,
		bounce.SenderRejected, bounce.MessageTooLarge, bounce.Malformed, bounce.ProtocolError, bounce.TLSRequired},
	"on_hold":      {bounce.Suppressed},
	"unsubscribed": {bounce.Unsubscribed},
}

// answerAdvice is what the recipient can do and what we do, by kind: while the mail is still being tried; when it
// is over and may well work later; when it is over and something has to change first, or nobody knows.
var answerAdvice = table("answer_advice")

// answerOpenings are the first sentence by status: with a reason, where none is known, and where our own lists held the mail back.
var answerOpenings = table("answer_openings")

var (
	answerDelivered = Sentence{"Your mail provider has accepted the mail. Please look in your junk and other folders, and search for the name of the sender. " +
		"If it is in none of them, let us know, and we will look into it with you.",
		"您的邮箱服务方已经接收了这封邮件。请看一下垃圾邮件等其他文件夹，也可以搜索发件人的名称。如果都没有，请告诉我们，我们会继续为您查找。"}
	answerUnknown = Sentence{"We cannot see yet whether the mail has arrived; please look in your junk folder as well. We are looking into it and will get back to you.",
		"我们暂时还看不到这封邮件是否已经送到，请您也看一下垃圾邮件文件夹。我们正在查询，有结果会马上告诉您。"}
)

// Answer is what support says to the person who misses a mail: what happened, what they can do, what we do. It is two or three
// plain sentences, without codes, without the words of mail servers, without blame and without anything about other people. A mail
// that is requested is still being tried; one that is invalid or a soft bounce is over and only arrives if it is sent again.
func Answer(l Lang, status sendcloud.Status, e bounce.Explanation) string {
	switch status {
	case sendcloud.Delivered:
		return l.Say(answerDelivered)
	case sendcloud.StatusUnknown:
		return l.Say(answerUnknown)
	}
	if !tellable(e) {
		e.Cause = bounce.Other
	}
	kind, why, opening := "unclear", l.Say(answerReasons[e.Cause.String()]), answerOpenings[status.String()]
	for k, causes := range answerKinds {
		if slices.Contains(causes, e.Cause) {
			kind = k
		}
	}
	advice := 2
	switch {
	case status == sendcloud.Requested:
		advice = 0
	case passes(e):
		advice = 1
	}
	first := l.Say(opening[1])
	switch {
	case kind == "unclear":
	case kind == "on_hold" || kind == "unsubscribed":
		first = l.Say(opening[2], why)
	default:
		first = l.Say(opening[0], why)
	}
	return first + l.Say(Sentence{" ", ""}) + l.Say(answerAdvice[kind][advice])
}

// tellable reports whether the cause may be told to a customer: a guess from a bare code may not. The service's own
// sub-status is believed a little sooner, but not where it means one of two things (408, 508).
func tellable(e bounce.Explanation) bool {
	const sure, bySubStatus = 0.6, 0.5
	return e.Confidence >= sure || e.Basis == bounce.BasisSubStatus && e.Confidence >= bySubStatus
}

// passes reports whether the mail may work later. Whatever the reply says, some causes pass, and some do not before
// something is changed.
func passes(e bounce.Explanation) bool {
	switch e.Cause {
	case bounce.Greylisted, bounce.RateLimited:
		return true
	case bounce.BadAddress, bounce.MessageTooLarge, bounce.Malformed, bounce.ProhibitedContent, bounce.RDNSHelo, bounce.AuthFailed:
		return false
	}
	return e.Permanence == bounce.Temporary
}
