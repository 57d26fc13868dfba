package xlsx

import (
	"strings"
	"unicode/utf16"

	"github.com/xuri/excelize/v2"

	"casebuilder/casebuilder/book"
)

// sheet puts everything but rows and charts around a sheet.
func (fr *frame) sheet(b *book.Book, s *book.Sheet) error {
	steps := []func(*book.Book, *book.Sheet) error{
		fr.view, fr.page, fr.table, fr.links, fr.validations, fr.conditionals, fr.protect, fr.placeCharts,
	}
	for _, step := range steps {
		if err := step(b, s); err != nil {
			return err
		}
	}
	return nil
}

// view sets widths, tab colour, frozen panes, zoom and the used range.
func (fr *frame) view(_ *book.Book, s *book.Sheet) error {
	f := fr.file
	for i, w := range s.Widths {
		if w <= 0 {
			continue
		}
		name := book.ColumnName(i + 1)
		if err := f.SetColWidth(s.Name, name, name, min(w, 255)); err != nil {
			return err
		}
	}
	rows, cols := s.Size()
	if bl := s.Block; bl != nil {
		rows = max(rows, bl.Row+bl.Rows-1)
		cols = max(cols, bl.Col+len(bl.Columns)-1)
	}
	if err := f.SetSheetDimension(s.Name, "A1:"+book.CellName(rows, cols)); err != nil {
		return err
	}
	fit, colour := true, "FF"+s.Type.TabColour()
	if err := f.SetSheetProps(s.Name, &excelize.SheetPropsOptions{FitToPage: &fit, TabColorRGB: &colour}); err != nil {
		return err
	}
	grid, zoom := false, float64(s.Zoom)
	if zoom == 0 {
		zoom = 100
	}
	if err := f.SetSheetView(s.Name, 0, &excelize.ViewOptions{ShowGridLines: &grid, ZoomScale: &zoom}); err != nil {
		return err
	}
	if s.FreezeRows == 0 && s.FreezeCols == 0 {
		return nil
	}
	pane := "bottomRight"
	switch {
	case s.FreezeCols == 0:
		pane = "bottomLeft"
	case s.FreezeRows == 0:
		pane = "topRight"
	}
	return f.SetPanes(s.Name, &excelize.Panes{
		Freeze: true, XSplit: s.FreezeCols, YSplit: s.FreezeRows,
		TopLeftCell: book.CellName(s.FreezeRows+1, s.FreezeCols+1), ActivePane: pane,
		Selection: []excelize.Selection{{Pane: pane, ActiveCell: "A1", SQRef: "A1"}},
	})
}

// Paper sizes of the file format.
const (
	paperLetter = 1
	paperA4     = 9
)

// page sets paper, print area, repeated rows and the footer.
func (fr *frame) page(b *book.Book, s *book.Sheet) error {
	f := fr.file
	size, wide, tall, orientation := paperA4, 1, 0, "portrait"
	if s.Print.Letter {
		size = paperLetter
	}
	if s.Print.OnePage {
		tall = 1
	}
	if s.Print.Landscape {
		orientation = "landscape"
	}
	err := f.SetPageLayout(s.Name, &excelize.PageLayoutOptions{
		Size: &size, Orientation: &orientation, FitToWidth: &wide, FitToHeight: &tall,
	})
	if err != nil {
		return err
	}
	side, top, foot := 0.5, 0.6, 0.3 // inches
	err = f.SetPageMargins(s.Name, &excelize.PageLayoutMarginsOptions{
		Left: &side, Right: &side, Top: &top, Bottom: &top, Header: &foot, Footer: &foot,
	})
	if err != nil {
		return err
	}
	footer := footerCode("&L", b.Footer.Left) + footerCode("&C", b.Footer.Page) + footerCode("&R", b.Footer.Right)
	if err := f.SetHeaderFooter(s.Name, &excelize.HeaderFooterOptions{OddFooter: footer}); err != nil {
		return err
	}
	if s.Print.Area != "" {
		area, err := book.ParseArea(s.Print.Area)
		if err != nil {
			return err
		}
		area.Sheet = s.Name
		if err := fr.printName("_xlnm.Print_Area", s, area.String()); err != nil {
			return err
		}
	}
	if s.Print.RepeatRows > 0 {
		last := book.Absolute(s.Print.RepeatRows, 1)
		rows := "$1:" + last[strings.LastIndexByte(last, '$'):]
		return fr.printName("_xlnm.Print_Titles", s, book.On(s.Name, rows))
	}
	return nil
}

func (fr *frame) printName(name string, s *book.Sheet, ref string) error {
	return fr.file.SetDefinedName(&excelize.DefinedName{Name: name, Scope: s.Name, RefersTo: ref})
}

// footerUnits is how much of a footer's part is kept: three of them and their
// codes stay under the format's 255 characters.
const footerUnits = 70

