package money

import "strings"

// Format prints numbers of one unit for people, the way Locale.Format chose.
type Format struct {
	locale   Locale
	currency Currency
	what     string   // "money", "share", "customers", "1" …
	per      []string // "yr", "customer" …
	measured bool
	column   bool
	scale    Scale // of a column
	decimals int   // the most of a column
	figures  int   // significant figures, where not two
	fine     bool  // a column keeps the figures of its smallest value
}

// Format returns the format of a unit as results and company files name them:
// "money", "money/yr", "share", "customers", "months", "1/yr", "ratio" … The
// code of c may stand for "money". Numbers are those of a model: two
// significant figures; see Measured.
func (l Locale) Format(unit string, c Currency) Format {
	what, per := split(unit, c)
	return Format{locale: l, currency: c, what: what, per: per}
}

// Measured returns f for numbers that were put in: every digit is shown.
func (f Format) Measured() Format {
	f.measured = true
	return f
}

// Figures returns f at n significant figures, more than two: for sums of what
// was put in. In a column every value has the decimals at which the largest has
// n, so that the rows add up as far as they are shown.
func (f Format) Figures(n int) Format {
	if n > figures {
		f.figures = n
	}
	return f
}

// Fine returns f for a column in which small values matter as much as large
// ones: the smallest keeps its two figures, with at most two decimals.
func (f Format) Fine() Format {
	f.fine = true
	return f
}

// Column returns f for a column, or a range, of these values: money has one
// scale, that of the largest, and no value has more decimals than the column
// needs so that none but zero is shown as zero (three at most).
func (f Format) Column(values ...float64) Format {
	f.column, f.scale, f.decimals = true, Ones, 0
	if f.measured {
		return f
	}
	var largest, smallest decimal
	for _, v := range values {
		d, _ := decimalOf(v).figures(figures)
		if d.digits == "" {
			continue
		}
		if largest.digits == "" || d.magnitude() > largest.magnitude() {
			largest = d
		}
		if smallest.digits == "" || d.magnitude() < smallest.magnitude() {
			smallest = d
		}
	}
	if largest.digits == "" {
		return f
	}
	shift := f.base()
	if f.what == "money" {
		f.scale = scaleOf(largest.magnitude())
		shift = -int(f.scale)
	}
	if f.figures > 0 {
		f.decimals = min(3, max(0, f.figures-1-largest.magnitude()-shift))
		return f
	}
	f.decimals = max(0, 1-largest.magnitude()-shift)
	if smallest.magnitude()+shift < 1 {
		f.decimals = max(f.decimals, 1)
	}
	if f.fine {
		f.decimals = max(f.decimals, min(2, 1-smallest.magnitude()-shift))
	}
	for f.decimals < 3 && smallest.shift(shift).round(-f.decimals).digits == "" {
		f.decimals++
	}
	return f
}

// base is the power of ten that the unit itself is shown in: a share in
// hundredths.
func (f Format) base() int {
	if f.what == "share" {
		return 2
	}
	return 0
}

// Scale returns the scale of a column of money.
func (f Format) Scale() Scale { return f.scale }

// Number prints v with its currency, scale or percent sign: "£9.3m", "7.3%",
// "64". In a column all share one scale.
func (f Format) Number(v float64) string {
	l := f.locale
	if !finite(v) {
		return Missing
	}
	switch {
	case f.column:
		d, decimals := f.cell(v)
		number := d.text(decimals, l.lang().point, l.lang().group)
		if f.what == "share" {
			return sign(d, number) + l.lang().percent
		}
		if f.what == "money" && v == 0 {
			return l.with(d, "0", Ones, f.currency)
		}
		if f.what == "money" {
			return l.with(d, number, f.scale, f.currency)
		}
		return sign(d, number)
	case f.what == "money" && f.measured:
		return l.Measured(v, f.currency)
	case f.what == "money":
		return l.amount(v, f.currency, max(f.figures, figures))
	case f.what == "share" && f.measured:
		return l.MeasuredShare(v)
	case f.what == "share":
		return l.Share(v)
	case f.measured:
		return l.Exact(v)
	}
	return l.Number(v)
}

// Cell prints v for a column under Head: the number alone, in the column's
// scale.
func (f Format) Cell(v float64) string {
	if !finite(v) {
		return Missing
	}
	if v == 0 {
		return f.locale.plain(decimal{}, 0)
	}
	d, decimals := f.cell(v)
	return f.locale.plain(d, decimals)
}

// cell returns v in the scale of the column, and its decimals.
func (f Format) cell(v float64) (decimal, int) {
	d := decimalOf(v).shift(f.base())
	if f.what == "money" {
		d = d.shift(-int(f.scale))
	}
	if f.measured {
		return d, 0
	}
	if f.column && f.figures > 0 {
		return d.round(-f.decimals), f.decimals
	}
	r, decimals := d.figures(figures)
	if f.column && decimals > f.decimals {
		return d.round(-f.decimals), f.decimals
	}
	return r, decimals
}

// Head names the unit of a column: "£m", "£m a year", "%", "customers".
func (f Format) Head() string {
	w := f.locale.lang()
	var head string
	switch f.what {
	case "money":
		mark := f.currency.Symbol
		if mark == "" {
			mark = f.currency.Code
		}
		scale := strings.TrimSpace(w.scales[f.scale])
		switch {
		case w.after && scale != "":
			head = scale + space + mark
		case w.after || f.currency.Symbol != "":
			head = mark + scale
		default:
			head = strings.TrimSuffix(mark+space+scale, space)
		}
	case "share":
		head = "%"
	case "ratio":
		head = w.times
	default:
		head = w.units[f.what][1]
	}
	for _, p := range f.per {
		head += " " + w.per[p]
	}
	return strings.TrimSpace(head)
}

// Text prints v with its unit in words: "£9.3m a year", "4.5 months", "64
// posts", "7.3%".
func (f Format) Text(v float64) string {
	if !finite(v) {
		return Missing
	}
	s := f.Number(v)
	if f.what != "money" && f.what != "share" {
		s += f.locale.unit(f.what, f.shown(v))
	}
	for _, p := range f.per {
		if word := f.locale.lang().per[p]; word != "" {
			s += " " + word
		}
	}
	return s
}

// shown returns v as the digits that Number prints.
func (f Format) shown(v float64) decimal {
	d := decimalOf(v)
	switch {
	case f.column:
		d, _ = f.cell(v)
	case !f.measured:
		d, _ = d.figures(figures)
	}
	return d
}

// Range prints an interval on one scale: "£0.6m to £19m", "1.0% to 8.0%".
func (f Format) Range(low, high float64) string {
	c := f.Column(low, high)
	if f.measured {
		c = f
	}
	return c.Number(low) + f.locale.lang().to + c.Text(high)
}
