package ui

import (
	"strconv"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"bounceboard/keymap"
	"bounceboard/sendcloud"
	"bounceboard/ui/words"
)

// keys takes one message of the keyboard. Keys that arrive together come as
// one message of many runes, and an unbracketed paste looks the same; a run of
// keys that only move is keys, anything else was pasted.
func (m *Model) keys(msg tea.KeyMsg) tea.Cmd {
	text := string(msg.Runes)
	switch {
	case msg.Alt && !msg.Paste: // esc and a key that arrived together
		esc := m.press(tea.KeyMsg{Type: tea.KeyEsc})
		msg.Alt = false
		return tea.Batch(esc, m.keys(msg))
	case m.typing(), msg.Type != tea.KeyRunes:
		return m.press(msg)
	case len(m.waiting) > 0 && m.early(msg, ""):
		return nil
	case msg.Paste, len(msg.Runes) > 1 && !m.together(text):
		if digits, ok := strings.CutPrefix(keymap.Narrow(text), "#"); ok && !msg.Paste && number(digits) {
			return tea.Batch(m.press(runes('#')), m.press(runes([]rune(digits)...)))
		}
		if !msg.Paste && (m.inMenu() || m.chord(msg.Runes)) {
			return tea.Batch(m.press(runes(msg.Runes[0])), m.keys(runes(msg.Runes[1:]...)))
		}
		if rest, ok := strings.CutPrefix(text, "/"); ok && !msg.Paste {
			return tea.Batch(m.press(runes('/')), m.keys(runes([]rune(rest)...)))
		}
		return m.paste(text)
	}
	var cmds []tea.Cmd
	for _, r := range msg.Runes {
		cmds = append(cmds, m.press(runes(r)))
	}
	return tea.Batch(cmds...)
}

// together: a run of runes is keys that arrived together. Over the table and the
// detail, where one pastes, only moving keys are; elsewhere any that act.
func (m *Model) together(text string) bool {
	if m.place == keymap.Table || m.place == keymap.Detail {
		return m.opt.Keys.MovesOnly(m.place, text)
	}
	return m.opt.Keys.Bound(m.place, text)
}

// chord: two keys of which the first opens a menu that knows the second, and
// maybe keys behind them that only move.
func (m *Model) chord(keys []rune) bool {
	menus := map[keymap.Action]keymap.Place{keymap.Copy: keymap.CopyMenu, keymap.Sort: keymap.SortMenu}
	first, _ := m.opt.Keys.Action(m.place, string(keys[0]))
	menu, ok := menus[first]
	if !ok {
		return false
	}
	_, ok = m.opt.Keys.Action(menu, string(keys[1]))
	return ok && (len(keys) == 2 || m.opt.Keys.MovesOnly(m.place, string(keys[2:])))
}

func runes(r ...rune) tea.KeyMsg { return tea.KeyMsg{Type: tea.KeyRunes, Runes: r} }

func number(s string) bool {
	_, err := strconv.ParseUint(s, 10, 31)
	return err == nil
}

func (m *Model) typing() bool { return keymap.Typing(m.place) }

// press routes one key: what always acts, then the place that has the
// keyboard. A key that does nothing here says so.
func (m *Model) press(msg tea.KeyMsg) tea.Cmd {
	key := msg.String()
	if msg.Type == tea.KeySpace {
		key = " "
	}
	action, ok := m.opt.Keys.Action(m.place, key)
	if msg.Paste {
		ok = false
	}
	if tooSmall(m.w, m.h) && m.w > 0 && action != keymap.Quit && action != keymap.ForceQuit {
		return nil
	}
	m.notice, m.pressed = notice{}, keymap.Narrow(key)
	m.warned = m.warned && action == keymap.Back
	m.fresh = m.fresh && action == keymap.Again
	if m.early(msg, action) {
		return nil
	}
	if m.typing() {
		return m.typed(msg, action, ok)
	}
	if !ok {
		m.say(words.NoSuchKey(m.lang, keymap.Narrow(key), m.opt.Keys.Elsewhere(key), m.opt.Keys), plain)
		return nil
	}
	switch action {
	case keymap.Quit, keymap.ForceQuit:
		return m.quit()
	case keymap.Suspend:
		return m.suspend()
	}
	switch m.place {
	case keymap.HelpPage:
		return m.pressHelp(action)
	case keymap.CopyMenu:
		return m.pressCopy(action)
	case keymap.SortMenu:
		return m.pressSort(action)
	case keymap.Confirm:
		return m.pressConfirm(action)
	case keymap.Detail:
		return m.pressDetail(action)
	case keymap.FacetsPane:
		return m.pressValues(action)
	case keymap.TimelinePane:
		return m.pressMoments(action)
	case keymap.PatternPage:
		return m.pressCard(action)
	case keymap.CountsPage:
		return m.pressNumbers(action)
	}
	return m.pressTable(action)
}

