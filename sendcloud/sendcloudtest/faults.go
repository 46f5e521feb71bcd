package sendcloudtest

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"net"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Fault is something that goes wrong with a call.
type Fault string

// Faults. Those of the last group change the service's own answer and may come together; the others take its place.
const (
	Fault5xx       Fault = "5xx"      // 500, 502, 503 or 504 with an HTML page
	FaultHTML      Fault = "html"     // HTTP 200 with a proxy's HTML page
	FaultReset     Fault = "reset"    // the connection is reset without an answer
	FaultHang      Fault = "hang"     // no answer ever
	FaultFrequency Fault = "50000"    // the account's calls are too frequent
	FaultServer    Fault = "501"      // the service's own "server exception"
	Fault429       Fault = "429"      // HTTP 429 with Retry-After: 1
	Fault401       Fault = "401"      // HTTP 401 with HTML, not the service's words
	Fault403       Fault = "403"      // HTTP 403 with HTML
	FaultRedirect  Fault = "redirect" // 307 to another path of this server
	FaultNull      Fault = "null"     // the body is null
	FaultList      Fault = "list"     // the body is a list
	FaultEmpty     Fault = "empty"    // HTTP 200 with nothing

	FaultDelay   Fault = "delay"   // the answer comes late: see Options.Delay
	FaultCut     Fault = "cut"     // the connection ends within the body
	FaultBOM     Fault = "bom"     // a byte order mark before the body
	FaultUTF8    Fault = "utf8"    // bytes that are no UTF-8 in the message
	FaultHostile Fault = "hostile" // hostile text in rows (the rate is the share of rows) and the message; see HostileTexts
	FaultNulls   Fault = "nulls"   // rows whose values are all null, and rows that are null (the rate is the share of rows)
)

var knownFaults = []Fault{
	Fault5xx, FaultHTML, FaultReset, FaultHang, FaultFrequency, FaultServer, Fault429, Fault401, Fault403, FaultRedirect,
	FaultNull, FaultList, FaultEmpty, FaultDelay, FaultCut, FaultBOM, FaultUTF8, FaultHostile, FaultNulls,
}

// KnownFaults lists every fault.
func KnownFaults() []Fault { return slices.Clone(knownFaults) }

// Faults is how often each fault happens: from 0 (never) to 1 (always).
type Faults map[Fault]float64

// ParseFaults reads "5xx=0.01,delay=0.2". An error names the item that is wrong and all the known kinds.
func ParseFaults(text string) (Faults, error) {
	faults := Faults{}
	for item := range strings.FieldsFuncSeq(text, func(r rune) bool { return r == ',' || r == ' ' }) {
		kind, rate, _ := strings.Cut(item, "=")
		share, err := strconv.ParseFloat(rate, 64)
		if err != nil {
			share = -1 // no rate at all
		}
		faults[Fault(kind)] = share
	}
	return faults, faults.check()
}

func (f Faults) check() error {
	for kind, rate := range f {
		if !slices.Contains(knownFaults, kind) || !(rate >= 0 && rate <= 1) {
			return fmt.Errorf("sendcloudtest: fault %s: write %s=RATE, from 0 to 1; known are %v", kind, kind, knownFaults)
		}
	}
	return nil
}

// fate is what a call gets: faults, or a refusal.
type fate struct {
	faults  []Fault
	refusal *refusal
}

// nextFate is what the script or the dice have for the next call, and its
// number. The same seed and number give the same faults.
func (s *Server) nextFate() (next fate, call int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.served++
	if len(s.scripts) > 0 {
		next, s.scripts = s.scripts[0], s.scripts[1:]
		return next, s.served
	}
	for i, f := range knownFaults {
		inRows := f == FaultHostile || f == FaultNulls // their rate is a share of rows
		rate := s.options.Faults[f]
		if rate > 0 && !inRows && share(hash(s.options.Seed+uint64(i), uint64(s.served), forFault), rate) {
			next.faults = append(next.faults, f)
		}
	}
	return next, s.served
}

// Script makes the next n calls (after those already scripted) meet a fault. Scripted calls meet no fault by rate. With
// FaultHostile and FaultNulls every row of the answer is affected. It panics on an unknown fault.
func (s *Server) Script(n int, f Fault) {
	if err := (Faults{f: 1}).check(); err != nil {
		panic(err)
	}
	s.script(n, fate{faults: []Fault{f}})
}

// ScriptCode makes the next n calls fail with a code of the service, such as 40000 or 40005.
func (s *Server) ScriptCode(n, code int, message string) {
	s.script(n, fate{refusal: &refusal{code, message}})
}

func (s *Server) script(n int, what fate) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.scripts = append(s.scripts, slices.Repeat([]fate{what}, n)...)
}

// htmlFaults are the faults that answer with a page of HTML, and its HTTP status.
var htmlFaults = map[Fault][]int{
	Fault5xx: {500, 502, 503, 504}, FaultHTML: {200}, Fault401: {401}, Fault403: {403}, Fault429: {429},
}

