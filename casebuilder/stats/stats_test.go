package stats

import (
	"math"
	"math/bits"
	"slices"
	"testing"

	"gonum.org/v1/gonum/stat/distuv"
)

// raw returns the unscrambled point number i of a dimension, times 2³².
func raw(s *Sobol, i uint32) uint32 {
	x := uint32(0)
	for g := i ^ i>>1; g != 0; g &= g - 1 {
		x ^= s.v[bits.TrailingZeros32(g)]
	}
	return x
}

// The unscrambled points are those of an independent implementation
// (scipy.stats.qmc.Sobol(scramble=False, bits=32)), times 2³².
func TestSobolPoints(t *testing.T) {
	for _, c := range sobolPoints {
		if got := raw(NewSobol(c.dimension, 0), c.point); got != c.want {
			t.Errorf("dimension %d, point %d: want %d, got %d", c.dimension, c.point, c.want, got)
		}
	}
}

// Every block of 2^k points of a scrambled dimension has one point in each
// interval of length 2^−k: that is what makes it a (0, k, 1) net.
func TestScramblingKeepsTheNet(t *testing.T) {
	for d := range Dimensions {
		u := make([]float64, 256)
		NewSobol(d, uint32(Seed(1, "unit", "driver"))).Fill(0, u)
		var hit [256]bool
		for _, x := range u {
			if x <= 0 || x >= 1 {
				t.Fatalf("dimension %d: want a number strictly between 0 and 1, got %v", d, x)
			}
			hit[int(x*256)] = true
		}
		if slices.Contains(hit[:], false) {
			t.Errorf("dimension %d: an interval has no point", d)
		}
	}
}

func TestFillFromAnywhereIsTheSameSequence(t *testing.T) {
	s := NewSobol(7, 12345)
	whole, part := make([]float64, 1000), make([]float64, 300)
	s.Fill(0, whole)
	s.Fill(511, part)
	if !slices.Equal(whole[511:811], part) {
		t.Error("a part filled by itself differs from the whole")
	}
}

func TestSeedKeepsNamesApart(t *testing.T) {
	if Seed(1, "ab", "c") == Seed(1, "a", "bc") || Seed(1, "a") == Seed(2, "a") || Seed(1, "a", "") == Seed(1, "a") {
		t.Error("two different names or seeds give one number")
	}
}

func TestQuantile(t *testing.T) {
	s := []float64{1, 2, 4, 8, 16}
	for _, c := range []struct{ p, want float64 }{{0, 1}, {1, 16}, {0.5, 4}, {0.25, 2}, {0.1, 1.4}, {0.9, 12.8}} {
		near(t, "quantile", Quantile(s, c.p), c.want, 1e-12)
	}
	near(t, "above 4", ShareAbove(s, 4), 0.4, 0)
	near(t, "above 0", ShareAbove(s, 0), 1, 0)
	near(t, "above NaN", ShareAbove(s, math.NaN()), 0, 0)
}

// lognormal returns n draws of a lognormal with the given 90% interval.
func lognormal(n int, low, high float64) []float64 {
	mu, sigma := (math.Log(low)+math.Log(high))/2, (math.Log(high)-math.Log(low))/(2*1.6448536269514722)
	x := make([]float64, n)
	NewSobol(20, 99).Fill(0, x)
	for i, u := range x {
		x[i] = math.Exp(mu + sigma*distuv.UnitNormal.Quantile(u))
	}
	return x
}

func constant(n int, v float64) []float64 {
	x := make([]float64, n)
	for i := range x {
		x[i] = v
	}
	return x
}

// Known answers of the compound Poisson distribution (exact, by FFT): at a rate
// of 0.10 and a severity of 100k to 1M the mean is 40,400.13, the chance of any
// loss 0.095163 and the 99th percentile 809,647; at a rate of 3 and 10k to 500k
// the mean is 430,209.45, the 90th percentile 965,257, the 99th 2,310,713.
func TestAnnualTotals(t *testing.T) {
	const years, n = 400_000, 1 << 16
	check := func(rate, low, high, mean, any float64, quantiles map[float64]float64) {
		t.Helper()
		totals := AnnualTotals(years, Seed(1, "test"), constant(n, rate), lognormal(n, low, high))
		sd, m, hit := 0.0, Mean(totals), 0.0
		for _, v := range totals {
			sd += (v - m) * (v - m)
			if v > 0 {
				hit++
			}
		}
		sd = math.Sqrt(sd / years)
		near(t, "mean", m, mean, 4*sd/math.Sqrt(years))
		near(t, "chance of any", hit/years, any, 4*math.Sqrt(any*(1-any)/years))
		slices.Sort(totals)
		for p, want := range quantiles {
			// The share above the exact quantile is 1 − p within four
			// standard errors.
			near(t, "share above the quantile", ShareAbove(totals, want), 1-p, 4*math.Sqrt(p*(1-p)/years))
		}
	}
	check(0.10, 100e3, 1e6, 40_400.13, 0.095163, map[float64]float64{0.99: 809_647})
	check(3, 10e3, 500e3, 430_209.45, 1-math.Exp(-3), map[float64]float64{0.90: 965_257, 0.99: 2_310_713})
}

// Two equal units of rate 0.1 are hit in a year with chance 0.18127 apart and
// 0.09516 on one platform, where any hit costs both.
func TestSharedPlatform(t *testing.T) {
	const years = 200_000
	rate, loss := constant(64, 0.1), constant(64, 1)
	apart := []*Exposure{
		{Key: Seed(1, "a"), Rates: [][]float64{rate}, Severity: [][]float64{loss}},
		{Key: Seed(1, "b"), Rates: [][]float64{rate}, Severity: [][]float64{loss}},
	}
	together := []*Exposure{{Key: Seed(1, "p"), Rates: [][]float64{rate, rate}, Severity: [][]float64{loss, loss}}}
	hit := func(es []*Exposure) (any, pairs float64) {
		for y := range years {
			n := [2]int{}
			for k, e := range es {
				for _, h := range e.Year(y, nil) {
					n[k+h.Unit]++
				}
			}
			if n[0]+n[1] > 0 {
				any++
			}
			if n[0] == n[1] && n[0] > 0 {
				pairs++
			}
		}
		return any / years, pairs / years
	}
	any, _ := hit(apart)
	near(t, "apart", any, 0.18127, 4*math.Sqrt(0.18127*0.81873/years))
	any, pairs := hit(together)
	near(t, "together", any, 0.09516, 4*math.Sqrt(0.09516*0.90484/years))
	near(t, "both", pairs, any, 0)
}

func BenchmarkSobolNormal(b *testing.B) {
	s, x := NewSobol(5, 1), make([]float64, 4096)
	for b.Loop() {
		s.Fill(0, x)
		for i, u := range x {
			x[i] = distuv.UnitNormal.Quantile(u)
		}
	}
}
