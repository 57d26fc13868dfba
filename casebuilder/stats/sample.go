package stats

import (
	"math"
	"slices"
)

// Quantile returns the p-quantile of values in rising order, interpolated
// between order statistics as PERCENTILE.INC does (Hyndman and Fan 1996, type
// 7). p is from 0 to 1.
func Quantile(sorted []float64, p float64) float64 {
	h := p * float64(len(sorted)-1)
	lo := min(max(int(math.Floor(h)), 0), len(sorted)-1)
	if lo == len(sorted)-1 {
		return sorted[lo]
	}
	return sorted[lo] + (h-float64(lo))*(sorted[lo+1]-sorted[lo])
}

// ShareAbove returns the share of values, in rising order, that exceed x; none
// exceeds NaN.
func ShareAbove(sorted []float64, x float64) float64 {
	if math.IsNaN(x) {
		return 0
	}
	at, _ := slices.BinarySearchFunc(sorted, x, func(v, x float64) int {
		if v <= x {
			return -1
		}
		return 1
	})
	return float64(len(sorted)-at) / float64(len(sorted))
}

// Mean returns the mean of values.
func Mean(values []float64) float64 {
	s := 0.0
	for _, v := range values {
		s += v
	}
	return s / float64(len(values))
}

// Median returns the middle of values, in any order.
func Median(values []float64) float64 {
	s := slices.Clone(values)
	slices.Sort(s)
	return Quantile(s, 0.5)
}
