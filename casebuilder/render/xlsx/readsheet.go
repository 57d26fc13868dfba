package xlsx

import (
	"encoding/xml"
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"casebuilder/casebuilder/book"
	"casebuilder/casebuilder/diag"
)

// maxProblems bounds how many bad cells of a sheet are listed.
const maxProblems = 20

// sheetReader reads the cells of one sheet.
type sheetReader struct {
	file     *File
	sheet    string
	grid     *book.Grid
	shared   map[string]sharedFormula // by number of the shared formula
	problems diag.List
	cells    int
	full     bool // a limit is reached

	row, col int // of the cell at hand
	last     int // row before
	kind     string
	style    int
	formula  formulaTag
	hasF     bool
	text     strings.Builder // of the element at hand
	value    string
	inline   strings.Builder
	inside   string // "v", "f", "t" while text is gathered
	skip     int    // depth within a phonetic run, which is not part of the text
}

type sharedFormula struct {
	formula  string
	row, col int
}

type formulaTag struct{ kind, index, text string }

// readSheet reads the cells of a sheet, up to the end of its rows.
func (f *File) readSheet(s sheetEntry) (*book.Grid, error) {
	if err := f.load(); err != nil {
		return nil, err
	}
	g := &book.Grid{Name: s.name}
	p := f.parts[s.part]
	if p == nil {
		return nil, f.problem(s.name, "", "the sheet's part in the file", "none", "open it in a spreadsheet program and save it again")
	}
	r := &sheetReader{file: f, sheet: s.name, grid: g, shared: map[string]sharedFormula{}}
	err := f.scanPart(p, s.name, r.visit)
	g.Sort()
	if list, ok := err.(diag.List); ok {
		r.problems = append(r.problems, list...)
	}
	return g, r.problems.Err()
}

// visit takes one token; it returns false when nothing of interest follows.
func (r *sheetReader) visit(t xml.Token) bool {
	switch t := t.(type) {
	case xml.StartElement:
		r.start(t)
	case xml.EndElement:
		return r.end(t.Name.Local)
	case xml.CharData:
		if r.inside != "" && r.skip == 0 {
			r.text.Write(t)
		}
	}
	return !r.full
}

func (r *sheetReader) start(e xml.StartElement) {
	switch e.Name.Local {
	case "row":
		r.row, r.col = r.last+1, 0
		if n, err := strconv.Atoi(attr(e, "r")); err == nil && n >= 1 && n <= book.MaxRows {
			r.row = n
		}
		r.last = r.row
	case "c":
		r.startCell(e)
	case "f":
		r.hasF = true
		r.formula = formulaTag{kind: attr(e, "t"), index: attr(e, "si")}
		r.gather("f")
	case "v", "t":
		r.gather(e.Name.Local)
	case "rPh":
		r.skip++
	}
}

func (r *sheetReader) gather(what string) {
	r.inside = what
	r.text.Reset()
}

func (r *sheetReader) startCell(e xml.StartElement) {
	r.col++
	if a, err := book.ParseArea(attr(e, "r")); err == nil {
		r.row, r.col = a.Row1, a.Col1
	}
	r.kind = attr(e, "t")
	r.style, _ = strconv.Atoi(attr(e, "s"))
	r.formula, r.hasF, r.value = formulaTag{}, false, ""
	r.inline.Reset()
}

func (r *sheetReader) end(name string) bool {
	switch name {
	case "v":
		r.value = r.text.String()
	case "t":
		r.inline.WriteString(r.text.String())
	case "f":
		r.formula.text = r.text.String()
	case "rPh":
		r.skip--
	case "c":
		r.endCell()
	case "sheetData":
		return false
	}
	if name == r.inside {
		r.inside = ""
	}
	return !r.full
}

