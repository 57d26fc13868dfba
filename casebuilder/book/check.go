package book

import (
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"casebuilder/casebuilder/diag"
)

// The limits of the file format.
const (
	MaxText      = 32767 // UTF-16 units in a cell
	MaxFormula   = 8192  // characters
	MaxSheetName = 31    // UTF-16 units
	MaxMessage   = 255   // characters of a validation's message, list or formula
	MaxHeading   = 32    // characters of a validation's title
)

// Check returns everything in the book that a file could not hold, or that
// would make a spreadsheet program repair it: names, lengths, formulas without
// a cached value, numbers that are none, ranges and tables that do not fit.
func (b *Book) Check() diag.List {
	c := checker{book: b, tables: map[string]string{}}
	if len(b.Sheets) == 0 {
		c.add(diag.Place{}, "sheets", "at least one sheet", "none")
	}
	seen := map[string]bool{}
	for _, s := range b.Sheets {
		key := strings.ToLower(s.Name)
		if seen[key] {
			c.add(diag.Place{Sheet: s.Name}, "name", "a name of its own", diag.Quote(s.Name))
		}
		seen[key] = true
		c.sheet(s)
	}
	c.names()
	return c.problems
}

// checker gathers the problems of one book.
type checker struct {
	book     *Book
	tables   map[string]string // table or defined name in lower case -> the sheet it is on
	problems diag.List
}

func (c *checker) add(at diag.Place, field, want, got string) {
	c.problems.Add(diag.Problem{Place: at, Field: field, Want: want, Got: got})
}

func (c *checker) sheet(s *Sheet) {
	at := diag.Place{Sheet: s.Name}
	if p := SheetNameProblem(s.Name); p != "" {
		c.add(at, "name", p, diag.Quote(s.Name))
	}
	if s.Zoom != 0 && (s.Zoom < 10 || s.Zoom > 400) {
		c.add(at, "zoom", "a zoom from 10 to 400 per cent", strconv.Itoa(s.Zoom))
	}
	c.text(diag.Place{Sheet: s.Name, Cell: "A1"}, s.Title)
	c.text(diag.Place{Sheet: s.Name, Cell: "A2"}, s.Purpose)
	for i, r := range s.rows {
		for j, cell := range r.cells {
			c.cell(s, i+1, j+1, cell)
		}
	}
	c.block(s)
	c.table(s)
	for _, v := range s.Validations {
		c.validation(s, v)
	}
	for _, f := range s.Conditionals {
		c.area(at, "conditional format", f.Range)
		if f.Formula == "" {
			c.add(at, "conditional format", "a formula", "none")
		}
	}
	if s.Print.Area != "" {
		c.area(at, "print area", s.Print.Area)
	}
	for _, ch := range s.Charts {
		c.chart(s, ch)
	}
}

func (c *checker) cell(s *Sheet, row, col int, cell Cell) {
	if cell.Empty() {
		return
	}
	at := diag.Place{Sheet: s.Name, Cell: CellName(row, col)}
	if col == 1 && (row == 1 && s.Title != "" || row == 2 && s.Purpose != "") {
		c.add(at, "", "the title and the purpose line alone in A1 and A2", "a cell of its own")
	}
	if row > MaxRows || col > MaxColumns {
		c.add(at, "", "a cell within the sheet", CellName(row, col))
	}
	if cell.Style.Look < 0 || cell.Style.Look >= lastLook {
		c.add(at, "style", "one of the looks", strconv.Itoa(int(cell.Style.Look)))
	}
	switch v := cell.Value.(type) {
	case nil:
		if cell.Formula != "" {
			c.add(at, "", "a cached value beside the formula", "none")
		}
	case float64:
		if math.IsNaN(v) || math.IsInf(v, 0) {
			c.add(at, "", "a finite number", fmt.Sprint(v))
		}
	case string:
		c.text(at, v)
	case bool:
	default:
		c.add(at, "", "a float64, string, bool or nil", fmt.Sprintf("%T", v))
	}
	c.formula(at, cell.Formula)
	if cell.Link != "" {
		if a, err := ParseArea(cell.Link); err != nil || c.book.Sheet(a.Sheet) == nil {
			c.add(at, "link", "a cell of this book such as Inputs!A12", diag.Quote(cell.Link))
		}
	}
}

