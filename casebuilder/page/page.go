// Package page is the document tree of the board papers: a Document of Pages
// of Blocks, made of plain data. The pitch writes it from results, the charts
// draw on its Canvas, and a renderer turns it into a file.
//
// It knows neither results nor file formats: no font, no page break, no PDF
// noun. All lengths are in points (1/72 inch); y grows downwards.
package page

import "time"

// Paper is the format of the sheet, always portrait.
type Paper uint8

// The two papers that the design is drawn for.
const (
	A4     Paper = iota // 210 × 297 mm
	Letter              // 8.5 × 11 in
)

// Size returns width and height in points.
func (p Paper) Size() (w, h float64) {
	if p == Letter {
		return 612, 792
	}
	return 595.28, 841.89
}

// String returns "a4" or "letter".
func (p Paper) String() string {
	if p == Letter {
		return "letter"
	}
	return "a4"
}

// Document is one paper, ready to be drawn.
type Document struct {
	Title    string // of the file, shown in the window's title bar
	Author   string
	Subject  string
	Language string    // BCP 47, such as "en-GB"
	Decimal  string    // decimal sign of the language, "." where empty: numbers in tables align on it
	AsOf     time.Time // date of the paper; the file carries no other
	Paper    Paper
	Theme    *Theme // nil: DefaultTheme

	Classification string   // printed on every page, top right; may be empty
	Footer         []string // parts of the footer: unit, version, as-of date; joined by " · "
	PageOf         string   // page number as fmt sees it, two whole numbers; "Page %d of %d" where empty
	Continued      string   // word beside the title of a page that runs over; "continued" where empty

	Pages []Page
}

// Page is one page with one message. It begins on a new sheet.
type Page struct {
	ID        string // anchor for links; unique; may be empty
	Bookmark  string // entry in the outline; the title where empty
	Label     string // page label in a viewer ("A1"); the number where empty
	Kicker    Text   // small line above the title: company and unit; may be empty
	Logo      bool   // print the theme's logo at the top right
	Title     Text   // the message, a full sentence of at most two lines
	Qualifier Text   // one line that qualifies it; may be empty
	Blocks    []Block

	// Fixed makes it an error when the blocks need more than one sheet. A page
	// that is not fixed goes on on a further sheet.
	Fixed bool
}

// Block is one piece of a page, laid out from top to bottom.
type Block interface{ isBlock() }

// Heading is a section head (11.5 pt bold). It stays with what follows it.
type Heading struct {
	Text     Text
	Anchor   string
	Bookmark bool // a second-level entry in the outline
}

// Style is the look of a paragraph.
type Style uint8

// Styles of paragraphs.
const (
	Body Style = iota // 9.5 pt
	Lead              // 11 pt, for one opening sentence
	Note              // 7.5 pt, grey: sources and notes
)

// Paragraph is running text, set ragged right, at most 78 characters a line.
type Paragraph struct {
	Text         Text
	Style        Style
	Anchor       string
	KeepWithNext bool
}

// List is a list of points. Each item is a paragraph with a hanging sign.
type List struct {
	Items   []Text
	Numbers bool // 1. 2. 3. instead of bullets
	Style   Style
}

// KeyFigure is one of a band of large figures.
type KeyFigure struct {
	Value Text // "£4.1m"; give the span its Figure
	Unit  string
	Label Text // what it is
	Range Text // "90% range £0.6m to £19m"
	Role  Role // colour of the line above it; Ink where Inherit
}

// KeyFigures is a band of two to six large figures of equal width.
type KeyFigures struct{ Items []KeyFigure }

// Exhibit is a chart with its message, measure and source.
type Exhibit struct {
	Anchor   string
	Title    Text // the chart's own message in about ten words
	Subtitle Text // measure, unit, period, "modelled, 4,096 trials"
	Chart    Drawing
	Caption  Text // what to read from it; may be empty
	Source   Text // publication, or the sheet with the data

	// Least and Greatest bound the height of the drawing in points, inside the
	// bounds of the chart itself; 0 leaves those alone.
	Least, Greatest float64
}

// Cell is one column of a Columns block, Span of its twelve.
type Cell struct {
	Span   int
	Blocks []Block
}

// Columns sets blocks side by side on the twelve-column grid, 4 mm apart. The
// spans add up to at most twelve. It is never split over pages.
type Columns struct{ Cells []Cell }

// Panel is a tinted box around blocks. It is never split over pages.
type Panel struct {
	Title  Text // set like a section head; may be empty
	Blocks []Block
	Role   Role // tints the panel in this role and marks its left edge; Inherit: the panel grey
}

// Space replaces the gap that would stand here by this many points, rounded to
// the baseline grid.
type Space struct{ Points float64 }

// Break goes on on the next sheet.
type Break struct{}

// Together keeps its blocks on one sheet where they fit on one.
type Together struct{ Blocks []Block }

// Divider is a hairline over the full width.
type Divider struct{}

func (Heading) isBlock()    {}
func (Paragraph) isBlock()  {}
func (List) isBlock()       {}
func (KeyFigures) isBlock() {}
func (Table) isBlock()      {}
func (Exhibit) isBlock()    {}
func (Columns) isBlock()    {}
func (Panel) isBlock()      {}
func (Space) isBlock()      {}
func (Break) isBlock()      {}
func (Together) isBlock()   {}
func (Divider) isBlock()    {}
