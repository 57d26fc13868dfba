package cli

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"casebuilder/casebuilder/company"
	"casebuilder/casebuilder/intake"
	"casebuilder/casebuilder/render/text"
	"casebuilder/casestudies"
)

// startProfile reads a starter as check does.
func startProfile(t *testing.T, src []byte) *company.Profile {
	t.Helper()
	lib, err := casestudies.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	opts, err := startOptions(lib)
	if err != nil {
		t.Fatal(err)
	}
	p, warnings, err := intake.Company("company.yaml", src, opts)
	if err != nil {
		t.Fatalf("want a file that runs, got %v", err)
	}
	if len(warnings) > 0 {
		t.Errorf("want no warnings, got %v", warnings)
	}
	return p
}

// A starter runs as it stands and looks like a company: for every sector, in
// small and large, in a currency with small units and one with large.
func TestStarters(t *testing.T) {
	rates, err := casestudies.LoadRates()
	if err != nil {
		t.Fatal(err)
	}
	for _, sector := range company.Sectors {
		for _, more := range []map[string]string{
			{},
			{"company.currency": "JPY"},
			{"company.currency": "USD", "customers.active": "20k", "economics.revenue": "4M", "staffing.head_office": "12", "marketing.budget": "200k",
				"security.it_budget": "120k", "security.budget": "12k", "staffing.contact_agents": "2"},
		} {
			answers := map[string]string{"company.sector": sector}
			for k, v := range more {
				answers[k] = v
			}
			src, err := starter(answers)
			if err != nil {
				t.Errorf("%s, %v: %v", sector, more, err)
				continue
			}
			if !bytes.HasPrefix(src, []byte("# yaml-language-server: $schema=")) {
				t.Errorf("%s: want the line for editors first", sector)
			}
			p := startProfile(t, src)
			rate, err := rates.PerUSD(p.Company.Currency, 2025)
			if err != nil {
				t.Fatal(err)
			}
			for _, d := range company.Sanity(p, rate.PerUSD) {
				if d.Outside() {
					t.Errorf("%s, %v: %s is %g, outside of what is usual (%g to %g)", sector, more, d.Label, d.Value, d.Low, d.High)
				}
			}
		}
	}
}

// A yen is about a two-hundredth of a pound: costs of the example options are
// brought to it, with two figures.
func TestStarterCurrency(t *testing.T) {
	pounds, err := starter(map[string]string{"company.sector": "retail"})
	if err != nil {
		t.Fatal(err)
	}
	yen, err := starter(map[string]string{"company.sector": "retail", "company.currency": "JPY"})
	if err != nil {
		t.Fatal(err)
	}
	rate, err := exampleRate("JPY")
	if err != nil || rate < 100 || rate > 400 {
		t.Fatalf("want 100 to 400 yen a pound, got %g, %v", rate, err)
	}
	gbp, jpy := startProfile(t, pounds), startProfile(t, yen)
	for _, c := range []struct {
		what     string
		gbp, jpy float64
	}{
		{"one-off", gbp.Options[0].Initiatives[0].OneOff.Value, jpy.Options[0].Initiatives[0].OneOff.Value},
		{"appetite", gbp.Appetite.Levels[0].Loss.Value, jpy.Appetite.Levels[0].Loss.Value},
		{"revenue", gbp.Economics.Revenue.Value, jpy.Economics.Revenue.Value},
		{"day cost", gbp.Staffing.DayCost.Value, jpy.Staffing.DayCost.Value},
	} {
		if got := c.jpy / c.gbp; got < 0.94*rate || got > 1.06*rate {
			t.Errorf("%s: want about %g yen a pound, got %g", c.what, rate, got)
		}
	}
}