func (c *checker) text(at diag.Place, s string) {
	if n := units(s); n > MaxText {
		c.add(at, "", fmt.Sprintf("a text of at most %d characters", MaxText), fmt.Sprintf("%d characters", n))
	}
}

func (c *checker) formula(at diag.Place, f string) {
	if strings.HasPrefix(f, "=") {
		c.add(at, "formula", `a formula without "="`, diag.Quote(f))
	}
	if n := units(f); n > MaxFormula {
		c.add(at, "formula", fmt.Sprintf("at most %d characters", MaxFormula), fmt.Sprintf("%d characters", n))
	}
	for _, r := range References(f) {
		if r.Sheet != "" && c.book.Sheet(r.Sheet) == nil {
			c.add(at, "formula", "sheets of this book", diag.Quote(r.Sheet))
		}
	}
}

func (c *checker) block(s *Sheet) {
	b := s.Block
	if b == nil {
		return
	}
	at := diag.Place{Sheet: s.Name}
	if b.Row < 3 || b.Col < 1 || b.Rows < 1 || len(b.Columns) == 0 ||
		b.Row+b.Rows-1 > MaxRows || b.Col+len(b.Columns)-1 > MaxColumns {
		c.add(at, "block", "at least one row and column, from row 3 on, within the sheet",
			fmt.Sprintf("%d rows, %d columns at row %d, column %d", b.Rows, len(b.Columns), b.Row, b.Col))
		return
	}
	for row := b.Row; row <= len(s.rows); row++ {
		if n := len(s.rows[row-1].cells); n >= b.Col || row >= b.Row+b.Rows && n > 0 {
			c.add(diag.Place{Sheet: s.Name, Cell: CellName(row, max(n, 1))}, "block", "cells above the block, or beside it to the left", "a cell elsewhere")
			break
		}
	}
	for i, col := range b.Columns {
		at := diag.Place{Sheet: s.Name, Cell: CellName(b.Row, b.Col+i)}
		c.formula(at, col.Formula)
		if len(col.Values) != b.Rows {
			c.add(at, "block", fmt.Sprintf("%d values", b.Rows), strconv.Itoa(len(col.Values)))
		}
		for j, v := range col.Values {
			if math.IsNaN(v) || math.IsInf(v, 0) {
				c.add(diag.Place{Sheet: s.Name, Cell: CellName(b.Row+j, b.Col+i)}, "", "a finite number", fmt.Sprint(v))
				break
			}
		}
	}
}

