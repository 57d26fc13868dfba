package xlsx

import (
	"archive/zip"
	"bytes"
	"cmp"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"path"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"casebuilder/casebuilder/book"
	"casebuilder/casebuilder/diag"
)

// Limits bounds what reading a file may cost. A zero field stands for that of
// DefaultLimits.
type Limits struct {
	File    int64 // bytes of the file
	Part    int64 // bytes of one part, unpacked
	Total   int64 // bytes of all parts that are read, unpacked
	Parts   int   // parts in the file
	Sheets  int   // sheets in the workbook
	Rows    int   // number of the last row with contents, in a sheet
	Columns int   // number of the last column with contents, in a sheet
	Cells   int   // cells with contents in a sheet
	Texts   int   // shared texts
}

// DefaultLimits returns limits that fit reviewed workbooks and unit tables:
// the largest workbook that is written here (16,384 trials), one million cells
// a sheet, 64 MB a part.
func DefaultLimits() Limits {
	return Limits{
		File: 128 << 20, Part: 64 << 20, Total: 256 << 20, Parts: 2000, Sheets: 250,
		Rows: 100_000, Columns: 2_000, Cells: 1_000_000, Texts: 1_000_000,
	}
}

func (l Limits) orDefault() Limits {
	d := DefaultLimits()
	return Limits{
		File: cmp.Or(l.File, d.File), Part: cmp.Or(l.Part, d.Part), Total: cmp.Or(l.Total, d.Total),
		Parts: cmp.Or(l.Parts, d.Parts), Sheets: cmp.Or(l.Sheets, d.Sheets), Rows: cmp.Or(l.Rows, d.Rows),
		Columns: cmp.Or(l.Columns, d.Columns), Cells: cmp.Or(l.Cells, d.Cells), Texts: cmp.Or(l.Texts, d.Texts),
	}
}

// ReadOptions are choices about reading.
type ReadOptions struct {
	Name     string // of the file, for messages
	Password string // of an encrypted workbook; "" for none
	Limits   Limits
	Exact    bool // for checks: keep cells that have only a style, and the prefixes of newer functions
}

// File is a workbook that is open for reading. Sheets are unpacked when they
// are asked for, so that the big ones cost nothing unless they are.
type File struct {
	opt    ReadOptions
	limits Limits
	parts  map[string]*zip.File // by name in lower case, without a leading "/"
	sheets []sheetEntry
	shift  float64 // days to add to serial dates (workbooks that count from 1904)
	left   int64   // bytes that may still be unpacked

	textsPart, stylesPart string
	loaded                bool // texts and dates are read, with the first sheet
	loadErr               error
	texts                 []string // shared texts
	dates                 []bool   // by number of style: whether it shows numbers as dates
}

type sheetEntry struct{ name, part string }

// Open reads the table of contents of a workbook of size bytes. Whatever is
// wrong comes back as a diag.List.
func Open(r io.ReaderAt, size int64, opt ReadOptions) (f *File, err error) {
	f = &File{opt: opt, limits: opt.Limits.orDefault()}
	defer f.recovered(&err, "")
	f.left = f.limits.Total
	if size > f.limits.File {
		return nil, f.problem("", "", fmt.Sprintf("a workbook of at most %s", megabytes(f.limits.File)), megabytes(size), "")
	}
	if r, size, err = f.unsealed(r, size); err != nil {
		return nil, err
	}
	if err := f.openZip(r, size); err != nil {
		return nil, err
	}
	if err := f.readWorkbook(); err != nil {
		return nil, err
	}
	return f, nil
}

// Sheets returns the names of the sheets, in the order of their tabs.
func (f *File) Sheets() []string {
	names := make([]string, len(f.sheets))
	for i, s := range f.sheets {
		names[i] = s.name
	}
	return names
}

// Grid reads a sheet. Its problems come back as a diag.List, together with
// what could be read of it.
func (f *File) Grid(name string) (g *book.Grid, err error) {
	defer f.recovered(&err, name)
	for _, s := range f.sheets {
		if s.name == name {
			return f.readSheet(s)
		}
	}
	return nil, f.problem("", "", "a sheet named "+strconv.Quote(name), "none among "+diag.Quote(strings.Join(f.Sheets(), ", ")), "")
}

// problem returns an error at a place of the file.
func (f *File) problem(sheet, cell, want, got, hint string) error {
	return diag.List{{Place: diag.Place{File: f.opt.Name, Sheet: sheet, Cell: cell}, Want: want, Got: got, Hint: hint}}
}

// recovered turns a panic, which a file must not be able to cause, into an
// error.
func (f *File) recovered(err *error, sheet string) {
	if p := recover(); p != nil {
		*err = f.problem(sheet, "", "a workbook that can be read", fmt.Sprintf("one that breaks the reader (%v)", p), "open it in a spreadsheet program and save it as .xlsx")
	}
}