// endCell puts the cell at hand into the grid.
func (r *sheetReader) endCell() {
	c := book.Read{Col: r.col, Style: r.style}
	r.readValue(&c)
	c.Formula = r.readFormula()
	if c.Empty() && c.Text == "" && (!r.file.opt.Exact || c.Style == 0) {
		return
	}
	limit := r.file.limits
	r.cells++
	switch {
	case r.row > limit.Rows:
		r.stop(fmt.Sprintf("at most %d rows", limit.Rows), fmt.Sprintf("contents in row %d", r.row))
	case r.col > limit.Columns:
		r.stop(fmt.Sprintf("at most %d columns", limit.Columns), fmt.Sprintf("contents in column %s", book.ColumnName(r.col)))
	case r.cells > limit.Cells:
		r.stop(fmt.Sprintf("at most %d cells in a sheet", limit.Cells), "more")
	}
	if r.full {
		return
	}
	if n := len(r.grid.Rows); n == 0 || r.grid.Rows[n-1].Row != r.row {
		r.grid.Rows = append(r.grid.Rows, book.GridRow{Row: r.row})
	}
	row := &r.grid.Rows[len(r.grid.Rows)-1]
	row.Cells = append(row.Cells, c)
}

func (r *sheetReader) stop(want, got string) {
	r.full = true
	r.problems.Add(diag.Problem{Place: diag.Place{File: r.file.opt.Name, Sheet: r.sheet}, Want: want, Got: got})
}

// bad lists a cell that cannot be read; the cell stays empty.
func (r *sheetReader) bad(want, got string) {
	if len(r.problems) < maxProblems {
		at := diag.Place{File: r.file.opt.Name, Sheet: r.sheet, Cell: book.CellName(r.row, r.col)}
		r.problems.Add(diag.Problem{Place: at, Want: want, Got: got})
	}
}

// readValue sets value and text by the cell's type.
func (r *sheetReader) readValue(c *book.Read) {
	f := r.file
	switch r.kind {
	case "s":
		i, err := strconv.Atoi(strings.TrimSpace(r.value))
		if err != nil || i < 0 || i >= len(f.texts) {
			r.bad("the number of a shared text", diag.Quote(r.value))
			return
		}
		c.Text = f.texts[i]
		c.Value = c.Text
	case "inlineStr":
		c.Text = decodeCodes(r.inline.String())
		c.Value = c.Text
	case "str":
		c.Text = decodeCodes(r.value)
		c.Value = c.Text
	case "b":
		truth := r.value == "1" || r.value == "true"
		c.Value, c.Text = truth, strings.ToUpper(strconv.FormatBool(truth))
	case "e":
		c.Value, c.Text = book.ErrorValue(r.value), r.value
	case "d":
		day, err := time.Parse("2006-01-02", r.value[:min(10, len(r.value))])
		if err != nil {
			r.bad("a date", diag.Quote(r.value))
			return
		}
		c.Value, c.Text = book.Serial(day), day.Format("2006-01-02")
	default:
		r.readNumber(c)
	}
}

func (r *sheetReader) readNumber(c *book.Read) {
	text := strings.TrimSpace(r.value)
	if text == "" {
		return
	}
	v, err := strconv.ParseFloat(text, 64)
	if err != nil || math.IsInf(v, 0) || math.IsNaN(v) || strings.Trim(text, "0123456789+-.eE") != "" {
		r.bad("a number", diag.Quote(text))
		return
	}
	if dates := r.file.dates; r.style >= 0 && r.style < len(dates) && dates[r.style] {
		v += r.file.shift
		if day, ok := book.DateOf(v); ok {
			c.Value, c.Text = v, day.Format("2006-01-02")
			return
		}
	}
	c.Value, c.Text = v, text
}

// readFormula returns the cell's formula; a cell that shares one gets it with
// its references moved.
func (r *sheetReader) readFormula() string {
	if !r.hasF {
		return ""
	}
	text := strings.TrimPrefix(strings.TrimSpace(r.formula.text), "=")
	if !r.file.opt.Exact {
		text = shown(text)
	}
	if r.formula.kind != "shared" {
		return text
	}
	if text != "" {
		r.shared[r.formula.index] = sharedFormula{formula: text, row: r.row, col: r.col}
		return text
	}
	master, ok := r.shared[r.formula.index]
	if !ok {
		r.bad("the formula that the cell shares with others", "none before it")
		return ""
	}
	// A long formula shared by a million cells would fill the memory: what is
	// written out counts as unpacked.
	if r.file.left -= int64(len(master.formula)); r.file.left < 0 {
		r.stop(fmt.Sprintf("a workbook of at most %s unpacked", megabytes(r.file.limits.Total)), "more")
		return ""
	}
	return book.Shift(master.formula, r.row-master.row, r.col-master.col)
}
