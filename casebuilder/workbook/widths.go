package workbook

import (
	"math"
	"strconv"
	"strings"

	"casebuilder/casebuilder/book"
)

// A number that is wider than its column shows as "###".
const (
	margin       = 2    // what the indent and the edges of a cell take, in characters
	air          = 1.5  // for an edit that makes a number larger: a digit and a comma
	defaultWidth = 9    // of a column that sets none
	widest       = 40.0 // what a column may grow to
)

// fitColumns widens the columns of a sheet to the largest number that each
// prints. Columns that hold the same figures of a reviewer's own are as wide as
// those with the filed ones.
func (m *maker) fitColumns(s *book.Sheet) {
	rows, cols := s.Size()
	need, table := make([]float64, cols), make([]float64, cols)
	for row := 1; row <= rows; row++ {
		if s.Block != nil && row >= s.Block.Row {
			cols = min(cols, s.Block.Col-1)
		}
		for col := 1; col <= cols; col++ {
			c := s.At(row, col)
			if v, ok := c.Value.(float64); ok {
				w := numberWidth(v, c.Style)
				need[col-1] = max(need[col-1], w)
				if s.Name != estimatesSheet || row <= m.lastEstimate {
					table[col-1] = max(table[col-1], w)
				}
			}
		}
	}
	if b := s.Block; b != nil {
		for i, c := range b.Columns {
			w := &need[b.Col-1+i]
			if len(c.Values) == 0 {
				continue
			}
			low, high := c.Values[0], c.Values[0]
			for _, v := range c.Values {
				low, high = min(low, v), max(high, v)
			}
			style := book.Style{Look: book.Bulk, Format: c.Format}
			*w = max(*w, numberWidth(low, style), numberWidth(high, style))
		}
	}
	for _, same := range sameWidths[s.Name] {
		w := 0.0
		for _, col := range same {
			w = max(w, table[col-1])
		}
		for _, col := range same {
			need[col-1] = max(need[col-1], w)
		}
	}
	for i, n := range need {
		now := float64(defaultWidth)
		if i < len(s.Widths) && s.Widths[i] > 0 {
			now = s.Widths[i]
		}
		if w := min(math.Ceil(n+margin+air), widest); n > 0 && w > now {
			s.Widths = setWidth(s.Widths, i+1, w)
		}
	}
}

// sameWidths are columns that print the same figures, or may once a reviewer
// has entered some.
var sameWidths = map[string][][]int{
	inputsSheet: {{filedCol, yoursCol, inUseCol}},
	estimatesSheet: {
		{estimateCol("Filed low"), estimateCol("Yours low"), estimateCol("In use low"), estimateCol("Own low"), estimateCol("Prior low")},
		{estimateCol("Filed high"), estimateCol("Yours high"), estimateCol("In use median"), estimateCol("In use high"), estimateCol("Own high"), estimateCol("Prior high"), estimateCol("Mean over trials")},
	},
}

// numberWidth is the width in characters that a number prints at. A digit is a
// little wider than one, since the programs round the width of a column's
// characters to whole pixels.
func numberWidth(v float64, style book.Style) float64 {
	if style.Format == book.General {
		return 0 // is rounded to what fits
	}
	const digit = 1.06
	w := 0.0
	for _, r := range printed(v, style.Format) {
		switch r {
		case ',', '.':
			w += 0.5
		case '-':
			w += 0.6
		case '%':
			w += 1.6
		default:
			w++
		}
	}
	w *= digit
	if style.Look == book.Figure {
		w *= 1.4 // 14 points instead of 10
	}
	if style.Look == book.Figure || style.Look == book.Total || style.Look == book.Check {
		w *= 1.05
	}
	return w
}

// printed is a number as a spreadsheet program prints it; "" in a format that
// prints words. Of a format in parts the last one counts, with the sign that
// the others print.
func printed(v float64, f book.Format) string {
	if f == book.ISODate {
		return "2026-12-31"
	}
	sign, code := "", string(f)
	if i := strings.LastIndexByte(code, ';'); i >= 0 {
		sign, code, v = "+", code[i+1:], math.Abs(v)
	}
	code, percent := strings.CutSuffix(code, "%")
	whole, after, _ := strings.Cut(strings.TrimRight(code, ","), ".")
	if strings.Trim(whole+after, "#,0") != "" {
		return ""
	}
	v /= math.Pow(1000, float64(len(code)-len(strings.TrimRight(code, ","))))
	if percent {
		v *= 100
	}
	s := fixed(v, len(after))
	if strings.Contains(whole, ",") {
		s = grouped(s)
	}
	if percent {
		s += "%"
	}
	return sign + s
}

func fixed(v float64, digits int) string { return strconv.FormatFloat(v, 'f', digits, 64) }

// grouped puts commas between the thousands.
func grouped(s string) string {
	sign, rest := "", s
	if strings.HasPrefix(s, "-") {
		sign, rest = "-", s[1:]
	}
	whole, part, dot := strings.Cut(rest, ".")
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	if dot {
		whole += "." + part
	}
	return sign + whole
}
