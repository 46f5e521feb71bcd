package input

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Modifiers, as xterm and kitty add them up.
const (
	shift = 1 << iota
	alt
	ctrl
	super
	hyper
	meta

	known   = shift | alt | ctrl
	desktop = super | hyper | meta
)

var (
	// asItIs are the sequences of rxvt and the Linux console that Bubble Tea knows and that tell no modifiers.
	asItIs = regexp.MustCompile(`^\x1b\[(?:[a-d]|\[[A-E]|[0-9]+[$^@])$`)
	// numbered has a key's number, modifiers, kind of event (3: let go), third number and last byte. No answer, mouse
	// report or report of the cursor (R) or the focus (I, O) matches.
	numbered = regexp.MustCompile(`^\x1b\[([0-9]*)(?::[0-9:]*)?(?:;([0-9]*)(?::([0-9]*)[0-9:]*)?)?(?:;([0-9]*)[0-9:;]*)?([A-DFHPQSZu~])$`)
)

// sequence is a sequence in the form that Bubble Tea reads as the same key; empty for what is no key.
func sequence(u []byte) []byte {
	if u[1] == 'O' {
		return applicationKey(u[2:len(u)-1], u[len(u)-1])
	}
	if asItIs.Match(u) {
		return u
	}
	m := numbered.FindSubmatch(u)
	if m == nil {
		return nil
	}
	var n [5]int
	for i := range m[:5] {
		n[i], _ = strconv.Atoi(string(m[i]))
	}
	number, mods, final := n[1], max(0, n[2]-1), m[5][0]
	switch {
	case n[3] == 3 || mods&desktop != 0:
		return nil
	case final == 'u': // kitty
		return character(number, mods)
	case final == '~' && number == 27: // xterm's modifyOtherKeys
		return character(n[4], mods)
	case final == '~' && number >= 200: // the end of a paste that ended before
		return nil
	}
	return function(number, mods, final)
}

// applicationKey is a key of the modes that a program before us may have left
// on: arrows, and the keypad as what is printed on it.
func applicationKey(params []byte, final byte) []byte {
	const keypad, meaning = "jklmnopqrstuvwxyMXI ", "*+,-./0123456789\r=\t "
	i := strings.IndexByte(keypad, final)
	switch {
	case i >= 0 && len(params) == 0:
		return []byte{meaning[i]}
	case final >= 'a' && final <= 'd': // rxvt: ctrl with an arrow
		return function(1, ctrl, final-'a'+'A')
	case final == 'R', strings.IndexByte("ABCDFHPQS", final) >= 0:
		return function(1, 0, final)
	}
	return nil
}

// function is an arrow or a function key. Bubble Tea knows no sequence that says "no modifier", or a lock.
func function(number, mods int, final byte) []byte {
	switch mods &= known; {
	case mods != 0:
		return fmt.Appendf(nil, "\x1b[%d;%d%c", max(1, number), 1+mods, final)
	case final == '~':
		return fmt.Appendf(nil, "\x1b[%d~", number)
	case final >= 'P' && final <= 'S':
		return []byte{esc, 'O', final}
	}
	return []byte{esc, '[', final}
}

// character is the key with a code point.
func character(code, mods int) []byte {
	r := rune(code)
	switch {
	case code == 57414: // kitty's enter of the keypad
		r = '\r'
	case code >= 57344 && code <= 63743, code <= 0, code > unicode.MaxRune, !utf8.ValidRune(r):
		return nil
	case code == esc && mods&known != 0:
		return nil
	case code == '\t' && mods&shift != 0:
		return []byte("\x1b[Z")
	case mods&ctrl != 0 && r == 0x7f:
		r = '\b'
	case mods&ctrl != 0 && r >= ' ':
		i := strings.IndexRune("@abcdefghijklmnopqrstuvwxyz[\\]^_", unicode.ToLower(r))
		if r == ' ' {
			i = 0
		}
		if i < 0 {
			return nil
		}
		r = rune(i)
	case mods&shift != 0:
		r = unicode.ToUpper(r)
	}
	var b []byte
	if mods&alt != 0 {
		b = append(b, esc)
	}
	return utf8.AppendRune(b, r)
}
