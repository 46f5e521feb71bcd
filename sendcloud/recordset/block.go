package recordset

import (
	"strings"
	"time"
	"unsafe"

	"bounceboard/sendcloud"
)

const (
	blockShift = 14
	blockRows  = 1 << blockShift
)

// block holds the columns of up to blockRows rows. The writer fills row i
// before a snapshot counts it; nothing of a row changes after that, but for
// the finding, which waits for the miner.
type block struct {
	text    []byte // of each row: the reply, or recipient, line end, reply
	textEnd [blockRows]uint32
	at      [blockRows]uint16 // where the recipient stands in the reply; ahead when it does not
	length  [blockRows]uint8  // of the recipient

	ids   []byte                        // packed, see packID
	idEnd [blockRows]uint16             // in the group
	group [blockRows/idGroup + 1]uint32 // where the group begins

	head, domain        [blockRows]uint32
	requested, modified [blockRows]uint32
	finding             [blockRows]uint32

	odd []oddRow
}

// oddRow keeps a record that the columns cannot give back.
type oddRow struct {
	row    uint32
	record sendcloud.Record
}

// view is a block as a snapshot sees it.
type view struct {
	*block
	text, ids []byte
	odd       []oddRow
	n         int
}

const (
	idGroup = 256
	ahead   = 0xffff  // the recipient stands before the reply
	maxText = 1 << 16 // of a reply in the columns; a longer one is an odd row
	maxRcpt = 0xff    // of a recipient; an address has 254 bytes at the most (RFC 5321, 4.5.3.1.3)
	maxID   = 0xff    // of a packed id
)

// newBlock makes room for as much text as the last block needed.
func (s *Set) newBlock() *block {
	b := &block{}
	if n := len(s.blocks); n > 0 {
		last := s.blocks[n-1]
		b.text = make([]byte, 0, len(last.text)+len(last.text)/16)
		b.ids = make([]byte, 0, len(last.ids)+len(last.ids)/16)
	}
	return b
}

// seal gives back the memory that a full block does not use.
func (b *block) seal() {
	b.text = append(make([]byte, 0, len(b.text)), b.text...)
	b.ids = append(make([]byte, 0, len(b.ids)), b.ids...)
}

func (b *block) putText(i int, w *row) {
	log, rcpt := w.sendLog, w.recipients
	if len(log) > maxText || len(rcpt) > maxRcpt {
		w.keepWhole()
		log, rcpt = log[:min(len(log), maxText)], rcpt[:min(len(rcpt), maxRcpt)]
	}
	b.length[i] = uint8(len(rcpt))
	if at := strings.Index(log, rcpt); at >= 0 && at < ahead {
		b.at[i] = uint16(at)
	} else {
		b.at[i] = ahead
		b.text = append(append(b.text, rcpt...), '\n')
	}
	b.text = append(b.text, log...)
	b.textEnd[i] = uint32(len(b.text))
}

// keepWhole makes the row an odd one.
func (w *row) keepWhole() {
	if w.odd == nil {
		w.odd = w.record()
	}
}

// record is the row as a record, for a row that the columns cannot hold.
func (w *row) record() *sendcloud.Record {
	return &sendcloud.Record{
		EmailID: w.emailID, Status: w.head.status, StatusText: w.head.statusText, SubStatus: w.head.sub, SubStatusText: w.head.subText,
		SubStatusDesc: w.head.desc, APIUser: w.head.apiUser, Recipients: w.recipients, SendLog: w.sendLog,
		RequestTime: at(w.requested), ModifiedTime: at(w.modified),
	}
}

// cloned is r with strings of its own.
func cloned(r sendcloud.Record) sendcloud.Record {
	for _, t := range []*string{&r.EmailID, &r.StatusText, &r.SubStatusText, &r.SubStatusDesc, &r.APIUser, &r.Recipients, &r.RequestText, &r.ModifiedText, &r.SendLog} {
		*t = strings.Clone(*t)
	}
	return r
}

// span is where row i's part of an arena is.
func span(ends *[blockRows]uint32, i int) (from, to int) {
	if i > 0 {
		from = int(ends[i-1])
	}
	return from, int(ends[i])
}

// packedID is row i's.
func (v *view) packedID(i int) []byte {
	from, base := uint32(0), v.group[i/idGroup]
	if i%idGroup > 0 {
		from = uint32(v.idEnd[i-1])
	}
	return v.ids[base+from : base+uint32(v.idEnd[i])]
}

// str is b as a string without a copy: what is in an arena never changes.
func str(b []byte) string { return unsafe.String(unsafe.SliceData(b), len(b)) }

// recipientSpan and replySpan are where a row's two texts are.
func (v *view) recipientSpan(i int) (from, to int) {
	from, _ = span(&v.textEnd, i)
	if v.at[i] != ahead {
		from += int(v.at[i])
	}
	return from, from + int(v.length[i])
}

func (v *view) replySpan(i int) (from, to int) {
	from, to = span(&v.textEnd, i)
	if v.at[i] == ahead {
		from += int(v.length[i]) + 1
	}
	return from, to
}

func (v *view) recipient(i int) string {
	from, to := v.recipientSpan(i)
	return str(v.text[from:to])
}

func (v *view) reply(i int) string {
	from, to := v.replySpan(i)
	return str(v.text[from:to])
}

// oddRecord is the record of a row that the columns cannot give back.
func (v *view) oddRecord(i int) (sendcloud.Record, bool) {
	lo, hi := 0, len(v.odd)
	for lo < hi {
		if m := (lo + hi) / 2; v.odd[m].row < uint32(i) {
			lo = m + 1
		} else {
			hi = m
		}
	}
	if lo < len(v.odd) && v.odd[lo].row == uint32(i) {
		return v.odd[lo].record, true
	}
	return sendcloud.Record{}, false
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
