package mailtext

import (
	"regexp"
	"strings"
)

// keepsDigits accepts providers' own codes, S3140, TSS04, SC-001, BL21, OFR_416: capitals and up to four
// digits. Names of machines are not codes.
func keepsDigits(c string) bool {
	if class[c[0]]&clsUpper == 0 || len(c) >= 8 { // eight may be a hash
		return false
	}
	letters := strings.TrimRight(c, "0123456789")
	digits := len(c) - len(letters)
	if n := len(letters); letters[n-1] == '-' || letters[n-1] == '_' {
		letters = letters[:n-1]
	}
	switch letters {
	case "IPv":
		return true
	case "MX", "SMTP", "NODE", "HOST", "SRV", "GW", "MTA", "RELAY":
		return false
	}
	return digits > 0 && digits < 5 && len(letters) < 6 && strings.Trim(letters, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == ""
}

// looksRandom says whether a chunk is an id: an exim or UUID shape, or a run of
// letters and digits that no word has.
func looksRandom(c string) bool {
	if len(c) < 6 {
		return false
	}
	if isDashedID(c) {
		return true
	}
	var all run
	start, signs, joined, dashed := 0, 0, true, false
	for i := 0; i <= len(c); i++ {
		if i < len(c) && isAlnum(c[i]) {
			continue
		}
		if i-start >= 6 && measure(c[start:i]).random() {
			return true
		}
		if i < len(c) {
			signs++
			dashed = dashed || c[i] == '-' || c[i] == '_'
			joined = joined && (dashed || c[i] == '+' || c[i] == '/' || c[i] == '=')
		}
		start = i + 1
	}
	if signs == 0 || !joined || len(c) < 12 {
		return false
	}
	for i := 0; i < len(c); i++ {
		all.add(c[i])
	}
	if dashed { // mta-1-12 is no id, however long
		return all.random() && all.digits > 0 && all.flips >= 3
	}
	return all.random() && (all.digits > 0 || all.flips > len(c)/4)
}

// isPadded says whether == after c is the end of base64: words with digits have none.
func isPadded(c string) bool {
	letters := strings.Trim(c, "0123456789+/-_")
	return len(c) >= 8 && letters != "" && strings.ContainsAny(c, "0123456789") && !strings.ContainsAny(c, ".=%*~@$")
}

// dashedID is a UUID, or a message id of exim (6-6-2, 6-11-4 and their kin).
var dashedID = regexp.MustCompile(`^([^-]{8}(-[^-]{4}){3}-[^-]{12}|[^-]{6,7}-([^-]{6}-[^-]{2}|[^-]{11}-[^-]{4}))$`)

// isDashedID accepts them where they have digits or letters of both cases.
func isDashedID(c string) bool {
	if n := strings.Count(c, "-"); n != 2 && n != 4 || strings.ContainsAny(c, "._+/=%*~@$") || !dashedID.MatchString(c) {
		return false
	}
	return strings.ContainsAny(c, "0123456789") || strings.ToLower(c) != c && strings.ToUpper(c) != c
}

// run measures how word-like a run of letters and digits is.
type run struct {
	n, digits, letters int
	switches           int // between letters and digits
	flips              int // of case between neighbouring letters, a capital that begins a word not counted
	lone               int // small letters between capitals, which no word has
	pairs, likeness    int // neighbouring letters within a word, and the sum of their likeness
	upper, nonHex      int
	last               byte
	upperRun, lowerRun int
}

func measure(c string) (r run) {
	for i := 0; i < len(c); i++ {
		r.add(c[i])
	}
	return r
}

func (r *run) add(b byte) {
	k, p := class[b], class[r.last]
	const letter = clsLower | clsUpper
	if k&(clsDigit|letter) == 0 {
		return
	}
	if k&clsHex == 0 {
		r.nonHex++
	}
	if r.n > 0 && (k&letter != 0) != (p&letter != 0) {
		r.switches++
	}
	if k&letter != 0 && p&letter != 0 {
		r.pair(b, k&clsUpper != 0, p&clsUpper != 0)
	}
	switch {
	case k&clsUpper != 0:
		r.letters, r.upper = r.letters+1, r.upper+1
		r.upperRun, r.lowerRun = r.upperRun+1, 0
	case k&clsLower != 0:
		r.letters++
		r.upperRun, r.lowerRun = 0, r.lowerRun+1
	default:
		r.digits++
		r.upperRun, r.lowerRun = 0, 0
	}
	r.n++
	r.last = b
}

// pair takes a letter that follows a letter.
func (r *run) pair(b byte, upper, afterUpper bool) {
	if upper && !afterUpper {
		r.flips++
		if r.lowerRun == 1 {
			r.lone++
		}
		return
	}
	if !upper && afterUpper && r.upperRun > 1 {
		r.flips++
	}
	r.pairs++
	r.likeness += likeness(r.last, b)
}

// random says whether chance rather than a person made the run. It leans
// towards yes: a constant word taken for an id is taken so in every reply,
// an id taken for a word splits its pattern.
func (r run) random() bool {
	switch {
	case r.letters == 0 || r.n < 6:
		return false
	case r.digits > 0 && (r.nonHex == 0 && r.n >= 8 || r.switches >= 2):
		return true
	case r.flips == 0: // one word
		return r.digits == 0 && r.nonHex == 0 && r.upper >= 8 || r.n >= 8 && r.letters >= 4 && r.likeness*2 < -r.pairs
	case r.digits > 0 && r.n >= 8:
		return true
	case r.letters >= 12:
		return r.lone > 0 || r.likeness*5 < r.pairs*6
	case r.letters >= 8:
		return r.lone > 0 || r.likeness*5 < r.pairs*4
	}
	return r.lone > 0 && r.flips > 1 || r.likeness < 0
}
