package workbook_test

import (
	"bytes"
	"testing"

	"casebuilder/casebuilder/render/xlsx"
	"casebuilder/casebuilder/render/xlsx/lint"
	"casebuilder/casebuilder/results"
	"casebuilder/casebuilder/workbook"
)

// Inputs have the names and the units of their rows; what is gone has those of
// the company file.
func TestNamed(t *testing.T) {
	named := workbook.Named(solved(t, examples[0], 256, nil))
	for _, x := range [][3]string{
		{"customers.retention", "Retention", "share"},
		{"customers.acquisition_cost", "Acquisition cost", "GBP/customer"},
		{"estimates.extra_churn", "Extra churn", "share"},
		{"estimates.event_probability", "Incidents a year", "1/yr"},
		{"ownership.closed_sales", "Ownership of sales while closed", "share"},
		{"options.gone.sieve.per_year", "Running cost", "money/yr"},
		{"estimates.gone", "estimates.gone", ""},
	} {
		if label, unit := named(x[0]); label != x[1] || unit != x[2] {
			t.Errorf("%s: want %q in %q, got %q in %q", x[0], x[1], x[2], label, unit)
		}
	}
}

// A change without an effect keeps the rules of the sheet.
func TestHistoryKeepsTheRules(t *testing.T) {
	c := solved(t, examples[0], 256, nil)
	change := results.Change{ID: "customers.retention", Label: "Retention", Unit: "share", From: "82%", To: "78%", Reason: `=HYPERLINK("x")`, Who: "Jo Marsh", Date: "2026-11-20", NPV: -3200, Stake: -0.002}
	gone := change
	gone.NPV, gone.Stake, gone.NoEffect = 0, 0, results.ChangedSince
	b, _, err := workbook.Build(c, workbook.Options{History: []workbook.Change{gone, change}})
	if err != nil {
		t.Fatal(err)
	}
	if p := b.Check(); len(p) > 0 {
		t.Fatal(p)
	}
	var out bytes.Buffer
	if err := xlsx.Write(&out, b, xlsx.WriteOptions{}); err != nil {
		t.Fatal(err)
	}
	for _, p := range lint.Check(bytes.NewReader(out.Bytes()), int64(out.Len()), lint.Config{Name: "workbook.xlsx"}) {
		t.Error(p)
	}
}
