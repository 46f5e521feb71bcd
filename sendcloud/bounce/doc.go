// Package bounce says what a mail server's reply means: the cause, whether the same message may pass
// later, who has to act, how sure that is, and the words that decided.
//
//	e := bounce.Default().Explain(bounce.Input{Text: sendLog, Domain: "qq.com", Status: 5, SubStatus: 505})
//	e.Cause        // bounce.RateLimited
//	e.What("zh")   // a sentence, also e.WhetherRetry and e.NextStep
//
// The knowledge is data: rules.txt holds the rules, texts.txt the sentences. The order of answers is
// the order of the rule file, the first rule that fits decides: SendCloud's own texts, the documented
// replies of single providers, what any server may say in many languages, enhanced status codes
// (RFC 3463), then the words weighed one by one, reply codes (RFC 5321), and last SendCloud's sub-status.
// Explanation.Basis says which of these it was. How much a word says for each cause is learnt from the
// labelled replies in testdata and stands in weights.tsv; it also decides between two rules that read a
// text differently, unless words that a provider documents or a user's rule decide.
//
// # Rule files
//
// A rule is one line:
//
//	user_unknown permanent sure=95 : no such colleague | (person|employee) .. has left
//
// Before the colon stand the cause and options, behind it the words. Case, accents, punctuation,
// traditional or simplified Chinese, addresses, IP addresses, codes and queue ids play no part, in the
// rule and in the reply. Words fit as whole words:
//
//	a | b          either phrase
//	(a|b) c        either word inside a phrase; {NAME} for a list given by "let NAME : a | b"
//	a .. b         b follows within a few words; a ... b on the same line or so
//	a & b          both phrases, in any order
//	a & not "b"    a, and nowhere b
//	spam*          the word may go on
//	@example.com   in a host name or a link; other words are never looked for there
//
// Options: permanent, temporary or unknown (else the reply code decides), party=TOKEN, sure=1…99 (the
// share of answers that will be right, in percent), code=55 (how the reply code begins; none for no
// code), status=5.7.1 (x for any digit), sub=406 (SendCloud's sub-status), advice=KEY (a text of its
// own), only (only where the section's provider answered), known (only for recipients at a provider named
// in a domain line), weak (only where the words, weighed, leave it open). A section "[name] sure=90" gives
// its rules a confidence; only and weak can stand there too. Long entries go on in indented lines; one that starts with | is a further alternative.
//
// Further lines name facts: "provider TOKEN : …", "domain TOKEN : example.com …", "list NAME
// https://removal : …", "phase rcpt_to : …", "temporary : …" (words that make a 5xx temporary),
// "permanent : …" (words that make any reply permanent) and "ignore : …" (phrases in which no word decides).
// Rules.Add puts a user's file before the built-in one; an error names file and line.
//
// # Bounds
//
// The first 8 KiB of a text are read, in one pass over its words: the cost grows with the text and with what
// is found in it, not with the number of rules.
package bounce
