package chart

import (
	"slices"

	"casebuilder/casebuilder/page"
)

// OptionPoint is one option: what it costs and what risk it leaves.
type OptionPoint struct {
	Name        page.Label
	Note        page.Label // its NPV, printed under the name; may be empty
	Cost        float64    // a year
	Chance      float64    // of losing more than the appetite amount
	Recommended bool
	Quiet       bool // without its name, where there are many
}

// Options sets cost against the risk that stays. The frontier, the options
// that no other beats in both, is joined by a hairline.
type Options struct {
	Kind     string
	Points   []OptionPoint // do nothing is one of them
	Limit    float64       // the chance that appetite allows, as a dashed line; 0: none
	LimitFor page.Label    // its words
	Cost     Format
	Chance   Format
	XTitle   string // "cost a year"
	YTitle   string // "chance in a year of losing over £5m"
}

// Heights returns 120 to 240 points.
func (o Options) Heights(page.Canvas, float64) (least, greatest float64) { return 120, 240 }

// Draw draws the points.
func (o Options) Draw(c page.Canvas, b page.Box) {
	maxX, maxY := 0.0, o.Limit
	for _, p := range o.Points {
		maxX, maxY = max(maxX, p.Cost), max(maxY, p.Chance)
	}
	if maxX <= 0 {
		maxX = 1
	}
	if maxY <= 0 {
		maxY = 1
	}
	ys := ticks(0, maxY*1.1, 4)
	var labels []string
	for _, v := range ys {
		labels = append(labels, o.Chance.of(v))
	}
	plot := page.Box{X: b.X + widest(c, false, labels...) + 6, Y: b.Y + leading + 4}
	plot.W, plot.H = b.Right()-plot.X, b.Bottom()-2*leading-3-plot.Y
	sx, sy := linear(0, maxX, plot.X+6, plot.Right()-12), linear(0, maxY*1.1, plot.Bottom(), plot.Y)
	f := &field{erase: true, area: page.Box{X: plot.X + 2, Y: plot.Y, W: plot.W - 2, H: plot.H - 1}}
	c.Text(b.X, b.Y+up+1, shorten(c, o.YTitle, b.W, false), left(page.Grey))
	for i, v := range ys {
		if v > 0 {
			c.Line(plot.X, sy(v), plot.Right(), sy(v), hair)
			f.rule(plot.X, sy(v), plot.Right(), sy(v))
		}
		c.Text(plot.X-5, sy(v)+up/2, labels[i], right(page.Grey))
	}
	c.Line(plot.X, plot.Bottom(), plot.Right(), plot.Bottom(), axis)
	bottomTicks(c, ticks(0, maxX, 5), o.Cost, sx, plot, b)
	c.Text(plot.Right(), b.Bottom()-1.5, shorten(c, o.XTitle, plot.W, false), right(page.Grey))
	if o.Limit > 0 {
		y := sy(o.Limit)
		c.Line(plot.X, y, plot.Right(), y, page.Stroke{Paint: ink(page.Appetite), Width: 1, Dash: []float64{4, 2.5}})
		f.curve([]page.Point{{X: plot.X, Y: y}, {X: plot.Right(), Y: y}})
	}
	var line0 []page.Point
	for _, p := range o.Frontier() {
		line0 = append(line0, page.Point{X: sx(p.Cost), Y: sy(p.Chance)})
	}
	c.Path(line0, false, page.Paint{}, page.Stroke{Paint: ink(page.Grey), Width: 0.5})
	f.curve(line0)
	for _, p := range o.Points {
		f.block(page.Box{X: sx(p.Cost) - 5, Y: sy(p.Chance) - 5, W: 10, H: 10})
	}
	for _, p := range o.Points {
		x, y := sx(p.Cost), sy(p.Chance)
		if p.Recommended {
			c.Circle(x, y, 4.5, modelled(page.Recommended), line(page.Recommended, 1.25))
		} else {
			c.Circle(x, y, 3.5, ink(page.White), line(page.Grey, 1))
		}
	}
	// The recommended one chooses its place first, then from left to right.
	order := slices.DeleteFunc(slices.Clone(o.Points), func(p OptionPoint) bool { return p.Quiet })
	slices.SortStableFunc(order, func(a, b OptionPoint) int {
		switch {
		case a.Recommended != b.Recommended:
			if a.Recommended {
				return -1
			}
			return 1
		case a.Cost < b.Cost:
			return -1
		case a.Cost > b.Cost:
			return 1
		}
		return 0
	})
	// Where not every option finds room for name and note, the notes go.
	var names []placement
	for _, notes := range []bool{true, false} {
		try, placed := f.clone(), []placement(nil)
		for _, p := range order {
			st := left(page.Ink)
			if p.Recommended {
				st = bold(st)
			}
			parts := []labelLine{{p.Name, st}}
			if notes || p.Recommended {
				parts = append(parts, labelLine{p.Note, left(page.Grey)})
			}
			if l, ok := try.settle(c, parts, 105, page.Point{X: sx(p.Cost), Y: sy(p.Chance)}); ok {
				placed = append(placed, l)
			}
		}
		if len(placed) > len(names) {
			names = placed
		}
		if len(placed) == len(order) {
			break
		}
	}
	for _, l := range names {
		l.draw(c)
		f.texts = append(f.texts, l.box)
	}
	if o.Limit > 0 {
		f.place(c, o.LimitFor, 150, left(page.Appetite), page.Point{X: plot.Right(), Y: sy(o.Limit)}, page.Point{X: plot.X + plot.W/2, Y: sy(o.Limit)})
	}
}

// Frontier returns the options that no other beats in cost and in risk, by cost.
func (o Options) Frontier() []OptionPoint {
	ps := slices.Clone(o.Points)
	slices.SortStableFunc(ps, func(a, b OptionPoint) int {
		switch {
		case a.Cost < b.Cost || a.Cost == b.Cost && a.Chance < b.Chance:
			return -1
		case a.Cost == b.Cost && a.Chance == b.Chance:
			return 0
		}
		return 1
	})
	var out []OptionPoint
	for _, p := range ps {
		if len(out) == 0 || p.Chance < out[len(out)-1].Chance {
			out = append(out, p)
		}
	}
	return out
}

// Alt names the options with cost and risk.
func (o Options) Alt() string {
	vs := []string{o.YTitle + " / " + o.XTitle}
	for _, p := range o.Points {
		vs = append(vs, p.Name.Text+" "+o.Cost.of(p.Cost)+", "+o.Chance.of(p.Chance))
	}
	return describe(kindOr(o.Kind, "Scatter plot"), vs...)
}

// Data returns the options.
func (o Options) Data() page.Table {
	t := page.Table{Columns: []page.Column{column(""), number(o.XTitle), number(o.YTitle), column("")}}
	for _, p := range o.Points {
		t.Rows = append(t.Rows, page.Row{Cells: []page.Text{cell(p.Name), page.T(o.Cost.of(p.Cost)), page.T(o.Chance.of(p.Chance)), cell(p.Note)}})
	}
	return t
}
