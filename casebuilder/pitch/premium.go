package pitch

import (
	"casebuilder/casebuilder/chart"
	"casebuilder/casebuilder/page"
)

// premium is page 3: what rests on the service promise, and what is spent to
// keep it.
func (w *writer) premium() page.Page {
	p := w.titled("premium", premiumForm(w))
	p.Blocks = blocks(
		page.Columns{Cells: cells(
			page.Cell{Span: 7, Blocks: blocks(w.promise())},
			page.Cell{Span: 5, Blocks: blocks(page.Panel{Title: w.text("premium.needs.head"), Blocks: blocks(w.bullets("premium.needs"))})})},
	)
	if premiumForm(w) == "premium" {
		left := blocks(w.heading("premium.multiplier.head"))
		left = append(left, w.paragraphs("premium.multiplier")...)
		p.Blocks = append(p.Blocks, page.Columns{Cells: cells(
			page.Cell{Span: 6, Blocks: left},
			page.Cell{Span: 6, Blocks: blocks(w.parity(), w.multipliers())})})
	}
	if premiumForm(w) != "premium" {
		p.Blocks = append(p.Blocks, blocks(w.customer())...)
	}
	p.Blocks = append(p.Blocks, blocks(w.benchmarks())...)
	return p
}

func premiumForm(w *writer) string {
	if n, err := lookUp(w.r, "premium.yearly"); err == nil && n.value > 0 {
		return "premium"
	}
	return "ordinary"
}

// promise sets the margin of the premium against what is spent, on one scale.
func (w *writer) promise() page.Block {
	b := chart.Bars{Kind: w.plain("bars.kind")}
	ids := []string{"premium.yearly", "marketing.budget", "security.budget", "ale.marketing"}
	if premiumForm(w) != "premium" {
		ids = ids[1:]
	}
	for _, id := range ids {
		n, err := lookUp(w.r, id)
		if err != nil || n.value <= 0 {
			continue
		}
		s := chart.Segment{Value: n.value, Role: page.Other, Solid: n.kind == measured, Text: labelOf(w.figure(id))}
		if id == "premium.yearly" || id == "ale.marketing" {
			s.Role = page.Marketing
		}
		b.Rows = append(b.Rows, chart.BarRow{Label: w.label("promise." + id), Segments: []chart.Segment{s}, Bold: id == "premium.yearly", Hatched: id == "ale.marketing"})
	}
	return page.Exhibit{Title: w.text("promise.title." + premiumForm(w)), Subtitle: w.text("promise.subtitle"), Chart: b, Source: w.text("promise.source")}
}

// parity sets the customer margin lost against that of a brand without a
// premium.
func (w *writer) parity() page.Block {
	with, err1 := lookUp(w.r, "severity.customer_margin")
	without, err2 := lookUp(w.r, "premium.parity_margin")
	if err1 != nil || err2 != nil || with.value <= 0 {
		return nil
	}
	b := chart.Bars{Kind: w.plain("bars.kind"), Rows: []chart.BarRow{
		{Label: w.label("parity.with"), Bold: true, Segments: []chart.Segment{{Value: with.value, Role: page.Marketing, Text: labelOf(w.figure("severity.customer_margin"))}}},
		{Label: w.label("parity.without"), Segments: []chart.Segment{{Value: without.value, Role: page.Other, Text: labelOf(w.figure("premium.parity_margin"))}}},
	}}
	return page.Exhibit{Title: w.text("parity.title"), Subtitle: w.text("parity.subtitle"), Chart: b, Source: w.text("parity.source")}
}

// multipliers say which part of the multiplier is arithmetic and which is
// assumption.
func (w *writer) multipliers() page.Block {
	t := page.Table{Columns: []page.Column{{Head: w.text("multipliers.what")}, {Head: w.text("multipliers.value"), Align: page.Decimal}}}
	for _, id := range []string{"premium.multiplier", "premium.arithmetic", "premium.multiplier_without_erosion"} {
		if n, err := lookUp(w.r, id); err == nil && n.value > 0 {
			t.Rows = append(t.Rows, page.Row{Cells: []page.Text{w.text("multipliers." + id), w.spans(sign(id, w.loc.Times(n.value)))}})
		}
	}
	t.Source = w.text("multipliers.source")
	return t
}

// customer is what one customer leaves.
func (w *writer) customer() page.Block {
	t := page.Table{Title: w.text("customer.title"), Columns: []page.Column{{Head: w.text("customer.what")}, {Head: w.text("customer.amount"), Align: page.Right}, {Head: w.text("customer.cell")}}}
	for _, id := range []string{"customer.revenue", "customer.margin", "customers.retention", "customer.value", "customers.acquisition_cost"} {
		if n, err := lookUp(w.r, id); err == nil && n.value > 0 {
			f, _ := figureOf(w.r, id)
			t.Rows = append(t.Rows, page.Row{Cells: []page.Text{w.text("customer." + id), w.figure(id), page.T(f.Cell)}})
		}
	}
	t.Notes = w.list("customer.note")
	return t
}

// benchmarks set what is spent and who is there against published surveys.
func (w *writer) benchmarks() page.Block {
	t := page.Table{Title: w.text("benchmarks.title"), Subtitle: w.text("benchmarks.subtitle"),
		Columns: []page.Column{{Head: w.text("benchmarks.what")}, {Head: w.text("benchmarks.own"), Align: page.Right}, {Head: w.text("benchmarks.published"), Align: page.Right}, {Head: w.text("benchmarks.reading")}}}
	for _, b := range []struct{ own, published, source string }{{"budget_of_it", "budget_of_it", "spend_pct_it"}, {"budget_of_revenue", "budget_of_revenue", "spend_pct_revenue"},
		{"security_of_it", "staff_of_it", "staff_pct_it_2024"}} {
		at := "bench." + b.published
		own, err := lookUp(w.r, "staffing."+b.own)
		low, err1 := lookUp(w.r, at+"_low")
		high, err2 := lookUp(w.r, at+"_high")
		if err != nil || err1 != nil || err2 != nil {
			continue
		}
		form := "within"
		switch {
		case own.value < low.value:
			form = "below"
		case own.value > high.value:
			form = "above"
		}
		t.Rows = append(t.Rows, page.Row{Cells: []page.Text{w.text("benchmarks."+b.own, b.source), w.figure("staffing." + b.own), w.text("benchmarks.range", rangeOf{at + "_low", at + "_high"}), w.text("benchmarks.reading." + form)}})
	}
	t.Notes = w.list("benchmarks.note")
	return t
}
