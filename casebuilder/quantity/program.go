package quantity

import "math"

// program is the columns of one stage, flattened to steps over registers of
// one block each. A register is a slice of blockSize numbers: the place of a
// kept column, or scratch.
type program struct {
	r         *Run
	fill      func(id ID, start int, dst []float64)
	steps     []step
	sums      []sum
	registers int
	scratch   []int // free registers
}

// sum asks for the mean of a register.
type sum struct {
	register int
	mean     *node // the aggregate that wants it
	quantity int   // the column whose mean it is, or -1
}

// operand is a number, or a register, or a column of an earlier stage.
type operand struct {
	num      float64
	register int // -1: num or column
	column   []float64
	temp     bool // the register holds an intermediate result and is free after use
}

type step struct {
	op      op
	dst     int
	store   []float64 // the whole kept column, or nil
	a, b, c operand
	d       operand
	draw    ID
}

// opDraw fills a register with given draws.
const opDraw op = 255

// compile flattens the expressions of the columns, and of the means over them
// that scalars of the next stages name.
func (r *Run) compile(columns []int, stage int, o Options) *program {
	g := r.g
	p := &program{r: r, fill: o.Fill}
	keep := r.wanted(o)
	at := make(map[int]int, len(columns)) // register of each column
	for _, i := range columns {
		q := &g.list[i]
		var dst int
		if q.Expr.Zero() {
			dst = p.register()
			p.steps = append(p.steps, step{op: opDraw, dst: dst, draw: q.ID})
		} else {
			dst = p.own(p.flatten(q.Expr, at))
		}
		at[i] = dst
		if keep[i] {
			r.column[i] = make([]float64, r.n)
			p.steps[len(p.steps)-1].store = r.column[i]
		}
		p.sums = append(p.sums, sum{register: dst, quantity: i})
	}
	// Means of expressions, for the scalars of later stages.
	for i := range g.list {
		if g.list[i].Expr.Zero() || !r.needed[i] {
			continue
		}
		g.list[i].Expr.means(func(m Expr) {
			if g.stageOf(m) != stage+1 {
				return
			}
			arg := m.args[0]
			if arg.op == opRef {
				if j, ok := at[g.index[arg.id]]; ok {
					p.sums = append(p.sums, sum{register: j, mean: m.node, quantity: -1})
				}
				return
			}
			p.sums = append(p.sums, sum{register: p.own(p.flatten(arg, at)), mean: m.node, quantity: -1})
		})
	}
	return p
}

// wanted says which columns are stored: those that the caller keeps, those
// below percentiles and the like, and those that a later stage reads.
func (r *Run) wanted(o Options) []bool {
	g := r.g
	keep := make([]bool, len(g.list))
	for i := range g.list {
		q := &g.list[i]
		if !r.needed[i] {
			continue
		}
		if g.axis[i] == Column && (o.Keep == nil || o.Keep(q.ID)) {
			keep[i] = true
		}
		if q.Expr.Zero() {
			continue
		}
		q.Expr.walk(func(e Expr) {
			switch e.op {
			case opPercentile, opShareAbove, opStdErr:
				keep[g.index[e.args[0].id]] = true
			case opRef:
				// A column that is read across stages.
				if j := g.index[e.id]; g.axis[j] == Column && g.axis[i] == Column && g.stage[j] < g.stage[i] {
					keep[j] = true
				}
			case opMean:
				s := g.stageOf(e) - 1
				e.args[0].refs(func(id ID) {
					if j := g.index[id]; g.axis[j] == Column && g.stage[j] < s {
						keep[j] = true
					}
				})
			}
		})
	}
	return keep
}

func (e Expr) walk(f func(Expr)) {
	f(e)
	for _, a := range e.args {
		a.walk(f)
	}
}

func (e Expr) means(f func(Expr)) {
	e.walk(func(x Expr) {
		if x.op == opMean {
			f(x)
		}
	})
}

// register returns a free register. Those of columns are never freed: a
// hundred columns of 512 numbers are 400 kB and stay in the second-level
// cache. Those of intermediate results are.
func (p *program) register() int {
	if n := len(p.scratch); n > 0 {
		t := p.scratch[n-1]
		p.scratch = p.scratch[:n-1]
		return t
	}
	p.registers++
	return p.registers - 1
}

// own returns a register that holds x and that nothing else will write.
func (p *program) own(x operand) int {
	if x.temp {
		return x.register
	}
	dst := p.register()
	p.steps = append(p.steps, step{op: opAs, dst: dst, a: x})
	return dst
}

