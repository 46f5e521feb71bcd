// Package join puts what the service says behind the rows of a customer's own table.
package join

import (
	"cmp"
	"encoding/csv"
	"fmt"
	"io"
	"os"
	"strings"

	"bounceboard/sendcloud/mailtext"
	"bounceboard/sendcloud/paste"
)

// File is a customer's table.
type File struct {
	Encoding string // in which it was
	Header   []string
	Rows     [][]string
	Items    []paste.Item // what each row asks for; the Text of one in which nothing was found is empty
}

// Open reads the table of a file, see [Read].
func Open(path string) (*File, error) {
	in, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	return Read(in)
}

// Read reads a table with or without a header, in UTF-8, UTF-16 or GB18030, separated by comma, semicolon or tab. The
// error says that it cannot be decoded or has no rows.
func Read(in io.Reader) (*File, error) {
	decoded, charset, err := mailtext.NewReader(in)
	if err != nil {
		return nil, err
	}
	f := &File{Encoding: cmp.Or(charset, "UTF-8")}
	data, err := io.ReadAll(decoded)
	if err != nil {
		return nil, err
	}
	text := string(data)
	r := reader(text, separatorOf(text))
	if f.Rows, err = r.ReadAll(); err != nil {
		return nil, err
	}
	if len(f.Rows) == 0 {
		return nil, io.ErrUnexpectedEOF
	}
	f.arrange()
	return f, nil
}

func reader(text string, separator rune) *csv.Reader {
	r := csv.NewReader(strings.NewReader(text))
	r.Comma, r.FieldsPerRecord, r.LazyQuotes = separator, -1, true
	return r
}

// separatorOf is the separator that cuts most of the first lines into as many cells as the first; a comma where none
// does.
func separatorOf(text string) rune {
	best, most := ',', 0
	for _, separator := range ",;\t" {
		r := reader(text, separator)
		cells, alike := 0, 0
		for n := range 20 {
			row, err := r.Read()
			if err != nil {
				break
			}
			if n == 0 {
				cells = len(row)
			}
			if len(row) == cells {
				alike++
			}
		}
		if score := (cells - 1) * alike; score > most {
			best, most = separator, score
		}
	}
	return best
}

// arrange finds the header, and in each row what it asks for. An email id says more than an address; a message id takes
// its recipient from the row.
func (f *File) arrange() {
	width := 0
	for _, row := range f.Rows {
		width = max(width, len(row))
	}
	if found := paste.Read(strings.Join(f.Rows[0], "\n")); len(found.Items) == 0 {
		f.Header, f.Rows = f.Rows[0], f.Rows[1:]
	}
	for len(f.Header) < width {
		f.Header = append(f.Header, fmt.Sprintf("column_%d", len(f.Header)+1))
	}
	ids, addresses := f.columns()
	f.Items = make([]paste.Item, len(f.Rows))
	for n, row := range f.Rows {
		f.Rows[n] = append(row, make([]string, width-len(row))...)
		item, to := first(row, ids), first(row, addresses)
		switch {
		case item.Text == "":
			item = to
		case item.Kind == paste.MessageID && item.Recipient == "":
			item.Recipient = to.Text
		}
		f.Items[n] = item
	}
}

// columns are the column of ids and the column of addresses: those in which most of the first rows have one. -1 is
// none. A column that names the sender is neither.
func (f *File) columns() (ids, addresses int) {
	best, most := [2]int{-1, -1}, [2]int{}
	for c, name := range f.Header {
		if namesSender(name) {
			continue
		}
		var count [2]int
		for _, row := range f.Rows[:min(len(f.Rows), 200)] {
			if item := first(row, c); item.Text != "" && item.Kind != paste.Address {
				count[0]++
			} else if item.Text != "" {
				count[1]++
			}
		}
		for kind, n := range count {
			if n > most[kind] {
				best[kind], most[kind] = c, n
			}
		}
	}
	return best[0], best[1]
}

// first is the first item in a cell, or none.
func first(row []string, column int) paste.Item {
	if column < 0 || column >= len(row) {
		return paste.Item{}
	}
	for _, item := range paste.Read(row[column]).Items {
		return item
	}
	return paste.Item{}
}

// namesSender reports whether a column's name, "From address" say, means the sender.
func namesSender(column string) bool {
	name := strings.NewReplacer(" ", "", "-", "", "_", "").Replace(strings.ToLower(column))
	for _, sender := range []string{"from", "sender", "replyto", "returnpath", "发件", "发信", "寄件"} {
		if strings.Contains(name, sender) {
			return true
		}
	}
	return false
}
