package ui

import (
	"bufio"
	"context"
	"errors"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"strings"
	"time"

	"bounceboard/keymap"
	"bounceboard/sendcloud"
	"bounceboard/ui/export"
	"bounceboard/ui/prompt"
	"bounceboard/ui/screen"
	"bounceboard/ui/words"
)

const writeKind screen.Kind = "write"

// fileName proposes a name for a file of these rows.
func fileName(rows iter.Seq[sendcloud.Record], n int, now time.Time) string {
	const stamp = "-20060102-150405"
	if n > 1 {
		return "rows" + now.In(sendcloud.Zone).Format(stamp) + ".ndjson"
	}
	var rec sendcloud.Record
	for rec = range rows {
		break
	}
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
		name += rec.RequestTime.In(sendcloud.Zone).Format(stamp)
	}
	return name + ".txt"
}

// openFilePrompt asks for the file that the chosen rows are written to.
func (m *Model) openFilePrompt(name string) {
	label := m.Lang.Say(words.WhichFile)
	if _, n := m.at.chosen(); n > 1 {
		label = m.Lang.Say(words.WhichFileMany, words.Number(n))
	}
	m.at.push(prompt.New(m.Theme, keymap.FilePrompt, label, name, func(path string) screen.Effect { return popped(m.write(path)) }))
}

// write writes the chosen rows to a file, in the format its name ends in: JSON
// lines, CSV, else text.
func (m *Model) write(path string) screen.Effect {
	if path == "" {
		return screen.Warn(m.Lang.Say(words.NoFileName))
	}
	if rest, ok := strings.CutPrefix(path, "~/"); ok {
		path = filepath.Join(m.Getenv("HOME"), rest)
	}
	rows, _ := m.at.chosen()
	text := rowText(m.Lang, m.at.session)
	return screen.Run(screen.Job{Kind: writeKind,
		Run: func(context.Context, func(any)) (any, error) { return nil, writeFile(path, rows, text) },
		Done: func(_ any, err error) screen.Effect {
			if err == nil {
				return screen.Effect{Say: &screen.Notice{Text: m.Lang.Say(words.FileWritten, path), Tone: screen.Good}}
			}
			m.openFilePrompt(path) // what was typed is not lost
			var at *fs.PathError
			switch {
			case errors.Is(err, fs.ErrExist):
				return screen.Warn(m.Lang.Say(words.FileExists, path))
			case errors.As(err, &at):
				err = at.Err
			}
			return screen.Warn(m.Lang.Say(words.FileFailed, path, err.Error()))
		}})
}

// writeFile writes a file that only its owner can read, and that was not there
// before.
func writeFile(path string, rows iter.Seq[sendcloud.Record], text func(sendcloud.Record) string) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	out := bufio.NewWriter(f)
	err = writeRows(out, strings.ToLower(filepath.Ext(path)), rows, text)
	return errors.Join(err, out.Flush(), f.Close())
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
