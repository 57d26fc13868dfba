package pitch_test

import (
	"fmt"
	"slices"
	"testing"

	"casebuilder/casebuilder/page"
)

// TestSweep draws random companies: CASEBUILDER_SWEEP says how many.
func TestSweep(t *testing.T) {
	for seed := range uint64(sweep(20)) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			r := solve(t, anyCompany(seed).yaml(), 256)
			for _, p := range []paper{{"full", "en", page.A4}, papers[seed%uint64(len(papers))]} {
				d := draw(t, r, p.options())
				for _, problem := range slices.Concat(d.layout(), messages(r, d.doc), lint(p.lang, d.doc)) {
					t.Errorf("%s: %s", p, problem)
				}
			}
		})
	}
}
