package chart

import "casebuilder/casebuilder/page"

// Multiple is one small chart: a unit with its curves.
type Multiple struct {
	Name   page.Label
	Text   page.Label // its figure, under the name
	Before []XY
	After  []XY
	Weak   bool // of a lower data grade: named so by Mark
}

// Multiples are small exceedance curves in a grid, all of one scale, in the
// order given.
type Multiples struct {
	Kind       string
	Panels     []Multiple
	Columns    int // 0: three to four by width
	MaxLoss    float64
	Loss       Format
	Chance     Format
	BeforeName page.Label // printed once, in the first panel
	AfterName  page.Label
	Mark       page.Label // printed at weak panels
	XTitle     string
}

func (m Multiples) columns(width float64) int {
	n := m.Columns
	if n <= 0 {
		n = min(4, max(1, int(width/115)))
	}
	return max(1, min(n, len(m.Panels)))
}

// between is the air between two rows of panels.
const between = 9.0

// Heights gives each row of panels 72 to 110 points.
func (m Multiples) Heights(_ page.Canvas, width float64) (least, greatest float64) {
	rows := float64((len(m.Panels) + m.columns(width) - 1) / m.columns(width))
	return rows*72 + (rows-1)*between + leading, rows*110 + (rows-1)*between + leading
}

// Draw draws the panels.
func (m Multiples) Draw(c page.Canvas, b page.Box) {
	if len(m.Panels) == 0 {
		return
	}
	maxX, maxY := m.MaxLoss, 0.0
	for _, p := range m.Panels {
		for _, q := range append(append([]XY{}, p.Before...), p.After...) {
			if m.MaxLoss == 0 {
				maxX = max(maxX, q.X)
			}
			maxY = max(maxY, q.Y)
		}
	}
	if maxX <= 0 {
		maxX = 1
	}
	if maxY <= 0 {
		maxY = 1
	}
	const gap = 14.0
	n := m.columns(b.W)
	rows := (len(m.Panels) + n - 1) / n
	w := (b.W - gap*float64(n-1)) / float64(n)
	h := (b.H - leading - between*float64(rows-1)) / float64(rows)
	for i, p := range m.Panels {
		x, y := b.X+float64(i%n)*(w+gap), b.Y+float64(i/n)*(h+between)
		put(c, x, y+up+1, fit(c, p.Name, w, true), bold(left(page.Ink)))
		used := put(c, x, y+up+1+leading, fit(c, p.Text, w, false), left(page.Grey))
		if room := w - used - 5; p.Weak && room > 15 {
			put(c, x+used+5, y+up+1+leading, fit(c, m.Mark, room, false), left(page.Appetite))
		}
		plot := page.Box{X: x, Y: y + 2*leading + 5, W: w, H: h - 2*leading - 5 - leading - 5}
		sx, sy := linear(0, maxX, plot.X, plot.Right()), linear(0, maxY, plot.Bottom(), plot.Y)
		c.Line(plot.X, plot.Bottom(), plot.Right(), plot.Bottom(), axis)
		c.Line(plot.X, plot.Y, plot.Right(), plot.Y, hair)
		f := &field{area: plot}
		before := small(c, p.Before, sx, sy, maxX, page.Stroke{Paint: ink(page.Before), Width: 1, Dash: []float64{3, 2}})
		after := small(c, p.After, sx, sy, maxX, line(page.After, 1.5))
		f.curve(before)
		f.curve(after)
		c.Text(plot.X, plot.Bottom()+up+4, m.Loss.of(0), left(page.Grey))
		c.Text(plot.Right(), plot.Bottom()+up+4, m.Loss.of(maxX), right(page.Grey))
		if i%n == 0 {
			f.place(c, page.L(m.Chance.of(maxY)), w, left(page.Grey), page.Point{X: plot.Right(), Y: plot.Y + 3})
		}
		if i == 0 {
			f.place(c, m.BeforeName, w*0.7, bold(left(page.Before)), middle(before, 0.03, 0.35)...)
			f.place(c, m.AfterName, w*0.7, bold(left(page.Ink)), middle(after, 0.03, 0.4)...)
		}
	}
	c.Text(b.Right(), b.Bottom()-1.5, shorten(c, m.XTitle, b.W, false), right(page.Grey))
}

// small draws one curve of a panel.
func small(c page.Canvas, xy []XY, sx, sy scale, maxX float64, s page.Stroke) []page.Point {
	var pts []page.Point
	for _, p := range xy {
		if p.X <= maxX {
			pts = append(pts, page.Point{X: sx(p.X), Y: sy(p.Y)})
		}
	}
	c.Path(pts, false, page.Paint{}, s)
	return pts
}

// Alt names the panels and their figures.
func (m Multiples) Alt() string {
	var vs []string
	for i, p := range m.Panels {
		if i == 8 {
			break
		}
		vs = append(vs, say(p.Name.Text, p.Text.Text))
	}
	return describe(kindOr(m.Kind, "Small multiples"), vs...)
}

// Data returns the panels' figures.
func (m Multiples) Data() page.Table {
	t := page.Table{Columns: []page.Column{column(""), number("")}}
	for _, p := range m.Panels {
		t.Rows = append(t.Rows, page.Row{Cells: []page.Text{cell(p.Name), cell(p.Text)}})
	}
	return t
}
