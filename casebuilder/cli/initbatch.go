package cli

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"path/filepath"
	"strconv"
	"strings"

	"casebuilder/casebuilder/book"
	"casebuilder/casebuilder/company"
	"casebuilder/casebuilder/diag"
	"casebuilder/casebuilder/intake"
	"casebuilder/casebuilder/render/text"
	"casebuilder/casebuilder/render/xlsx"
	"casebuilder/casebuilder/store"
)

// initBatch writes a unit table whose example row runs as it stands.
func initBatch(s Streams, dir, name string) error {
	var data []byte
	var err error
	switch strings.ToLower(filepath.Ext(name)) {
	case ".csv":
		data, err = unitCSV()
	case ".xlsx":
		data, err = unitXLSX()
	default:
		return usage("want a unit table, .csv or .xlsx, got %s", diag.Quote(name))
	}
	if err != nil {
		return err
	}
	if err := store.Write(dir, store.File{Name: name, Data: data}); err != nil {
		return failed(err)
	}
	file := text.Clean(filepath.Join(dir, name))
	fmt.Fprintf(s.Out, "wrote %s\n\nNext:\n  a row a business unit, in place of the example\n  casebuilder check %s\n  casebuilder batch %s -o out\n", file, file, file)
	return nil
}

func unitCSV() ([]byte, error) {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	var head, row []string
	for _, c := range intake.UnitTable() {
		head = append(head, c.Field.ID)
		row = append(row, intake.EscapeCell(c.Example))
	}
	if err := w.WriteAll([][]string{head, row}); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// unitRows is how many rows of the unit table are formatted and checked while
// one types; more can be added.
const unitRows = 200

// unitXLSX writes the table as a workbook: the sheet Units with the table, and
// Fields with what each column is.
func unitXLSX() ([]byte, error) {
	b := &book.Book{Properties: book.Properties{Title: "Unit table for casebuilder", Language: "en-GB", Created: firstSheetDate.Time}}
	units := b.Add("Units", book.Input)
	units.Open, units.FreezeRows, units.FreezeCols = true, 1, 1
	units.Print = book.Print{Landscape: true, RepeatRows: 1}
	help := b.Add("Fields", book.About)
	help.Title = "What the columns are"
	help.Purpose = "About: the first row of Units names the columns; any other name of the company file can be added as one. Delete the example row, or overwrite it."
	help.Widths = []float64{34, 30, 20, 60, 50, 20, 30}
	const head = 5
	help.FreezeRows = head
	for i, h := range []string{"Column", "Label", "Unit", "What it is", "Write", "Example", "Find it"} {
		help.Set(head, i+1, book.Text(h, book.Header))
	}
	for i, c := range intake.UnitTable() {
		col := i + 1
		f := c.Field
		units.Widths = append(units.Widths, max(13, float64(len(f.ID))*0.62))
		units.Set(1, col, book.Text(f.ID, book.Header))
		value, style := unitCell(c)
		units.Set(2, col, book.Cell{Value: value, Style: style})
		for row := 3; row <= 1+unitRows; row++ {
			units.Set(row, col, book.Cell{Style: style})
		}
		if v, ok := unitValidation(f, col); ok {
			units.Validations = append(units.Validations, v)
		}
		help.SetRow(head+1+i, 1, book.Text(f.ID, book.ID), book.Text(f.Label, book.Label), book.Text(f.Unit, book.Unit), book.Text(f.Help, book.Prose),
			book.Text(f.Want, book.Prose), book.Text(c.Example, book.Label), book.Text(f.Where, book.Prose))
	}
	var out bytes.Buffer
	if err := xlsx.Write(&out, b, xlsx.WriteOptions{}); err != nil {
		return nil, fmt.Errorf("writing the unit table: %w", err)
	}
	return out.Bytes(), nil
}

// firstSheetDate is the date in the properties of a unit table: the same bytes
// every day.
var firstSheetDate = company.NewDate(2026, 1, 1)

// unitCell is the example of a column as a cell: a number as a number.
func unitCell(c intake.TableColumn) (any, book.Style) {
	if c.Field.Kind != company.Quantity {
		style := book.Style{Look: book.InputText, Format: book.AsText}
		if c.Example == "" {
			return nil, style
		}
		return c.Example, style
	}
	style := book.Style{Look: book.InputNumber, Format: book.General}
	switch c.Field.Unit {
	case "share":
		style.Format = "0.##%"
	case "money/yr", "customers", "people", "customers/yr":
		style.Format = book.Whole
	}
	v, _, ok := c.Field.Read(c.Example)
	if !ok {
		return nil, style
	}
	return v, style
}

// unitValidation says what may be entered into a column.
func unitValidation(f *company.Field, col int) (book.Validation, bool) {
	letter := book.ColumnName(col)
	v := book.Validation{Range: fmt.Sprintf("%s2:%s%d", letter, letter, unitRows+1), Title: cut(f.Label, book.MaxHeading),
		Message: cut("Want "+f.Want+".", book.MaxMessage), Prompt: cut(f.Help+" Write: "+f.Want+".", book.MaxMessage)}
	switch f.Kind {
	case company.Quantity:
		v.Kind = book.Decimal
		if f.Whole {
			v.Kind = book.WholeCount
		}
		v.Min, v.Max = strconv.FormatFloat(f.Min, 'f', -1, 64), strconv.FormatFloat(f.Max, 'f', -1, 64)
	case company.Word:
		v.Kind, v.List = book.List, f.Words
	default:
		v.Kind, v.Min, v.Max = book.TextLength, "0", strconv.Itoa(company.MaxText)
	}
	return v, true
}

// cut shortens a text to what a validation can hold.
func cut(s string, n int) string {
	if r := []rune(s); len(r) > n {
		return string(r[:n-1]) + "…"
	}
	return s
}
