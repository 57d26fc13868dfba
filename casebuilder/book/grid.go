package book

import (
	"slices"
	"sort"
	"strings"
)

// Grid is a sheet as it was read from a file: its cells, without their looks.
type Grid struct {
	Name string
	Rows []GridRow // those with cells, in order
}

// GridRow is one row of a Grid.
type GridRow struct {
	Row   int // counted from 1
	Cells []Read
}

// Read is a cell as it was read from a file.
type Read struct {
	Col     int    // counted from 1
	Value   any    // float64, string, bool, ErrorValue, or nil for a cell with a style alone
	Formula string // without "=" and without the prefix of newer functions; "" for a value
	Text    string // the value as a text: a number as the file writes it, a date cell as 2026-12-31
	Style   int    // number of the cell's style in the file
}

// Empty reports whether the cell holds nothing.
func (r Read) Empty() bool {
	s, isText := r.Value.(string)
	return r.Formula == "" && (r.Value == nil || isText && s == "")
}

// At returns the cell at an address; the zero Read where none is.
func (g *Grid) At(row, col int) Read {
	i := sort.Search(len(g.Rows), func(i int) bool { return g.Rows[i].Row >= row })
	if i == len(g.Rows) || g.Rows[i].Row != row {
		return Read{}
	}
	cells := g.Rows[i].Cells
	j := sort.Search(len(cells), func(j int) bool { return cells[j].Col >= col })
	if j == len(cells) || cells[j].Col != col {
		return Read{}
	}
	return cells[j]
}

// FindRow returns the first row that holds all these texts, each in a cell of
// its own: the row of the column headers, wherever it stands; 0 when there is
// none.
func (g *Grid) FindRow(texts ...string) int {
	for _, r := range g.Rows {
		columns := g.Columns(r.Row)
		missing := slices.ContainsFunc(texts, func(t string) bool { return columns[t] == 0 })
		if !missing && len(texts) > 0 {
			return r.Row
		}
	}
	return 0
}

// Columns returns the columns of a row by the text in them, without white
// space around it; of two equal texts the first counts.
func (g *Grid) Columns(row int) map[string]int {
	out := map[string]int{}
	i := sort.Search(len(g.Rows), func(i int) bool { return g.Rows[i].Row >= row })
	if i == len(g.Rows) || g.Rows[i].Row != row {
		return out
	}
	for _, c := range g.Rows[i].Cells {
		text, ok := c.Value.(string)
		if text = strings.TrimSpace(text); ok && text != "" && out[text] == 0 {
			out[text] = c.Col
		}
	}
	return out
}

// Sort puts rows and cells in order; of two at one address the later stays.
func (g *Grid) Sort() {
	slices.SortStableFunc(g.Rows, func(a, b GridRow) int { return a.Row - b.Row })
	rows := g.Rows[:0]
	for _, r := range g.Rows {
		if n := len(rows); n > 0 && rows[n-1].Row == r.Row {
			rows[n-1].Cells = append(rows[n-1].Cells, r.Cells...)
			continue
		}
		rows = append(rows, r)
	}
	g.Rows = rows
	for i := range g.Rows {
		r := &g.Rows[i]
		inOrder := slices.IsSortedFunc(r.Cells, func(a, b Read) int { return a.Col - b.Col })
		if !inOrder {
			slices.SortStableFunc(r.Cells, func(a, b Read) int { return a.Col - b.Col })
		}
		cells := r.Cells[:0]
		for _, c := range r.Cells {
			if n := len(cells); n > 0 && cells[n-1].Col == c.Col {
				cells[n-1] = c
				continue
			}
			cells = append(cells, c)
		}
		r.Cells = cells
	}
}
