package model

import (
	"math"
	"slices"
	"testing"

	"casebuilder/casebuilder/company"
	"casebuilder/casebuilder/results"
)

// The exceedance curves never rise, percentiles never fall, chances lie
// between 0 and 1.
func TestCurvesAreCurves(t *testing.T) {
	r := solve(t, alder()).Results
	falls := func(name string, ps []results.Point) {
		for i, p := range ps {
			if p.Chance < 0 || p.Chance > 1 || i > 0 && (p.Chance > ps[i-1].Chance || p.Loss < ps[i-1].Loss) {
				t.Errorf("%s rises at %+v", name, p)
			}
		}
	}
	falls("occurrence", r.Exceedance.Occurrence)
	falls("annual", r.Exceedance.Annual)
	for _, o := range r.Options {
		falls(o.ID+" occurrence", o.Exceedance.Occurrence)
		falls(o.ID+" annual", o.Exceedance.Annual)
		for k, p := range o.Exceedance.Occurrence {
			if p.Chance > r.Exceedance.Occurrence[k].Chance+1e-12 {
				t.Errorf("%s raises the chance of losing more than %v", o.ID, p.Loss)
			}
		}
	}
	for name, f := range r.Quantities {
		last := math.Inf(-1)
		for _, p := range []*float64{f.P5, f.P10, f.P50, f.P90, f.P95, f.P99} {
			if p != nil && *p < last {
				t.Errorf("%s: percentiles out of order", name)
			} else if p != nil {
				last = *p
			}
		}
		if f.Unit == "" || f.Definition == "" || f.Owner == "" && len(f.Sources) == 0 {
			t.Errorf("%s: unit %q, definition %q, owner %q, sources %v", name, f.Unit, f.Definition, f.Owner, f.Sources)
		}
	}
	// On an annual basis the chance of a loss is at least that of one incident.
	if a, o := r.Exceedance.Annual[0].Chance, r.Exceedance.Occurrence[0].Chance; math.Abs(a-o) > 4*math.Sqrt(o*(1-o)/annualYears)+0.002 {
		t.Errorf("chance of any loss: %v by the year, %v by the incident", a, o)
	}
}

// Money × k gives results × k: the same company in another currency.
func TestCurrencyDoesNotMatter(t *testing.T) {
	base := alder()
	base.Company.PerUSD = given(0.8)
	scaled := alder()
	const k = 150.0
	scaled.Company.PerUSD = given(0.8 * k)
	for _, n := range []*company.Number{&scaled.Customers.AcquisitionCost, &scaled.Economics.Revenue, &scaled.Marketing.Budget, &scaled.Marketing.Voucher,
		&scaled.Staffing.DayCost, &scaled.Security.Budget, &scaled.Security.ITBudget, &scaled.Security.Insurance.Limit, &scaled.Security.Insurance.Retention, &scaled.Security.Insurance.Premium} {
		n.Value *= k
	}
	for i := range scaled.Appetite.Levels {
		scaled.Appetite.Levels[i].Loss.Value *= k
	}
	for i := range scaled.Options {
		for j := range scaled.Options[i].Initiatives {
			in := &scaled.Options[i].Initiatives[j]
			for _, n := range []*company.Number{&in.OneOff, &in.PerYear, &in.SavesPerYear} {
				n.Value *= k
			}
		}
	}
	a, b := solve(t, base), solve(t, scaled)
	for _, name := range []id{"severity.total", "severity.marketing", "ale.total", "npv", "cost.pv", "options.core.npv.p10", "customer.value"} {
		near(t, string(name), b.Run.Value(name)/k, a.Run.Value(name), 1e-9*math.Abs(a.Run.Value(name)))
	}
	for _, name := range []id{"probability.year", "stake.share", "options.core.npv.chance_positive", "premium.multiplier"} {
		near(t, string(name), b.Run.Value(name), a.Run.Value(name), 1e-9)
	}
}

// A better control never raises the expected loss, and the order of options
// moves no figure of any of them.
func TestControlsAndOrder(t *testing.T) {
	p := alder()
	before := solve(t, p)
	better := alder()
	cut := &better.Options[1].Initiatives[1].Cuts[0].Number
	*cut = company.Around(cut.Low+0.05, cut.Value+0.05, cut.High+0.05)
	if a, b := before.Run.Value("options.core.ale.total"), solve(t, better).Run.Value("options.core.ale.total"); b > a {
		t.Errorf("a better control raises the expected loss from %v to %v", a, b)
	}
	turned := alder()
	slices.Reverse(turned.Options)
	after := solve(t, turned)
	for _, q := range []id{"options.core.npv", "options.minimum.npv", "options.core.npv.p10", "options.core.stake.share", "npv", "stake.share", "ale.total"} {
		if a, b := before.Run.Value(q), after.Run.Value(q); a != b {
			t.Errorf("%s: %v, with the options turned round %v", q, a, b)
		}
	}
}

