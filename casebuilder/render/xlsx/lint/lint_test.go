package lint_test

import (
	"archive/zip"
	"bytes"
	"io"
	"strings"
	"testing"

	"casebuilder/casebuilder/book"
	"casebuilder/casebuilder/diag"
	"casebuilder/casebuilder/render/xlsx"
	"casebuilder/casebuilder/render/xlsx/lint"
)

// good returns a workbook that breaks no rule, and its configuration.
func good() (*book.Book, lint.Config) {
	b := &book.Book{Footer: book.Footer{Page: "page {page} of {pages}"}}
	s := b.Add("Inputs", book.Input)
	s.Title, s.Purpose = "Inputs", "Input."
	s.SetRow(5, 1, book.Text("ID", book.Header), book.Text("Unit", book.Header), book.Text("Value", book.Header), book.Text("Source", book.Header))
	s.SetRow(6, 1, book.Text("a", book.ID), book.Text("GBP", book.Unit), book.Number(3, book.InputNumber, book.Whole), book.Text("own", book.Prose))
	s.Validations = []book.Validation{{Range: "C6:C9", Kind: book.Decimal, Min: "0", Message: "m"}}
	c := b.Add("Calc", book.Calculation)
	c.Title, c.Purpose = "Calc", "Calculation."
	c.SetRow(6, 1, formula("Inputs!$C$6*2"), formula("A6*12"), formula("B6*12"))
	t := b.Add("Trials", book.Calculation)
	t.Title, t.Purpose = "Trials", "Calculation."
	t.Block = &book.Block{Row: 6, Col: 1, Rows: 3, Columns: []book.Column{
		{Values: []float64{1, 2, 3}}, {Formula: "A6*Inputs!$C$6", Values: []float64{3, 6, 9}},
	}}
	return b, lint.Config{Name: "book.xlsx", Sheets: map[string]lint.Sheet{
		"Inputs": {HeaderRow: 5, Units: true, Sources: true},
		"Calc":   {HeaderRow: 5, ByRow: []string{"B6:C6"}},
		"Trials": {HeaderRow: 5, ByColumn: 1},
	}}
}

func formula(f string) book.Cell { return book.Formula(f, 1.0, book.Calc, book.General) }

func check(t *testing.T, b *book.Book, cfg lint.Config, edit ...func(name, content string) string) diag.List {
	t.Helper()
	var out bytes.Buffer
	if err := xlsx.Write(&out, b, xlsx.WriteOptions{}); err != nil {
		t.Fatal(err)
	}
	file := out.Bytes()
	for _, e := range edit {
		file = repack(t, file, e)
	}
	return lint.Check(bytes.NewReader(file), int64(len(file)), cfg)
}

