package text

import "strings"

// Column is one column of a table.
type Column struct {
	Head  string
	Right bool // numbers stand right
	// Min is how narrow the column may get where the table is too wide; 0 keeps
	// it as wide as its cells, while the others can give.
	Min  int
	Wrap bool // too long a text goes on in the next line, else it is cut
	// Whole keeps what someone will type, such as an ID: it is cut last.
	Whole bool
}

// Cell is one cell of a table.
type Cell struct {
	Text string
	Tone Tone
	// Lead is drawn in front of the text as it stands: the branches of a tree.
	Lead string
}

// Table is rows of cells under heads. A row may be shorter than the columns.
type Table struct {
	Columns []Column
	Rows    [][]Cell
	NoHead  bool // leave the line of heads out
}

// gap stands between columns.
const gap = 2

// Add appends a row of plain cells.
func (t *Table) Add(cells ...string) {
	row := make([]Cell, len(cells))
	for i, c := range cells {
		row[i].Text = c
	}
	t.Rows = append(t.Rows, row)
}

// Lines lays the table out. No line is wider than the style's width; columns
// that find no room at all are left out from the right.
func (t Table) Lines(s Style) []string {
	clean := make([][]Cell, len(t.Rows))
	for i, row := range t.Rows {
		clean[i] = make([]Cell, len(t.Columns))
		for k := range min(len(row), len(t.Columns)) {
			clean[i][k] = Cell{Text: row[k].Lead + Clean(row[k].Text), Tone: row[k].Tone}
		}
	}
	widths := t.widths(clean, s.width())
	var lines []string
	if !t.NoHead {
		heads := make([]Cell, len(t.Columns))
		for i, c := range t.Columns {
			heads[i] = Cell{Text: strings.ToUpper(Clean(c.Head)), Tone: Strong}
		}
		lines = append(lines, t.row(heads, widths, s, false)...)
	}
	for _, row := range clean {
		lines = append(lines, t.row(row, widths, s, true)...)
	}
	return lines
}

// widths returns the width of each column that is shown.
func (t Table) widths(rows [][]Cell, room int) []int {
	w := make([]int, len(t.Columns))
	for i, c := range t.Columns {
		if !t.NoHead {
			w[i] = Width(strings.ToUpper(Clean(c.Head)))
		}
		for _, row := range rows {
			w[i] = max(w[i], Width(row[i].Text))
		}
	}
	total := func() int {
		n := gap * max(0, len(w)-1)
		for _, x := range w {
			n += x
		}
		return n
	}
	// The widest gives first: columns that may, then all but names, then all.
	give := func(least func(i int) int) {
		for total() > room {
			at := -1
			for i := range w {
				if w[i] > least(i) && (at < 0 || w[i] > w[at]) {
					at = i
				}
			}
			if at < 0 {
				return
			}
			w[at]--
		}
	}
	give(func(i int) int {
		if m := t.Columns[i].Min; m > 0 {
			return m
		}
		return w[i]
	})
	const narrowest = 6
	give(func(i int) int {
		if t.Columns[i].Whole {
			return w[i]
		}
		return narrowest
	})
	give(func(int) int { return narrowest })
	for len(w) > 1 && total() > room {
		w = w[:len(w)-1]
	}
	w[0] = min(w[0], room)
	return w
}

// row lays one row out, on several lines where a cell wraps.
func (t Table) row(cells []Cell, widths []int, s Style, wraps bool) []string {
	parts := make([][]string, len(widths))
	height := 1
	for i, w := range widths {
		if wraps && t.Columns[i].Wrap {
			parts[i] = Wrap(cells[i].Text, w)
		} else {
			parts[i] = []string{Cut(cells[i].Text, w)}
		}
		height = max(height, len(parts[i]))
	}
	lines := make([]string, height)
	for k := range height {
		// The last cell with something in it ends the line.
		last := -1
		for i := range widths {
			if k < len(parts[i]) && parts[i][k] != "" {
				last = i
			}
		}
		var b strings.Builder
		for i := range last + 1 {
			part := ""
			if k < len(parts[i]) {
				part = parts[i][k]
			}
			if i > 0 {
				b.WriteString(strings.Repeat(" ", gap))
			}
			fill := strings.Repeat(" ", max(0, widths[i]-Width(part)))
			if t.Columns[i].Right {
				b.WriteString(fill)
			}
			b.WriteString(s.paint(cells[i].Tone, part))
			if !t.Columns[i].Right && i < last {
				b.WriteString(fill)
			}
		}
		lines[k] = b.String()
	}
	return lines
}
