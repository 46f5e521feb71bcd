package cli

import (
	"io"
	"log/slog"
	"net/url"
	"os"
	"runtime"
	"strconv"
	"strings"
	"sync"

	"bounceboard/ui/words"
)

// openLog begins the debug log. An existing file is added to; one that others
// can read is refused.
func (a *app) openLog(path string) error {
	if path == "" {
		return nil
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_APPEND|os.O_CREATE, 0o600)
	if err != nil {
		return usage(words.LogUnusable, path, reason(err))
	}
	if mode, open := othersCanRead(f); open {
		_ = f.Close()
		return usage(words.LogReadable, path, mode)
	}
	a.logFile, a.logPath = f, path
	a.log = slog.New(slog.NewTextHandler(redacting{f, a.secrets}, &slog.HandlerOptions{Level: slog.LevelDebug}))
	version, commit := buildVersion()
	a.log.Info("start", "version", version, "commit", commit, "go", runtime.Version(), "os", runtime.GOOS)
	return nil
}

func (a *app) closeLog() {
	if a.logFile != nil {
		_ = a.logFile.Close()
	}
}

// othersCanRead looks at a regular file's mode; pipes and terminals have none
// that matters, and Windows has none at all.
func othersCanRead(f *os.File) (os.FileMode, bool) {
	info, err := f.Stat()
	if err != nil || !info.Mode().IsRegular() || runtime.GOOS == "windows" {
		return 0, false
	}
	return info.Mode().Perm(), info.Mode().Perm()&0o077 != 0
}

// redactor takes the key out of texts. Nothing should put it there; this is
// the second wall.
type redactor struct {
	mu       sync.Mutex
	replacer *strings.Replacer
}

func (r *redactor) hide(secret string) {
	if len(secret) < 8 { // a toy: it would stand in half of all words
		return
	}
	quoted := strconv.Quote(secret)
	var pairs []string
	for _, form := range []string{secret, url.QueryEscape(secret), url.PathEscape(secret), quoted[1 : len(quoted)-1]} {
		pairs = append(pairs, form, "[key]")
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.replacer = strings.NewReplacer(pairs...)
}

func (r *redactor) clean(text string) string {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.replacer == nil {
		return text
	}
	return r.replacer.Replace(text)
}

// redacting is a writer of whole records, as slog's handlers write them.
type redacting struct {
	w io.Writer
	r *redactor
}

func (w redacting) Write(b []byte) (int, error) {
	if _, err := io.WriteString(w.w, w.r.clean(string(b))); err != nil {
		return 0, err
	}
	return len(b), nil
}
