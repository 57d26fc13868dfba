package book

import (
	"fmt"
	"strconv"
	"strings"
)

// The size of a sheet.
const (
	MaxRows    = 1048576
	MaxColumns = 16384
)

// ColumnName returns the letters of a column, counted from 1: "A", "XFD".
func ColumnName(col int) string {
	var b [8]byte
	i := len(b)
	for col > 0 {
		i--
		b[i] = byte('A' + (col-1)%26)
		col = (col - 1) / 26
	}
	return string(b[i:])
}

// CellName returns an address such as "B7".
func CellName(row, col int) string { return ColumnName(col) + strconv.Itoa(row) }

// Absolute returns an address such as "$B$7".
func Absolute(row, col int) string {
	return "$" + ColumnName(col) + "$" + strconv.Itoa(row)
}

// On returns a reference to an address of another sheet: "Inputs!$B$7", with
// the sheet's name in quotes where it needs them.
func On(sheet, ref string) string { return QuoteSheet(sheet) + "!" + ref }

// QuoteSheet returns a sheet's name as a formula writes it: in single quotes
// unless it is letters, digits and "_", starts with a letter and looks like no
// cell address.
func QuoteSheet(name string) string {
	plain := name != ""
	for i := 0; i < len(name); i++ {
		c := name[i]
		if !isLetter(c) && c != '_' && (i == 0 || !isDigit(c)) {
			plain = false
		}
	}
	upper := strings.ToUpper(name)
	if _, ok := parseCell(upper); ok || upper == "R" || upper == "C" || upper == "RC" {
		plain = false
	}
	if plain {
		return name
	}
	return "'" + strings.ReplaceAll(name, "'", "''") + "'"
}

// Reference is one cell, column or row that a formula refers to; a range is
// two of them.
type Reference struct {
	Start, End     int    // bytes of the formula, without the sheet's name
	Sheet          string // "" for the formula's own sheet
	Row, Col       int    // from 1; Row 0 is a whole column, Col 0 a whole row
	RowAbs, ColAbs bool
	RangeEnd       bool // the second corner of a range that starts with the reference before
}

// References returns the references of a formula, in order. Texts in quotes,
// function names, defined names and table references are none.
func References(formula string) []Reference {
	var out []Reference
	sheet, hasSheet := "", false
	for i := 0; i < len(formula); {
		c := formula[i]
		switch {
		case c == '"':
			i = skipQuoted(formula, i, '"')
		case c == '\'':
			end := skipQuoted(formula, i, '\'')
			if end < len(formula) && formula[end] == '!' {
				sheet = strings.ReplaceAll(formula[i+1:end-1], "''", "'")
				hasSheet = true
				i = end + 1
				continue
			}
			i = end
		case c == '[':
			i = skipBracket(formula, i)
		case c == '#':
			for i++; i < len(formula) && (isLetter(formula[i]) || isDigit(formula[i]) || strings.IndexByte("/!?", formula[i]) >= 0); {
				i++
			}
		case isWordByte(c):
			end := i
			for end < len(formula) && isWordByte(formula[end]) {
				end++
			}
			word := formula[i:end]
			next := byte(0)
			if end < len(formula) {
				next = formula[end]
			}
			if next == '!' {
				sheet, hasSheet = word, true
				i = end + 1
				continue
			}
			if next != '(' && next != '[' {
				out = appendReference(out, formula, i, end, sheet, hasSheet)
			}
			i = end
		default:
			i++
		}
		sheet, hasSheet = "", false
	}
	return out
}

// appendReference adds the word formula[start:end] when it is a reference.
func appendReference(out []Reference, formula string, start, end int, sheet string, hasSheet bool) []Reference {
	word := formula[start:end]
	afterColon := false
	if n := len(out); n > 0 && start > 0 && formula[start-1] == ':' && out[n-1].End == start-1 {
		afterColon = true
	}
	r, ok := parseCell(word)
	if !ok {
		// "A:C" and "$4:$9": a column or a row counts only as part of a pair.
		if r, ok = parseLine(word); !ok {
			return out
		}
		if afterColon {
			afterColon = (out[len(out)-1].Row == 0) == (r.Row == 0)
		}
		if !afterColon && !pairFollows(formula, end, r.Row == 0) {
			return out
		}
	}
	r.Start, r.End, r.Sheet = start, end, sheet
	if afterColon && !hasSheet {
		r.Sheet, r.RangeEnd = out[len(out)-1].Sheet, true
	}
	return append(out, r)
}

