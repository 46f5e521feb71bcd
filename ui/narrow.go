package ui

import (
	"errors"
	"reflect"
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"bounceboard/keymap"
	"bounceboard/sendcloud"
	"bounceboard/sendcloud/recordset"
	"bounceboard/ui/form"
	"bounceboard/ui/words"
)

// rows makes sure that there are rows in memory to narrow, sort or take apart:
// those of a slice, or of the pages that were looked at.
func (m *Model) inMemory() (tea.Cmd, bool) {
	if m.slice != nil {
		return nil, true
	}
	if m.results.Total() == 0 {
		m.say(m.lang.Say(words.NoRow), plain)
		return nil, false
	}
	return m.hold(m.fromLoaded()), true
}

// openTerms lets a person type a filter; the rows narrow meanwhile.
func (m *Model) openTerms() tea.Cmd {
	cmd, ok := m.inMemory()
	if !ok {
		return nil
	}
	s := m.slice
	text := ""
	s.from0 = m.row()
	s.began = s.from0
	if n := len(s.path); n > 0 && s.typing {
		text = s.path[n-1].term
		if row, ok := s.snap.Find(s.path[n-1].came); ok {
			s.began = row
		}
		s.path = s.path[:n-1]
	}
	s.before, s.typed = text, text
	m.ask(keymap.FilterPrompt, "/", text)
	return cmd
}

// typedTerms takes a key while a filter is typed.
func (m *Model) typedTerms(msg tea.KeyMsg, a keymap.Action, ok bool) tea.Cmd {
	s := m.slice
	switch {
	case ok && a == keymap.Back:
		s.typed = s.before
		m.pop()
		cmd := m.keepTyped()
		if m.slice == nil {
			return cmd
		}
		return m.arrangeAt(s.from0)
	case ok && a == keymap.Accept:
		if m.termError() != nil {
			return nil // it stands there already
		}
		m.pop()
		return m.keepTyped()
	case ok && a == keymap.Complete:
		return tea.Batch(m.complete(), m.narrowAsTyped())
	case ok && a == keymap.AskService:
		return m.askService()
	case ok && a == keymap.Clear:
		m.prompt.Ask("/", "")
	default:
		m.prompt.Type(msg)
	}
	return m.narrowAsTyped()
}

func (m *Model) narrowAsTyped() tea.Cmd {
	s := m.slice
	if m.prompt.Text() == s.typed {
		return nil
	}
	s.typed = m.prompt.Text()
	return m.arrangeAt(s.began)
}

// serviceCan is the query that does what was typed as far as the service can,
// and how many terms are left to do here.
func (m *Model) serviceCan() (q sendcloud.Query, left int, ok bool) {
	f, err := recordset.ParseFilter(m.prompt.Text(), m.opt.Now())
	if err != nil || m.opt.API == nil || f.Empty() {
		return q, 0, false
	}
	q, left = f.Ask(m.plan.Query)
	return q, left, !reflect.DeepEqual(q, m.plan.Query)
}

// keepsHere is why nothing is handed over to the service; empty when what was
// typed can be.
func (m *Model) keepsHere(can bool) words.Sentence {
	switch _, _, part := m.part(0, 0); {
	case m.opt.API == nil:
		return words.FileIsAll
	case strings.TrimSpace(m.prompt.Text()) == "":
		return words.NothingTyped
	case !part && !m.fetching():
		return words.NothingToGain
	case !can:
		return words.ServiceCannot
	}
	return words.Sentence{}
}

// askService lets the service narrow; what it cannot is narrowed here.
func (m *Model) askService() tea.Cmd {
	q, left, ok := m.serviceCan()
	if why := m.keepsHere(ok); why != (words.Sentence{}) {
		m.say(m.lang.Say(why), plain)
		m.prompt.Ask("/", m.prompt.Text())
		return nil
	}
	text := strings.TrimSpace(m.prompt.Text())
	m.slice.typed = ""
	m.pop()
	m.place = keymap.Table
	m.leave(false)
	if left > 0 {
		m.nextPath = []step{{term: text, text: "/" + text}}
	}
	return m.search(q, false)
}

// keepTyped makes what was typed a step of the path.
func (m *Model) keepTyped() tea.Cmd {
	s := m.slice
	text := strings.TrimSpace(s.typed)
	s.typed, s.typing = "", text != ""
	if text == "" {
		return m.comeTo(s.came(s.began))
	}
	s.path = append(s.path, step{text, "/" + text, s.came(s.began)})
	return m.arrangeOrGoBack()
}

