package workbook

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"casebuilder/casebuilder/book"
	"casebuilder/casebuilder/diag"
)

// maxDifferences bounds how many cells of a sheet are listed.
const maxDifferences = 10

// Compare lists the locked cells and formulas of a workbook that are not as
// they were built, and texts and numbers that stand where nothing was. Values
// of formulas are not compared, since they follow edits. Formulas may have
// been written anew by another program, and rows may have been moved, added or
// deleted: an address in a formula may be that of before or of after.
//
// Sheets that are missing, or cannot be read, are problems as well. skip names
// sheets that are left out. Deleted are rows that are gone; the field of each
// is the text of its first column.
func Compare(s Sheets, built *book.Book, name string, skip ...string) (changed, deleted diag.List) {
	c := &comparer{sheets: s, built: built, name: name, moves: map[string]*move{}, grids: map[string]*book.Grid{}}
	for _, sheet := range built.Sheets {
		if !slices.Contains(skip, sheet.Name) {
			c.open(sheet)
		}
	}
	for _, sheet := range built.Sheets {
		if c.grids[sheet.Name] != nil {
			c.sheet(sheet)
			delete(c.grids, sheet.Name) // the trials are large
		}
	}
	for _, sheet := range s.Sheets() {
		if built.Sheet(sheet) == nil {
			c.changed.Add(diag.Problem{Place: c.place(sheet, 0, 0), Want: "no further sheet", Got: "one that was added"})
		}
	}
	for _, sheet := range built.Sheets {
		if m := c.moves[sheet.Name]; m != nil && m.sorted && c.misread {
			c.changed.Add(diag.Problem{Place: c.place(sheet.Name, 0, 0), Want: "the rows in their order", Got: "sorted rows",
				Hint: "formulas of other sheets read other rows now, so that figures shown in the workbook are wrong; edits are found by their ID"})
		}
	}
	return c.changed, c.deleted
}

// TrialSheets are the sheets that take longest to compare.
var TrialSheets = []string{trialsSheet, drawsSheet}

// comparer holds the two workbooks.
type comparer struct {
	sheets  Sheets
	built   *book.Book
	name    string
	grids   map[string]*book.Grid
	moves   map[string]*move // of sheets whose rows or columns are elsewhere
	changed diag.List
	deleted diag.List
	here    int  // changed cells of the sheet at hand
	misread bool // formulas read other rows than they did, since rows were sorted
}

// open reads a sheet, and finds out where its rows and columns are now.
func (c *comparer) open(s *book.Sheet) {
	g, err := c.sheets.Grid(s.Name)
	if list, ok := err.(diag.List); ok {
		for _, p := range list {
			p.Hint = "the sheet was not compared with what was built"
			c.changed.Add(p)
		}
		return
	}
	c.grids[s.Name] = g
	if m := moved(s, g); m != nil {
		c.moves[s.Name] = m
	}
}

// sheet compares the cells of one sheet.
func (c *comparer) sheet(s *book.Sheet) {
	g := c.grids[s.Name]
	c.here = 0
	seen := map[[2]int]bool{}
	rows, cols := s.Size()
	move := c.moves[s.Name]
	for row := 1; row <= rows; row++ {
		at := move.row(row)
		for col := 1; col <= cols; col++ {
			cell, atCol := s.At(row, col), move.col(col)
			if s.Block != nil && c.inBlock(s.Block, row, col) {
				continue
			}
			seen[[2]int{at, atCol}] = true
			switch {
			case cell.Style.Look.Editable(), s.Name == aboutSheet && isFact(textOf(s.At(row, 1))):
			case at == 0 && col == 1:
				c.deleted.Add(diag.Problem{Place: c.place(s.Name, 0, 0), Field: textOf(cell), Want: "its row", Got: "none: it was deleted"})
			case at > 0 && atCol > 0:
				c.cell(s.Name, row, col, cell, g.At(at, atCol), at, atCol)
			}
		}
	}
	if s.Block != nil {
		c.block(s, g)
	}
	c.extra(s, g, seen)
	if more := c.here - maxDifferences; more > 0 {
		c.changed.Add(diag.Problem{Place: c.place(s.Name, 0, 0), Want: "the sheet as it was built", Got: fmt.Sprintf("%d more cells that were changed", more)})
	}
}

