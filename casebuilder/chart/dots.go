package chart

import (
	"fmt"
	"math"
	"slices"

	"casebuilder/casebuilder/page"
)

// Cut is a threshold between dots.
type Cut struct {
	Value float64
	Label page.Label // at the line: "appetite £5m"; may be empty
	Role  page.Role  // Appetite: dashed; Ink: the zero line
}

// DotPart is how the dots between two cuts look.
type DotPart struct {
	Role   page.Role
	Hollow bool
	Label  page.Label // "17 of 20 below £5m"; may be empty
}

// Dots is a quantile dot plot: each dot is one of equally likely futures. It
// serves for the cost of an incident (20 dots, cut at the appetite) and for
// the NPV (20, 50 or 100 dots, cut at zero).
type Dots struct {
	Kind   string
	Values []float64 // one a dot
	Cuts   []Cut     // rising
	Parts  []DotPart // one more than cuts
	Tick   Format
	XTitle string
}

// Heights follows from the stacks: as high as large dots need, but at least 80
// and at most 180 points.
func (d Dots) Heights(_ page.Canvas, width float64) (least, greatest float64) {
	vs, lo, hi := d.domain()
	_, _, high := d.stack(vs, linear(lo, hi, maxDot+1, width-maxDot-1), maxDot, math.MaxInt, 0, width)
	h := float64(high)*2*maxDot + dotsHead + 2*leading + 3
	return min(max(h*0.6, 80), 120), min(max(h, 80), 180)
}

const (
	maxDot   = 6.4             // radius
	spillDot = 3.0             // smaller ones spill over into the next column
	dotsHead = 3.5*leading + 3 // room for labels over the dots
)

// domain returns the sorted values and the ends of the axis.
func (d Dots) domain() (vs []float64, lo, hi float64) {
	vs = slices.Clone(d.Values)
	slices.Sort(vs)
	all := slices.Clone(vs)
	for _, k := range d.Cuts {
		all = append(all, k.Value)
	}
	lo, hi = extent(all...)
	if lo >= 0 && lo < hi*0.5 {
		lo = 0
	}
	lo, hi = spread(lo, hi)
	return vs, lo, hi
}

// part returns the part that a value falls in: a value at a cut lies above it.
func (d Dots) part(v float64) int {
	n := 0
	for _, c := range d.Cuts {
		if v >= c.Value {
			n++
		}
	}
	return n
}

// Draw draws the dots, stacked where they would overlap.
func (d Dots) Draw(c page.Canvas, b page.Box) {
	vs, lo, hi := d.domain()
	plot := page.Box{X: b.X, Y: b.Y + dotsHead, W: b.W}
	plot.H = b.Bottom() - 2*leading - 3 - plot.Y
	var xs []float64
	var ys []float64
	r := maxDot
	var sx scale
	for {
		sx = linear(lo, hi, plot.X+r+1, plot.Right()-r-1)
		most := math.MaxInt
		if r < spillDot {
			most = max(1, int(plot.H/(2*r)))
		}
		var high int
		if xs, ys, high = d.stack(vs, sx, r, most, plot.X, plot.Right()); float64(high)*2*r <= plot.H || r < 0.3 {
			break
		}
		r *= 0.96
	}
	f := &field{area: page.Box{X: b.X, Y: b.Y, W: b.W, H: plot.Bottom() - b.Y - 1}}
	for _, k := range d.Cuts {
		x := sx(k.Value)
		s := line(k.Role, 0.75)
		if k.Role != page.Ink {
			s.Dash = []float64{3, 2}
		}
		c.Line(x, b.Y+leading, x, plot.Bottom(), s)
		f.curve([]page.Point{{X: x, Y: b.Y + leading}, {X: x, Y: plot.Bottom()}})
	}
	c.Line(plot.X, plot.Bottom(), plot.Right(), plot.Bottom(), axis)
	bottomTicks(c, ticks(lo, hi, 5), d.Tick, sx, plot, b)
	c.Text(b.Right(), b.Bottom()-1.5, shorten(c, d.XTitle, b.W, false), right(page.Grey))
	tops := make([]page.Point, len(d.Parts))
	for i, v := range vs {
		x, y := xs[i], plot.Bottom()-r-1-ys[i]
		f.block(page.Box{X: x - r, Y: y - r, W: 2 * r, H: 2 * r})
		n := d.part(v)
		if n >= len(d.Parts) {
			continue
		}
		p := d.Parts[n]
		fill := tint(p.Role, modelledTint)
		if p.Hollow {
			fill = ink(page.White)
		}
		stroke := outlined(p.Role)
		stroke.Width = min(stroke.Width, r/4)
		c.Circle(x, y, r-stroke.Width*0.7, fill, stroke)
		if tops[n] == (page.Point{}) || y < tops[n].Y {
			tops[n] = page.Point{X: x, Y: y - r}
		}
	}
	for _, k := range d.Cuts {
		f.place(c, k.Label, 110, left(k.Role), page.Point{X: sx(k.Value) + 2, Y: b.Y + leading})
	}
	for i, p := range d.Parts {
		if tops[i] != (page.Point{}) {
			f.place(c, p.Label, 110, bold(left(page.Ink)), tops[i])
		}
	}
}

// stack places dots of radius r in columns of at most most, each on its own
// side of the cuts and between left and right, and returns their centres (y
// over the axis) and the highest column. What a column cannot hold spills over
// into the nearest one that can.
func (d Dots) stack(vs []float64, sx scale, r float64, most int, left, right float64) (xs, ys []float64, high int) {
	counts := map[[2]int]int{}
	for _, v := range vs {
		n := d.part(v)
		start, end := math.Inf(-1), math.Inf(1)
		if n > 0 {
			start = sx(d.Cuts[n-1].Value)
		}
		if n < len(d.Cuts) {
			end = sx(d.Cuts[n].Value)
		}
		origin := start
		switch {
		case math.IsInf(start, -1) && math.IsInf(end, 1):
			origin = sx(0)
		case math.IsInf(start, -1):
			origin = end
		}
		k := int(math.Floor((sx(v) - origin) / (2 * r)))
		at := func(k int) float64 { return origin + (float64(k)+0.5)*2*r }
		if at(k)+r > end && end-start >= 2*r {
			k--
		}
		home := k
		for step := 1; step < 400 && counts[[2]int{n, k}] >= most; step++ { // right, left, further right, …
			next := home + (step+1)/2
			if step%2 == 0 {
				next = home - step/2
			}
			if x := at(next); x-r >= max(start, left) && x+r <= min(end, right) {
				k = next
			}
		}
		x, key := at(k), [2]int{n, k}
		xs = append(xs, x)
		ys = append(ys, float64(counts[key])*2*r)
		counts[key]++
		high = max(high, counts[key])
	}
	return xs, ys, high
}

// Alt says how many dots stand in each part.
func (d Dots) Alt() string {
	vs := []string{fmt.Sprintf("%d", len(d.Values))}
	for _, p := range d.Parts {
		vs = append(vs, p.Label.Text)
	}
	return describe(kindOr(d.Kind, "Quantile dot plot"), vs...)
}

// Data returns the values of the dots.
func (d Dots) Data() page.Table {
	t := page.Table{Columns: []page.Column{column("#"), number(d.XTitle)}}
	for i, v := range d.Values {
		t.Rows = append(t.Rows, page.Row{Cells: []page.Text{page.T(fmt.Sprint(i + 1)), page.T(d.Tick.of(v))}})
	}
	return t
}