// tableName is what tables and defined names may be called.
var tableName = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_.]{0,254}$`)

func (c *checker) table(s *Sheet) {
	if s.Table == nil {
		return
	}
	at := diag.Place{Sheet: s.Name}
	c.name(at, "table", s.Table.Name)
	a, err := ParseArea(s.Table.Ref)
	if err != nil || a.Row2 <= a.Row1 || a.Row1 < 3 {
		c.add(at, "table", "a range of a header row and at least one row, from row 3 on", diag.Quote(s.Table.Ref))
		return
	}
	seen := map[string]bool{}
	for col := a.Col1; col <= a.Col2; col++ {
		head := s.At(a.Row1, col)
		text, ok := head.Value.(string)
		key := strings.ToLower(text)
		if !ok || text == "" || head.Formula != "" || seen[key] || units(text) > 255 || strings.ContainsFunc(text, unicode.IsControl) {
			c.add(diag.Place{Sheet: s.Name, Cell: CellName(a.Row1, col)}, "table",
				"a header text of its own, one line of at most 255 characters", diag.Quote(text))
		}
		seen[key] = true
	}
}

// name checks that a table's or a defined name is well formed and unique.
func (c *checker) name(at diag.Place, field, name string) {
	_, isCell := parseCell(name)
	upper := strings.ToUpper(name)
	if !tableName.MatchString(name) || isCell || upper == "R" || upper == "C" {
		c.add(at, field, "a name of letters, digits and _ that looks like no cell", diag.Quote(name))
	}
	if other, ok := c.tables[strings.ToLower(name)]; ok {
		c.add(at, field, "a name that is used once", diag.Quote(name)+" which is also on "+other)
	}
	c.tables[strings.ToLower(name)] = at.Sheet
}

func (c *checker) names() {
	for _, n := range c.book.Names {
		at := diag.Place{Sheet: n.Name}
		c.name(at, "name", n.Name)
		if a, err := ParseArea(n.Ref); err != nil || c.book.Sheet(a.Sheet) == nil {
			c.add(at, "name", "cells of this book such as Summary!$D$8", diag.Quote(n.Ref))
		}
	}
}

func (c *checker) validation(s *Sheet, v Validation) {
	at := diag.Place{Sheet: s.Name, Cell: v.Range}
	c.area(diag.Place{Sheet: s.Name}, "validation", v.Range)
	limit := func(what, text string, most int) {
		if n := utf8.RuneCountInString(text); n > most {
			c.add(at, "validation", fmt.Sprintf("a %s of at most %d characters", what, most), fmt.Sprintf("%d characters", n))
		}
	}
	limit("title", v.Title, MaxHeading)
	limit("message", v.Message, MaxMessage)
	limit("prompt", v.Prompt, MaxMessage)
	limit("formula", v.Formula, MaxMessage)
	limit("list", strings.Join(v.List, ","), MaxMessage)
	if v.Message == "" {
		c.add(at, "validation", "a message that says what is wanted", "none")
	}
	switch v.Kind {
	case List:
		if (len(v.List) == 0) == (v.ListRef == "") {
			c.add(at, "validation", "either a list or a range of cells", "both or neither")
		}
		for _, item := range v.List {
			if item == "" || strings.ContainsAny(item, ",\"") {
				c.add(at, "validation", "list items without commas and quotes", diag.Quote(item))
			}
		}
	case Custom:
		if v.Formula == "" {
			c.add(at, "validation", "a formula", "none")
		}
	default:
		if v.Min == "" && v.Max == "" {
			c.add(at, "validation", "a least or a greatest value", "neither")
		}
	}
}

func (c *checker) chart(s *Sheet, ch Chart) {
	at := diag.Place{Sheet: s.Name, Cell: ch.At}
	c.area(diag.Place{Sheet: s.Name}, "chart", ch.At)
	if ch.Width < 100 || ch.Height < 80 || len(ch.Series) == 0 {
		c.add(at, "chart", "at least 100 by 80 pixels and one series", fmt.Sprintf("%d by %d, %d series", ch.Width, ch.Height, len(ch.Series)))
	}
	if ch.Alt == "" {
		c.add(at, "chart", "a text for readers of the screen", "none")
	}
	refs := []string{}
	for _, sr := range ch.Series {
		refs = append(refs, sr.X, sr.Y)
		if sr.NameRef != "" {
			refs = append(refs, sr.NameRef)
		}
	}
	if ch.TitleRef != "" {
		refs = append(refs, ch.TitleRef)
	}
	for _, r := range refs {
		if a, err := ParseArea(r); err != nil || c.book.Sheet(a.Sheet) == nil {
			c.add(at, "chart", "cells of this book such as Ranges!$B$7:$B$31", diag.Quote(r))
		}
	}
}

func (c *checker) area(at diag.Place, field, ref string) {
	if _, err := ParseArea(ref); err != nil {
		c.add(at, field, "a range such as B7:B9", diag.Quote(ref))
	}
}

// SheetNameProblem returns what is wanted of a sheet's name when this one
// cannot be used, and "" when it can.
func SheetNameProblem(name string) string {
	switch {
	case name == "" || units(name) > MaxSheetName:
		return fmt.Sprintf("a name of 1 to %d characters", MaxSheetName)
	case strings.ContainsAny(name, `[]:*?/\`) || strings.ContainsFunc(name, func(r rune) bool { return r < 0x20 }):
		return `a name without [ ] : * ? / \ and control characters`
	case strings.HasPrefix(name, "'") || strings.HasSuffix(name, "'"):
		return "a name that neither starts nor ends with an apostrophe"
	case strings.EqualFold(name, "History"):
		return "a name other than the reserved History"
	}
	return ""
}

// units counts a text as the file format does, in UTF-16 units.
func units(s string) int {
	n := 0
	for _, r := range s {
		n += max(1, utf16.RuneLen(r))
	}
	return n
}
