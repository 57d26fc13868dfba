package quantity

import (
	"fmt"
	"strings"
)

// Unit is what a number counts: a product of powers of base units, such as
// "money/customer/yr". Dimensionless units keep the word that prints them:
// "share", "count" or "ratio". Two units are the same when their powers are.
type Unit struct {
	dims dims
	word string
}

type dims [len(bases)]int8

// bases are the base units: printed above a fraction line, and below it.
var bases = [...]struct{ many, one string }{
	{"money", "money"},
	{"usd", "usd"},
	{"customers", "customer"},
	{"people", "person"},
	{"staff", "staff"},
	{"contacts", "contact"},
	{"days", "day"},
	{"months", "month"},
	{"yr", "yr"},
}

var baseIndex = func() map[string]int {
	m := make(map[string]int)
	for i, b := range bases {
		m[b.many], m[b.one] = i, i
	}
	return m
}()

// ParseUnit reads a unit: "money", "1/yr", "money/customer/yr", "money·yr",
// "share", "count", "ratio".
func ParseUnit(s string) (Unit, error) {
	switch s {
	case "share", "count", "ratio":
		return Unit{word: s}, nil
	}
	var u Unit
	for i, part := range strings.Split(s, "/") {
		if i == 0 && part == "1" {
			continue
		}
		for factor := range strings.SplitSeq(part, "·") {
			b, ok := baseIndex[factor]
			if !ok {
				return Unit{}, fmt.Errorf("unit %q: unknown part %q", s, factor)
			}
			if i == 0 {
				u.dims[b]++
			} else {
				u.dims[b]--
			}
		}
	}
	return u, nil
}

// U is ParseUnit for units written in the code; it panics on a bad one.
func U(s string) Unit {
	u, err := ParseUnit(s)
	if err != nil {
		panic(err)
	}
	return u
}

// Dimensionless reports whether u counts nothing: a share, a count, a ratio.
func (u Unit) Dimensionless() bool { return u.dims == dims{} }

// Same reports whether u and v count the same thing.
func (u Unit) Same(v Unit) bool { return u.dims == v.dims }

func (u Unit) times(v Unit, sign int8) Unit {
	for i := range u.dims {
		u.dims[i] += sign * v.dims[i]
	}
	u.word = ""
	return u
}

// String returns the unit in the form that ParseUnit reads; it is never empty.
func (u Unit) String() string {
	if u.Dimensionless() {
		if u.word != "" {
			return u.word
		}
		return "ratio"
	}
	var num, den []string
	for i, n := range u.dims {
		for ; n > 0; n-- {
			num = append(num, bases[i].many)
		}
		for ; n < 0; n++ {
			den = append(den, bases[i].one)
		}
	}
	s := strings.Join(num, "·")
	if s == "" {
		s = "1"
	}
	for _, d := range den {
		s += "/" + d
	}
	return s
}