func (c *comparer) inBlock(b *book.Block, row, col int) bool {
	return row >= b.Row && row < b.Row+b.Rows && col >= b.Col && col < b.Col+len(b.Columns)
}

func (c *comparer) place(sheet string, row, col int) diag.Place {
	p := diag.Place{File: c.name, Sheet: sheet}
	if row > 0 {
		p.Cell = book.CellName(row, col)
	}
	return p
}

// differs lists a cell that was changed, the first few of a sheet.
func (c *comparer) differs(sheet string, row, col int, want, got string) {
	if c.here++; c.here <= maxDifferences {
		c.changed.Add(diag.Problem{Place: c.place(sheet, row, col), Want: want, Got: got})
	}
}

// cell compares one cell that was built at row and col and stands at another
// place now.
func (c *comparer) cell(sheet string, row, col int, want book.Cell, have book.Read, at, atCol int) {
	switch {
	case want.Formula == "" && have.Formula == "" && sameValue(want, have):
	case want.Formula != "" && c.same(sheet, want.Formula, have.Formula):
	default:
		c.differs(sheet, at, atCol, wanted(want), had(have))
	}
}

func textOf(c book.Cell) string {
	s, _ := c.Value.(string)
	return s
}

// wanted says what was built in a cell, for a message.
func wanted(c book.Cell) string {
	if c.Formula != "" {
		return "the formula " + diag.Quote("="+c.Formula)
	}
	switch v := c.Value.(type) {
	case nil:
		return "an empty cell"
	case float64:
		return "the number " + strconv.FormatFloat(v, 'g', filedDigits, 64)
	}
	if textOf(c) == "" {
		return "an empty cell"
	}
	return "the text " + diag.Quote(textOf(c))
}

// had says what is in a cell now.
func had(c book.Read) string {
	if c.Formula != "" {
		return "the formula " + diag.Quote("="+c.Formula)
	}
	return Cell{Read: c}.Shown()
}

// isFact reports whether a label of About stands before a fact of the build.
func isFact(label string) bool {
	return slices.Contains([]string{factTrials, factBuild, factLibrary, factFormat}, label)
}

// sameValue compares a value with what was read. Numbers may differ in the
// digits that programs do not keep, or processors do not agree on.
func sameValue(want book.Cell, have book.Read) bool {
	if v, ok := want.Value.(float64); ok {
		h, ok := have.Value.(float64)
		return ok && math.Abs(v-h) <= 1e-9*math.Max(math.Abs(v), 1e-12)
	}
	return plainText(readOf(want, 1)) == plainText(have)
}

// same compares formulas: as they were built, or with the addresses of rows
// and columns that were moved since.
func (c *comparer) same(sheet string, want, have string) bool {
	asBuilt := want == have || plainFormula(want) == plainFormula(have)
	if have == "" || len(c.moves) == 0 || asBuilt && !c.sorted() {
		return asBuilt
	}
	follows, lost := c.follow(sheet, want, func(string) bool { return false })
	if lost || plainFormula(follows) == plainFormula(have) {
		return true
	}
	// Sorting leaves the addresses in formulas of other sheets as they are.
	stays, _ := c.follow(sheet, want, func(on string) bool { return on != sheet })
	if asBuilt || c.sorted() && plainFormula(stays) == plainFormula(have) {
		c.misread = true
		return true
	}
	return false
}

// sorted reports whether the rows of a sheet are in another order.
func (c *comparer) sorted() bool {
	for _, m := range c.moves {
		if m.sorted {
			return true
		}
	}
	return false
}

// follow moves the references of a formula to where their rows and columns are
// now; of sheets that stay, to what stands in their place. lost says that a row
// or column was deleted.
func (c *comparer) follow(sheet, formula string, stays func(sheet string) bool) (moved string, lost bool) {
	var b strings.Builder
	last := 0
	for _, r := range book.References(formula) {
		on := r.Sheet
		if on == "" {
			on = sheet
		}
		m := c.moves[on]
		if m == nil {
			continue
		}
		row, col := r.Row, r.Col
		if row > 0 && stays(on) {
			row = lookUp(m.places, row)
		} else if row > 0 {
			row = m.row(row)
		}
		if col > 0 {
			col = m.col(col)
		}
		if row == 0 && r.Row > 0 || col == 0 && r.Col > 0 {
			return "", true
		}
		b.WriteString(formula[last:r.Start])
		b.WriteString(reference(row, col, r))
		last = r.End
	}
	b.WriteString(formula[last:])
	return b.String(), false
}

