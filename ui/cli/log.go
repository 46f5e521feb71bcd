package cli

import (
	"cmp"
	"io"
	"log/slog"
	"net/url"
	"os"
	"runtime"
	"runtime/debug"
	"strconv"
	"strings"
	"sync/atomic"

	"bounceboard/ui/cli/config"
	"bounceboard/ui/words"
)

// openLog begins the debug log of --log-file. An existing file is added to; one that others can read is refused.
func (c *console) openLog(path string) error {
	if path == "" {
		return nil
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_APPEND|os.O_CREATE, 0o600)
	if err != nil {
		return usage(words.LogUnusable, path, config.Reason(err))
	}
	if about, err := f.Stat(); err == nil && about.Mode().IsRegular() && about.Mode().Perm()&0o077 != 0 {
		_ = f.Close()
		return usage(words.LogReadable, path, about.Mode().Perm())
	}
	c.log = slog.New(slog.NewTextHandler(redacting{f, c.secrets}, &slog.HandlerOptions{Level: slog.LevelDebug}))
	version, commit := buildVersion()
	c.log.Info("start", "version", version, "commit", commit, "go", runtime.Version(), "os", runtime.GOOS)
	return nil
}

// redactor takes the key out of texts. Nothing should put it there; this is the second wall.
type redactor struct {
	replacer atomic.Pointer[strings.Replacer]
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
	r.replacer.Store(strings.NewReplacer(pairs...))
}

func (r *redactor) clean(text string) string {
	if replacer := r.replacer.Load(); replacer != nil {
		return replacer.Replace(text)
	}
	return text
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

// buildVersion is what the Go tool wrote into the binary. A build without version control has neither.
func buildVersion() (version, commit string) {
	version, commit = "devel", "unknown"
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return version, commit
	}
	if info.Main.Version != "(devel)" {
		version = cmp.Or(info.Main.Version, version)
	}
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" {
			commit = s.Value[:min(12, len(s.Value))]
		}
	}
	return version, commit
}
