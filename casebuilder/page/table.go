package page

// Align says how a column, or a text on a canvas, is set.
type Align uint8

// Ways to set a column. Decimal is for tables only.
const (
	Left Align = iota
	Right
	Center
	Decimal // aligned on the decimal sign, the whole at the right
)

// Column is one column of a table.
type Column struct {
	Head  Text
	Unit  string // printed under the head, in grey: "£m a year"
	Align Align
	Share float64 // relative width among the text columns; 0: by content
}

// RowKind is the look of a row.
type RowKind uint8

// Kinds of rows.
const (
	PlainRow RowKind = iota
	TintRow          // tinted in the colour of the recommended option
	TotalRow         // bold, a line above
	GroupRow         // a head inside the table: only its first cell is printed, over all columns
	MutedRow         // grey
)

// Row is one row of a table: a cell a column.
type Row struct {
	Cells  []Text
	Kind   RowKind
	Anchor string
}

// Table is a table with column heads. The first column is the row header. One
// that is longer than a page goes on on the next, with its head repeated.
type Table struct {
	Anchor   string
	Title    Text
	Subtitle Text
	Columns  []Column
	Rows     []Row
	Notes    []Text // printed under it, 7.5 pt grey
	Source   Text

	// Tight sets rows 13.5 pt apart, for long tables; otherwise 18 pt.
	Tight bool
}