// bodyFaults are the faults that take the place of the body.
var bodyFaults = map[Fault]string{FaultNull: "null", FaultList: `[{"result":true,"statusCode":200}]`, FaultEmpty: ""}

// replace plays a fault that takes the place of the answer, and reports whether f is one.
func (s *Server) replace(w http.ResponseWriter, r *http.Request, f Fault, call int) bool {
	if statuses := htmlFaults[f]; statuses != nil {
		if f == Fault429 {
			w.Header().Set("Retry-After", "1")
		}
		htmlPage(w, pick(uint64(call), statuses))
		return true
	}
	if body, ok := bodyFaults[f]; ok {
		s.send(w, r, http.StatusOK, body, nil)
		return true
	}
	switch f {
	case FaultReset:
		reset(w)
	case FaultHang:
		s.wait(r, 0)
	case FaultRedirect:
		w.Header().Set("Location", "http://"+r.Host+"/elsewhere"+r.URL.Path)
		w.WriteHeader(http.StatusTemporaryRedirect)
	default:
		return false
	}
	return true
}

// htmlPage is a page as a proxy or a web server sends it.
func htmlPage(w http.ResponseWriter, status int) {
	title := fmt.Sprintf("%d %s", status, http.StatusText(status))
	if status == http.StatusOK {
		title = "Please sign in"
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	_, _ = fmt.Fprintf(w, "<!DOCTYPE html>\n<html><head><title>%[1]s</title></head>\n<body><center><h1>%[1]s</h1></center><hr>"+
		"<center>nginx</center></body></html>\n", title) // the client may be gone
}

// reset ends the connection with a TCP reset where that is possible.
func reset(w http.ResponseWriter) {
	conn, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		panic(http.ErrAbortHandler)
	}
	if tcp, ok := conn.(*net.TCPConn); ok {
		_ = tcp.SetLinger(0) // a close without a reset will do
	}
	_ = conn.Close() // nobody is left to tell
}

// wait lets time pass until d is over (0: for ever). It aborts the call if the
// client gives up before, or the server closes.
func (s *Server) wait(r *http.Request, d time.Duration) {
	var over <-chan time.Time
	if d > 0 {
		over = time.After(d)
	}
	select {
	case <-over:
		return
	case <-r.Context().Done():
	case <-s.closed.Done():
	}
	panic(http.ErrAbortHandler)
}

// send writes a body, as the faults that only change the answer have it.
func (s *Server) send(w http.ResponseWriter, r *http.Request, status int, text string, hit []Fault) {
	if slices.Contains(hit, FaultUTF8) {
		text = strings.Replace(text, `"message":"`, "\"message\":\"\xff\xc3\x28\xe4\xbd ", 1)
	}
	if slices.Contains(hit, FaultBOM) {
		text = "\ufeff" + text
	}
	body := []byte(text)
	w.Header().Set("Content-Type", "application/json;charset=UTF-8")
	if s.options.Gzip && strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
		w.Header().Set("Content-Encoding", "gzip")
		var packed bytes.Buffer
		z, _ := gzip.NewWriterLevel(&packed, gzip.BestSpeed) // a known level is no error
		_, _ = z.Write(body)                                 // nor is writing to memory
		_ = z.Close()
		body = packed.Bytes()
	}
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(status)
	if slices.Contains(hit, FaultCut) {
		_, _ = w.Write(body[:len(body)/2]) // an error is what is wanted
		_ = http.NewResponseController(w).Flush()
		panic(http.ErrAbortHandler)
	}
	_, _ = w.Write(body) // the client may be gone
}

// HostileTexts lists what [FaultHostile] puts into rows: texts that try to harm a terminal, a table or a spreadsheet.
// They may be no valid UTF-8; a lone surrogate stands in its three-byte form.
func HostileTexts() []string { return slices.Clone(hostileTexts) }

var hostileTexts = append(each("hostile", func(f []string) string {
	text, err := strconv.Unquote(f[1])
	if err != nil {
		panic("sendcloudtest: world.tsv: hostile " + f[0])
	}
	return text
}),
	"Z"+strings.Repeat("\u0300\u0316\u0489\u20dd", 60)+"algo",
	"550 "+strings.Repeat("无x", 200_000/4),
	strings.Repeat("550-5.7.1 no\n", 4999)+"550 5.7.1 no")

// poison puts hostile text into one field of a share of the rows.
func (o *Options) poison(r *Record, rows float64) {
	if !share(hash(o.Seed, uint64(r.Index), forHostile), rows) {
		return
	}
	text := hostileTexts[r.Index%len(hostileTexts)]
	field := r.Index / len(hostileTexts) % 3
	switch {
	case field == 0 || len(text) >= 1000:
		r.SendLog = text
	case field == 1:
		r.Recipient = text + "@example.com"
	default:
		r.APIUser = text
	}
}
