package input

import (
	"bytes"
	"regexp"
	"time"
	"unicode/utf8"
)

const (
	esc   = 0x1b
	ctrlC = 0x03

	pasteBegin = "\x1b[200~"
	pasteEnd   = "\x1b[201~"

	longest = 64 << 10 // of an answer so much is held
)

// How long is waited, from the last byte on, for what may follow.
const (
	rest      = 45 * time.Millisecond // the rest of a sequence or a character; so esc shows within 50
	pasteRest = 2 * time.Second       // more of a paste
	lateRest  = time.Second           // the end of an answer whose beginning was dropped
	oneKey    = 5 * time.Millisecond  // text behind a single character
	burst     = 25 * time.Millisecond // more of a burst of text
)

// Sequences are those of ECMA-48 and the few that break its rules: ESC [ [ A of the Linux console, ESC [ M with three
// bytes behind it, ESC [ 7 $ of rxvt. An escape before a sequence is alt. Strings are taken for answers only as answers
// begin, since alt+] and alt+P are keys.
const (
	csi    = `\x1b?\x1b\[[0-?]*[ -/]*`
	ss3    = `\x1b?\x1bO[0-9;]*`
	answer = `(?:\x1b\][0-9lL]|\x1bP[0-9;<=>?!+$|~]|\x1b_[!-~])[^\a\x18\x1a\x1b\x03]*`
)

var (
	early      = regexp.MustCompile(`^\x1b?\x1b\[[78]\$`)
	unfinished = regexp.MustCompile(`^(?s:\x1b\x1b?|\x1b[\]P_]|` + csi + `|` + ss3 + `|` + answer + `\x1b?|\x1b?\x1b\[\[|\x1b?\x1b\[M[^\x00-\x1f]{0,2})$`)
	whole      = regexp.MustCompile(`^(?s:\x1b?\x1b\[\[[A-E]|\x1b?\x1b\[M[^\x00-\x1f]{3}|` + csi + `[@-~]|` + ss3 + `[@-~]|` + answer + `(?:[\a\x18\x1a]|\x1b\\))`)
	brokenOff  = regexp.MustCompile(`^(?s:\x1b\[[0-?]+[ -/]*|` + answer + `)`)
	answers    = regexp.MustCompile(`^` + answer)
	answerEnd  = regexp.MustCompile(`^(?:[^\x1b]*?(\a|\x1b\\)|[0-9a-f/:;]{2,}$)`)
	report     = regexp.MustCompile(`^\x1b\[[<-?]?[0-9;:]*\$?$`)
	reportRest = regexp.MustCompile(`^[0-9;:]*\$?(?:$|([A-DFHMRZcmntuy~]))`)
)

// unit is what one Read returns: a sequence, or a run of text. It is never empty.
type unit struct {
	bytes []byte
	paste string // the unit stands for this pasted text
}

// decoder cuts the bytes of a terminal into units. It knows no time: who feeds
// it calls expire when hold has passed without a byte.
type decoder struct {
	held    []byte // a unit whose end is not there yet, or the text of a paste
	text    []byte // whole characters, tabs and line ends that arrived together
	out     []unit
	pasting bool
	sought  int            // so many bytes of a paste have no end in them
	late    *regexp.Regexp // of what may follow an answer that was dropped, its end in the group; nil: none was
}

// feed takes the next bytes.
func (d *decoder) feed(b []byte) {
	if d.late != nil && len(d.held) == 0 {
		if more := d.late.FindSubmatch(b); more != nil {
			if b = b[len(more[0]):]; len(more[1]) > 0 {
				d.late = nil
			}
		}
	}
	d.held = append(d.held, b...)
	for len(d.held) > 0 {
		if d.pasting {
			if !d.endPaste() {
				return
			}
			continue
		}
		n := length(d.held)
		if n == 0 {
			if len(d.held) > longest { // it is dropped: its middle can go
				d.held = append(d.held[:3], d.held[len(d.held)-1])
			}
			return
		}
		u := d.held[:n:n]
		d.held = d.held[n:]
		d.take(u)
	}
	d.held = nil
}

