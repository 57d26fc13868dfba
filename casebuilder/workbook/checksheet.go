package workbook

import (
	"fmt"
	"math"

	"casebuilder/casebuilder/book"
)

// masterCheck is a name of the workbook's own: the one cell that says whether
// all checks pass.
const masterCheck id = "master check"

const allPass = "✓ all checks pass"

// passText and failText stand beside each check.
const (
	passText   = "✓ pass"
	failText   = "✗ fail"
	editedText = "edited"
)

// checks lays out the checks: expected, actual, tolerance, pass or fail.
func (m *maker) checks() {
	s := m.sheet(checksSheet, book.CheckList, "Checks",
		"Check: each row says what is expected, what is there, how far it may be off, and whether it passes. The first line repeats at the top of every sheet.")
	s.Widths = []float64{40, 108, 14, 20, 20, 14, 14}
	s.FreezeRows, s.FreezeCols = headRow, 2
	header(s, headRow, "ID", "Check", "Unit", ">Expected", ">Actual", ">Tolerance", "Result")
	row := firstRow
	add := func(name, label, unit string, f book.Format, expected, actual func() (string, any), tolerance float64, edited bool) {
		s.SetRow(row, 1, book.Text(name, book.ID), book.Text(label, book.Label), book.Text(unit, book.Unit))
		r := row
		m.formula(s, r, 4, book.Calc, f, expected)
		m.formula(s, r, 5, book.Calc, f, actual)
		s.Set(r, 6, book.Number(tolerance, book.Calc, "0E+0;-0E+0;0"))
		d, e, t := book.CellName(r, 4), book.CellName(r, 5), book.CellName(r, 6)
		rule := "IF(ABS(" + d + "-" + e + ")<=" + t + "*MAX(1,ABS(" + d + ")),\"" + passText + "\",\"" + failText + "\")"
		if edited {
			rule = "IF(ABS(" + d + "-" + e + ")<=" + t + "*MAX(1,ABS(" + d + ")),\"" + passText + "\"," + book.Absolute(m.editedRow, 7) + ")"
		}
		s.Set(r, 7, book.Formula(rule, passText, book.Check, book.General))
		row++
	}
	cell := func(of id) func() (string, any) {
		r := row
		return func() (string, any) { return m.names(s.Name, r, 0).Cell(of), m.value(of) }
	}
	const near = 1e-9
	// Whether anything is edited decides what a moved headline means.
	m.editedRow = row
	s.SetRow(row, 1, book.Text("check.edits", book.ID), book.Text("Open edits of a reviewer; a headline that then differs from the filed one is edited, not wrong", book.Label), book.Text("count", book.Unit))
	s.Set(row, 4, book.Number(0, book.Calc, book.Whole))
	r0 := row
	m.formula(s, row, 5, book.Calc, book.Whole, func() (string, any) { return m.editCount(), 0.0 })
	s.Set(row, 6, book.Number(0, book.Calc, book.General))
	s.Set(row, 7, book.Formula("IF("+book.CellName(r0, 5)+`>0,"`+editedText+`","`+passText+`")`, passText, book.Check, book.General))
	row++
	g := m.c.Graph()
	tied := func(name string, total id, f book.Format) {
		q := m.quantity(id(name))
		m.at[q.ID] = address{s.Name, row, 5}
		add(name, q.Label, m.unit(q.Unit), f, cell(total), func() (string, any) {
			a := m.at[q.ID]
			text, err := g.Formula(q.ID, m.names(s.Name, a.row, 5))
			m.fail(err)
			return text, m.value(q.ID)
		}, near, false)
	}
	tied("check.lines_sum", "severity.total", book.Whole)
	tied("check.blocks_sum", "severity.total", book.Whole)
	tied("check.owners_sum", "ale.total", book.Whole)
	add("check.marketing", "Marketing's part is the same by trials and by lines", m.c.Results.Currency, book.Whole, cell("severity.marketing"), cell("severity.marketing.by_lines"), near, false)
	for _, l := range m.c.Lines() {
		name := id("check.ownership." + l)
		if !m.has(name) {
			continue
		}
		q := m.quantity(name)
		m.at[name] = address{s.Name, row, 5}
		r := row
		add(string(name), q.Label, "share", book.Percent, func() (string, any) { return "", 1.0 }, func() (string, any) {
			text, err := g.Formula(name, m.names(s.Name, r, 5))
			m.fail(err)
			return text, m.value(name)
		}, near, false)
	}
	for _, o := range m.c.Results.Options {
		name := id("options." + o.ID + ".check.years_sum")
		q := m.quantity(name)
		m.at[name] = address{s.Name, row, 5}
		r := row
		add(string(name), q.Label, m.unit(q.Unit), book.Whole, cell(id("options."+o.ID+".npv")), func() (string, any) {
			text, err := g.Formula(name, m.names(s.Name, r, 5))
			m.fail(err)
			return text, m.value(name)
		}, near, false)
	}
	m.guards(s, &row, add)
	for _, h := range m.headlines() {
		r := row
		s.Set(r, 4, book.Cell{})
		add("check.filed."+h.id, h.label+" as now is as filed, while nothing is edited", h.unit, h.format,
			func() (string, any) { return book.On(summarySheet, book.Absolute(m.headlineRow[h.id], 3)), h.filed },
			func() (string, any) { return book.On(summarySheet, book.Absolute(m.headlineRow[h.id], 4)), h.filed }, 1e-9, true)
	}
	last := row - 1
	s.Table = &book.Table{Name: "Checks_table", Ref: fmt.Sprintf("A%d:G%d", headRow, last)}
	// The master check stands above the table.
	m.at[masterCheck] = address{s.Name, 4, 2}
	s.Set(4, 1, book.Text("All checks", book.Label))
	area := fmt.Sprintf("$G$%d:$G$%d", firstRow, last)
	s.Set(4, 3, book.Formula(`COUNTIF(`+area+`,"`+failText+`")`, 0.0, book.Calc, `0" fail"`))
	s.Set(4, 2, book.Formula(`IF($C$4>0,"✗ "&$C$4&" checks fail","`+allPass+`")`, allPass, book.Check, book.General))
	s.Conditionals = append(s.Conditionals,
		book.Conditional{Range: fmt.Sprintf("G%d:G%d", firstRow, last), Formula: fmt.Sprintf(`$G%d="%s"`, firstRow, passText), Mark: book.GoodMark},
		book.Conditional{Range: fmt.Sprintf("G%d:G%d", firstRow, last), Formula: fmt.Sprintf(`$G%d="%s"`, firstRow, failText), Mark: book.BadMark},
		book.Conditional{Range: fmt.Sprintf("G%d:G%d", firstRow, last), Formula: fmt.Sprintf(`$G%d="%s"`, firstRow, editedText), Mark: book.ChangedMark})
}

