package recordset

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"hash/maphash"
	"io"
	"sync"
)

// maxLine is how long a line may be.
const maxLine = 16 << 20

// maxDamaged is how many damaged lines are kept with their reason; all are
// counted.
const maxDamaged = 1000

// Damage says what is wrong with a line.
type Damage string

// What can be wrong with a line.
const (
	NotJSON Damage = "not JSON"
	NotARow Damage = "not a row" // JSON, but no object with an email id or a recipient and values of the right kind
	TooLong Damage = "too long"  // over 16 MiB
	CutOff  Damage = "cut off"   // the last line, not ended; it may be going to be
)

// What a whole file can be that is no file of rows; the first line has it.
const (
	CSV    Damage = "CSV"    // the header of `list --format csv`
	Packed Damage = "gzip"   // RFC 1952, 2.3.1
	UTF16  Damage = "UTF-16" // by its byte order mark: what a shell of Windows writes
	Answer Damage = "answer" // of the service, not taken apart
)

// kindOf is what a file that begins like this is instead of rows, "" where it may hold rows.
func kindOf(begin []byte) Damage {
	switch {
	case bytes.HasPrefix(begin, []byte("emailId,status,")):
		return CSV
	case bytes.HasPrefix(begin, []byte{0x1f, 0x8b}):
		return Packed
	case bytes.HasPrefix(begin, []byte{0xff, 0xfe}), bytes.HasPrefix(begin, []byte{0xfe, 0xff}):
		return UTF16
	case bytes.HasPrefix(begin, []byte("{")) && bytes.Contains(begin[:min(len(begin), 1<<12)], []byte(`"voList"`)):
		return Answer
	}
	return ""
}

// DamagedLine is a line that holds no row. Lines count from 1.
type DamagedLine struct {
	Line   int
	Damage Damage
}

// Reading is what came from a file of rows as `list` writes them, JSON objects
// one a line or in an array, any order of keys, other keys ignored.
type Reading struct {
	Lines    int // not counting empty ones; in an array, elements
	Rows     int // at the end of the file without those that repeat an email id
	Repeated int // rows whose email id had come, found at the end of the file
	Newer    int // those of them that were modified later
	Damaged  int
	Which    []DamagedLine // the first thousand
	Bytes    int64         // up to the end of the last whole line
	Cut      bool          // the last line was not ended at the end of the file and is no row yet; it is not counted
}

// Reader reads files of rows into a set, and what is added to them later. Read
// is for the goroutine that writes the set, Reading for any.
type Reader struct {
	set     *Set
	mu      sync.Mutex
	done    Reading
	line    int
	pending []byte // the begin of a line that is not ended
	skip    bool   // the line is too long: its rest is passed over
	array   array
	foreign bool   // the file is no file of rows
	last    Damage // at the end of the file, of a last line that is not ended
	parser  lineParser
	buffer  []byte
	seed    maphash.Seed // new for each reader, so that strangers' ids cannot be made to collide
	hashes  []uint64     // of the email ids of the rows since the last end, 0 for none
	dropped Selection
	passing bool              // rows go on to other sets: the first of an email id stays
	passed  map[uint64]uint32 // of their hashes, when they were modified last
}

// NewReader makes a reader that appends to set. At the end of the file each
// email id is left once, as it was modified last: where one was repeated, Set is
// another one from then on, without the rows that Dropped tells.
func NewReader(set *Set) *Reader {
	return &Reader{set: set, seed: maphash.MakeSeed(), passed: map[uint64]uint32{}}
}

// Set is the rows; it belongs to the goroutine that reads.
func (r *Reader) Set() *Set { return r.set }

// Into makes what comes next go to another set. The reader no longer has the
// rows that came before, so that the first state of an email id stays.
func (r *Reader) Into(set *Set) { r.set, r.passing = set, true }

// Reading is what came so far. At the end of a file a last line that is not
// ended shows as damaged, and stops to when the rest comes.
func (r *Reader) Reading() Reading {
	r.mu.Lock()
	defer r.mu.Unlock()
	d := r.done
	d.Which = append([]DamagedLine(nil), d.Which...)
	if d.Cut = r.last == CutOff; !d.Cut && r.last != "" {
		d.Lines++
		d.Damaged++
	}
	if r.last != "" && len(d.Which) < maxDamaged {
		d.Which = append(d.Which, DamagedLine{r.line + 1, r.last})
	}
	return d
}

