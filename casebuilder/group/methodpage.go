package group

import (
	"time"

	"casebuilder/casebuilder/page"
	"casebuilder/casebuilder/pitch"
)

// method is the last page: how it was worked out, the rates, what is left out.
func (w *writer) method() (page.Page, bool) {
	form := "all"
	if w.v.Missing > 0 {
		form = "some"
	}
	p := w.titled("method", form)
	p.Blocks = blocks(append(append([]page.Block{w.heading("method.head")}, page.List{Items: w.list("method")}), w.heading("rates.head"), w.ratesTable(), w.heading("excluded.head"), w.excluded(),
		w.heading("limits.head"), page.List{Items: w.list("limits")}, w.note("assurance"))...)
	return p, true
}

func (w *writer) ratesTable() page.Block {
	if len(w.c.Rates) < 2 {
		return nil
	}
	t := page.Table{Tight: true, Columns: []page.Column{{Head: w.text("rates.currency")}, {Head: w.text("rates.rate"), Align: page.Decimal}, {Head: w.text("rates.of")}, {Head: w.text("rates.source"), Share: 4}}}
	for _, r := range w.c.Rates {
		source := page.T(pitch.Clean(r.Source))
		if r.From != "" {
			source = w.text("rates."+r.From, pitch.Clean(r.Unit))
		}
		if !r.Given {
			source = page.Join(page.B(w.plain("rates.mark")+" "), source)
		}
		t.Rows = append(t.Rows, page.Row{Cells: []page.Text{page.T(r.Currency), page.F("rate."+r.Currency, w.Locale().Exact(r.PerUSD)), page.T(w.day(r.Of)), source}})
	}
	return t
}

// day prints the day of a rate as people write it; a year stays as it is.
func (w *writer) day(s string) string {
	if t, err := time.Parse(time.DateOnly, s); err == nil {
		return w.Locale().Date(t)
	}
	return s
}

// mostReasons bounds what the paper tells of one unit that is left out.
const mostReasons = 3

func (w *writer) excluded() page.Block {
	t := page.Table{Tight: true, Columns: []page.Column{{Head: w.text("stake.unit")}, {Head: w.text("excluded.why"), Share: 4}}}
	for _, x := range w.c.Excluded {
		for i, why := range x.Reasons {
			if i == mostReasons {
				t.Rows = append(t.Rows, page.Row{Cells: []page.Text{nil, w.text("excluded.more", len(x.Reasons)-mostReasons)}})
				break
			}
			name := page.Text(nil)
			if i == 0 {
				name = page.T(pitch.Clean(orPlace(x)))
			}
			t.Rows = append(t.Rows, page.Row{Cells: []page.Text{name, page.T(clip(pitch.Clean(why), 300))}})
		}
	}
	return t
}
