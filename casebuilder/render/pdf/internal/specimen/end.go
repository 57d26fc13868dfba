package specimen

import (
	"fmt"
	"math"
	"strings"

	"casebuilder/casebuilder/chart"
	"casebuilder/casebuilder/page"
)

func turns() page.Page {
	sw := func(name string, lo, hi float64, a, b, at string, flips bool) chart.Swing {
		return chart.Swing{Label: l(name), Low: lo, High: hi, LowText: l(a), HighText: l(b), Switch: l(at), Flips: flips}
	}
	return page.Page{
		ID: "turns", Bookmark: "What would change the answer", Kicker: page.T("What if we are wrong?"),
		Title:     page.T("The answer flips if incidents are rarer than one in thirty years"),
		Qualifier: page.T("Each input alone from the low to the high end of its 90% interval, the others in the middle."),
		Blocks: []page.Block{
			page.Exhibit{Title: page.T("Two inputs can turn the NPV negative on their own"), Subtitle: page.T("NPV of the core programme, £m over three years; modelled"),
				Chart: chart.Tornado{Mid: 1.4e6, Middle: l("NPV £1.4m"), Tick: pounds, XTitle: "NPV", Head: l("NPV is zero at"), Low: l("input low"), High: l("input high"),
					Swings: []chart.Swing{
						sw("Incidents a year", -0.9e6, 5.6e6, "2.9%", "12%", "3.4%", true), sw("Effect on the number of incidents", -0.4e6, 3.2e6, "14%", "65%", "17%", true),
						sw("Direct cost of a headline incident", 0.6e6, 3.0e6, "£0.9m", "£14m", "not within", false), sw("Share of customers who leave", 1.0e6, 2.6e6, "0.3%", "3.1%", "not within", false),
						sw("Chance that customers react", 0.9e6, 2.1e6, "22%", "71%", "not within", false), sw("Days closed", 1.1e6, 2.0e6, "1", "31", "not within", false),
						sw("Retention", 1.65e6, 1.2e6, "72%", "84%", "not within", false), sw("Voucher take-up", 1.3e6, 1.6e6, "5%", "25%", "not within", false),
					}}, Source: page.T("Workbook sheet Sensitivity.")},
			page.Exhibit{Title: page.T("How far the five strongest inputs are from the turn"), Subtitle: page.T("Each bar runs over the input’s own 90% interval; ring: in use; diamond: where NPV is zero"),
				Chart: chart.Switching{Head: l("NPV is zero at"), Turns: []chart.Turn{
					{Label: l("Incidents a year"), Low: 0.029, Mid: 0.061, High: 0.12, At: 0.034, LowText: l("2.9%"), MidText: l("6.1%"), HighText: l("12%"), AtText: l("3.4%, 44% lower")},
					{Label: l("Effect on the number of incidents"), Low: 0.14, Mid: 0.48, High: 0.65, At: 0.17, LowText: l("14%"), MidText: l("48%"), HighText: l("65%"), AtText: l("17%, 65% lower")},
					{Label: l("Direct cost of a headline incident"), Low: 0.9, Mid: 4, High: 14, At: math.NaN(), LowText: l("£0.9m"), MidText: l("£4m"), HighText: l("£14m"), AtText: l("not within its range")},
				}}},
			page.Table{Title: page.T("The whole model run again with one assumption changed"), Columns: []page.Column{{Head: page.T("Run")}, {Head: page.T("NPV"), Unit: "£m", Align: page.Decimal}, {Head: page.T("Stake"), Align: page.Decimal}, {Head: page.T("Verdict")}},
				Rows: []page.Row{row("All ranges half as wide again", "1.9", "57%", "favourable"), row("No premium is lost", "1.3", "55%", "favourable"), row("No response spending", "1.1", "51%", "favourable")}, Tight: true},
		},
	}
}

