package workbook

import (
	"fmt"
	"strings"

	"casebuilder/casebuilder/book"
	"casebuilder/casebuilder/quantity"
	"casebuilder/casestudies"
)

// estimateColumns are the columns of Estimates. A part is the quantity
// "driver.<id>.<part>".
var estimateColumns = []struct {
	head, part string
	width      float64
	number     bool
}{
	{"ID", "", 44, false}, {"Label", "", 46, false}, {"Unit", "", 14, false},
	{"Filed low", "", 13, true}, {"Filed high", "", 13, true},
	{"Yours low", "", 13, true}, {"Yours high", "", 13, true},
	{"Reason", "", 34, false}, {"Name", "", 24, false}, {"Date", "", 13, false},
	{"In use low", "p5", 13, true}, {"In use median", "p50", 13, true}, {"In use high", "p95", 13, true},
	{"Basis filed", "", 26, false}, {"Own interval", "given", 10, true}, {"Own low", "low", 13, true}, {"Own high", "high", 13, true},
	{"Prior low", "prior_low", 13, true}, {"Prior high", "prior_high", 13, true}, {"Prior μ", "prior_mu", 11, true}, {"Prior σ", "prior_sigma", 11, true},
	{"Sum of weights", "cases_sum", 11, true}, {"Weight of cases", "cases_weight", 11, true}, {"Scale of weights", "cases_scale", 11, true},
	{"Seen", "seen", 11, true}, {"None seen", "unseen", 11, true}, {"Spread of prior", "prior_spread", 11, true},
	{"Cases μ", "cases_mu", 11, true}, {"Cases σ", "cases_sigma", 11, true}, {"Own μ", "own_mu", 11, true}, {"Own σ", "own_sigma", 11, true},
	{"In use μ", "mu", 11, true}, {"In use σ", "sigma", 11, true}, {"Mean over trials", "mean", 14, true},
	{"Source", "", 40, false}, {"Grade", "", 13, false}, {"Owner", "", 18, false},
}

func estimateCol(head string) int {
	for i, c := range estimateColumns {
		if c.head == head {
			return i + 1
		}
	}
	panic("workbook: no column " + head + " on Estimates")
}

// estimates lays out the drivers, and below them what each case says.
func (m *maker) estimates() {
	s := m.sheet(estimatesSheet, book.Input, "Estimates",
		"Input: edit the yellow cells: your 90% interval in Yours low and Yours high, then why, who and when. Prior, cases and own interval stand to the right.")
	s.FreezeRows, s.FreezeCols = headRow, 2
	var heads []string
	for _, c := range estimateColumns {
		s.Widths = append(s.Widths, c.width)
		if c.number {
			heads = append(heads, ">"+c.head)
		} else {
			heads = append(heads, c.head)
		}
	}
	header(s, headRow, heads...)
	s.SetHeight(headRow, 28)
	row := firstRow
	for _, d := range m.c.Drivers() {
		m.driverRow(s, row, d)
		m.driverAt[d.ID] = row
		row++
	}
	last := row - 1
	m.lastEstimate = last
	s.Table = &book.Table{Name: "Estimates_table", Ref: fmt.Sprintf("A%d:%s", headRow, book.CellName(last, len(estimateColumns)))}
	m.reviewerColumns(s, estimateCol("Reason"), firstRow, last)
	s.Conditionals = append(s.Conditionals, book.Conditional{Range: fmt.Sprintf("A%d:B%d", firstRow, last),
		Formula: fmt.Sprintf(`OR($F%d<>"",$G%d<>"")`, firstRow, firstRow), Mark: book.ChangedMark})
	row = m.evidence(s, row+1)
	s.Print.Area = "A1:" + book.CellName(row, 14)
	s.Set(row+1, 1, book.Text("Shared by all", book.Heading))
	row += 2
	for _, q := range m.c.Graph().All() {
		if q.Group == "drivers" && m.free(q.ID) && !m.isDriverPart(q.ID) {
			m.line(s, row, q.ID)
			row++
		}
	}
}

