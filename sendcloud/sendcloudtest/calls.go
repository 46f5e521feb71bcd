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
	Fault     Fault      // what was done to it, or empty
	Code      int        // statusCode of the answer, or 0 where a fault or a handler answered
	Cached    bool       // answered from the ten-minute cache
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

// note writes a call down when it arrives and returns what completes the entry.
func (s *Server) note(r *http.Request, params url.Values) (complete func(func(*Call))) {
	c := &Call{At: s.options.Now(), Method: r.Method, Path: r.URL.Path, UserAgent: r.UserAgent(), Params: url.Values{}}
	inURL := url.Values{}
	parsePairs(inURL, r.URL.RawQuery)
	c.KeyInURL = inURL.Has("apiKey")
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
	return func(change func(*Call)) {
		s.mu.Lock()
		defer s.mu.Unlock()
		change(c)
	}
}

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
