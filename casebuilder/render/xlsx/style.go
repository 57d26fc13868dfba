package xlsx

import (
	"fmt"

	"github.com/xuri/excelize/v2"

	"casebuilder/casebuilder/book"
)

// fontFamily is on every machine with a spreadsheet program, or has a
// replacement of the same widths there (Liberation Sans).
const fontFamily = "Arial"

// bodySize is the size of body text in points.
const bodySize = 10

// styles gives each style of the book its number in the file.
type styles struct {
	ids   map[book.Style]int
	marks map[book.Mark]int
}

// id returns the number of a style; 0 is the default style of the file.
func (s *styles) id(style book.Style) int { return s.ids[style] }

// newStyles registers the styles that the book uses, in order of first use.
func newStyles(f *excelize.File, b *book.Book, p book.Palette) (*styles, error) {
	s := &styles{ids: map[book.Style]int{{}: 0}, marks: map[book.Mark]int{}}
	add := func(style book.Style) error {
		if _, ok := s.ids[style]; ok {
			return nil
		}
		id, err := f.NewStyle(cellStyle(style, p))
		if err != nil {
			return fmt.Errorf("number format %q: %w", style.Format, err)
		}
		s.ids[style] = id
		return nil
	}
	for _, sheet := range b.Sheets {
		rows, cols := sheet.Size()
		for row := 1; row <= rows; row++ {
			for col := 1; col <= cols; col++ {
				if err := add(sheet.At(row, col).Style); err != nil {
					return nil, err
				}
			}
		}
		if sheet.Block != nil {
			for _, c := range sheet.Block.Columns {
				if err := add(book.Style{Look: book.Bulk, Format: c.Format}); err != nil {
					return nil, err
				}
			}
		}
		for _, c := range sheet.Conditionals {
			if _, ok := s.marks[c.Mark]; ok {
				continue
			}
			id, err := f.NewConditionalStyle(markStyle(c.Mark, p))
			if err != nil {
				return nil, fmt.Errorf("conditional format: %w", err)
			}
			s.marks[c.Mark] = id
		}
	}
	return s, nil
}

// cellStyle turns a style of the book into one of the file.
func cellStyle(s book.Style, p book.Palette) *excelize.Style {
	out := &excelize.Style{
		Font:       &excelize.Font{Family: fontFamily, Size: fontSize(s.Look), Color: p.Ink},
		Alignment:  &excelize.Alignment{Vertical: "center"},
		Protection: &excelize.Protection{Locked: !s.Look.Editable()},
	}
	if s.Format != book.General {
		code := string(s.Format)
		out.CustomNumFmt = &code
	}
	line := func(side, colour string) {
		out.Border = append(out.Border, excelize.Border{Type: side, Color: colour, Style: 1})
	}
	fill := func(colour string) {
		out.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{colour}}
	}
	font, align := out.Font, out.Alignment
	switch s.Look {
	case book.Plain:
	case book.Bulk:
		align.Horizontal = "right"
	case book.Title:
		font.Bold = true
	case book.Purpose, book.Note:
		font.Color = p.Grey
	case book.Heading:
		font.Bold = true
	case book.Header, book.HeaderRight:
		font.Bold = true
		fill(p.Panel)
		line("bottom", p.Grey)
		align.WrapText = true
		if s.Look == book.HeaderRight {
			align.Horizontal = "right"
		}
	case book.Label, book.CalcText:
		line("bottom", p.Rule)
	case book.ID, book.Unit:
		font.Color = p.Grey
		line("bottom", p.Rule)
	case book.Prose:
		align.WrapText = true
		line("bottom", p.Rule)
	case book.Statement:
	case book.InputNumber, book.InputText, book.InputKey:
		font.Color = p.InputText
		fill(p.InputFill)
		for _, side := range []string{"left", "right", "bottom"} {
			line(side, p.Rule)
		}
		align.Horizontal = "right"
		if s.Look != book.InputNumber {
			align.Horizontal, align.WrapText = "left", true
		}
	case book.Calc:
		align.Horizontal = "right"
		line("bottom", p.Rule)
	case book.Filed:
		font.Color = p.Grey
		align.Horizontal = "right"
		line("bottom", p.Rule)
	case book.Total, book.TotalLabel:
		font.Bold = true
		line("top", p.Grey)
		line("bottom", p.Grey)
		if s.Look == book.Total {
			align.Horizontal = "right"
		}
	case book.Figure:
		font.Bold = true
		align.Horizontal = "right"
		line("bottom", p.Rule)
	case book.Check:
		font.Bold = true
		line("bottom", p.Rule)
	case book.LinkText:
		font.Color, font.Underline = p.Marketing, "single"
	}
	if align.Horizontal == "right" {
		align.Indent = 1 // keeps a number apart from the text in the next column
	}
	return out
}

// fontSize returns the size of a look's font in points.
func fontSize(l book.Look) float64 {
	switch l {
	case book.Title, book.Figure:
		return 14
	case book.Statement:
		return 12
	case book.Heading:
		return 11
	}
	return bodySize
}

// wraps reports whether a look breaks its text into lines.
func wraps(l book.Look) bool {
	return l == book.Header || l == book.HeaderRight || l == book.Prose || l == book.InputText
}

// markStyle turns a mark into a conditional style of the file. The tints keep
// 4.5:1 to their text.
func markStyle(m book.Mark, p book.Palette) *excelize.Style {
	tint := func(colour string) excelize.Fill {
		return excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{colour}}
	}
	switch m {
	case book.GoodMark:
		return &excelize.Style{Font: &excelize.Font{Bold: true, Color: p.Good}}
	case book.BadMark:
		return &excelize.Style{Font: &excelize.Font{Bold: true, Color: p.Appetite}, Fill: tint("F6E6EE")}
	case book.ChangedMark:
		return &excelize.Style{Font: &excelize.Font{Bold: true, Color: p.Marketing}, Fill: tint("DCE8F5")}
	}
	return &excelize.Style{Font: &excelize.Font{Color: p.Grey}}
}