func stake() page.Page {
	p := page.Page{
		ID: "stake", Bookmark: "Marketing’s stake and share", Kicker: page.T("What do you need from us?"),
		Title:     page.T("Marketing holds 47–66% of the benefit and is asked to fund 41%"),
		Qualifier: page.T("The stake is what marketing stands to lose; the share is what it is asked to pay. They are not the same."),
		Blocks: []page.Block{
			page.Exhibit{Title: page.T("The share asked for is smaller than the stake"), Subtitle: page.T("Share of avoided loss, and share of cost under four keys; modelled"),
				Chart: chart.Stake{Stake: 0.58, Low: 0.47, High: 0.66, StakeName: l("Stake: marketing’s part of the loss avoided"), StakeText: fig("stake.share", "58%"), RangeText: l("47% to 66%"),
					Share: 0.41, ShareName: l("Share: what marketing is asked to fund"), ShareText: fig("share.proposed", "41%, £254k a year"), Tick: percent, XTitle: "of the whole",
					Keys: []chart.ShareKey{{Label: l("cause: 22%"), Value: 0.22}, {Label: l("benefit: 41%, proposed"), Value: 0.41, InUse: true}, {Label: l("usage: 35%"), Value: 0.35}, {Label: l("ability to bear: 71%"), Value: 0.71}}},
				Source: page.T("Workbook sheet Stake. Key in use: benefit, on customer margin only.")},
		},
	}
	var rows []chart.BarRow
	for i, n := range []string{"Group shop", "Outlet", "Wholesale", "Gift cards", "Repairs"} {
		v := []float64{4.1, 2.2, 1.4, 0.5, 0.2}[i]
		rows = append(rows, chart.BarRow{Label: l(n), Segments: []chart.Segment{{Value: v * 0.58, Role: page.Marketing}, {Value: v * 0.42, Role: page.Other}}, Total: l(fmt.Sprintf("£%.1fm", v))})
	}
	p.Blocks = append(p.Blocks, page.Columns{Cells: []page.Cell{
		{Span: 6, Blocks: []page.Block{page.Exhibit{Title: page.T("The group shop carries most"), Subtitle: page.T("Expected loss in ten years by unit, £m; modelled"), Chart: chart.Bars{Rows: rows, Series: []page.Label{l("marketing"), l("everyone else")}}}}},
		{Span: 6, Blocks: []page.Block{page.Exhibit{Title: page.T("Predictions hold on cases they had not seen"), Subtitle: page.T("Direct cost, constant 2026 dollars; line: 90% interval"), Chart: backtest(), Source: page.T("Workbook sheet Cases.")}}},
	}})
	return p
}

func backtest() chart.Backtest {
	b := chart.Backtest{XTitle: "disclosed, log scale", YTitle: "predicted, log scale", Amount: func(v float64) string { return strings.Replace(pounds(v), "£", "$", 1) }, Diagonal: l("right on the line"), Complete: l("complete"), Partial: l("a floor")}
	for i := range 40 {
		x := math.Pow(10, 5.2+3.6*float64(i)/39)
		e := math.Sin(float64(i)*2.4) * 0.45
		m := math.Pow(10, math.Log10(x)*0.8+1.45+e)
		p := chart.Prediction{Actual: x, Low: m / 6, Mid: m, High: m * 6, Partial: i%3 == 0}
		if i == 30 {
			p.Name = l("Department store")
		}
		b.Cases = append(b.Cases, p)
	}
	return b
}

