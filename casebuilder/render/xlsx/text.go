package xlsx

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// appendText appends s as XML character data that reads back as s: "&", "<",
// ">" and quotes escaped, line ends as "\n", and characters that XML cannot
// hold replaced by U+FFFD. A "_x0041_" in the text, which a spreadsheet program
// would take for a character code, keeps its meaning by an escaped underscore.
func appendText(b []byte, s string) []byte {
	for i := 0; i < len(s); {
		c := s[i]
		switch {
		case c == '&':
			b = append(b, "&amp;"...)
		case c == '<':
			b = append(b, "&lt;"...)
		case c == '>':
			b = append(b, "&gt;"...)
		case c == '"':
			b = append(b, "&quot;"...)
		case c == '\r':
			if i+1 >= len(s) || s[i+1] != '\n' {
				b = append(b, '\n')
			}
		case c == '_' && isCode(s[i:]):
			b = append(b, "_x005F_"...)
		case c < 0x20 && c != '\t' && c != '\n':
			b = append(b, "\uFFFD"...)
		case c < utf8.RuneSelf:
			b = append(b, c)
		default:
			r, n := utf8.DecodeRuneInString(s[i:])
			if r == 0xFFFE || r == 0xFFFF {
				r = utf8.RuneError
			}
			b = utf8.AppendRune(b, r)
			i += n
			continue
		}
		i++
	}
	return b
}

// escapeFormula returns a formula as XML character data.
func escapeFormula(f string) string { return string(appendFormula(nil, f)) }

// appendFormula appends a formula as XML character data. Its "_x" sequences
// (as in "_xlfn.") stay as they are.
func appendFormula(b []byte, f string) []byte {
	for i := 0; i < len(f); i++ {
		switch c := f[i]; {
		case c == '&':
			b = append(b, "&amp;"...)
		case c == '<':
			b = append(b, "&lt;"...)
		case c == '>':
			b = append(b, "&gt;"...)
		case c < 0x20:
			b = append(b, ' ')
		default:
			b = append(b, c)
		}
	}
	return b
}

// isCode reports whether s starts with a character code such as "_x000D_".
func isCode(s string) bool {
	if len(s) < 7 || s[0] != '_' || s[1] != 'x' || s[6] != '_' {
		return false
	}
	for i := 2; i < 6; i++ {
		c := s[i]
		if !(c >= '0' && c <= '9' || c >= 'A' && c <= 'F' || c >= 'a' && c <= 'f') {
			return false
		}
	}
	return true
}

// decodeCodes replaces character codes such as "_x000D_" in a text that was
// read by the characters they stand for.
func decodeCodes(s string) string {
	if !strings.Contains(s, "_x") {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); {
		if isCode(s[i:]) {
			n, _ := strconv.ParseUint(s[i+2:i+6], 16, 16)
			b.WriteRune(rune(n)) // a lone surrogate becomes U+FFFD
			i += 7
			continue
		}
		b.WriteByte(s[i])
		i++
	}
	return b.String()
}

// needsSpace reports whether a text would lose white space at its ends, or
// line breaks, without xml:space="preserve".
func needsSpace(s string) bool {
	return s != strings.TrimSpace(s) || strings.ContainsAny(s, "\n\t\r")
}

// texts is the table of shared texts: each text once, in order of first use.
type texts struct {
	index map[string]int
	list  []string
	uses  int
}

func newTexts() *texts { return &texts{index: map[string]int{}} }

// add returns the number of a text.
func (t *texts) add(s string) int {
	t.uses++
	i, ok := t.index[s]
	if !ok {
		i = len(t.list)
		t.index[s] = i
		t.list = append(t.list, s)
	}
	return i
}

// xml returns the part that holds the texts.
func (t *texts) xml() []byte {
	b := []byte(xmlHeader + `<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" count="`)
	b = strconv.AppendInt(b, int64(t.uses), 10)
	b = append(b, `" uniqueCount="`...)
	b = strconv.AppendInt(b, int64(len(t.list)), 10)
	b = append(b, `">`...)
	for _, s := range t.list {
		if needsSpace(s) {
			b = append(b, `<si><t xml:space="preserve">`...)
		} else {
			b = append(b, `<si><t>`...)
		}
		b = appendText(b, s)
		b = append(b, `</t></si>`...)
	}
	return append(b, `</sst>`...)
}

const xmlHeader = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
