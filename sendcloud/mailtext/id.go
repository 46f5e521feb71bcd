package mailtext

import (
	"regexp"
	"slices"
	"strings"
)

// vendorCode is a provider's own code: S3140, TSS04, SC-001, BL21, OFR_416.
var vendorCode = regexp.MustCompile(`^(IPv|[A-Z]{1,5})[-_]?\d{1,4}$`)

// keepsDigits accepts providers' codes. Names of machines are none, and what is longer may be a hash.
func keepsDigits(c string) bool {
	if class[c[0]]&clsUpper == 0 || len(c) >= 8 || !isDigit(c[len(c)-1]) {
		return false
	}
	m := vendorCode.FindStringSubmatch(c)
	return m != nil && !slices.Contains(lists["machines"], m[1])
}

// looksRandom says whether a chunk is an id: an exim or UUID shape, or a run of letters and digits that no word has.
func looksRandom(c string) bool {
	if len(c) < 6 {
		return false
	}
	if isDashedID(c) {
		return true
	}
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
	all := measure(c)
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
	digits, letters, nonHex, upper int
	switches                       int // between letters and digits
	flips                          int // of case within a word: a capital behind a small letter, a small one behind capitals
	lone                           int // small letters between capitals, which no word has
	last                           byte
	uppers, lowers                 int // how many of a kind stand in a row at the moment
}

func measure(c string) (r run) {
	const letter = clsLower | clsUpper
	for i := range len(c) {
		k := class[c[i]]
		if k&(clsDigit|letter) == 0 {
			continue
		}
		if k&clsHex == 0 {
			r.nonHex++
		}
		if r.last != 0 && (k&letter == 0) != (r.last&letter == 0) {
			r.switches++
		}
		switch {
		case k&clsUpper != 0:
			if r.lowers > 0 {
				r.flips++
			}
			if r.lowers == 1 && r.upper > 0 {
				r.lone++
			}
			r.letters, r.upper, r.uppers, r.lowers = r.letters+1, r.upper+1, r.uppers+1, 0
		case k&clsLower != 0:
			if r.uppers > 1 {
				r.flips++
			}
			r.letters, r.uppers, r.lowers = r.letters+1, 0, r.lowers+1
		default:
			r.digits, r.uppers, r.lowers = r.digits+1, 0, 0
		}
		r.last = k
	}
	return r
}

// random says whether chance rather than a person made the run. It leans towards yes: a constant word
// taken for an id is taken so in every reply, an id taken for a word splits its pattern.
func (r run) random() bool {
	n := r.letters + r.digits
	switch {
	case r.letters == 0 || n < 6:
		return false
	case r.digits > 0:
		return r.switches >= 2 || n >= 8 && (r.nonHex == 0 || r.flips > 0)
	}
	capitals := r.upper == r.letters && (r.nonHex == 0 && n >= 8 || n >= 14)
	return capitals || r.lone > 0 && r.flips > 1 || r.flips > 3 && r.flips*4 > n
}
