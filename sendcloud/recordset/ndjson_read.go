package recordset

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"hash/maphash"
	"io"
	"io/fs"
	"runtime"
	"sync"

	"bounceboard/sendcloud"
)

// maxDamaged is how many damaged lines are kept with their reason; all are
// counted.
const maxDamaged = 1000

// Damage says what is wrong with a line.
type Damage string

// What can be wrong with a line.
const (
	NotJSON Damage = "not JSON"
	NotARow Damage = "not a row" // JSON, but no object with an email id or a recipient
	TooLong Damage = "too long"  // over 16 MiB
	CutOff  Damage = "cut off"   // the last line, not ended; it may be going to be
)

// What a whole file can be that is no file of rows; the first line has it.
const (
	CSV    Damage = "CSV"    // the header of `list --format csv`
	UTF16  Damage = "UTF-16" // by its byte order mark: what a shell of Windows writes
	Answer Damage = "answer" // of the service, whose rows cannot be found
)

// DamagedLine is a line that holds no row. Lines count from 1.
type DamagedLine struct {
	Line   int
	Damage Damage
}

// Reading is what came from a file of rows as `list` writes them, JSON objects
// one a line or in an array, any order of keys, other keys ignored, or of the
// service's answers as they came; gzip is unpacked.
type Reading struct {
	Lines    int // not counting empty ones; in an array, elements
	Rows     int // each email id once
	Repeated int // rows whose email id had come
	Newer    int // those of them that were modified later
	Damaged  int
	Which    []DamagedLine // the first thousand
	Bytes    int64         // up to the end of the last whole line
	Cut      bool          // the last line was not ended at the end of the file and is no row yet; it is not counted
}

// Reader reads files of rows, and what is added to them later, on all
// processors. Read and Scan are for one goroutine at a time, Reading for any.
type Reader struct {
	set     *Set
	columns Columns

	lines   lines
	reading chan struct{} // holds a value while one of the goroutines reads
	parts   []*part       // one for each goroutine that parses
	passed  passed

	mu   sync.Mutex // guards what follows
	done Reading
	line int
	last Damage // at the end of the file, of a last line that is not ended
}

// NewReader makes a reader whose Read appends to set.
func NewReader(set *Set) *Reader {
	return &Reader{set: set, columns: AllColumns, reading: make(chan struct{}, 1), passed: passed{seed: maphash.MakeSeed()}}
}

// Only makes Read keep no more of a row than these columns need. What else is
// in it is empty.
func (r *Reader) Only(columns Columns) { r.columns = columns }

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

// Read appends the rows of in up to its end; others see them as they come.
// Called again it goes on with what came behind; the last line may have been
// ended by then. A damaged line does not end it; an error of in and the end of
// ctx do.
func (r *Reader) Read(ctx context.Context, in io.Reader) error {
	left := sizeOf(in)
	return r.run(ctx, in, (*part).parse, func(p *part) error {
		r.set.expect(p.expected(&left))
		p.repeated, p.newer = r.set.merge(p)
		return nil
	})
}

// expected is how many rows a file of so many bytes may have, by what the part
// has of it. It is told once, so that no table has to grow again and again.
func (p *part) expected(size *int64) int {
	if *size == 0 || p.chunk.size == 0 {
		return 0
	}
	const most = 8 << 20 // bounds the memory that is taken before the rows are here
	n := min(*size*int64(p.rows)/int64(p.chunk.size), most)
	*size = 0
	return int(n)
}

// sizeOf is how many bytes a file has, 0 where that is not known.
func sizeOf(in io.Reader) int64 {
	if f, ok := in.(interface{ Stat() (fs.FileInfo, error) }); ok {
		if about, err := f.Stat(); err == nil && about.Mode().IsRegular() {
			return about.Size()
		}
	}
	return 0
}

