package pdf

import (
	"fmt"

	"casebuilder/casebuilder/page"
)

// stackOf measures blocks at a width.
func (p *painter) stackOf(bs []page.Block, width float64, nested bool) stack {
	s := stack{nested: nested, compact: p.compact}
	for i, b := range bs {
		where := p.where
		p.where = fmt.Sprintf("%s, block %d", where, i+1)
		for _, n := range p.nodesOf(b, width, nested) {
			if n != nil {
				s.nodes = append(s.nodes, n)
			}
		}
		p.where = where
	}
	return s
}

// nodesOf measures one block.
func (p *painter) nodesOf(b page.Block, width float64, nested bool) []*node {
	switch b := b.(type) {
	case page.Heading:
		return []*node{p.heading(b, width)}
	case page.Paragraph:
		return []*node{p.paragraph(b, width)}
	case page.List:
		return []*node{p.list(b, width)}
	case page.KeyFigures:
		return []*node{p.keyFigures(b, width)}
	case page.Table:
		return p.table(b, width)
	case page.Exhibit:
		return []*node{p.exhibit(b, width)}
	case page.Columns:
		return []*node{p.columns(b, width)}
	case page.Panel:
		return []*node{p.panel(b, width)}
	case page.Space:
		h := snap(b.Points)
		return []*node{rigid(kSpace, h, func(x, y, h float64) {})}
	case page.Break:
		return []*node{rigid(kBreak, 0, func(x, y, h float64) {})}
	case page.Together:
		return []*node{together(p.stackOf(b.Blocks, width, nested))}
	case page.Divider:
		return []*node{rigid(kGroup, 0, func(x, y, h float64) {
			p.artifact(func() { p.rule(x, y, x+width, y, thin) })
		})}
	}
	return nil
}

func (p *painter) heading(b page.Heading, width float64) *node {
	f := headFace
	ls := p.fonts.wrapMost(b.Text, f.measure(), width, 0, 4)
	n := rigid(kHeading, f.height(len(ls)), func(x, y, h float64) {
		p.anchor(b.Anchor, x, y)
		if b.Bookmark {
			p.bookmarks = append(p.bookmarks, bookmark{b.Text.String(), 1, place{p.sheet.index, x, y}})
		}
		p.in("H2", func() { p.lines(b.Text, f.measure(), ls, x, y+f.base, f.leading, page.Ink) })
		p.print(b.Text)
	})
	n.keep = true
	return n
}

// print reports the figures of a text.
func (p *painter) print(t page.Text) {
	for _, s := range t {
		if s.Figure != "" {
			p.report.Figures = append(p.report.Figures, Printed{p.sheet.index + 1, s.Figure, s.Text})
		}
	}
}

func (p *painter) styleFace(s page.Style) (typeface, page.Role, kind) {
	switch {
	case s == page.Lead:
		return qualifierFace, page.Ink, kText
	case s == page.Note:
		return noteFace, page.Grey, kNote
	case p.dense:
		return denseFace, page.Ink, kText
	}
	return bodyFace, page.Ink, kText
}

func (p *painter) paragraph(b page.Paragraph, width float64) *node {
	f, role, k := p.styleFace(b.Style)
	chars := maxChars
	if b.Style == page.Note {
		chars = 0
	}
	ls := p.fonts.wrap(b.Text, f.measure(), width, chars)
	if len(ls) == 0 {
		return nil
	}
	var part func(from, to int, tag *elem) *node
	part = func(from, to int, tag *elem) *node {
		n := rigid(k, f.height(to-from), nil)
		n.keep = b.KeepWithNext && to == len(ls)
		e := tag
		n.draw = func(x, y, h float64) {
			if from == 0 {
				p.anchor(b.Anchor, x, y)
				p.print(b.Text)
			}
			p.continued("P", &e, func() {
				p.lines(b.Text, f.measure(), ls[from:to], x, y+f.base, f.leading, role)
			})
		}
		n.split = func(room float64) (*node, *node) {
			fit := int((room + 1e-6) / f.leading)
			fit = min(fit, to-from-2) // no widow: two lines stay behind
			if fit < 2 {              // no orphan
				return nil, nil
			}
			return part(from, from+fit, e), part(from+fit, to, e)
		}
		return n
	}
	return part(0, len(ls), &elem{tag: "P"})
}

// continued draws f inside an element that may already have been begun on an
// earlier sheet: text that runs over a page stays one paragraph.
func (p *painter) continued(tag string, e **elem, f func()) {
	if (*e).parent == nil {
		(*e).tag, (*e).parent = tag, p.elem
		p.elem.kids = append(p.elem.kids, kid{elem: *e})
	}
	was := p.elem
	p.elem = *e
	f()
	p.elem = was
}

func (p *painter) list(b page.List, width float64) *node {
	f, role, _ := p.styleFace(b.Style)
	indent := 11.25
	if b.Numbers {
		indent = max(indent, p.fonts.width(fmt.Sprintf("%d.", len(b.Items)), f.size, false)+4)
	}
	type item struct {
		text  page.Text
		lines []line
		sign  string
	}
	var items []item
	for i, t := range b.Items {
		sign := "•"
		if b.Numbers {
			sign = fmt.Sprintf("%d.", i+1)
		}
		if ls := p.fonts.wrapMost(t, f.measure(), width-indent, maxChars, 30); len(ls) > 0 {
			items = append(items, item{t, ls, sign})
		}
	}
	if len(items) == 0 {
		return nil
	}
	between := grid
	switch {
	case b.Style == page.Note:
		between = 0
	case p.dense:
		between = grid / 2
	}
	height := func(from, to int) float64 {
		h := between * float64(to-from-1)
		for _, it := range items[from:to] {
			h += f.height(len(it.lines))
		}
		return snap(h)
	}
	var part func(from, to int, e *elem) *node
	part = func(from, to int, e *elem) *node {
		n := rigid(kText, height(from, to), func(x, y, h float64) {
			p.continued("L", &e, func() {
				for _, it := range items[from:to] {
					p.begin("LI", "")
					p.in("Lbl", func() {
						p.mark(func() { p.string(x, y+f.base, it.sign, f.size, false, page.Grey, "") })
					})
					p.in("LBody", func() { p.lines(it.text, f.measure(), it.lines, x+indent, y+f.base, f.leading, role) })
					p.end()
					p.print(it.text)
					y += f.height(len(it.lines)) + between
				}
			})
		})
		n.split = func(room float64) (*node, *node) {
			for cut := to - 1; cut > from; cut-- {
				lines := 0
				for _, it := range items[from:cut] {
					lines += len(it.lines)
				}
				if lines < 2 { // no orphan
					break
				}
				if height(from, cut) <= room+1e-6 {
					return part(from, cut, e), part(cut, to, e)
				}
			}
			return nil, nil
		}
		return n
	}
	return part(0, len(items), &elem{tag: "L"})
}
