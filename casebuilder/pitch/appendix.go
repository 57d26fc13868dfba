package pitch

import (
	"math"
	"strings"

	"casebuilder/casebuilder/chart"
	"casebuilder/casebuilder/money"
	"casebuilder/casebuilder/page"
	"casebuilder/casebuilder/results"
)

// mostAssumptions bounds the appendix: a board reads two to four pages of it.
const mostAssumptions = 15

// assumptions is the log of the assumptions that move the answer most.
func (w *writer) assumptions() page.Page {
	n := min(len(w.r.Tornado), mostAssumptions)
	p := page.Page{ID: "assumptions", Label: "A1", Bookmark: w.plain("assumptions.bookmark"), Kicker: w.text("assumptions.kicker"), Title: w.text("assumptions.title", n), Qualifier: w.text("assumptions.qualifier")}
	t := page.Table{Tight: true, Columns: []page.Column{{Head: w.text("assumptions.what"), Share: 6}, {Head: w.text("assumptions.range"), Align: page.Right}, {Head: w.text("assumptions.middle"), Align: page.Right},
		{Head: w.text("assumptions.grade"), Share: 5}, {Head: w.text("assumptions.owner")}, {Head: w.text("assumptions.cell")}}}
	for i, b := range w.r.Tornado[:n] {
		rests := 2 // sources named
		if i >= 6 {
			rests = 1
		}
		t.Rows = append(t.Rows, page.Row{Cells: w.assumption(b, rests)})
	}
	t.Notes = w.list("assumptions.note")
	p.Blocks = blocks(t)
	return p
}

// driverOf is the driver behind a bar of the tornado: some move two at once.
func driverOf(bar string) string {
	switch bar {
	case "driver.headline":
		return "driver.headline_large"
	case "driver.direct_response":
		return "driver.direct_headline"
	}
	return bar
}

func (w *writer) assumption(b results.Bar, most int) []page.Text {
	at := "tornado:" + b.ID + ":"
	name := w.spans(w.name(b.ID))
	ends, middle := w.text("assumptions.ends", rangeOf{at + "low", at + "high"}), w.figure(at+"mid")
	if n, err := lookUp(w.r, at+"low"); err == nil && strings.HasSuffix(n.unit, "/customer") {
		ends = w.text("assumptions.amounts", rangeOf{at + "low", at + "high"}) // per what, its name says
	}
	if b.Shown == nil && b.ID == "driver.effect_severity" {
		ends, middle = w.text("assumptions.cuts"), nil
	}
	id := driverOf(b.ID)
	d, ok := w.r.Drivers[id]
	if !ok { // an input with a range
		f, _ := figureOf(w.r, b.ID)
		return []page.Text{name, ends, middle, w.text("assumptions.input"), page.T(w.name("owner." + f.Owner)), page.T(f.Cell)}
	}
	rests := w.text("assumptions.in_use."+d.InUse, driverRow{id, d.Grade, sourceOf(d)})
	named := map[int]bool{}
	for _, s := range d.Sources {
		if len(named) == most {
			break
		}
		if n := w.marks.number(s); n > 0 && !named[n] {
			named[n] = true
			rests = append(rests, w.spans(string(markStart)+s+string(markEnd))...)
		}
	}
	cell := ""
	if f, ok := figureOf(w.r, id+".p50"); ok {
		cell = f.Cell
	} else if f, ok := figureOf(w.r, id); ok {
		cell = f.Cell
	}
	return []page.Text{name, ends, middle, commas(rests), page.T(w.name("owner." + d.Owner)), page.T(cell)}
}

// commas puts a comma between marks that stand side by side.
func commas(t page.Text) page.Text {
	var out page.Text
	for i, s := range t {
		if s.Mark && i > 0 && t[i-1].Mark {
			out = append(out, page.Span{Text: ",", Mark: true})
		}
		out = append(out, s)
	}
	return out
}

// driverRow is a driver, for the text of what it rests on.
type driverRow struct {
	ID, Grade string
	Source    string // of the company's own estimate
}

func sourceOf(d results.Driver) string {
	if d.Company == nil {
		return ""
	}
	return shortened(clean(d.Company.Source), 60)
}

// where is the list of the figures and sources that carry a mark.
func (w *writer) where() page.Page {
	p := page.Page{ID: "figures", Label: "A2", Bookmark: w.plain("where.bookmark"), Kicker: w.text("assumptions.kicker"), Title: w.text("where.title"), Qualifier: w.text("where.qualifier")}
	figures := page.Table{Tight: true, Title: w.text("where.figures"), Columns: []page.Column{{Head: w.text("where.no")}, {Head: w.text("where.figure"), Share: 3}, {Head: w.text("where.value"), Align: page.Right}, {Head: w.text("where.means"), Share: 5}, {Head: w.text("where.cell")}}}
	sources := page.Table{Tight: true, Title: w.text("where.sources"), Columns: []page.Column{{Head: w.text("where.no")}, {Head: w.text("where.source"), Share: 5}, {Head: w.text("where.grade"), Share: 3}}}
	for i, id := range w.marks.ids {
		no := page.T(w.loc.Count(float64(i + 1)))
		if s := w.source(id); s != nil {
			text := page.Text{{Text: clean(s.Text), Link: webLink(s.URL)}}
			sources.Rows = append(sources.Rows, page.Row{Anchor: anchor(i + 1), Cells: []page.Text{no, text, w.text("where.grade.row", *s)}})
			continue
		}
		figures.Rows = append(figures.Rows, page.Row{Anchor: anchor(i + 1), Cells: []page.Text{no, w.spans(w.name(id)), w.valueOf(id), w.spans(w.means(id)), page.T(w.cellOf(id))}})
	}
	figures.Notes = w.list("where.note")
	sources.Notes = w.list("where.sources.note")
	p.Blocks = blocks(figures, sources)
	return p
}

