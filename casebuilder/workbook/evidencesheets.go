package workbook

import (
	"fmt"
	"strings"

	"casebuilder/casebuilder/book"
	"casebuilder/casebuilder/results"
)

// cases lays out the whole reference class, the nearest first.
func (m *maker) cases() {
	s := m.sheet(casesSheet, book.Evidence, "The case library, as it compares with this company",
		"Evidence (case facts, filed): every case, those without a visible effect included, the nearest first. Likeness runs from 0 to 1.")
	s.FreezeRows, s.FreezeCols = headRow, 2
	s.Widths = []float64{26, 30, 13, 13, 12, 14, 14, 13, 11, 11, 11, 60, 60, 34, 60}
	header(s, headRow, "ID", "Organisation", "Disclosed", "Sector", "Positioning", "Kind", ">People", "Customers reacted", "Channel closed", ">Likeness", "Replayed", "What happened", "Why it counts as it does", "Informs", "Source")
	for i, c := range m.c.Results.Comparables {
		row := firstRow + i
		s.SetRow(row, 1, book.Text(c.ID, book.ID), book.Text(c.Organisation, book.Label), book.Text(c.Disclosed, book.Label), book.Text(c.Sector, book.Label),
			book.Text(orUnknown(c.Positioning), book.Label), book.Text(strings.ReplaceAll(c.Kind, "_", " "), book.Label))
		if c.People != nil {
			s.Set(row, 7, book.Number(*c.People, book.Filed, book.Whole))
		} else {
			s.Set(row, 7, book.Text("not known", book.Filed))
		}
		closed := "not known"
		if c.Closed != nil {
			closed = yesNo(*c.Closed)
		}
		s.SetRow(row, 8, book.Text(c.Effect, book.Label), book.Text(closed, book.Label), book.Number(c.Weight, book.Filed, book.TwoDigits), book.Text(yesNo(c.Selected), book.Label),
			book.Text(c.Headline, book.Prose), book.Text(strings.Join(c.Why, "; "), book.Prose), book.Text(orNothing(strings.Join(c.Used, ", ")), book.Prose), book.Text(c.Source, book.Prose))
	}
	last := headRow + len(m.c.Results.Comparables)
	s.Table = &book.Table{Name: "Cases_table", Ref: fmt.Sprintf("A%d:O%d", headRow, max(last, firstRow))}
}

func yesNo(b bool) string {
	if b {
		return "yes"
	}
	return "no"
}

func orUnknown(s string) string {
	if s == "" {
		return "not known"
	}
	return s
}

func orNothing(s string) string {
	if s == "" {
		return "nothing"
	}
	return s
}

// sources lays out the publications that figures rest on, and how well the
// predictions do, as filed.
func (m *maker) sources() {
	s := m.sheet(sourcesSheet, book.Evidence, "Sources, and how good the predictions are",
		"Evidence: every publication that a figure names, with its strength. On the right the backtest, as filed: each case predicted without itself.")
	s.FreezeRows, s.FreezeCols = headRow, 1
	s.Widths = []float64{32, 70, 11, 13, 70, 60, 3, 28, 18, 12, 16, 16, 16}
	header(s, headRow, "ID", "Publication", "Strength", "Method", "Finding", "Address")
	list := m.c.Results.Sources
	for i, x := range list {
		s.SetRow(firstRow+i, 1, book.Text(x.ID, book.ID), book.Text(x.Text, book.Prose), book.Text(x.Strength, book.Label), book.Text(x.Method, book.Label), book.Text(x.Finding, book.Prose), book.Text(x.URL, book.Prose))
	}
	s.Table = &book.Table{Name: "Sources_table", Ref: fmt.Sprintf("A%d:F%d", headRow, firstRow+len(list)-1)}
	b := m.c.Results.Evidence.Backtest
	if b == nil {
		return
	}
	s.Set(headRow-1, 8, book.Text("Backtest (filed), constant dollars: direct cost of each case, predicted from the others", book.Heading))
	for i, h := range []string{"Case", ">Disclosed (filed)", "Whole cost", ">P5 (filed)", ">P50 (filed)", ">P95 (filed)"} {
		look := book.Header
		if h[0] == '>' {
			look, h = book.HeaderRight, h[1:]
		}
		s.Set(headRow, 8+i, book.Text(h, look))
	}
	for i, p := range b.Cases {
		s.SetRow(firstRow+i, 8, book.Text(p.ID, book.ID), book.Number(p.Actual, book.Filed, book.Whole), book.Text(yesNo(p.Complete), book.Label),
			book.Number(p.P5, book.Filed, book.Whole), book.Number(p.P50, book.Filed, book.Whole), book.Number(p.P95, book.Filed, book.Whole))
	}
	row := firstRow + len(b.Cases) + 1
	line := func(name string, sc results.Score) {
		known := func(v *float64, f book.Format) book.Cell {
			if v == nil {
				return book.Text("none", book.Unit)
			}
			return book.Number(*v, book.Filed, f)
		}
		s.SetRow(row, 8, book.Text(name, book.Label), book.Number(float64(sc.N), book.Filed, book.Whole), book.Text("cases", book.Unit),
			known(sc.MedianError, book.TwoDigits), known(sc.Bias, book.TwoDigits), known(sc.Coverage90, book.Percent))
		row++
	}
	for i, h := range []string{"Score", ">Cases (filed)", "", ">Median miss, powers of ten", ">Mean miss, powers of ten", ">Inside the 90% interval"} {
		if h == "" {
			h = "Unit"
		}
		look := book.Header
		if h[0] == '>' {
			look, h = book.HeaderRight, h[1:]
		}
		s.Set(row, 8+i, book.Text(h, look))
	}
	row++
	line("This model, left out one at a time", b.Summary)
	if b.Summary.Complete != nil {
		line("This model, whole costs alone", *b.Summary.Complete)
	}
	for _, f := range []struct{ id, label string }{{"jacobs_2014", "Jacobs 2014, by records"}, {"iris_2025_tier", "IRIS 2025, by revenue"}, {"flat_per_record", "A flat cost per record"}} {
		if sc, ok := b.Summary.Formulas[f.id]; ok {
			line(f.label, sc)
		}
	}
}
