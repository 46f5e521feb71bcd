package words

import (
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"

	"bounceboard/sendcloud"
)

// In the dashboard nobody typed a flag.
func TestNoErrorNamesAFlagInTheDashboard(t *testing.T) {
	for _, l := range []Lang{English, Chinese} {
		for key := range answerCodes {
			code, err := strconv.Atoi(key)
			require.NoError(t, err)
			for _, err := range []error{
				&sendcloud.ServiceError{Code: code, Message: "no"},
				&sendcloud.RateLimitError{Code: code},
				&sendcloud.ParameterError{Param: sendcloud.ParamEndDate, Reason: sendcloud.RefusedByService, Code: code},
			} {
				require.NotContains(t, ErrorHere(l, err), "--", "%d", code)
			}
		}
	}
	require.Equal(t, "服务端提示收件地址格式错误，请检查“收件人”（返回码 40012）", ErrorHere(Chinese, &sendcloud.ServiceError{Code: 40012}))
}
