package ui

import (
	"errors"
	"io"
	"io/fs"
	"os"

	tea "github.com/charmbracelet/bubbletea"

	"bounceboard/sendcloud"
	"bounceboard/sendcloud/recordset"
	"bounceboard/ui/words"
)

// File is rows that were written before, by list or a spool: NDJSON as the
// contract says.
type File struct {
	Name string
	In   io.Reader // read to its end; what is added later is read when asked again
}

// fileFeed brings the rows of a file.
type fileFeed struct {
	File
	reader *recordset.Reader
}

// fileMsg says that a file was read to its end.
type fileMsg struct {
	slice *slice
	err   error
}

// openFile begins to read the file; rows show as they come.
func (m *Model) openFile(f File) tea.Cmd {
	s := m.newSlice(fromFile)
	s.feed = &feed{file: &fileFeed{File: f, reader: recordset.NewReader(s.set)}}
	m.slice = s
	m.results.Show(rowsView{snap: s.snap, all: true})
	return m.readOn()
}

// readOn reads the file from where the last reading ended.
func (m *Model) readOn() tea.Cmd {
	s := m.slice
	s.feed.ended, s.feed.err = false, nil
	return tea.Batch(readFile(s), after(s.ctx, lookEach/3, tickMsg{s}))
}

var errShorter = errors.New("the file became shorter")

// changed says that what is on disk can no longer be read on: fs.ErrNotExist
// where the file that was read is gone from its place, errShorter where it lost
// some of what was read.
func (f *fileFeed) changed() error {
	in, ok := f.In.(interface {
		io.Seeker
		Stat() (fs.FileInfo, error)
		Name() string
	})
	if !ok {
		return nil
	}
	open, err := in.Stat()
	if err != nil || !open.Mode().IsRegular() {
		return err
	}
	at, err := in.Seek(0, io.SeekCurrent)
	if err != nil {
		return err
	}
	there, err := os.Stat(in.Name())
	switch {
	case err != nil:
		return err
	case !os.SameFile(open, there):
		return fs.ErrNotExist
	case open.Size() < at:
		return errShorter
	}
	return nil
}

func readFile(s *slice) tea.Cmd {
	ctx, file := s.ctx, s.feed.file
	return func() tea.Msg {
		if err := file.changed(); err != nil {
			return fileMsg{s, err}
		}
		return fileMsg{s, file.reader.Read(ctx, file.In)}
	}
}

func (m *Model) onFile(msg fileMsg) tea.Cmd {
	s := m.slice
	if msg.slice != s {
		return nil
	}
	s.feed.ended, s.feed.err = true, msg.err
	cmd := m.grow()
	name := s.feed.file.Name
	switch err := msg.err; {
	case errors.Is(err, errShorter):
		m.say(m.lang.Say(words.FileShorter, name, m.clock(m.readAt)), bad)
	case errors.Is(err, fs.ErrNotExist):
		m.say(m.lang.Say(words.FileGone, name, m.clock(m.readAt)), bad)
	case err != nil:
		m.say(m.lang.Say(words.FileBroke, name, words.Error(m.lang, err)), bad)
	default:
		m.readAt = m.opt.Now()
	}
	return cmd
}

// fileState says what the file covers and which of its lines hold no row.
func (m *Model) fileState() string {
	f := m.slice.feed.file
	got := f.reader.Reading()
	var parts []string
	if n := got.Damaged; n > 0 {
		parts = append(parts, words.DamagedLines(m.lang, n, got.Which))
	}
	if got.Cut {
		parts = append(parts, m.lang.Say(words.LastLineCut))
	}
	if got.Repeated > 0 {
		parts = append(parts, m.lang.Say(words.FileRepeated, words.RowCount(m.lang, got.Repeated)))
	}
	return m.dots(parts)
}

// measureSpan notes between which moments the rows were requested.
func (s *slice) measureSpan() { s.first, s.last = s.snap.Span() }

// covers is the span of the rows, as a person reads it.
func (m *Model) covers() string {
	s := m.slice
	if s.first.IsZero() {
		return ""
	}
	const layout = "01-02 15:04"
	first, last := s.first.In(sendcloud.Zone).Format(layout), s.last.In(sendcloud.Zone).Format(layout)
	if first == last {
		return first
	}
	return first + m.th.Marks.Dash + last
}
