//go:build !race

package ui

// anyKeys is how many sequences of keys are tried.
const anyKeys = 10_000
