// Package recalc lets other programs recalculate and save a workbook, for
// tests: LibreOffice as the second engine, openpyxl as the other library.
//
// Where a program is not installed the test is skipped with a message, unless
// the environment variable CI is "true": there it fails, so that a check that
// matters cannot vanish unseen. All files live in the test's own folder.
package recalc

import (
	"bytes"
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"casebuilder/casebuilder/book"
	"casebuilder/casebuilder/render/xlsx"
)

// timeout bounds one run of another program. LibreOffice takes 6 to 7 seconds
// for 4,096 rows of 100 formula columns on two cores.
const timeout = 3 * time.Minute

// hardRecalc is a LibreOffice profile that recalculates workbooks on loading;
// by default it shows the values that are stored in the file.
const hardRecalc = `<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
`

// Save recalculates a workbook in LibreOffice and returns the file that it
// saves as .xlsx. LibreOffice writes 15 significant digits, so values differ
// by up to 5e-15 relative from what it computed.
func Save(t testing.TB, workbook []byte) []byte {
	t.Helper()
	return convert(t, workbook, "xlsx")
}

// PDF returns the workbook as LibreOffice prints it.
func PDF(t testing.TB, workbook []byte) []byte {
	t.Helper()
	return convert(t, workbook, "pdf")
}

func convert(t testing.TB, workbook []byte, format string) []byte {
	t.Helper()
	office := Program(t, "libreoffice-calc-nogui", "soffice", "libreoffice")
	dir := t.TempDir()
	in, out, profile := filepath.Join(dir, "workbook.xlsx"), filepath.Join(dir, "out"), filepath.Join(dir, "profile")
	write(t, in, workbook)
	if err := os.MkdirAll(filepath.Join(profile, "user"), 0o755); err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(profile, "user", "registrymodifications.xcu"), []byte(hardRecalc))
	run(t, office, "-env:UserInstallation=file://"+profile, "--headless", "--convert-to", format, "--outdir", out, in)
	return read(t, filepath.Join(out, "workbook."+format))
}

// Values recalculates a workbook in LibreOffice and returns the cells of the
// named sheets.
func Values(t testing.TB, workbook []byte, sheets ...string) map[string]*book.Grid {
	t.Helper()
	return Grids(t, Save(t, workbook), sheets...)
}

// Grids reads the named sheets of a workbook as they are stored.
func Grids(t testing.TB, workbook []byte, sheets ...string) map[string]*book.Grid {
	t.Helper()
	f, err := xlsx.Open(bytes.NewReader(workbook), int64(len(workbook)), xlsx.ReadOptions{
		Limits: xlsx.Limits{Part: 1 << 30, Total: 2 << 30, Cells: 5_000_000},
	})
	if err != nil {
		t.Fatal(err)
	}
	grids := map[string]*book.Grid{}
	for _, name := range sheets {
		if grids[name], err = f.Grid(name); err != nil {
			t.Fatal(err)
		}
	}
	return grids
}

// Edit returns the workbook with values put into cells, as excelize saves it.
// Keys are addresses such as "Inputs!E12"; a nil value empties the cell. The
// cached values of formulas stay as they were: recalculate with Values.
func Edit(t testing.TB, workbook []byte, cells map[string]any) []byte {
	t.Helper()
	f := openExcelize(t, workbook)
	defer f.Close()
	for ref, value := range cells {
		a, err := book.ParseArea(ref)
		if err != nil {
			t.Fatal(err)
		}
		if err := f.SetCellValue(a.Sheet, book.CellName(a.Row1, a.Col1), value); err != nil {
			t.Fatal(err)
		}
	}
	return saved(t, f)
}

// Resave returns the workbook as excelize saves it after it has parsed the
// named sheets, without an edit.
func Resave(t testing.TB, workbook []byte, sheets ...string) []byte {
	t.Helper()
	f := openExcelize(t, workbook)
	defer f.Close()
	for _, name := range sheets {
		// Writing the style that is there makes excelize write the sheet anew.
		style, err := f.GetCellStyle(name, "A1")
		if err == nil {
			err = f.SetCellStyle(name, "A1", "A1", style)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	return saved(t, f)
}

func openExcelize(t testing.TB, workbook []byte) *excelize.File {
	t.Helper()
	// The limit keeps excelize from unpacking big sheets into temporary files.
	f, err := excelize.OpenReader(bytes.NewReader(workbook), excelize.Options{UnzipSizeLimit: 1 << 31, UnzipXMLSizeLimit: 1 << 30})
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func saved(t testing.TB, f *excelize.File) []byte {
	t.Helper()
	b, err := f.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// openpyxlSave loads a workbook with its formulas and saves it again.
const openpyxlSave = `
import sys, openpyxl
wb = openpyxl.load_workbook(sys.argv[1])
wb.save(sys.argv[2])
`

// Openpyxl returns the workbook as the Python library openpyxl saves it. It
// keeps formulas and drops their cached values.
func Openpyxl(t testing.TB, workbook []byte) []byte {
	t.Helper()
	dir := t.TempDir()
	in, out := filepath.Join(dir, "in.xlsx"), filepath.Join(dir, "out.xlsx")
	write(t, in, workbook)
	Python(t, openpyxlSave, in, out)
	return read(t, out)
}

// Python runs a Python program that may use openpyxl, and returns what it
// prints.
func Python(t testing.TB, program string, args ...string) string {
	t.Helper()
	return run(t, python(t), append([]string{"-c", program}, args...)...)
}

// python finds an interpreter that has openpyxl. Distributions install it for
// their own interpreter, which need not be the first on the path.
func python(t testing.TB) string {
	t.Helper()
	for _, name := range []string{"python3", "/usr/bin/python3"} {
		if p, err := exec.LookPath(name); err == nil && exec.Command(p, "-c", "import openpyxl").Run() == nil {
			return p
		}
	}
	missing(t, "python3 with openpyxl (Debian: python3-openpyxl)")
	return ""
}

// Program returns the path of the first of the programs that is installed. The
// Debian package that holds them is named where none is.
func Program(t testing.TB, debian string, names ...string) string {
	t.Helper()
	for _, name := range names {
		if p, err := exec.LookPath(name); err == nil {
			return p
		}
	}
	missing(t, names[0]+" (Debian: "+debian+")")
	return ""
}

func missing(t testing.TB, what string) {
	t.Helper()
	if os.Getenv("CI") == "true" {
		t.Fatalf("this test needs %s", what)
	}
	t.Skipf("skipped: this test needs %s", what)
}

func run(t testing.TB, program string, args ...string) string {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), timeout)
	defer cancel()
	cmd := exec.CommandContext(ctx, program, args...)
	out, err := cmd.Output()
	if err != nil {
		var exit *exec.ExitError
		if errors.As(err, &exit) {
			t.Fatalf("running %s: %v\n%s", filepath.Base(program), err, exit.Stderr)
		}
		t.Fatalf("running %s: %v", filepath.Base(program), err)
	}
	return string(out)
}

func write(t testing.TB, name string, content []byte) {
	t.Helper()
	if err := os.WriteFile(name, content, 0o600); err != nil {
		t.Fatal(err)
	}
}

func read(t testing.TB, name string) []byte {
	t.Helper()
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return b
}
