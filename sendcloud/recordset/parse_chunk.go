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

// part is the rows of one chunk of a file, and what one goroutine needs to parse chunk after chunk.
type part struct {
	dictionaries
	block   *block
	own     *block // a copy of it that a set may have
	chunk   chunk
	parsed  chan error // sent when the chunk is parsed
	hashes  []uint64   // hashes of the rows' email ids, 0 for none
	starts  []int      // where each row's line begins in the chunk
	json    rowjson.Reader
	row     rowjson.Row
	columns Columns // the columns that are kept
	rcpts   bool    // the recipients are kept
	index   index   // makes the hashes
	seen    uint64  // of no use: without it the compiler leaves warm out

	raw map[string]uint32 // the numbers of heads, by the texts that they are made of

	// headsHere[i] is the set's number for head i of this part; domainsHere is the same for domains.
	headsHere, domainsHere []uint32

	lines, ends, repeated, newer, unreadable int
	damaged                                  []DamagedLine

	must    *search // used by Scan: what stands in every row that fits; nil: not known
	miner   *miner
	found   []uint32           // its findings
	blockOf []uint32           // as a snapshot has it
	chosen  []int              // the rows that fit
	whole   []sendcloud.Record // the rows in chosen, with every column
}

func newPart(seed maphash.Seed, columns Columns) *part {
	return &part{block: &block{}, raw: map[string]uint32{}, columns: columns, index: index{seed: seed},
		rcpts: columns.has(ByRecipient) || columns.mined()}
}

// parse reads the chunk's lines as rows.
func (p *part) parse() {
	p.block.reset()
	p.lines, p.ends, p.repeated, p.newer, p.unreadable = 0, 0, 0, 0, 0
	p.hashes, p.starts, p.damaged = p.hashes[:0], p.starts[:0], p.damaged[:0]
	p.json.Reuse()
	if p.chunk.damage == TooLong {
		p.lines, p.ends, p.damaged = 1, 1, append(p.damaged, DamagedLine{1, TooLong})
	}
	want, text := p.columns.keys(), p.chunk.text
	for start := 0; start < len(text); p.ends++ {
		line, _, _ := bytes.Cut(text[start:], []byte{'\n'})
		at := start
		if start += len(line) + 1; len(line) == 0 || line[0] != '{' && len(bytes.TrimSpace(line)) == 0 {
			continue
		}
		damage := p.readRow(line, want)
		if bare := line; damage == NotJSON { // it may be of an array that stands behind lines
			if bare = bytes.Trim(line, "[], \t\r"); len(bare) == 0 {
				continue
			}
			if len(bare) < len(line) {
				damage = p.readRow(bare, want)
			}
		}
		if p.lines++; p.lines == 1 && p.chunk.damage == CSV {
			damage = CSV
		}
		if damage == "" {
			if p.starts = append(p.starts, at); p.fits(line) {
				p.push()
			} else {
				p.pass()
			}
			continue
		}
		number := p.ends + 1
		if len(p.chunk.firsts) > 0 {
			number = p.chunk.firsts[p.ends]
		}
		p.damaged = append(p.damaged, DamagedLine{number, damage})
	}
}

// readRow reads a line into p.row, or tells what is wrong with it.
func (p *part) readRow(line []byte, want rowjson.Keys) Damage {
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
	if p.row.Text[rowjson.EmailID] != "" || p.row.Text[rowjson.Recipients] != "" {
		return ""
	} else if want&rowjson.KeysOf(rowjson.Recipients) != 0 {
		return NotARow
	}
	return p.readRow(line, want|rowjson.KeysOf(rowjson.Recipients))
}

