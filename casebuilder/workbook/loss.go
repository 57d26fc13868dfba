package workbook

import (
	"slices"
	"strings"

	"casebuilder/casebuilder/book"
	"casebuilder/casebuilder/quantity"
)

// block is a heading and the groups of quantities under it.
type block struct {
	title  string
	groups []string
}

var lossBlocks = []block{
	{"What a customer is worth", []string{"customer"}},
	{"Contact capacity", []string{"capacity"}},
	{"Revenue tiers, interpolated", []string{"tiers"}},
	{"Direct cost by the regression", []string{"direct"}},
	{"What happens in one incident, mean over the trials", []string{"incident"}},
	{"Each line before its switches, mean over the trials", []string{"amounts"}},
	{"Loss lines, mean over the trials", []string{"loss lines"}},
	{"Parts of loss lines, mean over the trials", []string{"loss parts"}},
	{"What one incident costs", []string{"severity"}},
	{"How often", []string{"frequency"}},
	{"Expected loss in a year", []string{"expected loss"}},
	{"The contact centre after a headline: told, not added", []string{"surge"}},
	{"The premium, put to the test", []string{"premium"}},
	{"Security's people and money against published benchmarks: a fact, not a cause", []string{"staffing"}},
}

// loss lays out everything that is computed without an option.
func (m *maker) loss() {
	s := m.sheet(lossSheet, book.Calculation, "What one incident costs",
		"Calculation: one row a figure, one formula each. Value is the mean over the trials where there is a distribution; Central is the central case.")
	s.Widths = []float64{34, 42, 16, 16, 16, 20, 22, 70}
	s.FreezeRows, s.FreezeCols = headRow, 2
	header(s, headRow, "ID", "Label", "Unit", ">Value", ">Central", "Owner", "Form of loss", "What it is")
	row := firstRow
	for _, b := range lossBlocks {
		s.Set(row, 1, book.Text(b.title, book.Heading))
		row++
		for _, q := range m.c.Graph().All() {
			if !slices.Contains(b.groups, q.Group) || q.Expr.Zero() || strings.Contains(string(q.ID), "@") || m.elsewhere(q.ID) || !m.live(q.ID) {
				continue
			}
			m.line(s, row, q.ID)
			m.centralCell(s, row, 5, q.ID)
			s.SetRow(row, 6, book.Text(spell(q.Owner), book.Label), book.Text(q.Form, book.Label), book.Text(q.Note, book.Note))
			row++
		}
	}
	m.waterfall(s, row+1)
}

// elsewhere reports whether a quantity of a group of Loss has its place on
// another sheet.
func (m *maker) elsewhere(of id) bool {
	s := string(of)
	for _, p := range percentileRows {
		if rest, ok := strings.CutPrefix(s, p+"."); ok && slices.Contains(percentileParts, rest) {
			return true
		}
	}
	return strings.HasSuffix(s, ".prior_low") || strings.HasSuffix(s, ".prior_high")
}

// centralCell shows the central value of a quantity, from the matrix on
// Sensitivity where it varies there.
func (m *maker) centralCell(s *book.Sheet, row, col int, of id) {
	q := m.quantity(of)
	look, f := book.Calc, formatOf(q.Unit, of)
	m.later = append(m.later, func() {
		v := m.c.Central.Value(of)
		if r, ok := m.central[of]; ok {
			s.Set(row, col, book.Formula(book.On(sensitivitySheet, book.Absolute(r, centralCol)), m.cached(of, v), look, f))
			return
		}
		if m.c.Graph().Axis(of) == quantity.Scalar && v == m.c.Run.Value(of) {
			s.Set(row, col, book.Formula(m.names(s.Name, row, col).Cell(of), m.cached(of, v), look, f))
		}
	})
}

// spell prints an owner: "customer_service" is "customer service".
func spell(owner string) string { return strings.ReplaceAll(owner, "_", " ") }

// waterfall lays out the data behind the chart of the loss lines: each bar
// starts where the one before ended.
func (m *maker) waterfall(s *book.Sheet, row int) {
	s.Set(row, 1, book.Text("Data of the loss waterfall", book.Heading))
	header(s, row+1, "ID", "Label", "Unit", ">Mean", ">Starts at", ">Marketing's part", ">Everybody else's part", ">Ends at")
	row += 2
	m.waterfallFirst = row
	for _, l := range m.c.Lines() {
		of := id("loss." + l)
		if !m.has(of) {
			continue
		}
		q := m.quantity(of)
		s.SetRow(row, 1, book.Text("waterfall."+l, book.ID), book.Text(q.Label, book.Label), book.Text(m.unit(q.Unit), book.Unit))
		m.show(s, row, 4, of, book.Calc)
		r := row
		cell := func(col int) string { return book.CellName(r, col) }
		mean := m.c.Run.Value(of)
		before := m.waterfallEnd
		m.waterfallEnd += mean
		end := m.waterfallEnd
		share := 0.0
		shareID := m.c.ShareOf(l, "marketing")
		if l == "insured" {
			shareID = m.c.ShareOf("direct_response", "marketing")
		}
		share = m.c.Run.Value(shareID)
		first := row == m.waterfallFirst
		m.formula(s, r, 8, book.Calc, book.Whole, func() (string, any) {
			if first {
				return cell(4), end
			}
			return book.CellName(r-1, 8) + "+" + cell(4), end
		})
		m.formula(s, r, 5, book.Calc, book.Whole, func() (string, any) {
			if first {
				return "MIN(0," + cell(8) + ")", min(0, end)
			}
			return "MIN(" + book.CellName(r-1, 8) + "," + cell(8) + ")", min(before, end)
		})
		m.formula(s, r, 6, book.Calc, book.Whole, func() (string, any) {
			return "ABS(" + cell(4) + ")*" + m.names(s.Name, r, 6).Cell(shareID), abs(mean) * share
		})
		m.formula(s, r, 7, book.Calc, book.Whole, func() (string, any) {
			return "ABS(" + cell(4) + ")-" + cell(6), abs(mean) - abs(mean)*share
		})
		row++
	}
	// The total stands on the ground.
	q := m.quantity("severity.total")
	s.SetRow(row, 1, book.Text("waterfall.total", book.ID), book.Text("One incident, mean", book.Label), book.Text(m.unit(q.Unit), book.Unit))
	m.show(s, row, 4, "severity.total", book.Total)
	r := row
	total, part := m.c.Run.Value("severity.total"), m.c.Run.Value("severity.marketing")
	m.formula(s, r, 5, book.Calc, book.Whole, func() (string, any) { return book.CellName(r, 8) + "-" + book.CellName(r, 4), 0.0 })
	m.show(s, r, 6, "severity.marketing", book.Total)
	m.formula(s, r, 7, book.Total, book.Whole, func() (string, any) {
		return book.CellName(r, 4) + "-" + book.CellName(r, 6), total - part
	})
	m.formula(s, r, 8, book.Total, book.Whole, func() (string, any) { return book.CellName(r, 4), total })
	m.waterfallLast = row
}

func abs(v float64) float64 { return max(v, -v) }
