package company

import (
	"fmt"
	"math"
	"strings"
	"unicode"
	"unicode/utf8"

	"casebuilder/casebuilder/diag"
	"casebuilder/casebuilder/money"
)

// Rules is what a profile is checked against that this package does not know.
// A nil list is not checked.
type Rules struct {
	Estimates []EstimateSpec // what may be estimated
	Cases     []string       // IDs of the case library
	Rates     []string       // currencies with a published rate of exchange
	Prices    int            // last year of the table of prices and rates; 0 asks nothing
}

// Validate checks a profile, each value by itself and the values against each
// other. Problems make a profile unusable; warnings are for its reader to look
// at. Both name their field by its ID, in the order of the file, and have no
// place: a reader of files adds it. A value that is not set is a problem only
// where its field is required.
func Validate(p *Profile, rules Rules) (problems, warnings diag.List) {
	c := &checker{p: p, rules: rules}
	for i := range Fields {
		c.field(&Fields[i])
	}
	c.company()
	c.customers()
	c.economics()
	c.staffing()
	c.security()
	c.estimates()
	c.appetite()
	c.options()
	c.ownership()
	c.replay()
	c.reviewed()
	c.paper()
	return c.problems, c.warnings
}

// checker collects what is wrong with a profile.
type checker struct {
	p                  *Profile
	rules              Rules
	problems, warnings diag.List
}

func (c *checker) bad(field, want, got, hint string) {
	c.problems.Add(diag.Problem{Field: field, Want: want, Got: got, Hint: hint})
}

func (c *checker) warn(field, want, got, hint string) {
	c.warnings.Add(diag.Problem{Field: field, Want: want, Got: got, Hint: hint})
}

// Nothing is what a problem got where a value is missing.
const Nothing = "nothing"

// missing reports a required value that is not there.
func (c *checker) missing(id string, f *Field) {
	c.bad(id, f.Want, Nothing, "needed because "+f.Needed)
}

// show prints a value for a message, in its unit.
func show(unit string, v float64) string {
	switch {
	case math.IsNaN(v) || math.IsInf(v, 0):
		return fmt.Sprint(v)
	case unit == "share":
		return money.English.MeasuredShare(v)
	}
	return money.English.Exact(v)
}

// field checks one field of Fields by itself.
func (c *checker) field(f *Field) {
	switch f.Kind {
	case Quantity:
		c.number(f.ID, f, *f.Number(c.p))
	case Text:
		c.text(f.ID, f, *f.Text(c.p))
	case Word:
		if s := *f.Text(c.p); s != "" || f.Needed != "" {
			c.word(f.ID, f, s)
		}
	case Words, Texts:
		c.list(f.ID, f, *f.List(c.p))
	case Day:
		c.day(f.ID, *f.Day(c.p))
	}
}

// number checks a number against its field: set where required, in range, and
// in order where it is a range.
func (c *checker) number(id string, f *Field, n Number) {
	if !n.Set {
		if f.Needed != "" {
			c.missing(id, f)
		}
		return
	}
	if n.Source != "" {
		c.line(id+".source", n.Source)
	}
	if !n.Ranged {
		c.value(id, f, n.Value)
		return
	}
	if !f.Ranges {
		c.bad(id, f.Want, "a range", "write a plain number")
		return
	}
	c.value(id+".low", f, n.Low)
	if n.HasMode {
		c.value(id+".mode", f, n.Value)
	}
	c.value(id+".high", f, n.High)
	c.order(id, f.Unit, n)
}

// order checks that a range rises.
func (c *checker) order(id, unit string, n Number) {
	switch {
	case n.Low <= n.Value && n.Value <= n.High:
	case !n.HasMode || n.High < n.Low:
		c.bad(id, "low at most high", "low "+show(unit, n.Low)+", high "+show(unit, n.High), "")
	default:
		c.bad(id, "low, mode and high in rising order",
			fmt.Sprintf("low %s, mode %s, high %s", show(unit, n.Low), show(unit, n.Value), show(unit, n.High)), "")
	}
}

