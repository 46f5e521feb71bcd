package recordset

import (
	"time"

	"bounceboard/sendcloud"
)

// Snapshot is the first Len rows of a set.
type Snapshot struct {
	set      *Set
	rows     int
	mined    int
	blocks   []view
	heads    []head
	domains  []string
	shapes   []string
	patterns []Pattern
	facts    []Explained
	findings []finding
}

// Len is how many rows there are.
func (s Snapshot) Len() int { return s.rows }

// Mined is how many rows, from the first, have their pattern and explanation.
// Numbers by pattern, cause, permanence, provider or refused IP cover these.
func (s Snapshot) Mined() int { return s.mined }

func (s Snapshot) at(row int) (*view, int) { return &s.blocks[row>>blockShift], row & (blockRows - 1) }

// fullRecipient is the recipient, however long.
func (v *view) fullRecipient(i int) string {
	if r, ok := v.oddRecord(i); ok {
		return r.Recipients
	}
	return v.recipient(i)
}

// Record is row i as it was appended. Its strings share the set's memory.
func (s Snapshot) Record(row int) sendcloud.Record {
	v, i := s.at(row)
	if r, ok := v.oddRecord(i); ok {
		return r
	}
	h := &s.heads[v.head[i]]
	return sendcloud.Record{
		EmailID: s.EmailID(row), Status: h.status, StatusText: h.statusText, SubStatus: h.sub, SubStatusText: h.subText,
		SubStatusDesc: h.desc, APIUser: h.apiUser, Recipients: v.recipient(i), SendLog: v.reply(i),
		RequestTime: at(v.requested[i]), ModifiedTime: at(v.modified[i]),
	}
}

// EmailID is row i's email id.
func (s Snapshot) EmailID(row int) string {
	v, i := s.at(row)
	if r, ok := v.oddRecord(i); ok {
		return r.EmailID
	}
	return string(v.appendID(nil, i, s.shapes, whole))
}

// Status, Recipient, Reply and RequestTime are row i's, without the rest.
func (s Snapshot) Status(row int) sendcloud.Status {
	v, i := s.at(row)
	return s.heads[v.head[i]].status
}

// Recipient is row i's recipient.
func (s Snapshot) Recipient(row int) string {
	v, i := s.at(row)
	return v.fullRecipient(i)
}

// Reply is row i's sendLog.
func (s Snapshot) Reply(row int) string {
	v, i := s.at(row)
	if r, ok := v.oddRecord(i); ok {
		return r.SendLog
	}
	return v.reply(i)
}

// RequestTime is row i's, zero when it has none.
func (s Snapshot) RequestTime(row int) time.Time {
	v, i := s.at(row)
	return at(v.requested[i])
}

// Explained is what is told about row i; ok is false when it is not mined yet.
func (s Snapshot) Explained(row int) (e Explained, ok bool) {
	if row >= s.mined {
		return Explained{}, false
	}
	v, i := s.at(row)
	return s.facts[s.findings[v.finding[i]].fact], true
}

// Pattern is row i's; ok is false when it is not mined yet.
func (s Snapshot) Pattern(row int) (p Pattern, ok bool) {
	if row >= s.mined {
		return Pattern{}, false
	}
	v, i := s.at(row)
	return s.patterns[s.findings[v.finding[i]].pattern], true
}
