package sendcloudtest

import (
	"io"
	"mime"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
)

// Call is one call the server got. It never holds a key.
type Call struct {
	At        time.Time
	Method    string
	Path      string
	UserAgent string
	Params    url.Values // without apiKey
	KeyInURL  bool       // the key stood in the query string: it is in somebody's log now
	Code      int        // statusCode of the answer, or 0 where a fault took its place
}

// keptCalls bounds the log; [Server.CallCount] goes on.
const keptCalls = 20_000

// Calls returns the calls so far, oldest first: the last 20,000.
func (s *Server) Calls() []Call {
	s.mu.Lock()
	defer s.mu.Unlock()
	calls := make([]Call, len(s.calls))
	for i, c := range s.calls {
		calls[i] = *c
	}
	return calls
}

// CallCount is how many calls there were.
func (s *Server) CallCount() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.callCount
}

// ForgetCalls empties the log.
func (s *Server) ForgetCalls() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.calls, s.callCount = nil, 0
}

// note writes a call down when it arrives.
func (s *Server) note(r *http.Request, params url.Values) *Call {
	inURL := url.Values{}
	parsePairs(inURL, r.URL.RawQuery)
	c := &Call{At: s.options.Now(), Method: r.Method, Path: r.URL.Path, UserAgent: r.UserAgent(), Params: url.Values{}, KeyInURL: inURL.Has("apiKey")}
	for name, values := range params {
		if name != "apiKey" {
			c.Params[name] = values
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.calls) == keptCalls {
		s.calls = slices.Delete(s.calls, 0, keptCalls/4)
	}
	s.calls = append(s.calls, c)
	s.callCount++
	return c
}

// readParams reads the query string and a form body of at most a megabyte. Unlike
// url.ParseQuery it keeps a raw ";", which the documentation uses to join lists.
func readParams(r *http.Request) (url.Values, error) {
	params := url.Values{}
	parsePairs(params, r.URL.RawQuery)
	kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if r.Method != http.MethodPost || err != nil || kind != "application/x-www-form-urlencoded" {
		return params, nil
	}
	body, err := io.ReadAll(io.LimitReader(r.Body, 1<<20))
	parsePairs(params, string(body))
	return params, err
}

// parsePairs decodes what it can; a damaged escape stands for itself.
func parsePairs(into url.Values, raw string) {
	for pair := range strings.SplitSeq(raw, "&") {
		name, value, _ := strings.Cut(pair, "=")
		if plain, err := url.QueryUnescape(value); err == nil {
			value = plain
		}
		if pair != "" {
			into[name] = append(into[name], value)
		}
	}
}
