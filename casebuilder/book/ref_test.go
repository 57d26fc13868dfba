package book

import (
	"strings"
	"testing"
)

func TestColumnNames(t *testing.T) {
	for col, want := range map[int]string{1: "A", 26: "Z", 27: "AA", 702: "ZZ", 703: "AAA", MaxColumns: "XFD"} {
		if got := ColumnName(col); got != want {
			t.Errorf("ColumnName(%d): want %s, got %s", col, want, got)
		}
		if r, ok := parseCell(want + "7"); !ok || r.Col != col || r.Row != 7 {
			t.Errorf("parseCell(%s7): want column %d, got %+v", want, col, r)
		}
	}
}

func TestQuoteSheet(t *testing.T) {
	for name, want := range map[string]string{
		"Inputs": "Inputs", "Big draws": "'Big draws'", "It's": "'It''s'", "A1": "'A1'", "R": "'R'", "2026": "'2026'",
		"Year_1": "Year_1", "XFE1": "XFE1", "Überblick": "'Überblick'", "": "''",
	} {
		if got := QuoteSheet(name); got != want {
			t.Errorf("QuoteSheet(%q): want %s, got %s", name, want, got)
		}
	}
}

func TestReferencesOfAFormula(t *testing.T) {
	for _, c := range []struct{ formula, want string }{
		{"A1+$B$2", "A1 $B$2"},
		{"SUM(Trials!$B$6:$B$9)/LOG10(B7)", "Trials!$B$6 Trials!$B$9 B7"},
		{`"A1"&'It''s A1'!C3&'D4'`, "It's A1!C3"},
		{"IF(ISNUMBER(E7),E7,D7)", "E7 E7 D7"},
		{"SUM(A:C)+SUM($4:9)", "A C $4 9"},
		{"1E5*A1+2.5E-3", "A1"},
		{"tblInputs[In use]+Q1x+name_A1+TRUE", ""},
		{"[1]Sheet1!A1", "Sheet1!A1"},
		{"#REF!+A1", "A1"},
		{"XFE1+A1048577+A0+XFD1048576", "XFD1048576"},
		{"Sheet.1!A1", "Sheet.1!A1"},
		{"a1:b2", "a1 b2"},
		{`"unclosed A1`, ""},
		{"'unclosed A1", ""},
		{"[unclosed A1", ""},
	} {
		var got []string
		for _, r := range References(c.formula) {
			s := c.formula[r.Start:r.End]
			if r.Sheet != "" {
				s = r.Sheet + "!" + s
			}
			got = append(got, s)
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%s: want %q, got %q", c.formula, c.want, strings.Join(got, " "))
		}
	}
}

// Filled down two rows and right one column, as a spreadsheet program does.
func TestShift(t *testing.T) {
	for _, c := range [][2]string{
		{"A1", "B3"}, {"$A1", "$A3"}, {"A$1", "B$1"}, {"$A$1", "$A$1"},
		{"SUM(A1:B2)*Inputs!C3", "SUM(B3:C4)*Inputs!D5"},
		{`"A1"&A1`, `"A1"&B3`},
		{"SUM(A:A)+SUM($A:A)+SUM(4:4)", "SUM(B:B)+SUM($A:B)+SUM(6:6)"},
		{"XFD1+A1048575", "#REF!+#REF!"},
		{"LOG10(9)", "LOG10(9)"},
	} {
		if got := Shift(c[0], 2, 1); got != c[1] {
			t.Errorf("%s: want %s, got %s", c[0], c[1], got)
		}
	}
	if got := Shift("A1+B5", -1, 0); got != "#REF!+B4" {
		t.Errorf("up: want #REF!+B4, got %s", got)
	}
}

func TestR1C1(t *testing.T) {
	for _, c := range []struct{ formula, want string }{
		{"B7*$C$4", "RC[-2]*R4C3"},
		{"D6+E$8", "R[-1]C+R8C[1]"},
		{"SUM(Trials!B$6:B9)", "SUM(Trials!R6C[-2]:R[2]C[-2])"},
		{"SUM(A:D)", "SUM(C[-3]:C)"},
	} {
		if got := R1C1(c.formula, 7, 4); got != c.want {
			t.Errorf("%s in D7: want %s, got %s", c.formula, c.want, got)
		}
	}
	// What is filled keeps its relative text.
	const f = "IF(B6<C$4,$D6*E5,Draws!F7)"
	if a, b := R1C1(f, 6, 7), R1C1(Shift(f, 3, 0), 9, 7); a != b {
		t.Errorf("want one text, got %s and %s", a, b)
	}
}

func TestParseArea(t *testing.T) {
	for _, c := range []struct {
		ref  string
		want Area
	}{
		{"B7", Area{"", 7, 2, 7, 2}},
		{"$D$9:B7", Area{"", 7, 2, 9, 4}},
		{"'My sheet'!A1:B2", Area{"My sheet", 1, 1, 2, 2}},
		{"Inputs!$I$12", Area{"Inputs", 12, 9, 12, 9}},
	} {
		got, err := ParseArea(c.ref)
		if err != nil || got != c.want {
			t.Errorf("%s: want %+v, got %+v (%v)", c.ref, c.want, got, err)
		}
		if again, err := ParseArea(got.String()); err != nil || again != got {
			t.Errorf("%s: want %+v from %s, got %+v (%v)", c.ref, got, got, again, err)
		}
	}
	for _, ref := range []string{"", "A", "A1:", "A1+B2", "A1:B2:C3", "SUM(A1)", "A:B", "!A1", "A1 ", " A1", "A1,B2", "-A1"} {
		if got, err := ParseArea(ref); err == nil {
			t.Errorf("%q: want an error, got %+v", ref, got)
		}
	}
}

func FuzzShift(f *testing.F) {
	f.Add("IF(A1<'b c'!$D$4,\"x\",E:E)", 3, 2)
	f.Fuzz(func(t *testing.T, formula string, rows, cols int) {
		rows, cols = rows%1000, cols%1000
		Shift(formula, rows, cols)
		R1C1(formula, 5, 5)
		_, _ = ParseArea(formula)
	})
}
