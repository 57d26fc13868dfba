package pitch

import (
	"cmp"
	"math"
	"slices"
	"strconv"

	"casebuilder/casebuilder/chart"
	"casebuilder/casebuilder/page"
	"casebuilder/casebuilder/results"
)

// exposure is page 2: how much can be lost, how likely, against what the board
// accepts.
func (w *writer) exposure() page.Page {
	p := w.titled("exposure", exposureForm(w.view, w.r))
	curve := w.curve()
	p.Blocks = blocks(
		curve,
		page.Columns{Cells: cells(
			page.Cell{Span: 6, Blocks: blocks(w.incidents())},
			page.Cell{Span: 6, Blocks: blocks(w.chances())})},
		w.figures(),
	)
	return p
}

// exposureForm is the form of the title of page 2.
func exposureForm(v View, r *results.BusinessCase) string {
	switch {
	case v.Level == nil:
		return "unset"
	case v.Outside && v.Subject == nil:
		return "outside"
	case v.Outside && !v.OutsideAfter:
		return "brings"
	case v.Outside && r.Decision.PriceOfAppetite != "":
		return "another"
	case v.Outside:
		return "stays"
	case v.Subject == nil || !falls(r, v):
		return "inside"
	}
	return "lower"
}

// falls reports whether the chance at the level of the titles is lower after
// the subject.
func falls(r *results.BusinessCase, v View) bool {
	today, err1 := lookUp(r, v.Level.Today)
	after, err2 := lookUp(r, v.Level.After)
	return err1 == nil && err2 == nil && after.value < visible*today.value
}

// curveForm is the form of the title of the exceedance chart. It speaks of what
// the chart draws.
func curveForm(v View, r *results.BusinessCase) string {
	lower := v.Subject != nil && lowers(r.Exhibits.Today, r.Exhibits.After[v.Subject.ID])
	switch {
	case v.Level == nil && lower:
		return "lower"
	case v.Level == nil:
		return "reading"
	case !v.Outside && lower:
		return "below_lower"
	case !v.Outside:
		return "below"
	case v.Subject != nil && !v.OutsideAfter:
		return "under"
	case lower:
		return "above_lower"
	}
	return "above"
}

// visible is the part of a chance below which an option must bring it for a
// title to speak of a fall.
const visible = 0.95

// lowers reports whether a curve runs visibly below another: nowhere above it,
// and by a twentieth or more at half of the amounts.
func lowers(today, after []results.Point) bool {
	if len(after) != len(today) {
		return false
	}
	n := 0
	for i := range today {
		if after[i].Chance > today[i].Chance {
			return false
		}
		if after[i].Chance < visible*today[i].Chance {
			n++
		}
	}
	return 2*n >= len(today)
}

func points(ps []results.Point) []chart.XY {
	out := make([]chart.XY, len(ps))
	for i, p := range ps {
		out[i] = chart.XY{X: p.Loss, Y: p.Chance}
	}
	return out
}

// through returns the points of a curve with one more, at its place.
func through(ps []chart.XY, p chart.XY) []chart.XY {
	i, there := slices.BinarySearchFunc(ps, p.X, func(q chart.XY, x float64) int { return cmp.Compare(q.X, x) })
	if there || i == 0 {
		return ps
	}
	return slices.Insert(ps, i, p)
}

func (w *writer) curve() page.Block {
	x := w.r.Exhibits
	if len(x.Today) == 0 {
		return nil
	}
	c := chart.Exceedance{
		Kind:   w.plain("curve.kind"),
		Before: chart.Curve{Name: w.label("curve.today"), Points: points(x.Today)},
		Loss:   w.moneyTick, Chance: w.shareTick, XTitle: w.plain("curve.x"), YTitle: w.plain("curve.y"), MaxLoss: x.Today[len(x.Today)-1].Loss,
	}
	if s := w.view.Subject; s != nil {
		c.After = chart.Curve{Name: w.label("curve.after"), Points: points(x.After[s.ID])}
	}
	for _, l := range w.r.Appetite { // the curves go through what is said of the levels, and reach them
		if l.Loss > c.MaxLoss && l.Loss <= 3*x.Today[len(x.Today)-1].Loss {
			c.MaxLoss = l.Loss
		}
		if l.Loss > c.MaxLoss {
			continue
		}
		c.Before.Points = through(c.Before.Points, chart.XY{X: l.Loss, Y: l.Today})
		if s := w.view.Subject; s != nil {
			c.After.Points = through(c.After.Points, chart.XY{X: l.Loss, Y: l.Options[s.ID]})
		}
	}
	for i, l := range w.view.Levels {
		c.Appetite = append(c.Appetite, chart.AppetitePoint{Loss: w.r.Appetite[i].Loss, Chance: w.r.Appetite[i].Chance, Label: w.label("curve.level", l)})
	}
	at := "chance:" + strconv.Itoa(readAt(w.r))
	if n, err := lookUp(w.r, at+":today"); err == nil && n.value > 0 {
		loss, _ := lookUp(w.r, at+":loss")
		c.Reading = &chart.Reading{Loss: loss.value, Chance: n.value, Label: w.label("curve.reading", at)}
	}
	return page.Exhibit{Anchor: "curve", Title: w.text("curve.title."+curveForm(w.view, w.r), at), Subtitle: w.text("curve.subtitle"), Chart: c, Source: w.text("curve.source"), Greatest: 220}
}

