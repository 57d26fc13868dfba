package company

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// Every field says what it is, and its example and default are values of it.
func TestFieldsAreWhole(t *testing.T) {
	seen := map[string]bool{}
	p := New(NewDate(2026, time.December, 31))
	for _, f := range slices.Concat(Fields, ListFields) {
		if seen[f.ID] || f.Label == "" || f.Unit == "" || f.Want == "" || f.Help == "" || f.Example == "" || f.Owner == "" {
			t.Errorf("%s: twice, or not whole", f.ID)
		}
		seen[f.ID] = true
		for _, text := range []string{f.Want, f.Needed, f.Where, f.Basis} {
			if strings.HasSuffix(text, ".") {
				t.Errorf("%s: %q ends in a full stop", f.ID, text)
			}
		}
		if f.Default != nil && f.Needed != "" || f.Default != nil && f.Basis == "" {
			t.Errorf("%s: a default of a required field, or without its basis", f.ID)
		}
		if f.Kind != Quantity {
			continue
		}
		v, hint, ok := f.Read(f.Example)
		c := &checker{p: p}
		if c.value(f.ID, &f, v); !ok || len(c.problems) > 0 {
			t.Errorf("%s: the example %q is no value of it: %s %v", f.ID, f.Example, hint, c.problems)
		}
		if d, ok := f.Default.(float64); ok {
			if c.value(f.ID, &f, d); len(c.problems) > 0 {
				t.Errorf("%s: the default %v is no value of it", f.ID, d)
			}
		}
	}
	for i := range Fields {
		f := &Fields[i]
		places := 0
		for _, there := range []bool{f.Number(p) != nil, f.Text(p) != nil, f.List(p) != nil, f.Flag(p) != nil, f.Day(p) != nil} {
			if there {
				places++
			}
		}
		if places != 1 {
			t.Errorf("%s has %d places in a profile", f.ID, places)
		}
	}
}

// The table and the JSON of a profile have the same keys: none is forgotten.
func TestFieldsAreTheKeysOfTheJSON(t *testing.T) {
	p := New(NewDate(2026, time.December, 31))
	for i := range Fields {
		f := &Fields[i]
		switch f.Kind {
		case Quantity:
			*f.Number(p) = Plain(1)
		case Text, Word:
			*f.Text(p) = "x"
		case Words, Texts:
			*f.List(p) = []string{"x"}
		case Day:
			*f.Day(p) = NewDate(2026, time.December, 31)
		case Bool:
			*f.Flag(p) = true
		}
	}
	b, err := json.Marshal(p)
	if err != nil {
		t.Fatal(err)
	}
	var m map[string]any
	if err := json.Unmarshal(b, &m); err != nil {
		t.Fatal(err)
	}
	var keys []string
	var walk func(path string, v any)
	walk = func(path string, v any) {
		if block, ok := v.(map[string]any); ok {
			for k, v := range block {
				walk(strings.TrimPrefix(path+"."+k, "."), v)
			}
			return
		}
		keys = append(keys, path)
	}
	walk("", m)
	slices.Sort(keys)
	var want []string
	for _, f := range Fields {
		want = append(want, f.ID)
	}
	slices.Sort(want)
	if diff := cmp.Diff(want, keys); diff != "" {
		t.Errorf("-fields +JSON\n%s", diff)
	}
}

func TestFieldByID(t *testing.T) {
	check := func(id, want string) {
		t.Helper()
		got := ""
		if f := FieldByID(id); f != nil {
			got = f.ID
		}
		if got != want {
			t.Errorf("%s: want %q, got %q", id, want, got)
		}
	}
	check("customers.retention", "customers.retention")
	check("options.core.name", "options.*.name")
	check("options.core.mfa-everywhere.per_year", "options.*.*.per_year")
	check("options.core.mfa-everywhere.name", "options.*.*.name")
	check("options.core.mfa-everywhere.cuts.closure.low", "options.*.*.cuts.*.low")
	check("appetite.levels.1.loss", "appetite.levels.*.loss")
	check("ownership.closed_sales.marketing", "ownership.*.*")
	check("ownership.closed_sales.reason", "ownership.*.reason")
	check("replay", "replay")
	check("customers", "")
	check("customers.retention.low", "")
	check("", "")
}