// push appends p.row and keeps only what the columns need. If the email id is
// not needed, it keeps a hash of it, so that equal ids are still found.
func (p *part) push() {
	t := &p.row.Text
	requested, plainR, okR := readSeconds(t[rowjson.RequestTime])
	modified, plainM, okM := readSeconds(t[rowjson.ModifiedTime])
	id, rcpt, reply := t[rowjson.EmailID], t[rowjson.Recipients], t[rowjson.SendLog]
	hash, head, domain := p.index.hash(id), p.rawHead(), p.domainOf(rcpt)
	if !p.columns.has(ByEmailID) && hash != 0 {
		p.key = append(binary.LittleEndian.AppendUint64(p.key[:0], hash), 'h') // ends in no recipient
		id = str(p.key)
	}
	if !p.rcpts {
		rcpt = rcpt[max(0, strings.LastIndexByte(rcpt, '@')):]
	}
	fits := p.block.push(id, rcpt, reply, [colCount]uint32{head, domain, requested, modified})
	if !fits || !plainR || !plainM {
		r := sendcloud.RecordOf(&p.row)
		r.EmailID = id
		p.block.keepWhole(p.block.len()-1, &r)
	}
	for _, bad := range []bool{!okR, !okM, p.heads.values[head].subText != ""} {
		if bad {
			p.unreadable++
		}
	}
	p.hashes = append(p.hashes, hash)
}

// fits reports whether a line may hold a row that fits the filter: what has to stand there may be escaped.
func (p *part) fits(line []byte) bool {
	return p.must == nil || p.must.stands(line, 0, len(line)) || bytes.IndexByte(line, '\\') >= 0
}

// pass appends of p.row no more than what tells states of a mail apart. The row does not fit, so nobody sees it.
func (p *part) pass() {
	modified, _, _ := readSeconds(p.row.Text[rowjson.ModifiedTime])
	p.block.push("", "", "", [colCount]uint32{colModified: modified})
	p.hashes = append(p.hashes, p.index.hash(p.row.Text[rowjson.EmailID]))
}

// domainOf does what domainNumber does, mostly by the address as it is written.
func (p *part) domainOf(address string) uint32 {
	written := address[strings.LastIndexByte(address, '@')+1:]
	if n, ok := p.domains.numbers[written]; ok && (written != address || written == "") {
		return n
	}
	return p.domainNumber(address)
}

// readSeconds reads a time as a block keeps it; plain is false when that loses
// something, ok when the time cannot be read.
func readSeconds(text string) (n uint32, plain, ok bool) {
	if s, ok := sendcloud.UsualSeconds(text); ok && s > 0 && s < 1<<32 {
		return uint32(s), true, true
	}
	t, ok := sendcloud.ParseTime(text)
	n, plain = seconds(t)
	return n, ok && plain, ok
}

// rawHead returns the number of p.row's head. To make the head anew of its texts takes longer than to look these up.
func (p *part) rawHead() uint32 {
	t := &p.row.Text
	p.key = append(p.key[:0], byte(p.row.Given&rowjson.KeysOf(rowjson.StatusText)))
	for _, k := range [...]rowjson.Key{rowjson.Status, rowjson.StatusText, rowjson.SubStatus,
		rowjson.SubStatusDesc, rowjson.OtherDesc, rowjson.APIUser} {
		p.key = append(append(p.key, t[k]...), 0)
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
	rows := p.block.len()
	for len(p.blockOf) <= rows/64 {
		p.blockOf = append(p.blockOf, 0)
	}
	snap := Snapshot{rows: rows, views: []view{{block: p.block}}, blockOf: p.blockOf,
		heads: p.heads.values, domains: p.domains.values}
	if f.Columns().mined() {
		p.found = p.found[:0]
		for row := range rows {
			p.found = append(p.found, p.miner.find(snap, row))
		}
		snap.views[0].found, snap.mined, snap.mineResult = p.found, rows, p.miner.mineResult
	}
	fit, err := snap.Narrow(ctx, f, nil)
	if err != nil {
		return err
	}
	p.chosen, p.whole = p.chosen[:0], p.whole[:0]
	for row := range fit.Rows.Rows() {
		line, _, _ := bytes.Cut(p.chunk.text[p.starts[row]:], []byte{'\n'})
		p.json.Reset(line[bytes.IndexByte(line, '{'):])
		p.json.Row(&p.row, rowjson.AllKeys)
		p.chosen, p.whole = append(p.chosen, row), append(p.whole, sendcloud.RecordOf(&p.row))
	}
	return nil
}
