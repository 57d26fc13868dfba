package chart

import (
	"math"

	"casebuilder/casebuilder/page"
)

// Swing is one bar of a tornado: an input at its low and its high end.
type Swing struct {
	Label     page.Label
	Low, High float64 // the result with the input at its low and at its high end
	LowText   page.Label
	HighText  page.Label // the input values, printed at the bar's ends
	Switch    page.Label // the input value at which the result is zero, or words; printed at the right
	Flips     bool       // the bar crosses zero: a tick on the zero line
}

// Tornado shows how far each input moves the result, widest first. It wants at
// least 280 points of width; on less it leaves the switching values out.
type Tornado struct {
	Kind   string
	Mid    float64    // the result with every input in its middle
	Middle page.Label // "NPV £1.4m"
	Swings []Swing
	Tick   Format
	XTitle string
	Zero   page.Label // at the zero line: "pays above, does not below"; may be empty
	Head   page.Label // of the column at the right: "NPV is zero at"
	Low    page.Label // "input low" and "input high", printed once, at the widest bar
	High   page.Label
}

// Heights gives each bar 18 to 23 points, and the axis its room.
func (t Tornado) Heights(page.Canvas, float64) (least, greatest float64) {
	n := float64(len(t.Swings))
	return n*18 + 4*leading + 6, n*23 + 4*leading + 6
}

// Draw draws the bars: the half at the low input lighter, the other darker.
func (t Tornado) Draw(c page.Canvas, b page.Box) {
	var names, ends, switches []string
	vs := []float64{t.Mid}
	for _, s := range t.Swings {
		names = append(names, s.Label.Text)
		ends = append(ends, s.LowText.Text, s.HighText.Text)
		switches = append(switches, s.Switch.Text)
		vs = append(vs, s.Low, s.High)
	}
	lo, hi := extent(vs...)
	lo, hi = spread(lo, hi)
	labelW := min(widest(c, false, names...)+8, b.W*0.3)
	switchW := 0.0
	if s := widest(c, false, switches...); s > 0 && b.W >= 260 {
		switchW = min(max(s, min(widest(c, false, t.Head.Text), 70)), b.W*0.2) + 8
	}
	endW := min(widest(c, false, ends...), b.W*0.16)
	plot := page.Box{X: b.X + labelW + endW + 4, Y: b.Y + 2*leading + 3}
	plot.W = max(40, b.Right()-switchW-endW-4-plot.X)
	plot.H = b.Bottom() - 2*leading - 3 - plot.Y
	sx := linear(lo, hi, plot.X, plot.Right())
	// Heads: what is in the middle, and the column at the right.
	mx := sx(t.Mid)
	middle := fit(c, t.Middle, b.W-labelW-switchW, true)
	w := c.Width(middle.Text, size, true)
	put(c, min(max(mx-w/2, b.X+labelW), b.Right()-switchW-w), b.Y+up+1, middle, bold(left(page.Ink)))
	if switchW > 0 {
		head := wrap(c, t.Head.Text, switchW-8, false, 2)
		block(c, b.Right(), b.Y+up+1+leading*float64(2-len(head)), head, right(page.Grey))
	}
	rowH := 0.0
	if n := len(t.Swings); n > 0 {
		rowH = plot.H / float64(n)
	}
	barH := min(rowH-6, 12)
	zero := lo < 0 && hi > 0
	if zero {
		c.Line(sx(0), plot.Y, sx(0), plot.Bottom(), axis)
	}
	for i, s := range t.Swings {
		mid := plot.Y + (float64(i)+0.5)*rowH
		rowName(c, b.X, mid, labelW-6, 2, s.Label)
		xl, xh := sx(s.Low), sx(s.High)
		c.Rect(span(mx, xl, mid, barH), tint(page.After, 0.65), outlined(page.After))
		c.Rect(span(mx, xh, mid, barH), tint(page.After, 0.1), outlined(page.After))
		atLeft, atRight := s.LowText, s.HighText
		atLeft.Text, atRight.Text = shorten(c, atLeft.Text, endW, false), shorten(c, atRight.Text, endW, false)
		if xl > xh {
			atLeft, atRight = atRight, atLeft
		}
		x0, x1 := min(xl, xh, mx)-4, max(xl, xh, mx)+4
		if zero { // the zero line gives way to an amount
			for _, o := range []page.Box{{X: x0 - c.Width(atLeft.Text, size, false), W: c.Width(atLeft.Text, size, false)}, {X: x1, W: c.Width(atRight.Text, size, false)}} {
				if z := sx(0); z > o.X-1 && z < o.Right()+1 {
					c.Rect(page.Box{X: z - 1, Y: mid - leading/2, W: 2, H: leading}, ink(page.White), none)
				}
			}
		}
		put(c, x0, mid+up/2, atLeft, right(page.Grey))
		put(c, x1, mid+up/2, atRight, left(page.Grey))
		if switchW > 0 {
			st := right(page.Ink)
			if !s.Flips {
				st = right(page.Grey)
			}
			put(c, b.Right(), mid+up/2, fit(c, s.Switch, switchW-4, false), st)
		}
		if s.Flips && zero {
			c.Line(sx(0), mid-barH/2-2.5, sx(0), mid+barH/2+2.5, line(page.Appetite, 1.75))
		}
	}
	c.Line(mx, plot.Y-2, mx, plot.Bottom(), page.Stroke{Paint: ink(page.Grey), Width: 0.5})
	c.Line(plot.X, plot.Bottom(), plot.Right(), plot.Bottom(), hair)
	bottomTicks(c, ticks(lo, hi, 4), t.Tick, sx, plot, b)
	c.Text(plot.Right(), b.Bottom()-1.5, shorten(c, t.XTitle, plot.Right()-b.X, false), right(page.Grey))
	if len(t.Swings) > 0 { // which end is which, over the widest bar
		s := t.Swings[0]
		lowX, highX := sx(s.Low), sx(s.High)
		y := b.Y + leading + up
		lw, hw := c.Width(t.Low.Text, size, false), c.Width(t.High.Text, size, false)
		if lowX <= highX {
			lowX, highX = max(b.X+labelW, lowX), min(highX-hw, b.Right()-switchW-hw)
		} else {
			lowX, highX = min(lowX-lw, b.Right()-switchW-lw), max(b.X+labelW, highX)
		}
		if min(lowX, highX)+map[bool]float64{true: lw, false: hw}[lowX < highX]+6 < max(lowX, highX) {
			put(c, lowX, y, t.Low, left(page.Grey))
			put(c, highX, y, t.High, left(page.Grey))
		}
	}
}

