package pitch

import (
	"math"
	"slices"

	"casebuilder/casebuilder/chart"
	"casebuilder/casebuilder/money"
	"casebuilder/casebuilder/page"
	"casebuilder/casebuilder/results"
)

// mostBars is how many assumptions the tornado shows, mostTurns for how many
// the switching value is printed.
const (
	mostBars  = 8
	mostTurns = 5
)

// turns is page 8: what would change the answer.
func (w *writer) turns() page.Page {
	p := w.titled("turns", turnsForm(w.view))
	p.Blocks = blocks(w.tornado(), w.switching(), w.runs(), w.changes())
	return p
}

// turnsForm is the form of the title of page 8.
func turnsForm(v View) string {
	switch {
	case v.Subject == nil:
		return "exposure"
	case len(v.Turns) == 0:
		return "none"
	case len(v.Turns) == 1:
		return "one"
	}
	return "several"
}

// tornado shows how far the strongest assumptions move the NPV; without
// options, marketing's part of an incident.
func (w *writer) tornado() page.Block {
	t := chart.Tornado{Kind: w.plain("tornado.kind"), Tick: w.moneyTick, Low: w.label("tornado.low"), High: w.label("tornado.high")}
	npv := w.view.Subject != nil
	middle := "severity.marketing"
	if npv {
		middle = "npv"
		t.Head = w.label("tornado.head")
	}
	n, err := lookUp(w.r, middle)
	if err != nil {
		return nil
	}
	t.Mid, t.Middle, t.XTitle = n.value, w.label("tornado.middle"), w.plain("tornado.x")
	most := mostBars
	if w.opt.Paper == page.Letter { // it is shorter
		most--
	}
	if w.brief("turns") {
		most -= 2
	}
	for _, b := range w.r.Tornado[:min(len(w.r.Tornado), most)] {
		s := chart.Swing{Label: page.L(w.name(b.ID)), Low: b.NPV.Low, High: b.NPV.High, LowText: w.end(b, "low"), HighText: w.end(b, "high")}
		if !npv {
			s.Low, s.High = b.Marketing.Low, b.Marketing.High
		}
		if s.Low == s.High {
			continue
		}
		if npv {
			s.Switch, s.Flips = w.label("tornado.beyond"), b.Switching != nil
			if s.Flips {
				s.Switch = w.label("tornado.within")
			}
			if w.valued(b) {
				s.Switch = labelOf(w.at(b, "switching"))
			}
		}
		t.Swings = append(t.Swings, s)
	}
	if len(t.Swings) == 0 {
		return nil
	}
	form := "npv"
	if !npv {
		form = "exposure"
	}
	return page.Exhibit{Title: w.text("tornado.title." + form), Subtitle: w.text("tornado.subtitle." + form), Chart: t, Source: w.text("tornado.source")}
}

// valued says whether the value at which a bar's NPV is zero is told.
func (w *writer) valued(b results.Bar) bool {
	return slices.ContainsFunc(w.view.Told, func(t Turn) bool { return t.ID == b.ID })
}

// end is an input at one end of its bar. The effect of the options on several
// things at once has no number of its own.
func (w *writer) end(b results.Bar, what string) page.Label {
	if b.Shown == nil && b.ID == "driver.effect_severity" {
		return w.label("tornado." + what + ".words")
	}
	return labelOf(w.at(b, what))
}

// at prints a value of a bar in the unit that a reader thinks in.
func (w *writer) at(b results.Bar, what string) page.Text {
	if b.Shown == nil && b.ID == "driver.effect_severity" {
		return nil
	}
	return w.figure("tornado:" + b.ID + ":" + what)
}

