package casestudies

import (
	"maps"
	"slices"
	"strings"
	"testing"
)

func TestLoadAssumptions(t *testing.T) {
	priors, err := LoadPriors()
	if err != nil {
		t.Fatal(err)
	}
	defaults, err := LoadDefaults()
	if err != nil {
		t.Fatal(err)
	}
	evidence, err := LoadEvidence()
	if err != nil {
		t.Fatal(err)
	}
	if got := len(evidence.Parameters); got != 280 {
		t.Errorf("got %d published figures, want 280", got)
	}
	if got := len(defaults); got != 76 { // 75 rows of seven tables, and retail as a sector
		t.Errorf("got %d defaults, want 76", got)
	}
	if p, ok := evidence.ByID("case_talktalk_churn"); !ok || *p.Value != 0.024 || p.Strength != "strong" || p.Source.Title == "" {
		t.Errorf("case_talktalk_churn: got %+v", p)
	}
	if _, ok := evidence.ByID("no_such_figure"); ok {
		t.Error("there is a figure no_such_figure")
	}
	if d, ok := priors.Driver("extra_churn"); !ok || d.Low != 0.002 || d.High != 0.04 || !d.Learns {
		t.Errorf("extra_churn: got %+v", d)
	}
	if c, ok := priors.Constant(SizeScale); !ok || c.Value != 1.5 {
		t.Errorf("%s: got %+v", SizeScale, c)
	}
	if got, none := priors.Multiple("retail"), priors.Multiple("government"); got != 1.19 || none != 1 {
		t.Errorf("multiples: retail %g, government %g, want 1.19 and 1", got, none)
	}
	topics := map[string]int{}
	for _, d := range defaults {
		topics[d.Topic]++
	}
	want := map[string]int{"how often": 8, "direct cost": 6, "parts of the direct cost": 16, "marketing losses": 20,
		"customer contact and diverted staff": 8, "security staff, spend and controls": 16, "timing": 2}
	if !maps.Equal(topics, want) {
		t.Errorf("defaults by topic: got %v, want %v", topics, want)
	}
}

// Spot checks of the table, one a section.
func TestDefaults(t *testing.T) {
	defaults, _ := LoadDefaults()
	value := func(x *float64) float64 {
		if x == nil {
			return -999
		}
		return *x
	}
	for _, test := range []struct {
		id              string
		low, mode, high float64
		restsOn         string
	}{
		{"chance_100m_1b", 0.015, 0.04, 0.12, "freq_iris2022_100m_1b"},
		{"card_reissue", 3, 5, 10, "card_cost_target"},
		{"goodwill_effect", -0.10, 0, 0.15, "comp_goode_align"},
		{"contact_peak_share", 0.15, 0.25, 0.40, "contact_epiq_peak"},
		{"spend_ceiling", -999, 0.37, 0.50, "gl_one_over_e"},
		{"entry_to_containment", 100, 245, 290, "ibm_days_2025"},
	} {
		i := slices.IndexFunc(defaults, func(d Default) bool { return d.ID == test.id })
		if i < 0 {
			t.Errorf("no default %s", test.id)
			continue
		}
		d := defaults[i]
		if value(d.Low) != test.low || value(d.Mode) != test.mode || value(d.High) != test.high || !slices.Contains(d.RestsOn, test.restsOn) {
			t.Errorf("%s: got %g, %g, %g, rests on %v", test.id, value(d.Low), value(d.Mode), value(d.High), d.RestsOn)
		}
	}
	i := slices.IndexFunc(defaults, func(d Default) bool { return d.ID == "direct_cost_1b_10b" })
	if d := defaults[i]; value(d.Low) != 90e3 || value(d.Median) != 2e6 || value(d.High) != 45e6 || value(d.LogSD) != 1.89 || value(d.Mean) != 12e6 || d.Mode != nil {
		t.Errorf("direct_cost_1b_10b: got %+v", d)
	}
}

func TestBrokenAssumptions(t *testing.T) {
	x := func(v float64) *float64 { return &v }
	driver := func(change func(*Driver)) *assumptions {
		d := Driver{ID: "d", Label: "l", Unit: "share", Meaning: "m", Family: "logit-normal", Dimension: 1, Low: 0.1, High: 0.2, Grade: "weak", Basis: "b"}
		change(&d)
		return &assumptions{Priors: Priors{Drivers: []Driver{d}}}
	}
	tier := Tier{Label: "t", Mid: 1, ChanceLow: 0.1, ChanceHigh: 0.2, CostMedian: 1, CostLogSD: 1}
	for _, test := range []struct {
		name string
		a    *assumptions
		want string
	}{
		{"evidence that is not there", driver(func(d *Driver) { d.RestsOn = []string{"nowhere"} }), "priors: driver: d: rests_on: want the id of a figure in evidence.yaml, got nowhere"},
		{"swapped interval", driver(func(d *Driver) { d.Low, d.High = 0.3, 0.2 }), "priors: driver: d: want low below high"},
		{"a zero low", driver(func(d *Driver) { d.Low = 0 }), "priors: driver: d: want low below high"},
		{"a share of one", driver(func(d *Driver) { d.High = 1 }), "priors: driver: d: want low below high"},
		{"family", driver(func(d *Driver) { d.Family = "beta" }), "priors: driver: d: family"},
		{"no dimension", driver(func(d *Driver) { d.Dimension = 0 }), "priors: driver: d: dimension"},
		{"constant out of range", &assumptions{Priors: Priors{Constants: []Constant{{ID: "c", Label: "l", Unit: "u", Basis: "b", Grade: "weak", Value: 3, Max: 2}}}}, "priors: constant: c: want min ≤ value ≤ max, got [0 3 2]"},
		{"one tier", &assumptions{Priors: Priors{Tiers: []Tier{tier}}}, "priors: tiers: want at least two, got 1"},
		{"falling tiers", &assumptions{Priors: Priors{Tiers: []Tier{tier, tier}}}, "priors: tier: t: mid: want rising revenue"},
		{"unknown sector", &assumptions{Priors: Priors{Sectors: []Multiple{{Sector: "retial", Value: 1}}}}, "priors: sector: retial: want a known sector"},
		{"twice", &assumptions{Defaults: []Default{{ID: "a"}, {ID: "a"}}}, "defaults: a: want an id of its own"},
		{"falling default", &assumptions{Defaults: []Default{{ID: "a", Low: x(2), High: x(1)}}}, "defaults: a: want rising values, got 1"},
		{"method", &assumptions{Evidence: []Parameter{{ID: "a", Method: "guess"}}}, "evidence: a: method: want a known method, got guess"},
	} {
		err := test.a.check(newEvidence(test.a.Evidence))
		if err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: got %v, want %s", test.name, err, test.want)
		}
	}
}
