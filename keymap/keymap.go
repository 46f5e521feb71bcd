// Package keymap says which key does what, and where. Keys, the bottom line,
// the help and README come from this one value; package words has the
// sentence for each action.
package keymap

import "strings"

// Action is what a key does.
type Action string

// The actions.
const (
	Quit      Action = "quit"
	ForceQuit Action = "force quit"
	Help      Action = "help"
	Suspend   Action = "suspend"

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
	AskService Action = "ask service" // while narrowing: let the service do it
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
	Shown  string // how the bottom line and help write the keys
	Quiet  bool   // in help, but not in the bottom line
}

// Map is the bindings of each place, in the order in which they are shown.
type Map map[Place][]Binding

// Places in the order of the manual.
func Places() []Place {
	return []Place{Table, Detail, FilterPrompt, FacetsPane, PatternPage, TimelinePane, CountsPage, QueryForm, CopyMenu, SortMenu, PagePrompt, FilePrompt, Confirm, HelpPage, Everywhere}
}

// Default is the keymap of design.md.
func Default() Map {
	return Map{
		Table:        tableKeys,
		Detail:       detailKeys,
		QueryForm:    formKeys,
		CopyMenu:     copyKeys,
		FilterPrompt: filterKeys,
		FacetsPane:   facetsKeys,
		PatternPage:  patternKeys,
		TimelinePane: timelineKeys,
		CountsPage:   countsKeys,
		SortMenu:     sortKeys,
		Confirm:      {{Action: Fetch, Keys: []string{"enter", "y"}, Shown: "enter"}, {Action: Back, Keys: []string{"esc", "n"}, Shown: "esc"}},
		PagePrompt:   {{Action: Accept, Keys: []string{"enter"}, Shown: "enter"}, back},
		FilePrompt:   {{Action: Accept, Keys: []string{"enter"}, Shown: "enter"}, back},
		HelpPage:     with(back),
		Everywhere: {
			{Action: Help, Keys: []string{"?"}, Shown: "?"},
			{Action: Quit, Keys: []string{"q"}, Shown: "q"},
			{Action: Suspend, Keys: []string{"ctrl+z"}, Shown: "ctrl+z", Quiet: true},
			{Action: ForceQuit, Keys: []string{"ctrl+c"}, Shown: "ctrl+c", Quiet: true},
		},
	}
}

// moving are the keys that move in a list or a text.
var moving = []Binding{
	{Action: Up, Keys: []string{"up", "k"}, Shown: "↑ k", Quiet: true},
	{Action: Down, Keys: []string{"down", "j"}, Shown: "↓ j", Quiet: true},
	{Action: First, Keys: []string{"g", "home"}, Shown: "g home", Quiet: true},
	{Action: Last, Keys: []string{"G", "end"}, Shown: "G end", Quiet: true},
	{Action: HalfDown, Keys: []string{"ctrl+d"}, Shown: "ctrl+d", Quiet: true},
	{Action: HalfUp, Keys: []string{"ctrl+u"}, Shown: "ctrl+u", Quiet: true},
	{Action: PageDown, Keys: []string{"pgdown"}, Shown: "pgdn", Quiet: true},
	{Action: PageUp, Keys: []string{"pgup"}, Shown: "pgup", Quiet: true},
}

func with(more ...Binding) []Binding { return append(append([]Binding{}, moving...), more...) }

var back = Binding{Action: Back, Keys: []string{"esc"}, Shown: "esc"}

