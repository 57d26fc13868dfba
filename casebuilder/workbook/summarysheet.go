package workbook

import (
	"fmt"

	"casebuilder/casebuilder/book"
)

// headline is one of the six figures: as filed, as now, and its range now.
type headline struct {
	id, label, unit string
	of              id
	low, high       id // "" where it has no range of its own
	format          book.Format
	filed           float64
}

// headlines are the six figures of Summary and of the terminal.
func (m *maker) headlines() []headline {
	money := m.c.Results.Currency
	hs := []headline{
		{"chance", "Chance of an incident in a year", "share", "probability.year", "", "", book.Percent, 0},
		{"incident", "What one incident costs (median; P5 to P95)", money, "severity.total.p50", "severity.total.p5", "severity.total.p95", book.Whole, 0},
		{"marketing", "Marketing's part of it (median; P5 to P95)", money, "severity.marketing.p50", "severity.marketing.p5", "severity.marketing.p95", book.Whole, 0},
		{"expected", "Expected loss in a year", money + "/yr", "ale.total", "", "", book.Whole, 0},
	}
	if len(m.c.Results.Options) > 0 {
		hs = append(hs, headline{"npv", "NPV of the option looked at (P10 to P90)", money, "npv", "npv.p10", "npv.p90", book.Whole, 0})
	}
	hs = append(hs, headline{"stake", "Marketing's stake in it", "share", "stake.share", "", "", book.Percent, 0})
	for i := range hs {
		hs[i].filed = m.c.Run.Value(hs[i].of)
	}
	return hs
}

// summary lays out the decision in words, the six figures and the charts.
func (m *maker) summary() {
	r := m.c.Results
	s := m.sheet(summarySheet, book.Output, clip(r.Company.Company.Name, 60)+": the case on one page",
		"Output: follows every edit at once. Filed figures are those of the day of filing; a difference shows what the edits do.")
	s.Widths = []float64{50, 12, 18, 18, 18, 18, 18}
	s.FreezeRows = checkRow
	s.Print.RepeatRows, s.Print.OnePage, s.Print.Landscape = 0, true, false
	s.Set(5, 1, book.Text("The decision", book.Heading))
	row := 6
	for _, line := range m.decisionLines() {
		m.formula(s, row, 1, book.Statement, book.General, line)
		s.SetHeight(row, 19)
		row++
	}
	row++
	s.Set(row, 1, book.Text("Six figures", book.Heading))
	row++
	header(s, row, "Figure", "Unit", ">As filed", ">As now", ">Change", ">Low now", ">High now")
	row++
	first := row
	for _, h := range m.headlines() {
		s.SetRow(row, 1, book.Text(h.label, book.Label), book.Text(h.unit, book.Unit), book.Number(h.filed, book.Filed, h.format))
		m.headlineRow[h.id] = row
		m.show(s, row, 4, h.of, book.Total)
		rr := row
		m.later = append(m.later, func() {
			c := s.At(rr, 4)
			c.Style.Format = h.format
			s.Set(rr, 4, c)
		})
		s.Set(row, 5, book.Formula(book.CellName(row, 4)+"-"+book.CellName(row, 3), 0.0, book.Calc, changeFormat(h.format)))
		if h.low != "" {
			m.show(s, row, 6, h.low, book.Calc)
			m.show(s, row, 7, h.high, book.Calc)
		}
		if h.id == "stake" && len(r.Tornado) > 0 {
			stakes := fmt.Sprintf("$L$%d:$M$%d", m.tornadoRows()[0], m.tornadoRows()[1])
			for i, f := range []struct {
				name string
				v    float64
			}{{"MIN", r.Stake.ShareLow}, {"MAX", r.Stake.ShareHigh}} {
				s.Set(row, 6+i, book.Formula(f.name+"("+book.On(sensitivitySheet, stakes)+","+book.CellName(row, 4)+")", f.v, book.Calc, book.Percent))
			}
		}
		row++
	}
	s.Conditionals = append(s.Conditionals, book.Conditional{Range: fmt.Sprintf("D%d:E%d", first, row-1), Formula: fmt.Sprintf("ABS($E%d)>0.000000001*ABS($C%d)", first, first), Mark: book.ChangedMark})
	m.charts(s, row+1)
}

