package sendcloudtest

import (
	"cmp"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Credentials the server accepts unless [Options] say otherwise. They are toys.
const (
	DefaultUser = "demo"
	DefaultKey  = "demo-key-opens-nothing"
)

// Options says which service is played. The zero value is a small, quiet,
// documented one: 10,000 records, no arrivals, no faults.
type Options struct {
	Records  int    // at the start; 0 means 10,000, negative means none
	Seed     uint64 // the same seed and clock give the same records
	Arrivals int    // mails a minute that are sent while the server runs

	APIUser      string   // default [DefaultUser]
	APIKey       string   // default [DefaultKey]
	NoPermission []string // users that exist but may not call: code 6001

	CallsPerMinute int           // of the account; 0 means 3,000 as documented, negative means unlimited
	Cache          time.Duration // how long an answer is repeated; 0 means 10 minutes as documented, negative means never
	Latency        time.Duration // before every answer
	Faults         Faults        // what goes wrong how often; see [ParseFaults]
	Gzip           bool          // compress answers where the client accepts it
	Delay          time.Duration // how long the fault "delay" takes; 0 means 2 s

	// Now is the clock; nil means [time.Now]. It decides ages, the cache and
	// the calls a minute, not how long latency and faults take.
	Now func() time.Time

	// The points that the documentation leaves open. The zero value of each plays the most likely service. The lines
	// "switch" of world.tsv, and [Options.Switches], tell their values and what these mean.
	Order, LimitZero, StatusList, StatusWithSub, DaysAndDates, BeyondLookback, Total, Empty, Words,
	SubStatus, NoSubStatus, Desc, DescFamily, ExtraKeys, Times, EmailID string

	Ignore                                                          []string // parameters that have no effect, such as "status"
	WindowDays, LookbackDays, SuccessCode, RefusalCode, FailureHTTP int
}

// Values of the switches, for callers to name.
const (
	Newest, Oldest, Unstable                   = "newest", "oldest", "unstable"
	AsString, AsNumber, AsMixed                = "string", "number", "mixed"
	TotalNull, TotalZero, TotalWord, TotalHalf = "null", "zero", "word", "half"
	WordsEnglish, WordsComposite, WordsMixed   = "english", "composite", "mixed"
	DescStatus, DescStat, DescMixed            = "subStatusDesc", "subStatDesc", "mixed"
	EmptyMissing, SubMissing                   = "missing", "missing"
	StatusIgnored, ExtraTyped, TimesOdd        = "ignored", "typed", "odd"
)

// Demo is the service behind a demonstration: 60,000 records, a fixed seed, and mail that arrives while one looks.
func Demo() Options {
	return Options{Records: 60_000, Seed: 20161018, Arrivals: 6, Latency: 60 * time.Millisecond, Gzip: true}
}

func (o Options) withDefaults() (Options, error) {
	for _, s := range o.Switches() {
		if err := s.Set(s.String()); err != nil { // also fills in the default
			return o, err
		}
	}
	o.Records = max(0, cmp.Or(o.Records, 10_000))
	o.APIUser = cmp.Or(o.APIUser, DefaultUser)
	o.APIKey = cmp.Or(o.APIKey, DefaultKey)
	o.CallsPerMinute = cmp.Or(o.CallsPerMinute, 3000)
	o.Cache = cmp.Or(o.Cache, 10*time.Minute)
	o.Delay = cmp.Or(o.Delay, 2*time.Second)
	if o.Now == nil {
		o.Now = time.Now
	}
	return o, o.Faults.check()
}

// Switch is one open point of the service as a command-line flag.
type Switch struct {
	Name   string   // of the flag, such as "limit-zero"
	Usage  string   // what is open
	Values []string // the known ones, the first is the default; nil for a number or a list of names

	kind  string   // one of the values, some of them, or a number
	known []string // the values; of a number the least, the most and the default
	field reflect.Value
}

// Switches returns every open point, each bound to its field of o.
func (o *Options) Switches() []Switch {
	fields := reflect.ValueOf(o).Elem()
	return each("switch", func(f []string) Switch {
		s := Switch{Name: f[1], Usage: f[4], kind: f[0], known: strings.Fields(f[3]), field: fields.FieldByName(f[2])}
		if s.kind == "one" {
			s.Values = s.known
		}
		return s
	})
}

// String is the present value; "" and "0" mean the default.
func (s Switch) String() string {
	if s.kind == "some" {
		return strings.Join(s.field.Interface().([]string), ",")
	}
	return fmt.Sprint(s.field)
}

// Type names the values for usage texts: "newest|oldest|unstable", "200-599" or "names".
func (s Switch) Type() string {
	return map[string]string{"one": strings.Join(s.Values, "|"), "number": strings.Join(s.known[:2], "-"), "some": "names"}[s.kind]
}

// Set changes the Options that the switch came from. An unknown value is refused with the list of the known ones.
func (s Switch) Set(v string) error {
	switch s.kind {
	case "one":
		v = cmp.Or(v, s.known[0])
		if slices.Contains(s.known, v) {
			s.field.SetString(v)
			return nil
		}
	case "some":
		names := strings.FieldsFunc(v, func(r rune) bool { return r == ',' })
		if !slices.ContainsFunc(names, func(name string) bool { return !slices.Contains(s.known, name) }) {
			s.field.Set(reflect.ValueOf(names))
			return nil
		}
	case "number":
		n, err := strconv.Atoi(v)
		if n = cmp.Or(n, whole(s.known[2])); err == nil && n >= whole(s.known[0]) && n <= whole(s.known[1]) {
			s.field.SetInt(int64(n))
			return nil
		}
	}
	return fmt.Errorf("sendcloudtest: %s is %q; known for it are %s", s.Name, v, strings.Join(s.known, ", "))
}
