package sendcloudtest

import (
	"io"
	"maps"
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
	c := &Call{At: s.options.Now(), Method: r.Method, Path: r.URL.Path, UserAgent: r.UserAgent(), Params: maps.Clone(params)}
	c.KeyInURL = strings.Contains(r.URL.RawQuery, "apiKey=")
	delete(c.Params, "apiKey")
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.calls) == keptCalls {
		s.calls = slices.Delete(s.calls, 0, keptCalls/4)
	}
	s.calls = append(s.calls, c)
	s.callCount++
	return c
}

// readParams reads the query string and a form body of at most a megabyte. It
// keeps a raw ";", which the documentation uses to join lists.
func readParams(r *http.Request) url.Values {
	raw := r.URL.RawQuery
	if strings.HasPrefix(r.Header.Get("Content-Type"), "application/x-www-form-urlencoded") {
		body, _ := io.ReadAll(io.LimitReader(r.Body, 1<<20)) // of a client that is gone nobody reads the answer
		raw += "&" + string(body)
	}
	params, _ := url.ParseQuery(strings.ReplaceAll(raw, ";", "%3B")) // a pair that is damaged is left out
	return params
}
