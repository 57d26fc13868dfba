package pdf_test

import (
	"bytes"
	"fmt"
	"time"

	"casebuilder/casebuilder/chart"
	"casebuilder/casebuilder/page"
	"casebuilder/casebuilder/render/pdf"
)

func ExampleRender() {
	d := &page.Document{
		Title: "A paper", Language: "en-GB", AsOf: time.Date(2026, 12, 31, 0, 0, 0, 0, time.UTC),
		Pages: []page.Page{{
			ID: "decision", Title: page.T("Approve £620k a year"),
			Blocks: []page.Block{
				page.Paragraph{Text: page.Join(page.T("It costs "), page.F("cost.yearly", "£620k"), page.T(" a year."))},
				page.Exhibit{Title: page.T("Most of it is salaries"), Chart: chart.Bars{Rows: []chart.BarRow{
					{Label: page.L("Salaries"), Segments: []chart.Segment{{Value: 420, Role: page.Recommended, Text: page.L("£420k")}}},
					{Label: page.L("Software"), Segments: []chart.Segment{{Value: 200, Role: page.Other, Text: page.L("£200k")}}},
				}}},
			},
		}},
	}
	file, report, err := pdf.Render(d)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(bytes.HasPrefix(file, []byte("%PDF-1.7")), report.Sheets, report.Figures[0].Figure, report.Figures[0].Text, len(report.Problems()))
	// Output: true 1 cost.yearly £620k 0
}
