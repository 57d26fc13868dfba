package model

import (
	"math"
	"testing"

	"casebuilder/casebuilder/company"
	"casebuilder/casebuilder/quantity"
	"casebuilder/casestudies"
)

func given(v float64) company.Number { return company.Plain(v) }

func ranged(low, mode, high float64) company.Number {
	return company.Number{Value: mode, Low: low, High: high, Ranged: true, HasMode: true, Set: true, Given: true}
}

// alder is the company of the design's hand-worked answers.
func alder() *company.Profile {
	p := &company.Profile{}
	p.Company = company.Company{Name: "Alder & Finch", Unit: "Group", Sector: "retail", Country: "GB", Currency: "GBP", Positioning: "premium", AsOf: company.NewDate(2026, 12, 31)}
	p.Customers = company.Customers{Active: given(2.4e6), OnFile: given(5.1e6), NewPerYear: given(420e3), Retention: given(0.78), AcquisitionCost: given(31),
		DataHeld: []string{"name", "email", "postal_address", "phone", "password_hash", "payment_card_partial"}}
	p.Economics = company.Economics{Revenue: given(310e6), ContributionMargin: given(0.34), MarginPremium: given(0.09), OnlineShare: given(1), DiscountRate: given(0.09), AbroadShare: given(0.18),
		Horizon: given(3), CostUplift: given(0.1)}
	p.Marketing = company.Marketing{Budget: given(24e6), Voucher: given(10), CostShareToday: given(0), GoodwillOffer: true, BrandCampaign: true}
	p.Staffing = company.Staffing{Employees: given(1450), HeadOffice: given(380), ContactAgents: given(85), ContactsPerAgentDay: given(55), SpareCapacity: given(0.2), DayCost: given(290), IT: given(62), Security: given(4), SecurityVacancies: given(2)}
	p.Security = company.Security{Budget: given(900e3), ITBudget: given(9.8e6), Insurance: company.Insurance{Limit: given(5e6), Retention: given(250e3), Premium: given(140e3)}}
	p.Appetite = company.Appetite{Approved: company.NewDate(2026, 5, 14), Levels: []company.Level{{Loss: given(5e6), Chance: given(0.05)}, {Loss: given(20e6), Chance: given(0.01)}}}
	cut := func(target string, low, mode, high float64) company.Cut {
		return company.Cut{Target: target, Number: ranged(low, mode, high)}
	}
	p.Options = []company.Option{
		{ID: "minimum", Name: "Close the doors", Initiatives: []company.Initiative{
			{ID: "mfa-everywhere", Name: "MFA everywhere", OneOff: given(120e3), PerYear: given(60e3), Posts: given(0.5), SavesPerYear: given(0), StartMonth: given(0), Cuts: []company.Cut{cut("event_probability", 0.05, 0.20, 0.35)}},
		}},
		{ID: "core", Name: "Core", Initiatives: []company.Initiative{
			{ID: "mfa-everywhere", Name: "MFA everywhere", OneOff: given(120e3), PerYear: given(60e3), Posts: given(0.5), SavesPerYear: given(0), StartMonth: given(0), Cuts: []company.Cut{cut("event_probability", 0.05, 0.20, 0.35)}},
			{ID: "exposed", Name: "Remote access", OneOff: given(50e3), PerYear: given(20e3), Posts: given(0), SavesPerYear: given(10e3), StartMonth: given(6), Cuts: []company.Cut{cut("event_probability", 0.10, 0.35, 0.60), cut("exposed_share", 0, 0.2, 0.5), cut("closed_days", 0.05, 0.2, 0.4)}},
			{ID: "ir", Name: "Response team", OneOff: given(50e3), PerYear: given(20e3), Posts: given(0), SavesPerYear: given(0), StartMonth: given(3), Cuts: []company.Cut{cut("direct_response", 0.02, 0.08, 0.30), cut("contact_rate", 0, 0.1, 0.3), cut("closure", 0, 0.1, 0.3)}},
		}},
	}
	return p
}

func newModel(t testing.TB, p *company.Profile, lib *casestudies.Library) *Model {
	t.Helper()
	if lib == nil {
		var err error
		if lib, err = casestudies.Embedded(); err != nil {
			t.Fatal(err)
		}
	}
	m, err := New(Input{Profile: p, Library: lib, Seed: 1, Trials: 4096})
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func near(t *testing.T, what string, got, want, tol float64) {
	t.Helper()
	if math.IsNaN(got) || math.Abs(got-want) > tol {
		t.Errorf("%s: want %.10g ± %g, got %.12g", what, want, tol, got)
	}
}

// The hand-worked answer of model.md section 4: intervals of section 3, no
// cases, every z = 0, H = R = C = 1.
func TestLossLinesByHand(t *testing.T) {
	p := alder()
	// As in the hand work, a direct cost of a headline of 4M.
	p.Estimates = []company.Estimate{{ID: "direct_headline", Number: given(4e6)}}
	m := newModel(t, p, &casestudies.Library{})
	run := m.graph.Run(quantity.Options{Trials: 1, Fill: func(name quantity.ID, _ int, dst []float64) {
		for i := range dst {
			dst[i] = 0 // z, and uniforms below every chance
		}
	}})
	for _, c := range []struct {
		id   quantity.ID
		want float64
		tol  float64
	}{
		{"customer.value", 70.00825, 5e-6},
		{"exposed", 1_553_619.18, 5e-3},
		{"loss.churned_margin", 1_521_437.26, 5e-3},
		{"loss.spending_dip", 467_202.91, 5e-3},
		{"loss.premium_erosion", 252_710.03, 5e-3},
		{"loss.new_customers", 87_573.31, 5e-3},
		{"loss.goodwill", 2_781_653.56, 5e-3},
		{"loss.brand_campaign", 2_644_200.00, 5e-3},
		{"loss.closed_sales", 1_928_252.44, 5e-3},
		{"loss.contact_surge", 186_492.10, 5e-3},
		{"people.headline", 64.31, 5e-3},
		{"severity.customer_margin", 4_257_175.94, 5e-3},
		{"loss.direct_response", 4e6, 1e-3},
		{"loss.insured", -3.75e6, 1e-3},
	} {
		near(t, string(c.id), run.Value(c.id), c.want, c.tol)
	}
}
