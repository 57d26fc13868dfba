package pdf

import "casebuilder/casebuilder/page"

// together is a stack that is kept on one sheet where it fits on one.
func together(s stack) *node {
	n := &node{kind: kGroup, draw: func(x, y, h float64) { s.draw(x, y, h) }}
	n.least, n.most = s.heights()
	n.force = func(room float64) (*node, *node) {
		a, b := s.split(room)
		if len(a.nodes) == 0 || len(b.nodes) == 0 {
			return nil, nil
		}
		return together(a), together(b.trimmed())
	}
	return n
}

func (p *painter) columns(b page.Columns, width float64) *node {
	stacks := make([]stack, len(b.Cells))
	xs := make([]float64, len(b.Cells))
	at := 0
	for i, c := range b.Cells {
		stacks[i] = p.stackOf(c.Blocks, columnWidth(width, c.Span), true)
		xs[i] = columnWidth(width, at+1) - columnWidth(width, 1)
		at += c.Span
	}
	return sideBySide(stacks, xs)
}

// sideBySide is stacks beside one another. Higher than a sheet, each stack is
// cut for itself.
func sideBySide(stacks []stack, xs []float64) *node {
	n := &node{kind: kGroup}
	for _, s := range stacks {
		least, most := s.heights()
		n.least, n.most = max(n.least, least), max(n.most, most)
	}
	n.draw = func(x, y, h float64) {
		for i, s := range stacks {
			s.draw(x+xs[i], y, h)
		}
	}
	n.force = func(room float64) (*node, *node) {
		heads, tails := make([]stack, len(stacks)), make([]stack, len(stacks))
		for i, s := range stacks {
			if least, _ := s.heights(); least <= room+1e-6 && !s.hasBreak() {
				heads[i] = s
				continue
			}
			heads[i], tails[i] = s.split(room)
			tails[i] = tails[i].trimmed()
		}
		a, b := sideBySide(heads, xs), sideBySide(tails, xs)
		if a.least == 0 || b.least == 0 || a.least > room+1e-6 {
			return nil, nil
		}
		return a, b
	}
	return n
}

func (p *painter) panel(b page.Panel, width float64) *node {
	pad := 9.0
	if p.dense {
		pad = 6.75
	}
	inner := width - 2*pad
	blocks := b.Blocks
	if !b.Title.Empty() {
		blocks = append([]page.Block{page.Heading{Text: b.Title}}, blocks...)
	}
	return p.boxed(b, p.stackOf(blocks, inner, true), width, pad)
}

// boxed is a stack on the tint of a panel.
func (p *painter) boxed(b page.Panel, s stack, width, pad float64) *node {
	least, most := s.heights()
	n := &node{kind: kGroup, least: snap(least + 2*pad), most: snap(most + 2*pad)}
	n.force = func(room float64) (*node, *node) {
		head, tail := s.split(room - 2*pad)
		if len(head.nodes) == 0 || len(tail.nodes) == 0 {
			return nil, nil
		}
		return p.boxed(b, head, width, pad), p.boxed(b, tail.trimmed(), width, pad)
	}
	n.draw = func(x, y, h float64) {
		p.artifact(func() {
			fill := page.Paint{Role: page.PanelGrey}
			if b.Role != page.Inherit {
				fill = page.Paint{Role: b.Role, Tint: page.PanelTint}
			}
			p.rect(page.Box{X: x, Y: y, W: width, H: h}, fill, page.Stroke{})
			if b.Role != page.Inherit {
				p.rect(page.Box{X: x, Y: y, W: 2.25, H: h}, page.Paint{Role: b.Role}, page.Stroke{})
			}
		})
		s.draw(x+pad, y+pad, h-2*pad)
	}
	return n
}
