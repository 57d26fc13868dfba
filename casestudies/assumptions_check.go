package casestudies

import (
	"errors"
	"fmt"
	"math"
	"slices"
)

var (
	families = []string{"lognormal", "logit-normal", "normal"}
	grades   = []string{"strong", "moderate", "weak", "judgement"}
	methods  = []string{"survey", "econometric", "filing", "vendor", "claims", "theory"}
)

// assumptionChecker collects what is wrong with the assumptions.
type assumptionChecker struct {
	evidence *Evidence
	ids      map[string]bool
	errs     []error
}

func (k *assumptionChecker) want(ok bool, where, want string, got any) {
	if !ok {
		k.errs = append(k.errs, fmt.Errorf("%s: want %s, got %v", where, want, got))
	}
}

// id wants an ID that was not used before in its file.
func (k *assumptionChecker) id(file, id string) string {
	where := file + ": " + id
	k.want(id != "" && !k.ids[where], where, "an id of its own", id)
	k.ids[where] = true
	return where
}

func (k *assumptionChecker) restsOn(where string, ids []string) {
	for _, id := range ids {
		_, ok := k.evidence.ByID(id)
		k.want(ok, where+": rests_on", "the id of a figure in evidence.yaml", id)
	}
}

// check returns all that is wrong with the assumptions as one error.
func (a *assumptions) check(evidence *Evidence) error {
	k := &assumptionChecker{evidence: evidence, ids: map[string]bool{}}
	for _, p := range a.Evidence {
		where := k.id("evidence", p.ID)
		k.want(p.Statement != "" && p.Unit != "" && p.Source.Title != "", where, "a statement, a unit and a source", p)
		k.want(slices.Contains(Strengths, p.Strength), where+": strength", "strong, moderate or weak", p.Strength)
		k.want(slices.Contains(methods, p.Method), where+": method", "a known method", p.Method)
	}
	for _, d := range a.Defaults {
		where := k.id("defaults", d.ID)
		k.want(d.Parameter != "" && d.Unit != "" && d.Why != "", where, "a name, a unit and a reason", d)
		last := math.Inf(-1)
		for _, x := range []*float64{d.Low, d.Mode, d.Median, d.High} {
			if x != nil {
				k.want(*x >= last, where, "rising values", *x)
				last = *x
			}
		}
		k.restsOn(where, d.RestsOn)
	}
	a.Priors.check(k)
	return errors.Join(k.errs...)
}

func (p *Priors) check(k *assumptionChecker) {
	for _, d := range p.Drivers {
		where := k.id("priors: driver", d.ID)
		k.want(slices.Contains(families, d.Family), where+": family", "lognormal, logit-normal or normal", d.Family)
		k.want(slices.Contains(grades, d.Grade), where+": grade", "a known grade", d.Grade)
		k.want(d.Dimension > 0, where+": dimension", "a dimension above 0", d.Dimension)
		k.want(d.Label != "" && d.Unit != "" && d.Meaning != "" && d.Basis != "", where, "label, unit, meaning and basis", d)
		if d.Low != 0 || d.High != 0 { // both zero: computed
			ok := d.Low < d.High
			switch d.Family {
			case "lognormal":
				ok = ok && d.Low > 0
			case "logit-normal":
				ok = ok && d.Low > 0 && d.High < 1
			}
			k.want(ok, where, "low below high, inside the family's range", [2]float64{d.Low, d.High})
		}
		k.restsOn(where, d.RestsOn)
	}
	for _, c := range p.Constants {
		where := k.id("priors: constant", c.ID)
		k.want(c.Min <= c.Value && c.Value <= c.Max, where, "min ≤ value ≤ max", [3]float64{c.Min, c.Value, c.Max})
		k.want(slices.Contains(grades, c.Grade), where+": grade", "a known grade", c.Grade)
		k.want(c.Label != "" && c.Unit != "" && c.Basis != "", where, "label, unit and basis", c)
		k.restsOn(where, c.RestsOn)
	}
	last := 0.0
	for _, t := range p.Tiers {
		where := k.id("priors: tier", t.Label)
		k.want(t.Mid > last, where+": mid", "rising revenue", t.Mid)
		last = t.Mid
		k.want(0 < t.ChanceLow && t.ChanceLow < t.ChanceHigh && t.ChanceHigh < 1, where, "0 < chance_low < chance_high < 1", [2]float64{t.ChanceLow, t.ChanceHigh})
		k.want(t.CostMedian > 0 && t.CostLogSD > 0, where, "cost_median and cost_log_sd above 0", [2]float64{t.CostMedian, t.CostLogSD})
		k.restsOn(where, t.RestsOn)
	}
	k.want(len(p.Tiers) >= 2, "priors: tiers", "at least two", len(p.Tiers))
	for _, m := range p.Sectors {
		where := k.id("priors: sector", m.Sector)
		k.want(slices.Contains(Sectors, m.Sector), where, "a known sector", m.Sector)
		k.want(m.Value > 0 && m.Value < 100, where, "a multiple above 0", m.Value)
		k.restsOn(where, m.RestsOn)
	}
}
