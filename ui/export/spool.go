package export

import (
	"errors"
	"hash/maphash"
	"io/fs"
	"os"

	"bounceboard/sendcloud"
)

// Spool keeps rows in a file as they come, as NDJSON, a whole line each, so that a cut connection does not mean
// fetching again. Only its owner can read the file. A nil Spool keeps nothing. Rows that are fetched again in another
// state are written again: who reads the file takes the latest state of each.
type Spool struct {
	Answers *Answers // what the service answered, in a file beside it; nil: it is not kept
	file    *os.File
	size    int64
	seed    maphash.Seed
	lines   map[uint64]bool // lines that an earlier process wrote, by their hash
}

// OpenSpool makes the file at path; with no path it returns nil. A file that holds something is left alone: the error is fs.ErrExist then.
// It keeps no answers.
func OpenSpool(path string) (*Spool, error) {
	if path == "" {
		return nil, nil
	}
	f, err := os.OpenFile(path, os.O_RDWR|os.O_APPEND|os.O_CREATE|os.O_EXCL, 0o600)
	if about, there := os.Lstat(path); errors.Is(err, fs.ErrExist) && there == nil && about.Mode().IsRegular() && about.Size() == 0 {
		if f, err = os.OpenFile(path, os.O_RDWR|os.O_APPEND, 0); err == nil { // left by a try to which no row came
			err = f.Chmod(0o600)
		}
	}
	if err != nil {
		return nil, err
	}
	s := &Spool{file: f}
	return s, s.lock()
}

func (s *Spool) Write(r sendcloud.Record) error {
	if s == nil {
		return nil
	}
	line := appendObject(nil, rowColumns, r)
	if s.lines != nil && s.lines[maphash.Bytes(s.seed, line)] {
		return nil
	}
	n, err := s.file.Write(append(line, '\n'))
	if err != nil {
		_ = s.file.Truncate(s.size) // a line that is not whole is taken back
		return err
	}
	s.size += int64(n)
	return nil
}

// Close can be called again.
func (s *Spool) Close() error {
	if s == nil || s.file == nil {
		return nil
	}
	err := errors.Join(s.file.Sync(), s.file.Close(), s.Answers.close())
	s.file = nil
	return err
}
