package mailtext

import "strings"

// keepsDigits accepts providers' own codes, S3140, TSS04, SC-001, BL21,
// OFR_416: capitals and up to four digits. Names of machines are not codes.
func keepsDigits(c string) bool {
	if c == "IPv6" || c == "IPv4" {
		return true
	}
	i := 0
	for i < len(c) && class[c[i]]&clsUpper != 0 {
		i++
	}
	if i == 0 || i > 5 {
		return false
	}
	letters := c[:i]
	if i < len(c) && (c[i] == '-' || c[i] == '_') {
		i++
	}
	if n := len(c) - i; n < 1 || n > 4 || len(c) >= 8 { // eight may be a hash
		return false
	}
	for _, d := range []byte(c[i:]) {
		if !isDigit(d) {
			return false
		}
	}
	switch letters {
	case "MX", "SMTP", "NODE", "HOST", "SRV", "GW", "MTA", "RELAY":
		return false
	}
	return true
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

// isPadded says whether == after c is the end of base64: words with digits have
// none.
func isPadded(c string) bool {
	digits, letters := 0, 0
	for i := 0; i < len(c); i++ {
		switch {
		case isDigit(c[i]):
			digits++
		case isLetter(c[i]):
			letters++
		case strings.IndexByte("+/-_", c[i]) < 0:
			return false
		}
	}
	return len(c) >= 8 && digits > 0 && letters > 0
}

// isDashedID accepts UUIDs and exim's message ids (6-6-2, 6-11-4 and their kin):
// groups of fixed length, with digits or mixed case.
func isDashedID(c string) bool {
	var groups [5]int
	g, digits, upper, lower := 0, 0, 0, 0
	for i := 0; i < len(c); i++ {
		switch k := class[c[i]]; {
		case c[i] == '-':
			if g++; g == len(groups) {
				return false
			}
			continue
		case k&clsDigit != 0:
			digits++
		case k&clsUpper != 0:
			upper++
		case k&clsLower != 0:
			lower++
		default:
			return false
		}
		groups[g]++
	}
	switch {
	case g == 4:
		return groups == [5]int{8, 4, 4, 4, 12}
	case g == 2 && (groups[0] == 6 || groups[0] == 7):
		return (groups[1] == 6 && groups[2] == 2 || groups[1] == 11 && groups[2] == 4) && (digits > 0 || upper > 0 && lower > 0)
	}
	return false
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