// termError is what is wrong with the filter being typed.
func (m *Model) termError() *recordset.FilterError {
	_, err := recordset.ParseFilter(m.prompt.Text(), m.opt.Now())
	var wrong *recordset.FilterError
	if errors.As(err, &wrong) {
		return wrong
	}
	return nil
}

// narrowTo adds a term to the path.
func (m *Model) narrowTo(to step) tea.Cmd {
	if to.term == "" {
		m.say(m.lang.Say(words.CannotNarrow), plain)
		return nil
	}
	s := m.slice
	if slices.ContainsFunc(s.path, func(st step) bool { return st.term == to.term }) {
		m.say(m.lang.Say(words.NarrowedAlready), plain)
		return m.refreshPane() // under a card it was not counted
	}
	to.came = s.came(m.row())
	s.path, s.typing = append(s.path, to), false
	return m.arrangeRows(true)
}

// widenPath takes the last term off the path.
func (m *Model) widenPath() tea.Cmd {
	s := m.slice
	last := s.path[len(s.path)-1]
	s.path, s.typing = s.path[:len(s.path)-1], false
	if len(s.path) == 0 {
		m.local = form.Local{}
	}
	return m.comeTo(last.came)
}

// comeTo arranges the rows after a step was taken off; the selection comes
// back to the row of that email id, if there is one.
func (m *Model) comeTo(id string) tea.Cmd {
	if id == "" {
		return m.arrangeOrGoBack()
	}
	row, found := m.slice.snap.Find(id)
	cmd := m.arrangeOrGoBack()
	if m.slice == nil {
		if i, ok := m.pages.Find(id); ok {
			m.results.Swap(m.pages, i)
			m.rest()
		}
		return cmd
	}
	if found {
		return m.arrangeAt(row)
	}
	return cmd
}

// arrangeOrGoBack goes back to the pages of the service when nothing narrows
// or sorts any more what was merely looked at.
func (m *Model) arrangeOrGoBack() tea.Cmd {
	s := m.slice
	if s.from == fromPages && s.plain() && m.pane == "" && s.marks.Len() == 0 {
		m.release()
		return nil
	}
	return m.arrangeRows(true)
}

var sortColumns = map[keymap.Action]recordset.Column{
	keymap.SortRequested: recordset.ByRequested,
	keymap.SortTook:      recordset.ByTook,
	keymap.SortRecipient: recordset.ByRecipient,
	keymap.SortDomain:    recordset.ByDomain,
	keymap.SortStatus:    recordset.ByStatus,
	keymap.SortSub:       recordset.BySubStatus,
	keymap.SortCause:     recordset.ByCause,
	keymap.SortUser:      recordset.ByAPIUser,
	keymap.SortReply:     recordset.ByReply,
}

func (m *Model) pressSort(a keymap.Action) tea.Cmd {
	m.pop()
	if a == keymap.Back {
		return nil
	}
	cmd, ok := m.inMemory()
	if !ok {
		return nil
	}
	s := m.slice
	by, sorted := sortColumns[a]
	switch {
	case !sorted:
		s.order = nil
	case s.order != nil && s.order.By == by:
		s.order = &recordset.Order{By: by, Descending: !s.order.Descending}
	default:
		s.order = &recordset.Order{By: by, Descending: by == recordset.ByTook} // one looks for what took long
	}
	return tea.Batch(cmd, m.arrangeOrGoBack())
}

// mark marks the selected row, a range, or all rows of the filter.
func (m *Model) mark(a keymap.Action) tea.Cmd {
	cmd, ok := m.inMemory()
	if !ok {
		return nil
	}
	s := m.slice
	view, ok := m.results.Source().(rowsView)
	at := m.results.Cursor()
	if !ok || at >= view.Total() {
		return cmd
	}
	row, ok := view.row(at)
	if !ok {
		return cmd
	}
	switch a {
	case keymap.Mark:
		s.marks = s.marks.Toggled(row)
		s.anchor = row
		m.results.Move(1)
		s.stay()
	case keymap.MarkRange:
		from := view.index(s.anchor)
		if s.marks.Len() == 0 || from < 0 {
			m.say(m.lang.Say(words.NoAnchor), plain)
			return cmd
		}
		s.marks = s.marks.Or(view.between(min(from, at), max(from, at)))
		s.anchor = row
	case keymap.MarkAll:
		all := view.selection()
		if all.Without(s.marks).Len() == 0 {
			s.marks = s.marks.Without(all)
		} else {
			s.marks = s.marks.Or(all)
		}
	}
	view.marks = s.marks
	m.results.Swap(view, m.results.Cursor())
	if n := s.marks.Len(); n > 0 {
		m.say(m.lang.Say(words.Marked, words.RowCount(m.lang, n)), plain)
	} else {
		m.say(m.lang.Say(words.NoneMarked), plain)
	}
	return tea.Batch(cmd, m.moved())
}

