package pitch

import "casebuilder/casebuilder/page"

// lead is the first page of the paper for marketing: the stake, what one
// incident would mean, and what marketing is asked for.
func (w *writer) lead() page.Page {
	p := w.titled("lead", stakeForm(w.view))
	band := page.KeyFigures{Items: []page.KeyFigure{w.keyFigure("yearly", page.Stake), w.keyFigure("marketing", page.Stake), w.keyFigure("stake", page.Stake)}}
	if w.view.Proposes {
		band.Items = append(band.Items, w.keyFigure("asked", page.Share))
	} else {
		band.Items = append(band.Items, w.keyFigure("chance", page.Ink))
	}
	left := blocks(w.heading("lead.means.head"), w.bullets("lead.means"))
	right := blocks(page.Panel{Title: w.text("lead.asked.head"), Role: page.Share, Blocks: blocks(page.List{Items: w.list("lead.asked"), Numbers: true})})
	p.Blocks = blocks(band, page.Columns{Cells: cells(page.Cell{Span: 6, Blocks: left}, page.Cell{Span: 6, Blocks: right})}, w.parts(), w.note("decision.evidence"), w.note("decision.missing"))
	return p
}
