package chart

import (
	"cmp"
	"slices"

	"casebuilder/casebuilder/page"
)

// ShareKey is one rule for sharing the cost, as a tick on the share bar.
type ShareKey struct {
	Label page.Label // "benefit 31%"
	Value float64    // 0 to 1
	InUse bool
}

// Stake sets what marketing stands to lose against what it is asked to fund:
// two bars of one scale, 0 to 100%, apart, never in one colour. The stake is
// solid with its range as a whisker, the share outlined with the keys as open
// ticks.
type Stake struct {
	Kind      string
	Stake     float64 // 0 to 1
	Low, High float64 // its range; both 0: none
	StakeName page.Label
	StakeText page.Label // "41%"
	RangeText page.Label // "36% to 47%"
	Share     float64
	ShareName page.Label
	ShareText page.Label
	Keys      []ShareKey
	KeysText  page.Label // over the ticks: "four ways to share the cost"
	Tick      Format
	XTitle    string
}

// Heights depends on the keys: their labels stand in rows under the share bar.
func (s Stake) Heights(c page.Canvas, width float64) (least, greatest float64) {
	h := stakeGap + 2*(leading+stakeBar+4) + 2*leading + 12
	b := page.Box{W: width}
	if rows := s.rows(c, b, s.scale(b)); len(rows) > 0 {
		h += 8 + keyStep*float64(rows[len(rows)-1].row+1)
	}
	return h, h
}

// scale is that of both bars.
func (s Stake) scale(b page.Box) scale { return linear(0, 1, b.X, b.Right()-14) }

const (
	stakeBar = 20.0
	stakeGap = 16.0 // between the two bars
)

// Draw draws the two bars.
func (s Stake) Draw(c page.Canvas, b page.Box) {
	sx := s.scale(b)
	const barH = stakeBar
	bottom := b.Bottom() - 2*leading - 3
	plot := page.Box{X: b.X, Y: b.Y, W: b.W, H: bottom - b.Y}
	c.Line(b.X, bottom, sx(1), bottom, axis)
	bottomTicks(c, ticks(0, 1, 5), s.Tick, sx, plot, b)
	c.Text(b.Right(), b.Bottom()-1.5, shorten(c, s.XTitle, b.W, false), right(page.Grey))

	y := b.Y + leading
	s.heading(c, b, y-2.5, s.StakeName, s.StakeText, s.RangeText)
	bar := page.Box{X: b.X, Y: y + 2, W: sx(s.Stake) - b.X, H: barH}
	c.Rect(bar, ink(page.Stake), none)
	mid := bar.Y + barH/2
	if s.Low != 0 || s.High != 0 {
		l, h := sx(s.Low), sx(s.High)
		inside := min(h, bar.Right()) // white inside the bar, ink beyond it
		c.Line(l, mid, inside, mid, line(page.White, 1))
		c.Line(l, mid-3, l, mid+3, line(page.White, 1))
		c.Line(inside, mid, h, mid, line(page.Ink, 1))
		c.Line(h, mid-3, h, mid+3, line(page.Ink, 1))
	}
	y = bar.Bottom() + stakeGap + leading
	s.heading(c, b, y-4.5, s.ShareName, s.ShareText, page.Label{})
	bar = page.Box{X: b.X + 0.75, Y: y + 4, W: max(0, sx(s.Share)-b.X-0.75), H: barH}
	c.Rect(bar, ink(page.White), line(page.Share, 1.5))
	s.keys(c, b, sx, bar)
}

// heading writes what a bar is and, behind it, how much and from where to where.
func (s Stake) heading(c page.Canvas, b page.Box, y float64, name, value, spread page.Label) {
	x := b.X + put(c, b.X, y, fit(c, name, b.W*0.5, true), bold(left(page.Ink))) + 10
	x += put(c, x, y, fit(c, value, b.W*0.25, true), bold(left(page.Ink))) + 6
	put(c, x, y, fit(c, spread, max(0, b.Right()-x), false), left(page.Grey))
}

// keyRow is a key with its label at its place.
type keyRow struct {
	x, at float64 // of the tick, and where the label begins
	row   int     // of the label, from the top
	label page.Label
	style page.TextStyle
}

// keyStep is the distance between the rows of the labels of the keys.
const keyStep = 11.0

// rows gives each key its label, rightmost first: in the row of the one before
// where there is room left of that one's tick, else in the next row.
func (s Stake) rows(c page.Canvas, b page.Box, sx scale) []keyRow {
	keys := slices.Clone(s.Keys)
	slices.SortStableFunc(keys, func(a, b ShareKey) int { return cmp.Compare(b.Value, a.Value) })
	var out []keyRow
	for i, k := range keys {
		r := keyRow{x: sx(k.Value), style: left(page.Grey)}
		if k.InUse {
			r.style = bold(left(page.Ink))
		}
		r.label = fit(c, k.Label, b.W*0.45, r.style.Bold)
		w := c.Width(r.label.Text, size, r.style.Bold)
		if r.at = r.x + 4; r.at+w > b.Right() {
			r.at = r.x - 4 - w
		}
		if i > 0 {
			if r.row = out[i-1].row; r.at < r.x || out[i-1].at < out[i-1].x || r.at+w > out[i-1].x-6 {
				r.row++
			}
		}
		out = append(out, r)
	}
	return out
}

// keys draws the ticks through the share bar, their labels in rows below it.
func (s Stake) keys(c page.Canvas, b page.Box, sx scale, bar page.Box) {
	base := bar.Bottom() + 8 + up
	for _, r := range s.rows(c, b, sx) {
		y := base + float64(r.row)*keyStep
		c.Line(r.x, bar.Y-3, r.x, y-up-1+4, page.Stroke{Paint: ink(page.Grey), Width: 0.5})
		c.Circle(r.x, bar.Y-3, 2, ink(page.White), line(page.Ink, 0.75))
		put(c, r.at, y, r.label, r.style)
	}
}

// Alt names stake, share and keys.
func (s Stake) Alt() string {
	vs := []string{say(s.StakeName.Text, s.StakeText.Text+" "+s.RangeText.Text), say(s.ShareName.Text, s.ShareText.Text)}
	for _, k := range s.Keys {
		vs = append(vs, k.Label.Text)
	}
	return describe(kindOr(s.Kind, "Bar chart"), vs...)
}

// Data returns stake, share and keys.
func (s Stake) Data() page.Table {
	t := page.Table{Columns: []page.Column{column(""), number(s.XTitle), column("")}}
	t.Rows = append(t.Rows,
		page.Row{Cells: []page.Text{cell(s.StakeName), cell(s.StakeText), cell(s.RangeText)}},
		page.Row{Cells: []page.Text{cell(s.ShareName), cell(s.ShareText), nil}})
	for _, k := range s.Keys {
		t.Rows = append(t.Rows, page.Row{Cells: []page.Text{cell(k.Label), page.T(s.Tick.of(k.Value)), nil}})
	}
	return t
}
