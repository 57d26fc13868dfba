package workbook

import (
	"slices"
	"strings"

	"casebuilder/casebuilder/book"
	"casebuilder/casebuilder/model"
	"casebuilder/casebuilder/quantity"
)

// Columns of the matrix on Sensitivity: what varies, its ends, its central
// value; then the central case and two cases a bar.
const (
	groupCol   = 4
	lowCol     = 5
	highCol    = 6
	leafCol    = 7
	centralCol = 8
)

// sensitivity lays out the tornado, and below it the matrix that it is read
// from: the central case, and each bar at its two ends.
func (m *maker) sensitivity() {
	s := m.sheet(sensitivitySheet, book.Output, "What would change the answer",
		"Output: one assumption at a time, low and high, the others at the central case. The difference from the central case is hung on the printed figure."+m.subjectNote())
	s.Widths = []float64{32, 44, 14, 20, 15, 15, 15, 15, 15, 15, 15, 15, 15, 20}
	s.FreezeRows, s.FreezeCols = headRow, 2
	npv, marketing, share := m.c.Targets()
	bars := m.c.Groups
	table := firstRow
	full := table + len(bars) + 1
	matrix := full + len(m.c.Results.FullRuns) + 3
	// The matrix first, because the tornado reads it.
	s.Set(matrix, 1, book.Text("The central case, and each assumption at its ends", book.Heading))
	ids, ends := matrix+1, matrix+2
	s.SetRow(ids, 1, book.Text("case.group", book.ID), book.Text("Assumption that is moved", book.Label), book.Text("text", book.Unit))
	s.SetRow(ends, 1, book.Text("case.end", book.ID), book.Text("0 at its low end, 1 at its high end", book.Label), book.Text("count", book.Unit))
	header(s, matrix+3, "ID", "Label", "Unit", "Moved by", ">Low", ">High", ">Central", ">Central case")
	s.Set(ids, centralCol, book.Text("central", book.Label))
	s.Set(ends, centralCol, book.Number(0, book.Calc, book.Whole))
	for i, g := range bars {
		for end := range 2 {
			col := caseCol(i, end)
			s.Set(ids, col, book.Text(g.ID, book.Label))
			s.Set(ends, col, book.Number(float64(end), book.Calc, book.Whole))
			s.Set(matrix+3, col, book.Text(clip(g.Label, 40)+[]string{", low", ", high"}[end], book.HeaderRight))
			s.Widths = setWidth(s.Widths, col, 15)
		}
	}
	s.SetHeight(matrix+3, 54)
	row := matrix + 4
	var sources []id
	for _, g := range bars {
		for _, leaf := range g.Members {
			m.leaf(s, row, g, leaf, ids, ends, len(bars))
			m.central[leaf.ID] = row
			sources = append(sources, leaf.ID)
			row++
		}
	}
	targets := []id{marketing, share}
	if npv != "" {
		targets = append(targets, npv)
	}
	for _, of := range m.linesTogether(m.c.Graph().Between(sources, targets)) {
		if slices.Contains(sources, of) || m.quantity(of).AtMean {
			continue
		}
		m.central[of] = row
		m.caseRow(s, row, of, len(bars))
		row++
	}
	s.Print.Area = "A1:" + book.CellName(matrix-1, 16)
	m.tornado(s, table, npv, marketing, share)
	m.fullRuns(s, full)
}

func caseCol(bar, end int) int { return centralCol + 1 + 2*bar + end }

