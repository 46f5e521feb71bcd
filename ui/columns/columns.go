// Package columns is which columns the table shows: their names, their usual widths, and the screen on which they are chosen.
package columns

import (
	"slices"
	"strconv"
	"strings"

	"bounceboard/sendcloud/recordset"
	"bounceboard/ui/words"
)

// Choice is a column that somebody wants to see, and how wide. Width 0: as wide as is usual.
type Choice struct {
	Column recordset.Column
	Width  int
}

// The bounds of a width.
const (
	Narrowest = 3
	Widest    = 200
)

// Parse reads a column's name, "recipient", or with its width, "recipient:34". A name is a token of recordset, what a filter calls
// the column, or its head in the table in either language.
func Parse(text string) (c Choice, ok bool) {
	name, width, given := strings.Cut(strings.ReplaceAll(text, "：", ":"), ":")
	if given {
		var err error
		if c.Width, err = strconv.Atoi(strings.TrimSpace(width)); err != nil || c.Width < Narrowest || c.Width > Widest {
			return c, false
		}
	}
	c.Column, ok = named(name)
	return c, ok
}

func named(name string) (recordset.Column, bool) {
	plain := func(s string) string {
		return strings.NewReplacer(" ", "-", "_", "-").Replace(strings.ToLower(strings.TrimSpace(s)))
	}
	for _, c := range recordset.ListColumns() {
		known := append(slices.Clone(recordset.Field(c).Names()), c.String(), words.ColumnName(words.English, c), words.ColumnName(words.Chinese, c))
		if slices.ContainsFunc(known, func(s string) bool { return plain(s) == plain(name) }) {
			return c, true
		}
	}
	return 0, false
}

// String is the choice as Parse reads it.
func (c Choice) String() string {
	if c.Width == 0 {
		return c.Column.String()
	}
	return c.Column.String() + ":" + strconv.Itoa(c.Width)
}

// ParseAll reads several names. wrong is the first of them that is no column, or one that was there before; empty where there is none.
func ParseAll(names []string) (all []Choice, wrong string) {
	for _, name := range names {
		c, ok := Parse(name)
		if !ok || slices.ContainsFunc(all, func(was Choice) bool { return was.Column == c.Column }) {
			return all, name
		}
		all = append(all, c)
	}
	return all, ""
}

// Strings are choices as ParseAll reads them; nil for none.
func Strings(all []Choice) (names []string) {
	for _, c := range all {
		names = append(names, c.String())
	}
	return names
}

// Names are the names of all columns.
func Names() (all []string) {
	for _, c := range recordset.ListColumns() {
		all = append(all, c.String())
	}
	return all
}

var usual = map[recordset.Column]int{recordset.ByStatus: 13, recordset.BySubStatus: 3, recordset.ByCause: 15, recordset.ByPermanence: 10,
	recordset.ByProvider: 17, recordset.ByDomain: 18, recordset.ByAPIUser: 12, recordset.ByPattern: 10, recordset.ByRefusedIP: 15,
	recordset.ByHour: 4, recordset.ByDay: 10, recordset.ByTook: 6, recordset.ByParty: 19, recordset.ByCode: 9, recordset.ByContradicts: 4,
	recordset.ByRecipient: 28, recordset.ByRequested: 11, recordset.ByModified: 11, recordset.ByReply: 24, recordset.ByEmailID: 30}

// Usual is how wide a column is where nobody says it.
func Usual(l words.Lang, c recordset.Column) int {
	switch {
	case l == words.Chinese && c == recordset.ByStatus:
		return 10
	case l == words.Chinese && c == recordset.BySubStatus:
		return 6
	}
	return usual[c]
}
