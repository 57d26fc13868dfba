package lint

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"path"
	"strings"

	"casebuilder/casebuilder/book"
)

// parts holds what the rules need beside the cells.
type parts struct {
	names  []string // of all parts
	sheets map[string]*sheetInfo
	styles []styleInfo
	tables []tableInfo
	defs   []definedName
}

type definedName struct {
	Name string `xml:"name,attr"`
	Ref  string `xml:",chardata"`
}

// sheetInfo is what a sheet's part says beside its cells.
type sheetInfo struct {
	state                  string
	hiddenRows, hiddenCols []int
	merged                 []string
	arrays                 bool
	protected, password    bool
	fitWide                bool
	footer                 string
	validations            []book.Area
	tables                 []tableInfo
}

// validated reports whether a validation covers a cell.
func (s *sheetInfo) validated(row, col int) bool {
	for _, a := range s.validations {
		if row >= a.Row1 && row <= a.Row2 && col >= a.Col1 && col <= a.Col2 {
			return true
		}
	}
	return false
}

// tableInfo is a table's part.
type tableInfo struct {
	Name    string `xml:"displayName,attr"`
	Ref     string `xml:"ref,attr"`
	Columns []struct {
		Name string `xml:"name,attr"`
	} `xml:"tableColumns>tableColumn"`
}

// styleInfo is how the cells of one style look.
type styleInfo struct {
	size                           float64 // points
	colour, fill                   string  // "FF1A1A1A"; "" where not set
	unlocked, formulaHidden, blank bool
}

func (p *parts) style(i int) styleInfo {
	if i < 0 || i >= len(p.styles) {
		return styleInfo{}
	}
	return p.styles[i]
}

// readParts reads the parts of the file that xlsx.Open leaves alone.
func readParts(r io.ReaderAt, size int64) (*parts, error) {
	zr, err := zip.NewReader(r, size)
	if err != nil {
		return nil, err
	}
	files := map[string]*zip.File{}
	p := &parts{sheets: map[string]*sheetInfo{}}
	for _, f := range zr.File {
		files[f.Name] = f
		p.names = append(p.names, f.Name)
	}
	read := func(name string, v any) error {
		f := files[strings.TrimPrefix(name, "/")]
		if f == nil {
			return nil
		}
		content, err := contentOf(f)
		if err != nil {
			return err
		}
		if err := xml.Unmarshal(content, v); err != nil {
			return fmt.Errorf("reading %s: %w", name, err)
		}
		return nil
	}
	var wb struct {
		Sheets []struct {
			Name  string `xml:"name,attr"`
			State string `xml:"state,attr"`
			ID    string `xml:"http://schemas.openxmlformats.org/officeDocument/2006/relationships id,attr"`
		} `xml:"sheets>sheet"`
		Names []definedName `xml:"definedNames>definedName"`
	}
	if err := read("xl/workbook.xml", &wb); err != nil {
		return nil, err
	}
	p.defs = wb.Names
	targets, err := targetsOf(read, "xl/workbook.xml")
	if err != nil {
		return nil, err
	}
	for _, s := range wb.Sheets {
		name := targets[s.ID]
		f := files[name]
		if f == nil {
			continue
		}
		info, err := readSheetInfo(f)
		if err != nil {
			return nil, err
		}
		info.state = s.State
		p.sheets[s.Name] = info
		related, err := targetsOf(read, name)
		if err != nil {
			return nil, err
		}
		for _, target := range related {
			if !strings.HasPrefix(target, "xl/tables/") {
				continue
			}
			var t tableInfo
			if err := read(target, &t); err != nil {
				return nil, err
			}
			info.tables = append(info.tables, t)
			p.tables = append(p.tables, t)
		}
	}
	var styles styleSheet
	if err := read("xl/styles.xml", &styles); err != nil {
		return nil, err
	}
	p.styles = styles.infos()
	return p, nil
}

func contentOf(f *zip.File) ([]byte, error) {
	rc, err := f.Open()
	if err != nil {
		return nil, err
	}
	defer rc.Close()
	return io.ReadAll(rc)
}

