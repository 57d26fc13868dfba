package pdf

import (
	"casebuilder/casebuilder/page"
)

const (
	columnGap    = 9.0
	cellLeading  = 11.25 // between the lines of one cell
	denseLeading = 10.5  // where the page would not fit otherwise
	tintHang     = 4.5   // a tinted row stands out over the text on both sides
)

// tableLayout is a table measured at a width.
type tableLayout struct {
	p      *painter
	t      page.Table
	width  float64
	xs, ws []float64
	axis   []float64   // of decimal columns: where the decimal sign stands, from the column's left edge
	heads  [][]line    // a column
	cells  [][][]line  // [row][column]
	height []float64   // of rows
	headH  float64     // of the head
	texts  []page.Text // heads with their units
	lead   float64     // between the lines of one cell

	wrapped bool // some cell takes more than one line
}

var headFaceOfTable = typeface{8.5, 10.5, false, 8}

func (p *painter) table(t page.Table, width float64) []*node {
	if len(t.Columns) == 0 {
		return nil
	}
	l := &tableLayout{p: p, t: t, width: width, lead: cellLeading}
	if p.dense {
		l.lead = denseLeading
	}
	l.columns()
	l.measure()
	tag := &elem{tag: "Table"}
	n := l.part(0, len(t.Rows), tag)
	return append([]*node{n}, l.notes()...)
}

func (l *tableLayout) rowMeasure(r page.Row) measure {
	return measure{tableFace.size, r.Kind == page.TotalRow || r.Kind == page.GroupRow}
}

// measure wraps heads and cells and finds the heights.
func (l *tableLayout) measure() {
	fs := l.p.fonts
	most := 0
	for i, c := range l.t.Columns {
		text := c.Head
		if c.Unit != "" {
			if !c.Head.Empty() {
				text = page.Join(text, page.T("\n"))
			}
			text = page.Join(text, page.T(c.Unit))
		}
		ls := fs.wrapMost(text, headFaceOfTable.measure(), l.ws[i]+0.05, 0, 6)
		l.heads, l.texts = append(l.heads, ls), append(l.texts, text)
		most = max(most, len(ls))
	}
	if most > 0 {
		l.headH = snap(float64(most)*headFaceOfTable.leading + 3)
	}
	pad := grid
	if l.t.Tight || l.p.compact {
		l.t.Tight, pad = true, 0
	}
	counts := make([]int, len(l.t.Rows))
	for i, r := range l.t.Rows {
		row, lines := make([][]line, len(r.Cells)), 1
		for i, c := range r.Cells {
			w := l.width
			if r.Kind != page.GroupRow {
				w = l.ws[i] + 0.05
			} else if i > 0 {
				continue
			}
			row[i] = fs.wrapMost(c, l.rowMeasure(r), w, 0, 24)
			lines = max(lines, len(row[i]))
		}
		l.cells, counts[i], l.wrapped = append(l.cells, row), lines, l.wrapped || lines > 1
	}
	for i, r := range l.t.Rows {
		h := snap(tableFace.leading + float64(counts[i]-1)*l.lead + pad)
		if l.t.Tight && l.wrapped { // the same air under every row, off the grid
			h = float64(counts[i])*l.lead + grid
		}
		if r.Kind == page.GroupRow {
			h += grid
		}
		l.height = append(l.height, h)
	}
}

// part returns rows from up to to as a node with the title and head above.
func (l *tableLayout) part(from, to int, tag *elem) *node {
	p, t := l.p, l.t
	var title, sub []line
	top := 0.0
	if from == 0 {
		title = p.fonts.wrapMost(t.Title, boldFace.measure(), l.width, 0, 4)
		sub = p.fonts.wrapMost(t.Subtitle, chartFace.measure(), l.width, 0, 4)
		top = boldFace.height(len(title)) + snap(float64(len(sub))*chartFace.leading)
		if top > 0 {
			top += grid
		}
	}
	h := top + l.headH
	for _, rh := range l.height[from:to] {
		h += rh
	}
	n := rigid(kGroup, snap(h), func(x, y, h float64) {
		if from == 0 {
			p.anchor(t.Anchor, x, y)
			p.print(page.Join(t.Title, t.Subtitle))
		}
		if len(title) > 0 {
			p.in("P", func() { p.lines(t.Title, boldFace.measure(), title, x, y+boldFace.base, boldFace.leading, page.Ink) })
		}
		if len(sub) > 0 {
			p.in("P", func() {
				p.lines(t.Subtitle, chartFace.measure(), sub, x, y+boldFace.height(len(title))+chartFace.base, chartFace.leading, page.Grey)
			})
		}
		y += top
		p.continued("Table", &tag, func() {
			l.drawHead(x, y, from > 0)
			y += l.headH
			for i := from; i < to; i++ {
				l.drawRow(i, x, y, i == to-1)
				y += l.height[i]
			}
		})
	})
	cut := func(room float64, together int) (*node, *node) {
		used, cut := top+l.headH, from
		for cut < to && used+l.height[cut] <= room+1e-6 {
			used += l.height[cut]
			cut++
		}
		cut = min(cut, to-together)
		for cut > from && t.Rows[cut-1].Kind == page.GroupRow {
			cut--
		}
		if cut < from+together {
			return nil, nil
		}
		return l.part(from, cut, tag), l.part(cut, to, tag)
	}
	n.split = func(room float64) (*node, *node) { return cut(room, 2) } // two rows stay together
	n.force = func(room float64) (*node, *node) { return cut(room, 1) }
	return n
}

