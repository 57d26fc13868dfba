package xlsx_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"math/rand/v2"
	"strings"
	"testing"

	"casebuilder/casebuilder/book"
	"casebuilder/casebuilder/render/xlsx"
)

// zipped packs parts, given as name and content in turn.
func zipped(t testing.TB, parts ...string) []byte {
	t.Helper()
	var out bytes.Buffer
	zw := zip.NewWriter(&out)
	for i := 0; i < len(parts); i += 2 {
		w, err := zw.Create(parts[i])
		if err == nil {
			_, err = io.WriteString(w, parts[i+1])
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := zw.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// Parts of a small workbook with one sheet "S", as other programs write them.
const (
	smallWorkbook = `<workbook xmlns="m" xmlns:r="r"><workbookPr/><sheets><sheet name="S" sheetId="1" r:id="a"/></sheets></workbook>`
	smallRels     = `<Relationships><Relationship Id="a" Type="x/worksheet" Target="worksheets/s.xml"/>` +
		`<Relationship Id="b" Type="x/sharedStrings" Target="/xl/sharedStrings.xml"/><Relationship Id="c" Type="x/styles" Target="styles.xml"/></Relationships>`
	smallStrings = `<sst><si><t>plain</t></si><si><r><t>rich </t></r><r><rPr><b/></rPr><t xml:space="preserve"> text</t></r><rPh><t>no</t></rPh></si></sst>`
	smallStyles  = `<styleSheet><numFmts><numFmt numFmtId="170" formatCode="d mmm yyyy"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>` +
		`<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="170"/></cellXfs></styleSheet>`
)

func smallBook(t testing.TB, sheet string) []byte {
	return zipped(t, "xl/workbook.xml", smallWorkbook, "xl/_rels/workbook.xml.rels", smallRels,
		"xl/sharedStrings.xml", smallStrings, "xl/styles.xml", smallStyles, "xl/worksheets/s.xml", sheet)
}

func TestReadsWhatOthersWrite(t *testing.T) {
	g, err := open(t, smallBook(t, `<x:worksheet xmlns:x="m"><x:sheetData>
		<x:row r="2"><x:c r="B2" t="s"><x:v>0</x:v></x:c><x:c r="C2" t="s"><x:v>1</x:v></x:c><x:c t="inlineStr"><x:is><x:t>in</x:t><x:t>line_x000A_</x:t></x:is></x:c></x:row>
		<x:row><x:c><x:v>0.5</x:v></x:c><x:c t="b"><x:v>1</x:v></x:c><x:c t="e"><x:f>A9</x:f><x:v>#REF!</x:v></x:c><x:c t="str"><x:f>A1&amp;""</x:f><x:v></x:v></x:c></x:row>
		<x:row r="5"><x:c r="A5" s="1"><x:v>46387</x:v></x:c><x:c r="B5" s="2"><x:v>46387.5</x:v></x:c><x:c r="C5" t="d"><x:v>2026-12-31T00:00:00</x:v></x:c><x:c r="D5" s="1"/></x:row>
		<x:row r="7"><x:c r="A7"><x:f t="shared" ref="A7:A9" si="3">_xlfn.NORM.S.INV(B7)*$C$1+S!D7</x:f><x:v>1</x:v></x:c></x:row>
		<x:row r="8"><x:c r="A8"><x:f t="shared" si="3"/><x:v>2</x:v></x:c></x:row>
		<x:row r="4"><x:c r="A4"><x:v>-1E-3</x:v></x:c></x:row>
	</x:sheetData><x:mergeCells/><broken`), xlsx.ReadOptions{}).Grid("S")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		at      string
		value   any
		formula string
		text    string
	}{
		{"B2", "plain", "", "plain"},
		{"C2", "rich  text", "", "rich  text"},
		{"D2", "inline\n", "", "inline\n"},
		{"A3", 0.5, "", "0.5"},
		{"B3", true, "", "TRUE"},
		{"C3", book.ErrorValue("#REF!"), "A9", "#REF!"},
		{"D3", "", `A1&""`, ""},
		{"A4", -0.001, "", "-1E-3"},
		{"A5", 46387.0, "", "2026-12-31"},
		{"B5", 46387.5, "", "2026-12-31"},
		{"C5", 46387.0, "", "2026-12-31"},
		{"D5", nil, "", ""},
		{"A7", 1.0, "NORM.S.INV(B7)*$C$1+S!D7", "1"},
		{"A8", 2.0, "NORM.S.INV(B8)*$C$1+S!D8", "2"},
		{"A9", nil, "", ""},
	} {
		a, err := book.ParseArea(c.at)
		if err != nil {
			t.Fatal(err)
		}
		got := g.At(a.Row1, a.Col1)
		if got.Value != c.value || got.Formula != c.formula || got.Text != c.text {
			t.Errorf("%s: want %#v, formula %q, text %q; got %#v, %q, %q", c.at, c.value, c.formula, c.text, got.Value, got.Formula, got.Text)
		}
	}
}

// A workbook that counts its days from 1904 shows the same dates.
func TestDatesFrom1904(t *testing.T) {
	file := zipped(t, "xl/workbook.xml", strings.Replace(smallWorkbook, "<workbookPr/>", `<workbookPr date1904="1"/>`, 1),
		"xl/_rels/workbook.xml.rels", smallRels, "xl/styles.xml", smallStyles,
		"xl/worksheets/s.xml", `<worksheet><sheetData><row><c s="1"><v>44925</v></c><c><v>44925</v></c></row></sheetData></worksheet>`)
	g, err := open(t, file, xlsx.ReadOptions{}).Grid("S")
	if err != nil {
		t.Fatal(err)
	}
	if got := g.At(1, 1); got.Text != "2026-12-31" || got.Value != 46387.0 {
		t.Errorf("want 2026-12-31 as 46387, got %q as %v", got.Text, got.Value)
	}
	if got := g.At(1, 2); got.Value != 44925.0 {
		t.Errorf("want the number 44925 unchanged, got %v", got.Value)
	}
}

// The error gallery: what is wrong with a file, and the message.
func TestMessages(t *testing.T) {
	good := smallBook(t, `<worksheet><sheetData/></worksheet>`)
	sheet := func(rows string) []byte {
		return smallBook(t, "<worksheet><sheetData>"+rows+"</sheetData></worksheet>")
	}
	ole := append([]byte{0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1}, make([]byte, 600)...)
	for _, c := range []struct {
		name   string
		file   []byte
		limits xlsx.Limits
		want   string
	}{
		{"empty", nil, xlsx.Limits{}, "in.xlsx: want an Excel workbook (.xlsx), got an empty file"},
		{"text", []byte("ID;Value\n1;2"), xlsx.Limits{}, `in.xlsx: want an Excel workbook (.xlsx), got a file of another kind, starting with "ID;Value"`},
		{"xls", ole, xlsx.Limits{}, "in.xlsx: want an Excel workbook (.xlsx), got a file in the format before 2007 (.xls or the like)\n  hint: open it and save it as .xlsx"},
		{"cut off", good[:len(good)-40], xlsx.Limits{}, "in.xlsx: want an Excel workbook (.xlsx), got a damaged or cut-off file"},
		{"ods", zipped(t, "mimetype", "x", "content.xml", "<x/>"), xlsx.Limits{}, "in.xlsx: want an Excel workbook (.xlsx), got an OpenDocument file (.ods or the like)"},
		{"xlsb", zipped(t, "xl/workbook.bin", ""), xlsx.Limits{}, "in.xlsx: want an Excel workbook (.xlsx), got a binary workbook (.xlsb)"},
		{"docx", zipped(t, "word/document.xml", ""), xlsx.Limits{}, "in.xlsx: want an Excel workbook (.xlsx), got a text document (.docx)"},
		{"zip", zipped(t, "../../etc/passwd", "x"), xlsx.Limits{}, "in.xlsx: want an Excel workbook (.xlsx), got a zip archive without a workbook"},
		{"twice", zipped(t, "xl/workbook.xml", "<a/>", "/XL/Workbook.xml", "<a/>"), xlsx.Limits{}, `in.xlsx: want an Excel workbook (.xlsx), got two parts named "/XL/Workbook.xml"`},
		{"no sheets", zipped(t, "xl/workbook.xml", "<workbook/>"), xlsx.Limits{}, "in.xlsx: want an Excel workbook (.xlsx), got one without a sheet"},
		{"bad xml", zipped(t, "xl/workbook.xml", "<workbook><a"), xlsx.Limits{}, `in.xlsx: want an Excel workbook (.xlsx), got a damaged part "xl/workbook.xml"`},
		{"unclosed", zipped(t, "xl/workbook.xml", "<workbook>"), xlsx.Limits{}, `in.xlsx: want an Excel workbook (.xlsx), got a damaged part "xl/workbook.xml" (unexpected EOF)`},
		{"entity", zipped(t, "xl/workbook.xml", `<!DOCTYPE x [<!ENTITY a "aaaa">]><workbook>&a;</workbook>`), xlsx.Limits{}, `in.xlsx: want an Excel workbook (.xlsx), got a damaged part "xl/workbook.xml"`},
		{"empty part", smallBook(t, ""), xlsx.Limits{Sheets: 1}, ""},
		{"missing part", zipped(t, "xl/workbook.xml", smallWorkbook), xlsx.Limits{}, "in.xlsx!S: want the sheet's part in the file, got none"},
		{"same names", zipped(t, "xl/workbook.xml", strings.Replace(smallWorkbook, "</sheets>", `<sheet name="S"/></sheets>`, 1)), xlsx.Limits{}, `in.xlsx: want sheets with names of their own, got two named "S"`},
		{"number", sheet(`<row r="3"><c r="B3"><v>12,5</v></c><c><v>0x1p3</v></c><c><v>NaN</v></c></row>`), xlsx.Limits{}, "in.xlsx!S!B3: want a number, got \"12,5\"\nin.xlsx!S!C3: want a number, got \"0x1p3\"\nin.xlsx!S!D3: want a number, got \"NaN\""},
		{"overflow", sheet(`<row><c><v>1e999</v></c></row>`), xlsx.Limits{}, `in.xlsx!S!A1: want a number, got "1e999"`},
		{"text number", sheet(`<row><c t="s"><v>7</v></c></row>`), xlsx.Limits{}, `in.xlsx!S!A1: want the number of a shared text, got "7"`},
		{"date", sheet(`<row><c t="d"><v>soon</v></c></row>`), xlsx.Limits{}, `in.xlsx!S!A1: want a date, got "soon"`},
		{"orphan", sheet(`<row><c><f t="shared" si="1"/><v>1</v></c></row>`), xlsx.Limits{}, "in.xlsx!S!A1: want the formula that the cell shares with others, got none before it"},
		{"file size", good, xlsx.Limits{File: 100}, "in.xlsx: want a workbook of at most 0.0 MB, got"},
		{"parts", good, xlsx.Limits{Parts: 3}, "in.xlsx: want an Excel workbook (.xlsx), got a file of 5 parts, more than 3"},
		{"part size", sheet(strings.Repeat(" ", 2<<20)), xlsx.Limits{Part: 1 << 20}, `in.xlsx!S: want parts of at most 1.0 MB unpacked, got more in "xl/worksheets/s.xml"`},
		{"total size", sheet(strings.Repeat(" ", 2<<20)), xlsx.Limits{Total: 1 << 20}, "in.xlsx!S: want a workbook of at most 1.0 MB unpacked, got more"},
		{"rows", sheet(`<row r="11"><c r="A11"><v>1</v></c></row>`), xlsx.Limits{Rows: 10}, "in.xlsx!S: want at most 10 rows, got contents in row 11"},
		{"columns", sheet(`<row><c r="K1"><v>1</v></c></row>`), xlsx.Limits{Columns: 10}, "in.xlsx!S: want at most 10 columns, got contents in column K"},
		{"cells", sheet(`<row><c><v>1</v></c><c><v>1</v></c></row>`), xlsx.Limits{Cells: 1}, "in.xlsx!S: want at most 1 cells in a sheet, got more"},
		{"texts", good, xlsx.Limits{Texts: 1}, "in.xlsx: want at most 1 texts, got more"},
		{"beyond the sheet", sheet(`<row r="1048577"><c r="XFE1"><v>1</v></c></row>`), xlsx.Limits{}, ""},
		{"styled far below", sheet(`<row r="1000000"><c r="A1000000" s="1"/></row>`), xlsx.Limits{}, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			err := readAll(c.file, xlsx.ReadOptions{Name: "in.xlsx", Limits: c.limits})
			switch {
			case c.want == "" && err != nil:
				t.Errorf("want no error, got %v", err)
			case c.want != "" && (err == nil || !strings.HasPrefix(err.Error(), c.want)):
				t.Errorf("want\n%s\ngot\n%v", c.want, err)
			}
		})
	}
}

// readAll opens a file and reads every sheet, up to the first problem.
func readAll(file []byte, opt xlsx.ReadOptions) error {
	f, err := xlsx.Open(bytes.NewReader(file), int64(len(file)), opt)
	if err != nil {
		return err
	}
	for _, name := range f.Sheets() {
		if _, err := f.Grid(name); err != nil {
			return err
		}
	}
	return nil
}

// A bomb unpacks to far more than it holds: the limit counts what comes out.
func TestBomb(t *testing.T) {
	file := smallBook(t, "<worksheet><sheetData>"+strings.Repeat(" ", 80<<20)+"</sheetData></worksheet>")
	if len(file) > 200_000 {
		t.Fatalf("want a small file, got %d bytes", len(file))
	}
	err := readAll(file, xlsx.ReadOptions{})
	if err == nil || !strings.Contains(err.Error(), "want parts of at most 64.0 MB unpacked") {
		t.Errorf("want the limit of a part, got %v", err)
	}
}

// A long formula shared by many cells is not written out without end.
func TestSharedFormulaBomb(t *testing.T) {
	var rows strings.Builder
	fmt.Fprintf(&rows, `<row r="1"><c r="A1"><f t="shared" ref="A1:A99999" si="0">%s</f><v>1</v></c></row>`, strings.Repeat("B1+", 2700)+"B1")
	for i := 2; i < 60000; i++ {
		fmt.Fprintf(&rows, `<row r="%d"><c r="A%d"><f t="shared" si="0"/><v>1</v></c></row>`, i, i)
	}
	err := readAll(smallBook(t, "<worksheet><sheetData>"+rows.String()+"</sheetData></worksheet>"),
		xlsx.ReadOptions{Limits: xlsx.Limits{Total: 32 << 20}})
	if err == nil || !strings.Contains(err.Error(), "unpacked, got more") {
		t.Errorf("want the limit of the workbook, got %v", err)
	}
}

// Damaged in any place, a file is read or refused, and nothing panics.
func TestDamagedFiles(t *testing.T) {
	good := write(t, specimen(20))
	r := rand.New(rand.NewPCG(7, 7))
	for range 300 {
		file := bytes.Clone(good)
		for range 1 + r.IntN(5) {
			file[r.IntN(len(file))] = byte(r.IntN(256))
		}
		if r.IntN(4) == 0 {
			file = file[:r.IntN(len(file))]
		}
		_ = readAll(file, xlsx.ReadOptions{})
	}
}

func FuzzOpen(f *testing.F) {
	f.Add(smallBook(f, `<worksheet><sheetData><row r="2"><c r="B2" t="s"><v>0</v></c><c><f t="shared" si="1" ref="A1:B2">A1+$B2</f><v>1</v></c></row></sheetData></worksheet>`), "")
	f.Add([]byte("PK\x03\x04"), "")
	f.Add([]byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d\x00P\x00a\x00c\x00k\x00a\x00g\x00e\x00"), "x")
	f.Fuzz(func(t *testing.T, file []byte, password string) {
		x, err := xlsx.Open(bytes.NewReader(file), int64(len(file)), xlsx.ReadOptions{Password: password, Limits: xlsx.Limits{Part: 4 << 20, Total: 8 << 20}})
		if err != nil {
			return
		}
		for _, name := range x.Sheets() {
			g, err := x.Grid(name)
			if err == nil && g == nil {
				t.Fatal("neither a sheet nor a problem")
			}
		}
	})
}

// FuzzSheet puts bytes where a sheet's XML stands, behind the zip archive that
// hides it from FuzzOpen's changes.
func FuzzSheet(f *testing.F) {
	f.Add([]byte(`<worksheet><sheetData><row r="2"><c r="B2" t="s"><v>0</v></c><c><f t="shared" si="1" ref="A1:B2">A1+$B2</f><v>1</v></c></row></sheetData></worksheet>`))
	f.Add([]byte(`<worksheet><sheetData><row><c t="inlineStr"><is><t>_x0041_</t></is></c><c t="d"><v>2026-12-31</v></c><c><f t="shared" si="1"/></c></row></sheetData></worksheet>`))
	f.Fuzz(func(t *testing.T, sheet []byte) {
		_ = readAll(smallBook(t, string(sheet)), xlsx.ReadOptions{Limits: xlsx.Limits{Part: 4 << 20, Total: 8 << 20}})
	})
}
