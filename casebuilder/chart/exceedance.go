package chart

import (
	"casebuilder/casebuilder/page"
)

// XY is one point of a curve.
type XY struct{ X, Y float64 }

// Curve is a named line.
type Curve struct {
	Name   page.Label
	Points []XY // rising X
}

// AppetitePoint is one level of appetite: at most Chance of losing more than Loss.
type AppetitePoint struct {
	Loss, Chance float64
	Label        page.Label // its sentence, about 30 characters
}

// Reading is one point of a curve, read out in words.
type Reading struct {
	Loss, Chance float64
	Label        page.Label // "1-in-20 chance in a year of losing more than £9m"
}

// Exceedance is the chance of losing more than an amount in a year, today and
// with the option, on linear axes from 0 to MaxLoss.
type Exceedance struct {
	Kind     string
	Before   Curve // grey, dashed
	After    Curve // may be empty
	Appetite []AppetitePoint
	Reading  *Reading
	MaxLoss  float64 // right end: P99; 0: the largest loss of the curves
	Loss     Format  // ticks of the losses
	Chance   Format  // ticks of the chances
	XTitle   string  // "loss in a year"
	YTitle   string  // "chance in a year of losing more"
}

// Heights returns 130 to 250 points.
func (e Exceedance) Heights(page.Canvas, float64) (least, greatest float64) { return 130, 250 }

// Draw draws the curves.
func (e Exceedance) Draw(c page.Canvas, b page.Box) {
	maxX, maxY := e.MaxLoss, 0.0
	for _, cv := range []Curve{e.Before, e.After} {
		for _, p := range cv.Points {
			if e.MaxLoss == 0 {
				maxX = max(maxX, p.X)
			}
			maxY = max(maxY, p.Y)
		}
	}
	for _, a := range e.Appetite {
		maxY = max(maxY, a.Chance)
	}
	if maxX <= 0 {
		maxX = 1
	}
	if maxY <= 0 {
		maxY = 1
	}
	ys := ticks(0, maxY*1.04, 4)
	var labels []string
	for _, v := range ys {
		labels = append(labels, e.Chance.of(v))
	}
	plot := page.Box{X: b.X + widest(c, false, labels...) + 6, Y: b.Y + leading + 3}
	plot.W, plot.H = b.Right()-plot.X, b.Bottom()-2*leading-3-plot.Y
	sx, sy := linear(0, maxX, plot.X, plot.Right()), linear(0, maxY*1.04, plot.Bottom(), plot.Y)
	f := &field{erase: true, area: page.Box{X: plot.X + 4, Y: plot.Y, W: plot.W - 4, H: plot.H - 1}}
	c.Text(b.X, b.Y+up+1, shorten(c, e.YTitle, b.W, false), left(page.Grey))
	for i, v := range ys {
		if v > 0 {
			c.Line(plot.X, sy(v), plot.Right(), sy(v), hair)
			f.rule(plot.X, sy(v), plot.Right(), sy(v))
		}
		c.Text(plot.X-5, sy(v)+up/2, labels[i], right(page.Grey))
	}
	c.Line(plot.X, plot.Bottom(), plot.Right(), plot.Bottom(), axis)
	bottomTicks(c, ticks(0, maxX, 5), e.Loss, sx, plot, b)
	c.Text(plot.Right(), b.Bottom()-1.5, shorten(c, e.XTitle, plot.W, false), right(page.Grey))

	draw := func(cv Curve, s page.Stroke) []page.Point {
		var pts []page.Point
		for i, p := range cv.Points {
			if p.X > maxX {
				if i > 0 { // to the edge
					q := cv.Points[i-1]
					if p.X > q.X && q.X < maxX {
						pts = append(pts, page.Point{X: sx(maxX), Y: sy(q.Y + (p.Y-q.Y)*(maxX-q.X)/(p.X-q.X))})
					}
				}
				break
			}
			pts = append(pts, page.Point{X: sx(p.X), Y: sy(p.Y)})
		}
		c.Path(pts, false, page.Paint{}, s)
		f.curve(pts)
		return pts
	}
	before := draw(e.Before, page.Stroke{Paint: ink(page.Before), Width: 1.25, Dash: []float64{3.5, 2.5}})
	after := draw(e.After, line(page.After, 2))
	if r := e.Reading; r != nil && r.Loss <= maxX {
		x, y := sx(r.Loss), sy(r.Chance)
		s := page.Stroke{Paint: ink(page.Ink), Width: 0.4}
		c.Line(plot.X, y, x, y, s)
		c.Line(x, y, x, plot.Bottom(), s)
		c.Circle(x, y, 2, ink(page.Ink), none)
		f.curve([]page.Point{{X: plot.X, Y: y}, {X: x, Y: y}, {X: x, Y: plot.Bottom()}})
		f.block(page.Box{X: x - 3, Y: y - 3, W: 6, H: 6})
	}
	for _, a := range e.Appetite {
		if a.Loss <= maxX {
			x, y := sx(a.Loss), sy(a.Chance)
			diamond(c, x, y, 3.5, ink(page.Appetite), line(page.White, 0.5))
			f.block(page.Box{X: x - 4, Y: y - 4, W: 8, H: 8})
		}
	}
	if r := e.Reading; r != nil && r.Loss <= maxX {
		f.place(c, r.Label, 132, bold(left(page.Ink)), page.Point{X: sx(r.Loss), Y: sy(r.Chance)})
	}
	for _, a := range e.Appetite {
		if a.Loss <= maxX {
			f.place(c, a.Label, 120, left(page.Appetite), page.Point{X: sx(a.Loss), Y: sy(a.Chance)})
		}
	}
	f.place(c, e.Before.Name, 110, bold(left(page.Before)), middle(before, 0.05, 0.4)...)
	f.place(c, e.After.Name, 110, bold(left(page.Ink)), middle(after, 0.05, 0.6)...)
}

