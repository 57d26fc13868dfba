package pitch_test

import (
	"testing"

	"casebuilder/casebuilder"
	"casebuilder/casebuilder/pitch"
)

// BenchmarkDraw draws the default paper from results, comparison with the
// results included: it should take a tenth of a second at most.
func BenchmarkDraw(b *testing.B) {
	r := example(b, "premium-retailer")
	size := 0
	for b.Loop() {
		file, err := casebuilder.Draw(r, pitch.Options{})
		if err != nil {
			b.Fatal(err)
		}
		size = len(file)
	}
	b.ReportMetric(float64(size)/1000, "kB")
}
