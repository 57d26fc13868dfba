package pitch

import (
	"slices"
	"strconv"

	"casebuilder/casebuilder/chart"
	"casebuilder/casebuilder/page"
)

// worth is page 7: whether it pays, year by year and over all futures.
func (w *writer) worth() page.Page {
	p := w.titled("npv", worthForm(w.view))
	left := blocks(w.futures())
	right := blocks(w.heading("npv.read.head"))
	right = append(right, w.paragraphs("npv.read")...)
	p.Blocks = blocks(
		w.years(),
		page.Columns{Cells: cells(page.Cell{Span: 7, Blocks: left}, page.Cell{Span: 5, Blocks: right})},
		w.without(),
	)
	return p
}

// worthForm is the form of the title of page 7.
func worthForm(v View) string {
	switch {
	case !v.Pays:
		return "loses"
	case v.Verdict == "neutral":
		return "balanced"
	}
	return "pays"
}

// years is the year table of the subject.
func (w *writer) years() page.Block {
	o := subject(w.r)
	t := page.Table{Title: w.text("years.title"), Columns: []page.Column{{}}}
	year := func(field string, i int) string { return "years:" + o.ID + ":" + strconv.Itoa(i) + ":" + field }
	metric := func(name string) string { return "options." + o.ID + "." + name }
	var all []string
	for i := range o.Years {
		t.Columns = append(t.Columns, page.Column{Head: w.text("years.year", i), Align: page.Right})
		for _, f := range []string{"cost", "saves", "avoided", "net"} {
			all = append(all, year(f, i))
		}
	}
	all = append(all, metric("cost.pv"), metric("avoided.pv"), metric("npv"))
	t.Columns = append(t.Columns, page.Column{Head: w.text("years.pv"), Align: page.Right})
	c := w.whole(all...)
	t.Subtitle = w.text("years.subtitle", c.unit())
	rounded := false
	row := func(kind page.RowKind, name, field, sign, pv string) {
		r := page.Row{Kind: kind, Cells: []page.Text{w.text("years." + name)}}
		for i := range o.Years {
			r.Cells = append(r.Cells, c.cell(sign+year(field, i)))
		}
		t.Rows = append(t.Rows, page.Row{Kind: kind, Cells: append(r.Cells, c.cell(sign+pv))})
	}
	row(page.PlainRow, "saves", "saves", "", metric("saves.pv"))
	row(page.PlainRow, "avoided", "avoided", "", metric("avoided.pv"))
	if len(o.NotValued) > 0 {
		blank := make([]page.Text, len(o.Years)+2)
		blank[0] = w.text("years.not_valued")
		t.Rows = append(t.Rows, page.Row{Cells: blank})
	}
	row(page.PlainRow, "cost", "cost", "-", metric("cost.pv"))
	row(page.TotalRow, "net", "net", "", metric("npv"))
	factors := page.Row{Kind: page.MutedRow, Cells: []page.Text{w.text("years.factor")}}
	for i := range o.Years {
		id := year("factor", i)
		n, _ := lookUp(w.r, id)
		factors.Cells = append(factors.Cells, page.F(id, w.loc.Fixed(n.value, 3)))
	}
	t.Rows = append(t.Rows, page.Row{Kind: factors.Kind, Cells: append(factors.Cells, nil)})
	for i := range o.Years {
		rounded = rounded || !c.sums([]string{year("saves", i), year("avoided", i), "-" + year("cost", i)}, year("net", i))
	}
	if rounded || !c.sums([]string{metric("saves.pv"), metric("avoided.pv"), "-" + metric("cost.pv")}, metric("npv")) {
		t.Notes = w.list("note.rounding")
	}
	t.Notes = append(t.Notes, w.list("years.note")...)
	t.Source = w.text("years.source")
	return t
}

// whole is a column of sums of inputs: three figures for the largest, and no
// more decimals for the others.
func (w *writer) whole(ids ...string) column {
	c := column{w: w, f: w.loc.Format(w.r.Currency, w.cur).Figures(3)}
	var values []float64
	for _, id := range ids {
		if n, err := lookUp(w.r, id); err == nil {
			values = append(values, n.value)
		}
	}
	c.f = c.f.Column(values...)
	c.suffix = scaleSuffix(c.f.Scale())
	return c
}

// futures are a hundred equally likely net present values.
func (w *writer) futures() page.Block {
	vs := w.r.Exhibits.NPV[w.view.Subject.ID]
	if len(vs) == 0 || slices.Max(vs) <= slices.Min(vs) {
		return nil
	}
	return page.Exhibit{Title: w.text("futures.title." + futuresForm(vs)), Subtitle: w.text("futures.subtitle"),
		Chart: chart.Dots{Kind: w.plain("dots.kind"), Values: vs, Cuts: []chart.Cut{{Value: 0, Role: page.Ink}},
			Parts: []chart.DotPart{{Role: page.Other, Hollow: true, Label: w.label("futures.below")}, {Role: page.Recommended, Label: w.label("futures.above")}},
			Tick:  w.moneyTick, XTitle: w.plain("futures.x")},
		Source: w.text("futures.source")}
}

// futuresForm is the form of the title of the dots, from the dots themselves.
func futuresForm(vs []float64) string {
	switch n := int(shareOver(vs, 0)*float64(len(vs)) + 0.5); {
	case n == 0:
		return "none"
	case n == len(vs):
		return "all"
	case 2*n > len(vs):
		return "most"
	case 2*n == len(vs):
		return "half"
	}
	return "few"
}

// without is the NPV with parts of it left out.
func (w *writer) without() page.Block {
	o := w.view.Subject
	list := []string{"npv", "npv.without_response", "npv.without_avoided"}
	c := w.fine(append(ids([]Option{*o}, func(o Option) string { return o.Of("npv") }), o.Of("npv.without_response"), o.Of("npv.without_avoided"), "runs:no_premium_loss:npv")...)
	t := page.Table{Title: w.text("without.title"), Columns: []page.Column{{Head: w.text("without.what")}, {Head: w.text("without.npv"), Unit: c.unit(), Align: page.Decimal}, {Head: w.text("without.why")}}}
	for _, name := range list {
		t.Rows = append(t.Rows, page.Row{Cells: []page.Text{w.text("without." + name + ".row"), c.cell(o.Of(name)), w.text("without." + name + ".why")}})
	}
	t.Source = w.text("without.source")
	return t
}
