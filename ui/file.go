package ui

import (
	"io"

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

func readFile(s *slice) tea.Cmd {
	ctx, file := s.ctx, s.feed.file
	return func() tea.Msg {
		return fileMsg{s, file.reader.Read(ctx, file.In)}
	}
}

func (m *Model) onFile(msg fileMsg) tea.Cmd {
	s := m.slice
	if msg.slice != s {
		return nil
	}
	s.feed.ended, s.feed.err = true, msg.err
	m.readAt = m.opt.Now()
	cmd := m.grow()
	if msg.err != nil {
		m.say(m.lang.Say(words.FileBroke, s.feed.file.Name, words.Error(m.lang, msg.err)), bad)
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
	return m.dots(parts)
}

// measureSpan notes between which moments the rows were requested; only rows
// that are new are looked at.
func (s *slice) measureSpan() {
	for ; s.measured < s.snap.Len(); s.measured++ {
		at := s.snap.RequestTime(s.measured)
		if at.IsZero() {
			continue
		}
		if s.first.IsZero() || at.Before(s.first) {
			s.first = at
		}
		if at.After(s.last) {
			s.last = at
		}
	}
}

// covers is the span of the rows, as a person reads it.
func (m *Model) covers() string {
	s := m.slice
	if s.first.IsZero() {
		return ""
	}
	const layout = "01-02 15:04"
	return s.first.In(sendcloud.Zone).Format(layout) + m.th.Marks.Dash + s.last.In(sendcloud.Zone).Format(layout)
}
