package chart

import (
	"strings"

	"casebuilder/casebuilder/page"
)

// StripCell is one fact of a case: observed ●, assumed ○, or neither.
type StripCell struct {
	Text     page.Label
	Observed bool // ● with Text
	Assumed  bool // ○ with Text
}

// StripRow is one case.
type StripRow struct {
	Name  page.Label
	Sub   page.Label // under the name: sector and year; may be empty
	Cells []StripCell
	Total float64    // "for us"
	Text  page.Label // the total in words
	Bold  bool       // the case of the page
}

// Strip sets cases one under the other: what was observed, what is assumed,
// and what it would cost us, as a bar. It wants at least 400 points of width.
type Strip struct {
	Kind     string
	Heads    []page.Label // a head a cell
	Total    page.Label   // head of the bars
	Rows     []StripRow
	Observed page.Label // words for ● and ○ in the line under the strip
	Assumed  page.Label
}

// Heights gives each case 25 points, or 34 with a wrapped cell, and the head
// and the key a line each.
func (s Strip) Heights(c page.Canvas, width float64) (least, greatest float64) {
	h := s.layout(c, page.Box{W: width}).height
	return h, h + 4*float64(len(s.Rows))
}

type stripLayout struct {
	nameW, barW float64
	cols        []float64 // widths
	head        int       // lines
	rows        []float64
	height      float64
}

const signW = 9.0 // of ● and ○ with their gap

func (s Strip) layout(c page.Canvas, b page.Box) stripLayout {
	var l stripLayout
	var names, totals []string
	for _, r := range s.Rows {
		names = append(names, r.Name.Text, r.Sub.Text)
		totals = append(totals, r.Text.Text)
	}
	l.nameW = min(widest(c, true, names...)+8, b.W*0.22)
	l.barW = min(max(b.W*0.2, widest(c, true, totals...)+40), b.W*0.3)
	l.cols = s.columns(c, b.W-l.nameW-l.barW)
	l.head = 1
	for i, h := range s.Heads {
		l.head = max(l.head, len(wrap(c, h.Text, l.cols[i]-4, false, 2)))
	}
	l.height = float64(l.head)*leading + 4
	for _, r := range s.Rows {
		lines := 1
		if r.Sub.Text != "" {
			lines = 2
		}
		for i, k := range r.Cells[:min(len(r.Cells), len(l.cols))] {
			lines = max(lines, len(wrap(c, k.Text.Text, l.cols[i]-signW-5, false, 3)))
		}
		h := float64(lines)*leading + 6
		l.rows = append(l.rows, h)
		l.height += h
	}
	l.height += leading + 5
	return l
}

// columns gives each column what its longest word needs, and the same of the
// rest: a number is never cut as long as there is room for it.
func (s Strip) columns(c page.Canvas, room float64) []float64 {
	ws := make([]float64, len(s.Heads))
	sum := 0.0
	for i, h := range s.Heads {
		ws[i] = widest(c, false, strings.Fields(h.Text)...) + 6
		for _, r := range s.Rows {
			if i < len(r.Cells) {
				ws[i] = max(ws[i], widest(c, false, strings.Fields(r.Cells[i].Text.Text)...)+signW+6)
			}
		}
		sum += ws[i]
	}
	if sum <= room {
		for i := range ws {
			ws[i] += (room - sum) / float64(len(ws))
		}
		return ws
	}
	lo, hi := 0.0, room // too much: the widest give, down to one width
	for range 50 {
		sum, mid := 0.0, (lo+hi)/2
		for _, w := range ws {
			sum += min(w, mid)
		}
		if sum <= room {
			lo = mid
		} else {
			hi = mid
		}
	}
	for i := range ws {
		ws[i] = min(ws[i], lo)
	}
	return ws
}

