package group

import (
	"cmp"
	"math"
	"runtime"
	"slices"
	"sync"

	"casebuilder/casebuilder/model"
	"casebuilder/casebuilder/stats"
)

// Years is how many years are simulated.
const Years = 100_000

// worst is the share of years that the tail is made of.
const worst = 0.05

// state is which state of the units is simulated.
type state int

const (
	today   state = iota
	options       // with the recommended options
	after         // and with the shared programmes
)

// exposure is what is hit together: one unit, or the units of a platform.
type exposure struct {
	stats.Exposure
	platform string
	units    []int     // in the order of Rates
	factors  []float64 // brings each unit's money to the group's currency
}

// exposures sorts the units into what is hit together. apart takes every unit
// off its platform, for comparison. The units come in the order of their
// names, and so do the exposures: of their first unit.
func exposures(units []*Unit, factors []float64, s state, apart bool) []exposure {
	var out []exposure
	type key struct {
		stream string
		seed   uint64
		trials int
	}
	place := map[key]int{} // units that were drawn differently share no trials
	for i, u := range units {
		platform := u.Platform
		if apart {
			platform = ""
		}
		stream := model.Stream(u.Name, platform)
		world := key{stream, u.Seed, len(u.Rate)}
		k, ok := place[world]
		if !ok || platform == "" {
			k = len(out)
			place[world] = k
			out = append(out, exposure{platform: platform, Exposure: stats.Exposure{Key: stats.Seed(u.Seed, stream, model.YearsKey)}})
		}
		rate, loss := u.samples(s)
		e := &out[k]
		e.units, e.factors = append(e.units, i), append(e.factors, factors[i])
		e.Rates, e.Severity = append(e.Rates, rate), append(e.Severity, loss)
	}
	return out
}

// samples returns the rate and the loss of a unit by trial.
func (u *Unit) samples(s state) (rate, loss []float64) {
	switch {
	case s == today:
		return u.Rate, u.Loss
	case s == after && u.Effects != nil:
		return u.Effects.Rate, u.Effects.Loss
	}
	return u.RateAfter, u.LossAfter
}

// simulation is what the simulated years say. Money is in the group's currency.
type simulation struct {
	totals    []float64   // of each year
	sorted    []float64   // the same in rising order
	losses    [][]float64 // by unit: the years with a loss, in rising order
	means     []float64   // by unit
	tail      []float64   // by unit: share of the worst years' losses
	platforms []platformYears
}

// platformYears is how the units of one platform were hit.
type platformYears struct {
	name   string
	units  []int
	hit    int     // years with an event
	events int     // in all years
	hits   int     // units hit, over all events
	loss   float64 // of all events, all units together
}

// chunk is how many years are simulated at once: the exposures of a chunk are
// gone through one after the other, so that each one's samples stay in the
// cache, and the sums do not depend on who simulates which chunk.
const chunk = 2500

// simulate simulates the years. The result does not depend on the number of
// processors.
func simulate(es []exposure, units, years int) *simulation {
	type part struct {
		losses    [][]float64
		sums      []float64
		platforms []platformYears
	}
	s := &simulation{totals: make([]float64, years), losses: make([][]float64, units), means: make([]float64, units), tail: make([]float64, units)}
	parts := make([]part, (years+chunk-1)/chunk)
	each(len(parts), func(k int) {
		p := part{losses: make([][]float64, units), sums: make([]float64, units), platforms: make([]platformYears, len(es))}
		from, to := k*chunk, min(years, (k+1)*chunk)
		var hits []stats.Hit
		for x := range es {
			e, py := &es[x], &p.platforms[x]
			yearly := make([]float64, len(e.units))
			for y := from; y < to; y++ {
				if hits = e.Year(y, hits[:0]); len(hits) == 0 {
					continue
				}
				py.hit++
				py.events += hits[len(hits)-1].Event + 1
				py.hits += len(hits)
				clear(yearly)
				for _, h := range hits {
					loss := h.Loss * e.factors[h.Unit]
					yearly[h.Unit] += loss
					s.totals[y] += loss
					py.loss += loss
				}
				for i, v := range yearly {
					if v != 0 {
						u := e.units[i]
						p.losses[u] = append(p.losses[u], v)
						p.sums[u] += v
					}
				}
			}
		}
		parts[k] = p
	})
	s.platforms = make([]platformYears, len(es))
	for x := range es {
		s.platforms[x].name, s.platforms[x].units = es[x].platform, es[x].units
	}
	for _, p := range parts {
		for u := range units {
			s.losses[u] = append(s.losses[u], p.losses[u]...)
			s.means[u] += p.sums[u] / float64(years)
		}
		for x, q := range p.platforms {
			t := &s.platforms[x]
			t.hit, t.events, t.hits, t.loss = t.hit+q.hit, t.events+q.events, t.hits+q.hits, t.loss+q.loss
		}
	}
	s.sorted = slices.Clone(s.totals)
	each(units+1, func(k int) {
		if k == units {
			slices.Sort(s.sorted)
			return
		}
		slices.Sort(s.losses[k])
	})
	s.attribute(es)
	return s
}