func (w *writer) source(id string) *results.Source {
	for i := range w.r.Sources {
		if w.r.Sources[i].ID == id {
			return &w.r.Sources[i]
		}
	}
	return nil
}

// webLink returns an address that a paper may link to, "" for others.
func webLink(url string) string {
	if strings.HasPrefix(url, "https://") || strings.HasPrefix(url, "http://") {
		return clean(url)
	}
	return ""
}

func (w *writer) valueOf(id string) page.Text {
	if _, err := lookUp(w.r, id); err != nil {
		return nil
	}
	if id == "npv.chance_positive" { // as the pages print it
		return w.text("where.futures", id)
	}
	return w.figure(id)
}

// cellOf says where the workbook shows a figure: its cell, or the sheet that
// holds it as filed.
func (w *writer) cellOf(id string) string {
	if f, ok := figureOf(w.r, id); ok && f.Cell != "" {
		return f.Cell
	}
	switch {
	case strings.HasPrefix(id, "appetite:"):
		return "Ranges"
	case strings.HasPrefix(id, "stake:"):
		return "Stake"
	}
	return ""
}

// method says how it was worked out, and how good that has proved.
func (w *writer) method() page.Page {
	p := page.Page{ID: "method", Label: "A3", Bookmark: w.plain("method.bookmark"), Kicker: w.text("assumptions.kicker"), Title: w.text("method.title." + methodForm(w.r)), Qualifier: w.text("method.qualifier")}
	left := blocks(w.heading("method.steps.head"), page.List{Items: w.list("method.steps"), Numbers: true})
	right := blocks(w.predicted())
	right = append(right, w.paragraphs("method.evidence")...)
	glossary := w.list("method.glossary")
	half := (len(glossary) + 1) / 2
	p.Blocks = blocks(
		page.Columns{Cells: cells(page.Cell{Span: 6, Blocks: left}, page.Cell{Span: 6, Blocks: right})},
		w.heading("method.glossary.head"),
		page.Columns{Cells: []page.Cell{{Span: 6, Blocks: blocks(page.List{Items: glossary[:half], Style: page.Note})}, {Span: 6, Blocks: blocks(page.List{Items: glossary[half:], Style: page.Note})}}},
		w.note("method.questions"),
		w.note("method.run"),
	)
	for _, s := range w.r.Warnings {
		p.Blocks = append(p.Blocks, page.Paragraph{Style: page.Note, Text: w.text("method.warning", clean(s))})
	}
	return p
}

func methodForm(r *results.BusinessCase) string {
	if r.Evidence.Backtest == nil || len(r.Evidence.Backtest.Cases) == 0 {
		return "plain"
	}
	return "scored"
}

// predicted sets predicted against disclosed cost.
func (w *writer) predicted() page.Block {
	b := w.r.Evidence.Backtest
	if b == nil || len(b.Cases) == 0 {
		return nil
	}
	t := chart.Backtest{Kind: w.plain("predicted.kind"), Amount: w.dollars, XTitle: w.plain("predicted.x"), YTitle: w.plain("predicted.y"),
		Diagonal: w.label("predicted.diagonal"), Complete: w.label("predicted.complete"), Partial: w.label("predicted.partial")}
	named := ""
	if f := featured(w.r); f != nil {
		named = f.ID
	}
	inside := 0
	for _, c := range b.Cases {
		p := chart.Prediction{Actual: c.Actual, Low: c.P5, Mid: c.P50, High: c.P95, Partial: !c.Complete}
		if c.Actual >= c.P5 && c.Actual <= c.P95 {
			inside++
		}
		if c.ID == named {
			p.Name = page.L(clean(w.view.Featured.Organisation))
		}
		t.Cases = append(t.Cases, p)
	}
	form := "most"
	switch share := float64(inside) / float64(len(b.Cases)); {
	case inside == len(b.Cases):
		form = "all"
	case share < 0.5:
		form = "few"
	case math.Abs(share-0.9) <= 0.06:
		form = "right"
	}
	return page.Exhibit{Title: w.text("predicted.title." + form), Subtitle: w.text("predicted.subtitle"), Chart: t, Source: w.text("predicted.source"), Greatest: 220}
}

// dollars prints an amount of the library, which is in US dollars.
func (w *writer) dollars(v float64) string {
	c, _ := money.LookUp("USD")
	return w.loc.Measured(v, c)
}