func (l *tableLayout) drawHead(x, y float64, again bool) {
	p := l.p
	if l.headH == 0 {
		p.artifact(func() { p.rule(x, y, x+l.width, y, heavy) })
		return
	}
	draw := func() {
		for i, ls := range l.heads {
			if !again {
				p.begin("TH", "/A<</O/Table/Scope/Column>>")
			}
			base := y + l.headH - 5 - float64(len(ls)-1)*headFaceOfTable.leading
			if len(ls) > 0 {
				p.alignedLines(l.texts[i], headFaceOfTable.measure(), ls, headFaceOfTable.leading, page.Grey, l.place(i, ls, x), base)
			}
			if !again {
				p.end()
			}
		}
	}
	if again { // the head is repeated for the eye alone
		p.furniture(draw)
	} else {
		p.in("TR", draw)
		for _, c := range l.t.Columns {
			p.print(c.Head)
		}
	}
	p.artifact(func() { p.rule(x, y+l.headH, x+l.width, y+l.headH, heavy) })
}

// place returns where each line of a cell begins.
func (l *tableLayout) place(col int, ls []line, x float64) func(int) float64 {
	return func(i int) float64 {
		at, slack := x+l.xs[col], l.ws[col]-ls[i].w
		switch l.t.Columns[col].Align {
		case page.Right, page.Decimal:
			return at + slack
		case page.Center:
			return at + slack/2
		}
		return at
	}
}

func (l *tableLayout) drawRow(i int, x, y float64, last bool) {
	p, r := l.p, l.t.Rows[i]
	m, h := l.rowMeasure(r), l.height[i]
	p.anchor(r.Anchor, x, y)
	role := page.Ink
	if r.Kind == page.MutedRow {
		role = page.Grey
	}
	p.artifact(func() {
		if r.Kind == page.TintRow {
			p.rect(page.Box{X: x - tintHang, Y: y, W: l.width + 2*tintHang, H: h}, page.Paint{Role: page.Recommended, Tint: page.RowTint}, page.Stroke{})
		}
		if r.Kind == page.TotalRow {
			p.rule(x, y, x+l.width, y, page.Stroke{Paint: page.Paint{Role: page.Ink}, Width: 0.5})
		}
		switch {
		case last:
			p.rule(x, y+h, x+l.width, y+h, page.Stroke{Paint: page.Paint{Role: page.Grey}, Width: 0.5})
		case r.Kind != page.GroupRow && !l.t.Tight:
			p.rule(x, y+h, x+l.width, y+h, hairline)
		}
	})
	base := y + 12
	if l.t.Tight {
		base = y + 10
		if l.wrapped {
			base = y + 11.5
		}
	}
	if r.Kind == page.GroupRow {
		base += grid
	}
	p.begin("TR", "")
	for col := range r.Cells {
		ls := l.cells[i][col]
		if r.Kind == page.GroupRow && col > 0 {
			break
		}
		switch {
		case r.Kind == page.GroupRow:
			p.begin("TH", "/A<</O/Table/Scope/Row/ColSpan "+p.num(float64(len(l.t.Columns)))+">>")
		case col == 0:
			p.begin("TH", "/A<</O/Table/Scope/Row>>")
		default:
			p.begin("TD", "")
		}
		at := l.place(col, ls, x)
		if l.t.Columns[col].Align == page.Decimal && l.axis[col] >= 0 && len(ls) == 1 {
			left, _ := l.parts(r.Cells[col], m)
			at = func(int) float64 { return x + l.xs[col] + l.axis[col] - left }
		}
		if len(ls) > 0 {
			p.alignedLines(r.Cells[col], m, ls, l.lead, role, at, base)
		}
		p.print(r.Cells[col])
		p.end()
	}
	p.end()
}

// notes returns the lines under the table.
func (l *tableLayout) notes() []*node {
	var out []*node
	for _, t := range append(append([]page.Text{}, l.t.Notes...), l.t.Source) {
		if n := l.p.paragraph(page.Paragraph{Text: t, Style: page.Note}, l.width); n != nil {
			out = append(out, n)
		}
	}
	return out
}
