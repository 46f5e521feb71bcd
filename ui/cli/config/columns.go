package config

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"

	"bounceboard/ui/columns"
	"bounceboard/ui/words"
)

// checkColumns refuses a name that is no column, or is there twice, and names its line.
func (f *File) checkColumns(data string) error {
	_, wrong := columns.ParseAll(f.Columns)
	if wrong == "" {
		return nil
	}
	line := f.line("columns")
	for i, text := range strings.Split(data, "\n")[max(0, line-1):] { // the list may have several lines
		if strings.Contains(text, `"`+wrong+`"`) || strings.Contains(text, "'"+wrong+"'") {
			line += i
			break
		}
	}
	if _, ok := columns.Parse(wrong); ok {
		return problem(f.Path, line, words.ColumnTwice, wrong)
	}
	return at(f.Path, line, words.NotAChoice("columns", wrong, columns.Names()))
}

// SaveColumns writes the columns of the table into the file and returns where that is. Comments and other keys stay as they are; the
// file is its owner's alone then, and is whole at every moment.
func (f *File) SaveColumns(names []string) (path string, err error) {
	if f.Path == "" {
		return "", words.Filled(words.NoConfigPlace)
	}
	path = f.Path
	if real, err := filepath.EvalSymlinks(path); err == nil {
		path = real // a link to it stays a link
	}
	data, err := os.ReadFile(path)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return "", problem(f.Path, 0, words.ConfigUnread, Reason(err))
	}
	before, after := &File{}, &File{}
	changed := withColumns(string(data), names)
	if before, err = parse(f.Path, bytes.TrimPrefix(data, []byte("\uFEFF"))); err != nil {
		return "", err // whoever edits it meanwhile gets it mended first
	}
	if after, err = parse(f.Path, bytes.TrimPrefix([]byte(changed), []byte("\uFEFF"))); err != nil || !onlyColumns(*before, *after, names) {
		return "", problem(f.Path, before.line("columns"), words.ColumnsUnwritten, columnsLine(names))
	}
	if info, err := os.Stat(path); err == nil && !info.Mode().IsRegular() {
		return "", problem(f.Path, 0, words.ConfigUnwritten, words.NotAFile)
	}
	if err := replaceFile(path, []byte(changed)); err != nil {
		return "", problem(f.Path, 0, words.ConfigUnwritten, Reason(err))
	}
	f.Columns, f.lines = after.Columns, after.lines
	return f.Path, nil
}

// onlyColumns reports whether two files say the same but for the columns, which are names in the second one.
func onlyColumns(before, after File, names []string) bool {
	same := slices.Equal(after.Columns, names)
	for _, f := range []*File{&before, &after} {
		f.Columns, f.lines, f.Keymap = nil, nil, nil
	}
	return same && reflect.DeepEqual(before, after)
}

func columnsLine(names []string) string {
	var quoted []string
	for _, name := range names {
		quoted = append(quoted, tomlText(name))
	}
	return "columns = [" + strings.Join(quoted, ", ") + "]"
}

// withColumns is the text of a file with the columns in it: in the place of those there, else behind the last key before the first
// table. Whether that is right is for onlyColumns to say.
func withColumns(text string, names []string) string {
	end := "\n"
	if strings.Contains(text, "\r\n") {
		end = "\r\n"
	}
	lines := strings.SplitAfter(text, "\n")
	for i, line := range lines {
		name, _, _ := strings.Cut(line, "=")
		switch name = strings.Trim(strings.TrimSpace(strings.TrimPrefix(name, "\uFEFF")), `"'`); {
		case strings.HasPrefix(name, "["):
			return withKey(lines, lastKey(lines, -1, i), columnsLine(names)+end)
		case name == "columns":
			rest := strings.Join(lines[i:], "")
			return strings.Join(lines[:i], "") + columnsLine(names) + rest[listEnd(rest):]
		}
	}
	return withKey(lines, lastKey(lines, -1, len(lines)), columnsLine(names)+end)
}

// withKey is the lines with a key between them.
func withKey(lines []string, at int, key string) string {
	before := strings.Join(lines[:at], "")
	if before != "" && !strings.HasSuffix(before, "\n") {
		before += "\n"
	}
	return before + key + strings.Join(lines[at:], "")
}

// listEnd is behind the bracket that closes the first list in a text; brackets in texts and comments close none.
func listEnd(text string) int {
	quote, comment := rune(0), false
	for i, r := range text {
		switch {
		case comment:
			comment = r != '\n'
		case quote != 0:
			if r == quote {
				quote = 0
			}
		case r == '"' || r == '\'':
			quote = r
		case r == '#':
			comment = true
		case r == ']':
			return i + 1
		}
	}
	return len(text)
}
