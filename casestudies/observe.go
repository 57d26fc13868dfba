package casestudies

import (
	"math"
	"slices"
	"strings"
)

// maxShare is what an observed share of 1 enters as: a logit has no one.
const maxShare = 0.98

// Vote is what one case says about one driver of the model. A case has one
// vote a driver.
type Vote struct {
	Case     *Case
	Value    float64 // as it enters: inside the driver's range; for the reaction 1 (seen) or 0 (none seen)
	Raw      float64 // as the case has it
	Strength string  // strong, moderate, weak
	Basis    string
	Sources  []string // IDs of the case's sources
}

// Factor returns the weight of the vote's strength: a half for a weak one.
func (v Vote) Factor() float64 {
	if v.Strength == "weak" {
		return weakStrength
	}
	return 1
}

// Votes returns what the cases say about a driver, in the order of their IDs;
// none for a driver that does not learn.
//
// The rules are those of model.md section 3. "reaction" learns from whether an
// effect was seen or looked for and not found. The size of an effect is
// conditional on a reaction, so that zeros say nothing about it. A share of 1
// enters as 0.98. Cases without exposed data inform closed_days alone.
//
// Where a case has several observations of a driver, as a company with two
// shops that were closed for different times, the best founded ones are
// averaged on the driver's scale (logarithm or logit): one case, one vote.
func (l *Library) Votes(d Driver) []Vote {
	if !d.Learns {
		return nil
	}
	var out []Vote
	for _, c := range l.Cases {
		if c.Model.Kind == "outage_only" && d.ID != "closed_days" {
			continue
		}
		if d.ID == "reaction" {
			if r := c.Model.Reaction; r.Seen != nil {
				v := 0.0
				if *r.Seen {
					v = 1
				}
				out = append(out, Vote{Case: c, Value: v, Raw: v, Strength: r.Strength, Basis: r.Why, Sources: r.Sources})
			}
			continue
		}
		o, ok := c.observation(d.ID, func(o Observation) bool { return o.Value > 0 })
		if !ok {
			continue
		}
		v := o.Value
		if d.Family == "logit-normal" {
			v = min(v, maxShare)
		}
		out = append(out, Vote{Case: c, Value: v, Raw: o.Value, Strength: o.Strength, Basis: o.Basis, Sources: o.Sources})
	}
	return out
}

// observation returns the case's one observation of a driver among those that
// take accepts: where there are several, the best founded averaged.
func (c *Case) observation(driver string, take func(Observation) bool) (Observation, bool) {
	var best []Observation
	for _, o := range c.Observed(driver) {
		if !take(o) {
			continue
		}
		switch {
		case len(best) == 0 || rank(o.Strength) < rank(best[0].Strength):
			best = []Observation{o}
		case rank(o.Strength) == rank(best[0].Strength):
			best = append(best, o)
		}
	}
	if len(best) == 0 {
		return Observation{}, false
	}
	out := best[0]
	if len(best) == 1 {
		return out, true
	}
	values := make([]float64, len(best))
	bases := make([]string, len(best))
	out.Sources = nil
	for i, o := range best {
		values[i], bases[i] = o.Value, o.Basis
		for _, s := range o.Sources {
			if !slices.Contains(out.Sources, s) {
				out.Sources = append(out.Sources, s)
			}
		}
	}
	out.Value = centre(values, isShare(driver))
	out.Basis = strings.Join(bases, "; ")
	return out, true
}

// rank returns the place of a strength, the best first.
func rank(strength string) int { return slices.Index(Strengths, strength) }

func isShare(driver string) bool {
	for _, o := range observables {
		if o.driver == driver {
			return o.unit == share
		}
	}
	return false
}

// centre returns the mean of values on the scale of their driver, the logit of
// a share and else the logarithm; on the plain scale where one of them has
// neither.
func centre(values []float64, share bool) float64 {
	plain, sum := 0.0, 0.0
	for _, x := range values {
		plain += x / float64(len(values))
		if share {
			sum += math.Log(x / (1 - x))
		} else {
			sum += math.Log(x)
		}
	}
	mean := sum / float64(len(values))
	switch {
	case math.IsNaN(mean) || math.IsInf(mean, 0):
		return plain
	case share:
		return 1 / (1 + math.Exp(-mean))
	}
	return math.Exp(mean)
}
