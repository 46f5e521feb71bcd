//go:build race

package ui

// anyKeys is how many sequences of keys are tried. The race detector makes each
// ten times slower; .ci/run tries all of them without it.
const anyKeys = 600
