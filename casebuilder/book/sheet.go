package book

// Type says what a sheet is for. It shows in the colour of the tab and, in
// words, in the line under the title.
type Type int

// The types of sheets.
const (
	About Type = iota
	Input
	Calculation
	Output
	CheckList
	Log
	Evidence
)

// TabColour returns the colour of the tab, "RRGGBB".
func (t Type) TabColour() string {
	switch t {
	case Input:
		return "F2C94C"
	case Calculation:
		return "9AA5B1"
	case Output:
		return "12436D"
	case CheckList:
		return "28A197"
	case Log:
		return "801650"
	case Evidence:
		return "6BACE6"
	}
	return "1A1A1A"
}

// Sheet is one sheet. Title and Purpose are written to A1 and A2; cells start
// in row 3, or in row 1 of a sheet without them. A sheet is protected without a
// password, unless it is open: only cells with an editable look can be changed.
type Sheet struct {
	Name    string // at most 31 characters, unique
	Type    Type
	Title   string
	Purpose string // one line: the type in words, what the sheet is for, which cells to edit

	Widths     []float64 // of the columns from A, in characters; 0 is the default of 9
	FreezeRows int       // rows that stay in view
	FreezeCols int       // columns that stay in view
	Zoom       int       // per cent, 10 to 400; 0 is 100
	Open       bool      // not protected: rows and columns can be added

	Table        *Table
	Block        *Block
	Validations  []Validation
	Conditionals []Conditional
	Charts       []Chart
	Print        Print

	rows []sheetRow
}

// sheetRow holds the cells of one row from column A.
type sheetRow struct {
	cells  []Cell
	height float64 // points; 0 lets the program fit it
}

// Set puts a cell. Row and column count from 1.
func (s *Sheet) Set(row, col int, c Cell) {
	r := s.row(row)
	for len(r.cells) < col {
		r.cells = append(r.cells, Cell{})
	}
	r.cells[col-1] = c
}

// SetRow puts cells side by side, the first into column col.
func (s *Sheet) SetRow(row, col int, cells ...Cell) {
	for i, c := range cells {
		s.Set(row, col+i, c)
	}
}

// SetHeight fixes the height of a row in points.
func (s *Sheet) SetHeight(row int, points float64) { s.row(row).height = points }

func (s *Sheet) row(row int) *sheetRow {
	for len(s.rows) < row {
		s.rows = append(s.rows, sheetRow{})
	}
	return &s.rows[row-1]
}

// At returns a cell, of the block as well; the zero Cell where nothing is.
// The title and the purpose line are at A1 and A2.
func (s *Sheet) At(row, col int) Cell {
	if col == 1 && row == 1 && s.Title != "" {
		return Text(s.Title, Title)
	}
	if col == 1 && row == 2 && s.Purpose != "" {
		return Text(s.Purpose, Purpose)
	}
	if c, ok := s.Block.at(row, col); ok {
		return c
	}
	if row < 1 || row > len(s.rows) || col < 1 || col > len(s.rows[row-1].cells) {
		return Cell{}
	}
	return s.rows[row-1].cells[col-1]
}

// Height returns the fixed height of a row in points, 0 for none.
func (s *Sheet) Height(row int) float64 {
	if row < 1 || row > len(s.rows) {
		return 0
	}
	return s.rows[row-1].height
}

// Size returns the last row that holds a cell outside the block, and the last
// column of that part. The title counts as A1.
func (s *Sheet) Size() (rows, cols int) {
	rows, cols = 2, 1
	for i, r := range s.rows {
		if len(r.cells) > 0 || r.height > 0 {
			rows = max(rows, i+1)
			cols = max(cols, len(r.cells))
		}
	}
	return rows, cols
}

// Table marks a rectangle as a table of the spreadsheet program, for readers
// of the screen and for filters. Its first row holds the header texts, which
// are unique.
type Table struct {
	Name string // unique in the book; letters, digits and "_"
	Ref  string // "A6:L48", header row included
}

// ValidationKind is what a validation asks of an entry.
type ValidationKind int

// The kinds of validation.
const (
	Decimal    ValidationKind = iota // a number from Min to Max
	WholeCount                       // a whole number from Min to Max
	DateRange                        // a date from Min to Max (serial numbers)
	TextLength                       // a text of Min to Max characters
	List                             // one of List, or of the cells ListRef
	Custom                           // Formula is true; written for the first cell of Range
)

// Validation checks what a person enters into the cells of a range, and says
// what is wanted. Empty cells always pass.
type Validation struct {
	Range    string // "E7:E40"
	Kind     ValidationKind
	Min, Max string   // a number or a reference; "" leaves that side open, not both
	List     []string // at most 255 characters in all, no commas
	ListRef  string   // "Lists!$A$2:$A$9", instead of List
	Formula  string   // of Custom, at most 255 characters
	Title    string   // of the message, at most 32 characters
	Message  string   // why an entry is refused, at most 255 characters
	Prompt   string   // shown while the cell is selected, at most 255 characters; may be empty
	Warn     bool     // warn only, and let the entry pass
}

// Conditional changes how cells look while a formula is true.
type Conditional struct {
	Range   string
	Formula string // written for the first cell of Range
	Mark    Mark
}

// Mark is how a conditional format marks a cell. It never works by colour
// alone: the cell's text says the same.
type Mark int

// The marks.
const (
	GoodMark    Mark = iota // text in the colour of a passed check
	BadMark                 // bold text in dark pink on a tint
	ChangedMark             // bold on a blue tint: differs from what was filed
	MutedMark               // grey text
)

// Print is how a sheet is printed. It always fits one page wide.
type Print struct {
	Area       string // "A1:L48"; "" prints the whole sheet
	OnePage    bool   // fit one page in height too, so that no chart is cut
	Landscape  bool
	Letter     bool // US letter instead of A4
	RepeatRows int  // header rows repeated on each page: 1 to this one; 0 for none
}
