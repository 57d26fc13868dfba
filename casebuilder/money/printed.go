package money

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// Printed is a number as it stands on paper: what it says, and how exactly.
type Printed struct {
	Value float64 // in base units: 9300000 for "£9.3m", 0.073 for "7.3%"
	Step  float64 // the value of one in the last figure shown: 100000, 0.001
	Rest  string  // the words after it
}

// Agrees reports whether v, rounded as it is printed, could be this number.
// Zeros at the end of a whole number count as not shown, but for the two
// significant figures that every number has: "140" is 135 to 145.
func (p Printed) Agrees(v float64) bool {
	return math.Abs(v-p.Value) <= p.Step/2+1e-9*math.Abs(v)
}

// Parse reads back the number at the start of a text that this locale printed:
// an amount, a share, a count, points, or odds such as "8 in 100". It serves tests that
// compare papers with results.
func (l Locale) Parse(s string) (Printed, error) {
	w := l.lang()
	fail := fmt.Errorf("%q does not start with a printed number", s)
	s, negative := strings.CutPrefix(s, minus)
	money := false
	if start := strings.IndexFunc(s, unicode.IsDigit); start < 0 {
		return Printed{}, fail
	} else if mark := strings.TrimSuffix(s[:start], space); mark != "" {
		if money = isMark(mark); !money {
			return Printed{}, fail
		}
		s = s[start:]
	}
	end := 0
	for end < len(s) && (s[end] >= '0' && s[end] <= '9' ||
		(string(s[end]) == w.point || string(s[end]) == w.group) && end+1 < len(s) && s[end+1] >= '0' && s[end+1] <= '9') {
		end++
	}
	digits := strings.ReplaceAll(s[:end], w.group, "")
	rest := s[end:]
	whole, fraction, _ := strings.Cut(digits, w.point)
	step := -len(fraction)
	if fraction == "" {
		step = max(0, min(len(whole)-len(strings.TrimRight(whole, "0")), len(whole)-figures))
	}
	exp, rest := l.endingOf(rest, &money)
	v, err := strconv.ParseFloat(whole+"."+fraction+"e"+strconv.Itoa(exp), 64)
	if err != nil {
		return Printed{}, fail
	}
	if negative {
		v = -v
	}
	return Printed{v, math.Pow10(step + exp), strings.TrimLeft(rest, " "+space)}, nil
}

// endingOf takes the scale, currency, percent sign or "in 100" off the front of
// s and returns the power of ten that they stand for.
func (l Locale) endingOf(s string, money *bool) (exp int, rest string) {
	w := l.lang()
	if rest, ok := strings.CutPrefix(s, w.percent); ok {
		return -2, rest
	}
	for _, name := range w.units["points"] {
		if rest, ok := cutWord(s, space+name); ok {
			return -2, rest
		}
	}
	if rest, ok := cutWord(s, strings.ReplaceAll(w.odds, "%s", "")+"100"); ok {
		return -2, rest
	}
	scales := []Scale{Thousands, Millions, Billions, Trillions}
	for _, scale := range slices.Backward(scales) {
		if rest, ok := cutWord(s, w.scales[scale]); ok && (*money || w.after) {
			s, exp = rest, int(scale)
			break
		}
	}
	if mark, after, ok := strings.Cut(strings.TrimPrefix(s, space), " "); w.after && strings.HasPrefix(s, space) && isMark(mark) {
		*money = true
		if s = ""; ok {
			s = " " + after
		}
	}
	return exp, s
}

// cutWord cuts word off the front of s where no letter or digit follows it.
func cutWord(s, word string) (string, bool) {
	rest, ok := strings.CutPrefix(s, word)
	if !ok || strings.IndexFunc(rest, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) == 0 {
		return s, false
	}
	return rest, true
}

// isMark reports whether s is the symbol or the code of a currency.
func isMark(s string) bool {
	if _, ok := currencies[s]; ok {
		return true
	}
	for _, symbol := range symbols {
		if s == symbol {
			return true
		}
	}
	return false
}
