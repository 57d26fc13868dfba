// Package specimen is a paper of ten pages and an appendix with every block
// and every chart in it, filled with invented numbers, and a paper of
// everything that goes wrong in papers. Tests draw them; what stands in them
// is no result of the model.
package specimen

import (
	"fmt"
	"math"
	"time"

	"casebuilder/casebuilder/chart"
	"casebuilder/casebuilder/page"
)

func l(s string) page.Label { return page.L(s) }

func fig(id, s string) page.Label { return page.Label{Text: s, Figure: id} }

func cells(ss ...string) []page.Text {
	out := make([]page.Text, len(ss))
	for i, s := range ss {
		out[i] = page.T(s)
	}
	return out
}

func row(ss ...string) page.Row { return page.Row{Cells: cells(ss...)} }

func kinded(k page.RowKind, r page.Row) page.Row { r.Kind = k; return r }

// pounds prints an amount in millions as the specimen does.
func pounds(v float64) string {
	s := ""
	if v < 0 {
		s, v = "−", -v
	}
	switch {
	case v == 0:
		return "£0"
	case v >= 1e6:
		return fmt.Sprintf("%s£%gm", s, math.Round(v/1e5)/10)
	case v >= 1e3:
		return fmt.Sprintf("%s£%gk", s, math.Round(v/1e3))
	}
	return fmt.Sprintf("%s£%.0f", s, v)
}

func percent(v float64) string { return fmt.Sprintf("%g%%", math.Round(v*1000)/10) }

