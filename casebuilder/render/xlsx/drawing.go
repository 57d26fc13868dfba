package xlsx

import (
	"strconv"

	"casebuilder/casebuilder/book"
)

// drawingPart names the part that places the charts of the i-th sheet that has
// any, from 0.
func drawingPart(i int) string { return "xl/drawings/drawing" + strconv.Itoa(i+1) + ".xml" }

// emuPerPixel is the length of a pixel, at 96 to the inch, in the units of a
// drawing (914,400 to the inch).
const emuPerPixel = 9525

// drawingXML returns the part that places the charts of a sheet. Each hangs on
// one cell and keeps its own size, whatever becomes of widths and heights.
func drawingXML(charts []book.Chart) []byte {
	w := &chartWriter{}
	w.raw(xmlHeader + `<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"` +
		` xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">`)
	for i, c := range charts {
		at, _ := book.ParseArea(c.At) // checked by book.Check
		w.f(`<xdr:oneCellAnchor><xdr:from><xdr:col>%d</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>%d</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:from>`, at.Col1-1, at.Row1-1)
		w.f(`<xdr:ext cx="%d" cy="%d"/>`, c.Width*emuPerPixel, c.Height*emuPerPixel)
		w.f(`<xdr:graphicFrame macro=""><xdr:nvGraphicFramePr><xdr:cNvPr id="%d" name="Chart %d" descr="`, i+2, i+1)
		w.text(c.Alt)
		w.raw(`"/><xdr:cNvGraphicFramePr/></xdr:nvGraphicFramePr><xdr:xfrm><a:off x="0" y="0"/><a:ext cx="0" cy="0"/></xdr:xfrm>`)
		w.raw(`<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart">`)
		w.raw(`<c:chart xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"`)
		w.f(` xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:id="rId%d"/>`, i+1)
		w.raw(`</a:graphicData></a:graphic></xdr:graphicFrame><xdr:clientData/></xdr:oneCellAnchor>`)
	}
	w.raw(`</xdr:wsDr>`)
	return w.b
}
