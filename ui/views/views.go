// Package views is questions that are kept under a name: what is asked of the service, and how its rows are filtered, sorted and
// shown. Any of their texts may hold variables, such as {days}, which stand for what is typed when the view is opened.
package views

import (
	"errors"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"bounceboard/sendcloud"
	"bounceboard/sendcloud/recordset"
	"bounceboard/ui/columns"
	"bounceboard/ui/words"
)

// View is a question with a name. What is empty is left as it is when the view is opened.
type View struct {
	Name    string
	Query   []Value  // in the order of the flags
	Filter  string   // as it is typed
	Order   string   // a column; a minus before it: descending; a comma, and the column by which equal rows are sorted
	Columns []string // of the table
	Pane    string   // one of Panes
}

// Value is a field of a query, by its flag's name without the dashes, and its text as the flag takes it.
type Value struct{ Field, Text string }

// Panes are what can be shown beside the table.
func Panes() []string { return []string{"detail", "facets", "timeline", "none"} }

// Names of the keys of a view, as errors of Check have them; a field of the query is "query." and its name.
const (
	KeyFilter, KeyQuery, KeyOrder, KeyColumns, KeyPane = "filter", "query", "order", "columns", "pane"
)

// Error is what is wrong with a view.
type Error struct {
	Key  string // where: KeyFilter, "query.days" and so on
	What *words.Message
}

// Error says it in English.
func (e *Error) Error() string { return e.What.Error() }

func wrong(key string, said func(words.Lang) string) *Error {
	return &Error{key, words.Filled(words.Labelling, key, words.Sentence{EN: said(words.English), ZH: said(words.Chinese)})}
}

// Check says what cannot be right, nil where nothing is. What holds a variable is checked when it is filled.
func (v View) Check(now time.Time) *Error {
	var q sendcloud.Query
	constant := v
	constant.Query = slices.DeleteFunc(slices.Clone(v.Query), func(value Value) bool {
		return len(variablesIn(value.Text)) > 0 && slices.Contains(Fields(), value.Field)
	})
	if err := constant.Read(&q, now); err != nil {
		return err
	}
	if len(variablesIn(v.Filter)) == 0 {
		_, err := recordset.ParseFilter(v.Filter, now)
		if bad, ok := errors.AsType[*recordset.FilterError](err); ok {
			return wrong(KeyFilter, func(l words.Lang) string { return words.FilterError(l, bad) })
		}
	}
	if _, ok := v.Sorted(); !ok {
		return &Error{KeyOrder, words.NotAChoice(KeyOrder, v.Order, columns.Names())}
	}
	if _, wrong := columns.ParseAll(v.Columns); wrong != "" {
		return &Error{KeyColumns, words.NotAChoice(KeyColumns, wrong, columns.Names())}
	}
	if v.Pane != "" && !slices.Contains(Panes(), v.Pane) {
		return &Error{KeyPane, words.NotAChoice(KeyPane, v.Pane, Panes())}
	}
	return nil
}

// Sorted is the order; nil: none is given. ok is false where it names no column.
func (v View) Sorted() (o *recordset.Order, ok bool) {
	if v.Order == "" {
		return nil, true
	}
	first, second, two := strings.Cut(v.Order, ",")
	o = &recordset.Order{Second: two}
	if o.By, o.Descending, ok = sortKey(first); two && ok {
		o.Then, o.ThenDescending, ok = sortKey(second)
	}
	return o, ok
}

// sortKey reads a column, with a minus before it for the other direction.
func sortKey(text string) (c recordset.Column, descending, ok bool) {
	name, descending := strings.CutPrefix(strings.TrimSpace(text), "-")
	choice, ok := columns.Parse(name)
	return choice.Column, descending, ok && choice.Width == 0
}

// OrderText is an order as a view has it.
func OrderText(o *recordset.Order) string {
	if o == nil {
		return ""
	}
	minus := map[bool]string{true: "-"}
	text := minus[o.Descending] + o.By.String()
	if o.Second {
		text += "," + minus[o.ThenDescending] + o.Then.String()
	}
	return text
}

// mark is a variable in a text. A number in braces and a class such as \p{Han} belong to a regular expression.
var mark = regexp.MustCompile(`(\\[pP])?\{(\p{L}[\p{L}\p{N}_-]*)\}`)

func variablesIn(text string) (names []string) {
	for _, found := range mark.FindAllStringSubmatch(text, -1) {
		if found[1] == "" {
			names = append(names, found[2])
		}
	}
	return names
}

// Variables are the names that stand in braces, each once, those of the query first.
func (v View) Variables() (names []string) {
	for _, text := range append(v.texts(), v.Filter) {
		for _, name := range variablesIn(text) {
			if !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
	}
	return names
}

func (v View) texts() (all []string) {
	for _, value := range v.Query {
		all = append(all, value.Text)
	}
	return all
}

// Filled is the view with what its variables stand for.
func (v View) Filled(values map[string]string) View {
	fill := func(text string) string {
		return mark.ReplaceAllStringFunc(text, func(m string) string {
			if value, ok := values[strings.Trim(m, "{}")]; ok {
				return value
			}
			return m
		})
	}
	v.Query, v.Filter = slices.Clone(v.Query), fill(v.Filter)
	for i := range v.Query {
		v.Query[i].Text = fill(v.Query[i].Text)
	}
	return v
}

// Name reports whether a text can name a view: what is printed, without the signs that a configuration keeps for itself.
func Name(text string) bool {
	return text != "" && text == strings.Join(strings.Fields(text), " ") && utf8.RuneCountInString(text) <= longestName &&
		!strings.ContainsFunc(text, func(r rune) bool { return !unicode.IsPrint(r) || strings.ContainsRune(`"'\[]`, r) })
}

const longestName = 60

// Beside is the view where flags are given on a command line: values that stand for flags, and what is left to be asked for and shown.
// given says which flags are; one about days is given for all of them. filters of the command line hold beside the view's.
func (v View) Beside(given func(flag string) bool, filters []string) (known []Value, together []string, open View) {
	span := slices.ContainsFunc(spanFields, given)
	open = v
	open.Query, open.Filter = nil, ""
	for _, value := range v.Query {
		switch {
		case given(value.Field), span && slices.Contains(spanFields, value.Field):
		case len(variablesIn(value.Text)) > 0:
			open.Query = append(open.Query, value)
		default:
			known = append(known, value)
		}
	}
	if v.Filter != "" {
		filters = append([]string{v.Filter}, filters...)
	}
	if len(variablesIn(v.Filter)) == 0 {
		return known, filters, open
	}
	if open.Filter = filters[0]; len(filters) > 1 {
		open.Filter = "(" + strings.Join(filters, ") (") + ")"
	}
	return known, nil, open
}

var spanFields = []string{words.FlagOf(sendcloud.ParamDays), words.FlagOf(sendcloud.ParamStartDate), words.FlagOf(sendcloud.ParamEndDate)}
