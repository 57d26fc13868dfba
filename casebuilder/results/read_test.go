package results_test

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"strings"
	"sync"
	"testing"

	"casebuilder/casebuilder/company"
	"casebuilder/casebuilder/diag"
	"casebuilder/casebuilder/intake"
	"casebuilder/casebuilder/model"
	"casebuilder/casebuilder/results"
	"casebuilder/casestudies"
	"casebuilder/templates"
)

// example is results.json of the embedded example company.
var example = sync.OnceValues(func() ([]byte, error) {
	lib, err := casestudies.Embedded()
	if err != nil {
		return nil, err
	}
	src, err := fs.ReadFile(templates.Examples, templates.DefaultExample)
	if err != nil {
		return nil, err
	}
	p, _, err := intake.Company(templates.DefaultExample, src, intake.Options{Today: company.NewDate(2026, 12, 31)})
	if err != nil {
		return nil, err
	}
	m, err := model.New(model.Input{Profile: p, Library: lib, Seed: 1, Trials: 256, Version: "1.2.3"})
	if err != nil {
		return nil, err
	}
	c, err := m.Solve()
	if err != nil {
		return nil, err
	}
	c.Results.Files = map[string]string{"pitch.pdf": strings.Repeat("0", 64)}
	return json.Marshal(c.Results)
})

func exampleJSON(t testing.TB) []byte {
	t.Helper()
	src, err := example()
	if err != nil {
		t.Fatal(err)
	}
	return src
}

// What is written is read back, to the last digit.
func TestRoundTrip(t *testing.T) {
	src := exampleJSON(t)
	r, err := results.Read(bytes.NewReader(src))
	if err != nil {
		t.Fatal(err)
	}
	again, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(src, again) {
		t.Error("want the same bytes")
	}
}

// with returns the example with one value changed, by its path.
func with(t *testing.T, path string, value any) []byte {
	t.Helper()
	var doc any
	if err := json.Unmarshal(exampleJSON(t), &doc); err != nil {
		t.Fatal(err)
	}
	keys := strings.Split(path, "/")
	at := doc
	for i, k := range keys {
		switch v := at.(type) {
		case map[string]any:
			if i == len(keys)-1 {
				v[k] = value
			}
			at = v[k]
		case []any:
			n := int(k[0] - '0')
			if i == len(keys)-1 {
				v[n] = value
			}
			at = v[n]
		default:
			t.Fatalf("%s: no such place", path)
		}
	}
	out, err := json.Marshal(doc)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// Each value that does not fit is refused, with its field.
func TestRefused(t *testing.T) {
	for _, c := range []struct {
		path  string
		value any
		want  string
	}{
		{"schema", 2, "schema: want 1, got 2"},
		{"trials", 1000, "trials: want a power of two from 256 to 16384, got 1000"},
		{"trials", 512, "samples.driver.event_rate: want a number for each of the 512 trials, got 256"},
		{"as_of", "", "as_of: want a date such as 2026-12-31, got nothing"},
		{"as_of", "yesterday", "want a results.json of casebuilder, got JSON that does not fit: parsing time"},
		{"currency", "USD", `currency: want that of the company, "GBP", got "USD"`},
		{"company/customers/retention", 1.2, "company.customers.retention: want a share from 0% to 99%, got 120%"},
		{"quantities/npv/unit", "", `quantities.npv.unit: want a unit`},
		{"quantities/npv/value", nil, "quantities.npv.value: want a number, or a text in its place, got neither"},
		{"quantities/npv/value", 1e9, "quantities.npv: want that of options["},
		{"exceedance/occurrence", []any{}, "exceedance: want the points of the curve, got none"},
		{"quantities/npv/value", 1e30, "quantities.npv.value: want a number below 1e21 in size, got 1e+30"},
		{"quantities/npv/value", "much", "quantities.value: want a value that fits, got a JSON string"},
		{"quantities/severity.total/p5", 1e12, "quantities.severity.total: want percentiles in rising order"},
		{"quantities/npv/label", strings.Repeat("x", 6000), "quantities.npv.label: want a text of at most 5000 characters, got 6000"},
		{"options/0/id", "core", `options[1].id: want an ID that no other option has, got "core"`},
		{"options/0/id", "../up", `options[0].id: want an ID`},
		{"options/0/years/1/year", 7, "options[0].years[1].year: want 1, got 7"},
		{"decision/verdict", "splendid", `decision.verdict: want favourable, neutral or unfavourable, got "splendid"`},
		{"decision/recommended", "gold", `decision.recommended: want the ID of an option, got "gold"`},
		{"exceedance/occurrence/3/chance", 1.5, "exceedance.occurrence[3].chance: want a chance from 0 to 1, got 1.5"},
		{"exceedance/occurrence/3/loss", -1, "exceedance.occurrence[3].loss: want losses in rising order"},
		{"appetite/0/today", -0.1, "appetite[0].today: want a chance from 0 to 1, got -0.1"},
		{"drivers/driver.extra_churn/low", 0.9, "drivers.driver.extra_churn: want low, mid and high in rising order"},
		{"samples/severity.total", []float64{1}, "samples.severity.total: want a number for each of the 256 trials, got 1"},
	} {
		r, err := results.Read(bytes.NewReader(with(t, c.path, c.value)))
		list, ok := err.(diag.List)
		if !ok || r != nil {
			t.Errorf("%s = %v: want problems, got %v", c.path, c.value, err)
			continue
		}
		if !strings.Contains(list.Error(), c.want) {
			t.Errorf("%s = %.20v: want %q, got\n%s", c.path, c.value, c.want, list)
		}
	}
	// A key that this version does not know is left alone.
	if _, err := results.Read(bytes.NewReader(with(t, "news", "x"))); err != nil {
		t.Errorf("unknown key: want it left alone, got %v", err)
	}
}

func TestNoResults(t *testing.T) {
	for _, c := range []struct{ src, want string }{
		{"", "got an empty file"},
		{"{", "got JSON that ends in the middle"},
		{"{\n  \"schema\": 1,\n  oops", "3:3: want a results.json of casebuilder, got broken JSON: invalid character 'o'"},
		{"[]", "want a value that fits, got a JSON array"},
		{"{}", "schema: want 1, got nothing"},
		{`{"schema":1}{"schema":1}`, "want one JSON object, got more behind it"},
		{`{"schema":1,"quantities":{"npv":{"value":1e999}}}`, "got a JSON number"},
		{`{"schema":1}`, "trials: want a power of two"},
		{strings.Repeat("[", 20_000), "want a results.json of casebuilder, got broken JSON"},
	} {
		_, err := results.Read(strings.NewReader(c.src))
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%.30q: want %q, got %v", c.src, c.want, err)
		}
	}
}

