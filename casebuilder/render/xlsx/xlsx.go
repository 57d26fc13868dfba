// Package xlsx writes a book.Book as an Excel workbook, and reads workbooks
// back into plain cells.
//
// excelize makes the frame of the file (styles, validations, protection,
// tables, links, print set-up, relationships). The rows of every sheet and the
// charts are written here: floats keep all their digits, formulas keep typed
// cached values, charts carry cached points, and a column of thousands of
// equal formulas costs neither memory nor time. The parts are compressed side
// by side. The same book gives the same bytes.
//
// Reading does without excelize: only the sheets that are asked for are
// unpacked, and everything is limited, since files come from everywhere.
//
// The package opens no file by name and decides nothing about contents.
package xlsx

import (
	"bytes"
	"fmt"
	"io"

	"github.com/xuri/excelize/v2"

	"casebuilder/casebuilder/book"
)

// WriteOptions are choices about the file, not about the book.
type WriteOptions struct {
	// Password encrypts the file (AES-128, ECMA-376 standard encryption) when
	// it is not empty. The salt is fresh each time, so that two encrypted
	// files of one book differ.
	Password string
}

// Write writes the book. A book that does not pass book.Check is not written
// and its problems come back as a diag.List.
func Write(w io.Writer, b *book.Book, opt WriteOptions) error {
	if err := b.Check().Err(); err != nil {
		return err
	}
	parts, err := assemble(b)
	if err != nil {
		return err
	}
	if opt.Password == "" {
		return writeZip(w, parts)
	}
	var plain bytes.Buffer
	if err := writeZip(&plain, parts); err != nil {
		return err
	}
	sealed, err := excelize.Encrypt(plain.Bytes(), &excelize.Options{Password: opt.Password})
	if err != nil {
		return fmt.Errorf("encrypting the workbook: %w", err)
	}
	_, err = w.Write(sealed)
	return err
}

// assemble returns the parts of the file: those of the frame, with the rows of
// each sheet, the shared texts and the charts put in.
func assemble(b *book.Book) ([]part, error) {
	f, err := newFrame(b)
	if err != nil {
		return nil, err
	}
	files, err := f.files()
	if err != nil {
		return nil, err
	}
	texts := newTexts()
	var parts []part
	for i, s := range b.Sheets {
		name := sheetPart(i)
		head, tail, err := splitSheet(files[name])
		if err != nil {
			return nil, fmt.Errorf("sheet %s: %w", s.Name, err)
		}
		delete(files, name)
		parts = append(parts, sheetRows(name, head, tail, s, f.styles, texts))
	}
	charts, drawings := 0, 0
	for _, s := range b.Sheets {
		for _, c := range s.Charts {
			files[chartPart(charts)] = chartXML(b, c)
			charts++
		}
		if len(s.Charts) > 0 {
			files[drawingPart(drawings)] = drawingXML(s.Charts)
			drawings++
		}
	}
	files["xl/sharedStrings.xml"] = texts.xml()
	files["[Content_Types].xml"] = sortTypes(files["[Content_Types].xml"])
	for name, content := range files {
		parts = append(parts, part{name: name, segments: []segment{fixed(content)}})
	}
	sortParts(parts)
	return parts, nil
}

// splitSheet cuts the frame's sheet at its rows, and drops those that excelize
// made while decorating.
func splitSheet(frame []byte) (head, tail []byte, err error) {
	const open, end = "<sheetData>", "</sheetData>"
	i, j := bytes.Index(frame, []byte(open)), bytes.LastIndex(frame, []byte(end))
	if i < 0 || j < i {
		return nil, nil, fmt.Errorf("the frame of the sheet has no rows")
	}
	i += len(open)
	return frame[:i:i], frame[j:], nil
}
