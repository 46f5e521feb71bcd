package words

import (
	"slices"

	"bounceboard/sendcloud"
	"bounceboard/sendcloud/bounce"
)

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

// answerOpenings are the first sentence by status: with a reason, where none is known, and where our own lists
// held the mail back.
var answerOpenings = table("answer_openings")

var (
	answerDelivered = Sentence{"Your mail provider has accepted the mail. Please look in your junk and other folders, and search for the name of the sender. " +
		"If it is in none of them, let us know, and we will look into it with you.",
		"您的邮箱服务方已经接收了这封邮件。请看一下垃圾邮件等其他文件夹，也可以搜索发件人的名称。如果都没有，请告诉我们，我们会继续为您查找。"}
	answerUnknown = Sentence{"We cannot see yet whether the mail has arrived; please look in your junk folder as well. We are looking into it and will get back to you.",
		"我们暂时还看不到这封邮件是否已经送到，请您也看一下垃圾邮件文件夹。我们正在查询，有结果会马上告诉您。"}
)

// Answer is what support says to the person who misses a mail: what happened, what they can do, what we do. It is
// two or three plain sentences, without codes, without the words of mail servers, without blame and without
// anything about other people. A mail that is requested is still being tried; one that is invalid or a soft bounce
// is over and only arrives if it is sent again.
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
