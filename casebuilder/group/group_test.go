package group

import (
	"fmt"
	"math"
	"math/rand/v2"
	"runtime"
	"slices"
	"testing"

	"gonum.org/v1/gonum/stat/distuv"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"casebuilder/casebuilder/company"
)

const trials = 512

// unit returns a unit with a rate of incidents a year and a lognormal loss of
// one incident, given by its median and its log-sd.
func unit(name, platform string, rate, median, sd float64) *Unit {
	u := &Unit{Name: name, Platform: platform, Currency: "GBP", AsOf: company.NewDate(2026, 12, 31), Seed: 1, Trials: trials,
		Version: "test", Fingerprint: "case of " + name, Discounts: 2.5, Horizon: 3, Customers: 1000, Revenue: 1e6,
		OptionID: "core", Option: "Core", Verdict: favourable, Owners: map[string]float64{}}
	z := distuv.UnitNormal
	// Stratified, so that the means are those of the distribution; paired by a
	// shuffle that depends on the platform, as the model's draws do.
	order := rand.New(rand.NewPCG(uint64(len(platform)), 7)).Perm(trials)
	sum := 0.0
	for i := range trials {
		u.Rate = append(u.Rate, rate)
		loss := median
		if sd > 0 {
			loss = median * math.Exp(sd*z.Quantile((float64(order[i])+0.5)/trials))
		}
		u.Loss = append(u.Loss, loss)
		sum += loss
	}
	u.RateAfter, u.LossAfter = u.Rate, u.Loss
	u.ALE = rate * sum / trials
	u.ALEAfter = u.ALE
	u.Owners["marketing"], u.Owners["security_and_legal"] = 0.4*u.ALE, 0.6*u.ALE
	return u
}

