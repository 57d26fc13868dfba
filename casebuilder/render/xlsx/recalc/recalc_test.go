package recalc_test

import (
	"bytes"
	"os"
	"os/exec"
	"testing"

	"casebuilder/casebuilder/book"
	"casebuilder/casebuilder/render/xlsx"
	"casebuilder/casebuilder/render/xlsx/recalc"
)

// stale returns a workbook in which B4 is twice A4, with a wrong cached value.
func stale(t *testing.T) []byte {
	t.Helper()
	b := &book.Book{}
	s := b.Add("S", book.Calculation)
	s.SetRow(4, 1, book.Number(21, book.InputNumber, ""), book.Formula("A4*2", 0.0, book.Calc, ""), book.Formula(`IF(B4>40,"high","low")`, "?", book.CalcText, ""))
	var out bytes.Buffer
	if err := xlsx.Write(&out, b, xlsx.WriteOptions{}); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestValuesAreComputedAnew(t *testing.T) {
	file := stale(t)
	for _, c := range []struct {
		edit   map[string]any
		number float64
		text   string
	}{
		{nil, 42, "high"},
		{map[string]any{"S!A4": 1.5}, 3, "low"},
	} {
		g := recalc.Values(t, recalc.Edit(t, file, c.edit), "S")["S"]
		if got := g.At(4, 2).Value; got != c.number {
			t.Errorf("edit %v: want %v, got %v", c.edit, c.number, got)
		}
		if got := g.At(4, 3).Value; got != c.text {
			t.Errorf("edit %v: want %q, got %v", c.edit, c.text, got)
		}
	}
}

func TestOpenpyxlKeepsFormulasAndDropsTheirValues(t *testing.T) {
	g := recalc.Grids(t, recalc.Openpyxl(t, stale(t)), "S")["S"]
	if c := g.At(4, 2); c.Formula != "A4*2" || c.Value != nil {
		t.Errorf("want the formula A4*2 without a value, got %q and %v", c.Formula, c.Value)
	}
	if c := g.At(4, 1); c.Value != 21.0 {
		t.Errorf("want 21, got %v", c.Value)
	}
}

// Without LibreOffice a test is skipped, and fails where CI is "true".
func TestMissingProgram(t *testing.T) {
	if os.Getenv("RECALC_MISSING") != "" {
		recalc.Save(t, nil)
		return
	}
	for ci, want := range map[string]string{"": "SKIP", "true": "FAIL"} {
		cmd := exec.Command(os.Args[0], "-test.run=^TestMissingProgram$", "-test.v")
		cmd.Env = []string{"PATH=" + t.TempDir(), "RECALC_MISSING=1", "CI=" + ci, "TMPDIR=" + t.TempDir()}
		out, _ := cmd.CombinedOutput()
		if !bytes.Contains(out, []byte("--- "+want)) || !bytes.Contains(out, []byte("this test needs soffice")) {
			t.Errorf("CI=%q: want %s with a message, got\n%s", ci, want, out)
		}
	}
}
