package intake

import (
	"archive/zip"
	"bytes"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"casebuilder/casebuilder/company"
	"casebuilder/casebuilder/diag"

	"github.com/xuri/excelize/v2"
)

// unitSheet is the sheet that a unit table is read from, where it is there;
// else it is the first sheet.
const unitSheet = "Units"

// UnitsXLSX returns the rows of the sheet Units, or of the first sheet, of a
// workbook, as UnitsCSV does. Of a formula its stored value is read. The error
// is a diag.List.
func UnitsXLSX(name string, src []byte, opts Options) (u *Units, err error) {
	defer func() {
		if r := recover(); r != nil { // a bug of the workbook reader
			u, err = nil, noWorkbook(name, "a file that cannot be read as one")
		}
	}()
	if err := lookZip(name, src); err != nil {
		return nil, err
	}
	file, err := excelize.OpenReader(bytes.NewReader(src), excelize.Options{
		RawCellValue: true, UnzipSizeLimit: MaxTable, UnzipXMLSizeLimit: MaxTable})
	if err != nil {
		return nil, noWorkbook(name, diag.Printable(err.Error()))
	}
	defer file.Close()
	sheets := file.GetSheetList()
	if len(sheets) == 0 {
		return nil, noWorkbook(name, "a workbook without sheets")
	}
	t := &xlsxTable{name: name, sheet: sheets[0], opts: opts}
	if slices.Contains(sheets, unitSheet) {
		t.sheet = unitSheet
	}
	if p, err := file.GetWorkbookProps(); err == nil && p.Date1904 != nil {
		t.date1904 = *p.Date1904
	}
	return t.units(file)
}

func noWorkbook(name, got string) error {
	return diag.List{{Place: diag.Place{File: name}, Want: "a workbook, .xlsx", Got: got,
		Hint: "an older workbook, or one with a password, must be saved as .xlsx without it"}}
}

// lookZip checks the size of a workbook before it is unzipped.
func lookZip(name string, src []byte) error {
	large := func(got, hint string) error {
		return diag.List{{Place: diag.Place{File: name}, Want: "a workbook of at most 64 MB, unzipped", Got: got, Hint: hint}}
	}
	if len(src) > MaxTable {
		return large(fmt.Sprintf("%.1f MB", float64(len(src))/(1<<20)), "")
	}
	z, err := zip.NewReader(bytes.NewReader(src), int64(len(src)))
	if err != nil {
		return noWorkbook(name, "another kind of file")
	}
	total := uint64(0)
	for _, f := range z.File {
		if total += f.UncompressedSize64; f.UncompressedSize64 > MaxTable || total > MaxTable {
			return large("more", "save the unit table alone")
		}
	}
	return nil
}

// xlsxTable reads one sheet.
type xlsxTable struct {
	name, sheet string
	opts        Options
	date1904    bool
	columns     []column
}

// place returns the place of a cell; row from 1, col from 0.
func (t *xlsxTable) place(row, col int) diag.Place {
	cell, err := excelize.CoordinatesToCellName(col+1, row)
	if err != nil {
		cell = ""
	}
	return diag.Place{File: t.name, Sheet: t.sheet, Cell: cell}
}

// rowPlace returns the place of a row: that of its first cell.
func (t *xlsxTable) rowPlace(row int) diag.Place { return t.place(row, 0) }

func (t *xlsxTable) units(file *excelize.File) (*Units, error) {
	rows, err := file.Rows(t.sheet)
	if err != nil {
		return nil, noWorkbook(t.name, diag.Printable(err.Error()))
	}
	defer rows.Close()
	u := &Units{opts: t.opts}
	unit, stored := -1, 0
	for row := 1; rows.Next(); row++ {
		record, err := rows.Columns()
		if err != nil {
			return nil, noWorkbook(t.name, diag.Printable(err.Error()))
		}
		if len(record) > maxColumns {
			return nil, diag.List{{Place: t.place(row, maxColumns), Want: fmt.Sprintf("at most %d columns", maxColumns), Got: fmt.Sprint(len(record))}}
		}
		if t.columns == nil {
			if row > 1 || strings.TrimSpace(strings.Join(record, "")) == "" {
				break
			}
			var problems diag.List
			t.columns, problems = header(record, func(col int) diag.Place { return t.place(1, col) }, t.opts)
			if err := problems.Err(); err != nil {
				return nil, err
			}
			for _, c := range t.columns {
				if c.id == "company.unit" {
					unit = c.index
				}
			}
			continue
		}
		if strings.TrimSpace(strings.Join(record, "")) == "" {
			continue
		}
		if stored += len(record); stored > maxCells {
			return nil, manyCells(t.rowPlace(row))
		}
		u.units = append(u.units, t.row(row, record, unit))
		if len(u.units) > maxUnits {
			return nil, tooMany(t.rowPlace(row), "rows")
		}
	}
	if err := rows.Error(); err != nil {
		return nil, noWorkbook(t.name, diag.Printable(err.Error()))
	}
	if len(u.units) == 0 {
		return nil, diag.List{{Place: t.rowPlace(1), Want: "a row of names and a row for each unit", Got: "no rows",
			Hint: "casebuilder init --batch writes a table"}}
	}
	u.twins()
	return u, u.shared()
}

// row returns the unit of a row, to be read later.
func (t *xlsxTable) row(row int, record []string, unit int) raw {
	at := t.rowPlace(row)
	value := func(col int) string {
		if col < len(record) {
			return record[col]
		}
		return ""
	}
	out := raw{at: at, name: strings.TrimSpace(value(unit))}
	out.row = func() (*node, map[string]diag.Place, diag.List) {
		days := map[int]bool{}
		for _, c := range t.columns {
			if f := company.FieldByID(c.id); f != nil && f.Kind == company.Day {
				days[c.index] = true
			}
		}
		read := func(col int) string {
			if days[col] {
				return t.day(value(col))
			}
			return value(col)
		}
		place := func(col int) diag.Place { return t.place(row, col) }
		root, blank, problems := rowTree(at, t.columns, read, place)
		return root, blank, append(problems, extra(record, t.columns, place, "")...)
	}
	return out
}

// day turns the number by which a workbook stores a date into a date; other
// texts stay as they are.
func (t *xlsxTable) day(s string) string {
	serial, err := strconv.ParseFloat(s, 64)
	if err != nil || serial < 1 || serial > 2_958_465 { // 9999-12-31
		return s
	}
	d, err := excelize.ExcelDateToTime(serial, t.date1904)
	if err != nil {
		return s
	}
	return d.Format(time.DateOnly)
}
