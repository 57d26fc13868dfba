package chart

import "casebuilder/casebuilder/page"

// Event is one dated fact.
type Event struct {
	Date  page.Label
	Text  page.Label
	Strip page.Label // its source, in grey after the text; may be empty
	Key   bool       // the fact that the page speaks of
}

// Timeline lists the dated facts of a case from top to bottom. They are
// reported, so their marks are solid.
type Timeline struct {
	Kind   string
	Events []Event
}

func (t Timeline) dateWidth(c page.Canvas, width float64) float64 {
	w := 0.0
	for _, e := range t.Events {
		w = max(w, c.Width(e.Date.Text, size, e.Key))
	}
	return min(w+8, width*0.3)
}

func (t Timeline) lines(c page.Canvas, e Event, width float64) (text, source []string) {
	text = wrap(c, e.Text.Text, width, e.Key, 6)
	if e.Strip.Text != "" {
		source = wrap(c, e.Strip.Text, width, false, 2)
	}
	return text, source
}

const markW = 14.0 // of the line with its dots

// Heights follows from the texts.
func (t Timeline) Heights(c page.Canvas, width float64) (least, greatest float64) {
	w := width - t.dateWidth(c, width) - markW
	for _, e := range t.Events {
		a, b := t.lines(c, e, w)
		least += float64(len(a)+len(b))*leading + 5
	}
	return least, least + 6*float64(len(t.Events))
}

// Draw draws the events.
func (t Timeline) Draw(c page.Canvas, b page.Box) {
	if len(t.Events) == 0 {
		return
	}
	least, _ := t.Heights(c, b.W)
	extra := max(0, b.H-least) / float64(len(t.Events))
	dateW := t.dateWidth(c, b.W)
	x := b.X + dateW + 3
	y := b.Y
	var dots []float64
	for _, e := range t.Events {
		text, source := t.lines(c, e, b.W-dateW-markW)
		base := y + up + 1.5
		st := left(page.Ink)
		if e.Key {
			st = bold(st)
		}
		put(c, b.X+dateW-8, base, fit(c, e.Date, dateW-8, e.Key), page.TextStyle{Size: size, Bold: e.Key, Role: page.Grey, Align: page.Right})
		dots = append(dots, base-up/2)
		block(c, x+markW-3, base, text, figure(st, e.Text.Figure))
		block(c, x+markW-3, base+float64(len(text))*leading, source, left(page.Grey))
		y += float64(len(text)+len(source))*leading + 5 + extra
	}
	c.Line(x, dots[0], x, dots[len(dots)-1], line(page.Grey, 0.75))
	for i, e := range t.Events {
		r := 2.5
		if e.Key {
			r = 3.5
		}
		c.Circle(x, dots[i], r, ink(page.Ink), line(page.White, 1))
	}
}

// Alt names the first three facts.
func (t Timeline) Alt() string {
	var vs []string
	for i, e := range t.Events {
		if i == 3 {
			break
		}
		vs = append(vs, say(e.Date.Text, e.Text.Text))
	}
	return describe(kindOr(t.Kind, "Timeline"), vs...)
}

// Data returns the facts.
func (t Timeline) Data() page.Table {
	out := page.Table{Columns: []page.Column{column(""), column(""), column("")}}
	for _, e := range t.Events {
		out.Rows = append(out.Rows, page.Row{Cells: []page.Text{cell(e.Date), cell(e.Text), cell(e.Strip)}})
	}
	return out
}
