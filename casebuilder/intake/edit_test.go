package intake

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"

	"casebuilder/casebuilder/company"

	"github.com/google/go-cmp/cmp"
)

func TestSetValue(t *testing.T) {
	// each case: the text before, ID, value, comment, the text after
	check := func(before, id, value, comment, after string) {
		t.Helper()
		got, err := SetValue([]byte(before), id, value, comment)
		if err != nil {
			t.Errorf("%s = %s: %v", id, value, err)
			return
		}
		if diff := cmp.Diff(after, string(got)); diff != "" {
			t.Errorf("%s = %s: -want +got\n%s", id, value, diff)
		}
	}
	check("customers:\n  retention: 78%\n  active: 1\n", "customers.retention", "72%", "Jane: churn study",
		"customers:\n  retention: 72%  # Jane: churn study\n  active: 1\n")
	check("customers:\n  retention: 78%  # CRM\n", "customers.retention", "72%", "Jane", "customers:\n  retention: 72%  # CRM; Jane\n")
	check("customers: {retention: 78%, active: 2.4M}\n", "customers.active", "2,500,000", "Jane", "customers: {retention: 78%, active: \"2,500,000\"}  # Jane\n")
	check("customers: {retention: 78%,\n  active: 2.4M}\n", "customers.retention", "72%", "Jane", "customers: {retention: 72%,  # Jane\n  active: 2.4M}\n")
	check("customers:\n  retention: {low: 70%, mode: 78%, high: 84%}\n", "customers.retention", "75%", "", "customers:\n  retention: {low: 70%, mode: 75%, high: 84%}\n")
	check("customers:\n  retention: {low: 70%, high: 84%}\n", "customers.retention", "75%", "", "customers:\n  retention: {low: 70%, high: 84%, mode: 75%}\n")
	check("customers:\n  retention: {value: 78%, source: CRM}\n", "customers.retention", "75%", "", "customers:\n  retention: {value: 75%, source: CRM}\n")
	check("customers:\n  retention:\n    low: 70%\n    high: 84%\n  active: 1\n", "customers.retention.low", "69%", "Jane", "customers:\n  retention:\n    low: 69%  # Jane\n    high: 84%\n  active: 1\n")
	check("customers:\n  retention: 78%\n", "customers.retention.low", "70%", "", "customers:\n  retention: {low: 70%}\n")
	check("customers:\n  retention: 78%\n", "customers.retention.source", "CRM, May", "", "customers:\n  retention: {value: 78%, source: \"CRM, May\"}\n")
	check("customers:\n  active: 1 # one\nmarketing:\n  budget: 1\n", "customers.retention", "70%", "Jane",
		"customers:\n  active: 1 # one\n  retention: 70%  # Jane\nmarketing:\n  budget: 1\n")
	check("customers:\n  active: 1", "customers.retention", "70%", "Jane", "customers:\n  active: 1\n  retention: 70%  # Jane")
	check("customers: {active: 1}\n", "customers.retention", "70%", "", "customers: {active: 1, retention: 70%}\n")
	check("customers: { active: 1, }\n", "customers.retention", "70%", "", "customers: { active: 1, retention: 70%, }\n")
	check("customers: {}\n", "customers.retention", "70%", "", "customers: {retention: 70%}\n")
	check("customers:\n", "customers.retention", "70%", "Jane", "customers: {retention: 70%}  # Jane\n")
	check("customers: # all\n", "customers.retention", "70%", "Jane", "customers: {retention: 70%} # all; Jane\n")
	check("customers:\n  retention: # open\n  active: 1\n", "customers.retention", "70%", "", "customers:\n  retention: 70% # open\n  active: 1\n")
	check("customers:\n  retention: ~\n", "customers.retention", "70%", "", "customers:\n  retention: 70%\n")
	check("schema: 1\n", "security.insurance.limit", "5M", "Jane", "schema: 1\nsecurity: {insurance: {limit: 5M}}  # Jane\n")
	check("security:\n  budget: 1\n", "security.insurance.limit", "5M", "", "security:\n  budget: 1\n  insurance: {limit: 5M}\n")
	check("estimates:\n  extra_churn: {low: 1%}\n", "estimates.extra_churn.high", "4%", "", "estimates:\n  extra_churn: {low: 1%, high: 4%}\n")
	check("estimates: {closed.stretch: 1.4}\n", "estimates.closed.stretch", "1.5", "", "estimates: {closed.stretch: 1.5}\n")
	check("company:\n  name: \"Alder & \\\"Finch\\\"\" # cover\n", "company.name", "null", "", "company:\n  name: \"null\" # cover\n")
	check("company:\n  name: 'Al''der'\n", "company.name", "Alder & Finch: new", "", "company:\n  name: \"Alder & Finch: new\"\n")
	check("company:\n  name: Ä b\n", "company.name", "Alder Ltd", "x", "company:\n  name: Alder Ltd  # x\n")
	check("company:\n  name: one\n    two\n  unit: x\n", "company.name", "three", "Jane", "company:\n  name: three  # Jane\n  unit: x\n")
	check("company:\n  name: >-\n    one\n\n    two\n  unit: x\n", "company.name", "three", "Jane", "company:\n  name: three  # Jane\n  unit: x\n")
	check("company: {name: \"one\n   two\", unit: x}\n", "company.unit", "y", "Jane", "company: {name: \"one\n   two\", unit: y}  # Jane\n")
	check("company: {unit: x, name: \"one\n   two\"}\n", "company.unit", "y", "Jane", "# Jane\ncompany: {unit: y, name: \"one\n   two\"}\n")
	check("customers:\n  data_held: [name, email] # all\n", "customers.data_held", "name; phone", "", "customers:\n  data_held: [name, phone] # all\n")
	check("customers:\n  data_held:\n    - name\n    - email\n  active: 1\n", "customers.data_held", "name; phone", "", "customers:\n  data_held:\n    [name, phone]\n  active: 1\n")
	check("marketing: {goodwill_offer: yes}\n", "marketing.goodwill_offer", "no", "", "marketing: {goodwill_offer: no}\n")
	check("appetite:\n  levels:\n    - {loss: 5M, chance: 5%}\n    - loss: 20M\n      chance: 1%\n", "appetite.levels.2.loss", "25M", "Jane",
		"appetite:\n  levels:\n    - {loss: 5M, chance: 5%}\n    - loss: 25M  # Jane\n      chance: 1%\n")
	options := "options:\n  - id: core\n    name: Core\n    initiatives:\n      - {name: MFA everywhere, per_year: 60k, cuts: {event_rate: {low: 5%, high: 35%}}}\n      - name: Plan\n"
	check(options, "options.core.mfa-everywhere.per_year", "65k", "", strings.Replace(options, "60k", "65k", 1))
	check(options, "options.core.mfa-everywhere.cuts.event_probability.low", "4%", "", strings.Replace(options, "5%,", "4%,", 1))
	check(options, "options.core.mfa-everywhere.cuts.closure.low", "4%", "", strings.Replace(options, "high: 35%}", "high: 35%}, closure: {low: 4%}", 1))
	check(options, "options.core.plan.posts", "0.5", "Jane", options+"        posts: 0.5  # Jane\n")
	check(options, "options.core.plan.name", "Better plan", "", strings.Replace(options, "Plan", "Better plan", 1))
	check(options, "options.core.name", "Core 2", "", strings.Replace(options, "name: Core", "name: Core 2", 1))
	check("ownership: {closed_sales: {marketing: 60%, operations: 40%, reason: x}}\n", "ownership.closed_sales.marketing", "50%", "", "ownership: {closed_sales: {marketing: 50%, operations: 40%, reason: x}}\n")
	check("customers:\r\n  active: 1\r\nmarketing:\r\n  budget: 1\r\n", "customers.retention", "70%", "Jane", "customers:\r\n  active: 1\r\n  retention: 70%  # Jane\r\nmarketing:\r\n  budget: 1\r\n")
	check("\ufeffcustomers:\n  active: 1\n", "customers.active", "2", "x", "\ufeffcustomers:\n  active: 2  # x\n")
	check("customers:\n  active: 1\n", "customers.active", "2", "a\nb: \x1b[31m {c}", "customers:\n  active: 2  # a b: �[31m {c}\n")
	check("{customers: {active: 1}}\n", "marketing.budget", "2", "", "{customers: {active: 1}, marketing: {budget: 2}}\n")
}

