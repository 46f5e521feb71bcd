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
	chunk   chunk
	parsed  chan error        // sent when the chunk is parsed
	hashes  []uint64          // hashes of the rows' email ids, 0 for none
	starts  []int             // where each row's line begins in the chunk
	raw     map[string]uint32 // the numbers of heads, by the texts that they are made of
	json    rowjson.Reader
	row     rowjson.Row
	short   []byte
	columns Columns // the columns that are kept
	index   index   // makes the hashes

	// headsHere[i] is the set's number for head i of this part; domainsHere is the
	// same for domains.
	headsHere, domainsHere []uint32

	lines, repeated, newer int
	damaged                []DamagedLine

	miner  *miner             // used by Scan
	found  []uint32           // its findings
	chosen []int              // the rows that fit
	whole  []sendcloud.Record // the rows in chosen, with every column
}

func newPart(seed maphash.Seed, columns Columns) *part {
	return &part{raw: map[string]uint32{}, columns: columns, index: index{seed: seed}}
}

// parse reads the chunk's lines as rows.
func (p *part) parse() {
	if len(p.blocks) > 0 {
		p.blocks = p.blocks[:1]
		p.blocks[0].reset()
	}
	p.rows, p.lines, p.repeated, p.newer = 0, 0, 0, 0
	p.hashes, p.starts, p.damaged = p.hashes[:0], p.starts[:0], p.damaged[:0]
	p.json.Reuse()
	c := &p.chunk
	if c.damage != "" {
		p.lines++
		p.damaged = append(p.damaged, DamagedLine{1, c.damage})
	}
	want := p.columns.keys()
	for n, start := 0, 0; start < len(c.text); n++ {
		line, _, _ := bytes.Cut(c.text[start:], []byte{'\n'})
		if trimmed := bytes.TrimSpace(line); len(trimmed) > 0 {
			p.lines++
			if damage := p.readRow(trimmed, want); damage == "" {
				p.push(start)
			} else {
				at := c.lines + 1
				if len(c.firsts) > 0 {
					at = c.firsts[n]
				}
				p.damaged = append(p.damaged, DamagedLine{at, damage})
			}
		}
		if start += len(line) + 1; len(c.firsts) == 0 {
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

// push appends p.row and keeps only what the columns need. If the email id is
// not needed, it keeps a hash of it, so that equal ids are still found.
func (p *part) push(start int) {
	t := &p.row.Text
	requested, plainR := readSeconds(t[rowjson.RequestTime])
	modified, plainM := readSeconds(t[rowjson.ModifiedTime])
	id, rcpt := t[rowjson.EmailID], t[rowjson.Recipients]
	domain, hash := p.domainOf(rcpt), p.index.hash(id)
	if !p.columns.has(ByEmailID) && hash != 0 {
		p.short = append(binary.LittleEndian.AppendUint64(p.short[:0], hash), 'h') // ends in no recipient
		id = str(p.short)
		hash = p.index.hash(id)
	}
	if !p.columns.has(ByRecipient) && !p.columns.mined() {
		rcpt = ""
	}
	b := p.last()
	if fits := b.push(id, rcpt, t[rowjson.SendLog], [colCount]uint32{p.rawHead(), domain, requested, modified}); !fits || !plainR || !plainM {
		r := sendcloud.RecordOf(&p.row)
		r.EmailID = id
		b.keepWhole(b.len()-1, &r)
	}
	p.rows++
	p.starts = append(p.starts, start)
	p.hashes = append(p.hashes, hash)
}

// domainOf does what domainNumber does, mostly by the address as it is written.
func (p *part) domainOf(address string) uint32 {
	written := address[strings.LastIndexByte(address, '@')+1:]
	if n, ok := p.domains.numbers[written]; ok && written != address {
		return n
	}
	return p.domainNumber(address)
}

func readSeconds(text string) (n uint32, plain bool) {
	if s, ok := sendcloud.UsualSeconds(text); ok && s > 0 && s < 1<<32 {
		return uint32(s), true
	}
	t, ok := sendcloud.ParseTime(text)
	n, plain = seconds(t)
	return n, ok && plain
}

// rawHead returns the number of p.row's head. To make the head anew of its
// texts takes longer than to look these up.
func (p *part) rawHead() uint32 {
	t := &p.row.Text
	p.key = append(p.key[:0], byte(p.row.Given&rowjson.KeysOf(rowjson.StatusText)))
	for _, text := range [...]string{t[rowjson.Status], t[rowjson.StatusText], t[rowjson.SubStatus], t[rowjson.SubStatusDesc], t[rowjson.OtherDesc], t[rowjson.APIUser]} {
		p.key = append(append(p.key, text...), 0)
	}
	n, ok := p.raw[string(p.key)]
	if !ok {
		r := sendcloud.RecordOf(&p.row)
		n = p.headNumber(&r)
		p.raw[string(p.key)] = n
	}
	return n
}

// choose finds the rows of the chunk that fit a filter, and reads these whole.
func (p *part) choose(ctx context.Context, f Filter) error {
	p.parse()
	snap := p.view(nil)
	for _, b := range p.blocks {
		snap.views = append(snap.views, view{block: b})
	}
	if f.Columns().mined() {
		p.found = p.found[:0]
		for row := range snap.rows {
			p.found = append(p.found, p.miner.find(snap, row))
		}
		for i := range snap.views {
			snap.views[i].found = p.found[i*blockRows : min((i+1)*blockRows, len(p.found))]
		}
		snap.mined, snap.mineResult = snap.rows, p.miner.mineResult
	}
	fit, err := snap.Narrow(ctx, f, nil)
	if err != nil {
		return err
	}
	p.chosen, p.whole = p.chosen[:0], p.whole[:0]
	for row := range fit.Rows.Rows() {
		line, _, _ := bytes.Cut(p.chunk.text[p.starts[row]:], []byte{'\n'})
		p.json.Reset(bytes.TrimSpace(line))
		p.json.Row(&p.row, rowjson.AllKeys)
		p.chosen, p.whole = append(p.chosen, row), append(p.whole, sendcloud.RecordOf(&p.row))
	}
	return nil
}
