package words

import (
	"bounceboard/keymap"
	"bounceboard/sendcloud"
)

// What is said about ids and addresses that have no row.
var (
	idMissing        = Sentence{"this email id was not found; {copy} {copy what was not found} copies it", "未找到该邮件 ID；按 {copy} {copy what was not found} 复制"}
	addressMissing   = Sentence{"this address has no mail here; {copy} {copy what was not found} copies it", "该地址没有邮件；按 {copy} {copy what was not found} 复制"}
	idsMissing       = Sentence{"%s of %s email ids were not found; {copy} {copy what was not found} copies them", "%[2]s 个邮件 ID 中有 %[1]s 个未找到；按 {copy} {copy what was not found} 复制"}
	addressesMissing = Sentence{"%s of %s addresses have no mail here; {copy} {copy what was not found} copies them", "%[2]s 个地址中有 %[1]s 个没有邮件；按 {copy} {copy what was not found} 复制"}
)

var (
	idLacks        = Sentence{"this email id has no %s here; %s", "未找到该邮件 ID 的%s；%s"}
	addressLacks   = Sentence{"this address has no %s here; %s", "该地址没有%s；%s"}
	idsLack        = Sentence{"%[3]s of %[4]s email ids have no %[1]s here; %[2]s", "%[4]s 个邮件 ID 中有 %[3]s 个没有%[1]s；%[2]s"}
	addressesLack  = Sentence{"%[3]s of %[4]s addresses have no %[1]s here; %[2]s", "%[4]s 个地址中有 %[3]s 个没有%[1]s；%[2]s"}
	dropsFilter    = Sentence{"{widen first}: %s", "按 {widen first} %s"}
	changesFilters = Sentence{"{query} changes the query", "按 {query} 修改查询条件"}
)

// Lacking says how many of the ids and addresses asked for no row has, where
// another filter may be the reason, and which key drops that. without is what
// that key leaves out; empty: it does not act.
func Lacking(l Lang, m keymap.Map, q sendcloud.Query, n int, without sendcloud.Param) string {
	what, cure := subject(l, q)+sentBy(l, q), l.Say(changesFilters.With(m))
	what = Lower(what)
	if without != "" {
		cure = l.Say(dropsFilter.With(m), Widening(l, without, 0))
	}
	switch {
	case len(q.EmailIDs) == 1 && len(q.Emails) == 0:
		return l.Say(idLacks, what, cure)
	case len(q.EmailIDs) == 0 && len(q.Emails) == 1:
		return l.Say(addressLacks, what, cure)
	case len(q.EmailIDs) > 0:
		return l.Say(idsLack, what, cure, Number(n), Number(len(q.EmailIDs)))
	}
	return l.Say(addressesLack, what, cure, Number(n), Number(len(q.Emails)))
}

// Filtered reports whether a query asks for less than all mail of its ids and
// addresses in its span.
func Filtered(q sendcloud.Query) bool {
	return len(q.Statuses)+len(q.SubStatuses)+len(q.APIUsers) > 0 || q.LabelID+q.LabelName != ""
}

// NotFound says how many of the ids and addresses asked for no row has.
func NotFound(l Lang, m keymap.Map, q sendcloud.Query, n int) string {
	switch {
	case len(q.EmailIDs) == 1:
		return l.Say(idMissing.With(m))
	case len(q.EmailIDs) == 0 && len(q.Emails) == 1:
		return l.Say(addressMissing.With(m))
	case len(q.EmailIDs) > 0:
		return l.Say(idsMissing.With(m), Number(n), Number(len(q.EmailIDs)))
	}
	return l.Say(addressesMissing.With(m), Number(n), Number(len(q.Emails)))
}
