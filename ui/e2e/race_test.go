//go:build race

package e2e

// journeyRecords: the race detector makes the simulated service, which runs in
// the test, ten times slower; .ci/run plays the journeys without it too.
const (
	journeyRecords = 400_000
	campaignDays   = 92
)
