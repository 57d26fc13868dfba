package intake

import (
	"os"
	"strings"
	"testing"

	"casebuilder/casebuilder/company"
	"casebuilder/casebuilder/diag"

	"github.com/google/go-cmp/cmp"
)

// read returns a file of testdata.
func read(t testing.TB, name string) []byte {
	t.Helper()
	b, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// options are those of a program that knows a small model and library.
func options() Options {
	return Options{
		Today: company.NewDate(2026, 11, 30),
		Rules: company.Rules{
			Estimates: []company.EstimateSpec{
				{ID: "event_rate", Family: "lognormal", Unit: "1/yr"},
				{ID: "extra_churn", Family: "logit-normal", Unit: "share", Reaction: true},
				{ID: "closed_days", Family: "lognormal", Unit: "days"},
				{ID: "direct_headline", Family: "lognormal", Unit: "money"},
				{ID: "effect_rate", Family: "normal", Unit: "ratio"},
				{ID: "closed.stretch", Unit: "ratio", Min: 1, Max: 3},
				{ID: "cuts.cap", Unit: "share", Min: 0, Max: 0.99},
			},
			Cases: []string{"target-2013", "zappos-2012"},
			Rates: []string{"EUR", "GBP", "JPY"},
		},
	}
}

// The company of product.md, section "The company file".
const compact = `schema: 1
company:   {name: Alder & Finch, unit: Group, sector: retail, country: GB, currency: GBP, positioning: premium, as_of: 2026-12-31}
customers: {active: 2.4M, on_file: 5.1M, new_per_year: 420k, retention: 78%, acquisition_cost: 31,
            data_held: [name, email, postal_address, phone, password_hash, payment_card_partial]}
economics: {revenue: 310M, contribution_margin: 34%, margin_premium: 9 points, premium_evidence: "own price survey, 2026 Q2",
            online_share: 100%, discount_rate: 9%, abroad_share: 18%}
marketing: {budget: 24M, voucher: 10, cost_share_today: 0%}
staffing:  {employees: 1450, head_office: 380, contact_agents: 85, contacts_per_agent_day: 55, spare_capacity: 20%,
            day_cost: 290, it: 62, security: 4, security_vacancies: 2}
security:  {budget: 900k, it_budget: 9.8M, insurance: {limit: 5M, retention: 250k, premium: 140k}}
estimates:                      # anything here replaces the library's value and is credited to you
  event_probability: {low: 3%, mode: 6%, high: 14%, source: "risk register 2026 Q3"}
appetite:  {approved: 2026-05-14, levels: [{loss: 5M, chance: 5%}, {loss: 20M, chance: 1%}]}
options:
  - id: minimum
    name: Close the doors
    initiatives:
      - {name: MFA everywhere, one_off: 120k, per_year: 60k, posts: 0.5, cuts: {event_probability: {low: 5%, mode: 20%, high: 35%}}}
`

func TestCompanyReadsTheFileOfTheDesign(t *testing.T) {
	got, warnings, err := Company("company.yaml", []byte(compact), options())
	if err != nil {
		t.Fatal(err)
	}
	if len(warnings) > 0 {
		t.Errorf("a clean file warns: %v", warnings)
	}
	n, d := company.Plain, func(v float64) company.Number { return company.Number{Value: v, Set: true} }
	event := company.Around(0.03, 0.06, 0.14)
	event.Source = "risk register 2026 Q3"
	want := &company.Profile{
		Company: company.Company{Name: "Alder & Finch", Unit: "Group", Sector: "retail", Country: "GB", Currency: "GBP",
			Positioning: "premium", AsOf: company.NewDate(2026, 12, 31)},
		Customers: company.Customers{Active: n(2400000), OnFile: n(5100000), NewPerYear: n(420000), Retention: n(0.78), AcquisitionCost: n(31),
			DataHeld: []string{"name", "email", "postal_address", "phone", "password_hash", "payment_card_partial"}},
		Economics: company.Economics{Revenue: n(310000000), ContributionMargin: n(0.34), MarginPremium: n(0.09), PremiumEvidence: "own price survey, 2026 Q2",
			OnlineShare: n(1), AbroadShare: n(0.18), DiscountRate: n(0.09), Horizon: d(3), CostUplift: d(0.1)},
		Marketing: company.Marketing{Budget: n(24000000), Voucher: n(10), CostShareToday: n(0), GoodwillOffer: true, BrandCampaign: true},
		Staffing: company.Staffing{Employees: n(1450), HeadOffice: n(380), ContactAgents: n(85), ContactsPerAgentDay: n(55), SpareCapacity: n(0.2),
			DayCost: n(290), IT: n(62), Security: n(4), SecurityVacancies: n(2)},
		Security: company.Security{Budget: n(900000), ITBudget: n(9800000),
			Insurance: company.Insurance{Limit: n(5000000), Retention: n(250000), Premium: n(140000)}},
		Estimates: company.Estimates{{ID: "event_probability", Number: event}},
		Appetite: company.Appetite{Approved: company.NewDate(2026, 5, 14), Levels: []company.Level{
			{Loss: n(5000000), Chance: n(0.05)}, {Loss: n(20000000), Chance: n(0.01)}}},
		Options: []company.Option{{ID: "minimum", Name: "Close the doors", Initiatives: []company.Initiative{{
			ID: "mfa-everywhere", Name: "MFA everywhere", OneOff: n(120000), PerYear: n(60000), Posts: n(0.5), SavesPerYear: d(0), StartMonth: d(0),
			Cuts: company.Cuts{{Target: "event_probability", Number: company.Around(0.05, 0.2, 0.35)}}}}}},
		Paper: company.Paper{Kind: "decision"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}

func TestCompanyTakesEveryForm(t *testing.T) {
	base := string(read(t, "base.yaml"))
	check := func(old, new string, want func(*company.Profile) bool) {
		t.Helper()
		if !strings.Contains(base, old) {
			t.Fatalf("base.yaml has no %q", old)
		}
		p, _, err := Company("company.yaml", []byte(strings.Replace(base, old, new, 1)), options())
		if err != nil {
			t.Errorf("%s: %v", new, err)
			return
		}
		if !want(p) {
			t.Errorf("%s: read as something else", new)
		}
	}
	margin := `{low: 30%, mode: 34%, high: 38%, source: "finance, 2026"}`
	check("active: 2.4M", "active: 2,400,000", func(p *company.Profile) bool { return p.Customers.Active.Value == 2400000 })
	check("active: 2.4M", "active: 2 400 000", func(p *company.Profile) bool { return p.Customers.Active.Value == 2400000 })
	check("active: 2.4M", "active: 2_400_000", func(p *company.Profile) bool { return p.Customers.Active.Value == 2400000 })
	check("active: 2.4M", "active: '2.4M'", func(p *company.Profile) bool { return p.Customers.Active.Value == 2400000 })
	check("active: 2.4M", "active: 2.4e6", func(p *company.Profile) bool { return p.Customers.Active.Value == 2400000 })
	check("retention: 78%", "retention: 0.78", func(p *company.Profile) bool { return p.Customers.Retention.Value == 0.78 })
	check("retention: 78%", "retention: {value: 78%, source: CRM}", func(p *company.Profile) bool {
		n := p.Customers.Retention
		return n.Value == 0.78 && n.Source == "CRM" && !n.Ranged && n.Given
	})
	check("margin_premium: 9 points", "margin_premium: 9%", func(p *company.Profile) bool { return p.Economics.MarginPremium.Value == 0.09 })
	check(margin, "{low: 30%, high: 38%}", func(p *company.Profile) bool {
		n := p.Economics.ContributionMargin
		return n.Ranged && !n.HasMode && n.Low == 0.3 && n.High == 0.38 && n.Value > 0.3399 && n.Value < 0.3401
	})
	check("goodwill_offer: yes", "goodwill_offer: false", func(p *company.Profile) bool { return !p.Marketing.GoodwillOffer })
	check("name: Alder & Finch", "name: 2026", func(p *company.Profile) bool { return p.Company.Name == "2026" })
	check("name: Alder & Finch", "name: 012", func(p *company.Profile) bool { return p.Company.Name == "012" })
	check("name: Alder & Finch", "name: שלום 🙂 a/../b", func(p *company.Profile) bool { return p.Company.Name == "שלום 🙂 a/../b" })
	check("name: Alder & Finch", "name: '=HYPERLINK(\"x\")'", func(p *company.Profile) bool { return p.Company.Name == `=HYPERLINK("x")` })
	check("name: Alder & Finch", "name: >-\n    Alder\n    and Finch", func(p *company.Profile) bool { return p.Company.Name == "Alder and Finch" })
	check("name: Alder & Finch", "name: "+strings.Repeat("x", 400), func(p *company.Profile) bool { return len(p.Company.Name) == 400 })
	check("event_probability: {low: 3%, mode: 6%, high: 14%", "event_rate: {low: 0.03, high: 0.15", func(p *company.Profile) bool { return p.Estimates[0].ID == "event_rate" })
	check("event_probability: {low: 5%, mode: 20%", "event_rate: {low: 5%, mode: 20%", func(p *company.Profile) bool {
		return p.Options[0].Initiatives[0].Cuts[0].Target == "event_probability"
	})
	check("      - {name: Tested plan", "      - {name: MFA everywhere", func(p *company.Profile) bool { return p.Options[0].Initiatives[1].ID == "mfa-everywhere-2" })
	check("currency: GBP", "currency: AED\n  per_usd: 3.6725", func(p *company.Profile) bool { return p.Company.PerUSD.Value == 3.6725 })
	check("retention: 250k, ", "", func(p *company.Profile) bool { return !p.Security.Insurance.Retention.Set })
	check("  as_of: 2026-12-31\n", "", func(p *company.Profile) bool { return p.Company.AsOf == options().Today })
	check("paper:\n  kind: decision\n  decide_by: 2027-01-31\n", "paper: {kind: information}\n...\n", func(p *company.Profile) bool { return p.Paper.Kind == "information" })

	for name, src := range map[string]string{
		"Windows line ends":       strings.ReplaceAll(base, "\n", "\r\n"),
		"a byte order mark":       "\ufeff" + base,
		"a head of a document":    "---\n" + base,
		"no line end at the end":  strings.TrimSuffix(base, "\n"),
		"comments before and off": "# first\n\n" + base + "\n# last\n",
	} {
		want, _, _ := Company("company.yaml", []byte(base), options())
		got, _, err := Company("company.yaml", []byte(src), options())
		if diff := cmp.Diff(want, got); diff != "" || err != nil {
			t.Errorf("%s: %v\n%s", name, err, diff)
		}
	}
}

func TestAsOfOfTheCallerBeatsTheFile(t *testing.T) {
	o := options()
	o.AsOf = company.NewDate(2026, 6, 30)
	p, _, err := Company("company.yaml", read(t, "base.yaml"), o)
	if err != nil || p.Company.AsOf != o.AsOf {
		t.Errorf("as of %v, %v", p, err)
	}
	o.AsOf = company.NewDate(2026, 1, 1)
	if _, _, err := Company("company.yaml", read(t, "base.yaml"), o); err == nil || !strings.Contains(err.Error(), "appetite.approved") {
		t.Errorf("an appetite approved after the day of the case is refused, got %v", err)
	}
}

// The gallery of messages: testdata/errors.txt.
func TestEveryMessage(t *testing.T) {
	base := string(read(t, "base.yaml"))
	_, gallery, _ := strings.Cut(string(read(t, "errors.txt")), "\n\n")
	for c := range strings.SplitSeq(strings.TrimSpace(gallery), "\n\n") {
		lines := strings.Split(c, "\n")
		src, i := base, 1
		unescape := strings.NewReplacer(`\\`, `\`, `\n`, "\n", `\t`, "\t")
		for ; i+1 < len(lines) && strings.HasPrefix(lines[i], "- "); i += 2 {
			old, new := unescape.Replace(lines[i][2:]), unescape.Replace(strings.TrimPrefix(lines[i+1], "+ "))
			if strings.Count(src, old) != 1 {
				t.Errorf("%s: base.yaml has %q %d times", lines[0], old, strings.Count(src, old))
			}
			src = strings.Replace(src, old, strings.TrimPrefix(new, "+"), 1)
		}
		want := strings.Join(lines[i:], "\n")
		p, _, err := Company("company.yaml", []byte(src), options())
		if err == nil || p != nil {
			t.Errorf("%s: no error", lines[0])
			continue
		}
		if diff := cmp.Diff(want, err.Error()); diff != "" {
			t.Errorf("%s: -want +got\n%s\n%s", lines[0], diff, err)
		}
	}
}

func TestWarnings(t *testing.T) {
	base := string(read(t, "base.yaml"))
	if _, w, err := Company("company.yaml", []byte(base), options()); len(w) > 0 || err != nil {
		t.Errorf("base.yaml: %v %v", w, err)
	}
	check := func(old, new, want string) {
		t.Helper()
		if strings.Count(base, old) != 1 {
			t.Fatalf("base.yaml has %q %d times", old, strings.Count(base, old))
		}
		_, w, err := Company("company.yaml", []byte(strings.Replace(base, old, new, 1)), options())
		if err != nil {
			t.Errorf("%s: %v", new, err)
		}
		if diff := cmp.Diff(want, w.Error()); diff != "" {
			t.Errorf("%s: -want +got\n%s", new, diff)
		}
	}
	check("security: 4", "security: 70", `company.yaml:35:13: staffing.security: want at most the IT staff, 62, got "70"
  hint: staffing.it counts security staff as well`)
	check("it_budget: 9.8M", "it_budget: 800k", `company.yaml:37:11: security.budget: want at most the IT budget, 800,000, got "900k"
  hint: security.it_budget counts security as well`)
	check("limit: 5M, ", "", `company.yaml:39:3: security.insurance: want a limit beside retention and premium, got nothing
  hint: without a limit the policy pays nothing here`)
	check("decide_by: 2027-01-31", "decide_by: 2026-01-31", `company.yaml:66:14: paper.decide_by: want a date not before that of the case, 2026-12-31, got "2026-01-31"`)
	check("start_month: 6", "start_month: 36", `company.yaml:60:57: options.minimum.tested-plan.start_month: want a month within the horizon, below 36, got "36"
  hint: it would cost and cut nothing in the years that are counted`)
	check("extra_churn: 1.2%", "extra_churn: {low: 0.5%, mode: 2.9%, high: 3%}",
		`company.yaml:42:34: estimates.extra_churn.mode: want a mode near the median of the range, 1.2313%, got "2.9%"
  hint: the model uses low and high, and its median is 1.2%`)
}

// All problems are told at once, in the order of the file.
func TestAllProblemsAtOnce(t *testing.T) {
	src := strings.NewReplacer("unit: Group", "unti: Group", "retention: 78%", "retention: 78", "revenue: 310M", "revenue: -4.2M",
		"low: 30%, mode: 34%, high: 38%", "low: 38%, mode: 34%, high: 30%", "  employees: 1450\n", "").Replace(string(read(t, "base.yaml")))
	_, _, err := Company("company.yaml", []byte(src), options())
	want := `company.yaml:4:3: company: want a known key, got "unti"
  hint: did you mean unit?
company.yaml:14:14: customers.retention: want a share from 0% to 99%, got "78"
  hint: write 78% or 0.78
company.yaml:18:12: economics.revenue: want a positive amount a year, got "-4.2M"
company.yaml:19:3: economics.contribution_margin: want low at most high, got low 38%, high 30%
company.yaml:28:1: staffing.employees: want a whole number of people, 1 or more, got nothing
  hint: needed because it says what share of the company a contact wave would tie up`
	if diff := cmp.Diff(want, err.Error()); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}

func TestLimitsAndBytes(t *testing.T) {
	base := string(read(t, "base.yaml"))
	check := func(name, src, want string) {
		t.Helper()
		p, _, err := Company("company.yaml", []byte(src), options())
		if err == nil || p != nil {
			t.Errorf("%s: no error", name)
			return
		}
		if got, _, _ := strings.Cut(err.Error(), "\n"); got != want {
			t.Errorf("%s: -want +got\n-%s\n+%s", name, want, got)
		}
	}
	check("an empty file", "", "company.yaml:1:1: want a company file, got an empty file")
	check("only comments", "# nothing\n", "company.yaml:1:1: want a company file, got an empty file")
	check("only a head", "---\n", "company.yaml:1:1: want a company file, got an empty file")
	check("a text", "hello", `company.yaml:1:1: want keys and values, got "hello"`)
	check("a list", "- a\n- b\n", "company.yaml:1:1: want keys and values, got a list")
	check("2 MB", base+"#"+strings.Repeat("x", 2<<20), "company.yaml: want a file of at most 1 MB, got 2.0 MB")
	check("a name of 100,000 characters", strings.Replace(base, "Alder & Finch", strings.Repeat("x", 100_000), 1),
		`company.yaml:3:9: company.name: want at most 1,000 characters, got `+diag.Quote(strings.Repeat("x", 100_000)))
	check("a null byte", "schema: 1\x00", "company.yaml:1:10: want text, got the control character U+0000")
	check("Latin-1", "schema: 1\ncompany: {name: M\xfcller}", "company.yaml:2:18: want UTF-8 text, got the byte 0xfc")
	check("UTF-16", "\xff\xfes\x00", "company.yaml:1: want UTF-8 text, got UTF-16")
	check("deep brackets", "a: "+strings.Repeat("[", 21)+strings.Repeat("]", 21), "company.yaml:1:24: want at most 20 levels of nesting, got more")
	check("very deep brackets", strings.Repeat("[", 1<<19), "company.yaml: want at most 40000 words and marks, got 524288")
	check("deep dashes", strings.Repeat("- ", 50)+"x", "company.yaml:1:81: want at most 20 levels of nesting, got more")
	check("many words", "a: ["+strings.Repeat("x,", 200_000)+"]", "company.yaml: want at most 40000 words and marks, got 400004")
}

func BenchmarkCompany(b *testing.B) {
	src, o := read(b, "base.yaml"), options()
	b.SetBytes(int64(len(src)))
	for b.Loop() {
		if _, _, err := Company("company.yaml", src, o); err != nil {
			b.Fatal(err)
		}
	}
}
