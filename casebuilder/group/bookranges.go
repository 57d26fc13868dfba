package group

import (
	"fmt"
	"slices"

	"casebuilder/casebuilder/book"
)

// choiceHeads are the heads of a column a choice.
var choiceHeads = map[ChoiceID]string{Nothing: "today", UnitsOwn: "as the units recommend", WithShared: "and with what is shared"}

// ranges lays out what a year can cost the group.
func (m *maker) ranges() {
	c, money := m.c, m.c.Currency
	s := m.sheet(rangesSheet, book.Output, "What a year can cost the group", fmt.Sprintf("Output: filed figures come from %s simulated years in which units of one platform are hit together. Percentiles are never added: the sum of the units' stands here to compare.", thousands(float64(c.Years))),
		24, 54, 10, 18, 18, 18, 18, 18, 18)
	s.FreezeCols = 2
	heads := []string{"ID", "Label", "Unit"}
	for _, x := range c.Choices {
		heads = append(heads, ">Filed: "+choiceHeads[x.ID])
	}
	const firstChoice = 4
	sum := firstChoice + len(c.Choices)
	header(s, headRow, append(slices.Clone(heads), ">Sum of the units', today (filed)", ">Sum less group, net", ">Today, were no platform shared (filed)")...)
	row := firstRow
	line := func(id, what, unit string, f book.Format, of func(x *Choice) float64, more ...book.Cell) {
		s.SetRow(row, 1, book.Text(id, book.ID), label(what), book.Text(unit, book.Unit))
		for k := range c.Choices {
			s.Set(row, firstChoice+k, filed(of(&c.Choices[k]), f))
		}
		for len(more) < 3 {
			more = append(more, book.Text("", book.Label))
		}
		s.SetRow(row, sum, more...)
		row++
	}
	for i, q := range c.Levels {
		net := calc(fmt.Sprintf("%s-%s", book.CellName(row, sum), book.CellName(row, firstChoice)), q.SumOfUnit-q.Group, book.Signed)
		line(fmt.Sprintf("year.p%.0f", 100*q.Level), fmt.Sprintf("1-in-%.0f year: the chance of more is %.0f%%", 1/(1-q.Level), 100*(1-q.Level)), money, book.Whole,
			func(x *Choice) float64 { return x.Levels[i] }, filed(q.SumOfUnit, book.Whole), net, filed(q.Apart, book.Whole))
	}
	line("year.chance", "Chance that at least one unit is hit in a year", "share", book.Percent, func(x *Choice) float64 { return x.Chance })
	line("year.expected", "Expected loss a year: the sum of the units'", money, book.Whole, func(x *Choice) float64 { return x.ALE })
	line("choice.cost", "Cost a year, more than today", money, book.Whole, func(x *Choice) float64 { return x.CostYearly })
	line("choice.npv", "NPV: the sum of the units' and of the programmes'", money, book.Signed, func(x *Choice) float64 { return x.NPV })
	m.meanRow = row
	s.SetRow(row, 1, book.Text("year.mean", book.ID), label("Mean of the simulated years of today"), book.Text(money, book.Unit), filed(c.Mean, book.Whole))
	row++
	s.SetRow(row, 1, book.Text("year.stderr", book.ID), label("Standard error of that mean"), book.Text(money, book.Unit), filed(c.StdErr, book.Whole))
	row += 2
	appetite := 0 // first row
	if len(c.Appetite) > 0 {
		s.Set(row, 1, book.Text("Appetite: no more than this chance of losing more in a year, all units together", book.Heading))
		row++
		header(s, row, append(append([]string{"ID", "Label", "Unit", ">Amount", ">Accepted chance"}, heads[3:]...), "Kept by what is looked at")...)
		appetite = row + 1
		for i, a := range c.Appetite {
			row++
			s.SetRow(row, 1, book.Text(fmt.Sprintf("appetite.%d", i+1), book.ID), label(fmt.Sprintf("Level %d of the group's appetite", i+1)), book.Text(money, book.Unit),
				filed(a.Loss, book.Whole), filed(a.Chance, book.Percent))
			for k, v := range a.By {
				s.Set(row, 6+k, filed(v, book.Percent2))
			}
			kept := fmt.Sprintf(`IF(%s>%s,"no","yes")`, book.CellName(row, 6+c.Subject), book.CellName(row, 5))
			s.Set(row, 6+len(a.By), book.Formula(kept, map[bool]string{true: "no", false: "yes"}[a.By[c.Subject] > a.Chance], book.CalcText, book.General))
		}
		row += 2
	}
	curve := row
	s.Set(row, 1, book.Text("Chance of losing more than an amount in a year, all units together", book.Heading))
	row++
	header(s, row, append([]string{"ID", "Label", "Unit", ">Amount"}, heads[3:]...)...)
	first := row + 1
	for i, p := range c.Now().Curve {
		row++
		s.SetRow(row, 1, book.Text(fmt.Sprintf("curve.%d", i), book.ID), label(fmt.Sprintf("Point %d of the curve", i)), book.Text(money, book.Unit), filed(p.Loss, book.Whole))
		for k := range c.Choices {
			s.Set(row, 5+k, filed(c.Choices[k].Curve[i].Chance, book.Percent2))
		}
	}
	last := row
	row += 2
	s.Set(row, 1, book.Text(fmt.Sprintf("Which units drive the worst years: shares of the worst %.0f%% of years, largest first", 100*worst), book.Heading))
	row++
	header(s, row, "Unit", "Label", "Unit of measure", ">Share of the worst years (filed)", ">Share of the expected loss")
	m.tailFirst = row + 1
	place := map[string]int{}
	for i, u := range c.Units {
		place[u.Name] = firstRow + i
	}
	for _, u := range c.byTail() {
		row++
		at := book.On(compareSheet, book.Absolute(place[u.Name], m.compareCol["ale share"]))
		s.SetRow(row, 1, label(u.Name), label("share of the losses of these years"), book.Text("share", book.Unit), filed(u.Tail, book.Percent), calc(at, ratio(u.ALE, c.ALE), book.Percent))
	}
	m.tailLast = row
	on := func(col, a, b int) string { return book.On(rangesSheet, column(col, a, b)) }
	chart := book.Chart{Kind: book.Scatter, At: book.CellName(curve, 11), Width: 640, Height: 360, Title: "Chance of losing more in a year",
		Alt: "Line chart: chance that a year costs the group more than an amount, today and as recommended.",
		X:   book.Axis{Title: money + " a year", Format: book.Whole}, Y: book.Axis{Title: "chance", Format: book.Percent, Grid: true},
		Series: []book.Series{{Name: "today", X: on(4, first, last), Y: on(5, first, last), Colour: book.Grey, Line: 1.5, Dashed: true}}}
	if c.Subject > 0 {
		chart.Series = append(chart.Series, book.Series{Name: choiceHeads[c.Then().ID], X: on(4, first, last), Y: on(5+c.Subject, first, last), Colour: book.Recommended, Line: 2.25})
	}
	if n := len(c.Appetite); n > 0 {
		chart.Series = append(chart.Series, book.Series{Name: "appetite", X: on(4, appetite, appetite+n-1), Y: on(5, appetite, appetite+n-1), Colour: book.Appetite, Marker: book.Diamond})
	}
	if len(chart.Series) < 3 { // from three on there is a legend
		for i := range chart.Series {
			chart.Series[i].Labels, chart.Series[i].LabelAt = book.LabelName, []int{0}
			if i == 1 && c.Subject > 0 {
				chart.Series[i].LabelAt = []int{steps / 2}
			}
		}
	}
	s.Charts = append(s.Charts, chart)
	if n := m.tailLast - m.tailFirst + 1; n <= 40 {
		s.Charts = append(s.Charts, book.Chart{Kind: book.Bars, At: book.CellName(curve+20, 11), Width: 640, Height: 130 + 26*n, Gap: 40, Title: "Share of the worst years (dark) and of the expected loss (light)",
			Alt: "Bars: each unit's share of the worst years and of the expected loss.", Y: book.Axis{Format: book.Percent, Grid: true},
			Series: []book.Series{
				{Name: "worst years", X: on(1, m.tailFirst, m.tailLast), Y: on(4, m.tailFirst, m.tailLast), Colour: book.Marketing},
				{Name: "expected loss", X: on(1, m.tailFirst, m.tailLast), Y: on(5, m.tailFirst, m.tailLast), Colour: book.Other, Fill: book.Outlined}}})
	}
}