// readAt is the amount that is read out on the curve: the one nearest to a
// quarter of the axis that is not the appetite's.
func readAt(r *results.BusinessCase) int {
	x := r.Exhibits
	at, far := 0, math.Inf(1)
	if len(x.Today) == 0 {
		return 0
	}
	for i, a := range x.Amounts {
		d := math.Abs(a - x.Today[len(x.Today)-1].Loss/4)
		if slices.ContainsFunc(r.Appetite, func(l results.Level) bool { return l.Loss == a }) {
			d += x.Today[len(x.Today)-1].Loss
		}
		if d < far {
			at, far = i, d
		}
	}
	return at
}

// incidents are twenty equally likely costs of an incident.
func (w *writer) incidents() page.Block {
	vs := w.r.Exhibits.Incidents
	if len(vs) == 0 || slices.Max(vs) <= slices.Min(vs) {
		return nil
	}
	d := chart.Dots{Kind: w.plain("dots.kind"), Values: vs, Tick: w.moneyTick, XTitle: w.plain("dots.x")}
	form := "median"
	if l := w.view.Level; l != nil {
		form = "level"
		n, _ := lookUp(w.r, l.Loss)
		d.Cuts = []chart.Cut{{Value: math.Nextafter(n.value, math.Inf(1)), Label: w.label("dots.level"), Role: page.Appetite}}
		d.Parts = []chart.DotPart{{Role: page.Other, Label: w.label("dots.below")}, {Role: page.Appetite, Label: w.label("dots.above")}}
	} else {
		n, _ := lookUp(w.r, "severity.total.p50")
		d.Cuts = []chart.Cut{{Value: n.value, Label: w.label("dots.median"), Role: page.Ink}}
		d.Parts = []chart.DotPart{{Role: page.Other}, {Role: page.Other}}
	}
	return page.Exhibit{Title: w.text("dots.title." + form), Subtitle: w.text("dots.subtitle"), Chart: d, Source: w.text("dots.source"), Greatest: 150}
}

// number is the number of the level: "1".
func (l Level) number() string { return l.Loss[len("appetite:") : len(l.Loss)-len(":loss")] }

// chances is the table of the chance of losing more than some amounts.
func (w *writer) chances() page.Block {
	s := w.view.Subject
	var today, after, losses []string
	for i := range w.r.Exhibits.Amounts {
		at := "chance:" + strconv.Itoa(i) + ":"
		losses, today = append(losses, at+"loss"), append(today, at+"today")
		if s != nil {
			after = append(after, at+s.ID)
		}
	}
	c := w.fine(slices.Concat(today, after)...)
	t := page.Table{Title: w.text("chances.title"), Subtitle: w.text("chances.subtitle"), Tight: false,
		Columns: []page.Column{{Head: w.text("chances.amount")}, {Head: w.text("chances.today"), Unit: c.unit(), Align: page.Decimal}}}
	if s != nil {
		t.Columns = append(t.Columns, page.Column{Head: w.text("chances.after"), Unit: c.unit(), Align: page.Decimal})
	}
	if w.view.Level != nil {
		t.Columns = append(t.Columns, page.Column{Head: w.text("chances.accepted"), Unit: c.unit(), Align: page.Decimal})
	}
	for i, loss := range losses {
		row := page.Row{Cells: []page.Text{w.figure(loss), c.cell(today[i])}}
		if s != nil {
			row.Cells = append(row.Cells, c.cell(after[i]))
		}
		if w.view.Level != nil {
			row.Cells = append(row.Cells, nil)
			for k, l := range w.r.Appetite {
				if l.Loss == w.r.Exhibits.Amounts[i] {
					accepted := w.column("appetite:" + strconv.Itoa(k+1) + ":chance")
					row.Cells[len(row.Cells)-1] = accepted.cell("appetite:" + strconv.Itoa(k+1) + ":chance")
				}
			}
		}
		t.Rows = append(t.Rows, row)
	}
	t.Source = w.text("chances.source")
	return t
}

// figures are the five figures of page 2 with their ranges.
func (w *writer) figures() page.Block {
	t := page.Table{Title: w.text("figures.title"), Columns: []page.Column{{Head: w.text("figures.figure")}, {Head: w.text("figures.today"), Align: page.Right},
		{Head: w.text("figures.range"), Align: page.Right}}, Tight: w.opt.Paper == page.Letter}
	s := w.view.Subject
	if s != nil {
		t.Columns = append(t.Columns, page.Column{Head: w.text("figures.after"), Align: page.Right})
	}
	t.Columns = append(t.Columns, page.Column{Head: w.text("figures.cell")})
	for _, f := range []struct{ id, name string }{{"probability.year", "chance"}, {"severity.total.p50", "incident"}, {"severity.marketing.p50", "marketing"},
		{"ale.total", "expected"}, {"probability.no_incident", "none"}} {
		row := page.Row{Cells: []page.Text{w.text("figures." + f.name), w.figure(f.id), w.text("figures." + f.name + ".range")}}
		if s != nil {
			row.Cells = append(row.Cells, w.text("figures."+f.name+".after"))
		}
		q, _ := figureOf(w.r, f.id)
		row.Cells = append(row.Cells, page.T(q.Cell))
		t.Rows = append(t.Rows, row)
	}
	t.Notes = w.list("figures.note")
	return t
}