// small is the example without most of its figures, so that fuzzing is quick.
func small(t testing.TB) []byte {
	t.Helper()
	r, err := results.Read(bytes.NewReader(exampleJSON(t)))
	if err != nil {
		t.Fatal(err)
	}
	keep := map[string]results.Figure{"npv": r.Quantities["npv"], "severity.total": r.Quantities["severity.total"]}
	r.Quantities = keep
	r.Drivers = map[string]results.Driver{"driver.closure": r.Drivers["driver.closure"]}
	for i := range r.Options {
		r.Options[i].Quantities = map[string]results.Figure{"npv": r.Options[i].Quantities["npv"]}
		r.Options[i].Exceedance = results.Exceedance{}
	}
	r.Samples, r.Exceedance, r.Exhibits = nil, results.Exceedance{}, results.Exhibits{}
	r.Comparables, r.Replay, r.Sources, r.Checks, r.Evidence = r.Comparables[:1], r.Replay[:1], r.Sources[:1], r.Checks[:1], results.Evidence{}
	r.Company.Options = r.Company.Options[:1]
	src, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	return src
}

// FuzzResults reads any bytes: it never breaks, and what it lets through can be
// written and read again.
func FuzzResults(f *testing.F) {
	f.Add(small(f))
	for _, s := range []string{"", "{}", `{"schema":1}`, `{"schema":1,"trials":256,"options":[{"id":"a"}]}`, `{"schema":1,"company":{"customers":{"active":{"low":1,"high":2}}}}`, "null", "[[[["} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		r, err := results.Read(bytes.NewReader(src))
		if err != nil {
			if r != nil {
				t.Error("want nothing beside an error")
			}
			return
		}
		out, err := json.Marshal(r)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := results.Read(bytes.NewReader(out)); err != nil {
			t.Errorf("want it readable again, got %v", err)
		}
	})
}
