package group

import (
	"encoding/json"
	"fmt"
	"math"
	"strings"

	"casebuilder/casebuilder/company"
	"casebuilder/casebuilder/diag"
	"casebuilder/casebuilder/results"
)

// Unit is what the group needs of one finished unit. Its money is in the
// unit's own currency.
type Unit struct {
	Name        string
	Company     string
	Folder      string // of its packet, as results.json does not say it
	Sector      string
	Positioning string
	Platform    string // shared with other units; "" for none
	Currency    string
	OwnRate     float64 // the unit's own units of currency for a US dollar; 0 where it gives none
	AsOf        company.Date
	Version     string // of the program
	Fingerprint string
	Seed        uint64
	Trials      int
	Owner       string // who prepared it, else whom to ask
	Classified  string // line on its papers
	Checks      int
	Failed      int // checks that do not hold
	Warnings    int

	Customers float64 // active
	Revenue   float64 // a year
	Uplift    float64 // on costs, as a share
	Discounts float64 // sum of the discount factors of years 1 to the horizon
	Horizon   float64 // years

	Chance         float64            // of an incident in a year
	IncidentP50    float64            // what one incident costs
	IncidentP5     float64            //
	IncidentP95    float64            //
	ALE            float64            // expected yearly loss
	Owners         map[string]float64 // expected yearly loss by owner
	MarginALE      float64            // marketing's, customer margin only
	Option         string             // recommended: its name, "" for doing nothing
	OptionID       string             // "nothing" for doing nothing
	Options        int                // that the unit compares, doing nothing not counted
	Verdict        string             // favourable, neutral, unfavourable
	CostYearly     float64            // of the recommended option, a year
	CostPV         float64            // over the horizon
	Avoided        float64            // loss avoided by it, over the horizon
	AvoidedByStake float64            // marketing's part of that
	NPV            float64
	NPVLow         float64 // 10th percentile
	NPVHigh        float64 // 90th percentile
	ChancePays     float64
	ALEAfter       float64
	WithinToday    bool
	WithinAfter    bool
	Grade          Grade
	Changes        []results.Change // accepted in a review

	// By trial: the rate of incidents a year and what one costs, today and
	// with the recommended option.
	Rate, Loss           []float64
	RateAfter, LossAfter []float64

	// Effects of the group's shared programmes; nil where none covers the unit.
	Effects *Effects
}

// maxTrials bounds the samples of a unit that is read.
const maxTrials = 1 << 14

// Read reads a unit from its results.json. The file comes from outside, so
// that everything that is computed with is checked.
func Read(name string, data []byte) (*Unit, error) {
	var r results.BusinessCase
	if err := json.Unmarshal(data, &r); err != nil {
		return nil, unreadable(name, "JSON that cannot be read: "+diag.Printable(err.Error()))
	}
	if r.Schema != results.Schema {
		return nil, unreadable(name, fmt.Sprintf("schema %d", r.Schema))
	}
	u := Of(&r)
	if problem := u.check(); problem != "" {
		return nil, unreadable(name, problem)
	}
	return u, nil
}

func unreadable(name, got string) error {
	return diag.List{{Place: diag.Place{File: name}, Want: "the results of a unit, as build and batch write them", Got: got, Hint: "build the unit again"}}
}

