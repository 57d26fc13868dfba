package pitch

import (
	"slices"

	"casebuilder/casebuilder/chart"
	"casebuilder/casebuilder/money"
	"casebuilder/casebuilder/page"
)

// choices is page 6: the options side by side.
func (w *writer) choices() page.Page {
	p := w.titled("choices", choicesForm(w))
	side := blocks(w.heading("choices.holds.head"), w.holds())
	side = append(side, w.paragraphs("choices.doubts")...)
	p.Blocks = blocks(
		w.worthTable(),
		w.riskTable(),
		page.Columns{Cells: cells(page.Cell{Span: 7, Blocks: blocks(w.frontier())}, page.Cell{Span: 5, Blocks: side})},
		w.note("choices.nothing"),
		w.note("choices.ceiling"),
	)
	return p
}

// choicesForm is the form of the title of page 6.
func choicesForm(w *writer) string {
	v := w.view
	npv := func(o *Option) float64 { n, _ := lookUp(w.r, o.Of("npv")); return n.value }
	switch {
	case !v.Pays && v.Best != nil && npv(v.Best) <= 0:
		return "none"
	case len(v.Options) == 1:
		return "single"
	case v.Best.ID == v.Subject.ID && v.Dearer != nil && w.next(v.Dearer) < 0:
		return "most"
	case v.Best.ID == v.Subject.ID && v.Dearer == nil:
		return "largest"
	case v.Best.ID == v.Subject.ID:
		return "best"
	}
	return "inside" // another earns more, but is not inside appetite
}

// next returns what an option adds to the NPV of the next cheaper one.
func (w *writer) next(o *Option) float64 {
	n, _ := lookUp(w.r, o.Next("npv"))
	return n.value
}

// ordered are the options in the order of cost.
func (w *writer) ordered() []Option {
	var out []Option
	for _, id := range byCost(w.r) {
		out = append(out, *pick(w.r, id))
	}
	return out
}

func ids(os []Option, of func(Option) string) []string {
	var out []string
	for _, o := range os {
		out = append(out, of(o))
	}
	return out
}

func kindOf(o Option) page.RowKind {
	if o.Recommended {
		return page.TintRow
	}
	return page.PlainRow
}

// tight says whether the tables of page 6 are set tight.
func (w *writer) tight(options int) bool { return options > 4 || w.opt.Paper == page.Letter }

// worthTable is what each option costs and returns.
func (w *writer) worthTable() page.Block {
	os := w.ordered()
	of := func(figure string) []string { return ids(os, func(o Option) string { return o.Of(figure) }) }
	amounts := w.fine(slices.Concat(of("cost.pv"), of("avoided.pv"), of("saves.pv"), of("npv"), of("npv.p10"), of("npv.p50"), of("npv.p90"))...)
	saves := slices.ContainsFunc(os, func(o Option) bool { n, _ := lookUp(w.r, o.Of("saves.pv")); return n.value > 0 })
	t := page.Table{Title: w.text("worth.title"), Subtitle: w.text("worth.subtitle", amounts.unit()), Tight: w.tight(len(os)),
		Columns: []page.Column{{Head: w.text("worth.option")}, {Head: w.text("worth.cost"), Align: page.Decimal}, {Head: w.text("worth.avoided"), Align: page.Decimal}}}
	if saves {
		t.Columns = append(t.Columns, page.Column{Head: w.text("worth.saves"), Align: page.Decimal})
	}
	t.Columns = append(t.Columns, page.Column{Head: w.text("worth.npv"), Align: page.Decimal}, page.Column{Head: w.text("worth.range"), Align: page.Right},
		page.Column{Head: w.text("worth.pays"), Align: page.Right}, page.Column{Head: w.text("worth.rosi"), Align: page.Decimal})
	for _, o := range os {
		cells := []page.Text{page.T(o.Name), amounts.cell(o.Of("cost.pv")), amounts.cell(o.Of("avoided.pv"))}
		if saves {
			cells = append(cells, amounts.cell(o.Of("saves.pv")))
		}
		rosi := page.T(money.Missing)
		if n, err := lookUp(w.r, o.Of("rosi")); err == nil {
			rosi = w.spans(sign(o.Of("rosi"), w.loc.Share(n.value)))
		}
		cells = append(cells, amounts.cell(o.Of("npv")), page.Join(amounts.cell(o.Of("npv.p10")), page.T(" / "), amounts.cell(o.Of("npv.p50")), page.T(" / "), amounts.cell(o.Of("npv.p90"))),
			w.text("worth.chance", o), rosi)
		t.Rows = append(t.Rows, page.Row{Kind: kindOf(o), Cells: cells})
	}
	t.Notes = w.list("worth.note")
	t.Source = w.text("worth.source")
	return t
}