func thousands(v float64) string {
	s := fmt.Sprintf("%.0f", v)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

func exceedance(scale float64) []chart.XY {
	var out []chart.XY
	for i := range 25 {
		x := float64(i) * 26e6 / 24
		out = append(out, chart.XY{X: x, Y: scale * math.Exp(-math.Pow(x/5.2e6, 0.72))})
	}
	return out
}

// Document returns the specimen.
func Document(paper page.Paper) *page.Document {
	d := &page.Document{
		Title: "Alder & Finch: the case for funding security", Author: "Office of the CIO", Subject: "Paper for decision",
		Language: "en-GB", AsOf: time.Date(2026, 12, 31, 0, 0, 0, 0, time.UTC), Paper: paper,
		Classification: "Board confidential", Footer: []string{"Alder & Finch, Group", "Case version 3f9c2a", "As of 31 December 2026"},
	}
	d.Pages = []page.Page{memo(), exposure(), premium(), story(), build(), options(), money(), turns(), stake(), plan(), assumptions()}
	return d
}

func memo() page.Page {
	return page.Page{
		ID: "decision", Bookmark: "The decision", Fixed: true,
		Kicker:    page.T("Alder & Finch · Group · for decision"),
		Title:     page.Join(page.T("Approve "), page.F("cost.yearly", "£620k"), page.T(" a year to cut the yearly chance of losing over £5m from 5.9% to 3.1%")),
		Qualifier: page.T("Compared with keeping today’s controls. Modelled, 4,096 trials; costs are mid-year 2026 prices before tax."),
		Blocks: []page.Block{
			page.KeyFigures{Items: []page.KeyFigure{
				{Value: page.F("probability.year", "6.1%"), Label: page.T("chance of an incident in a year"), Range: page.T("90% range 2.9% to 12%")},
				{Value: page.F("severity.total", "£2.4m"), Label: page.T("what one incident costs, median"), Range: page.T("90% range £0.3m to £21m")},
				{Value: page.F("severity.marketing", "58%"), Label: page.T("of it lost in marketing’s margin"), Range: page.T("47% to 66% over all inputs"), Role: page.Marketing},
				{Value: page.F("cost.yearly", "£620k"), Unit: "a year", Label: page.T("asked for three years"), Range: page.T("and £410k once"), Role: page.Recommended},
			}},
			page.Columns{Cells: []page.Cell{
				{Span: 7, Blocks: []page.Block{
					page.Heading{Text: page.T("What we ask the board to decide")},
					page.Paragraph{Text: page.Join(page.T("The audit committee is asked to approve the "), page.B("core programme"), page.T(" by 20 March 2027, funded from the operating budget, and to endorse the appetite for loss stated below."))},
					page.List{Items: []page.Text{
						page.Join(page.T("Today the chance of losing over £5m in a year is 5.9%, "), page.B("outside the 5%"), page.T(" that the board set in May 2026."), page.Ref("1", "ref-1")),
						page.Join(page.T("The programme brings it to 3.1% and costs "), page.F("cost.pv", "£2.0m"), page.T(" in present value over three years."), page.Ref("2", "ref-2")),
						page.T("Its NPV is £1.4m (80% range −£1.1m to £4.9m), so it crosses zero: it pays in 71 of 100 modelled futures."),
						page.T("In 83 of 100 futures nothing happens in three years and nothing comes back."),
						page.T("The dearest option removes little more risk: each further pound returns 12p."),
					}},
					page.Heading{Text: page.T("What we do not claim")},
					page.List{Items: []page.Text{
						page.T("That incidents are ruled out. The chance falls; it does not become zero."),
						page.T("That avoided loss is a saving that a budget can give up."),
						page.T("That cases of other companies tell how often it will happen to us."),
					}},
				}},
				{Span: 5, Blocks: []page.Block{
					page.Table{Title: page.T("Four ways to go on"), Subtitle: page.T("£m over three years, modelled"),
						Columns: []page.Column{{Head: page.T("Option")}, {Head: page.T("Cost a year"), Align: page.Decimal}, {Head: page.T("Chance over £5m"), Align: page.Decimal}, {Head: page.T("NPV"), Align: page.Decimal}},
						Rows: []page.Row{
							row("Do nothing", "0", "5.9%", "0"),
							row("Close the doors", "0.21", "4.6%", "0.9"),
							kinded(page.TintRow, row("Core programme", "0.62", "3.1%", "1.4")),
							row("Everything", "1.48", "2.7%", "−0.8"),
						},
						Source: page.T("Recommended: tinted. Ranges on page 6.")},
					page.Panel{Role: page.Appetite, Title: page.T("Are we within appetite?"), Blocks: []page.Block{
						page.Paragraph{Text: page.Join(page.T("Today: "), page.B("no"), page.T(" at £5m, "), page.B("yes"), page.T(" at £20m. With the core programme: yes at both."))},
					}},
				}},
			}},
			page.Divider{},
			page.Paragraph{Style: page.Note, Text: page.T("Evidence: 113 sourced cases, each predicted from the others: half of the predictions are within a factor of 1.8, and 87% of the 90% intervals hold the truth. The library is selected for fame and overstates ordinary incidents.")},
			page.Paragraph{Style: page.Note, Text: page.T("What would change the answer: a yearly chance of an incident below 3.4%, or an effect of the programme on it below 17%.")},
		},
	}
}

func exposure() page.Page {
	var vals []float64
	for i := range 20 {
		vals = append(vals, 2.4e6*math.Exp(1.15*[]float64{-1.96, -1.44, -1.15, -0.93, -0.76, -0.6, -0.45, -0.32, -0.19, -0.06, 0.06, 0.19, 0.32, 0.45, 0.6, 0.76, 0.93, 1.15, 1.44, 1.96}[i]))
	}
	return page.Page{
		ID: "exposure", Bookmark: "Exposure and appetite", Kicker: page.T("Are we within appetite?"),
		Title:     page.T("Today we are outside appetite at £5m; the core programme brings us inside"),
		Qualifier: page.T("At £20m, the second level that the board set, we are inside with and without it."),
		Blocks: []page.Block{
			page.Exhibit{Title: page.T("The programme takes the curve under both appetite points"),
				Subtitle: page.T("Chance in a year that at least one incident costs more than an amount; modelled, 4,096 trials"),
				Chart: chart.Exceedance{
					Before:   chart.Curve{Name: l("Today 6.1%"), Points: exceedance(0.061)},
					After:    chart.Curve{Name: l("Core programme 3.3%"), Points: exceedance(0.033)},
					Appetite: []chart.AppetitePoint{{Loss: 5e6, Chance: 0.05, Label: l("appetite: at most 5% over £5m")}, {Loss: 20e6, Chance: 0.01, Label: l("appetite: at most 1% over £20m")}},
					Reading:  &chart.Reading{Loss: 3.25e6, Chance: 0.061 * math.Exp(-math.Pow(3.25/5.2, 0.72)), Label: fig("exceedance.read", "Read: a 3-in-100 chance in a year of losing more than £3.2m")},
					Loss:     pounds, Chance: percent, XTitle: "loss from one incident", YTitle: "chance in a year",
				},
				Source: page.T("Workbook sheet Ranges. Appetite approved 14 May 2026.")},
			page.Columns{Cells: []page.Cell{
				{Span: 7, Blocks: []page.Block{page.Exhibit{Title: page.T("Five of twenty futures cost more than £5m"),
					Subtitle: page.T("Twenty equally likely costs of one incident; modelled, 4,096 trials"),
					Chart: chart.Dots{Values: vals, Cuts: []chart.Cut{{Value: 5e6, Label: l("appetite £5m"), Role: page.Appetite}},
						Parts: []chart.DotPart{{Role: page.Other, Label: l("15 of 20 below")}, {Role: page.Appetite, Label: l("5 of 20 above")}},
						Tick:  pounds, XTitle: "cost of one incident"},
					Source: page.T("Workbook sheet Trials.")}}},
				{Span: 5, Blocks: []page.Block{page.Table{Title: page.T("Chance of losing more than …"), Subtitle: page.T("in a year, occurrence basis, modelled"),
					Columns: []page.Column{{Head: page.T("Amount"), Align: page.Left}, {Head: page.T("Today"), Align: page.Decimal}, {Head: page.T("With the core programme"), Align: page.Decimal}},
					Rows:    []page.Row{row("£1m", "4.5%", "2.4%"), row("£2m", "3.7%", "2.0%"), row("£5m", "2.3%", "1.3%"), row("£10m", "1.2%", "0.6%"), row("£20m", "0.4%", "0.2%")},
					Notes:   []page.Text{page.T("Parts may not sum because of rounding.")}}}},
			}},
		},
	}
}

func premium() page.Page {
	return page.Page{
		ID: "premium", Bookmark: "What rests on the promise", Kicker: page.T("What would it cost us?"),
		Title:     page.T("£28m of yearly margin rests on the service promise"),
		Qualifier: page.T("Nine points of margin exist because customers pay more for the service than for the goods."),
		Blocks: []page.Block{
			page.Columns{Cells: []page.Cell{
				{Span: 7, Blocks: []page.Block{page.Exhibit{Title: page.T("A quarter of the margin is the premium for service"),
					Subtitle: page.T("Contribution margin in a year, £m, from the accounts of 2026"),
					Chart: chart.Bars{Rows: []chart.BarRow{
						{Label: l("Contribution margin"), Segments: []chart.Segment{{Value: 105, Role: page.Other, Solid: true, Text: fig("margin", "£105m")}}},
						{Label: l("of it the premium"), Bold: true, Segments: []chart.Segment{{Value: 28, Role: page.Marketing, Solid: true, Text: fig("premium.yearly", "£28m")}}},
						{Label: l("Marketing budget"), Segments: []chart.Segment{{Value: 24, Role: page.Other, Solid: true, Text: l("£24m")}}},
						{Label: l("Security budget"), Segments: []chart.Segment{{Value: 0.9, Role: page.Other, Solid: true, Text: l("£0.9m")}}},
					}}, Source: page.T("Company file; workbook sheet Inputs.")}}},
				{Span: 5, Blocks: []page.Block{page.Panel{Title: page.T("What must be up for the promise to hold"), Blocks: []page.Block{
					page.List{Items: []page.Text{page.T("The shop: all sales are made online."), page.T("The telephone: 85 people answer 4,675 calls a day."), page.T("The goodwill to take a voucher of £10 for an apology.")}},
				}}}},
			}},
			page.Heading{Text: page.T("A brand that charges for service loses more when service stops"), Bookmark: true},
			page.Columns{Cells: []page.Cell{
				{Span: 6, Blocks: []page.Block{
					page.Paragraph{Text: page.T("The same incident costs a brand without a premium less, since each customer who leaves takes less margin along. Of the factor of 1.5, a factor of 1.36 is arithmetic: more margin stands behind each customer. The rest is an assumption, that a premium is given up faster than custom.")},
					page.Paragraph{Text: page.Join(page.T("Evidence on the other side: in a field study with a control group, loyal customers cut their spending less than others."), page.Ref("3", "ref-3"), page.T(" We show the result with this assumption at zero beside every headline."))},
				}},
				{Span: 6, Blocks: []page.Block{page.Exhibit{Title: page.T("The premium makes the loss one and a half times as large"),
					Subtitle: page.T("Customer margin lost in one incident, mean; modelled"),
					Chart: chart.Bars{Grouped: true, Series: []page.Label{l("with the premium"), l("parity brand")}, Rows: []chart.BarRow{
						{Label: l("As assumed"), Segments: []chart.Segment{{Value: 1.9, Role: page.Marketing, Text: l("£1.9m")}, {Value: 1.27, Role: page.Other, Text: l("£1.3m")}}},
						{Label: l("No premium lost"), Segments: []chart.Segment{{Value: 1.73, Role: page.Marketing, Text: l("£1.7m")}, {Value: 1.27, Role: page.Other, Text: l("£1.3m")}}},
					}}}}},
			}},
		},
	}
}