func TestRemove(t *testing.T) {
	check := func(before, id, after string) {
		t.Helper()
		got, err := Remove([]byte(before), id)
		if diff := cmp.Diff(after, string(got)); diff != "" || err != nil {
			t.Errorf("%s: %v -want +got\n%s", id, err, diff)
		}
	}
	const id = "estimates.extra_churn.mode"
	check("estimates: {extra_churn: {low: 1%, mode: 2%, high: 4%}} # why\n", id, "estimates: {extra_churn: {low: 1%, high: 4%}} # why\n")
	check("estimates: {extra_churn: {mode: 2%, low: 1%,\n  high: 4%}}\n", id, "estimates: {extra_churn: {low: 1%,\n  high: 4%}}\n")
	check("estimates: {extra_churn: {low: 1%, high: 4%, mode: 2%}}\n", id, "estimates: {extra_churn: {low: 1%, high: 4%}}\n")
	check("estimates:\n  extra_churn:\n    # all\n    low: 1%\n    mode: 2%  # guess\n    high: 4% # h\n", id, "estimates:\n  extra_churn:\n    # all\n    low: 1%\n    high: 4% # h\n")
	check("estimates:\r\n  extra_churn:\r\n    low: 1%\r\n    high: 4%\r\n    mode: 2%", id, "estimates:\r\n  extra_churn:\r\n    low: 1%\r\n    high: 4%\r\n")
	check("estimates: {extra_churn: {value: 2%, source: \"a, b: {c}\"}}\n", "estimates.extra_churn.value", "estimates: {extra_churn: {source: \"a, b: {c}\"}}\n")
	check("estimates: {closed.stretch: {value: 1.3, source: x}}\n", "estimates.closed.stretch.source", "estimates: {closed.stretch: {value: 1.3}}\n")
	for _, id := range []string{"estimates.extra_churn.low", "estimates.other.mode", "x"} {
		if got, err := Remove([]byte("estimates: {extra_churn: {mode: 2%}}\n"), id); err == nil {
			t.Errorf("%s: no error, %s", id, got)
		}
	}
}

