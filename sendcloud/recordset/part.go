package recordset

import (
	"bytes"
	"context"
	"encoding/binary"
	"hash/maphash"
	"strings"

	"bounceboard/sendcloud"
	"bounceboard/sendcloud/rowjson"
)

// part is the rows of one chunk of a file, and what one goroutine needs to
// parse chunk after chunk.
type part struct {
	store
	chunk    chunk
	hashes   []uint64          // of the rows' email ids, 0 for none
	starts   []int             // where each row's line begins in the chunk
	raw      map[string]uint32 // the numbers of heads, by the texts that they are made of
	json     rowjson.Reader
	row      rowjson.Row
	short    []byte
	columns  Columns // that are kept
	lastRaw  string
	lastHead uint32
	index    index // for the hashes
	scan     *scan

	headsHere, domainsHere []uint32 // the numbers that the set has for the part's

	lines, repeated, newer int
	damaged                []DamagedLine
}

func newPart(r *Reader) *part {
	p := &part{raw: map[string]uint32{}, columns: r.columns, index: index{seed: r.passed.seed}}
	if r.set != nil {
		p.index.seed = r.set.index.seed
	}
	return p
}

// parse reads the chunk's lines as rows.
func (p *part) parse() {
	p.begin()
	p.eachRow(p.columns.keys(), p.push)
}

// begin empties the part for the next chunk.
func (p *part) begin() {
	if len(p.blocks) > 0 {
		p.blocks = p.blocks[:1]
		p.blocks[0].reset()
	}
	p.rows, p.lines, p.repeated, p.newer = 0, 0, 0, 0
	p.hashes, p.starts, p.damaged = p.hashes[:0], p.starts[:0], p.damaged[:0]
	p.json.Reuse()
}

// eachRow calls take for each line that is a row; p.row is that row.
func (p *part) eachRow(want rowjson.Keys, take func(start int)) {
	c := &p.chunk
	if c.damage != "" {
		p.lines++
		p.damaged = append(p.damaged, DamagedLine{1, c.damage})
	}
	start := 0
	for n := 1; start < len(c.text); n++ {
		end := bytes.IndexByte(c.text[start:], '\n')
		if end < 0 {
			end = len(c.text) - start
		}
		line := c.text[start : start+end]
		if len(line) > 0 && line[0] != '{' {
			line = bytes.TrimSpace(line)
		}
		if len(line) > 0 && line[len(line)-1] != '\r' || len(bytes.TrimSpace(line)) > 0 {
			p.lines++
			if damage := p.readRow(line, want); damage == "" {
				take(start)
			} else {
				at := c.lines + 1
				if len(c.firsts) > 0 {
					at = c.firsts[n-1]
				}
				p.damaged = append(p.damaged, DamagedLine{at, damage})
			}
		}
		if start += end + 1; len(c.firsts) == 0 {
			c.lines++
		}
	}
}

// readRow reads a line into p.row, or tells what is wrong with it.
func (p *part) readRow(line []byte, want rowjson.Keys) Damage {
	if p.chunk.foreign != "" {
		if p.chunk.first && p.lines == 1 {
			return p.chunk.foreign
		}
		return NotJSON
	}
	if len(line) > maxLine {
		return TooLong
	}
	p.json.Reset(line)
	if p.json.Peek() != '{' {
		if p.json.Skip(); p.json.Problem() == "" && p.json.AtEnd() {
			return NotARow
		}
		return NotJSON
	}
	p.json.Row(&p.row, want)
	if p.json.Problem() != "" || !p.json.AtEnd() {
		return NotJSON
	}
	if p.row.Text[rowjson.EmailID] == "" && p.row.Text[rowjson.Recipients] == "" {
		if want&rowjson.KeysOf(rowjson.Recipients) != 0 {
			return NotARow
		}
		return p.readRow(line, want|rowjson.KeysOf(rowjson.Recipients))
	}
	return ""
}

// push appends p.row. What no column needs is not kept; then the hash of the
// email id stands for the id, which still tells rows apart.
func (p *part) push(start int) {
	t := &p.row.Text
	requested, plainR := readSeconds(t[rowjson.RequestTime])
	modified, plainM := readSeconds(t[rowjson.ModifiedTime])
	domain, hash := p.domainOf(t[rowjson.Recipients]), p.hash()
	id, rcpt := t[rowjson.EmailID], t[rowjson.Recipients]
	if !p.columns.has(ByEmailID) && hash != 0 {
		p.short = append(binary.LittleEndian.AppendUint64(p.short[:0], hash), 'h') // ends in no recipient
		id = str(p.short)
		hash = p.index.hash(id)
	}
	if p.columns&asksRecipient == 0 {
		rcpt = ""
	}
	b := p.last()
	b.passing = p.scan != nil
	fits := b.push(id, rcpt, t[rowjson.SendLog], p.rawHead(), domain, requested, modified)
	if !fits || !plainR || !plainM {
		r := sendcloud.RecordOf(&p.row)
		r.EmailID = id
		b.keepWhole(b.len()-1, &r)
	}
	p.rows++
	p.starts = append(p.starts, start)
	p.hashes = append(p.hashes, hash)
}

// asksRecipient is the columns that need the whole recipient.
const asksRecipient = Columns(1<<ByRecipient | 1<<ByCause | 1<<ByPermanence | 1<<ByProvider | 1<<ByRefusedIP)

