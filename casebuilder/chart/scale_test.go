package chart

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"

	"casebuilder/casebuilder/page"
)

func TestTicks(t *testing.T) {
	tests := []struct {
		lo, hi float64
		n      int
		want   []float64
	}{
		{0, 10, 5, []float64{0, 2, 4, 6, 8, 10}},
		{0, 1, 4, []float64{0, 0.25, 0.5, 0.75, 1}},
		{-3, 7, 5, []float64{-2, 0, 2, 4, 6}},
		{0, 0.061, 4, []float64{0, 0.02, 0.04, 0.06}},
		{0, 26e6, 5, []float64{0, 10e6, 20e6}},
		{5, 5, 4, nil},
		{0, math.Inf(1), 4, nil},
		{math.NaN(), 1, 4, nil},
	}
	for _, tt := range tests {
		got := ticks(tt.lo, tt.hi, tt.n)
		for i := range got {
			got[i] = math.Round(got[i]*1e9) / 1e9
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%v to %v: -want +got:\n%s", tt.lo, tt.hi, diff)
		}
	}
}

// Ticks closer together than their digits are one tick.
func TestTicksOfHugeValues(t *testing.T) {
	if got := ticks(1e14, 1e14+2, 4); len(got) != 1 || got[0] != 1e14 {
		t.Errorf("want one tick at 1e14, got %v", got)
	}
}

func TestDecades(t *testing.T) {
	if diff := cmp.Diff([]float64{1e3, 1e4, 1e5}, decades(500, 2e5)); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	if got := decades(0, 10); got != nil {
		t.Errorf("from zero: want none, got %v", got)
	}
}

func TestScales(t *testing.T) {
	if got := linear(0, 10, 100, 200)(2.5); got != 125 {
		t.Errorf("linear: want 125, got %v", got)
	}
	if got := linear(3, 3, 100, 200)(3); got != 100 {
		t.Errorf("linear, no extent: want 100, got %v", got)
	}
	if got := logarithmic(1, 100, 0, 200)(10); math.Abs(got-100) > 1e-9 {
		t.Errorf("logarithmic: want 100, got %v", got)
	}
}

func TestCrosses(t *testing.T) {
	b := page.Box{X: 10, Y: 10, W: 10, H: 10}
	tests := []struct {
		name string
		p, q page.Point
		want bool
	}{
		{"through", page.Point{X: 0, Y: 15}, page.Point{X: 30, Y: 15}, true},
		{"over a corner", page.Point{X: 5, Y: 12}, page.Point{X: 12, Y: 5}, false},
		{"cutting a corner", page.Point{X: 8, Y: 14}, page.Point{X: 14, Y: 8}, true},
		{"inside", page.Point{X: 12, Y: 12}, page.Point{X: 13, Y: 13}, true},
		{"short of it", page.Point{X: 0, Y: 15}, page.Point{X: 9, Y: 15}, false},
		{"above", page.Point{X: 0, Y: 5}, page.Point{X: 30, Y: 5}, false},
	}
	for _, tt := range tests {
		if got := crosses(b, tt.p, tt.q); got != tt.want {
			t.Errorf("%s: want %v, got %v", tt.name, tt.want, got)
		}
	}
}
