package intake

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"casebuilder/casebuilder/diag"
)

// UnitsCSV returns the rows of a CSV table: the first row names the columns, by
// the dotted names of the company file. Commas, semicolons and tabs separate;
// which one is seen in the first row. The error is a diag.List: the table as a
// whole cannot be read. What is wrong in one row is in its Unit.
func UnitsCSV(name string, src []byte, opts Options) (*Units, error) {
	if len(src) > MaxTable {
		return nil, diag.List{{Place: diag.Place{File: name}, Want: "a file of at most 64 MB", Got: fmt.Sprintf("%.1f MB", float64(len(src))/(1<<20))}}
	}
	src, p := lookText(name, src)
	if p != nil {
		if p.Want == "UTF-8 text" {
			p.Hint = `save the table as "CSV UTF-8"`
		}
		return nil, diag.List{*p}
	}
	t := &csvTable{name: name, lines: bytes.Split(src, []byte("\n"))}
	reader := csv.NewReader(bytes.NewReader(src))
	reader.Comma = separator(src)
	reader.FieldsPerRecord = -1
	reader.ReuseRecord = true
	u := &Units{opts: opts}
	var columns []column
	unit, stored := -1, 0
	for first := true; ; first = false {
		record, err := reader.Read()
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, t.broken(err)
		}
		if first {
			var problems diag.List
			columns, problems = header(record, t.placer(reader, len(record)), opts)
			if err := problems.Err(); err != nil {
				return nil, err
			}
			for _, c := range columns {
				if c.id == "company.unit" {
					unit = c.index
				}
			}
			continue
		}
		if strings.TrimSpace(strings.Join(record, "")) == "" {
			continue
		}
		if stored += len(record); stored > maxCells {
			line, _ := reader.FieldPos(0)
			return nil, manyCells(diag.Place{File: name, Line: line})
		}
		u.units = append(u.units, t.row(append([]string(nil), record...), reader, columns, unit))
		if len(u.units) > maxUnits {
			line, _ := reader.FieldPos(0)
			return nil, tooMany(diag.Place{File: name, Line: line}, "rows")
		}
	}
	if columns == nil || len(u.units) == 0 {
		return nil, diag.List{{Place: diag.Place{File: name, Line: 1}, Want: "a row of names and a row for each unit", Got: "no rows",
			Hint: "casebuilder init --batch writes a table"}}
	}
	u.twins()
	return u, u.shared()
}

// separator returns the character that the first row uses most, outside
// quotes.
func separator(src []byte) rune {
	line, _, _ := bytes.Cut(src, []byte("\n"))
	count := map[rune]int{}
	quoted := false
	for _, r := range string(line) {
		if r == '"' {
			quoted = !quoted
		}
		if !quoted {
			count[r]++
		}
	}
	best := ','
	for _, r := range []rune{';', '\t'} {
		if count[r] > count[best] {
			best = r
		}
	}
	return best
}

// csvTable knows the text of a table, for columns in characters.
type csvTable struct {
	name  string
	lines [][]byte
}

// place returns a place with its column in characters, from a line and a byte.
func (t *csvTable) place(line, col int) diag.Place {
	p := diag.Place{File: t.name, Line: line, Col: col}
	if line >= 1 && line <= len(t.lines) {
		text := t.lines[line-1]
		p.Col = utf8.RuneCount(text[:min(max(0, col-1), len(text))]) + 1
	}
	return p
}

// placer returns the places of the fields of the record that was read last.
func (t *csvTable) placer(r *csv.Reader, n int) func(int) diag.Place {
	type pos struct{ line, col int32 }
	at := make([]pos, n)
	for i := range at {
		line, col := r.FieldPos(i)
		at[i] = pos{int32(line), int32(col)}
	}
	return func(i int) diag.Place {
		if i >= n {
			return diag.Place{File: t.name, Line: int(at[0].line)}
		}
		return t.place(int(at[i].line), int(at[i].col))
	}
}

// row returns the unit of a record, to be read later.
func (t *csvTable) row(record []string, r *csv.Reader, columns []column, unit int) raw {
	place := t.placer(r, len(record))
	at := place(0)
	at.Col = 0
	value := func(col int) string {
		if col < len(record) {
			return unescape(strings.TrimSpace(record[col]))
		}
		return ""
	}
	out := raw{at: at, name: strings.TrimSpace(value(unit))}
	out.row = func() (*node, map[string]diag.Place, diag.List) {
		root, blank, problems := rowTree(at, columns, value, place)
		return root, blank, append(problems, extra(record, columns, place, "is there a separator too many? texts that hold one need quotes")...)
	}
	return out
}

// broken turns an error of the CSV reader into a problem.
func (t *csvTable) broken(err error) error {
	var pe *csv.ParseError
	if !errors.As(err, &pe) {
		return diag.List{{Place: diag.Place{File: t.name}, Want: "a CSV table", Got: diag.Printable(err.Error())}}
	}
	at := t.place(pe.Line, pe.Column)
	switch {
	case errors.Is(pe.Err, csv.ErrQuote):
		return diag.List{{Place: at, Want: "a quotation mark closed before the next separator", Got: "one that is not",
			Hint: `begin at the row in line ` + fmt.Sprint(pe.StartLine) + `; inside quotes write " twice`}}
	case errors.Is(pe.Err, csv.ErrBareQuote):
		return diag.List{{Place: at, Want: "a quotation mark only around a whole cell", Got: "one inside it", Hint: `put quotes around the cell and write " twice inside`}}
	}
	return diag.List{{Place: at, Want: "a CSV table", Got: diag.Printable(pe.Err.Error())}}
}
