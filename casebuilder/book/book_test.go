package book

import (
	"math"
	"strings"
	"testing"
	"time"
)

// good returns a book without problems, with one of everything.
func good() *Book {
	b := &Book{Names: []Name{{"result", "Inputs!$B$6"}}}
	s := b.Add("Inputs", Input)
	s.Title, s.Purpose = "Inputs", "Input."
	s.SetRow(5, 1, Text("ID", Header), Text("Value", Header))
	s.SetRow(6, 1, Text("a", ID), Number(1, InputNumber, Whole))
	s.Table = &Table{Name: "tblInputs", Ref: "A5:B6"}
	s.Validations = []Validation{{Range: "B6", Kind: Decimal, Min: "0", Title: "t", Message: "m"}}
	s.Conditionals = []Conditional{{Range: "B6", Formula: "B6>1", Mark: BadMark}}
	s.Print = Print{Area: "A1:B6"}
	s.Charts = []Chart{{Alt: "a", At: "D5", Width: 300, Height: 200, Series: []Series{{X: "Inputs!A6", Y: "Inputs!B6"}}}}
	d := b.Add("Draws", Evidence)
	d.Block = &Block{Row: 6, Col: 1, Rows: 2, Columns: []Column{{Values: []float64{1, 2}}, {Formula: "A6+Inputs!$B$6", Values: []float64{2, 3}}}}
	return b
}

func TestCheckFindsNothingInAGoodBook(t *testing.T) {
	if p := good().Check(); len(p) > 0 {
		t.Error(p)
	}
}

func TestCheck(t *testing.T) {
	set := func(c Cell) func(*Book) { return func(b *Book) { b.Sheets[0].Set(7, 1, c) } }
	sheet := func(f func(*Sheet)) func(*Book) { return func(b *Book) { f(b.Sheets[0]) } }
	for _, c := range []struct {
		want   string
		change func(*Book)
	}{
		{"want at least one sheet", func(b *Book) { b.Sheets, b.Names = nil, nil }},
		{"!Draws: name: want a name of its own", func(b *Book) { b.Add("DRAWS", Log); b.Sheets[2].Name = "Draws" }},
		{"name: want a name of 1 to 31 characters", func(b *Book) { b.Add(strings.Repeat("x", 32), Log) }},
		{"name: want a name without [ ]", func(b *Book) { b.Add("a:b", Log) }},
		{"name: want a name other than the reserved History", func(b *Book) { b.Add("history", Log) }},
		{"!Inputs!A1: want the title", func(b *Book) { b.Sheets[0].Set(1, 1, Text("x", Plain)) }},
		{"!Inputs!A7: want a finite number, got NaN", set(Number(math.NaN(), Calc, General))},
		{"!Inputs!A7: want a finite number, got +Inf", set(Number(math.Inf(1), Calc, General))},
		{"!Inputs!A7: want a float64, string, bool or nil, got int", set(Cell{Value: 1})},
		{"!Inputs!A7: want a cached value beside the formula, got none", set(Cell{Formula: "A1"})},
		{`!Inputs!A7: formula: want a formula without "="`, set(Formula("=A1", 1.0, Calc, General))},
		{"!Inputs!A7: formula: want sheets of this book, got \"Nowhere\"", set(Formula("Nowhere!A1", 1.0, Calc, General))},
		{"!Inputs!A7: want a text of at most 32767 characters, got 32768 characters", set(Text(strings.Repeat("x", 32768), Plain))},
		{"!Inputs!A7: want a text of at most 32767 characters, got 40000 characters", set(Text(strings.Repeat("🦊", 20000), Plain))},
		{"!Inputs!A7: link: want a cell of this book", set(Cell{Value: "x", Link: "Nowhere!A1"})},
		{"!Inputs!B5: table: want a header text of its own", sheet(func(s *Sheet) { s.Set(5, 2, Text("id", Header)) })},
		{"!Inputs: table: want a range of a header row", sheet(func(s *Sheet) { s.Table.Ref = "A5:B5" })},
		{"!Inputs: table: want a name of letters", sheet(func(s *Sheet) { s.Table.Name = "A1" })},
		{"!result: name: want a name that is used once", sheet(func(s *Sheet) { s.Table.Name = "RESULT" })},
		{"!Inputs!B6: validation: want a title of at most 32 characters", sheet(func(s *Sheet) { s.Validations[0].Title = strings.Repeat("x", 33) })},
		{"!Inputs!B6: validation: want a least or a greatest value", sheet(func(s *Sheet) { s.Validations[0].Min = "" })},
		{"!Inputs!B6: validation: want a message", sheet(func(s *Sheet) { s.Validations[0].Message = "" })},
		{"!Inputs!B6: validation: want list items without commas", sheet(func(s *Sheet) { s.Validations[0].Kind, s.Validations[0].List = List, []string{"a,b"} })},
		{"!Inputs: conditional format: want a range", sheet(func(s *Sheet) { s.Conditionals[0].Range = "x" })},
		{"!Inputs!D5: chart: want a text for readers", sheet(func(s *Sheet) { s.Charts[0].Alt = "" })},
		{"!Inputs!D5: chart: want cells of this book", sheet(func(s *Sheet) { s.Charts[0].Series[0].Y = "B6" })},
		{"!Inputs: zoom: want a zoom", sheet(func(s *Sheet) { s.Zoom = 5 })},
		{"!Draws!B6: block: want 2 values, got 1", func(b *Book) { b.Sheets[1].Block.Columns[1].Values = []float64{1} }},
		{"!Draws!A7: want a finite number", func(b *Book) { b.Sheets[1].Block.Columns[0].Values[1] = math.NaN() }},
		{"!Draws!I6: block: want cells above the block, or beside it to the left", func(b *Book) { b.Sheets[1].Set(6, 9, Text("x", Plain)) }},
		{"!Draws: block: want at least one row", func(b *Book) { b.Sheets[1].Block.Rows = 0 }},
	} {
		b := good()
		c.change(b)
		p := b.Check()
		if len(p) != 1 || !strings.Contains(p[0].Error(), c.want) {
			t.Errorf("want %q, got %v", c.want, p)
		}
	}
}

