package results

import (
	"cmp"
	"fmt"
	"maps"
	"math"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"casebuilder/casebuilder/company"
	"casebuilder/casebuilder/diag"
)

// Limits of what a case may hold.
const (
	maxText   = 5000 // characters of one text
	maxList   = 20000
	maxNumber = 1e21
	// maxProblems bounds how many problems are told: a file that is wrong in
	// every figure is wrong in one way.
	maxProblems = 50
)

// Verdicts are what a case can come to.
var Verdicts = []string{"favourable", "neutral", "unfavourable"}

// nothing is the ID of doing nothing.
const nothing = "nothing"

// Check returns what is wrong with a case: values out of bounds, and parts
// that do not fit each other.
func (b *BusinessCase) Check() diag.List {
	c := &checker{}
	c.bounds("", reflect.ValueOf(b).Elem())
	if len(c.problems) > 0 {
		return c.problems
	}
	c.frame(b)
	c.figures("quantities", b.Quantities)
	c.options(b)
	c.curve("exceedance", b.Exceedance)
	for i, l := range b.Appetite {
		at := fmt.Sprintf("appetite[%d]", i)
		c.share(at+".chance", l.Chance)
		c.share(at+".today", l.Today)
		for _, id := range slices.Sorted(maps.Keys(l.Options)) {
			c.share(at+".options."+id, l.Options[id])
			c.option(b, at+".options", id)
		}
	}
	for _, id := range slices.Sorted(maps.Keys(b.Samples)) {
		if n := len(b.Samples[id]); n != b.Trials {
			c.bad("samples."+id, fmt.Sprintf("a number for each of the %d trials", b.Trials), strconv.Itoa(n))
		}
	}
	for _, id := range slices.Sorted(maps.Keys(b.Drivers)) {
		if d := b.Drivers[id]; !(d.Low <= d.Mid && d.Mid <= d.High) {
			c.bad("drivers."+id, "low, mid and high in rising order", fmt.Sprintf("%g, %g, %g", d.Low, d.Mid, d.High))
		}
	}
	return c.problems
}

type checker struct{ problems diag.List }

func (c *checker) bad(field, want, got string) {
	if len(c.problems) < maxProblems {
		c.problems.Add(diag.Problem{Field: field, Want: want, Got: got})
	}
}

func (c *checker) share(field string, v float64) {
	if !(v >= 0 && v <= 1) {
		c.bad(field, "a chance from 0 to 1", strconv.FormatFloat(v, 'g', -1, 64))
	}
}

// bounds checks every text, list and number of a value.
func (c *checker) bounds(path string, v reflect.Value) {
	switch v.Kind() {
	case reflect.String:
		if n := len([]rune(v.String())); n > maxText {
			c.bad(path, fmt.Sprintf("a text of at most %d characters", maxText), strconv.Itoa(n))
		}
	case reflect.Float64:
		if f := v.Float(); math.IsNaN(f) || math.Abs(f) > maxNumber {
			c.bad(path, "a number below 1e21 in size", strconv.FormatFloat(f, 'g', -1, 64))
		}
	case reflect.Pointer:
		if !v.IsNil() {
			c.bounds(path, v.Elem())
		}
	case reflect.Slice:
		if v.Len() > maxList {
			c.bad(path, fmt.Sprintf("at most %d elements", maxList), strconv.Itoa(v.Len()))
			return
		}
		for i := range v.Len() {
			c.bounds(fmt.Sprintf("%s[%d]", path, i), v.Index(i))
		}
	case reflect.Map:
		if v.Len() > maxList {
			c.bad(path, fmt.Sprintf("at most %d elements", maxList), strconv.Itoa(v.Len()))
			return
		}
		keys := v.MapKeys()
		slices.SortFunc(keys, func(a, b reflect.Value) int { return cmp.Compare(a.String(), b.String()) })
		for _, k := range keys {
			c.bounds(path+".key", k)
			c.bounds(join(path, k.String()), v.MapIndex(k))
		}
	case reflect.Struct:
		if v.Type() == reflect.TypeFor[company.Date]() {
			return
		}
		for i := range v.NumField() {
			if f := v.Type().Field(i); f.IsExported() {
				name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
				c.bounds(join(path, name), v.Field(i))
			}
		}
	}
}

// join puts a key behind a path; keys are cut where they are long.
func join(path, key string) string {
	if r := []rune(key); len(r) > 60 {
		key = string(r[:60]) + "…"
	}
	switch {
	case path == "":
		return key
	case key == "":
		return path
	}
	return path + "." + key
}