// isDriverPart reports whether a quantity has its cell in a row of a driver.
func (m *maker) isDriverPart(of id) bool {
	return strings.HasPrefix(string(of), "driver.") && m.c.Graph().Axis(of) == quantity.Scalar || m.quantity(of).Inline
}

func (m *maker) driverRow(s *book.Sheet, row int, d casestudies.Driver) {
	r := m.c.Results.Drivers["driver."+d.ID]
	of := id("driver." + d.ID)
	q := m.quantity(of)
	f := estimateFormat(q)
	normal := d.Family == "normal"
	s.SetRow(row, 1, book.Text(string(of), book.ID), book.Text(d.Label, book.Label), book.Text(m.unit(q.Unit), book.Unit))
	if !normal {
		s.SetRow(row, 4, book.Number(filedNumber(r.Low), book.Calc, f), book.Number(filedNumber(r.High), book.Calc, f))
		if r.InUse == "company" {
			s.SetRow(row, 4, book.Number(filedNumber(r.Company.Low), book.Calc, f), book.Number(filedNumber(r.Company.High), book.Calc, f))
		}
		for _, head := range []string{"Yours low", "Yours high"} {
			s.Set(row, estimateCol(head), book.Cell{Style: book.Style{Look: book.InputNumber, Format: f}})
		}
		for _, head := range []string{"Reason", "Name"} {
			s.Set(row, estimateCol(head), book.Cell{Style: book.Style{Look: book.InputText}})
		}
		s.Set(row, estimateCol("Date"), book.Cell{Style: book.Style{Look: book.InputText, Format: book.ISODate}})
		m.intervalRules(s, row, d)
		s.Set(row, estimateCol("Basis filed"), book.Text(r.InUse, book.Label))
	}
	for i, c := range estimateColumns {
		col := i + 1
		part := id(string(of) + "." + c.part)
		format := book.Fine
		switch c.part {
		case "p5", "p50", "p95", "low", "high", "prior_low", "prior_high":
			format = f
		case "given":
			format = book.Whole
		case "":
			continue
		case "mean":
			m.meanCell(s, row, col, of, f)
			continue
		}
		if !m.has(part) {
			continue
		}
		cell := func(head string) string { return book.CellName(row, estimateCol(head)) }
		switch c.part {
		case "given":
			m.at[part] = address{s.Name, row, col}
			s.Set(row, col, book.Formula(fmt.Sprintf(`IF(OR(%s="company",%s<>"",%s<>""),1,0)`, cell("Basis filed"), cell("Yours low"), cell("Yours high")), m.c.Run.Value(part), book.Calc, format))
		case "low", "high":
			m.at[part] = address{s.Name, row, col}
			s.Set(row, col, book.Formula(fmt.Sprintf(`IF(%s="",%s,%s)`, cell("Yours "+c.part), cell("Filed "+c.part), cell("Yours "+c.part)), m.c.Run.Value(part), book.Calc, format))
		default:
			if m.quantity(part).Expr.Zero() {
				m.at[part] = address{s.Name, row, col}
				s.Set(row, col, book.Number(m.c.Run.Value(part), book.Filed, format))
			} else {
				m.put(s, row, col, part, book.Calc)
				m.later = append(m.later, func() {
					cell := s.At(row, col)
					cell.Style.Format = format
					s.Set(row, col, cell)
				})
			}
		}
	}
	source := strings.Join(d.RestsOn, "; ")
	if r.Company != nil {
		source = r.Company.Source
	} else if r.InUse == "library" {
		source = fmt.Sprintf("case library (%d cases below); %s", len(r.Cases), source)
	}
	grade := d.Grade
	if r.Company != nil {
		grade = "own figure"
	}
	s.SetRow(row, estimateCol("Source"), book.Text(source, book.Note), book.Text(grade, book.Label), book.Text(spell(d.Owner), book.Label))
}

