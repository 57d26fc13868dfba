package xlsx

import (
	"bytes"
	"compress/flate"
	"encoding/xml"
	"io"
	"strings"
	"testing"

	"casebuilder/casebuilder/book"
)

func TestNewerFunctionsGetTheirPrefix(t *testing.T) {
	for _, c := range [][2]string{ // as a person writes it, as a file stores it
		{"SUM(A1:B2)", "SUM(A1:B2)"},
		{"NORM.S.INV(A1)", "_xlfn.NORM.S.INV(A1)"},
		{"1-PERCENTILE.INC(A1:A9,B1)", "1-_xlfn.PERCENTILE.INC(A1:A9,B1)"},
		{"IF(ISNA(XLOOKUP(A1,B:B,C:C)),0,IFNA(A2,1))", "IF(ISNA(_xlfn.XLOOKUP(A1,B:B,C:C)),0,_xlfn.IFNA(A2,1))"},
		{"FILTER(A1:A9,B1:B9)", "_xlfn._xlws.FILTER(A1:A9,B1:B9)"},
		{"PERCENTILE(A1:A9,B1)", "PERCENTILE(A1:A9,B1)"},
		{`"IFS(" & A1`, `"IFS(" & A1`},
		{`'LET(x'!A1*LET(B1,2)`, `'LET(x'!A1*_xlfn.LET(B1,2)`},
		{`"say ""IFS("""&IFS(A1,B1)`, `"say ""IFS("""&_xlfn.IFS(A1,B1)`},
		{"LET", "LET"},
	} {
		if got := stored(c[0]); got != c[1] {
			t.Errorf("stored(%s): want %s, got %s", c[0], c[1], got)
		}
		if got := stored(c[1]); got != c[1] {
			t.Errorf("stored(%s): want it unchanged, got %s", c[1], got)
		}
		if got := shown(c[1]); got != c[0] {
			t.Errorf("shown(%s): want %s, got %s", c[1], c[0], got)
		}
	}
	if got := Unprefixed("IFS(A1,_xlfn.XOR(B1,C1))+STDEV.S(D1:D2)"); strings.Join(got, " ") != "IFS STDEV.S" {
		t.Errorf("Unprefixed: want IFS and STDEV.S, got %v", got)
	}
}

func TestTextsSurviveXML(t *testing.T) {
	for _, c := range [][2]string{ // the text, and how it reads back
		{`=HYPERLINK("x")`, `=HYPERLINK("x")`},
		{`a & b < c > d "e" 'f'`, `a & b < c > d "e" 'f'`},
		{"  two spaces  ", "  two spaces  "},
		{"one\r\ntwo\rthree\n", "one\ntwo\nthree\n"},
		{"tab\there", "tab\there"},
		{"bell\x07nul\x00", "bell\uFFFDnul\uFFFD"},
		{"bad \xff\xfe utf-8", "bad \uFFFD\uFFFD utf-8"},
		{"no characters \uFFFE\uFFFF", "no characters \uFFFD\uFFFD"},
		{"a code _x0041_ and half _x004", "a code _x0041_ and half _x004"},
		{"_x005F_", "_x005F_"},
		{"漢字 العربية 🦊", "漢字 العربية 🦊"},
	} {
		var back struct {
			Text string `xml:"si>t"`
		}
		table := newTexts()
		table.add(c[0])
		if err := xml.Unmarshal(table.xml(), &back); err != nil {
			t.Errorf("%q: %v", c[0], err)
			continue
		}
		if got := decodeCodes(back.Text); got != c[1] {
			t.Errorf("%q: want %q, got %q", c[0], c[1], got)
		}
	}
}

func TestSegmentsJoinToOneStream(t *testing.T) {
	p := part{name: "x", segments: []segment{fixed([]byte("one ")), fixed(nil), fixed([]byte("two ")), fixed([]byte("three"))}}
	var stream []byte
	for s := range pack([]part{p}) {
		stream = append(stream, s.deflated...)
		s.release()
	}
	got, err := io.ReadAll(flate.NewReader(bytes.NewReader(stream)))
	if err != nil || string(got) != "one two three" {
		t.Errorf("want %q, got %q (%v)", "one two three", got, err)
	}
}

