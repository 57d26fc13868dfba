package book

import "time"

// Cell is one cell. The zero Cell is empty.
type Cell struct {
	Value   any    // float64, string, bool or nil; beside a formula its cached value
	Formula string // without "="; "" for a value
	Style   Style
	Link    string // another cell of this book, "Inputs!A12"; "" for none
}

// Empty reports whether the cell has neither content nor style.
func (c Cell) Empty() bool { return c == Cell{} }

// ErrorValue is what a cell holds whose formula failed, such as "#REF!". It is
// found when reading; a Book never holds one.
type ErrorValue string

// Text returns a text cell.
func Text(s string, look Look) Cell { return Cell{Value: s, Style: Style{Look: look}} }

// Number returns a number cell.
func Number(v float64, look Look, f Format) Cell {
	return Cell{Value: v, Style: Style{Look: look, Format: f}}
}

// Formula returns a formula cell with its cached value: float64, string or bool.
func Formula(formula string, cached any, look Look, f Format) Cell {
	return Cell{Formula: formula, Value: cached, Style: Style{Look: look, Format: f}}
}

// Style is how a cell looks: one of a few looks, and a number format.
type Style struct {
	Look   Look
	Format Format
}

// Look is one of the few appearances that cells have. InputNumber and
// InputText are the editable ones; every other cell is locked.
type Look int

// The looks. Body text is 10 points.
const (
	Plain       Look = iota // text without a rule under it
	Title                   // 14 points bold; cell A1
	Purpose                 // grey line under the title
	Heading                 // bold head of a section within a sheet
	Header                  // column header: bold, wrapped, filled, ruled
	HeaderRight             // the same over a column of numbers
	Label                   // row label
	ID                      // row ID, grey
	Unit                    // unit of the row, grey
	Prose                   // wrapped text in a table
	Note                    // grey text that explains, not wrapped
	Statement               // 12 points; the decision in words
	InputNumber             // editable number: yellow with blue text
	InputText               // editable text: the same, wrapped
	InputKey                // looks like an input and is locked: the sample in a colour key
	Calc                    // calculated number
	CalcText                // calculated text
	Filed                   // stored figure that does not follow edits, grey
	Total                   // calculated, bold, ruled above
	TotalLabel              // its label
	Figure                  // headline figure, 14 points bold
	Check                   // result of a check, bold
	LinkText                // link to another cell: blue, underlined
	Bulk                    // number in a Block: no rule under it
	lastLook
)

// Editable reports whether cells of this look are unlocked.
func (l Look) Editable() bool { return l == InputNumber || l == InputText }

// Format is a number format in the spreadsheet's own code; "" is General.
type Format string

// The formats in use. Money keeps one scale a column; the scale stands in the
// unit ("GBP million" for Millions).
const (
	General   Format = ""
	Whole     Format = "#,##0"
	OneDigit  Format = "#,##0.0"
	TwoDigits Format = "#,##0.00"
	Fine      Format = "0.0000"
	Six       Format = "0.000000"
	Thousands Format = "#,##0,"
	Millions  Format = "#,##0.0,,"
	Percent   Format = "0.0%"
	Percent2  Format = "0.00%"
	Signed    Format = "[>=0.5]+#,##0;[<=-0.5]-#,##0;0" // no sign on what rounds to zero
	ISODate   Format = "yyyy-mm-dd"
	AsText    Format = "@"
	YearOnly  Format = "0"
)

// epoch is day 0 of the serial dates of a spreadsheet, with the extra day that
// they give to 1900: right for 1900-03-01 and later.
var epoch = time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)

// Serial returns the serial number of a date, in days; the time of day is left
// out. Meant for dates from 1900-03-01 on.
func Serial(t time.Time) float64 {
	y, m, d := t.Date()
	const secondsOfDay = 24 * 60 * 60
	return float64((time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Unix() - epoch.Unix()) / secondsOfDay)
}

// maxSerial is 9999-12-31, the last date a spreadsheet knows.
const maxSerial = 2958465

// DateOf returns the date of a serial number, and false when v is not between
// 1900-03-01 and 9999-12-31.
func DateOf(v float64) (time.Time, bool) {
	if !(v >= 61 && v < maxSerial+1) {
		return time.Time{}, false
	}
	return epoch.AddDate(0, 0, int(v)), true
}
