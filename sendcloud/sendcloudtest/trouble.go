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

const proxyPage = "<!DOCTYPE html>\n<html><head><title>%s</title></head>\n<body><center><h1>%s</h1></center><hr><center>nginx</center></body></html>\n"

// replace plays a fault that takes the place of the answer.
func (s *Server) replace(w http.ResponseWriter, r *http.Request, f Fault, call int) {
	switch f {
	case Fault5xx:
		htmlPage(w, pick(uint64(call), []int{500, 502, 503, 504}))
	case Fault401:
		htmlPage(w, http.StatusUnauthorized)
	case Fault403:
		htmlPage(w, http.StatusForbidden)
	case FaultHTML:
		htmlPage(w, http.StatusOK)
	case Fault429:
		w.Header().Set("Retry-After", strconv.Itoa(int((s.options.RetryAfter+time.Second-1)/time.Second)))
		htmlPage(w, http.StatusTooManyRequests)
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
	case FaultNull:
		s.send(w, r, http.StatusOK, []byte("null"), nil)
	case FaultList:
		s.send(w, r, http.StatusOK, []byte(`[{"result":true,"statusCode":200}]`), nil)
	case FaultEmpty:
		s.send(w, r, http.StatusOK, nil, nil)
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
