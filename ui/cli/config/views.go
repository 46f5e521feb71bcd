package config

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"bounceboard/ui/views"
	"bounceboard/ui/words"
)

// savedView is a view as the file has it. A field of the query is a text, a number, a date or a list of these.
type savedView struct {
	Filter  string         `toml:"filter"`
	Query   map[string]any `toml:"query"`
	Order   string         `toml:"order"`
	Columns []string       `toml:"columns"`
	Pane    string         `toml:"pane"`
}

func (s savedView) view(name string) views.View {
	v := views.View{Name: name, Filter: s.Filter, Order: s.Order, Columns: s.Columns, Pane: s.Pane}
	known := views.Fields()
	place := func(field string) int { return slices.Index(known, field) }
	for _, field := range slices.SortedFunc(maps.Keys(s.Query), func(a, b string) int { return place(a) - place(b) }) {
		text := fmt.Sprint(s.Query[field])
		if list, ok := s.Query[field].([]any); ok {
			text = ""
			for i, item := range list {
				text += strings.Repeat(",", min(i, 1)) + fmt.Sprint(item)
			}
		}
		v.Query = append(v.Query, views.Value{Field: field, Text: text})
	}
	return v
}

// SavedViews are the views of the file, by name.
func (f *File) SavedViews() (all []views.View) {
	for _, name := range slices.Sorted(maps.Keys(f.Views)) {
		all = append(all, f.Views[name].view(name))
	}
	return all
}

// View is the view of that name. The error names the nearest there is.
func (f *File) View(name string) (views.View, error) {
	saved, ok := f.Views[name]
	if names := slices.Sorted(maps.Keys(f.Views)); !ok && names == nil {
		return views.View{}, words.Filled(words.NoViewsIn, name, f.Path)
	} else if !ok {
		return views.View{}, words.Filled(words.NoView, name, words.DidYouMean(name, names, ""), f.Path, strings.Join(names, ", "))
	}
	return saved.view(name), nil
}

func (f *File) checkViews(now time.Time) error {
	for _, v := range f.SavedViews() {
		line := f.line("views", v.Name)
		if !views.Name(v.Name) {
			return problem(f.Path, line, words.BadViewName, v.Name)
		}
		if bad := v.Check(now); bad != nil {
			whole, _, _ := strings.Cut(bad.Key, ".")
			for _, key := range []string{whole, bad.Key} {
				line = max(line, f.line("views", v.Name, key))
			}
			return at(f.Path, line, bad.What)
		}
	}
	return nil
}

// SaveView writes a view into the file: below all that is there, or in the place of the one of its name. Comments and other keys stay as
// they are. The file is its owner's alone then, and is whole at every moment.
func (f *File) SaveView(v views.View) error {
	if f.Path == "" {
		return words.Filled(words.NoConfigPlace)
	}
	path := f.Path
	if real, err := filepath.EvalSymlinks(path); err == nil {
		path = real // a link to it stays a link
	}
	data, err := os.ReadFile(path)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return problem(f.Path, 0, words.ConfigUnread, Reason(err))
	}
	changed := withView(string(data), v)
	before := &File{}
	if len(data) > 0 {
		if before, err = parse(f.Path, bytes.TrimPrefix(data, []byte("\uFEFF"))); err != nil {
			return err // whoever edits it meanwhile gets it mended first
		}
	}
	after, err := parse(f.Path, bytes.TrimPrefix([]byte(changed), []byte("\uFEFF")))
	if err != nil || !onlyView(before, after, v) {
		return problem(f.Path, f.line("views"), words.ViewUnwritten, v.Name)
	}
	if err := replaceFile(path, []byte(changed)); err != nil {
		return problem(f.Path, 0, words.ConfigUnwritten, Reason(err))
	}
	f.Views, f.lines = after.Views, after.lines
	return nil
}

// onlyView reports whether two files say the same but for a view, which the second one has.
func onlyView(before, after *File, v views.View) bool {
	saved, there := after.Views[v.Name]
	was, is := *before, *after
	was.Views, is.Views = maps.Clone(was.Views), maps.Clone(is.Views)
	delete(was.Views, v.Name)
	delete(is.Views, v.Name)
	same := maps.EqualFunc(was.Views, is.Views, func(a, b savedView) bool { return reflect.DeepEqual(a, b) })
	was.Views, is.Views, was.lines, is.lines, was.Path, is.Path, was.Keymap, is.Keymap = nil, nil, nil, nil, "", "", nil, nil
	return there && same && reflect.DeepEqual(saved.view(v.Name), v) && reflect.DeepEqual(was, is)
}

