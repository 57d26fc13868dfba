package xlsx_test

import (
	"bytes"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"strings"
	"testing"

	"casebuilder/casebuilder/book"
	"casebuilder/casebuilder/diag"
	"casebuilder/casebuilder/render/xlsx"
	"casebuilder/casebuilder/render/xlsx/lint"
	"casebuilder/casebuilder/render/xlsx/recalc"
)

func write(t testing.TB, b *book.Book) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := xlsx.Write(&out, b, xlsx.WriteOptions{}); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func open(t testing.TB, file []byte, opt xlsx.ReadOptions) *xlsx.File {
	t.Helper()
	f, err := xlsx.Open(bytes.NewReader(file), int64(len(file)), opt)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestSameBookSameBytes(t *testing.T) {
	first := write(t, specimen(300))
	for range 4 {
		if !bytes.Equal(first, write(t, specimen(300))) {
			t.Fatal("two files of one book differ")
		}
	}
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	if !bytes.Equal(first, write(t, specimen(300))) {
		t.Error("the file of one core differs from that of several")
	}
}

// compare checks that the cells of a grid are those of the book's sheet.
// Formulas must be the same text; numbers may differ by tolerance, relative,
// and with tolerance 0 they must be equal to the last bit.
func compare(t *testing.T, s *book.Sheet, g *book.Grid, tolerance float64) {
	t.Helper()
	rows, cols := s.Size()
	if s.Block != nil {
		rows, cols = s.Block.Row+s.Block.Rows-1, max(cols, s.Block.Col+len(s.Block.Columns)-1)
	}
	bad := 0
	for row := 1; row <= rows && bad < 10; row++ {
		for col := 1; col <= cols; col++ {
			want, got := s.At(row, col), g.At(row, col)
			at := s.Name + "!" + book.CellName(row, col)
			if text, ok := want.Value.(string); ok && text == "" && want.Formula == "" {
				want.Value = nil
			}
			if !sameValue(cleaned(want.Value), got.Value, tolerance) {
				t.Errorf("%s: want %#v, got %#v", at, want.Value, got.Value)
				bad++
			}
			if strings.ReplaceAll(want.Formula, "_xlfn.", "") != got.Formula {
				t.Errorf("%s: want formula %q, got %q", at, want.Formula, got.Formula)
				bad++
			}
		}
	}
}

// cleaned is a text as XML can hold it.
func cleaned(v any) any {
	if s, ok := v.(string); ok {
		return strings.ReplaceAll(s, "\x07", "\uFFFD")
	}
	return v
}

func sameValue(want, got any, tolerance float64) bool {
	w, ok1 := want.(float64)
	g, ok2 := got.(float64)
	if ok1 && ok2 {
		return w == g || math.Abs(w-g) <= tolerance*math.Max(math.Abs(w), math.Abs(g))
	}
	return reflect.DeepEqual(want, got)
}

func compareBook(t *testing.T, b *book.Book, file []byte, tolerance float64) {
	t.Helper()
	f := open(t, file, xlsx.ReadOptions{})
	for _, s := range b.Sheets {
		g, err := f.Grid(s.Name)
		if err != nil {
			t.Fatal(err)
		}
		compare(t, s, g, tolerance)
	}
}

func TestReadsBackWhatItWrites(t *testing.T) {
	b := specimen(130) // more than two segments of rows
	compareBook(t, b, write(t, b), 0)
}

// excelize cuts numbers to 15 digits when it writes a sheet anew.
func TestReadsBackWhatExcelizeSaves(t *testing.T) {
	b := specimen(130)
	file := recalc.Resave(t, write(t, b), "Inputs", "Trials", "Summary", "Changes")
	compareBook(t, b, file, 1e-14)
}

func TestLibreOfficeComputesTheCachedValues(t *testing.T) {
	b := specimen(256)
	compareBook(t, b, recalc.Save(t, write(t, b)), 1e-9)
}

func TestOpenpyxlKeepsValuesAndFormulas(t *testing.T) {
	b := specimen(130)
	file := recalc.Openpyxl(t, write(t, b))
	f := open(t, file, xlsx.ReadOptions{})
	for _, s := range b.Sheets {
		g, err := f.Grid(s.Name)
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range g.Rows {
			for _, got := range row.Cells {
				want := s.At(row.Row, got.Col)
				at := s.Name + "!" + book.CellName(row.Row, got.Col)
				if want := strings.ReplaceAll(want.Formula, "_xlfn.", ""); got.Formula != want {
					t.Errorf("%s: want formula %q, got %q", at, want, got.Formula)
				}
				if got.Formula == "" && !sameValue(cleaned(want.Value), got.Value, 0) {
					t.Errorf("%s: want %#v, got %#v", at, want.Value, got.Value)
				}
			}
		}
	}
}

// An edit in the file moves what depends on it to what the book would hold
// had it been built with that input.
func TestEditIsFollowed(t *testing.T) {
	edited := specimenWith(256, func(s *specimenBook) { s.chance = 0.6 })
	grids := recalc.Values(t, recalc.Edit(t, write(t, specimen(256)), map[string]any{"Inputs!E10": 0.6}), "Trials", "Summary", "Ranges")
	for _, at := range []string{"Trials!F6", "Trials!G60", "Summary!D9", "Ranges!E8", "Ranges!F8", "Ranges!D20"} {
		a, err := book.ParseArea(at)
		if err != nil {
			t.Fatal(err)
		}
		want := edited.Sheet(a.Sheet).At(a.Row1, a.Col1).Value
		if got := grids[a.Sheet].At(a.Row1, a.Col1).Value; !sameValue(want, got, 1e-9) {
			t.Errorf("%s: want %v, got %v", at, want, got)
		}
	}
}

func TestSpecimenPassesTheLint(t *testing.T) {
	file := write(t, specimen(256))
	cfg := lint.Config{Name: "specimen.xlsx", Sheets: map[string]lint.Sheet{
		"Inputs":      {HeaderRow: 5, Units: true, Sources: true},
		"Loss":        {HeaderRow: 5, Units: true},
		"Options":     {HeaderRow: 5, Units: true},
		"Ranges":      {HeaderRow: 5, Units: true},
		"Sensitivity": {HeaderRow: 5, Units: true},
		"Trials":      {HeaderRow: 5, ByColumn: 1},
		"Draws":       {HeaderRow: 5, ByColumn: 1},
	}}
	for _, p := range lint.Check(bytes.NewReader(file), int64(len(file)), cfg) {
		t.Error(p)
	}
}

// Nothing is lost of numbers with 17 digits, very small and very large ones.
func TestNumbersAreExact(t *testing.T) {
	values := []float64{0.1, 0.1 + 0.2, 1.0 / 3, math.Pi, 5e-324, math.MaxFloat64, -1e-7, 1e21, 123456789012345678, 3.909090909090909, math.Nextafter(1, 2)}
	b := &book.Book{}
	s := b.Add("Draws", book.Evidence)
	s.Block = &book.Block{Row: 3, Col: 1, Rows: len(values), Columns: []book.Column{{Values: values}}}
	file := write(t, b)
	compareBook(t, b, file, 0)
	printed := recalc.Python(t, `
import sys, openpyxl
ws = openpyxl.load_workbook(sys.argv[1])["Draws"]
print(" ".join(float(ws.cell(row=r, column=1).value).hex() for r in range(3, ws.max_row + 1)))`, saveTo(t, file))
	got := strings.Fields(printed)
	for i, v := range values {
		var back float64
		if _, err := fmt.Sscanf(got[i], "%g", &back); err != nil || back != v {
			t.Errorf("openpyxl reads %v as %v (%v)", v, got[i], err)
		}
	}
}

func TestProblemsOfABookStopTheWriting(t *testing.T) {
	b := &book.Book{}
	s := b.Add("A/B", book.Input)
	s.Set(3, 1, book.Cell{Formula: "A1"})
	var out bytes.Buffer
	err := xlsx.Write(&out, b, xlsx.WriteOptions{})
	if list, ok := err.(diag.List); !ok || len(list) != 2 {
		t.Errorf("want two problems, got %v", err)
	}
	if out.Len() > 0 {
		t.Errorf("want nothing written, got %d bytes", out.Len())
	}
}

func TestPassword(t *testing.T) {
	b := specimen(40)
	var out bytes.Buffer
	if err := xlsx.Write(&out, b, xlsx.WriteOptions{Password: "correct horse"}); err != nil {
		t.Fatal(err)
	}
	file := out.Bytes()
	for password, want := range map[string]string{
		"":      "one that is encrypted with a password",
		"wrong": "want the password of this workbook, got another one",
	} {
		_, err := xlsx.Open(bytes.NewReader(file), int64(len(file)), xlsx.ReadOptions{Name: "in.xlsx", Password: password})
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("password %q: want %q, got %v", password, want, err)
		}
	}
	g, err := open(t, file, xlsx.ReadOptions{Password: "correct horse"}).Grid("Inputs")
	if err != nil {
		t.Fatal(err)
	}
	compare(t, b.Sheet("Inputs"), g, 0)
}

func saveTo(t testing.TB, file []byte) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "book.xlsx")
	if err := os.WriteFile(name, file, 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}
