package model

import (
	"strings"
	"testing"

	"casebuilder/casebuilder/quantity"
)

// BenchmarkMillionTrials runs all drivers and loss lines, without options, over
// a million trials, draws included.
func BenchmarkMillionTrials(b *testing.B) {
	p := alder()
	p.Options = nil
	m := newModel(b, p, nil)
	var want []quantity.ID
	for _, q := range m.graph.All() {
		s := string(q.ID)
		if m.graph.Axis(q.ID) == quantity.Column && (strings.HasPrefix(s, "driver.") || strings.HasPrefix(s, "loss.")) {
			want = append(want, q.ID)
		}
	}
	b.ResetTimer()
	for b.Loop() {
		m.graph.Run(quantity.Options{Trials: 1_000_000, Fill: m.drawInto, Only: want, Keep: func(quantity.ID) bool { return false }})
	}
}

func BenchmarkSolve(b *testing.B) {
	for b.Loop() {
		if _, err := newModel(b, alder(), nil).Solve(); err != nil {
			b.Fatal(err)
		}
	}
}
