package export

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"encoding/base64"
	"errors"
	"hash/maphash"
	"io"
	"io/fs"
	"os"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"
)

// answersSuffix makes the name of the file beside a spool.
const answersSuffix = ".resume"

// answersMark begins the first line of the file, which holds the question.
const answersMark = "bounceboard answers 1"

// ErrOtherQuestion says that a spool holds the rows of another question, or that the file is gone that says of which.
var ErrOtherQuestion = errors.New("rows of another question")

// Question tells what the rows of a spool answer. No text of it holds a tab or a line end.
type Question struct {
	Asked       string // by whom, where and for what; it is compared
	First, Last string // the days that were meant; "the last 7 days" means others tomorrow
}

// Answers is a file with the answers of the service, a line each: when it came, its parameters, its body packed. It
// lets a reading go on where another process ended. It is safe for concurrent use.
type Answers struct {
	Kept int // answers of earlier processes

	mu   sync.Mutex
	file *os.File
	size int64
	at   map[string][]span // the lines not taken yet, by parameters
}

// span is where a line stands in the file.
type span struct{ from, size int64 }

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
	s, was := &Spool{seed: maphash.MakeSeed(), lines: map[uint64]bool{}}, q
	if s.file, err = os.OpenFile(path, os.O_RDWR|os.O_APPEND, 0); err != nil {
		return nil, q, err
	}
	if err = s.lock(); err == nil {
		s.Answers, was, err = resumeAnswers(path+answersSuffix, q)
	}
	if err == nil {
		err = s.mend()
	}
	if err != nil {
		_ = s.Close()
	}
	return s, was, err
}

// ErrInUse says that another process writes to the file.
var ErrInUse = errors.New("another process writes to it")

// lock keeps other processes out until the file is closed, which this does at once where one was here before.
func (s *Spool) lock() error {
	if err := syscall.Flock(int(s.file.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err == syscall.EWOULDBLOCK {
		return errors.Join(ErrInUse, s.Close())
	}
	return nil // a file system without locks is no reason to refuse
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

// newAnswers makes the file. One that an earlier spool left behind is replaced, any other is left alone.
func newAnswers(path string, q Question) (*Answers, error) {
	old, _, err := openAnswers(path)
	if err == nil {
		_ = old.close()
		err = os.Remove(path)
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, &fs.PathError{Op: "open", Path: path, Err: fs.ErrExist}
	}
	f, err := os.OpenFile(path, os.O_RDWR|os.O_APPEND|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return nil, err
	}
	a := &Answers{file: f}
	n, err := f.WriteString(strings.Join([]string{answersMark, q.Asked, q.First, q.Last}, "\t") + "\n")
	if a.size = int64(n); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return a, nil
}

// openAnswers opens the file and reads its question.
func openAnswers(path string) (*Answers, Question, error) {
	if about, err := os.Lstat(path); err != nil {
		return nil, Question{}, err
	} else if !about.Mode().IsRegular() {
		return nil, Question{}, ErrOtherQuestion
	}
	f, err := os.OpenFile(path, os.O_RDWR|os.O_APPEND, 0)
	if err != nil {
		return nil, Question{}, err
	}
	a := &Answers{file: f}
	in := bufio.NewReaderSize(f, 1<<16)
	head, err := in.ReadString('\n')
	parts := strings.Split(strings.TrimSuffix(head, "\n"), "\t")
	if err != nil || len(parts) != 4 || parts[0] != answersMark {
		return nil, Question{}, errors.Join(ErrOtherQuestion, f.Close())
	}
	a.size, a.at = int64(len(head)), map[string][]span{}
	for {
		line, err := in.ReadString('\n')
		if err != nil {
			break // a last line that is not whole is asked for again
		}
		if fields := strings.Split(line, "\t"); len(fields) == 3 {
			a.at[fields[1]] = append(a.at[fields[1]], span{a.size, int64(len(line))})
			a.Kept++
		}
		a.size += int64(len(line))
	}
	return a, Question{parts[1], parts[2], parts[3]}, nil
}

func resumeAnswers(path string, q Question) (*Answers, Question, error) {
	a, was, err := openAnswers(path)
	if errors.Is(err, fs.ErrNotExist) {
		err = ErrOtherQuestion
	}
	if err == nil && was.Asked != q.Asked {
		err = errors.Join(ErrOtherQuestion, a.close())
	}
	if err != nil {
		return nil, q, err
	}
	return a, was, a.file.Truncate(a.size)
}

// Take returns the next answer to these parameters, each once; what cannot be read is asked for again.
func (a *Answers) Take(params string) (body []byte, at time.Time) {
	a.mu.Lock()
	defer a.mu.Unlock()
	lines := a.at[params]
	if len(lines) == 0 {
		return nil, at
	}
	a.at[params] = lines[1:]
	line := make([]byte, lines[0].size)
	if _, err := a.file.ReadAt(line, lines[0].from); err != nil {
		return nil, at
	}
	fields := strings.Split(strings.TrimSuffix(string(line), "\n"), "\t")
	milliseconds, err := strconv.ParseInt(fields[0], 10, 64)
	if err != nil {
		return nil, at
	}
	packed, err := gzip.NewReader(base64.NewDecoder(base64.StdEncoding, strings.NewReader(fields[2])))
	if err != nil {
		return nil, at
	}
	if body, err = io.ReadAll(packed); err != nil {
		return nil, at
	}
	return body, time.UnixMilli(milliseconds)
}

// Keep writes an answer. One that cannot be written is asked for again: the rows have the first claim on a full disk.
func (a *Answers) Keep(params string, body []byte, at time.Time) {
	line := bytes.NewBufferString(strconv.FormatInt(at.UnixMilli(), 10) + "\t" + params + "\t")
	text := base64.NewEncoder(base64.StdEncoding, line)
	packed := gzip.NewWriter(text)
	_, err := packed.Write(body)
	if errors.Join(err, packed.Close(), text.Close()) != nil {
		return
	}
	line.WriteByte('\n')
	a.mu.Lock()
	defer a.mu.Unlock()
	if n, err := a.file.Write(line.Bytes()); err != nil {
		_ = a.file.Truncate(a.size)
	} else {
		a.size += int64(n)
	}
}

func (a *Answers) close() error {
	if a == nil {
		return nil
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	return errors.Join(a.file.Sync(), a.file.Close())
}
