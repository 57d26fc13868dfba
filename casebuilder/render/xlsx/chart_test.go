package xlsx_test

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"os/exec"
	"strconv"
	"strings"
	"testing"

	"casebuilder/casebuilder/book"
	"casebuilder/casebuilder/render/xlsx/recalc"
)

func partOf(t *testing.T, file []byte, name string) []byte {
	t.Helper()
	zr, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	r, err := zr.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	content, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return content
}

// cache is a reference of a chart with its cached points.
type cache struct {
	Ref    string   `xml:"f"`
	Points []string `xml:"numCache>pt>v"`
	Texts  []string `xml:"strCache>pt>v"`
}

// Every series carries the points that its cells hold, so that a viewer that
// does not calculate draws the chart.
func TestChartsCarryTheirPoints(t *testing.T) {
	b := specimen(256)
	file := write(t, b)
	for i, c := range b.Sheet("Summary").Charts {
		name := fmt.Sprintf("xl/charts/chart%d.xml", i+1)
		var x struct {
			Title string `xml:"chart>title>tx>rich>p>r>t"`
			Bars  []struct {
				X cache `xml:"cat>strRef"`
				Y cache `xml:"val>numRef"`
			} `xml:"chart>plotArea>barChart>ser"`
			Points []struct {
				X cache `xml:"xVal>numRef"`
				Y cache `xml:"yVal>numRef"`
			} `xml:"chart>plotArea>scatterChart>ser"`
		}
		if err := xml.Unmarshal(partOf(t, file, name), &x); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if x.Title != c.Title {
			t.Errorf("%s: want title %q, got %q", name, c.Title, x.Title)
		}
		var xs, ys []cache
		for _, s := range x.Bars {
			xs, ys = append(xs, s.X), append(ys, s.Y)
		}
		for _, s := range x.Points {
			xs, ys = append(xs, s.X), append(ys, s.Y)
		}
		if len(ys) != len(c.Series) {
			t.Fatalf("%s: want %d series, got %d", name, len(c.Series), len(ys))
		}
		for j, s := range c.Series {
			checkCache(t, b, name, s.X, xs[j])
			checkCache(t, b, name, s.Y, ys[j])
		}
	}
}

func checkCache(t *testing.T, b *book.Book, name, ref string, got cache) {
	t.Helper()
	if got.Ref != ref && got.Ref != strings.Split(ref, ":")[0] { // a single cell is written without its end
		t.Errorf("%s: want the reference %s, got %s", name, ref, got.Ref)
	}
	values, ok := b.Values(ref)
	points := append(got.Points, got.Texts...)
	if !ok || len(values) != len(points) || len(points) == 0 {
		t.Errorf("%s: %s: want %d points, got %d", name, ref, len(values), len(points))
		return
	}
	for i, v := range values {
		want, isText := v.(string)
		if !isText {
			want = strconv.FormatFloat(v.(float64), 'g', -1, 64)
		}
		if points[i] != want {
			t.Errorf("%s: %s point %d: want %s, got %s", name, ref, i, want, points[i])
		}
	}
}

// Another library finds five charts, the tables, and the print set-up.
func TestOpenpyxlFindsChartsAndTables(t *testing.T) {
	got := recalc.Python(t, `
import sys, openpyxl
wb = openpyxl.load_workbook(sys.argv[1])
print(len(wb["Summary"]._charts), sorted(t for ws in wb for t in ws.tables), wb["Inputs"].freeze_panes,
      wb["Inputs"].print_area, wb["Inputs"].print_title_rows, wb["Inputs"].protection.sheet, wb["Inputs"]["E6"].protection.locked,
      wb["Inputs"]["D6"].protection.locked, len(wb["Inputs"].data_validations.dataValidation), wb.calculation.fullCalcOnLoad,
      wb["About"]["A12"].hyperlink.location)
`, saveTo(t, write(t, specimen(64))))
	want := `5 ['tblChanges', 'tblInputs', 'tblReview', 'tblSources'] C6 ['$A$1:$J$13'] $1:$5 True False True 6 True Review!A1`
	if strings.TrimSpace(got) != want {
		t.Errorf("want\n%s\ngot\n%s", want, got)
	}
}

// Printed by LibreOffice, no cell is too narrow and none holds an error.
func TestPrintedPages(t *testing.T) {
	tool := recalc.Program(t, "poppler-utils", "pdftotext")
	pdf := recalc.PDF(t, write(t, specimen(64)))
	cmd := exec.Command(tool, "-layout", "-", "-")
	cmd.Stdin = bytes.NewReader(pdf)
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	text := string(out)
	for _, bad := range []string{"###", "#REF!", "#NAME?", "#VALUE!", "#DIV/0!", "Err:"} {
		if strings.Contains(text, bad) {
			t.Errorf("want no %s on the printed pages", bad)
		}
	}
	for _, good := range []string{"Extra churn moves the result most", "page 2 of ", "build 1f2e3d4c", "✓ all checks pass"} {
		if !strings.Contains(text, good) {
			t.Errorf("want %q on the printed pages", good)
		}
	}
}