// Read appends the rows of in up to its end. Called again it goes on with what
// came behind; the last line may have been ended by then. A damaged line does
// not end it; an error of in and the end of ctx do.
func (r *Reader) Read(ctx context.Context, in io.Reader) error {
	for {
		if err := r.ReadSome(ctx, in); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return err
		}
	}
}

// ReadSome is Read of one read of in. At the end it returns io.EOF.
func (r *Reader) ReadSome(ctx context.Context, in io.Reader) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if r.buffer == nil {
		r.buffer = make([]byte, 1<<20)
	}
	n, err := in.Read(r.buffer)
	end := errors.Is(err, io.EOF)
	r.mu.Lock()
	if n > 0 {
		r.last = ""
	}
	r.take(r.buffer[:n])
	if end {
		r.takeLast()
		if late := r.renew(ctx); late != nil {
			err = late
		}
	}
	r.mu.Unlock()
	if err != nil && !errors.Is(err, io.EOF) {
		return fmt.Errorf("reading rows: %w", err)
	}
	return err
}

// take reads the lines that end in b and keeps the begin of one that does not.
func (r *Reader) take(b []byte) {
	if !r.array.open && len(r.pending) < 8 && bytes.HasSuffix(bytes.TrimSpace(r.pending), []byte{'['}) { // perhaps of an array
		b = append(bytes.Clone(r.pending), b...)
		r.pending = r.pending[:0]
	}
	for len(b) > 0 {
		if r.array.open {
			b = r.takeArray(b)
			continue
		}
		if len(r.pending) == 0 && !r.skip {
			rest, is, more := r.opening(b)
			if is {
				r.array = array{open: true}
				r.done.Bytes += int64(len(b) - len(rest))
				b = rest
				continue
			}
			if more {
				r.hold(b)
				return
			}
		}
		end := bytes.IndexByte(b, '\n')
		if end < 0 {
			r.hold(b)
			return
		}
		if len(r.pending) > 0 || r.skip {
			r.hold(b[:end])
			r.takeLine(r.pending)
			r.done.Bytes += int64(len(r.pending)) + 1
			r.pending, r.skip = r.pending[:0], false
		} else {
			r.takeLine(b[:end])
			r.done.Bytes += int64(end) + 1
		}
		b = b[end+1:]
	}
}

func (r *Reader) hold(b []byte) {
	if r.skip || len(r.pending)+len(b) > maxLine {
		r.done.Bytes += int64(len(b))
		r.skip = true
		return
	}
	r.pending = append(r.pending, b...)
}

var byteOrderMark = []byte("\xef\xbb\xbf")

func (r *Reader) takeLine(line []byte) {
	r.line++
	if r.line == 1 {
		line = bytes.TrimPrefix(line, byteOrderMark)
	}
	if r.skip {
		r.done.Lines++
		r.damaged(r.line, TooLong)
		return
	}
	line = bytes.TrimSpace(line)
	if len(line) == 0 {
		return
	}
	r.done.Lines++
	if kind := kindOf(line); kind != "" && r.done.Lines == 1 {
		r.foreign = true
		r.damaged(r.line, kind)
		return
	}
	w, damage := row{}, NotJSON
	if !r.foreign {
		w, damage = r.parser.parse(line)
	}
	if damage != "" {
		r.damaged(r.line, damage)
		return
	}
	r.add(w)
}

// takeLast accepts a last line without an end when it is a row.
func (r *Reader) takeLast() {
	line := r.pending
	if r.line == 0 {
		line = bytes.TrimPrefix(line, byteOrderMark)
	}
	if line = bytes.TrimSpace(line); len(line) == 0 || r.foreign {
		return
	}
	if r.skip || r.array.open {
		r.last = CutOff
		return
	}
	w, damage := r.parser.parse(line)
	switch kind := kindOf(line); {
	case damage == "":
		r.add(w)
		r.line++
		r.done.Lines++
		r.done.Bytes += int64(len(r.pending))
		r.pending = r.pending[:0]
	case kind != "" && r.done.Lines == 0:
		r.last = kind
	case damage == NotJSON && (line[0] == '{' || line[0] == '['):
		r.last = CutOff
	default:
		r.last = damage
	}
}

func (r *Reader) damaged(line int, d Damage) {
	r.done.Damaged++
	if len(r.done.Which) < maxDamaged {
		r.done.Which = append(r.done.Which, DamagedLine{line, d})
	}
}