// value checks one number against the range of its field.
func (c *checker) value(id string, f *Field, v float64) {
	in := v >= f.Min && v <= f.Max && !(f.Above && v == f.Min) && !(f.Below && v == f.Max)
	if in && (!f.Whole || v == math.Trunc(v)) {
		return
	}
	c.bad(id, f.Want, show(f.Unit, v), "")
}

// text checks a line of text.
func (c *checker) text(id string, f *Field, s string) {
	if s == "" {
		if f.Needed != "" {
			c.missing(id, f)
		}
		return
	}
	c.line(id, s)
}

// line checks that a text can be printed as one line.
func (c *checker) line(id, s string) {
	if n := len([]rune(s)); n > MaxText {
		c.bad(id, fmt.Sprintf("at most %s characters", money.English.Count(MaxText)), money.English.Count(float64(n))+" characters", "shorten it")
		return
	}
	switch r := unprintable(s); {
	case !utf8.ValidString(s):
		c.bad(id, "UTF-8 text", "other bytes", "")
	case r == '\n' || r == '\r':
		c.bad(id, "one line of text", "a line break", "write it as one line")
	case r >= 0:
		c.bad(id, "text that can be printed", fmt.Sprintf("the control character %U", r), "take the character out")
	case s != strings.TrimSpace(s):
		c.bad(id, "text without spaces around it", diag.Quote(s), "")
	}
}

// unprintable returns the first character of s that no paper can show: control
// characters, marks that reorder text, and what XML cannot hold; -1 when there
// is none.
func unprintable(s string) rune {
	for _, r := range s {
		switch {
		case unicode.IsControl(r), r >= 0x202a && r <= 0x202e, r >= 0x2066 && r <= 0x2069,
			r == 0x2028, r == 0x2029, r == 0xfeff, r == 0xfffe, r == 0xffff:
			return r
		}
	}
	return -1
}

// word checks a word against its vocabulary.
func (c *checker) word(id string, f *Field, s string) {
	for _, w := range f.Words {
		if s == w {
			return
		}
	}
	if s == "" {
		c.missing(id, f)
		return
	}
	c.bad(id, "one of "+strings.Join(f.Words, ", "), diag.Quote(s), didYouMean(s, f.Words))
}

// didYouMean offers the nearest of the candidates, if one is near.
func didYouMean(s string, candidates []string) string {
	if near := diag.Nearest(s, candidates); near != "" {
		return "did you mean " + near + "?"
	}
	return ""
}

// list checks a list of words or of lines of text. An element has the ID of
// the list and its position from 1.
func (c *checker) list(id string, f *Field, list []string) {
	if len(list) == 0 && f.Needed != "" {
		c.missing(id, f)
	}
	if len(list) > MaxList {
		c.bad(id, fmt.Sprintf("at most %d elements", MaxList), fmt.Sprint(len(list)), "")
		return
	}
	seen := map[string]bool{}
	for i, s := range list {
		at := fmt.Sprintf("%s.%d", id, i+1)
		switch {
		case s == "":
			c.bad(at, "a text", "an empty element", "")
		case seen[s]:
			c.bad(at, "each element once", diag.Quote(s)+" again", "")
		case f.Kind == Words:
			c.word(at, f, s)
		default:
			c.line(at, s)
		}
		seen[s] = true
	}
}

// The days that a company file may hold.
var firstDay, lastDay = NewDate(1990, 1, 1), NewDate(2100, 12, 31)

func (c *checker) day(id string, d Date) {
	if !d.IsZero() && (d.Before(firstDay.Time) || d.After(lastDay.Time)) {
		c.bad(id, fmt.Sprintf("a date from %v to %v", firstDay, lastDay), d.String(), "")
	}
}
