package pdf

import (
	"strings"

	"casebuilder/casebuilder/page"
)

// canvas is the page.Canvas of the painter.
type canvas struct{ p *painter }

func (c *canvas) Width(s string, size float64, bold bool) float64 {
	return c.p.fonts.width(s, size, bold)
}

func (c *canvas) Text(x, y float64, s string, st page.TextStyle) {
	if strings.TrimSpace(s) == "" {
		return
	}
	w := c.p.fonts.width(s, st.Size, st.Bold)
	switch st.Align {
	case page.Right:
		x -= w
	case page.Center:
		x -= w / 2
	}
	role := st.Role
	if role == page.Inherit {
		role = page.Ink
	}
	// The space keeps labels apart where a reader joins the texts of a chart.
	c.p.string(x, y, s+" ", st.Size, st.Bold, role, st.Figure)
	if st.Figure != "" {
		c.p.report.Figures = append(c.p.report.Figures, Printed{c.p.sheet.index + 1, st.Figure, s})
	}
}

func (c *canvas) Line(x1, y1, x2, y2 float64, s page.Stroke) { c.p.rule(x1, y1, x2, y2, s) }

func (c *canvas) Rect(b page.Box, fill page.Paint, s page.Stroke) { c.p.rect(b, fill, s) }

func (c *canvas) Circle(x, y, r float64, fill page.Paint, s page.Stroke) {
	c.p.circle(x, y, r, fill, s)
}

func (c *canvas) Path(pts []page.Point, closed bool, fill page.Paint, s page.Stroke) {
	c.p.path(pts, closed, fill, s)
}

func (c *canvas) Hatch(b page.Box, s page.Stroke) { c.p.hatch(b, s) }
