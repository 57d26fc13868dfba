package casebuilder_test

import (
	"testing"

	"casebuilder/casebuilder"
	"casebuilder/casebuilder/company"
	"casebuilder/casebuilder/intake"
	"casebuilder/casestudies"
	"casebuilder/templates"
)

// example is the input of the default example.
func example(t testing.TB) casebuilder.Input {
	t.Helper()
	lib, err := casestudies.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	rules, err := casebuilder.Rules(lib)
	if err != nil {
		t.Fatal(err)
	}
	src, err := templates.Examples.ReadFile("examples/premium-retailer.yaml")
	if err != nil {
		t.Fatal(err)
	}
	p, _, err := intake.Company("premium-retailer.yaml", src, intake.Options{Rules: rules, Today: company.NewDate(2026, 12, 31)})
	if err != nil {
		t.Fatal(err)
	}
	return casebuilder.Input{Profile: p, Library: lib, Seed: 1, Trials: 4096, Version: "test"}
}

// A whole packet of the default example: model, pitch, workbook and results.
func BenchmarkBuild(b *testing.B) {
	in := example(b)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := casebuilder.Build(in); err != nil {
			b.Fatal(err)
		}
	}
}
