package intake

import (
	"bytes"
	"strings"
	"testing"

	"casebuilder/casebuilder/company"

	"github.com/goccy/go-yaml"
	"github.com/santhosh-tekuri/jsonschema/v6"
)

// schema compiles the JSON Schema of the company file.
func schema(t *testing.T) *jsonschema.Schema {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(company.Schema(options().Rules.Estimates)))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	c.DefaultDraft(jsonschema.Draft2020)
	if err := c.AddResource("company.schema.json", doc); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("company.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// asJSON turns YAML into what a schema checks.
func asJSON(t *testing.T, src string) any {
	t.Helper()
	j, err := yaml.YAMLToJSON([]byte(src))
	if err != nil {
		t.Fatalf("%v\n%s", err, src)
	}
	v, err := jsonschema.UnmarshalJSON(bytes.NewReader(j))
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func TestSchemaTakesGoodFiles(t *testing.T) {
	s := schema(t)
	files := map[string]string{"compact": compact, "base": string(read(t, "base.yaml"))}
	for _, sector := range company.Sectors {
		src, err := Starter(sector, nil)
		if err != nil {
			t.Fatal(err)
		}
		files[sector] = string(src)
	}
	for name, src := range files {
		if err := s.Validate(asJSON(t, src)); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	base := string(read(t, "base.yaml"))
	for _, change := range []string{"1,450,000", "'1 450 000'", "1.45M", "'1.45 M'", "1450k", "1.45e6", "1450000", "{low: 1.4M, high: 1.5M}", "{value: 1.4M, source: CRM}"} {
		if err := s.Validate(asJSON(t, strings.Replace(base, "active: 2.4M", "active: "+change, 1))); err != nil {
			t.Errorf("active: %s: %v", change, err)
		}
	}
}

// What one value can show, the schema refuses as the reader does.
func TestSchemaRefusesBadFiles(t *testing.T) {
	s := schema(t)
	base := string(read(t, "base.yaml"))
	for _, c := range [][2]string{
		{"schema: 1", "schema: 2"}, {"schema: 1\n", ""}, {"retention: 78%", "retension: 78%"}, {"  retention: 78%\n", ""}, {"retention: 78%", "retention: 78"},
		{"retention: 78%", "retention: seventy"}, {"retention: 78%", "retention: 78 points"}, {"revenue: 310M", "revenue: 34%"}, {"revenue: 310M", "revenue: -4.2M"},
		{"revenue: 310M", "revenue: £310M"}, {"acquisition_cost: 31", "acquisition_cost: '31,5'"}, {"employees: 1450", "employees: 14.5"},
		{"employees: 1450", "employees: {low: 1, high: 2}"}, {"sector: retail", "sector: retial"}, {"[name, email, password_hash]", "[name, emial]"},
		{"[name, email, password_hash]", "email"}, {"goodwill_offer: yes", "goodwill_offer: maybe"}, {"as_of: 2026-12-31", "as_of: 31.12.2026"},
		{"currency: GBP", "currency: gbp"}, {"country: GB", "country: UK"}, {"extra_churn: 1.2%", "extra_chrun: 1.2%"}, {"extra_churn: 1.2%", "extra_churn: 0"},
		{"closed.stretch: 1.4", "closed.stretch: 14"}, {"id: minimum", "id: The Minimum"}, {"closed_days: {low", "closing_days: {low"},
		{"event_probability: {low: 5%, mode: 20%, high: 35%}", "event_probability: 20%"}, {"operations: 40%", "operation: 40%"}, {", reason: shared shop", ""},
		{"- {loss: 20M, chance: 1%}", "- {loss: 20M}"}, {"kind: decision", "kind: decree"}, {"low: 30%, mode: 34%, high: 38%", "low: 30%"},
	} {
		if strings.Count(base, c[0]) != 1 {
			t.Errorf("base.yaml has %q %d times", c[0], strings.Count(base, c[0]))
			continue
		}
		src := strings.Replace(base, c[0], c[1], 1)
		if err := s.Validate(asJSON(t, src)); err == nil {
			t.Errorf("the schema takes %q", c[1])
		}
		if _, _, err := Company("c.yaml", []byte(src), options()); err == nil {
			t.Errorf("the reader takes %q", c[1])
		}
	}
}
