package recordset

import (
	"bytes"
	"encoding/binary"
	"strings"
)

// Email ids are kept as a shape, which many share, and digits, two a byte:
// 1792540800_123_45.sc-203_0_113_9$a@qq.com has the shape `0_0_0.sc-0_0_0_0`
// with a \x00 for the recipient behind a $. Shape 0 is an id as it is, shape 1
// one as it is but for its recipient.
const (
	rawID                = "raw"
	rawIDBeforeRecipient = "raw$"
	maxShapes            = 1 << 12
	endOfRun             = 0xf
)

// packID appends the packed id to dst. shape numbers a shape, ok is false when
// it has none to give.
func packID(dst []byte, id, recipients string, scratch []byte, shape func([]byte) (uint32, bool)) (out, used []byte) {
	body, tail := id, false
	if n := len(id) - len(recipients); recipients != "" && n > 0 && id[n-1] == '$' && id[n:] == recipients {
		body, tail = id[:n-1], true
	}
	mask := scratch[:0]
	for i := 0; i < len(body); i++ {
		switch c := body[i]; {
		case c < '0' || c > '9':
			mask = append(mask, c)
		case i == 0 || body[i-1] < '0' || body[i-1] > '9':
			mask = append(mask, '0')
		}
	}
	known := strings.IndexByte(body, 0) < 0
	if tail {
		mask = append(mask, 0)
	}
	n := uint32(0)
	if known {
		n, known = shape(mask)
	}
	if !known {
		if tail {
			n = 1
		}
		return append(binary.AppendUvarint(dst, uint64(n)), body...), mask
	}
	return appendDigits(binary.AppendUvarint(dst, uint64(n)), body), mask
}

// appendDigits packs the runs of digits in body.
func appendDigits(dst []byte, body string) []byte {
	half, high := false, byte(0)
	put := func(v byte) {
		if half {
			dst = append(dst, high|v)
		}
		high, half = v<<4, !half
	}
	for i := 0; i < len(body); i++ {
		if c := body[i]; '0' <= c && c <= '9' {
			put(c - '0')
			if i+1 == len(body) || body[i+1] < '0' || body[i+1] > '9' {
				put(endOfRun)
			}
		}
	}
	if half {
		put(endOfRun)
	}
	return dst
}

func (s *Set) putID(b *block, i int, w *row) {
	from := len(b.ids)
	if i%idGroup == 0 {
		b.group[i/idGroup] = uint32(from)
	}
	b.ids, s.key = packID(b.ids, w.emailID, w.recipients, s.key, func(mask []byte) (uint32, bool) {
		if n, ok := s.shapes.index[string(mask)]; ok {
			return n, true
		}
		if len(s.shapes.values) >= maxShapes || len(mask) > 200 {
			return 0, false
		}
		m := string(mask)
		return s.shapes.add(m, m), true
	})
	if len(b.ids)-from > maxID {
		w.keepWhole()
		b.ids = append(b.ids[:from], 0)
	}
	b.idEnd[i] = uint16(uint32(len(b.ids)) - b.group[i/idGroup])
}

// appendID appends row i's id; it may stop after enough bytes. The recipient
// is looked up where it is needed only: it lies elsewhere in memory.
func (v *view) appendID(dst []byte, i int, shapes []string, enough int) []byte {
	packed := v.packedID(i)
	n, k := binary.Uvarint(packed)
	packed = packed[k:]
	if n <= 1 {
		dst = append(dst, packed...)
		if n == 1 {
			dst = append(append(dst, '$'), v.fullRecipient(i)...)
		}
		return dst
	}
	shape, nibble := shapes[n], 0
	for at := 0; at < len(shape) && len(dst) < enough; at++ {
		switch c := shape[at]; c {
		case '0':
			for {
				d := packed[nibble>>1] >> (4 &^ (nibble << 2)) & 0xf
				nibble++
				if d == endOfRun {
					break
				}
				dst = append(dst, '0'+d)
			}
		case 0:
			dst = append(append(dst, '$'), v.fullRecipient(i)...)
		default:
			dst = append(dst, c)
		}
	}
	return dst
}

// Find is the first row with an email id.
func (s Snapshot) Find(emailID string) (row int, ok bool) {
	index := make(map[string]uint32, len(s.shapes))
	for i, m := range s.shapes {
		index[m] = uint32(i)
	}
	find := func(mask []byte) (uint32, bool) { n, ok := index[string(mask)]; return n, ok }
	packed, _ := packID(nil, emailID, "", nil, find)
	forms := [][]byte{packed}
	for i := 0; i < len(emailID) && len(forms) < 8; i++ {
		if emailID[i] == '$' && i+1 < len(emailID) {
			packed, _ := packID(nil, emailID, emailID[i+1:], nil, find)
			forms = append(forms, packed)
		}
	}
	for b := range s.blocks {
		v := &s.blocks[b]
		for _, odd := range v.odd {
			if odd.record.EmailID == emailID && int(odd.row) < v.n {
				return b<<blockShift + int(odd.row), true
			}
		}
		for i := range v.n {
			for _, f := range forms {
				if row = b<<blockShift + i; bytes.Equal(v.packedID(i), f) && s.EmailID(row) == emailID {
					return row, true
				}
			}
		}
	}
	return 0, false
}
