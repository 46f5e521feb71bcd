package session

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"

	"bounceboard/sendcloud/recordset"
	"bounceboard/ui/screen"
)

// File is rows that were written before, by list or a spool: NDJSON as the
// contract says.
type File struct {
	Name string
	In   io.Reader // read to its end; what is added later is read when asked again
}

// ErrShorter says that a file lost some of what was read.
var ErrShorter = errors.New("the file became shorter")

type file struct {
	File
	reader *recordset.Reader
}

// Open returns a session about the rows of a file. Read begins it.
func Open(env *Env, f File) *Session {
	r := newRows(env, FromFile)
	r.file = &file{f, recordset.NewReader(r.set)}
	return &Session{List: List{env: env, rows: r}, whole: r}
}

// Read reads the file from where the last reading ended.
func (s *Session) Read() screen.Effect {
	r := s.whole
	r.err, r.whole = nil, false
	return screen.Run(screen.Job{Kind: Read,
		Run: func(ctx context.Context, _ func(any)) (any, error) {
			r.busy.Lock()
			defer r.busy.Unlock()
			if err := r.file.changed(); err != nil {
				return nil, err
			}
			return nil, r.file.reader.Read(ctx, r.file.In)
		},
		Done: func(_ any, err error) screen.Effect {
			r.err, r.whole = err, err == nil
			if err == nil {
				r.asOf = s.env.Now()
			}
			r.snap = r.set.Snapshot()
			return s.grown()
		},
	}, s.lookAgain(r))
}

// changed says that what is on disk can no longer be read on: fs.ErrNotExist
// where the file that was read is gone from its place, ErrShorter where it lost
// some of what was read.
func (f *file) changed() error {
	in, ok := f.In.(interface {
		io.Seeker
		Stat() (fs.FileInfo, error)
		Name() string
	})
	if !ok {
		return nil
	}
	open, err := in.Stat()
	if err != nil || !open.Mode().IsRegular() {
		return err
	}
	at, err := in.Seek(0, io.SeekCurrent)
	if err != nil {
		return err
	}
	there, err := os.Stat(in.Name())
	switch {
	case err != nil:
		return err
	case !os.SameFile(open, there):
		return fs.ErrNotExist
	case open.Size() < at:
		return ErrShorter
	}
	return nil
}