// The interview works with any reader and writer: Enter takes the example, a
// wrong answer is asked again, and derived figures follow.
func TestAsk(t *testing.T) {
	answers := strings.Join([]string{
		"Nordlys AS", "retial", "retail", "no", "NOK", "", // name, sector (twice), country, currency, positioning
		"800k", "1.2M", "120%", "74%", "", "", "35%", "", "9M", "", "300", "", "",
	}, "\n") + "\n"
	var out bytes.Buffer
	got, err := ask(strings.NewReader(answers), &out, text.Style{Width: 200}, map[string]string{"company.sector": "retail"})
	if err != nil {
		t.Fatalf("%v\n%s", err, out.String())
	}
	for id, want := range map[string]string{"company.name": "Nordlys AS", "company.sector": "retail", "company.country": "NO", "company.currency": "NOK",
		"company.positioning": "premium", "customers.active": "800k", "customers.on_file": "1.2M", "customers.retention": "74%",
		"customers.new_per_year":        "140k", // the example's 420k of 2.4M customers
		"economics.contribution_margin": "35%", "economics.margin_premium": "9 points", "staffing.head_office": "300"} {
		if got[id] != want {
			t.Errorf("%s: want %q, got %q", id, want, got[id])
		}
	}
	for _, want := range []string{
		"did you mean retail?", `✗ want a share from 0% to 99%, got "120%"`, "3 of 12: Retention", "12 of 12: Security budget",
		"→ People on file per active customer: 1.5 (most companies: 1.0 to 20)", // 1.2M over 800k
		"→ New customers over customers who leave: 0.67",                        // 140k over 26% of 800k
		"! most companies have NOK 8.4m to NOK 1.7bn: look again, or leave it",  // 9M of a revenue of 4.2bn
		"! Marketing budget as a share of revenue: 0.21%",                       // 9M over 4.2bn
		"Find it: finance: last full year.", "Usual: 800,000 to 16,000,000",     // one to twenty times 800k
	} {
		if !strings.Contains(out.String(), want) && !strings.HasPrefix(want, "!") {
			t.Errorf("want %q in\n%s", want, out.String())
		}
	}
	if _, err := starter(got); err != nil {
		t.Errorf("want a file of these answers, got %v", err)
	}
}

// What was given as a flag is not asked for; an end of the answers ends it all.
func TestAskGivenAndStopped(t *testing.T) {
	given := map[string]string{"company.sector": "retail", "company.name": "A", "company.country": "GB", "company.currency": "GBP", "company.positioning": "mid"}
	var out bytes.Buffer
	_, err := ask(strings.NewReader("\n1k\n"), &out, text.Style{}, given)
	var coded *codeError
	if !errors.As(err, &coded) || coded.code != codeFailed || !errors.Is(err, errStopped) {
		t.Errorf("want the error that the questions were not answered, got %v", err)
	}
	if s := out.String(); strings.Contains(s, "The name on the cover") || !strings.Contains(s, "1 of 12: Active customers") {
		t.Errorf("want the numbers alone to be asked for, got\n%s", s)
	}
}

// There are twelve numbers, each with a flag of its own.
func TestQuestions(t *testing.T) {
	flags, numbers := map[string]bool{}, 0
	for _, q := range questions {
		f := q.field()
		if f == nil || f.Help == "" || flags[q.flag] {
			t.Fatalf("%s: want a field with help and a flag of its own", q.id)
		}
		flags[q.flag] = true
		if q.number() {
			numbers++
			if f.Where == "" {
				t.Errorf("%s: want where one finds it", q.id)
			}
		}
	}
	if numbers != 12 {
		t.Errorf("want twelve numbers, got %d", numbers)
	}
}

func TestPlainAmount(t *testing.T) {
	for _, c := range []struct {
		v    float64
		want string
	}{{310e6, "310M"}, {1234, "1200"}, {0.034, "0.034"}, {4.2e9, "4.2bn"}, {98765, "99k"}} {
		if got := plainAmount(c.v); got != c.want {
			t.Errorf("plainAmount(%g): want %s, got %s", c.v, c.want, got)
		}
	}
}
