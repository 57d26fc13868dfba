package group

import (
	"fmt"

	"casebuilder/casebuilder/book"
)

const (
	passText = "✓ pass"
	failText = "✗ fail"
)

// checks lays out the checks: expected, actual, tolerance, pass or fail.
func (m *maker) checks() {
	c := m.c
	s := m.sheet(checksSheet, book.CheckList, "Checks", "Check: each row says what is expected, what is there, how far it may be off, and whether it passes. The first line repeats at the top of every sheet.",
		34, 100, 14, 20, 20, 16, 12)
	s.FreezeCols = 2
	header(s, headRow, "ID", "Check", "Unit", ">Expected", ">Actual", ">Tolerance", "Result")
	type side struct {
		formula string
		value   float64
	}
	cell := func(sheet string, row, col int) string { return book.On(sheet, book.Absolute(row, col)) }
	row := firstRow
	put := func(id, text, unit string, f book.Format, expected, actual side, tolerance book.Cell, ok bool) {
		s.SetRow(row, 1, book.Text(id, book.ID), label(text), book.Text(unit, book.Unit),
			calc(expected.formula, expected.value, f), calc(actual.formula, actual.value, f), tolerance,
			book.Formula(fmt.Sprintf(`IF(ABS(D%d-E%d)<=F%d,"%s","%s")`, row, row, row, passText, failText), map[bool]string{true: passText, false: failText}[ok], book.Check, book.General))
		row++
	}
	ale := side{cell(compareSheet, m.compareTotal, m.compareCol["ale"]), c.ALE}
	for _, x := range c.Checks {
		near := book.Number(x.Tolerance, book.Calc, "0.E+0")
		switch x.ID {
		case "check.owners":
			put(x.ID, x.Label, c.Currency, book.Whole, ale, side{cell(stakeSheet, m.stakeTotal, stakeCol+len(c.Owners)), x.Actual}, near, x.OK)
		case "check.simulated":
			put(x.ID, x.Label, c.Currency, book.Whole, ale, side{cell(rangesSheet, m.meanRow, 4), x.Actual}, calc("(1+2)*"+cell(rangesSheet, m.meanRow+1, 4), x.Tolerance, book.Whole), x.OK)
		case "check.tail":
			put(x.ID, x.Label, "share", book.Percent, side{"", 1}, side{fmt.Sprintf("SUM(%s)", book.On(rangesSheet, column(4, m.tailFirst, m.tailLast))), x.Actual}, near, x.OK)
		case "check.units":
			put(x.ID, x.Label, "count", book.Whole, side{"", 0}, side{fmt.Sprintf("SUM(%s)", book.On(unitsSheet, column(failedCol, firstRow, firstRow+len(c.Units)-1))), x.Actual}, near, x.OK)
		case "check.version", "check.draws":
			put(x.ID, x.Label, "count", book.Whole, side{"", x.Expected}, side{"", x.Actual}, near, x.OK)
		}
	}
	for k, p := range c.Programmes {
		for i, what := range []struct{ id, text string }{{"one_off", "the allocated one-off costs add up"}, {"per_year", "the allocated yearly costs add up"}} {
			id := "check.shared." + p.ID + "." + what.id
			for _, x := range c.Checks {
				if x.ID == id {
					at := firstRow + k
					put(id, clip(p.Name, 100)+": "+what.text, c.Currency, book.Whole, side{cell(sharedSheet, at, 4+i), x.Expected}, side{cell(sharedSheet, at, 6+i), x.Actual}, book.Number(x.Tolerance, book.Calc, "0.E+0"), x.OK)
				}
			}
		}
	}
	last := row - 1
	m.checkLast = last
	s.Table = &book.Table{Name: "Checks_table", Ref: fmt.Sprintf("A%d:G%d", headRow, last)}
	s.Set(4, 1, label("All checks"))
	failed := 0.0
	for _, x := range c.Checks {
		if !x.OK {
			failed++
		}
	}
	area := column(7, firstRow, last)
	s.Set(4, 3, book.Formula(`COUNTIF(`+area+`,"`+failText+`")`, failed, book.Calc, `0" fail"`))
	s.Set(4, 2, book.Formula(`IF($C$4>0,"✗ "&$C$4&" checks fail","✓ all checks pass")`, m.masterText(), book.Check, book.General))
	s.Conditionals = append(s.Conditionals,
		book.Conditional{Range: fmt.Sprintf("G%d:G%d", firstRow, last), Formula: fmt.Sprintf(`$G%d="%s"`, firstRow, passText), Mark: book.GoodMark},
		book.Conditional{Range: fmt.Sprintf("G%d:G%d", firstRow, last), Formula: fmt.Sprintf(`$G%d="%s"`, firstRow, failText), Mark: book.BadMark})
}
