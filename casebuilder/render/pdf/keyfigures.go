package pdf

import "casebuilder/casebuilder/page"

func (p *painter) keyFigures(b page.KeyFigures, width float64) *node {
	n := len(b.Items)
	if n == 0 {
		return nil
	}
	w := (width - float64(n-1)*gutter) / float64(n)
	size := figureFace.size
	for _, k := range b.Items { // one size for the whole band
		for size > 13 && p.keyWidth(k, size) > w {
			size--
		}
	}
	type cell struct {
		value, label, rng []line
		below             bool
	}
	cells := make([]cell, n)
	values := 1
	for i, k := range b.Items {
		cells[i].value = p.fonts.wrapMost(k.Value, measure{size, true}, w, 0, 2)
		cells[i].label = p.fonts.wrapMost(k.Label, bodyFace.measure(), w, 0, 4)
		cells[i].rng = p.fonts.wrapMost(k.Range, chartFace.measure(), w, 0, 3)
		lines := len(cells[i].value)
		if k.Unit != "" && lines > 0 && cells[i].value[lines-1].w+3+p.fonts.width(k.Unit, unitFace.size, false) > w {
			cells[i].below = true // the unit has a line of its own
			lines++
		}
		values = max(values, lines)
	}
	valueH := figureFace.leading + float64(values-1)*snap(size*1.1)
	text := 0.0 // the highest label with its range
	for _, k := range cells {
		text = max(text, bodyFace.height(len(k.label))+2.25+float64(len(k.rng))*chartFace.leading)
	}
	return rigid(kGroup, grid+valueH+grid+snap(text), func(x, y, h float64) {
		for i, k := range b.Items {
			cx := x + float64(i)*(w+gutter)
			role := k.Role
			if role == page.Inherit {
				role = page.Ink
			}
			p.artifact(func() {
				p.rule(cx, y, cx+w, y, page.Stroke{Paint: page.Paint{Role: role}, Width: 1.5})
			})
			base := y + grid + figureFace.base
			p.begin("P", "")
			p.lines(k.Value, measure{size, true}, cells[i].value, cx, base, snap(size*1.1), page.Ink)
			if k.Unit != "" && len(cells[i].value) > 0 {
				last := len(cells[i].value) - 1
				ux, uy := cx+cells[i].value[last].w+3, base+float64(last)*snap(size*1.1)
				unit := page.T(k.Unit)
				if cells[i].below {
					ux, uy = cx, uy+snap(size*1.1)
				}
				p.lines(unit, unitFace.measure(), p.fonts.wrapMost(unit, unitFace.measure(), w, 0, 1), ux, uy, 0, page.Ink)
			}
			p.end()
			ly := y + grid + valueH + grid
			p.in("P", func() {
				p.lines(k.Label, bodyFace.measure(), cells[i].label, cx, ly+bodyFace.base, bodyFace.leading, page.Ink)
			})
			if len(cells[i].rng) > 0 {
				ly += bodyFace.height(len(cells[i].label)) + 2.25
				p.in("P", func() {
					p.lines(k.Range, chartFace.measure(), cells[i].rng, cx, ly+chartFace.base, chartFace.leading, page.Grey)
				})
			}
			p.print(page.Join(k.Value, k.Label, k.Range))
		}
	})
}

func (p *painter) keyWidth(k page.KeyFigure, size float64) float64 {
	w := p.fonts.width(k.Value.String(), size, true)
	if k.Unit != "" {
		w += 3 + p.fonts.width(k.Unit, unitFace.size, false)
	}
	return w
}
