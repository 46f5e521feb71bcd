package sendcloudtest

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"maps"
	"net"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Fault is something that goes wrong with a call.
type Fault string

// Faults. Those of the last group change the service's own answer and may
// come together; the others take its place.
const (
	Fault5xx       Fault = "5xx"      // 500, 502, 503 or 504 with an HTML page
	FaultHTML      Fault = "html"     // HTTP 200 with a proxy's HTML page
	FaultReset     Fault = "reset"    // the connection is reset without an answer
	FaultHang      Fault = "hang"     // no answer ever
	FaultFrequency Fault = "50000"    // the account's calls are too frequent
	FaultServer    Fault = "501"      // the service's own "server exception"
	Fault429       Fault = "429"      // HTTP 429 with Retry-After
	Fault401       Fault = "401"      // HTTP 401 with HTML, not the service's words
	Fault403       Fault = "403"      // HTTP 403 with HTML
	FaultRedirect  Fault = "redirect" // 307 to another path of this server
	FaultHuge      Fault = "huge"     // a body of 200 MB
	FaultNull      Fault = "null"     // the body is null
	FaultList      Fault = "list"     // the body is a list
	FaultEmpty     Fault = "empty"    // HTTP 200 with nothing

	FaultDelay   Fault = "delay"   // the answer comes late: see Options.Delay
	FaultCut     Fault = "cut"     // the connection ends within the body
	FaultDrip    Fault = "drip"    // a few bytes at a time
	FaultBOM     Fault = "bom"     // a byte order mark before the body
	FaultUTF8    Fault = "utf8"    // bytes that are no UTF-8 in the message
	FaultHostile Fault = "hostile" // hostile text in rows (the rate is the share of rows) and the message; see HostileTexts
	FaultNulls   Fault = "nulls"   // rows whose values are all null, and rows that are null (the rate is the share of rows)
)

var knownFaults = []Fault{
	Fault5xx, FaultHTML, FaultReset, FaultHang, FaultFrequency, FaultServer, Fault429, Fault401, Fault403, FaultRedirect, FaultHuge,
	FaultNull, FaultList, FaultEmpty, FaultDelay, FaultCut, FaultDrip, FaultBOM, FaultUTF8, FaultHostile, FaultNulls,
}

// KnownFaults lists every fault.
func KnownFaults() []Fault { return slices.Clone(knownFaults) }

// Faults is how often each fault happens: from 0 (never) to 1 (always).
type Faults map[Fault]float64

// ParseFaults reads "5xx=0.01,delay=0.2". An error names what is wrong and,
// for an unknown kind, all the known ones.
func ParseFaults(text string) (Faults, error) {
	faults := Faults{}
	for item := range strings.SplitSeq(text, ",") {
		if item = strings.TrimSpace(item); item == "" {
			continue
		}
		kind, rate, found := strings.Cut(item, "=")
		if !found {
			return nil, fmt.Errorf("fault %q has no rate; write %s=0.1", item, kind)
		}
		share, err := strconv.ParseFloat(rate, 64)
		if err != nil {
			return nil, fmt.Errorf("fault %q: the rate is a number from 0 to 1, such as 0.05", item)
		}
		faults[Fault(strings.TrimSpace(kind))] = share
	}
	return faults, faults.check()
}

// String is the text that [ParseFaults] reads.
func (f Faults) String() string {
	var items []string
	for _, kind := range slices.Sorted(maps.Keys(f)) {
		items = append(items, string(kind)+"="+strconv.FormatFloat(f[kind], 'g', -1, 64))
	}
	return strings.Join(items, ",")
}

func (f Faults) check() error {
	for _, kind := range slices.Sorted(maps.Keys(f)) {
		if !slices.Contains(knownFaults, kind) {
			return fmt.Errorf("unknown fault %q; known are %s", kind, joinFaults(knownFaults))
		}
		if rate := f[kind]; !(rate >= 0 && rate <= 1) {
			return fmt.Errorf("fault %s=%v: the rate is a number from 0 to 1", kind, rate)
		}
	}
	return nil
}

func joinFaults(faults []Fault) string {
	words := make([]string, len(faults))
	for i, f := range faults {
		words[i] = string(f)
	}
	return strings.Join(words, ", ")
}

// inRows are faults whose rate is a share of rows, not of calls.
func inRows(f Fault) bool { return f == FaultHostile || f == FaultNulls }

// roll decides what goes wrong with a call: always the same for the same seed
// and number.
func (o *Options) roll(call int) (hit []Fault) {
	for i, f := range knownFaults {
		if rate := o.Faults[f]; rate > 0 && !inRows(f) && share(hash(o.Seed+uint64(i), uint64(call), forFault), rate) {
			hit = append(hit, f)
		}
	}
	return hit
}

// scripted is what a call of the script gets.
type scripted struct {
	fault   Fault
	refusal *refusal
}

// Script makes the next n calls (after those already scripted) meet a fault.
// Scripted calls meet no fault by rate. With FaultHostile and FaultNulls every
// row of the answer is affected. It panics on an unknown fault.
func (s *Server) Script(n int, f Fault) {
	if !slices.Contains(knownFaults, f) {
		panic(fmt.Sprintf("sendcloudtest: unknown fault %q; known are %s", f, joinFaults(knownFaults)))
	}
	s.script(n, scripted{fault: f})
}

// ScriptCode makes the next n calls fail with a code of the service, such as
// 40000 or 40005.
func (s *Server) ScriptCode(n, code int, message string) {
	s.script(n, scripted{refusal: &refusal{code, message}})
}

