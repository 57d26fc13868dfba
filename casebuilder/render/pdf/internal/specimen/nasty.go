package specimen

import (
	"fmt"
	"math"
	"strings"
	"time"

	"casebuilder/casebuilder/chart"
	"casebuilder/casebuilder/page"
)

// names that a company file may hold.
var nasty = []string{
	"A",
	"Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft mbH & Co. KGaA",
	strings.Repeat("Mississippi River Insurance Holdings ", 6),
	strings.Repeat("x", 200),
	"株式会社サイバー保険", "שמירה על פרטיות", "شركة التأمين", "Zażółć gęślą jaźń 😀 ₹ ✓", "tab\tline\nbreak \u202eevil\u202c \x00 nul", "a/b\\c..(d)) endobj >> stream",
}

// amounts of one column: tiny, huge, negative, of three decimals.
var amounts = []string{"0.01", "0", "−0.004", "1,234.567", "100,000,000,000,000", "¥9,876,543,210,987", "—", "not within the horizon", "12", "KWD 0.125"}

// Nasty returns a paper with endless names, amounts from 0.01 to 10¹⁴, scripts
// without a glyph, twelve options, none, and empty blocks.
func Nasty(paper page.Paper) *page.Document {
	d := &page.Document{Title: nasty[8], Author: nasty[4], Subject: nasty[6], Language: "en", AsOf: time.Date(1979, 12, 31, 23, 0, 0, 0, time.UTC), Paper: paper,
		Classification: strings.Repeat("very confidential ", 20), Footer: []string{nasty[2], nasty[3], nasty[4]}}
	for i, n := range nasty {
		t := page.Table{Title: page.T(n), Columns: []page.Column{{Head: page.T("Option")}, {Head: page.T("Present value of all costs"), Unit: "millions of pounds", Align: page.Decimal}, {Head: page.T("NPV"), Align: page.Decimal}, {Head: page.T("Range"), Align: page.Right}}}
		op := chart.Options{Limit: 0.05, LimitFor: l("appetite"), Cost: pounds, Chance: percent, XTitle: "cost", YTitle: "chance"}
		to := chart.Tornado{Mid: 1, Middle: l(n), Tick: pounds, Head: l("zero at"), Low: l("low"), High: l("high")}
		for k := range 12 {
			t.Rows = append(t.Rows, page.Row{Kind: page.RowKind(k % 5), Cells: cells(nasty[(i+k)%len(nasty)], amounts[k%len(amounts)], amounts[(k+3)%len(amounts)], amounts[(k+5)%len(amounts)])})
			op.Points = append(op.Points, chart.OptionPoint{Name: l(nasty[(i+k)%len(nasty)]), Note: l("NPV " + amounts[k%len(amounts)]), Cost: float64(k*k%7) * 1e5, Chance: 0.06 / float64(1+k%5), Recommended: k == 3})
			to.Swings = append(to.Swings, chart.Swing{Label: l(nasty[(i+k)%len(nasty)]), Low: -math.Pow(10, float64(k-2)), High: math.Pow(10, float64(12-k)), LowText: l(amounts[k%len(amounts)]), HighText: l(amounts[(k+1)%len(amounts)]), Switch: l(amounts[(k+2)%len(amounts)]), Flips: true})
		}
		d.Pages = append(d.Pages, page.Page{ID: fmt.Sprint("p", i), Kicker: page.T(n + " " + n), Title: page.T(strings.TrimSpace(strings.Repeat(n+" ", 1+i%3))), Qualifier: page.T(n),
			Blocks: []page.Block{
				page.KeyFigures{Items: []page.KeyFigure{{Value: page.T("£100,000,000,000,000"), Unit: "a year", Label: page.T(n), Range: page.T(n)}, {Value: page.T("0"), Label: page.T("nothing")}, {Value: page.T("¥9,876,543,210,987"), Label: page.T(n)}, {}}},
				page.Columns{Cells: []page.Cell{{Span: 7, Blocks: []page.Block{page.Paragraph{Text: page.T(n)}, page.List{Items: []page.Text{page.T(n), nil, page.T(n)}}}}, {Span: 5, Blocks: []page.Block{t, page.Panel{Title: page.T(n), Blocks: []page.Block{page.Paragraph{Text: page.T(n)}}}}}}},
				page.Columns{Cells: []page.Cell{{Span: 7, Blocks: []page.Block{page.Exhibit{Title: page.T(n), Subtitle: page.T(n), Chart: op, Source: page.T(n), Caption: page.T(n)}}}, {Span: 5, Blocks: []page.Block{page.Exhibit{Title: page.T("empty"), Chart: chart.Bars{}}, page.Exhibit{Title: page.T("none"), Chart: chart.Options{}}}}}},
				page.Exhibit{Title: page.T(n), Chart: to},
				page.Table{Columns: []page.Column{{}}, Rows: nil},
				t,
				page.Heading{Text: page.T(n)}, page.Paragraph{Text: page.T(strings.Repeat(n+" and so on; ", 60))},
				page.Paragraph{Style: page.Note, Text: page.T(n)}, page.Space{Points: 1000}, page.Break{}, page.Heading{Text: page.T("alone")},
			}})
	}
	return d
}
