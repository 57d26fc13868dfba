package workbook

import (
	"strconv"
	"strings"

	"casebuilder/casebuilder/book"
	"casebuilder/casebuilder/quantity"
)

// firstTrial is the row of the first trial on Trials and on Draws.
const firstTrial = 9

// Columns of Trials: constants of the sheet on the left, then the trials.
const (
	constantCol = 4 // value of a constant
	trialCol    = 6 // number of the trial
)

// placeColumns gives every draw a column on Draws, and every column that is
// not written inside others one on Trials.
func (m *maker) placeColumns() {
	draw := 2
	for _, q := range m.c.Graph().All() {
		switch {
		case q.Draw:
			m.columns[q.ID] = draw
			draw++
		case m.c.Graph().Axis(q.ID) == quantity.Column && !q.Inline:
			m.columns[q.ID] = trialCol + 1 + len(m.order)
			m.order = append(m.order, q.ID)
		}
	}
}

// trials lays out the simulation and the draws that it starts from.
func (m *maker) trials() {
	s := m.sheet(trialsSheet, book.Calculation, "Trials",
		"Calculation: the simulation. One row a trial, one formula a column; the constants on the left are brought in once from the sheets named there.")
	s.FreezeRows, s.FreezeCols = firstTrial-1, trialCol
	s.Widths = []float64{30, 34, 14, 14, 2, 8}
	s.Set(5, 1, book.Text("Constants of this sheet", book.Heading))
	s.Set(5, trialCol, book.Text("Trials", book.Heading))
	s.SetRow(8, 1, book.Text("ID", book.Header), book.Text("Label", book.Header), book.Text("Unit", book.Header), book.Text("Value", book.HeaderRight))
	s.Set(6, trialCol, book.Text("Label", book.Header))
	s.Set(7, trialCol, book.Text("Unit", book.Header))
	s.Set(8, trialCol, book.Text("Trial", book.Header))
	block := &book.Block{Row: firstTrial, Col: trialCol, Rows: m.c.Results.Trials}
	number := make([]float64, block.Rows)
	for i := range number {
		number[i] = float64(i + 1)
	}
	block.Columns = append(block.Columns, book.Column{Values: number, Format: book.Whole})
	local := &localNames{names: m.names(trialsSheet, firstTrial, 0), rows: map[id]int{}}
	for _, of := range m.order {
		q := m.quantity(of)
		col := m.columns[of]
		s.Set(6, col, book.Text(q.Label, book.Header))
		s.Set(7, col, book.Text(m.unit(q.Unit), book.Unit))
		s.Set(8, col, book.Text(string(of), book.Header))
		s.Widths = setWidth(s.Widths, col, 18)
		block.Columns = append(block.Columns, book.Column{Values: m.c.Run.Column(of), Format: formatOf(q.Unit, of)})
	}
	s.SetHeight(6, 54)
	s.SetHeight(8, 28)
	s.Block = block
	s.Print.Area = "A1:" + book.CellName(firstTrial+31, trialCol+10)
	s.Print.RepeatRows = 0
	m.later = append(m.later, func() {
		for i, of := range m.order {
			f, err := m.c.Graph().TrialFormula(of, local)
			m.fail(err)
			block.Columns[i+1].Formula = f
		}
		for i, of := range local.order {
			q := m.quantity(of)
			row := firstTrial + i
			s.SetRow(row, 1, book.Text(string(of), book.ID), book.Text(q.Label, book.Label), book.Text(m.unit(q.Unit), book.Unit),
				book.Formula(m.names(trialsSheet, row, constantCol).Cell(of), m.value(of), book.Calc, formatOf(q.Unit, of)))
		}
	})

	d := m.sheet(drawsSheet, book.Calculation, "Draws",
		"Calculation: stored draws, the same for every option. Standard normal numbers; uniform ones for headline, reaction and closure. Six decimals.")
	d.FreezeRows, d.FreezeCols = firstTrial-1, 1
	d.Widths = []float64{9}
	db := &book.Block{Row: firstTrial, Col: 1, Rows: m.c.Results.Trials, Columns: []book.Column{{Values: number, Format: book.Whole}}}
	d.Set(6, 1, book.Text("Label", book.Header))
	d.Set(7, 1, book.Text("Unit", book.Header))
	d.Set(8, 1, book.Text("Trial", book.Header))
	for _, q := range m.c.Graph().All() {
		if !q.Draw {
			continue
		}
		col := m.columns[q.ID]
		d.Set(6, col, book.Text(strings.TrimPrefix(q.Label, "Draw: "), book.Header))
		d.Set(7, col, book.Text(m.unit(q.Unit), book.Unit))
		d.Set(8, col, book.Text(string(q.ID), book.Header))
		d.Widths = setWidth(d.Widths, col, 13)
		db.Columns = append(db.Columns, book.Column{Values: m.c.Run.Column(q.ID), Format: book.Six})
	}
	d.SetHeight(6, 54)
	d.Block = db
	d.Print.Area = "A1:" + book.CellName(firstTrial+31, len(db.Columns))
	d.Print.RepeatRows = 0
}

func setWidth(ws []float64, col int, w float64) []float64 {
	for len(ws) < col {
		ws = append(ws, 0)
	}
	ws[col-1] = w
	return ws
}

// localNames are the addresses in a formula of Trials: scalars are brought in
// once, to the constants on the left of the sheet.
type localNames struct {
	names
	rows  map[id]int
	order []id
}

// Cell is the address of a constant of the sheet.
func (n *localNames) Cell(of id) string {
	if n.m.c.Graph().Axis(of) == quantity.Column {
		return n.names.Cell(of)
	}
	row, ok := n.rows[of]
	if !ok {
		row = firstTrial + len(n.order)
		n.rows[of] = row
		n.order = append(n.order, of)
	}
	return "$" + book.ColumnName(constantCol) + "$" + strconv.Itoa(row)
}

// List is never used on Trials.
func (*localNames) List([]id) string { return "" }