// switching shows how far the strongest assumptions are from where the NPV is
// zero.
func (w *writer) switching() page.Block {
	if w.view.Subject == nil {
		return nil
	}
	s := chart.Switching{Kind: w.plain("switching.kind"), Head: w.label("switching.head")}
	turning := 0
	for _, b := range w.r.Tornado[:min(len(w.r.Tornado), mostTurns)] {
		low, mid, high, at := b.Low, b.Mid, b.High, b.Switching
		if b.Shown != nil {
			low, mid, high, at = b.Shown.Low, b.Shown.Mid, b.Shown.High, b.Shown.Switching
		} else if b.ID == "driver.effect_severity" {
			continue
		}
		if high <= low {
			continue
		}
		t := chart.Turn{Label: page.L(w.name(b.ID)), Low: low, Mid: mid, High: high, At: math.NaN(), LowText: labelOf(w.at(b, "low")), MidText: labelOf(w.at(b, "mid")),
			HighText: labelOf(w.at(b, "high")), AtText: w.label("tornado.beyond")}
		if at != nil {
			turning++
			t.AtText = w.label("tornado.within")
			for _, v := range w.view.Told {
				if v.ID == b.ID {
					t.At, t.AtText = *at, w.label("switching.at", v)
				}
			}
		}
		s.Turns = append(s.Turns, t)
	}
	if len(s.Turns) == 0 {
		return nil
	}
	form := "several"
	switch {
	case turning == 0:
		form = "none"
	case turning == 1:
		form = "one"
	case turning == len(s.Turns):
		form = "all"
	}
	return page.Exhibit{Title: w.text("switching.title."+form, turning), Subtitle: w.text("switching.subtitle"), Chart: s, Source: w.text("tornado.source")}
}

// runs are the whole model run again with one assumption changed.
func (w *writer) runs() page.Block {
	npv := w.view.Subject != nil
	var npvs, ales []string
	for _, f := range w.r.FullRuns {
		npvs, ales = append(npvs, "runs:"+f.ID+":npv"), append(ales, "runs:"+f.ID+":ale")
	}
	n, a := w.fine(append(npvs, "npv")...), w.fine(append(ales, "ale.total")...)
	t := page.Table{Title: w.text("runs.title"), Subtitle: w.text("runs.subtitle"), Tight: true, Columns: []page.Column{{Head: w.text("runs.run")}, {Head: w.text("runs.ale"), Unit: a.unit(), Align: page.Decimal}}}
	if npv {
		t.Columns = append(t.Columns, page.Column{Head: w.text("runs.npv"), Unit: n.unit(), Align: page.Decimal})
	}
	t.Columns = append(t.Columns, page.Column{Head: w.text("runs.stake"), Align: page.Right})
	if npv {
		t.Columns = append(t.Columns, page.Column{Head: w.text("runs.recommended")}, page.Column{Head: w.text("runs.verdict")})
	}
	row := func(kind page.RowKind, name page.Text, npvID, aleID, stakeID, recommended, verdict string) {
		r := page.Row{Kind: kind, Cells: []page.Text{name, a.cell(aleID)}}
		if npv {
			r.Cells = append(r.Cells, n.cell(npvID))
		}
		r.Cells = append(r.Cells, w.figure(stakeID))
		if npv {
			what := w.text("runs.same")
			if o := optionOf(w.r, recommended); recommended != w.r.Decision.Recommended && o != nil {
				what = page.T(shortened(clean(o.Name), 26))
			} else if recommended != w.r.Decision.Recommended {
				what = w.text("lineup.nothing")
			}
			r.Cells = append(r.Cells, what, w.text("verdict."+verdict))
		}
		t.Rows = append(t.Rows, r)
	}
	row(page.MutedRow, w.text("runs.base"), "npv", "ale.total", "stake:share", w.r.Decision.Recommended, w.r.Decision.Verdict)
	for _, f := range w.r.FullRuns {
		at := "runs:" + f.ID + ":"
		row(page.PlainRow, page.T(w.name("run:"+f.ID)), at+"npv", at+"ale", at+"stake", f.Recommended, f.Verdict)
	}
	t.Notes = w.list("runs.note")
	return t
}

// changes are what a review of the workbook changed.
func (w *writer) changes() page.Block {
	if w.r.Review == nil || len(w.r.Review.Changes) == 0 {
		return nil
	}
	t := page.Table{Title: w.text("changes.title"), Tight: true, Columns: []page.Column{{Head: w.text("changes.what")}, {Head: w.text("changes.from"), Align: page.Right},
		{Head: w.text("changes.to"), Align: page.Right}, {Head: w.text("changes.who")}, {Head: w.text("changes.effect"), Align: page.Right}}}
	for i, c := range w.r.Review.Changes {
		if i == 8 {
			t.Notes = w.list("changes.more", len(w.r.Review.Changes)-i)
			break
		}
		effect := page.T(money.Missing) // sheet Changes says why
		if c.NoEffect == "" {
			effect = w.figure("review:effect." + itoa(i+1))
		}
		t.Rows = append(t.Rows, page.Row{Cells: []page.Text{page.T(clean(c.Label)), page.T(clean(c.From)), page.T(clean(c.To)), page.T(clean(c.Who)), effect}})
	}
	return t
}