// riskTable is what risk each option leaves.
func (w *writer) riskTable() page.Block {
	os := w.ordered()
	levels := w.view.Levels[:min(len(w.view.Levels), 4)]
	loss := w.fine(append(ids(os, func(o Option) string { return o.Of("ale.total") }), "ale.total")...)
	t := page.Table{Title: w.text("risk.title"), Subtitle: w.text("risk.subtitle"), Tight: w.tight(len(os)), Columns: []page.Column{{Head: w.text("worth.option")}}}
	var chances []column
	for i, l := range levels {
		c := w.fine(append(ids(os, func(o Option) string { return "appetite:" + l.number() + ":" + o.ID }), l.Today)...)
		chances = append(chances, c)
		t.Columns = append(t.Columns, page.Column{Head: w.text("risk.level", levels[i]), Unit: c.unit(), Align: page.Decimal})
	}
	t.Columns = append(t.Columns, page.Column{Head: w.text("risk.loss"), Unit: loss.unit(), Align: page.Decimal},
		page.Column{Head: w.text("risk.payback"), Align: page.Decimal}, page.Column{Head: w.text("risk.next"), Align: page.Decimal})
	row := page.Row{Kind: page.MutedRow, Cells: []page.Text{w.text("lineup.nothing")}}
	for i, l := range levels {
		row.Cells = append(row.Cells, chances[i].cell(l.Today))
	}
	t.Rows = append(t.Rows, page.Row{Kind: row.Kind, Cells: append(row.Cells, loss.cell("ale.total"), page.T(money.Missing), page.T(money.Missing))})
	for _, o := range os {
		cells := []page.Text{page.T(o.Name)}
		for i, l := range levels {
			cells = append(cells, chances[i].cell("appetite:"+l.number()+":"+o.ID))
		}
		payback := w.text("risk.never")
		if n, err := lookUp(w.r, o.Of("payback_months")); err == nil {
			payback = w.spans(sign(o.Of("payback_months"), w.loc.Number(n.value)))
		}
		next := page.T(money.Missing)
		if n, err := lookUp(w.r, o.Next("return")); err == nil {
			next = w.spans(sign(o.Next("return"), w.loc.Number(n.value)))
		}
		t.Rows = append(t.Rows, page.Row{Kind: kindOf(o), Cells: append(cells, loss.cell(o.Of("ale.total")), payback, next)})
	}
	t.Notes = w.list("risk.note")
	t.Source = w.text("risk.source")
	return t
}

// frontier sets what each option costs against the risk that it leaves.
func (w *writer) frontier() page.Block {
	l := w.view.Level
	c := chart.Options{Kind: w.plain("frontier.kind"), Cost: w.moneyTick, Chance: w.shareTick, XTitle: w.plain("frontier.x"), YTitle: w.plain("frontier.y")}
	chanceOf := func(id string) string {
		if l == nil {
			return "options." + id + ".ale.total"
		}
		return w.levelOf(id)
	}
	today := "ale.total"
	if l != nil {
		today = l.Today
		n, _ := lookUp(w.r, l.Chance)
		c.Limit, c.LimitFor = n.value, w.label("frontier.limit")
	} else {
		c.Chance = w.moneyTick
	}
	n, err := lookUp(w.r, today)
	if err != nil || n.value <= 0 {
		return nil
	}
	c.Points = append(c.Points, chart.OptionPoint{Name: w.label("lineup.nothing"), Chance: n.value, Recommended: false})
	form := "flat"
	for _, o := range w.ordered() {
		cost, err1 := lookUp(w.r, o.Of("cost.yearly"))
		chance, err2 := lookUp(w.r, chanceOf(o.ID))
		if err1 != nil || err2 != nil {
			return nil
		}
		if chance.value < visible*n.value {
			form = "falls"
		}
		c.Points = append(c.Points, chart.OptionPoint{Name: page.L(o.Name), Note: w.label("frontier.note", o), Cost: cost.value, Chance: chance.value, Recommended: o.Recommended})
	}
	if form == "falls" && flattens(c) {
		form = "flattens"
	}
	return page.Exhibit{Title: w.text("frontier.title." + form), Subtitle: w.text("frontier.subtitle"), Chart: c, Source: w.text("frontier.source"), Greatest: 190}
}

// flattens reports whether the frontier of a chart falls less for each unit of
// cost at its dear end than from its cheap one.
func flattens(c chart.Options) bool {
	f := c.Frontier()
	if len(f) < 3 {
		return false
	}
	slope := func(a, b chart.OptionPoint) float64 { return (a.Chance - b.Chance) / max(b.Cost-a.Cost, 1e-9) }
	n := len(f)
	return slope(f[n-2], f[n-1]) < slope(f[0], f[1])/2
}

// holds lists what the subject is made of.
func (w *writer) holds() page.Block {
	o := optionOf(w.r, w.view.Subject.ID)
	var items []page.Text
	for i, in := range o.Initiatives {
		if i == 6 {
			items = append(items, w.text("choices.more", len(o.Initiatives)-i))
			break
		}
		at := "initiative:" + o.ID + ":" + in.ID + ":"
		items = append(items, w.text("choices.holds", initiative{clean(in.Name), at + "one_off", at + "per_year", in.OneOff > 0, in.PerYear > 0}))
	}
	return page.List{Items: items}
}

// initiative is one of the subject's, for its text.
type initiative struct {
	Name             string
	OneOff, PerYear  string // IDs
	HasOnce, HasYear bool
}
