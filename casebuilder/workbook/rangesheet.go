package workbook

import (
	"strconv"

	"casebuilder/casebuilder/book"
	"casebuilder/casebuilder/results"
)

// percentileRows are the columns of trials whose percentiles stand on Ranges.
var (
	percentileRows  = []string{"severity.total", "severity.marketing", "severity.customer_margin"}
	percentileParts = []string{"p5", "p50", "p90", "p95", "p99", "stderr"}
)

// ranges lays out percentiles, exceedance and appetite.
func (m *maker) ranges() {
	s := m.sheet(rangesSheet, book.Output, "Ranges and chances",
		"Output: percentiles over the trials, and the chance of losing more than an amount. The annual curve at the bottom is as filed, from 100,000 simulated years.")
	s.Widths = []float64{30, 46, 14, 18, 18, 18, 18, 18, 18, 18}
	s.FreezeRows, s.FreezeCols = headRow, 2
	m.at[trialsCount] = address{s.Name, 4, 4}
	s.SetRow(4, 1, book.Text("trials", book.ID), book.Text("Trials", book.Label), book.Text("count", book.Unit))
	m.formula(s, 4, 4, book.Calc, book.Whole, func() (string, any) {
		return "COUNT(" + m.names(s.Name, 4, 4).Range("draw.1") + ")", float64(m.c.Results.Trials)
	})
	header(s, headRow, "ID", "Label", "Unit", ">Mean", ">P5", ">P50", ">P90", ">P95", ">P99", ">Standard error")
	row := firstRow
	for _, p := range percentileRows {
		q := m.quantity(id(p))
		s.SetRow(row, 1, book.Text(p, book.ID), book.Text(q.Label, book.Label), book.Text(m.unit(q.Unit), book.Unit))
		m.show(s, row, 4, id(p), book.Calc)
		for i, part := range percentileParts {
			m.put(s, row, 5+i, id(p+"."+part), book.Calc)
		}
		m.rangeRow[p] = row
		row++
	}
	row = m.curve(s, row+1)
	row = m.appetite(s, row+1)
	m.annual(s, row+1)
}

// curve lays out the exceedance curve: an amount a row.
func (m *maker) curve(s *book.Sheet, row int) int {
	s.Set(row, 1, book.Text("Chance in a year that at least one incident costs more than an amount", book.Heading))
	row++
	s.SetRow(row, 1, book.Text("exceedance.width", book.ID), book.Text(m.quantity("exceedance.width").Label, book.Label), book.Text(m.unit(m.quantity("exceedance.width").Unit), book.Unit))
	m.put(s, row, 4, "exceedance.width", book.Calc)
	row++
	heads := []string{"ID", "Label", "Unit", ">Amount", ">Share of incidents above", ">Chance in a year today"}
	for _, o := range m.c.Results.Options {
		heads = append(heads, ">Share above, after: "+o.Name, ">Chance in a year, after: "+o.Name)
	}
	header(s, row, heads...)
	for i := range heads {
		if i >= 4 {
			s.Widths = setWidth(s.Widths, i+1, 18)
		}
	}
	m.curveFirst = row + 1
	for k := range len(m.c.Results.Exceedance.Occurrence) {
		row++
		at := "@" + strconv.Itoa(k)
		s.SetRow(row, 1, book.Text("exceedance"+at, book.ID), book.Text("Point "+strconv.Itoa(k)+" of the curve", book.Label), book.Text(m.c.Results.Currency, book.Unit))
		m.put(s, row, 4, id("exceedance.loss"+at), book.Calc)
		m.chances(s, row, "exceedance", at)
	}
	m.curveLast = row
	return row + 1
}

// chances writes the shares and chances of one amount, today and after each
// option.
func (m *maker) chances(s *book.Sheet, row int, kind, at string) {
	m.put(s, row, 5, id(kind+".share_above"+at), book.Calc)
	m.put(s, row, 6, id(kind+".chance"+at), book.Calc)
	for i, o := range m.c.Results.Options {
		prefix := "options." + o.ID + "."
		if of := id(prefix + kind + ".share_above" + at); m.has(of) {
			m.put(s, row, 7+2*i, of, book.Calc)
		} else {
			m.show(s, row, 7+2*i, id(kind+".share_above"+at), book.Calc)
		}
		m.put(s, row, 8+2*i, id(prefix+kind+".chance"+at), book.Calc)
	}
}

// appetite lays out the levels of appetite.
func (m *maker) appetite(s *book.Sheet, row int) int {
	levels := m.c.Results.Appetite
	if len(levels) == 0 {
		return row
	}
	s.Set(row, 1, book.Text("Appetite: no more than this chance of losing more in one incident in a year", book.Heading))
	row++
	heads := []string{"ID", "Label", "Unit", ">Amount", ">Share of incidents above", ">Chance in a year today"}
	for _, o := range m.c.Results.Options {
		heads = append(heads, ">Share above, after: "+o.Name, ">Chance in a year, after: "+o.Name)
	}
	heads = append(heads, ">Accepted chance")
	header(s, row, heads...)
	s.Widths = setWidth(s.Widths, len(heads), 18)
	m.appetiteFirst = row + 1
	m.appetiteCol = len(heads)
	for i := range levels {
		row++
		k := strconv.Itoa(i + 1)
		s.SetRow(row, 1, book.Text("appetite@"+k, book.ID), book.Text("Level "+k+" of appetite", book.Label), book.Text(m.c.Results.Currency, book.Unit))
		m.show(s, row, 4, id("appetite.levels."+k+".loss"), book.Calc)
		m.chances(s, row, "appetite", "@"+k)
		m.show(s, row, len(heads), id("appetite.levels."+k+".chance"), book.Calc)
	}
	m.appetiteLast = row
	return row + 1
}

// annual lays out the curves of whole years, as filed.
func (m *maker) annual(s *book.Sheet, row int) {
	s.Set(row, 1, book.Text("Filed: chance that all incidents of a year together cost more than an amount; 100,000 simulated years", book.Heading))
	row++
	heads := []string{"ID", "Label", "Unit", ">Amount (filed)", ">Chance today (filed)"}
	for _, o := range m.c.Results.Options {
		heads = append(heads, ">Chance, after: "+o.Name+" (filed)")
	}
	header(s, row, heads...)
	for k, p := range m.c.Results.Exceedance.Annual {
		row++
		s.SetRow(row, 1, book.Text("annual@"+strconv.Itoa(k), book.ID), book.Text("Point "+strconv.Itoa(k)+" of the annual curve", book.Label), book.Text(m.c.Results.Currency, book.Unit),
			book.Number(p.Loss, book.Filed, book.Whole), book.Number(p.Chance, book.Filed, book.Percent))
		for i, o := range m.c.Results.Options {
			s.Set(row, 6+i, book.Number(at(o.Exceedance.Annual, k).Chance, book.Filed, book.Percent))
		}
	}
}

func at(ps []results.Point, k int) results.Point {
	if k < len(ps) {
		return ps[k]
	}
	return results.Point{}
}
