//go:build !race

package e2e

const journeyRecords = 1_000_000