// middle returns the points of a curve between two shares of its length in x.
func middle(pts []page.Point, from, to float64) []page.Point {
	if len(pts) < 3 {
		return pts
	}
	x0, x1 := pts[0].X, pts[len(pts)-1].X
	var out []page.Point
	for i := 1; i < len(pts); i++ {
		p, q := pts[i-1], pts[i]
		n := int(min(10, max(1, (q.X-p.X)/4)))
		for k := range n { // close together, so that a label can stand anywhere
			t := float64(k) / float64(n)
			if x := p.X + (q.X-p.X)*t; x >= x0+(x1-x0)*from && x <= x0+(x1-x0)*to {
				out = append(out, page.Point{X: x, Y: p.Y + (q.Y-p.Y)*t})
			}
		}
	}
	if len(out) == 0 {
		return pts[len(pts)/2 : len(pts)/2+1]
	}
	return out
}

// bottomTicks prints ticks under a plot, leaving out those that would touch
// their neighbour or leave the box.
func bottomTicks(c page.Canvas, vs []float64, f Format, sx scale, plot, b page.Box) {
	last := b.X - 100
	for _, v := range vs {
		s := f.of(v)
		w := c.Width(s, size, false)
		x := sx(v)
		at := min(max(x-w/2, b.X), b.Right()-w)
		if at < last+6 {
			continue
		}
		c.Line(x, plot.Bottom(), x, plot.Bottom()+2.5, whisker)
		c.Text(at, plot.Bottom()+up+5, s, left(page.Grey))
		last = at + w
	}
}

// Alt names the curves, the appetite and the reading.
func (e Exceedance) Alt() string {
	vs := []string{e.YTitle}
	for _, cv := range []Curve{e.Before, e.After} {
		if n := len(cv.Points); n > 0 {
			vs = append(vs, cv.Name.Text+" "+e.Chance.of(cv.Points[0].Y))
		}
	}
	if e.Reading != nil {
		vs = append(vs, e.Reading.Label.Text)
	}
	for _, a := range e.Appetite {
		vs = append(vs, a.Label.Text)
	}
	return describe(kindOr(e.Kind, "Line chart"), vs...)
}

// Data returns the points of the curves at the losses of the first.
func (e Exceedance) Data() page.Table {
	t := page.Table{Columns: []page.Column{number(e.XTitle), number(e.Before.Name.Text)}}
	if len(e.After.Points) > 0 {
		t.Columns = append(t.Columns, number(e.After.Name.Text))
	}
	for i, p := range e.Before.Points {
		r := page.Row{Cells: []page.Text{page.T(e.Loss.of(p.X)), page.T(e.Chance.of(p.Y))}}
		if len(e.After.Points) > 0 {
			v := ""
			if i < len(e.After.Points) {
				v = e.Chance.of(e.After.Points[i].Y)
			}
			r.Cells = append(r.Cells, page.T(v))
		}
		t.Rows = append(t.Rows, r)
	}
	return t
}
