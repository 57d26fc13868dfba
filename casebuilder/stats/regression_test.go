package stats

import (
	"math"
	"testing"
)

func near(t *testing.T, what string, got, want, tol float64) {
	t.Helper()
	if math.IsNaN(got) || math.Abs(got-want) > tol {
		t.Errorf("%s: want %.10g ± %g, got %.10g", what, want, tol, got)
	}
}

// With a flat prior and exact rows the fit is the ordinary least-squares line:
// y = 1 + 2x through (0, 1.1), (1, 2.8), (2, 5.2), (3, 6.9) by the normal
// equations is 1.03 + 1.98x.
func TestRegressIsLeastSquaresUnderAFlatPrior(t *testing.T) {
	var rows []Row
	for i, y := range []float64{1.1, 2.8, 5.2, 6.9} {
		rows = append(rows, Row{X: []float64{1, float64(i)}, Y: y, Weight: 1, Missing: -1})
	}
	p, err := Regress(rows, RegressionPrior{Mean: []float64{0, 0}, SD: []float64{1e6, 1e6}, NoiseSD: 1, NoiseCases: 0})
	if err != nil {
		t.Fatal(err)
	}
	near(t, "intercept", p.Mean[0], 1.03, 1e-6)
	near(t, "slope", p.Mean[1], 1.98, 1e-6)
	// Residuals 0.07, -0.21, 0.21, -0.07: their squares sum to 0.098, over 4.
	near(t, "noise", p.Noise, math.Sqrt(0.098/4), 1e-6)
}

// One coefficient, prior mean 0 worth 4 rows, 4 rows at 2: half way, 1.
func TestPriorWorthCases(t *testing.T) {
	var rows []Row
	for range 4 {
		rows = append(rows, Row{X: []float64{1}, Y: 2, Weight: 1, Missing: -1})
	}
	p, err := Regress(rows, RegressionPrior{Mean: []float64{0}, SD: []float64{0}, Cases: 4, NoiseSD: 1, NoiseCases: 4})
	if err != nil {
		t.Fatal(err)
	}
	near(t, "mean", p.Mean[0], 1, 1e-9)
	// Noise: (4·1 + 4·(2−1)²) / 8 = 1.
	near(t, "noise", p.Noise, 1, 1e-9)
}

// A standard normal above 0 has mean √(2/π) and variance 1 − 2/π; between −1
// and 1 mean 0 and variance 1 − 2·φ(1)/(Φ(1) − Φ(−1)) = 0.2911.
func TestBetween(t *testing.T) {
	m, v := between(0, 1, 0, math.Inf(1))
	near(t, "mean above 0", m, math.Sqrt(2/math.Pi), 1e-12)
	near(t, "variance above 0", v, 1-2/math.Pi, 1e-12)
	m, v = between(0, 1, -1, 1)
	near(t, "mean in the middle", m, 0, 1e-12)
	near(t, "variance in the middle", v, 0.29112509, 1e-8)
	// Mirror images.
	m1, v1 := between(5, 2, 1, 2)
	m2, v2 := between(-5, 2, -2, -1)
	near(t, "mirrored mean", m1, -m2, 1e-9)
	near(t, "mirrored variance", v1, v2, 1e-9)
	// Far in the tail the mean stays between the ends.
	if m, _ = between(0, 1, 30, 31); m < 30 || m > 31 {
		t.Errorf("mean in the tail: want 30 to 31, got %v", m)
	}
	if m, _ = between(0, 1, 300, 301); m < 300 || m > 301 {
		t.Errorf("mean far in the tail: want 300 to 301, got %v", m)
	}
}

// All rows are floors without a bound at the true mean: the fit moves above
// it, and a floor carries less information than a value.
func TestFloorsLiftTheFit(t *testing.T) {
	rows := func(floor bool) []Row {
		var rows []Row
		for i := range 10 {
			rows = append(rows, Row{X: []float64{1}, Y: float64(i % 3), Weight: 1, Floor: floor, Missing: -1})
		}
		return rows
	}
	prior := RegressionPrior{Mean: []float64{0}, SD: []float64{3}, NoiseSD: 1, NoiseCases: 4, FloorWidth: math.Inf(1)}
	values, err := Regress(rows(false), prior)
	if err != nil {
		t.Fatal(err)
	}
	floors, err := Regress(rows(true), prior)
	if err != nil {
		t.Fatal(err)
	}
	if floors.Mean[0] <= values.Mean[0] {
		t.Errorf("floors: want a mean above %v, got %v", values.Mean[0], floors.Mean[0])
	}
	if floors.Cov[0][0] <= values.Cov[0][0] {
		t.Errorf("floors: want a variance above %v, got %v", values.Cov[0][0], floors.Cov[0][0])
	}
	prior.FloorWidth = 0
	none, err := Regress(rows(true), prior)
	if err != nil {
		t.Fatal(err)
	}
	near(t, "floors of no width are values", none.Mean[0], values.Mean[0], 1e-9)
}
