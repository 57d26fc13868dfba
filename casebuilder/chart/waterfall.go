package chart

import "casebuilder/casebuilder/page"

// Step is one bar of a waterfall.
type Step struct {
	Label    page.Label
	Value    float64    // added to what is there; of a subtotal: ignored
	Subtotal bool       // shows the sum so far, outlined, from zero
	Text     page.Label // the printed amount
	Role     page.Role  // Marketing or Other
	Low      float64    // 5th and 95th percentile of a subtotal, as a whisker; both 0: none
	High     float64
	Range    page.Label // the range in words, printed after the amount
}

// Waterfall builds a loss up from its lines, from top to bottom: marketing's
// bars in its colour, the rest grey, subtotals outlined. All of it is modelled.
// It wants at least 280 points of width.
type Waterfall struct {
	Kind  string
	Steps []Step
	Note  page.Label // what the colour means, printed beside the first of marketing's bars
}

// whiskerRoom bounds how far whiskers stretch the scale beyond the bars: a
// 95th percentile far out ends in an arrow, its value in words beside it, so
// that the bars stay legible.
const whiskerRoom = 1.35

const (
	rowLeast = 15.0
	rowMost  = 20.25
)

// Heights gives each step 15 to 20 points.
func (w Waterfall) Heights(page.Canvas, float64) (least, greatest float64) {
	n := float64(len(w.Steps))
	return n * rowLeast, n * rowMost
}

// Draw draws the bars.
func (w Waterfall) Draw(c page.Canvas, b page.Box) {
	if len(w.Steps) == 0 {
		return
	}
	var vs []float64
	var names []string
	sum := 0.0
	texts, whiskers := 0.0, 0.0
	for _, s := range w.Steps {
		if !s.Subtotal {
			sum += s.Value
		}
		vs = append(vs, sum)
		whiskers = max(whiskers, s.High)
		names = append(names, s.Label.Text)
		texts = max(texts, c.Width(s.Text.Text, size, s.Subtotal)+c.Width(s.Range.Text, size, false)+12)
	}
	lo, hi := extent(append(vs, 0)...)
	hi = max(hi, min(whiskers, hi*whiskerRoom))
	labelW := min(widest(c, true, names...)+8, b.W*0.36)
	sx := linear(lo, hi, b.X+labelW, max(b.X+labelW+b.W*0.2, b.Right()-texts))
	if hi <= lo {
		sx = func(float64) float64 { return b.X + labelW }
	}
	rowH := b.H / float64(len(w.Steps))
	barH := min(rowH-4, 12)
	sum = 0
	noted := false
	for i, s := range w.Steps {
		mid := b.Y + (float64(i)+0.5)*rowH
		x0, x1 := sx(sum), sx(sum+s.Value)
		if s.Subtotal {
			x0, x1 = sx(0), sx(sum)
		} else {
			sum += s.Value
		}
		st := left(page.Ink)
		if s.Subtotal {
			st = bold(st)
		}
		put(c, b.X, mid+up/2, fit(c, s.Label, labelW-6, s.Subtotal), st)
		if i < len(w.Steps)-1 { // to the next bar
			c.Line(sx(sum), mid+barH/2, sx(sum), mid+rowH-barH/2, page.Stroke{Paint: ink(page.Grey), Width: 0.4})
		}
		bar := page.Box{X: min(x0, x1), Y: mid - barH/2, W: max(x0, x1) - min(x0, x1), H: barH}
		end := bar.Right()
		switch {
		case s.Subtotal:
			c.Rect(bar, ink(page.White), line(page.Ink, 1))
		case s.Value < 0: // takes away: outlined in its colour
			c.Rect(bar, ink(page.White), outlined(s.Role))
			c.Hatch(bar, page.Stroke{Paint: ink(page.Grey), Width: 0.4})
		default:
			c.Rect(bar, modelled(s.Role), outlined(s.Role))
		}
		if s.Subtotal && (s.Low != 0 || s.High != 0) {
			l, h := sx(max(s.Low, lo)), sx(min(s.High, hi))
			c.Line(l, mid, h, mid, whisker)
			c.Line(l, mid-2.5, l, mid+2.5, whisker)
			if s.High > hi { // goes on beyond the chart
				c.Path([]page.Point{{X: h - 3, Y: mid - 2.5}, {X: h, Y: mid}, {X: h - 3, Y: mid + 2.5}}, false, page.Paint{}, whisker)
			} else {
				c.Line(h, mid-2.5, h, mid+2.5, whisker)
			}
			end = max(end, h)
		}
		at := end + 5
		at += put(c, at, mid+up/2, fit(c, s.Text, b.Right()-at, s.Subtotal), st)
		if at+5+c.Width(s.Range.Text, size, false) <= b.Right()+1 { // left out where there is no room
			at += put(c, at+5, mid+up/2, s.Range, left(page.Grey)) + 5
		}
		if !noted && w.Note.Text != "" && s.Role == page.Marketing && !s.Subtotal {
			noted = true
			if wd := c.Width(w.Note.Text, size, true); at+10+wd < b.Right() {
				put(c, at+8, mid+up/2, w.Note, bold(left(page.Marketing)))
			}
		}
	}
	c.Line(sx(0), b.Y, sx(0), b.Bottom(), axis)
}

// Alt names the subtotals and the greatest line.
func (w Waterfall) Alt() string {
	var vs []string
	most, at := 0.0, -1
	for i, s := range w.Steps {
		if s.Subtotal {
			vs = append(vs, say(s.Label.Text, s.Text.Text+" "+s.Range.Text))
		} else if s.Value > most {
			most, at = s.Value, i
		}
	}
	if at >= 0 {
		vs = append(vs, say(w.Steps[at].Label.Text, w.Steps[at].Text.Text))
	}
	return describe(kindOr(w.Kind, "Waterfall chart"), vs...)
}

// Data returns the steps.
func (w Waterfall) Data() page.Table {
	t := page.Table{Columns: []page.Column{column(""), number(""), column("")}}
	for _, s := range w.Steps {
		k := page.PlainRow
		if s.Subtotal {
			k = page.TotalRow
		}
		t.Rows = append(t.Rows, page.Row{Kind: k, Cells: []page.Text{cell(s.Label), cell(s.Text), cell(s.Range)}})
	}
	return t
}
