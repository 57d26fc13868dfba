package company

import (
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// good returns a small profile that is valid.
func good() *Profile {
	p := New(NewDate(2026, time.December, 31))
	p.Company.Name, p.Company.Sector, p.Company.Currency = "Alder & Finch", "retail", "GBP"
	for id, v := range map[string]float64{
		"customers.active": 2.4e6, "customers.on_file": 5.1e6, "customers.new_per_year": 420e3, "customers.retention": 0.78, "customers.acquisition_cost": 31,
		"economics.revenue": 310e6, "economics.contribution_margin": 0.34, "economics.margin_premium": 0.09, "economics.online_share": 1, "economics.discount_rate": 0.09,
		"marketing.budget": 24e6, "staffing.employees": 1450, "staffing.head_office": 380, "staffing.contact_agents": 85, "staffing.contacts_per_agent_day": 55,
		"staffing.day_cost": 290, "staffing.it": 62, "staffing.security": 4, "security.budget": 900e3, "security.it_budget": 9.8e6,
	} {
		*FieldByID(id).Number(p) = Plain(v)
	}
	p.Customers.DataHeld = []string{"name", "email"}
	return p
}

// What no file can hold, but a program may: the messages of files are in
// package intake.
func TestValidateRefusesWhatOnlyProgramsWrite(t *testing.T) {
	if problems, warnings := Validate(good(), Rules{}); len(problems)+len(warnings) > 0 {
		t.Fatal(problems, warnings)
	}
	option := func(o Option) func(*Profile) { return func(p *Profile) { p.Options = []Option{o} } }
	check := func(change func(*Profile), want string) {
		t.Helper()
		p := good()
		change(p)
		problems, _ := Validate(p, Rules{})
		if got := problems.Error(); got != want {
			t.Errorf("-want +got\n-%s\n+%s", want, got)
		}
	}
	check(func(p *Profile) { p.Economics.Revenue.Value = math.NaN() }, "economics.revenue: want a positive amount a year, got NaN")
	check(func(p *Profile) { p.Economics.Revenue.Value = math.Inf(1) }, "economics.revenue: want a positive amount a year, got +Inf")
	check(func(p *Profile) { p.Customers.Retention = Between(0.9, 1) }, "customers.retention.high: want a share from 0% to 99%, got 100%")
	check(func(p *Profile) { p.Customers.Retention = Around(0.5, math.NaN(), 0.9) },
		"customers.retention.mode: want a share from 0% to 99%, got NaN\ncustomers.retention: want low, mode and high in rising order, got low 50%, mode NaN, high 90%")
	check(func(p *Profile) { p.Company.Name = "a\xffb" }, "company.name: want UTF-8 text, got other bytes")
	check(func(p *Profile) { p.Company.Name = " x" }, `company.name: want text without spaces around it, got " x"`)
	check(func(p *Profile) { p.Company.Name = strings.Repeat("é", 1001) }, "company.name: want at most 1,000 characters, got 1,001 characters\n  hint: shorten it")
	check(func(p *Profile) { p.Company.Name = strings.Repeat("é", 400) }, "")
	check(func(p *Profile) { p.Replay = make([]string, 51) }, "replay: want at most 50 elements, got 51")
	check(func(p *Profile) { p.Estimates = Estimates{{"a", Plain(1)}, {"a", Plain(1)}} }, `estimates.a: want each estimate once, got "a" again`)
	check(func(p *Profile) { p.Options = make([]Option, 13) }, "options: want at most 12 options, got 13")
	check(option(Option{ID: "a", Name: "A", Initiatives: make([]Initiative, 41)}), "options.a.initiatives: want at most 40 initiatives, got 41")
	check(option(Option{ID: "a.b", Name: "A", Initiatives: []Initiative{{ID: "..", Name: "x", Cuts: Cuts{{"closure", Between(0, 0.5)}}}}}),
		`options.a.b.id: want a short name of small letters, digits and hyphens, got "a.b"`+"\n  hint: write a-b\n"+
			`options.a.b....id: want a short name of small letters, digits and hyphens, got ".."`+"\n  hint: at most 60 characters")
	check(option(Option{ID: "a", Name: "A", Initiatives: []Initiative{{ID: "x", Name: "x", Cuts: Cuts{{"closure", Between(0, 0.5)}, {"closure", Between(0, 0.5)}, {"x", Plain(1)}}}}}),
		`options.a.x.cuts.closure: want each target once, got "closure" again`+"\n"+
			`options.a.x.cuts.x: want one of event_probability, exposed_share, closure, closed_days, contact_rate, direct_response, got "x"`)
	check(func(p *Profile) {
		p.Options = []Option{{ID: "a", Name: "A", Initiatives: []Initiative{{ID: "x", Name: "x", SavesPerYear: Plain(1)}}}, {ID: "a", Name: "B", Initiatives: []Initiative{{ID: "x", Name: "x", SavesPerYear: Plain(1)}}}}
	}, `options.a.id: want each ID once, got "a" again`)
	check(func(p *Profile) { p.Appetite.Levels = make([]Level, 11) }, "appetite.levels: want at most 10 levels, got 11")
	check(func(p *Profile) {
		p.Ownership = Owners{{Line: "goodwill", Reason: "x", Shares: []OwnerShare{{"marketing", Plain(0.5)}, {"marketing", Plain(0.5)}}}, {Line: "goodwill", Reason: "x", Shares: []OwnerShare{{"marketing", Plain(1)}}}}
	}, `ownership.goodwill.marketing: want each owner once, got "marketing" again`+"\n"+`ownership.goodwill: want each loss line once, got "goodwill" again`)
	// thirds sum to one as well as thirds can
	check(func(p *Profile) {
		p.Ownership = Owners{{Line: "goodwill", Reason: "x", Shares: []OwnerShare{{"marketing", Plain(1. / 3)}, {"sales", Plain(1. / 3)}, {"finance", Plain(1. / 3)}}}}
	}, "")
	check(func(p *Profile) { p.Company.Currency, p.Company.PerUSD = "USD", Plain(0.9) }, "company.per_usd: want 1 for the US dollar, got 0.9\n  hint: leave it out")
}

func TestOptionsThatDoNothingWarn(t *testing.T) {
	p := good()
	p.Options = []Option{{ID: "a", Name: "A", Initiatives: []Initiative{{ID: "x", Name: "x", OneOff: Plain(1)}}}}
	problems, warnings := Validate(p, Rules{})
	if len(problems) > 0 || warnings.Error() != "options.a: want an initiative that cuts or saves something, got nothing\n  hint: the option would only cost" {
		t.Error(problems, warnings)
	}
	p = good()
	p.Appetite.Approved = NewDate(2026, time.May, 1)
	p.Paper.DecideBy, p.Paper.ReviewBy = NewDate(2027, time.June, 1), NewDate(2027, time.May, 1)
	_, warnings = Validate(p, Rules{})
	want := "appetite.levels: want the levels that were approved, got nothing\npaper.review_by: want a date not before the decision, 2027-06-01, got 2027-05-01"
	if warnings.Error() != want {
		t.Errorf("-want +got\n-%s\n+%s", want, warnings)
	}
}

// Quartiles by hand. Lognormal 1 to 9: median 3, sd of the logarithm
// ln 9/3.28971 = 0.667907, quartiles 3·e^∓0.450497 = 1.911933 and 4.707279.
// Logit-normal 0.2% to 4%: logits −6.212606 and −3.178054, middle −4.695330,
// median 0.905511%. A chance of 3% to 14% a year: rates 0.0304592 and
// 0.1508229, median √ = 0.0677787, chance 6.55327%.
func TestQuartiles(t *testing.T) {
	check := func(s EstimateSpec, low, high, q1, median, q3 float64) {
		t.Helper()
		a, b, c := s.quartiles(low, high)
		for _, x := range [][2]float64{{a, q1}, {b, median}, {c, q3}} {
			if math.Abs(x[0]-x[1]) > 2e-6 {
				t.Errorf("%s: want %v %v %v, got %v %v %v", s.ID, q1, median, q3, a, b, c)
			}
		}
	}
	check(EstimateSpec{Family: "lognormal"}, 1, 9, 1.911933, 3, 4.707279)
	check(EstimateSpec{Family: "logit-normal"}, 0.002, 0.04, 0.00488103, 0.00905511, 0.0167386)
	check(EstimateSpec{ID: EventProbability, Family: "lognormal"}, 0.03, 0.14, 0.0476529, 0.0655327, 0.0897980)
	check(EstimateSpec{Family: "normal"}, -1.6448536, 1.6448536, -0.6744897, 0, 0.6744897)
}

func TestEstimates(t *testing.T) {
	specs := []EstimateSpec{{ID: "event_rate", Family: "lognormal", Unit: "1/yr"}, {ID: "recovery_months", Family: "lognormal", Unit: "months", Max: 60},
		{ID: "effect_rate", Family: "normal", Unit: "ratio"}, {ID: "cuts.cap", Unit: "share", Max: 0.99}}
	check := func(id string, n Number, want string) {
		t.Helper()
		p := good()
		p.Estimates = Estimates{{id, n}}
		problems, warnings := Validate(p, Rules{Estimates: specs})
		if got := append(problems, warnings...).Error(); got != want {
			t.Errorf("%s %+v: -want +got\n-%s\n+%s", id, n, want, got)
		}
	}
	check("event_rate", Plain(0.1), "")
	check("event_rate", Between(0.05, 3), "")
	check("event_rate", Plain(0), "estimates.event_rate: want a number above 0, got 0\n  hint: write the smallest value that you hold possible")
	check("event_rate", Plain(-1), "estimates.event_rate: want a number above 0, got −1")
	check("event_probability", Around(0.03, 0.06, 0.14), "")
	check("event_probability", Plain(1), "estimates.event_probability: want a share above 0% and below 100%, got 100%")
	check("event_probability", Around(0.03, 0.12, 0.14), "estimates.event_probability.mode: want a mode near the median of the range, 6.5533%, got 12%\n  hint: the model uses low and high, and its median is 6.6%")
	check("recovery_months", Between(1, 61), "estimates.recovery_months.high: want a number above 0, at most 60, got 61")
	check("effect_rate", Between(-1, 1), "")
	check("effect_rate", Between(1, -1), "estimates.effect_rate: want low at most high, got low 1, high −1")
	check("cuts.cap", Plain(0.99), "")
	check("cuts.cap", Plain(1), "estimates.cuts.cap: want a number from 0% to 99%, got 100%")
	check("cuts.cap", Number{}, "estimates.cuts.cap: want a number from 0% to 99%, got nothing\n  hint: leave the line out to use the library's value")
	check("nothing.known", Plain(1), `estimates.nothing.known: want a driver or a constant of the model, got "nothing.known"`)
}

// 310M over 2.4M customers is 129.17 a customer, 34% of it 43.92, 9 points
// 11.63; 2.4M over 85 agents is 28,235; 900k over 9.8M is 9.18%, over 1,450
// people 620.69; 5.1M over 2.4M is 2.125.
func TestSanity(t *testing.T) {
	got := map[string]string{}
	for _, d := range Sanity(good(), 0.78) {
		got[d.ID] = fmt.Sprintf("%.4g %s", d.Value, d.Unit)
		if d.Outside() || d.Note != "" || d.Label == "" {
			t.Errorf("%+v", d)
		}
	}
	want := map[string]string{
		"check.revenue_per_customer":  "129.2 money/customer/yr",
		"check.margin_per_customer":   "43.92 money/customer/yr",
		"check.premium_per_customer":  "11.62 money/customer/yr", // 11.625, as %g rounds
		"check.acquisition_payback":   "0.7059 ratio",            // 31/43.9167
		"check.accounts_per_customer": "2.125 ratio",
		"check.growth":                "0.7955 ratio", // 420k/528k
		"check.customers_per_agent":   "2.824e+04 customers/staff",
		"check.contacts_per_customer": "0.711 contacts/customer/yr", // 85·55·365/2.4M
		"check.revenue_per_employee":  "2.138e+05 money/staff/yr",
		"check.head_office_share":     "0.2621 share",
		"check.marketing_share":       "0.07742 share",
		"check.it_share":              "0.03161 share",
		"check.security_share":        "0.09184 share",
		"check.security_per_employee": "620.7 money/staff/yr",
		"check.security_staff_share":  "0.06452 share",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
	p := good()
	p.Customers.Active = Plain(2400) // a thousand times too few
	p.Staffing.ContactAgents = Plain(0)
	outside := map[string]string{}
	for _, d := range Sanity(p, 0.78) {
		if d.Outside() {
			outside[d.ID] = d.Note
		}
	}
	if note := outside["check.revenue_per_customer"]; note != "most companies have 3.9 to 39k: look at revenue and active customers" {
		t.Errorf("revenue per customer of 129,167: %q", note)
	}
	if _, ok := outside["check.customers_per_agent"]; ok {
		t.Error("no agents give no figure")
	}
	for _, d := range Sanity(p, 0) {
		if strings.HasPrefix(d.Unit, "money") && d.Outside() {
			t.Errorf("%s has a range without a rate of exchange", d.ID)
		}
	}
}
