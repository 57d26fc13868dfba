package group

import (
	"fmt"
	"slices"
	"strings"

	"casebuilder/casebuilder/book"
)

// key names a column of Compare.
type key string

// compare lays out the units side by side. They stand by name: no one figure
// ranks them.
func (m *maker) compare() {
	c, money := m.c, "thousand "+m.c.Currency
	s := m.sheet(compareSheet, book.Output, "The units side by side", "Output: money in thousands of "+c.Currency+". Percentiles are not added up: the group's own are on Group ranges.")
	s.FreezeCols = 2
	m.compareLast = firstRow + len(c.Units) - 1
	m.compareTotal = m.compareLast + 1
	m.compareCol = map[key]int{}
	at := func(k key, row int) string { return "$" + book.ColumnName(m.compareCol[k]) + fmt.Sprint(row) }
	type entry struct {
		key    key
		head   string
		width  float64
		format book.Format
		sum    bool // has a total
		cell   func(u *Member, row int) book.Cell
	}
	text := func(of func(u *Member) string) func(*Member, int) book.Cell {
		return func(u *Member, _ int) book.Cell { return label(of(u)) }
	}
	number := func(f book.Format, of func(u *Member) float64) func(*Member, int) book.Cell {
		return func(u *Member, _ int) book.Cell { return filed(of(u), f) }
	}
	yes := func(of func(u *Member) bool) func(*Member, int) book.Cell {
		return text(func(u *Member) string { return map[bool]string{true: "yes", false: "no"}[of(u)] })
	}
	whole, share := book.Thousands, book.Percent
	columns := []entry{
		{"unit", "Unit", 30, "", false, text(func(u *Member) string { return u.Name })},
		{"grade", "Data grade", 12, "", false, text(func(u *Member) string { return u.Grade.Level.String() })},
		{"customers", ">Active customers", 12, book.Whole, true, number(book.Whole, func(u *Member) float64 { return u.Customers })},
		{"revenue", ">Revenue a year, " + money, 12, whole, true, number(whole, func(u *Member) float64 { return u.Revenue })},
		{"chance", ">Chance of an incident in a year", 12, share, false, number(share, func(u *Member) float64 { return u.Chance })},
		{"p50", ">One incident, median, " + money, 12, whole, false, number(whole, func(u *Member) float64 { return u.IncidentP50 })},
		{"p95", ">One incident, P95, " + money, 12, whole, false, number(whole, func(u *Member) float64 { return u.IncidentP95 })},
		{"ale", ">Expected loss a year, " + money, 12, whole, true, number(whole, func(u *Member) float64 { return u.ALE })},
		{"ale share", ">Share of the group's expected loss", 12, share, true, func(u *Member, row int) book.Cell {
			return calc(fmt.Sprintf("%s/%s", at("ale", row), book.Absolute(m.compareTotal, m.compareCol["ale"])), ratio(u.ALE, c.ALE), share)
		}},
		{"tail", ">Share of the group's worst years (filed)", 12, share, true, number(share, func(u *Member) float64 { return u.Tail })},
		{"y95", ">1-in-20 year of its own (filed), " + money, 12, whole, false, number(whole, func(u *Member) float64 { return u.P95 })},
		{"y99", ">1-in-100 year of its own (filed), " + money, 12, whole, false, number(whole, func(u *Member) float64 { return u.P99 })},
		{"marketing", ">Marketing's part of the expected loss", 12, share, false, func(u *Member, row int) book.Cell {
			if i := slices.Index(c.Owners, "marketing"); i >= 0 {
				f := fmt.Sprintf("%s/%s", book.On(stakeSheet, fmt.Sprintf("%s%d", book.ColumnName(stakeCol+i), row)), at("ale", row))
				return calc(f, ratio(u.ByOwner["marketing"], u.ALE), share)
			}
			return calc("0*"+at("ale", row), 0, share)
		}},
		{"option", "Recommended", 30, "", false, text(func(u *Member) string { return u.optionText() })},
		{"yearly", ">Cost a year, " + money, 12, whole, true, number(whole, func(u *Member) float64 { return u.CostYearly })},
		{"cost", ">Cost over the horizon, " + money, 12, whole, true, number(whole, func(u *Member) float64 { return u.CostPV })},
		{"avoided", ">Loss avoided over the horizon, " + money, 12, whole, true, number(whole, func(u *Member) float64 { return u.Avoided })},
		{"npv", ">NPV, " + money, 12, whole, true, number(whole, func(u *Member) float64 { return u.NPV })},
		{"low", ">NPV, P10, " + money, 12, whole, false, number(whole, func(u *Member) float64 { return u.NPVLow })},
		{"high", ">NPV, P90, " + money, 12, whole, false, number(whole, func(u *Member) float64 { return u.NPVHigh })},
		{"pays", ">Chance that it pays", 12, share, false, number(share, func(u *Member) float64 { return u.ChancePays })},
		{"today", "Inside its own appetite today", 10, "", false, yes(func(u *Member) bool { return u.WithinToday })},
		{"then", "Inside it as recommended", 13, "", false, yes(func(u *Member) bool { return u.WithinAfter })},
		{"shared cost", ">Part of the shared programmes' cost, " + money, 12, whole, true, func(u *Member, row int) book.Cell {
			return calc(m.partsOf(row, sharedCost), u.SharedCostPV, whole)
		}},
		{"shared avoided", ">Loss avoided by them, " + money, 12, whole, true, func(u *Member, row int) book.Cell {
			return calc(m.partsOf(row, sharedAvoided), u.SharedAvoided, whole)
		}},
		{"net", ">NPV with them, net, " + money, 12, whole, true, func(u *Member, row int) book.Cell {
			return calc(at("npv", row)+"+"+at("shared avoided", row)+"-"+at("shared cost", row), u.NPV+u.SharedNPV, whole)
		}},
	}
	var heads []string
	for i, e := range columns {
		m.compareCol[e.key] = i + 1
		heads = append(heads, e.head)
		s.Widths = append(s.Widths, e.width)
	}
	header(s, headRow, heads...)
	sums := make([]float64, len(columns))
	m.later = append(m.later, func() {
		for i := range c.Units {
			row := firstRow + i
			for k, e := range columns {
				cell := e.cell(&c.Units[i], row)
				if v, ok := cell.Value.(float64); ok {
					sums[k] += v
				}
				s.Set(row, k+1, cell)
			}
		}
		for k, e := range columns {
			switch {
			case k == 0:
				s.Set(m.compareTotal, 1, book.Text(fmt.Sprintf("Group, %d of %d units", len(c.Units), c.Of()), book.TotalLabel))
			case e.sum:
				s.Set(m.compareTotal, k+1, total("SUM("+relative(k+1, firstRow, m.compareLast)+")", sums[k], e.format))
			default:
				s.Set(m.compareTotal, k+1, book.Text("", book.TotalLabel))
			}
		}
		grade := c.best()
		s.Conditionals = append(s.Conditionals, book.Conditional{Range: fmt.Sprintf("B%d:B%d", firstRow, m.compareLast),
			Formula: fmt.Sprintf(`$B%d<>"%s"`, firstRow, grade), Mark: book.ChangedMark})
	})
}

