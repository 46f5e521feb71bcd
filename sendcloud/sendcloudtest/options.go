package sendcloudtest

import (
	"fmt"
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
	RetryAfter     time.Duration // what the fault "429" asks for, in whole seconds; 0 means 1 s

	// Now is the clock; nil means [time.Now]. It decides ages, the cache and
	// the calls a minute, not how long latency and faults take.
	Now func() time.Time

	// The points that the documentation leaves open. An empty value plays the
	// first of the known ones. See [Options.Switches] for what each means.
	Order          string
	LimitZero      string
	StatusList     string
	StatusWithSub  string
	DaysAndDates   string
	BeyondLookback string
	Total          string
	Empty          string
	Words          string
	SubStatus      string
	NoSubStatus    string
	Desc           string
	DescFamily     string
	ExtraKeys      string
	Times          string
	StatusCodeKey  string
	EmailID        string
	Ignore         []string // parameters that have no effect, such as "status" or "labelId"
	WindowDays     int      // longest span of one call; 0 means 30; the international twin has 3
	LookbackDays   int      // calendar days with data, today included; 0 means 92
	SuccessCode    int      // statusCode beside "result": true; 0 means 200
	RefusalCode    int      // for a span, status, sub-status or emailId; 0 means 40008 (span) and 40017 (the others)
	FailureHTTP    int      // HTTP status of failures; 0 means 200
}

// The values of the switches. Those of one group stand in the order of
// [Options.Switches], the default first.
const (
	Newest, Oldest, Unstable = "newest", "oldest", "unstable" // unstable shuffles rows by a few places, anew for every call that the cache does not answer

	ZeroIsHundred, ZeroIsNone, ZeroRefused = "hundred", "none", "refuse" // limit=0: a page of 100, no rows but a total, code 40004

	OneStatus, RepeatedStatus, CommaStatus = "one", "repeated", "comma" // of repeated parameters the first counts unless RepeatedStatus

	StatusAndSub, StatusIgnored = "both", "ignored" // status beside subStatus

	DaysWin, DatesWin, DaysDatesRefused = "days", "dates", "refuse" // days beside startDate and endDate

	LookbackQuiet, LookbackRefused = "quiet", "refuse" // a span that begins before the oldest data

	AsString, AsNumber, AsMixed = "string", "number", "mixed" // a number; mixed takes one form for each row (or answer)

	// Of info.total alone, beside rows: what tells nobody how many there are.
	TotalNull, TotalZero, TotalWord, TotalHalf = "null", "zero", "word", "half"

	// An answer without rows: total "0" and an empty list; "info": {}; "info": null; no info; a voList that is null.
	EmptyZero, EmptyObject, EmptyNull, EmptyMissing, EmptyNullList = "zero", "object", "null", "missing", "null-list"

	// Status words: today's (送达), older ones (投递成功), the twin's English, composites (无效邮件-地址不存在), or one of these for each row.
	WordsChinese, WordsOld, WordsEnglish, WordsComposite, WordsMixed = "chinese", "old", "english", "composite", "mixed"

	SubNull, SubEmpty, SubZero, SubMissing = "null", "empty", "zero", "missing" // a row without a sub-status

	DescStatus, DescStat, DescBoth, DescMixed = "subStatusDesc", "subStatDesc", "both", "mixed" // both: only the first one is right

	DescPlain, DescPrefixed = "plain", "prefixed" // 地址不存在, or 无效邮件-地址不存在

	ExtraNull, ExtraTyped, ExtraNone = "null", "typed", "none" // ten further keys of a row: null, of any type, none

	TimesPlain, TimesOdd = "plain", "odd" // as documented, or one of many odd forms for each row

	StatusCodeCamel, StatusCodeLower = "statusCode", "statuscode" // outside the rate-limit answer, which always spells it statuscode

	EmailIDEpoch, EmailIDOpaque = "epoch", "opaque" // how an email id begins
)

// Demo is the service behind a demonstration: 60,000 records, a fixed seed,
// and mail that arrives while one looks.
func Demo() Options {
	return Options{Records: 60_000, Seed: 20161018, Arrivals: 6, Latency: 60 * time.Millisecond, Gzip: true}
}

