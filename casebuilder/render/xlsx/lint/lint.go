// Package lint checks a finished workbook against the rules of good
// spreadsheets: what may stand in formulas, that nothing is hidden, that units,
// sources, titles, validations and cached values are there.
//
// It reads the file itself and knows nothing of how it was made, so that it
// also judges what another program saved. It is a tool for tests.
package lint

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"casebuilder/casebuilder/book"
	"casebuilder/casebuilder/diag"
	"casebuilder/casebuilder/render/xlsx"
)

// Config says which sheet is what. Sheets that are not named are checked by
// the rules that hold for all.
type Config struct {
	Name   string // of the file, for messages
	Sheets map[string]Sheet
}

// Sheet says what the rules for one sheet are.
type Sheet struct {
	HeaderRow int      // row of the column headers, from 1; 0 for a sheet without columns
	Units     bool     // every row below has a text under "Unit"
	Sources   bool     // every row below has a text under "Source"
	ByColumn  int      // from this column on, every column below holds one formula, or values; 0 for none
	ByRow     []string // ranges such as "E7:I20" in which every row holds one formula, or values
	NoTitle   bool     // no title is asked for in A1 and A2
}

// maxFormula is the greatest length of a formula in characters (WB-11, FAST 3.03).
const maxFormula = 100

// minFont is the least size of text in points (WB-27).
const minFont = 10

// maxReports bounds how often one rule is reported for one sheet.
const maxReports = 10

// Check returns what breaks a rule, sheet by sheet.
func Check(r io.ReaderAt, size int64, cfg Config) diag.List {
	f, err := xlsx.Open(r, size, xlsx.ReadOptions{Name: cfg.Name, Exact: true, Limits: xlsx.Limits{
		Part: 1 << 30, Total: 2 << 30, Cells: 5_000_000,
	}})
	if list, ok := err.(diag.List); ok {
		return list
	}
	p, err := readParts(r, size)
	if err != nil {
		return diag.List{{Want: "a workbook that can be checked", Got: err.Error()}}
	}
	c := &checker{cfg: cfg, parts: p, counts: map[string]int{}, formulas: map[string][]formulaCell{}}
	c.workbook()
	for _, name := range f.Sheets() {
		g, err := f.Grid(name)
		if list, ok := err.(diag.List); ok {
			c.problems = append(c.problems, list...)
			continue
		}
		c.sheet(g)
	}
	c.cycles(f.Sheets())
	return c.problems
}

// checker gathers the problems of one workbook.
type checker struct {
	cfg      Config
	parts    *parts
	problems diag.List
	counts   map[string]int           // reports by sheet and rule
	formulas map[string][]formulaCell // by sheet
}

// formulaCell is a cell with a formula, for the search for cycles.
type formulaCell struct {
	row, col int
	formula  string
}

// report adds a problem, unless the rule was reported often enough there.
func (c *checker) report(sheet, cell, rule, want, got string) {
	key := sheet + "\x00" + rule
	if c.counts[key]++; c.counts[key] > maxReports {
		return
	}
	c.problems.Add(diag.Problem{Place: diag.Place{File: c.cfg.Name, Sheet: sheet, Cell: cell}, Field: rule, Want: want, Got: got})
}

// sheet applies the rules to one sheet.
func (c *checker) sheet(g *book.Grid) {
	cfg := c.cfg.Sheets[g.Name]
	info := c.parts.sheets[g.Name]
	if info == nil {
		info = &sheetInfo{}
	}
	c.hidden(g, info)
	c.page(g, info)
	if !cfg.NoTitle {
		for row, what := range []string{"title", "purpose line"} {
			if _, ok := g.At(row+1, 1).Value.(string); !ok {
				c.report(g.Name, book.CellName(row+1, 1), "title", "a "+what, "none")
			}
		}
	}
	seen := map[string]bool{} // formulas in R1C1: each is judged once
	for _, row := range g.Rows {
		for _, cell := range row.Cells {
			c.cell(g.Name, row.Row, cell, info, seen)
		}
	}
	if cfg.HeaderRow > 0 {
		c.columns(g, cfg)
	}
	c.uniform(g, cfg)
	c.table(g, info)
}

func (c *checker) cell(sheet string, row int, cell book.Read, info *sheetInfo, seen map[string]bool) {
	at := book.CellName(row, cell.Col)
	if e, ok := cell.Value.(book.ErrorValue); ok {
		c.report(sheet, at, "error value", "no error values", string(e))
	}
	c.look(sheet, at, cell)
	if c.parts.style(cell.Style).unlocked && !info.validated(row, cell.Col) {
		c.report(sheet, at, "validation", "a validation on every editable cell", "none")
	}
	if cell.Formula == "" {
		return
	}
	c.formulas[sheet] = append(c.formulas[sheet], formulaCell{row, cell.Col, cell.Formula})
	switch v := cell.Value.(type) {
	case nil:
		c.report(sheet, at, "cached value", "a cached value beside the formula", "none")
	case string:
		if isNumber(v) {
			c.report(sheet, at, "cached value", "a cached number stored as a number", "the text "+diag.Quote(v))
		}
	}
	relative := book.R1C1(cell.Formula, row, cell.Col)
	if seen[relative] {
		return
	}
	seen[relative] = true
	_, isText := cell.Value.(string)
	c.formula(sheet, at, cell.Formula, isText)
}

