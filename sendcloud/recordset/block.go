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
	colDomain           // number in the dictionary of domains
	colRequested        // seconds of the epoch, 0 for none
	colModified
	colCount
)

// block holds the columns of up to blockRows rows. Rows are only added at its
// end, so that a snapshot can share its memory; what changes a row that is here
// works on a copy when a snapshot has the block.
type block struct {
	cols [colCount][]uint32
	// An id of the form "X$recipient" is stored as X, to save memory. Any other id
	// is stored whole, with the byte wholeID after it.
	ids    texts
	text   texts                     // the reply, or the recipient, a line end, the reply
	place  []uint16                  // where the recipient stands in the reply; ahead when it does not
	length []uint8                   // how many bytes the recipient has
	odd    map[int]*sendcloud.Record // rows that the columns cannot give back
	shared bool                      // a snapshot has it
}

const (
	maxText   = 0xffff // the most bytes of a row in texts
	maxRcpt   = 0xff   // the most bytes of a recipient; an address has 254 bytes at the most (RFC 5321, 4.5.3.1.3)
	ahead     = 0xffff // the recipient stands before the reply
	wholeID   = 0
	textGroup = 16
)

// texts are strings one after the other. Lengths take half the memory of ends.
type texts struct {
	bytes  []byte
	length []uint16
	base   []uint32 // where every textGroup begins
}

func (t *texts) add(parts ...string) {
	from := len(t.bytes)
	if len(t.length)%textGroup == 0 {
		t.base = append(t.base, uint32(from))
	}
	for _, p := range parts {
		t.bytes = append(t.bytes, p...)
	}
	t.length = append(t.length, uint16(len(t.bytes)-from))
}

func (t *texts) span(i int) (from, to int) {
	from = int(t.base[i/textGroup])
	for _, n := range t.length[i&^(textGroup-1) : i] {
		from += int(n)
	}
	return from, from + int(t.length[i])
}

func (t *texts) at(i int) string {
	from, to := t.span(i)
	return str(t.bytes[from:to])
}

// str returns b as a string without a copy: what is in a block's texts never changes.
func str(b []byte) string { return unsafe.String(unsafe.SliceData(b), len(b)) }

func (b *block) len() int { return len(b.length) }

// push appends a row. It reports whether the columns hold all of its texts.
func (b *block) push(id, rcpt, reply string, numbers [colCount]uint32) (fits bool) {
	short, end := id, "\x00"
	if n := len(id) - len(rcpt); rcpt != "" && n > 0 && id[n-1] == '$' && id[n:] == rcpt {
		short, end = id[:n-1], ""
	}
	fits = len(rcpt)+len(reply) < maxText && len(rcpt) <= maxRcpt && len(short) < maxText && (end != "" || short == "" || short[len(short)-1] != wholeID)
	if !fits {
		short, end, rcpt, reply = "", "\x00", "", ""
	}
	b.ids.add(short, end)
	inner := strings.Index(reply, rcpt)
	if inner >= 0 && inner < ahead {
		b.text.add(reply)
	} else {
		inner = ahead
		b.text.add(rcpt, "\n", reply)
	}
	b.place, b.length = append(b.place, uint16(inner)), append(b.length, uint8(len(rcpt)))
	for c, v := range numbers {
		b.cols[c] = append(b.cols[c], v)
	}
	return fits
}