// frame checks what names the case.
func (c *checker) frame(b *BusinessCase) {
	if n := b.Trials; n < 256 || n > 16384 || n&(n-1) != 0 {
		c.bad("trials", "a power of two from 256 to 16384", strconv.Itoa(n))
	}
	if b.AsOf.IsZero() {
		c.bad("as_of", "a date such as 2026-12-31", "nothing")
	}
	if b.Currency == "" || b.Currency != b.Company.Company.Currency {
		c.bad("currency", "that of the company, "+diag.Quote(b.Company.Company.Currency), diag.Quote(b.Currency))
	}
	problems, _ := company.Validate(&b.Company, company.Rules{})
	for _, p := range problems {
		c.bad("company."+p.Field, p.Want, p.Got)
	}
	if len(b.Quantities) == 0 {
		c.bad("quantities", "figures", "none")
	}
	if len(b.Drivers) == 0 {
		c.bad("drivers", "drivers", "none")
	}
	if !slices.Contains(Verdicts, b.Decision.Verdict) {
		c.bad("decision.verdict", "favourable, neutral or unfavourable", diag.Quote(b.Decision.Verdict))
	}
}

func (c *checker) figures(path string, fs map[string]Figure) {
	for _, id := range slices.Sorted(maps.Keys(fs)) {
		f, at := fs[id], join(path, id)
		if f.Unit == "" {
			c.bad(at+".unit", `a unit; "share", "count" or "ratio" where there is none`, "nothing")
		}
		if f.Value == nil && f.Text == "" {
			c.bad(at+".value", "a number, or a text in its place", "neither")
		}
		if f.P5 != nil && f.P50 != nil && f.P95 != nil && !(*f.P5 <= *f.P50 && *f.P50 <= *f.P95) {
			c.bad(at, "percentiles in rising order", fmt.Sprintf("P5 %g, P50 %g, P95 %g", *f.P5, *f.P50, *f.P95))
		}
	}
}

// option wants the ID of an option, or that of doing nothing.
func (c *checker) option(b *BusinessCase, field, id string) {
	if id == nothing || slices.ContainsFunc(b.Options, func(o Option) bool { return o.ID == id }) {
		return
	}
	c.bad(field, "the ID of an option", diag.Quote(id))
}

// ofSubject are the figures of the option looked at that stand at the top as
// well, and needed those that every case has.
var (
	ofSubject = []string{"npv", "npv.p10", "npv.p50", "npv.p90", "npv.chance_positive", "cost.pv", "cost.yearly"}
	needed    = []string{"probability.year", "severity.total", "severity.marketing", "ale.total", "stake.share"}
)

// subject wants the figures of the option looked at to be the same wherever
// they stand.
func (c *checker) subject(b *BusinessCase) {
	for _, name := range needed {
		if _, ok := b.Quantities[name]; !ok {
			c.bad("quantities."+name, "a figure that every case has", "nothing")
		}
	}
	if len(b.Exceedance.Occurrence) == 0 {
		c.bad("exceedance", "the points of the curve", "none")
	}
	for i, o := range b.Options {
		if o.ID != b.Decision.Subject {
			continue
		}
		for _, name := range ofSubject {
			top, ok := b.Quantities[name]
			switch own := o.Quantities[name]; {
			case !ok:
				c.bad("quantities."+name, "the figure of the option "+o.ID, "nothing")
			case top.Value != nil && own.Value != nil && *top.Value != *own.Value:
				c.bad("quantities."+name, fmt.Sprintf("that of options[%d], %g", i, *own.Value), strconv.FormatFloat(*top.Value, 'g', -1, 64))
			}
		}
	}
}

func (c *checker) options(b *BusinessCase) {
	if len(b.Options) > company.MaxOptions {
		c.bad("options", fmt.Sprintf("at most %d options", company.MaxOptions), strconv.Itoa(len(b.Options)))
	}
	seen := map[string]bool{}
	for i, o := range b.Options {
		at := fmt.Sprintf("options[%d]", i)
		if !company.ValidID(o.ID) || o.ID == nothing || seen[o.ID] {
			c.bad(at+".id", "an ID that no other option has", diag.Quote(o.ID))
		}
		seen[o.ID] = true
		c.figures(at+".quantities", o.Quantities)
		c.curve(at+".exceedance", o.Exceedance)
		for k, y := range o.Years {
			if y.Year != k {
				c.bad(fmt.Sprintf("%s.years[%d].year", at, k), strconv.Itoa(k), strconv.Itoa(y.Year))
			}
		}
	}
	c.subject(b)
	c.option(b, "decision.recommended", b.Decision.Recommended)
	c.option(b, "decision.subject", b.Decision.Subject)
	if id := b.Decision.PriceOfAppetite; id != "" {
		c.option(b, "decision.price_of_appetite", id)
	}
}

func (c *checker) curve(path string, e Exceedance) {
	for _, k := range []struct {
		name   string
		points []Point
	}{{"occurrence", e.Occurrence}, {"annual", e.Annual}} {
		for i, p := range k.points {
			at := fmt.Sprintf("%s.%s[%d]", path, k.name, i)
			c.share(at+".chance", p.Chance)
			if i > 0 && p.Loss < k.points[i-1].Loss {
				c.bad(at+".loss", "losses in rising order", fmt.Sprintf("%g after %g", p.Loss, k.points[i-1].Loss))
			}
		}
	}
}
