package rowjson

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
var Names = []string{"emailId", "status", "statusText", "subStatus", "subStatusDesc", "apiUser", "recipients", "requestTime", "modifiedTime", "sendLog"}

// byName finds a key, and literals are the keys as they are mostly written.
var (
	byName   = map[string]Key{"subStatDesc": OtherDesc}
	literals [keyCount]string
)

func init() {
	for k, name := range Names {
		byName[name] = Key(k)
		literals[k] = `"` + name + `":`
	}
	literals[OtherDesc] = `"subStatDesc":`
}

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

// Row is a row's values as text: the content of a string, "" for null and for
// a key that is missing, anything else as it is written. The texts share the
// memory of what is read.
type Row struct {
	Text  [keyCount]string
	Given Keys // the keys that stand there
}

// Row reads an object as a row. The values of keys that are not wanted are
// passed over. Of a key that stands there twice the last value counts.
func (r *Reader) Row(row *Row, want Keys) {
	*row = Row{}
	next := Key(0)
	r.list('{', '}', func() {
		k, known := r.key(next)
		if next = k + 1; known && want&(1<<k) != 0 {
			row.Given |= 1 << k
			row.Text[k] = r.Text()
		} else {
			r.Skip()
		}
	})
}

// key reads a key and its colon. Mostly it is the one that is expected; k is
// that one where the key is none of a row.
func (r *Reader) key(expected Key) (k Key, known bool) {
	for k := expected; k < min(expected+2, keyCount); k++ { // statusText is missing in the service's rows
		if lit := literals[k]; len(r.b)-r.i > len(lit) && string(r.b[r.i:r.i+len(lit)]) == lit {
			r.i += len(lit)
			return k, true
		}
	}
	if r.Peek() != '"' {
		r.unexpected()
		return expected, false
	}
	name := r.str()
	r.take(':')
	if k, known = byName[name]; !known {
		k = expected
	}
	return k, known
}
