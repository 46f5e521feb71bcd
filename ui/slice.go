package ui

import (
	"context"
	"iter"
	"strings"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"bounceboard/keymap"
	"bounceboard/sendcloud"
	"bounceboard/sendcloud/recordset"
	"bounceboard/ui/export"
)

// origin says where the rows of a slice come from.
type origin int

const (
	fromPages   origin = iota // the pages that were looked at
	fromService               // every row of the query
	fromFile
)

// slice is rows in memory, to narrow, sort and take apart.
type slice struct {
	from origin
	set  *recordset.Set
	snap recordset.Snapshot
	feed *feed // what still brings rows; nil when nothing does

	path     []step // how the rows were narrowed, step by step
	typing   bool   // the last of them was typed, and is edited by typing on
	before   string // what stood behind / when it was opened
	typed    string // what stands behind / while it is typed
	narrowed *recordset.Narrowed
	sorted   *recordset.Sorted
	order    *recordset.Order
	marks    recordset.Selection
	from0    int    // the row the selection was on when / was opened
	began    int    // and when what is typed there was begun: it narrows from there
	anchor   int    // the row marked last
	follow   string // the email id the selection waits for; "" when it is there

	first, last time.Time // between which the rows were requested

	dropped bool // nobody comes back to it
	ctx     context.Context
	cancel  context.CancelFunc
	job     int  // the latest arranging; older ones are dropped
	busy    bool // one is under way
	asked   bool // by a key, and nothing of it shows yet
	stopJob context.CancelFunc
	mining  bool

	counting bool // the pane is being counted
	recount  bool // and has to be again
	countJob int
}

// feed is what brings rows, a batch at a time: who does not ask for the next
// batch pauses it.
type feed struct {
	walk  *sendcloud.Walk
	pull  func() (sendcloud.Record, error, bool)
	stop  func()
	spool export.Writer

	file *fileFeed

	cancel  context.CancelFunc
	begun   time.Time // when the first row was asked for
	since   time.Time // when the reading began, or went on
	before  int       // rows that were there then
	paused  bool      // no batch is to follow the one under way
	running bool      // a batch is under way
	err     error
	ended   bool
}

// rowsMsg says that a batch of rows was appended.
type rowsMsg struct {
	slice *slice
	ended bool
	err   error
}

// minedMsg says that causes and patterns are known of the rows there were.
type minedMsg struct{ slice *slice }

// tickMsg asks to look again at what grows meanwhile.
type tickMsg struct{ slice *slice }

const (
	batchFor = 500 * time.Millisecond
	lookEach = 300 * time.Millisecond
)

func (m *Model) newSlice(from origin) *slice {
	s := &slice{from: from, set: recordset.New(recordset.ByRules(m.opt.Rules))}
	s.ctx, s.cancel = context.WithCancel(m.ctx)
	s.snap = s.set.Snapshot()
	return s
}

// drop ends whatever works on the slice. A batch under way notices by itself,
// and onRows frees its source.
func (s *slice) drop() {
	s.cancel()
	s.dropped = true
	if s.feed != nil && !s.feed.running {
		s.feed.free()
	}
}

// free ends the coroutine behind a source that no batch is using.
func (src *feed) free() {
	if src.stop != nil {
		src.stop()
		src.pull, src.stop = nil, nil
	}
}

// step is one narrowing: as a term of the filter, and as a person reads it.
// came is the email id of the row it was taken from; "" once the selection was
// moved on purpose, which it then keeps.
type step struct{ term, text, came string }

// came is the email id of a row to come back to.
func (s *slice) came(row int) string {
	if row < s.snap.Len() {
		return s.snap.Record(row).EmailID
	}
	return ""
}

// stay makes the way back lead to the row that is selected now.
func (s *slice) stay() {
	for i := range s.path {
		s.path[i].came = ""
	}
}

// filter is the whole narrowing as text.
func (s *slice) filter() string {
	terms := make([]string, 0, len(s.path)+1)
	for _, st := range s.path {
		terms = append(terms, st.term)
	}
	return strings.TrimSpace(strings.Join(append(terms, s.typed), " "))
}

func (s *slice) plain() bool { return s.filter() == "" && s.order == nil }

// fromLoaded makes a slice of the pages that were fetched.
func (m *Model) fromLoaded() *slice {
	s := m.newSlice(fromPages)
	for rec := range m.pages.Rows() {
		s.set.Append(rec)
	}
	s.snap = s.set.Snapshot()
	return s
}

