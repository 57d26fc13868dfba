package chart

import (
	"slices"

	"casebuilder/casebuilder/page"
)

// Wave sets the contacts that a notice brings, day by day, against what the
// contact centre can answer. Contacts are modelled: an outlined, light area.
// What is over the capacity, the backlog, is shaded darker.
type Wave struct {
	Kind     string
	Contacts []float64 // a day after notice, day 0 first
	Capacity float64   // contacts a day
	Off      float64   // load at which phones are switched off; 0: no such line
	Waves    page.Label
	Limit    page.Label // beside the capacity: "we can answer 4,675 a day"
	OffText  page.Label // "phones off"
	Backlog  page.Label // in or beside the shaded part: "backlog: 9 days of work"
	Count    Format     // ticks of contacts
	Day      Format     // ticks of days
	XTitle   string
	YTitle   string
}

// Heights returns 110 to 200 points.
func (w Wave) Heights(page.Canvas, float64) (least, greatest float64) { return 110, 200 }

// Draw draws the area and the lines.
func (w Wave) Draw(c page.Canvas, b page.Box) {
	_, maxY := extent(append([]float64{w.Capacity, w.Off, 0}, w.Contacts...)...)
	if maxY <= 0 {
		maxY = 1
	}
	days := float64(max(len(w.Contacts)-1, 1))
	ys := ticks(0, maxY*1.08, 3)
	var labels []string
	for _, v := range ys {
		labels = append(labels, w.Count.of(v))
	}
	plot := page.Box{X: b.X + widest(c, false, labels...) + 6, Y: b.Y + leading + 3}
	plot.W, plot.H = b.Right()-plot.X, b.Bottom()-2*leading-3-plot.Y
	sx, sy := linear(0, days, plot.X, plot.Right()), linear(0, maxY*1.08, plot.Bottom(), plot.Y)
	f := &field{erase: true, area: page.Box{X: plot.X + 3, Y: plot.Y, W: plot.W - 3, H: plot.H - 2}}
	c.Text(b.X, b.Y+up+1, shorten(c, w.YTitle, b.W, false), left(page.Grey))
	for i, v := range ys {
		if v > 0 {
			c.Line(plot.X, sy(v), plot.Right(), sy(v), hair)
			f.rule(plot.X, sy(v), plot.Right(), sy(v))
		}
		c.Text(plot.X-5, sy(v)+up/2, labels[i], right(page.Grey))
	}
	var top []page.Point
	for i, v := range w.Contacts {
		top = append(top, page.Point{X: sx(float64(i)), Y: sy(v)})
	}
	if len(top) > 1 {
		area := append([]page.Point{{X: top[0].X, Y: sy(0)}}, top...)
		area = append(area, page.Point{X: top[len(top)-1].X, Y: sy(0)})
		c.Path(area, true, tint(page.Marketing, areaTint), none)
		w.shade(c, sx, sy)
		c.Path(top, false, page.Paint{}, line(page.Marketing, 1))
		f.curve(top)
		for i, p := range top[1:] {
			y := min(p.Y, top[i].Y)
			f.solid = append(f.solid, page.Box{X: top[i].X, Y: y, W: p.X - top[i].X, H: plot.Bottom() - y})
		}
	}
	y := sy(w.Capacity)
	c.Line(plot.X, y, plot.Right(), y, line(page.Ink, 1.25))
	f.curve([]page.Point{{X: plot.X, Y: y}, {X: plot.Right(), Y: y}})
	if w.Off > 0 {
		o := sy(w.Off)
		c.Line(plot.X, o, plot.Right(), o, page.Stroke{Paint: ink(page.Appetite), Width: 1, Dash: []float64{4, 2.5}})
		f.curve([]page.Point{{X: plot.X, Y: o}, {X: plot.Right(), Y: o}})
	}
	c.Line(plot.X, plot.Bottom(), plot.Right(), plot.Bottom(), axis)
	bottomTicks(c, ticks(0, days, 7), w.Day, sx, plot, b)
	c.Text(plot.Right(), b.Bottom()-1.5, shorten(c, w.XTitle, plot.W, false), right(page.Grey))
	const indent = 8.0
	strong := bold(left(page.Ink))
	if under := plot.Bottom() - y; under >= leading+4 { // in the band that is answered
		f.texts = append(f.texts, w.inside(c, page.Box{X: plot.X + indent, Y: y + (under-leading)/2, W: plot.W - indent, H: leading}, w.Limit, strong))
	} else {
		f.place(c, w.Limit, 150, strong, page.Point{X: plot.Right(), Y: y - 3}, page.Point{X: plot.X + plot.W*0.75, Y: y - 4})
	}
	room := page.Box{X: plot.X + indent, Y: y - leading - 4, W: c.Width(w.Backlog.Text, size, true) + 2, H: leading}
	held := w.Backlog.Text != "" && covers(top, room) && !slices.ContainsFunc(f.texts, func(o page.Box) bool { return room.Overlaps(o, 0) })
	if held { // in the shaded part, over the line
		f.texts = append(f.texts, w.inside(c, room, w.Backlog, strong))
	}
	if w.Off > 0 {
		o := sy(w.Off) - 3
		f.place(c, w.OffText, 150, left(page.Appetite), page.Point{X: plot.Right() - 2, Y: o}, page.Point{X: plot.X + plot.W*0.8, Y: o}, page.Point{X: plot.X + plot.W*0.6, Y: o})
	}
	if peak, at := peakOf(w.Contacts); peak > w.Capacity && !held {
		end := at
		for end < len(w.Contacts)-1 && w.Contacts[end] > w.Capacity {
			end++
		}
		var shaded []page.Point
		for i := at; i <= (at+end)/2; i++ {
			shaded = append(shaded, page.Point{X: sx(float64(i)), Y: (sy(w.Contacts[i]) + y) / 2})
		}
		f.place(c, w.Backlog, 120, strong, shaded...)
	}
	f.place(c, w.Waves, 130, left(page.Marketing), middle(top, 0.05, 0.9)...)
}

