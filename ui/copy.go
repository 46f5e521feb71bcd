package ui

import (
	"context"
	"errors"
	"io/fs"
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
	size  int // characters
	where words.Sentence
}

func (m *Model) pressCopy(a keymap.Action) tea.Cmd {
	m.pop()
	rec, ok := m.results.Selected()
	if a == keymap.Back || !ok {
		return nil
	}
	switch a {
	case keymap.CopyAddress:
		return m.copyText(words.WhatAddress, rec.Recipients)
	case keymap.CopyID:
		return m.copyText(words.WhatID, rec.EmailID)
	case keymap.CopyReply:
		return m.copyText(words.WhatReply, rec.SendLog)
	case keymap.CopyText:
		return m.copyText(words.WhatText, export.Text(m.lang, rec))
	case keymap.CopyJSON:
		return m.copyText(words.WhatJSON, export.JSON(rec))
	case keymap.CopyFile:
		m.ask(keymap.FileName, m.lang.Say(words.WhichFile), fileName(rec))
	}
	return nil
}

func (m *Model) copyText(what words.Sentence, text string) tea.Cmd {
	text = strings.ToValidUTF8(text, "\uFFFD")
	if text == "" {
		m.say(m.lang.Say(words.NothingToCopy), plain)
		return nil
	}
	done := copied{what: what, size: utf8.RuneCountInString(text)}
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
	m.say(m.lang.Say(words.Copied, m.lang.Say(c.what), m.lang.Plural(c.size, "character", "characters", "个字符"), m.lang.Say(c.where)), good)
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

// write writes the selected row to a file: as JSON where the name says so.
func (m *Model) write(path string) tea.Cmd {
	rec, ok := m.results.Selected()
	if !ok || path == "" {
		m.say(m.lang.Say(words.NoFileName), bad)
		return nil
	}
	text := export.Text(m.lang, rec) + "\n"
	if ext := strings.ToLower(filepath.Ext(path)); ext == ".json" || ext == ".ndjson" {
		text = export.JSON(rec) + "\n"
	}
	if rest, ok := strings.CutPrefix(path, "~/"); ok {
		path = filepath.Join(m.opt.Getenv("HOME"), rest)
	}
	return writeFile(path, strings.ToValidUTF8(text, "\uFFFD"))
}

// writeFile writes a file that only its owner can read, and that was not there
// before.
func writeFile(path, text string) tea.Cmd {
	return func() tea.Msg {
		f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
		if err != nil {
			return wroteMsg{path, err}
		}
		_, err = f.WriteString(text)
		return wroteMsg{path, errors.Join(err, f.Close())}
	}
}

func (m *Model) onWrote(msg wroteMsg) {
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
