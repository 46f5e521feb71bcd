package recordset

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"hash/maphash"
	"io"
	"os"
	"slices"
	"sync"

	"bounceboard/sendcloud"
)

// Damage says what is wrong with a line.
type Damage string

// What can be wrong with a line. CSV concerns line 1, and so the whole file.
const (
	NotJSON Damage = "not JSON"
	NotARow Damage = "not a row" // JSON, but no object with an email id or a recipient
	TooLong Damage = "too long"  // over 16 MiB
	CutOff  Damage = "cut off"   // the last line has no end: its writer may still be at work
	CSV     Damage = "CSV"       // the header of `list --format csv`
)

// DamagedLine is a line that holds no row. Lines count from 1.
type DamagedLine struct {
	Line   int
	Damage Damage
}

// maxDamaged is how many damaged lines are kept with their reason.
const maxDamaged = 1000

// Reading is what came from files of rows. A file holds JSON objects, one a line or in an array, or the service's
// answers as they came. Other keys are ignored. Gzip, UTF-16, GB18030 and Big5 are decoded.
type Reading struct {
	Lines    int // not counting empty ones; in an array, elements
	Rows     int // each email id once
	Repeated int // rows whose email id had come
	Newer    int // those of them that were modified later
	Damaged  int
	Which    []DamagedLine // the first thousand

	Unreadable int    // times and codes that cannot be read: their rows have none
	Encoding   string // what a file was decoded from, empty for UTF-8
	Cut        bool   // the last line was not ended at the end of the file and is no row yet; it is not counted
}

// add tells of a damaged line, and counts it.
func (d *Reading) add(one DamagedLine, count bool) {
	if len(d.Which) < maxDamaged {
		d.Which = append(d.Which, one)
	}
	if count {
		d.Lines++
		d.Damaged++
	}
}

// Reader reads files of rows, and what is added to them later, on all
// processors. Read and Scan are for one goroutine at a time, Reading for any.
type Reader struct {
	set     *Set
	columns Columns
	in      io.Reader
	lines   lines
	parts   []*part
	passed  index    // used by Scan: the email ids that came
	states  []passed // and what is known of each

	mu   sync.Mutex // guards what follows
	done Reading
	line int
	last DamagedLine // at the end of the file, a last line that is not ended
}

// passed is what Scan remembers of an email id. That any two of a million ids share a hash has a chance of one in
// thirty million.
type passed struct {
	hash     uint64
	modified uint32
}

// Files are several files that are read one after the other.
type Files []io.Reader

// Read reads from the first; a Reader takes the files one by one.
func (f Files) Read(p []byte) (int, error) { return f[0].Read(p) }

// NewReader makes a reader whose Read appends to set.
func NewReader(set *Set) *Reader {
	r := &Reader{set: set, columns: AllColumns, passed: index{seed: maphash.MakeSeed()}}
	if set != nil {
		r.passed.seed = set.index.seed
	}
	return r
}

// Only makes Read keep no more of a row than these columns need. What else is in it is empty.
func (r *Reader) Only(columns Columns) { r.columns = columns }

// Reading returns what came so far. A last line without an end shows as damaged until its rest comes.
func (r *Reader) Reading() Reading {
	r.mu.Lock()
	defer r.mu.Unlock()
	d := r.done
	d.Which = slices.Clone(d.Which)
	if d.Cut = r.last.Damage == CutOff; r.last.Damage != "" {
		d.add(r.last, !d.Cut)
	}
	return d
}

// Read appends the rows of in up to its end; others see them as they come. Called again with the same file it reads
// what was added since, and the rest of a cut line; with another file it starts that one. A damaged line does not end
// it; an error of in and the end of ctx do.
func (r *Reader) Read(ctx context.Context, in io.Reader) error {
	return r.run(ctx, in, func(p *part) error {
		p.parse()
		if p.own = nil; p.block.len() >= adoptLeast {
			p.own = p.block.copied(64)
		}
		return nil
	}, func(p *part) error { r.set.merge(p); return nil })
}

// A part with this many rows or more gives its block to the set: a block for each few rows would slow all readers down.
const adoptLeast = 512

// Scan hands on the rows of in that fit a filter, some at a time and in their order, without keeping them. Of an email
// id that comes again the first row stays. The records are valid until take returns; its error ends the reading.
// Reading counts rows that do not fit as well.
func (r *Reader) Scan(ctx context.Context, in io.Reader, f Filter, explain Explain, take func([]sendcloud.Record) error) error {
	r.columns, r.parts = f.Columns(), nil
	return r.run(ctx, in, func(p *part) error {
		if p.miner == nil {
			p.miner, p.block.brief, p.must = newMiner(explain), true, f.must()
			p.headNumber(&sendcloud.Record{}) // number 0, of rows that do not fit
			p.domainNumber("")
		}
		return p.choose(ctx, f)
	}, func(p *part) error {
		p.seen = r.passed.warm(p.hashes)
		fit, next := p.whole[:0], 0
		for i, hash := range p.hashes {
			first := r.first(hash, p.block.cols[colModified][i], p)
			if next < len(p.chosen) && p.chosen[next] == i {
				if next++; first {
					fit = append(fit, p.whole[next-1])
				}
			}
		}
		if len(fit) == 0 {
			return nil
		}
		return take(fit)
	})
}