func (m *Model) quit() tea.Cmd {
	m.req.stop()
	m.dropSlice()
	for _, p := range m.trail {
		if p.slice != nil {
			p.slice.drop()
		}
	}
	return tea.Quit
}

func (m *Model) suspend() tea.Cmd {
	if !m.out.job() {
		m.say(m.lang.Say(words.NoShell), plain)
		return nil
	}
	return tea.Suspend
}

// shared are the actions that mean the same in the table and in the detail.
func (m *Model) shared(a keymap.Action) (tea.Cmd, bool) {
	switch a {
	case keymap.Help:
		m.showHelp()
	case keymap.Query:
		if m.opt.API == nil {
			m.say(m.lang.Say(words.FileNoFilters), plain)
			break
		}
		m.openForm(m.plan.Query)
	case keymap.Again:
		return m.again(), true
	case keymap.Copy:
		if _, ok := m.results.Selected(); !ok && len(m.missing) == 0 {
			m.say(m.lang.Say(words.NoRow), plain)
			break
		}
		m.push(keymap.CopyMenu)
	case keymap.NextPage, keymap.PrevPage:
		return m.turn(a), true
	case keymap.FetchAll:
		return m.fetchAll(), true
	case keymap.Counts:
		return m.openCounts(), true
	case keymap.Sort:
		if m.results.Total() == 0 {
			m.say(m.lang.Say(words.NoRow), plain)
			break
		}
		m.push(keymap.SortMenu)
	case keymap.Mark, keymap.MarkRange, keymap.MarkAll:
		return m.mark(a), true
	case keymap.Filter:
		return m.openTerms(), true
	case keymap.Pattern:
		return m.openCard(), true
	case keymap.Facets:
		return m.openPane(keymap.FacetsPane), true
	case keymap.Timeline:
		return m.openPane(keymap.TimelinePane), true
	case keymap.NextPane, keymap.PrevPane:
		m.nextPane()
	default:
		return nil, false
	}
	return nil, true
}

func (m *Model) pressTable(a keymap.Action) tea.Cmd {
	if cmd, ok := m.shared(a); ok {
		return cmd
	}
	switch a {
	case keymap.Open:
		if _, ok := m.results.Selected(); !ok {
			m.say(m.lang.Say(words.NoRow), plain)
			return nil
		}
		m.closePane()
		m.open, m.place = true, keymap.Detail
		m.rest()
	case keymap.GoToPage:
		if m.results.LastPage() == 0 {
			m.say(m.lang.Say(words.OnePage), plain)
			return nil
		}
		m.ask(keymap.PagePrompt, m.lang.Say(words.WhichPage, words.Number(m.results.LastPage()+1)), "")
	case keymap.LoosenFirst, keymap.LoosenSecond:
		if m.phase != empty || m.slice != nil {
			return m.openColumn()
		}
		return m.loosen(a)
	case keymap.FacetsBy:
		return m.openColumn()
	case keymap.Back:
		return m.back()
	default:
		return m.move(a)
	}
	return nil
}

// mover is a part with a cursor.
type mover interface {
	Move(n int)
	First()
	Last()
	Scroll(halves int)
}

// steer moves the cursor of a part; false: a is no moving action.
func steer(p mover, a keymap.Action) bool {
	switch a {
	case keymap.Up:
		p.Move(-1)
	case keymap.Down:
		p.Move(1)
	case keymap.First:
		p.First()
	case keymap.Last:
		p.Last()
	case keymap.HalfUp:
		p.Scroll(-1)
	case keymap.HalfDown:
		p.Scroll(1)
	case keymap.PageUp:
		p.Scroll(-2)
	case keymap.PageDown:
		p.Scroll(2)
	default:
		return false
	}
	return true
}

// move moves the selection; the detail pane follows when it rests.
func (m *Model) move(a keymap.Action) tea.Cmd {
	if m.results.Total() == 0 {
		m.say(m.lang.Say(words.NoRow), plain)
		return nil
	}
	m.resume()
	if m.slice != nil {
		m.slice.follow = ""
		m.slice.stay()
	}
	was := m.results.Cursor()
	if a == keymap.First || a == keymap.Last {
		m.retry()
	}
	steer(m.results, a)
	if m.results.Cursor() == was {
		end := words.AtEnd
		if was == 0 {
			end = words.AtStart
		}
		m.say(m.lang.Say(end), plain)
		return nil
	}
	return m.moved()
}

// turn goes to the next or previous page of the service.
func (m *Model) turn(a keymap.Action) tea.Cmd {
	n := m.results.Page() + 1
	if a == keymap.PrevPage {
		n = m.results.Page() - 1
	}
	switch {
	case m.results.Total() == 0:
		m.say(m.lang.Say(words.NoRow), plain)
		return nil
	case n < 0:
		m.say(m.lang.Say(words.FirstPage), plain)
		return nil
	case n > m.results.LastPage():
		m.say(m.lang.Say(words.LastPage), plain)
		return nil
	}
	return m.goTo(n)
}

