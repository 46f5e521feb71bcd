package paste

import (
	"encoding/base64"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/width"

	"bounceboard/sendcloud"
)

var (
	percent = regexp.MustCompile(`%(?:25)*(?:24|40|23)`) // also encoded twice
	entity  = strings.NewReplacer("&lt;", "<", "&gt;", ">", "&quot;", `"`, "&#64;", "@", "&#36;", "$",
		"&amp;", "&", "！", " ", "？", " ", "\r\n", "\n", "\r", "\n")
)

// tidy undoes what links, web pages and input methods do to an id or an
// address: escapes, full-width forms, invisible characters.
func tidy(text string) string {
	text = width.Fold.String(entity.Replace(strings.ToValidUTF8(text, "\uFFFD")))
	text = strings.Map(func(r rune) rune {
		switch {
		case unicode.Is(unicode.Cf, r):
			return -1
		case r != '\n' && r != '\t' && (unicode.IsSpace(r) || unicode.IsControl(r)):
			return ' '
		}
		return r
	}, text)
	return percent.ReplaceAllStringFunc(text, func(escape string) string {
		switch {
		case strings.HasSuffix(escape, "24"):
			return "$"
		case strings.HasSuffix(escape, "40"):
			return "@"
		}
		return "#"
	})
}

const (
	// around are the signs that stand around a value and never in one.
	around = "\"`“”‘’「」『』<>()[]{}|=#"
	// rest of a local part and a domain, as far as a sign that ends it
	candidate = `[^\s$#,;:` + "\"`" + `<>()\[\]{}|=]+`
)

var (
	emailID   = regexp.MustCompile(`([A-Za-z0-9][A-Za-z0-9_.-]*)\$(` + candidate + `)(?:\$` + candidate + `)?`)
	queued    = regexp.MustCompile(`(?i)#([A-Za-z0-9][A-Za-z0-9_.-]{7,})#\s*queued`)
	messageID = regexp.MustCompile(`((?:[A-Za-z][A-Za-z0-9]{0,15}-){0,2}[0-9]{13}_[A-Za-z0-9]+(?:[._-]+[A-Za-z0-9]+)*)(@[A-Za-z0-9.-]+)?`)
	encoded   = regexp.MustCompile(`[A-Za-z0-9+/]{40,}={0,2}`)
	mailto    = regexp.MustCompile(`(?i)(mailto:[^\s?]*)\?[^\s<>"']*`)
	sender    = regexp.MustCompile(`(?i)(?:\b(?:mail ?from|from|sender|envelope-?from|return-?path|reply-?to)` +
		`(?:[\w.-]*["']?\s*[=:]\s*["']?<?|\s*<)|(?:发件人|发信人|发件地址|寄件人|回信地址|来自)\s*[=:]?\s*<?|<=\s*)[^\s<>,;"']*@[^\s<>,;"']*`)
	fromWhom = regexp.MustCompile(`(?i)\bfrom\s+<?[^\s<>]+@[^\s<>]+\s+(?:to|mon|tue|wed|thu|fri|sat|sun)\b`) // the days: an mbox's first line
)

// line reads one line of free text: a chat, a log, a row of a table.
func (r *reader) line(text string) {
	items, wrong := r.scan(text)
	r.NotUnderstood = append(r.NotUnderstood, wrong...)
	r.all = append(r.all, items...)
	if text = strings.TrimSpace(text); len(items)+len(wrong) == 0 && text != "" && !sender.MatchString(text) {
		r.NotUnderstood = append(r.NotUnderstood, text)
	}
}

// scan finds the items of a text. wrong are the words with an @ that are no
// address.
func (r *reader) scan(text string) (items []Item, wrong []string) {
	text = encoded.ReplaceAllStringFunc(text, func(word string) string {
		if log := decoded(word); log != "" {
			return " " + log + " "
		}
		return word
	})
	text = take(text, emailID, func(m []string) bool {
		item, ok := idOf(m[1], m[2])
		if ok {
			items = append(items, item)
		}
		return ok
	})
	found := func(m []string) bool {
		items = append(items, Item{MessageID, m[1], ""})
		return true
	}
	text = take(text, queued, found)
	text = take(text, messageID, func(m []string) bool {
		_, dated := Item{Kind: MessageID, Text: m[1]}.Sent()
		return dated && found(m)
	})
	text = r.withoutSenders(mailto.ReplaceAllString(text, "$1"))
	addresses, wrong := addressesIn(text)
	return joined(items, addresses), wrong
}

