package pitch

import (
	"slices"

	"casebuilder/casebuilder/page"
	"casebuilder/casebuilder/results"
)

// mostOptions is how many options the table of page 1 shows beside doing
// nothing; page 6 has them all.
const mostOptions = 4

// mostLevels is how many levels of appetite page 1 answers for; page 2 shows
// them all.
const mostLevels = 3

// decision is page 1: what is asked, from whom, by when, and why.
func (w *writer) decision() page.Page {
	p := w.titled("decision", decisionForm(w.view))
	levels := w.view.Levels[:min(len(w.view.Levels), mostLevels)]
	if w.brief("decision") {
		levels = levels[:min(len(levels), 2)]
	}
	band := w.band()
	left := blocks(w.heading("decision.ask.head"))
	left = append(left, w.paragraphs("decision.ask")...)
	left = append(left, blocks(w.bullets("decision.summary"), w.heading("decision.claims.head"), w.bullets("decision.claims"))...)
	right := blocks(w.lineup(), page.Panel{Role: page.Appetite, Title: w.text("decision.appetite.head"), Blocks: w.paragraphs("decision.appetite", levels)})
	p.Blocks = blocks(
		band,
		page.Columns{Cells: cells(page.Cell{Span: 6, Blocks: left}, page.Cell{Span: 6, Blocks: right})},
		page.Divider{},
		w.note("decision.evidence"),
		w.note("decision.turns"),
		w.note("decision.missing"),
	)
	return p
}

// cells leaves out empty columns; one that is left has the whole width.
func cells(cs ...page.Cell) []page.Cell {
	cs = slices.DeleteFunc(cs, func(c page.Cell) bool { return len(c.Blocks) == 0 })
	if len(cs) == 1 {
		cs[0].Span = 12
	}
	return cs
}

// decisionForm is the form of the title of page 1.
func decisionForm(v View) string {
	switch {
	case v.Subject == nil:
		return "exposure"
	case v.Verdict == "unfavourable":
		return "unfavourable"
	case v.Recommends && !v.Pays:
		return "price"
	case v.Verdict == "neutral" || !v.Recommends:
		return "neutral"
	case v.Kind == "endorsement":
		return "endorse"
	case v.Kind == "information":
		return "inform"
	}
	return "favourable"
}

// band is the four key figures.
func (w *writer) band() page.Block {
	k := page.KeyFigures{Items: []page.KeyFigure{
		w.keyFigure("chance", page.Ink), w.keyFigure("incident", page.Ink), w.keyFigure("marketing", page.Marketing),
	}}
	switch {
	case w.view.Subject == nil:
		k.Items = append(k.Items, w.keyFigure("expected", page.Ink))
	case w.view.Verdict == "unfavourable":
		k.Items = append(k.Items, w.keyFigure("npv", page.Ink))
	default:
		k.Items = append(k.Items, w.keyFigure("cost", page.Recommended))
	}
	return k
}

// keyFigure is one of a band: key.<name>, its label and its range.
func (w *writer) keyFigure(name string, role page.Role) page.KeyFigure {
	at := "key." + name
	return page.KeyFigure{Value: w.text(at), Unit: w.plain(at + ".unit"), Label: w.text(at + ".label"), Range: w.text(at + ".range"), Role: role}
}

