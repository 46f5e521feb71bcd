package export

import (
	"archive/zip"
	"bytes"
	"io"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"
)

func TestAWorkbookIsReadAgain(t *testing.T) {
	var columns []Column[[]any]
	for i, name := range []string{"recipients", "subStatus", "requestTime", "sendLog", "confidence", "certain"} {
		columns = append(columns, Column[[]any]{Name: name, Value: func(row []any) any { return row[i] }, Width: 10 * i})
	}
	var out bytes.Buffer
	x, err := NewWorkbook(&out, append(columns, Column[[]any]{Head: "for a table alone"}))
	require.NoError(t, err)
	at := time.Date(2026, 11, 23, 1, 30, 11, 0, time.UTC)
	long := strings.Repeat("长", 40_000)
	require.NoError(t, x.Write([]any{"=1+1", 406, at, "550 <no> & \"邮箱\"\x1b[2J\x00\r\n\xff", 0.25, true}))
	require.NoError(t, x.Write([]any{"+861", nil, time.Time{}, long, nil, nil}))
	require.NoError(t, x.Write([]any{"_x0041_", -5, at, "", 1.0, false}))
	require.NoError(t, x.Close())

	f, err := excelize.OpenReader(bytes.NewReader(out.Bytes()))
	require.NoError(t, err)
	defer f.Close()
	rows, err := f.GetRows("Sheet1")
	require.NoError(t, err)
	require.Equal(t, []string{"recipients", "subStatus", "requestTime", "sendLog", "confidence", "certain"}, rows[0])
	require.Equal(t, []string{"=1+1", "406", "2026-11-23 09:30:11", "550 <no> & \"邮箱\"^[[2J^@^J<FF>", "0.25", "TRUE"}, rows[1])
	require.Equal(t, "_x0041_", rows[3][0])
	cut := rows[2][3]
	require.Len(t, utf16.Encode([]rune(cut)), maxCellText)
	require.True(t, strings.HasSuffix(cut, "长…"))
	for axis, want := range map[string]excelize.CellType{"A2": excelize.CellTypeInlineString, "B2": excelize.CellTypeUnset, "E2": excelize.CellTypeUnset, "F2": excelize.CellTypeBool} {
		kind, err := f.GetCellType("Sheet1", axis)
		require.NoError(t, err)
		require.Equal(t, want, kind, axis)
	}
	for _, axis := range []string{"A2", "A3", "A4"} {
		formula, err := f.GetCellFormula("Sheet1", axis)
		require.NoError(t, err)
		require.Empty(t, formula)
	}
	panes, err := f.GetPanes("Sheet1")
	require.NoError(t, err)
	require.True(t, panes.Freeze)
	width, err := f.GetColWidth("Sheet1", "D")
	require.NoError(t, err)
	require.Equal(t, 30.0, width)

	z, err := zip.NewReader(bytes.NewReader(out.Bytes()), int64(out.Len()))
	require.NoError(t, err)
	part, err := z.Open("xl/worksheets/sheet1.xml")
	require.NoError(t, err)
	sheet, err := io.ReadAll(part)
	require.NoError(t, err)
	require.Contains(t, string(sheet), `<cols><col min="1" max="1"`, "columns in order: Excel wants it")
	require.Contains(t, string(sheet), `<autoFilter ref="$A$1:$F$4"`)
}