// A writer that fails stops the packing; nothing is left running.
func TestFullDisk(t *testing.T) {
	b := &book.Book{}
	s := b.Add("Draws", book.Evidence)
	s.Block = &book.Block{Row: 3, Col: 1, Rows: 10000, Columns: []book.Column{{Values: make([]float64, 10000)}}}
	for _, room := range []int{0, 100, 3000} {
		err := Write(&limitedWriter{room}, b, WriteOptions{})
		if err != io.ErrShortWrite {
			t.Errorf("room for %d bytes: want %v, got %v", room, io.ErrShortWrite, err)
		}
	}
}

type limitedWriter struct{ room int }

func (w *limitedWriter) Write(p []byte) (int, error) {
	if len(p) > w.room {
		return 0, io.ErrShortWrite
	}
	w.room -= len(p)
	return len(p), nil
}

func TestColumnFormulas(t *testing.T) {
	values := []float64{1, 2, 3}
	b := &book.Block{Row: 6, Col: 2, Rows: 3, Columns: []book.Column{
		{Values: values},
		{Formula: "B6*C$4+$A5", Values: values},
		{Formula: "Draws!B6&\"<6>\"", Values: values},
	}}
	w := newBlockWriter(b, &styles{ids: map[book.Style]int{{Look: book.Bulk}: 7}})
	const want = `<row r="6">` +
		`<c r="B6" s="7"><v>1</v></c>` +
		`<c r="C6" s="7"><f t="shared" ref="C6:C8" si="0">B6*C$4+$A5</f><v>1</v></c>` +
		`<c r="D6" s="7"><f>Draws!B6&amp;"&lt;6&gt;"</f><v>1</v></c></row>` +
		`<row r="7">` +
		`<c r="B7" s="7"><v>2</v></c>` +
		`<c r="C7" s="7"><f t="shared" si="0"/><v>2</v></c>` +
		`<c r="D7" s="7"><f>Draws!B7&amp;"&lt;6&gt;"</f><v>2</v></c></row>`
	if got := string(w.appendRows(nil, 0, 2)); got != want {
		t.Errorf("want\n%s\ngot\n%s", want, got)
	}
}

func TestDateFormats(t *testing.T) {
	for code, want := range map[string]bool{
		"yyyy-mm-dd": true, "d/m/yy": true, "[$-409]mmm d": true, "General": false, "0.00": false, "#,##0": false,
		`0.0" days"`: false, `0\d`: false, "[Red]0": false, "h:mm": false, "0.00E+00": false, "@": false, `_d0`: false,
	} {
		if got := isDateCode(code); got != want {
			t.Errorf("isDateCode(%q): want %v, got %v", code, want, got)
		}
	}
}

// Counted by hand: small letters take a digit's width or less, a column has a
// character of padding.
func TestWrappedLines(t *testing.T) {
	for _, c := range []struct {
		text  string
		width float64
		want  int
	}{
		{"", 20, 1},
		{"short", 20, 1},
		{"two\nlines", 20, 2},
		{"the quick brown fox jumps over the lazy dog", 23, 2},
		{"the quick brown fox jumps over the lazy dog", 12, 4},
		{strings.Repeat("x", 100), 21, 5},
		{"漢字漢字漢字漢字漢字漢字", 12, 2},
	} {
		if got := countLines(c.text, c.width, false); got != c.want {
			t.Errorf("%q at %g: want %d lines, got %d", c.text, c.width, c.want, got)
		}
	}
}

func TestFooterStaysWithinTheFormat(t *testing.T) {
	long := strings.Repeat("A&B 🦊", 100)
	code := footerCode("&L", long) + footerCode("&C", "page {page} of {pages}") + footerCode("&R", long)
	if n := len([]rune(code)); n > 255 || !strings.Contains(code, "page &P of &N") || !strings.Contains(code, "A&&B") {
		t.Errorf("want at most 255 characters with both codes, got %d: %s", n, code)
	}
}

func TestTypesAreSorted(t *testing.T) {
	in := `<Types xmlns="t"><Override PartName="/b"/><Default Extension="z"></Default><Default Extension="a"/><Default Extension="a"/></Types>`
	want := `<Types xmlns="t"><Default Extension="a"/><Default Extension="z"></Default><Override PartName="/b"/></Types>`
	if got := string(sortTypes([]byte(in))); got != want {
		t.Errorf("want %s, got %s", want, got)
	}
}
