package pitch_test

import (
	"slices"
	"strings"
	"testing"

	"casebuilder/casebuilder/chart"
	"casebuilder/casebuilder/page"
)

// lengths are the least and the most sheets of a profile: ten pages with an
// appendix of two to four, six in short.
var lengths = map[string][2]int{"full": {12, 14}, "short": {6, 6}, "marketing": {8, 10}}

// TestExamplesFit draws every example in every way. It wants each page on one
// sheet, with nothing that overlaps, leaves the margins or is cut, the pages
// that a board expects, and in every paper what was checked and when it is
// looked at again.
func TestExamplesFit(t *testing.T) {
	if testing.Short() {
		t.Skip("draws and builds for long")
	}
	for _, e := range examples {
		for _, p := range papers {
			t.Run(e.name+" "+p.String(), func(t *testing.T) {
				d := draw(t, example(t, e.name), p.options())
				for _, problem := range d.layout() {
					t.Error(problem)
				}
				if n, want := d.report.Sheets, lengths[p.profile]; n < want[0] || n > want[1] {
					t.Errorf("want %d to %d pages, got %d", want[0], want[1], n)
				}
				text := d.doc.Outline()
				if p.lang == "en" && (!strings.Contains(text, "not reviewed by a third party") || !strings.Contains(text, "Review by ")) {
					t.Error("want what was checked, and when it is looked at again")
				}
			})
		}
	}
}

// TestSources wants a source under every chart and, under its table or beside
// its figures, where the data of every table stand.
func TestSources(t *testing.T) {
	for _, e := range examples {
		d := draw(t, example(t, e.name), paper{"full", "en", 0}.options())
		for _, p := range d.doc.Pages {
			exhibits(p.Blocks, func(x page.Exhibit) {
				if _, told := x.Chart.(chart.Timeline); told { // a source beside each fact
					return
				}
				if x.Source.Empty() || x.Title.Empty() || x.Subtitle.Empty() || x.Chart.Alt() == "" {
					t.Errorf("%s, %s: want title, measure, source and words for those who do not see the chart %q", e.name, p.ID, x.Title.String())
				}
			})
			tables(p.Blocks, func(x page.Table) {
				said := x.Source.String()
				for _, n := range append(slices.Clone(x.Notes), x.Columns[len(x.Columns)-1].Head, x.Subtitle) {
					said += n.String()
				}
				if !strings.Contains(strings.ToLower(said), "workbook") && x.Source.Empty() {
					t.Errorf("%s, %s: want a source of the table %q", e.name, p.ID, x.Title.String())
				}
			})
		}
	}
}

// tables visits the tables of blocks.
func tables(bs []page.Block, f func(page.Table)) {
	for _, b := range bs {
		switch b := b.(type) {
		case page.Table:
			f(b)
		case page.Columns:
			for _, c := range b.Cells {
				tables(c.Blocks, f)
			}
		case page.Panel:
			tables(b.Blocks, f)
		}
	}
}
