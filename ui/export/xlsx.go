package export

import (
	"cmp"
	"errors"
	"io"
	"slices"
	"time"

	"github.com/xuri/excelize/v2"

	"bounceboard/sendcloud"
	"bounceboard/sendcloud/rowjson"
	"bounceboard/ui/cell"
)

// What one sheet and one cell of a spreadsheet may hold.
const (
	MaxSheetRows = excelize.TotalRows - 1 // below the header
	maxCellText  = 32_767                 // UTF-16 units
)

// Workbook writes items as an XLSX file with a frozen header that filters. Items go to a temporary file on the way,
// not into memory; Close writes the workbook. Times are the clock's of the service, since a spreadsheet's have no zone.
type Workbook[T any] struct {
	w       io.Writer
	columns []Column[T]
	file    *excelize.File
	stream  *excelize.StreamWriter
	row     int // the last one written
	stamp   int // the style of times
	err     error
}

// NewWorkbook begins a workbook of the columns that have a name. One is as wide as in a table, but a time has room.
func NewWorkbook[T any](w io.Writer, columns []Column[T]) (*Workbook[T], error) {
	columns = slices.DeleteFunc(slices.Clone(columns), func(c Column[T]) bool { return c.Name == "" })
	x := &Workbook[T]{w: w, columns: columns, file: excelize.NewFile(), row: 1}
	format := "yyyy-mm-dd hh:mm:ss"
	head, err := x.file.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true},
		Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"DDE3EA"}}})
	if err == nil {
		x.stamp, err = x.file.NewStyle(&excelize.Style{CustomNumFmt: &format})
	}
	if err == nil {
		x.stream, err = x.file.NewStreamWriter("Sheet1")
	}
	if err != nil {
		return nil, err
	}
	header := make([]any, len(columns))
	for i, c := range slices.Backward(columns) { // the last width that is set stands first in the file
		header[i] = excelize.Cell{StyleID: head, Value: c.Name}
		width := float64(min(max(c.Width, len(c.Name)+4, 20), 60))
		err = errors.Join(err, x.stream.SetColWidth(i+1, i+1, width))
	}
	return x, errors.Join(err,
		x.stream.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}),
		x.stream.SetRow("A1", header))
}

// Write writes an item. Text is text, never a formula; characters that are not to be seen stand in their visible form,
// and text that is too long for a cell ends in "…". The first error is kept; more than MaxSheetRows items are one.
func (x *Workbook[T]) Write(item T) error {
	row := make([]any, len(x.columns))
	for i, c := range x.columns {
		switch v := c.Value(item).(type) {
		case nil, int, float64, bool:
			row[i] = v
		case string:
			if v != "" {
				row[i] = cutText(cell.Clean(v))
			}
		case time.Time:
			if v = v.In(sendcloud.Zone); v.Year() >= 1900 && v.Year() <= 9999 {
				_, shift := v.Zone()
				row[i] = excelize.Cell{StyleID: x.stamp, Value: v.UTC().Add(time.Duration(shift) * time.Second)}
			}
		default:
			row[i] = cutText(cell.Clean(string(rowjson.AppendValue(nil, v))))
		}
	}
	x.row++
	at, err := excelize.CoordinatesToCellName(1, x.row)
	if err == nil && x.err == nil {
		err = x.stream.SetRow(at, row)
	}
	x.err = cmp.Or(x.err, err)
	return x.err
}

// Close ends the workbook, writes it, and removes what was temporary. It does not close the underlying writer.
func (x *Workbook[T]) Close() error {
	defer x.file.Close()
	last, err := excelize.CoordinatesToCellName(len(x.columns), x.row)
	if err = cmp.Or(x.err, err); err == nil {
		err = errors.Join(x.file.AutoFilter("Sheet1", "A1:"+last, nil), x.stream.Flush())
	}
	if err != nil {
		return err
	}
	return x.file.Write(x.w)
}

// cutText cuts text that is too long for a cell.
func cutText(s string) string {
	units, fits := 0, 0 // fits: bytes that leave room for the mark
	for i, r := range s {
		if units < maxCellText {
			fits = i
		}
		if units++; r > 0xFFFF {
			units++
		}
		if units > maxCellText {
			return s[:fits] + "…"
		}
	}
	return s
}