// leaf writes the row of what a bar moves: its end in its own cases, its
// central value in all others.
func (m *maker) leaf(s *book.Sheet, row int, g model.Group, leaf model.Member, ids, ends, bars int) {
	q := m.quantity(leaf.ID)
	f := formatOf(q.Unit, leaf.ID)
	s.SetRow(row, 1, book.Text(string(leaf.ID), book.ID), book.Text(q.Label, book.Label), book.Text(m.unit(q.Unit), book.Unit), book.Text(g.ID, book.ID))
	end := func(col int, of id, v float64, part string) {
		m.formula(s, row, col, book.Calc, f, func() (string, any) {
			if of == "" {
				return m.inUse(string(leaf.ID) + part), v
			}
			return m.names(s.Name, row, col).Cell(of), v
		})
	}
	end(lowCol, leaf.Low, leaf.From, ".low")
	end(highCol, leaf.High, leaf.To, ".high")
	central := m.c.Central.Value(leaf.ID)
	m.formula(s, row, leafCol, book.Calc, f, func() (string, any) { return m.names(s.Name, row, leafCol).Cell(leaf.ID), central })
	write := func(col, bar, end int) {
		v := central
		if bar >= 0 && m.c.Groups[bar].ID == g.ID {
			v = leaf.From + float64(end)*(leaf.To-leaf.From)
		}
		n := m.names(s.Name, row, col)
		cell := func(r, c int) string { return n.address(address{s.Name, r, c}, "") }
		s.Set(row, col, book.Formula("IF("+cell(ids, col)+"="+cell(row, groupCol)+","+cell(row, lowCol)+"+"+cell(ends, col)+"*("+cell(row, highCol)+"-"+cell(row, lowCol)+"),"+cell(row, leafCol)+")", v, book.Calc, f))
	}
	write(centralCol, -1, 0)
	for b := range bars {
		write(caseCol(b, 0), b, 0)
		write(caseCol(b, 1), b, 1)
	}
}

// caseRow writes a quantity in every case of the matrix.
func (m *maker) caseRow(s *book.Sheet, row int, of id, bars int) {
	q := m.quantity(of)
	s.SetRow(row, 1, book.Text(string(of), book.ID), book.Text(q.Label, book.Label), book.Text(m.unit(q.Unit), book.Unit))
	write := func(col int, c *quantity.Central) {
		m.formula(s, row, col, book.Calc, formatOf(q.Unit, of), func() (string, any) {
			return m.inCase(s.Name, row, col, of, m.central), m.cached(of, c.Value(of))
		})
	}
	write(centralCol, m.c.Central)
	for b := range bars {
		for end := range 2 {
			write(caseCol(b, end), m.barCase(b, end))
		}
	}
}

// barCase is the central case with one bar at an end.
func (m *maker) barCase(bar, end int) *quantity.Central {
	k := 2*bar + end
	for len(m.bars) <= k {
		m.bars = append(m.bars, nil)
	}
	if m.bars[k] == nil {
		with := map[id]float64{}
		for _, x := range m.c.Groups[bar].Members {
			with[x.ID] = x.From
			if end == 1 {
				with[x.ID] = x.From + (x.To - x.From)
			}
		}
		m.bars[k] = m.c.Run.Central(with)
	}
	return m.bars[k]
}

// inCase writes the definition of a quantity in one case of a matrix whose
// rows are given: what has a row there is read in the same column, the rest
// where it stands.
func (m *maker) inCase(sheet string, row, col int, of id, rows map[id]int) string {
	n := m.names(sheet, row, col)
	f, err := m.c.Graph().CentralFormula(of, n, func(r id) string {
		if at, ok := rows[r]; ok {
			return n.address(address{sheet, at, col}, "")
		}
		if m.c.Graph().Axis(r) == quantity.Column && !m.quantity(r).AtMean {
			return "" // written out; it does not vary here
		}
		return n.Cell(r)
	}, func(ids []id) string {
		first, ok := rows[ids[0]]
		if !ok {
			return n.List(ids)
		}
		for i, r := range ids {
			if at, ok := rows[r]; !ok || at != first+i {
				return ""
			}
		}
		return n.address(address{sheet, first, col}, "") + ":" + n.address(address{sheet, first + len(ids) - 1, col}, "")
	})
	m.fail(err)
	return f
}

// subjectNote says whose figures the tornado shows: the option stays that of
// the day of filing, also where an edit turns the recommendation.
func (m *maker) subjectNote() string {
	for _, o := range m.c.Results.Options {
		if o.ID == m.c.Results.Decision.Subject {
			return " NPV and stake are those of " + clip(o.Name, 60) + "."
		}
	}
	return ""
}