// lineup is the table of options on page 1, doing nothing first.
func (w *writer) lineup() page.Block {
	if w.view.Subject == nil {
		return nil
	}
	most := mostOptions
	if w.brief("decision") {
		most = 3
	}
	shown := w.shown(most)
	of := func(figure string) (ids []string) {
		for _, o := range shown {
			ids = append(ids, o.Of(figure))
		}
		return ids
	}
	cost, npv := w.column(of("cost.yearly")...), w.fine(slices.Concat(of("npv"), of("npv.p10"), of("npv.p90"))...)
	t := page.Table{Title: w.text("lineup.title"), Subtitle: w.text("lineup.subtitle"),
		Columns: []page.Column{{Head: w.text("lineup.option")}, {Head: w.text("lineup.cost"), Unit: cost.unit(), Align: page.Right}}}
	chance := column{}
	if w.view.Level != nil {
		chance = w.levelColumn(*w.view.Level)
		t.Columns = append(t.Columns, page.Column{Head: w.text("lineup.chance"), Unit: chance.unit(), Align: page.Right})
	}
	t.Columns = append(t.Columns, page.Column{Head: w.text("lineup.npv"), Unit: npv.unit(), Align: page.Right})
	zero := page.Row{Cells: []page.Text{page.Join(w.text("lineup.nothing"), page.T("\n"), grey(w.text("lineup.verdict.nothing"))), cost.cell("nothing.cost.yearly")}}
	if w.view.Level != nil {
		zero.Cells = append(zero.Cells, chance.cell(w.view.Level.Today))
	}
	zero.Cells = append(zero.Cells, npv.cell("nothing.npv"))
	if !w.view.Recommends {
		zero.Kind = page.TintRow
	}
	t.Rows = append(t.Rows, zero)
	for _, o := range shown {
		name := page.Join(page.T(o.Name), page.T("\n"), grey(w.text("lineup.verdict", o)))
		row := page.Row{Cells: []page.Text{name, cost.cell(o.Of("cost.yearly"))}}
		if w.view.Level != nil {
			row.Cells = append(row.Cells, chance.cell(w.levelOf(o.ID)))
		}
		row.Cells = append(row.Cells, page.Join(npv.cell(o.Of("npv")), page.T("\n"), npv.to(o.Of("npv.p10"), o.Of("npv.p90"))))
		if o.Recommended {
			row.Kind = page.TintRow
		}
		t.Rows = append(t.Rows, row)
	}
	t.Notes = w.list("lineup.note", len(w.view.Options)-len(shown))
	if w.brief("decision") {
		t.Notes = t.Notes[:min(len(t.Notes), 1)]
	}
	return t
}

// levelOf returns the ID of the chance of losing more than the level of the
// titles, after an option.
func (w *writer) levelOf(option string) string {
	l := w.view.Level
	return l.Today[:len(l.Today)-len("today")] + option
}

func (w *writer) levelColumn(l Level) column {
	ids := []string{l.Today}
	for _, o := range w.view.Options {
		ids = append(ids, w.levelOf(o.ID))
	}
	return w.fine(ids...)
}

// grey returns a text in the colour of what is secondary.
func grey(t page.Text) page.Text {
	out := slices.Clone(t)
	for i := range out {
		out[i].Role = page.Grey
	}
	return out
}

// shown are most of the options, in the order of cost: the subject, its
// neighbours and the cheapest others.
func (w *writer) shown(most int) []Option {
	var chosen []string
	add := func(id string) {
		if id != "" && id != "nothing" && !slices.Contains(chosen, id) && len(chosen) < most {
			chosen = append(chosen, id)
		}
	}
	add(w.view.Subject.ID)
	add(best(w.r))
	add(w.r.Decision.PriceOfAppetite)
	add(dearer(w.r, w.view.Subject.ID))
	add(cheaper(w.r, w.view.Subject.ID))
	order := byCost(w.r)
	for _, id := range order {
		add(id)
	}
	var out []Option
	for _, id := range order {
		if slices.Contains(chosen, id) {
			out = append(out, *pick(w.r, id))
		}
	}
	return out
}

// byCost returns the IDs of the options, cheapest first.
func byCost(r *results.BusinessCase) []string {
	var out []string
	for id := dearer(r, "nothing"); id != "" && len(out) < len(r.Options); id = dearer(r, id) {
		out = append(out, id)
	}
	for _, o := range r.Options { // results from elsewhere may lack the order
		if !slices.Contains(out, o.ID) {
			out = append(out, o.ID)
		}
	}
	return out
}