func TestSetValueRefuses(t *testing.T) {
	src := read(t, "base.yaml")
	check := func(id, value, want string) {
		t.Helper()
		got, err := SetValue(src, id, value, "")
		if err == nil {
			t.Errorf("%s = %s: no error, %s", id, value, got)
			return
		}
		if got, _, _ := strings.Cut(err.Error(), "\n"); got != want {
			t.Errorf("%s: -want +got\n-%s\n+%s", id, want, got)
		}
	}
	check("customers.retension", "1", `customers.retension: want the dotted name of a value of the company file, got "customers.retension"`)
	check("customers.retention", "", `customers.retention: want a value, got ""`)
	check("customers.retention", "x", `customers.retention: want a share from 0% to 99%, got "x"`)
	check("customers.retention", "78", `customers.retention: want a share from 0% to 99%, got "78"`)
	check("company.sector", "retial", `company.sector: want a sector, got "retial"`)
	check("marketing.goodwill_offer", "perhaps", `marketing.goodwill_offer: want yes or no, got "perhaps"`)
	check("company.as_of", "tomorrow", `company.as_of: want a date such as 2026-12-31, got "tomorrow"`)
	check("estimates.extra_churn.low", "little", `estimates.extra_churn.low: want a number, got "little"`)
	check("options.core.plan.per_year", "1", `options.core.plan.per_year: want an option and an initiative of the file, got "options.core.plan.per_year"`)
	check("options.minimum.plan.per_year", "1", `options.minimum.plan.per_year: want an option and an initiative of the file, got "options.minimum.plan.per_year"`)
	check("options.minimum.id", "x", `options.minimum.id: want the dotted name of a value of the company file, got "options.minimum.id"`)
	check("appetite.levels.3.loss", "1", `appetite.levels.3.loss: want a level of the file, got level 3`)
	if _, err := SetValue([]byte("a: [\n"), "customers.active", "1", ""); err == nil {
		t.Error("a file that cannot be read cannot be edited")
	}
}