// tornado writes a row a bar, in the order as filed.
func (m *maker) tornado(s *book.Sheet, table int, npv, marketing, share id) {
	header(s, headRow, "ID", "Assumption", "Unit", ">Low", ">Central", ">High", ">NPV at low", ">NPV at high", ">Swing of NPV",
		">Marketing's loss at low", ">Marketing's loss at high", ">Stake at low", ">Stake at high", ">Switching value", ">Change of NPV at low", ">Change of NPV at high")
	m.tornadoFirst = table
	printed := id(strings.TrimSuffix(string(npv), ".trial"))
	for k, b := range m.c.Results.Tornado {
		row := table + k
		bar := slices.IndexFunc(m.c.Groups, func(g model.Group) bool { return g.ID == b.ID })
		g := m.c.Groups[bar]
		shown := g.Members[g.Shown]
		q := m.quantity(shown.ID)
		f := formatOf(q.Unit, shown.ID)
		s.SetRow(row, 1, book.Text(b.ID, book.ID), book.Text(b.Label, book.Label), book.Text(m.unit(q.Unit), book.Unit))
		m.formula(s, row, 4, book.Calc, f, func() (string, any) {
			return book.CellName(m.central[shown.ID], lowCol), b.Low
		})
		m.formula(s, row, 5, book.Calc, f, func() (string, any) { return book.CellName(m.central[shown.ID], leafCol), b.Mid })
		m.formula(s, row, 6, book.Calc, f, func() (string, any) { return book.CellName(m.central[shown.ID], highCol), b.High })
		hang := func(col int, target, printed id, end int, v float64, format book.Format) {
			m.formula(s, row, col, book.Calc, format, func() (string, any) {
				at := m.central[target]
				return m.names(s.Name, row, col).Cell(printed) + "+" + book.CellName(at, caseCol(bar, end)) + "-" + book.Absolute(at, centralCol), v
			})
		}
		if npv != "" {
			hang(7, npv, printed, 0, b.NPV.Low, book.Whole)
			hang(8, npv, printed, 1, b.NPV.High, book.Whole)
			m.formula(s, row, 9, book.Calc, book.Whole, func() (string, any) {
				return "ABS(" + book.CellName(row, 8) + "-" + book.CellName(row, 7) + ")", abs(b.NPV.High - b.NPV.Low)
			})
			m.formula(s, row, 14, book.Calc, f, func() (string, any) {
				c := func(col int) string { return book.CellName(row, col) }
				cached := any(b.Text)
				if b.Switching != nil {
					cached = *b.Switching
				}
				return "IF(0>" + c(7) + "*" + c(8) + "," + c(4) + "-" + c(7) + "*(" + c(6) + "-" + c(4) + ")/(" + c(8) + "-" + c(7) + `),"not within its range")`, cached
			})
		}
		if npv != "" {
			for end, col := range []int{7, 8} {
				v := []float64{b.NPV.Low, b.NPV.High}[end] - m.c.Run.Value(printed)
				m.formula(s, row, 15+end, book.Calc, book.Whole, func() (string, any) {
					return book.CellName(row, col) + "-" + m.names(s.Name, row, 15+end).Cell(printed), v
				})
			}
		}
		hang(10, marketing, marketing, 0, b.Marketing.Low, book.Whole)
		hang(11, marketing, marketing, 1, b.Marketing.High, book.Whole)
		hang(12, share, share, 0, b.Share.Low, book.Percent)
		hang(13, share, share, 1, b.Share.High, book.Percent)
	}
	m.tornadoLast = table + len(m.c.Results.Tornado) - 1
}

// fullRuns writes the runs of the whole model with one assumption changed, as
// filed.
func (m *maker) fullRuns(s *book.Sheet, row int) {
	header(s, row, "ID", "Whole model run again (filed)", "Unit", ">NPV (filed)", ">Marketing's loss (filed)", ">One incident (filed)", ">Expected loss a year (filed)", ">Stake (filed)", "Verdict (filed)", "Recommended (filed)")
	for i, f := range m.c.Results.FullRuns {
		r := row + 1 + i
		s.SetRow(r, 1, book.Text("run."+f.ID, book.ID), book.Text(f.Label, book.Label), book.Text(m.c.Results.Currency, book.Unit),
			book.Number(f.NPV, book.Filed, book.Whole), book.Number(f.Marketing, book.Filed, book.Whole), book.Number(f.Total, book.Filed, book.Whole),
			book.Number(f.ALE, book.Filed, book.Whole), book.Number(f.Share, book.Filed, book.Percent), book.Text(f.Verdict, book.Label), book.Text(f.Recommended, book.Label))
	}
}
