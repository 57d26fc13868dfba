package chart

import "casebuilder/casebuilder/page"

// Prediction is one case: what it disclosed, and what was predicted without it.
type Prediction struct {
	Name           page.Label // printed only where set
	Actual         float64    // disclosed, above 0
	Low, Mid, High float64    // 5th, 50th and 95th percentile predicted, above 0
	Partial        bool       // the disclosed cost is incomplete: a hollow mark
}

// Backtest sets predicted against disclosed cost, both on logarithmic axes, a
// 90% bar a case. On the diagonal the prediction is right.
type Backtest struct {
	Kind     string
	Cases    []Prediction
	Amount   Format // ticks, at powers of ten
	XTitle   string // "disclosed, logarithmic scale"
	YTitle   string
	Diagonal page.Label // "prediction = disclosed"
	Complete page.Label // words for the filled and the hollow mark
	Partial  page.Label
}

// Heights returns 180 to 300 points.
func (t Backtest) Heights(page.Canvas, float64) (least, greatest float64) { return 180, 300 }

// Draw draws the cases.
func (t Backtest) Draw(c page.Canvas, b page.Box) {
	var xs, all []float64
	for _, p := range t.Cases {
		if p.Actual > 0 && p.Low > 0 && p.Mid > 0 && p.High > 0 {
			xs = append(xs, p.Actual)
			all = append(all, p.Low, p.High)
		}
	}
	x0, x1 := extent(xs...)
	y0, y1 := extent(append(all, xs...)...)
	if len(xs) == 0 {
		x0, x1, y0, y1 = 1, 10, 1, 10
	}
	x0, x1, y0, y1 = x0/1.5, x1*1.5, y0/1.5, y1*1.5
	ticksY := thin(decades(y0, y1), 7)
	var labels []string
	for _, v := range ticksY {
		labels = append(labels, t.Amount.of(v))
	}
	plot := page.Box{X: b.X + widest(c, false, labels...) + 6, Y: b.Y + leading + 3}
	plot.W, plot.H = b.Right()-plot.X, b.Bottom()-2*leading-3-plot.Y
	sx, sy := logarithmic(x0, x1, plot.X, plot.Right()), logarithmic(y0, y1, plot.Bottom(), plot.Y)
	c.Text(b.X, b.Y+up+1, shorten(c, t.YTitle, b.W, false), left(page.Grey))
	for i, v := range ticksY {
		c.Line(plot.X, sy(v), plot.Right(), sy(v), hair)
		c.Text(plot.X-5, sy(v)+up/2, labels[i], right(page.Grey))
	}
	c.Line(plot.X, plot.Bottom(), plot.Right(), plot.Bottom(), axis)
	bottomTicks(c, thin(decades(x0, x1), 7), t.Amount, sx, plot, b)
	c.Text(plot.Right(), b.Bottom()-1.5, shorten(c, t.XTitle, plot.W, false), right(page.Grey))
	f := &field{area: page.Box{X: plot.X + 3, Y: plot.Y, W: plot.W - 3, H: plot.H - 2}}
	lo, hi := max(x0, y0), min(x1, y1)
	if lo < hi {
		diag := []page.Point{{X: sx(lo), Y: sy(lo)}, {X: sx(hi), Y: sy(hi)}}
		c.Path(diag, false, page.Paint{}, page.Stroke{Paint: ink(page.Ink), Width: 0.75, Dash: []float64{1, 2}})
		f.curve(diag)
	}
	for _, p := range t.Cases {
		if !(p.Actual > 0 && p.Low > 0 && p.Mid > 0 && p.High > 0) {
			continue
		}
		x := sx(p.Actual)
		c.Line(x, sy(p.Low), x, sy(p.High), page.Stroke{Paint: tint(page.Marketing, 0.55), Width: 0.75})
		f.curve([]page.Point{{X: x, Y: sy(p.Low)}, {X: x, Y: sy(p.High)}})
		f.block(page.Box{X: x - 2.5, Y: sy(p.Mid) - 2.5, W: 5, H: 5})
	}
	for _, p := range t.Cases {
		if !(p.Actual > 0 && p.Low > 0 && p.Mid > 0 && p.High > 0) {
			continue
		}
		fill := modelled(page.Marketing)
		if p.Partial {
			fill = ink(page.White)
		}
		c.Circle(sx(p.Actual), sy(p.Mid), 2.4, fill, line(page.Marketing, 0.75))
	}
	if lo < hi {
		f.place(c, t.Diagonal, 110, left(page.Grey), page.Point{X: sx(hi), Y: sy(hi)}, page.Point{X: sx(lo), Y: sy(lo)})
	}
	for _, p := range t.Cases {
		if p.Name.Text != "" && p.Actual > 0 && p.Mid > 0 {
			f.place(c, p.Name, 100, left(page.Ink), page.Point{X: sx(p.Actual), Y: sy(p.Mid)})
		}
	}
	y := b.Bottom() - 1.5 // what the marks mean, under the axis at the left
	x := b.X + 3
	for i, l := range []page.Label{t.Complete, t.Partial} {
		if l.Text == "" {
			continue
		}
		fill := modelled(page.Marketing)
		if i == 1 {
			fill = ink(page.White)
		}
		w := c.Width(l.Text, size, false)
		if x+6+w > b.Right()-c.Width(t.XTitle, size, false)-8 {
			break
		}
		c.Circle(x, y-up/2, 2.4, fill, line(page.Marketing, 0.75))
		put(c, x+6, y, l, left(page.Grey))
		x += w + 20
	}
}

// thin keeps at most n of the values, evenly.
func thin(vs []float64, n int) []float64 {
	step := (len(vs) + n - 1) / n
	if step < 2 {
		return vs
	}
	var out []float64
	for i := 0; i < len(vs); i += step {
		out = append(out, vs[i])
	}
	return out
}

// Alt says how many cases there are and how many bars reach the diagonal.
func (t Backtest) Alt() string {
	in := 0
	for _, p := range t.Cases {
		if p.Low <= p.Actual && p.Actual <= p.High {
			in++
		}
	}
	return describe(kindOr(t.Kind, "Scatter plot"), t.YTitle+" / "+t.XTitle, say(t.Diagonal.Text, itoa(in)+"/"+itoa(len(t.Cases))))
}

// Data returns the cases.
func (t Backtest) Data() page.Table {
	out := page.Table{Columns: []page.Column{column(""), number(t.XTitle), number("5%"), number("50%"), number("95%")}}
	for _, p := range t.Cases {
		out.Rows = append(out.Rows, page.Row{Cells: []page.Text{cell(p.Name), page.T(t.Amount.of(p.Actual)),
			page.T(t.Amount.of(p.Low)), page.T(t.Amount.of(p.Mid)), page.T(t.Amount.of(p.High))}})
	}
	return out
}
