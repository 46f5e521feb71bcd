package recordset

import (
	"context"
	"fmt"
	"maps"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"
	"unsafe"

	"bounceboard/sendcloud"
)

const (
	blockShift = 14
	blockRows  = 1 << blockShift
)

// The columns of a block that are numbers.
const (
	colHead      = iota // number in the dictionary of heads
	colDomain           // of domains
	colRequested        // seconds of the epoch, 0 for none
	colModified
	colTextEnd // where the row's text ends
	colCount
)

// block holds the columns of up to blockRows rows. Rows are only added at its
// end, so that a snapshot can share its memory; what changes a row that is here
// works on a copy when a snapshot has the block.
type block struct {
	cols   [colCount][]uint32
	text   []byte   // of each row: the reply, or recipient, line end, reply
	at     []uint16 // where the recipient stands in the reply; ahead when it does not
	length []uint8  // of the recipient

	ids      []byte // of each row; recipientEnds stands for $ and the recipient
	idLength []uint8
	idBase   []uint32 // where the ids of every idGroup rows begin

	odd     map[int]*sendcloud.Record // rows that the columns cannot give back
	shared  bool                      // a snapshot has it
	passing bool                      // its rows are soon dropped: to save memory is not worth the time
}

const (
	ahead         = 0xffff  // the recipient stands before the reply
	maxText       = 1 << 16 // of a reply in the columns
	maxRcpt       = 0xff    // of a recipient; an address has 254 bytes at the most (RFC 5321, 4.5.3.1.3)
	maxID         = 0xff    // of an id without its recipient
	recipientEnds = 0
	idGroup       = 16
)

func (b *block) len() int { return len(b.length) }

// push appends a row. It reports whether the columns hold all of the texts.
func (b *block) push(id, rcpt, log string, head, domain, requested, modified uint32) (fits bool) {
	short, cut := splitID(id, rcpt)
	fits = len(log) <= maxText && len(rcpt) <= maxRcpt && len(short) < maxID && (cut || short == "" || short[len(short)-1] != recipientEnds)
	if !fits {
		short, cut = "", false
		log, rcpt = log[:min(len(log), maxText)], rcpt[:min(len(rcpt), maxRcpt)]
	}
	if b.len()%idGroup == 0 {
		b.idBase = append(b.idBase, uint32(len(b.ids)))
	}
	from := len(b.ids)
	b.ids = append(b.ids, short...)
	if cut {
		b.ids = append(b.ids, recipientEnds)
	}
	b.idLength = append(b.idLength, uint8(len(b.ids)-from))
	b.length = append(b.length, uint8(len(rcpt)))
	at := -1
	if !b.passing {
		at = strings.Index(log, rcpt)
	}
	if at >= 0 && at < ahead {
		b.at = append(b.at, uint16(at))
	} else {
		b.at = append(b.at, ahead)
		b.text = append(append(b.text, rcpt...), '\n')
	}
	b.text = append(b.text, log...)
	for c, v := range [colCount]uint32{head, domain, requested, modified, uint32(len(b.text))} {
		b.cols[c] = append(b.cols[c], v)
	}
	return fits
}

// splitID takes $ and the recipient off an email id: mostly it ends so.
func splitID(id, rcpt string) (short string, cut bool) {
	if n := len(id) - len(rcpt); rcpt != "" && n > 0 && id[n-1] == '$' && id[n:] == rcpt {
		return id[:n-1], true
	}
	return id, false
}

// pushRows appends rows [from, to) of another block, whose heads and domains
// have other numbers.
func (b *block) pushRows(p *block, from, to int, heads, domains []uint32) {
	start, end := p.textStart(from), int(p.cols[colTextEnd][to-1])
	shift := uint32(len(b.text) - start)
	b.text = append(b.text, p.text[start:end]...)
	n := b.len()
	for c := range b.cols {
		b.cols[c] = append(b.cols[c], p.cols[c][from:to]...)
	}
	for i := n; i < n+to-from; i++ {
		b.cols[colHead][i] = heads[b.cols[colHead][i]]
		b.cols[colDomain][i] = domains[b.cols[colDomain][i]]
		b.cols[colTextEnd][i] += shift
	}
	at := p.idStart(from)
	for i := from; i < to; i++ {
		if (n+i-from)%idGroup == 0 {
			b.idBase = append(b.idBase, uint32(len(b.ids)+p.idStart(i)-at))
		}
	}
	b.ids = append(b.ids, p.ids[at:p.idStart(to-1)+int(p.idLength[to-1])]...)
	b.idLength = append(b.idLength, p.idLength[from:to]...)
	b.at = append(b.at, p.at[from:to]...)
	b.length = append(b.length, p.length[from:to]...)
	for i := from; i < to && len(p.odd) > 0; i++ {
		if r := p.odd[i]; r != nil {
			b.keepWhole(n+i-from, r)
		}
	}
}

// keepWhole keeps a record beside the columns.
func (b *block) keepWhole(i int, r *sendcloud.Record) {
	if b.odd == nil {
		b.odd = map[int]*sendcloud.Record{}
	}
	own := *r
	for _, t := range []*string{&own.EmailID, &own.StatusText, &own.SubStatusText, &own.SubStatusDesc, &own.APIUser, &own.Recipients, &own.RequestText, &own.ModifiedText, &own.SendLog} {
		*t = strings.Clone(*t)
	}
	b.odd[i] = &own
}