// flatten emits the steps of e and returns where its value is. Expressions of
// scalars alone are computed here, once.
func (p *program) flatten(e Expr, at map[int]int) operand {
	g := p.r.g
	if g.axisOf(e) == Scalar {
		return operand{num: p.r.eval(e), register: -1}
	}
	if e.op == opRef {
		i := g.index[e.id]
		if t, ok := at[i]; ok {
			return operand{register: t}
		}
		return operand{register: -1, column: p.r.column[i]}
	}
	args := make([]operand, len(e.args))
	var temps []int
	for i, a := range e.args {
		args[i] = p.flatten(a, at)
		if args[i].temp {
			temps = append(temps, args[i].register)
		}
	}
	if e.op == opAs {
		return args[0]
	}
	dst := p.register()
	op := e.op
	if op == opSum {
		op = opAdd
	}
	switch op {
	case opAdd, opMul, opMin, opMax:
		// Numbers are combined once.
		args = p.fold(op, args)
		acc := args[0]
		for _, x := range args[1:] {
			p.steps = append(p.steps, step{op: op, dst: dst, a: acc, b: x})
			acc = operand{register: dst}
		}
		if len(args) == 1 {
			p.steps = append(p.steps, step{op: opAs, dst: dst, a: acc})
		}
	default:
		s := step{op: e.op, dst: dst}
		for i, t := range []*operand{&s.a, &s.b, &s.c, &s.d} {
			if i < len(args) {
				*t = args[i]
			}
		}
		p.steps = append(p.steps, s)
	}
	p.scratch = append(p.scratch, temps...)
	return operand{register: dst, temp: true}
}

// fold combines the plain numbers among the operands of an operation in which
// the order does not matter, and puts them last.
func (p *program) fold(o op, args []operand) []operand {
	var cols []operand
	var nums []float64
	for _, a := range args {
		if a.register < 0 && a.column == nil {
			nums = append(nums, a.num)
		} else {
			cols = append(cols, a)
		}
	}
	if len(nums) > 0 {
		cols = append(cols, operand{register: -1, num: apply(&node{op: o}, nums)})
	}
	return cols
}

// machine is a program with registers of its own.
type machine struct {
	p    *program
	regs [][]float64
	// consts are blocks filled with one number, for the operations that are
	// not worth a loop of their own with a number.
	consts [4][]float64
}

func (p *program) machine() *machine {
	m := &machine{p: p, regs: make([][]float64, p.registers)}
	store := make([]float64, (p.registers+len(m.consts))*blockSize)
	for i := range m.regs {
		m.regs[i] = store[i*blockSize:][:blockSize]
	}
	for i := range m.consts {
		m.consts[i] = store[(p.registers+i)*blockSize:][:blockSize]
	}
	return m
}

// vector returns an operand as a slice of n numbers from trial start on.
func (m *machine) vector(x operand, slot, start, n int) []float64 {
	switch {
	case x.register >= 0:
		return m.regs[x.register][:n]
	case x.column != nil:
		return x.column[start : start+n]
	}
	c := m.consts[slot][:n]
	for i := range c {
		c[i] = x.num
	}
	return c
}

// block evaluates n trials from start on and writes the sum of each wanted
// register to sums.
func (m *machine) block(start, n int, sums []float64) {
	for i := range m.p.steps {
		s := &m.p.steps[i]
		m.step(s, start, n)
		if s.store != nil {
			copy(s.store[start:start+n], m.regs[s.dst][:n])
		}
	}
	for k, s := range m.p.sums {
		t := 0.0
		for _, v := range m.regs[s.register][:n] {
			t += v
		}
		sums[k] = t
	}
}

func (m *machine) step(s *step, start, n int) {
	d := m.regs[s.dst][:n]
	if s.op == opDraw {
		m.p.fill(s.draw, start, d)
		return
	}
	a := m.vector(s.a, 0, start, n)
	switch s.op {
	case opAs:
		copy(d, a)
		return
	case opNeg:
		for i, x := range a {
			d[i] = -x
		}
		return
	case opExp:
		for i, x := range a {
			d[i] = math.Exp(x)
		}
		return
	case opLn:
		for i, x := range a {
			d[i] = math.Log(x)
		}
		return
	case opLog10:
		for i, x := range a {
			d[i] = math.Log10(x)
		}
		return
	case opAbs:
		for i, x := range a {
			d[i] = math.Abs(x)
		}
		return
	}
	number := s.b.register < 0 && s.b.column == nil
	switch k := s.b.num; {
	case number && s.op == opAdd:
		for i, x := range a {
			d[i] = x + k
		}
		return
	case number && s.op == opMul:
		for i, x := range a {
			d[i] = x * k
		}
		return
	}
	b := m.vector(s.b, 1, start, n)
	b = b[:len(a)]
	switch s.op {
	case opAdd:
		for i, x := range a {
			d[i] = x + b[i]
		}
	case opSub:
		for i, x := range a {
			d[i] = x - b[i]
		}
	case opMul:
		for i, x := range a {
			d[i] = x * b[i]
		}
	case opDiv:
		for i, x := range a {
			d[i] = x / b[i]
		}
	case opMin:
		for i, x := range a {
			d[i] = x
			if b[i] < x {
				d[i] = b[i]
			}
		}
	case opMax:
		for i, x := range a {
			d[i] = x
			if b[i] > x {
				d[i] = b[i]
			}
		}
	case opPow:
		for i, x := range a {
			d[i] = math.Pow(x, b[i])
		}
	case opSwitch:
		for i, x := range a {
			d[i] = 0
			if x < b[i] {
				d[i] = 1
			}
		}
	case opIfGreater:
		c, e := m.vector(s.c, 2, start, n), m.vector(s.d, 3, start, n)
		for i, x := range a {
			// The result may share a register with none of the operands.
			if x > b[i] {
				d[i] = c[i]
			} else {
				d[i] = e[i]
			}
		}
	default:
		panic("quantity: no such operation on columns")
	}
}
