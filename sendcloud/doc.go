// Package sendcloud reads SendCloud's delivery responses: which mail was
// delivered, which was refused, and what the receiving server said.
//
// It calls one endpoint, {base}/data/emailStatus, and can change nothing.
// A [Query] is what a person asks; [Client.Plan] freezes it into calls on the
// service's calendar (UTC+08:00); [Client.Page] reads one page of the whole
// list, and [Client.All] every record.
//
// A [Client] keeps its calls within a share of the account's calls a minute,
// tries again what can pass by itself, and repeats its own answers for ten
// minutes, as the service does. Errors are typed by what one can do about
// them: [ConfigError], [ParameterError], [CredentialsError], [RateLimitError],
// [ServiceError], [NotServiceError], [NetworkError], or the context's own.
// None of them holds the key.
package sendcloud
