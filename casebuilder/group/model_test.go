package group

import (
	"io/fs"
	"testing"

	"casebuilder/casebuilder/company"
	"casebuilder/casebuilder/intake"
	"casebuilder/casebuilder/model"
	"casebuilder/casestudies"
	"casebuilder/templates"
)

// modelled solves the first example as a unit with a rate of 0.1 incidents a
// year, and what shared programmes do there.
func modelled(t *testing.T, name, platform, currency string, shared []company.Shared) *Unit {
	t.Helper()
	src, err := fs.ReadFile(templates.Examples, templates.DefaultExample)
	if err != nil {
		t.Fatal(err)
	}
	p, _, err := intake.Company("example.yaml", src, intake.Options{Today: company.NewDate(2026, 11, 23), Rules: company.Rules{Rates: []string{"GBP", "EUR"}}})
	if err != nil {
		t.Fatal(err)
	}
	p.Company.Unit, p.Company.SharedPlatform, p.Company.Currency = name, platform, currency
	p.Estimates = company.Estimates{{ID: company.EventRate, Number: company.Number{Value: 0.1, Low: 0.1 - 1e-7, High: 0.1 + 1e-7, Ranged: true, Set: true, Given: true}}}
	lib, err := casestudies.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	in := model.Input{Profile: p, Library: lib, Seed: 1, Trials: 1024, Version: "test"}
	m, err := model.New(in)
	if err != nil {
		t.Fatal(err)
	}
	c, err := m.Solve()
	if err != nil {
		t.Fatal(err)
	}
	u := Of(c.Results)
	if problem := u.check(); problem != "" {
		t.Fatal(problem)
	}
	if u.Effects, err = NewEffects(in, c.Results, shared); err != nil {
		t.Fatal(err)
	}
	return u
}

// The same as TestTwoEqualUnits, all the way from company files: chances of a
// hit apart and on one platform, the sum of the units, the fatter tail.
func TestModelledUnits(t *testing.T) {
	shared := []company.Shared{{Name: "Watch", OneOff: company.Plain(200e3), PerYear: company.Plain(300e3), Key: "benefit",
		Cuts: company.Cuts{{Target: "closed_days", Number: company.Number{Value: 0.25, Low: 0.05, High: 0.5, Ranged: true, HasMode: true, Set: true, Given: true}}}}}
	g := &company.Group{Name: "G", Currency: "GBP", Shared: shared,
		Rates: []company.Rate{{Currency: "GBP", PerUSD: company.Plain(0.75), Date: company.NewDate(2026, 12, 31), Source: "treasury"}, {Currency: "EUR", PerUSD: company.Plain(0.9), Date: company.NewDate(2026, 12, 31), Source: "treasury"}}}
	solved := map[string]*Case{}
	for _, x := range []struct {
		platform string
		chance   float64
	}{{"", 0.18127}, {"shop", 0.09516}} {
		a, b := modelled(t, "North", x.platform, "GBP", shared), modelled(t, "South", x.platform, "EUR", shared)
		c := solve(t, g, a, b)
		solved[x.platform] = c
		near(t, "chance of a hit, platform "+x.platform, c.Now().Chance, x.chance, fourErrors(x.chance))
		near(t, "expected loss", c.ALE, a.ALE+b.ALE*0.75/0.9, 1e-6*c.ALE)
		near(t, "simulated mean", c.Mean, c.ALE, 3*c.StdErr)
		for _, check := range c.Checks {
			if !check.OK {
				t.Errorf("platform %q: %s: want %g, got %g", x.platform, check.Label, check.Expected, check.Actual)
			}
		}
		p := c.Programmes[0]
		if p.Avoided <= 0 || p.Instead {
			t.Errorf("want a programme that avoids some loss, got %+v", p)
		}
		near(t, "allocated, once", p.Parts[0].OneOff+p.Parts[1].OneOff, 200e3, 1e-6)
		near(t, "allocated, a year", p.Parts[0].PerYear+p.Parts[1].PerYear, 300e3, 1e-6)
		near(t, "by the loss avoided", p.Parts[0].Share*p.Avoided, a.Effects.Programmes[0].Avoided, 1e-6*p.Avoided)
	}
	if a, b := solved[""].Levels[2].Group, solved["shop"].Levels[2].Group; !(b > a) {
		t.Errorf("want a fatter tail on one platform, got a P99 of %g apart and %g together", a, b)
	}
}
