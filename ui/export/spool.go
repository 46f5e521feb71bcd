package export

import (
	"bufio"
	"bytes"
	"errors"
	"hash/maphash"
	"io"
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
	return &Spool{file: f}, nil
}

// NewSpool makes the file at path like OpenSpool, and one beside it that keeps the question and the service's answers.
func NewSpool(path string, q Question) (s *Spool, err error) {
	if s, err = OpenSpool(path); err == nil && s != nil {
		if s.Answers, err = newAnswers(path+answersSuffix, q); err != nil {
			_ = s.Close()
		}
	}
	return s, err
}

// ResumeSpool opens the file at path to go on with it, and returns the question as it was asked then; where there is
// none it makes it. A last line that is torn is taken off. Nothing is changed where the file holds the rows of another
// question: the error is ErrOtherQuestion.
func ResumeSpool(path string, q Question) (*Spool, Question, error) {
	about, err := os.Lstat(path)
	_, none := os.Lstat(path + answersSuffix)
	if errors.Is(err, fs.ErrNotExist) || err == nil && about.Size() == 0 && errors.Is(none, fs.ErrNotExist) {
		s, err := NewSpool(path, q)
		return s, q, err
	}
	if err == nil && !about.Mode().IsRegular() {
		err = &fs.PathError{Op: "open", Path: path, Err: fs.ErrExist}
	}
	if err != nil {
		return nil, q, err
	}
	answers, was, err := resumeAnswers(path+answersSuffix, q)
	if err != nil {
		return nil, q, err
	}
	s := &Spool{Answers: answers, seed: maphash.MakeSeed(), lines: map[uint64]bool{}}
	if s.file, err = os.OpenFile(path, os.O_RDWR|os.O_APPEND, 0); err == nil {
		err = s.mend()
	}
	if err != nil {
		_ = s.Close()
	}
	return s, was, err
}

// mend remembers the lines of the file, and takes off a last line that is not whole.
func (s *Spool) mend() error {
	in := bufio.NewReaderSize(s.file, 1<<16)
	for {
		line, err := in.ReadBytes('\n')
		if err == io.EOF {
			return s.file.Truncate(s.size)
		} else if err != nil {
			return err
		}
		s.size += int64(len(line))
		s.lines[maphash.Bytes(s.seed, bytes.TrimSuffix(line, []byte("\n")))] = true
	}
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