// reference writes an address with the dollar signs of another.
func reference(row, col int, like book.Reference) string {
	var b strings.Builder
	if col > 0 {
		if like.ColAbs {
			b.WriteByte('$')
		}
		b.WriteString(book.ColumnName(col))
	}
	if row > 0 {
		if like.RowAbs {
			b.WriteByte('$')
		}
		b.WriteString(strconv.Itoa(row))
	}
	return b.String()
}

// block compares the columns of trials.
func (c *comparer) block(s *book.Sheet, g *book.Grid) {
	b := s.Block
	rows := map[int]book.GridRow{}
	for _, r := range g.Rows {
		rows[r.Row] = r
	}
	for i := range b.Rows {
		cells := rows[b.Row+i].Cells
		for j, column := range b.Columns {
			col := b.Col + j
			for len(cells) > 0 && cells[0].Col < col {
				cells = cells[1:]
			}
			var have book.Read
			if len(cells) > 0 && cells[0].Col == col {
				have = cells[0]
			}
			want := book.Cell{Formula: column.Formula}
			if i < len(column.Values) {
				want.Value = column.Values[i]
			}
			if want.Formula != "" && i > 0 {
				want.Formula = book.Shift(want.Formula, i, 0)
			}
			c.cell(s.Name, b.Row+i, col, want, have, b.Row+i, col)
		}
	}
}

// extra lists cells where nothing was built.
func (c *comparer) extra(s *book.Sheet, g *book.Grid, seen map[[2]int]bool) {
	rows := map[int]bool{}
	for at := range seen {
		rows[at[0]] = true
	}
	for _, r := range g.Rows {
		for _, cell := range r.Cells {
			if seen[[2]int{r.Row, cell.Col}] || cell.Empty() || s.Block != nil && c.inBlock(s.Block, r.Row, cell.Col) {
				continue
			}
			c.differs(s.Name, r.Row, cell.Col, "an empty cell", had(cell))
			if !rows[r.Row] {
				break // a row that was added: once
			}
		}
	}
}

// plainFormula writes a formula as all programs would: without spaces, names
// of functions and columns in capitals, sheets without quotation marks they do
// not need, numbers in one form.
func plainFormula(f string) string {
	var b strings.Builder
	for i := 0; i < len(f); {
		switch c := f[i]; {
		case c == '"':
			end := closing(f, i, '"')
			b.WriteString(f[i:end])
			i = end
		case c == '\'':
			end := closing(f, i, '\'')
			b.WriteString(strings.ToUpper(book.QuoteSheet(strings.ReplaceAll(strings.Trim(f[i:end], "'"), "''", "'"))))
			i = end
		case c == ' ' || c == '\n' || c == '\r' || c == '\t':
			i++
		case c >= '0' && c <= '9' || c == '.':
			end := i
			for end < len(f) && (f[end] >= '0' && f[end] <= '9' || f[end] == '.' || (f[end] == 'E' || f[end] == 'e') && end+1 < len(f) && strings.IndexByte("+-0123456789", f[end+1]) >= 0 ||
				(f[end] == '+' || f[end] == '-') && (f[end-1] == 'E' || f[end-1] == 'e') && end > i) {
				end++
			}
			word := f[i:end]
			if v, err := strconv.ParseFloat(word, 64); err == nil && (i == 0 || !isWord(f[i-1])) {
				word = strconv.FormatFloat(v, 'g', -1, 64)
			}
			b.WriteString(word)
			i = end
		default:
			if c >= 'a' && c <= 'z' {
				c -= 'a' - 'A'
			}
			b.WriteByte(c)
			i++
		}
	}
	return b.String()
}

func isWord(c byte) bool {
	return c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c == '$' || c == '_'
}

// closing returns the place behind a quoted text that starts at i.
func closing(f string, i int, quote byte) int {
	for i++; i < len(f); i++ {
		if f[i] == quote {
			if i+1 < len(f) && f[i+1] == quote {
				i++
				continue
			}
			return i + 1
		}
	}
	return len(f)
}