func (m *Model) dropMarks() tea.Cmd {
	m.slice.marks = recordset.Selection{}
	if view, ok := m.results.Source().(rowsView); ok {
		view.marks = m.slice.marks
		m.results.Swap(view, m.results.Cursor())
	}
	return nil
}

// selection is all its rows.
func (v rowsView) selection() recordset.Selection {
	if v.all {
		return v.snap.All()
	}
	return v.between(0, len(v.rows)-1)
}

// between is the rows from place i to place j, both known.
func (v rowsView) between(i, j int) recordset.Selection {
	if v.all {
		return v.snap.All().View().Between(i, j)
	}
	return v.rows.Between(i, j)
}

// termsState says, while a filter is typed, what is wrong with it and where,
// else what it narrows.
func (m *Model) termsState() []string {
	if wrong := m.termError(); wrong != nil {
		point := m.prompt.Point(wrong.Start, words.FilterError(m.lang, wrong), m.w)
		if cure := words.FilterCure(m.lang, wrong); cure != "" {
			return append(m.fit.Wrap(cure, max(2, m.w-2)), point)
		}
		return []string{point}
	}
	return m.fit.Wrap(m.termsHint(), max(2, m.w-2))
}

// termsHint says what the header does not: how many rows are narrowed and left
// stands there.
func (m *Model) termsHint() string {
	s := m.slice
	text := m.candidates()
	_, _, service := m.serviceCan()
	switch {
	case text != "":
		return text
	case m.prompt.Text() == "":
		return m.lang.Say(words.TermsHint)
	case s.from == fromPages && (m.untold() || s.snap.Len() < m.pages.Announced()):
		if service {
			return m.lang.Say(words.ServiceCan)
		}
		return m.lang.Say(words.NarrowsPart)
	}
	return m.lang.Say(words.NarrowsAll)
}

// completionMsg answers a completion command.
type completionMsg struct {
	text string
	can  recordset.Completion
	err  error
}

// completion is what tab may put in; tab again takes the next candidate.
type completion struct {
	text string // what stands there with the candidate at next-1
	base string
	can  recordset.Completion
	next int
}

// complete asks what the word being typed may become.
func (m *Model) complete() tea.Cmd {
	text, at := m.prompt.Text(), m.prompt.Cursor()
	if m.completion.text == text && len(m.completion.can.Candidates) > 1 {
		m.nextCandidate()
		return nil
	}
	ctx, snap := m.slice.ctx, m.slice.snap
	return func() tea.Msg {
		can, err := snap.Complete(ctx, text, at)
		return completionMsg{text, can, err}
	}
}

func (m *Model) onCompletion(msg completionMsg) tea.Cmd {
	if msg.err != nil || m.place != keymap.FilterPrompt || msg.text != m.prompt.Text() {
		return nil
	}
	if len(msg.can.Candidates) == 0 {
		m.completion = completion{}
		return nil
	}
	m.completion = completion{base: msg.text, can: msg.can}
	m.nextCandidate()
	return m.narrowAsTyped()
}

func (m *Model) nextCandidate() {
	c := &m.completion
	text := c.can.Candidates[c.next%len(c.can.Candidates)].Text
	c.next++
	c.text = c.base[:c.can.Start] + text + c.base[c.can.End:]
	m.prompt.Set(c.text, c.can.Start+len(text))
}

// candidates lists what tab can put in, the present one first.
func (m *Model) candidates() string {
	c := m.completion
	if c.text == "" || c.text != m.prompt.Text() || len(c.can.Candidates) < 2 {
		return ""
	}
	const shown = 8
	var parts []string
	for i := range min(shown, len(c.can.Candidates)) {
		v := c.can.Candidates[(c.next-1+i)%len(c.can.Candidates)]
		text := v.Text
		if v.Count > 0 {
			text = m.lang.Say(words.InBrackets, text, words.Number(v.Count))
		}
		if v.Detail != "" {
			text += " " + m.fit.Cut(v.Detail, 30)
		}
		parts = append(parts, text)
	}
	return m.dots(parts)
}
