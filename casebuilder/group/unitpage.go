package group

import (
	"casebuilder/casebuilder/chart"
	"casebuilder/casebuilder/page"
)

// unitPages are a page for each unit, that with the largest expected loss
// first: what a year can cost it, who carries the loss, what is asked for.
func (w *writer) unitPages() (out []page.Page) {
	for k, u := range w.c.BySize() {
		out = append(out, w.unitPage(&u, w.v.Largest[k]))
	}
	return out
}

func (w *writer) unitPage(u *Member, v unitView) page.Page {
	form := "option"
	if u.Option == "" {
		form = "nothing"
	}
	text := func(name string) page.Text { return w.text("unit."+name, v) }
	p := page.Page{ID: v.ID + "page", Bookmark: v.Name, Kicker: text("kicker"), Title: text("title." + form), Qualifier: text("qualifier")}
	key := func(name string, role page.Role) page.KeyFigure {
		return page.KeyFigure{Value: text("key." + name), Label: text("key." + name + ".label"), Range: text("key." + name + ".range"), Role: role}
	}
	band := page.KeyFigures{Items: []page.KeyFigure{key("chance", page.Ink), key("ale", page.Ink), key("marketing", page.Marketing), key("tail", page.Ink)}}
	e := chart.Exceedance{Kind: w.plain("curve.kind"), Before: chart.Curve{Name: w.label("curve.today"), Points: xy(u.Today)}, MaxLoss: u.Today[steps].Loss,
		Loss: w.MoneyTick, Chance: w.ShareTick, XTitle: w.plain("curve.x"), YTitle: w.plain("curve.y")}
	if w.c.Subject > 0 {
		e.After = chart.Curve{Name: w.label("curve.after"), Points: xy(u.After)}
	}
	var ids []string
	for _, o := range w.c.Owners {
		ids = append(ids, v.Of("owner."+o))
	}
	amount := w.Fine(append(ids, v.Of("ale"))...)
	carried := page.Table{Title: text("carried.title"), Subtitle: text("carried.subtitle"), Notes: w.list("stake.note.rounding"),
		Columns: []page.Column{{Head: text("function"), Share: 2}, {Head: text("ale"), Unit: amount.Unit(), Align: page.Decimal}}}
	for k, o := range w.c.Owners {
		carried.Rows = append(carried.Rows, page.Row{Cells: []page.Text{w.text("owner." + o), amount.Cell(ids[k])}})
	}
	carried.Rows = append(carried.Rows, page.Row{Kind: page.TotalRow, Cells: []page.Text{text("all"), amount.Cell(v.Of("ale"))}})
	asked := page.Table{Title: text("asked.title"), Subtitle: text("asked.subtitle"), Columns: []page.Column{{Head: text("figure"), Share: 3}, {Head: text("amount"), Align: page.Right}}}
	row := func(figure string) {
		asked.Rows = append(asked.Rows, page.Row{Cells: []page.Text{text("asked." + figure), w.text("unit.amount.of", v.Of(figure))}})
	}
	if u.Option != "" {
		for _, figure := range []string{"cost.yearly", "avoided", "npv", "npv.low", "npv.high"} {
			row(figure)
		}
	}
	if len(w.c.Programmes) > 0 {
		row("shared.cost.yearly")
		row("shared.npv")
	}
	p.Blocks = blocks(band,
		page.Exhibit{Anchor: v.ID + "curve", Title: text("curve.title"), Subtitle: text("curve.subtitle"), Chart: e, Source: text("curve.source"), Greatest: 210},
		page.Columns{Cells: []page.Cell{{Span: 6, Blocks: blocks(carried)}, {Span: 6, Blocks: blocks(asked)}}}, page.Divider{}, page.Paragraph{Style: page.Note, Text: text("grade")})
	return p
}