// first tells whether a row is the first of its email id; p counts the others.
func (r *Reader) first(hash uint64, modified uint32, p *part) bool {
	row, repeated := r.passed.insert(hash, len(r.states), func(row int) bool { return r.states[row].hash == hash })
	if !repeated {
		r.states = append(r.states, passed{hash, modified})
		return true
	}
	p.repeated++
	if state := &r.states[row]; modified > state.modified {
		p.newer++
		state.modified = modified
	}
	return false
}

// run reads one file or several.
func (r *Reader) run(ctx context.Context, in io.Reader, parse, emit func(*part) error) error {
	files, ok := in.(Files)
	if !ok {
		files = Files{in}
	}
	for len(r.parts) < 1+2*workers() { // one is filled while others are parsed, and some wait for their turn
		r.parts = append(r.parts, newPart(r.passed.seed, r.columns))
	}
	for _, one := range files[max(0, slices.Index(files, r.in)):] { // go on at the file that was read last
		if one != r.in {
			if r.mu.Lock(); r.last.Damage != "" {
				r.done.add(r.last, true)
			}
			r.last, r.line = DamagedLine{}, 0
			r.mu.Unlock()
			r.in, r.lines = one, lines{in: one}
			r.reserve(one)
		}
		ended, broken := r.parseAll(ctx, parse, emit)
		if broken != nil {
			return broken
		} else if ctx.Err() != nil {
			return ctx.Err()
		} else if !errors.Is(ended, io.EOF) {
			return fmt.Errorf("reading rows: %w", ended)
		}
		if err := r.takeLast(parse, emit); err != nil {
			return err
		}
	}
	return nil
}

// reserve makes room for the email ids of a file at once. Its size tells how many
// there will be, roughly: a row has 450 bytes or so.
func (r *Reader) reserve(in io.Reader) {
	file, ok := in.(*os.File)
	if !ok {
		return
	}
	info, err := file.Stat()
	if err != nil {
		return
	}
	index := &r.passed
	if r.set != nil {
		r.set.mu.Lock()
		defer r.set.mu.Unlock()
		index = &r.set.index
	}
	if rows := min(info.Size()/450, 1<<24); len(index.slots) == 0 {
		index.slots = make([]uint64, 256+rows*6/5)
		if r.set == nil {
			r.states = make([]passed, 0, rows)
		}
	}
}

// parseAll parses lines on all processors, and hands the parts on in their
// order. It returns what ended the file, and what broke it off.
func (r *Reader) parseAll(ctx context.Context, parse, emit func(*part) error) (ended, broken error) {
	free, ordered := make(chan *part, len(r.parts)), make(chan *part, len(r.parts))
	for _, p := range r.parts {
		free <- p
	}
	reading, stop := context.WithCancel(ctx)
	defer stop()
	go func() {
		defer close(ordered)
		fault := guarded(func() {
			for p := range free {
				if ended = reading.Err(); ended == nil {
					ended = r.lines.next(&p.chunk)
				}
				if ended != nil {
					return
				}
				p.parsed = make(chan error, 1)
				ordered <- p
				go func() {
					var err error
					p.parsed <- cmp.Or(guarded(func() { err = parse(p) }), err)
				}()
			}
		})
		ended = cmp.Or(fault, ended)
	}()
	for p := range ordered {
		err := <-p.parsed
		if broken == nil && err == nil {
			err = emit(p)
			r.count(p)
		}
		if broken = cmp.Or(broken, err); broken != nil {
			stop()
		}
		free <- p
	}
	return ended, broken
}

// count adds a part to what was read.
func (r *Reader) count(p *part) {
	r.mu.Lock()
	defer r.mu.Unlock()
	d := &r.done
	r.last = DamagedLine{}
	d.Lines += p.lines
	d.Rows += p.block.len() - p.repeated
	d.Repeated += p.repeated
	d.Newer += p.newer
	d.Unreadable += p.unreadable
	d.Encoding = cmp.Or(r.lines.charset, d.Encoding)
	for _, one := range p.damaged {
		if len(p.chunk.firsts) == 0 {
			one.Line += r.line
		}
		d.Damaged++
		d.add(one, false)
	}
	r.line += p.ends
}

// takeLast accepts a last line without an end when it is a row. Else it waits for its rest.
func (r *Reader) takeLast(parse, emit func(*part) error) error {
	p := r.parts[0]
	cut := r.lines.last(&p.chunk)
	if len(p.chunk.text) == 0 && !cut {
		return nil
	}
	why := CutOff
	if !cut {
		if err := parse(p); err != nil {
			return err
		}
		if len(p.damaged) == 0 {
			r.lines.rest = r.lines.rest[:0]
			err := emit(p)
			r.count(p)
			return err
		}
		if why = p.damaged[0].Damage; why == NotJSON && bytes.IndexByte([]byte("{["), p.chunk.text[0]) >= 0 {
			why = CutOff
		}
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.last = (DamagedLine{r.line + 1, why}); r.lines.mode == byElement {
		r.last.Line = r.lines.line + 1
	}
	return nil
}
