package export

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"bounceboard/sendcloud"
	"bounceboard/sendcloud/bounce"
	"bounceboard/sendcloud/recordset"
	"bounceboard/ui/columns"
	"bounceboard/ui/words"
)

// Every column of the dashboard's table can be written by its name.
func TestColumnsOfTheTable(t *testing.T) {
	rules := bounce.Default()
	explain := func(r sendcloud.Record) bounce.Explanation { return rules.Explain(recordset.InputOf(r)) }
	at := time.Date(2026, 11, 23, 12, 0, 0, 0, sendcloud.Zone)
	r := sendcloud.Record{EmailID: "id", Status: sendcloud.SoftBounce, SubStatus: 505, Recipients: "lin@qq.com", RequestTime: at, ModifiedTime: at.Add(252 * time.Second),
		SendLog: "550 Ip frequency limited [Blocked IP 203.0.113.9]"}
	all := TableColumns(words.English, explain)
	require.Len(t, all, len(columns.Names()))
	for names, want := range map[string]string{
		"requested,recipient,status":          "requested,recipient,status\r\n2026-11-23T12:00:00+08:00,lin@qq.com,soft_bounce\r\n",
		"sub-status,domain,refused-ip,took":   "sub-status,domain,refused-ip,took\r\n505,qq.com,203.0.113.9,252\r\n",
		"changed,code,hour,email-id,api-user": "changed,code,hour,email-id,api-user\r\n2026-11-23T12:04:12+08:00,550,12,id,\r\n",
	} {
		var out strings.Builder
		w, err := Open(CSV, &out, Options{Columns: strings.Split(names, ","), Extra: append(ExplainColumns(words.English, explain), all...)})
		require.NoError(t, err)
		require.NoError(t, w.Write(r))
		require.NoError(t, w.Close())
		require.Equal(t, want, out.String())
	}
}
