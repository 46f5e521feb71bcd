package ui

import (
	"context"
	"iter"
	"os/exec"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/aymanbagabas/go-osc52/v2"
	tea "github.com/charmbracelet/bubbletea"

	"bounceboard/keymap"
	"bounceboard/sendcloud"
	"bounceboard/ui/export"
	"bounceboard/ui/screen"
	"bounceboard/ui/session"
	"bounceboard/ui/words"
)

const (
	copyKind screen.Kind = "copy"

	mostCopied = 10000          // rows in a clipboard
	mostSent   = 74_000 * 3 / 4 // bytes that terminals commonly take: 74 kB as they are sent
)

// copyAs says how an action of the copy menu writes a row. JSON escapes what a terminal would obey; all else is made visible.
var copyAs = map[keymap.Action]func(words.Lang, *session.Session, sendcloud.Record) string{
	keymap.CopyAddress: func(_ words.Lang, _ *session.Session, r sendcloud.Record) string { return export.Visible(r.Recipients) },
	keymap.CopyID:      func(_ words.Lang, _ *session.Session, r sendcloud.Record) string { return export.Visible(r.EmailID) },
	keymap.CopyReply:   func(_ words.Lang, _ *session.Session, r sendcloud.Record) string { return export.Visible(r.SendLog) },
	keymap.CopyJSON:    func(_ words.Lang, _ *session.Session, r sendcloud.Record) string { return export.JSON(r) },
	keymap.CopyText: func(l words.Lang, s *session.Session, r sendcloud.Record) string { // as a ticket wants it
		return export.Text(l, r, s.Explain(r)) + "\n"
	},
	keymap.CopyAnswer: func(l words.Lang, s *session.Session, r sendcloud.Record) string {
		return words.Answer(l, r.Status, s.Explain(r))
	},
	keymap.CopyAnswer2: func(l words.Lang, s *session.Session, r sendcloud.Record) string {
		return words.Answer(l.Other(), r.Status, s.Explain(r))
	},
}

// chosen returns the marked rows that pass the filter (all marked ones where asked for), or else the selected row.
func (v *visit) chosen() (rows iter.Seq[sendcloud.Record], n int) {
	s := v.session
	snap := s.Snapshot()
	marks, _ := s.MarksHere()
	if v.outside {
		marks = s.Marks
	}
	if rec, ok := s.Selected(); ok && marks.Len() == 0 {
		return slices.Values([]sendcloud.Record{rec}), 1
	}
	return func(yield func(sendcloud.Record) bool) {
		for row := range marks.Rows() {
			if !yield(snap.Record(row)) {
				return
			}
		}
	}, marks.Len()
}

func (m *Model) copyRows(a keymap.Action) tea.Cmd {
	rows, n := m.at.chosen()
	missing := m.at.session.Missing
	plan, _ := m.at.session.Plan()
	switch {
	case a == keymap.CopyOutside:
		m.openMenu(keymap.Copy)
		m.at.outside = true
		return nil
	case a == keymap.CopyMissing && len(missing) == 0:
		return m.tell(words.NothingMissing)
	case a == keymap.CopyMissing && words.Filtered(plan.Query): // they may well be there
		m.notice = screen.Notice{Text: m.notFound(plan.Query, len(missing)), Stays: true}
		return nil
	case a == keymap.CopyMissing:
		text := export.Visible(strings.Join(missing, "\n"))
		return m.copy(screen.Copy{What: m.Lang.Say(words.ActionName(a)), Text: text, Rows: len(missing)}, true)
	case n == 0:
		return nil
	case n > mostCopied:
		return m.say(m.Lang.Say(words.TooManyToCopy.With(m.Keys), words.Number(mostCopied)), screen.Bad)
	}
	var parts []string
	for rec := range rows {
		parts = append(parts, copyAs[a](m.Lang, m.at.session, rec))
	}
	text := strings.TrimSuffix(strings.Join(parts, "\n"), "\n")
	return m.copy(screen.Copy{What: m.Lang.Say(words.ActionName(a)), Text: text, Rows: n}, false)
}

// copy hands text on: to tmux inside tmux, else to the terminal. What it says may stay; see screen.Notice.
func (m *Model) copy(c screen.Copy, stays bool) tea.Cmd {
	if c.Table != nil {
		c.Text = tableText(&m.frame, c)
	}
	text := strings.ToValidUTF8(c.Text, "\uFFFD")
	if text == "" {
		return m.tell(words.NothingToCopy)
	}
	size := m.Lang.Plural(utf8.RuneCountInString(text), "character", "characters", "个字符")
	if c.Rows > 1 {
		size = m.dots([]string{m.Lang.Plural(c.Rows, "row", "rows", "行"), size})
	}
	tmux := m.Getenv("TMUX") != ""
	to := toTerminal(m.out, m.Getenv("STY") != "", text)
	if tmux {
		to = toTmux(text)
	}
	send := screen.Run(screen.Job{Kind: copyKind, Run: to, Done: func(where any, err error) screen.Effect {
		if err != nil {
			return screen.Warn(m.Lang.Say(words.CopyFailed.With(m.Keys), err.Error()))
		}
		text := words.Capital(m.Lang.Say(words.Copied, c.What, size, m.Lang.Say(where.(words.Sentence))))
		return screen.Effect{Say: &screen.Notice{Text: text, Tone: screen.Good, Stays: stays}}
	}})
	if !tmux && len(text) > mostSent {
		return m.confirm(m.Lang.Say(words.CopyIsLarge.With(m.Keys), size), func() screen.Effect { return send })
	}
	return m.apply(send)
}

// toTmux gives text to tmux, which passes it on to the terminal it runs in; before tmux 3.2 it could only keep it.
func toTmux(text string) func(context.Context, func(any)) (any, error) {
	return func(ctx context.Context, _ func(any)) (any, error) {
		ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
		defer cancel()
		load := func(args ...string) error {
			cmd := exec.CommandContext(ctx, "tmux", append([]string{"load-buffer"}, args...)...)
			cmd.Stdin = strings.NewReader(text)
			return cmd.Run()
		}
		if load("-w", "-") == nil {
			return words.ThroughTmux, nil
		}
		return words.ToTmux, load("-")
	}
}

// toTerminal sends text in one write, so that no frame comes between.
func toTerminal(out terminal, gnuScreen bool, text string) func(context.Context, func(any)) (any, error) {
	seq := osc52.New(text)
	if gnuScreen {
		seq = seq.Screen()
	}
	return func(context.Context, func(any)) (any, error) {
		_, err := out.Write([]byte(seq.String()))
		return words.ToTerminal, err
	}
}
