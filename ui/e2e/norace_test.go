//go:build !race

package e2e

const (
	journeyRecords = 1_000_000
	campaignDays   = 20 // that they are spread over: 80,000 of the last week's are invalid
)
