// Package screen says what can have the keyboard and what it may ask of the
// program.
//
// Screens stand on a stack in package ui; the top one has the keyboard. A
// screen never reaches into the program. What it wants from outside it returns
// as an Effect; the zero Effect asks for nothing.
package screen

import (
	"context"

	"bounceboard/keymap"
	"bounceboard/sendcloud"
)

// Screen is what can have the keyboard.
type Screen interface {
	// Place is the place of the keymap whose bindings act here.
	Place() keymap.Place
	// Can reports whether an action does something now. The bottom line shows
	// no other.
	Can(a keymap.Action) bool
	// Press does an action. key is the key that was pressed, for actions that
	// have a key for each of several things, such as the digits.
	Press(a keymap.Action, key string) Effect
	// Resize gives the screen w×h cells.
	Resize(w, h int)
	// Draw returns at most as many lines as the screen is high, none wider than
	// it is. It changes nothing. focused says that the screen has the keyboard.
	Draw(focused bool) []string
}

// Typist is a screen in which text is typed. A key without an action there, and
// pasted text, go into the text.
type Typist interface {
	Screen
	// Type takes a key press as the text field of package bubbles does.
	Type(key any) Effect
	Paste(text string) Effect
}

// Effect is what a screen or a finished job asks of the program.
type Effect struct {
	Push   Screen // gets the keyboard
	Pop    bool   // the screen on top goes
	Run    []Job
	Stop   []Kind  // jobs of these kinds end
	Say    *Notice // nil: nothing to say
	Filter *Step   // narrow the rows that are here by one step more
	Ask    *Question
	Copy   *Copy
	Quit   bool
}

// Step is one step of narrowing: a term of the filter, and the same as a person
// reads it.
type Step struct{ Term, Text string }

// Question is a query to ask, and how its rows are narrowed here.
type Question struct {
	Query sendcloud.Query
	Path  []Step
	Fresh bool // past our own cache
}

// Copy is text for the clipboard. What names it in a sentence; Rows is the
// number of rows it is made of.
type Copy struct {
	What, Text string
	Rows       int
}

// Notice is what the status line says about the last key.
type Notice struct {
	Text string
	Tone Tone
}

// Tone is how a notice is meant.
type Tone int

// The tones.
const (
	Plain Tone = iota
	Good
	Bad
)

// Kind names a kind of work. A new job of a kind takes the place of the one
// under way.
type Kind string

// Job is work that runs beside the program. It touches nothing but its
// arguments.
type Job struct {
	Kind Kind
	// Run does the work until ctx ends. tell reports news on the way, in order;
	// it returns when the program has taken it, or when ctx ends.
	Run func(ctx context.Context, tell func(news any)) (any, error)
	// Told takes news on the way; nil: there is none. Done takes the result.
	// Both are called by the program, and only while the job is wanted.
	Told func(news any) Effect
	Done func(result any, err error) Effect
}
