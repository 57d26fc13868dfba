package stats

import "math"

// stream is SplitMix64: a small generator for choices that are keyed by what
// they are for, never by order.
type stream uint64

func (s *stream) next() uint64 {
	*s += 0x9e3779b97f4a7c15
	return mix(uint64(*s))
}

// uniform returns a number in [0, 1).
func (s *stream) uniform() float64 { return float64(s.next()>>11) / (1 << 53) }

// below returns a whole number from 0 to n − 1.
func (s *stream) below(n int) int { return int(s.uniform() * float64(n)) }

// poisson returns a count with the given mean, by inversion, in steps that
// keep e^−mean away from zero.
func (s *stream) poisson(mean float64) int {
	count := 0
	for ; mean > 500; mean -= 500 {
		count += s.poisson(500)
	}
	p := math.Exp(-mean)
	sum := p
	for u, k := s.uniform(), 1; u >= sum && k < 10000; k++ {
		p *= mean / float64(k)
		sum += p
		count++
	}
	return count
}

// Exposure is what is hit together: one unit, or the units of one platform.
// Rates[k][i] is the rate of unit k in trial i, Severity[k][j] what an event
// costs it in trial j. All columns have the same length.
type Exposure struct {
	Key      uint64 // of its choices
	Rates    [][]float64
	Severity [][]float64
}

// Hit is what one simulated event costs one unit.
type Hit struct {
	Event int // of the year, from 0
	Unit  int
	Loss  float64
}

// Year simulates one year: the hits of every event, in order, appended to
// hits. The year takes a trial i; the exposure has Poisson(Λ) events, Λ the
// largest rate of its units in that trial; each event takes a trial j and one
// uniform v, and hits every unit with v < rate/Λ for its severity in trial j.
// So each unit keeps its own rate, and equal units are always hit together.
func (e *Exposure) Year(year int, hits []Hit) []Hit {
	s := stream(mix(e.Key ^ mix(uint64(year)+0x632be59bd9b4e019)))
	n := len(e.Rates[0])
	i := s.below(n)
	top := 0.0
	for _, r := range e.Rates {
		top = max(top, r[i])
	}
	if top <= 0 {
		return hits
	}
	for event := range s.poisson(top) {
		j, v := s.below(n), s.uniform()
		for k, r := range e.Rates {
			if v*top < r[i] {
				hits = append(hits, Hit{Event: event, Unit: k, Loss: e.Severity[k][j]})
			}
		}
	}
	return hits
}

// AnnualTotals simulates the given number of years of one unit and returns the
// total loss of each.
func AnnualTotals(years int, key uint64, rate, severity []float64) []float64 {
	e := Exposure{Key: key, Rates: [][]float64{rate}, Severity: [][]float64{severity}}
	totals := make([]float64, years)
	var hits []Hit
	for y := range totals {
		hits = e.Year(y, hits[:0])
		for _, h := range hits {
			totals[y] += h.Loss
		}
	}
	return totals
}
