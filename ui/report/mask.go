package report

import (
	"encoding/base64"
	"regexp"
	"strings"
	"unicode/utf8"
)

// Mask hides who an address belongs to: l***@qq.com. What is no address is hidden
// but for its first character.
func Mask(address string) string {
	first, _ := utf8.DecodeRuneInString(address)
	local := strings.LastIndexByte(address, '@')
	switch {
	case address == "":
		return ""
	case local <= 0:
		return string(first) + "***"
	}
	return string(first) + "***" + address[local:]
}

// name is a local part: all but the signs that stand around an address.
const name = `[^\s<>()\[\]{}:;,"'=|/?&@＠]+`

var (
	// What stands before an @, also one that is escaped as in links or in MIME.
	inText  = regexp.MustCompile(name + `(?:@|＠|%40)|` + name + `=40[\pL\pN-]+\.\pL`)
	encoded = regexp.MustCompile(`[A-Za-z0-9+/_-]{12,}={0,2}`)
)

// MaskText masks every address in a reply, and the recipient's name where it stands
// without its domain. Base64 that hides an address goes whole.
func MaskText(text, recipient string) string {
	text = encoded.ReplaceAllStringFunc(text, func(word string) string {
		plain, err := base64.RawStdEncoding.DecodeString(strings.TrimRight(strings.NewReplacer("-", "+", "_", "/").Replace(word), "="))
		if err == nil && utf8.Valid(plain) && strings.ContainsAny(string(plain), "@") {
			return "***"
		}
		return word
	})
	text = inText.ReplaceAllStringFunc(text, func(address string) string {
		first, _ := utf8.DecodeRuneInString(address)
		return string(first) + "***" + address[strings.LastIndexAny(address, "@＠%="):]
	})
	local, _, _ := strings.Cut(recipient, "@")
	const least = 3 // shorter names are everywhere
	if utf8.RuneCountInString(local) < least {
		return text
	}
	alone, err := regexp.Compile(`(?i)(^|[^\pL\pN])` + regexp.QuoteMeta(local) + `($|[^\pL\pN])`)
	if err != nil {
		return text
	}
	return alone.ReplaceAllString(text, "${1}"+strings.ReplaceAll(Mask(local), "$", "$$")+"${2}")
}
