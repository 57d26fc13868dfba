package stats

import (
	"errors"
	"math"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/stat/distuv"
)

// Row is one observation of a regression: Y with its explaining X. A row with
// Floor is known to lie between Y and Y + FloorWidth. A row in which X[Missing]
// is not known holds its expected value there and the variance around it.
type Row struct {
	X       []float64
	Y       float64
	Weight  float64 // 1 is a whole case
	Floor   bool
	Missing int // index into X; -1: nothing is missing
	Around  float64
}

// RegressionPrior is what is assumed before the first row. Mean and SD are of
// the coefficients; where SD is 0 the coefficient is instead worth Cases rows
// at its mean. NoiseSD is of a row around its expectation, worth NoiseCases.
type RegressionPrior struct {
	Mean, SD   []float64
	Cases      float64
	NoiseSD    float64
	NoiseCases float64
	FloorWidth float64 // +Inf for a floor without a bound
}

// Posterior is the fit: normal coefficients and the noise around them.
type Posterior struct {
	Mean  []float64
	Cov   [][]float64
	Noise float64 // standard deviation of a row
	Steps int     // of the iteration
}

// Predict returns mean and standard deviation of the posterior predictive at x.
func (p *Posterior) Predict(x []float64) (mean, sd float64) {
	v := p.Noise * p.Noise
	for i, a := range x {
		mean += a * p.Mean[i]
		for j, b := range x {
			v += a * b * p.Cov[i][j]
		}
	}
	return mean, math.Sqrt(v)
}

// Regress fits rows by expectation and maximisation: each floor is replaced by
// its mean above it, and the variance there is added; the noise is the
// posterior mode of a scaled inverse χ². The covariance counts a floor only for
// the part of the information that it carries.
func Regress(rows []Row, prior RegressionPrior) (*Posterior, error) {
	k := len(prior.Mean)
	s2 := prior.NoiseSD * prior.NoiseSD
	beta := append([]float64(nil), prior.Mean...)
	p := &Posterior{}
	y, inner, total := make([]float64, len(rows)), make([]float64, len(rows)), make([]float64, len(rows))
	for p.Steps = 1; p.Steps <= maxSteps; p.Steps++ {
		for i, r := range rows {
			total[i] = s2
			if r.Missing >= 0 {
				total[i] += beta[r.Missing] * beta[r.Missing] * r.Around
			}
			y[i], inner[i] = r.Y, 0
			if r.Floor {
				y[i], inner[i] = between(dot(r.X, beta), math.Sqrt(total[i]), r.Y, r.Y+prior.FloorWidth)
			}
		}
		cov, err := information(rows, prior, s2, total, nil)
		if err != nil {
			return nil, err
		}
		right := make([]float64, k)
		for j := range right {
			right[j] = precision(prior, j, s2) * prior.Mean[j]
			for i, r := range rows {
				right[j] += r.Weight / total[i] * r.X[j] * y[i]
			}
		}
		next := make([]float64, k)
		for i := range next {
			for j := range right {
				next[i] += cov.At(i, j) * right[j]
			}
		}
		sum, weight := prior.NoiseCases*prior.NoiseSD*prior.NoiseSD, prior.NoiseCases
		for i, r := range rows {
			e := y[i] - dot(r.X, next)
			sum += r.Weight * (e*e + inner[i]) * s2 / total[i]
			weight += r.Weight
		}
		moved := math.Abs(sum/weight - s2)
		for j := range beta {
			moved = max(moved, math.Abs(next[j]-beta[j]))
		}
		beta, s2 = next, sum/weight
		if moved < 1e-12 {
			break
		}
	}
	cov, err := information(rows, prior, s2, total, inner)
	if err != nil {
		return nil, err
	}
	p.Mean, p.Noise, p.Cov = beta, math.Sqrt(s2), make([][]float64, k)
	for i := range p.Cov {
		p.Cov[i] = make([]float64, k)
		for j := range p.Cov[i] {
			p.Cov[i][j] = (cov.At(i, j) + cov.At(j, i)) / 2
		}
	}
	return p, nil
}

const maxSteps = 5000

func dot(a, b []float64) float64 {
	s := 0.0
	for i := range a {
		s += a[i] * b[i]
	}
	return s
}

func precision(prior RegressionPrior, j int, s2 float64) float64 {
	if prior.SD[j] == 0 {
		return prior.Cases / s2
	}
	return 1 / (prior.SD[j] * prior.SD[j])
}

// information inverts the precision of the coefficients.
func information(rows []Row, prior RegressionPrior, s2 float64, total, inner []float64) (*mat.Dense, error) {
	k := len(prior.Mean)
	m := mat.NewDense(k, k, nil)
	for j := range k {
		m.Set(j, j, precision(prior, j, s2))
	}
	for i, r := range rows {
		w := r.Weight / total[i]
		if inner != nil {
			w *= max(0, 1-inner[i]/total[i])
		}
		for a := range k {
			for b := range k {
				m.Set(a, b, m.At(a, b)+w*r.X[a]*r.X[b])
			}
		}
	}
	var inv mat.Dense
	if err := inv.Inverse(m); err != nil {
		return nil, errors.New("regression: the rows and the prior leave a coefficient open")
	}
	return &inv, nil
}

// between returns mean and variance of a normal, known to lie between lo and
// hi (which may be +Inf).
func between(mean, sd, lo, hi float64) (m, v float64) {
	n := distuv.UnitNormal
	a, b := (lo-mean)/sd, (hi-mean)/sd
	// Work on the side of the tail, where differences keep their digits.
	flip := a+b < 0
	if flip {
		a, b = -b, -a
	}
	z := n.Survival(a) - n.Survival(b)
	if z < 1e-280 {
		// So far out that the nearer end is all that is left.
		m = lo
		if flip {
			m = hi
		}
		return m, 0
	}
	pa, pb := n.Prob(a), n.Prob(b)
	aa, bb := 0.0, 0.0
	if !math.IsInf(a, 0) {
		aa = a * pa
	}
	if !math.IsInf(b, 0) {
		bb = b * pb
	}
	h := (pa - pb) / z
	v = sd * sd * max(0, 1+(aa-bb)/z-h*h)
	if flip {
		h = -h
	}
	return mean + sd*h, v
}