// The decision by its rule, for made-up tables.
func TestDecision(t *testing.T) {
	costs := func(p *company.Profile, minimum, core float64) {
		for i, v := range []float64{minimum, core} {
			for j := range p.Options[i].Initiatives {
				in := &p.Options[i].Initiatives[j]
				in.OneOff, in.PerYear, in.Posts = given(0), given(0), given(0)
			}
			p.Options[i].Initiatives[0].OneOff = given(v)
		}
	}
	for _, c := range []struct {
		name                 string
		change               func(*company.Profile)
		recommended, verdict string
	}{
		{"both cheap: the one that avoids more", func(p *company.Profile) { p.Appetite.Levels = nil; costs(p, 1, 1) }, "core", "favourable"},
		{"both too dear", func(p *company.Profile) { p.Appetite.Levels = nil; costs(p, 1e9, 1e9) }, "nothing", "unfavourable"},
		{"one too dear", func(p *company.Profile) { p.Appetite.Levels = nil; costs(p, 1, 1e9) }, "minimum", "favourable"},
		{"only the dear one is inside appetite", func(p *company.Profile) {
			p.Appetite.Levels = []company.Level{{Loss: given(5e6), Chance: given(0.02)}}
			costs(p, 1, 1e9)
		}, "core", "neutral"},
		{"nothing is inside appetite: the highest npv", func(p *company.Profile) {
			p.Appetite.Levels = []company.Level{{Loss: given(1e3), Chance: given(1e-6)}}
			costs(p, 1, 1e9)
		}, "minimum", "favourable"},
		{"doing nothing is inside appetite and nothing pays", func(p *company.Profile) {
			p.Appetite.Levels = []company.Level{{Loss: given(1e12), Chance: given(0.5)}}
			costs(p, 1e9, 1e9)
		}, "nothing", "unfavourable"},
	} {
		p := alder()
		c.change(p)
		d := solve(t, p).Results.Decision
		if d.Recommended != c.recommended || d.Verdict != c.verdict {
			t.Errorf("%s: want %s, %s, got %+v", c.name, c.recommended, c.verdict, d)
		}
	}
}

// The checks of every example pass, and so do they for companies at the edges.
func TestChecksPass(t *testing.T) {
	for name, change := range map[string]func(*company.Profile){
		"as it is":     func(*company.Profile) {},
		"no options":   func(p *company.Profile) { p.Options = nil },
		"no insurance": func(p *company.Profile) { p.Security.Insurance = company.Insurance{} },
		"no premium":   func(p *company.Profile) { p.Economics.MarginPremium = given(0) },
		"no retention": func(p *company.Profile) { p.Customers.Retention = given(0) },
		"nobody new":   func(p *company.Profile) { p.Customers.NewPerYear = given(0) },
		"no staff":     func(p *company.Profile) { p.Staffing.ContactAgents, p.Staffing.HeadOffice = given(0), given(0) },
		"no margin to speak of": func(p *company.Profile) {
			p.Economics.ContributionMargin, p.Economics.MarginPremium = given(0.001), given(0)
		},
		"tiny": func(p *company.Profile) {
			p.Customers.Active, p.Customers.OnFile, p.Economics.Revenue = given(1), given(1), given(1)
		},
	} {
		p := alder()
		change(p)
		r := solve(t, p).Results
		for _, k := range r.Checks {
			if !k.OK {
				t.Errorf("%s: %+v", name, k)
			}
		}
		for n, f := range r.Quantities {
			if f.Value != nil && (math.IsNaN(*f.Value) || math.IsInf(*f.Value, 0)) {
				t.Errorf("%s: %s is %v", name, n, *f.Value)
			}
			if f.Value == nil && f.Text == "" {
				t.Errorf("%s: %s has neither number nor text", name, n)
			}
		}
	}
}

// Two units with different names draw different numbers; one unit always the
// same, whatever else changes.
func TestStreams(t *testing.T) {
	a := solve(t, alder()).Run.Column("draw.1")
	p := alder()
	p.Options = p.Options[:1]
	if !slices.Equal(a, solve(t, p).Run.Column("draw.1")) {
		t.Error("an option more or less changes the draws")
	}
	p.Company.Unit = "Other"
	if slices.Equal(a, solve(t, p).Run.Column("draw.1")) {
		t.Error("two units draw the same numbers")
	}
	p.Company.SharedPlatform = "shop"
	q := alder()
	q.Company.SharedPlatform = "shop"
	if !slices.Equal(solve(t, q).Run.Column("draw.1"), solve(t, p).Run.Column("draw.1")) {
		t.Error("two units of one platform draw different numbers")
	}
}
