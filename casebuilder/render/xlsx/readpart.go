package xlsx

import (
	"archive/zip"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"

	"casebuilder/casebuilder/diag"
)

// errPart and errTotal say which limit a part went over.
var (
	errPart  = errors.New("part too large")
	errTotal = errors.New("file too large")
)

// limitedPart reads a part and counts the bytes that come out of it, whatever
// its header claims.
type limitedPart struct {
	r    io.Reader
	part int64  // bytes left for the part
	all  *int64 // bytes left for the file
}

func (l *limitedPart) Read(p []byte) (int, error) {
	n, err := l.r.Read(p)
	l.part -= int64(n)
	*l.all -= int64(n)
	switch {
	case l.part < 0:
		return 0, errPart
	case *l.all < 0:
		return 0, errTotal
	}
	return n, err
}

// scanPart calls visit with every token of a part's XML; visit returns false
// to stop early. Names come without their prefixes being resolved: writers
// choose them freely, and the local names are unambiguous here.
func (f *File) scanPart(p *zip.File, sheet string, visit func(xml.Token) bool) error {
	body, err := p.Open()
	if err != nil {
		return f.broken(p, sheet, err)
	}
	defer body.Close()
	d := xml.NewDecoder(&limitedPart{r: body, part: f.limits.Part, all: &f.left})
	depth := 0
	for {
		token, err := d.RawToken()
		if err == io.EOF {
			if depth != 0 {
				return f.broken(p, sheet, io.ErrUnexpectedEOF)
			}
			return nil
		}
		if err != nil {
			return f.broken(p, sheet, err)
		}
		switch token.(type) {
		case xml.StartElement:
			depth++
		case xml.EndElement:
			if depth--; depth < 0 {
				return f.broken(p, sheet, errors.New("an end without a start"))
			}
		}
		if !visit(token) {
			return nil
		}
	}
}

// broken returns the problem of a part that could not be read to its end.
func (f *File) broken(p *zip.File, sheet string, err error) error {
	switch {
	case errors.Is(err, errPart):
		return f.problem(sheet, "", fmt.Sprintf("parts of at most %s unpacked", megabytes(f.limits.Part)), "more in "+diag.Quote(p.Name), "")
	case errors.Is(err, errTotal):
		return f.problem(sheet, "", fmt.Sprintf("a workbook of at most %s unpacked", megabytes(f.limits.Total)), "more", "")
	}
	return f.problem(sheet, "", wantWorkbook, fmt.Sprintf("a damaged part %s (%v)", diag.Quote(p.Name), err), "open it in a spreadsheet program and save it again")
}

// attr returns an attribute of an element by its local name.
func attr(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// relations reads a relationships part: targets by ID, and the target of the
// first relationship of each type.
func (f *File) relations(of string) (byID, byType map[string]string, err error) {
	byID, byType = map[string]string{}, map[string]string{}
	folder, file := path.Split(of)
	p := f.parts[partKey(folder+"_rels/"+file+".rels")]
	if p == nil {
		return byID, byType, nil
	}
	err = f.scanPart(p, "", func(t xml.Token) bool {
		e, ok := t.(xml.StartElement)
		if !ok || e.Name.Local != "Relationship" || attr(e, "TargetMode") == "External" {
			return true
		}
		target := attr(e, "Target")
		if !strings.HasPrefix(target, "/") {
			target = folder + target
		}
		target = partKey(target) // ".." cannot lead out of the archive
		byID[attr(e, "Id")] = target
		kind := path.Base(attr(e, "Type"))
		if _, seen := byType[kind]; !seen {
			byType[kind] = target
		}
		return true
	})
	return byID, byType, err
}

// readWorkbook finds the workbook and lists its sheets.
func (f *File) readWorkbook() error {
	_, root, err := f.relations("")
	if err != nil {
		return err
	}
	name := root["officeDocument"]
	if name == "" {
		name = "xl/workbook.xml"
	}
	p := f.parts[name]
	if p == nil || strings.HasSuffix(name, ".bin") {
		return f.problem("", "", wantWorkbook, f.otherKind(), "open it in a spreadsheet program and save it as .xlsx")
	}
	byID, byType, err := f.relations(name)
	if err != nil {
		return err
	}
	seen := map[string]bool{}
	var problem error
	err = f.scanPart(p, "", func(t xml.Token) bool {
		e, ok := t.(xml.StartElement)
		if !ok {
			return true
		}
		switch e.Name.Local {
		case "workbookPr":
			if v := attr(e, "date1904"); v == "1" || v == "true" {
				f.shift = 1462 // days from 1899-12-30 to 1904-01-01
			}
		case "sheet":
			s := sheetEntry{name: attr(e, "name")}
			for _, a := range e.Attr {
				if a.Name.Local == "id" && a.Name.Space != "" {
					s.part = byID[a.Value]
				}
			}
			switch {
			case len(f.sheets) >= f.limits.Sheets:
				problem = f.problem("", "", fmt.Sprintf("a workbook of at most %d sheets", f.limits.Sheets), "more", "")
				return false
			case seen[s.name]:
				problem = f.problem("", "", "sheets with names of their own", "two named "+diag.Quote(s.name), "")
				return false
			}
			seen[s.name] = true
			f.sheets = append(f.sheets, s)
		}
		return true
	})
	if err := cmpErr(err, problem); err != nil {
		return err
	}
	if len(f.sheets) == 0 {
		return f.problem("", "", wantWorkbook, "one without a sheet", "")
	}
	f.textsPart, f.stylesPart = byType["sharedStrings"], byType["styles"]
	return nil
}

// cmpErr returns the first of two errors that there is.
func cmpErr(a, b error) error {
	if a != nil {
		return a
	}
	return b
}

// otherKind names the kind of an archive that holds no workbook.
func (f *File) otherKind() string {
	switch {
	case f.parts["xl/workbook.bin"] != nil:
		return "a binary workbook (.xlsb)"
	case f.parts["content.xml"] != nil && f.parts["mimetype"] != nil:
		return "an OpenDocument file (.ods or the like)"
	case f.parts["word/document.xml"] != nil:
		return "a text document (.docx)"
	}
	return "a zip archive without a workbook"
}
