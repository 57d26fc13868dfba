package xlsx

import "casebuilder/casebuilder/book"

// scaling writes direction and bounds of an axis.
func (w *chartWriter) scaling(a book.Axis, reversed bool) {
	w.raw(`<c:scaling>`)
	if a.Log {
		w.val("logBase", 10)
	}
	if reversed {
		w.val("orientation", "maxMin")
	} else {
		w.val("orientation", "minMax")
	}
	if a.Max != nil {
		w.val("max", *a.Max)
	}
	if a.Min != nil {
		w.val("min", *a.Min)
	}
	w.raw(`</c:scaling>`)
	w.val("delete", bit(a.Hidden))
}

// axisTitle writes the title of an axis, if it has one.
func (w *chartWriter) axisTitle(title string, upright bool) {
	if title == "" {
		return
	}
	w.raw(`<c:title><c:tx><c:rich>`)
	if upright {
		w.raw(`<a:bodyPr rot="-5400000" vert="horz"/>`)
	} else {
		w.raw(`<a:bodyPr/>`)
	}
	w.raw(`<a:lstStyle/>`)
	w.paragraph(title, chartText, w.palette.Grey, false)
	w.raw(`</c:rich></c:tx><c:overlay val="0"/></c:title>`)
}

// valueAxis writes an axis of numbers.
func (w *chartWriter) valueAxis(id int, place string, a book.Axis, crossing string) {
	w.raw(`<c:valAx>`)
	w.val("axId", id)
	w.scaling(a, false)
	w.val("axPos", place)
	if a.Grid {
		w.f(`<c:majorGridlines><c:spPr><a:ln w="3175"><a:solidFill><a:srgbClr val="%s"/></a:solidFill></a:ln></c:spPr></c:majorGridlines>`, w.palette.Rule)
	}
	w.axisTitle(a.Title, place == "l")
	format := a.Format
	if format == book.General {
		format = "General"
	}
	w.raw(`<c:numFmt formatCode="`)
	w.text(string(format))
	w.raw(`" sourceLinked="0"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/>`)
	if w.chart.Kind == book.Bars {
		w.val("tickLblPos", "nextTo")
	} else {
		w.val("tickLblPos", "low")
	}
	w.axisLine(w.palette.Rule)
	w.textStyle(chartText, w.palette.Ink, false)
	w.val("crossAx", axisX+axisY-id)
	if w.chart.Kind == book.Bars {
		w.val("crosses", "max") // the categories run downwards: the far end is the bottom
	} else {
		w.val("crosses", "autoZero")
	}
	w.val("crossBetween", crossing)
	if a.Step > 0 {
		w.val("majorUnit", a.Step)
	}
	w.raw(`</c:valAx>`)
}

// categoryAxis writes the axis of texts. Lying bars read from the top.
func (w *chartWriter) categoryAxis() {
	bars := w.chart.Kind == book.Bars
	w.raw(`<c:catAx>`)
	w.val("axId", axisX)
	w.scaling(book.Axis{Hidden: w.chart.X.Hidden}, bars)
	if bars {
		w.val("axPos", "l")
	} else {
		w.val("axPos", "b")
	}
	w.axisTitle(w.chart.X.Title, bars)
	w.raw(`<c:numFmt formatCode="General" sourceLinked="0"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="low"/>`)
	w.axisLine(w.palette.Ink)
	w.textStyle(chartText, w.palette.Ink, false)
	w.val("crossAx", axisY)
	w.raw(`<c:crosses val="autoZero"/><c:auto val="0"/><c:lblAlgn val="ctr"/><c:lblOffset val="100"/><c:noMultiLvlLbl val="1"/></c:catAx>`)
}

func (w *chartWriter) axisLine(colour string) {
	w.f(`<c:spPr><a:ln w="6350"><a:solidFill><a:srgbClr val="%s"/></a:solidFill></a:ln></c:spPr>`, colour)
}
