package money

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
)

// Kind says how a number was marked by the one who wrote it.
type Kind int

// The kinds of number.
const (
	Plain   Kind = iota // 0.78, 310M, 1,200,000
	Percent             // 34%
	Points              // 9 points, which is 0.09
)

// Reading is a number that was read, in base units: 0.34 for "34%".
type Reading struct {
	Value float64
	Kind  Kind
}

// ReadError says why a text is no number, and how to write it.
type ReadError struct {
	Text string
	Hint string
}

// Error returns the text and the hint.
func (e *ReadError) Error() string { return fmt.Sprintf("%q is no number: %s", e.Text, e.Hint) }

// The hints of a ReadError.
const (
	hintForm      = "write a number such as 1200000, 1.2M or 34%"
	hintSeparator = "write a point for decimals and commas only between groups of three: 1.2 or 1,200,000"
	hintZero      = "leave out the leading zero"
	hintEnding    = "the endings are k, M, bn, tn, % and points"
	hintCurrency  = "leave out the currency: it stands in company.currency"
	hintFinite    = "write a finite number in digits"
	hintRange     = "the number is too long, too large or too small"
	hintExponent  = "write either an exponent or an ending"
)

// endings maps what may follow the digits, in lower case, to its power of ten.
var endings = map[string]struct {
	exp  int
	kind Kind
}{
	"k": {3, Plain}, "m": {6, Plain}, "mn": {6, Plain}, "b": {9, Plain}, "bn": {9, Plain}, "tn": {12, Plain},
	"%": {-2, Percent}, "percent": {-2, Percent}, "per cent": {-2, Percent},
	"point": {-2, Points}, "points": {-2, Points}, "pp": {-2, Points}, "percentage points": {-2, Points},
}

const (
	maxDigits   = 40 // of a number as written
	maxExponent = 30 // of ten, either way
)

// Read reads a number as people write one: "310M", "2.4M", "900k", "1.2bn",
// "34%", "9 points", "0.78", "1,200,000", "1 200 000", "1_200_000", "-4.2M",
// "1e6". The result is the float64 nearest to the decimal number. What could
// mean two things ("1,2", "1.234.567", "012") is refused. The error is a
// *ReadError.
func Read(s string) (Reading, error) {
	r, hint := read(strings.TrimFunc(s, unicode.IsSpace))
	if hint != "" {
		return Reading{}, &ReadError{Text: s, Hint: hint}
	}
	return r, nil
}

func read(s string) (Reading, string) {
	neg := false
	switch {
	case strings.HasPrefix(s, "+"):
		s = s[1:]
	case strings.HasPrefix(s, "-"):
		s, neg = s[1:], true
	case strings.HasPrefix(s, minus):
		s, neg = s[len(minus):], true
	}
	body, rest := splitDigits(s)
	if strings.Trim(body, ".") == "" {
		return Reading{}, hintNoDigits(s)
	}
	whole, fraction, hint := digitsOf(body)
	if hint != "" {
		return Reading{}, hint
	}
	if len(whole)+len(fraction) > maxDigits {
		return Reading{}, hintRange
	}
	exp, rest, scientific := splitExponent(rest)
	kind := Plain
	if rest = strings.TrimFunc(rest, unicode.IsSpace); rest != "" {
		e, ok := endings[strings.ToLower(rest)]
		switch {
		case !ok:
			return Reading{}, hintEndingOf(rest)
		case scientific:
			return Reading{}, hintExponent
		}
		exp, kind = e.exp, e.kind
	}
	if exp < -maxExponent || exp > maxExponent {
		return Reading{}, hintRange
	}
	v, err := strconv.ParseFloat(whole+"."+fraction+"e"+strconv.Itoa(exp), 64)
	if err != nil {
		return Reading{}, hintRange
	}
	if neg && v != 0 {
		v = -v
	}
	return Reading{v, kind}, ""
}

// hintNoDigits says what is wrong with a text that does not begin with a digit.
func hintNoDigits(s string) string {
	low := strings.ToLower(strings.TrimPrefix(s, "."))
	r := []rune(s)
	switch {
	case low == "nan", low == "inf", low == "infinity", s == "∞":
		return hintFinite
	case len(r) > 0 && unicode.Is(unicode.Sc, r[0]), len(r) > 3 && IsCurrency(string(r[:3])):
		return hintCurrency
	}
	return hintForm
}

// hintEndingOf says what is wrong with what follows the digits.
func hintEndingOf(s string) string {
	words := strings.Fields(s)
	switch {
	case strings.ContainsFunc(s, func(r rune) bool { return unicode.Is(unicode.Sc, r) }), IsCurrency(words[len(words)-1]):
		return hintCurrency
	case isSeparator([]rune(s)[0]):
		return hintSeparator
	case strings.ContainsAny(s, "0123456789"):
		return hintForm
	}
	return hintEnding
}

// splitDigits cuts s after its leading digits with their separators. A space
// belongs to the digits only between two of them.
func splitDigits(s string) (body, rest string) {
	end := 0
	for i, r := range s {
		switch {
		case r >= '0' && r <= '9', r == '.':
			end = i + 1
			continue
		case isSeparator(r):
			continue
		}
		return s[:end], s[end:]
	}
	return s[:end], s[end:]
}

// isSeparator reports whether r may stand between groups of three digits.
func isSeparator(r rune) bool {
	switch r {
	case ',', '_', '\'', '’', ' ', '\u00a0', '\u2009', '\u202f':
		return true
	}
	return false
}

// digitsOf returns the digits before and after the decimal point of a body, or
// a hint.
func digitsOf(body string) (whole, fraction, hint string) {
	before, after, point := strings.Cut(body, ".")
	if strings.ContainsFunc(after, func(r rune) bool { return r < '0' || r > '9' }) || point && after == "" {
		return "", "", hintSeparator
	}
	if before == "" {
		return "0", after, ""
	}
	if i := strings.IndexFunc(before, isSeparator); i >= 0 {
		sep := []rune(before[i:])[0]
		groups := strings.Split(before, string(sep))
		for k, g := range groups {
			if k > 0 && len(g) != 3 || k == 0 && (len(g) < 1 || len(g) > 3) ||
				strings.ContainsFunc(g, func(r rune) bool { return r < '0' || r > '9' }) {
				return "", "", hintSeparator
			}
		}
		before = strings.Join(groups, "")
		if before[0] == '0' {
			return "", "", hintSeparator
		}
	}
	if len(before) > 1 && before[0] == '0' {
		return "", "", hintZero
	}
	return before, after, ""
}

// splitExponent takes "e6" or "E-3" off the front of s.
func splitExponent(s string) (exp int, rest string, found bool) {
	if s == "" || s[0] != 'e' && s[0] != 'E' {
		return 0, s, false
	}
	i := 1
	if i < len(s) && (s[i] == '-' || s[i] == '+') {
		i++
	}
	start := i
	for i < len(s) && s[i] >= '0' && s[i] <= '9' {
		i++
	}
	if i == start {
		return 0, s, false
	}
	exp, err := strconv.Atoi(strings.TrimPrefix(s[1:i], "+"))
	if err != nil {
		exp = maxExponent + 1
	}
	return exp, s[i:], true
}