// Draw draws the strip.
func (s Strip) Draw(c page.Canvas, b page.Box) {
	l := s.layout(c, b)
	extra := 0.0
	if n := len(s.Rows); n > 0 {
		extra = max(0, b.H-l.height) / float64(n)
	}
	xs := []float64{b.X + l.nameW}
	for i, w := range l.cols {
		xs = append(xs, xs[i]+w)
	}
	barX := b.Right() - l.barW + 4
	y := b.Y + float64(l.head)*leading
	for i, h := range s.Heads {
		ls := wrap(c, h.Text, l.cols[i]-4, false, 2)
		block(c, xs[i], y-float64(len(ls)-1)*leading-2, ls, left(page.Grey))
	}
	put(c, barX, y-2, fit(c, s.Total, b.Right()-barX, false), left(page.Grey))
	y += 4
	c.Line(b.X, y-2, b.Right(), y-2, axis)
	most := 0.0
	texts := 0.0
	for _, r := range s.Rows {
		most = max(most, r.Total)
		texts = max(texts, c.Width(r.Text.Text, size, true))
	}
	sx := linear(0, max(most, 1e-300), barX, max(barX+8, b.Right()-texts-5))
	for i, r := range s.Rows {
		h := l.rows[i] + extra
		first := y + 3 + up + extra/2
		st := left(page.Ink)
		if r.Bold {
			st = bold(st)
		}
		put(c, b.X, first, fit(c, r.Name, l.nameW-6, st.Bold), st)
		if r.Sub.Text != "" {
			c.Text(b.X, first+leading, shorten(c, r.Sub.Text, l.nameW-6, false), left(page.Grey))
		}
		for j, k := range r.Cells {
			if j >= len(s.Heads) {
				break
			}
			s.sign(c, xs[j]+3, first-up/2, k)
			ls := wrap(c, k.Text.Text, l.cols[j]-signW-5, false, 3)
			cst := left(page.Ink)
			if k.Assumed {
				cst = left(page.Grey)
			}
			block(c, xs[j]+signW, first, ls, figure(cst, k.Text.Figure))
		}
		if r.Text.Text != "" {
			if r.Total > 0 {
				c.Rect(page.Box{X: barX, Y: first - up/2 - 4.5, W: max(0.5, sx(r.Total)-barX), H: 9}, modelled(page.Marketing), outlined(page.Marketing))
			}
			put(c, sx(max(0, r.Total))+4, first, fit(c, r.Text, b.Right()-sx(max(0, r.Total))-4, st.Bold), st)
		}
		y += h
		c.Line(b.X, y, b.Right(), y, hair)
	}
	base := y + 5 + up
	x := b.X
	s.sign(c, x+3, base-up/2, StripCell{Observed: true})
	x += signW + put(c, x+signW, base, fit(c, s.Observed, b.W*0.4, false), left(page.Grey)) + 12
	s.sign(c, x+3, base-up/2, StripCell{Assumed: true})
	put(c, x+signW, base, fit(c, s.Assumed, b.Right()-x-signW, false), left(page.Grey))
}

func (s Strip) sign(c page.Canvas, x, y float64, k StripCell) {
	switch {
	case k.Observed:
		c.Circle(x, y, 2.6, ink(page.Ink), none)
	case k.Assumed:
		c.Circle(x, y, 2.3, ink(page.White), line(page.Ink, 0.7))
	}
}

// Alt names each case with its total.
func (s Strip) Alt() string {
	vs := []string{s.Total.Text}
	for _, r := range s.Rows {
		vs = append(vs, say(r.Name.Text, r.Text.Text))
	}
	return describe(kindOr(s.Kind, "Table of cases"), vs...)
}

// Data returns the cases; observed cells begin with ●, assumed ones with ○.
func (s Strip) Data() page.Table {
	t := page.Table{Columns: []page.Column{column("")}}
	for _, h := range s.Heads {
		t.Columns = append(t.Columns, column(h.Text))
	}
	t.Columns = append(t.Columns, number(s.Total.Text))
	for _, r := range s.Rows {
		row := page.Row{Cells: []page.Text{cell(r.Name)}}
		for j := range s.Heads {
			var k StripCell
			if j < len(r.Cells) {
				k = r.Cells[j]
			}
			text := cell(k.Text)
			switch {
			case k.Observed:
				text = page.Join(page.T("● "), text)
			case k.Assumed:
				text = page.Join(page.T("○ "), text)
			}
			row.Cells = append(row.Cells, text)
		}
		row.Cells = append(row.Cells, cell(r.Text))
		t.Rows = append(t.Rows, row)
	}
	return t
}