// best is the best data grade of the group: units of another are marked.
func (c *Case) best() Level {
	l := Weak
	for _, u := range c.Units {
		l = max(l, u.Grade.Level)
	}
	return l
}

// optionText names what is recommended.
func (u *Unit) optionText() string {
	if u.Option == "" {
		return "do nothing"
	}
	return u.Option
}

func ratio(a, b float64) float64 {
	if b == 0 {
		return 0
	}
	return a / b
}

// partsOf adds up a column of Shared costs for the unit of a row of Compare.
func (m *maker) partsOf(row, col int) string {
	if m.sharedFirst == 0 {
		return "0*" + book.CellName(row, m.compareCol["npv"])
	}
	return fmt.Sprintf("SUMPRODUCT((%s=$A%d)*%s)", book.On(sharedSheet, column(sharedUnit, m.sharedFirst, m.sharedLast)), row,
		book.On(sharedSheet, column(col, m.sharedFirst, m.sharedLast)))
}

// stakeCol is the column of the first owner on Stake matrix.
const stakeCol = 2

// stake lays out the expected loss by unit and by function.
func (m *maker) stake() {
	c := m.c
	s := m.sheet(stakeSheet, book.Output, "What each function stands to lose, by unit", "Output: expected loss a year in "+c.Currency+", before any option; by the function that carries it.", 32)
	s.FreezeCols = 1
	heads := []string{"Unit"}
	for _, o := range c.Owners {
		heads = append(heads, ">"+ownerName(o)+", "+c.Currency)
		s.Widths = append(s.Widths, 18)
	}
	heads = append(heads, ">All, "+c.Currency, ">Marketing's part")
	s.Widths = append(s.Widths, 18, 14)
	header(s, headRow, heads...)
	last := stakeCol + len(c.Owners) - 1
	m.stakeLast = firstRow + len(c.Units) - 1
	m.stakeTotal = m.stakeLast + 1
	marketing := func(row int, of, all float64, cell func(string, float64, book.Format) book.Cell) book.Cell {
		if i := slices.Index(c.Owners, "marketing"); i >= 0 {
			return cell(fmt.Sprintf("%s/%s", book.CellName(row, stakeCol+i), book.CellName(row, last+1)), ratio(of, all), book.Percent)
		}
		return cell("0*"+book.CellName(row, last+1), 0, book.Percent)
	}
	across := func(row int) string {
		return fmt.Sprintf("SUM(%s:%s)", book.CellName(row, stakeCol), book.CellName(row, last))
	}
	for i := range c.Units {
		u, row := &c.Units[i], firstRow+i
		s.Set(row, 1, label(u.Name))
		for k, o := range c.Owners {
			s.Set(row, stakeCol+k, filed(u.ByOwner[o], book.Whole))
		}
		s.Set(row, last+1, calc(across(row), u.ALE, book.Whole))
		s.Set(row, last+2, marketing(row, u.ByOwner["marketing"], u.ALE, calc))
	}
	s.Set(m.stakeTotal, 1, book.Text("Group", book.TotalLabel))
	for k := range len(c.Owners) + 1 {
		v := c.ALE
		if k < len(c.Owners) {
			v = c.ByOwner[c.Owners[k]]
		}
		s.Set(m.stakeTotal, stakeCol+k, total("SUM("+relative(stakeCol+k, firstRow, m.stakeLast)+")", v, book.Whole))
	}
	s.Set(m.stakeTotal, last+2, marketing(m.stakeTotal, c.ByOwner["marketing"], c.ALE, total))
	if n := len(c.Units); n <= 40 {
		ch := book.Chart{Kind: book.Bars, Stacked: true, Gap: 40, At: book.CellName(headRow, last+4), Width: 620, Height: 130 + 24*n,
			Title: "Expected loss a year by function, " + c.Currency, Alt: "Stacked bars: expected loss of each unit by the function that carries it.", Y: book.Axis{Format: book.Whole}}
		for k, o := range c.Owners {
			ch.Series = append(ch.Series, book.Series{Name: ownerName(o), X: book.On(stakeSheet, column(1, firstRow, m.stakeLast)), Y: book.On(stakeSheet, column(stakeCol+k, firstRow, m.stakeLast)),
				Colour: ownerColour(o), Fill: ownerFill(k, o)})
		}
		s.Charts = append(s.Charts, ch)
	}
}

func ownerColour(o string) book.Role {
	if o == "marketing" {
		return book.Marketing
	}
	return book.Other
}

// ownerFill keeps the others apart without a colour of their own.
func ownerFill(k int, o string) book.Fill {
	if o == "marketing" {
		return book.Solid
	}
	return []book.Fill{book.Solid, book.Outlined, book.Hatched}[k%3]
}

// ownerName is how a workbook calls an owner.
func ownerName(o string) string {
	s := strings.ReplaceAll(o, "_", " ")
	return strings.ToUpper(s[:1]) + s[1:]
}
