package pitch

import (
	"math"
	"slices"

	"casebuilder/casebuilder/chart"
	"casebuilder/casebuilder/page"
	"casebuilder/casebuilder/results"
)

// plan is page 10: how we will know, and what this paper cannot be used for.
func (w *writer) plan() page.Page {
	p := w.titled("plan", planForm(w.view))
	var left []page.Block
	if planForm(w.view) == "plan" {
		p.Blocks = blocks(w.milestones(), w.measures())
		left = blocks(page.Panel{Title: w.text("stops.head"), Role: page.Appetite, Blocks: blocks(w.bullets("stops"))})
	} else {
		left = blocks(w.heading("plan.signs.head"), w.bullets("plan.signs"), w.heading("plan.limits.head"), w.bullets("plan.limits"))
	}
	right := blocks(w.heading("plan.assurance.head"))
	assurance := w.paragraphs("plan.assurance")
	if w.brief("plan") {
		assurance = assurance[:min(len(assurance), 1)]
	}
	right = append(right, assurance...)
	if planForm(w.view) == "plan" {
		right = append(right, blocks(w.heading("plan.limits.head"), page.List{Items: w.list("plan.limits"), Style: page.Note})...)
	}
	p.Blocks = append(p.Blocks, blocks(page.Columns{Cells: cells(page.Cell{Span: 6, Blocks: left}, page.Cell{Span: 6, Blocks: right})})...)
	small := page.Body
	if w.brief("plan") {
		small = page.Note
	}
	if w.view.US {
		p.Blocks = append(p.Blocks, blocks(page.Panel{Title: w.text("plan.disclosure.head"), Blocks: blocks(page.List{Items: w.list("plan.disclosure"), Style: small})})...)
	}
	return p
}

// planForm is the form of the title of page 10.
func planForm(v View) string {
	switch {
	case v.Subject == nil:
		return "exposure"
	case v.Verdict == "unfavourable" || !v.Recommends:
		return "not"
	}
	return "plan"
}

// milestones is the subject's plan, from approval on.
func (w *writer) milestones() page.Block {
	o := subject(w.r)
	if len(o.Initiatives) == 0 {
		return nil
	}
	c := chart.Plan{Kind: w.plain("milestones.kind")}
	months := float64(12 * (len(o.Years) - 1))
	last := 0.0
	var suppliers []string
	most := 10
	if w.brief("plan") {
		most = 3
	}
	order := slices.Clone(o.Initiatives)
	slices.SortStableFunc(order, func(a, b results.Initiative) int { return int(a.StartMonth - b.StartMonth) })
	for i, in := range order {
		if len(in.Cuts) > 0 {
			last = max(last, in.StartMonth)
		}
		if i >= most {
			continue
		}
		c.Tasks = append(c.Tasks, chart.Task{Name: page.L(clean(in.Name)), Start: in.StartMonth, End: months, Open: true, Text: page.L(clean(in.Owner))})
		if in.Supplier != "" && len(suppliers) < 4 {
			suppliers = append(suppliers, shortened(clean(in.Name), 50)+": "+shortened(clean(in.Supplier), 50))
		}
	}
	end := math.Min(months, math.Max(12, math.Ceil((last+12)/6)*6))
	for i := range c.Tasks {
		c.Tasks[i].End, c.Tasks[i].Start = end, min(c.Tasks[i].Start, end)
	}
	c.Months = end
	for m := 0.0; m < end; m += 6 {
		c.Ticks = append(c.Ticks, w.plain("milestones.tick", span{w.loc.Count(m + 1), w.loc.Count(min(m+6, end))}))
	}
	if last > 0 {
		c.Milestones = append(c.Milestones, chart.Milestone{At: min(last/2, end), Text: w.label("milestones.half"), Stop: true})
	}
	c.Milestones = append(c.Milestones, chart.Milestone{At: min(last, end), Text: w.label("milestones.effect"), Stop: true})
	if n, err := lookUp(w.r, "options."+o.ID+".payback_months"); err == nil && n.value <= end && n.value > last {
		c.Milestones = append(c.Milestones, chart.Milestone{At: n.value, Text: w.label("milestones.payback")})
	}
	c.Milestones = append(c.Milestones, chart.Milestone{At: end, Text: w.label("milestones.review"), Stop: true})
	if w.brief("plan") {
		suppliers = nil // they are on sheet Inputs
	}
	return page.Exhibit{Title: w.text("milestones.title"), Subtitle: w.text("milestones.subtitle"), Chart: c, Source: w.text("milestones.source", suppliers)}
}

// span is two ends in words, for a text.
type span struct{ From, To string }

// measures are what is counted for each thing that the subject changes.
func (w *writer) measures() page.Block {
	o := subject(w.r)
	t := page.Table{Title: w.text("measures.title"), Columns: []page.Column{{Head: w.text("measures.what")}, {Head: w.text("measures.expected"), Align: page.Right}, {Head: w.text("measures.stop"), Align: page.Right}, {Head: w.text("measures.owner")}}}
	for _, target := range targets {
		at := "options." + o.ID + ".cut." + target
		if _, err := lookUp(w.r, at+".mode"); err != nil {
			continue
		}
		t.Rows = append(t.Rows, page.Row{Cells: []page.Text{w.text("measures." + target), w.figure(at + ".mode"), w.text("measures.below", at+".low"), page.T(w.ownersOf(o, target))}})
	}
	if !w.brief("plan") {
		t.Notes = w.list("measures.note")
	}
	t.Tight = len(t.Rows) > 3
	return t
}

// targets are what a cut can lower, in the order of the papers.
var targets = []string{"event_probability", "exposed_share", "contact_rate", "closure", "closed_days", "direct_response"}

// ownersOf names who answers for a cut.
func (w *writer) ownersOf(o *results.Option, target string) string {
	var out []string
	for _, in := range o.Initiatives {
		for _, c := range in.Cuts {
			if name := shortened(clean(in.Owner), 40); c.Target == target && name != "" && !slices.Contains(out, name) {
				out = append(out, name)
			}
		}
	}
	most := 2
	if w.brief("plan") {
		most = 1
	}
	if len(out) > most {
		out = append(out[:most], "…")
	}
	return joinComma(out)
}

func joinComma(s []string) string {
	out := ""
	for i, x := range s {
		if i > 0 {
			out += ", "
		}
		out += x
	}
	return out
}