// seal gives a full block memory of exactly its size. What it had before is for
// the next one, unless a snapshot shares it.
func (b *block) seal() (next *block) {
	next = &block{}
	if !b.shared {
		next.text, next.ids = b.text[:0], b.ids[:0]
	}
	b.text, b.ids = append(make([]byte, 0, len(b.text)), b.text...), append(make([]byte, 0, len(b.ids)), b.ids...)
	for c := range b.cols {
		next.cols[c] = make([]uint32, 0, blockRows)
		b.cols[c] = slices.Clip(b.cols[c])
	}
	next.at, next.length, next.idLength = make([]uint16, 0, blockRows), make([]uint8, 0, blockRows), make([]uint8, 0, blockRows)
	next.idBase = make([]uint32, 0, blockRows/idGroup)
	return next
}

// clone is a copy whose rows may be changed.
func (b *block) clone() *block {
	own := *b
	for c := range own.cols {
		own.cols[c] = slices.Clone(own.cols[c])
	}
	own.odd, own.shared = maps.Clone(own.odd), false
	return &own
}

// reset empties a block whose memory is used again.
func (b *block) reset() {
	for c := range b.cols {
		b.cols[c] = b.cols[c][:0]
	}
	b.text, b.at, b.length, b.ids, b.idLength, b.idBase, b.odd = b.text[:0], b.at[:0], b.length[:0], b.ids[:0], b.idLength[:0], b.idBase[:0], nil
}

func (b *block) textStart(i int) int {
	if i == 0 {
		return 0
	}
	return int(b.cols[colTextEnd][i-1])
}

func (b *block) idStart(i int) int {
	from := int(b.idBase[i/idGroup])
	for _, n := range b.idLength[i&^(idGroup-1) : i] {
		from += int(n)
	}
	return from
}

// str is b as a string without a copy: what is in a block's texts never changes.
func str(b []byte) string { return unsafe.String(unsafe.SliceData(b), len(b)) }

// recipientSpan and replySpan are where a row's two texts are.
func (b *block) recipientSpan(i int) (from, to int) {
	from = b.textStart(i)
	if b.at[i] != ahead {
		from += int(b.at[i])
	}
	return from, from + int(b.length[i])
}

func (b *block) replySpan(i int) (from, to int) {
	from = b.textStart(i)
	if b.at[i] == ahead {
		from += int(b.length[i]) + 1
	}
	return from, int(b.cols[colTextEnd][i])
}

func (b *block) recipient(i int) string {
	if r := b.odd[i]; r != nil {
		return r.Recipients
	}
	from, to := b.recipientSpan(i)
	return str(b.text[from:to])
}

func (b *block) reply(i int) string {
	if r := b.odd[i]; r != nil {
		return r.SendLog
	}
	from, to := b.replySpan(i)
	return str(b.text[from:to])
}

// appendID appends row i's email id.
func (b *block) appendID(dst []byte, i int) []byte {
	if r := b.odd[i]; r != nil {
		return append(dst, r.EmailID...)
	}
	from, n := b.idStart(i), int(b.idLength[i])
	if n == 0 || b.ids[from+n-1] != recipientEnds {
		return append(dst, b.ids[from:from+n]...)
	}
	dst = append(append(dst, b.ids[from:from+n-1]...), '$')
	from, to := b.recipientSpan(i)
	return append(dst, b.text[from:to]...)
}

// seconds is a time as the columns keep it; plain is false when that loses
// something.
func seconds(t time.Time) (n uint32, plain bool) {
	if t.IsZero() {
		return 0, true
	}
	u := t.Unix()
	if u <= 0 || u > 1<<32-1 {
		return 0, false
	}
	_, offset := t.Zone()
	return uint32(u), t.Nanosecond() == 0 && offset == 8*3600
}

// at is the time that the columns keep as n.
func at(n uint32) time.Time {
	if n == 0 {
		return time.Time{}
	}
	return time.Unix(int64(n), 0).In(sendcloud.Zone)
}

// appendDomain appends what follows the last @ in small letters.
func appendDomain(dst []byte, address string) []byte {
	k := strings.LastIndexByte(address, '@')
	if k < 0 {
		return dst
	}
	for _, c := range []byte(strings.TrimRight(address[k+1:], "> \t")) {
		dst = append(dst, lower(c))
	}
	return dst
}

func lower(c byte) byte {
	if 'A' <= c && c <= 'Z' {
		return c | 0x20
	}
	return c
}

// each calls do for 0 … n-1 from as many goroutines as there are processors,
// with the goroutine's number below workers(). It ends early when ctx does. A
// panic becomes an error: in a bare goroutine it would leave a terminal raw.
func each(ctx context.Context, n int, do func(worker, i int)) error {
	var (
		next  atomic.Int64
		wg    sync.WaitGroup
		once  sync.Once
		fault error
	)
	work := func(worker int) {
		defer wg.Done()
		defer func() {
			if p := recover(); p != nil {
				once.Do(func() { fault = fmt.Errorf("recordset: %v\n%s", p, debug.Stack()) })
				next.Store(int64(n))
			}
		}()
		for ctx.Err() == nil {
			i := int(next.Add(1)) - 1
			if i >= n {
				return
			}
			do(worker, i)
		}
	}
	count := min(workers(), n)
	wg.Add(count)
	for w := 1; w < count; w++ {
		go work(w)
	}
	if count > 0 {
		work(0)
	}
	wg.Wait()
	if fault != nil {
		return fault
	}
	return ctx.Err()
}

func workers() int { return runtime.GOMAXPROCS(0) }
