package xlsx_test

import (
	"fmt"

	"casebuilder/casebuilder/book"
)

func (s *specimenBook) checks() {
	sh := s.Add("Checks", book.CheckList)
	sh.Title, sh.Purpose = "Checks", "Check. Each figure is computed a second way."
	sh.Widths = []float64{20, 44, 16, 16, 12, 22}
	sh.SetRow(5, 1, headers("ID", "Check", "Expected", "Actual", "Tolerance", "Result")...)
	total := s.mean * 2.56
	rows := []struct {
		id, label, ef, af string
		e, a, tol         float64
	}{
		{"lines.sum", "Lines sum to the total", "Loss!$F$9", "Loss!$D$10", total, total, 0.01},
		{"net.ties", "Net ties to its parts", "Options!$E$7-Options!$E$6", "Options!$E$8", 0, 0, 0.01},
		{"chance.falls", "The option never raises the chance", "Ranges!$F$7", "Ranges!$F$7", s.exceed[1][2], s.exceed[1][2], 0.01},
	}
	rows[1].e = (s.mean-s.meanAfter)*s.rate - s.cost
	rows[1].a = rows[1].e
	for i, r := range rows {
		row := 6 + i
		sh.SetRow(row, 1, book.Text(r.id, book.ID), book.Text(r.label, book.Label), book.Formula(r.ef, r.e, book.Calc, book.Whole),
			book.Formula(r.af, r.a, book.Calc, book.Whole), book.Number(r.tol, book.Filed, book.TwoDigits),
			book.Formula(fmt.Sprintf(`IF(ABS(D%d-C%d)<=E%d,"✓ pass","✗ fail")`, row, row, row), "✓ pass", book.Check, ""))
	}
	sh.SetRow(9, 1, book.Text("master", book.TotalLabel), book.Text("All checks", book.TotalLabel), book.Cell{Style: book.Style{Look: book.Total}}, book.Cell{Style: book.Style{Look: book.Total}},
		book.Cell{Style: book.Style{Look: book.Total}}, book.Formula(`IF(COUNTIF(F6:F8,"✓*")=ROWS(F6:F8),"✓ all checks pass","✗ see Checks")`, "✓ all checks pass", book.Check, ""))
	sh.Conditionals = []book.Conditional{
		{Range: "F6:F9", Formula: `LEFT(F6,1)="✓"`, Mark: book.GoodMark},
		{Range: "F6:F9", Formula: `LEFT(F6,1)="✗"`, Mark: book.BadMark},
	}
	sh.FreezeRows = 5
	sh.Print = book.Print{Area: "A1:F9", Landscape: true, RepeatRows: 5}
}

func (s *specimenBook) changes() {
	sh := s.Add("Changes", book.Log)
	sh.Title, sh.Purpose = "Changes", "Log. Open edits, by formula."
	sh.Widths = []float64{27, 16, 16, 30, 16, 14}
	sh.SetRow(5, 1, headers("ID", "Filed", "Yours", "Reason", "Name", "Date")...)
	for i := range 8 {
		row := 6 + i
		sh.SetRow(row, 1, book.Formula(fmt.Sprintf("Inputs!A%d", row), s.Sheet("Inputs").At(row, 1).Value, book.CalcText, ""),
			book.Formula(fmt.Sprintf("Inputs!D%d", row), s.Sheet("Inputs").At(row, 4).Value, book.Calc, book.TwoDigits))
		for k, col := range []string{"E", "F", "G", "H"} {
			sh.Set(row, 3+k, book.Formula(fmt.Sprintf(`IF(ISBLANK(Inputs!%s%d),"",Inputs!%s%d)`, col, row, col, row), "", book.CalcText, ""))
		}
	}
	sh.Table = &book.Table{Name: "tblChanges", Ref: "A5:F13"}
	sh.Print = book.Print{Area: "A1:F13", Landscape: true, RepeatRows: 5}
}

func (s *specimenBook) sources() {
	sh := s.Add("Sources", book.Evidence)
	sh.Title, sh.Purpose = "Sources", "Evidence. Where the figures come from."
	sh.Widths = []float64{14, 90, 12}
	sh.SetRow(5, 1, headers("ID", "Source", "Grade")...)
	sh.SetRow(6, 1, book.Text("S1", book.ID), book.Text("Own accounts, 2026 Q3", book.Prose), book.Text("strong", book.Label))
	sh.SetRow(7, 1, book.Text("S2", book.ID), book.Text("A text with  spaces , a line\nbreak, <tags> & \"quotes\", 漢字, العربية, 🦊 and a control character \x07.", book.Prose), book.Text("weak", book.Label))
	sh.Table = &book.Table{Name: "tblSources", Ref: "A5:C7"}
	sh.Print = book.Print{Area: "A1:C7"}
}

