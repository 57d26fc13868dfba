package specimen

import (
	"fmt"
	"math"

	"casebuilder/casebuilder/chart"
	"casebuilder/casebuilder/page"
)

func story() page.Page {
	wave := chart.Wave{Capacity: 4675, Off: 3 * 4675, Waves: l("calls after a notice to 1.6 million people"), Limit: l("we can answer 4,675 a day"),
		OffText: l("phones off: three times what we can answer"), Backlog: l("backlog: 9 days of work"), Count: thousands, Day: func(v float64) string { return fmt.Sprintf("%.0f", v) },
		XTitle: "days after the notice", YTitle: "contacts a day"}
	for i := range 15 {
		wave.Contacts = append(wave.Contacts, 18600*math.Exp(-float64(i)*0.29)*(1-math.Exp(-3*float64(i)-0.8))/0.93)
	}
	o := func(s string) chart.StripCell { return chart.StripCell{Text: l(s), Observed: true} }
	a := func(s string) chart.StripCell { return chart.StripCell{Text: l(s), Assumed: true} }
	return page.Page{
		ID: "case", Bookmark: "When it happened to others", Kicker: page.T("What if we do nothing?"),
		Title:     page.T("When this happened to a service-led brand, contacts outran the phones"),
		Qualifier: page.T("An online shoe shop, January 2012: 24 million accounts, all passwords expired, telephones switched off."),
		Blocks: []page.Block{
			page.Columns{Cells: []page.Cell{
				{Span: 6, Blocks: []page.Block{page.Exhibit{Title: page.T("Five days from the intrusion to the closed shop"), Subtitle: page.T("Reported facts, each with its source"),
					Chart: chart.Timeline{Events: []chart.Event{
						{Date: l("15 Jan 2012"), Text: l("Customers are told by e-mail; every password is expired"), Strip: l("company e-mail to employees")},
						{Date: l("16 Jan"), Text: l("Telephones are switched off: 5% calling would be over a million calls"), Strip: l("regional newspaper, 16 January"), Key: true},
						{Date: l("16 Jan"), Text: l("Everyone at head office is asked to answer e-mail"), Strip: l("company e-mail to employees")},
						{Date: l("17 Jan"), Text: l("The shop is closed to visitors from abroad"), Strip: l("trade press, 17 January")},
					}}, Source: page.T("No public figure exists for lost customers or sales.")}}},
				{Span: 6, Blocks: []page.Block{page.Exhibit{Title: page.T("Our phones would be overrun for nine days"), Subtitle: page.T("Modelled for a headline incident, middle case; notice on day 0"), Chart: wave, Source: page.T("Workbook sheet Replay.")}}},
			}},
			page.Exhibit{Title: page.T("Five of the comparable cases, two without any visible effect"), Subtitle: page.T("What happened to them, and what the same would cost us in marketing’s margin"),
				Chart: chart.Strip{Heads: []page.Label{l("people"), l("phones"), l("shop"), l("customers’ reaction"), l("direct cost")}, Total: l("for us"), Observed: l("reported"), Assumed: l("assumed: the model’s middle"),
					Rows: []chart.StripRow{
						{Name: l("Shoe shop"), Sub: l("retail, 2012"), Bold: true, Cells: []chart.StripCell{o("24m"), o("off for days"), o("abroad closed"), a("unknown"), o("$0.1m settlement")}, Total: 5.1, Text: fig("replay.a", "£5.1m")},
						{Name: l("Telecoms group"), Sub: l("telecom, 2015"), Cells: []chart.StripCell{o("157k"), o("queues"), a("open"), o("95k left"), o("£42m")}, Total: 3.9, Text: fig("replay.b", "£3.9m")},
						{Name: l("Department store"), Sub: l("retail, 2013"), Cells: []chart.StripCell{o("41m cards"), a("normal"), o("open"), o("sales −2.5%"), o("$292m, part insured")}, Total: 3.2, Text: fig("replay.c", "£3.2m")},
						{Name: l("Homeware chain"), Sub: l("retail, 2014"), Cells: []chart.StripCell{o("56m cards"), a("normal"), o("open"), o("none seen"), o("$198m")}, Total: 0.9, Text: fig("replay.d", "£0.9m")},
						{Name: l("Social network"), Sub: l("technology, 2012"), Cells: []chart.StripCell{o("6.5m"), a("normal"), o("open"), o("none seen"), o("$1.3m settlement")}, Total: 0.7, Text: fig("replay.e", "£0.7m")},
					}}, Source: page.T("Workbook sheet Cases, with addresses. Chosen by weight of likeness; the whole class is listed in the appendix.")},
		},
	}
}