// Of takes what the group needs from the results of a unit. The samples are
// shared with them.
func Of(r *results.BusinessCase) *Unit {
	p := &r.Company
	u := &Unit{
		Name: p.Company.Unit, Company: p.Company.Name, Sector: p.Company.Sector, Positioning: p.Company.Positioning,
		Platform: p.Company.SharedPlatform, Currency: r.Currency, AsOf: r.AsOf, Version: r.Tool.Version, Fingerprint: r.Fingerprint,
		Seed: r.Seed, Trials: r.Trials, Owner: p.Paper.PreparedBy, Classified: p.Paper.Classification, Checks: len(r.Checks), Warnings: len(r.Warnings),
		Customers: p.Customers.Active.Value, Revenue: p.Economics.Revenue.Value, Uplift: p.Economics.CostUplift.Value,
		Horizon: p.Economics.Horizon.Value, Options: len(r.Options),
		OptionID: r.Decision.Recommended, Verdict: r.Decision.Verdict, WithinToday: r.Decision.WithinToday, WithinAfter: r.Decision.WithinAfter,
		Owners: map[string]float64{}, Grade: gradeOf(p),
		Rate: r.Samples["driver.event_rate"], Loss: r.Samples["severity.total"],
		RateAfter: r.Samples["after.driver.event_rate"], LossAfter: r.Samples["after.severity.total"],
	}
	if p.Company.PerUSD.Set {
		u.OwnRate = p.Company.PerUSD.Value
	}
	if u.Owner == "" {
		u.Owner = p.Paper.Contact
	}
	for _, c := range r.Checks {
		if !c.OK {
			u.Failed++
		}
	}
	if r.Review != nil {
		u.Changes = r.Review.Changes
	}
	value := func(of map[string]results.Figure, id string) float64 {
		if f, ok := of[id]; ok && f.Value != nil {
			return *f.Value
		}
		return 0
	}
	q := func(id string) float64 { return value(r.Quantities, id) }
	u.Discounts = q("discount.sum")
	u.Chance, u.ALE, u.MarginALE = q("probability.year"), q("ale.total"), q("ale.marketing_margin")
	for _, o := range company.OwnerNames {
		if v := q("ale." + o); v != 0 {
			u.Owners[o] = v
		}
	}
	u.IncidentP5, u.IncidentP50, u.IncidentP95 = q("severity.total.p5"), q("severity.total.p50"), q("severity.total.p95")
	u.ALEAfter = u.ALE
	for i := range r.Options {
		o := &r.Options[i]
		if o.ID != u.OptionID {
			continue
		}
		v := func(id string) float64 { return value(o.Quantities, id) }
		u.Option = o.Name
		u.CostYearly, u.CostPV, u.Avoided, u.AvoidedByStake = v("cost.yearly"), v("cost.pv"), v("avoided.pv"), v("avoided.marketing.pv")
		u.NPV, u.NPVLow, u.NPVHigh, u.ChancePays, u.ALEAfter = v("npv"), v("npv.p10"), v("npv.p90"), v("npv.chance_positive"), v("ale.total")
	}
	if u.RateAfter == nil {
		u.RateAfter = u.Rate
	}
	if u.LossAfter == nil {
		u.LossAfter = u.Loss
	}
	return u
}

// check says what stands in the way of computing with the unit, "" for nothing.
func (u *Unit) check() string {
	n := len(u.Rate)
	switch {
	case strings.TrimSpace(u.Name) == "":
		return "a case without the name of a unit"
	case n == 0 || n > maxTrials || len(u.Loss) != n || len(u.RateAfter) != n || len(u.LossAfter) != n:
		return "samples that are missing, or of different lengths"
	}
	for _, column := range [][]float64{u.Rate, u.Loss, u.RateAfter, u.LossAfter} {
		for _, v := range column {
			if !(math.Abs(v) < 1e15) {
				return fmt.Sprintf("a sample of %g", v)
			}
		}
	}
	for _, rate := range [][]float64{u.Rate, u.RateAfter} {
		for _, v := range rate {
			if v < 0 || v > maxRate {
				return fmt.Sprintf("a rate of %g incidents a year", v)
			}
		}
	}
	for _, v := range []float64{u.Customers, u.Revenue, u.Uplift, u.Discounts, u.Horizon, u.Chance, u.ALE, u.ALEAfter, u.CostPV, u.Avoided, u.NPV, u.OwnRate} {
		if math.IsNaN(v) || math.Abs(v) > 1e18 {
			return fmt.Sprintf("a figure of %g", v)
		}
	}
	return ""
}

// maxRate bounds the rate of incidents a year of a unit that is read; a
// company file may say 50.
const maxRate = 1e4

// Marketing is marketing's part of the expected yearly loss.
func (u *Unit) Marketing() float64 { return u.Owners["marketing"] }