// repack changes the parts of a file as text.
func repack(t *testing.T, file []byte, edit func(name, content string) string) []byte {
	t.Helper()
	zr, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	zw := zip.NewWriter(&out)
	for _, f := range zr.File {
		rc, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(rc)
		if err != nil {
			t.Fatal(err)
		}
		w, err := zw.Create(f.Name)
		if err == nil {
			_, err = io.WriteString(w, edit(f.Name, string(content)))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := zw.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestGoodWorkbook(t *testing.T) {
	b, cfg := good()
	if p := check(t, b, cfg); len(p) > 0 {
		t.Error(p)
	}
}

func TestFormulas(t *testing.T) {
	for _, c := range []struct{ formula, want string }{
		{"Inputs!C6*0+1-2*12/100^365", ""},
		{"-1*Inputs!C6", ""},
		{`IF(Inputs!C6>0,"3 or 5","7")&"x"`, ""},
		{"SUM(Inputs!C6:C9,Inputs!C6)", ""},
		{"SUM(Inputs!C:C)+SUM(Inputs!$4:$9)", ""},
		{"Inputs!C6*1.1", `number: want no numbers but 0, 1, -1, 2, 12, 100, 365, got 1.1 in "Inputs!C6*1.1"`},
		{"Inputs!C6*1E-3", "number: "},
		{"Inputs!C6*5%", "number: "},
		{"SUM({1,2})", "function: want a formula without ARRAY"},
		{"IF(A1,IF(B1,1,2),0)", "nested IF: "},
		{"IF(A1,1,SUM(IF(B1,1,2)))", "nested IF: "},
		{"IF(A1,1,0)+IF(B1,1,0)", ""},
		{"OFFSET(A1,1,1)", "function: want a formula without OFFSET (volatile)"},
		{"NPV(A1,B1:B2)", "function: want a formula without NPV"},
		{"IFERROR(A1,0)", "function: want a formula without IFERROR (it swallows errors)"},
		{"CHOOSE(A1,1,2)", "function: want a formula without CHOOSE"},
		{"ROUND(A1,0)", "rounding: want rounding for display only"},
		{"expected_loss*2", "name: want no names in formulas, got expected_loss"},
		{"tblInputs[Value]", "reference: want cells of this workbook by address"},
		{"SUM(" + strings.Repeat("A1,", 40) + "B1)", "length: want one line of at most 100 characters"},
		{"#REF!+A1", "error value: "},
	} {
		b, cfg := good()
		b.Sheet("Calc").Set(8, 2, formula(c.formula))
		expect(t, c.formula, check(t, b, cfg), c.want)
	}
	// Rounding may make a label.
	b, cfg := good()
	b.Sheet("Calc").Set(8, 2, book.Formula(`"about "&ROUND(A6,1)`, "about 3", book.CalcText, ""))
	expect(t, "label", check(t, b, cfg), "")
}

// expect checks that there is one problem with that text, or none.
func expect(t *testing.T, what string, got diag.List, want string) {
	t.Helper()
	switch {
	case want == "" && len(got) > 0:
		t.Errorf("%s: want nothing, got %v", what, got)
	case want != "" && (len(got) != 1 || !strings.Contains(got[0].Error(), want)):
		t.Errorf("%s: want %q alone, got %v", what, want, got)
	}
}

func TestSheets(t *testing.T) {
	for _, c := range []struct {
		want   string
		change func(*book.Book)
	}{
		{"book.xlsx!Inputs!B7: unit: want a text under Unit, got nothing", func(b *book.Book) {
			b.Sheet("Inputs").SetRow(7, 1, book.Text("b", book.ID), book.Cell{}, book.Number(1, book.Filed, ""), book.Text("own", book.Prose))
		}},
		{"!Inputs!D7: source: want a text under Source, got nothing", func(b *book.Book) {
			b.Sheet("Inputs").SetRow(7, 1, book.Text("b", book.ID), book.Text("GBP", book.Unit), book.Number(1, book.Filed, ""))
		}},
		{"!Inputs!C10: validation: want a validation on every editable cell, got none", func(b *book.Book) {
			b.Sheet("Inputs").SetRow(10, 1, book.Text("b", book.ID), book.Text("GBP", book.Unit), book.Number(1, book.InputNumber, ""), book.Text("own", book.Prose))
		}},
		{"!Inputs!E5: header: want headers that stand once", func(b *book.Book) { b.Sheet("Inputs").Set(5, 5, book.Text("ID", book.Header)) }},
		{"!Calc!A1: title: want a title, got none", func(b *book.Book) { b.Sheet("Calc").Title = "" }},
		{"!Calc!A2: title: want a purpose line, got none", func(b *book.Book) { b.Sheet("Calc").Purpose = "" }},
		{"!Calc!C6: one formula a row: want =RC[-1]*12, got =RC[-2]*12", func(b *book.Book) { b.Sheet("Calc").Set(6, 3, formula("A6*12")) }},
		{"!Calc!D6: cycle: want a formula that does not depend on itself, got =E6", func(b *book.Book) {
			b.Sheet("Calc").SetRow(6, 4, formula("E6"), formula("SUM(D6:D6)"))
		}},
		{"!Calc!B9: cached value: want a cached number stored as a number", func(b *book.Book) {
			b.Sheet("Calc").Set(9, 2, book.Formula("A6", "12.5", book.Calc, ""))
		}},
		{"!Calc!B9: hidden: want a number format that shows the value", func(b *book.Book) { b.Sheet("Calc").Set(9, 2, book.Number(1, book.Calc, ";;;")) }},
	} {
		b, cfg := good()
		c.change(b)
		expect(t, c.want, check(t, b, cfg), c.want)
	}
}

// What only another program, or a change by hand, could do to the file.
func TestTamperedFiles(t *testing.T) {
	replace := func(part, from, to string) func(string, string) string {
		return func(name, content string) string {
			if name != part {
				return content
			}
			if !strings.Contains(content, from) {
				t.Errorf("%s: no %q in it", part, from)
			}
			return strings.Replace(content, from, to, 1)
		}
	}
	const calc, trials = "xl/worksheets/sheet2.xml", "xl/worksheets/sheet3.xml"
	for _, c := range []struct {
		want string
		edit func(string, string) string
	}{
		{"!Calc: hidden: want a visible sheet, got hidden", replace("xl/workbook.xml", `name="Calc"`, `name="Calc" state="hidden"`)},
		{"!Calc: hidden: want visible rows, got row 6 hidden", replace(calc, `<row r="6"`, `<row r="6" hidden="1"`)},
		{"!Calc: hidden: want visible columns, got column B hidden", replace(calc, `<sheetData>`, `<cols><col min="2" max="2" width="9" hidden="1"/></cols><sheetData>`)},
		{"!Calc!A1:B1: merged: want no merged cells", replace(calc, `</sheetData>`, `</sheetData><mergeCells><mergeCell ref="A1:B1"/></mergeCells>`)},
		{"!Calc: array: want no array formulas", replace(calc, `<f>`, `<f t="array" ref="A6">`)},
		{"!Calc: protection: want a protected sheet", replace(calc, `sheet="true"`, `sheet="false"`)},
		{"!Calc: protection: want protection without a password", replace(calc, `sheet="true"`, `sheet="true" password="CAFE"`)},
		{"!Calc: print: want one page wide", replace(calc, `fitToPage="true"`, `fitToPage="false"`)},
		{"!Calc: print: want a footer with page x of y", replace(calc, `&amp;P`, ``)},
		{"!Calc!A6: cached value: want a cached value beside the formula, got none", replace(calc, `</f><v>1</v>`, `</f>`)},
		{"!Calc!A6: error value: want no error values, got #DIV/0!", replace(calc, `><f>Inputs!$C$6*2</f><v>1</v>`, ` t="e"><f>Inputs!$C$6*2</f><v>#DIV/0!</v>`)},
		{"!Calc!A6: function: want _xlfn.IFNA, got IFNA", replace(calc, `Inputs!$C$6*2`, `IFNA(Inputs!$C$6,1)`)},
		{"!Trials!B7: one formula a column: want =RC[-1]*Inputs!R6C3, got a value", replace(trials, `<f>A7*Inputs!$C$6</f>`, ``)},
		{"!Calc!A6: reference: want cells of this workbook by address, got [1]Inputs!$C$6", replace(calc, `<f>Inputs!`, `<f>[1]Inputs!`)},
		{"hidden: want text in another colour than its cell, got FFFFFF on FFFFFF", replace("xl/styles.xml", `rgb="FF595959"`, `rgb="FFFFFFFF"`)},
		{"font: want text of at least 10 points, got 9 points", replace("xl/styles.xml", `<sz val="14">`, `<sz val="9">`)},
		{"name: want names of cells of this workbook", replace("xl/workbook.xml", `<calcPr`, `<definedNames><definedName name="x">[1]S!$A$1</definedName></definedNames><calcPr`)},
	} {
		b, cfg := good()
		got := check(t, b, cfg, c.edit)
		found := false
		for _, p := range got {
			found = found || strings.Contains(p.Error(), c.want)
		}
		if !found {
			t.Errorf("want %q, got %v", c.want, got)
		}
	}
}

func TestForeignParts(t *testing.T) {
	for part, want := range map[string]string{
		"xl/vbaProject.bin":                  "macro: want no macros",
		"xl/externalLinks/externalLink1.xml": "external link: want no links to other files",
		"xl/comments1.xml":                   "comment: want notes in a printed column",
	} {
		b, cfg := good()
		got := check(t, b, cfg, func(name, content string) string { return content })
		if len(got) > 0 {
			t.Fatal(got)
		}
		expect(t, part, checkWithPart(t, b, cfg, part), want)
	}
}

func checkWithPart(t *testing.T, b *book.Book, cfg lint.Config, part string) diag.List {
	t.Helper()
	var out, again bytes.Buffer
	if err := xlsx.Write(&out, b, xlsx.WriteOptions{}); err != nil {
		t.Fatal(err)
	}
	zr, err := zip.NewReader(bytes.NewReader(out.Bytes()), int64(out.Len()))
	if err != nil {
		t.Fatal(err)
	}
	zw := zip.NewWriter(&again)
	for _, f := range zr.File {
		if err := zw.Copy(f); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := zw.Create(part); err != nil {
		t.Fatal(err)
	}
	if err := zw.Close(); err != nil {
		t.Fatal(err)
	}
	return lint.Check(bytes.NewReader(again.Bytes()), int64(again.Len()), cfg)
}
