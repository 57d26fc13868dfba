package quantity

import (
	"math"
	"runtime"
	"slices"
	"sync"

	"casebuilder/casebuilder/stats"
)

// blockSize is how many trials are evaluated at once: small enough that the
// columns in use stay in the cache, large enough that a step of the program
// costs little beside its loop.
const blockSize = 512

// Run holds the numbers of one evaluation of a graph.
type Run struct {
	g      *Graph
	n      int
	scalar []float64   // by index; of a column, its mean once it is known
	column [][]float64 // by index; nil where the column was not kept
	means  map[*node]float64
	sorted map[int][]float64
	needed []bool // by index
}

// Options of a run.
type Options struct {
	Trials int
	// Fill writes the draws of the quantity id for the trials from start on.
	// It is called from several goroutines at once.
	Fill func(id ID, start int, dst []float64)
	// Only lists the quantities that are wanted; nil stands for all. The rest
	// is not computed, unless a wanted one needs it.
	Only []ID
	// Keep says which columns are wanted afterwards; nil keeps all.
	Keep func(id ID) bool
	// With puts numbers in the place of some scalars, for runs with one
	// assumption changed.
	With map[ID]float64
}

// Run evaluates every quantity of the graph over the given number of trials.
// The result does not depend on the number of processors.
func (g *Graph) Run(o Options) *Run {
	r := &Run{
		g: g, n: o.Trials,
		scalar: make([]float64, len(g.list)),
		column: make([][]float64, len(g.list)),
		means:  make(map[*node]float64),
		sorted: make(map[int][]float64),
	}
	r.needed = g.needed(o.Only)
	last := 0
	for _, s := range g.stage {
		last = max(last, s)
	}
	for stage := 0; stage <= last; stage++ {
		var columns []int
		for i := range g.list {
			if g.stage[i] != stage || !r.needed[i] {
				continue
			}
			if g.axis[i] == Column {
				columns = append(columns, i)
			} else {
				if v, ok := o.With[g.list[i].ID]; ok {
					r.scalar[i] = v
				} else {
					r.scalar[i] = r.scalarOf(i)
				}
			}
		}
		r.columns(columns, stage, o)
	}
	return r
}

func (r *Run) scalarOf(i int) float64 {
	q := &r.g.list[i]
	if q.Expr.Zero() {
		return q.Value
	}
	return r.eval(q.Expr)
}

// eval computes a scalar expression; the columns below its aggregates have
// been evaluated.
func (r *Run) eval(e Expr) float64 {
	switch e.op {
	case opRef:
		return r.scalar[r.g.index[e.id]]
	case opMean:
		return r.means[e.node]
	case opStdErr:
		return r.stdErr(r.g.index[e.args[0].id])
	case opPercentile:
		return r.percentile(r.g.index[e.args[0].id], r.eval(e.args[1]))
	case opShareAbove:
		return r.shareAbove(r.g.index[e.args[0].id], r.eval(e.args[1]))
	}
	args := make([]float64, len(e.args))
	for i, a := range e.args {
		args[i] = r.eval(a)
	}
	return apply(e.node, args)
}

// apply computes one operation on scalars.
func apply(n *node, a []float64) float64 {
	switch n.op {
	case opNum:
		return n.num
	case opAs:
		return a[0]
	case opAdd, opSum:
		s := a[0]
		for _, v := range a[1:] {
			s += v
		}
		return s
	case opSub:
		return a[0] - a[1]
	case opMul:
		p := a[0]
		for _, v := range a[1:] {
			p *= v
		}
		return p
	case opDiv:
		return a[0] / a[1]
	case opNeg:
		return -a[0]
	case opMin:
		return slices.Min(a)
	case opMax:
		return slices.Max(a)
	case opExp:
		return math.Exp(a[0])
	case opLn:
		return math.Log(a[0])
	case opLog10:
		return math.Log10(a[0])
	case opAbs:
		return math.Abs(a[0])
	case opPow:
		return math.Pow(a[0], a[1])
	case opIfGreater:
		if a[0] > a[1] {
			return a[2]
		}
		return a[3]
	case opElseText:
		if a[0] > a[1] {
			return a[2]
		}
		return math.NaN()
	case opSwitch:
		if a[0] < a[1] {
			return 1
		}
		return 0
	case opSumProduct:
		h, s := len(a)/2, 0.0
		for i := range h {
			s += a[i] * a[h+i]
		}
		return s
	case opPosition:
		return float64(slices.Index(a[1:], a[0]) + 1)
	case opNextBelow:
		list := slices.Clone(a[1:])
		slices.Sort(list)
		below, _ := slices.BinarySearch(list, a[0])
		return list[max(below-1, 0)]
	case opPick:
		i := int(a[0])
		if i < 1 || i >= len(a) {
			return math.NaN()
		}
		return a[i]
	}
	panic("quantity: no such operation on scalars")
}

