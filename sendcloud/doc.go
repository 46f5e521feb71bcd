// Package sendcloud reads SendCloud's delivery responses: which mail was
// delivered, which was refused, and what the receiving server said.
//
// It calls one endpoint, {base}/data/emailStatus, and can change nothing.
// A [Query] is what a person asks; [Client.Plan] freezes it into windows on the
// service's calendar (UTC+08:00): days that one call may cover, with an address,
// ids and a filter. Three readers stand on them: [Client.Page] reads one page of
// the whole list, [Client.All] every record, by a scan of each window with pages
// that overlap, and [Client.Count] the numbers alone.
//
// An open list is one whose end is not known, because the service told no total
// that can be true: more rows may follow.
//
// A [Client] keeps its calls within a share of the account's calls a minute,
// tries again what can pass by itself, and repeats its own answers for ten
// minutes, as the service does. Errors are typed by what one can do about
// them: [ConfigError], [ParameterError], [CredentialsError], [RateLimitError],
// [ServiceError], [NotServiceError], [NetworkError], or the context's own.
// None of them holds the key.
package sendcloud