func solve(t testing.TB, g *company.Group, units ...*Unit) *Case {
	t.Helper()
	c, err := Solve(Input{Group: g, Units: units, Version: "test"})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func near(t *testing.T, what string, got, want, tol float64) {
	t.Helper()
	if !(math.Abs(got-want) <= tol) {
		t.Errorf("%s: want %.10g ± %.3g, got %.10g", what, want, tol, got)
	}
}

// fourErrors is four standard errors of a share over the simulated years.
func fourErrors(p float64) float64 { return 4 * math.Sqrt(p*(1-p)/Years) }

// Two units of rate 0.1 are hit in a year with chance 1 − e^−0.2 apart and
// 1 − e^−0.1 on one platform, where any hit costs both: a year in twenty then
// costs twice as much.
func TestTwoEqualUnits(t *testing.T) {
	apart := solve(t, nil, unit("a", "", 0.1, 1, 0), unit("b", "", 0.1, 1, 0))
	near(t, "apart", apart.Now().Chance, 0.18127, fourErrors(0.18127))
	together := solve(t, nil, unit("a", "shop", 0.1, 1, 0), unit("b", "shop", 0.1, 1, 0))
	near(t, "together", together.Now().Chance, 0.09516, fourErrors(0.09516))
	for _, c := range []*Case{apart, together} {
		near(t, "expected loss", c.ALE, 0.2, 1e-12)
		near(t, "simulated mean", c.Mean, 0.2, 3*c.StdErr)
	}
	// One hit costs 1 apart and 2 together; apart both are hit with chance
	// (1 − e^−0.1)², below one in a hundred.
	near(t, "P95 apart", apart.Levels[1].Group, 1, 0)
	near(t, "P95 together", together.Levels[1].Group, 2, 0)
	near(t, "P95 together, were it not shared", together.Levels[1].Apart, 1, 0)
	if a, b := apart.Levels[2].Group, together.Levels[2].Group; !(b >= a) {
		t.Errorf("want a fatter tail on one platform, got P99 %g apart and %g together", a, b)
	}
	p := together.Platforms
	if len(apart.Platforms) != 0 || len(p) != 1 || p[0].PerEvent != 2 || p[0].Loss != 2 {
		t.Errorf("want one platform of which each event hits both units, got %v and %v", apart.Platforms, p)
	}
}

// On one platform each unit keeps its own rate: the smaller is hit in a part
// of the events.
func TestUnequalRatesOnOnePlatform(t *testing.T) {
	c := solve(t, nil, unit("a", "shop", 0.3, 1, 0), unit("b", "shop", 0.1, 1, 0))
	near(t, "a", c.Units[0].Hit, 1-math.Exp(-0.3), fourErrors(1-math.Exp(-0.3)))
	near(t, "b", c.Units[1].Hit, 1-math.Exp(-0.1), fourErrors(1-math.Exp(-0.1)))
	near(t, "any", c.Now().Chance, 1-math.Exp(-0.3), fourErrors(1-math.Exp(-0.3)))
	// Events come 0.3 times a year, units are hit 0.4 times: 4/3 an event.
	near(t, "units an event", c.Platforms[0].PerEvent, 4.0/3, 0.02)
}

// The group's expected loss is the sum of the units' by definition, and the
// simulated years agree; percentiles do not add up.
func TestDiversification(t *testing.T) {
	var units []*Unit
	for i := range 12 {
		units = append(units, unit(fmt.Sprintf("u%02d", i), "", 0.08, 1e5*float64(1+i), 1.2))
	}
	c := solve(t, nil, units...)
	sum := 0.0
	for _, u := range units {
		sum += u.ALE
	}
	near(t, "expected loss", c.ALE, sum, 1e-6*sum)
	near(t, "simulated mean", c.Mean, sum, 3*c.StdErr)
	near(t, "chance of a hit", c.Now().Chance, 1-math.Exp(-12*0.08), fourErrors(0.383))
	if q := c.Levels[2]; !(q.Group < q.SumOfUnit) {
		t.Errorf("want the group's P99 below the sum of the units', got %g and %g", q.Group, q.SumOfUnit)
	}
	tail := 0.0
	for i, m := range c.Units {
		tail += m.Tail
		if i > 0 && m.Tail < c.Units[i-1].Tail*0.8 {
			t.Errorf("want larger units to drive the tail more, got %g after %g", m.Tail, c.Units[i-1].Tail)
		}
	}
	near(t, "shares of the tail", tail, 1, 1e-9)
	for _, check := range c.Checks {
		if !check.OK {
			t.Errorf("%s: want %g, got %g", check.Label, check.Expected, check.Actual)
		}
	}
}

// The curve never rises, and the tail of one unit alone is all its own.
func TestCurve(t *testing.T) {
	c := solve(t, nil, unit("a", "", 0.5, 1e6, 1))
	for i, p := range c.Now().Curve {
		if i > 0 && p.Chance > c.Now().Curve[i-1].Chance {
			t.Errorf("want a curve that never rises, got %v after %v", p, c.Now().Curve[i-1])
		}
	}
	near(t, "any loss", c.Now().Curve[0].Chance, 1-math.Exp(-0.5), fourErrors(0.39))
	near(t, "P99", c.Now().Curve[steps].Chance, 0.01, 5e-4) // the samples have ties
	near(t, "tail", c.Units[0].Tail, 1, 1e-9)
	near(t, "sum of one", c.Levels[1].SumOfUnit, c.Levels[1].Group, 1e-9*c.Levels[1].Group)
}

// Units in any order give the same group, on any number of processors.
func TestOrderAndProcessorsDoNotMatter(t *testing.T) {
	var units []*Unit
	for i := range 9 {
		platform := ""
		if i%3 == 0 {
			platform = "shop"
		}
		units = append(units, unit(fmt.Sprintf("u%d", i), platform, 0.05*float64(1+i), 1e5, 1))
	}
	g := &company.Group{Name: "G", Currency: "EUR", Shared: []company.Shared{{Name: "Watch", OneOff: company.Plain(10), PerYear: company.Plain(20), Key: "revenue"}}}
	want := solve(t, g, units...)
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	for range 3 {
		rand.Shuffle(len(units), func(i, j int) { units[i], units[j] = units[j], units[i] })
		if d := cmp.Diff(want, solve(t, g, units...), cmpopts.EquateNaNs()); d != "" {
			t.Fatalf("-want +got\n%s", d)
		}
		runtime.GOMAXPROCS(4)
	}
}

// Money is brought to the group's currency at the group's rates, else at
// published ones, which are marked, else at the unit's own.
func TestRates(t *testing.T) {
	pound, euro, dinar := unit("a", "", 0.1, 100, 0), unit("b", "", 0.1, 100, 0), unit("c", "", 0.1, 100, 0)
	euro.Currency, dinar.Currency, dinar.OwnRate = "EUR", "KWD", 0.3
	lost := unit("d", "", 0.1, 100, 0)
	lost.Currency = "BHD"
	g := &company.Group{Name: "G", Currency: "EUR", Rates: []company.Rate{
		{Currency: "EUR", PerUSD: company.Plain(0.9), Date: company.NewDate(2026, 12, 31), Source: "treasury"},
		{Currency: "GBP", PerUSD: company.Plain(0.75), Date: company.NewDate(2026, 12, 31), Source: "treasury"}}}
	c := solve(t, g, pound, euro, dinar, lost)
	near(t, "euro", c.Units[1].ALE, 10, 1e-12)
	near(t, "pound", c.Units[0].ALE, 10/0.75*0.9, 1e-12)
	near(t, "dinar", c.Units[2].ALE, 10/0.3*0.9, 1e-12)
	near(t, "group", c.ALE, 10+12+30, 1e-9)
	if len(c.Rates) != 3 || !c.Rates[0].Given || !c.Rates[1].Given || c.Rates[2].Given {
		t.Errorf("want EUR and GBP given and KWD marked, got %v", c.Rates)
	}
	if len(c.Excluded) != 1 || c.Excluded[0].Name != "d" || c.Of() != 4 {
		t.Errorf("want d excluded, got %v", c.Excluded)
	}
	if c := solve(t, nil, pound, euro); c.Currency != "USD" || c.Rates[0].Given {
		t.Errorf("want US dollars at published rates where nothing is said, got %s, %v", c.Currency, c.Rates)
	}
	if c := solve(t, nil, pound); c.Currency != "GBP" {
		t.Errorf("want the units' currency where all have one, got %s", c.Currency)
	}
}

// A shared programme is paid for once: its parts add up to it, by the key, and
// each unit discounts its part as it does its own costs.
func TestAllocation(t *testing.T) {
	a, b, c3 := unit("a", "", 0.1, 100, 0), unit("b", "", 0.1, 100, 0), unit("c", "", 0.1, 100, 0)
	a.Customers, b.Customers = 3000, 1000
	a.Revenue, b.Revenue = 1e6, 4e6
	a.Uplift, b.Discounts = 0.1, 2
	a.Effects = &Effects{Programmes: []Effect{{Name: "P", Avoided: 60, ALE: 20}}, Rate: a.Rate, Loss: a.Loss}
	b.Effects = &Effects{Programmes: []Effect{{Name: "P", Avoided: 20, ALE: 5}}, Rate: b.Rate, Loss: b.Loss}
	for _, k := range []struct {
		key     string
		share   float64 // of a
		instead bool
	}{{"customers", 0.75, false}, {"revenue", 0.2, false}, {"benefit", 0.75, false}} {
		g := &company.Group{Name: "G", Currency: "GBP", Shared: []company.Shared{{Name: "P", OneOff: company.Plain(100), PerYear: company.Plain(40), Units: []string{"a", "b"}, Key: k.key}}}
		c := solve(t, g, a, b, c3)
		p := c.Programmes[0]
		if len(p.Parts) != 2 || p.Instead != k.instead {
			t.Fatalf("%s: want two parts, got %+v", k.key, p)
		}
		near(t, k.key+": share of a", p.Parts[0].Share, k.share, 1e-12)
		near(t, k.key+": one-off", p.Parts[0].OneOff+p.Parts[1].OneOff, 100, 1e-9)
		near(t, k.key+": a year", p.Parts[0].PerYear+p.Parts[1].PerYear, 40, 1e-9)
		near(t, k.key+": a's part over the horizon", p.Parts[0].CostPV, 1.1*k.share*(100+40*2.5), 1e-9)
		near(t, k.key+": b's part over the horizon", p.Parts[1].CostPV, (1-k.share)*(100+40*2), 1e-9)
		near(t, k.key+": net", p.NPV, 80-p.CostPV, 1e-9)
		near(t, k.key+": expected loss after", c.Choices[2].ALE, c.ALE-25, 1e-9)
		near(t, k.key+": the group pays it once", c.Choices[2].CostPV, p.CostPV, 1e-9)
	}
	// Insurance cuts nothing, so that benefit has nothing to divide by.
	a.Effects.Programmes[0].Avoided, b.Effects.Programmes[0].Avoided = 0, 0
	g := &company.Group{Name: "G", Currency: "GBP", Shared: []company.Shared{{Name: "P", PerYear: company.Plain(40), Units: []string{"a", "b"}, Key: "benefit"}}}
	p := solve(t, g, a, b).Programmes[0]
	near(t, "share of a", p.Parts[0].Share, 0.2, 1e-12)
	if !p.Instead {
		t.Error("want it said that revenue stands in for the benefit")
	}
}

// The decision is the model's for a unit: inside appetite the highest NPV;
// where nothing is inside, the highest NPV.
func TestDecision(t *testing.T) {
	u := unit("a", "", 0.1, 100, 0) // hit in 9.5% of years, 5% with the option, 2% with the programme as well
	rate := func(r float64) []float64 {
		out := make([]float64, trials)
		for i := range out {
			out[i] = r
		}
		return out
	}
	u.RateAfter = rate(0.0513)
	for _, c := range []struct {
		own, shared, accepted float64 // NPVs, and the chance that appetite accepts
		want                  ChoiceID
		verdict               string
	}{
		{10, 5, 0.2, WithShared, favourable},
		{10, -5, 0.2, UnitsOwn, favourable},
		{10, -5, 0.03, WithShared, favourable}, // appetite asks for it, and it still pays
		{10, -50, 0.03, WithShared, neutral},   // the price of appetite
		{10, -50, 0.001, UnitsOwn, favourable}, // nothing is inside
		{-10, -5, 0.2, Nothing, unfavourable},
		{-10, -5, 0.03, WithShared, unfavourable},
		{-10, -5, 0.001, Nothing, unfavourable},
	} {
		u.NPV = c.own
		u.Effects = &Effects{Programmes: []Effect{{Name: "P", Avoided: 100 + c.shared}}, Rate: rate(0.0202), Loss: u.Loss}
		g := &company.Group{Name: "G", Currency: "GBP", Appetite: company.Appetite{Levels: []company.Level{{Loss: company.Plain(50), Chance: company.Plain(c.accepted)}}},
			Shared: []company.Shared{{Name: "P", OneOff: company.Plain(100), Key: "benefit"}}}
		got := solve(t, g, u)
		if id := got.Choices[got.Recommended].ID; id != c.want || got.Verdict != c.verdict {
			t.Errorf("%+v: got %s, %s", c, id, got.Verdict)
		}
		if got.Subject == 0 || got.Recommended > 0 && got.Subject != got.Recommended {
			t.Errorf("%+v: want the papers to look at what is recommended, else at the best, got %d", c, got.Subject)
		}
	}
	if c := solve(t, nil, unit("b", "", 0.1, 100, 0)); len(c.Choices) != 2 || c.Verdict != unfavourable {
		t.Errorf("want an option that earns nothing to be unfavourable, got %v", c.Verdict)
	}
}

func TestNoUnits(t *testing.T) {
	if _, err := Solve(Input{Group: &company.Group{Currency: "GBP"}}); err != ErrNoUnits {
		t.Errorf("a group with a currency of its own: want ErrNoUnits, got %v", err)
	}
	if _, err := Solve(Input{}); err != ErrNoUnits {
		t.Errorf("want ErrNoUnits, got %v", err)
	}
}

// A sparse sample has the quantiles of the whole one.
func TestSparse(t *testing.T) {
	s := sparse{[]float64{-2, 1, 3, 9}, 8} // -2 0 0 0 0 1 3 9
	for p, want := range map[float64]float64{0: -2, 0.5: 0, 1: 9, 6.0 / 7: 3, 0.75: 1.5} {
		near(t, fmt.Sprint(p), s.quantile(p), want, 1e-12)
	}
	if !slices.IsSorted(s.values) {
		t.Error("want values in order")
	}
}

func BenchmarkSolve(b *testing.B) {
	for _, n := range []int{20, 200} {
		b.Run(fmt.Sprintf("%d units", n), func(b *testing.B) {
			var units []*Unit
			for i := range n {
				units = append(units, unit(fmt.Sprintf("u%03d", i), "", 0.06, 1e6, 1.5))
			}
			for b.Loop() {
				if _, err := Solve(Input{Units: units}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
