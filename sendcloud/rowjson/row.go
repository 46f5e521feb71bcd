package rowjson

import (
	"bytes"
	"slices"
)

// Key is a key of a row.
type Key uint8

// The keys of a row, in the order in which the program writes them; OtherDesc
// is another spelling of SubStatusDesc that the service uses.
const (
	EmailID Key = iota
	Status
	StatusText
	SubStatus
	SubStatusDesc
	APIUser
	Recipients
	RequestTime
	ModifiedTime
	SendLog
	OtherDesc
	keyCount
)

// Names are the ten keys that the program writes, in their order.
var Names = []string{"emailId", "status", "statusText", "subStatus", "subStatusDesc",
	"apiUser", "recipients", "requestTime", "modifiedTime", "sendLog"}

// read are all keys, and written how they mostly stand in a text.
var (
	read    = append(Names[:SendLog+1:SendLog+1], "subStatDesc")
	written = func() (all [keyCount]string) {
		for k, name := range read {
			all[k] = `"` + name + `":`
		}
		return all
	}()
)

// Keys is a set of keys.
type Keys uint16

// KeysOf is these keys.
func KeysOf(keys ...Key) Keys {
	var all Keys
	for _, k := range keys {
		all |= 1 << k
	}
	return all
}

// AllKeys is every key.
const AllKeys Keys = 1<<keyCount - 1

// Row is a row's values as text: the content of a string, "" for null and for a key that is missing, anything else as
// it is written. The texts share the memory of what is read.
type Row struct {
	Text  [keyCount]string
	Given Keys // the keys that stand there
}

// Row reads an object as a row. The values of keys that are not wanted are
// passed over. Of a key that stands there twice the last value counts.
func (r *Reader) Row(row *Row, want Keys) {
	*row = Row{}
	next := EmailID
	for more := r.begin('{', '}'); more; more = r.more('}') {
		k, known := r.key(next)
		wanted := known && want&(1<<k) != 0
		if next = k + 1; wanted {
			row.Given |= 1 << k
		}
		// Most values are null, or strings without a quote in them.
		if rest := r.b[r.i:]; len(rest) > 4 && string(rest[:4]) == "null" && (rest[4] == ',' || rest[4] == '}') {
			r.i += 4
			continue
		} else if r.i < len(r.b) && r.b[r.i] == '"' {
			inside := r.b[r.i+1:]
			if end := bytes.IndexByte(inside, '"'); end >= 0 && (end == 0 || inside[end-1] != '\\') {
				if !wanted {
					r.i += end + 2
					continue
				}
				if bytes.IndexByte(inside[:end], '\\') < 0 {
					row.Text[k] = shared(inside[:end])
					r.i += end + 2
					continue
				}
			}
		}
		if wanted {
			row.Text[k] = r.Text()
		} else {
			r.Skip()
		}
	}
}

// key reads a key and its colon. Mostly it is the one that is expected; k is that one where the key is none of a row.
func (r *Reader) key(expected Key) (k Key, known bool) {
	for k := expected; k < min(expected+2, keyCount); k++ { // statusText is missing in the service's rows
		if as := written[k]; len(r.b)-r.i > len(as) && string(r.b[r.i:r.i+len(as)]) == as {
			r.i += len(as)
			return k, true
		}
	}
	if r.Peek() != '"' {
		r.unexpected()
		return expected, false
	}
	name := r.str()
	r.take(':')
	if i := slices.Index(read, name); i >= 0 {
		return Key(i), true
	}
	return expected, false
}