// events lays out the platforms.
func (m *maker) events() {
	c := m.c
	s := m.sheet(eventsSheet, book.Output, "Units that are hit together", "Output: an event on a shared platform can hit every unit on it; each unit keeps its own chance. Filed, from the simulated years.",
		26, 10, 70, 16, 16, 16, 20, 20)
	header(s, headRow, "Platform", ">Units", "Which", ">Chance of an event in a year", ">Events a year", ">Units hit by an event", ">One event, all units, mean, "+c.Currency, ">Expected loss a year of its units, "+c.Currency)
	row := firstRow
	for _, p := range c.Platforms {
		which := ""
		for i, u := range p.Units {
			if i > 0 {
				which += "; "
			}
			which += u
		}
		s.SetRow(row, 1, label(p.Name), filed(float64(len(p.Units)), book.Whole), book.Text(clip(which, 2000), book.Prose), filed(p.Chance, book.Percent), filed(p.Events, book.Fine), filed(p.PerEvent, book.TwoDigits),
			filed(p.Loss, book.Whole), filed(p.ALE, book.Whole))
		row++
	}
	if len(c.Platforms) == 0 {
		s.Set(row, 1, book.Text("No two units name one platform (company.shared_platform): every unit is hit on its own.", book.Note))
		return
	}
	row++
	s.Set(row, 1, book.Text("What sharing does to the worst years is on Group ranges: the last column says what they would be, were no platform shared.", book.Note))
}