// look checks that what the cell holds can be read.
func (c *checker) look(sheet, at string, cell book.Read) {
	if cell.Empty() {
		return
	}
	s := c.parts.style(cell.Style)
	if s.size > 0 && s.size < minFont {
		c.report(sheet, at, "font", fmt.Sprintf("text of at least %d points", minFont), fmt.Sprintf("%g points", s.size))
	}
	if s.colour != "" && s.colour == s.fill {
		c.report(sheet, at, "hidden", "text in another colour than its cell", s.colour+" on "+s.fill)
	}
	if s.blank {
		c.report(sheet, at, "hidden", "a number format that shows the value", ";;;")
	}
	if s.formulaHidden {
		c.report(sheet, at, "hidden", "a formula that can be seen", "one that protection hides")
	}
}

// hidden checks that everything on the sheet is in view, and that protection
// has no password.
func (c *checker) hidden(g *book.Grid, info *sheetInfo) {
	if info.state != "" && info.state != "visible" {
		c.report(g.Name, "", "hidden", "a visible sheet", info.state)
	}
	for _, row := range info.hiddenRows {
		c.report(g.Name, "", "hidden", "visible rows", fmt.Sprintf("row %d hidden", row))
	}
	for _, col := range info.hiddenCols {
		c.report(g.Name, "", "hidden", "visible columns", fmt.Sprintf("column %s hidden", book.ColumnName(col)))
	}
	for _, ref := range info.merged {
		c.report(g.Name, ref, "merged", "no merged cells", ref)
	}
	if info.arrays {
		c.report(g.Name, "", "array", "no array formulas", "one or more")
	}
	if !info.protected {
		c.report(g.Name, "", "protection", "a protected sheet", "none")
	}
	if info.password {
		c.report(g.Name, "", "protection", "protection without a password", "a password")
	}
	if p := book.SheetNameProblem(g.Name); p != "" {
		c.report(g.Name, "", "sheet name", p, diag.Quote(g.Name))
	}
}

// page checks the print set-up.
func (c *checker) page(g *book.Grid, info *sheetInfo) {
	if !info.fitWide {
		c.report(g.Name, "", "print", "one page wide", "another set-up")
	}
	if !strings.Contains(info.footer, "&P") || !strings.Contains(info.footer, "&N") {
		c.report(g.Name, "", "print", "a footer with page x of y", diag.Quote(info.footer))
	}
}

// columns checks units and sources below the header row.
func (c *checker) columns(g *book.Grid, cfg Sheet) {
	heads := map[string]int{}
	for _, cell := range rowOf(g, cfg.HeaderRow) {
		text, ok := cell.Value.(string)
		if !ok {
			continue
		}
		if heads[text] > 0 {
			c.report(g.Name, book.CellName(cfg.HeaderRow, cell.Col), "header", "headers that stand once", diag.Quote(text))
		}
		heads[text] = cell.Col
	}
	filled := func(head string) {
		col, ok := heads[head]
		if !ok {
			c.report(g.Name, "", strings.ToLower(head), "a column headed "+head, "none")
			return
		}
		for _, row := range g.Rows {
			if row.Row <= cfg.HeaderRow || !slices.ContainsFunc(row.Cells, func(r book.Read) bool { return !r.Empty() }) {
				continue
			}
			if text, _ := g.At(row.Row, col).Value.(string); strings.TrimSpace(text) == "" {
				c.report(g.Name, book.CellName(row.Row, col), strings.ToLower(head), "a text under "+head, "nothing")
			}
		}
	}
	if cfg.Units {
		filled("Unit")
	}
	if cfg.Sources {
		filled("Source")
	}
}

func rowOf(g *book.Grid, row int) []book.Read {
	for _, r := range g.Rows {
		if r.Row == row {
			return r.Cells
		}
	}
	return nil
}

// uniform checks that columns, or rows of ranges, hold one formula.
func (c *checker) uniform(g *book.Grid, cfg Sheet) {
	if cfg.ByColumn > 0 {
		first := map[int]string{} // by column: the first cell's formula
		for _, row := range g.Rows {
			if row.Row <= cfg.HeaderRow {
				continue
			}
			for _, cell := range row.Cells {
				if cell.Col < cfg.ByColumn {
					continue
				}
				relative := book.R1C1(cell.Formula, row.Row, cell.Col)
				want, ok := first[cell.Col]
				if !ok {
					first[cell.Col] = relative
				} else if relative != want {
					c.report(g.Name, book.CellName(row.Row, cell.Col), "one formula a column", quoteFormula(want), quoteFormula(relative))
				}
			}
		}
	}
	for _, ref := range cfg.ByRow {
		a, err := book.ParseArea(ref)
		if err != nil {
			c.report(g.Name, ref, "one formula a row", "a range", diag.Quote(ref))
			continue
		}
		for row := a.Row1; row <= a.Row2; row++ {
			want := ""
			for col := a.Col1; col <= a.Col2; col++ {
				cell := g.At(row, col)
				relative := book.R1C1(cell.Formula, row, col)
				if col == a.Col1 {
					want = relative
				} else if relative != want {
					c.report(g.Name, book.CellName(row, col), "one formula a row", quoteFormula(want), quoteFormula(relative))
				}
			}
		}
	}
}

func quoteFormula(relative string) string {
	if relative == "" {
		return "a value"
	}
	return "=" + relative
}
