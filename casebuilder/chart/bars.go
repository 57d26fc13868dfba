package chart

import "casebuilder/casebuilder/page"

// Segment is one part of a bar.
type Segment struct {
	Value float64
	Role  page.Role
	Text  page.Label // printed inside, or behind the bar where it is too narrow
	Solid bool       // observed; otherwise modelled
}

// BarRow is one bar, or one group of bars.
type BarRow struct {
	Label    page.Label
	Segments []Segment
	Total    page.Label // printed behind a stacked bar
	Low      float64    // whisker of the whole bar; both 0: none
	High     float64
	Bold     bool
	Hatched  bool // another kind of figure than the others: planned, or of weaker data
}

// Bars are horizontal bars from zero, all of one scale: stacked, or grouped
// one under the other. The series are named once, at the first bar.
type Bars struct {
	Kind    string
	Rows    []BarRow
	Series  []page.Label // names of the segments; may be empty
	Grouped bool         // segments under one another, not end to end
	Max     float64      // right end of the scale, to share one between charts; 0: the greatest value
	Tick    Format       // nil: no axis, amounts are printed
	XTitle  string
}

// Heights gives each bar 15 to 21 points.
func (s Bars) Heights(page.Canvas, float64) (least, greatest float64) {
	n := 0.0
	for _, r := range s.Rows {
		if s.Grouped {
			n += max(1, float64(len(r.Segments))) + 0.4
		} else {
			n++
		}
	}
	extra := 0.0
	if len(s.Series) > 0 && !s.Grouped {
		extra += leading + 4
	}
	if s.Tick != nil {
		extra += 2*leading + 3
	}
	if s.Grouped {
		return n*11.5 + extra, n*14 + extra
	}
	return n*15 + extra, n*21 + extra
}

// Draw draws the bars.
func (s Bars) Draw(c page.Canvas, b page.Box) {
	var names, texts []string
	lo, hi := 0.0, s.Max
	units := 0.0
	for _, r := range s.Rows {
		names = append(names, r.Label.Text)
		texts = append(texts, r.Total.Text)
		sum := 0.0
		for _, g := range r.Segments {
			if s.Grouped {
				hi, lo = max(hi, g.Value), min(lo, g.Value)
				texts = append(texts, g.Text.Text)
			} else {
				sum += g.Value
			}
		}
		if len(r.Segments) == 1 {
			texts = append(texts, r.Segments[0].Text.Text)
		}
		hi, lo = max(hi, sum, r.High), min(lo, sum, r.Low)
		if s.Grouped {
			units += max(1, float64(len(r.Segments))) + 0.4
		} else {
			units++
		}
	}
	if units == 0 {
		return
	}
	if hi <= lo {
		hi = lo + 1
	}
	if s.Grouped { // the series' names stand behind the first bars' amounts
		for i, n := range s.Series {
			t := n.Text
			if len(s.Rows) > 0 && i < len(s.Rows[0].Segments) {
				t = s.Rows[0].Segments[i].Text.Text + "   " + t
			}
			texts = append(texts, t)
		}
	}
	labelW := min(widest(c, true, names...)+8, b.W*0.34)
	textW := min(widest(c, true, texts...)+10, b.W*0.42)
	plot := page.Box{X: b.X + labelW, Y: b.Y, W: b.W - labelW - textW}
	bottom := b.Bottom()
	if s.Tick != nil {
		bottom -= 2*leading + 3
	}
	plot.H = bottom - b.Y
	sx := linear(lo, hi, plot.X, plot.Right())
	y := b.Y
	if len(s.Series) > 0 && !s.Grouped {
		y += leading + 4
		s.names(c, b, sx)
	}
	if s.Tick != nil {
		for _, v := range ticks(lo, hi, 5) {
			c.Line(sx(v), y, sx(v), bottom, hair)
		}
		bottomTicks(c, ticks(lo, hi, 5), s.Tick, sx, plot, b)
		c.Text(b.Right(), b.Bottom()-1.5, shorten(c, s.XTitle, b.W, false), right(page.Grey))
	}
	unit := (bottom - y) / units
	for ri, r := range s.Rows {
		st := left(page.Ink)
		if r.Bold {
			st = bold(st)
		}
		n := 1.0
		if s.Grouped {
			n = max(1, float64(len(r.Segments)))
		}
		mid := y + n*unit/2
		for j, l := range wrap(c, r.Label.Text, labelW-6, st.Bold, 1) {
			c.Text(b.X, mid+up/2+float64(j)*leading, l, figure(st, r.Label.Figure))
		}
		if s.Grouped {
			for i, g := range r.Segments {
				bar := page.Box{X: min(sx(0), sx(g.Value)), Y: y + float64(i)*unit + 1, W: max(sx(g.Value)-sx(0), sx(0)-sx(g.Value)), H: unit - 2}
				s.bar(c, bar, g, r.Hatched)
				m := bar.Y + bar.H/2
				at := bar.Right() + 4
				at += put(c, at, m+up/2, fit(c, g.Text, b.Right()-at, false), left(page.Ink))
				if room := b.Right() - at - 6; ri == 0 && i < len(s.Series) && room > 20 {
					put(c, at+6, m+up/2, fit(c, s.Series[i], room, true), bold(left(page.Grey)))
				}
			}
			y += (n + 0.4) * unit
			continue
		}
		h := min(unit-5, 13)
		sum := 0.0
		for _, g := range r.Segments {
			bar := page.Box{X: min(sx(sum), sx(sum+g.Value)), Y: mid - h/2, W: max(sx(sum+g.Value)-sx(sum), sx(sum)-sx(sum+g.Value)), H: h}
			s.bar(c, bar, g, r.Hatched)
			sum += g.Value
		}
		end := max(sx(sum), sx(0))
		if r.Low != 0 || r.High != 0 {
			c.Line(sx(r.Low), mid, sx(r.High), mid, whisker)
			c.Line(sx(r.Low), mid-2.5, sx(r.Low), mid+2.5, whisker)
			c.Line(sx(r.High), mid-2.5, sx(r.High), mid+2.5, whisker)
			end = max(end, sx(r.High))
		}
		total := r.Total
		if total.Text == "" && len(r.Segments) == 1 {
			total = r.Segments[0].Text
		}
		put(c, end+4, mid+up/2, fit(c, total, b.Right()-end-4, st.Bold), st)
		y += unit
	}
	c.Line(sx(0), b.Y+map[bool]float64{true: leading + 4}[len(s.Series) > 0 && !s.Grouped], sx(0), bottom, axis)
}

