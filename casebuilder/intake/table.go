package intake

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"casebuilder/casebuilder/company"
	"casebuilder/casebuilder/diag"
)

// The limits of a unit table.
const (
	MaxTable   = 64 << 20 // bytes, unzipped
	maxColumns = 4000
	maxCell    = 32_767 // characters, as in a spreadsheet
	maxCells   = 5_000_000
)

func manyCells(at diag.Place) diag.List {
	return diag.List{{Place: at, Want: fmt.Sprintf("at most %d cells", maxCells), Got: "more"}}
}

// extra complains of a cell outside the named columns.
func extra(record []string, columns []column, place func(int) diag.Place, hint string) diag.List {
	named := map[int]bool{}
	for _, c := range columns {
		named[c.index] = true
	}
	for i, s := range record {
		if s = strings.TrimSpace(s); s != "" && !named[i] {
			return diag.List{{Place: place(i), Want: "a name in the first row above each cell", Got: diag.Quote(s), Hint: hint}}
		}
	}
	return nil
}

// readLimited reads at most one byte more than the limit, so that the reader
// after it sees what is too large.
func readLimited(r io.Reader, limit int64) ([]byte, error) {
	return io.ReadAll(io.LimitReader(r, limit+1))
}

// column is one column of a unit table.
type column struct {
	id    string
	index int // from 0
}

// header checks the names in the first row of a table: known, and each once;
// and that every required value has a column, or a default. place gives the
// place of a column.
func header(names []string, place func(col int) diag.Place, opts Options) ([]column, diag.List) {
	var problems diag.List
	var columns []column
	first := map[string]diag.Place{}
	if len(names) > maxColumns {
		return nil, diag.List{{Place: place(maxColumns), Want: fmt.Sprintf("at most %d columns", maxColumns), Got: fmt.Sprint(len(names))}}
	}
	for i, name := range names {
		id, at := strings.TrimSpace(name), place(i)
		if id == "" {
			continue
		}
		if before, ok := first[id]; ok {
			problems.Add(diag.Problem{Place: at, Field: id, Want: "each column once", Got: "a second one", Hint: "the first is at " + before.String()})
			continue
		}
		first[id] = at
		if want, hint := columnProblem(id, opts.Rules); want != "" {
			problems.Add(diag.Problem{Place: at, Want: want, Got: diag.Quote(id), Hint: hint})
			continue
		}
		columns = append(columns, column{id, i})
	}
	row := place(0)
	row.Col, row.Cell = 0, ""
	if len(columns) == 0 && len(problems) == 0 {
		problems.Add(diag.Problem{Place: row, Want: "the names of columns, such as company.unit", Got: "an empty first row",
			Hint: "casebuilder init --batch writes a table"})
		return nil, problems
	}
	var required []string
	for _, f := range company.Fields {
		if f.Needed != "" {
			required = append(required, f.ID)
		}
	}
	var missing []string
	for _, id := range append([]string{"company.unit"}, required...) {
		if !hasColumn(columns, id) && (id == "company.unit" || !opts.Defaults.has(id)) {
			missing = append(missing, id)
		}
	}
	if len(missing) > maxMissing {
		problems.Add(diag.Problem{Place: row, Want: "a column, or a value in the defaults, for each of " + strings.Join(missing, ", "), Got: company.Nothing,
			Hint: "casebuilder init --batch writes a table with all of them"})
		return columns, problems
	}
	for _, id := range missing {
		f, why := company.FieldByID(id), "it names the unit's folder and papers"
		if f.Needed != "" {
			why = f.Needed
		}
		problems.Add(diag.Problem{Place: row, Field: id, Want: "a column, or a value in the defaults", Got: company.Nothing, Hint: "needed because " + why})
	}
	return columns, problems
}

// maxMissing is how many missing columns are told one by one, each with why it
// is needed. A table that lacks more is another kind of table.
const maxMissing = 5

// hasColumn reports whether a value has a column, as a number or as a range.
func hasColumn(columns []column, id string) bool {
	for _, c := range columns {
		if of, _ := company.SplitPart(c.id); c.id == id || of == id {
			return true
		}
	}
	return false
}

// has reports whether the defaults hold a value.
func (d *Defaults) has(id string) bool {
	if d == nil {
		return false
	}
	n := d.root
	for key := range strings.SplitSeq(id, ".") {
		if n = n.get(key); n == nil {
			return false
		}
	}
	return true
}

// rowTree makes the tree of one row. value gives the text of a column, place
// its place.
func rowTree(at diag.Place, columns []column, value func(col int) string, place func(col int) diag.Place) (*node, map[string]diag.Place, diag.List) {
	var cells []cell
	var problems diag.List
	blank := map[string]diag.Place{}
	for _, c := range columns {
		s := strings.TrimSpace(value(c.index))
		if n := len([]rune(s)); n > maxCell {
			problems.Add(diag.Problem{Place: place(c.index), Field: c.id, Want: fmt.Sprintf("at most %d characters", maxCell), Got: fmt.Sprint(n)})
			cells = append(cells, cell{id: c.id, at: place(c.index), broken: true})
			continue
		}
		if s == "" {
			blank[c.id] = place(c.index)
			continue
		}
		if slices.Contains(errorCells, s) {
			problems.Add(diag.Problem{Place: place(c.index), Field: c.id, Want: "a value", Got: "the error " + s, Hint: "mend the formula"})
			cells = append(cells, cell{id: c.id, at: place(c.index), broken: true})
			continue
		}
		cells = append(cells, cell{id: c.id, text: s, at: place(c.index)})
	}
	root, more := treeOf(at, cells)
	return root, blank, append(problems, more...)
}

// errorCells are what a spreadsheet stores for a formula that failed.
var errorCells = []string{"#N/A", "#REF!", "#NAME?", "#DIV/0!", "#VALUE!", "#NUM!", "#NULL!"}

// EscapeCell protects a text that a spreadsheet would take for a formula, by an
// apostrophe in front of it. The reader of CSV takes it off again.
func EscapeCell(s string) string {
	if s != "" && strings.ContainsRune("=+-@\t\r", rune(s[0])) || strings.HasPrefix(s, "'") && unescape(s) != s {
		return "'" + s
	}
	return s
}

// unescape takes the apostrophe of EscapeCell off.
func unescape(s string) string {
	if rest := strings.TrimLeft(s, "'"); len(rest) < len(s) && rest != "" && strings.ContainsRune("=+-@\t\r", rune(rest[0])) {
		return s[1:]
	}
	return s
}
