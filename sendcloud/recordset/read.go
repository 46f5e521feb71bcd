package recordset

import (
	"bytes"
	"context"
	"errors"
	"fmt"
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

// DamagedLine is a line that holds no row. Lines count from 1.
type DamagedLine struct {
	Line   int
	Damage Damage
}

// Reading is what came from a file of rows, one JSON object a line as `list`
// writes them, any order of keys, other keys ignored.
type Reading struct {
	Lines   int // not counting empty ones
	Rows    int
	Damaged int
	Which   []DamagedLine // the first thousand
	Bytes   int64         // up to the end of the last whole line
	Cut     bool          // the last line was not ended and is no row yet; it is not counted
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
	parser  lineParser
	buffer  []byte
}

// NewReader makes a reader that appends to set.
func NewReader(set *Set) *Reader { return &Reader{set: set} }

// Reading is what came so far. A last line that is not ended shows as damaged
// (CutOff) and stops to when the rest comes.
func (r *Reader) Reading() Reading {
	r.mu.Lock()
	defer r.mu.Unlock()
	d := r.done
	d.Which = append([]DamagedLine(nil), d.Which...)
	if d.Cut = len(bytes.TrimSpace(r.pending)) > 0; d.Cut && len(d.Which) < maxDamaged {
		d.Which = append(d.Which, DamagedLine{r.line + 1, CutOff})
	}
	return d
}

// Read appends the rows of in up to its end. Called again it goes on with what
// came behind; the last line may have been ended by then. A damaged line does
// not end it; an error of in and the end of ctx do.
func (r *Reader) Read(ctx context.Context, in io.Reader) error {
	if r.buffer == nil {
		r.buffer = make([]byte, 1<<20)
	}
	for {
		if err := ctx.Err(); err != nil {
			return err
		}
		n, err := in.Read(r.buffer)
		end := errors.Is(err, io.EOF)
		r.mu.Lock()
		r.take(r.buffer[:n])
		if end {
			r.takeLast()
		}
		r.mu.Unlock()
		switch {
		case end:
			return nil
		case err != nil:
			return fmt.Errorf("reading rows: %w", err)
		}
	}
}

// take reads the lines that end in b and keeps the begin of one that does not.
func (r *Reader) take(b []byte) {
	for len(b) > 0 {
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
		r.damaged(TooLong)
		return
	}
	line = bytes.TrimSpace(line)
	if len(line) == 0 {
		return
	}
	r.done.Lines++
	w, damage := r.parser.parse(line)
	if damage != "" {
		r.damaged(damage)
		return
	}
	r.set.append(w)
	r.done.Rows++
}

// takeLast accepts a last line without an end when it is a row.
func (r *Reader) takeLast() {
	line := r.pending
	if r.line == 0 {
		line = bytes.TrimPrefix(line, byteOrderMark)
	}
	if line = bytes.TrimSpace(line); len(line) == 0 || r.skip {
		return
	}
	w, damage := r.parser.parse(line)
	if damage != "" {
		return
	}
	r.set.append(w)
	r.line++
	r.done.Lines++
	r.done.Rows++
	r.done.Bytes += int64(len(r.pending))
	r.pending = r.pending[:0]
}

func (r *Reader) damaged(d Damage) {
	r.done.Damaged++
	if len(r.done.Which) < maxDamaged {
		r.done.Which = append(r.done.Which, DamagedLine{r.line, d})
	}
}
