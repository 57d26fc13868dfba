package workbook

import (
	"strconv"

	"casebuilder/casebuilder/book"
	"casebuilder/casebuilder/company"
)

// Built reads a workbook that was laid out and not written: what a file of it
// would give.
func Built(b *book.Book) (*Returned, error) { return Read(builtSheets{b}, "") }

// builtSheets reads the sheets of a book, without the columns of trials.
type builtSheets struct{ book *book.Book }

func (b builtSheets) Sheets() []string {
	var names []string
	for _, s := range b.book.Sheets {
		names = append(names, s.Name)
	}
	return names
}

func (b builtSheets) Grid(name string) (*book.Grid, error) {
	s := b.book.Sheet(name)
	g := &book.Grid{Name: name}
	rows, cols := s.Size()
	for row := 1; row <= rows; row++ {
		var cells []book.Read
		for col := 1; col <= cols; col++ {
			if c := readOf(s.At(row, col), col); !c.Empty() {
				cells = append(cells, c)
			}
		}
		if len(cells) > 0 {
			g.Rows = append(g.Rows, book.GridRow{Row: row, Cells: cells})
		}
	}
	return g, nil
}

// readOf is a cell as it would be read from a file.
func readOf(c book.Cell, col int) book.Read {
	r := book.Read{Col: col, Value: c.Value, Formula: c.Formula}
	switch v := c.Value.(type) {
	case string:
		r.Text = v
	case float64:
		r.Text = strconv.FormatFloat(v, 'f', -1, 64)
		if c.Style.Format == book.ISODate {
			if day, ok := book.DateOf(v); ok {
				r.Text = company.Date{Time: day}.String()
			}
		}
	}
	return r
}

// Editable returns the IDs of the rows of Inputs and Estimates into which a
// reviewer may enter a value.
func Editable(b *book.Book) map[string]bool {
	out := map[string]bool{}
	for name, col := range map[string]int{inputsSheet: yoursCol, estimatesSheet: estimateCol("Yours low")} {
		s := b.Sheet(name)
		rows, _ := s.Size()
		for row := firstRow; row <= rows; row++ {
			if s.At(row, col).Style.Look.Editable() {
				out[textOf(s.At(row, 1))] = true
			}
		}
	}
	return out
}
