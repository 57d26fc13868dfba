package review

import (
	"math"
	"strconv"
	"strings"

	"casebuilder/casebuilder/book"
	"casebuilder/casebuilder/diag"
	"casebuilder/casebuilder/money"
	"casebuilder/casebuilder/workbook"
)

// print prints the filed value of a row, or its interval.
func (m *maker) print(row *workbook.Row, cells []workbook.Cell) string {
	parts := make([]string, len(cells))
	for i, c := range cells {
		parts[i] = m.printCell(row, c)
	}
	return strings.Join(parts, " to ")
}

// entered is what the reviewer entered; an end of an interval that was left
// empty is that of the filed one.
func entered(row *workbook.Row) []workbook.Cell {
	cells := make([]workbook.Cell, len(row.Yours))
	for i, c := range row.Yours {
		cells[i] = c
		if c.Empty() && i < len(row.Filed) {
			cells[i] = row.Filed[i]
		}
	}
	return cells
}

func (m *maker) printCell(row *workbook.Row, c workbook.Cell) string {
	if c.NoResult() {
		return workbook.WithoutResult
	}
	switch v := c.Value.(type) {
	case float64:
		return m.printNumber(row, v)
	case book.ErrorValue:
		return string(v)
	case bool:
		return map[bool]string{true: "yes", false: "no"}[v]
	}
	return strings.Join(strings.Fields(diag.Printable(strings.Join(strings.Fields(c.Text), " "))), " ")
}

// printNumber prints a number in the unit of its row, without words after it:
// all the digits that somebody put in, three of a computed end of an interval.
func (m *maker) printNumber(row *workbook.Row, v float64) string {
	if digits := strconv.FormatFloat(math.Abs(v), 'e', -1, 64); row.Driver && len(digits) > len("1.23456789e-01") {
		if cut, err := strconv.ParseFloat(strconv.FormatFloat(v, 'g', 3, 64), 64); err == nil {
			v = cut
		}
	}
	c, ok := money.LookUp(m.report.Currency)
	if !ok {
		c = money.Currency{Code: m.report.Currency}
	}
	return money.English.Format(row.Unit, c).Measured().Number(v)
}

// spell prints an ID with blanks.
func spell(id string) string { return strings.ReplaceAll(id, "_", " ") }
