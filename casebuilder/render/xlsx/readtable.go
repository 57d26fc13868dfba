package xlsx

import (
	"encoding/xml"
	"fmt"
	"strconv"
	"strings"
)

// load reads the shared texts and the number formats, once.
func (f *File) load() error {
	if f.loaded {
		return f.loadErr
	}
	f.loaded = true
	f.loadErr = cmpErr(f.readTexts(), f.readFormats())
	return f.loadErr
}

// readTexts reads the table of shared texts. Rich text is joined; phonetic
// runs are left out.
func (f *File) readTexts() error {
	p := f.parts[f.textsPart]
	if p == nil {
		return nil
	}
	var text strings.Builder
	inText, phonetic := false, 0
	var problem error
	err := f.scanPart(p, "", func(t xml.Token) bool {
		switch t := t.(type) {
		case xml.StartElement:
			switch t.Name.Local {
			case "si":
				text.Reset()
			case "t":
				inText = phonetic == 0
			case "rPh":
				phonetic++
			}
		case xml.CharData:
			if inText {
				text.Write(t)
			}
		case xml.EndElement:
			switch t.Name.Local {
			case "t":
				inText = false
			case "rPh":
				phonetic--
			case "si":
				if len(f.texts) >= f.limits.Texts {
					problem = f.problem("", "", fmt.Sprintf("at most %d texts", f.limits.Texts), "more", "")
					return false
				}
				f.texts = append(f.texts, decodeCodes(text.String()))
			}
		}
		return true
	})
	return cmpErr(err, problem)
}

// readFormats finds out which styles show numbers as dates.
func (f *File) readFormats() error {
	p := f.parts[f.stylesPart]
	if p == nil {
		return nil
	}
	codes := map[string]string{}
	inCells := false
	return f.scanPart(p, "", func(t xml.Token) bool {
		switch t := t.(type) {
		case xml.StartElement:
			switch t.Name.Local {
			case "numFmt":
				codes[attr(t, "numFmtId")] = attr(t, "formatCode")
			case "cellXfs":
				inCells = true
			case "xf":
				if inCells {
					id := attr(t, "numFmtId")
					code, custom := codes[id]
					f.dates = append(f.dates, custom && isDateCode(code) || !custom && isDateID(id))
				}
			}
		case xml.EndElement:
			if t.Name.Local == "cellXfs" {
				return false
			}
		}
		return true
	})
}

// isDateID reports whether a built-in number format shows a date.
// Source: ECMA-376 part 1, section 18.8.30 (14 to 22 dates and times, 27 to 36
// and 50 to 58 dates in East Asian locales).
func isDateID(id string) bool {
	n, err := strconv.Atoi(id)
	return err == nil && (n >= 14 && n <= 17 || n == 22 || n >= 27 && n <= 31 || n == 36 || n >= 50 && n <= 58)
}

// isDateCode reports whether a number format shows a day or a year, outside
// quoted texts, escaped characters and brackets.
func isDateCode(code string) bool {
	for i := 0; i < len(code); i++ {
		switch c := code[i]; {
		case c == '"':
			for i++; i < len(code) && code[i] != '"'; i++ {
			}
		case c == '[':
			for i++; i < len(code) && code[i] != ']'; i++ {
			}
		case c == '\\' || c == '_' || c == '*':
			i++
		case strings.IndexByte("dDyY", c) >= 0:
			return true
		}
	}
	return false
}
