package ui

import (
	"time"

	"bounceboard/sendcloud"
)

// pageMsg answers fetchPage.
type pageMsg struct {
	id    int
	start int
	page  sendcloud.Page
	err   error
}

// eventMsg tells what a request is doing; next waits for the event after it.
type eventMsg struct {
	id     int
	event  sendcloud.Event
	events <-chan sendcloud.Event
	done   <-chan struct{}
}

// waitMsg says that a second of a wait has passed.
type waitMsg struct{}

// restMsg says that the selection has rested; tag tells whether it still does.
type restMsg struct{ tag int }

// oldMsg says that the rows of a search are ten minutes old.
type oldMsg struct{ id int }

// copiedMsg answers a copy command.
type copiedMsg struct {
	copied copied
	err    error
}

// wroteMsg answers a command that writes a file.
type wroteMsg struct {
	path string
	err  error
}

// endMsg ends the program from outside, by a signal.
type endMsg struct{}

const (
	restAfter = 120 * time.Millisecond
	oldAfter  = 10 * time.Minute
)
