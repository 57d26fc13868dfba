package review

import (
	"bytes"
	"io/fs"
	"slices"
	"strconv"
	"strings"
	"testing"

	"casebuilder/casebuilder"
	"casebuilder/casebuilder/book"
	"casebuilder/casebuilder/company"
	"casebuilder/casebuilder/intake"
	"casebuilder/casebuilder/model"
	"casebuilder/casebuilder/render/xlsx"
	"casebuilder/casebuilder/workbook"
	"casebuilder/casestudies"
	"casebuilder/templates"
)

// A desk is where a review is tried: a company file, its workbook, and what a
// reviewer did to it.
type desk struct {
	t      testing.TB
	yaml   []byte
	grids  map[string]*book.Grid
	in     Input
	filed  *company.Profile
	sheets []string

	editables map[string]bool
}

func library(t testing.TB) (*casestudies.Library, company.Rules) {
	t.Helper()
	lib, err := casestudies.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	rules, err := casebuilder.Rules(lib)
	if err != nil {
		t.Fatal(err)
	}
	return lib, rules
}

func example(t testing.TB) []byte {
	t.Helper()
	src, err := fs.ReadFile(templates.Examples, templates.DefaultExample)
	if err != nil {
		t.Fatal(err)
	}
	return src
}

func profileOf(t testing.TB, yaml []byte) *company.Profile {
	t.Helper()
	_, rules := library(t)
	p, _, err := intake.Company("company.yaml", yaml, intake.Options{Today: company.NewDate(2026, 11, 23), Rules: rules})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// packet lays out and writes the workbook of a company, of 256 trials.
func packet(t testing.TB, p *company.Profile, history []workbook.Change) []byte {
	t.Helper()
	lib, _ := library(t)
	m, err := model.New(model.Input{Profile: p, Library: lib, Seed: 1, Trials: 256, Version: "test"})
	if err != nil {
		t.Fatal(err)
	}
	c, err := m.Solve()
	if err != nil {
		t.Fatal(err)
	}
	b, _, err := workbook.Build(c, workbook.Options{History: history})
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := xlsx.Write(&out, b, xlsx.WriteOptions{}); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// newDesk files the workbook of a company file.
func newDesk(t testing.TB, yaml []byte) *desk {
	t.Helper()
	d, ok := filed[string(yaml)]
	if !ok {
		p := profileOf(t, yaml)
		d = fromFile(t, packet(t, p, nil))
		d.yaml, d.filed, d.in.Company = yaml, p, p
		filed[string(yaml)] = d
	}
	out := *d
	out.t, out.in.Sheets = t, &out
	out.grids = map[string]*book.Grid{}
	for name, g := range d.grids {
		c := &book.Grid{Name: name, Rows: slices.Clone(g.Rows)}
		for i := range c.Rows {
			c.Rows[i].Cells = slices.Clone(c.Rows[i].Cells)
		}
		out.grids[name] = c
	}
	return &out
}

// filed are the workbooks that were laid out already.
var filed = map[string]*desk{}

// fromFile lays a finished workbook on the desk.
func fromFile(t testing.TB, raw []byte) *desk {
	t.Helper()
	lib, rules := library(t)
	f, err := xlsx.Open(bytes.NewReader(raw), int64(len(raw)), xlsx.ReadOptions{Name: "back.xlsx"})
	if err != nil {
		t.Fatal(err)
	}
	d := &desk{t: t, grids: map[string]*book.Grid{}, sheets: f.Sheets(), in: Input{Name: "back.xlsx", CompanyName: "company.yaml", Library: lib, Rules: rules, Version: "test"}}
	for _, name := range d.sheets {
		if d.grids[name], err = f.Grid(name); err != nil {
			t.Fatal(err)
		}
	}
	d.in.Sheets = d
	return d
}

func (d *desk) Sheets() []string                     { return d.sheets }
func (d *desk) Grid(name string) (*book.Grid, error) { return d.grids[name], nil }

// place finds a cell by the ID of its row and the header of its column.
func (d *desk) place(sheet, id, head string) (row, col int) {
	d.t.Helper()
	g := d.grids[sheet]
	at := g.FindRow("ID", head)
	if at == 0 {
		d.t.Fatalf("%s has no column %s", sheet, head)
	}
	columns := g.Columns(at)
	for _, r := range g.Rows {
		if r.Row > at && g.At(r.Row, columns["ID"]).Text == id {
			return r.Row, columns[head]
		}
	}
	d.t.Fatalf("%s has no row %s", sheet, id)
	return 0, 0
}

// cell is the address of a cell: "Inputs!E16".
func (d *desk) cell(sheet, id, head string) string {
	d.t.Helper()
	row, col := d.place(sheet, id, head)
	return sheet + "!" + book.CellName(row, col)
}

// put puts a value, or a formula that begins with "=", into a cell; nil
// empties it.
func (d *desk) put(sheet, id, head string, value any) {
	d.t.Helper()
	row, col := d.place(sheet, id, head)
	d.putAt(sheet, row, col, value)
}

func (d *desk) putAt(sheet string, row, col int, value any) {
	g := d.grids[sheet]
	read := book.Read{Col: col, Value: value}
	switch v := value.(type) {
	case string:
		read.Text = v
		if f, ok := strings.CutPrefix(v, "="); ok {
			read = book.Read{Col: col, Formula: f}
		}
	case float64:
		read.Text = strconv.FormatFloat(v, 'f', -1, 64)
	}
	i, found := slices.BinarySearchFunc(g.Rows, row, func(r book.GridRow, row int) int { return r.Row - row })
	if !found {
		g.Rows = slices.Insert(g.Rows, i, book.GridRow{Row: row})
	}
	g.Rows[i].Cells = append(g.Rows[i].Cells, read)
	g.Sort()
}

// yours enters a value with its reason, name and date, on the sheet that has
// the row.
func (d *desk) yours(id string, value any) {
	d.t.Helper()
	sheet, head := "Inputs", "Yours"
	if strings.HasPrefix(id, "driver.") {
		sheet = "Estimates"
		at := strings.LastIndexByte(id, '.')
		head = "Yours " + id[at+1:]
		id = id[:at]
	}
	d.put(sheet, id, head, value)
	d.put(sheet, id, "Reason", "own count of "+id)
	d.put(sheet, id, "Name", "Jo Marsh")
	d.put(sheet, id, "Date", "2026-11-20")
}

// remove deletes a row; those below move up, and so do their formulas.
func (d *desk) remove(sheet, id string) {
	d.t.Helper()
	row, _ := d.place(sheet, id, "ID")
	g := d.grids[sheet]
	g.Rows = slices.DeleteFunc(g.Rows, func(r book.GridRow) bool { return r.Row == row })
	for i := range g.Rows {
		if g.Rows[i].Row > row {
			g.Rows[i].Row--
		}
	}
	for name, other := range d.grids {
		for i := range other.Rows {
			for j := range other.Rows[i].Cells {
				c := &other.Rows[i].Cells[j]
				if strings.Contains(c.Formula, sheet+"!") || name == sheet && c.Formula != "" {
					c.Formula = up(c.Formula, name == sheet, sheet, row)
				}
			}
		}
	}
}

// up is a formula after a row was deleted.
func up(f string, same bool, sheet string, row int) string {
	refs := book.References(f)
	for _, r := range slices.Backward(refs) {
		if r.Sheet != sheet && !(r.Sheet == "" && same) || r.Row < row {
			continue
		}
		text := f[r.Start:r.End]
		if r.Row == row && !r.RangeEnd {
			f = f[:r.Start] + "#REF!" + f[r.End:]
			continue
		}
		f = f[:r.Start] + strings.Replace(text, strconv.Itoa(r.Row), strconv.Itoa(r.Row-1), 1) + f[r.End:]
	}
	return f
}

// review reviews what lies on the desk.
func (d *desk) review() *Report {
	d.t.Helper()
	r, err := Make(d.in)
	if err != nil {
		d.t.Fatal(err)
	}
	return r
}