// length is how many bytes the first unit has; 0 if its end is not there yet.
func length(b []byte) int {
	escapes := 0
	if b[0] == esc {
		switch {
		case early.Match(b):
			return len(early.Find(b))
		case unfinished.Match(b):
			return 0
		case whole.Match(b):
			return len(whole.Find(b))
		case b[1] == esc || b[1] == ctrlC: // ctrl+c acts, whatever stands before it
			return 1
		}
		if broken := brokenOff.Find(b); broken != nil {
			return len(broken)
		}
		escapes = 1
	}
	if !utf8.FullRune(b[escapes:]) {
		return 0
	}
	_, n := utf8.DecodeRune(b[escapes:])
	return escapes + n
}

// hold is how long what is held may still wait for more; 0 if nothing is held.
func (d *decoder) hold() time.Duration {
	switch {
	case d.pasting && bytes.HasSuffix(d.held, []byte{ctrlC}):
		return rest
	case d.pasting:
		return pasteRest
	case len(d.held) > 0:
		return rest
	case len(d.text) > utf8.UTFMax || utf8.RuneCount(d.text) > 1:
		return burst
	case len(d.text) > 0:
		return oneKey
	case d.late != nil:
		return lateRest
	}
	return 0
}

// expire lets what is held be what it is so far: nothing more came in time.
func (d *decoder) expire() {
	h := d.held
	d.held = nil
	switch {
	case d.pasting: // its end was lost; ctrl+c behind it is meant for us
		d.pasting = false
		text, stop := bytes.CutSuffix(h, []byte{ctrlC})
		if d.paste(text); stop {
			d.emit(ctrlC)
		}
		return
	case len(h) == 0 && len(d.text) == 0:
		d.late = nil
		return
	}
	d.flush()
	if len(h) > 1 && h[0] == esc && h[1] == esc {
		d.emit(esc)
		h = h[1:]
	}
	switch d.late = nil; {
	case string(h) == "\x1b", len(h) == 2 && h[0] == esc && h[1] < utf8.RuneSelf:
		d.emit(h...) // esc, or alt with what begins a longer sequence
	case answers.Match(h):
		d.late = answerEnd
	case report.Match(h): // no hand types one: what ends it is no key
		d.late = reportRest
	}
}

// endPaste ends a paste whose end has come.
func (d *decoder) endPaste() bool {
	from := max(0, d.sought-len(pasteEnd))
	i := bytes.Index(d.held[from:], []byte(pasteEnd))
	if i < 0 {
		d.sought = len(d.held)
		return false
	}
	d.paste(d.held[:from+i])
	d.held = d.held[from+i+len(pasteEnd):]
	d.pasting = false
	return true
}

// take puts a whole unit where it belongs.
func (d *decoder) take(u []byte) {
	if u[0] != esc {
		d.takeCharacter(u)
		return
	}
	d.flush()
	switch {
	case string(u) == pasteBegin:
		d.pasting, d.sought = true, 0
	case len(u) < 3 && string(u) != "\x1b\x1b", u[1] >= utf8.RuneSelf:
		d.emit(u...) // esc, or alt with a character
	case u[1] == esc: // alt with a key, or esc and something else
		if key := sequence(u[1:]); len(key) > 2 {
			d.emit(append([]byte{esc}, key...)...)
			return
		}
		d.emit(esc)
		d.take(u[1:])
	default:
		d.emit(sequence(u)...)
	}
}

// takeCharacter adds a character to the text before it, or ends that text with
// a control key. What is no character is dropped.
func (d *decoder) takeCharacter(u []byte) {
	r, _ := utf8.DecodeRune(u)
	switch {
	case r == utf8.RuneError, r > 0x7f && r < 0xa0:
	case r >= ' ' && r != 0x7f, r == '\r', r == '\n', r == '\t':
		d.text = append(d.text, u...)
	default:
		d.flush()
		d.emit(u...)
	}
}

// flush hands on the text that arrived together, as keys or as a paste.
func (d *decoder) flush() {
	before, pasted, behind := split(d.text)
	d.text = nil
	d.emit(before...)
	d.paste(pasted)
	d.emit(behind...)
}

func (d *decoder) emit(b ...byte) {
	if len(b) > 0 {
		d.out = append(d.out, unit{bytes: bytes.Clone(b)})
	}
}

func (d *decoder) paste(text []byte) {
	if len(text) > 0 {
		d.out = append(d.out, unit{[]byte(pasteBegin + pasteEnd), string(text)})
	}
}
