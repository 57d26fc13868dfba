package xlsx

import (
	"bytes"
	"fmt"
	"io"
	"io/fs"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"casebuilder/casebuilder/book"
)

// frame is the file without its rows and charts, as excelize makes it.
type frame struct {
	file   *excelize.File
	styles *styles
}

// sheetPart and chartPart name the part of the i-th sheet or chart, from 0.
func sheetPart(i int) string { return "xl/worksheets/sheet" + strconv.Itoa(i+1) + ".xml" }
func chartPart(i int) string { return "xl/charts/chart" + strconv.Itoa(i+1) + ".xml" }

// newFrame makes sheets, styles and everything around the rows.
func newFrame(b *book.Book) (*frame, error) {
	f := excelize.NewFile()
	fr := &frame{file: f}
	palette := paletteOf(b)
	if font := f.Styles.Fonts.Font[0]; font.Name != nil && font.Sz != nil {
		// The default font decides the unit of column widths.
		family, size := fontFamily, float64(bodySize)
		font.Name.Val, font.Sz.Val = &family, &size
	}
	for i, s := range b.Sheets {
		var err error
		if i == 0 {
			err = f.SetSheetName("Sheet1", s.Name)
		} else {
			_, err = f.NewSheet(s.Name)
		}
		if err != nil {
			return nil, fmt.Errorf("sheet %s: %w", s.Name, err)
		}
	}
	f.SetActiveSheet(0)
	var err error
	if fr.styles, err = newStyles(f, b, palette); err != nil {
		return nil, err
	}
	for _, s := range b.Sheets {
		if err := fr.sheet(b, s); err != nil {
			return nil, fmt.Errorf("sheet %s: %w", s.Name, err)
		}
	}
	return fr, fr.workbook(b)
}

func paletteOf(b *book.Book) book.Palette {
	if b.Palette == (book.Palette{}) {
		return book.DefaultPalette()
	}
	return b.Palette
}

// workbook sets what concerns the whole file.
func (fr *frame) workbook(b *book.Book) error {
	f := fr.file
	for _, n := range b.Names {
		if err := f.SetDefinedName(&excelize.DefinedName{Name: n.Name, RefersTo: absolute(n.Ref)}); err != nil {
			return fmt.Errorf("name %s: %w", n.Name, err)
		}
	}
	date := b.Properties.Created.Format("2006-01-02") + "T00:00:00Z"
	err := f.SetDocProps(&excelize.DocProperties{
		Title: clean(b.Properties.Title), Subject: clean(b.Properties.Subject), Creator: clean(b.Properties.Author),
		LastModifiedBy: clean(b.Properties.Author), Description: clean(b.Properties.Description),
		Keywords: clean(b.Properties.Keywords), Language: b.Properties.Language, Created: date, Modified: date,
	})
	if err != nil {
		return fmt.Errorf("document properties: %w", err)
	}
	if err := f.SetAppProps(&excelize.AppProperties{Application: "casebuilder"}); err != nil {
		return fmt.Errorf("document properties: %w", err)
	}
	// The texts' part is put in later; one text here makes excelize name it.
	if err := f.SetCellStr(b.Sheets[0].Name, "A1", "x"); err != nil {
		return err
	}
	return f.SetCalcProps(&excelize.CalcPropsOptions{FullCalcOnLoad: &b.CalcOnLoad})
}

// files returns the parts of the frame, by name, with empty rows.
func (fr *frame) files() (map[string][]byte, error) {
	c := collector{}
	fr.file.SetZipWriter(func(io.Writer) excelize.ZipWriter { return c })
	if _, err := fr.file.WriteToBuffer(); err != nil {
		return nil, fmt.Errorf("making the frame of the workbook: %w", err)
	}
	files := map[string][]byte{}
	for name, b := range c {
		files[name] = b.Bytes()
	}
	return files, nil
}

// collector stands where excelize writes its zip archive and keeps the parts.
type collector map[string]*bytes.Buffer

func (c collector) Create(name string) (io.Writer, error) {
	b := &bytes.Buffer{}
	c[name] = b
	return b, nil
}
func (c collector) AddFS(fs.FS) error { return nil }
func (c collector) Close() error      { return nil }

// clean makes a text fit for the attributes and properties that excelize
// writes: no control characters, nothing that XML cannot hold.
func clean(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t':
			return ' '
		case r < 0x20 || r == 0xFFFE || r == 0xFFFF:
			return '\uFFFD'
		}
		return r
	}, strings.ToValidUTF8(s, "\uFFFD"))
}

// absolute returns a reference with dollar signs.
func absolute(ref string) string {
	a, err := book.ParseArea(ref)
	if err != nil {
		return ref // book.Check refuses it before
	}
	return a.String()
}