var tableKeys = with(
	Binding{Action: Open, Keys: []string{"enter"}, Shown: "enter"},
	Binding{Action: Query, Keys: []string{"f"}, Shown: "f"},
	Binding{Action: Filter, Keys: []string{"/"}, Shown: "/"},
	Binding{Action: FetchAll, Keys: []string{"a"}, Shown: "a"},
	Binding{Action: Facets, Keys: []string{"v"}, Shown: "v"},
	Binding{Action: Counts, Keys: []string{"c"}, Shown: "c"},
	Binding{Action: NextPage, Keys: []string{"n"}, Shown: "n"},
	Binding{Action: PrevPage, Keys: []string{"p"}, Shown: "p", Quiet: true},
	Binding{Action: Timeline, Keys: []string{"t"}, Shown: "t", Quiet: true},
	Binding{Action: Sort, Keys: []string{"s"}, Shown: "s", Quiet: true},
	Binding{Action: Mark, Keys: []string{" "}, Shown: "space", Quiet: true},
	Binding{Action: MarkRange, Keys: []string{"M"}, Shown: "M", Quiet: true},
	Binding{Action: MarkAll, Keys: []string{"*"}, Shown: "*", Quiet: true},
	Binding{Action: GoToPage, Keys: []string{"#"}, Shown: "#", Quiet: true},
	Binding{Action: Pattern, Keys: []string{"i"}, Shown: "i", Quiet: true},
	Binding{Action: Copy, Keys: []string{"y"}, Shown: "y"},
	Binding{Action: Again, Keys: []string{"r"}, Shown: "r"},
	Binding{Action: NextPane, Keys: []string{"tab"}, Shown: "tab", Quiet: true},
	Binding{Action: PrevPane, Keys: []string{"shift+tab"}, Shown: "shift+tab", Quiet: true},
	Binding{Action: WidenFirst, Keys: []string{"1"}, Shown: "1 2"},
	Binding{Action: FacetsBy, Keys: []string{"3", "4", "5", "6", "7", "8", "9", "0"}, Shown: "1…9 0", Quiet: true},
	Binding{Action: WidenSecond, Keys: []string{"2"}, Shown: "2", Quiet: true},
	back,
)

var detailKeys = with(
	Binding{Action: Unfold, Keys: []string{"u"}, Shown: "u"},
	Binding{Action: Copy, Keys: []string{"y"}, Shown: "y"},
	Binding{Action: Pattern, Keys: []string{"i"}, Shown: "i"},
	Binding{Action: NextPane, Keys: []string{"tab"}, Shown: "tab", Quiet: true},
	Binding{Action: PrevPane, Keys: []string{"shift+tab"}, Shown: "shift+tab", Quiet: true},
	Binding{Action: NextPage, Keys: []string{"n"}, Shown: "n", Quiet: true},
	Binding{Action: PrevPage, Keys: []string{"p"}, Shown: "p", Quiet: true},
	Binding{Action: Query, Keys: []string{"f"}, Shown: "f", Quiet: true},
	Binding{Action: Again, Keys: []string{"r"}, Shown: "r", Quiet: true},
	Binding{Action: Filter, Keys: []string{"/"}, Shown: "/", Quiet: true},
	Binding{Action: Counts, Keys: []string{"c"}, Shown: "c", Quiet: true},
	Binding{Action: FetchAll, Keys: []string{"a"}, Shown: "a", Quiet: true},
	Binding{Action: Facets, Keys: []string{"v"}, Shown: "v", Quiet: true},
	Binding{Action: Timeline, Keys: []string{"t"}, Shown: "t", Quiet: true},
	Binding{Action: Sort, Keys: []string{"s"}, Shown: "s", Quiet: true},
	Binding{Action: Mark, Keys: []string{" "}, Shown: "space", Quiet: true},
	back,
)

var formKeys = []Binding{
	{Action: Search, Keys: []string{"enter"}, Shown: "enter"},
	{Action: NextField, Keys: []string{"tab"}, Shown: "tab"},
	{Action: PrevField, Keys: []string{"shift+tab"}, Shown: "shift+tab", Quiet: true},
	{Action: Up, Keys: []string{"up"}, Shown: "↑", Quiet: true},
	{Action: Down, Keys: []string{"down"}, Shown: "↓", Quiet: true},
	{Action: Earlier, Keys: []string{"left"}, Shown: "←", Quiet: true},
	{Action: Later, Keys: []string{"right"}, Shown: "→", Quiet: true},
	{Action: Toggle, Keys: []string{" "}, Shown: "space"},
	{Action: Clear, Keys: []string{"ctrl+u"}, Shown: "ctrl+u"},
	back,
}

var copyKeys = []Binding{
	{Action: CopyAddress, Keys: []string{"a"}, Shown: "a"},
	{Action: CopyID, Keys: []string{"e"}, Shown: "e"},
	{Action: CopyReply, Keys: []string{"r"}, Shown: "r"},
	{Action: CopyText, Keys: []string{"t"}, Shown: "t"},
	{Action: CopyJSON, Keys: []string{"j"}, Shown: "j"},
	{Action: CopyMissing, Keys: []string{"m"}, Shown: "m"},
	{Action: CopyOutside, Keys: []string{"*"}, Shown: "*"},
	{Action: CopyFile, Keys: []string{"w"}, Shown: "w"},
	back,
}