func TestBlockCells(t *testing.T) {
	s := good().Sheet("Draws")
	if c := s.At(7, 2); c.Formula != "A7+Inputs!$B$6" || c.Value != 3.0 {
		t.Errorf("want the formula moved and the value 3, got %+v", c)
	}
	for _, at := range [][2]int{{5, 1}, {8, 1}, {6, 3}, {0, 0}} {
		if c := s.At(at[0], at[1]); !c.Empty() {
			t.Errorf("%v: want an empty cell, got %+v", at, c)
		}
	}
}

func TestValues(t *testing.T) {
	b := good()
	for ref, want := range map[string][]any{
		"Inputs!A5:B6":    {"ID", "Value", "a", 1.0},
		"Draws!$B$6:$B$8": {2.0, 3.0, nil},
		"Inputs!A1":       {"Inputs"},
	} {
		got, ok := b.Values(ref)
		if !ok || len(got) != len(want) {
			t.Fatalf("%s: want %v, got %v", ref, want, got)
		}
		for i := range want {
			if got[i] != want[i] {
				t.Errorf("%s: want %v, got %v", ref, want, got)
			}
		}
	}
	if _, ok := b.Values("Nowhere!A1"); ok {
		t.Error("want no values of a sheet that is not there")
	}
}

// Serial numbers as every spreadsheet program shows them.
func TestDates(t *testing.T) {
	for day, want := range map[string]float64{"1900-03-01": 61, "2000-01-01": 36526, "2024-02-29": 45351, "2026-12-31": 46387, "9999-12-31": 2958465} {
		d, err := time.Parse(time.DateOnly, day)
		if err != nil {
			t.Fatal(err)
		}
		if got := Serial(d); got != want {
			t.Errorf("%s: want %v, got %v", day, want, got)
		}
		if back, ok := DateOf(want + 0.75); !ok || back.Format(time.DateOnly) != day {
			t.Errorf("%v: want %s, got %v", want, day, back)
		}
	}
	for _, v := range []float64{0, 60, -1, 2958466, math.NaN(), math.Inf(1)} {
		if d, ok := DateOf(v); ok {
			t.Errorf("%v: want no date, got %v", v, d)
		}
	}
}

// Text on its ground reaches 4.5:1, as WCAG 2.1 computes it.
func TestPaletteContrast(t *testing.T) {
	p := DefaultPalette()
	for _, c := range []struct{ name, text, ground string }{
		{"ink on white", p.Ink, "FFFFFF"}, {"grey on white", p.Grey, "FFFFFF"}, {"ink on panel", p.Ink, p.Panel},
		{"grey on panel", p.Grey, p.Panel}, {"inputs", p.InputText, p.InputFill}, {"passed checks", p.Good, "FFFFFF"}, {"links", p.Marketing, "FFFFFF"},
	} {
		if r := contrast(c.text, c.ground); r < 4.5 {
			t.Errorf("%s: want at least 4.5:1, got %.2f:1", c.name, r)
		}
	}
}

func contrast(a, b string) float64 {
	x, y := luminance(a), luminance(b)
	return (math.Max(x, y) + 0.05) / (math.Min(x, y) + 0.05)
}

func luminance(hex string) float64 {
	sum := 0.0
	for i, weight := range []float64{0.2126, 0.7152, 0.0722} {
		v := 0
		for _, r := range hex[2*i : 2*i+2] {
			v = v*16 + strings.IndexRune("0123456789ABCDEF", r)
		}
		c := float64(v) / 255
		if c <= 0.03928 {
			c /= 12.92
		} else {
			c = math.Pow((c+0.055)/1.055, 2.4)
		}
		sum += weight * c
	}
	return sum
}

func TestGridIsPutInOrder(t *testing.T) {
	g := Grid{Rows: []GridRow{
		{Row: 4, Cells: []Read{{Col: 2, Text: "b"}, {Col: 1, Text: "a"}}},
		{Row: 2, Cells: []Read{{Col: 1, Text: "c"}}},
		{Row: 4, Cells: []Read{{Col: 2, Text: "later"}}},
	}}
	g.Sort()
	for at, want := range map[[2]int]string{{2, 1}: "c", {4, 1}: "a", {4, 2}: "later", {3, 1}: "", {4, 3}: ""} {
		if got := g.At(at[0], at[1]).Text; got != want {
			t.Errorf("%v: want %q, got %q", at, want, got)
		}
	}
}

func TestColumnsAreFoundByHeader(t *testing.T) {
	g := Grid{Rows: []GridRow{
		{Row: 1, Cells: []Read{{Col: 1, Value: "Inputs"}}},
		{Row: 6, Cells: []Read{{Col: 2, Value: "ID"}, {Col: 3, Value: " Yours "}, {Col: 4, Value: 7.0}, {Col: 5, Value: "ID"}}},
		{Row: 7, Cells: []Read{{Col: 2, Value: "ID"}}},
	}}
	if got := g.FindRow("ID", "Yours"); got != 6 {
		t.Errorf("want row 6, got %d", got)
	}
	if got := g.FindRow("ID", "Mine"); got != 0 {
		t.Errorf("want no row, got %d", got)
	}
	if got := g.Columns(6); len(got) != 2 || got["ID"] != 2 || got["Yours"] != 3 {
		t.Errorf("want ID in column 2 and Yours in column 3, got %v", got)
	}
}
