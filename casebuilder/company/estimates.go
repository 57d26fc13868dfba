package company

import (
	"fmt"
	"math"

	"casebuilder/casebuilder/diag"
	"casebuilder/casebuilder/money"
)

// EstimateSpec is something that a company may estimate itself: a driver of
// the model, or one of its constants.
type EstimateSpec struct {
	ID     string  // driver without "driver.", or the ID of a constant
	Family string  // of a driver: "lognormal", "logit-normal" or "normal"; "" for a constant
	Unit   string  // "share", "1/yr", "money" …
	Min    float64 // the range of a constant, and of a driver where Max is above Min
	Max    float64
	// Reaction says that the driver has a size only where customers react, so
	// that "no effect" is not a value of its own.
	Reaction bool
}

// EventProbability is another way to give the driver EventRate: the chance of
// at least one incident in a year, which the model turns into a rate.
const (
	EventProbability = "event_probability"
	EventRate        = "event_rate"
)

// Constant reports whether the spec is that of a constant of the model.
func (s EstimateSpec) Constant() bool { return s.Family == "" }

// Read reads a number as people write it into the unit of the estimate. Where
// ok is false the hint says how to write it.
func (s EstimateSpec) Read(text string) (v float64, hint string, ok bool) {
	return readNumber(text, s.Unit, 1, false)
}

// FindEstimate returns the spec of an ID under "estimates". Where there is an
// EventRate there is an EventProbability.
func FindEstimate(specs []EstimateSpec, id string) (EstimateSpec, bool) {
	for _, s := range specs {
		if s.ID == id {
			return s, true
		}
		if s.ID == EventRate && id == EventProbability {
			return EstimateSpec{ID: EventProbability, Family: s.Family, Unit: "share"}, true
		}
	}
	return EstimateSpec{}, false
}

// estimateIDs returns what may stand under "estimates".
func estimateIDs(specs []EstimateSpec) []string {
	var ids []string
	for _, s := range specs {
		if s.ID == EventRate {
			ids = append(ids, EventProbability)
		}
		ids = append(ids, s.ID)
	}
	return ids
}

func (c *checker) estimates() {
	if n := len(c.p.Estimates); n > MaxEstimates {
		c.bad("estimates", fmt.Sprintf("at most %d estimates", MaxEstimates), fmt.Sprint(n), "")
		return
	}
	given := map[string]bool{}
	for _, e := range c.p.Estimates {
		at := "estimates." + e.ID
		if given[e.ID] {
			c.bad(at, "each estimate once", diag.Quote(e.ID)+" again", "")
			continue
		}
		given[e.ID] = true
		if e.Number.Source != "" {
			c.line(at+".source", e.Number.Source)
		}
		if c.rules.Estimates == nil {
			continue
		}
		spec, ok := FindEstimate(c.rules.Estimates, e.ID)
		switch {
		case !ok:
			c.bad(at, "a driver or a constant of the model", diag.Quote(e.ID), didYouMean(e.ID, estimateIDs(c.rules.Estimates)))
		case !e.Number.Set:
			c.bad(at, spec.want(), Nothing, "leave the line out to use the library's value")
		case spec.Constant():
			c.constant(at, spec, e.Number)
		default:
			c.driver(at, spec, e.Number)
		}
	}
	if given[EventRate] && given[EventProbability] {
		c.bad("estimates."+EventRate, "event_rate or event_probability", "both", "they are two ways to write one driver: leave one out")
	}
}

// constant checks an estimate of a constant: a plain number in its range.
func (c *checker) constant(at string, s EstimateSpec, n Number) {
	switch {
	case n.Ranged:
		c.bad(at, s.want(), "a range", "a constant of the model is a plain number")
	case !(n.Value >= s.Min && n.Value <= s.Max):
		c.bad(at, s.want(), show(s.Unit, n.Value), "")
	}
}