// excluded lists what is left out, a row a reason.
func (m *maker) excluded() {
	s := m.sheet(excludedSheet, book.Log, fmt.Sprintf("%d of %d units left out", len(m.c.Excluded), m.c.Of()), "Log: units that are not in the group, where they stand, and why. No figure of the group holds anything of them.",
		34, 28, 130)
	header(s, headRow, "Unit", "Place", "Reason")
	row := firstRow
	for _, x := range m.c.Excluded {
		for _, why := range x.Reasons {
			s.SetRow(row, 1, label(orPlace(x)), label(x.Place), book.Text(clip(why, 2000), book.Prose))
			row++
		}
	}
	if row == firstRow {
		s.Set(row, 1, book.Text("None: every unit is in the group.", book.Note))
		return
	}
	s.Table = &book.Table{Name: "Excluded_table", Ref: fmt.Sprintf("A%d:C%d", headRow, row-1)}
}

// changes lists what reviews of the units changed.
func (m *maker) changes() {
	c := m.c
	s := m.sheet(changesSheet, book.Log, "Changes from reviews", "Log: changes to units' figures that came out of a review and were accepted, with their effect at the time; money in "+c.Currency+".",
		30, 44, 44, 18, 20, 20, 44, 22, 13, 18, 16)
	s.FreezeCols = 1
	header(s, headRow, "Unit", "ID", "Label", "Unit of measure", "From", "To", "Reason", "Who", "Date", ">Effect on NPV, "+c.Currency, ">Effect on stake")
	row := firstRow
	for _, u := range c.Units {
		for _, x := range u.Changes {
			s.SetRow(row, 1, label(u.Name), book.Text(x.ID, book.ID), label(x.Label), book.Text(x.Unit, book.Unit), label(x.From), label(x.To), book.Text(x.Reason, book.Prose), label(x.Who), label(x.Date),
				filed(x.NPV*u.Factor, book.Signed), filed(x.Stake, "+0.0%;-0.0%;0.0%"))
			if x.NoEffect != "" {
				s.SetRow(row, 10, label(x.NoEffect), label(x.NoEffect))
			}
			row++
		}
	}
	if row == firstRow {
		s.Set(row, 1, book.Text("None: no unit has changes out of a review.", book.Note))
		return
	}
	s.Table = &book.Table{Name: "Changes_table", Ref: fmt.Sprintf("A%d:K%d", headRow, row-1)}
}
