package ui

import (
	"context"
	"errors"
	"iter"
	"slices"
	"strings"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"bounceboard/keymap"
	"bounceboard/sendcloud"
	"bounceboard/sendcloud/recordset"
	"bounceboard/ui/export"
	"bounceboard/ui/words"
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
	sorted   sorted
	order    *recordset.Order
	marks    recordset.Selection
	from0    int    // the row the selection was on when / was opened
	began    int    // and when what is typed there was begun: it narrows from there
	anchor   int    // the row marked last
	follow   string // the email id the selection waits for; "" when it is there

	first, last time.Time // between which the rows were requested
	measured    int       // rows that were looked at for that

	dropped bool // nobody comes back to it
	ctx     context.Context
	cancel  context.CancelFunc
	job     int  // the latest arranging; older ones are dropped
	busy    bool // one is under way
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

// viewMsg is a slice narrowed and sorted.
type viewMsg struct {
	slice    *slice
	job      int
	snap     recordset.Snapshot
	narrowed *recordset.Narrowed
	sorted   sorted
	at       int
	err      error
}

// sorted are rows in order. What is left of them when they are narrowed is in
// order already.
type sorted struct {
	rows  recordset.View
	order *recordset.Order // nil: as they came
	of    recordset.Selection
	snap  recordset.Snapshot
}

// sort brings the rows of a selection in order.
func (s sorted) sort(ctx context.Context, snap recordset.Snapshot, of recordset.Selection, order *recordset.Order) (sorted, error) {
	now := sorted{order: order, of: of, snap: snap}
	switch {
	case order == nil:
		now.rows = of.View()
	case s.order != nil && *s.order == *order && s.snap.Len() == snap.Len() && s.snap.Mined() == snap.Mined() && of.In(s.of):
		now.rows = s.rows.Only(of)
	default:
		rows, err := snap.Sort(ctx, of, *order)
		now.rows = rows
		return now, err
	}
	return now, nil
}

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

// rowsView is a slice as the table shows it.
type rowsView struct {
	snap  recordset.Snapshot
	rows  recordset.View
	all   bool // every row in its order; rows is not used
	marks recordset.Selection
}

func (v rowsView) Total() int {
	if v.all {
		return v.snap.Len()
	}
	return len(v.rows)
}

func (v rowsView) row(i int) int {
	if v.all {
		return i
	}
	return int(v.rows[i])
}

func (v rowsView) At(i int) (sendcloud.Record, bool) {
	if i < 0 || i >= v.Total() {
		return sendcloud.Record{}, false
	}
	return v.snap.Record(v.row(i)), true
}

func (v rowsView) Marked(i int) bool { return v.marks.Has(v.row(i)) }

func (v rowsView) index(row int) int {
	if v.all {
		return row
	}
	return v.rows.Index(row)
}

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
	if m.place == keymap.Terms {
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

// arrangeRows narrows and sorts in a command. A new one takes the place of the
// one under way only where the question changed (over); rows that merely came
// wait for the one under way.
func (m *Model) arrangeRows(over bool) tea.Cmd {
	if m.slice.busy && !over {
		return nil
	}
	return m.arrangeAt(m.row())
}

// row is the row of the slice that is selected.
func (m *Model) row() int {
	if v, ok := m.results.Source().(rowsView); ok && v.Total() > 0 {
		return v.row(min(m.results.Cursor(), v.Total()-1))
	}
	return 0
}

// arrangeAt narrows and sorts; the selection goes to a row, or the first one
// behind it that is left.
func (m *Model) arrangeAt(row int) tea.Cmd {
	s := m.slice
	filter, err := recordset.ParseFilter(s.filter(), m.opt.Now())
	if err != nil {
		return nil // said beside the text while it is typed
	}
	s.job++
	s.busy = true
	if s.stopJob != nil {
		s.stopJob()
	}
	ctx, cancel := context.WithCancel(s.ctx)
	s.stopJob = cancel
	return arrangeSlice(ctx, s, s.job, s.set.Snapshot(), filter, s.narrowed, s.sorted, s.order, row)
}

func arrangeSlice(ctx context.Context, s *slice, job int, snap recordset.Snapshot, f recordset.Filter,
	before *recordset.Narrowed, was sorted, order *recordset.Order, row int) tea.Cmd {
	return func() tea.Msg {
		msg := viewMsg{slice: s, job: job, snap: snap}
		msg.narrowed, msg.err = snap.Narrow(ctx, f, before)
		if msg.err != nil {
			return msg
		}
		msg.sorted, msg.err = was.sort(ctx, snap, msg.narrowed.Rows, order)
		if msg.at = msg.sorted.rows.Index(row); msg.at < 0 {
			msg.at = 0
			if order == nil {
				msg.at, _ = slices.BinarySearch(msg.sorted.rows, uint32(row))
			}
		}
		return msg
	}
}

func (m *Model) onView(msg viewMsg) tea.Cmd {
	s := m.slice
	if msg.slice != s || msg.job != s.job {
		return nil
	}
	s.busy = false
	if msg.err != nil {
		return nil // overtaken
	}
	s.narrowed, s.sorted, s.snap = msg.narrowed, msg.sorted, msg.snap
	m.results.Swap(rowsView{snap: msg.snap, rows: msg.sorted.rows, marks: s.marks}, msg.at)
	m.widen()
	m.rest()
	cmds := []tea.Cmd{m.refreshPane()}
	if s.set.Len() > msg.snap.Len() || s.snap.Mined() < s.set.Snapshot().Mined() && msg.narrowed.Filter.NeedsMining() {
		cmds = append(cmds, m.arrangeRows(false))
	}
	return tea.Batch(cmds...)
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

// readBatch appends rows of a walk for a moment; spool, which may be nil, gets
// them too.
func readBatch(s *slice, src *feed, now func() time.Time) tea.Cmd {
	set := s.set
	return func() tea.Msg {
		msg := rowsMsg{slice: s}
		for until := now().Add(batchFor); now().Before(until); {
			rec, err, ok := src.pull()
			if !ok || err != nil {
				msg.ended, msg.err = true, err
				return msg
			}
			set.Append(rec)
			if src.spool != nil {
				if err := src.spool.Write(rec); err != nil {
					msg.ended, msg.err = true, &SpoolError{err}
					return msg
				}
			}
		}
		return msg
	}
}

// SpoolError says that fetched rows could not be written to the spool file.
type SpoolError struct{ Err error }

func (e *SpoolError) Error() string { return e.Err.Error() }
func (e *SpoolError) Unwrap() error { return e.Err }

func (m *Model) onRows(msg rowsMsg) tea.Cmd {
	s := msg.slice
	src := s.feed
	src.running = false
	src.ended, src.err = msg.ended, msg.err
	if s.dropped || msg.ended {
		src.free()
	}
	if s != m.slice {
		return nil // left for another question, or dropped
	}
	if msg.ended && msg.err != nil && s.set.Len() == 0 && src.walk != nil {
		m.say(words.Error(m.lang, msg.err)+m.lang.Say(words.FullStop)+m.lang.Say(words.FetchNone), bad)
		return m.giveUp(s)
	}
	cmds := []tea.Cmd{m.grow()}
	switch {
	case !msg.ended && !src.paused:
		cmds = append(cmds, m.batch(s))
	case msg.ended:
		m.fetched()
	}
	return tea.Batch(cmds...)
}

// giveUp goes back from a reading that brought no row to the pages that were
// there, narrowed and sorted as they were.
func (m *Model) giveUp(s *slice) tea.Cmd {
	m.release()
	if len(s.path) == 0 && s.order == nil {
		return nil
	}
	pages := m.fromLoaded()
	pages.path, pages.order = s.path, s.order
	return tea.Batch(m.hold(pages), m.arrangeRows(false))
}

// fetched says how a reading ended.
func (m *Model) fetched() {
	s := m.slice
	src := s.feed
	switch {
	case errors.Is(src.err, context.Canceled):
		m.say(m.lang.Say(words.FetchStopped, words.RowCount(m.lang, s.set.Len())), plain)
	case src.err != nil:
		m.say(words.Error(m.lang, src.err)+m.lang.Say(words.FullStop)+m.lang.Say(words.FetchKept, words.RowCount(m.lang, s.set.Len())), bad)
	case src.walk != nil && len(src.walk.Summary().Incomplete) > 0:
		m.say(words.MayLack(m.lang, src.walk.Summary()), bad)
	default:
		m.notice = notice{}
		if src.walk == nil {
			return
		}
		m.missing = notFound(m.plan.Query, s.rows())
		if sum := src.walk.Summary(); sum.Repeated > 0 && sum.Announced > s.set.Len() && !sum.AtMost {
			m.say(m.lang.Say(words.FetchRepeated, words.Number(sum.Announced), words.Number(sum.Announced-s.set.Len())), plain)
		}
	}
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
