package chart

import (
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
func (s Stake) Heights(page.Canvas, float64) (least, greatest float64) {
	h := stakeGap + 2*(leading+stakeBar+4) + 2*leading + 12
	if n := len(s.Keys); n > 0 {
		h += 8 + leading*float64(n)
	}
	return h, h
}

const (
	stakeBar = 20.0
	stakeGap = 16.0 // between the two bars
)

// Draw draws the two bars.
func (s Stake) Draw(c page.Canvas, b page.Box) {
	sx := linear(0, 1, b.X, b.Right()-14)
	const barH = stakeBar
	bottom := b.Bottom() - 2*leading - 3
	plot := page.Box{X: b.X, Y: b.Y, W: b.W, H: bottom - b.Y}
	c.Line(b.X, bottom, sx(1), bottom, axis)
	bottomTicks(c, ticks(0, 1, 5), s.Tick, sx, plot, b)
	c.Text(b.Right(), b.Bottom()-1.5, shorten(c, s.XTitle, b.W, false), right(page.Grey))

	y := b.Y + leading
	put(c, b.X, y-2.5, fit(c, s.StakeName, b.W*0.6, true), bold(left(page.Ink)))
	bar := page.Box{X: b.X, Y: y + 2, W: sx(s.Stake) - b.X, H: barH}
	c.Rect(bar, ink(page.Stake), none)
	mid := bar.Y + barH/2
	end := bar.Right()
	if s.Low != 0 || s.High != 0 {
		l, h := sx(s.Low), sx(s.High)
		inside := min(h, bar.Right()) // white inside the bar, ink beyond it
		c.Line(l, mid, inside, mid, line(page.White, 1))
		c.Line(l, mid-3, l, mid+3, line(page.White, 1))
		c.Line(inside, mid, h, mid, line(page.Ink, 1))
		c.Line(h, mid-3, h, mid+3, line(page.Ink, 1))
		end = max(end, h)
	}
	w := c.Width(s.StakeText.Text, size, true) + 5 + c.Width(s.RangeText.Text, size, false)
	if at := end + 6; at+w <= b.Right() {
		at += put(c, at, mid+up/2, s.StakeText, bold(left(page.Ink)))
		put(c, at+5, mid+up/2, s.RangeText, left(page.Grey))
	} else { // no room at the right: behind the name
		at := b.X + min(c.Width(s.StakeName.Text, size, true), b.W*0.6) + 10
		at += put(c, at, y-2.5, fit(c, s.StakeText, b.W*0.2, true), bold(left(page.Ink)))
		put(c, at+5, y-2.5, fit(c, s.RangeText, max(0, b.Right()-at-5), false), left(page.Grey))
	}

	y = bar.Bottom() + stakeGap + leading
	put(c, b.X, y-4.5, fit(c, s.ShareName, b.W, true), bold(left(page.Ink)))
	bar = page.Box{X: b.X + 0.75, Y: y + 4, W: max(0, sx(s.Share)-b.X-0.75), H: barH}
	c.Rect(bar, ink(page.White), line(page.Share, 1.5))
	mid = bar.Y + barH/2
	at := bar.Right() + 6
	if at+c.Width(s.ShareText.Text, size, true) > b.Right() {
		at = bar.Right() - 6 - c.Width(s.ShareText.Text, size, true)
	}
	for _, k := range s.Keys { // the amount steps over the ticks
		if x := sx(k.Value); x > at-4 && x < at+c.Width(s.ShareText.Text, size, true)+4 && !k.InUse {
			at = x + 6
		}
	}
	if at+c.Width(s.ShareText.Text, size, true) <= b.Right() {
		put(c, at, mid+up/2, s.ShareText, bold(left(page.Ink)))
	}
	s.keys(c, b, sx, bar)
}

// keys draws the ticks through the share bar, their labels in rows below it.
func (s Stake) keys(c page.Canvas, b page.Box, sx scale, bar page.Box) {
	keys := slices.Clone(s.Keys)
	slices.SortStableFunc(keys, func(a, b ShareKey) int {
		if a.Value < b.Value {
			return 1
		}
		return -1
	})
	base := bar.Bottom() + 7 + up
	for i, k := range keys { // the rightmost label stands highest
		x := sx(k.Value)
		y := base + float64(i)*leading
		st := left(page.Grey)
		if k.InUse {
			st = bold(left(page.Ink))
		}
		c.Line(x, bar.Y-3, x, y-up-1+4, page.Stroke{Paint: ink(page.Grey), Width: 0.5})
		c.Circle(x, bar.Y-3, 2, ink(page.White), line(page.Ink, 0.75))
		l := fit(c, k.Label, b.W*0.45, st.Bold)
		w := c.Width(l.Text, size, st.Bold)
		if x+4+w <= b.Right() {
			put(c, x+4, y, l, st)
		} else {
			put(c, x-4-w, y, l, st)
		}
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