// hold makes s what the table shows; the selection stays on its row.
func (m *Model) hold(s *slice) tea.Cmd {
	selected, ok := m.results.Selected()
	m.release()
	m.slice = s
	at := 0
	if row, found := s.snap.Find(selected.EmailID); ok && found {
		at = row
	}
	m.results.Swap(rowsView{snap: s.snap, all: true}, at)
	return m.mine()
}

// dropSlice ends the slice because the question changes.
func (m *Model) dropSlice() {
	if m.slice != nil {
		m.slice.drop()
		m.slice = nil
		m.closePane()
	}
	if m.place == keymap.FilterPrompt {
		m.pop()
	}
}

// release goes back to the pages of the service.
func (m *Model) release() {
	if m.slice == nil {
		return
	}
	selected, ok := m.results.Selected()
	m.slice.drop()
	m.slice = nil
	m.closePane()
	at := 0
	if i, found := m.pages.Find(selected.EmailID); ok && found {
		at = i
	}
	m.results.Swap(m.pages, at)
}

// grow takes the rows that came meanwhile.
func (m *Model) grow() tea.Cmd {
	s := m.slice
	s.snap = s.set.Snapshot()
	s.measureSpan()
	if s.snap.Len() == 0 && s.feed != nil && !s.feed.ended {
		return nil
	}
	if s.plain() {
		at := m.results.Cursor()
		if row, ok := s.snap.Find(s.follow); ok && s.follow != "" {
			at, s.follow = row, ""
		}
		m.results.Swap(rowsView{snap: s.snap, all: true, marks: s.marks}, at)
		m.widen()
		m.rest()
		return tea.Batch(m.mine(), m.refreshPane())
	}
	return tea.Batch(m.mine(), m.arrangeRows(false))
}

// widen makes room for the recipients at the head of the table.
func (m *Model) widen() {
	first, last := m.results.Window()
	var rows []sendcloud.Record
	view, ok := m.results.Source().(rowsView)
	for i := first; ok && i < last; i++ {
		if rec, ok := view.At(i); ok {
			rows = append(rows, rec)
		}
	}
	m.results.Widen(rows)
}

// mine finds causes and patterns behind the reading.
func (m *Model) mine() tea.Cmd {
	s := m.slice
	if s.mining || s.set.Len() == s.snap.Mined() {
		return nil
	}
	s.mining = true
	return tea.Batch(mineRows(s), after(s.ctx, lookEach, tickMsg{s}))
}

func mineRows(s *slice) tea.Cmd {
	ctx, set := s.ctx, s.set
	return func() tea.Msg {
		_ = set.Mine(ctx) // ends early only when the slice is dropped
		return minedMsg{s}
	}
}

func (m *Model) onMined(msg minedMsg) tea.Cmd {
	if msg.slice != m.slice {
		return nil
	}
	m.slice.mining = false
	return m.grow()
}

func (m *Model) onTick(msg tickMsg) tea.Cmd {
	s := m.slice
	if msg.slice != s {
		return nil
	}
	cmds := []tea.Cmd{m.grow()}
	if s.mining || s.feed != nil && s.feed.file != nil && !s.feed.ended {
		cmds = append(cmds, after(s.ctx, lookEach, msg))
	}
	return tea.Batch(cmds...)
}

// rows yields the rows that are here.
func (s *slice) rows() iter.Seq[sendcloud.Record] {
	snap := s.snap
	return func(yield func(sendcloud.Record) bool) {
		for i := range snap.Len() {
			if !yield(snap.Record(i)) {
				return
			}
		}
	}
}

// notFound are the ids and addresses of a query that none of its rows has.
func notFound(q sendcloud.Query, rows iter.Seq[sendcloud.Record]) []string {
	if len(q.EmailIDs)+len(q.Emails) == 0 {
		return nil
	}
	found := map[string]bool{}
	for rec := range rows {
		found[rec.EmailID] = true
		found[strings.ToLower(rec.Recipients)] = true
	}
	var missing []string
	for _, id := range q.EmailIDs {
		if !found[id] {
			missing = append(missing, id)
		}
	}
	for _, address := range q.Emails {
		if !found[strings.ToLower(address)] {
			missing = append(missing, address)
		}
	}
	return missing
}