var filterKeys = []Binding{
	{Action: Accept, Keys: []string{"enter"}, Shown: "enter"},
	{Action: Complete, Keys: []string{"tab"}, Shown: "tab"},
	{Action: AskService, Keys: []string{"ctrl+g"}, Shown: "ctrl+g"},
	{Action: Clear, Keys: []string{"ctrl+u"}, Shown: "ctrl+u"},
	back,
}

var facetsKeys = with(
	Binding{Action: Take, Keys: []string{"enter"}, Shown: "enter"},
	Binding{Action: Exclude, Keys: []string{"!"}, Shown: "!"},
	Binding{Action: Pattern, Keys: []string{"i"}, Shown: "i"},
	Binding{Action: NextColumn, Keys: []string{"right", "l"}, Shown: "← →"},
	Binding{Action: PrevColumn, Keys: []string{"left", "h"}, Shown: "←", Quiet: true},
	Binding{Action: ToColumn, Keys: []string{"1", "2", "3", "4", "5", "6", "7", "8", "9", "0"}, Shown: "1…9 0", Quiet: true},
	Binding{Action: ByLift, Keys: []string{"o"}, Shown: "o"},
	Binding{Action: NextPane, Keys: []string{"tab"}, Shown: "tab"},
	Binding{Action: PrevPane, Keys: []string{"shift+tab"}, Shown: "shift+tab", Quiet: true},
	Binding{Action: Filter, Keys: []string{"/"}, Shown: "/", Quiet: true},
	Binding{Action: FetchAll, Keys: []string{"a"}, Shown: "a", Quiet: true},
	Binding{Action: Facets, Keys: []string{"v"}, Shown: "v", Quiet: true},
	Binding{Action: Timeline, Keys: []string{"t"}, Shown: "t", Quiet: true},
	Binding{Action: Mark, Keys: []string{" "}, Shown: "space", Quiet: true},
	Binding{Action: MarkAll, Keys: []string{"*"}, Shown: "*", Quiet: true},
	Binding{Action: Sort, Keys: []string{"s"}, Shown: "s", Quiet: true},
	Binding{Action: Copy, Keys: []string{"y"}, Shown: "y", Quiet: true},
	Binding{Action: Query, Keys: []string{"f"}, Shown: "f", Quiet: true},
	back,
)

var patternKeys = with(
	Binding{Action: CopyPattern, Keys: []string{"y"}, Shown: "y"},
	Binding{Action: Take, Keys: []string{"enter"}, Shown: "enter"},
	Binding{Action: Exclude, Keys: []string{"!"}, Shown: "!"},
	Binding{Action: Back, Keys: []string{"esc", "i"}, Shown: "esc"},
)

var timelineKeys = []Binding{
	{Action: Earlier, Keys: []string{"left", "h"}, Shown: "←"},
	{Action: Later, Keys: []string{"right", "l"}, Shown: "→"},
	{Action: First, Keys: []string{"g", "home"}, Shown: "g home", Quiet: true},
	{Action: Last, Keys: []string{"G", "end"}, Shown: "G end", Quiet: true},
	{Action: HalfUp, Keys: []string{"ctrl+u"}, Shown: "ctrl+u", Quiet: true},
	{Action: HalfDown, Keys: []string{"ctrl+d"}, Shown: "ctrl+d", Quiet: true},
	{Action: PageUp, Keys: []string{"pgup"}, Shown: "pgup", Quiet: true},
	{Action: PageDown, Keys: []string{"pgdown"}, Shown: "pgdn", Quiet: true},
	{Action: ToRise, Keys: []string{"o"}, Shown: "o"},
	{Action: RangeStart, Keys: []string{" "}, Shown: "space"},
	{Action: Take, Keys: []string{"enter"}, Shown: "enter"},
	{Action: NextPane, Keys: []string{"tab"}, Shown: "tab"},
	{Action: PrevPane, Keys: []string{"shift+tab"}, Shown: "shift+tab", Quiet: true},
	{Action: Filter, Keys: []string{"/"}, Shown: "/", Quiet: true},
	{Action: FetchAll, Keys: []string{"a"}, Shown: "a", Quiet: true},
	{Action: Facets, Keys: []string{"v"}, Shown: "v", Quiet: true},
	{Action: Timeline, Keys: []string{"t"}, Shown: "t", Quiet: true},
	{Action: Query, Keys: []string{"f"}, Shown: "f", Quiet: true},
	back,
}

