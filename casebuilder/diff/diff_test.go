package diff

import (
	"io/fs"
	"math"
	"slices"
	"strings"
	"testing"

	"casebuilder/casebuilder/company"
	"casebuilder/casebuilder/intake"
	"casebuilder/casebuilder/model"
	"casebuilder/casebuilder/render/text"
	"casebuilder/casebuilder/results"
	"casebuilder/templates"
)

var rules = company.Rules{Rates: []string{"GBP"}, Estimates: []company.EstimateSpec{{ID: "event_rate", Family: "lognormal", Unit: "1/yr", Min: 1e-6, Max: 50}}}

// profile reads the first example, changed as text.
func profile(t *testing.T, changes ...string) *company.Profile {
	t.Helper()
	src, err := fs.ReadFile(templates.Examples, templates.DefaultExample)
	if err != nil {
		t.Fatal(err)
	}
	s := string(src)
	for i := 0; i < len(changes); i += 2 {
		if !strings.Contains(s, changes[i]) {
			t.Fatalf("the example has no %q", changes[i])
		}
		s = strings.Replace(s, changes[i], changes[i+1], 1)
	}
	p, _, err := intake.Company("example.yaml", []byte(s), intake.Options{Today: company.NewDate(2026, 11, 23), Rules: rules})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// arithmetic stands for the model: an NPV that can be worked out by hand.
// £1 of revenue is worth 1p, £1 of marketing budget −2p, a seed £100, an
// initiative of an option £1,000; the verdict is favourable above £3m.
func arithmetic(p *company.Profile, seed uint64, _ int) (model.Headline, error) {
	h := model.Headline{Expected: p.Economics.Revenue.Value / 1000, Recommended: "nothing", Verdict: "neutral"}
	h.NPV = 0.01*p.Economics.Revenue.Value - 0.02*p.Marketing.Budget.Value + 100*float64(seed)
	for _, o := range p.Options {
		h.NPV += 1000 * float64(len(o.Initiatives))
	}
	if h.NPV > 3e6 {
		h.Verdict = "favourable"
	}
	return h, nil
}

// solved is the case of a profile; extra is what an older program made of it
// beside the arithmetic.
func solved(p *company.Profile, seed uint64, extra float64) *results.BusinessCase {
	h, _ := arithmetic(p, seed, 0)
	npv, expected := h.NPV+extra, h.Expected
	return &results.BusinessCase{Schema: 1, Company: *p, AsOf: p.Company.AsOf, Seed: seed, Trials: 4096, Currency: p.Company.Currency,
		Fingerprint: "of this", Decision: results.Decision{Recommended: "nothing", Verdict: h.Verdict},
		Quantities: map[string]results.Figure{"npv": {Value: &npv}, "ale.total": {Value: &expected}}}
}

func compare(t *testing.T, old, new *results.BusinessCase, together bool) *Report {
	t.Helper()
	new.Fingerprint = "of another"
	r, err := Compare(old, new, Options{Headline: arithmetic, Together: together, Rebuild: func(es []company.Entry) (*company.Profile, error) {
		p, _, err := intake.Unflatten("", es, nil, intake.Options{Today: company.NewDate(2026, 11, 23), Rules: rules})
		return p, err
	}})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func check(t *testing.T, r *Report, want map[string]float64) {
	t.Helper()
	sum := 0.0
	var last float64
	for i, s := range r.Steps {
		sum += s.Effect.NPV
		v, ok := want[s.What]
		if !ok || math.Abs(v-s.Effect.NPV) > 1e-6 {
			t.Errorf("%s: want %v, got %v", s.What, v, s.Effect.NPV)
		}
		if i > 0 && math.Abs(s.Effect.NPV) > last {
			t.Errorf("want the largest effect first, got %v after %v", s.Effect.NPV, last)
		}
		last = math.Abs(s.Effect.NPV)
	}
	if len(r.Steps) != len(want) {
		t.Errorf("want %d steps, got %v", len(want), r.Steps)
	}
	for _, m := range r.Moved {
		if m.ID == "npv" && math.Abs(m.New-m.Old-sum) > 1e-6 {
			t.Errorf("want steps that add up to %v, got %v", m.New-m.Old, sum)
		}
	}
}

// Each input is credited with what it moves; one that moves nothing is named.
func TestInputs(t *testing.T) {
	old := solved(profile(t), 1, 0)
	now := solved(profile(t, "revenue: 310M", "revenue: 280M", "budget: 24M", "budget: 20M", "employees: 1450", "employees: 1500",
		"mode: 78%, high: 82%", "mode: 79%, high: 83%"), 1, 0)
	r := compare(t, old, now, false)
	check(t, r, map[string]float64{"revenue": -300_000, "marketing budget": 80_000})
	if len(r.Still) != 2 || !slices.Contains(r.Still, "employees") {
		t.Errorf("want retention and employees without effect, got %v", r.Still)
	}
	if s := r.Steps[0]; s.From != "£310m" || s.To != "£280m" || !slices.Equal(s.IDs, []string{"economics.revenue"}) {
		t.Errorf("want revenue from £310m to £280m, got %+v", s)
	}
}

// The seed, an older program and a change of the verdict are told apart.
func TestSeedProgramVerdict(t *testing.T) {
	old := solved(profile(t), 1, 5000)
	now := solved(profile(t, "revenue: 310M", "revenue: 400M"), 3, 0)
	r := compare(t, old, now, false)
	check(t, r, map[string]float64{"other cases, or another build of the program": -5000, "random draws": 200, "revenue": 900_000})
	if r.Steps[0].Verdict != "neutral to favourable" {
		t.Errorf("want revenue to turn the verdict, got %q", r.Steps[0].Verdict)
	}
	check(t, compare(t, solved(profile(t), 1, 0), solved(profile(t), 1, 700), false),
		map[string]float64{"not explained: the new case was computed with other cases, or by another build": 700})
}

// An option that comes or goes, and an initiative, are one change each.
func TestOptions(t *testing.T) {
	with, without := profile(t), profile(t)
	gone := without.Options[2]
	without.Options = without.Options[:2]
	r := compare(t, solved(with, 1, 0), solved(without, 1, 0), false)
	check(t, r, map[string]float64{"option " + gone.Name: -1000 * float64(len(gone.Initiatives))})
	if s := r.Steps[0]; s.From != "there" || s.To != "not there" {
		t.Errorf("want the option gone, got %+v", s)
	}
	r = compare(t, solved(without, 1, 0), solved(with, 1, 0), false)
	check(t, r, map[string]float64{"option " + gone.Name: 1000 * float64(len(gone.Initiatives))})
	fewer := profile(t)
	cut := fewer.Options[1].Initiatives[1]
	fewer.Options[1].Initiatives = slices.Delete(slices.Clone(fewer.Options[1].Initiatives), 1, 2)
	check(t, compare(t, solved(with, 1, 0), solved(fewer, 1, 0), false), map[string]float64{with.Options[1].Name + ": initiative " + cut.Name: -1000})
}

// Changes that make no company on their own are taken together.
func TestChangesThatNeedEachOther(t *testing.T) {
	old := profile(t)
	now := profile(t, "retention: {low: 73%, mode: 78%, high: 82%", "retention: {low: 90%, mode: 92%, high: 94%", "revenue: 310M", "revenue: 300M")
	check(t, compare(t, solved(old, 1, 0), solved(now, 1, 0), false), map[string]float64{"revenue": -100_000})
	r := compare(t, solved(old, 1, 0), solved(now, 1, 0), true)
	if len(r.Steps) != 1 || len(r.Steps[0].IDs) != 2 {
		t.Errorf("want one step for all inputs, got %+v", r.Steps)
	}
}

func TestNothingMoved(t *testing.T) {
	c := solved(profile(t), 1, 0)
	r, err := Compare(c, c, Options{})
	if err != nil || r.Changed() || !slices.Equal(r.Sentences(), []string{"Nothing moved."}) {
		t.Errorf("want nothing moved, got %v, %v", r.Sentences(), err)
	}
}

// What cannot be compared is said.
func TestDoubts(t *testing.T) {
	old, now := solved(profile(t), 1, 0), solved(profile(t), 1, 0)
	now.Currency, now.Company.Company.Unit = "EUR", "North"
	if r := compare(t, old, now, false); len(r.Doubts) != 2 || len(r.Steps) != 0 {
		t.Errorf("want two doubts and no steps, got %v, %v", r.Doubts, r.Steps)
	}
}

func TestPrint(t *testing.T) {
	r := compare(t, solved(profile(t), 1, 0), solved(profile(t, "revenue: 310M", "revenue: 280M", "employees: 1450", "employees: 1500"), 1, 0), false)
	p := text.NewPage(text.Style{Width: 100})
	r.Print(p)
	for _, want := range []string{"The net present value falls by £300k, from £2.6m to £2.3m; the largest reason is revenue, from £310m to £280m (−£300k).",
		"−£300k", "Changed without moving a figure: employees."} {
		if !strings.Contains(strings.Join(strings.Fields(p.String()), " "), want) {
			t.Errorf("want %q in\n%s", want, p)
		}
	}
}
