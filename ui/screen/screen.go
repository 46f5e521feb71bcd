// Package screen says what can have the keyboard and what it may ask of the program.
//
// A screen never reaches into the program: what it wants from outside it returns as an Effect; the zero Effect asks for nothing.
package screen

import (
	"context"

	"bounceboard/keymap"
	"bounceboard/sendcloud"
	"bounceboard/sendcloud/paste"
)

// Screen is what can have the keyboard.
type Screen interface {
	Place() keymap.Place // whose bindings act here
	// Can reports whether an action does something now. The bottom line shows no other.
	Can(a keymap.Action) bool
	// Press does an action. key is the key that was pressed, for actions with a key for each of several things, such as the digits.
	Press(a keymap.Action, key string) Effect
	Resize(w, h int)
	// Draw returns at most as many lines as the screen is high, none wider than it is, and changes nothing.
	Draw(focused bool) []string
}

// Typist is a screen in which text is typed. A key without an action there, and pasted text, go into the text.
type Typist interface {
	Screen
	Type(key any) Effect // as the text field of package bubbles does
	Paste(text string) Effect
}

// Pointer says where the terminal's cursor stands in what Draw returns (a Bar: KeyLine): input methods and magnifiers follow it.
type Pointer interface {
	Caret() (x, y int, ok bool)
}

// Bar is a screen at the bottom: what lies above it stays in view. Draw gives the status lines, KeyLine the very bottom line.
type Bar interface {
	Screen
	KeyLine() string
}

// Follower is a screen about the rows. Refresh is called when they changed.
type Follower interface{ Refresh() Effect }

// Effect is what a screen or a finished job asks of the program, which does its parts in the order of the fields.
type Effect struct {
	Stop   []Kind // jobs of these kinds end
	Pop    bool   // the screen on top goes
	Push   Screen // gets the keyboard
	Filter *Step  // narrow the rows that are here by one step more
	Ask    *Question
	Do     keymap.Action // what the screen leaves to the program; empty: nothing
	Run    []Job
	Copy   *Copy
	Say    *Notice // nil: nothing to say
	Key    string  // is pressed then, as if it came from the keyboard
	Quit   bool
}

// Run, Say and Warn are the effects of jobs, of a notice, and of one about what went wrong, alone.
func Run(jobs ...Job) Effect  { return Effect{Run: jobs} }
func Say(text string) Effect  { return Effect{Say: &Notice{Text: text}} }
func Warn(text string) Effect { return Effect{Say: &Notice{Text: text, Tone: Bad}} }

// Step is one step of narrowing: a term of the filter, and the same as a person reads it.
type Step struct{ Term, Text string }

// Question is a query to ask, and how its rows are narrowed here.
type Question struct {
	Query sendcloud.Query
	Path  []Step
	Items []paste.Item // what was pasted, where the query is about that
	Fresh bool         // past our own cache
	// Person says that the mail is that of one recipient: it is listed the newest first, with a sum above it.
	Person bool
	Whole  bool // every row is fetched as soon as the first are here: the cost was agreed to
	// Then is called when the question is on screen, before its rows come; nil: nothing follows.
	Then func() Effect
}

// Copy is text for the clipboard, or a Table, above which the program sets the question, what the numbers cover and About.
type Copy struct {
	What, Text, About string
	Rows              int
	Table             [][]string
}

// Notice is what the status line says about the last key.
type Notice struct {
	Text  string
	Tone  Tone
	Stays bool // over other keys, until something else is said or answered
}

// Tone is how a notice is meant.
type Tone int

const (
	Plain Tone = iota
	Good
	Bad
)

// Kind names a kind of work. One job of a kind is under way at a time.
type Kind string

// Job is work beside the program that touches nothing but its arguments. A new one of its kind takes its place and drops its answer.
type Job struct {
	Kind Kind
	// Name tells jobs of a kind apart: a job with the name of the one under way is not started. Empty: it always is.
	Name string
	// Wait lets the job under way end before this one starts. Of jobs that wait only the last one runs.
	Wait bool
	// Run does the work until ctx ends. tell, from any goroutine, reports news to Told, in order, before Done.
	Run func(ctx context.Context, tell func(news any)) (any, error)
	// Told (nil: no news) and Done (the result) are called by the program, and only while the job is wanted.
	Told func(news any) Effect
	Done func(result any, err error) Effect
}