// copyRow appends row i of another block, whose head and domain have these
// numbers here.
func (b *block) copyRow(from *block, i int, head, domain uint32) {
	b.ids.add(from.ids.at(i))
	b.text.add(from.text.at(i))
	b.place, b.length = append(b.place, from.place[i]), append(b.length, from.length[i])
	for c, v := range [colCount]uint32{head, domain, from.cols[colRequested][i], from.cols[colModified][i]} {
		b.cols[c] = append(b.cols[c], v)
	}
	if r := from.odd[i]; r != nil {
		b.keepWhole(b.len()-1, r)
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

// seal gives a full block memory of exactly its size, and makes the next one.
func (b *block) seal() (next *block) {
	next = &block{place: make([]uint16, 0, blockRows), length: make([]uint8, 0, blockRows)}
	for c := range b.cols {
		next.cols[c] = make([]uint32, 0, blockRows)
		b.cols[c] = slices.Clone(b.cols[c])
	}
	for _, t := range [][2]*texts{{&b.ids, &next.ids}, {&b.text, &next.text}} {
		*t[1] = texts{make([]byte, 0, len(t[0].bytes)), make([]uint16, 0, blockRows), make([]uint32, 0, blockRows/textGroup)}
		t[0].bytes = append(make([]byte, 0, len(t[0].bytes)), t[0].bytes...)
	}
	return next
}

// clone returns a copy whose rows may be changed.
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
	for _, t := range []*texts{&b.ids, &b.text} {
		t.bytes, t.length, t.base = t.bytes[:0], t.length[:0], t.base[:0]
	}
	b.place, b.length, b.odd = b.place[:0], b.length[:0], nil
}

// recipientSpan and replySpan are where a row's two texts are.
func (b *block) recipientSpan(i int) (from, to int) {
	from, _ = b.text.span(i)
	if b.place[i] != ahead {
		from += int(b.place[i])
	}
	return from, from + int(b.length[i])
}

func (b *block) replySpan(i int) (from, to int) {
	from, to = b.text.span(i)
	if b.place[i] == ahead {
		from += int(b.length[i]) + 1
	}
	return from, to
}

func (b *block) recipient(i int) string {
	if r := b.odd[i]; r != nil {
		return r.Recipients
	}
	from, to := b.recipientSpan(i)
	return str(b.text.bytes[from:to])
}

func (b *block) reply(i int) string {
	if r := b.odd[i]; r != nil {
		return r.SendLog
	}
	from, to := b.replySpan(i)
	return str(b.text.bytes[from:to])
}

// appendID appends row i's email id.
func (b *block) appendID(dst []byte, i int) []byte {
	if r := b.odd[i]; r != nil {
		return append(dst, r.EmailID...)
	}
	id := b.ids.at(i)
	if n := len(id) - 1; n >= 0 && id[n] == wholeID {
		return append(dst, id[:n]...)
	}
	return append(append(append(dst, id...), '$'), b.recipient(i)...)
}

// record returns row i of a block.
func (b *block) record(i int, heads []head) sendcloud.Record {
	if r := b.odd[i]; r != nil {
		return *r
	}
	h := &heads[b.cols[colHead][i]]
	return sendcloud.Record{
		EmailID: string(b.appendID(nil, i)), Status: h.status, StatusText: h.statusText, SubStatus: h.sub, SubStatusText: h.subText,
		SubStatusDesc: h.desc, APIUser: h.apiUser, Recipients: b.recipient(i), SendLog: b.reply(i),
		RequestTime: at(b.cols[colRequested][i]), ModifiedTime: at(b.cols[colModified][i]),
	}
}

// seconds returns a time as the columns keep it; plain is false when that loses
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

// at returns the time that the columns keep as n.
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

// each calls do for 0 … n-1 from as many goroutines as there are processors. It
// ends early when ctx does, or with the error of a panic.
func each(ctx context.Context, n int, do func(i int)) error {
	var (
		next  atomic.Int64
		wg    sync.WaitGroup
		once  sync.Once
		fault error
	)
	for range min(workers(), n) {
		wg.Go(func() {
			err := guarded(func() {
				for i := int(next.Add(1)) - 1; i < n && ctx.Err() == nil; i = int(next.Add(1)) - 1 {
					do(i)
				}
			})
			if err != nil {
				once.Do(func() { fault = err })
				next.Store(int64(n))
			}
		})
	}
	wg.Wait()
	if fault != nil {
		return fault
	}
	return ctx.Err()
}

// guarded calls do. A panic becomes an error: in a bare goroutine it would leave
// a terminal raw.
func guarded(do func()) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("recordset: %v\n%s", p, debug.Stack())
		}
	}()
	do()
	return nil
}

func workers() int { return runtime.GOMAXPROCS(0) }