func (m *Model) goTo(page int) tea.Cmd {
	m.resume()
	m.retry()
	m.results.TurnTo(page)
	if m.slice != nil {
		m.slice.stay()
	}
	if m.slice == nil && m.pages.Open() {
		m.say(m.lang.Say(words.OnPageOf, words.Number(page+1)), plain)
	} else {
		m.say(m.lang.Say(words.OnPage, words.Number(page+1), words.Number(m.results.LastPage()+1)), plain)
	}
	return m.moved()
}

func (m *Model) pressDetail(a keymap.Action) tea.Cmd {
	if cmd, ok := m.shared(a); ok {
		return cmd
	}
	if scroll(m.detail, a) {
		return nil
	}
	switch a {
	case keymap.Unfold:
		if !m.detail.Unfold() {
			m.say(m.lang.Say(words.NothingFolded), plain)
		}
	case keymap.Back:
		return m.back()
	}
	return nil
}

// back goes one step back: it stops what is loading, leaves the detail, takes
// off the last step of narrowing, closes the detail; it never quits.
func (m *Model) back() tea.Cmd {
	switch {
	case m.calling():
		return m.stopFetch()
	case m.loading():
		m.req.stop()
		m.phase = stopped
		m.waiting = nil
	case m.place == keymap.Detail:
		m.place = keymap.Table
		m.open = m.open && (below(m.h) || beside(m.w))
	case m.slice != nil && len(m.slice.path) > 0:
		return m.widenPath()
	case m.slice != nil && m.slice.order != nil:
		m.slice.order = nil
		return m.arrangeOrGoBack()
	case m.slice != nil && m.slice.marks.Len() > 0 && !m.warned:
		m.warned = true
		m.say(m.lang.Say(words.EscDropsMarks, words.RowCount(m.lang, m.slice.marks.Len())), plain)
	case m.slice != nil && m.slice.from == fromPages:
		m.release()
	case m.slice != nil && m.slice.marks.Len() > 0:
		return m.dropMarks()
	case len(m.trail) > 0:
		return m.comeBack()
	case m.open && below(m.h) && !beside(m.w):
		m.open = false
	default:
		m.say(m.lang.Say(words.NoWayBack), plain)
	}
	return nil
}

func (m *Model) pressConfirm(a keymap.Action) tea.Cmd {
	m.pop()
	if a != keymap.Fetch {
		return nil
	}
	return m.yes()
}

// confirm asks before something that costs.
func (m *Model) confirm(question string, yes func() tea.Cmd) {
	m.question, m.yes = question, yes
	m.push(keymap.Confirm)
}

func (m *Model) nextPane() {
	switch {
	case inPane(m.place):
		m.place = keymap.Table
	case m.pane != "":
		m.place = m.pane
	case m.open && (below(m.h) || beside(m.w)):
		m.place = keymap.Detail
	default:
		m.say(m.lang.Say(words.OnePane), plain)
	}
}

func (m *Model) again() tea.Cmd {
	if s := m.slice; s != nil && s.from == fromFile {
		if !s.feed.ended {
			m.say(m.lang.Say(words.StillReading), plain)
			return nil
		}
		return m.readOn()
	}
	if !m.planned {
		return nil
	}
	if s := m.slice; s != nil && s.from == fromService && s.set.Len() > 0 {
		m.confirm(m.lang.Say(words.AskAgainCost, words.RowCount(m.lang, s.set.Len())), func() tea.Cmd { return m.search(m.plan.Query, true) })
		return nil
	}
	return m.search(m.plan.Query, true)
}

// push gives a dialog the keyboard; pop gives it back.
func (m *Model) push(p keymap.Place) { m.under, m.place = m.place, p }
func (m *Model) pop()                { m.place, m.under = m.under, "" }

// at reports whether a place has the keyboard, or gets it back.
func (m *Model) at(p keymap.Place) bool { return m.place == p || m.under == p }

func (m *Model) ask(p keymap.Place, label, text string) {
	m.prompt.Ask(label, text)
	m.push(p)
}

func (m *Model) showHelp() {
	m.help.Show(words.HelpLines(m.lang, m.opt.Keys, m.place))
	m.push(keymap.HelpPage)
}

func (m *Model) pressHelp(a keymap.Action) tea.Cmd {
	if !scroll(m.help, a) {
		m.pop()
	}
	return nil
}

func (m *Model) openForm(q sendcloud.Query) {
	m.form.Open(q, m.known(), m.cost)
	m.push(keymap.QueryForm)
}

func (m *Model) cost(q sendcloud.Query) (int, []sendcloud.Note, error) {
	p, err := m.opt.API.Plan(q)
	if err != nil {
		return 0, nil, err
	}
	return p.Calls(), p.Notes, nil
}
