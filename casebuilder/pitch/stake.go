package pitch

import (
	"slices"

	"casebuilder/casebuilder/chart"
	"casebuilder/casebuilder/page"
)

// stake is page 9: what marketing stands to lose, and what it is asked to
// fund. The two never share a figure or a colour.
func (w *writer) stake() page.Page {
	p := w.titled("stake", stakeForm(w.view))
	p.Blocks = blocks(w.stakeAndShare())
	left := blocks(w.heading("stake.loses.head"), w.loses())
	right := blocks(w.heading("stake.asked.head"))
	right = append(right, w.paragraphs("stake.asked")...)
	p.Blocks = append(p.Blocks, page.Columns{Cells: cells(page.Cell{Span: 6, Blocks: left}, page.Cell{Span: 6, Blocks: right})})
	p.Blocks = append(p.Blocks, blocks(w.keys(), w.owned())...)
	if w.has[pagePlan.id] || w.view.Reviewed { // else the closing lines say that nobody has looked at it
		p.Blocks = append(p.Blocks, w.paragraphs("stake.review")...)
	}
	return p
}

// stakeForm is the form of the title of page 9.
func stakeForm(v View) string {
	switch {
	case v.Subject == nil:
		return "exposure"
	case !v.Proposes:
		return "nothing"
	}
	return "asked"
}

// stakeAndShare is the chart of the two, with the keys; without options the
// parts of all who carry the loss.
func (w *writer) stakeAndShare() page.Block {
	s := w.r.Stake
	if w.view.Subject == nil || !w.view.Proposes {
		return w.parts()
	}
	c := chart.Stake{Kind: w.plain("bars.kind"), Stake: s.Share, Low: s.ShareLow, High: s.ShareHigh, StakeName: w.label("stake.stake"), StakeText: w.label("stake.stake.value"), RangeText: w.label("stake.stake.range"),
		Share: s.Proposed, ShareName: w.label("stake.share"), ShareText: w.label("stake.share.value"), Tick: w.shareTick, XTitle: w.plain("stake.x")}
	for _, k := range s.Keys {
		c.Keys = append(c.Keys, chart.ShareKey{Label: w.label("stake.key", keyRow{k.ID, "stake:keys." + k.ID, k.InUse}), Value: k.Value, InUse: k.InUse})
	}
	form := "smaller"
	switch {
	case w.samePrinted("stake:share", "stake:proposed"):
		form = "equal"
	case s.Proposed > s.Share:
		form = "larger"
	}
	return page.Exhibit{Title: w.text("stake.chart." + form), Subtitle: w.text("stake.chart.subtitle"), Chart: c, Source: w.text("stake.source")}
}

// keyRow is a key for sharing the cost, for its text.
type keyRow struct {
	ID, Value string // Value is an ID
	InUse     bool
}

func (w *writer) samePrinted(a, b string) bool { return w.figure(a).String() == w.figure(b).String() }

// parts shows who carries the expected loss.
func (w *writer) parts() page.Block {
	b := chart.Bars{Kind: w.plain("bars.kind")}
	for _, o := range owners(w.r) {
		n, err := lookUp(w.r, "ale."+o)
		if err != nil || n.value <= 0 {
			continue
		}
		role := page.Other
		if o == "marketing" {
			role = page.Stake
		}
		b.Rows = append(b.Rows, chart.BarRow{Label: page.L(w.name("owner." + o)), Bold: o == "marketing", Segments: []chart.Segment{{Value: n.value, Role: role, Text: labelOf(w.figure("ale." + o))}}})
	}
	if len(b.Rows) == 0 {
		return nil
	}
	return page.Exhibit{Title: w.text("parts.title"), Subtitle: w.text("parts.subtitle"), Chart: b, Source: w.text("stake.source")}
}

// owned shows the lines of a loss that are marketing's, where no cost is to be
// shared and the page has room for what the stake is made of.
func (w *writer) owned() page.Block {
	if w.view.Proposes {
		return nil
	}
	b := chart.Bars{Kind: w.plain("bars.kind")}
	for _, id := range slices.Concat(marginLines, responseLines) {
		n, err := lookUp(w.r, id)
		if err != nil || n.value <= 0 || w.roleOf(id) != page.Marketing {
			continue
		}
		b.Rows = append(b.Rows, chart.BarRow{Label: w.label("line." + id), Segments: []chart.Segment{{Value: n.value, Role: page.Marketing, Text: labelOf(w.figure(id))}}})
	}
	if len(b.Rows) < 2 {
		return nil
	}
	return page.Exhibit{Title: w.text("owned.title"), Subtitle: w.text("owned.subtitle"), Chart: b, Source: w.text("owned.source")}
}

// loses is what marketing stands to lose, in money.
func (w *writer) loses() page.Block {
	t := page.Table{Columns: []page.Column{{Head: w.text("loses.what")}, {Head: w.text("loses.amount"), Align: page.Right}}}
	for _, id := range []string{"ale.marketing", "ale.marketing_margin", "ale.marketing_choices", "severity.marketing.p50", "severity.marketing.p90"} {
		if _, err := lookUp(w.r, id); err == nil {
			t.Rows = append(t.Rows, page.Row{Cells: []page.Text{w.text("loses." + id), w.figure(id)}})
		}
	}
	t.Source = w.text("loses.source")
	return t
}

// keys are the ways to share the cost, side by side.
func (w *writer) keys() page.Block {
	if !w.view.Proposes || len(w.r.Stake.Keys) == 0 {
		return nil
	}
	t := page.Table{Title: w.text("keys.title"), Columns: []page.Column{{Head: w.text("keys.key")}, {Head: w.text("keys.basis")}, {Head: w.text("keys.share"), Align: page.Right}, {Head: w.text("keys.delta"), Align: page.Right}}}
	for _, k := range w.r.Stake.Keys {
		row := page.Row{Cells: []page.Text{page.T(w.name("key." + k.ID)), page.T(w.means("key." + k.ID)), w.figure("stake:keys." + k.ID), w.points("stake:delta." + k.ID)}}
		if k.InUse {
			row.Kind = page.TotalRow
		}
		t.Rows = append(t.Rows, row)
	}
	t.Notes = w.list("keys.note")
	return t
}

// points prints a difference of shares in points, with its sign.
func (w *writer) points(id string) page.Text {
	n, err := lookUp(w.r, id)
	if err != nil {
		return nil
	}
	if n.value == 0 {
		return page.T("0")
	}
	s := w.loc.Count(100 * n.value)
	if n.value > 0 {
		s = "+" + s
	}
	return page.F(id+"/%", s)
}
