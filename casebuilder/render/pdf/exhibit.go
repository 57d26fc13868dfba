package pdf

import (
	"fmt"
	"math"
	"strings"

	"casebuilder/casebuilder/page"
)

// maxChart is the most that a chart may ask for: with its title and source it
// fits on one sheet.
const maxChart = 450.0

func (p *painter) exhibit(b page.Exhibit, width float64) *node {
	c := &canvas{p: p}
	title := p.fonts.wrapMost(b.Title, boldFace.measure(), width, 0, 4)
	sub := p.fonts.wrapMost(b.Subtitle, chartFace.measure(), width, 0, 4)
	caption := p.fonts.wrapMost(b.Caption, bodyFace.measure(), width, maxChars, 10)
	source := p.fonts.wrapMost(b.Source, noteFace.measure(), width, 0, 6)
	least, most := b.Chart.Heights(c, width)
	if math.IsNaN(least) || math.IsNaN(most) || most > 1e4 {
		p.fail("want a chart of finite height, got %v to %v", least, most)
		least, most = 0, 0
	}
	if b.Least > 0 {
		least = min(max(least, b.Least), most)
	}
	if b.Greatest > 0 {
		most = max(least, min(most, b.Greatest))
	}
	least = snap(min(max(0, least), maxChart))
	most = max(least, math.Floor(most/grid+1e-6)*grid)
	head := boldFace.height(len(title)) + snap(float64(len(sub))*chartFace.leading)
	if head > 0 {
		head += gapText
	}
	foot := 0.0
	if len(caption) > 0 {
		foot += gapText + bodyFace.height(len(caption))
	}
	if len(source) > 0 {
		foot += grid + noteFace.height(len(source))
	}
	return &node{kind: kGroup, least: head + least + foot, most: head + most + foot, draw: func(x, y, h float64) {
		p.anchor(b.Anchor, x, y)
		if len(title) > 0 {
			p.in("P", func() { p.lines(b.Title, boldFace.measure(), title, x, y+boldFace.base, boldFace.leading, page.Ink) })
		}
		if len(sub) > 0 {
			p.in("P", func() {
				p.lines(b.Subtitle, chartFace.measure(), sub, x, y+boldFace.height(len(title))+chartFace.base, chartFace.leading, page.Grey)
			})
		}
		box := page.Box{X: x, Y: y + head, W: width, H: h - head - foot}
		alt := strings.TrimSpace(b.Title.String() + ". " + b.Chart.Alt())
		attrs := fmt.Sprintf("/Alt%s/A<</O/Layout/Placement/Block/BBox[%s %s]>>", textString(strings.TrimPrefix(alt, ". ")),
			p.xy(box.X, box.Bottom()), p.xy(box.Right(), box.Y))
		p.begin("Figure", attrs)
		p.mark(func() {
			p.inChart = true
			from := len(p.report.Items)
			b.Chart.Draw(c, box)
			p.inChart = false
			p.report.strays(from, box)
		})
		p.end()
		y += head + box.H
		if len(caption) > 0 {
			y += gapText
			p.in("P", func() {
				p.lines(b.Caption, bodyFace.measure(), caption, x, y+bodyFace.base, bodyFace.leading, page.Ink)
			})
			y += bodyFace.height(len(caption))
		}
		if len(source) > 0 {
			y += grid
			p.in("P", func() { p.lines(b.Source, noteFace.measure(), source, x, y+noteFace.base, noteFace.leading, page.Grey) })
		}
		p.print(page.Join(b.Title, b.Subtitle, b.Caption, b.Source))
	}}
}