// tight is the leading of the name of a row: less than elsewhere, to stay apart
// from the next row.
const tight = 8.5

// rowName writes the name of a row around its middle, in at most so many lines.
func rowName(c page.Canvas, x, mid, width float64, most int, l page.Label) {
	lines := wrap(c, l.Text, width, false, most)
	for i, s := range lines {
		c.Text(x, mid+up/2+(float64(i)-float64(len(lines)-1)/2)*tight, s, figure(left(page.Ink), l.Figure))
	}
}

// span is a bar between two x.
func span(x0, x1, mid, h float64) page.Box {
	return page.Box{X: min(x0, x1), Y: mid - h/2, W: math.Abs(x1 - x0), H: h}
}

// Alt names the middle and the three widest bars.
func (t Tornado) Alt() string {
	vs := []string{t.Middle.Text}
	for i, s := range t.Swings {
		if i == 3 {
			break
		}
		vs = append(vs, s.Label.Text+" "+t.Tick.of(s.Low)+" – "+t.Tick.of(s.High))
	}
	return describe(kindOr(t.Kind, "Tornado chart"), vs...)
}

// Data returns the bars.
func (t Tornado) Data() page.Table {
	out := page.Table{Columns: []page.Column{column(""), column(t.Low.Text), number(t.XTitle), column(t.High.Text), number(t.XTitle), column(t.Head.Text)}}
	for _, s := range t.Swings {
		out.Rows = append(out.Rows, page.Row{Cells: []page.Text{cell(s.Label), cell(s.LowText), page.T(t.Tick.of(s.Low)),
			cell(s.HighText), page.T(t.Tick.of(s.High)), cell(s.Switch)}})
	}
	return out
}

