package group

import (
	"fmt"
	"slices"
	"strings"

	"casebuilder/casebuilder/chart"
	"casebuilder/casebuilder/money"
	"casebuilder/casebuilder/page"
	"casebuilder/casebuilder/pitch"
)

// How many units charts and tables show: the largest; the workbook has all.
const (
	mostTail   = 8
	mostPanels = 24
	mostBeside = 12
	mostBars   = 14
	mostRows   = 32
)

// decisionForm is the form of the title of page 1.
func decisionForm(c *Case, v *view) string {
	switch {
	case c.Subject == 0:
		return "exposure"
	case c.Verdict == unfavourable:
		return "unfavourable"
	case !v.Asked:
		return "nothing"
	case !v.Pays:
		return "price"
	case v.Level == nil || v.Level.same(c):
		return "loss"
	}
	return "favourable"
}

// same reports whether the chance of the level is no lower than today.
func (l *levelView) same(c *Case) bool {
	for i, a := range c.Appetite {
		if l.Loss == fmt.Sprintf("appetite:%d:loss", i+1) {
			return a.By[c.Subject] >= a.By[0]
		}
	}
	return true
}

// decision is page 1: what is asked, what it does, and the line-up.
func (w *writer) decision() (page.Page, bool) {
	p := w.titled("decision", decisionForm(w.c, w.v))
	key := func(name string, role page.Role) page.KeyFigure {
		return page.KeyFigure{Value: w.text("key." + name), Unit: w.plain("key." + name + ".unit"), Label: w.text("key." + name + ".label"), Range: w.text("key." + name + ".range"), Role: role}
	}
	band := page.KeyFigures{Items: []page.KeyFigure{key("chance", page.Ink), key("loss", page.Ink), key("marketing", page.Marketing)}}
	if w.c.Subject > 0 && w.v.Verdict != unfavourable {
		band.Items = append(band.Items, key("cost", page.Recommended))
	} else {
		band.Items = append(band.Items, key("tail", page.Ink))
	}
	left := blocks(w.heading("ask.head"))
	left = append(left, w.paragraphs("ask")...)
	left = append(left, blocks(page.List{Items: w.list("summary")}, w.heading("claims.head"), page.List{Items: w.list("claims")})...)
	right := blocks(w.lineup(), page.Panel{Role: page.Appetite, Title: w.text("appetite.head"), Blocks: w.paragraphs("appetite")})
	p.Blocks = blocks(band, page.Columns{Cells: []page.Cell{{Span: 6, Blocks: left}, {Span: 6, Blocks: right}}}, page.Divider{}, w.note("evidence"), w.note("missing"))
	return p, true
}

