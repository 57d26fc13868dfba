package casestudies

import (
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// alder is the premium retailer of the example.
var alder = Subject{Sector: "retail", Positioning: "premium", OnFile: 5.1e6,
	DataTypes: []string{"name", "email", "postal_address", "phone", "password_hash", "payment_card_partial"}}

func near(a, b float64) bool { return math.Abs(a-b) <= 1e-12*math.Max(1, math.Abs(b)) }

// Worked by hand from model.md section 3.
func TestWeigh(t *testing.T) {
	people := func(n float64) *ModelCount { return &ModelCount{Value: n} }
	all := alder.DataTypes
	for _, test := range []struct {
		name                          string
		c                             Case
		sector, positioning, data, sz float64
	}{
		{"the same in everything", Case{Sector: "retail", Positioning: "premium", DataTypes: all, Model: Model{People: people(5.1e6)}}, 1, 1, 1, 1},
		{"another sector", Case{Sector: "telecom", Positioning: "premium", DataTypes: all, Model: Model{People: people(5.1e6)}}, 0.5, 1, 1, 1},
		{"another positioning", Case{Sector: "retail", Positioning: "value", DataTypes: all, Model: Model{People: people(5.1e6)}}, 1, 0.7, 1, 1},
		{"unknown positioning", Case{Sector: "retail", DataTypes: all, Model: Model{People: people(5.1e6)}}, 1, 0.7, 1, 1},
		{"no data shared", Case{Sector: "retail", Positioning: "premium", DataTypes: []string{"health"}, Model: Model{People: people(5.1e6)}}, 1, 1, 0.5, 1},
		{"no data known", Case{Sector: "retail", Positioning: "premium", Model: Model{People: people(5.1e6)}}, 1, 1, 0.5, 1},
		// two shared of seven: (1 + 2/7)/2
		{"some data shared", Case{Sector: "retail", Positioning: "premium", DataTypes: []string{"email", "name", "passport", "email"}, Model: Model{People: people(5.1e6)}}, 1, 1, 9.0 / 14, 1},
		// one power of ten: e^(-1/1.5)
		{"ten times larger", Case{Sector: "retail", Positioning: "premium", DataTypes: all, Model: Model{People: people(51e6)}}, 1, 1, 1, 0.513417119032592},
		{"ten times smaller", Case{Sector: "retail", Positioning: "premium", DataTypes: all, Model: Model{People: people(510e3)}}, 1, 1, 1, 0.513417119032592},
		{"people not known", Case{Sector: "retail", Positioning: "premium", DataTypes: all, PeopleAffected: &People{Value: 5.1e6}}, 1, 1, 1, 0.5},
	} {
		w := alder.Weigh(&test.c, 1.5)
		got := [4]float64{w.Sector, w.Positioning, w.Data, w.Size}
		want := [4]float64{test.sector, test.positioning, test.data, test.sz}
		for i := range got {
			if !near(got[i], want[i]) {
				t.Errorf("%s: factors %v, want %v", test.name, got, want)
				break
			}
		}
		if !near(w.Total(), w.Fixed()*w.Size) || !near(w.Fixed(), test.sector*test.positioning*test.data) || len(w.Why) != 4 {
			t.Errorf("%s: fixed %g, total %g, why %q", test.name, w.Fixed(), w.Total(), w.Why)
		}
		if (w.People == nil) != (test.c.Model.People == nil) {
			t.Errorf("%s: people %v", test.name, w.People)
		}
	}
}

// Zappos, for a company like it: same sector, positioning and data; 24 million
// people against 5.1 million on file.
func TestWeighZappos(t *testing.T) {
	c, _ := embedded(t).ByID("zappos-2012")
	w := alder.Weigh(c, 1.5)
	if !near(w.Fixed(), 1) || !near(w.Total(), 0.6386316891563837) {
		t.Errorf("got fixed %g, total %.16g, want 1 and 0.6386316891563837", w.Fixed(), w.Total())
	}
	want := "same sector (retail); same positioning (premium); 6 of 6 kinds of data shared: × 1; 24M people against 5.1M on file: × 0.64"
	if got := strings.Join(w.Why, "; "); got != want {
		t.Errorf("why: got %s, want %s", got, want)
	}
}

func TestNothingKnownOfTheCompany(t *testing.T) {
	for _, c := range embedded(t).Cases {
		w := Subject{}.Weigh(c, 1.5)
		if x := w.Total(); !(x > 0 && x <= 1) || w.Size != 0.5 {
			t.Errorf("%s: total %g, size %g", c.ID, x, w.Size)
		}
	}
}

// For a premium retailer eight of the first ten are retail or premium.
func TestRankForAPremiumRetailer(t *testing.T) {
	l := embedded(t)
	ranked := l.Rank(alder, 1.5)
	if len(ranked) != len(l.Cases) {
		t.Fatalf("got %d cases", len(ranked))
	}
	alike := 0
	for i, r := range ranked {
		if i > 0 && r.Weights.Total() > ranked[i-1].Weights.Total() {
			t.Errorf("%s is behind a case that weighs less", r.Case.ID)
		}
		if i < 10 && (r.Case.Sector == "retail" || r.Case.Positioning == "premium") {
			alike++
		}
	}
	if alike < 8 {
		t.Errorf("%d of the first ten are retail or premium, want at least 8", alike)
	}
}

func TestCountAndThousands(t *testing.T) {
	for x, want := range map[float64]string{0: "0", 812: "812", 999.6: "1k", 5100: "5.1k", 650000: "650k", 5.1e6: "5.1M", 24e6: "24M", 145e6: "145M", 3.2e9: "3.2bn"} {
		if got := count(x); got != want {
			t.Errorf("count(%g) = %s, want %s", x, got, want)
		}
	}
	for x, want := range map[float64]string{0: "0", 4: "4", -95.1: "-95.1", 1000: "1,000", -6600000000: "-6,600,000,000", 123456.5: "123,456.5"} {
		if got := thousands(x); got != want {
			t.Errorf("thousands(%g) = %s, want %s", x, got, want)
		}
	}
}

// votes returns what cases say of a driver: "id value strength".
func votes(t *testing.T, l *Library, driver string) map[string]Vote {
	t.Helper()
	p, err := LoadPriors()
	if err != nil {
		t.Fatal(err)
	}
	d, ok := p.Driver(driver)
	if !ok {
		t.Fatalf("no driver %s", driver)
	}
	out := map[string]Vote{}
	for _, v := range l.Votes(*d) {
		if _, twice := out[v.Case.ID]; twice {
			t.Errorf("%s: %s has two votes", driver, v.Case.ID)
		}
		out[v.Case.ID] = v
	}
	return out
}

func TestVotes(t *testing.T) {
	l := embedded(t)
	if got := len(votes(t, l, "reaction")); got != 40 { // 43 say whether an effect was seen; three of them are outages alone
		t.Errorf("reaction: %d votes, want 40", got)
	}
	seen := 0
	for _, v := range votes(t, l, "reaction") {
		seen += int(v.Value)
	}
	if seen != 21 {
		t.Errorf("reaction: %d seen, want 21", seen)
	}
	churn := votes(t, l, "extra_churn")
	if got := len(churn); got != 9 { // 13 observations, 4 of them zero
		t.Errorf("extra_churn: %d votes, want 9", got)
	}
	if v := churn["talktalk-2015"]; v.Value != 0.024 || v.Strength != "strong" || v.Factor() != 1 {
		t.Errorf("talktalk-2015: got %+v", v)
	}
	if v := churn["t-mobile-2021"]; v.Factor() != 0.5 {
		t.Errorf("t-mobile-2021: factor %g, want 0.5 for a weak observation", v.Factor())
	}
	if _, ok := votes(t, l, "recovery_months")["indigo-2023"]; ok {
		t.Error("an outage without exposed data informs recovery_months")
	}
	days := votes(t, l, "closed_days")
	if len(days) != 16 { // 17 observations, two of them of one case
		t.Errorf("closed_days: %d votes, want 16", len(days))
	}
	if v := days["indigo-2023"]; v.Value != 28 {
		t.Errorf("indigo-2023: %g days, want 28: outages inform closed_days", v.Value)
	}
	if v := days["askul-2025"]; !near(v.Value, 64.69157595854347) { // √(45 · 93)
		t.Errorf("askul-2025: %g days, want the geometric mean of 45 and 93", v.Value)
	}
	for _, d := range []string{"exposed_share", "contact_rate", "closure", "premium_loss", "campaign"} {
		if got := votes(t, l, d); len(got) != 0 {
			t.Errorf("%s does not learn from cases, got %d votes", d, len(got))
		}
	}
}

func TestOneVoteACase(t *testing.T) {
	of := func(driver string, more ...Observation) *Library {
		c := &Case{ID: "x", Model: Model{Kind: "data_breach"}}
		for _, o := range more {
			o.Driver = driver
			c.Model.Observations = append(c.Model.Observations, o)
		}
		return newLibrary([]*Case{c})
	}
	o := func(x float64, strength string) Observation {
		return Observation{Value: x, Strength: strength, Basis: strength, Sources: []string{"s1"}}
	}
	for _, test := range []struct {
		name, driver string
		obs          []Observation
		want         float64
		basis        string
	}{
		{"a share of one", "extra_churn", []Observation{o(1, "strong")}, 0.98, "strong"},
		{"the better founded counts", "closed_days", []Observation{o(10, "weak"), o(40, "moderate")}, 40, "moderate"},
		{"equals: geometric mean", "closed_days", []Observation{o(4, "weak"), o(9, "weak")}, 6, "weak; weak"},
		{"equals: mean of the logits", "spending_dip", []Observation{o(0.1, "strong"), o(0.4, "strong")}, 0.2139387691339814, "strong; strong"},
		{"a zero beside a value says nothing", "spending_dip", []Observation{o(0, "strong"), o(0.1, "weak")}, 0.1, "weak"},
	} {
		v := votes(t, of(test.driver, test.obs...), test.driver)["x"]
		if !near(v.Value, test.want) || v.Basis != test.basis {
			t.Errorf("%s: got %+v, want %g, %s", test.name, v, test.want, test.basis)
		}
	}
	if got := votes(t, of("spending_dip", o(0, "strong")), "spending_dip"); len(got) != 0 {
		t.Errorf("a zero has a vote: %v", got)
	}
	yes := true
	l := newLibrary([]*Case{{ID: "out", Model: Model{Kind: "outage_only", Reaction: Reaction{Seen: &yes, Strength: "strong"},
		Observations: []Observation{{Driver: "extra_churn", Value: 0.1, Strength: "strong"}, {Driver: "closed_days", Value: 3, Strength: "strong"}}}}})
	got := map[string]int{}
	for _, d := range []string{"reaction", "extra_churn", "closed_days"} {
		got[d] = len(votes(t, l, d))
	}
	if diff := cmp.Diff(map[string]int{"reaction": 0, "extra_churn": 0, "closed_days": 1}, got); diff != "" {
		t.Errorf("an outage alone (-want +got):\n%s", diff)
	}
}
