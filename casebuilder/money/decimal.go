package money

import (
	"math"
	"strconv"
	"strings"
)

// decimal is a number as people see it: digits · 10^exp, with a sign. The
// digits have neither leading nor trailing zeros; zero has none.
type decimal struct {
	neg    bool
	digits string
	exp    int
}

// decimalOf returns the shortest decimal number that reads back as v. It is
// what a person would call v: 2.675, and not 2.67499999999999982236431605997.
func decimalOf(v float64) decimal {
	if v == 0 || math.IsNaN(v) || math.IsInf(v, 0) {
		return decimal{}
	}
	mantissa, exponent, _ := strings.Cut(strconv.FormatFloat(math.Abs(v), 'e', -1, 64), "e")
	digits := strings.Replace(mantissa, ".", "", 1)
	e, _ := strconv.Atoi(exponent)
	return decimal{v < 0, digits, e - len(digits) + 1}.trim()
}

// trim drops trailing zeros.
func (d decimal) trim() decimal {
	t := strings.TrimRight(d.digits, "0")
	if t == "" {
		return decimal{}
	}
	return decimal{d.neg, t, d.exp + len(d.digits) - len(t)}
}

// shift returns d · 10^n.
func (d decimal) shift(n int) decimal {
	if d.digits == "" {
		return d
	}
	d.exp += n
	return d
}

// magnitude is the power of ten of the first digit: 3 for 1450.
func (d decimal) magnitude() int { return d.exp + len(d.digits) - 1 }

// decimals is how many digits d has after the point.
func (d decimal) decimals() int { return max(0, -d.exp) }

// round returns d as a multiple of 10^place, halves away from zero.
func (d decimal) round(place int) decimal {
	drop := place - d.exp
	if d.digits == "" || drop <= 0 {
		return d
	}
	if drop > len(d.digits) {
		return decimal{}
	}
	keep, next := d.digits[:len(d.digits)-drop], d.digits[len(d.digits)-drop]
	if next < '5' {
		return decimal{d.neg, keep, place}.trim()
	}
	b := []byte("0" + keep)
	for i := len(b) - 1; ; i-- {
		if b[i] != '9' {
			b[i]++
			break
		}
		b[i] = '0'
	}
	return decimal{d.neg, strings.TrimLeft(string(b), "0"), place}.trim()
}

// figures returns d at n significant figures, and how many decimals show them:
// 0.0996 at two is 0.10 with two decimals.
func (d decimal) figures(n int) (decimal, int) {
	if d.digits == "" {
		return d, 0
	}
	r := d.round(d.magnitude() - n + 1)
	return r, max(0, n-1-r.magnitude())
}

// float returns the float64 nearest to d.
func (d decimal) float() float64 {
	if d.digits == "" {
		return 0
	}
	v, _ := strconv.ParseFloat(d.digits+"e"+strconv.Itoa(d.exp), 64)
	if d.neg {
		return -v
	}
	return v
}

// text prints d without its sign, with at least that many decimals, a point
// and a mark between groups of three.
func (d decimal) text(decimals int, point, group string) string {
	decimals = max(decimals, d.decimals())
	digits := d.digits + strings.Repeat("0", max(0, d.exp+decimals))
	if missing := decimals + 1 - len(digits); missing > 0 {
		digits = strings.Repeat("0", missing) + digits
	}
	whole, fraction := digits[:len(digits)-decimals], digits[len(digits)-decimals:]
	var b strings.Builder
	for i, c := range whole {
		if i > 0 && (len(whole)-i)%3 == 0 {
			b.WriteString(group)
		}
		b.WriteRune(c)
	}
	if decimals > 0 {
		b.WriteString(point + fraction)
	}
	return b.String()
}

// Hundredth returns the float64 nearest to a hundredth of the decimal number v:
// 0.07 for 7, where 7*0.01 is 0.07000000000000001.
func Hundredth(v float64) float64 { return decimalOf(v).shift(-2).float() }

// Round returns v at that many decimals, halves away from zero on the decimal
// digits of v.
func Round(v float64, decimals int) float64 { return decimalOf(v).round(-decimals).float() }