// editCount counts the filled cells of the reviewer.
func (m *maker) editCount() string {
	return fmt.Sprintf("COUNTA(%s)+COUNTA(%s)", book.On(inputsSheet, fmt.Sprintf("$E$%d:$E$%d", firstRow, m.lastInput)),
		book.On(estimatesSheet, fmt.Sprintf("$F$%d:$G$%d", firstRow, m.lastEstimate)))
}

// guards are the double-counting guards that can be seen in numbers, and what
// every row must have.
func (m *maker) guards(s *book.Sheet, row *int, add func(name, label, unit string, f book.Format, expected, actual func() (string, any), tolerance float64, edited bool)) {
	constant := func(v float64) func() (string, any) {
		return func() (string, any) { return "", v }
	}
	rangeOf := func(of id) string { return m.names(s.Name, 0, 0).Range(of) }
	add("check.guard.campaign", "The campaign is charged only beyond the customers that it wins back: least of campaign over all trials is 0 or more", m.c.Results.Currency, book.Whole,
		constant(0), func() (string, any) { return "MIN(0,MIN(" + rangeOf("amount.brand_campaign") + "))", 0.0 }, 0, false)
	add("check.guard.stayers", "Customers who leave are in no dip: leavers and stayers add up to the active customers", "customers", book.Whole,
		func() (string, any) {
			return m.names(s.Name, 0, 0).Cell("customers.active"), m.value("customers.active")
		},
		func() (string, any) {
			n := m.names(s.Name, 0, 0)
			v := m.c.Run.Value("stayers") + m.c.Run.Value("customers.active")*m.c.Run.Value("driver.extra_churn")
			return n.Cell("stayers") + "+" + n.Cell("customers.active") + "*" + n.Cell("driver.extra_churn"), v
		}, 1e-9, false)
	if m.has("loss.insured") {
		limit := m.c.Run.Value("security.insurance.limit")
		top := 0.0
		for _, v := range m.c.Run.Column("amount.insured_headline") {
			top = math.Max(top, v)
		}
		over := math.Max(limit, top)
		add("check.guard.insurance", "Insurance pays once, and never above its limit", m.c.Results.Currency, book.Whole,
			func() (string, any) { return m.names(s.Name, 0, 0).Cell("security.insurance.limit"), limit },
			func() (string, any) {
				return "MAX(" + m.names(s.Name, 0, 0).Cell("security.insurance.limit") + "," + rangeOf("amount.insured_headline") + ")", over
			}, 1e-9, false)
	}
	add("check.guard.capacity", "Staff time is capacity, not cash: the cost without it and the time of diverted staff add up", m.c.Results.Currency, book.Whole,
		func() (string, any) {
			return m.names(s.Name, 0, 0).Cell("severity.total"), m.value("severity.total")
		},
		func() (string, any) {
			n := m.names(s.Name, 0, 0)
			return n.Cell("severity.cash") + "+" + n.Cell("loss.contact_surge"), m.c.Run.Value("severity.cash") + m.c.Run.Value("loss.contact_surge")
		}, 1e-9, false)
	for _, never := range []struct{ id, label, pattern string }{
		{"check.guard.reacquisition", "No cost of winning customers back beside their lost margin: rows of Loss", "*reacquisition*"},
		{"check.guard.share_price", "Share-price falls and brand values appear nowhere: rows of Loss", "*share_price*"},
	} {
		add(never.id, never.label, "count", book.Whole, constant(0), func() (string, any) {
			return `COUNTIF(` + book.On(lossSheet, "$A:$A") + `,"` + never.pattern + `")`, 0.0
		}, 0, false)
	}
	for _, o := range m.c.Results.Options {
		after, avoided := id("options."+o.ID+".ale.total"), id("options."+o.ID+".ale.avoided")
		add("check.baseline."+o.ID, clip(o.Name, 60)+": what is left and what is avoided add up to the same baseline", m.c.Results.Currency+"/yr", book.Whole,
			func() (string, any) { return m.names(s.Name, 0, 0).Cell("ale.total"), m.value("ale.total") },
			func() (string, any) {
				n := m.names(s.Name, 0, 0)
				return n.Cell(after) + "+" + n.Cell(avoided), m.c.Run.Value(after) + m.c.Run.Value(avoided)
			}, 1e-9, false)
	}
	add("check.stake", "Marketing's parts of the loss lines add up to its part of an incident", m.c.Results.Currency, book.Whole,
		func() (string, any) {
			return m.names(s.Name, 0, 0).Cell("severity.marketing"), m.value("severity.marketing")
		},
		func() (string, any) {
			return "SUM(" + down(stakeSheet, 4, m.stakeLines[0], m.stakeLines[1]) + ")", m.c.Run.Value("severity.marketing")
		}, 1e-9, false)
	// What must hold of the inputs.
	in := func(col string) string {
		return book.On(inputsSheet, fmt.Sprintf("$%s$%d:$%s$%d", col, firstRow, col, m.lastInput))
	}
	rows := float64(m.lastInput - firstRow + 1)
	add("check.units", "Every input has a unit", "count", book.Whole, func() (string, any) { return "ROWS(" + in("C") + ")", rows }, func() (string, any) { return "COUNTA(" + in("C") + ")", rows }, 0, false)
	add("check.sources", "Every input has a source", "count", book.Whole, func() (string, any) { return "ROWS(" + in("J") + ")", rows }, func() (string, any) { return "COUNTA(" + in("J") + ")", rows }, 0, false)
	est := func(head string) string {
		c := book.ColumnName(estimateCol(head))
		return book.On(estimatesSheet, fmt.Sprintf("$%s$%d:$%s$%d", c, firstRow, c, m.lastEstimate))
	}
	add("check.order", "Every estimate in use has low below high: rows out of order", "count", book.Whole, constant(0), func() (string, any) {
		return "SUMPRODUCT((" + est("In use low") + ">=" + est("In use high") + ")*1)", 0.0
	}, 0, false)
}