// tornadoRows are the first and the last row of the tornado, which is laid out
// later.
func (m *maker) tornadoRows() [2]int {
	return [2]int{firstRow, firstRow + len(m.c.Results.Tornado) - 1}
}

func changeFormat(f book.Format) book.Format {
	if f == book.Percent {
		return "[>=0.0005]+0.0%;[<=-0.0005]-0.0%;0.0%" // no sign on what rounds to zero
	}
	return book.Signed
}

// decisionLines are the decision in words, as formulas.
func (m *maker) decisionLines() []func() (string, any) {
	r := m.c.Results
	if len(r.Options) == 0 {
		return []func() (string, any){func() (string, any) {
			return "", "No option is given: this case shows the exposure alone."
		}}
	}
	names := func() string {
		return book.On(optionsSheet, book.Absolute(m.choiceFirst, choiceCol)+":"+book.Absolute(m.choiceFirst, choiceCol+len(r.Options)))
	}
	choice := m.choiceName(int(m.c.Run.Value("decision.choice")))
	n := m.names(summarySheet, 0, 0)
	subject := m.choiceName(int(m.c.Run.Value("decision.subject")))
	lines := []func() (string, any){
		func() (string, any) {
			return `"Recommended: "&INDEX(` + names() + "," + n.Cell("decision.choice") + ")", "Recommended: " + choice
		},
		func() (string, any) {
			words := book.On(optionsSheet, fmt.Sprintf("$B$%d:$B$%d", m.verdictFirst, m.verdictFirst+2))
			v := int(m.c.Run.Value("decision.verdict"))
			return "INDEX(" + words + "," + n.Cell("decision.verdict") + "+2)", verdictTexts[v+1].text
		},
		func() (string, any) {
			return `INDEX(` + names() + "," + n.Cell("decision.subject") + `)&": NPV "&TEXT(` + n.Cell("npv") + `,"#,##0")&" ` + r.Currency + `"`,
				subject + ": NPV " + thousands(m.c.Run.Value("npv")) + " " + r.Currency
		},
	}
	if len(r.Appetite) > 0 {
		place := int(m.c.Run.Value("decision.choice"))
		within := r.Decision.WithinToday
		if place > 1 {
			within = r.Options[place-2].Within
		}
		in := func(ok bool) string {
			if ok {
				return "inside"
			}
			return "outside"
		}
		lines = append(lines, func() (string, any) {
			return `"Today: "&IF(` + n.Cell("within_appetite") + `=1,"inside","outside")&" the board's appetite"`, "Today: " + in(r.Decision.WithinToday) + " the board's appetite"
		}, func() (string, any) {
			row := m.metricRow["within_appetite"]
			after := book.On(optionsSheet, book.Absolute(row, choiceCol)+":"+book.Absolute(row, choiceCol+len(r.Options)))
			return `"As recommended: "&IF(INDEX(` + after + "," + n.Cell("decision.choice") + `)=1,"inside","outside")`, "As recommended: " + in(within)
		})
	}
	return lines
}

func (m *maker) choiceName(place int) string {
	if place < 2 {
		return "Doing nothing"
	}
	return m.c.Results.Options[place-2].Name
}

// thousands prints a whole number as TEXT with "#,##0" does.
func thousands(v float64) string {
	s := fmt.Sprintf("%.0f", abs(v))
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	if v <= -0.5 {
		s = "-" + s
	}
	return s
}