func plan() page.Page {
	var panels []chart.Multiple
	for i, n := range []string{"Group shop", "Outlet", "Wholesale", "Gift cards"} {
		k := []float64{1, 0.6, 0.4, 0.15}[i]
		panels = append(panels, chart.Multiple{Name: l(n), Text: l("P95 " + pounds(9e6*k)), Before: exceedance(0.06 * k), After: exceedance(0.035 * k), Weak: i == 3})
	}
	return page.Page{
		ID: "plan", Bookmark: "How we will know", Kicker: page.T("How will we know it worked?"),
		Title:     page.T("We will know by March 2028: three measures, three stop points"),
		Qualifier: page.T("The programme can be stopped at each point with at most £310k spent beyond it."),
		Blocks: []page.Block{
			page.Exhibit{Title: page.T("Most effect is in place after nine months"), Subtitle: page.T("Planned, from approval on 20 March 2027"),
				Chart: chart.Plan{Months: 24, Ticks: []string{"Q2 27", "Q3 27", "Q4 27", "Q1 28", "Q2 28", "Q3 28", "Q4 28", "Q1 29"},
					Milestones: []chart.Milestone{{At: 6, Text: l("stop point 1: second factor for all staff"), Stop: true}, {At: 12, Text: l("review: have near misses halved?")}, {At: 18, Text: l("stop point 2"), Stop: true}},
					Tasks:      []chart.Task{{Name: l("Second factor everywhere"), Start: 0, End: 6, Text: l("IT operations")}, {Name: l("Analyst and open posts"), Start: 2, End: 9, Text: l("Security")}, {Name: l("Ten-day plan and rehearsals"), Start: 3, End: 8, Text: l("Customer service")}, {Name: l("Less data"), Start: 6, End: 18, Open: true, Text: l("Marketing")}}}},
			page.Table{Columns: []page.Column{{Head: page.T("Measure")}, {Head: page.T("Today"), Align: page.Right}, {Head: page.T("Target"), Align: page.Right}, {Head: page.T("Stop if")}, {Head: page.T("Owner")}},
				Rows: []page.Row{row("Accounts with a second factor", "31%", "100%", "below 90% in September 2027", "Chief information officer"), row("Days to answer the rehearsed wave of contacts", "9", "3", "over 6 in March 2028", "Head of customer service"), row("Accounts on file per active customer", "2.1", "1.4", "over 1.8 in June 2028", "Chief marketing officer")}},
			page.Exhibit{Title: page.T("The four units on one scale"), Subtitle: page.T("Chance in a year of losing more than an amount; dashed: today; modelled"),
				Chart: chart.Multiples{Panels: panels, MaxLoss: 26e6, Loss: pounds, Chance: percent, BeforeName: l("today"), AfterName: l("core"), Mark: l("weak data"), XTitle: "loss from one incident"}},
			page.Divider{},
			page.Paragraph{Style: page.Note, Text: page.T("This analysis supports one decision on one budget. It cannot be used to set reserves, to price insurance, or as a forecast of what will happen. Review by 31 December 2027. Computed and not reviewed by a third party.")},
		},
	}
}

func assumptions() page.Page {
	var rows []page.Row
	for i := range 44 {
		if i%11 == 0 {
			rows = append(rows, page.Row{Kind: page.GroupRow, Cells: cells([]string{"Frequency", "Customers", "Direct cost", "Effects"}[i/11])})
		}
		rows = append(rows, page.Row{Anchor: fmt.Sprintf("ref-%d", i+1), Cells: []page.Text{page.T(fmt.Sprint(i + 1)),
			page.T([]string{"Incidents a year, all kinds that expose customer data", "Share of people on file exposed", "Extra churn after a headline"}[i%3]), page.T("3% to 14%"),
			page.T([]string{"strong", "moderate", "weak"}[i%3]), page.Join(page.T("Risk register 2026 Q3, "), page.Text{{Text: "regulator’s statistics", Link: "https://example.org/statistics"}}), page.T("Estimates!D" + fmt.Sprint(i+4))}})
	}
	return page.Page{
		ID: "assumptions", Bookmark: "Appendix: assumptions", Label: "A1", Title: page.T("The 44 assumptions that matter"), Qualifier: page.T("With their grade of evidence, source and cell of the workbook."),
		Blocks: []page.Block{page.Table{Tight: true, Columns: []page.Column{{Head: page.T("No.")}, {Head: page.T("Assumption")}, {Head: page.T("90% interval"), Align: page.Right}, {Head: page.T("Evidence")}, {Head: page.T("Source")}, {Head: page.T("Cell")}}, Rows: rows}},
	}
}
