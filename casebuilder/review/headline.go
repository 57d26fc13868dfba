package review

import (
	"fmt"
	"math"
	"strings"

	"casebuilder/casebuilder/model"
	"casebuilder/casebuilder/money"
)

// Figure is one figure of the headline: as filed, as it is by the company file
// now, and with the changes that were taken in.
type Figure struct {
	ID               string // in results: "npv"
	Label            string
	Unit             string // "money", "money/yr", "share"
	Filed, Now, With float64
}

// Figures returns the headline. The net present value is left out where there
// are no options.
func (r *Report) Figures() []Figure {
	of := func(id, label, unit string, pick func(model.Headline) float64) Figure {
		return Figure{id, label, unit, pick(r.Filed), pick(r.Now), pick(r.With)}
	}
	fs := []Figure{
		of("probability.year", "Chance of an incident in a year", "share", func(h model.Headline) float64 { return h.Chance }),
		of("severity.total.p50", "What one incident costs (median)", "money", func(h model.Headline) float64 { return h.Incident }),
		of("severity.marketing.p50", "Marketing's part of it (median)", "money", func(h model.Headline) float64 { return h.Marketing }),
		of("ale.total", "Expected loss in a year", "money/yr", func(h model.Headline) float64 { return h.Expected }),
	}
	if r.Profile != nil && len(r.Profile.Options) > 0 {
		fs = append(fs, of("npv", "NPV of the option looked at", "money", func(h model.Headline) float64 { return h.NPV }))
	}
	return append(fs, of("stake.share", "Marketing's stake", "share", func(h model.Headline) float64 { return h.Stake }))
}

// Print prints a figure at two significant digits: "£9.3m".
func (r *Report) Print(unit string, v float64) string { return r.format(unit).Number(v) }

func (r *Report) format(unit string) money.Format {
	c, ok := money.LookUp(r.Currency)
	if !ok {
		c = money.Currency{Code: r.Currency}
	}
	return money.English.Format(strings.TrimSuffix(unit, "/yr"), c)
}

// Effect prints a difference with its sign, a share in points: "−£180k",
// "+1.2 points", "none".
func (r *Report) Effect(unit string, from, to float64) string {
	d := to - from
	if math.Abs(d) <= 1e-9*math.Max(math.Abs(from), math.Abs(to)) {
		return "none"
	}
	sign := "+"
	if d < 0 {
		sign = "−"
	}
	if unit == "share" {
		if d = math.Abs(d) * 100; d < 0.01 {
			return "under 0.01 points"
		}
		return sign + points(d)
	}
	return sign + r.Print(unit, math.Abs(d))
}

// points prints points at two significant digits.
func points(v float64) string {
	s := money.English.Number(v)
	if s == "1" || s == "1.0" {
		return "1.0 points"
	}
	return s + " points"
}

// Option names an option for a reader: its name, or "Doing nothing".
func (r *Report) Option(id string) string {
	if r.Profile != nil {
		for _, o := range r.Profile.Options {
			if o.ID == id {
				return o.Name
			}
		}
	}
	if id == "nothing" {
		return "Doing nothing"
	}
	return id
}

// Counts says what became of the edits: "3 changes taken in, 1 refused".
func (r *Report) Counts() string {
	parts := []string{many(len(r.Changes), "change", "changes") + " taken in"}
	add := func(n int, s string) {
		if n > 0 {
			parts = append(parts, s)
		}
	}
	add(len(r.Refused), fmt.Sprintf("%d refused", len(r.Refused)))
	add(len(r.Conflicts), many(len(r.Conflicts), "conflict", "conflicts"))
	add(len(r.Settled), fmt.Sprintf("%d in the company file already", len(r.Settled)))
	return strings.Join(parts, ", ")
}

func many(n int, one, more string) string {
	switch n {
	case 0:
		return "no " + one
	case 1:
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, more)
}