// Twin is the international twin of the service: English words, numbers as
// sub-statuses, three days a call. Its base URL ends in /api instead of /apiv2: see [Server.TwinURL].
func Twin() Options {
	return Options{Words: WordsEnglish, SubStatus: AsNumber, WindowDays: 3}
}

func (o Options) withDefaults() (Options, error) {
	for _, s := range o.Switches() {
		if err := s.Set(s.String()); err != nil { // also fills in the first choice
			return o, err
		}
	}
	for what, n := range map[string]int{"WindowDays": o.WindowDays, "LookbackDays": o.LookbackDays} {
		if n < 0 {
			return o, fmt.Errorf("sendcloudtest: %s is %d; give 0 or more", what, n)
		}
	}
	if o.FailureHTTP != 0 && (o.FailureHTTP < 200 || o.FailureHTTP > 599) {
		return o, fmt.Errorf("sendcloudtest: FailureHTTP is %d; give a status from 200 to 599", o.FailureHTTP)
	}
	if err := o.Faults.check(); err != nil {
		return o, err
	}
	o.Records = max(0, defaultTo(o.Records, 10_000))
	o.APIUser = defaultTo(o.APIUser, DefaultUser)
	o.APIKey = defaultTo(o.APIKey, DefaultKey)
	o.CallsPerMinute = defaultTo(o.CallsPerMinute, 3000)
	o.Cache = defaultTo(o.Cache, 10*time.Minute)
	o.Delay = defaultTo(o.Delay, 2*time.Second)
	o.RetryAfter = defaultTo(o.RetryAfter, time.Second)
	o.WindowDays = defaultTo(o.WindowDays, 30)
	o.LookbackDays = defaultTo(o.LookbackDays, 92)
	o.SuccessCode = defaultTo(o.SuccessCode, 200)
	o.FailureHTTP = defaultTo(o.FailureHTTP, 200)
	if o.Now == nil {
		o.Now = time.Now
	}
	o.Ignore = slices.Clone(o.Ignore)
	return o, nil
}

func defaultTo[T comparable](v, def T) T {
	var zero T
	if v == zero {
		return def
	}
	return v
}

// parameters are the names that Ignore may hold: filters.
var parameters = strings.Fields("email emailIds labelId labelName days startDate endDate apiUserList status subStatus")

// Switch is one open point of the service as a command-line flag: it is a
// [flag.Value] (and a pflag.Value).
type Switch struct {
	Name   string   // of the flag, such as "limit-zero"
	Usage  string   // what is open
	Values []string // the known ones, the first is the default; nil for a number or a list of names

	get func() string
	set func(string) error
}

// String is the present value; empty means the default.
func (s Switch) String() string {
	if s.get == nil {
		return ""
	}
	return s.get()
}

// Type names the kind of value for usage texts.
func (s Switch) Type() string {
	if s.Values != nil {
		return strings.Join(s.Values, "|")
	}
	if s.Name == "ignore" {
		return "names"
	}
	return "number"
}

// Set changes the Options that the switch came from. An unknown value is
// refused with the list of the known ones.
func (s Switch) Set(v string) error {
	if err := s.set(v); err != nil {
		return fmt.Errorf("sendcloudtest: %s=%q: %w", s.Name, v, err)
	}
	return nil
}

