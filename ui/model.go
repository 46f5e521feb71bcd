// Package ui is the dashboard: one Bubble Tea model that owns all state, and
// parts (form, results, detail, dialog) that are plain structs with verbs.
package ui

import (
	"context"
	"log/slog"
	"os"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"bounceboard/keymap"
	"bounceboard/sendcloud"
	"bounceboard/sendcloud/bounce"
	"bounceboard/sendcloud/recordset"
	"bounceboard/theme"
	"bounceboard/ui/cell"
	"bounceboard/ui/counts"
	"bounceboard/ui/detail"
	"bounceboard/ui/dialog"
	"bounceboard/ui/export"
	"bounceboard/ui/facets"
	"bounceboard/ui/form"
	"bounceboard/ui/results"
	"bounceboard/ui/timeline"
	"bounceboard/ui/words"
)

// Where names what is being asked: a key that is refused may belong to another
// region, so both are always on screen.
type Where struct {
	Profile string // empty when credentials come from the environment
	Host    string
	Demo    bool
}

// Options is what a dashboard needs.
type Options struct {
	API          Lister
	Where        Where
	Query        sendcloud.Query // the first question
	LookbackDays int             // how far a query may reach back; 0 is the client's default
	Lang         words.Lang
	Theme        theme.Theme
	Keys         keymap.Map
	Now          func() time.Time // time.Now when nil
	Getenv       func(string) string
	File         *File         // nil: the service is asked; API may then be nil
	Rules        *bounce.Rules // what replies mean; nil: the built-in rules
	Spool        export.Writer // nil: fetched rows are not written
	Log          *slog.Logger  // nil: no log
	In           *os.File
	Out          *os.File
}

// Model is the dashboard's state. One goroutine owns it: Bubble Tea's.
type Model struct {
	opt  Options
	ctx  context.Context
	th   theme.Theme
	lang words.Lang
	fit  cell.Style
	out  terminal

	w, h  int
	pane  keymap.Place // what stands in the detail's place: Values, Moments, or nothing
	place keymap.Place // who has the keyboard
	under keymap.Place // who gets it back when a dialog closes
	open  bool         // the detail pane is wanted

	pages    *results.Pages // what the service answered
	renew    bool           // the next answer replaces the pages
	results  *results.Results
	detail   *detail.Detail
	form     *form.Form
	help     *dialog.Help
	values   values
	card     card
	timeline *timeline.Timeline
	counts   *counts.Counts
	tally    *tally // what the counts show; nil: nothing yet
	prompt   *dialog.Prompt

	req        request
	slice      *slice         // rows in memory; nil: the pages of the service
	completion completion     // of the filter being typed
	readAt     time.Time      // when the file was read to its end
	local      form.Local     // the filters made here
	nextPath   []step         // how the next rows are narrowed here
	question   string         // what Confirm asks
	yes        func() tea.Cmd // and what it then does
	pressed    string         // the key being acted on
	warned     bool           // esc once more drops the marks
	fresh      bool           // the rows were just asked for again
	missing    []string       // ids and addresses asked for that no row has

	trail                []past // the questions before this one
	plan                 sendcloud.Plan
	planned              bool
	phase                phase
	err                  error
	notes                []sendcloud.Note
	atMost               bool
	old                  bool // the rows are older than ten minutes
	progress             progress
	notice               notice
	waiting              []tea.KeyMsg // typed before the first rows came
	ticking              bool         // a wait is told anew in a second
	restTag              int
	skip                 map[int]bool // pages that failed: not asked again by themselves
	bottom               []string     // the lines of the status area
	skipAhead            map[int]bool // pages that failed before anybody looked at them
	users                seen         // api users in the rows
	labelIDs, labelNames seen         // labels that were asked for
	loosened             []loosening  // ways to widen a query that found nothing
}

// New is a dashboard that asks opt.Query as soon as it runs.
func New(ctx context.Context, opt Options, out terminal) *Model {
	if opt.Now == nil {
		opt.Now = time.Now
	}
	if opt.Getenv == nil {
		opt.Getenv = os.Getenv
	}
	if opt.Rules == nil {
		opt.Rules = bounce.Default()
	}
	m := &Model{
		opt: opt, ctx: ctx, th: opt.Theme, lang: opt.Lang, out: out,
		fit:      cell.Style{ASCII: opt.Theme.ASCII},
		place:    keymap.Table,
		open:     true,
		pages:    &results.Pages{},
		form:     form.New(opt.Theme, opt.Lang, opt.Now),
		help:     dialog.NewHelp(opt.Theme, opt.Lang),
		prompt:   dialog.NewPrompt(opt.Theme),
		values:   values{Facets: facets.New(opt.Theme, opt.Lang)},
		timeline: timeline.New(opt.Theme, opt.Lang),
		counts:   counts.New(opt.Theme, opt.Lang),
		skip:     map[int]bool{}, skipAhead: map[int]bool{},
	}
	m.results = results.New(opt.Theme, opt.Lang, m.explain)
	links := detail.Hyperlinks(opt.Getenv)
	m.detail, m.card.Pattern = detail.New(opt.Theme, opt.Lang, m.explain, links), detail.NewPattern(opt.Theme, opt.Lang, links)
	return m
}

// explain says what a record's reply means.
func (m *Model) explain(rec sendcloud.Record) bounce.Explanation {
	return m.opt.Rules.Explain(recordset.InputOf(rec))
}

// seen is a bounded list of distinct words, the latest first.
type seen []string

func (s *seen) add(word string) {
	const most = 50
	if word == "" {
		return
	}
	for i, w := range *s {
		if w == word {
			if i > 0 {
				copy((*s)[1:i+1], (*s)[:i])
				(*s)[0] = word
			}
			return
		}
	}
	*s = append([]string{word}, *s...)
	if len(*s) > most {
		*s = (*s)[:most]
	}
}
