package words

import (
	"testing"

	"github.com/stretchr/testify/require"

	"bounceboard/sendcloud"
)

var params = []sendcloud.Param{
	sendcloud.ParamEmail, sendcloud.ParamEmailIDs, sendcloud.ParamLabelID, sendcloud.ParamLabelName, sendcloud.ParamDays,
	sendcloud.ParamStartDate, sendcloud.ParamEndDate, sendcloud.ParamAPIUsers, sendcloud.ParamStart, sendcloud.ParamLimit,
	sendcloud.ParamStatus, sendcloud.ParamSubStatus,
}

func TestEveryReasonHasItsSentence(t *testing.T) {
	for _, reason := range []sendcloud.Reason{
		sendcloud.NotADate, sendcloud.HalfDates, sendcloud.EndBeforeStart, sendcloud.DaysWithDates, sendcloud.SpanTooLong,
		sendcloud.TooFarBack, sendcloud.InTheFuture, sendcloud.OutOfRange, sendcloud.UnknownWord, sendcloud.MalformedAddress,
		sendcloud.Empty, sendcloud.BadListItem, sendcloud.Contradiction, sendcloud.RefusedByService,
	} {
		for _, p := range params {
			e := &sendcloud.ParameterError{Param: p, Value: "x\x1b[2J", Reason: reason, Min: 1, Limit: 92, Code: 40006, Message: "days格式错误"}
			en, zh := Parameter(English, e), Parameter(Chinese, e)
			for _, s := range []string{en, zh} {
				require.NotContains(t, s, "%!", reason)
				require.NotContains(t, s, "cannot be right", "%s has no sentence of its own", reason)
				require.NotContains(t, s, "\x1b", "a value is strangers' text")
			}
			require.NotEqual(t, en, zh, reason)
		}
	}
}

func TestParameterTakesTheNameOfItsPlace(t *testing.T) {
	flag := func(p sendcloud.Param) string {
		return map[sendcloud.Param]string{sendcloud.ParamStartDate: "--start-date", sendcloud.ParamEndDate: "--end-date"}[p]
	}
	e := &sendcloud.ParameterError{Param: sendcloud.ParamEndDate, Value: "2026-11-01", Reason: sendcloud.EndBeforeStart}
	require.Equal(t, "--end-date is before --start-date: swap them", Parameter(English, e, flag))
	require.Equal(t, "“结束日期”早于“开始日期”，请对调", Parameter(Chinese, e))
}

func TestEveryParameterHasAName(t *testing.T) {
	for _, p := range params {
		require.NotEqual(t, string(p), ParameterName(English, p))
		require.NotEqual(t, ParameterName(English, p), ParameterName(Chinese, p))
		require.NotEmpty(t, FormHint(English, p))
		require.NotEqual(t, FormHint(English, p), FormHint(Chinese, p))
	}
}
