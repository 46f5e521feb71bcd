package words

import (
	"maps"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"bounceboard/keymap"
	"bounceboard/sendcloud"
	"bounceboard/sendcloud/bounce"
	"bounceboard/sendcloud/recordset"
)

// keys are values as the tables write them.
func keys[K ~string](values ...K) []string {
	var out []string
	for _, v := range values {
		out = append(out, string(v))
	}
	return out
}

// everyValue is what each table has to have a line for; what the program takes by the name of a flag is
// tested in package cli.
func everyValue() map[string][]string {
	seen := map[keymap.Action]bool{}
	var actions []keymap.Action
	for _, bindings := range keymap.Default() {
		for _, b := range bindings {
			if !seen[b.Action] {
				seen[b.Action] = true
				actions = append(actions, b.Action)
			}
		}
	}
	codes := []string{"0", "1", "4", "5", "18"}
	for _, s := range sendcloud.SubStatuses() {
		codes = append(codes, Code(s))
	}
	var columns []string
	for c := recordset.ByStatus; c <= recordset.ByEmailID; c++ {
		columns = append(columns, c.String())
	}
	return map[string][]string{
		"actions": keys(actions...), "places": keys(keymap.Places()...), "codes": codes, "columns": columns,
		"parameters": append(keys(params...), string(FilterCause), string(FilterPermanence)),
		"parameter_reasons": keys(sendcloud.NotADate, sendcloud.HalfDates, sendcloud.EndBeforeStart, sendcloud.DaysWithDates, sendcloud.SpanTooLong, sendcloud.TooFarBack,
			sendcloud.InTheFuture, sendcloud.UnknownWord, sendcloud.MalformedAddress, sendcloud.Empty, sendcloud.BadListItem, sendcloud.Contradiction),
		"notes": keys(sendcloud.IDWinsOverName, sendcloud.NameIsFuzzy, sendcloud.SpanFromEmailID, sendcloud.DefaultSpan, sendcloud.FilterIgnored,
			sendcloud.FailuresUncoded, sendcloud.SmallerWindows, sendcloud.ServiceMayRepeat),
		"widen":           keys(sendcloud.ParamSubStatus, sendcloud.ParamStatus, sendcloud.ParamLabelID, sendcloud.ParamAPIUsers, sendcloud.ParamEmail),
		"why_nothing":     append(keys(sendcloud.ParamEmailIDs, sendcloud.ParamEmail, sendcloud.ParamLabelID, sendcloud.ParamStatus), "-"),
		"permanences":     {bounce.Permanent.String(), bounce.Temporary.String(), bounce.Unknown.String(), bounce.NoFailure.String()},
		"phases":          keys("connect", "helo", "mail_from", "rcpt_to", "data"),
		"sendcloud_lists": keys("bounce", "block", "complaint", "-"),
		"answer_codes":    answerCodesDocumented(),
		"http_statuses":   {"5xx", "401", "403", "404", "407", "-"},
		"foreign_answers": keys(sendcloud.AnswerHTML, sendcloud.AnswerEmpty, sendcloud.AnswerTooLarge, sendcloud.AnswerCutOff, sendcloud.AnswerNotJSON, sendcloud.AnswerShape),
		"network_problems": keys(sendcloud.HostNotFound, sendcloud.Refused, sendcloud.TimedOut, sendcloud.Reset, sendcloud.TLSFailed, sendcloud.Unreachable,
			sendcloud.ProxyDown, sendcloud.ProxyPassword, sendcloud.ProxyRefused, sendcloud.ProxyMalformed, sendcloud.NotTLS, sendcloud.TLSVersion, sendcloud.UnknownAuthority),
		"config_reasons": keys(sendcloud.ConfigMissing, sendcloud.ConfigNotURL, sendcloud.ConfigNotHTTPS, sendcloud.ConfigUserInfo, sendcloud.ConfigQuery,
			sendcloud.ConfigFragment, sendcloud.ConfigBadText, sendcloud.ConfigOutOfRange),
		"settings": keys(sendcloud.SettingBaseURL, sendcloud.SettingAPIUser, sendcloud.SettingAPIKey, sendcloud.SettingCallsPerMinute,
			sendcloud.SettingWindowDays, sendcloud.SettingLookbackDays),
		"filter_reasons": keys(recordset.UnknownField, recordset.NoValue, recordset.OpenQuote, recordset.NotAStatus, recordset.NotASub, recordset.NotACause,
			recordset.NotPermanence, recordset.NotAParty, recordset.NotADuration, recordset.NotATime, recordset.BackwardRange, recordset.NotARegexp, recordset.NotAPattern,
			recordset.NotAProvider, recordset.NotAnIP, recordset.NotACode, recordset.NotYesOrNo, recordset.OpenParenthesis),
		"damages":    keys(recordset.NotJSON, recordset.NotARow, recordset.TooLong, recordset.CutOff),
		"find_ways":  {"typo", "cache", "account", "other account", "not ours", "too old", "no day"},
		"missing":    {"id", "address", "many"},
		"file_kinds": keys(recordset.CSV),
	}
}

// Every value has its line in both languages, and no line is unused.
func TestEveryValueHasItsLine(t *testing.T) {
	values := everyValue()
	maps.Copy(values, valuesOfAnswers())
	for _, name := range namedSentences(t) {
		if document(name).EN == "" {
			values["sentences"] = append(values["sentences"], name)
		}
	}
	names, err := filepath.Glob("tables/*.tsv")
	require.NoError(t, err)
	for _, name := range names {
		name = strings.TrimSuffix(filepath.Base(name), ".tsv")
		seen, fields := map[string]bool{}, 0
		for line := range strings.Lines(read("tables/" + name + ".tsv")) {
			cells := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
			require.False(t, seen[cells[0]], "%s: %q stands twice", name, cells[0])
			seen[cells[0]] = true
			if fields == 0 {
				fields = len(cells)
			}
			require.Len(t, cells, fields, "%s: %q", name, line)
			require.Equal(t, 1, fields%2, "%s: English and Chinese in turn", name)
			for i := 1; i < fields; i += 2 {
				requireBoth(t, name+" "+cells[0], cells[i], cells[i+1])
			}
		}
		if name == "flags" || name == "report" { // their packages test them
			continue
		}
		var got []string
		for value := range seen {
			got = append(got, value)
		}
		require.ElementsMatch(t, values[name], got, "lines of %s", name)
	}
}

func TestEveryDocumentIsInBothLanguages(t *testing.T) {
	heads := func(language string) (names []string) {
		for line := range strings.Lines(read("texts/" + language + ".txt")) {
			if name, ok := strings.CutPrefix(line, "== "); ok {
				names = append(names, strings.TrimSpace(name))
				requireBoth(t, name, document(strings.TrimSpace(name)).EN, document(strings.TrimSpace(name)).ZH)
			}
		}
		return names
	}
	require.Equal(t, heads("en"), heads("zh"))
	require.Greater(t, len(heads("en")), 10)
	for _, s := range []Sentence{RootLong, ListLong, SimulateLong, CompletionLong, CountLong, PatternsLong, ExplainLong, HelpStatus, RulesHelp, PatternsJSON, GettingStarted,
		RootExamples, ListExamples, SimulateExamples, CompletionExamples, CountExamples, PatternsExamples, ExplainExamples} {
		require.NotEmpty(t, s.EN)
	}
}
