package sendcloudtest

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
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
	handler http.Handler
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

// ScriptHandler makes h answer the next n calls. The form has been read from
// the body by then.
func (s *Server) ScriptHandler(n int, h http.Handler) {
	s.script(n, scripted{handler: h})
}

func (s *Server) script(n int, what scripted) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.scripts = append(s.scripts, slices.Repeat([]scripted{what}, max(0, n))...)
}
