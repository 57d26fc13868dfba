// Package diag says what is wrong with an input, where, and what to do.
//
// A Problem names its place, the field, what was wanted and what was found.
// Readers keep going and collect Problems in a List, so that a person learns
// of all of them at once. The package knows no file format and prints nothing.
package diag

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Place is where in an input something stands. Empty parts are left out when
// it is printed: "company.yaml:12:5", "units.csv:7", "units.xlsx!Units!D9".
type Place struct {
	File  string
	Line  int    // from 1; 0 is unknown
	Col   int    // from 1, in characters; 0 is unknown
	Sheet string // of a workbook
	Cell  string // "D9", of a workbook
}

// String returns the place as it stands in front of a message.
func (p Place) String() string {
	var b strings.Builder
	b.WriteString(Printable(p.File))
	if p.Sheet != "" {
		b.WriteString("!" + Printable(p.Sheet))
	}
	if p.Cell != "" {
		b.WriteString("!" + p.Cell)
	}
	if p.Line > 0 {
		fmt.Fprintf(&b, ":%d", p.Line)
		if p.Col > 0 {
			fmt.Fprintf(&b, ":%d", p.Col)
		}
	}
	return b.String()
}

// Problem is one thing that is wrong, or, as a warning, that a reader should
// look at.
type Problem struct {
	Place Place
	Field string // dotted name, such as "customers.retention"; may be empty
	Want  string // what was wanted: "a share from 0% to 99%"
	Got   string // what was found, in the user's own writing or in words
	Hint  string // what to do; may be empty
}

// maxGot bounds how much of a user's text a message repeats, in runes.
const maxGot = 60

// Quote returns the user's own text for a message: quoted, made printable and
// cut after 60 characters.
func Quote(s string) string {
	r := []rune(s)
	if len(r) > maxGot {
		return fmt.Sprintf("%q… (%d characters)", string(r[:maxGot]), len(r))
	}
	return fmt.Sprintf("%q", s)
}

// Printable returns s with control characters, and characters that reorder
// text, replaced by '�', so that a name from a file cannot steer a terminal.
func Printable(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r < 0x20, r >= 0x7f && r < 0xa0,
			r >= 0x202a && r <= 0x202e, r >= 0x2066 && r <= 0x2069, r == 0xfeff:
			return '�'
		}
		return r
	}, s)
}

// Error returns the problem in the form
// "place: field: want …, got …", with the hint on a second line.
func (p Problem) Error() string {
	var b strings.Builder
	if s := p.Place.String(); s != "" {
		b.WriteString(s + ": ")
	}
	if p.Field != "" {
		b.WriteString(Printable(p.Field) + ": ")
	}
	b.WriteString("want " + p.Want + ", got " + p.Got)
	if p.Hint != "" {
		b.WriteString("\n  hint: " + p.Hint)
	}
	return b.String()
}

// List collects problems. A List with any is an error.
type List []Problem

// Add appends a problem.
func (l *List) Add(p Problem) { *l = append(*l, p) }

// Sort puts the problems in the order in which a reader meets them: by file,
// sheet, line and column. Problems without a line keep their order.
func (l List) Sort() {
	slices.SortStableFunc(l, func(a, b Problem) int {
		return cmp.Or(
			cmp.Compare(a.Place.File, b.Place.File),
			cmp.Compare(a.Place.Sheet, b.Place.Sheet),
			cmp.Compare(a.Place.Line, b.Place.Line),
			cmp.Compare(a.Place.Col, b.Place.Col),
		)
	})
}

// Err returns the list as an error, or nil when it is empty.
func (l List) Err() error {
	if len(l) == 0 {
		return nil
	}
	return l
}

// Error returns all problems, one after the other.
func (l List) Error() string {
	s := make([]string, len(l))
	for i, p := range l {
		s[i] = p.Error()
	}
	return strings.Join(s, "\n")
}

// Nearest returns the candidate most like s, for a "did you mean", or "" when
// none is near: at most a third of its letters may differ (Damerau-Levenshtein,
// adjacent letters swapped counting one).
func Nearest(s string, candidates []string) string {
	best, bestD := "", 1<<30
	low := strings.ToLower(s)
	for _, c := range candidates {
		d := distance(low, strings.ToLower(c))
		if d < bestD {
			best, bestD = c, d
		}
	}
	if limit := max(1, (len([]rune(s))+2)/3); bestD > limit {
		return ""
	}
	return best
}

// distance is the Damerau-Levenshtein distance (optimal string alignment) of
// two strings, each cut after 64 characters.
func distance(a, b string) int {
	x, y := []rune(a), []rune(b)
	x, y = x[:min(len(x), 64)], y[:min(len(y), 64)]
	d := make([][]int, len(x)+1)
	for i := range d {
		d[i] = make([]int, len(y)+1)
		d[i][0] = i
	}
	for j := range y {
		d[0][j+1] = j + 1
	}
	for i := range x {
		for j := range y {
			cost := 1
			if x[i] == y[j] {
				cost = 0
			}
			d[i+1][j+1] = min(d[i][j+1]+1, d[i+1][j]+1, d[i][j]+cost)
			if i > 0 && j > 0 && x[i] == y[j-1] && x[i-1] == y[j] {
				d[i+1][j+1] = min(d[i+1][j+1], d[i-1][j-1]+1)
			}
		}
	}
	return d[len(x)][len(y)]
}
