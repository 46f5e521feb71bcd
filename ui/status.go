package ui

import (
	"cmp"
	"errors"
	"slices"
	"strings"
	"time"

	"bounceboard/keymap"
	"bounceboard/sendcloud"
	"bounceboard/ui/cell"
	"bounceboard/ui/counts"
	"bounceboard/ui/screen"
	"bounceboard/ui/session"
	"bounceboard/ui/words"
)

// mostStatus is how many lines the status area has at most.
const mostStatus = 4

// message returns the lines of the status area: what stands at the bottom, a notice about the last key, else what is going on.
func (f *frame) message() []string {
	top, text := f.at.top(), f.Theme.Keys(f.notice.Text)
	_, bar := top.(screen.Bar)
	switch {
	case bar && (text == "" || top.Place() == keymap.CopyMenu):
		if lines := append(f.wrap(text), top.Draw(true)...); len(lines) > 0 {
			return lines
		}
		text = f.state()
	case text == "":
		text = f.state()
	case f.notice.Tone != screen.Bad && f.wrong(): // an error stands until the next answer
		return append(f.wrap(text), f.wrap(f.state())...)
	case f.notice.Tone == screen.Plain && f.underWay():
		text = f.inLine(append([]string{strings.TrimRight(text, ".。")}, f.doing()...), 2)
	case f.notice.Stays:
		text = f.inLine(append([]string{text}, f.told()...), 1)
	}
	return f.wrap(text)
}

func (f *frame) wrap(text string) []string {
	if text == "" {
		return nil
	}
	return f.fit.Wrap(text, max(2, f.w-2))
}

// inLine joins as many parts as fit into one line, least at the least: what changes while one waits must not move the table.
func (f *frame) inLine(parts []string, least int) string {
	for len(parts) > least && cell.Width(f.dots(parts)) > f.w-2 {
		parts = parts[:len(parts)-1]
	}
	return f.dots(parts)
}

func (f *frame) dots(parts []string) string {
	return strings.Join(parts, " "+f.Theme.Marks.Dot+" ")
}

// underWay: rows are on their way that somebody waits for.
func (f *frame) underWay() bool {
	return f.at.session.Loading(f.at.table.Window()) || f.at.session.Fetching()
}

// stopping: esc stops calls now.
func (f *frame) stopping() bool {
	over := []keymap.Place{keymap.Table, keymap.Detail, keymap.FacetsPane, keymap.TimelinePane, keymap.PatternPage}
	return slices.Contains(over, f.at.top().Place()) && f.underWay() && !f.jobs.Running(session.Read)
}

// state says what is going on, or what a person has to know about the rows.
func (f *frame) state() string {
	s := f.at.session
	got, reading := s.Reading()
	switch {
	case f.countsQuery(): // the screen says itself how far it is
		var parts []string
		if path := s.Path(); len(path) > 0 {
			parts = append(parts, f.Lang.Say(words.CountsOfQuery.With(f.Keys), path[len(path)-1].Text))
		}
		if f.jobs.Running(counts.Kind) {
			parts = append(parts, f.waits(f.at.counts.Progress(), false)...)
		}
		return f.inLine(parts, 1)
	case f.underWay():
		return f.inLine(f.doing(), 1)
	case s.Paused() && got.Err == nil:
		return f.Lang.Say(words.FetchPaused.With(f.Keys))
	case s.Asking.Stopped:
		return f.Lang.Say(words.Stopped.With(f.Keys))
	case s.Asking.Err != nil && s.Total() == 0 && f.at.base() == f.at.table:
		return "" // it stands where the rows would
	case s.Asking.Err != nil:
		text := f.sentence(s.Asking.Err)
		if at := s.Age(f.at.table.Window()); s.Total() > 0 && !at.IsZero() {
			text += f.Lang.Say(words.KeptRows, f.clock(at)) + f.Lang.Say(words.Gap)
		}
		return text + f.Lang.Say(words.TryAgain.With(f.Keys))
	case reading && s.From() == session.FromFile:
		return f.fileState(got)
	case reading && (got.Err != nil || got.Whole):
		if text := f.fetchState(got); text != "" {
			return text
		}
	}
	return f.dots(f.told())
}

// told returns what a person has to know about the rows on screen.
func (f *frame) told() []string {
	s := f.at.session
	plan, _ := s.Plan()
	var parts []string
	add := func(holds bool, said words.Sentence, args ...any) {
		if holds {
			parts = append(parts, f.Lang.Say(said.With(f.Keys), args...))
		}
	}
	add(f.few(s.Progress), words.CallsLeft, words.Number(s.Progress.Budget.Left))
	c := s.Coverage()
	counted := f.at.pane == f.at.facets || f.at.pane == f.at.timeline || s.Total() == 0 // the pane or the table says it
	add(s.Narrowed() && !counted && c.Partial(), words.AmongFetched)
	add(!c.AsOf.IsZero() && f.Now().Sub(c.AsOf) >= session.OldAfter, words.TenMinutes)
	if s.News > 0 {
		parts = append(parts, f.Lang.Plural(s.News, "new row", "new rows", "行新增")+f.Lang.Say(words.NewAbove.With(f.Keys)))
	}
	add(s.AllMail, words.AllMail)
	add(s.Finding.Lowered(), words.LowerCase)
	if said := searched(f.Lang, s); said != "" {
		parts = append(parts, said)
	}
	if n := len(s.Missing); n > 0 && f.at.top().Place() != keymap.QueryForm { // its keys are text there
		parts = append(parts, f.notFound(plan.Query, n))
	}
	notes := s.Asking.Notes
	if f.again {
		notes = append([]sendcloud.Note{sendcloud.ServiceMayRepeat}, notes...)
	}
	for _, n := range notes {
		parts = append(parts, words.Note(f.Lang, n))
	}
	return parts
}

