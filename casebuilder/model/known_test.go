package model

import (
	"math"
	"slices"
	"testing"

	"casebuilder/casebuilder/company"
	"casebuilder/casebuilder/quantity"
	"casebuilder/casestudies"
)

func solve(t testing.TB, p *company.Profile) *Case {
	t.Helper()
	c, err := newModel(t, p, nil).Solve()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// scalars evaluates the graph without drawing: one trial, every draw at 0.
func scalars(t *testing.T, p *company.Profile) *quantity.Run {
	t.Helper()
	return newModel(t, p, nil).graph.Run(quantity.Options{Trials: 1, Fill: func(_ quantity.ID, _ int, dst []float64) { clear(dst) }})
}

// Expected margin over n years, first margin a year away (MKT-02): with margin
// 100, retention 0.8 and rate 0.1 it is 164.09 over 3 years, 212.41 over 5.
func TestCustomerValue(t *testing.T) {
	for _, c := range []struct{ years, want float64 }{{3, 164.09}, {5, 212.41}, {1, 100 * 0.8 / 1.1}} {
		p := alder()
		p.Customers.Active, p.Customers.Retention = given(1000), given(0.8)
		p.Economics.Revenue, p.Economics.ContributionMargin, p.Economics.MarginPremium = given(1e6), given(0.1), given(0.01)
		p.Economics.DiscountRate, p.Economics.Horizon = given(0.1), given(c.years)
		near(t, "customer.value", scalars(t, p).Value("customer.value"), c.want, 0.005)
	}
}

// Interpolation between the revenue tiers (model.md section 3): at 400M dollars
// the rate is 0.01673 to 0.13284 before the sector multiple, the contained
// median 471,408 dollars, the log-sd 1.8271. Beyond the ends it is flat.
func TestTiers(t *testing.T) {
	at := func(revenue float64) *quantity.Run {
		p := alder()
		p.Company.Currency, p.Company.Sector = "USD", "other"
		p.Economics.Revenue = given(revenue)
		return scalars(t, p)
	}
	r := at(400e6)
	near(t, "rate, low", r.Value("driver.event_rate.prior_low"), 0.01673, 5e-6)
	near(t, "rate, high", r.Value("driver.event_rate.prior_high"), 0.13284, 5e-6)
	near(t, "contained median", math.Exp(r.Value("contained.mu")), 471_408, 0.5)
	near(t, "contained log-sd", r.Value("contained.sigma"), 1.8271, 5e-5)
	near(t, "flat below", at(1e5).Value("driver.event_rate.prior_low"), -math.Log(1-0.005), 1e-12)
	near(t, "flat above", at(1e13).Value("driver.event_rate.prior_high"), -math.Log(1-0.35), 1e-12)
	near(t, "a mid-point is its tier", math.Exp(at(math.Sqrt(1e8*1e9)).Value("contained.mu")), 400_000, 1e-3)
}

// Two cuts of one driver, (5%, 20%, 35%) and (10%, 35%, 60%), combine to
// (14.5%, 48%, 74%); at z = −1 the cut is 27.63%, at 1 63.81%, at 1.2 65%,
// which is the most that the rate can be cut.
func TestCutsCombine(t *testing.T) {
	p := alder()
	for _, c := range []struct{ z, want float64 }{{0, 0.48}, {-1, 0.2763}, {1, 0.6381}, {1.2, 0.65}, {3, 0.65}, {-9, 0}} {
		run := newModel(t, p, nil).graph.Run(quantity.Options{Trials: 1, Fill: func(of quantity.ID, _ int, dst []float64) {
			clear(dst)
			if of == "draw.21" {
				dst[0] = c.z
			}
		}})
		near(t, "low", run.Value("options.core.cut.event_probability.low"), 0.145, 1e-12)
		near(t, "high", run.Value("options.core.cut.event_probability.high"), 0.74, 1e-12)
		near(t, "cut", run.Value("options.core.cut.event_probability"), c.want, 6e-5)
		near(t, "rate", run.Value("options.core.driver.event_rate"), run.Value("driver.event_rate")*(1-run.Value("options.core.cut.event_probability")), 1e-15)
	}
}

// Discounted years in effect at 9% over 3 years: 2.53129 from the start,
// 2.07258 from month 6.
func TestYearsInEffect(t *testing.T) {
	r := scalars(t, alder())
	near(t, "from the start", r.Value("options.minimum.effect.years"), 2.53129, 5e-6)
	near(t, "from month 6", r.Value("options.core.effect.years"), 2.07258, 5e-6)
}

// The year table of an option, by hand: 120,000 once; 60,000 a year and half a
// post of 100,000; all with 10% on top. Nothing is cut.
func TestYearTableByHand(t *testing.T) {
	p := alder()
	p.Staffing.PostCost = given(100_000)
	p.Options[0].Initiatives[0].Cuts = nil
	c := solve(t, p)
	o := c.Results.Options[0]
	for i, want := range []float64{132_000, 121_000, 121_000, 121_000} {
		near(t, "cost", o.Years[i].Cost, want, 1e-6)
		near(t, "net", o.Years[i].Net, -want, 1e-6)
	}
	// 132,000 + 121,000 · 2.5312947.
	pv := 132_000 + 121_000*(1/1.09+1/(1.09*1.09)+1/(1.09*1.09*1.09))
	near(t, "cost.pv", *o.Quantities["cost.pv"].Value, pv, 1e-6)
	near(t, "npv", *o.Quantities["npv"].Value, -pv, 1e-6)
	near(t, "a control that changes nothing has ROSI −1", *o.Quantities["rosi"].Value, -1, 1e-12)
	if o.Quantities["payback_months"].Text != "not within the horizon" || o.Quantities["breakeven_rate"].Text != "never" {
		t.Errorf("payback %+v, break-even %+v", o.Quantities["payback_months"], o.Quantities["breakeven_rate"])
	}
	near(t, "ale", *o.Quantities["ale.total"].Value, *c.Results.Quantities["ale.total"].Value, 1e-9)
}

// An option that costs nothing and saves 10,000 a year pays back at once; one
// that costs 12,000 and saves 12,000 a year at no discount pays back in a year.
func TestPayback(t *testing.T) {
	p := alder()
	p.Economics.DiscountRate, p.Economics.CostUplift = given(0), given(0)
	p.Options = p.Options[:1]
	in := &p.Options[0].Initiatives[0]
	in.Cuts, in.PerYear, in.Posts = nil, given(0), given(0)
	in.OneOff, in.SavesPerYear = given(12_000), given(12_000)
	c := solve(t, p)
	near(t, "payback", *c.Results.Options[0].Quantities["payback_months"].Value, 12, 1e-9)
	in.SavesPerYear = given(24_000)
	near(t, "payback of twice as much", *solve(t, p).Results.Options[0].Quantities["payback_months"].Value, 6, 1e-9)
	in.OneOff = given(0)
	near(t, "payback of no cost", *solve(t, p).Results.Options[0].Quantities["payback_months"].Value, 0, 1e-9)
}

// The update of a driver by cases, by hand (section 3): prior μ, σ worth four
// cases; one synthetic case in every respect like the company, with a churn of
// 60%, weight 1.
func TestLibraryUpdateByHand(t *testing.T) {
	p := alder()
	people := p.Customers.OnFile.Value
	k := &casestudies.Case{ID: "synthetic-2026", Organisation: "Synthetic", Sector: "retail", Positioning: "premium", DataTypes: p.Customers.DataHeld,
		Disclosed: "2026-01-01", Sources: []casestudies.Source{{ID: "s1", Title: "T", Kind: "press"}},
		Model: casestudies.Model{Kind: "data_breach", People: &casestudies.ModelCount{Value: people, Basis: "b", Sources: []string{"s1"}},
			Observations: []casestudies.Observation{{Driver: "extra_churn", Value: 0.6, Basis: "b", Strength: "strong", Sources: []string{"s1"}}}}}
	logit := func(v float64) float64 { return math.Log(v / (1 - v)) }
	mu0, s0 := (logit(0.002)+logit(0.04))/2, (logit(0.04)-logit(0.002))/3.2897
	x := logit(0.6)
	mu := (4*mu0 + x) / 5
	sigma := math.Sqrt((4*s0*s0 + 4*(mu0-mu)*(mu0-mu) + (x-mu)*(x-mu)) / 5)
	m := newModel(t, p, &casestudies.Library{Cases: []*casestudies.Case{k}})
	r := m.graph.Run(quantity.Options{Trials: 1, Fill: func(_ quantity.ID, _ int, dst []float64) { clear(dst) }})
	near(t, "weight", r.Value("driver.extra_churn.cases_weight"), 1, 1e-12)
	near(t, "μ", r.Value("driver.extra_churn.mu"), mu, 1e-12)
	near(t, "σ", r.Value("driver.extra_churn.sigma"), sigma, 1e-12)

	// Joined to the whole library it moves the driver up, by the same formula
	// over all votes.
	lib, err := casestudies.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	with, err := lib.With([]*casestudies.Case{k})
	if err != nil {
		t.Fatal(err)
	}
	before, after := newModel(t, p, lib), newModel(t, p, with)
	one := quantity.Options{Trials: 1, Fill: func(_ quantity.ID, _ int, dst []float64) { clear(dst) }}
	rb, ra := before.graph.Run(one), after.graph.Run(one)
	n, m0 := rb.Value("driver.extra_churn.cases_weight"), rb.Value("driver.extra_churn.mu")
	near(t, "μ with the library", ra.Value("driver.extra_churn.mu"), ((4+n)*m0+x)/(5+n), 1e-9)
	if ra.Value("driver.extra_churn.p50") <= rb.Value("driver.extra_churn.p50") {
		t.Error("a case of extreme churn does not raise the churn")
	}
}

// The weights never add up to more than eight.
func TestLibraryNeverOutweighsThePrior(t *testing.T) {
	p := alder()
	var cases []*casestudies.Case
	for i := range 30 {
		k := &casestudies.Case{ID: "c" + string(rune('a'+i)), Sector: "retail", Positioning: "premium", DataTypes: p.Customers.DataHeld,
			Model: casestudies.Model{Kind: "data_breach", People: &casestudies.ModelCount{Value: p.Customers.OnFile.Value},
				Observations: []casestudies.Observation{{Driver: "extra_churn", Value: 0.01, Strength: "strong"}}}}
		cases = append(cases, k)
	}
	r := newModel(t, p, &casestudies.Library{Cases: cases}).graph.Run(quantity.Options{Trials: 1, Fill: func(_ quantity.ID, _ int, dst []float64) { clear(dst) }})
	near(t, "sum", r.Value("driver.extra_churn.cases_sum"), 30, 1e-9)
	near(t, "weight", r.Value("driver.extra_churn.cases_weight"), 8, 1e-12)
	logit := func(v float64) float64 { return math.Log(v / (1 - v)) }
	mu0 := (logit(0.002) + logit(0.04)) / 2
	near(t, "μ", r.Value("driver.extra_churn.mu"), (4*mu0+8*logit(0.01))/12, 1e-9)
}

// A plain number for a driver is its median, with the default's spread; an
// interval is taken as it stands; a chance in a year becomes a rate at both
// ends.
func TestOwnEstimates(t *testing.T) {
	p := alder()
	p.Estimates = company.Estimates{
		{ID: "closed_days", Number: given(10)},
		{ID: "contact_rate", Number: company.Between(0.02, 0.10)},
		{ID: "event_probability", Number: company.Between(0.03, 0.14)},
		{ID: "surge.window", Number: given(20)},
	}
	r := scalars(t, p)
	near(t, "median", r.Value("driver.closed_days.p50"), 10, 1e-9)
	near(t, "spread", r.Value("driver.closed_days.sigma"), math.Log(49)/3.2897, 1e-9)
	near(t, "low end", r.Value("driver.contact_rate.p5"), 0.02, 2e-5)
	near(t, "high end", r.Value("driver.contact_rate.p95"), 0.10, 2e-5)
	lo, hi := -math.Log(1-0.03), -math.Log(1-0.14)
	near(t, "rate", r.Value("driver.event_rate.p50"), math.Sqrt(lo*hi), 1e-12)
	near(t, "constant", r.Value("capacity.person"), 55*20, 1e-12)
}

// The premium multiplier needs no second run: it equals that of a parity brand
// run on its own, with the same customers and the premium taken off the
// margin.
func TestPremiumMultiplierIsASecondRun(t *testing.T) {
	p := alder()
	c := solve(t, p)
	parity := alder()
	parity.Economics.ContributionMargin, parity.Economics.MarginPremium = given(0.34-0.09), given(0)
	// A parity brand has the same history of incidents.
	c2 := solve(t, parity)
	want := c.Run.Value("severity.customer_margin") / c2.Run.Value("severity.customer_margin")
	near(t, "premium.multiplier", c.Run.Value("premium.multiplier"), want, 1e-9*want)
	near(t, "premium.arithmetic", c.Run.Value("premium.arithmetic"), 0.34/0.25, 1e-12)
}

// What is read off the trials, worked out again from the columns by loops.
func TestAggregatesFromTheColumns(t *testing.T) {
	c := solve(t, alder())
	rate, total, h := c.Run.Column("driver.event_rate"), c.Run.Column("severity.total"), c.Run.Column("switch.headline")
	n := float64(len(rate))
	meanRate, meanTotal, year, none, over := 0.0, 0.0, 0.0, 0.0, 0.0
	above := 0.0
	for _, s := range total {
		meanTotal += s / n
		if s > 5e6 {
			above += 1 / n
		}
	}
	for _, l := range rate {
		meanRate += l / n
		year += (1 - math.Exp(-l)) / n
		none += math.Exp(-3*l) / n
		over += (1 - math.Exp(-l*above)) / n
	}
	near(t, "ale.total", c.Run.Value("ale.total"), meanRate*meanTotal, 1e-6)
	near(t, "probability.year", c.Run.Value("probability.year"), year, 1e-12)
	near(t, "probability.no_incident", c.Run.Value("probability.no_incident"), none, 1e-12)
	near(t, "chance over the first level", c.Run.Value("appetite.chance@1"), over, 1e-12)
	direct, dh, dc := 0.0, c.Run.Column("amount.direct_headline"), c.Run.Column("amount.direct_contained")
	for i := range dh {
		direct += (h[i]*dh[i] + (1-h[i])*dc[i]) / n
	}
	near(t, "loss.direct_response", c.Run.Value("loss.direct_response"), direct, 1e-6)
	sorted := slices.Clone(total)
	slices.Sort(sorted)
	near(t, "median", c.Run.Value("severity.total.p50"), (sorted[2047]+sorted[2048])/2, 1e-6)
}