func TestSplitPart(t *testing.T) {
	check := func(id, of, part string) {
		t.Helper()
		if a, b := SplitPart(id); a != of || b != part {
			t.Errorf("%s: %q %q", id, a, b)
		}
	}
	check("customers.retention.low", "customers.retention", "low")
	check("customers.retention", "customers.retention", "")
	check("closed.stretch.source", "closed.stretch", "source")
	check("low", "low", "")
}

func TestReadKnowsTheUnit(t *testing.T) {
	check := func(id, text string, want float64, hint string) {
		t.Helper()
		v, h, ok := FieldByID(id).Read(text)
		if v != want || h != hint || ok != (hint == "") {
			t.Errorf("%s %q: want %v %q, got %v %q", id, text, want, hint, v, h)
		}
	}
	check("customers.retention", "78%", 0.78, "")
	check("customers.retention", "0.78", 0.78, "")
	check("customers.retention", "78", 0, "write 78% or 0.78")
	check("customers.retention", "7", 0, "write 7% or 0.07")
	check("customers.retention", "9 points", 0, "points are for the margin premium: write a share with %")
	check("economics.margin_premium", "9 points", 0.09, "")
	check("economics.margin_premium", "9", 0, "write 9 points, 9% or 0.09")
	check("economics.cost_uplift", "1.5", 1.5, "")
	check("economics.cost_uplift", "15", 0, "write 15% or 0.15")
	check("economics.revenue", "34%", 0, "write a number without %")
	check("economics.revenue", "310M", 310e6, "")
	check("economics.revenue", "-4.2M", -4.2e6, "") // the range is for Validate
	check("security.budget", "900.000", 0, "a point is for decimals: write 900,000 for thousands, or fewer decimals")
	check("staffing.employees", "1.450", 0, "a point is for decimals: write 1,450 for thousands, or fewer decimals")
	check("staffing.contact_agents", "85.125", 85.125, "")
	check("customers.acquisition_cost", "31.257", 31.257, "")
	check("security.budget", "900000.125", 900000.125, "")
	check("economics.revenue", "310.250M", 310.25e6, "")
}

func TestSlug(t *testing.T) {
	check := func(name, want string) {
		t.Helper()
		if got := Slug(name); got != want || !ValidID(got) {
			t.Errorf("%q: want %q, got %q", name, want, got)
		}
	}
	check("MFA everywhere", "mfa-everywhere")
	check("  Détection & réponse (24/7)  ", "detection-reponse-24-7")
	check("Müller's Größe", "muellers-groesse")
	check("Tom’s plan", "toms-plan")
	check("שלום", "initiative")
	check("../../etc", "etc")
	check("---", "initiative")
	check(strings.Repeat("long name ", 20), "long-name-long-name-long-name-long-name-long-name-long-name")
	check("ÀÉÎ", "aei")
}

func TestNameInitiatives(t *testing.T) {
	o := Option{Initiatives: []Initiative{{Name: "MFA"}, {Name: "mfa!"}, {ID: "mfa-2", Name: "other"}, {Name: "MFA"}, {Name: strings.Repeat("x", 70)}, {Name: strings.Repeat("x", 80)}}}
	o.NameInitiatives()
	var got []string
	for _, i := range o.Initiatives {
		got = append(got, i.ID)
	}
	want := []string{"mfa", "mfa-3", "mfa-2", "mfa-4", strings.Repeat("x", 60), strings.Repeat("x", 58) + "-2"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}

func TestListsComeBack(t *testing.T) {
	for _, list := range [][]string{nil, {"a"}, {"a", "b"}, {"a; b", "c;"}, {";a", ";;"}, {"x;y;z"}} {
		if got := SplitList(JoinList(list)); !slices.Equal(got, list) {
			t.Errorf("%q came back as %q", list, got)
		}
	}
	if got := SplitList(" a ;b;; c;; ; "); !slices.Equal(got, []string{"a", "b; c;"}) {
		t.Errorf("%q", got)
	}
}