// charts places the native charts, two side by side.
func (m *maker) charts(s *book.Sheet, row int) {
	const (
		width, height = 540, 300
		rowsHigh      = 17
		right         = 4 // column of the right-hand charts
	)
	r := m.c.Results
	type made struct {
		title string
		chart func() book.Chart
	}
	list := []made{{"Chance in a year that one incident costs more than an amount", m.exceedanceChart}, {"Mean loss of one incident, marketing's part in blue", m.waterfallChart}}
	if len(r.Options) > 0 {
		list = append(list, made{"Net present value of the choices", m.optionsChart}, made{"Stake and share are two things", m.stakeShareChart}, made{"What moves the NPV most: each assumption at its low end (hollow) and its high end (filled)", m.tornadoChart})
	}
	for i, x := range list {
		at, col := row+(i/2)*(rowsHigh+1), 1
		if i%2 == 1 {
			col = right
		}
		s.Set(at, col, book.Text(x.title, book.Heading))
		w, h := width, height
		if i == len(list)-1 && i%2 == 0 {
			w, h = 2*width-60, height+40
		}
		m.later = append(m.later, func() {
			c := x.chart()
			c.At, c.Width, c.Height = book.CellName(at+1, col), w, h
			s.Charts = append(s.Charts, c)
		})
	}
	s.Print.Area = "A1:" + book.CellName(row+((len(list)+1)/2)*(rowsHigh+1)+2, 7)
}

func down(sheet string, col, first, last int) string {
	return book.On(sheet, book.Absolute(first, col)+":"+book.Absolute(last, col))
}

// axisFormat prints money on an axis in the scale that suits it.
func (m *maker) axisFormat(top float64) (book.Format, string) {
	cur := m.c.Results.Currency
	switch {
	case top >= 2e9:
		return `#,##0.0,,,`, cur + " billion"
	case top >= 2e7:
		return `#,##0,,`, cur + " million"
	case top >= 2e6:
		return `#,##0.0,,`, cur + " million"
	case top >= 2e4:
		return `#,##0,`, cur + " thousand"
	}
	return book.Whole, cur
}

func (m *maker) exceedanceChart() book.Chart {
	r := m.c.Results
	x := down(rangesSheet, 4, m.curveFirst, m.curveLast)
	top := 0.0
	if n := len(r.Exceedance.Occurrence); n > 0 {
		top = r.Exceedance.Occurrence[n-1].Loss
	}
	f, unit := m.axisFormat(top)
	zero := 0.0
	c := book.Chart{Kind: book.Scatter, Alt: "Line chart: chance in a year of one incident that costs more than an amount, today and after the option; diamonds mark the appetite.",
		X: book.Axis{Title: "Loss of one incident, " + unit, Format: f, Min: &zero}, Y: book.Axis{Title: "Chance in a year", Format: "0%", Min: &zero, Grid: true}}
	c.Series = append(c.Series, book.Series{Name: "Today", X: x, Y: down(rangesSheet, 6, m.curveFirst, m.curveLast), Colour: book.Grey, Line: 2})
	for i, o := range r.Options {
		if o.ID == r.Decision.Subject {
			c.Series = append(c.Series, book.Series{Name: "After: " + clip(o.Name, 40), X: x, Y: down(rangesSheet, 8+2*i, m.curveFirst, m.curveLast), Colour: book.Recommended, Line: 2})
		}
	}
	if len(r.Appetite) > 0 {
		c.Series = append(c.Series, book.Series{Name: "Appetite", X: down(rangesSheet, 4, m.appetiteFirst, m.appetiteLast), Y: down(rangesSheet, m.appetiteCol, m.appetiteFirst, m.appetiteLast), Colour: book.Appetite, Marker: book.Diamond})
	}
	return c
}