// targetsOf returns the parts that a part refers to, by relationship ID.
func targetsOf(read func(string, any) error, of string) (map[string]string, error) {
	var rels struct {
		Relationship []struct {
			ID     string `xml:"Id,attr"`
			Target string `xml:"Target,attr"`
			Mode   string `xml:"TargetMode,attr"`
		}
	}
	folder, file := path.Split(of)
	if err := read(folder+"_rels/"+file+".rels", &rels); err != nil {
		return nil, err
	}
	out := map[string]string{}
	for _, r := range rels.Relationship {
		if r.Mode == "External" {
			continue
		}
		target := r.Target
		if !strings.HasPrefix(target, "/") {
			target = folder + target
		}
		out[r.ID] = strings.TrimPrefix(path.Clean("/"+target), "/")
	}
	return out, nil
}

// readSheetInfo reads what surrounds the cells of a sheet, and the hidden rows.
func readSheetInfo(f *zip.File) (*sheetInfo, error) {
	content, err := contentOf(f)
	if err != nil {
		return nil, err
	}
	var x struct {
		Fit struct {
			Page string `xml:"fitToPage,attr"`
		} `xml:"sheetPr>pageSetUpPr"`
		Cols []struct {
			Min    int     `xml:"min,attr"`
			Hidden string  `xml:"hidden,attr"`
			Width  float64 `xml:"width,attr"`
		} `xml:"cols>col"`
		Merged []struct {
			Ref string `xml:"ref,attr"`
		} `xml:"mergeCells>mergeCell"`
		Protection *struct {
			Sheet    string `xml:"sheet,attr"`
			Password string `xml:"password,attr"`
			Hash     string `xml:"hashValue,attr"`
		} `xml:"sheetProtection"`
		Validations []struct {
			Ref string `xml:"sqref,attr"`
		} `xml:"dataValidations>dataValidation"`
		Setup struct {
			Wide *int `xml:"fitToWidth,attr"`
		} `xml:"pageSetup"`
		Footer string `xml:"headerFooter>oddFooter"`
	}
	// The rows are most of a big sheet and are read by xlsx.Open; only their
	// attributes are looked at here.
	rows, rest := cutRows(content)
	if err := xml.Unmarshal(rest, &x); err != nil {
		return nil, fmt.Errorf("reading %s: %w", f.Name, err)
	}
	s := &sheetInfo{
		hiddenRows: hiddenRows(rows),
		arrays:     bytes.Contains(rows, []byte(`t="array"`)),
		fitWide:    isTrue(x.Fit.Page) && (x.Setup.Wide == nil || *x.Setup.Wide == 1),
		footer:     x.Footer,
	}
	for _, c := range x.Cols {
		if isTrue(c.Hidden) || c.Width == 0 {
			s.hiddenCols = append(s.hiddenCols, c.Min)
		}
	}
	for _, m := range x.Merged {
		s.merged = append(s.merged, m.Ref)
	}
	if x.Protection != nil {
		s.protected = isTrue(x.Protection.Sheet)
		s.password = x.Protection.Password != "" || x.Protection.Hash != ""
	}
	for _, v := range x.Validations {
		for _, ref := range strings.Fields(v.Ref) {
			if a, err := book.ParseArea(ref); err == nil {
				s.validations = append(s.validations, a)
			}
		}
	}
	return s, nil
}

func isTrue(s string) bool { return s == "1" || s == "true" }

// cutRows parts the rows of a sheet from what surrounds them.
func cutRows(content []byte) (rows, rest []byte) {
	i, j := bytes.Index(content, []byte("<sheetData>")), bytes.LastIndex(content, []byte("</sheetData>"))
	if i < 0 || j < i {
		return nil, content
	}
	i += len("<sheetData>")
	return content[i:j], append(content[:i:i], content[j:]...)
}

// hiddenRows returns the numbers of hidden rows, and of those without height.
func hiddenRows(rows []byte) []int {
	var out []int
	for n := 0; ; {
		i := bytes.Index(rows, []byte("<row "))
		if i < 0 {
			return out
		}
		rows = rows[i:]
		end := bytes.IndexByte(rows, '>')
		if end < 0 {
			return out
		}
		n++
		tag := string(rows[:end])
		if _, number, ok := strings.Cut(tag, ` r="`); ok {
			fmt.Sscanf(number, "%d", &n)
		}
		if strings.Contains(tag, `hidden="1"`) || strings.Contains(tag, `hidden="true"`) || strings.Contains(tag, ` ht="0"`) {
			out = append(out, n)
		}
		rows = rows[end:]
	}
}
