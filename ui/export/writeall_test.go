package export_test

import (
	"encoding/csv"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"bounceboard/sendcloud/rowjson"
	"bounceboard/ui/cell"
	"bounceboard/ui/export"
)

// line is a line of what strangers may have written.
type line struct {
	value, count any
	at           time.Time
	list         []any
	texts        [2]string
}

var (
	hostileColumns = []export.Column[line]{
		{Name: "value", Value: func(l line) any { return l.value }, Head: "value", Text: func(l line) string { return l.texts[0] }, Width: 20},
		{Name: "count", Value: func(l line) any { return l.count }, Head: "mails", Text: func(l line) string { return l.texts[1] }, Fit: cell.Style.FitRight},
		{Name: "at", Value: func(l line) any { return l.at }},
		{Name: "list", Value: func(l line) any { return l.list }},
	}
	hostile = []line{
		{"=cmd|' /C calc'!A0", 1234, time.Date(2026, 11, 23, 1, 2, 3, 0, time.UTC),
			[]any{rowjson.Object{{Key: "value", Value: "\u202e\x1b[2J<b>"}, {Key: "few", Value: true}}}, [2]string{"=cmd\x1b[2J", "1,234"}},
		{nil, 0.5, time.Time{}, []any{}, [2]string{"空", "1"}},
	}
)

func TestWriteAllInEveryFormat(t *testing.T) {
	write := func(f export.Format, lines ...line) string {
		var b strings.Builder
		require.NoError(t, export.WriteAll(f, &b, export.Options{}, hostileColumns, lines))
		return b.String()
	}
	require.Equal(t, `{"value":"=cmd|' /C calc'!A0","count":1234,"at":"2026-11-23T09:02:03+08:00","list":[{"value":"\u202e\u001b[2J<b>","few":true}]}`+"\n"+
		`{"value":null,"count":0.5,"at":null,"list":[]}`+"\n", write(export.NDJSON, hostile...))
	var array []map[string]any
	require.NoError(t, json.Unmarshal([]byte(write(export.JSONArray, hostile...)), &array))
	require.Len(t, array, 2)
	require.Nil(t, array[1]["value"])

	rows, err := csv.NewReader(strings.NewReader(write(export.CSV, hostile...))).ReadAll()
	require.NoError(t, err)
	require.Equal(t, []string{"value", "count", "at", "list"}, rows[0])
	require.Equal(t, "'=cmd|' /C calc'!A0", rows[1][0], "a spreadsheet would run it")
	require.Equal(t, []string{"", "0.5", "", "[]"}, rows[2])

	require.Equal(t, "value      mails\n=cmd^[[2J  1,234\n空             1\n", write(export.Table, hostile...))

	require.Equal(t, "[]\n", write(export.JSONArray))
	require.Empty(t, write(export.NDJSON))
	require.Equal(t, "value,count,at,list\r\n", write(export.CSV))
	require.Equal(t, "value  mails\n", write(export.Table))
}
