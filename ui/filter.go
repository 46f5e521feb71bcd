package ui

import (
	"context"
	"slices"
	"strings"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"bounceboard/keymap"
	"bounceboard/sendcloud/paste"
	"bounceboard/sendcloud/recordset"
	"bounceboard/ui/prompt"
	"bounceboard/ui/recall"
	"bounceboard/ui/screen"
	"bounceboard/ui/session"
	"bounceboard/ui/words"
)

const completeKind screen.Kind = "complete"

// filterPrompt is where a filter is typed; the rows narrow meanwhile.
type filterPrompt struct {
	*prompt.Prompt
	s    *session.Session
	lang words.Lang
	keys keymap.Map
	now  func() time.Time
	past *recall.History

	can  recordset.Completion // what tab may put in; tab again takes the next one
	text string               // what stands there with the candidate before next
	base string               // what stood there before
	next int
}

func (m *Model) openFilter() tea.Cmd {
	s := m.at.session
	if s.From() == session.FromPages && s.Snapshot().Len() == 0 {
		return m.tell(words.NoRow)
	}
	f := &filterPrompt{s: s, lang: m.Lang, keys: m.Keys, now: m.Now, past: m.past.filters}
	m.past.filters.Leave()
	f.Prompt = prompt.New(m.Theme, keymap.FilterPrompt, m.Keys.Key(keymap.Filter), s.Type(), nil)
	m.at.push(f)
	return nil
}

func (f *filterPrompt) Press(a keymap.Action, key string) screen.Effect {
	switch a {
	case keymap.Back:
		return popped(f.s.Untype(), completeKind)
	case keymap.Accept:
		if session.WrongFilter(f.Text(), f.now()) != nil {
			return screen.Effect{} // what is wrong stands there already
		}
		e := popped(f.s.Keep(), completeKind)
		if err := f.past.Add(f.Text()); err != nil {
			e.Say = &screen.Notice{Text: f.lang.Say(words.HistoryLost, err.Error()), Tone: screen.Bad}
		}
		return e
	case keymap.Older:
		if line, ok := f.past.Older(f.Text()); ok {
			f.Set(line, len(line))
		}
	case keymap.Newer:
		if line, ok := f.past.Newer(); ok {
			f.Set(line, len(line))
		}
	case keymap.Complete:
		return f.complete()
	}
	f.Prompt.Press(a, key)
	return f.s.Typed(f.Text())
}

// popped returns an effect that also leaves the screen on top, and ends its jobs.
func popped(e screen.Effect, stop ...screen.Kind) screen.Effect {
	e.Pop, e.Stop = true, append(e.Stop, stop...)
	return e
}

func (f *filterPrompt) Type(key any) screen.Effect {
	f.Prompt.Type(key)
	return f.s.Typed(f.Text())
}

// Paste puts text into the filter. Of a list of addresses or ids any may be in a row.
func (f *filterPrompt) Paste(text string) screen.Effect {
	emails, ids := paste.Found(text)
	list, said := slices.Concat(ids, emails), (*screen.Notice)(nil)
	if len(list) > 1 {
		said = &screen.Notice{Text: words.Capital(words.Understood(f.lang, paste.Read(text)))}
		for i := range list {
			list[i] = recordset.Quote(list[i])
		}
		if text = strings.Join(list, " | "); f.Text() != "" {
			text = "(" + text + ")"
		}
	}
	f.Prompt.Paste(text)
	e := f.s.Typed(f.Text())
	e.Say = said
	return e
}

// Draw says what is wrong with the filter and where, else what it narrows.
func (f *filterPrompt) Draw(bool) []string {
	wrong := session.WrongFilter(f.Text(), f.now())
	if wrong == nil {
		return f.Fit.Wrap(f.hint(), max(2, f.W-2))
	}
	point := f.Point(wrong.Start, words.FilterError(f.lang, wrong))
	if cure := words.FilterCure(f.lang, wrong); cure != "" {
		return append(f.Fit.Wrap(cure, max(2, f.W-2)), point)
	}
	return []string{point}
}

// hint says what the header does not: there stands how many rows are narrowed and left.
func (f *filterPrompt) hint() string {
	switch candidates := f.candidates(); {
	case candidates != "":
		return candidates
	case f.Text() == "":
		return f.lang.Say(words.TermsHint)
	case f.s.Fetching():
		return f.lang.Say(words.FetchesRest)
	case f.s.From() == session.FromPages && f.s.Coverage().Partial():
		return f.lang.Say(words.NarrowsPart.With(f.keys))
	}
	return f.lang.Say(words.NarrowsAll.With(f.keys))
}

// complete puts in the next candidate, or asks what the word being typed may become.
func (f *filterPrompt) complete() screen.Effect {
	text, at, snap := f.Text(), f.Cursor(), f.s.Snapshot()
	if f.text == text && len(f.can.Candidates) > 1 {
		return f.put()
	}
	return screen.Run(screen.Job{Kind: completeKind,
		Run: func(ctx context.Context, _ func(any)) (any, error) { return snap.Complete(ctx, text, at) },
		Done: func(got any, err error) screen.Effect {
			can, ok := got.(recordset.Completion)
			if !ok || err != nil || text != f.Text() || len(can.Candidates) == 0 {
				return screen.Effect{}
			}
			f.can, f.base, f.next = can, text, 0
			return f.put()
		}})
}

func (f *filterPrompt) put() screen.Effect {
	text := f.can.Candidates[f.next%len(f.can.Candidates)].Text
	f.next++
	f.text = f.base[:f.can.Start] + text + f.base[f.can.End:]
	f.Set(f.text, f.can.Start+len(text))
	return f.s.Typed(f.text)
}

// candidates lists what tab can put in, the present one first.
func (f *filterPrompt) candidates() string {
	n := len(f.can.Candidates)
	if n < 2 || f.text != f.Text() {
		return ""
	}
	var parts []string
	for i := range min(8, n) {
		v := f.can.Candidates[(f.next-1+i)%n]
		if v.Count > 0 {
			v.Text = f.lang.Say(words.InBrackets, v.Text, words.Number(v.Count))
		}
		parts = append(parts, strings.TrimSpace(v.Text+" "+f.Fit.Cut(v.Detail, 30)))
	}
	return strings.Join(parts, f.Dot())
}