// footerCode returns one part of a footer in the codes of the format: the
// place, 8 points, the text with "&" doubled and cut, page numbers as fields.
func footerCode(place, text string) string {
	if text == "" {
		return ""
	}
	text = strings.NewReplacer("{page}", "\x01", "{pages}", "\x02").Replace(text)
	var out strings.Builder
	n := 0
	for _, r := range text {
		piece := string(r)
		switch {
		case r == 1:
			piece = "&P"
		case r == 2:
			piece = "&N"
		case r == '&':
			piece = "&&"
		default:
			piece = clean(piece)
		}
		width := len(utf16.Encode([]rune(piece)))
		if n+width > footerUnits-1 {
			out.WriteString("…")
			break
		}
		n += width
		out.WriteString(piece)
	}
	return place + `&8 ` + out.String()
}

// table marks the sheet's table. Its column names must equal the header cells,
// so they are handed to excelize, which reads them from there.
func (fr *frame) table(_ *book.Book, s *book.Sheet) error {
	if s.Table == nil {
		return nil
	}
	area, err := book.ParseArea(s.Table.Ref)
	if err != nil {
		return err
	}
	for col := area.Col1; col <= area.Col2; col++ {
		text, _ := s.At(area.Row1, col).Value.(string)
		if err := fr.file.SetCellStr(s.Name, book.CellName(area.Row1, col), clean(text)); err != nil {
			return err
		}
	}
	stripes := false
	return fr.file.AddTable(s.Name, &excelize.Table{
		Name: s.Table.Name, ShowRowStripes: &stripes,
		Range: book.CellName(area.Row1, area.Col1) + ":" + book.CellName(area.Row2, area.Col2),
	})
}

// links sets the links from cells to other cells of the book.
func (fr *frame) links(_ *book.Book, s *book.Sheet) error {
	rows, cols := s.Size()
	for row := 1; row <= rows; row++ {
		for col := 1; col <= cols; col++ {
			link := s.At(row, col).Link
			if link == "" {
				continue
			}
			area, err := book.ParseArea(link)
			if err != nil {
				return err
			}
			target := book.On(area.Sheet, book.CellName(area.Row1, area.Col1))
			if err := fr.file.SetCellHyperLink(s.Name, book.CellName(row, col), target, "Location"); err != nil {
				return err
			}
		}
	}
	return nil
}

// validations sets what may be entered where.
func (fr *frame) validations(_ *book.Book, s *book.Sheet) error {
	for _, v := range s.Validations {
		dv := excelize.NewDataValidation(true)
		dv.Sqref = v.Range
		switch v.Kind {
		case book.Decimal:
			dv.Type = "decimal"
		case book.WholeCount:
			dv.Type = "whole"
		case book.DateRange:
			dv.Type = "date"
		case book.TextLength:
			dv.Type = "textLength"
		case book.List:
			dv.Type = "list"
			dv.Formula1 = escapeFormula(v.ListRef)
			if len(v.List) > 0 {
				dv.Formula1 = string(appendText(nil, `"`+strings.Join(v.List, ",")+`"`))
			}
		case book.Custom:
			dv.Type = "custom"
			dv.Formula1 = escapeFormula(stored(v.Formula))
		}
		if v.Kind < book.List {
			switch {
			case v.Min != "" && v.Max != "":
				dv.Operator, dv.Formula1, dv.Formula2 = "between", escapeFormula(v.Min), escapeFormula(v.Max)
			case v.Min != "":
				dv.Operator, dv.Formula1 = "greaterThanOrEqual", escapeFormula(v.Min)
			default:
				dv.Operator, dv.Formula1 = "lessThanOrEqual", escapeFormula(v.Max)
			}
		}
		style := excelize.DataValidationErrorStyleStop
		if v.Warn {
			style = excelize.DataValidationErrorStyleWarning
		}
		dv.SetError(style, clean(v.Title), clean(v.Message))
		if v.Prompt != "" {
			dv.SetInput(clean(v.Title), clean(v.Prompt))
		}
		if err := fr.file.AddDataValidation(s.Name, dv); err != nil {
			return err
		}
	}
	return nil
}

// conditionals sets the conditional formats.
func (fr *frame) conditionals(_ *book.Book, s *book.Sheet) error {
	for _, c := range s.Conditionals {
		id := fr.styles.marks[c.Mark]
		err := fr.file.SetConditionalFormat(s.Name, c.Range, []excelize.ConditionalFormatOptions{
			{Type: "formula", Criteria: stored(c.Formula), Format: &id},
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// protect locks the sheet without a password. Columns and rows may still be
// resized and tables filtered.
func (fr *frame) protect(_ *book.Book, s *book.Sheet) error {
	if s.Open {
		return nil
	}
	return fr.file.ProtectSheet(s.Name, &excelize.SheetProtectionOptions{
		SelectLockedCells: true, SelectUnlockedCells: true, FormatColumns: true, FormatRows: true, AutoFilter: true,
	})
}

// placeCharts registers the charts and the drawing that places them; what is
// in their parts is written by chartXML and drawingXML.
func (fr *frame) placeCharts(_ *book.Book, s *book.Sheet) error {
	for _, c := range s.Charts {
		err := fr.file.AddChart(s.Name, "A1", &excelize.Chart{
			Type: excelize.Bar, Series: []excelize.ChartSeries{{Values: c.Series[0].Y}},
		})
		if err != nil {
			return err
		}
	}
	return nil
}