func (s *Server) script(n int, what scripted) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.scripts = append(s.scripts, slices.Repeat([]scripted{what}, max(0, n))...)
}

const proxyPage = "<!DOCTYPE html>\n<html><head><title>%s</title></head>\n<body><center><h1>%s</h1></center><hr><center>nginx</center></body></html>\n"

// htmlFaults are the faults that answer with a page of HTML, and its HTTP status.
var htmlFaults = map[Fault][]int{
	Fault5xx: {500, 502, 503, 504}, FaultHTML: {200}, Fault401: {401}, Fault403: {403}, Fault429: {429},
}

// bodyFaults are the faults that take the place of the body.
var bodyFaults = map[Fault]string{FaultNull: "null", FaultList: `[{"result":true,"statusCode":200}]`, FaultEmpty: ""}

// replace plays a fault that takes the place of the answer.
func (s *Server) replace(w http.ResponseWriter, r *http.Request, f Fault, call int) {
	if statuses := htmlFaults[f]; statuses != nil {
		if f == Fault429 {
			w.Header().Set("Retry-After", strconv.Itoa(int((s.options.RetryAfter+time.Second-1)/time.Second)))
		}
		htmlPage(w, pick(uint64(call), statuses))
		return
	}
	switch f {
	case FaultReset:
		reset(w)
	case FaultHang:
		s.wait(r, 0)
		panic(http.ErrAbortHandler)
	case FaultRedirect:
		w.Header().Set("Location", "http://"+r.Host+"/elsewhere"+r.URL.Path)
		w.WriteHeader(http.StatusTemporaryRedirect)
	case FaultHuge:
		huge(w)
	default:
		s.send(w, r, http.StatusOK, []byte(bodyFaults[f]), nil)
	}
}

func htmlPage(w http.ResponseWriter, status int) {
	title := fmt.Sprintf("%d %s", status, http.StatusText(status))
	if status == http.StatusOK {
		title = "Please sign in"
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	_, _ = fmt.Fprintf(w, proxyPage, title, title) // the client may be gone
}

// reset ends the connection with a TCP reset where that is possible.
func reset(w http.ResponseWriter) {
	if h, ok := w.(http.Hijacker); ok {
		if conn, _, err := h.Hijack(); err == nil {
			if tcp, ok := conn.(*net.TCPConn); ok {
				_ = tcp.SetLinger(0) // a close without a reset will do
			}
			_ = conn.Close() // nobody is left to tell
			return
		}
	}
	panic(http.ErrAbortHandler)
}

// huge sends a body of 200 MB that begins like an answer.
func huge(w http.ResponseWriter) {
	w.Header().Set("Content-Type", "application/json;charset=UTF-8")
	row := `{"emailId":"1$a@example.com","status":"送达","recipients":"a@example.com","sendLog":"successfully delivered"},`
	chunk := []byte(strings.Repeat(row, 1+(1<<16)/len(row)))
	sent, err := w.Write([]byte(`{"result":true,"statusCode":200,"message":"请求成功","info":{"total":"2000000","voListSize":100,"voList":[`))
	for n := 0; err == nil && sent < 200<<20; sent += n {
		n, err = w.Write(chunk)
	}
}

// wait lets time pass until d is over (0: for ever), the client gives up, or
// the server closes. It reports whether the call should go on.
func (s *Server) wait(r *http.Request, d time.Duration) bool {
	var over <-chan time.Time
	if d > 0 {
		timer := time.NewTimer(d)
		defer timer.Stop()
		over = timer.C
	}
	select {
	case <-over:
		return true
	case <-r.Context().Done():
	case <-s.closed:
	}
	return false
}

func compressed(body []byte) []byte {
	var b bytes.Buffer
	z, _ := gzip.NewWriterLevel(&b, gzip.BestSpeed) // a known level is no error
	_, _ = z.Write(body)                            // nor is writing to memory
	_ = z.Close()
	return b.Bytes()
}

// Pieces of a dripping answer.
const (
	dripBytes = 64
	dripPause = 10 * time.Millisecond
)

// send writes a body, as the faults that only change the answer have it.
func (s *Server) send(w http.ResponseWriter, r *http.Request, status int, body []byte, hit []Fault) {
	if slices.Contains(hit, FaultUTF8) {
		body = bytes.Replace(body, []byte(`"message":"`), []byte("\"message\":\"\xff\xc3\x28\xe4\xbd "), 1)
	}
	if slices.Contains(hit, FaultBOM) {
		body = append([]byte("\ufeff"), body...)
	}
	h := w.Header()
	h.Set("Content-Type", "application/json;charset=UTF-8")
	if s.options.Gzip && strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
		h.Set("Content-Encoding", "gzip")
		body = compressed(body)
	}
	h.Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(status)
	if slices.Contains(hit, FaultCut) {
		_, _ = w.Write(body[:len(body)/2]) // an error is what is wanted
		_ = http.NewResponseController(w).Flush()
		panic(http.ErrAbortHandler)
	}
	if !slices.Contains(hit, FaultDrip) {
		_, _ = w.Write(body) // the client may be gone
		return
	}
	for piece := range slices.Chunk(body, dripBytes) {
		if _, err := w.Write(piece); err != nil {
			return
		}
		if err := http.NewResponseController(w).Flush(); err != nil || !s.wait(r, dripPause) {
			return
		}
	}
}