// bounds returns between what an estimate of a driver must lie; neither end
// belongs to it, but for a Max of its own.
func (s EstimateSpec) bounds() (low, high float64) {
	switch {
	case s.Family == "normal":
		return math.Inf(-1), math.Inf(1)
	case s.Family == "logit-normal", s.ID == EventProbability:
		return 0, 1
	}
	return 0, math.Inf(1)
}

// want names what an estimate may be.
func (s EstimateSpec) want() string {
	low, high := s.bounds()
	switch {
	case s.Constant():
		return fmt.Sprintf("a number from %s to %s", show(s.Unit, s.Min), show(s.Unit, s.Max))
	case s.Max > s.Min:
		return fmt.Sprintf("a number above %s, at most %s", show(s.Unit, max(low, s.Min)), show(s.Unit, s.Max))
	case high == 1:
		return "a share above 0% and below 100%"
	case low == 0:
		return "a number above 0"
	}
	return "a number"
}

// driver checks an estimate of a driver: inside what its family can be, low
// below high; a mode far from the middle of the distribution is a warning.
func (c *checker) driver(at string, s EstimateSpec, n Number) {
	low, high := s.bounds()
	ok := true
	check := func(field string, v float64) {
		if v > low && v < high && !(s.Max > s.Min && (v < s.Min || v > s.Max)) {
			return
		}
		ok = false
		hint := ""
		switch {
		case v == 0 && s.Reaction:
			hint = `"no effect" is the work of the estimate reaction: give here the size of an effect that there is`
		case v == 0 && low == 0:
			hint = "write the smallest value that you hold possible"
		}
		c.bad(field, s.want(), show(s.Unit, v), hint)
	}
	if !n.Ranged {
		check(at, n.Value)
		return
	}
	check(at+".low", n.Low)
	check(at+".high", n.High)
	if n.HasMode {
		check(at+".mode", n.Value)
	}
	if !ok {
		return
	}
	if n.Low == n.High {
		c.bad(at, "low below high", "low "+show(s.Unit, n.Low)+", high "+show(s.Unit, n.High), "write one number where there is no doubt about the median")
		return
	}
	if c.order(at, s.Unit, n); n.HasMode && n.Low <= n.Value && n.Value <= n.High {
		if q1, median, q3 := s.quartiles(n.Low, n.High); n.Value < q1 || n.Value > q3 {
			c.warn(at+".mode", fmt.Sprintf("a mode near the median of the range, %s", show(s.Unit, money.Round(median, 6))), show(s.Unit, n.Value),
				"the model uses low and high, and its median is "+roughly(s.Unit, median))
		}
	}
}

// roughly prints a number at two figures.
func roughly(unit string, v float64) string {
	return money.English.Format(unit, money.Currency{}).Number(v)
}

// quartiles returns the middle half and the median of the distribution with
// that 90% interval: normal on the logarithm, the logit, or the number itself
// (model.md section 3). A chance in a year is the lognormal rate that it stands
// for.
func (s EstimateSpec) quartiles(low, high float64) (q1, median, q3 float64) {
	t, back := func(x float64) float64 { return x }, func(x float64) float64 { return x }
	switch {
	case s.ID == EventProbability:
		t, back = func(p float64) float64 { return math.Log(-math.Log1p(-p)) }, func(x float64) float64 { return -math.Expm1(-math.Exp(x)) }
	case s.Family == "lognormal":
		t, back = math.Log, math.Exp
	case s.Family == "logit-normal":
		t, back = func(p float64) float64 { return math.Log(p / (1 - p)) }, func(x float64) float64 { return 1 / (1 + math.Exp(-x)) }
	}
	const z90, z50 = 1.6448536269514722, 0.6744897501960817 // normal quantiles of 95% and 75%
	mu, sigma := (t(low)+t(high))/2, (t(high)-t(low))/(2*z90)
	return back(mu - z50*sigma), back(mu), back(mu + z50*sigma)
}