func build() page.Page {
	s := func(name string, v float64, text string, r page.Role) chart.Step {
		return chart.Step{Label: l(name), Value: v, Text: fig("loss."+name, text), Role: r}
	}
	return page.Page{
		ID: "loss", Bookmark: "What an incident costs", Kicker: page.T("What would it cost us?"),
		Title:     page.T("Customer margin, not response cost, is the largest part of the loss"),
		Qualifier: page.T("Mean of one incident, net of insurance: £4.6m, of which marketing carries £2.7m."),
		Blocks: []page.Block{
			page.Exhibit{Title: page.T("Marketing’s margin is £1.9m of £4.6m"), Subtitle: page.T("Mean loss of one incident by line, £m; whisker and words: 90 of 100 modelled incidents; 4,096 trials"),
				Chart: chart.Waterfall{Note: l("owned by marketing"), Steps: []chart.Step{
					s("Customers who leave", 0.74, "0.74", page.Marketing), s("Spending dip of those who stay", 0.41, "0.41", page.Marketing),
					s("Premium given up", 0.22, "0.22", page.Marketing), s("New customers who do not come", 0.08, "0.08", page.Marketing), s("Sales while the shop is closed", 0.45, "0.45", page.Marketing),
					{Label: l("Customer margin lost"), Subtotal: true, Text: fig("severity.customer_margin", "1.90"), Low: 0.02, High: 7.4, Range: l("0.02 to 7.4")},
					s("Vouchers", 0.52, "0.52", page.Marketing), s("Brand campaign", 0.29, "0.29", page.Marketing),
					s("Contact surge", 0.06, "0.06", page.Other), s("Direct response and settlements", 3.1, "3.10", page.Other), s("Paid by insurance", -1.27, "−1.27", page.Other),
					{Label: l("One incident"), Subtotal: true, Text: fig("severity.total", "4.60"), Low: 0.3, High: 21, Range: l("0.3 to 21")},
				}},
				Caption: page.T("Half of all incidents stay contained and cost little: the median is £2.4m, the mean is pulled up by the tail."),
				Source:  page.T("Workbook sheet Loss, rows loss.churned_margin to severity.total.")},
			page.Table{Title: page.T("Who carries the loss"), Subtitle: page.T("£m, one incident and one year, modelled"),
				Columns: []page.Column{{Head: page.T("Owner")}, {Head: page.T("Forms of loss")}, {Head: page.T("Mean of one incident"), Align: page.Decimal}, {Head: page.T("90% range"), Align: page.Right}, {Head: page.T("Expected in a year"), Align: page.Decimal}},
				Rows: []page.Row{
					row("Marketing", "competitive advantage, reputation, productivity", "2.71", "0.02 to 9.4", "0.19"),
					row("Customer service", "response", "0.06", "0 to 0.3", "0.004"),
					row("Security and legal", "response, fines and judgments", "1.83", "0.1 to 12", "0.13"),
					kinded(page.TotalRow, row("Together", "", "4.60", "0.3 to 21", "0.32")),
				},
				Notes: []page.Text{page.T("Ranges do not add up: the worst incidents of each line are not the same incidents.")}, Source: page.T("Workbook sheets Loss and Ranges.")},
		},
	}
}

