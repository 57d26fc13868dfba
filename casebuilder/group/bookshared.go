package group

import (
	"fmt"

	"casebuilder/casebuilder/book"
)

// Columns of the parts on Shared costs.
const (
	sharedNo = iota + 1
	sharedUnit
	sharedKey
	sharedBasis
	sharedShare
	sharedOneOff
	sharedPerYear
	sharedUplift
	sharedYears
	sharedCost
	sharedAvoided
	sharedNet
)

// keyWords say what a key counts, and in which unit.
var keyWords = map[string][2]string{"benefit": {"loss avoided by it", ""}, "customers": {"active customers", "customers"}, "revenue": {"revenue a year", ""}}

// shared lays out what is paid for once, and how it is divided.
func (m *maker) shared() {
	c, money := m.c, m.c.Currency
	s := m.sheet(sharedSheet, book.Calculation, "What is paid for once", "Calculation: each programme of the group enters once and is divided among its units by its key. A proposal: nothing is charged. Money in "+money+".",
		8, 34, 22, 18, 18, 18, 18, 18, 18, 18, 18, 18)
	s.FreezeCols = 2
	if len(c.Programmes) == 0 {
		header(s, headRow, "No", "Programme")
		s.Set(firstRow, 1, book.Text("None: the group file names no shared programme.", book.Note))
		return
	}
	header(s, headRow, ">No", "Programme", "Divided by", ">One-off (filed)", ">A year (filed)", ">One-off, allocated", ">A year, allocated", ">Units", ">Cost over the horizon", ">Loss avoided", ">Net")
	n := len(c.Programmes)
	m.sourceFirst, m.sourceLast = firstRow, firstRow+n-1
	row := m.sourceLast + 2
	s.Set(row, 1, book.Text("The units' parts. Each unit adds its own uplift on costs and discounts at its own rate, as it does for its own options.", book.Heading))
	row++
	header(s, row, ">No", "Unit", "Key counts", ">Key (filed)", ">Share", ">One-off", ">A year", ">Uplift on costs (filed)", ">Discounted years (filed)", ">Cost over the horizon", ">Loss avoided (filed)", ">Net")
	m.sharedFirst = row + 1
	parts := 0
	for _, p := range c.Programmes {
		parts += len(p.Parts)
	}
	m.sharedLast = m.sharedFirst + parts - 1
	col := func(k int) string { return column(k, m.sharedFirst, m.sharedLast) }
	pick := func(k int, no string) string { return fmt.Sprintf("SUMPRODUCT((%s=%s)*%s)", col(sharedNo), no, col(k)) }
	source := func(k int, no string) string {
		return fmt.Sprintf("INDEX(%s,%s)", column(k, m.sourceFirst, m.sourceLast), no)
	}
	for k, p := range c.Programmes {
		at := firstRow + k
		no := fmt.Sprintf("$A%d", at)
		counts := keyWords[p.Key][0]
		if p.Instead {
			counts = p.Key + " counts nothing here; revenue instead"
		}
		oneOff, perYear := 0.0, 0.0
		for _, a := range p.Parts {
			row++
			u := &c.Units[a.Unit]
			no := fmt.Sprintf("$A%d", row)
			cell := func(k int) string { return book.CellName(row, k) }
			s.SetRow(row, 1, filed(float64(k+1), book.Whole), label(u.Name), label(counts), filed(a.Basis, book.Whole),
				calc(fmt.Sprintf("%s/%s", cell(sharedBasis), pick(sharedBasis, no)), a.Share, book.Percent),
				calc(fmt.Sprintf("%s*%s", cell(sharedShare), source(4, no)), a.OneOff, book.Whole),
				calc(fmt.Sprintf("%s*%s", cell(sharedShare), source(5, no)), a.PerYear, book.Whole),
				filed(u.Uplift, book.Percent), filed(u.Discounts, book.Fine),
				calc(fmt.Sprintf("(1+%s)*(%s+%s*%s)", cell(sharedUplift), cell(sharedOneOff), cell(sharedPerYear), cell(sharedYears)), a.CostPV, book.Whole),
				filed(a.Avoided, book.Whole),
				calc(fmt.Sprintf("%s-%s", cell(sharedAvoided), cell(sharedCost)), a.NPV, book.Signed))
			oneOff, perYear = oneOff+a.OneOff, perYear+a.PerYear
		}
		s.SetRow(at, 1, filed(float64(k+1), book.Whole), label(p.Name), label(counts), filed(p.OneOff, book.Whole), filed(p.PerYear, book.Whole),
			calc(pick(sharedOneOff, no), oneOff, book.Whole), calc(pick(sharedPerYear, no), perYear, book.Whole),
			calc(fmt.Sprintf("COUNTIF(%s,%s)", col(sharedNo), no), float64(len(p.Parts)), book.Whole),
			calc(pick(sharedCost, no), p.CostPV, book.Whole), calc(pick(sharedAvoided, no), p.Avoided, book.Whole), calc(pick(sharedNet, no), p.NPV, book.Signed))
	}
	if parts == 0 {
		m.sharedFirst, m.sharedLast = 0, 0
		for k, p := range c.Programmes {
			s.SetRow(firstRow+k, 1, filed(float64(k+1), book.Whole), label(p.Name), label("none of its units is in the group"), filed(0, book.Whole), filed(0, book.Whole))
			for col := 6; col <= 11; col++ {
				s.Set(firstRow+k, col, filed(0, book.Whole))
			}
		}
		return
	}
	s.Set(row+2, 1, book.Text("Loss avoided: what the programme adds in the unit on top of the option that is recommended there, and of the programmes above it; from the unit's own model.", book.Note))
}