// lineup is the table of page 1: doing nothing, the units' options, and the
// shared programmes on top.
func (w *writer) lineup() page.Block {
	if len(w.c.Choices) < 2 {
		return nil
	}
	of := func(figure string) (ids []string) {
		for _, x := range w.c.Choices {
			ids = append(ids, "choice."+string(x.ID)+"."+figure)
		}
		return ids
	}
	costs, ales, npvs := of("cost.yearly"), of("ale"), of("npv")
	var chances []string
	if w.v.Level != nil {
		for _, x := range w.c.Choices {
			chances = append(chances, strings.TrimSuffix(w.v.Level.Loss, "loss")+string(x.ID))
		}
	}
	cost, ale, npv, chance := w.Column(costs...), w.Column(ales...), w.Column(npvs...), w.Column(chances...)
	t := page.Table{Title: w.text("lineup.title"), Subtitle: w.text("lineup.subtitle"), Notes: w.list("lineup.note"),
		Columns: []page.Column{{Head: w.text("lineup.what")}, {Head: w.text("lineup.cost"), Unit: cost.Unit(), Align: page.Decimal}, {Head: w.text("lineup.ale"), Unit: ale.Unit(), Align: page.Decimal}}}
	if w.v.Level != nil {
		t.Columns = append(t.Columns, page.Column{Head: w.text("lineup.chance"), Unit: chance.Unit(), Align: page.Decimal})
	}
	t.Columns = append(t.Columns, page.Column{Head: w.text("lineup.npv"), Unit: npv.Unit(), Align: page.Decimal})
	for k, x := range w.c.Choices {
		row := page.Row{Cells: []page.Text{w.text("lineup." + string(x.ID)), cost.Cell(costs[k]), ale.Cell(ales[k])}}
		if w.v.Level != nil {
			row.Cells = append(row.Cells, chance.Cell(chances[k]))
		}
		row.Cells = append(row.Cells, npv.Cell(npvs[k]))
		if k == w.c.Recommended {
			row.Kind = page.TintRow
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// tailForm is the form of the title of page 2.
func tailForm(c *Case) string {
	us := c.byTail()
	switch {
	case us[0].Tail == 0:
		return "none"
	case len(us) == 1:
		return "one"
	case us[0].Tail >= 0.5:
		return "single"
	case len(us) > 2 && us[0].Tail+us[1].Tail+us[2].Tail >= 0.5:
		return "three"
	}
	return "spread"
}

// tail is page 2: what a year can cost, and which units drive it.
func (w *writer) tail() (page.Page, bool) {
	p := w.titled("tail", tailForm(w.c))
	c := w.c
	e := chart.Exceedance{Kind: w.plain("curve.kind"), Before: chart.Curve{Name: w.label("curve.today"), Points: xy(c.Now().Curve)}, MaxLoss: c.Now().Curve[steps].Loss,
		Loss: w.MoneyTick, Chance: w.ShareTick, XTitle: w.plain("curve.x"), YTitle: w.plain("curve.y")}
	if c.Subject > 0 {
		e.After = chart.Curve{Name: w.label("curve.after"), Points: xy(c.Then().Curve)}
	}
	for i, l := range w.v.Levels {
		e.Appetite = append(e.Appetite, chart.AppetitePoint{Loss: c.Appetite[i].Loss, Chance: c.Appetite[i].Chance, Label: w.label("curve.level", l)})
	}
	if q := c.Levels[1].Group; q > 0 && q < e.MaxLoss {
		e.Reading = &chart.Reading{Loss: q, Chance: 1 - c.Levels[1].Level, Label: w.label("curve.reading")}
	}
	bars := chart.Bars{Kind: w.plain("drive.kind"), Grouped: true, Series: []page.Label{w.label("drive.tail"), w.label("drive.ale")}}
	for k, u := range c.byTail() {
		if k == mostTail {
			break
		}
		v := w.v.Top[k]
		bars.Rows = append(bars.Rows, chart.BarRow{Label: page.L(v.Name), Segments: []chart.Segment{
			{Value: u.Tail, Role: page.Recommended, Text: w.label("drive.amount", v.Of("tail"))},
			{Value: ratio(u.ALE, c.ALE), Role: page.Other, Text: w.label("drive.amount", v.Of("ale.share"))}}})
	}
	form := "today"
	if c.Subject > 0 && c.Then().Chance < c.Now().Chance {
		form = "lower"
	}
	drive := page.Exhibit{Anchor: "drive", Title: w.text("drive.title"), Subtitle: w.text("drive.subtitle"), Chart: bars, Source: w.text("drive.source", max(0, len(c.Units)-mostTail))}
	right := blocks(w.quantiles(), w.heading("diversification.head"))
	right = append(right, w.paragraphs("diversification")...)
	p.Blocks = blocks(
		page.Exhibit{Anchor: "curve", Title: w.text("curve.title." + form), Subtitle: w.text("curve.subtitle"), Chart: e, Source: w.text("curve.source"), Greatest: 210},
		page.Columns{Cells: []page.Cell{{Span: 6, Blocks: []page.Block{drive}}, {Span: 6, Blocks: right}}})
	return p, true
}

func xy(ps []Point) []chart.XY {
	out := make([]chart.XY, len(ps))
	for i, p := range ps {
		out[i] = chart.XY{X: p.Loss, Y: p.Chance}
	}
	return out
}

// quantiles is the table of bad years: the group's beside the sum of the
// units' own.
func (w *writer) quantiles() page.Block {
	var ids []string
	for _, q := range w.c.Levels {
		at := fmt.Sprintf("group.p%.0f", 100*q.Level)
		ids = append(ids, fmt.Sprintf("choice.nothing.p%.0f", 100*q.Level), fmt.Sprintf("then.p%.0f", 100*q.Level), at+".sum", at+".apart")
	}
	col := w.Fine(ids...)
	t := page.Table{Title: w.text("years.title"), Subtitle: w.text("years.subtitle"), Notes: w.list("years.note"),
		Columns: []page.Column{{Head: w.text("years.year")}, {Head: w.text("years.today"), Unit: col.Unit(), Align: page.Decimal}}}
	add := func(name string) {
		t.Columns = append(t.Columns, page.Column{Head: w.text(name), Unit: col.Unit(), Align: page.Decimal})
	}
	if w.c.Subject > 0 {
		add("years.after")
	}
	if len(w.c.Platforms) > 0 {
		add("years.apart")
	}
	add("years.sum")
	for _, q := range w.c.Levels {
		at := fmt.Sprintf("group.p%.0f", 100*q.Level)
		row := page.Row{Cells: []page.Text{w.text("years.name", fmt.Sprintf("%.0f", 1/(1-q.Level))), col.Cell(fmt.Sprintf("choice.nothing.p%.0f", 100*q.Level))}}
		if w.c.Subject > 0 {
			row.Cells = append(row.Cells, col.Cell(fmt.Sprintf("then.p%.0f", 100*q.Level)))
		}
		if len(w.c.Platforms) > 0 {
			row.Cells = append(row.Cells, col.Cell(at+".apart"))
		}
		row.Cells = append(row.Cells, grey(col.Cell(at+".sum")))
		t.Rows = append(t.Rows, row)
	}
	return t
}

// units is page 3: the units' curves on one scale, the largest first.
func (w *writer) units() (page.Page, bool) {
	form := "several"
	if len(w.c.Units) == 1 {
		form = "one"
	}
	m := chart.Multiples{Kind: w.plain("panels.kind"), Loss: w.amountTick, Chance: w.Locale().Share, BeforeName: w.label("curve.today"), Mark: w.label("panels.mark"), XTitle: w.plain("panels.x")}
	for k, u := range w.c.BySize() {
		if k == mostPanels {
			break
		}
		v := w.v.Largest[k]
		panel := chart.Multiple{Name: page.L(v.Name), Text: w.label("panels.text", v), Before: xy(u.Today), Weak: v.Marked}
		if w.c.Subject > 0 {
			panel.After = xy(u.After)
		}
		m.Panels = append(m.Panels, panel)
	}
	if w.c.Subject > 0 {
		m.AfterName = w.label("panels.after")
	}
	w.v.Shown, w.v.Rest = len(m.Panels), len(w.c.Units)-len(m.Panels)
	p := w.titled("units", form)
	p.Blocks = blocks(page.Exhibit{Anchor: "panels", Title: w.text("panels.title"), Subtitle: w.text("panels.subtitle"), Chart: m, Source: w.text("panels.source")}, w.sideBySide(), w.note("panels.note"))
	return p, true
}

// amountTick prints the end of an axis.
func (w *writer) amountTick(v float64) string {
	cur, _ := money.LookUp(w.c.Currency)
	return w.Locale().Amount(v, cur)
}

// sideBySide is a table of the units, where a few panels leave room for it.
func (w *writer) sideBySide() page.Block {
	if len(w.c.Units) > mostBeside {
		return nil
	}
	of := func(figure string) (ids []string) {
		for _, u := range w.v.Largest {
			ids = append(ids, u.Of(figure))
		}
		return ids
	}
	chance, bad, cost, npv := w.Column(of("chance")...), w.Fine(of("p99")...), w.Fine(of("cost.yearly")...), w.Fine(of("npv")...)
	t := page.Table{Title: w.text("beside.title"), Subtitle: w.text("beside.subtitle"), Tight: true, Source: w.text("beside.source"),
		Columns: []page.Column{{Head: w.text("stake.unit"), Share: 2}, {Head: w.text("beside.grade")}, {Head: w.text("beside.chance"), Unit: chance.Unit(), Align: page.Decimal}, {Head: w.text("beside.p99"), Unit: bad.Unit(), Align: page.Decimal},
			{Head: w.text("beside.option"), Share: 2}, {Head: w.text("lineup.cost"), Unit: cost.Unit(), Align: page.Decimal}, {Head: w.text("lineup.npv"), Unit: npv.Unit(), Align: page.Decimal}}}
	for _, u := range w.v.Largest {
		option := page.T(u.Option)
		if u.Option == "" {
			option = grey(w.text("lineup.nothing"))
		}
		t.Rows = append(t.Rows, page.Row{Cells: []page.Text{page.T(u.Name), w.text("grade." + u.Grade), chance.Cell(u.Of("chance")), bad.Cell(u.Of("p99")), option, cost.Cell(u.Of("cost.yearly")), npv.Cell(u.Of("npv"))}})
	}
	return t
}

// stake is page 4: the expected loss by unit and by function.
func (w *writer) stake() (page.Page, bool) {
	c := w.c
	units := c.BySize()
	shown := min(len(units), mostRows)
	w.v.Shown, w.v.Rest = shown, len(units)-shown
	p := w.titled("stake", "all")
	var ids []string
	for k := range shown {
		for _, o := range c.Owners {
			ids = append(ids, w.v.Largest[k].Of("owner."+o))
		}
		ids = append(ids, w.v.Largest[k].Of("ale"))
	}
	money := w.Column(ids...) // the total alone would set a scale on which small units are naught
	share := w.Column("group.marketing.share")
	t := page.Table{Title: w.text("stake.table"), Subtitle: w.text("stake.subtitle"), Tight: true, Notes: w.list("stake.note"), Source: w.text("stake.source"),
		Columns: []page.Column{{Head: w.text("stake.unit"), Share: 2}}}
	for _, o := range c.Owners {
		t.Columns = append(t.Columns, page.Column{Head: w.text("owner." + o), Unit: money.Unit(), Align: page.Decimal})
	}
	t.Columns = append(t.Columns, page.Column{Head: w.text("stake.all"), Unit: money.Unit(), Align: page.Decimal}, page.Column{Head: w.text("stake.share"), Unit: share.Unit(), Align: page.Decimal})
	for k := range shown {
		v := w.v.Largest[k]
		name := page.T(v.Name)
		if v.Marked {
			name = page.Join(name, page.T(" "), grey(w.text("stake.mark")))
		}
		row := page.Row{Cells: []page.Text{name}}
		for _, o := range c.Owners {
			row.Cells = append(row.Cells, money.Cell(v.Of("owner."+o)))
		}
		row.Cells = append(row.Cells, money.Cell(v.Of("ale")), share.Cell(v.Of("marketing.share")))
		t.Rows = append(t.Rows, row)
	}
	last := page.Row{Kind: page.TotalRow, Cells: []page.Text{w.text("stake.group")}}
	for _, o := range c.Owners {
		last.Cells = append(last.Cells, money.Cell("group.owner."+o))
	}
	last.Cells = append(last.Cells, money.Cell("group.ale"), share.Cell("group.marketing.share"))
	t.Rows = append(t.Rows, last)
	p.Blocks = blocks(w.stakeBars(), t)
	return p, true
}

// stakeBars shows marketing's part of each unit's expected loss, where the
// table leaves room for it.
func (w *writer) stakeBars() page.Block {
	units := w.c.BySize()
	if len(units) > mostBars || !slices.Contains(w.c.Owners, "marketing") || w.c.ALE <= 0 {
		return nil
	}
	bars := chart.Bars{Kind: w.plain("drive.kind"), Series: []page.Label{w.label("owner.marketing"), w.label("bars.others")}}
	for k, u := range units {
		v := w.v.Largest[k]
		marketing := u.ByOwner["marketing"]
		bars.Rows = append(bars.Rows, chart.BarRow{Label: page.L(v.Name), Total: w.label("bars.total", v),
			Segments: []chart.Segment{{Value: marketing, Role: page.Marketing}, {Value: u.ALE - marketing, Role: page.Other}}})
	}
	return page.Exhibit{Anchor: "bars", Title: w.text("bars.title"), Subtitle: w.text("bars.subtitle"), Chart: bars, Source: w.text("stake.source")}
}

// shared is the page of what is paid for once.
func (w *writer) shared() (page.Page, bool) {
	c := w.c
	if len(c.Programmes) == 0 {
		return page.Page{}, false
	}
	form := "pays"
	if c.SharedNPV() <= 0 {
		form = "costs"
	}
	p := w.titled("shared", form)
	for k, s := range c.Programmes {
		v := w.v.Programmes[k]
		parts := slices.Clone(s.Parts)
		slices.SortStableFunc(parts, func(a, b Part) int {
			switch {
			case a.Yearly > b.Yearly:
				return -1
			case a.Yearly < b.Yearly:
				return 1
			}
			return 0
		})
		const most = 12
		w.v.Shown, w.v.Rest = min(len(parts), most), max(0, len(parts)-most)
		of := func(a Part, figure string) string { return fmt.Sprintf("%sunit.%d.%s", v.ID, a.Unit+1, figure) }
		var costs, gains, nets []string
		for _, a := range parts {
			costs, gains, nets = append(costs, of(a, "cost.yearly")), append(gains, of(a, "avoided")), append(nets, of(a, "npv"))
		}
		worth := slices.Concat(gains, nets, []string{v.Of("avoided"), v.Of("npv")}) // on one scale
		cost, gain, net, share := w.Fine(append(costs, v.Of("cost.yearly"))...), w.Fine(worth...), w.Fine(worth...), w.Column(of(parts0(parts), "share"))
		t := page.Table{Title: w.text("shared.table", v), Subtitle: w.text("shared.subtitle", v), Tight: true, Notes: w.list("shared.note", v),
			Columns: []page.Column{{Head: w.text("stake.unit"), Share: 2}, {Head: w.text("shared.share"), Unit: share.Unit(), Align: page.Decimal}, {Head: w.text("shared.cost"), Unit: cost.Unit(), Align: page.Decimal},
				{Head: w.text("shared.avoided"), Unit: gain.Unit(), Align: page.Decimal}, {Head: w.text("shared.net"), Unit: net.Unit(), Align: page.Decimal}}}
		for i, a := range parts {
			if i == most {
				break
			}
			t.Rows = append(t.Rows, page.Row{Cells: []page.Text{page.T(pitch.Clean(c.Units[a.Unit].Name)), share.Cell(of(a, "share")), cost.Cell(of(a, "cost.yearly")), gain.Cell(of(a, "avoided")), net.Cell(of(a, "npv"))}})
		}
		t.Rows = append(t.Rows, page.Row{Kind: page.TotalRow, Cells: []page.Text{w.text("shared.all", v), page.T(""), cost.Cell(v.Of("cost.yearly")), gain.Cell(v.Of("avoided")), net.Cell(v.Of("npv"))}})
		p.Blocks = append(p.Blocks, t)
	}
	p.Blocks = append(p.Blocks, w.note("shared.how"))
	return p, true
}

// parts0 is the first part, so that a programme without units has a column.
func parts0(parts []Part) Part {
	if len(parts) == 0 {
		return Part{Unit: -1}
	}
	return parts[0]
}
