package workbook_test

import (
	"bytes"
	"math"
	"os/exec"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"casebuilder/casebuilder/book"
	"casebuilder/casebuilder/company"
	"casebuilder/casebuilder/model"
	"casebuilder/casebuilder/render/xlsx/recalc"
	"casebuilder/casebuilder/workbook"
)

// large multiplies the amounts of a company.
func large(currency string, times float64) func(*company.Profile) {
	return func(p *company.Profile) {
		p.Company.Currency = currency
		for i := range company.Fields {
			f := &company.Fields[i]
			if f.Kind == company.Quantity && strings.HasPrefix(f.Unit, "money") && f.Unit != "money/usd" {
				scale(f.Number(p), times)
			}
		}
		for i := range p.Appetite.Levels {
			scale(&p.Appetite.Levels[i].Loss, times)
		}
		for i := range p.Options {
			for j := range p.Options[i].Initiatives {
				in := &p.Options[i].Initiatives[j]
				for _, n := range []*company.Number{&in.OneOff, &in.PerYear, &in.SavesPerYear} {
					scale(n, times)
				}
			}
		}
	}
}

func scale(n *company.Number, times float64) {
	n.Value, n.Low, n.High = n.Value*times, n.Low*times, n.High*times
}

// Every number fits the column that it stands in, also in a currency of small
// units and for the largest companies: none is printed as "###".
func TestNumbersFitTheirColumns(t *testing.T) {
	if testing.Short() {
		t.Skip("builds many packets")
	}
	cases := map[string]*model.Case{
		"yen":  solved(t, "premium-retailer", 256, large("JPY", 200)),      // revenue of 60 billion
		"huge": solved(t, "premium-retailer", 256, large("GBP", 5e12/3e8)), // of 5,000 billion
	}
	for _, e := range examples {
		cases[e] = solved(t, e, 256, nil)
	}
	for name, c := range cases {
		b, _, err := workbook.Build(c, workbook.Options{})
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range b.Sheets {
			fit(t, name, s)
		}
	}
}

func fit(t *testing.T, name string, s *book.Sheet) {
	rows, cols := s.Size()
	for row := 1; row <= rows; row++ {
		for col := 1; col <= cols; col++ {
			cell := s.At(row, col)
			v, ok := cell.Value.(float64)
			if !ok {
				continue
			}
			width := 9.0
			if col <= len(s.Widths) && s.Widths[col-1] > 0 {
				width = s.Widths[col-1]
			}
			// The margin is that of an indented cell; bold digits are wider.
			text, room := shown(t, v, cell.Style.Format), width-2
			switch cell.Style.Look {
			case book.Figure:
				room /= 1.45
			case book.Total, book.Check:
				room /= 1.05
			}
			if w := textWidth(text); w > room {
				t.Errorf("%s: %s!%s: %s is %.1f wide, want at most %.1f", name, s.Name, book.CellName(row, col), text, w, room)
			}
		}
	}
}

// textWidth is the width of a number in digits.
func textWidth(s string) float64 {
	narrow := strings.Count(s, ",") + strings.Count(s, ".")
	return float64(len(s)-narrow) + 0.5*float64(narrow) + 0.6*float64(strings.Count(s, "%"))
}

var numberCode = regexp.MustCompile(`^(#,##)?0(\.(0+))?(,*)(%?)$`)

// shown prints a number by the code of its format.
func shown(t *testing.T, v float64, f book.Format) string {
	t.Helper()
	switch f {
	case book.General, book.ISODate:
		return "" // a number without a format is rounded to what fits
	}
	if strings.Contains(string(f), `"`) {
		return "" // a word
	}
	if parts := strings.Split(string(f), ";"); len(parts) == 3 {
		return "+" + shown(t, math.Abs(v), book.Format(parts[2]))
	}
	code := numberCode.FindStringSubmatch(string(f))
	if code == nil {
		t.Fatalf("no rule for the format %s", f)
	}
	if code[5] != "" {
		v *= 100
	}
	text := strconv.FormatFloat(v/math.Pow(1000, float64(len(code[4]))), 'f', len(code[3]), 64)
	if code[1] != "" {
		whole := len(strconv.FormatFloat(math.Trunc(math.Abs(v)), 'f', 0, 64)) - 3*len(code[4])
		text += strings.Repeat(",", max(0, whole-1)/3)
	}
	return text + code[5]
}

// LibreOffice prints the workbook of the largest of the examples without
// "###".
func TestPrintedNumbersFit(t *testing.T) {
	if testing.Short() {
		t.Skip("builds many packets")
	}
	tool := recalc.Program(t, "poppler-utils", "pdftotext")
	cmd := exec.Command(tool, "-layout", "-", "-")
	cmd.Stdin = bytes.NewReader(recalc.PDF(t, file(t, solved(t, "mobile-operator", 256, nil))))
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	text := string(out)
	if !strings.Contains(text, "driver.direct_headline") {
		t.Error("want the sheet Estimates in print")
	}
	for line := range strings.Lines(text) {
		if strings.Contains(line, "###") {
			t.Errorf("want every number, got %q", strings.TrimSpace(line))
		}
	}
}
