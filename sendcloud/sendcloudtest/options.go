package sendcloudtest

import (
	"fmt"
	"slices"
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
	Order          Order
	LimitZero      LimitZero
	StatusList     StatusList
	StatusWithSub  StatusWithSub
	DaysAndDates   DaysAndDates
	BeyondLookback BeyondLookback
	Total          NumberForm
	Empty          EmptyForm
	Words          Words
	SubStatus      NumberForm
	NoSubStatus    NoSubStatus
	Desc           DescKey
	DescFamily     DescFamily
	ExtraKeys      ExtraKeys
	Times          Times
	StatusCodeKey  StatusCodeKey
	EmailID        EmailIDForm
	Ignore         []string // parameters that have no effect, such as "status" or "labelId"
	WindowDays     int      // longest span of one call; 0 means 30; the international twin has 3
	LookbackDays   int      // calendar days with data, today included; 0 means 92
	SuccessCode    int      // statusCode beside "result": true; 0 means 200
	RefusalCode    int      // for a span, status, sub-status or emailId; 0 means 40009 (span) and 40013 (the others)
	FailureHTTP    int      // HTTP status of failures; 0 means 200
}

// Order is the order of the rows.
type Order string

// Orders. Unstable shuffles rows by a few places, anew for every call that the
// cache does not answer.
const (
	Newest   Order = "newest"
	Oldest   Order = "oldest"
	Unstable Order = "unstable"
)

// LimitZero is what limit=0 means.
type LimitZero string

// Readings of limit=0: the default page of 100, no rows but a total, or code 40004.
const (
	ZeroIsHundred LimitZero = "hundred"
	ZeroIsNone    LimitZero = "none"
	ZeroRefused   LimitZero = "refuse"
)

// StatusList is how several statuses may be asked for.
type StatusList string

// Readings of "status=1,status=4". With OneStatus and CommaStatus only the
// first of repeated parameters counts; a comma is refused unless CommaStatus.
const (
	OneStatus      StatusList = "one"
	RepeatedStatus StatusList = "repeated"
	CommaStatus    StatusList = "comma"
)

// StatusWithSub is what happens to status when subStatus is given.
type StatusWithSub string

// Readings of status beside subStatus.
const (
	StatusAndSub  StatusWithSub = "both"
	StatusIgnored StatusWithSub = "ignored"
)

// DaysAndDates is what counts when days and dates are both given.
type DaysAndDates string

// Readings of days beside startDate and endDate.
const (
	DaysWin          DaysAndDates = "days"
	DatesWin         DaysAndDates = "dates"
	DaysDatesRefused DaysAndDates = "refuse"
)

// BeyondLookback is what happens when a span begins before the oldest data.
type BeyondLookback string

// Readings of a span that begins too early.
const (
	LookbackQuiet   BeyondLookback = "quiet"
	LookbackRefused BeyondLookback = "refuse"
)

// NumberForm is how a number is written.
type NumberForm string

// Forms of a number. Mixed takes one for each row (or answer).
const (
	AsString NumberForm = "string"
	AsNumber NumberForm = "number"
	AsMixed  NumberForm = "mixed"
)

// Forms of info.total alone that tell nobody how many rows there are. An answer
// without rows has total "0" all the same.
const (
	TotalNull NumberForm = "null"
	TotalZero NumberForm = "zero"
	TotalWord NumberForm = "word"
	TotalHalf NumberForm = "half"
)

// EmptyForm is how an answer without rows looks.
type EmptyForm string

// Forms of an empty answer: total "0" and an empty list; "info": {};
// "info": null; no info; a voList that is null.
const (
	EmptyZero     EmptyForm = "zero"
	EmptyObject   EmptyForm = "object"
	EmptyNull     EmptyForm = "null"
	EmptyMissing  EmptyForm = "missing"
	EmptyNullList EmptyForm = "null-list"
)

// Words is the set of status words and messages.
type Words string

// Sets of status words: today's (送达), older ones (投递成功), the twin's
// English, composites (无效邮件-地址不存在), or one of these for each row.
const (
	WordsChinese   Words = "chinese"
	WordsOld       Words = "old"
	WordsEnglish   Words = "english"
	WordsComposite Words = "composite"
	WordsMixed     Words = "mixed"
)

// NoSubStatus is what stands where a row has no sub-status.
type NoSubStatus string

// Forms of no sub-status.
const (
	SubNull    NoSubStatus = "null"
	SubEmpty   NoSubStatus = "empty"
	SubMissing NoSubStatus = "missing"
)

// DescKey is how the key of the sub-status description is spelled.
type DescKey string

// Spellings of the description's key. DescBoth writes both, and only the
// first one is right.
const (
	DescStatus DescKey = "subStatusDesc"
	DescStat   DescKey = "subStatDesc"
	DescBoth   DescKey = "both"
	DescMixed  DescKey = "mixed"
)

// DescFamily is whether descriptions begin with their family.
type DescFamily string

// Forms of a description: 地址不存在, or 无效邮件-地址不存在.
const (
	DescPlain    DescFamily = "plain"
	DescPrefixed DescFamily = "prefixed"
)

// ExtraKeys is what else a row holds.
type ExtraKeys string

// Further keys of a row: about ten that are mostly null, ten of any type, none.
const (
	ExtraNull  ExtraKeys = "null"
	ExtraTyped ExtraKeys = "typed"
	ExtraNone  ExtraKeys = "none"
)

// Times is how times are written.
type Times string

// Forms of times: as documented, or one of many odd ones for each row.
const (
	TimesPlain Times = "plain"
	TimesOdd   Times = "odd"
)

// StatusCodeKey is how the key statusCode is spelled outside the rate-limit
// answer, which always spells it statuscode.
type StatusCodeKey string

// Spellings of the status code's key.
const (
	StatusCodeCamel StatusCodeKey = "statusCode"
	StatusCodeLower StatusCodeKey = "statuscode"
)

// EmailIDForm is how an email id begins.
type EmailIDForm string

// Forms of an email id: 13 digits of epoch milliseconds, or opaque.
const (
	EmailIDEpoch  EmailIDForm = "epoch"
	EmailIDOpaque EmailIDForm = "opaque"
)

// Demo is the service behind a demonstration: 60,000 records, a fixed seed,
// and mail that arrives while one looks.
func Demo() Options {
	return Options{Records: 60_000, Seed: 20161018, Arrivals: 6, Latency: 60 * time.Millisecond, Gzip: true}
}

// Twin is the international twin of the service: English words, three days a
// call. Its base URL ends in /api instead of /apiv2: see [Server.TwinURL].
func Twin() Options {
	return Options{Words: WordsEnglish, WindowDays: 3}
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

// parameters are the names that Ignore may hold.
var parameters = strings.Fields("email emailIds labelId labelName days startDate endDate apiUserList start limit status subStatus")
