package book

// This file reads the words of a formula: addresses, columns, rows.

// isWordByte reports whether c can stand in a name, a number or an address.
func isWordByte(c byte) bool {
	return isLetter(c) || isDigit(c) || c == '_' || c == '.' || c == '$' || c == '\\' || c >= 0x80
}

func isLetter(c byte) bool { return c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' }
func isDigit(c byte) bool  { return c >= '0' && c <= '9' }

// skipQuoted returns the place after the quoted text that starts at i; a
// doubled quote stands for itself.
func skipQuoted(s string, i int, quote byte) int {
	for i++; i < len(s); i++ {
		if s[i] != quote {
			continue
		}
		if i+1 < len(s) && s[i+1] == quote {
			i++
			continue
		}
		return i + 1
	}
	return len(s)
}

// skipBracket returns the place after the bracket that opens at i.
func skipBracket(s string, i int) int {
	depth := 0
	for ; i < len(s); i++ {
		switch s[i] {
		case '[':
			depth++
		case ']':
			if depth--; depth == 0 {
				return i + 1
			}
		}
	}
	return len(s)
}

// parseCell reads an address such as "$B$7".
func parseCell(word string) (Reference, bool) {
	var r Reference
	i := 0
	if i < len(word) && word[i] == '$' {
		r.ColAbs = true
		i++
	}
	start := i
	for i < len(word) && isLetter(word[i]) && i-start < 4 {
		r.Col = r.Col*26 + int(word[i]&^0x20-'A') + 1
		i++
	}
	if i == start || r.Col > MaxColumns {
		return Reference{}, false
	}
	if i < len(word) && word[i] == '$' {
		r.RowAbs = true
		i++
	}
	row, ok := parseRow(word[i:])
	r.Row = row
	return r, ok
}

// parseLine reads a column "$B" or a row "$7".
func parseLine(word string) (Reference, bool) {
	var r Reference
	abs := len(word) > 0 && word[0] == '$'
	if abs {
		word = word[1:]
	}
	if row, ok := parseRow(word); ok {
		r.Row, r.RowAbs = row, abs
		return r, true
	}
	if len(word) == 0 || len(word) > 3 {
		return r, false
	}
	for i := 0; i < len(word); i++ {
		if !isLetter(word[i]) {
			return Reference{}, false
		}
		r.Col = r.Col*26 + int(word[i]&^0x20-'A') + 1
	}
	r.ColAbs = abs
	return r, r.Col <= MaxColumns
}

// parseRow reads a row number without a leading zero.
func parseRow(s string) (int, bool) {
	if len(s) == 0 || len(s) > 7 || s[0] == '0' {
		return 0, false
	}
	n := 0
	for i := 0; i < len(s); i++ {
		if !isDigit(s[i]) {
			return 0, false
		}
		n = n*10 + int(s[i]-'0')
	}
	return n, n <= MaxRows
}