// replaceFile puts a new file in the place of the one at path.
func replaceFile(path string, data []byte) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	f, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".*") // for its owner only
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	if err = errors.Join(err, f.Sync(), f.Close()); err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		_ = os.Remove(f.Name()) // there may be none
	}
	return err
}

// withView is the text of a file with a view in it.
func withView(text string, v views.View) string {
	lines := strings.SplitAfter(text, "\n")
	start, end := tableLines(lines, "views."+tomlKey(v.Name))
	table := []string{"[views." + tomlKey(v.Name) + "]\n"}
	if start < 0 {
		if text != "" {
			table = append([]string{strings.Repeat("\n", 2-min(1, strings.Count(text[len(text)-1:], "\n")))}, table...)
		}
		start, end = len(lines), len(lines)
	} else if tableName(lines[start]) == "views."+strings.ReplaceAll(tomlKey(v.Name), " ", "") {
		table[0] = strings.TrimRight(lines[start], "\r\n") + "\n" // with a comment behind it
	}
	for _, line := range lines[start:end] {
		if strings.HasPrefix(strings.TrimSpace(line), "#") {
			table = append(table, line)
		}
	}
	return strings.Join(slices.Concat(lines[:start], table, tomlLines(v), lines[end:]), "")
}

// tableLines are the lines of a table and of those below its name, [start, end); -1 where there is none. Comments and blank lines before
// the next table are that one's.
func tableLines(lines []string, name string) (start, end int) {
	start = -1
	for i, line := range lines {
		head := tableName(line)
		if head == "" {
			continue
		}
		plain := strings.ReplaceAll(name, " ", "")
		inside := head == plain || strings.HasPrefix(head, plain+".")
		if start < 0 && inside {
			start = i
		} else if start >= 0 && !inside {
			return start, lastKey(lines, start, i)
		}
	}
	if start < 0 {
		return start, 0
	}
	return start, lastKey(lines, start, len(lines))
}

// tableName is the name in the head of a table, without blanks; empty for any other line.
func tableName(line string) string {
	head, ok := strings.CutPrefix(strings.TrimSpace(line), "[")
	if !ok {
		return ""
	}
	head, _, _ = strings.Cut(strings.ReplaceAll(head, " ", ""), "]")
	return head
}

// lastKey is behind the last line of lines[start:end] that holds a key.
func lastKey(lines []string, start, end int) int {
	for end > start+1 {
		if line := strings.TrimSpace(lines[end-1]); line != "" && line[0] != '#' {
			break
		}
		end--
	}
	return end
}

func tomlLines(v views.View) (lines []string) {
	add := func(key, value string) {
		if value != "" {
			lines = append(lines, key+" = "+value+"\n")
		}
	}
	var fields []string
	for _, value := range v.Query {
		text := tomlText(value.Text)
		if n, err := strconv.Atoi(value.Text); err == nil && strconv.Itoa(n) == value.Text {
			text = value.Text
		}
		fields = append(fields, value.Field+" = "+text)
	}
	if fields != nil {
		add(views.KeyQuery, "{ "+strings.Join(fields, ", ")+" }")
	}
	add(views.KeyFilter, tomlText(v.Filter))
	add(views.KeyOrder, tomlText(v.Order))
	if len(v.Columns) > 0 {
		var names []string
		for _, name := range v.Columns {
			names = append(names, tomlText(name))
		}
		add(views.KeyColumns, "["+strings.Join(names, ", ")+"]")
	}
	add(views.KeyPane, tomlText(v.Pane))
	return lines
}

// tomlText is a text in quotes; nothing for none.
func tomlText(text string) string {
	if text == "" {
		return ""
	}
	var b strings.Builder
	for _, r := range text {
		switch {
		case r == '"' || r == '\\':
			b.WriteString(`\` + string(r))
		case unicode.IsControl(r):
			fmt.Fprintf(&b, `\u%04X`, r)
		default:
			b.WriteRune(r)
		}
	}
	return `"` + b.String() + `"`
}

// tomlKey is a name as a key: in quotes where it has other signs than a key may.
func tomlKey(name string) string {
	plain := func(r rune) bool {
		return r < unicode.MaxASCII && (unicode.IsLetter(r) || unicode.IsDigit(r) || r == '-' || r == '_')
	}
	if strings.ContainsFunc(name, func(r rune) bool { return !plain(r) }) {
		return `"` + name + `"`
	}
	return name
}
