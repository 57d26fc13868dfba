package pitch

import (
	"testing"

	"casebuilder/casebuilder/results"
)

// TestTells wants no value told that the figure in use contradicts: with an NPV
// above zero in the middle, a straight line between the ends may not put zero
// beyond the middle.
func TestTells(t *testing.T) {
	at := 1.0 // where it is does not matter here
	bar := func(id string, low, mid, high, npvLow, npvHigh float64) results.Bar {
		return results.Bar{ID: id, Low: low, Mid: mid, High: high, NPV: results.Ends{Low: npvLow, High: npvHigh}, Switching: &at}
	}
	for _, tt := range []struct {
		name string
		bar  results.Bar
		npv  float64
		want bool
	}{
		{"line above zero in the middle", bar("driver.event_rate", 0, 5, 10, -2, 8), 3, true},
		{"line below zero in the middle", bar("driver.exposed_share", 0, 4, 10, -5, 5), 3, false},
		{"falling, above zero in the middle", bar("driver.a", 0, 2, 10, 8, -2), 5, true},
		{"falling, below zero in the middle", bar("driver.a", 0, 9, 10, 8, -2), 5, false},
		{"loss in the middle, line below zero", bar("driver.a", 0, 2, 10, -5, 5), -2, true},
		{"no number a reader knows", bar("driver.effect_severity", -2, 0, 2, -1, 3), 1, false},
		{"does not turn", results.Bar{ID: "driver.a", High: 1}, 1, false},
	} {
		if got := tells(tt.bar, tt.npv); got != tt.want {
			t.Errorf("%s: want %v, got %v", tt.name, tt.want, got)
		}
	}
}
