package cli

import (
	"errors"
	"hash/maphash"
	"io/fs"
	"os"
	"time"

	"bounceboard/sendcloud"
	"bounceboard/ui/export"
	"bounceboard/ui/words"
)

// spool keeps rows in a file as they come, a whole line each, so that a cut
// line does not mean fetching again; after a reboot at most syncEach of them
// are gone.
type spool struct {
	app  *app
	path string
	file *os.File
	rows export.Writer
	size int64
	at   time.Time       // of the last sync
	seen map[uint64]bool // email ids that stand in it, hashed; nil: rows come once anyway
	seed maphash.Seed
}

// once keeps rows out that stand in the spool already: the dashboard can fetch
// the same slice again, and --from would count them twice.
func (s *spool) once() {
	if s != nil {
		s.seen, s.seed = map[uint64]bool{}, maphash.MakeSeed()
	}
}

const syncEach = 2 * time.Second

// openSpool makes the file of --spool; nil without the flag. A file that holds
// something is left alone.
func (a *app) openSpool(path string) (*spool, error) {
	if path == "" {
		return nil, nil
	}
	if path == "-" {
		return nil, usage(words.SpoolNoFile)
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if about, there := os.Lstat(path); errors.Is(err, fs.ErrExist) && there == nil && about.Mode().IsRegular() && about.Size() == 0 {
		if f, err = os.OpenFile(path, os.O_WRONLY, 0); err == nil { // left by a try to which no row came
			err = f.Chmod(0o600)
		}
	}
	switch {
	case errors.Is(err, fs.ErrExist):
		return nil, usage(words.SpoolExists, path)
	case err != nil:
		return nil, usage(words.SpoolUnusable, path, reason(err))
	}
	s := &spool{app: a, path: path, file: f, at: a.now()}
	s.rows, err = export.New(export.NDJSON, spoolLines{s}, export.Options{})
	return s, err
}

// spoolLines takes a line at a time.
type spoolLines struct{ *spool }

func (s spoolLines) Write(line []byte) (int, error) {
	n, err := s.file.Write(line)
	if err != nil {
		if n > 0 { // a line that is not whole is taken back
			_ = s.file.Truncate(s.size)
		}
		return n, s.broke(err)
	}
	s.size += int64(n)
	if now := s.app.now(); now.Sub(s.at) >= syncEach {
		s.at = now
		err = s.file.Sync()
	}
	return n, s.broke(err)
}

func (s *spool) broke(err error) error {
	if err == nil {
		return nil
	}
	return &failure{exitFailed, words.SpoolBroke, []any{s.path, reason(err)}}
}

// Write keeps a row.
func (s *spool) Write(r sendcloud.Record) error {
	if s == nil {
		return nil
	}
	if s.seen != nil && r.EmailID != "" {
		id := maphash.String(s.seed, r.EmailID)
		if s.seen[id] {
			return nil
		}
		s.seen[id] = true
	}
	return s.rows.Write(r)
}

// Close can be called again.
func (s *spool) Close() error {
	if s == nil || s.file == nil {
		return nil
	}
	err := s.rows.Close()
	if syncing := s.file.Sync(); err == nil {
		err = s.broke(syncing)
	}
	if closing := s.file.Close(); err == nil {
		err = s.broke(closing)
	}
	s.file = nil
	return err
}

// kept writes each row to the spool first, where there is one.
type kept struct {
	spool *spool
	export.Writer
}

func (k kept) Write(r sendcloud.Record) error {
	if err := k.spool.Write(r); err != nil {
		return err
	}
	return k.Writer.Write(r)
}

func (k kept) Close() error {
	err := k.Writer.Close()
	if closing := k.spool.Close(); err == nil {
		err = closing
	}
	return err
}
