// Package keymap says which key does what, and where. Keys, the bottom line,
// the help and README come from this one value; package words has the
// sentence for each action.
package keymap

import (
	"cmp"
	_ "embed" // the table of bindings
	"maps"
	"slices"
	"strings"

	"bounceboard/sendcloud/mailtext"
)

// Action is what a key does.
type Action string

// The actions.
const (
	Quit      Action = "quit"
	ForceQuit Action = "force quit"
	Help      Action = "help"
	Suspend   Action = "suspend"
	Redraw    Action = "redraw"

	Up       Action = "up"
	Down     Action = "down"
	First    Action = "first"
	Last     Action = "last"
	HalfUp   Action = "half up"
	HalfDown Action = "half down"
	PageUp   Action = "page up"
	PageDown Action = "page down"

	NextPage Action = "next page"
	PrevPage Action = "previous page"
	GoToPage Action = "go to page"

	NextPane Action = "next pane"
	PrevPane Action = "previous pane"
	Open     Action = "open"
	Back     Action = "back"
	Query    Action = "query"
	Again    Action = "again"
	Copy     Action = "copy"
	Unfold   Action = "unfold"
	Pattern  Action = "pattern" // the reply pattern, whole

	FetchAll  Action = "fetch all"
	Counts    Action = "counts"
	Filter    Action = "filter"
	Facets    Action = "facets"
	FacetsBy  Action = "facets by" // the column of that number
	Timeline  Action = "timeline"
	Sort      Action = "sort"
	Mark      Action = "mark"
	MarkRange Action = "mark range"
	MarkAll   Action = "mark all"

	SortRequested Action = "sort by request time"
	SortTook      Action = "sort by duration"
	SortRecipient Action = "sort by recipient"
	SortDomain    Action = "sort by domain"
	SortStatus    Action = "sort by status"
	SortSub       Action = "sort by sub-status"
	SortCause     Action = "sort by cause"
	SortUser      Action = "sort by api user"
	SortReply     Action = "sort by reply"
	SortNone      Action = "not sorted"

	Take       Action = "take" // narrow to what the cursor is on
	ToColumn   Action = "to column"
	PrevColumn Action = "previous column"
	NextColumn Action = "next column"
	Exclude    Action = "exclude"     // in the facets: rows without this value
	ByLift     Action = "by lift"     // in the facets: the odd one first
	RangeStart Action = "range start" // in the timeline
	ToRise     Action = "to rise"     // in the timeline: where failures rose most
	Fetch      Action = "fetch"       // yes, at that cost
	ShowMails  Action = "show mails"  // in the counts: the rows behind a number
	ByDay      Action = "by day"      // in the counts
	GoOn       Action = "go on"       // in the counts: with what is missing
	Complete   Action = "complete"    // while narrowing

	WidenFirst  Action = "widen first"  // on an empty result: drop the filter most worth it
	WidenSecond Action = "widen second" // and the next one

	CopyAddress Action = "copy address"
	CopyID      Action = "copy email id"
	CopyReply   Action = "copy reply"
	CopyText    Action = "copy row as text"
	CopyJSON    Action = "copy row as JSON"
	CopyPattern Action = "copy pattern id"
	CopyMissing Action = "copy what was not found"
	CopyOutside Action = "copy those outside too" // marked, but not of the filter
	CopyFile    Action = "write to a file"

	Search    Action = "search"
	NextField Action = "next field"
	PrevField Action = "previous field"
	Toggle    Action = "toggle"
	Earlier   Action = "earlier"
	Later     Action = "later"
	Clear     Action = "clear"
	Accept    Action = "accept"
)

// Place is where the keyboard is.
type Place string

// The places. A key of Everywhere acts in the others as well, unless text is
// being typed there.
const (
	Everywhere   Place = "everywhere"
	Table        Place = "table"
	Detail       Place = "detail"
	QueryForm    Place = "query"
	CopyMenu     Place = "copy"
	PagePrompt   Place = "page"
	FilePrompt   Place = "file"
	HelpPage     Place = "help"
	FacetsPane   Place = "facets"
	TimelinePane Place = "timeline"
	CountsPage   Place = "counts"
	PatternPage  Place = "pattern"
	FilterPrompt Place = "filter"  // behind /
	SortMenu     Place = "sort"    // which column
	Confirm      Place = "confirm" // a question
)

