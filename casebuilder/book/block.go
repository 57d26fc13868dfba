package book

// Block is a rectangle of numbers, column by column, for the sheets that have
// thousands of rows (trials, draws). A block is written as it stands: nothing
// is copied, and no cell of it is ever made into an object.
type Block struct {
	Row     int // first row, counted from 1
	Col     int // first column, counted from 1
	Rows    int // number of rows, at least 1
	Columns []Column
}

// Column is one column of a block.
type Column struct {
	// Formula is the formula of the block's first row, without "=", or "" for
	// a column of values. Its relative references move down with the rows, as
	// if a person had filled the column. A formula that refers only to its own
	// sheet is stored once for the whole column, one that names another sheet
	// in every row (the spreadsheet programs ask for that): a column that
	// other columns read across sheets is better brought in once.
	Formula string
	Values  []float64 // cached values or values, one a row
	Format  Format
}

// at returns the cell at an address when it lies in the block.
func (b *Block) at(row, col int) (Cell, bool) {
	if b == nil || row < b.Row || row >= b.Row+b.Rows || col < b.Col || col >= b.Col+len(b.Columns) {
		return Cell{}, false
	}
	c := b.Columns[col-b.Col]
	cell := Cell{Style: Style{Look: Bulk, Format: c.Format}}
	if i := row - b.Row; i < len(c.Values) {
		cell.Value = c.Values[i]
	}
	if c.Formula != "" {
		cell.Formula = Shift(c.Formula, row-b.Row, 0)
	}
	return cell, true
}