// idOf is an email id of its two halves. Chinese text may touch the recipient.
func idOf(message, to string) (Item, bool) {
	to = strings.TrimRight(endOfDomain(to), ".")
	if found, _ := sendcloud.ParseEmails(to); len(found) > 0 {
		return Item{EmailID, message + "$" + found[0], found[0]}, true
	}
	_, dated := Item{Kind: MessageID, Text: message}.Sent()
	return Item{EmailID, message + "$" + to, to}, dated && to != ""
}

// endOfDomain cuts off what follows an address in a link.
func endOfDomain(word string) string {
	at := strings.IndexByte(word, '@')
	if end := strings.IndexAny(word[at+1:], "&?/!*%"); at >= 0 && end >= 0 {
		return word[:at+1+end]
	}
	return word
}

// take hands each match to f and cuts out those that f accepts. A match that
// begins within a longer run of letters and digits is none.
func take(text string, what *regexp.Regexp, f func(groups []string) bool) string {
	var rest strings.Builder
	done := 0
	for _, m := range what.FindAllStringSubmatchIndex(text, -1) {
		if before := text[:m[0]]; before != "" && isWord(before[len(before)-1]) {
			continue
		}
		groups := make([]string, len(m)/2)
		for i := range groups {
			if m[2*i] >= 0 {
				groups[i] = text[m[2*i]:m[2*i+1]]
			}
		}
		if f(groups) {
			rest.WriteString(text[done:m[0]] + " ")
			done = m[1]
		}
	}
	return rest.String() + text[done:]
}

func isWord(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
}

// joined puts ids and addresses of one line together: an address that an id
// ends with is not listed again, and one address beside one message id is its
// recipient.
func joined(ids []Item, addresses []string) []Item {
	if len(ids) == 1 && ids[0].Kind == MessageID && len(addresses) == 1 {
		ids[0].Recipient = addresses[0]
		return ids
	}
	items := ids
	for _, address := range addresses {
		if !slices.ContainsFunc(ids, func(id Item) bool { return strings.EqualFold(id.Recipient, address) }) {
			items = append(items, Item{Address, address, address})
		}
	}
	return items
}

// addressesIn are the addresses among the words of a text. wrong are words with
// an @ that hold none.
func addressesIn(text string) (addresses, wrong []string) {
	for word := range strings.FieldsFuncSeq(text, func(r rune) bool {
		return r == ',' || r == ';' || r == '、' || unicode.IsSpace(r) || strings.ContainsRune(around, r)
	}) {
		if !strings.Contains(word, "@") || strings.Contains(word, "//") { // a link with a user's name
			continue
		}
		word = endOfDomain(word)
		found, _ := sendcloud.ParseEmails(word)
		addresses = append(addresses, found...)
		if len(found) == 0 && strings.Trim(word, "@.:-") != "" {
			wrong = append(wrong, word)
		}
	}
	return addresses, wrong
}

// withoutSenders takes the addresses out that the text calls the sender's.
func (r *reader) withoutSenders(text string) string {
	note := func(part string) string {
		found, _ := addressesIn(strings.NewReplacer(":", " ").Replace(part))
		r.Senders = append(r.Senders, found...)
		return " "
	}
	text = sender.ReplaceAllStringFunc(text, note)
	return fromWhom.ReplaceAllStringFunc(text, note)
}

// decoded is the text of a word in base64 when it is one of the service's
// X-SENDCLOUD-LOG headers, else empty.
func decoded(word string) string {
	text, err := base64.RawStdEncoding.DecodeString(strings.TrimRight(word, "="))
	if err != nil || !utf8.Valid(text) || !strings.Contains(string(text), "#") || !strings.ContainsAny(string(text), "$@") {
		return ""
	}
	return tidy(string(text))
}
