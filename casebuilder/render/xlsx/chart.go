package xlsx

import (
	"fmt"
	"strconv"

	"casebuilder/casebuilder/book"
)

// chartXML returns the part of a chart: titles, fonts and colours set
// explicitly, and the points cached, so that a viewer that does not calculate
// draws it too. The order of the elements is the one of the format's schema
// (ECMA-376 part 1, section 21.2).
func chartXML(b *book.Book, c book.Chart) []byte {
	w := &chartWriter{book: b, chart: c, palette: paletteOf(b)}
	w.raw(xmlHeader + `<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"` +
		` xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"` +
		` xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">`)
	w.raw(`<c:roundedCorners val="0"/><c:chart>`)
	if c.Title == "" && c.TitleRef == "" {
		w.val("autoTitleDeleted", 1)
	} else {
		w.title()
		w.val("autoTitleDeleted", 0)
	}
	w.raw(`<c:plotArea><c:layout/>`)
	if c.Kind == book.Scatter {
		w.scatter()
	} else {
		w.bars()
	}
	w.raw(`<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr></c:plotArea>`)
	w.legend()
	w.raw(`<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>`)
	w.raw(`<c:spPr><a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill><a:ln><a:noFill/></a:ln></c:spPr>`)
	w.textStyle(chartText, w.palette.Ink, false)
	w.raw(`</c:chartSpace>`)
	return w.b
}

// Sizes of text in a chart, in hundredths of a point.
const (
	chartTitle = 1100
	chartText  = 900
)

// Identifiers of the axes within a chart.
const (
	axisX = 101
	axisY = 102
)

// chartWriter builds the XML of one chart.
type chartWriter struct {
	b       []byte
	book    *book.Book
	chart   book.Chart
	palette book.Palette
}

func (w *chartWriter) raw(s string)              { w.b = append(w.b, s...) }
func (w *chartWriter) text(s string)             { w.b = appendText(w.b, clean(s)) }
func (w *chartWriter) f(format string, a ...any) { w.b = fmt.Appendf(w.b, format, a...) }
func (w *chartWriter) val(element string, v any) { w.f(`<c:%s val="%v"/>`, element, v) }
func (w *chartWriter) formula(ref string)        { w.raw(`<c:f>` + escapeFormula(absolute(ref)) + `</c:f>`) }
func (w *chartWriter) colour(r book.Role) string { return w.palette.Colour(r) }

// font writes the properties of a run of text; element is "rPr" or "defRPr".
func (w *chartWriter) font(element string, size int, colour string, bold bool) {
	w.f(`<a:%s lang="en-GB" sz="%d" b="%d"><a:solidFill><a:srgbClr val="%s"/></a:solidFill>`, element, size, bit(bold), colour)
	w.f(`<a:latin typeface="%s"/><a:cs typeface="%s"/></a:%s>`, fontFamily, fontFamily, element)
}

// textStyle writes the style of texts that the program makes itself.
func (w *chartWriter) textStyle(size int, colour string, bold bool) {
	w.raw(`<c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr>`)
	w.font("defRPr", size, colour, bold)
	w.raw(`</a:pPr><a:endParaRPr lang="en-GB"/></a:p></c:txPr>`)
}

// title writes the message.
func (w *chartWriter) title() {
	c := w.chart
	w.raw(`<c:title>`)
	if c.TitleRef != "" {
		w.raw(`<c:tx><c:strRef>`)
		w.formula(c.TitleRef)
		w.strCache([]any{c.Title})
		w.raw(`</c:strRef></c:tx><c:overlay val="0"/>`)
		w.textStyle(chartTitle, w.palette.Ink, true)
		w.raw(`</c:title>`)
		return
	}
	w.raw(`<c:tx><c:rich><a:bodyPr/><a:lstStyle/>`)
	w.paragraph(c.Title, chartTitle, w.palette.Ink, true)
	w.raw(`</c:rich></c:tx><c:overlay val="0"/></c:title>`)
}

func (w *chartWriter) paragraph(text string, size int, colour string, bold bool) {
	w.raw(`<a:p><a:pPr>`)
	w.font("defRPr", size, colour, bold)
	w.raw(`</a:pPr><a:r>`)
	w.font("rPr", size, colour, bold)
	w.raw(`<a:t>`)
	w.text(text)
	w.raw(`</a:t></a:r></a:p>`)
}