func (s *specimenBook) summary() {
	sh := s.Sheet("Summary")
	sh.Title = "An option of £60k a year halves nothing, but it takes a fifth off the chance"
	sh.Purpose = "Output. The decision in words and figures; charts follow edits."
	sh.Widths = []float64{30, 14, 16, 16, 4, 12, 12, 12, 12, 12, 12, 12}
	sh.SetRow(3, 1, book.Text("Master check", book.Note), book.Formula("Checks!$F$9", "✓ all checks pass", book.Check, ""))
	sh.SetRow(5, 1, book.Text("If it happened, marketing would carry most of the loss.", book.Statement))
	sh.SetRow(7, 1, append(headers("Figure", "Unit"), book.Text("As filed", book.HeaderRight), book.Text("As it is now", book.HeaderRight))...)
	sh.SetRow(8, 1, book.Text("Chance of an incident in a year", book.Label), book.Text("share", book.Unit), book.Number(s.rate, book.Filed, book.Percent), book.Formula("Inputs!$I$12", s.rate, book.Figure, book.Percent))
	sh.SetRow(9, 1, book.Text("Mean loss of an incident", book.Label), book.Text("GBP million", book.Unit), book.Number(s.mean, book.Filed, book.Millions), book.Formula("Loss!$D$6", s.mean, book.Figure, book.Millions))
	sh.SetRow(10, 1, book.Text("Marketing's stake", book.Label), book.Text("share", book.Unit), book.Number(.63, book.Filed, book.Percent), book.Formula("(Loss!D6+Loss!D7+Loss!D8)/Loss!D10", 1.76/2.56, book.Figure, book.Percent))
	sh.SetRow(11, 1, book.Text("Marketing's share", book.Label), book.Text("share", book.Unit), book.Number(.41, book.Filed, book.Percent), book.Formula("C11", .41, book.Figure, book.Percent))
	sh.FreezeRows = 3
	zero := 0.0
	sh.Set(5, 6, book.Text("The option takes a fifth off the chance of a loss", book.Heading))
	sh.Set(6, 6, book.Text("Chance in a year of losing more, GBP million, modelled", book.Note))
	sh.Set(14, 1, book.Text("Customer margin is the largest part of the loss", book.Heading))
	sh.Set(15, 1, book.Text("Mean loss of an incident, GBP million, modelled", book.Note))
	sh.Charts = []book.Chart{
		{Kind: book.Scatter, At: "F7", Width: 560, Height: 300,
			Alt: "Exceedance curve, today and after the option, with the appetite point of 1% at 2 million.",
			X:   book.Axis{Title: "Loss in a year, GBP million", Format: book.Millions, Min: &zero}, Y: book.Axis{Title: "Chance in a year", Format: book.Percent, Min: &zero, Grid: true},
			Series: []book.Series{
				{Name: "Today", NoKey: true, X: "Ranges!$D$6:$D$18", Y: "Ranges!$E$6:$E$18", Colour: book.Other, Line: 2.25, Labels: book.LabelName, LabelAt: []int{2}},
				{Name: "After the option", NoKey: true, X: "Ranges!$D$6:$D$18", Y: "Ranges!$F$6:$F$18", Colour: book.Recommended, Line: 2.25, Dashed: true, Labels: book.LabelName, LabelAt: []int{6}},
				{Name: "Appetite", NameRef: "Ranges!$B$19", NoKey: true, X: "Ranges!$D$19:$D$19", Y: "Ranges!$E$19:$E$19", Colour: book.Appetite, Marker: book.Diamond, Labels: book.LabelName},
			}},
		{Kind: book.Columns, Stacked: true, At: "A16", Width: 560, Height: 300,
			Alt: "Waterfall of the mean loss by line.",
			Y:   book.Axis{Format: book.Millions, Grid: true},
			Series: []book.Series{
				{Name: "base", NoKey: true, X: "Loss!$H$6:$H$10", Y: "Loss!$E$6:$E$10", Colour: book.NoColour},
				{Name: "Mean loss", X: "Loss!$H$6:$H$10", Y: "Loss!$D$6:$D$10", Colour: book.Marketing, Points: []book.Point{{Colour: book.Marketing}, {Colour: book.Marketing}, {Colour: book.Marketing}, {Colour: book.Other}, {Colour: book.Ink, Fill: book.Outlined}}},
			}},
		{Kind: book.Bars, Overlap: true, At: "F22", Width: 560, Height: 280, Title: "Extra churn moves the result most",
			Alt: "Tornado of four inputs; extra churn is the widest.",
			Y:   book.Axis{Format: "+0.0,,;-0.0,,;0", Grid: true},
			Series: []book.Series{
				{Name: "low", X: "Sensitivity!$B$6:$B$9", Y: "Sensitivity!$D$6:$D$9", Colour: book.Other, Labels: book.LabelValue, LabelFormat: "+0.0,,;-0.0,,;0"},
				{Name: "high", X: "Sensitivity!$B$6:$B$9", Y: "Sensitivity!$E$6:$E$9", Colour: book.Marketing, Labels: book.LabelValue, LabelFormat: "+0.0,,;-0.0,,;0"},
			}},
		{Kind: book.Bars, At: "A33", Width: 560, Height: 200, Title: "Marketing holds more of the stake than it is asked to fund",
			Alt: "Two bars: stake 69%, share 41%.",
			Y:   book.Axis{Format: "0%", Min: &zero},
			Series: []book.Series{
				{Name: "stake and share", X: "Summary!$A$10:$A$11", Y: "Summary!$D$10:$D$11", Colour: book.Marketing, Points: []book.Point{{Colour: book.Marketing}, {Colour: book.Recommended, Fill: book.Outlined}}, Labels: book.LabelValue, LabelFormat: "0%"},
			}},
		{Kind: book.Columns, At: "F37", Width: 560, Height: 240, Title: "The options side by side",
			Alt: "Grouped columns of cost, avoided loss and net for three options.",
			Y:   book.Axis{Format: book.Whole, Grid: true},
			Series: []book.Series{
				{Name: "Cost", X: "Options!$D$5:$F$5", Y: "Options!$D$6:$F$6", Colour: book.Other},
				{Name: "Avoided", X: "Options!$D$5:$F$5", Y: "Options!$D$7:$F$7", Colour: book.Recommended, Fill: book.Hatched},
				{Name: "Net", X: "Options!$D$5:$F$5", Y: "Options!$D$8:$F$8", Colour: book.Ink, Fill: book.Outlined},
			}},
	}
	sh.Print = book.Print{Area: "A1:M52", Landscape: true, OnePage: true}
}
