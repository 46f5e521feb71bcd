// Package keymap says which key does what, and where. Keys, the bottom line, the help and README come from this one
// value; package words has the sentence for each action.
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
	Quit, ForceQuit, Help, Suspend, Redraw Action = "quit", "force quit", "help", "suspend", "redraw"

	Up, Down, First, Last              Action = "up", "down", "first", "last"
	HalfUp, HalfDown, PageUp, PageDown Action = "half up", "half down", "page up", "page down"
	NextPage, PrevPage, GoToPage       Action = "next page", "previous page", "go to page" // of the service
	NextPane, PrevPane, Open, Back     Action = "next pane", "previous pane", "open", "back"

	Query, Filter, Again, Copy, Unfold Action = "query", "filter", "again", "copy", "unfold"
	FetchAll, Counts, Facets, Timeline Action = "fetch all", "counts", "facets", "timeline"
	Pattern, FacetsBy                  Action = "pattern", "facets by" // a reply pattern, whole; the column of that number
	Sort, Mark, MarkRange, MarkAll     Action = "sort", "mark", "mark range", "mark all"

	SortRequested, SortTook, SortRecipient Action = "sort by request time", "sort by duration", "sort by recipient"
	SortDomain, SortStatus, SortSub        Action = "sort by domain", "sort by status", "sort by sub-status"
	SortCause, SortUser, SortReply         Action = "sort by cause", "sort by api user", "sort by reply"
	SortNone                               Action = "not sorted"

	Take, ToColumn         Action = "take", "to column" // take: narrow to what the cursor is on
	PrevColumn, NextColumn Action = "previous column", "next column"
	Exclude, ByLift        Action = "exclude", "by lift"            // facets: rows without this value; the odd one first
	RangeStart, ToRise     Action = "range start", "to rise"        // timeline: to where failures rose most
	ShowMails, ByDay, GoOn Action = "show mails", "by day", "go on" // counts: the rows behind a number; with what is missing
	Complete               Action = "complete"                      // while a filter is typed
	Fetch                  Action = "fetch"                         // yes, at that cost

	WidenFirst, WidenSecond Action = "widen first", "widen second" // an empty result: drop the filter most worth it, or the next one

	CopyAddress, CopyID, CopyReply  Action = "copy address", "copy email id", "copy reply"
	CopyText, CopyJSON, CopyPattern Action = "copy row as text", "copy row as JSON", "copy pattern id"
	CopyValue, CopyTable            Action = "copy value", "copy table" // of facets
	CopyMissing, CopyOutside        Action = "copy what was not found", "copy those outside too"
	CopyAnswer, CopyAnswer2         Action = "copy answer", "copy answer in the other language" // for the customer

	HandOn, WriteRows, WriteLists, WriteEvidence Action = "hand on", "write rows", "write lists", "write evidence" // to another desk

	Search, NextField, PrevField, Toggle Action = "search", "next field", "previous field", "toggle"
	Earlier, Later, Clear, Accept        Action = "earlier", "later", "clear", "accept"
	Older, Newer                         Action = "older", "newer" // what was typed before
	Everything                           Action = "everything"     // the palette
	Recipient, Label, WithDelivered      Action = "recipient", "label", "with delivered"
	Undo, Redo                           Action = "undo", "redo"
	Views, SaveView                      Action = "views", "save view"

	ReplyOn, ReplyBack                   Action = "reply on", "reply back" // table: the replies sideways
	Columns, MoveUp, MoveDown            Action = "columns", "move up", "move down"
	Narrower, Wider, ByWidth, Save, Show Action = "narrower", "wider", "columns by width", "save columns", "show column"
)

// Place is where the keyboard is.
type Place string

// The places. A key of Everywhere acts in the others as well, unless text is being typed there.
const (
	Everywhere, Table, Detail, HelpPage          Place = "everywhere", "table", "detail", "help"
	QueryForm, CopyMenu, PagePrompt, FilePrompt  Place = "query", "copy", "page", "file"
	FacetMenu, HandOnMenu                        Place = "copy facets", "hand on"
	FacetsPane, TimelinePane, CountsPage         Place = "facets", "timeline", "counts"
	PatternPage, FilterPrompt, SortMenu, Confirm Place = "pattern", "filter", "sort", "confirm" // typed behind /; a question
	Palette                                      Place = "palette"                              // everything that can be done here
	ViewPrompt                                   Place = "view"                                 // the name of a view, or what one of its variables stands for
	ColumnsPane                                  Place = "columns"                              // where the columns of the table are chosen
	MissingPane                                  Place = "missing"                              // what was looked for and not found
)

// Binding is an action and its keys, the first one shown. Keys are spelled as Bubble Tea spells them.
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
	return []Place{Table, Detail, FilterPrompt, FacetsPane, PatternPage, TimelinePane, MissingPane, CountsPage, QueryForm, CopyMenu, FacetMenu, HandOnMenu, SortMenu, PagePrompt, FilePrompt, ViewPrompt, Confirm, Palette, ColumnsPane, HelpPage, Everywhere}
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
	return p == QueryForm || p == PagePrompt || p == FilePrompt || p == ViewPrompt || p == FilterPrompt || p == Palette
}

// Action is what key does at a place. Full-width forms act as the key they
// stand for where no text is typed: an input method may be on.
func (m Map) Action(p Place, key string) (a Action, ok bool) {
	if !Typing(p) {
		key = Narrow(key)
	}
	if a, ok = find(m[p], key); ok {
		return a, true
	}
	a, ok = find(m[Everywhere], key)
	return a, ok && (!Typing(p) || a == ForceQuit || a == Suspend || a == Redraw)
}

func find(bs []Binding, key string) (Action, bool) {
	i := slices.IndexFunc(bs, func(b Binding) bool { return slices.Contains(b.Keys, key) })
	if i < 0 {
		return "", false
	}
	return bs[i].Action, true
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
func (m Map) Elsewhere(key string) (at []Place) {
	for _, p := range Places() {
		if _, ok := find(m[p], Narrow(key)); ok {
			at = append(at, p)
		}
	}
	return at
}

// Narrow turns full-width forms into ASCII, as well as the Chinese full stop and
// comma that an input method types for . and /
func Narrow(s string) string { return strings.Map(mailtext.HalfWidth, typed.Replace(s)) }

var typed = strings.NewReplacer("。", ".", "、", "/")

var moving = []Action{Up, Down, First, Last, HalfUp, HalfDown, PageUp, PageDown, NextPage, PrevPage, PrevColumn, NextColumn, Earlier, Later}

// Moves reports whether an action only moves.
func Moves(a Action) bool { return slices.Contains(moving, a) }
