package sendcloud

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"bounceboard/sendcloud/mailtext"
)

// narrow replaces what an input method or a web page puts into a value: full-width forms by the ASCII they stand for,
// ideographic stops by dots, blanks of every kind by a plain one, invisible characters by nothing.
func narrow(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '。' || r == '｡':
			return '.'
		case r == '、':
			return ','
		case r == '\u200b' || r == '\u200c' || r == '\u200d' || r == '\u2060' || r == '\ufeff' || r == '\u00ad':
			return -1
		case r != '\n' && unicode.IsSpace(r):
			return ' '
		}
		return mailtext.HalfWidth(r)
	}, strings.NewReplacer("\r\n", "\n", "\r", "\n", "\t", "\n").Replace(text))
}

const quotes = "\"'`“”‘’「」『』"

// ParseItems reads email ids, label ids or API users as people type and paste them: separated by comma, semicolon,
// blank, tab or line end, Chinese ones too, quoted or not. They are opaque, so that none is refused.
func ParseItems(text string) []string {
	var list []string
	for _, word := range strings.FieldsFunc(narrow(text), func(r rune) bool { return r == ',' || r == ';' || unicode.IsSpace(r) }) {
		if word = strings.Trim(word, quotes); word != "" {
			list = append(list, word)
		}
	}
	return distinct(list)
}

// ParseEmails reads addresses as people type and paste them: separated by comma, semicolon, blank, tab or line end,
// with names beside <>, mailto:, quotes, full-width characters, and Chinese text that touches them. The error is a
// *ParameterError and names the first word that is no address; the addresses come with it.
func ParseEmails(text string) ([]string, error) {
	var list []string
	var wrong, talk error
	named := strings.ContainsAny(text, "<＜") // words outside of <> are names
	for _, segment := range strings.FieldsFunc(narrow(sentences(text)), func(r rune) bool { return r == ',' || r == ';' || r == '\n' }) {
		words := strings.Fields(segment)
		if inside := bracketed.FindAllString(segment, -1); inside != nil {
			words = inside
		}
		for _, word := range words {
			bare := bareAddress(word)
			malformed := &ParameterError{Param: ParamEmail, Value: strings.Trim(word, "<>"), Reason: MalformedAddress}
			var found []string
			for _, part := range strings.FieldsFunc(bare, beside) {
				found = append(found, addresses.FindAllString(part, -1)...)
			}
			for i := range found {
				found[i] = strings.Trim(found[i], quotes+".:") // as bareAddress does at the ends of a word
			}
			good := slices.DeleteFunc(slices.Clone(found), func(a string) bool { return wrongAddress(a) != "" })
			list = append(list, good...)
			switch at := strings.Contains(bare, "@"); {
			case bare == "", len(good) == len(found) && at, named && !at:
			case !at && strings.ContainsFunc(bare, cjk): // speaks of the address
				talk = malformed
			case wrong == nil:
				wrong = malformed
			}
		}
	}
	if len(list) == 0 && wrong == nil {
		wrong = talk
	}
	return distinct(list), wrong
}

var bracketed = regexp.MustCompile(`<[^>]*>`)

// addresses finds what may be addresses in a word. Letters of scripts without blanks (C) touch an address:
// 收件人a@b.com的邮件. They are part of it where one stands before the @, behind a dot, or in the first label.
var addresses = regexp.MustCompile(strings.ReplaceAll(`(?:[^@C]*|[^@]*[C])@(?:(?:[^C]*\.|[^.C]*)[C].*|[^C]*)`,
	"C", `\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}`))

// bareAddress takes off what stands around an address in mails and on pages.
func bareAddress(word string) string {
	word = strings.Trim(word, quotes+"<>()[]{} ")
	if len(word) >= 7 && strings.EqualFold(word[:7], "mailto:") {
		word, _, _ = strings.Cut(word[7:], "?")
	}
	word, _, _ = strings.Cut(word, "|") // chat programs: <mailto:a@b|a@b>
	return strings.Trim(word, quotes+".:")
}

// ParseStatuses reads statuses by their words or numbers. The error is a
// *ParameterError and names the first item that is none; the statuses come with it.
func ParseStatuses(text string) ([]Status, error) {
	list := strings.FieldsFunc(narrow(text), func(r rune) bool { return r == ',' || r == ';' || r == '\n' })
	return parseEach(list, ParamStatus, func(item string) (Status, bool) { return ParseStatus(strings.ReplaceAll(item, "-", "_")) })
}

// ParseSubStatuses reads documented sub-status codes, separated as in ParseEmails, with the error of ParseStatuses.
func ParseSubStatuses(text string) ([]SubStatus, error) {
	return parseEach(ParseItems(text), ParamSubStatus, func(item string) (SubStatus, bool) {
		n, err := strconv.Atoi(item)
		return SubStatus(n), err == nil && SubStatus(n).Known()
	})
}

// parseEach reads the items of a list. The error names the first that is none.
func parseEach[T comparable](items []string, p Param, parse func(string) (T, bool)) (list []T, wrong error) {
	for _, item := range items {
		if item = strings.Trim(item, quotes+" "); item == "" {
			continue
		}
		if value, ok := parse(item); ok {
			list = append(list, value)
		} else if wrong == nil {
			wrong = &ParameterError{Param: p, Value: item, Reason: UnknownWord}
		}
	}
	return distinct(list), wrong
}

// cjk reports whether a letter belongs to a script that is written without
// blanks: text in it touches the address that it speaks of.
func cjk(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul)
}

// beside reports whether a sign is never part of an address.
func beside(r rune) bool {
	return r >= utf8.RuneSelf && r != '’' && r != '‘' && (unicode.IsPunct(r) || unicode.IsSymbol(r)) || strings.ContainsRune(`:()<>[]"`, r)
}

// sentences puts blanks for the signs that end a Chinese sentence: one between
// Latin letters is a dot that an input method wrote.
func sentences(text string) string {
	runes := []rune(text)
	for i, r := range runes {
		stop := (r == '。' || r == '｡') && i > 0 && !cjk(runes[i-1]) && i+1 < len(runes) && cjk(runes[i+1])
		if stop || r == '！' || r == '？' {
			runes[i] = ' '
		}
	}
	return string(runes)
}