// meanCell is the home of a driver's column: its mean over the trials.
func (m *maker) meanCell(s *book.Sheet, row, col int, of id, f book.Format) {
	m.put(s, row, col, of, book.Calc)
	m.later = append(m.later, func() {
		cell := s.At(row, col)
		cell.Style.Format = f
		s.Set(row, col, cell)
	})
}

func estimateFormat(q quantity.Quantity) book.Format {
	switch s := q.Unit.String(); {
	case s == "share", s == "contacts/person":
		return book.Percent2
	case s == "money":
		return book.Whole
	case s == "months", s == "days":
		return book.OneDigit
	}
	return book.Fine
}

// intervalRules validates Yours low and Yours high: in range, and in order.
func (m *maker) intervalRules(s *book.Sheet, row int, d casestudies.Driver) {
	low, high := book.CellName(row, estimateCol("Yours low")), book.CellName(row, estimateCol("Yours high"))
	ownLow, ownHigh := book.CellName(row, estimateCol("Own low")), book.CellName(row, estimateCol("Own high"))
	limit := ""
	want := "above 0"
	if d.Family == "logit-normal" {
		limit, want = "<1", "above 0% and below 100%"
	}
	rule := func(cell string) book.Validation {
		f := "AND(ISNUMBER(" + cell + ")," + cell + ">0," + ownLow + "<" + ownHigh
		if limit != "" {
			f += "," + cell + limit
		}
		return book.Validation{Range: cell, Kind: book.Custom, Formula: f + ")", Title: clip(d.Label, 32),
			Message: "Want a number " + want + ", with low below high: you are nine in ten sure that the truth lies between them. Fill in the end that keeps the order first."}
	}
	s.Validations = append(s.Validations, rule(low), rule(high))
}

// evidenceHeading stands between the drivers and the cases.
const evidenceHeading = "What the cases say: one row a case and driver; the weight is likeness times size factor"

// evidence lays out what each case says about a driver: a row a vote. It
// returns the row after the last.
func (m *maker) evidence(s *book.Sheet, row int) int {
	s.Set(row, 1, book.Text(evidenceHeading, book.Heading))
	row++
	header(s, row, "ID", "Case and driver", "Unit", ">Value", ">Likeness without size", ">People of the case", ">Size factor", "Source of the observation", "Case", "Strength", ">Weight", ">On the transformed scale", ">Squared distance", "Driver")
	s.SetHeight(row, 54)
	row++
	for _, d := range m.c.Drivers() {
		for _, v := range m.c.Votes(d.ID) {
			q := m.quantity(id("driver." + d.ID))
			value := id(v.ID + ".value")
			s.SetRow(row, 1, book.Text(v.ID, book.ID), book.Text(v.Case.Organisation+": "+strings.ToLower(d.Label[:1])+d.Label[1:], book.Label), book.Text(m.unit(q.Unit), book.Unit))
			for col, part := range map[int]string{4: "value", 5: "likeness", 6: "people", 7: "size", 11: "weight", 12: "scaled", 13: "apart"} {
				of := id(v.ID + "." + part)
				if !m.has(of) {
					continue
				}
				f := book.Fine
				switch part {
				case "value":
					f = estimateFormat(q)
					if d.ID == "reaction" {
						f = book.Whole
					}
				case "people":
					f = book.Whole
				}
				m.placed(s, row, col, of, f)
			}
			s.SetRow(row, 8, book.Text(v.Source, book.Note), book.Text(v.Case.ID, book.ID), book.Text(m.quantity(value).Grade, book.Label))
			s.Set(row, 14, book.Text("driver."+d.ID, book.ID))
			row++
		}
	}
	return row
}

// placed puts a quantity with a format of its own: an input as a filed number.
func (m *maker) placed(s *book.Sheet, row, col int, of id, f book.Format) {
	if m.quantity(of).Expr.Zero() {
		m.at[of] = address{s.Name, row, col}
		s.Set(row, col, book.Number(m.c.Run.Value(of), book.Filed, f))
		return
	}
	m.meanCell(s, row, col, of, f)
}
