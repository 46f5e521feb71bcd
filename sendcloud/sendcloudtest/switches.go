package sendcloudtest

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

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