func options() page.Page {
	return page.Page{
		ID: "options", Bookmark: "The options", Kicker: page.T("Is spending right, and on the right things?"),
		Title:     page.T("The core programme removes most risk per pound; going further adds little"),
		Qualifier: page.T("Doing nothing is an option and has a cost: £0.32m a year in expected loss."),
		Blocks: []page.Block{
			page.Table{Title: page.T("The options side by side"), Subtitle: page.T("£m over three years at 9%, modelled, 4,096 trials; costs with an uplift of 10%"),
				Columns: []page.Column{{Head: page.T("Option")}, {Head: page.T("Cost, present value"), Align: page.Decimal}, {Head: page.T("Loss avoided, present value"), Align: page.Decimal}, {Head: page.T("NPV"), Align: page.Decimal}, {Head: page.T("80% range"), Align: page.Right}, {Head: page.T("Chance over £5m"), Align: page.Decimal}, {Head: page.T("Payback"), Unit: "months", Align: page.Decimal}, {Head: page.T("Next pound returns"), Align: page.Decimal}},
				Rows: []page.Row{
					kinded(page.MutedRow, row("Do nothing", "0", "0", "0", "–", "5.9%", "–", "–")),
					row("Close the doors", "0.66", "1.56", "0.90", "−0.2 to 2.6", "4.6%", "15", "1.36"),
					kinded(page.TintRow, row("Core programme", "2.01", "3.41", "1.40", "−1.1 to 4.9", "3.1%", "22", "0.37")),
					row("Everything", "4.32", "3.52", "−0.80", "−3.5 to 2.4", "2.7%", "none", "−0.95"),
				}, Source: page.T("Workbook sheet Options. Payback is discounted; “none” is not within the horizon.")},
			page.Columns{Cells: []page.Cell{
				{Span: 7, Blocks: []page.Block{page.Exhibit{Title: page.T("Beyond the core programme the line is flat"), Subtitle: page.T("Cost a year and chance of losing over £5m in a year; modelled"),
					Chart: chart.Options{Points: []chart.OptionPoint{
						{Name: l("Do nothing"), Cost: 0, Chance: 0.059}, {Name: l("Close the doors"), Note: l("NPV £0.9m"), Cost: 210e3, Chance: 0.046},
						{Name: l("Core programme"), Note: l("NPV £1.4m"), Cost: 620e3, Chance: 0.031, Recommended: true}, {Name: l("Everything"), Note: l("NPV −£0.8m"), Cost: 1480e3, Chance: 0.027},
					}, Limit: 0.05, LimitFor: l("appetite: at most 5%"), Cost: pounds, Chance: percent, XTitle: "cost a year", YTitle: "chance in a year of losing over £5m"},
					Source: page.T("Workbook sheet Options.")}}},
				{Span: 5, Blocks: []page.Block{
					page.Heading{Text: page.T("What the core programme holds")},
					page.List{Items: []page.Text{page.T("Second factor for staff and suppliers: £120k, then £60k a year"), page.T("One more analyst, and the two open posts filled"), page.T("A rehearsed plan for the first ten days, with an outside call centre on call"), page.T("Less data: accounts unused for three years are removed")}},
					page.Panel{Blocks: []page.Block{page.Paragraph{Text: page.Join(page.B("Dis-benefit: "), page.T("one login in forty takes longer. Entered as a yearly cost of £30k."))}}},
				}},
			}},
		},
	}
}

func money() page.Page {
	var vals []float64
	for i := range 50 {
		z := math.Sqrt2 * math.Erfinv(2*(float64(i)+0.5)/50-1)
		vals = append(vals, (1.1+2.0*z+0.35*z*z)*1e6)
	}
	return page.Page{
		ID: "npv", Bookmark: "Does it pay?", Kicker: page.T("Is spending right?"),
		Title:     page.T("NPV is above zero in 71 of 100 modelled futures"),
		Qualifier: page.T("Without the loss avoided the programme costs £1.7m: it pays only because incidents become rarer."),
		Blocks: []page.Block{
			page.Table{Title: page.T("The core programme year by year"), Subtitle: page.T("£k, year 0 undiscounted, then year ends"),
				Columns: []page.Column{{Head: page.T("")}, {Head: page.T("Year 0"), Align: page.Right}, {Head: page.T("Year 1"), Align: page.Right}, {Head: page.T("Year 2"), Align: page.Right}, {Head: page.T("Year 3"), Align: page.Right}, {Head: page.T("Present value"), Align: page.Right}},
				Rows: []page.Row{
					row("Cash released", "0", "120", "120", "120", "304"),
					row("Expected loss avoided", "0", "674", "1,348", "1,348", "2,794"),
					row("Not valued: fewer audit findings, easier hiring", "", "", "", "", ""),
					row("Costs", "−451", "−682", "−682", "−682", "−2,178"),
					kinded(page.TotalRow, row("Net", "−451", "112", "786", "786", "920")),
					kinded(page.MutedRow, row("Discount factor, 9%", "1.000", "0.917", "0.842", "0.772", "")),
				}, Source: page.T("Workbook sheet Options. Parts may not sum because of rounding.")},
			page.Columns{Cells: []page.Cell{
				{Span: 8, Blocks: []page.Block{page.Exhibit{Title: page.T("Most futures pay, a third do not"), Subtitle: page.T("Fifty equally likely NPVs over three years, £m; modelled, 4,096 trials"),
					Chart: chart.Dots{Kind: "Dot plot", Values: vals, Cuts: []chart.Cut{{Value: 0, Role: page.Ink}},
						Parts: []chart.DotPart{{Role: page.Other, Hollow: true, Label: l("15 of 50 below zero")}, {Role: page.Recommended, Label: fig("npv.chance_positive", "35 of 50 above zero")}}, Tick: pounds, XTitle: "NPV"}}}},
				{Span: 4, Blocks: []page.Block{page.Heading{Text: page.T("How to read it")}, page.Paragraph{Text: page.T("Each dot is one of fifty equally likely answers to what we do not know: how often incidents happen, how much the programme changes that, and how costly the average one is.")},
					page.Paragraph{Text: page.T("It is not what three years will bring: in 83 of 100 nothing happens at all.")}}},
			}},
		},
	}
}
