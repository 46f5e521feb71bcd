package export_test

import (
	"encoding/csv"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"bounceboard/sendcloud/rowjson"
	"bounceboard/ui/export"
)

// hostile is a report of what strangers may have written.
func hostile() export.Report {
	at := time.Date(2026, 11, 23, 1, 2, 3, 0, time.UTC)
	return export.Report{
		Columns: []export.ReportColumn{{Name: "value", Head: "value", Most: 20}, {Name: "count", Head: "mails", Right: true}, {Name: "at"}, {Name: "list"}},
		Lines: []export.ReportLine{
			{Values: []any{"=cmd|' /C calc'!A0", 1234, at, []any{rowjson.Object{{Key: "value", Value: "\u202e\x1b[2J<b>"}, {Key: "few", Value: true}}}},
				Texts: []string{"=cmd\x1b[2J", "1,234", "", ""}},
			{Values: []any{nil, 0.5, time.Time{}, []any{}}, Texts: []string{"空", "1", "", ""}},
		},
	}
}

func TestReportInEveryFormat(t *testing.T) {
	write := func(f export.Format, r export.Report) string {
		var b strings.Builder
		require.NoError(t, export.WriteReport(f, &b, r, export.Options{}))
		return b.String()
	}
	lines := write(export.NDJSON, hostile())
	require.Equal(t, `{"value":"=cmd|' /C calc'!A0","count":1234,"at":"2026-11-23T09:02:03+08:00","list":[{"value":"\u202e\u001b[2J<b>","few":true}]}`+"\n"+
		`{"value":null,"count":0.5,"at":null,"list":[]}`+"\n", lines)
	var array []map[string]any
	require.NoError(t, json.Unmarshal([]byte(write(export.JSONArray, hostile())), &array))
	require.Len(t, array, 2)
	require.Nil(t, array[1]["value"])

	rows, err := csv.NewReader(strings.NewReader(write(export.CSV, hostile()))).ReadAll()
	require.NoError(t, err)
	require.Equal(t, []string{"value", "count", "at", "list"}, rows[0])
	require.Equal(t, "'=cmd|' /C calc'!A0", rows[1][0], "a spreadsheet would run it")
	require.Equal(t, []string{"", "0.5", "", "[]"}, rows[2])

	require.Equal(t, "value      mails\n=cmd^[[2J  1,234\n空             1\n", write(export.Table, hostile()))

	none := export.Report{Columns: hostile().Columns}
	require.Equal(t, "[]\n", write(export.JSONArray, none))
	require.Empty(t, write(export.NDJSON, none))
	require.Equal(t, "value,count,at,list\r\n", write(export.CSV, none))
	require.Equal(t, "value  mails\n", write(export.Table, none))
	require.Error(t, export.WriteReport("xml", &strings.Builder{}, none, export.Options{}))
}
