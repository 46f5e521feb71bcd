// Package recordset keeps many records in memory, a million and more, by
// columns: append while others read, filter, count, sort, find what they have
// in common.
//
// A [Set] has one writer. Readers take a [Snapshot], a value that never
// changes: the rows that were there when it was taken. Whatever may take
// longer than a frame takes a context and ends early with its error.
// Row numbers of a set never change, so selections, marks and views of an older
// snapshot hold in a newer one.
package recordset

import (
	"encoding/binary"
	"strings"
	"sync"

	"bounceboard/sendcloud"
	"bounceboard/sendcloud/pattern"
)

// Explained is what is told about a row beyond what the service says.
type Explained struct {
	Cause      string // token, "user_unknown"
	Permanence string // "permanent", "temporary", "unknown", "-"
	Provider   string // who answered, empty when not known
	RefusedIP  string // the IP that the receiver refused, empty for none
}

// Explain tells what a record's reply means. It is called from the goroutine
// that calls [Set.Mine], about once for each pattern, domain and sub-status.
type Explain func(sendcloud.Record) Explained

// Set is the records of one slice. Append belongs to one goroutine,
// Mine to one, Snapshot and Len to any.
type Set struct {
	explain Explain

	mu       sync.Mutex
	blocks   []*block
	rows     int
	mined    int
	heads    interned[head]
	domains  interned[string]
	shapes   interned[string]
	patterns []Pattern
	facts    []Explained
	findings []finding

	key   []byte
	miner miner
}

// Pattern is a reply's text without its variables; see package pattern.
type Pattern struct {
	ID   pattern.ID
	Text string
}

// head is what many rows share.
type head struct {
	status                             sendcloud.Status
	sub                                sendcloud.SubStatus
	statusText, subText, desc, apiUser string
}

// New makes an empty set. Without explain causes, permanences, providers and
// refused IPs stay empty.
func New(explain Explain) *Set {
	if explain == nil {
		explain = func(sendcloud.Record) Explained { return Explained{} }
	}
	s := &Set{explain: explain}
	s.shapes.add("", rawID)
	s.shapes.add("\x00", rawIDBeforeRecipient)
	return s
}

// interned gives each value a number.
type interned[T any] struct {
	values []T
	index  map[string]uint32
}

func (t *interned[T]) add(key string, v T) uint32 {
	if t.index == nil {
		t.index = map[string]uint32{}
	}
	n := uint32(len(t.values))
	t.index[key] = n
	t.values = append(t.values, v)
	return n
}

// Append adds a record.
func (s *Set) Append(r sendcloud.Record) {
	w := row{
		emailID: r.EmailID, recipients: r.Recipients, sendLog: r.SendLog,
		head: head{r.Status, r.SubStatus, r.StatusText, r.SubStatusText, r.SubStatusDesc, r.APIUser},
	}
	var plain bool
	if w.requested, plain = seconds(r.RequestTime); !plain || r.RequestText != "" {
		w.odd = &r
	}
	if w.modified, plain = seconds(r.ModifiedTime); !plain || r.ModifiedText != "" {
		w.odd = &r
	}
	s.append(w)
}

// row is a record on its way into the columns. Its strings may lie in a
// buffer that is used again.
type row struct {
	emailID, recipients, sendLog string
	head                         head
	requested, modified          uint32 // seconds of the epoch, 0 for none
	odd                          *sendcloud.Record
}

func (s *Set) append(w row) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.rows%blockRows == 0 {
		s.blocks = append(s.blocks, s.newBlock())
	}
	b := s.blocks[len(s.blocks)-1]
	i := s.rows % blockRows
	b.head[i] = s.internHead(w.head)
	b.domain[i] = s.internDomain(w.recipients)
	b.requested[i], b.modified[i] = w.requested, w.modified
	b.putText(i, &w)
	s.putID(b, i, &w)
	if w.odd != nil {
		b.odd = append(b.odd, oddRow{uint32(i), cloned(*w.odd)})
	}
	if s.rows++; s.rows%blockRows == 0 {
		b.seal()
	}
}

func (s *Set) internHead(h head) uint32 {
	k := binary.AppendVarint(binary.AppendVarint(s.key[:0], int64(h.status)), int64(h.sub))
	for _, t := range [...]string{h.statusText, h.subText, h.desc, h.apiUser} {
		k = append(binary.AppendUvarint(k, uint64(len(t))), t...)
	}
	s.key = k
	if n, ok := s.heads.index[string(k)]; ok {
		return n
	}
	h.statusText, h.subText, h.desc, h.apiUser = s.share(h.statusText), s.share(h.subText), s.share(h.desc), s.share(h.apiUser)
	return s.heads.add(string(k), h)
}

// share copies a word, or gives the copy that another head has.
func (s *Set) share(t string) string {
	for _, h := range s.heads.values[max(0, len(s.heads.values)-64):] {
		for _, have := range [...]string{h.statusText, h.subText, h.desc, h.apiUser} {
			if have == t {
				return have
			}
		}
	}
	return strings.Clone(t)
}

// internDomain numbers what follows the last @, in small letters.
func (s *Set) internDomain(address string) uint32 {
	k := appendDomain(s.key[:0], address)
	s.key = k
	if n, ok := s.domains.index[string(k)]; ok {
		return n
	}
	d := string(k)
	return s.domains.add(d, d)
}

// Len is how many rows there are now.
func (s *Set) Len() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.rows
}

// Snapshot is the rows that are there now.
func (s *Set) Snapshot() Snapshot {
	s.mu.Lock()
	defer s.mu.Unlock()
	v := Snapshot{
		set: s, rows: s.rows, mined: s.mined, blocks: make([]view, len(s.blocks)),
		heads: s.heads.values, domains: s.domains.values, shapes: s.shapes.values, patterns: s.patterns, facts: s.facts, findings: s.findings,
	}
	for i, b := range s.blocks {
		v.blocks[i] = view{b, b.text, b.ids, b.odd, min(blockRows, s.rows-i*blockRows)}
	}
	return v
}
