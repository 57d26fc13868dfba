// Package book holds a workbook as plain data: typed sheets of cells with
// their formulas and cached values, charts, validations and print set-up.
//
// It knows no file format and no figures of the business case. The workbook
// package fills a Book from results, casebuilder/render/xlsx writes it, and
// what a reader of a file finds comes back as a Grid.
//
// Rows and columns count from 1, as people count them. References are written
// as in a formula: "B7", "$B$7:$B$40", "Inputs!$I$7". A formula is written
// without its "=" and always stands beside its cached value, so that a viewer
// that does not calculate shows the right figures. A Book holds no clock: its
// date comes from the caller.
package book

import (
	"time"
)

// Book is a whole workbook. Its first sheet is the one that opens.
type Book struct {
	Properties Properties
	Palette    Palette // the zero value stands for DefaultPalette
	Footer     Footer  // printed under every page
	CalcOnLoad bool    // ask the spreadsheet program to recalculate on opening
	Sheets     []*Sheet
	Names      []Name
}

// Properties are what a file manager shows of the file.
type Properties struct {
	Title       string
	Subject     string
	Author      string
	Description string
	Keywords    string
	Language    string    // "en-GB"
	Created     time.Time // only the date is used, for the last change as well
}

// Footer is printed under every page. Left and Right are plain text; Page may
// hold "{page}" and "{pages}". Each part is cut after 70 characters.
type Footer struct {
	Left, Page, Right string
}

// Name is a defined name. It serves a person who looks for an output; formulas
// do not use names.
type Name struct {
	Name string // letters, digits, "_" and ".", starting with a letter
	Ref  string // "Summary!$D$8"
}

// Add appends an empty sheet and returns it.
func (b *Book) Add(name string, t Type) *Sheet {
	s := &Sheet{Name: name, Type: t}
	b.Sheets = append(b.Sheets, s)
	return s
}

// Sheet returns the sheet of that name, or nil.
func (b *Book) Sheet(name string) *Sheet {
	for _, s := range b.Sheets {
		if s.Name == name {
			return s
		}
	}
	return nil
}

// Values returns the cached values of a range such as "Ranges!$B$7:$B$31",
// row by row; nil where a cell is empty. It returns nil and false when the
// range cannot be read or names no sheet of the book.
func (b *Book) Values(ref string) ([]any, bool) {
	a, err := ParseArea(ref)
	if err != nil {
		return nil, false
	}
	s := b.Sheet(a.Sheet)
	if s == nil {
		return nil, false
	}
	var out []any
	for row := a.Row1; row <= a.Row2; row++ {
		for col := a.Col1; col <= a.Col2; col++ {
			out = append(out, s.At(row, col).Value)
		}
	}
	return out, true
}

// Palette holds the colours by role, each as six hexadecimal digits "RRGGBB".
type Palette struct {
	Ink         string // text and zero lines
	Grey        string // secondary text
	Rule        string // hairlines
	Panel       string // fill of headers
	Marketing   string
	Other       string // everyone but marketing
	Recommended string
	Appetite    string
	Warning     string
	Good        string // text of a passed check
	InputFill   string
	InputText   string
}

// DefaultPalette returns the house colours: marketing dark blue, others grey,
// the recommended option turquoise, appetite dark pink. Each text colour
// reaches 4.5:1 on white and on Panel, InputText on InputFill as well.
func DefaultPalette() Palette {
	return Palette{
		Ink: "1A1A1A", Grey: "595959", Rule: "D0D0D0", Panel: "F5F6F8",
		Marketing: "12436D", Other: "9AA5B1", Recommended: "28A197", Appetite: "801650",
		Warning: "F46A25", Good: "00695C", InputFill: "FFF7DB", InputText: "12436D",
	}
}

// Role names a colour of the palette.
type Role int

// The roles a series of a chart can have.
const (
	NoColour Role = iota // transparent
	Ink
	Grey
	Rule
	Marketing
	Other
	Recommended
	Appetite
	Warning
)

// Colour returns the colour of a role, and "" for NoColour.
func (p Palette) Colour(r Role) string {
	switch r {
	case Ink:
		return p.Ink
	case Grey:
		return p.Grey
	case Rule:
		return p.Rule
	case Marketing:
		return p.Marketing
	case Other:
		return p.Other
	case Recommended:
		return p.Recommended
	case Appetite:
		return p.Appetite
	case Warning:
		return p.Warning
	}
	return ""
}
