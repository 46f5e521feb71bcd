package ui

import (
	"bufio"
	"context"
	"errors"
	"io"
	"io/fs"
	"iter"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/aymanbagabas/go-osc52/v2"
	tea "github.com/charmbracelet/bubbletea"

	"bounceboard/keymap"
	"bounceboard/sendcloud"
	"bounceboard/ui/export"
	"bounceboard/ui/words"
)

// copied says what was copied and where to.
type copied struct {
	what  words.Sentence
	rows  int
	size  int // characters
	where words.Sentence
}

// mostCopied bounds what goes to a clipboard, in rows.
const mostCopied = 10000

// chosen are the rows that copying is about: those marked, else the selected one.
func (m *Model) chosen() iter.Seq[sendcloud.Record] {
	if s := m.slice; s != nil && s.marks.Len() > 0 {
		snap, marks := s.snap, s.marks
		return func(yield func(sendcloud.Record) bool) {
			for row := range marks.Rows() {
				if row < snap.Len() && !yield(snap.Record(row)) {
					return
				}
			}
		}
	}
	rec, _ := m.results.Selected()
	return func(yield func(sendcloud.Record) bool) { yield(rec) }
}

func (m *Model) chosenCount() int {
	if s := m.slice; s != nil && s.marks.Len() > 0 {
		return s.marks.Len()
	}
	return 1
}

func (m *Model) pressCopy(a keymap.Action) tea.Cmd {
	m.pop()
	rec, ok := m.results.Selected()
	switch {
	case a == keymap.Back || !ok && m.chosenCount() == 1 && a != keymap.CopyMissing:
		return nil
	case a == keymap.CopyMissing:
		return m.copyMissing()
	case a == keymap.CopyFile:
		name := fileName(rec)
		if m.chosenCount() > 1 {
			name = "rows-" + m.opt.Now().In(sendcloud.Zone).Format("20060102-150405") + ".ndjson"
		}
		m.ask(keymap.FilePrompt, m.whichFile(), name)
		return nil
	case m.chosenCount() > mostCopied:
		m.say(m.lang.Say(words.TooManyToCopy, words.Number(mostCopied)), bad)
		return nil
	}
	switch a {
	case keymap.CopyAddress:
		return m.copyText(words.WhatAddress, "\n", func(r sendcloud.Record) string { return r.Recipients })
	case keymap.CopyID:
		return m.copyText(words.WhatID, "\n", func(r sendcloud.Record) string { return r.EmailID })
	case keymap.CopyReply:
		return m.copyText(words.WhatReply, "\n", func(r sendcloud.Record) string { return r.SendLog })
	case keymap.CopyText:
		return m.copyText(words.WhatText, "\n\n", func(r sendcloud.Record) string { return export.Text(m.lang, r, m.explain(r)) })
	case keymap.CopyJSON:
		return m.copyText(words.WhatJSON, "\n", export.JSON)
	}
	return nil
}

func (m *Model) whichFile() string {
	if n := m.chosenCount(); n > 1 {
		return m.lang.Say(words.WhichFileMany, words.Number(n))
	}
	return m.lang.Say(words.WhichFile)
}

// copyMissing copies what was asked for and not found.
func (m *Model) copyMissing() tea.Cmd {
	if len(m.missing) == 0 {
		m.say(m.lang.Say(words.NothingMissing), plain)
		return nil
	}
	return m.toClipboard(copied{what: words.WhatMissing, rows: len(m.missing)}, strings.Join(m.missing, "\n"))
}

func (m *Model) copyText(what words.Sentence, between string, part func(sendcloud.Record) string) tea.Cmd {
	var parts []string
	for rec := range m.chosen() {
		parts = append(parts, part(rec))
	}
	return m.toClipboard(copied{what: what, rows: len(parts)}, strings.Join(parts, between))
}

// toClipboard hands text on: to tmux inside tmux, else to the terminal.
func (m *Model) toClipboard(done copied, text string) tea.Cmd {
	text = strings.ToValidUTF8(text, "\uFFFD")
	if text == "" {
		m.say(m.lang.Say(words.NothingToCopy), plain)
		return nil
	}
	done.size = utf8.RuneCountInString(text)
	if m.opt.Getenv("TMUX") != "" {
		return copyTmux(m.ctx, done, text)
	}
	seq := osc52.New(text)
	if strings.HasPrefix(m.opt.Getenv("TERM"), "screen") {
		seq = seq.Screen()
	}
	done.where = words.ToTerminal
	return copyTerminal(m.out, done, seq.String())
}

