package pitch

import (
	"slices"
	"strings"

	"casebuilder/casebuilder/chart"
	"casebuilder/casebuilder/page"
	"casebuilder/casebuilder/results"
)

// marginLines are the losses of customer margin, in the order of the waterfall;
// responseLines what is spent or paid in answer.
var (
	marginLines   = []string{"loss.churned_margin", "loss.spending_dip", "loss.premium_erosion", "loss.new_customers", "loss.closed_sales"}
	responseLines = []string{"loss.goodwill", "loss.brand_campaign", "loss.contact_surge", "loss.direct_response", "loss.insured"}
)

// loss is page 5: what one incident costs, line by line, and who carries it.
func (w *writer) loss() page.Page {
	p := w.titled("loss", w.view.Block)
	p.Blocks = blocks(
		w.waterfall(),
		w.carriers(),
		page.Heading{Text: w.text("loss.once.head")},
	)
	if items := w.list("loss.once"); len(items) > 1 {
		half := (len(items) + 1) / 2
		p.Blocks = append(p.Blocks, page.Columns{Cells: []page.Cell{{Span: 6, Blocks: blocks(page.List{Items: items[:half], Style: page.Note})}, {Span: 6, Blocks: blocks(page.List{Items: items[half:], Style: page.Note})}}})
	}
	return p
}

func (w *writer) waterfall() page.Block {
	f := chart.Waterfall{Kind: w.plain("waterfall.kind"), Note: w.label("waterfall.note")}
	ids := slices.Concat(marginLines, responseLines, []string{"severity.customer_margin", "severity.total"})
	col := w.fine(ids...)
	text := func(id string) page.Label {
		n, err := lookUp(w.r, id)
		if err != nil {
			return page.Label{}
		}
		s := col.f.Cell(n.value)
		return page.Label{Text: s, Figure: id + col.suffix + "=" + s}
	}
	step := func(id string) {
		if n, err := lookUp(w.r, id); err == nil && n.value != 0 {
			f.Steps = append(f.Steps, chart.Step{Label: w.label("line." + id), Value: n.value, Text: text(id), Role: w.roleOf(id)})
		}
	}
	total := func(id, name string) {
		n, err := lookUp(w.r, id)
		if err != nil || len(f.Steps) == 0 {
			return
		}
		s := chart.Step{Label: w.label("line." + name), Value: n.value, Subtotal: true, Text: text(id)}
		low, err1 := lookUp(w.r, id+".p5")
		high, err2 := lookUp(w.r, id+".p95")
		if err1 == nil && err2 == nil {
			s.Low, s.High = low.value, high.value
			s.Range = labelOf(w.text("waterfall.range", rangeOf{id + ".p5", id + ".p95"}))
		}
		f.Steps = append(f.Steps, s)
	}
	for _, id := range marginLines {
		step(id)
	}
	total("severity.customer_margin", "margin")
	for _, id := range responseLines {
		step(id)
	}
	total("severity.total", "total")
	return page.Exhibit{Title: w.text("waterfall.title"), Subtitle: w.text("waterfall.subtitle", col.unit()), Chart: f, Source: w.text("waterfall.source")}
}

// rangeOf is two ends of a range, as IDs.
type rangeOf struct{ Low, High string }

// roleOf is marketing's colour for a line that is mostly marketing's.
func (w *writer) roleOf(line string) page.Role {
	name := strings.TrimPrefix(line, "loss.")
	if n, err := lookUp(w.r, "ownership."+name+".marketing"); err == nil {
		if n.value >= 0.5 {
			return page.Marketing
		}
		return page.Other
	}
	if f, ok := figureOf(w.r, line); ok && f.Owner == "marketing" {
		return page.Marketing
	}
	return page.Other
}

// owners are those who carry a part of the loss, largest first.
func owners(r *results.BusinessCase) []string {
	var out []string
	for id, f := range r.Quantities {
		if name, ok := strings.CutPrefix(id, "ale."); ok && f.Owner != "" && f.Value != nil {
			if _, carries := r.Quantities["severity."+name]; carries && name != "total" && !slices.Contains([]string{"customer_margin", "response_spend"}, name) {
				out = append(out, name)
			}
		}
	}
	slices.SortFunc(out, func(a, b string) int {
		x, _ := lookUp(r, "ale."+a)
		y, _ := lookUp(r, "ale."+b)
		switch {
		case x.value > y.value:
			return -1
		case x.value < y.value:
			return 1
		}
		return strings.Compare(a, b)
	})
	return out
}

// carriers is the table of those who carry the loss.
func (w *writer) carriers() page.Block {
	var severity, yearly []string
	names := owners(w.r)
	for _, o := range names {
		severity, yearly = append(severity, "severity."+o), append(yearly, "ale."+o)
	}
	s, y := w.fine(append(severity, "severity.total")...), w.fine(append(yearly, "ale.total")...)
	t := page.Table{Title: w.text("carriers.title"), Columns: []page.Column{{Head: w.text("carriers.owner")}, {Head: w.text("carriers.forms")},
		{Head: w.text("carriers.incident"), Unit: s.unit(), Align: page.Decimal}, {Head: w.text("carriers.year"), Unit: y.unit(), Align: page.Decimal}}}
	for i, o := range names {
		t.Rows = append(t.Rows, page.Row{Cells: []page.Text{page.T(w.name("owner." + o)), page.T(w.formsOf(o)), s.cell(severity[i]), y.cell(yearly[i])}})
	}
	t.Rows = append(t.Rows, page.Row{Kind: page.TotalRow, Cells: []page.Text{w.text("carriers.total"), nil, s.cell("severity.total"), y.cell("ale.total")}})
	if !s.sums(severity, "severity.total") || !y.sums(yearly, "ale.total") {
		t.Notes = w.list("note.rounding")
	}
	t.Source = w.text("carriers.source")
	return t
}

// formsOf lists the forms of loss (Open FAIR) of an owner's lines.
func (w *writer) formsOf(owner string) string {
	var out []string
	for _, line := range slices.Concat(marginLines, responseLines) {
		f, ok := figureOf(w.r, line)
		if !ok || f.Value == nil || *f.Value == 0 || f.Form == "" {
			continue
		}
		own := f.Owner == owner
		if n, err := lookUp(w.r, "ownership."+strings.TrimPrefix(line, "loss.")+"."+owner); err == nil {
			own = n.value > 0
		}
		for _, form := range strings.Split(f.Form, ", ") {
			if name := w.name("form." + form); own && !slices.Contains(out, name) {
				out = append(out, name)
			}
		}
	}
	return strings.Join(out, ", ")
}

// sums reports whether printed parts add up to a printed whole.
func (c column) sums(parts []string, whole string) bool {
	sum := 0.0
	for _, id := range parts {
		n, err := lookUp(c.w.r, id)
		if err != nil {
			continue
		}
		if p, err := c.w.loc.Parse(c.f.Cell(n.value)); err == nil {
			sum += p.Value
		}
	}
	n, err := lookUp(c.w.r, whole)
	if err != nil {
		return true
	}
	p, err := c.w.loc.Parse(c.f.Cell(n.value))
	return err != nil || abs(sum-p.Value) < p.Step/100
}

func abs(v float64) float64 {
	if v < 0 {
		return -v
	}
	return v
}