// legend names the series from three on; those without a key are left out.
func (w *chartWriter) legend() {
	keys := 0
	for _, s := range w.chart.Series {
		if !s.NoKey {
			keys++
		}
	}
	if keys < 3 {
		return
	}
	w.raw(`<c:legend><c:legendPos val="b"/>`)
	for i, s := range w.chart.Series {
		if s.NoKey {
			w.f(`<c:legendEntry><c:idx val="%d"/><c:delete val="1"/></c:legendEntry>`, i)
		}
	}
	w.raw(`<c:overlay val="0"/>`)
	w.textStyle(chartText, w.palette.Ink, false)
	w.raw(`</c:legend>`)
}

// scatter writes a chart of points on two number axes.
func (w *chartWriter) scatter() {
	w.raw(`<c:scatterChart><c:scatterStyle val="lineMarker"/><c:varyColors val="0"/>`)
	for i, s := range w.chart.Series {
		w.openSeries(i, s)
		w.raw(`<c:spPr>`)
		w.line(s.Line, s.Colour, s.Dashed)
		w.raw(`</c:spPr>`)
		w.marker(s.Marker, s.Colour)
		for j, p := range s.Points {
			w.f(`<c:dPt><c:idx val="%d"/>`, j)
			w.marker(s.Marker, p.Colour)
			w.raw(`<c:bubble3D val="0"/></c:dPt>`)
		}
		w.labels(s, "r")
		w.raw(`<c:xVal>`)
		w.numbers(s.X)
		w.raw(`</c:xVal><c:yVal>`)
		w.numbers(s.Y)
		w.raw(`</c:yVal><c:smooth val="0"/></c:ser>`)
	}
	w.axisIDs()
	w.raw(`</c:scatterChart>`)
	w.valueAxis(axisX, "b", w.chart.X, "midCat")
	w.valueAxis(axisY, "l", w.chart.Y, "midCat")
}

// bars writes standing or lying bars.
func (w *chartWriter) bars() {
	c := w.chart
	dir, grouping, overlap, gap := "col", "clustered", 0, c.Gap
	if c.Kind == book.Bars {
		dir = "bar"
	}
	if c.Stacked {
		grouping = "stacked"
	}
	if c.Stacked || c.Overlap {
		overlap = 100
	}
	if gap == 0 {
		gap = 60
	}
	w.f(`<c:barChart><c:barDir val="%s"/><c:grouping val="%s"/><c:varyColors val="0"/>`, dir, grouping)
	for i, s := range c.Series {
		w.openSeries(i, s)
		w.fill(s.Colour, s.Fill)
		w.raw(`<c:invertIfNegative val="0"/>`)
		for j, p := range s.Points {
			w.f(`<c:dPt><c:idx val="%d"/><c:invertIfNegative val="0"/><c:bubble3D val="0"/>`, j)
			w.fill(p.Colour, p.Fill)
			w.raw(`</c:dPt>`)
		}
		place := "outEnd"
		if c.Stacked {
			place = "ctr"
		}
		w.labels(s, place)
		w.categories(s)
		w.raw(`</c:ser>`)
	}
	w.val("gapWidth", gap)
	w.val("overlap", overlap)
	w.axisIDs()
	w.raw(`</c:barChart>`)
	w.categoryAxis()
	place := "l"
	if c.Kind == book.Bars {
		place = "b"
	}
	w.valueAxis(axisY, place, c.Y, "between")
}

func (w *chartWriter) axisIDs() {
	w.val("axId", axisX)
	w.val("axId", axisY)
}

// openSeries starts a series with its number and name.
func (w *chartWriter) openSeries(i int, s book.Series) {
	w.f(`<c:ser><c:idx val="%d"/><c:order val="%d"/>`, i, i)
	switch {
	case s.NameRef != "":
		w.raw(`<c:tx><c:strRef>`)
		w.formula(s.NameRef)
		w.strCache([]any{s.Name})
		w.raw(`</c:strRef></c:tx>`)
	case s.Name != "":
		w.raw(`<c:tx><c:v>`)
		w.text(s.Name)
		w.raw(`</c:v></c:tx>`)
	}
}

// line writes the stroke of a line; a width of 0 or no colour draws none.
func (w *chartWriter) line(width float64, r book.Role, dashed bool) {
	if width <= 0 || r == book.NoColour {
		w.raw(`<a:ln w="19050"><a:noFill/></a:ln>`)
		return
	}
	w.f(`<a:ln w="%d" cap="rnd"><a:solidFill><a:srgbClr val="%s"/></a:solidFill>`, int(width*12700), w.colour(r))
	if dashed {
		w.raw(`<a:prstDash val="sysDash"/>`)
	}
	w.raw(`<a:round/></a:ln>`)
}