// copyTmux gives text to tmux, which passes it on to the terminal it runs in;
// before tmux 3.2 it could only keep it.
func copyTmux(ctx context.Context, done copied, text string) tea.Cmd {
	return func() tea.Msg {
		ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
		defer cancel()
		load := func(args ...string) error {
			cmd := exec.CommandContext(ctx, "tmux", append([]string{"load-buffer"}, args...)...)
			cmd.Stdin = strings.NewReader(text)
			return cmd.Run()
		}
		done.where = words.ThroughTmux
		err := load("-w", "-")
		if err != nil {
			done.where = words.ToTmux
			err = load("-")
		}
		return copiedMsg{done, err}
	}
}

// copyTerminal sends the sequence in one write, so that no frame comes between.
func copyTerminal(out terminal, done copied, seq string) tea.Cmd {
	return func() tea.Msg {
		_, err := out.Write([]byte(seq))
		return copiedMsg{done, err}
	}
}

func (m *Model) onCopied(msg copiedMsg) {
	if msg.err != nil {
		m.say(m.lang.Say(words.CopyFailed, msg.err.Error()), bad)
		return
	}
	c := msg.copied
	size := m.lang.Plural(c.size, "character", "characters", "个字符")
	if c.rows > 1 {
		size = m.dots([]string{m.lang.Plural(c.rows, "row", "rows", "行"), size})
	}
	m.say(words.Capital(m.lang.Say(words.Copied, m.lang.Say(c.what), size, m.lang.Say(c.where))), good)
}

// fileName proposes a name for a file of one row.
func fileName(rec sendcloud.Record) string {
	name := strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune("@._-+", r) {
			return r
		}
		return -1
	}, rec.Recipients)
	name = strings.TrimLeft(name[:min(len(name), 80)], ".-")
	if name == "" {
		name = "row"
	}
	if !rec.RequestTime.IsZero() {
		name += rec.RequestTime.In(sendcloud.Zone).Format("-20060102-150405")
	}
	return name + ".txt"
}

// write writes the rows to a file, in the format its name ends in: JSON lines,
// CSV, else text.
func (m *Model) write(path string) tea.Cmd {
	if path == "" {
		m.say(m.lang.Say(words.NoFileName), bad)
		return nil
	}
	if rest, ok := strings.CutPrefix(path, "~/"); ok {
		path = filepath.Join(m.opt.Getenv("HOME"), rest)
	}
	return writeFile(path, m.chosen(), func(r sendcloud.Record) string { return export.Text(m.lang, r, m.explain(r)) })
}

// writeFile writes a file that only its owner can read, and that was not there
// before.
func writeFile(path string, rows iter.Seq[sendcloud.Record], text func(sendcloud.Record) string) tea.Cmd {
	return func() tea.Msg {
		f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
		if err != nil {
			return wroteMsg{path, err}
		}
		out := bufio.NewWriter(f)
		err = writeRows(out, strings.ToLower(filepath.Ext(path)), rows, text)
		return wroteMsg{path, errors.Join(err, out.Flush(), f.Close())}
	}
}

func writeRows(out io.Writer, ext string, rows iter.Seq[sendcloud.Record], text func(sendcloud.Record) string) error {
	formats := map[string]export.Format{".json": export.NDJSON, ".ndjson": export.NDJSON, ".csv": export.CSV}
	if format, ok := formats[ext]; ok {
		w, err := export.New(format, out, export.Options{})
		if err != nil {
			return err
		}
		for rec := range rows {
			if err := w.Write(rec); err != nil {
				return err
			}
		}
		return w.Close()
	}
	between := ""
	for rec := range rows {
		if _, err := io.WriteString(out, between+text(rec)+"\n"); err != nil {
			return err
		}
		between = "\n"
	}
	return nil
}

func (m *Model) onWrote(msg wroteMsg) {
	if msg.err != nil { // what was typed is not lost
		m.ask(keymap.FilePrompt, m.whichFile(), msg.path)
	}
	switch {
	case errors.Is(msg.err, fs.ErrExist):
		m.say(m.lang.Say(words.FileExists, msg.path), bad)
	case msg.err != nil:
		var path *fs.PathError
		err := msg.err
		if errors.As(err, &path) {
			err = path.Err
		}
		m.say(m.lang.Say(words.FileFailed, msg.path, err.Error()), bad)
	default:
		m.say(m.lang.Say(words.FileWritten, msg.path), good)
	}
}