// Binding is an action and its keys, the first one shown. Keys are spelled as
// Bubble Tea spells them.
type Binding struct {
	Action Action
	Keys   []string
	Shown  string // how the bottom line and help write the keys; empty where another binding's line has them
	Quiet  bool   // in help, but not in the bottom line
}

// Map is the bindings of each place, in the order in which they are shown.
type Map map[Place][]Binding

// Places in the order of the manual.
func Places() []Place {
	return []Place{Table, Detail, FilterPrompt, FacetsPane, PatternPage, TimelinePane, CountsPage, QueryForm, CopyMenu, SortMenu, PagePrompt, FilePrompt, Confirm, HelpPage, Everywhere}
}

// bindings.tsv is a list of bindings for each place: an action, its keys, how they are shown where their
// names do not do ("-": not at all), and "quiet". A line of one word stands for the list of that name above it.
//
//go:embed bindings.tsv
var bindings string

var defaults = parse(bindings)

// Default is the keymap of bindings.tsv.
func Default() Map { return maps.Clone(defaults) }

func parse(text string) Map {
	lists, name := Map{}, Place("")
	for line := range strings.Lines(text) {
		fields := append(strings.Split(strings.TrimRight(line, "\r\n"), "\t"), "", "", "")
		switch keys := strings.Fields(fields[2]); {
		case fields[0] != "":
			name = Place(fields[0])
		case len(keys) == 0:
			lists[name] = append(lists[name], lists[Place(fields[1])]...)
		default:
			b := Binding{Action: Action(fields[1]), Keys: keys, Shown: fields[3], Quiet: fields[4] == "quiet"}
			switch b.Shown {
			case "":
				b.Shown = shown(keys)
			case "-":
				b.Shown = ""
			}
			if keys[0] == "space" {
				keys[0] = " "
			}
			lists[name] = append(lists[name], b)
		}
	}
	maps.DeleteFunc(lists, func(p Place, _ []Binding) bool { return !slices.Contains(Places(), p) })
	return lists
}

func shown(keys []string) string {
	var names []string
	for _, key := range keys {
		names = append(names, KeyName(key))
	}
	return strings.Join(names, " ")
}

var keyNames = map[string]string{"left": "←", "right": "→", "up": "↑", "down": "↓", "pgdown": "pgdn", " ": "space"}

// KeyName is a key as the manual writes it.
func KeyName(key string) string { return cmp.Or(keyNames[key], key) }

// Typing reports whether letters are text at that place.
func Typing(p Place) bool {
	return p == QueryForm || p == PagePrompt || p == FilePrompt || p == FilterPrompt
}

// Action is what key does at a place. Full-width forms act as the key they
// stand for where no text is typed: an input method may be on.
func (m Map) Action(p Place, key string) (Action, bool) {
	if !Typing(p) {
		key = Narrow(key)
	}
	if a, ok := find(m[p], key); ok {
		return a, true
	}
	a, ok := find(m[Everywhere], key)
	if ok && Typing(p) && a != ForceQuit && a != Suspend && a != Redraw {
		return "", false
	}
	return a, ok
}

func find(bs []Binding, key string) (Action, bool) {
	for _, b := range bs {
		if slices.Contains(b.Keys, key) {
			return b.Action, true
		}
	}
	return "", false
}

// Key is the name of the first key of an action.
func (m Map) Key(a Action) string {
	for _, p := range Places() {
		for _, b := range m[p] {
			if b.Action == a {
				return KeyName(b.Keys[0])
			}
		}
	}
	return ""
}

// Elsewhere are the places where key acts, for telling why it does not here.
func (m Map) Elsewhere(key string) []Place {
	var at []Place
	for _, p := range Places() {
		if _, ok := find(m[p], Narrow(key)); ok {
			at = append(at, p)
		}
	}
	return at
}

// Narrow turns full-width forms into ASCII, as well as the Chinese full stop and
// comma that an input method types for . and /
func Narrow(s string) string {
	return strings.Map(func(r rune) rune {
		switch r {
		case '。':
			return '.'
		case '、':
			return '/'
		}
		return mailtext.HalfWidth(r)
	}, s)
}

// Moves reports whether an action only moves.
func Moves(a Action) bool {
	switch a {
	case Up, Down, First, Last, HalfUp, HalfDown, PageUp, PageDown, NextPage, PrevPage, PrevColumn, NextColumn, Earlier, Later:
		return true
	}
	return false
}