// domainOf is domainNumber, mostly by the address as it is written.
func (p *part) domainOf(address string) uint32 {
	written := address[strings.LastIndexByte(address, '@')+1:]
	if n, ok := p.domains.numbers[written]; ok && written != address {
		return n
	}
	return p.domainNumber(address)
}

func (p *part) hash() uint64 {
	if id := p.row.Text[rowjson.EmailID]; id != "" {
		return p.index.hash(id)
	}
	return 0
}

func readSeconds(text string) (n uint32, plain bool) {
	if text == "" {
		return 0, true
	}
	if s, ok := sendcloud.UsualSeconds(text); ok && s > 0 && s < 1<<32 {
		return uint32(s), true
	}
	t, ok := sendcloud.ParseTime(text)
	if !ok {
		return 0, false
	}
	return seconds(t)
}

// rawHead is the number of p.row's head. To make the head anew of its texts
// takes longer than to look these up.
func (p *part) rawHead() uint32 {
	t := &p.row.Text
	k := append(p.key[:0], byte(p.row.Given&rowjson.KeysOf(rowjson.StatusText)))
	for _, text := range [...]string{t[rowjson.Status], t[rowjson.StatusText], t[rowjson.SubStatus], t[rowjson.SubStatusDesc], t[rowjson.OtherDesc], t[rowjson.APIUser]} {
		k = append(append(k, text...), 0)
	}
	p.key = k
	if string(k) == p.lastRaw {
		return p.lastHead
	}
	n, ok := p.raw[string(k)]
	if !ok {
		r := sendcloud.RecordOf(&p.row)
		n = p.headNumber(headOf(&r))
		k = p.key
		p.raw[string(k)] = n
	}
	p.lastRaw, p.lastHead = string(k), n
	return n
}

// record is row i as it was read.
func (p *part) record(i int) sendcloud.Record {
	return p.blocks[i>>blockShift].record(i&(blockRows-1), p.heads.values)
}

// scan is what Scan needs of a part beside its rows.
type scan struct {
	filter   Filter
	miner    *miner
	found    []uint32
	rows     []int              // those that fit
	records  []sendcloud.Record // and whole
	modified []uint32
	err      error
}

// choose finds the rows of the chunk that fit the filter, and reads these whole.
func (p *part) choose(ctx context.Context) {
	s := p.scan
	s.rows, s.records, s.modified = s.rows[:0], s.records[:0], s.modified[:0]
	p.begin()
	if s.filter.Empty() {
		p.eachRow(rowjson.AllKeys, func(int) {
			r := sendcloud.RecordOf(&p.row)
			n, _ := seconds(r.ModifiedTime)
			s.rows, s.records, s.modified = append(s.rows, p.rows), append(s.records, r), append(s.modified, n)
			p.hashes = append(p.hashes, p.hash())
			p.rows++
		})
		return
	}
	p.eachRow(p.columns.keys(), p.push)
	snap := p.view(nil)
	for _, b := range p.blocks {
		s.modified = append(s.modified, b.cols[colModified]...)
		snap.views = append(snap.views, view{block: b})
	}
	if s.filter.NeedsMining() {
		s.found = s.found[:0]
		for row := range snap.rows {
			s.found = append(s.found, s.miner.find(snap, row))
		}
		for i := range snap.views {
			snap.views[i].found = s.found[i*blockRows : min((i+1)*blockRows, len(s.found))]
		}
		snap.mined, snap.mineResult = snap.rows, s.miner.mineResult
	}
	fit, err := snap.Narrow(ctx, s.filter, nil)
	if s.err = err; err != nil {
		return
	}
	for row := range fit.Rows.Rows() {
		line := p.chunk.text[p.starts[row]:]
		if end := bytes.IndexByte(line, '\n'); end >= 0 {
			line = line[:end]
		}
		p.json.Reset(line)
		p.json.Row(&p.row, rowjson.AllKeys)
		s.rows, s.records = append(s.rows, row), append(s.records, sendcloud.RecordOf(&p.row))
	}
}

// passed is the email ids of rows that were handed on, and when each row was
// modified last.
type passed struct {
	seed  maphash.Seed
	slots []passedID
	count int
}

type passedID struct {
	hash     uint64
	modified uint32
}

// first tells whether a row is the first of its email id; p counts the others.
// Of a million ids two have one hash by chance once in thirty million times.
func (x *passed) first(hash uint64, modified uint32, p *part) bool {
	x.expect(x.count + 1)
	at := x.slot(hash)
	if at.hash == 0 {
		*at = passedID{hash, modified}
		x.count++
		return true
	}
	p.repeated++
	if modified > at.modified {
		at.modified = modified
		p.newer++
	}
	return false
}

// expect makes room for so many ids.
func (x *passed) expect(count int) {
	if 2*count <= len(x.slots) {
		return
	}
	old, size := x.slots, max(1<<10, len(x.slots))
	for size < 2*count {
		size *= 2
	}
	x.slots = make([]passedID, size)
	for _, one := range old {
		if one.hash != 0 {
			*x.slot(one.hash) = one
		}
	}
}

func (x *passed) slot(hash uint64) *passedID {
	mask := uint64(len(x.slots) - 1)
	i := hash & mask
	for x.slots[i].hash != 0 && x.slots[i].hash != hash {
		i = (i + 1) & mask
	}
	return &x.slots[i]
}