// Random edits of files in three styles change the one value and nothing else.
func TestRandomEditsChangeOneValue(t *testing.T) {
	rng := rand.New(rand.NewPCG(7, 8))
	starter, err := Starter("retail", nil)
	if err != nil {
		t.Fatal(err)
	}
	o := options()
	styles := [][]byte{[]byte(compact), read(t, "base.yaml"), starter, []byte(strings.ReplaceAll(string(read(t, "base.yaml")), "\n", "\r\n"))}
	for n := range 600 {
		src := styles[n%len(styles)]
		before, _, err := Company("c.yaml", src, o)
		if err != nil {
			t.Fatal(err)
		}
		e := pick(rng, company.Flatten(before))
		value := e.Text
		switch e.Kind {
		case company.Quantity: // a little off, so that it stays in range and in order
			value = strconv.FormatFloat(e.Number*(1-0.001*rng.Float64()), 'f', -1, 64)
			if f := company.FieldByID(e.ID); f != nil && (f.Whole || f.ID == "ownership.*.*") {
				value = strconv.FormatFloat(e.Number, 'f', -1, 64)
			}
		case company.Text:
			if e.ID != "company.currency" && e.ID != "company.country" {
				value = maker{rng}.text()
			}
		}
		comment := []string{"", "Jane Doe, 2026-10-03: \"why\" # not", "x"}[rng.IntN(3)]
		out, err := SetValue(src, e.ID, value, comment)
		if err != nil {
			t.Fatalf("%s = %q: %v\n%s", e.ID, value, err, src)
		}
		after, _, err := Company("c.yaml", out, o)
		if err != nil {
			t.Fatalf("%s = %q: %v\n%s", e.ID, value, err, out)
		}
		want, got := entriesByID(company.Flatten(before)), entriesByID(company.Flatten(after))
		w := want[e.ID]
		w.Default = false
		if w.Text = value; e.Kind == company.Quantity {
			w.Text = ""
			w.Number, _ = strconv.ParseFloat(value, 64)
		}
		if strings.HasSuffix(e.ID, ".name") && strings.Count(e.ID, ".") == 3 { // the ID of the initiative is made of it
			if len(want) != len(got) {
				t.Fatalf("%s: %d values became %d", e.ID, len(want), len(got))
			}
			continue
		}
		want[e.ID] = w
		if !maps.Equal(want, got) {
			t.Fatalf("%s = %q: -want +got\n%s\n%s", e.ID, value, cmp.Diff(want, got), out)
		}
		if comment != "" && !strings.Contains(string(out), "# "+comment) && !strings.Contains(string(out), "; "+comment) {
			t.Fatalf("%s: the comment is lost\n%s", e.ID, out)
		}
		if d := changedLines(string(src), string(out)); d > 2 {
			t.Fatalf("%s = %q: %d lines changed\n%s", e.ID, value, d, out)
		}
	}
}

func pick(rng *rand.Rand, entries []company.Entry) company.Entry {
	return entries[rng.IntN(len(entries))]
}

func entriesByID(entries []company.Entry) map[string]company.Entry {
	m := map[string]company.Entry{}
	for _, e := range entries {
		m[e.ID] = e
	}
	return m
}

// changedLines counts the lines of b that a does not have.
func changedLines(a, b string) int {
	lines := strings.Split(a, "\n")
	n := 0
	for line := range strings.SplitSeq(b, "\n") {
		if i := slices.Index(lines, line); i < 0 {
			n++
		}
	}
	return n
}

func FuzzSetValue(f *testing.F) {
	f.Add(compact, "customers.retention", "72%", "why")
	f.Add("customers:\n  active: 1", "security.insurance.limit", "5M", "")
	f.Add("company: {name: \"a\n b\"}", "company.unit", "x", "y")
	f.Fuzz(func(t *testing.T, src, id, value, comment string) {
		out, err := SetValue([]byte(src), id, value, comment)
		if err != nil {
			return
		}
		if _, problems := parseYAML("", out); len(problems) > 0 {
			t.Errorf("%q %s=%q gives %q: %v", src, id, value, out, problems)
		}
	})
}

func ExampleSetValue() {
	src := "customers:\n  active: 2.4M     # CRM\n  retention: 78%\n"
	out, err := SetValue([]byte(src), "customers.retention", "72%", "J. Doe, 2026-10-03: churn study")
	fmt.Print(string(out), err)
	// Output:
	// customers:
	//   active: 2.4M     # CRM
	//   retention: 72%  # J. Doe, 2026-10-03: churn study
	// <nil>
}
