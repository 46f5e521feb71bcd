package recordset

import (
	"maps"
	"slices"
	"strings"
	"time"
	"unsafe"

	"bounceboard/sendcloud"
)

// blockRows is the most rows of a block that rows are added to one by one.
const blockRows = 1 << 14

// The columns of a block that are numbers.
const (
	colHead      = iota // number in the dictionary of heads
	colDomain           // number in the dictionary of domains
	colRequested        // seconds of the epoch, 0 for none
	colModified
	colCount
)

// block holds the columns of some rows. Rows are only added at its end, so that a snapshot can share its memory; what
// changes a row that is here works on a copy when a snapshot has the block.
type block struct {
	first int // the number of its first row, a multiple of 64
	cols  [colCount][]uint32
	// An id of the form "X$recipient" is stored as X, to save memory. Any other id
	// is stored whole, with the byte wholeID after it.
	ids    texts
	text   texts                     // the reply, or the recipient, a line end, the reply
	place  []uint16                  // where the recipient stands in the reply; ahead when it does not
	length []uint8                   // how many bytes the recipient has
	odd    map[int]*sendcloud.Record // rows that the columns cannot give back
	shared bool                      // a snapshot has it
	brief  bool                      // its rows are not kept: no memory is saved
}

const (
	maxRcpt = 1<<8 - 1  // the most bytes of a recipient; an address has 254 bytes at the most (RFC 5321, 4.5.3.1.3)
	ahead   = 1<<16 - 1 // the recipient stands before the reply
	wholeID = 0
)

// texts are strings one after the other. Of each textGroup of them base has where the first begins; ends, from there,
// where each ends, with that of the string before the first in front. shift strings of the first group were cut off.
type texts struct {
	bytes []byte
	base  []uint32
	ends  []uint16
	shift int
}

const textGroup = 16

// add appends a string made of parts. It reports whether it had room in its group; if not an empty one stands there.
func (t *texts) add(parts ...string) (fits bool) {
	if len(t.ends) == 0 {
		t.ends = append(t.ends, 0)
	}
	if (len(t.ends)-1+t.shift)%textGroup == 0 {
		t.base = append(t.base, uint32(len(t.bytes)))
	}
	from, base := len(t.bytes), int(t.base[len(t.base)-1])
	for _, p := range parts {
		t.bytes = append(t.bytes, p...)
	}
	if fits = len(t.bytes)-base < 1<<16; !fits {
		t.bytes = t.bytes[:from]
	}
	t.ends = append(t.ends, uint16(len(t.bytes)-base))
	return fits
}

func (t *texts) span(i int) (from, to int) {
	k := i + t.shift
	base := int(t.base[k/textGroup])
	if from = base; k%textGroup != 0 {
		from += int(t.ends[i])
	}
	return from, base + int(t.ends[i+1])
}

func (t *texts) at(i int) string {
	from, to := t.span(i)
	return str(t.bytes[from:to])
}

// cut returns strings [from, to), in the memory of all.
func (t *texts) cut(from, to int) texts {
	if to == 0 {
		return texts{}
	}
	_, end := t.span(to - 1)
	k := from + t.shift
	return texts{t.bytes[:end], t.base[k/textGroup : (to-1+t.shift)/textGroup+1], t.ends[from : to+1], k % textGroup}
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
	fits = len(rcpt) <= maxRcpt && (end != "" || short == "" || short[len(short)-1] != wholeID)
	inner := -1
	if rcpt == "" {
		inner = 0
	} else if !b.brief {
		inner = strings.Index(reply, rcpt)
	}
	parts := []string{reply}
	if inner < 0 || inner >= ahead {
		inner, parts = ahead, []string{rcpt, "\n", reply}
	}
	if !fits {
		short, inner, rcpt, parts = "", 0, "", nil
	}
	fits = b.ids.add(short, end) && fits
	if !b.text.add(parts...) {
		fits, rcpt, inner = false, "", 0
	}
	b.place, b.length = append(b.place, uint16(inner)), append(b.length, uint8(len(rcpt)))
	for c, v := range numbers {
		b.cols[c] = append(b.cols[c], v)
	}
	return fits
}

// keepWhole keeps a record beside the columns.
func (b *block) keepWhole(i int, r *sendcloud.Record) {
	if b.odd == nil {
		b.odd = map[int]*sendcloud.Record{}
	}
	own := *r
	for _, t := range []*string{&own.EmailID, &own.StatusText, &own.SubStatusText, &own.SubStatusDesc, &own.APIUser, &own.Recipients,
		&own.RequestText, &own.ModifiedText, &own.SendLog} {
		*t = strings.Clone(*t)
	}
	b.odd[i] = &own
}

// copied returns a copy in memory of its size, with room for some rows, those up to
// a multiple of 64, at which the next block begins.
func (b *block) copied(room int) *block {
	out := *b
	out.shared = false
	for c := range b.cols {
		out.cols[c] = roomy(b.cols[c], room)
	}
	out.place, out.length = roomy(b.place, room), roomy(b.length, room)
	for _, t := range []*texts{&out.ids, &out.text} {
		*t = texts{roomy(t.bytes, len(t.bytes)*room/max(b.len(), 64)), roomy(t.base, room/textGroup), roomy(t.ends, room), t.shift}
	}
	return &out
}

func roomy[T any](from []T, room int) []T {
	return append(make([]T, 0, len(from)+room), from...)
}

// cut returns rows [from, to) of a block, in its memory.
func (b *block) cut(from, to int) *block {
	out := block{place: b.place[from:to], length: b.length[from:to]}
	for c := range b.cols {
		out.cols[c] = b.cols[c][from:to]
	}
	out.ids, out.text = b.ids.cut(from, to), b.text.cut(from, to)
	for i, r := range b.odd {
		if i >= from && i < to {
			out.keepWhole(i-from, r)
		}
	}
	return &out
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
		t.bytes, t.base, t.ends = t.bytes[:0], t.base[:0], t.ends[:0]
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

// seconds returns a time as the columns keep it; plain is false when that loses something.
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
	return append(dst, foldASCII(strings.TrimRight(address[k+1:], "> \t"))...)
}

func lower(c byte) byte {
	if 'A' <= c && c <= 'Z' {
		return c | 0x20
	}
	return c
}
