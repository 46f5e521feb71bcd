// Package input reads the keyboard for Bubble Tea. Version 1 decodes whatever one read brings, so a sequence, a
// character or a paste that arrives in pieces turns into other keys. The Reader hands on whole units only, drops what
// terminals answer, and tells pasted text from keys.
//
// It goes between the terminal and tea.WithInput. Pastes arrive empty: a
// filter of messages gives each the text that Paste returns.
package input

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync"
	"time"
	"unicode/utf8"
)

// ErrGone is what Read returns when the terminal has hung up. It is not
// io.EOF: at the end of its input Bubble Tea goes on without a keyboard.
var ErrGone = errors.New("the terminal is gone")

// widest is the most that one Read returns. Bubble Tea reads into 256 bytes
// and takes a full buffer for the first part of something longer.
const widest = 255

// Reader is the keyboard. Read and Paste may be called from two goroutines.
type Reader struct {
	src    io.ReadCloser
	pieces chan []byte // what each read of src brought; closed when it failed
	failed error       // of src, known when pieces is closed
	done   chan struct{}
	once   sync.Once
	units  decoder
	err    error // why no more pieces come

	mu     sync.Mutex
	pastes []string // handed on as empty pastes, not yet asked for
}

// New reads from src until that fails or Close is called. Closing src must end a read of it that waits.
func New(src io.ReadCloser) *Reader {
	r := &Reader{src: src, pieces: make(chan []byte), done: make(chan struct{})}
	go r.pump()
	return r
}

// pump waits for bytes, so that Read can wait for them and for a time to pass.
func (r *Reader) pump() {
	defer close(r.pieces)
	for buf := make([]byte, 32<<10); r.failed == nil; {
		var n int
		n, r.failed = r.src.Read(buf)
		select {
		case r.pieces <- bytes.Clone(buf[:n]):
		case <-r.done:
			return
		}
	}
}

// Close ends the Reader and closes its source. A Read that waits returns io.EOF.
func (r *Reader) Close() (err error) {
	r.once.Do(func() {
		close(r.done)
		err = r.src.Close()
	})
	return err
}

// Paste is the text of the oldest paste that Read has told of and that was not asked for yet. It is valid UTF-8; line
// ends are as the terminal sent them, often a lone carriage return. The text itself does not go through Bubble Tea,
// which needs half a minute for five megabytes.
func (r *Reader) Paste() string {
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.pastes) == 0 {
		return ""
	}
	text := r.pastes[0]
	r.pastes = r.pastes[1:]
	return strings.ToValidUTF8(text, "")
}

// Read returns one sequence, or a run of text that arrived together. A
// sequence longer than p is io.ErrShortBuffer; 16 bytes are enough for any.
func (r *Reader) Read(p []byte) (int, error) {
	for {
		switch {
		case len(r.units.out) > 0:
			return r.take(p)
		case r.err != nil:
			return 0, r.err
		}
		r.wait()
	}
}

// wait takes the next piece, or lets what is held be what it is so far when nothing followed in time.
func (r *Reader) wait() {
	var late <-chan time.Time
	if d := r.units.hold(); d > 0 {
		timer := time.NewTimer(d)
		defer timer.Stop()
		late = timer.C
	}
	select {
	case p, ok := <-r.pieces:
		r.got(p, ok)
	case <-r.done:
		r.err = io.EOF
	case <-late:
		select {
		case p, ok := <-r.pieces: // it came in time, we were late
			r.got(p, ok)
		default:
			r.units.expire()
		}
	}
}

func (r *Reader) got(p []byte, ok bool) {
	if ok {
		r.units.feed(p)
		return
	}
	for r.units.hold() > 0 {
		r.units.expire()
	}
	select {
	case <-r.done:
		r.err = io.EOF
	default:
		r.err = fmt.Errorf("%w (%v)", ErrGone, r.failed)
	}
}

// take moves the oldest unit, or as much of a run of text as fits, into p.
func (r *Reader) take(p []byte) (int, error) {
	u := r.units.out[0]
	n := min(len(u.bytes), len(p), widest)
	for n > 0 && n < len(u.bytes) && !utf8.RuneStart(u.bytes[n]) {
		n--
	}
	if n == 0 || n < len(u.bytes) && u.bytes[0] == esc {
		return 0, io.ErrShortBuffer
	}
	if u.paste != "" {
		r.mu.Lock()
		r.pastes = append(r.pastes, u.paste)
		r.mu.Unlock()
	}
	copy(p, u.bytes[:n])
	if r.units.out[0].bytes = u.bytes[n:]; n == len(u.bytes) {
		r.units.out = r.units.out[1:]
	}
	return n, nil
}
