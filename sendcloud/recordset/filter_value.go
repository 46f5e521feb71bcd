package recordset

import (
	"slices"
	"strings"
	"time"

	"bounceboard/sendcloud"
	"bounceboard/sendcloud/mailtext"
)

// parse returns one value of a list as it is compared: in small letters, words
// of the service as tokens. The empty value is rows without one.
func (f Field) parse(v string) (string, FilterReason) {
	v = foldASCII(v)
	switch strings.Trim(v, "()（）") {
	case "", "none", "空": // as tab puts it in and as tables show it
		return "", ""
	}
	if Column(f) == ByDomain { // as it is copied out of an address
		if v = strings.TrimPrefix(v, "@"); v == "" {
			return "", NoValue
		}
	}
	info := &columns[f]
	if token, known := names[f]()[v]; known || strings.Contains(v, "*") {
		if !known {
			token = v
		}
		return token, ""
	}
	switch Column(f) {
	case ByStatus:
		if s, known := sendcloud.ParseStatus(v); known {
			return s.String(), ""
		}
	case BySubStatus:
		if family, ok := strings.CutSuffix(v, "xx"); ok && (family == "4" || family == "5") {
			return family + "*", ""
		}
		return v, info.bad
	case ByProvider: // with or without the blanks of its name; other rules may know other providers
		for name, token := range names[f]() {
			if strings.ReplaceAll(name, " ", "") == strings.ReplaceAll(v, " ", "") {
				return token, ""
			}
		}
	case ByContradicts:
		if v == "no" || v == "否" {
			return "", ""
		}
	case ByPattern:
		if len(v) > 10 || strings.Trim(v, "abcdefghijklmnopqrstuvwxyz234567") != "" {
			return "", info.bad
		}
		return v + "*", ""
	}
	if info.bad == "" {
		return v, ""
	}
	found := map[string]bool{}
	for name, token := range names[f]() {
		if strings.HasPrefix(name, v) {
			found[token] = true
		}
	}
	for token := range found {
		if len(found) == 1 {
			return token, ""
		}
	}
	return "", info.bad
}

// leastShown is how many bytes of a word are looked for in what tables show
// beside texts: three letters, or a Chinese one.
const leastShown = 3

// show adds to a plain word what tables show with it: values whose names have
// it, and rows of a date or a time of day, 11-30 or 09:31.
func (t *term) show(word string, now time.Time) {
	for c := range words {
		if !columns[c].shown || len(word) < leastShown {
			continue
		}
		for name, token := range names[c]() {
			if strings.Contains(name, word) && !slices.Contains(t.shown[c], token) && (name != token || !strings.Contains(name, "_")) {
				if t.shown == nil {
					t.shown = map[Column][]string{}
				}
				t.shown[c] = append(t.shown[c], token)
			}
		}
		slices.Sort(t.shown[c])
	}
	if strings.ContainsAny(word, "-:") && strings.Trim(word, "0123456789-: ") == "" {
		if span, ok := parseMoment(word, now); ok {
			t.spans = append(t.spans, span)
		}
	}
}

// narrow turns full-width letters, digits and the signs of addresses into
// ASCII: an input method may be on. Other full-width signs are what replies in
// Chinese are written with.
func narrow(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= 'Ａ' && r <= 'Ｚ', r >= 'ａ' && r <= 'ｚ', r >= '０' && r <= '９', strings.ContainsRune("＠．＿－＊", r):
			return mailtext.HalfWidth(r)
		}
		return r
	}, text)
}

// glob says whether a value, in either case, is what a pattern with * says.
func glob(pattern, value string) bool {
	value = foldASCII(value)
	first, rest, star := strings.Cut(pattern, "*")
	if !star {
		return value == pattern
	}
	if !strings.HasPrefix(value, first) {
		return false
	}
	value = value[len(first):]
	for {
		part, after, more := strings.Cut(rest, "*")
		if !more {
			return strings.HasSuffix(value, part)
		}
		k := strings.Index(value, part)
		if k < 0 {
			return false
		}
		value, rest = value[k+len(part):], after
	}
}

// Term returns the filter's text that narrows to one value of a column, as a
// facet shows it; empty where there is none.
func Term(c Column, value string) string {
	f := Field(c)
	switch {
	case c == ByTook && value == "":
		return "!took:0s.."
	case c == ByTook:
		i := slices.Index(columns[ByTook].order(), value)
		return "took:" + tookBounds[max(i, 0)].term
	case (c == ByHour || c == ByDay) && value == "":
		return "!time:00:00..23:59"
	case c == ByHour:
		return "time:" + value + ":00.." + value + ":59"
	case c == ByDay:
		return "time:" + value
	case columns[c].kind != aToken:
		return ""
	case value == "":
		return f.String() + ":none"
	}
	return f.String() + ":" + f.quote(value)
}

// Between returns the filter's text for requests from one moment to before
// another: a bar of a histogram, or several.
func Between(from, to time.Time) string {
	const layout = "2006-01-02T15:04:05"
	return "time:" + from.In(sendcloud.Zone).Format(layout) + ".." + to.Add(-time.Second).In(sendcloud.Zone).Format(layout)
}

// Not returns the filter's text that excludes what a term's text narrows to.
func Not(term string) string {
	if bare, ok := strings.CutPrefix(term, "!"); ok {
		return bare
	}
	return "!" + term
}

// quote returns a value of the field as it has to be typed. A sub-status that
// the service does not document stands in quotes.
func (f Field) quote(value string) string {
	if _, known := names[f]()[value]; Column(f) == BySubStatus && !known && value != "" {
		return `"` + strings.Trim(Quote(value), `"`) + `"`
	}
	return Quote(value)
}
