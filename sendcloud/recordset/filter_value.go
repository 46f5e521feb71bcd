package recordset

import (
	"strconv"
	"strings"
	"time"

	"bounceboard/sendcloud"
	"bounceboard/sendcloud/bounce"
	"bounceboard/sendcloud/mailtext"
)

// parse is one value of a list as it is compared: in small letters, words of
// the service as tokens. The empty value is rows without one.
func (f Field) parse(v string) (string, FilterReason) {
	v = foldASCII(v)
	if v == "" || none[strings.TrimSuffix(strings.TrimPrefix(strings.NewReplacer("（", "(", "）", ")").Replace(v), "("), ")")] {
		return "", ""
	}
	if f == FieldDomain { // as it is copied out of an address
		if v = strings.TrimPrefix(v, "@"); v == "" {
			return "", NoValue
		}
	}
	if strings.Contains(v, "*") {
		return v, ""
	}
	ok := true
	switch f {
	case FieldStatus:
		if s, known := sendcloud.ParseStatus(v); known {
			return s.String(), ""
		}
		if v, ok = beginning(v, statusNames); !ok {
			return "", NotAStatus
		}
	case FieldSub:
		if family, ok := strings.CutSuffix(v, "xx"); ok && (family == "4" || family == "5") {
			return family + "*", ""
		}
		if !documented(v) {
			return "", NotASub
		}
	case FieldCause:
		if v, ok = beginning(v, causeNames); !ok {
			return "", NotACause
		}
	case FieldPerm:
		if _, known := bounce.ParsePermanence(v); known {
			return v, ""
		}
		if v, ok = beginning(v, permanenceNames); !ok {
			return "", NotPermanence
		}
	case FieldProvider:
		return provider(v), ""
	case FieldPattern:
		if len(v) > 10 || strings.Trim(v, "abcdefghijklmnopqrstuvwxyz234567") != "" {
			return "", NotAPattern
		}
		return v + "*", ""
	}
	return v, ""
}

// none are the words for rows without a value, as tab puts it in and as tables
// show it.
var none = map[string]bool{"none": true, "空": true}

// The names of values, in small letters, and their tokens.
var (
	statusNames = map[string]string{
		"delivered": "delivered", "invalid": "invalid", "soft_bounce": "soft_bounce", "soft bounce": "soft_bounce", "requested": "requested",
		"unknown": "unknown", "送达": "delivered", "无效邮件": "invalid", "软退信": "soft_bounce", "请求中": "requested", "未知状态": "unknown",
	}
	permanenceNames = map[string]string{
		"permanent": "permanent", "temporary": "temporary", "unknown": "unknown", "永久": "permanent", "临时": "temporary", "不明": "unknown",
		"no failure": "-", "没有失败": "-",
	}
	causeNames = func() map[string]string {
		names := map[string]string{}
		for _, c := range bounce.Causes() {
			for _, name := range []string{c.String(), c.Short("en"), c.Short("zh")} {
				names[strings.ToLower(name)] = c.String()
			}
		}
		return names
	}()
)

// beginning is the token of a name, or of the only token whose names begin so.
func beginning(text string, names map[string]string) (string, bool) {
	if token, ok := names[text]; ok {
		return token, true
	}
	found := ""
	for name, token := range names {
		if !strings.HasPrefix(name, text) || token == found {
			continue
		}
		if found != "" {
			return "", false
		}
		found = token
	}
	return found, found != ""
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

// Term is the filter's text that narrows to one value of a column, as a facet
// shows it; empty where there is none.
func Term(c Column, value string) string {
	switch c {
	case ByHour:
		if value == "" {
			return "!time:00:00..23:59"
		}
		return "time:" + value + ":00.." + value + ":59"
	case ByDay:
		if value == "" {
			return "!time:00:00..23:59"
		}
		return "time:" + value
	case ByTook:
		return tookTerm(value)
	}
	for _, f := range Fields() {
		if of, ok := f.column(); ok && of == c {
			if value == "" {
				return f.String() + ":none"
			}
			return f.String() + ":" + f.quote(value)
		}
	}
	return ""
}

func tookTerm(value string) string {
	from := uint32(0)
	for i, b := range tookBounds {
		switch {
		case b.value != value:
			from = b.seconds
			continue
		case i == len(tookBounds)-1:
			return "took:" + duration(from) + ".."
		}
		return "took:" + duration(from) + ".." + duration(b.seconds-1)
	}
	return "!took:0s.."
}

// duration writes seconds as parseDuration reads them.
func duration(n uint32) string {
	if n == 0 {
		return "0s"
	}
	var b strings.Builder
	for _, u := range []struct {
		seconds uint32
		name    byte
	}{{86400, 'd'}, {3600, 'h'}, {60, 'm'}, {1, 's'}} {
		if k := n / u.seconds; k > 0 {
			b.WriteString(strconv.Itoa(int(k)))
			b.WriteByte(u.name)
			n %= u.seconds
		}
	}
	return b.String()
}

// Between is the filter's text for requests from one moment to before another:
// a bar of a histogram, or several.
func Between(from, to time.Time) string {
	const layout = "2006-01-02T15:04:05"
	return "time:" + from.In(sendcloud.Zone).Format(layout) + ".." + to.Add(-time.Second).In(sendcloud.Zone).Format(layout)
}

// Not is the filter's text that excludes what a term's text narrows to.
func Not(term string) string {
	if bare, ok := strings.CutPrefix(term, "!"); ok {
		return bare
	}
	return "!" + term
}

// documented says whether a sub-status is one of the service's.
func documented(text string) bool {
	n, err := strconv.Atoi(text)
	return err == nil && sendcloud.SubStatus(n).Known()
}

// quote is a value of the field as it has to be typed. A sub-status that the
// service does not document stands in quotes.
func (f Field) quote(value string) string {
	if f == FieldSub && !documented(value) && value != "" {
		return `"` + strings.Trim(Quote(value), `"`) + `"`
	}
	return Quote(value)
}

// provider reads a token of package bounce, or a name as tables show it, with
// or without its blanks; other rules may know other providers.
func provider(text string) string {
	bare := func(t string) string { return strings.ToLower(strings.ReplaceAll(t, " ", "")) }
	for _, token := range bounce.Default().Providers() {
		for _, lang := range []string{"en", "zh"} {
			if bare(text) == bare(bounce.ProviderName(token, lang)) {
				return token
			}
		}
	}
	return text
}
