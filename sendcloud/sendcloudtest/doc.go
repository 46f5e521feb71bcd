// Package sendcloudtest is a simulated SendCloud "delivery response" service
// (the emailStatus call) on net/http, for testing clients of any kind.
//
// Start one on loopback, point your client at its URL, and compare what the
// client says with what the server knows:
//
//	srv, err := sendcloudtest.Start(sendcloudtest.Options{Records: 1000, Seed: 1})
//	if err != nil { … }
//	defer srv.Close()
//	// Your client: POST srv.URL + "/data/emailStatus" with
//	// apiUser=sendcloudtest.DefaultUser and apiKey=sendcloudtest.DefaultKey.
//	want, err := srv.Count(url.Values{"days": {"7"}, "status": {"4"}})
//
// A [Server] is also an [http.Handler], so it runs inside httptest, and it
// answers any other client: GET and POST, below /apiv2 and below /api.
//
// # The data
//
// Records come from [Options.Seed] and are made from their index, so a million
// of them cost next to no memory. Their times are relative to the start of the
// server, on the service's clock (UTC+08:00). With [Options.Arrivals] new mail
// arrives while time passes; mail that is still requested gets its verdict
// later. [Server.Record], [Server.Records] and [Server.Count] tell the truth
// about them; [Server.Incidents] lists what a triager should be able to find.
//
// # What the documentation leaves open
//
// Every point that no source settles is a switch in [Options], and
// [Options.Switches] offers all of them as flags. The zero value plays the
// most likely service.
//
// # Faults
//
// [Options.Faults] makes a share of the calls fail. [Server.Script],
// [Server.ScriptCode] and [Server.ScriptHandler] decide what exactly the next
// calls get, which is what a deterministic test wants. [Server.Calls] is the
// log of the calls, without keys.
package sendcloudtest
