package workbook

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"casebuilder/casebuilder/book"
	"casebuilder/casebuilder/model"
	"casebuilder/casebuilder/quantity"
)

type id = quantity.ID

// address is where a quantity stands.
type address struct {
	sheet    string
	row, col int
}

// maker fills a book. Sheets are laid out first, so that every quantity has
// its place; formulas are written when all places are known.
type maker struct {
	c       *model.Case
	b       *book.Book
	opt     Options
	at      map[id]address // scalars, and the means of columns
	columns map[id]int     // columns of Trials and of Draws
	order   []id           // columns of Trials, in order
	central map[id]int     // rows of the matrix on Sensitivity
	last    int            // last row of Trials and Draws
	later   []func()
	err     error

	bars []*quantity.Central // the cases of the matrix, two a bar

	// Where things stand that other sheets and charts refer to, by row.
	inputRow, driverAt, metricRow, stakeRow, rangeRow map[string]int
	lastInput, lastEstimate                           int
	waterfallFirst, waterfallLast                     int
	waterfallEnd                                      float64
	choiceFirst, verdictFirst, yearsLast              int
	curveFirst, curveLast                             int
	appetiteFirst, appetiteLast, appetiteCol          int
	tornadoFirst, tornadoLast                         int
	editedRow, stakeChart                             int
	stakeLines                                        [2]int
	headlineRow                                       map[string]int
}

func (m *maker) fail(err error) {
	if m.err == nil && err != nil {
		m.err = err
	}
}

// quantity returns a quantity of the graph.
func (m *maker) quantity(of id) quantity.Quantity {
	q, ok := m.c.Graph().Get(of)
	if !ok {
		m.fail(fmt.Errorf("workbook: no quantity %s", of))
	}
	return q
}

// live reports whether a sheet can show a quantity: one number, or a column
// whose mean is a formula.
func (m *maker) live(of id) bool { return m.c.Graph().HasMean(of) }

func (m *maker) has(of id) bool { _, ok := m.c.Graph().Get(of); return ok }

// value is the cached value of a quantity's cell: its number, or its text.
func (m *maker) value(of id) any { return m.cached(of, m.c.Run.Value(of)) }

func (m *maker) cached(of id, v float64) any {
	if math.IsNaN(v) {
		return m.c.Graph().TextOf(of)
	}
	return v
}

// put places a quantity: its formula and number go into the cell once all
// places are known.
func (m *maker) put(s *book.Sheet, row, col int, of id, look book.Look) {
	if _, twice := m.at[of]; twice {
		m.fail(fmt.Errorf("workbook: %s stands twice", of))
	}
	m.at[of] = address{s.Name, row, col}
	q := m.quantity(of)
	m.later = append(m.later, func() {
		f, err := m.c.Graph().Formula(of, m.names(s.Name, row, col))
		m.fail(err)
		s.Set(row, col, book.Formula(f, m.value(of), look, formatOf(q.Unit, of)))
	})
}

// show writes a link to the cell of a quantity that stands elsewhere.
func (m *maker) show(s *book.Sheet, row, col int, of id, look book.Look) {
	q := m.quantity(of)
	m.formula(s, row, col, look, formatOf(q.Unit, of), func() (string, any) {
		return m.names(s.Name, row, col).Cell(of), m.value(of)
	})
}

// formula writes a formula that is known once all places are; "" leaves the
// value alone.
func (m *maker) formula(s *book.Sheet, row, col int, look book.Look, f book.Format, make func() (string, any)) {
	m.later = append(m.later, func() {
		text, cached := make()
		s.Set(row, col, book.Cell{Formula: text, Value: cached, Style: book.Style{Look: look, Format: f}})
	})
}

// line writes the row of a quantity: ID, label, unit, value.
func (m *maker) line(s *book.Sheet, row int, of id) {
	q := m.quantity(of)
	s.SetRow(row, 1, book.Text(string(of), book.ID), book.Text(q.Label, book.Label), book.Text(m.unit(q.Unit), book.Unit))
	look := book.Calc
	if of == "severity.total" || of == "ale.total" || strings.HasSuffix(string(of), ".npv") {
		look = book.Total
	}
	m.put(s, row, 4, of, look)
}

// unit prints a unit with the currency of the case.
func (m *maker) unit(u quantity.Unit) string {
	return strings.Replace(u.String(), "money", m.c.Results.Currency, 1)
}