// bar draws one segment, with its amount inside where it fits and is legible.
func (s Bars) bar(c page.Canvas, box page.Box, g Segment, hatched bool) {
	fill := modelled(g.Role)
	if g.Solid {
		fill = ink(g.Role)
	}
	if hatched {
		fill = tint(g.Role, 0.75)
	}
	c.Rect(box, fill, outlined(g.Role))
	if hatched {
		c.Hatch(box, page.Stroke{Paint: ink(g.Role), Width: 0.4})
	}
}

// names prints the names of the series over the segments of the first bar that
// has them, each at its middle, moved apart where they would touch.
func (s Bars) names(c page.Canvas, b page.Box, sx scale) {
	if len(s.Rows) == 0 {
		return
	}
	sum, last := 0.0, b.X-100
	for i, g := range s.Rows[0].Segments {
		if i >= len(s.Series) {
			break
		}
		w := c.Width(s.Series[i].Text, size, true)
		at := max(sx(sum+g.Value/2)-w/2, last+8, sx(0))
		at = min(at, b.Right()-w)
		if at < last+4 {
			break
		}
		role := g.Role
		if role != page.Marketing && role != page.Appetite {
			role = page.Ink
		}
		put(c, at, b.Y+up+1, s.Series[i], bold(left(role)))
		last = at + w
		sum += g.Value
	}
}

// Alt names the bars and their amounts.
func (s Bars) Alt() string {
	var vs []string
	for i, r := range s.Rows {
		if i == 5 {
			break
		}
		t := r.Total.Text
		for _, g := range r.Segments {
			if r.Total.Text == "" {
				t += " " + g.Text.Text
			}
		}
		vs = append(vs, say(r.Label.Text, t))
	}
	return describe(kindOr(s.Kind, "Bar chart"), vs...)
}

// Data returns the segments.
func (s Bars) Data() page.Table {
	n := 0
	for _, r := range s.Rows {
		n = max(n, len(r.Segments))
	}
	t := page.Table{Columns: []page.Column{column("")}}
	for i := range n {
		h := ""
		if i < len(s.Series) {
			h = s.Series[i].Text
		}
		t.Columns = append(t.Columns, number(h))
	}
	t.Columns = append(t.Columns, number(""))
	for _, r := range s.Rows {
		row := page.Row{Cells: []page.Text{cell(r.Label)}}
		for i := range n {
			var v page.Text
			if i < len(r.Segments) {
				v = cell(r.Segments[i].Text)
				if v.Empty() && s.Tick != nil {
					v = page.T(s.Tick(r.Segments[i].Value))
				}
			}
			row.Cells = append(row.Cells, v)
		}
		row.Cells = append(row.Cells, cell(r.Total))
		t.Rows = append(t.Rows, row)
	}
	return t
}
