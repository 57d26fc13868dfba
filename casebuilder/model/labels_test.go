package model_test

import (
	"io/fs"
	"slices"
	"strings"
	"testing"

	"casebuilder/casebuilder"
	"casebuilder/casebuilder/company"
	"casebuilder/casebuilder/intake"
	"casebuilder/casebuilder/model"
	"casebuilder/casestudies"
	"casebuilder/templates"
)

// A formula in words reads as circular when two quantities share a label. The
// years and steps of one series have one, and an initiative's own rows where it
// is a part of several options.
func TestLabelsAreDistinct(t *testing.T) {
	lib, err := casestudies.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	rules, err := casebuilder.Rules(lib)
	if err != nil {
		t.Fatal(err)
	}
	for _, example := range []string{"premium-retailer", "mobile-operator", "clinic-group", "value-retailer"} {
		src, err := fs.ReadFile(templates.Examples, "examples/"+example+".yaml")
		if err != nil {
			t.Fatal(err)
		}
		p, _, err := intake.Company(example, src, intake.Options{Today: company.NewDate(2026, 11, 23), Rules: rules})
		if err != nil {
			t.Fatal(err)
		}
		m, err := model.New(model.Input{Profile: p, Library: lib, Seed: 1, Trials: 256})
		if err != nil {
			t.Fatal(err)
		}
		labels := map[string][]string{}
		for _, q := range m.Graph().All() {
			name, _, _ := strings.Cut(string(q.ID), "@")
			if parts := strings.Split(name, "."); q.Group == "inputs" && parts[0] == "options" {
				parts[1] = "*"
				name = strings.Join(parts, ".")
			}
			if label := strings.ToLower(q.Label); !slices.Contains(labels[label], name) {
				labels[label] = append(labels[label], name)
			}
		}
		for label, names := range labels {
			if len(names) > 1 {
				t.Errorf("%s: %q is the label of %s", example, label, strings.Join(names, ", "))
			}
		}
	}
}