// Scan hands on the rows of in that fit a filter, some at a time and in their
// order, without keeping them. Of an email id that comes again the first row
// stays. The records are valid until take returns; its error ends the reading.
// Reading counts rows that do not fit as well.
func (r *Reader) Scan(ctx context.Context, in io.Reader, f Filter, explain Explain, take func([]sendcloud.Record) error) error {
	left := sizeOf(in)
	for _, p := range r.parts {
		p.scan = nil
	}
	return r.run(ctx, in, func(p *part) {
		if p.scan == nil {
			p.scan, p.columns = &scan{filter: f, miner: newMiner(explain)}, f.Columns()
		}
		p.choose(ctx)
	}, func(p *part) error {
		if p.scan.err != nil {
			return p.scan.err
		}
		r.passed.expect(p.expected(&left))
		fit, next := p.scan.records[:0], 0
		for i, hash := range p.hashes {
			chosen := next < len(p.scan.rows) && p.scan.rows[next] == i
			if hash == 0 || r.passed.first(hash, p.scan.modified[i], p) {
				if chosen {
					fit = append(fit, p.scan.records[next])
				}
			}
			if chosen {
				next++
			}
		}
		if len(fit) == 0 {
			return nil
		}
		return take(fit)
	})
}

// run parses lines on all processors, and hands the parts on in their order.
func (r *Reader) run(ctx context.Context, in io.Reader, parse func(*part), emit func(*part) error) error {
	if len(r.parts) == 0 {
		for range runtime.GOMAXPROCS(0) {
			r.parts = append(r.parts, newPart(r))
		}
	}
	t := &turns{}
	t.moved.L = &t.mu
	count, ended := 0, error(nil) // guarded by reading
	err := each(ctx, len(r.parts), func(_, worker int) {
		p := r.parts[worker]
		defer t.broken()
		for {
			r.reading <- struct{}{}
			if ended == nil && ctx.Err() != nil {
				ended = ctx.Err()
			}
			if ended == nil {
				ended = r.lines.next(in, &p.chunk)
			}
			turn, more := count, ended == nil
			if more {
				count++
			}
			<-r.reading
			if !more {
				return
			}
			parse(p)
			if !t.wait(turn) {
				return
			}
			err := emit(p)
			r.count(p)
			t.next(err)
		}
	})
	switch {
	case err != nil && !errors.Is(err, ctx.Err()): // one of them panicked
		return err
	case t.err != nil:
		return t.err
	case errors.Is(ended, io.EOF):
		return r.takeLast(parse, emit)
	case ctx.Err() != nil:
		return ctx.Err()
	}
	return fmt.Errorf("reading rows: %w", ended)
}

// turns lets goroutines hand on their parts in order.
type turns struct {
	mu    sync.Mutex
	moved sync.Cond
	now   int
	err   error
}

var errBroken = errors.New("recordset: the reading broke off")

// wait waits for a turn; false when the reading has ended.
func (t *turns) wait(turn int) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	for t.now != turn && t.err == nil {
		t.moved.Wait()
	}
	return t.err == nil
}

func (t *turns) next(err error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.now++
	t.err = err
	t.moved.Broadcast()
}

// broken wakes the others when a goroutine panics; each tells of the panic.
func (t *turns) broken() {
	if p := recover(); p != nil {
		t.mu.Lock()
		t.err = errBroken
		t.moved.Broadcast()
		t.mu.Unlock()
		panic(p)
	}
}

// count adds a part to what was read.
func (r *Reader) count(p *part) {
	r.mu.Lock()
	defer r.mu.Unlock()
	d := &r.done
	r.last = ""
	d.Lines += p.lines
	d.Rows += p.rows - p.repeated
	d.Repeated += p.repeated
	d.Newer += p.newer
	d.Bytes += int64(p.chunk.size)
	d.Damaged += len(p.damaged)
	for _, one := range p.damaged {
		if len(d.Which) < maxDamaged {
			d.Which = append(d.Which, DamagedLine{r.line + one.Line, one.Damage})
		}
	}
	r.line += p.chunk.lines
}

// takeLast accepts a last line without an end when it is a row. Else it waits
// for its rest.
func (r *Reader) takeLast(parse func(*part), emit func(*part) error) error {
	p := r.parts[0]
	rest := bytes.TrimSpace(r.lines.rest)
	cut := r.lines.last(&p.chunk)
	if len(p.chunk.text) == 0 && !cut {
		return nil
	}
	why := CutOff
	if !cut {
		parse(p)
		if len(p.damaged) == 0 {
			r.lines.rest = r.lines.rest[:0]
			err := emit(p)
			r.count(p)
			return err
		}
		if why = p.damaged[0].Damage; why == NotJSON && (rest[0] == '{' || rest[0] == '[') {
			why = CutOff
		}
	}
	r.mu.Lock()
	r.last = why
	r.mu.Unlock()
	return nil
}