func megabytes(n int64) string {
	return strconv.FormatFloat(float64(n)/(1<<20), 'f', 1, 64) + " MB"
}

// Signatures of file formats.
var (
	signatureZip = []byte("PK\x03\x04")
	signatureOLE = []byte{0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1}
	// sealedName is the name of the stream that holds an encrypted workbook.
	sealedName = []byte("E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d\x00P\x00a\x00c\x00k\x00a\x00g\x00e\x00")
)

const wantWorkbook = "an Excel workbook (.xlsx)"

// unsealed looks at the first bytes, refuses other formats with a message that
// names them, and decrypts an encrypted workbook.
func (f *File) unsealed(r io.ReaderAt, size int64) (io.ReaderAt, int64, error) {
	head := make([]byte, min(size, 8))
	if _, err := r.ReadAt(head, 0); err != nil && !errors.Is(err, io.EOF) {
		return nil, 0, fmt.Errorf("reading %s: %w", f.opt.Name, err)
	}
	switch {
	case size == 0:
		return nil, 0, f.problem("", "", wantWorkbook, "an empty file", "")
	case bytes.HasPrefix(head, signatureZip):
		return r, size, nil
	case !bytes.HasPrefix(head, signatureOLE):
		return nil, 0, f.problem("", "", wantWorkbook, "a file of another kind, starting with "+diag.Quote(string(head)), "")
	}
	raw := make([]byte, size)
	if _, err := r.ReadAt(raw, 0); err != nil && !errors.Is(err, io.EOF) {
		return nil, 0, fmt.Errorf("reading %s: %w", f.opt.Name, err)
	}
	if !bytes.Contains(raw, sealedName) {
		return nil, 0, f.problem("", "", wantWorkbook, "a file in the format before 2007 (.xls or the like)", "open it and save it as .xlsx")
	}
	if f.opt.Password == "" {
		return nil, 0, f.problem("", "", wantWorkbook, "one that is encrypted with a password", "give its password (--password-file), or save it without one")
	}
	plain, err := excelize.Decrypt(raw, &excelize.Options{Password: f.opt.Password})
	if err != nil || !bytes.HasPrefix(plain, signatureZip) {
		return nil, 0, f.problem("", "", "the password of this workbook", "another one", "")
	}
	return bytes.NewReader(plain), int64(len(plain)), nil
}

// maxDirectory bounds the zip archive's directory, which is read as a whole:
// 2,000 parts with long names take about 0.3 MB.
const maxDirectory = 2 << 20

// openZip reads the directory of the archive.
func (f *File) openZip(r io.ReaderAt, size int64) error {
	broken := func(got string) error {
		return f.problem("", "", wantWorkbook, got, "open it in a spreadsheet program and save it again")
	}
	if n, ok := directorySize(r, size); !ok || n > maxDirectory {
		return broken("a damaged or cut-off file")
	}
	zr, err := zip.NewReader(r, size)
	if err != nil {
		return broken("a damaged file (" + err.Error() + ")")
	}
	if len(zr.File) > f.limits.Parts {
		return broken(fmt.Sprintf("a file of %d parts, more than %d", len(zr.File), f.limits.Parts))
	}
	f.parts = make(map[string]*zip.File, len(zr.File))
	for _, p := range zr.File {
		name := partKey(p.Name)
		if _, twice := f.parts[name]; twice {
			return broken("two parts named " + diag.Quote(p.Name))
		}
		f.parts[name] = p
	}
	return nil
}

// partKey returns the name under which a part is found: names are the same in
// any case, and writers differ in slashes.
func partKey(name string) string {
	return strings.ToLower(strings.TrimPrefix(path.Clean("/"+strings.ReplaceAll(name, `\`, "/")), "/"))
}

// directorySize returns the size of the archive's directory as its end record
// states it, when the directory stands right before that record; so it bounds
// what zip.NewReader reads.
func directorySize(r io.ReaderAt, size int64) (int64, bool) {
	const record, comment = 22, 65535
	tail := make([]byte, min(size, record+comment))
	start := size - int64(len(tail))
	if _, err := r.ReadAt(tail, start); err != nil && !errors.Is(err, io.EOF) {
		return 0, false
	}
	i := bytes.LastIndex(tail, []byte("PK\x05\x06"))
	if i < 0 || len(tail)-i < record {
		return 0, false
	}
	length := int64(binary.LittleEndian.Uint32(tail[i+12:]))
	offset := int64(binary.LittleEndian.Uint32(tail[i+16:]))
	gap := start + int64(i) - offset - length
	return length, gap >= 0 && gap <= 128 // room for the records of 64-bit archives
}