// attribute shares the losses of the worst years out among the units. Choices
// are keyed by the year, so that these years are simulated again.
func (s *simulation) attribute(es []exposure) {
	order := make([]int, len(s.totals))
	for y := range order {
		order[y] = y
	}
	slices.SortFunc(order, func(a, b int) int { return cmp.Or(cmp.Compare(s.totals[b], s.totals[a]), cmp.Compare(a, b)) })
	order = order[:int(math.Round(worst*float64(len(order))))]
	slices.Sort(order)
	each(len(es), func(x int) {
		var hits []stats.Hit
		for _, y := range order {
			hits = es[x].Year(y, hits[:0])
			for _, h := range hits {
				s.tail[es[x].units[h.Unit]] += h.Loss * es[x].factors[h.Unit]
			}
		}
	})
	sum := 0.0
	for _, v := range s.tail {
		sum += v
	}
	for u := range s.tail {
		if s.tail[u] /= sum; sum <= 0 {
			s.tail[u] = 0
		}
	}
}

// quantile returns the p-quantile of the group's years.
func (s *simulation) quantile(p float64) float64 { return stats.Quantile(s.sorted, p) }

// quantileOf returns the p-quantile of the years of one unit, most of which
// have no loss.
func (s *simulation) quantileOf(unit int, p float64) float64 {
	return sparse{s.losses[unit], len(s.totals)}.quantile(p)
}

// chanceOf returns the share of years in which a unit loses more than x.
func (s *simulation) chanceOf(unit int, x float64) float64 {
	if len(s.losses[unit]) == 0 {
		return 0
	}
	return stats.ShareAbove(s.losses[unit], x) * float64(len(s.losses[unit])) / float64(len(s.totals))
}

// chance returns the share of years in which the group loses more than x.
func (s *simulation) chance(x float64) float64 { return stats.ShareAbove(s.sorted, x) }

// mean and stdErr are those of the group's years.
func (s *simulation) mean() float64 {
	sum := 0.0
	for _, v := range s.means {
		sum += v
	}
	return sum
}

func (s *simulation) stdErr() float64 {
	m, sum := s.mean(), 0.0
	for _, v := range s.totals {
		sum += (v - m) * (v - m)
	}
	n := float64(len(s.totals))
	return math.Sqrt(sum/(n-1)) / math.Sqrt(n)
}

// sparse is a sample of n values in rising order of which only those that are
// not zero are kept.
type sparse struct {
	values []float64
	n      int
}

// at returns the i-th value in rising order.
func (s sparse) at(i int) float64 {
	negative, _ := slices.BinarySearch(s.values, 0)
	zeros := s.n - len(s.values)
	switch {
	case i < negative:
		return s.values[i]
	case i < negative+zeros:
		return 0
	}
	return s.values[i-zeros]
}

// quantile is stats.Quantile of the whole sample.
func (s sparse) quantile(p float64) float64 {
	h := p * float64(s.n-1)
	lo := min(max(int(math.Floor(h)), 0), s.n-1)
	if lo == s.n-1 {
		return s.at(lo)
	}
	return s.at(lo) + (h-float64(lo))*(s.at(lo+1)-s.at(lo))
}

// each calls f for 0 to n−1, side by side.
func each(n int, f func(i int)) {
	var wg sync.WaitGroup
	next := make(chan int, n)
	for i := range n {
		next <- i
	}
	close(next)
	for range min(n, runtime.GOMAXPROCS(0)) {
		wg.Go(func() {
			for i := range next {
				f(i)
			}
		})
	}
	wg.Wait()
}