// pairFollows reports whether ":" and another column (or row) follow.
func pairFollows(formula string, end int, column bool) bool {
	if end >= len(formula) || formula[end] != ':' {
		return false
	}
	stop := end + 1
	for stop < len(formula) && isWordByte(formula[stop]) {
		stop++
	}
	if stop < len(formula) && (formula[stop] == '(' || formula[stop] == '!') {
		return false
	}
	r, ok := parseLine(formula[end+1 : stop])
	return ok && (r.Row == 0) == column
}

// Shift moves the relative references of a formula, as filling it to another
// cell does. A reference that would leave the sheet becomes "#REF!".
func Shift(formula string, rows, cols int) string {
	if rows == 0 && cols == 0 {
		return formula
	}
	refs := References(formula)
	if len(refs) == 0 {
		return formula
	}
	var b strings.Builder
	last := 0
	for _, r := range refs {
		b.WriteString(formula[last:r.Start])
		last = r.End
		hasRow, hasCol := r.Row > 0, r.Col > 0
		if hasRow && !r.RowAbs {
			r.Row += rows
		}
		if hasCol && !r.ColAbs {
			r.Col += cols
		}
		if hasRow && (r.Row < 1 || r.Row > MaxRows) || hasCol && (r.Col < 1 || r.Col > MaxColumns) {
			b.WriteString("#REF!")
			continue
		}
		b.WriteString(r.name())
	}
	b.WriteString(formula[last:])
	return b.String()
}

// name writes the reference with its dollar signs, without the sheet.
func (r Reference) name() string {
	var b strings.Builder
	if r.Col > 0 {
		if r.ColAbs {
			b.WriteByte('$')
		}
		b.WriteString(ColumnName(r.Col))
	}
	if r.Row > 0 {
		if r.RowAbs {
			b.WriteByte('$')
		}
		b.WriteString(strconv.Itoa(r.Row))
	}
	return b.String()
}

// R1C1 rewrites the references of a formula that stands in a cell relative to
// it: "B7*$C$4" in D7 reads "RC[-2]*R4C3". Two cells hold the same formula, as
// a person who fills a column sees it, when their R1C1 texts are equal.
func R1C1(formula string, row, col int) string {
	var b strings.Builder
	last := 0
	for _, r := range References(formula) {
		b.WriteString(formula[last:r.Start])
		last = r.End
		writeR1C1(&b, 'R', r.Row, row, r.RowAbs)
		writeR1C1(&b, 'C', r.Col, col, r.ColAbs)
	}
	b.WriteString(formula[last:])
	return b.String()
}

func writeR1C1(b *strings.Builder, letter byte, at, from int, abs bool) {
	switch {
	case at == 0:
	case abs:
		fmt.Fprintf(b, "%c%d", letter, at)
	case at == from:
		b.WriteByte(letter)
	default:
		fmt.Fprintf(b, "%c[%d]", letter, at-from)
	}
}

// Area is a rectangle of cells.
type Area struct {
	Sheet                  string
	Row1, Col1, Row2, Col2 int // from 1, Row1 <= Row2 and Col1 <= Col2
}

// ParseArea reads "B7", "$B$7:$D$9" or "Sheet!B7:D9".
func ParseArea(ref string) (Area, error) {
	refs := References(ref)
	bad := len(refs) == 0 || len(refs) > 2 || refs[len(refs)-1].End != len(ref)
	for i, r := range refs {
		bad = bad || r.Row == 0 || r.Col == 0 || i == 1 && !r.RangeEnd
	}
	if !bad && refs[0].Start > 0 {
		bad = !strings.HasSuffix(ref[:refs[0].Start], "!") || refs[0].Sheet == ""
	}
	if bad {
		return Area{}, fmt.Errorf("want a range such as %q, got %q", "Inputs!$B$7:$B$9", ref)
	}
	a, z := refs[0], refs[len(refs)-1]
	return Area{
		Sheet: a.Sheet,
		Row1:  min(a.Row, z.Row), Col1: min(a.Col, z.Col),
		Row2: max(a.Row, z.Row), Col2: max(a.Col, z.Col),
	}, nil
}

// String returns the area with absolute corners, and its sheet where it has
// one: "Inputs!$B$7:$B$9".
func (a Area) String() string {
	s := Absolute(a.Row1, a.Col1)
	if a.Row1 != a.Row2 || a.Col1 != a.Col2 {
		s += ":" + Absolute(a.Row2, a.Col2)
	}
	if a.Sheet == "" {
		return s
	}
	return On(a.Sheet, s)
}
