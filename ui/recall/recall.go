// Package recall keeps what was typed into a prompt, over starts of the program: one line each in a file of the
// state folder that only its owner can read.
package recall

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// most is how many lines are kept, longest how many bytes of a line: a pasted list of addresses is not for the next start.
const most, longest = 200, 1 << 16

// Folder is where state is kept: $XDG_STATE_HOME/bounceboard, else ~/.local/state/bounceboard. It is empty where
// neither is known; then nothing is kept. A relative XDG_STATE_HOME counts for nothing, as its specification says.
func Folder(getenv func(string) string) string {
	if dir := getenv("XDG_STATE_HOME"); filepath.IsAbs(dir) {
		return filepath.Join(dir, "bounceboard")
	}
	if home := getenv("HOME"); home != "" {
		return filepath.Join(home, ".local", "state", "bounceboard")
	}
	return ""
}

// History is the lines that were typed, and the one that is looked at. A nil History keeps nothing.
type History struct {
	path  string
	lines []string // the oldest first, each once
	at    int      // of lines; len(lines) is the line being typed
	draft string   // what was being typed when the user went back
}

// Open reads the history of that name. A file that is not there is an empty history. With an error the history is
// usable, and is kept in memory alone.
func Open(folder, name string) (*History, error) {
	h := &History{}
	if folder == "" {
		return h, nil
	}
	path := filepath.Join(folder, name)
	data, err := os.ReadFile(path)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return h, err
	}
	h.path = path
	for line := range strings.Lines(string(data)) {
		h.keep(strings.TrimRight(line, "\n"))
	}
	if strings.Count(string(data), "\n") > 2*most {
		err = h.rewrite()
	} else {
		err = nil
	}
	h.Leave()
	return h, err
}

// keep puts a line behind the others. It is in the history once.
func (h *History) keep(line string) {
	if line == "" {
		return
	}
	h.lines = slices.DeleteFunc(h.lines, func(l string) bool { return l == line })
	h.lines = append(h.lines, line)
	h.lines = h.lines[max(0, len(h.lines)-most):]
}

// rewrite drops lines that stand there twice or are too old. Another process may add a line meanwhile; that line is lost.
func (h *History) rewrite() error {
	f, err := os.CreateTemp(filepath.Dir(h.path), filepath.Base(h.path)+".*")
	if err != nil {
		return err
	}
	_, err = f.WriteString(strings.Join(h.lines, "\n") + "\n")
	if err = errors.Join(err, f.Close()); err == nil {
		err = os.Rename(f.Name(), h.path)
	}
	if err != nil {
		_ = os.Remove(f.Name()) // there may be none
	}
	return err
}

// Add keeps a line that was accepted, and writes it at once: another process adds its lines to the same file.
func (h *History) Add(line string) error {
	line = strings.Join(strings.Fields(line), " ")
	if h == nil || line == "" {
		return nil
	}
	last := len(h.lines) > 0 && h.lines[len(h.lines)-1] == line
	h.keep(line)
	h.Leave()
	if h.path == "" || last || len(line) > longest {
		return nil
	}
	if err := os.MkdirAll(filepath.Dir(h.path), 0o700); err != nil {
		return err
	}
	f, err := os.OpenFile(h.path, os.O_WRONLY|os.O_APPEND|os.O_CREATE, 0o600)
	if err != nil {
		return err
	}
	_, err = f.WriteString(line + "\n")
	return errors.Join(err, f.Close())
}

// Older is the line before the one that is looked at; typed is what stands in the prompt. ok is false where there is
// none.
func (h *History) Older(typed string) (line string, ok bool) {
	if h == nil || h.at == 0 {
		return "", false
	}
	if h.at == len(h.lines) {
		h.draft = typed
	}
	h.at--
	return h.lines[h.at], true
}

// Newer is the line after it; behind the newest one comes what was being typed.
func (h *History) Newer() (line string, ok bool) {
	if h == nil || h.at == len(h.lines) {
		return "", false
	}
	h.at++
	if h.at == len(h.lines) {
		return h.draft, true
	}
	return h.lines[h.at], true
}

// Leave goes back behind the newest line.
func (h *History) Leave() {
	if h != nil {
		h.at, h.draft = len(h.lines), ""
	}
}

// Newest returns the lines, the newest first.
func (h *History) Newest() []string {
	if h == nil {
		return nil
	}
	lines := slices.Clone(h.lines)
	slices.Reverse(lines)
	return lines
}

// Last is what stands behind the prefix in the newest line that begins with it. ok is false where there is none.
func (h *History) Last(prefix string) (rest string, ok bool) {
	if h == nil {
		return "", false
	}
	for _, line := range slices.Backward(h.lines) {
		if rest, ok = strings.CutPrefix(line, prefix); ok {
			return rest, true
		}
	}
	return "", false
}