// Turn is one row of Switching: where an input must stand for the result to flip.
type Turn struct {
	Label    page.Label
	Low, Mid float64 // the range of the input, and its middle
	High     float64
	At       float64    // where the result is zero; NaN: nowhere in the range
	LowText  page.Label // printed at the ends of the range
	MidText  page.Label
	HighText page.Label
	AtText   page.Label // "flips at 74%", or "not within its range"
}

// Switching shows for each input its range, its middle as a dot and, as a
// diamond, the value at which the answer flips. Each row has its own scale,
// from low to high. It wants at least 280 points of width.
type Switching struct {
	Kind  string
	Turns []Turn
	Head  page.Label // over the printed switching values
}

// Heights gives each row 18 to 27 points.
func (s Switching) Heights(page.Canvas, float64) (least, greatest float64) {
	n := float64(len(s.Turns))
	return n*18 + leading + 3, n*27 + leading + 3
}

// Draw draws the rows.
func (s Switching) Draw(c page.Canvas, b page.Box) {
	if len(s.Turns) == 0 {
		return
	}
	var names, lows, highs, ats []string
	for _, t := range s.Turns {
		names, lows, highs, ats = append(names, t.Label.Text), append(lows, t.LowText.Text), append(highs, t.HighText.Text), append(ats, t.AtText.Text)
	}
	labelW := min(widest(c, false, names...)+10, b.W*0.32)
	lowW, highW := min(widest(c, false, lows...), b.W*0.14)+5, min(widest(c, false, highs...), b.W*0.14)+5
	atW := min(max(widest(c, true, ats...), widest(c, false, s.Head.Text))+10, b.W*0.3)
	x0, x1 := b.X+labelW+lowW, b.Right()-atW-highW
	c.Text(b.Right(), b.Y+up, shorten(c, s.Head.Text, atW-4, false), right(page.Grey))
	top := b.Y + leading + 3
	rowH := (b.Bottom() - top) / float64(len(s.Turns))
	for i, t := range s.Turns {
		mid := top + (float64(i)+0.5)*rowH
		c.Line(b.X, top+float64(i)*rowH, b.Right(), top+float64(i)*rowH, hair)
		rowName(c, b.X, mid, labelW-8, 2, t.Label)
		put(c, x0-5, mid+up/2, fit(c, t.LowText, lowW-5, false), right(page.Grey))
		put(c, x1+5, mid+up/2, fit(c, t.HighText, highW-5, false), left(page.Grey))
		sx := linear(t.Low, t.High, x0, x1)
		c.Line(x0, mid, x1, mid, page.Stroke{Paint: ink(page.Grey), Width: 1})
		c.Line(x0, mid-3, x0, mid+3, page.Stroke{Paint: ink(page.Grey), Width: 1})
		c.Line(x1, mid-3, x1, mid+3, page.Stroke{Paint: ink(page.Grey), Width: 1})
		c.Circle(sx(t.Mid), mid, 3, ink(page.White), line(page.Ink, 1))
		st := right(page.Grey)
		if !math.IsNaN(t.At) && t.At >= min(t.Low, t.High) && t.At <= max(t.Low, t.High) {
			diamond(c, sx(t.At), mid, 4, ink(page.Appetite), line(page.White, 0.5))
			st = bold(right(page.Appetite))
		}
		put(c, b.Right(), mid+up/2, fit(c, t.AtText, atW-4, st.Bold), st)
	}
}

// Alt names each row's switching value.
func (s Switching) Alt() string {
	var vs []string
	for _, t := range s.Turns {
		vs = append(vs, say(t.Label.Text, t.AtText.Text))
	}
	return describe(kindOr(s.Kind, "Switching values"), vs...)
}

// Data returns the rows.
func (s Switching) Data() page.Table {
	t := page.Table{Columns: []page.Column{column(""), column(""), column(""), column(""), column(s.Head.Text)}}
	for _, r := range s.Turns {
		t.Rows = append(t.Rows, page.Row{Cells: []page.Text{cell(r.Label), cell(r.LowText), cell(r.MidText), cell(r.HighText), cell(r.AtText)}})
	}
	return t
}