// inside writes a label into a box and returns what it takes.
func (w Wave) inside(c page.Canvas, b page.Box, l page.Label, st page.TextStyle) page.Box {
	b.W = put(c, b.X, b.Y+7.3, fit(c, l, b.W, st.Bold), st)
	return b
}

// covers says whether a curve runs over a box, clear of it.
func covers(curve []page.Point, b page.Box) bool {
	if len(curve) == 0 || curve[len(curve)-1].X < b.Right() {
		return false
	}
	for i, p := range curve {
		if p.X >= b.X && p.X <= b.Right() && p.Y > b.Y-clearance {
			return false
		}
		if i > 0 && crosses(page.Box{X: b.X, Y: b.Y - clearance, W: b.W, H: b.H}, curve[i-1], p) {
			return false
		}
	}
	return curve[0].Y < b.Y
}

// shade fills the area over the capacity.
func (w Wave) shade(c page.Canvas, sx, sy scale) {
	var area []page.Point
	flush := func() {
		if len(area) > 2 {
			c.Path(area, true, tint(page.Marketing, 0.6), none)
		}
		area = nil
	}
	at := func(x, v float64) { area = append(area, page.Point{X: sx(x), Y: sy(v)}) }
	for i, v := range w.Contacts {
		if i > 0 { // where the curve crosses the line
			if u := w.Contacts[i-1]; (u > w.Capacity) != (v > w.Capacity) {
				at(float64(i-1)+(w.Capacity-u)/(v-u), w.Capacity)
				if v <= w.Capacity {
					flush()
				}
			}
		} else if v > w.Capacity {
			at(0, w.Capacity)
		}
		if v > w.Capacity {
			at(float64(i), v)
			if i == len(w.Contacts)-1 {
				at(float64(i), w.Capacity)
			}
		}
	}
	flush()
}

func peakOf(vs []float64) (peak float64, at int) {
	for i, v := range vs {
		if v > peak {
			peak, at = v, i
		}
	}
	return peak, at
}

// Alt names the wave, the capacity and the backlog.
func (w Wave) Alt() string {
	peak, at := peakOf(w.Contacts)
	return describe(kindOr(w.Kind, "Area chart"), w.Waves.Text, w.Count.of(peak)+" ("+w.Day.of(float64(at))+")",
		w.Limit.Text, w.OffText.Text, w.Backlog.Text)
}

// Data returns the contacts of each day.
func (w Wave) Data() page.Table {
	t := page.Table{Columns: []page.Column{column(w.XTitle), number(w.YTitle)}}
	for i, v := range w.Contacts {
		t.Rows = append(t.Rows, page.Row{Cells: []page.Text{page.T(w.Day.of(float64(i))), page.T(w.Count.of(v))}})
	}
	return t
}
