package casestudies

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestReplayOfZappos(t *testing.T) {
	c, _ := embedded(t).ByID("zappos-2012")
	r := c.Replay()
	var observed []string
	for _, o := range r.Observed {
		observed = append(observed, o.Driver)
	}
	if diff := cmp.Diff([]string{"exposed_share", "contact_rate", "closed_days", "staff_diverted_share"}, observed); diff != "" {
		t.Errorf("observed (-want +got):\n%s", diff)
	}
	if o := r.Observed[0]; o.Value != 1 || o.Source != "DataBreaches.net" || o.Strength != "strong" {
		t.Errorf("exposed_share: got %+v: ones are as observed", o)
	}
	if !r.AbroadOnly {
		t.Error("the closure hit visitors from abroad alone")
	}
	if r.CostSource != "Massachusetts Attorney General, 2015-01-07" {
		t.Errorf("source of the cost: %q", r.CostSource)
	}
	s := r.Story
	if *s.People != 24e6 || len(s.Lessons) != 2 {
		t.Errorf("people %v, lessons %q", *s.People, s.Lessons)
	}
	for _, test := range []struct {
		group string
		facts []Fact
		want  string
	}{
		{"phones", s.Phones, "Phones off: 4 days (Monday 16 to Thursday 19 January 2012)"},
		{"phones", s.Phones, "1,000,000 phone calls expected if 5% of customers rang"},
		{"staff", s.Staff, "Staff diverted: all headquarters employees, regardless of department"},
		{"shop", s.Shop, "Visitors from abroad shut out: 4 days (at least)"},
		{"goodwill", s.Goodwill, "10% single-use discount code for every affected customer as class settlement relief"},
		{"effects", s.Effects, "Said they would stay away: 6% of online conversation about the breach saying they would never buy again; first days after disclosure"},
		{"facts", s.Facts, "Reset: 24,000,000 passwords expired"},
	} {
		if !slices.ContainsFunc(test.facts, func(f Fact) bool { return f.Text == test.want && f.Source != "" }) {
			t.Errorf("%s: %q is not there with a source: %+v", test.group, test.want, test.facts)
		}
	}
	// Nothing is said of lost customers that nobody counted (TXT-14).
	if !slices.ContainsFunc(s.Unknown, func(u string) bool { return strings.HasPrefix(u, "Whether customers left or bought less: ") }) {
		t.Errorf("what is unknown: %q", s.Unknown)
	}
}

// Each fact of a case stands in exactly one group, with its source.
func TestStoriesLoseNothing(t *testing.T) {
	for _, c := range embedded(t).Cases {
		s := c.Replay().Story
		groups := slices.Concat(s.Facts, s.Phones, s.Staff, s.Shop, s.Goodwill, s.Effects)
		if got, want := len(groups), len(c.Operations)+len(c.CustomerEffects)+len(c.MarketingResponse); got != want {
			t.Errorf("%s: %d facts, want %d", c.ID, got, want)
		}
		for _, f := range groups {
			if f.Text == "" || f.Source == "" || strings.Contains(f.Text, "  ") {
				t.Errorf("%s: %+v", c.ID, f)
			}
		}
	}
}

func TestClosedAbroadOnly(t *testing.T) {
	for _, test := range []struct {
		metrics []string
		want    bool
	}{
		{nil, false},
		{[]string{"site_geo_blocked_days"}, true},
		{[]string{"site_geo_blocked_days", "phones_off_days"}, true},
		{[]string{"site_geo_blocked_days", "site_down_days"}, false},
		{[]string{"stores_closed", "site_geo_blocked_days"}, false},
	} {
		c := &Case{}
		for _, m := range test.metrics {
			c.Operations = append(c.Operations, Operation{Metric: m})
		}
		if got := c.Replay().AbroadOnly; got != test.want {
			t.Errorf("%v: got %v", test.metrics, got)
		}
	}
}

func TestEffectText(t *testing.T) {
	for _, test := range []struct {
		e    Effect
		want string
	}{
		{Effect{Metric: "sales_change_pct", Value: -7.07, Unit: "% card payments", Window: "December"}, "Sales: -7.1% card payments; December"},
		{Effect{Metric: "sales_change_pct", Value: 8, Unit: "percent, revenue"}, "Sales: +8%, revenue"},
		{Effect{Metric: "churn_rate", Value: 0.96, Unit: "percent, contract churn"}, "Churn: 1%, contract churn"},
		{Effect{Metric: "churn_rate", Value: 0.6, Unit: "percentage points added"}, "Churn: 0.6 percentage points added"},
		{Effect{Metric: "customers_lost", Value: 95000, Unit: "customers", Window: "one quarter"}, "Customers lost: 95,000 customers; one quarter"},
		{Effect{Metric: "other", Value: 2, Unit: "card networks left"}, "2 card networks left"},
		{Effect{Metric: "brand_score_change", Value: -33, Unit: "points"}, "Brand score: -33 points"},
	} {
		if got := effectText(test.e); got != test.want {
			t.Errorf("got %q, want %q", got, test.want)
		}
	}
}
