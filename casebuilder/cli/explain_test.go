package cli

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"maps"
	"math"
	"strings"
	"testing"

	"casebuilder/casebuilder/intake"
	"casebuilder/casebuilder/model"
	"casebuilder/casebuilder/quantity"
	"casebuilder/casebuilder/render/text"
	"casebuilder/casebuilder/workbook"
	"casebuilder/casestudies"
	"casebuilder/templates"
)

func exampleModel(t testing.TB, file string) *model.Model {
	t.Helper()
	lib, err := casestudies.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	opts, err := startOptions(lib)
	if err != nil {
		t.Fatal(err)
	}
	src, err := fs.ReadFile(templates.Examples, file)
	if err != nil {
		t.Fatal(err)
	}
	p, _, err := intake.Company(file, src, opts)
	if err != nil {
		t.Fatal(err)
	}
	m, err := model.New(model.Input{Profile: p, Library: lib, Seed: 1, Trials: 256})
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// explain asks a sketch of the model, which leaves out what takes time: it must
// place every figure in the cell, and give it the number, of the whole case.
func TestSketchIsTheCase(t *testing.T) {
	files, err := fs.Glob(templates.Examples, "examples/*.yaml")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	for _, file := range files {
		m := exampleModel(t, file)
		sketch := m.Sketch()
		_, got, err := workbook.Build(sketch, workbook.Options{})
		if err != nil {
			t.Fatal(err)
		}
		whole, err := m.Solve()
		if err != nil {
			t.Fatal(err)
		}
		_, want, err := workbook.Build(whole, workbook.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if !maps.Equal(got, want) {
			t.Errorf("%s: want the cells of the whole case", file)
		}
		for id, f := range whole.Results.Quantities {
			s, ok := sketch.Figure(quantity.ID(id))
			if !ok || f.Value == nil != (s.Value == nil) || f.Value != nil && *f.Value != *s.Value {
				t.Errorf("%s: %s: want the figure of the whole case", file, id)
			}
		}
	}
}

func testExplainer(t testing.TB) *explainer {
	t.Helper()
	m := exampleModel(t, templates.DefaultExample)
	c := m.Sketch()
	lib, err := casestudies.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	return &explainer{library: lib, graph: m.Graph(), results: c.Results, unit: c.Unit, ranking: m.Ranking(), currency: currency(c.Results.Currency), figure: c.Figure}
}

// Every figure, driver, check, case and text can be explained, in text, JSON
// and as a tree.
func TestExplainAll(t *testing.T) {
	e := testExplainer(t)
	ids := append(e.ids(), "zappos-2012", "company.name", "paper.decider", "customers.data_held", "estimates.extra_churn", "event_probability", "driver.direct_response")
	for _, id := range ids {
		x, err := e.explain(id)
		if err != nil {
			t.Errorf("%s: %v", id, err)
			continue
		}
		if x.Label == "" || x.Unit == "" || x.Definition == "" {
			t.Errorf("%s: want a label, a unit and a definition, got %q, %q, %q", id, x.Label, x.Unit, x.Definition)
		}
		if _, err := json.Marshal(x); err != nil {
			t.Errorf("%s: %v", id, err)
		}
		p := text.NewPage(text.Style{Width: 60})
		e.tell(p, x)
		for l := range strings.Lines(p.String()) {
			if text.Width(strings.TrimSuffix(l, "\n")) > 60 {
				t.Errorf("%s: want no line wider than 60, got %q", id, l)
				break
			}
		}
	}
	var out bytes.Buffer
	if err := e.printTree(Streams{Out: &out}, asText, "npv", 30); err != nil || !strings.Contains(out.String(), "customers.active") {
		t.Errorf("want the whole tree down to the inputs, got %v", err)
	}
}

// A formula with numbers is the figure: calculated by hand from what is shown.
func TestExplainNumbers(t *testing.T) {
	e := testExplainer(t)
	x, err := e.explain("customer.margin")
	if err != nil {
		t.Fatal(err)
	}
	// 34% of 310M over 2.4M customers: 0.34 × 129.16667 = 43.916667.
	if want := "0.34 × 129.167"; x.Numbers != want {
		t.Errorf("want %q, got %q", want, x.Numbers)
	}
	if x.Value == nil || math.Abs(*x.Value-43.9166667) > 1e-6 {
		t.Errorf("want 43.9166667, got %v", x.Value)
	}
	if want := "contribution margin × revenue per customer"; x.Formula != want {
		t.Errorf("want %q, got %q", want, x.Formula)
	}
	if x.Owner != "marketing" || x.Unit != "GBP/customer/yr" || len(x.Inputs) != 2 || x.Inputs[0].ID != "economics.contribution_margin" || !x.Inputs[0].Input || x.Inputs[1].Input {
		t.Errorf("want owner, unit and inputs, got %+v", x)
	}
}

func TestWorked(t *testing.T) {
	for _, c := range []struct {
		v    float64
		want string
	}{{0, "0"}, {13_098_636.75, "13,098,637"}, {0.0123456789, "0.0123457"}, {-1.5, "−1.5"}, {129.1666667, "129.167"}, {1e-9, "0.000000001"}} {
		if got := worked(c.v); got != c.want {
			t.Errorf("worked(%g): want %s, got %s", c.v, c.want, got)
		}
	}
}

func TestUnknownFigure(t *testing.T) {
	e := testExplainer(t)
	for _, c := range []struct{ id, want string }{
		{"premum.multiplier", "premium.multiplier"}, {"retention", "customers.retention"}, {"zapos-2012", "zappos-2012"}, {"options.core.nvp", "options.core.npv"},
	} {
		_, err := e.explain(c.id)
		coded, ok := err.(*codeError)
		if !ok || coded.code != codeUsage || !strings.Contains(coded.hint, c.want) {
			t.Errorf("%s: want wrong usage and a hint at %s, got %v, %q", c.id, c.want, err, coded.hint)
		}
	}
}

func BenchmarkExplain(b *testing.B) {
	for b.Loop() {
		if code := Run([]string{"casebuilder", "explain", "premium.multiplier"}, Streams{In: strings.NewReader(""), Out: &bytes.Buffer{}, Err: &bytes.Buffer{}}); code != 0 {
			b.Fatal(code)
		}
	}
}
