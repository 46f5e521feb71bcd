// Package sendcloud reads SendCloud's delivery responses: which mail was
// delivered, which was refused, and what the receiving server said.
//
// It calls one endpoint, {base}/data/emailStatus, and can change nothing.
// A [Query] is what a person asks; [Client.Plan] freezes it into calls on the
// service's calendar (UTC+08:00); [Client.Page] reads one page of the whole
// list, and [Client.All] every record.
package sendcloud