// notFound says how many of the ids and addresses asked for have no row, and which filter may be why.
func (f *frame) notFound(q sendcloud.Query, n int) string {
	var without sendcloud.Param
	of := max(len(q.Emails)+len(q.EmailIDs), len(f.at.session.Items))
	if ways := f.at.session.Asking.Widenings; f.at.session.Empty() && len(ways) > 0 {
		without = ways[0].Without
	}
	return words.NotFound(f.Lang, f.Keys, q, n, of, without)
}

func (f *frame) sentence(err error) string {
	return words.Capital(words.ErrorHere(f.Lang, err)) + f.Lang.Say(words.FullStop)
}

// fetchState says how the fetch of every row ended; empty where nothing is to be said about it.
func (f *frame) fetchState(got session.Reading) string {
	switch sum := got.Summary; {
	case got.Err != nil && got.Here == 0:
		return f.sentence(got.Err) + f.Lang.Say(words.FetchNone.With(f.Keys))
	case got.Err != nil:
		return f.sentence(got.Err) + f.Lang.Say(words.FetchKept.With(f.Keys), words.RowCount(f.Lang, got.Here))
	case len(sum.Incomplete) > 0:
		return words.MayLack(f.Lang, f.Keys, sum)
	case sum.Empty > 0:
		return f.Lang.Say(words.FetchEmpty, words.RowCount(f.Lang, sum.Empty))
	case sum.Repeated > 0 && sum.Announced > got.Here && !sum.AtMost:
		return f.Lang.Say(words.FetchRepeated, words.Number(sum.Announced), words.Number(sum.Announced-got.Here))
	}
	return ""
}

// fileState says why a file was not read to its end, or which of its lines hold no row.
func (f *frame) fileState(got session.Reading) string {
	name, at := f.File.Name, f.clock(f.at.session.Coverage().AsOf)
	switch {
	case errors.Is(got.Err, session.ErrReplaced):
		return f.Lang.Say(words.FileGone, name, at)
	case got.Err != nil:
		return f.Lang.Say(words.FileBroke, name, words.ErrorHere(f.Lang, got.Err))
	}
	var parts []string
	if n := got.File.Damaged; n > 0 {
		parts = append(parts, words.DamagedLines(f.Lang, n, got.File.Which))
	}
	if got.File.Cut {
		parts = append(parts, f.Lang.Say(words.LastLineCut.With(f.Keys)))
	}
	if got.File.Repeated > 0 {
		parts = append(parts, f.Lang.Say(words.FileRepeated, words.RowCount(f.Lang, got.File.Repeated)))
	}
	return f.dots(parts)
}

// doing says what a page, a fetch or the reading of a file is doing, the most telling first; the header has the rows.
func (f *frame) doing() []string {
	s := f.at.session
	got, _ := s.Reading()
	parts := []string{f.Lang.Say(words.Loading)}
	switch {
	case s.ToEnd:
		parts[0] = f.Lang.Say(words.ToTheEnd.With(f.Keys))
	case f.jobs.Running(session.Read):
		return []string{f.Lang.Say(words.ReadingFile, words.RowCount(f.Lang, got.Here))}
	case f.jobs.Running(session.Fetch):
		parts[0] = cmp.Or(searched(f.Lang, s), f.Lang.Say(words.Fetching))
		took := f.Now().Sub(got.Since)
		if got.New == 0 || took < time.Second {
			break
		}
		rate := float64(got.New) / took.Seconds()
		parts = append(parts, f.Lang.Say(words.RowsPerSecond, words.Number(int(rate))))
		if left := got.Summary.Announced - got.Here; left > 0 && got.Summary.Unknown == 0 && !got.Summary.AtLeast {
			parts = append(parts, f.Lang.Say(words.TimeLeft, words.Duration(f.Lang, time.Duration(float64(left)/rate*float64(time.Second)))))
		}
	}
	parts = append(parts, f.waits(s.Progress, s.Progress.Budget.PerMinute > 0)...)
	if e := s.Progress.Event; e.Calls > 1 && !f.jobs.Running(session.Fetch) {
		parts = append(parts, f.Lang.Say(words.CallOf, e.Call, e.Calls))
	}
	if f.again {
		parts = append(parts, words.Note(f.Lang, sendcloud.ServiceMayRepeat))
	}
	return parts
}

// waits says why a call does not go out at once and, where asked or when they are few, how many calls are left.
func (f *frame) waits(p session.Progress, left bool) (parts []string) {
	if text := words.Waiting(f.Lang, f.Theme.Marks.Dot, p.Event, f.Now()); text != "" {
		parts = []string{text}
	}
	if left && f.Now().Sub(p.At) < time.Minute || f.few(p) {
		parts = append(parts, f.Lang.Say(words.CallsLeft, words.Number(p.Budget.Left)))
	}
	return parts
}

func (f *frame) few(p session.Progress) bool {
	return p.Budget.Left*10 < p.Budget.PerMinute && f.Now().Sub(p.At) < time.Minute
}

func (f *frame) clock(t time.Time) string { return words.ClockOn(f.today, t) }

// waitsUntil returns when the calls that are under way go on.
func (f *frame) waitsUntil() time.Time {
	switch {
	case f.underWay():
		return f.at.session.Progress.Event.Until
	case f.jobs.Running(counts.Kind) && slices.Contains(f.at.stack, screen.Screen(f.at.counts)):
		return f.at.counts.Progress().Event.Until
	case f.few(f.at.session.Progress):
		return f.at.session.Progress.At.Add(time.Minute + time.Second)
	}
	return time.Time{}
}