// columns evaluates the columns of one stage, in blocks spread over the
// processors, and the means that later stages ask for.
func (r *Run) columns(columns []int, stage int, o Options) {
	p := r.compile(columns, stage, o)
	if len(p.steps) == 0 {
		return
	}
	blocks := (r.n + blockSize - 1) / blockSize
	sums := make([]float64, blocks*len(p.sums))
	workers := min(runtime.GOMAXPROCS(0), blocks)
	var next sync.Mutex
	at := 0
	take := func() int {
		next.Lock()
		defer next.Unlock()
		at++
		return at - 1
	}
	var wg sync.WaitGroup
	for range workers {
		wg.Go(func() {
			m := p.machine()
			for b := take(); b < blocks; b = take() {
				start := b * blockSize
				m.block(start, min(blockSize, r.n-start), sums[b*len(p.sums):][:len(p.sums)])
			}
		})
	}
	wg.Wait()
	// Sums are added in the order of the blocks, so that the number of
	// processors does not change them.
	for k, s := range p.sums {
		total := 0.0
		for b := range blocks {
			total += sums[b*len(p.sums)+k]
		}
		mean := total / float64(r.n)
		if s.mean != nil {
			r.means[s.mean] = mean
		}
		if s.quantity >= 0 {
			r.scalar[s.quantity] = mean
		}
	}
}

// Value returns a quantity: its number, or its mean over the trials where it
// is a column. NaN stands for a text ("not within the horizon").
func (r *Run) Value(id ID) float64 { return r.scalar[r.g.index[id]] }

// Column returns the trials of a quantity, nil where it was not kept. The
// caller must not change it.
func (r *Run) Column(id ID) []float64 { return r.column[r.g.index[id]] }

// Trials returns the number of trials.
func (r *Run) Trials() int { return r.n }

// Graph returns the graph that was run.
func (r *Run) Graph() *Graph { return r.g }

// Percentile returns the level-quantile of a kept column, as the expression
// [Percentile] does.
func (r *Run) Percentile(id ID, level float64) float64 {
	return r.percentile(r.g.index[id], level)
}

// StdErr returns the standard error of the mean of a kept column, as the
// expression [StdErr] does.
func (r *Run) StdErr(id ID) float64 { return r.stdErr(r.g.index[id]) }

// ShareAbove returns the share of trials in which a kept column exceeds x.
func (r *Run) ShareAbove(id ID, x float64) float64 { return r.shareAbove(r.g.index[id], x) }

func (r *Run) percentile(i int, level float64) float64 {
	return stats.Quantile(r.inOrder(i), level)
}

func (r *Run) inOrder(i int) []float64 {
	s, ok := r.sorted[i]
	if !ok {
		s = slices.Clone(r.column[i])
		slices.Sort(s)
		r.sorted[i] = s
	}
	return s
}

func (r *Run) stdErr(i int) float64 {
	c := r.column[i]
	mean := 0.0
	for _, v := range c {
		mean += v
	}
	mean /= float64(len(c))
	ss := 0.0
	for _, v := range c {
		ss += (v - mean) * (v - mean)
	}
	return math.Sqrt(ss/float64(len(c)-1)) / math.Sqrt(float64(len(c)))
}

func (r *Run) shareAbove(i int, x float64) float64 {
	if s, ok := r.sorted[i]; ok {
		return stats.ShareAbove(s, x)
	}
	count := 0
	for _, v := range r.column[i] {
		if v > x {
			count++
		}
	}
	return float64(count) / float64(len(r.column[i]))
}
