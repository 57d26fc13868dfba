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
	os := w.shown(mostCompared)
	if w.brief("choices") {
		os, side = w.shown(briefCompared), nil
		for i := range os {
			os[i].Name = shortened(os[i].Name, briefName)
		}
	}
	worth, risk := w.worthTable(os), w.riskTable(os)
	nothing := w.note("choices.nothing")
	if w.brief("choices") {
		nothing = nil
	}
	p.Blocks = blocks(
		worth,
		risk,
		page.Columns{Cells: cells(page.Cell{Span: 7, Blocks: blocks(w.frontier())}, page.Cell{Span: 5, Blocks: side})},
		w.note("choices.others", len(w.view.Options)-len(os)),
		nothing,
		w.note("choices.ceiling"),
	)
	return p
}

// The tables of page 6 hold so many options; the chart and the workbook have
// them all.
const (
	mostNamed     = 6 // of the points of the chart; of more, the ends and the subject
	mostCompared  = 7
	briefCompared = 4
	briefName     = 40 // characters
)

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
func (w *writer) worthTable(os []Option) page.Table {
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
	return t
}

// riskTable is what risk each option leaves.
func (w *writer) riskTable(os []Option) page.Table {
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
	all := w.ordered()
	for i, o := range all {
		cost, err1 := lookUp(w.r, o.Of("cost.yearly"))
		chance, err2 := lookUp(w.r, chanceOf(o.ID))
		if err1 != nil || err2 != nil {
			return nil
		}
		if chance.value < visible*n.value {
			form = "falls"
		}
		c.Points = append(c.Points, chart.OptionPoint{Name: page.L(o.Name), Note: w.label("frontier.note", o), Cost: cost.value, Chance: chance.value, Recommended: o.Recommended,
			Quiet: len(all) > mostNamed && o.ID != w.view.Subject.ID && i > 0 && i < len(all)-1})
	}
	if form == "falls" {
		form = fall(c.Points)
	}
	return page.Exhibit{Title: w.text("frontier.title." + form), Subtitle: w.text("frontier.subtitle"), Chart: c, Source: w.text("frontier.source"), Greatest: 190}
}

// fall says how risk falls from one option to the next dearer one: single
// where there is one option, mixed where some dearer option leaves no less, first where
// the first step lowers it most for its cost, last where the last does least,
// else falls.
func fall(ps []chart.OptionPoint) string {
	var slopes []float64
	for i := 1; i < len(ps); i++ {
		if ps[i].Chance >= ps[i-1].Chance {
			return "mixed"
		}
		slopes = append(slopes, (ps[i-1].Chance-ps[i].Chance)/max(ps[i].Cost-ps[i-1].Cost, 1e-9))
	}
	n := len(slopes)
	switch {
	case n == 1:
		return "single"
	case slopes[0] > 1.2*slices.Max(slopes[1:]):
		return "first"
	case 1.2*slopes[n-1] < slices.Min(slopes[:n-1]):
		return "last"
	}
	return "falls"
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
