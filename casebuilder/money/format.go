package money

import (
	"fmt"
	"math"
	"strings"
)

// Scale is the power of ten that a number, or a column of numbers, is shown in.
type Scale int

// The scales.
const (
	Ones      Scale = 0
	Thousands Scale = 3
	Millions  Scale = 6
	Billions  Scale = 9
	Trillions Scale = 12
)

// smallestThousands is the first magnitude that is shown in thousands: 9,300
// reads better than 9.3k.
const smallestThousands = 4

// scaleOf returns the scale of a number whose first digit is at a magnitude.
func scaleOf(magnitude int) Scale {
	switch {
	case magnitude >= 12:
		return Trillions
	case magnitude >= 9:
		return Billions
	case magnitude >= 6:
		return Millions
	case magnitude >= smallestThousands:
		return Thousands
	}
	return Ones
}

// figures is how many significant figures a number from the model has.
const figures = 2

// finite reports whether v can be printed.
func finite(v float64) bool { return !math.IsNaN(v) && !math.IsInf(v, 0) }

// sign puts the minus in front of a printed number.
func sign(d decimal, s string) string {
	if d.neg {
		return minus + s
	}
	return s
}

// plain prints d with at least that many decimals, sign in front.
func (l Locale) plain(d decimal, decimals int) string {
	w := l.lang()
	return sign(d, d.text(decimals, w.point, w.group))
}

// with puts a currency and a scale to a printed number without its sign.
func (l Locale) with(d decimal, number string, s Scale, c Currency) string {
	w := l.lang()
	number += w.scales[s]
	mark := c.Symbol
	if mark == "" {
		mark = c.Code
	}
	switch {
	case mark == "":
	case w.after:
		number += space + mark
	case c.Symbol == "":
		number = mark + space + number
	default:
		number = mark + number
	}
	return sign(d, number)
}

// Amount prints money that the model computed, at two significant figures:
// "£9.3m", "£430k", "£9,300", "KWD 1.4m"; in German "9,3 Mio. €".
func (l Locale) Amount(v float64, c Currency) string { return l.amount(v, c, figures) }

// amount prints money at n significant figures; of those beyond two, zeros at
// the end are left out.
func (l Locale) amount(v float64, c Currency, n int) string {
	if !finite(v) {
		return Missing
	}
	d, _ := decimalOf(v).figures(n)
	s := scaleOf(d.magnitude())
	d, _ = d.shift(-int(s)).figures(n)
	_, decimals := d.figures(figures)
	return l.with(d, d.text(decimals, l.lang().point, l.lang().group), s, c)
}

// Measured prints money as it was put in, every digit of it: "£310m",
// "£1,234,567", "£12.50".
func (l Locale) Measured(v float64, c Currency) string {
	if !finite(v) {
		return Missing
	}
	d := decimalOf(v)
	s := Ones
	if d.digits != "" {
		s = scaleOf(d.magnitude())
	}
	if n := d.shift(-int(s)).decimals(); n > 2 || n > 0 && s == Thousands {
		s = Ones
	}
	d, decimals := d.shift(-int(s)), 0
	if s == Ones && d.decimals() > 0 {
		decimals = c.Minor
	}
	return l.with(d, d.text(decimals, l.lang().point, l.lang().group), s, c)
}

// Count prints a whole number: "1,200,000". Halves go away from zero.
func (l Locale) Count(v float64) string {
	if !finite(v) {
		return Missing
	}
	return l.plain(decimalOf(v).round(0), 0)
}

// Number prints a number at two significant figures: "4.5", "64", "1,600,000".
func (l Locale) Number(v float64) string {
	if !finite(v) {
		return Missing
	}
	return l.plain(decimalOf(v).figures(figures))
}

// Exact prints every digit of a number: "1,450", "0.333333".
func (l Locale) Exact(v float64) string {
	if !finite(v) {
		return Missing
	}
	return l.plain(decimalOf(v), 0)
}

// Fixed prints a number with that many decimals: "0.917".
func (l Locale) Fixed(v float64, decimals int) string {
	if !finite(v) {
		return Missing
	}
	return l.plain(decimalOf(v).round(-decimals), decimals)
}

// Times prints a factor at two significant figures: "1.4×".
func (l Locale) Times(v float64) string {
	if !finite(v) {
		return Missing
	}
	return l.Number(v) + l.lang().times
}

// Share prints a share at two significant figures: "7.3%". What is below the
// whole is never printed as 100%: 0.9987 is "99.9%".
func (l Locale) Share(v float64) string {
	if !finite(v) {
		return Missing
	}
	whole := decimalOf(v).shift(2)
	d, decimals := whole.figures(figures)
	for n := figures + 1; math.Abs(v) < 1 && d.magnitude() >= 2 && n <= 6; n++ {
		d, decimals = whole.figures(n)
		if d.magnitude() >= 2 && n == 6 { // 99.9999…%: as near as it gets
			d, decimals = decimal{d.neg, "999", -1}, 1
		}
	}
	return l.plain(d, decimals) + l.lang().percent
}

// MeasuredShare prints every digit of a share: "78%", "7.25%".
func (l Locale) MeasuredShare(v float64) string {
	if !finite(v) {
		return Missing
	}
	return l.plain(decimalOf(v).shift(2), 0) + l.lang().percent
}

// Points prints a share as points: 0.09 is "9 points".
func (l Locale) Points(v float64) string {
	if !finite(v) {
		return Missing
	}
	d := decimalOf(v).shift(2)
	return l.plain(d, 0) + l.unit("points", d)
}

// Odds prints a chance in so many: Odds(0.083, 100) is "8 in 100". What rounds
// to none or to all says so: "less than 1 in 100".
func (l Locale) Odds(chance float64, of int) string {
	if !finite(chance) {
		return Missing
	}
	w := l.lang()
	n := decimalOf(chance).shift(2).round(0)
	if of != 100 {
		n = decimalOf(chance * float64(of)).round(0)
	}
	all := l.Count(float64(of))
	switch v := n.float(); {
	case v < 1 && chance > 0:
		return fmt.Sprintf(w.lessOdds, all)
	case v >= float64(of) && chance < 1:
		return fmt.Sprintf(w.moreOdds, l.Count(float64(of-1)), all)
	}
	return fmt.Sprintf(w.odds, l.plain(n, 0), all)
}

// unit returns the word for a unit after a number, with the space before it.
func (l Locale) unit(name string, d decimal) string {
	words, ok := l.lang().units[name]
	switch {
	case !ok:
		return ""
	case d.digits == "1" && d.exp == 0:
		return space + words[0]
	}
	return space + words[1]
}

// split cuts a unit such as "money/staff/day" into what is counted and what it
// is counted per. The code of the currency stands for "money".
func split(unit string, c Currency) (what string, per []string) {
	parts := strings.Split(unit, "/")
	if what = parts[0]; what == c.Code && what != "" {
		what = "money"
	}
	return what, parts[1:]
}
