package sendcloudtest

import (
	"io"
	"mime"
	"net/http"
	"net/url"
	"strings"
)

const maxForm = 1 << 20

// readParams reads the query string and a form body. Unlike url.ParseQuery it
// keeps a raw ";", which the documentation uses to join lists.
func readParams(r *http.Request) (url.Values, error) {
	params := url.Values{}
	parsePairs(params, r.URL.RawQuery)
	kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if r.Method != http.MethodPost || err != nil || kind != "application/x-www-form-urlencoded" {
		return params, nil
	}
	body, err := io.ReadAll(io.LimitReader(r.Body, maxForm))
	parsePairs(params, string(body))
	return params, err
}

func parsePairs(into url.Values, raw string) {
	for pair := range strings.SplitSeq(raw, "&") {
		if pair == "" {
			continue
		}
		name, value, _ := strings.Cut(pair, "=")
		name, value = unescape(name), unescape(value)
		into[name] = append(into[name], value)
	}
}

// unescape decodes what it can; a damaged escape stands for itself.
func unescape(s string) string {
	plain, err := url.QueryUnescape(s)
	if err != nil {
		return s
	}
	return plain
}
