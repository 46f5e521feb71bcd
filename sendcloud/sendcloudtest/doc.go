// Package sendcloudtest is a simulated SendCloud "delivery response" service
// (the emailStatus call) on net/http, for testing clients of any kind.
//
// [Start] runs one on loopback. A client of [Server.URL] signs in with
// [DefaultUser] and [DefaultKey]; [Server.Count], [Server.Record] and
// [Server.Records] tell the truth to compare it with. A [Server] is an
// [http.Handler] as well: GET and POST, below /apiv2 and below /api.
//
// Records come from [Options.Seed] and are made from their index, so a million
// of them cost next to no memory. Their times are relative to the start of the
// server, on the service's clock (UTC+08:00). With [Options.Arrivals] new mail
// arrives while time passes; mail that is still requested gets its verdict
// later. [Server.Incidents] lists what a triager should be able to find.
//
// Every point that no source settles is a switch in [Options], and
// [Options.Switches] offers all of them as flags; the zero value plays the most
// likely service. [Options.Faults] makes a share of the calls fail;
// [Server.Script] and [Server.ScriptCode] decide what the next calls get.
// [Server.Calls] is the log of the calls, without keys.
package sendcloudtest