// formatOf is the number format of a unit.
func formatOf(u quantity.Unit, of id) book.Format {
	s := u.String()
	switch {
	case s == "share":
		return book.Percent
	case s == "count":
		return book.Whole
	case s == "ratio":
		if strings.HasPrefix(string(of), "premium.") || strings.HasSuffix(string(of), "rosi") || strings.HasPrefix(string(of), "surge.") || strings.HasPrefix(string(of), "share.return") {
			return book.TwoDigits
		}
		return book.Fine
	case strings.HasPrefix(s, "1/"), s == "contacts/person":
		return book.Fine
	case s == "money", s == "money/yr", s == "usd", s == "usd/yr", s == "people", s == "customers", s == "customers/yr", s == "contacts",
		s == "money·yr", s == "money/staff", s == "usd/staff/yr", s == "money/staff/yr":
		return book.Whole
	case s == "staff", s == "days", s == "months", s == "contacts/day", s == "contacts/staff", s == "contacts/staff/day":
		return book.OneDigit
	}
	return book.TwoDigits
}

// names gives addresses as they are written in one cell.
type names struct {
	m        *maker
	sheet    string
	row, col int
}

func (m *maker) names(sheet string, row, col int) names {
	return names{m: m, sheet: sheet, row: row, col: col}
}

// Cell is the address of a scalar, or of the mean of a column.
func (n names) Cell(of id) string {
	a, ok := n.m.at[of]
	if !ok {
		return ""
	}
	return n.address(a, of)
}

// address writes an address so that the formulas of a row or column of one
// series are alike: a dollar keeps what is not shared with the cell that reads
// it, and the neighbour in one's own series is relative.
func (n names) address(a address, of id) string {
	if a.sheet != n.sheet {
		return book.On(a.sheet, book.Absolute(a.row, a.col))
	}
	if base, _, series := strings.Cut(string(of), "@"); series {
		for other, at := range n.m.neighbours(base) {
			if other != of && at.sheet == n.sheet && at.row == n.row && at.col == n.col {
				return book.CellName(a.row, a.col)
			}
		}
	}
	col, row := "$"+book.ColumnName(a.col), "$"+strconv.Itoa(a.row)
	if a.col == n.col {
		col = col[1:]
	}
	if a.row == n.row {
		row = row[1:]
	}
	return col + row
}

// neighbours are the places of a series.
func (m *maker) neighbours(base string) map[id]address {
	out := map[id]address{}
	for k := range maxSeries {
		name := id(base + "@" + strconv.Itoa(k))
		a, ok := m.at[name]
		if !ok && k > 1 {
			break
		}
		if ok {
			out[name] = a
		}
	}
	return out
}

// maxSeries bounds the search for the members of a series.
const maxSeries = 64

// Column is the address of a column in the trial of the row being written.
func (n names) Column(of id) string {
	col, ok := n.m.columns[of]
	if !ok {
		return ""
	}
	sheet := trialsSheet
	if n.m.quantity(of).Draw {
		sheet = drawsSheet
	}
	cell := book.CellName(n.row, col)
	if sheet == n.sheet {
		return cell
	}
	return book.On(sheet, cell)
}

// Range is the addresses of a column in all trials.
func (n names) Range(of id) string {
	q := n.m.quantity(of)
	if q.Inline && q.AtMean {
		// A driver that is its draw.
		return n.Range(n.m.c.Graph().Uses(of)[0])
	}
	col, ok := n.m.columns[of]
	if !ok {
		n.m.fail(fmt.Errorf("workbook: %s has no column", of))
		return "?"
	}
	sheet := trialsSheet
	if q.Draw {
		sheet = drawsSheet
	}
	return book.On(sheet, book.Absolute(firstTrial, col)+":"+book.Absolute(n.m.last, col))
}

// List is one range of exactly these scalars, when they stand side by side or
// one under the other.
func (n names) List(ids []id) string {
	first, ok := n.m.at[ids[0]]
	if !ok {
		return ""
	}
	last := first
	for i, x := range ids[1:] {
		a, ok := n.m.at[x]
		across := a.sheet == first.sheet && a.row == first.row && a.col == first.col+i+1
		down := a.sheet == first.sheet && a.col == first.col && a.row == first.row+i+1
		if !ok || !across && !down || i > 0 && across != (last.row == first.row) {
			return ""
		}
		last = a
	}
	if first.sheet != n.sheet {
		return book.On(first.sheet, book.Absolute(first.row, first.col)+":"+book.Absolute(last.row, last.col))
	}
	// The start stays, the end moves with the cell that reads it.
	start := "$" + book.ColumnName(first.col) + strings.TrimLeft(n.rowOf(first.row), "")
	return start + ":" + n.address(last, "")
}

func (n names) rowOf(row int) string {
	if row == n.row {
		return strconv.Itoa(row)
	}
	return "$" + strconv.Itoa(row)
}

// Trials is the address of the number of trials.
func (n names) Trials() string { return n.address(n.m.at[trialsCount], "") }

// trialsCount is a name of the workbook's own: the number of trials, counted.
const trialsCount id = "trials"