// Switches returns every open point, each bound to its field of o.
func (o *Options) Switches() []Switch {
	return []Switch{
		choice("order", "order of the rows; unstable shuffles them a little with every call", &o.Order, Newest, Oldest, Unstable),
		choice("limit-zero", "what limit=0 means: a page of 100, no rows, or code 40004", &o.LimitZero, ZeroIsHundred, ZeroIsNone, ZeroRefused),
		choice("status-list", "how several statuses are asked for: one a call, repeated parameter, comma list", &o.StatusList, OneStatus, RepeatedStatus, CommaStatus),
		choice("status-with-sub", "status beside subStatus: both count, or status is ignored", &o.StatusWithSub, StatusAndSub, StatusIgnored),
		choice("days-and-dates", "days and dates both given: which counts", &o.DaysAndDates, DaysWin, DatesWin, DaysDatesRefused),
		choice("beyond-lookback", "a span that begins before the oldest data: answered with what there is, or refused", &o.BeyondLookback, LookbackQuiet, LookbackRefused),
		choice("total", "info.total as string or number; beside rows null, 0, a word, or half of what is true", &o.Total, AsString, AsNumber, AsMixed, TotalNull, TotalZero, TotalWord, TotalHalf),
		choice("empty", "an answer without rows: total 0, info {}, null or missing, voList null", &o.Empty, EmptyZero, EmptyObject, EmptyNull, EmptyMissing, EmptyNullList),
		choice("words", "set of status words", &o.Words, WordsChinese, WordsOld, WordsEnglish, WordsComposite, WordsMixed),
		choice("sub-status-form", "subStatus as string or number", &o.SubStatus, AsString, AsNumber, AsMixed),
		choice("no-sub-status", "subStatus of a row that has none: null, \"\", 0, or no key", &o.NoSubStatus, SubNull, SubEmpty, SubZero, SubMissing),
		choice("desc-key", "spelling of the description's key", &o.Desc, DescStatus, DescStat, DescBoth, DescMixed),
		choice("desc-family", "descriptions alone, or prefixed with their family", &o.DescFamily, DescPlain, DescPrefixed),
		choice("extra-keys", "further keys in rows: null, of any type, none", &o.ExtraKeys, ExtraNull, ExtraTyped, ExtraNone),
		choice("times", "times as documented, or in odd forms", &o.Times, TimesPlain, TimesOdd),
		choice("status-code-key", "spelling of the status code's key", &o.StatusCodeKey, StatusCodeCamel, StatusCodeLower),
		choice("email-id-form", "email ids begin with the epoch, or are opaque", &o.EmailID, EmailIDEpoch, EmailIDOpaque),
		ignoring(&o.Ignore),
		number("arrivals", "mails a minute sent while the server runs: rows move between pages", &o.Arrivals, 0, 60_000),
		number("window-days", "longest span of one call in days (0: 30; 3 on the twin, 92 in a tip)", &o.WindowDays, 0, 3660),
		number("lookback-days", "calendar days with data (0: 92)", &o.LookbackDays, 0, 3660),
		number("success-code", "statusCode of a success (0: 200)", &o.SuccessCode, 0, 99999),
		number("refusal-code", "code for a refused span, status, sub-status or emailId (0: 40008 and 40017)", &o.RefusalCode, 0, 99999),
		number("failure-http", "HTTP status of failures (0: 200)", &o.FailureHTTP, 0, 599),
	}
}

func choice(name, usage string, field *string, known ...string) Switch {
	return Switch{Name: name, Usage: usage, Values: known,
		get: func() string { return *field },
		set: func(v string) error {
			if v == "" {
				v = known[0]
			}
			if !slices.Contains(known, v) {
				return fmt.Errorf("unknown; use one of %s", strings.Join(known, ", "))
			}
			*field = v
			return nil
		}}
}

func number(name, usage string, field *int, least, most int) Switch {
	return Switch{Name: name, Usage: usage,
		get: func() string { return strconv.Itoa(*field) },
		set: func(v string) error {
			n, err := strconv.Atoi(v)
			if err != nil || n < least || n > most {
				return fmt.Errorf("use a number from %d to %d", least, most)
			}
			*field = n
			return nil
		}}
}

func ignoring(field *[]string) Switch {
	return Switch{Name: "ignore", Usage: "parameters that have no effect, by comma",
		get: func() string { return strings.Join(*field, ",") },
		set: func(v string) error {
			names := strings.FieldsFunc(v, func(r rune) bool { return r == ',' })
			for _, name := range names {
				if !slices.Contains(parameters, name) {
					return fmt.Errorf("unknown parameter %q; use some of %s", name, strings.Join(parameters, ", "))
				}
			}
			*field = names
			return nil
		}}
}
