package recordset

import (
	"cmp"
	"maps"
	"regexp"
	"slices"
	"strings"
	"time"

	"bounceboard/sendcloud"
	"bounceboard/sendcloud/mailtext"
)

// mean gives the term its values, or says why it can have none: near is the right value that the wrong one is nearly.
func (t *term) mean(values []string, quoted bool, now time.Time) (reason FilterReason, near string) {
	var globs []string
	t.shown = map[Column][]string{}
	for _, v := range values {
		t.typed = append(t.typed, v)
		value := foldASCII(v)
		switch {
		case t.field.inTime():
			span, reason := parseInterval(t.field, v, now)
			if reason != "" {
				return reason, ""
			}
			t.spans = append(t.spans, span)
			continue
		case t.field == Words:
			t.show(value, now)
		case !t.field.inText():
			if value, reason, near = t.field.parse(value); reason != "" && !(quoted && Column(t.field) == BySubStatus) {
				return reason, near
			}
		}
		if t.field != Words && strings.Contains(value, "*") {
			globs = append(globs, strings.ReplaceAll(regexp.QuoteMeta(value), `\*`, ".*"))
		} else {
			t.values = append(t.values, value)
		}
	}
	if len(globs) > 0 {
		all := "(?:" + strings.Join(globs, "|") + ")"
		if Column(t.field) != ByReply {
			all = "^" + all + "$"
		}
		t.matches = regexp.MustCompile("(?is)" + all)
	}
	return "", ""
}

// parse returns one value of a list as it is compared: words of the service as
// tokens. The empty value is rows without one.
func (f Field) parse(v string) (token string, reason FilterReason, near string) {
	info := &columns[f]
	switch {
	case v == "" || v == "none" || v == "空": // as tab puts it in and as tables show it
		return "", "", ""
	case Column(f) == ByDomain: // as it is copied out of an address
		if v = strings.TrimPrefix(v, "@"); v == "" {
			return "", NoValue, ""
		}
		return v, "", ""
	}
	known := Column(f).tokensByName()
	if token, ok := known[v]; ok || info.order == nil && info.bad == "" || strings.Contains(v, "*") {
		return cmp.Or(token, v), "", ""
	}
	if Column(f) == ByContradicts && (v == "no" || v == "否") {
		return "", "", ""
	}
	if s, ok := sendcloud.ParseStatus(v); ok && Column(f) == ByStatus {
		return s.String(), "", ""
	}
	if Column(f) == BySubStatus && (v == "4xx" || v == "5xx") {
		return v[:1] + "*", "", ""
	}
	if info.shape != nil { // an address, a code, a pattern's id
		if !info.shape.MatchString(v) {
			return v, info.bad, ""
		}
		return cmp.Or(map[Column]string{ByPattern: v + "*"}[Column(f)], v), "", ""
	}
	begin := map[string]bool{}
	for name, token := range known { // with or without the blanks of its name
		if bare := strings.ReplaceAll(name, " ", ""); bare == strings.ReplaceAll(v, " ", "") {
			return token, "", ""
		}
		if strings.HasPrefix(name, v) {
			begin[token] = true
		}
	}
	if len(begin) == 1 && Column(f) != BySubStatus {
		return slices.Collect(maps.Keys(begin))[0], "", ""
	}
	if Column(f) != BySubStatus && len(v) > 2 { // a number near another is no help
		near, _ = Nearest(v, info.order())
	}
	if Column(f) == ByProvider && near == "" { // other rules may know other providers
		return v, "", ""
	}
	return v, info.bad, near
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
		var found []string
		for name, token := range c.tokensByName() {
			if strings.Contains(name, word) && (name != token || !strings.Contains(name, "_")) {
				found = append(found, token)
			}
		}
		if slices.Sort(found); len(found) > 0 {
			t.shown[c] = slices.Compact(found)
		}
	}
	if strings.ContainsAny(word, "-:") && strings.Trim(word, "0123456789-: ") == "" {
		if span, ok := parseMoment(word, now); ok {
			t.spans = append(t.spans, span)
		}
	}
}

// narrow turns full-width letters, digits and the signs of addresses into ASCII: an input method may be on. Other
// full-width signs are what replies in Chinese are written with.
func narrow(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= 'Ａ' && r <= 'Ｚ', r >= 'ａ' && r <= 'ｚ', r >= '０' && r <= '９', strings.ContainsRune("＠．＿－＊", r):
			return mailtext.HalfWidth(r)
		}
		return r
	}, text)
}

// Term returns the filter's text that narrows to one value of a column, as a facet shows it; empty where there is none.
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
	case columns[c].kind != "token":
		return ""
	case value == "":
		return f.String() + ":none"
	}
	return f.String() + ":" + f.quote(value)
}

// Between returns the filter's text for requests from one moment to before another: a bar of a histogram, or several.
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
	if _, known := Column(f).tokensByName()[value]; Column(f) == BySubStatus && !known && value != "" {
		return `"` + strings.Trim(Quote(value), `"`) + `"`
	}
	return Quote(value)
}
