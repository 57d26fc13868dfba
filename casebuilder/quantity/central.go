package quantity

import (
	"math"
	"sync"
)

// Central is the central case of a run: one number for every quantity, by the
// same trees. A driver (AtMean) stands at its mean over the trials, a switch
// at its chance, a mean at the central value of what it is the mean of; a
// percentile stays what it is over the trials. Other values can be put in the
// place of some quantities, for one-at-a-time runs and replays. It may be asked
// from several goroutines at once.
type Central struct {
	lock sync.Mutex // of memo and done
	r    *Run
	with map[ID]float64
	memo []float64
	done []bool
}

// Central returns the central case, with some quantities at given values.
func (r *Run) Central(with map[ID]float64) *Central {
	return &Central{r: r, with: with,
		memo: make([]float64, len(r.g.list)), done: make([]bool, len(r.g.list))}
}

// Value returns a quantity in this case. A draw has none (NaN): what uses it
// is a driver at its mean, or a switch at its chance.
func (c *Central) Value(id ID) float64 {
	c.lock.Lock()
	defer c.lock.Unlock()
	return c.value(c.r.g.index[id])
}

func (c *Central) value(i int) float64 {
	if c.done[i] {
		return c.memo[i]
	}
	c.done[i] = true
	q := &c.r.g.list[i]
	v, given := c.with[q.ID]
	switch {
	case given:
	case q.AtMean:
		v = c.r.scalar[i]
	case q.Draw:
		v = math.NaN()
	case q.Expr.Zero():
		v = q.Value
	default:
		v = c.eval(q.Expr)
	}
	c.memo[i] = v
	return v
}

func (c *Central) eval(e Expr) float64 {
	switch e.op {
	case opRef:
		return c.value(c.r.g.index[e.id])
	case opMean:
		return c.eval(e.args[0])
	case opSwitch:
		return c.eval(e.args[1])
	case opStdErr, opPercentile, opShareAbove:
		return c.r.eval(e)
	}
	args := make([]float64, len(e.args))
	for i, a := range e.args {
		args[i] = c.eval(a)
	}
	return apply(e.node, args)
}
