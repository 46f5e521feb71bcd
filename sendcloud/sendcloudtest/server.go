// Package sendcloudtest is a simulated SendCloud "delivery response" service
// (the emailStatus call) on net/http, for testing clients of any kind.
//
// [Start] runs one on loopback. A client of [Server.URL] signs in with [DefaultUser] and [DefaultKey]; [Server.Count]
// and [Server.Records] tell the truth to compare it with.
//
// Records come from [Options.Seed] and are made from their index, so a million of them cost next to no memory. Their
// times are relative to the start of the server, on the service's clock (UTC+08:00). Mail that is still requested gets
// its verdict later. Every point that no source settles is a switch in [Options]. [Options.Faults] makes a share of the
// calls fail; [Server.Script] and [Server.ScriptCode] decide what the next calls get.
package sendcloudtest

import (
	"context"
	"fmt"
	"io"
	"iter"
	"log"
	"net"
	"net/http"
	"net/url"
	"slices"
	"sync"
	"time"
)

// Server is the simulated service. It is an [http.Handler]; [Start] and [Server.Listen] give it a socket of its own.
// Its methods may be called at any time, also while it serves.
type Server struct {
	// URL is the base URL for a client, such as "http://127.0.0.1:43117/apiv2", once the server listens.
	URL string

	options Options
	store   *store
	closed  context.Context
	close   context.CancelFunc
	http    *http.Server
	running sync.RWMutex // read-locked by the listener and each call under way

	mu        sync.Mutex
	calls     []*Call
	callCount int
	served    int // calls since the start, for faults by rate
	scripts   []fate
	allowed   []time.Time     // the calls of the last minute that counted
	pages     map[string]page // by parameters; guarded by the store's lock
}

// New makes a server that does not listen. Its "now" is the clock's time.
func New(o Options) (*Server, error) {
	o, err := o.withDefaults()
	if err != nil {
		return nil, err
	}
	s := &Server{options: o, store: newStore(newData(o, o.Now().UnixMilli())), pages: map[string]page{}}
	s.closed, s.close = context.WithCancel(context.Background())
	return s, nil
}

// Start makes a server that listens on a free port of the loopback interface. Close it when done.
func Start(o Options) (*Server, error) {
	s, err := New(o)
	if err != nil {
		return nil, err
	}
	return s, s.Listen("127.0.0.1:0")
}

// Listen serves on addr until Close, and sets URL. Call it once.
func (s *Server) Listen(addr string) error {
	listener, err := net.Listen("tcp", addr)
	if err != nil {
		return fmt.Errorf("the simulated service cannot listen on %s: %w", addr, err)
	}
	s.URL = "http://" + listener.Addr().String() + "/apiv2"
	s.http = &http.Server{Handler: s, ReadHeaderTimeout: 30 * time.Second, ErrorLog: log.New(io.Discard, "", 0)}
	s.running.RLock()
	go func() {
		defer s.running.RUnlock()
		_ = s.http.Serve(listener) // always http.ErrServerClosed: Close is the only end
	}()
	return nil
}

// Close ends the listener and every call under way, hanging ones too, and
// waits until nothing of the server runs any more.
func (s *Server) Close() {
	s.close()
	if s.http != nil {
		_ = s.http.Close() // what it could not close is closed by the handlers
	}
	s.running.Lock()
	defer s.running.Unlock()
}

// Credentials are the user and the key the server accepts.
func (s *Server) Credentials() (apiUser, apiKey string) { return s.options.APIUser, s.options.APIKey }

// now lets the data catch up with the clock. The caller holds the store's lock.
func (s *Server) now() time.Time {
	now := s.options.Now()
	s.store.advance(now.UnixMilli())
	return now
}

// state is how many records there are, and as of when.
func (s *Server) state() (n int, now int64) {
	s.store.mu.Lock()
	defer s.store.mu.Unlock()
	s.now()
	return s.store.n, s.store.now
}

// Len is how many records there are now.
func (s *Server) Len() int {
	n, _ := s.state()
	return n
}

// Record is the truth about record i, the oldest being 0, as it is now. It panics when i is not below Len.
func (s *Server) Record(i int) Record {
	n, now := s.state()
	if i < 0 || i >= n {
		panic(fmt.Sprintf("sendcloudtest: record %d of %d", i, n))
	}
	return s.store.record(i, now)
}

// Records yields all records of now, the oldest first.
func (s *Server) Records() iter.Seq[Record] {
	return func(yield func(Record) bool) {
		n, now := s.state()
		for i := range n {
			if !yield(s.store.record(i, now)) {
				return
			}
		}
	}
}

// Count is how many records match parameters of the service, now and without its cache: what a right client finds.
// Credentials are not needed; an error is the service's refusal.
func (s *Server) Count(params url.Values) (int, error) {
	s.store.mu.Lock()
	defer s.store.mu.Unlock()
	q, refused := s.options.ask(params, s.now().UnixMilli())
	if refused != nil {
		return 0, refused
	}
	return len(s.store.find(q)), nil
}

// Incidents says since when there is what a triager should be able to find.
func (s *Server) Incidents() map[Incident]time.Time {
	d := s.store.data
	return map[Incident]time.Time{
		IPRefused: fromMS(d.refused), DeadList: fromMS(d.dead.from), SpamLabel: fromMS(d.spam),
		MailboxFull: fromMS(d.fullSince), Throttled: fromMS(d.throttled),
	}
}

// Labels lists the labels of the account.
func (s *Server) Labels() []Label { return slices.Clone(labels) }

// APIUsers lists the api users that send mail.
func (s *Server) APIUsers() []string { return each("user", func(f []string) string { return f[0] }) }

// ServeHTTP answers POST and GET of /apiv2/data/emailStatus and /api/data/emailStatus; anything else is a page of HTML,
// as a wrong base URL gets from a web server.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.running.RLock()
	defer s.running.RUnlock()
	if s.closed.Err() != nil {
		panic(http.ErrAbortHandler)
	}
	params := readParams(r)
	call := s.note(r, params)
	if r.URL.Path != "/apiv2/data/emailStatus" && r.URL.Path != "/api/data/emailStatus" {
		htmlPage(w, http.StatusNotFound)
		return
	}
	fate, number := s.nextFate()
	if s.options.Latency > 0 {
		s.wait(r, s.options.Latency)
	}
	if slices.Contains(fate.faults, FaultDelay) {
		s.wait(r, s.options.Delay)
	}
	for _, f := range fate.faults {
		switch {
		case f == FaultFrequency:
			fate.refusal = tooFrequent
		case f == FaultServer:
			fate.refusal = serverFailed
		case s.replace(w, r, f, number):
			return
		}
	}
	status, code, body := s.answer(params, fate.refusal, fate.faults)
	s.mu.Lock()
	call.Code = code
	s.mu.Unlock()
	s.send(w, r, status, body, fate.faults)
}
