package lists

import (
	"errors"
	"io"
	"os"
	"path/filepath"

	"bounceboard/ui/export"
	"bounceboard/ui/words"
)

// columns are those of all five files.
func columns(l words.Lang) []export.Column[*Entry] {
	column := func(name string, value func(*Entry) any) export.Column[*Entry] {
		return export.Column[*Entry]{Name: name, Value: value}
	}
	return []export.Column[*Entry]{
		column("address", func(e *Entry) any { return e.Address }),
		column("count", func(e *Entry) any { return e.Count }),
		column("newest", func(e *Entry) any { return when(e.Newest) }),
		column("reason", func(e *Entry) any { return e.Meaning.Cause.String() }),
		column("permanence", func(e *Entry) any { return e.Meaning.Permanence.String() }),
		column("sub_status", func(e *Entry) any { return export.OrNull(int(e.Newest.SubStatus)) }),
		column("receiver", func(e *Entry) any { return e.Receiver() }),
		column("pattern", func(e *Entry) any { return string(e.Pattern) }),
		column("email_id", func(e *Entry) any { return e.Newest.EmailID }),
		column("rule", func(e *Entry) any { return string(e.Rule) }),
		column("next_step", func(e *Entry) any { return e.Meaning.NextStep(string(l)) }),
		column("reply", func(e *Entry) any { return e.Newest.Reply() }),
	}
}

// paths are the five files and README.txt in a folder.
func paths(dir string) []string {
	var all []string
	for _, name := range names {
		all = append(all, filepath.Join(dir, name+".csv"))
	}
	return append(all, filepath.Join(dir, "README.txt"))
}

// Free returns an error of fs.ErrExist where a folder has one of the files already.
func Free(dir string) error { return export.Free(paths(dir)...) }

// Write writes the five files and README.txt into a folder, which it makes where it is missing; its owner alone can
// read them. about says what the rows are: the query, coverage, when. Nothing is written over a file: the error is
// that of [Free] then. When writing fails nothing is left behind.
func Write(dir string, l words.Lang, s *Sorter, about string) (sums [listCount]Sum, err error) {
	if err := Free(dir); err != nil {
		return sums, err
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return sums, err
	}
	entries := s.Entries()
	sums = Sums(entries)
	files := paths(dir)
	for i, path := range files {
		err := export.NewFile(path, func(w io.Writer) error {
			if i == int(listCount) {
				_, err := io.WriteString(w, readme(l, s, sums, about))
				return err
			}
			n := sums[i].Addresses
			of := entries[:n]
			entries = entries[n:]
			return export.WriteAll(export.CSV, w, export.Options{BOM: l == words.Chinese}, columns(l), of) // Excel reads Chinese by the mark
		})
		if err != nil {
			for _, written := range files[:i] {
				err = errors.Join(err, os.Remove(written))
			}
			return sums, err
		}
	}
	return sums, nil
}

// readme says what is on each list, by which rules, and that the sums are whole.
func readme(l words.Lang, s *Sorter, sums [listCount]Sum, about string) string {
	args := []any{about}
	for _, sum := range sums {
		args = append(args, words.AddressCount(l, sum.Addresses), words.RowCount(l, sum.Rows))
	}
	return l.Say(words.ListsReadme, append(args, words.RowCount(l, s.Failed), words.RowCount(l, s.Rows))...) + "\n"
}
