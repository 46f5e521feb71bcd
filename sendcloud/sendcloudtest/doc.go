// Package sendcloudtest is a simulated SendCloud "delivery response" service
// (the emailStatus call) on net/http, for testing clients of any kind.
//
// [Start] runs one on loopback. A client of [Server.URL] signs in with [DefaultUser] and [DefaultKey]; [Server.Count]
// and [Server.Records] tell the truth to compare it with.
//
// Records come from [Options.Seed] and are made from their index, so a million of them cost next to no memory. Their
// times are relative to the start of the server, on the service's clock (UTC+08:00). Mail that is still requested gets
// its verdict later. Every point that no source settles is a switch in [Options]. [Options.Faults] makes a share of the
// calls fail; [Server.Script] and [Server.ScriptCode] decide what the next calls get.
package sendcloudtest
