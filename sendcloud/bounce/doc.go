// Package bounce says what a mail server's reply means: the cause, whether the same message may pass
// later, who has to act, how sure that is, and the words that decided.
//
//	e := bounce.Default().Explain(bounce.Input{Text: sendLog, Domain: "qq.com", Status: 5, SubStatus: 505})
//	e.Cause        // bounce.RateLimited
//	e.What("zh")   // a sentence, also e.WhetherRetry and e.NextStep
//
// The knowledge is data: rules.txt holds the rules and says how they are written, texts.txt the sentences. The
// first rule that fits decides: SendCloud's own texts, the documented replies of single providers, what any
// server may say in many languages, enhanced status codes (RFC 3463), then the words weighed one by one, reply
// codes (RFC 5321), and last SendCloud's sub-status. Explanation.Basis says which of these it was. How much a
// word says for each cause is learnt from the labelled replies in testdata and stands in weights.tsv; it also
// decides between two rules that read a text differently, unless words that a provider documents or a user's
// rule decide, and a rule whose cause is not the likeliest by all words is not sure of it. What a relay or a mail
// program writes around a reply, and clauses of courtesy, are read only where nothing else says anything.
// Rules.Add puts a user's file before the built-in one; an error names file and line.
//
// The first 8 KiB of a text are read, in one pass over its words: the cost grows with the text and with what
// is found in it, not with the number of rules.
package bounce