// fill writes how a bar is filled.
func (w *chartWriter) fill(r book.Role, how book.Fill) {
	colour := w.colour(r)
	w.raw(`<c:spPr>`)
	switch {
	case colour == "":
		w.raw(`<a:noFill/><a:ln><a:noFill/></a:ln>`)
	case how == book.Outlined:
		w.f(`<a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill><a:ln w="19050"><a:solidFill><a:srgbClr val="%s"/></a:solidFill></a:ln>`, colour)
	case how == book.Hatched:
		w.f(`<a:pattFill prst="wdUpDiag"><a:fgClr><a:srgbClr val="%s"/></a:fgClr><a:bgClr><a:srgbClr val="FFFFFF"/></a:bgClr></a:pattFill>`, colour)
		w.f(`<a:ln w="9525"><a:solidFill><a:srgbClr val="%s"/></a:solidFill></a:ln>`, colour)
	default:
		w.f(`<a:solidFill><a:srgbClr val="%s"/></a:solidFill><a:ln><a:noFill/></a:ln>`, colour)
	}
	w.raw(`</c:spPr>`)
}

// marker writes the sign at the points of a scatter.
func (w *chartWriter) marker(m book.Marker, r book.Role) {
	symbol := map[book.Marker]string{book.Dot: "circle", book.Diamond: "diamond", book.Square: "square"}[m]
	if symbol == "" || r == book.NoColour {
		w.raw(`<c:marker><c:symbol val="none"/></c:marker>`)
		return
	}
	w.f(`<c:marker><c:symbol val="%s"/><c:size val="8"/><c:spPr><a:solidFill><a:srgbClr val="%s"/></a:solidFill>`, symbol, w.colour(r))
	w.f(`<a:ln w="9525"><a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill></a:ln></c:spPr></c:marker>`)
}

// labels writes what stands beside the points.
func (w *chartWriter) labels(s book.Series, place string) {
	if s.Labels == book.NoLabels {
		return
	}
	w.raw(`<c:dLbls>`)
	for _, i := range s.LabelAt {
		w.f(`<c:dLbl><c:idx val="%d"/>`, i)
		w.label(s, place)
		w.raw(`</c:dLbl>`)
	}
	if s.LabelAt == nil {
		w.label(s, place)
	} else {
		w.labelShows(false, false)
	}
	w.raw(`</c:dLbls>`)
}

// label writes the look and content of one label, or of all.
func (w *chartWriter) label(s book.Series, place string) {
	if s.LabelFormat != book.General {
		w.raw(`<c:numFmt formatCode="`)
		w.text(string(s.LabelFormat))
		w.raw(`" sourceLinked="0"/>`)
	}
	w.raw(`<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>`)
	w.textStyle(chartText, w.palette.Ink, false)
	w.val("dLblPos", place)
	w.labelShows(s.Labels == book.LabelValue, s.Labels == book.LabelName)
}

func (w *chartWriter) labelShows(value, name bool) {
	w.f(`<c:showLegendKey val="0"/><c:showVal val="%d"/><c:showCatName val="0"/>`, bit(value))
	w.f(`<c:showSerName val="%d"/><c:showPercent val="0"/><c:showBubbleSize val="0"/>`, bit(name))
}

func bit(b bool) int {
	if b {
		return 1
	}
	return 0
}

// categories writes the texts and numbers of a series of bars.
func (w *chartWriter) categories(s book.Series) {
	w.raw(`<c:cat><c:strRef>`)
	w.formula(s.X)
	values, _ := w.book.Values(s.X)
	w.strCache(values)
	w.raw(`</c:strRef></c:cat><c:val>`)
	w.numbers(s.Y)
	w.raw(`</c:val>`)
}

// numbers writes a reference to numbers with the numbers as they are now.
func (w *chartWriter) numbers(ref string) {
	w.raw(`<c:numRef>`)
	w.formula(ref)
	values, _ := w.book.Values(ref)
	w.f(`<c:numCache><c:formatCode>General</c:formatCode><c:ptCount val="%d"/>`, len(values))
	for i, v := range values {
		n, ok := v.(float64)
		if !ok {
			continue
		}
		w.f(`<c:pt idx="%d"><c:v>`, i)
		w.b = appendNumber(w.b, n)
		w.raw(`</c:v></c:pt>`)
	}
	w.raw(`</c:numCache></c:numRef>`)
}

// strCache writes the texts of a reference as they are now.
func (w *chartWriter) strCache(values []any) {
	w.f(`<c:strCache><c:ptCount val="%d"/>`, len(values))
	for i, v := range values {
		text := ""
		switch v := v.(type) {
		case string:
			text = v
		case float64:
			text = strconv.FormatFloat(v, 'g', -1, 64)
		}
		w.f(`<c:pt idx="%d"><c:v>`, i)
		w.text(text)
		w.raw(`</c:v></c:pt>`)
	}
	w.raw(`</c:strCache>`)
}