var countsKeys = with(
	Binding{Action: ShowMails, Keys: []string{"enter"}, Shown: "enter"},
	Binding{Action: ByDay, Keys: []string{"d"}, Shown: "d"},
	Binding{Action: GoOn, Keys: []string{"c"}, Shown: "c"},
	Binding{Action: Earlier, Keys: []string{"left", "h"}, Shown: "←", Quiet: true},
	Binding{Action: Later, Keys: []string{"right", "l"}, Shown: "→", Quiet: true},
	Binding{Action: Again, Keys: []string{"r"}, Shown: "r"},
	back,
)

var sortKeys = []Binding{
	{Action: SortRequested, Keys: []string{"t"}, Shown: "t"},
	{Action: SortTook, Keys: []string{"d"}, Shown: "d"},
	{Action: SortRecipient, Keys: []string{"r"}, Shown: "r"},
	{Action: SortDomain, Keys: []string{"m"}, Shown: "m"},
	{Action: SortStatus, Keys: []string{"s"}, Shown: "s"},
	{Action: SortSub, Keys: []string{"b"}, Shown: "b"},
	{Action: SortCause, Keys: []string{"c"}, Shown: "c"},
	{Action: SortUser, Keys: []string{"u"}, Shown: "u"},
	{Action: SortReply, Keys: []string{"p"}, Shown: "p"},
	{Action: SortNone, Keys: []string{"o"}, Shown: "o"},
	back,
}

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
	if ok && Typing(p) && a != ForceQuit && a != Suspend {
		return "", false
	}
	return a, ok
}

func find(bs []Binding, key string) (Action, bool) {
	for _, b := range bs {
		for _, k := range b.Keys {
			if k == key {
				return b.Action, true
			}
		}
	}
	return "", false
}

// Key is the key of an action as it is shown; where it has several, the first.
func (m Map) Key(a Action) string {
	for _, p := range Places() {
		for _, b := range m[p] {
			if b.Action == a {
				key, _, _ := strings.Cut(b.Shown, " ")
				return key
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

// Narrow turns full-width forms (U+FF01–FF5E, U+3000) into ASCII, as well as
// the Chinese full stop and comma that an input method types for . and ,
func Narrow(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= '！' && r <= '～':
			return r - '！' + '!'
		case r == '　':
			return ' '
		case r == '。':
			return '.'
		case r == '、':
			return '/'
		}
		return r
	}, s)
}

// Moves reports whether an action only moves.
func Moves(a Action) bool { return moves[a] }

// opens says where an action leads.
var opens = map[Action]Place{
	Query: QueryForm, Filter: FilterPrompt, GoToPage: PagePrompt, CopyFile: FilePrompt, Copy: CopyMenu, Sort: SortMenu, Facets: FacetsPane,
	FacetsBy: FacetsPane, Timeline: TimelinePane, Counts: CountsPage, Pattern: PatternPage, Help: HelpPage,
}

// Chain reports whether a text is keys that arrived together: each of them acts
// where the keys before it lead. Behind a key that opens a field the rest is
// text. p has the keyboard; under is where a menu over it leads back to. A q is
// in no chain: nobody quits in passing.
func (m Map) Chain(p, under Place, text string) bool {
	for _, r := range text {
		if Typing(p) {
			return true
		}
		a, ok := m.Action(p, string(r))
		if !ok || a == Quit {
			return false
		}
		menu := p == CopyMenu || p == SortMenu || p == Confirm
		switch next, leads := opens[a]; {
		case leads && (next == CopyMenu || next == SortMenu):
			p = next
		case leads:
			p, under = next, next
		case menu:
			p = under
		}
	}
	return text != ""
}

var moves = map[Action]bool{
	Up: true, Down: true, First: true, Last: true, HalfUp: true, HalfDown: true, PageUp: true, PageDown: true,
	NextPage: true, PrevPage: true, PrevColumn: true, NextColumn: true, Earlier: true, Later: true,
}
