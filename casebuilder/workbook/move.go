package workbook

import (
	"slices"

	"casebuilder/casebuilder/book"
)

// move says where the rows and columns of a sheet are now. A nil move is that
// of a sheet in which nothing moved.
type move struct {
	rows, cols []int // by number, from 1; 0 for one that is gone
	places     []int // where the rows would be, had they not been sorted
	sorted     bool
}

func (m *move) row(row int) int {
	if m == nil {
		return row
	}
	return lookUp(m.rows, row)
}

func (m *move) col(col int) int {
	if m == nil {
		return col
	}
	return lookUp(m.cols, col)
}

func lookUp(to []int, from int) int {
	if from < len(to) {
		return to[from]
	}
	return from + to[len(to)-1] - (len(to) - 1)
}

// moved finds out whether rows or columns of a sheet stand elsewhere: rows by
// the text in their first column, columns by the headers of the table.
func moved(s *book.Sheet, g *book.Grid) *move {
	rows, cols := s.Size()
	m := &move{rows: inPlace(rows), cols: inPlace(cols)}
	if s.Table != nil {
		m.cols = columnsNow(s, g, m.cols)
	}
	first := max(1, m.cols[1])
	at, filled := map[string]int{}, map[int]bool{} // the row with a text now; -1 where there are several
	for _, r := range g.Rows {
		filled[r.Row] = slices.ContainsFunc(r.Cells, func(c book.Read) bool { return !c.Empty() })
		if text := g.At(r.Row, first).Text; text != "" {
			if at[text] != 0 {
				at[text] = -1
				continue
			}
			at[text] = r.Row
		}
	}
	built := map[string]int{}
	for row := 1; row <= rows; row++ {
		built[textOf(s.At(row, 1))]++
	}
	shift := 0
	for row := 1; row <= rows; row++ {
		text := textOf(s.At(row, 1))
		switch {
		case text == "" || built[text] > 1 || at[text] < 0 || s.At(row, 1).Formula != "":
			m.rows[row] = row + shift // between rows that are known
		case at[text] == 0 && !filled[row+shift]:
			m.rows[row] = 0
		case at[text] == 0 && built[g.At(row+shift, first).Text] > 0:
			m.rows[row] = 0 // another row has come up to its place
			shift--
		case at[text] == 0:
			m.rows[row] = row + shift // its text was changed
		default:
			m.rows[row] = at[text]
			shift = at[text] - row
		}
	}
	if slices.Equal(m.rows, inPlace(rows)) && slices.Equal(m.cols, inPlace(cols)) {
		return nil
	}
	m.places = slices.Clone(m.rows)
	there := slices.DeleteFunc(slices.Clone(m.rows[1:]), func(row int) bool { return row == 0 })
	m.sorted = !slices.IsSorted(there)
	slices.Sort(there)
	for row := 1; row <= rows; row++ {
		if m.rows[row] > 0 {
			m.places[row], there = there[0], there[1:]
		}
	}
	return m
}

func inPlace(n int) []int {
	out := make([]int, n+1)
	for i := range out {
		out[i] = i
	}
	return out
}

// columnsNow finds the columns of a table by their headers.
func columnsNow(s *book.Sheet, g *book.Grid, cols []int) []int {
	var heads []string
	for col := 1; col < len(cols); col++ {
		if text := textOf(s.At(headRow, col)); text != "" {
			heads = append(heads, text)
		}
	}
	head := g.FindRow(heads...)
	if head == 0 {
		return cols
	}
	now, shift := g.Columns(head), 0
	for col := 1; col < len(cols); col++ {
		if to := now[textOf(s.At(headRow, col))]; to > 0 {
			shift = to - col
		}
		cols[col] = col + shift
	}
	return cols
}