func (m *maker) waterfallChart() book.Chart {
	f, unit := m.axisFormat(m.c.Run.Value("severity.total"))
	cats := down(lossSheet, 2, m.waterfallFirst, m.waterfallLast)
	return book.Chart{Kind: book.Columns, Stacked: true, Gap: 40, Alt: "Waterfall: mean loss of one incident by line, marketing's part in dark blue, everybody else's in grey.",
		Y: book.Axis{Title: unit, Format: f, Grid: true},
		Series: []book.Series{
			{Name: "Start", NoKey: true, X: cats, Y: down(lossSheet, 5, m.waterfallFirst, m.waterfallLast), Colour: book.NoColour},
			{Name: "Marketing's part", X: cats, Y: down(lossSheet, 6, m.waterfallFirst, m.waterfallLast), Colour: book.Marketing},
			{Name: "Everybody else's part", X: cats, Y: down(lossSheet, 7, m.waterfallFirst, m.waterfallLast), Colour: book.Other, Fill: book.Outlined},
		}}
}

func (m *maker) optionsChart() book.Chart {
	r := m.c.Results
	row, last := m.metricRow["npv"], choiceCol+len(r.Options)
	top := 0.0
	points := make([]book.Point, len(r.Options)+1)
	points[0] = book.Point{Colour: book.Other}
	for i, o := range r.Options {
		v := *o.Quantities["npv"].Value
		top = max(top, abs(v))
		points[i+1] = book.Point{Colour: book.Other, Fill: book.Outlined}
		if o.Recommended {
			points[i+1] = book.Point{Colour: book.Recommended}
		}
	}
	f, unit := m.axisFormat(top)
	across := func(row int) string {
		return book.On(optionsSheet, book.Absolute(row, choiceCol)+":"+book.Absolute(row, last))
	}
	return book.Chart{Kind: book.Bars, Gap: 50, Alt: "Bar chart: net present value of each choice; doing nothing is zero by definition.",
		Y:      book.Axis{Title: "NPV over the horizon, " + unit, Format: f, Grid: true},
		Series: []book.Series{{Name: "NPV", X: across(m.choiceFirst), Y: across(row), Colour: book.Other, Points: points, Labels: book.LabelValue, LabelFormat: f}}}
}

func (m *maker) stakeShareChart() book.Chart {
	zero, all := 0.0, 1.0
	return book.Chart{Kind: book.Bars, Gap: 60, Alt: "Bar chart: the stake, marketing's part of the loss avoided, and the share, what marketing is asked to fund.",
		Y: book.Axis{Format: "0%", Min: &zero, Max: &all, Step: 0.25, Grid: true},
		Series: []book.Series{{Name: "Share", X: down(stakeSheet, 2, m.stakeChart, m.stakeChart+1), Y: down(stakeSheet, 4, m.stakeChart, m.stakeChart+1), Colour: book.Marketing,
			Points: []book.Point{{Colour: book.Marketing}, {Colour: book.Recommended, Fill: book.Outlined}}, Labels: book.LabelValue, LabelFormat: book.Percent}}}
}

func (m *maker) tornadoChart() book.Chart {
	n := min(len(m.c.Results.Tornado), 8)
	first, last := m.tornadoFirst, m.tornadoFirst+n-1
	top := 0.0
	for _, b := range m.c.Results.Tornado {
		top = max(top, abs(b.NPV.Low), abs(b.NPV.High))
	}
	f, unit := m.axisFormat(top)
	cats := down(sensitivitySheet, 2, first, last)
	return book.Chart{Kind: book.Bars, Overlap: true, Gap: 40, Alt: "Tornado: by how much the net present value moves with each assumption at its low and its high end.",
		Y: book.Axis{Title: "Change of the NPV, " + unit, Format: f, Grid: true},
		Series: []book.Series{
			{Name: "At the low end", X: cats, Y: down(sensitivitySheet, 15, first, last), Colour: book.Other, Fill: book.Outlined},
			{Name: "At the high end", X: cats, Y: down(sensitivitySheet, 16, first, last), Colour: book.Recommended},
		}}
}
