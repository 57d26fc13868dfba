package workbook_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"casebuilder/casebuilder/book"
	"casebuilder/casebuilder/diag"
	"casebuilder/casebuilder/model"
	"casebuilder/casebuilder/render/xlsx/recalc"
	"casebuilder/casebuilder/workbook"
)

func laidOut(t testing.TB, c *model.Case) *book.Book {
	t.Helper()
	b, _, err := workbook.Build(c, workbook.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// No program that saves the workbook changes a locked cell or a formula.
func TestNothingDiffersWithoutAnEdit(t *testing.T) {
	c := solved(t, "premium-retailer", 256, nil)
	raw, built := file(t, c), laidOut(t, c)
	for name, save := range map[string]func() []byte{
		"as built":    func() []byte { return raw },
		"excelize":    func() []byte { return recalc.Resave(t, raw, sheetsOf(t, raw)...) },
		"LibreOffice": func() []byte { return recalc.Save(t, raw) },
		"openpyxl":    func() []byte { return recalc.Openpyxl(t, raw) },
	} {
		t.Run(name, func(t *testing.T) {
			changed, deleted := workbook.Compare(open(t, save()), built, "book.xlsx")
			for _, p := range append(changed, deleted...) {
				t.Error(p)
			}
		})
	}
}

// rowOf returns the row of an ID on a sheet.
func rowOf(t testing.TB, b *book.Book, sheet, id string) int {
	t.Helper()
	s := b.Sheet(sheet)
	rows, _ := s.Size()
	for row := 1; row <= rows; row++ {
		if s.At(row, 1).Value == id {
			return row
		}
	}
	t.Fatalf("%s has no row %s", sheet, id)
	return 0
}

func TestChangesOfLockedCellsAreFound(t *testing.T) {
	c := solved(t, "premium-retailer", 256, nil)
	raw, built := file(t, c), laidOut(t, c)
	retention := rowOf(t, built, "Inputs", "customers.retention")
	at := func(sheet string, row, col int) string { return sheet + "!" + book.CellName(row, col) }
	label := at("Inputs", retention, 2)
	yours := at("Inputs", retention, 5)
	name := at("Inputs", rowOf(t, built, "Inputs", "company.name"), 5)
	severity := at("Loss", rowOf(t, built, "Loss", "severity.total"), 4)
	formula := built.Sheet("Loss").At(rowOf(t, built, "Loss", "severity.total"), 4).Formula
	trial := "Trials!H12"
	for _, x := range []struct {
		what  string
		cells map[string]any
		want  []string
	}{
		{"the reviewer's cells are not locked", map[string]any{yours: 0.7, at("Inputs", retention, 6): "why", "Review!C6": "agree"}, nil},
		{"a formula overwritten by a number", map[string]any{severity: 1}, []string{"book.xlsx!" + severity + `: want the formula "=` + formula + `", got "1"`}},
		{"a label", map[string]any{label: "Loyalty"}, []string{"book.xlsx!" + label + `: want the text "Retention", got "Loyalty"`}},
		{"a trial", map[string]any{trial: 0.5}, []string{"book.xlsx!" + trial + ": want the formula"}},
		{"a draw", map[string]any{"Draws!B9": 9}, []string{"book.xlsx!Draws!B9: want the number"}},
		{"Yours of a row that is not edited", map[string]any{name: "Acme"}, []string{"book.xlsx!" + name + `: want an empty cell, got "Acme"`}},
		{"a note in the margin", map[string]any{"Summary!Z9": "see me"}, []string{`book.xlsx!Summary!Z9: want an empty cell, got "see me"`}},
		{"a row that was added", map[string]any{"Inputs!A900": "customers.mood", "Inputs!D900": 1}, []string{`book.xlsx!Inputs!A900: want an empty cell, got "customers.mood"`}},
	} {
		changed, deleted := workbook.Compare(open(t, recalc.Edit(t, raw, x.cells)), built, "book.xlsx")
		if got := append(changed, deleted...); !begin(got, x.want) {
			t.Errorf("%s: want %q, got\n%v", x.what, x.want, got)
		}
	}
}

func begin(got diag.List, want []string) bool {
	if len(got) != len(want) {
		return false
	}
	for i := range want {
		if !strings.HasPrefix(got[i].Error(), want[i]) {
			return false
		}
	}
	return true
}

// A row that was deleted, or put in, moves the addresses of others; only the
// row itself is told. One row is tried; MOVED_ROWS=5 tries five, which takes a
// minute.
func TestMovedRowsDoNotDiffer(t *testing.T) {
	if testing.Short() {
		t.Skip("builds many packets")
	}
	c := solved(t, "premium-retailer", 256, nil)
	raw, built := file(t, c), laidOut(t, c)
	n := 1
	if s := os.Getenv("MOVED_ROWS"); s != "" {
		n, _ = strconv.Atoi(s)
	}
	for i, x := range []struct {
		sheet, id string
	}{{"Inputs", "staffing.it"}, {"Inputs", "customers.acquisition_cost.low"}, {"Inputs", "security.insurance.premium"}, {"Review", "premium"}, {"Estimates", "driver.closure"}} {
		if i >= n {
			break
		}
		row := rowOf(t, built, x.sheet, x.id)
		check := func(what string, edited []byte, wantChanged, wantDeleted []string) {
			t.Helper()
			changed, deleted := workbook.Compare(open(t, edited), built, "b")
			if !begin(changed, wantChanged) || !begin(deleted, wantDeleted) {
				t.Errorf("%s %s %s:\nchanged %v\ndeleted %v", x.sheet, x.id, what, changed, deleted)
			}
		}
		gone := []string{"b!" + x.sheet + ": " + x.id + ": want its row, got none"}
		check("deleted", edit(t, raw, func(f *excelize.File) error { return f.RemoveRow(x.sheet, row) }), nil, gone)
		check("row put in", edit(t, raw, func(f *excelize.File) error { return f.InsertRows(x.sheet, row, 1) }), nil, nil)
		check("deleted by openpyxl", script(t, raw, fmt.Sprintf("wb[%q].delete_rows(%d)", x.sheet, row)), nil, gone)
		check("emptied", script(t, raw, fmt.Sprintf("ws=wb[%q]\nfor c in ws[%d]: c.value=None", x.sheet, row)), nil, gone)
	}
}

// Rows that were sorted, as spreadsheet programs do it, leave the formulas of
// other sheets where they are: that is told once, and nothing else.
func TestSortedRowsAreTold(t *testing.T) {
	c := solved(t, "premium-retailer", 256, nil)
	raw, built := file(t, c), laidOut(t, c)
	sorted := script(t, raw, `
from openpyxl.formula.translate import Translator
ws = wb["Inputs"]
last = max(c.row for c in ws["A"] if c.value)
rows = [[(c.value, c.coordinate) for c in r] for r in ws.iter_rows(min_row=6, max_row=last)]
rows.sort(key=lambda r: str(r[0][0]))
for i, r in enumerate(rows):
    for j, (v, at) in enumerate(r):
        c = ws.cell(6 + i, 1 + j)
        if isinstance(v, str) and v.startswith("="):
            v = Translator(v, origin=at).translate_formula(c.coordinate)
        c.value = v`)
	changed, deleted := workbook.Compare(open(t, sorted), built, "b")
	if !begin(changed, []string{"b!Inputs: want the rows in their order, got sorted rows"}) || len(deleted) > 0 {
		t.Errorf("changed %v\ndeleted %v", changed, deleted)
	}
}

// edit changes a workbook with excelize.
func edit(t testing.TB, raw []byte, change func(*excelize.File) error) []byte {
	t.Helper()
	f, err := excelize.OpenReader(strings.NewReader(string(raw)))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := change(f); err != nil {
		t.Fatal(err)
	}
	b, err := f.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// script changes a workbook with openpyxl; wb is the workbook.
func script(t testing.TB, raw []byte, program string) []byte {
	t.Helper()
	in, out := filepath.Join(t.TempDir(), "in.xlsx"), filepath.Join(t.TempDir(), "out.xlsx")
	if err := os.WriteFile(in, raw, 0o600); err != nil {
		t.Fatal(err)
	}
	recalc.Python(t, "import sys, openpyxl\nwb = openpyxl.load_workbook(sys.argv[1])\n"+program+"\nwb.save(sys.argv[2])\n", in, out)
	b, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	return b
}
