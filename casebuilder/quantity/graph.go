package quantity

import (
	"fmt"
	"slices"
	"strings"
)

// Quantity is one named figure. It is an input (a value, no expression), a
// draw (a column of given numbers) or has an expression.
type Quantity struct {
	ID    ID
	Label string
	Unit  Unit
	Expr  Expr    // none for inputs and draws
	Value float64 // of an input
	Draw  bool    // a column that the caller of Run fills

	// AtMean: the central case holds this column at its mean over the trials.
	AtMean bool
	// Inline: a column that the workbook writes inside the formulas that use
	// it instead of giving it a column of its own.
	Inline bool

	Group   string // where it belongs: "loss lines", "drivers" …
	Note    string // what it means, in a sentence
	Form    string // form of loss, of a loss line
	Owner   string
	Grade   string // of an input: strong, moderate, weak, judgement, or whose figure it is
	Sources []string
}

// Axis says how many numbers a quantity has.
type Axis uint8

// A quantity is one number, or one number a trial.
const (
	Scalar Axis = iota
	Column
)

// Graph is a set of quantities that has been checked: every reference exists,
// nothing is circular, every unit fits.
type Graph struct {
	list  []Quantity // in an order in which each comes after what it uses
	index map[ID]int
	axis  []Axis
	stage []int // a column of stage s may use aggregates of columns of stages below s
}

// Builder collects quantities for a graph.
type Builder struct {
	list  []Quantity
	index map[ID]int
	errs  []string
}

// NewBuilder returns an empty builder.
func NewBuilder() *Builder { return &Builder{index: make(map[ID]int)} }

// Add adds a quantity. Problems are reported by Build.
func (b *Builder) Add(q Quantity) {
	if _, dup := b.index[q.ID]; dup {
		b.errs = append(b.errs, fmt.Sprintf("%s: defined twice", q.ID))
		return
	}
	b.index[q.ID] = len(b.list)
	b.list = append(b.list, q)
}

// Has reports whether id has been added.
func (b *Builder) Has(id ID) bool { _, ok := b.index[id]; return ok }

// Get returns the quantity id as it was added; the zero Quantity if it was not.
func (b *Builder) Get(id ID) Quantity {
	if i, ok := b.index[id]; ok {
		return b.list[i]
	}
	return Quantity{}
}

// Update changes a quantity that has been added.
func (b *Builder) Update(id ID, change func(*Quantity)) {
	if i, ok := b.index[id]; ok {
		change(&b.list[i])
	}
}

// Derive adds, under the given prefix, a copy of everything that lies on a way
// from a substituted quantity to one of the targets: the same trees, over
// other quantities. with maps a quantity to the one that takes its place.
// Quantities in always get a name under the prefix even where nothing on their
// way changed; they then refer to the original. It returns the new ID of each
// target (its own where nothing on its way changed) and calls each for every
// new quantity, before it is added, so that the caller can change labels and
// notes.
func (b *Builder) Derive(prefix string, with map[ID]ID, targets, always []ID, each func(*Quantity)) map[ID]ID {
	names := make(map[ID]ID, len(with))
	for k, v := range with {
		names[k] = v
	}
	var visit func(id ID) ID
	visit = func(id ID) ID {
		if n, ok := names[id]; ok {
			return n
		}
		names[id] = id // unless it turns out to depend on a substituted one
		q := b.Get(id)
		if q.Expr.Zero() {
			return id
		}
		changed := false
		q.Expr.refs(func(r ID) {
			if visit(r) != r {
				changed = true
			}
		})
		switch {
		case changed:
			q.Expr = q.Expr.replace(func(r ID) ID { return names[r] })
		case slices.Contains(always, id):
			q.Expr = Ref(id)
		default:
			return id
		}
		q.ID = ID(prefix) + "." + id
		if each != nil {
			each(&q)
		}
		names[id] = q.ID
		b.Add(q)
		return q.ID
	}
	out := make(map[ID]ID, len(targets))
	for _, t := range targets {
		out[t] = visit(t)
	}
	return out
}

// Build checks the quantities and returns the graph. The error names every
// unknown or duplicate ID, every cycle and every unit that does not fit.
func (b *Builder) Build() (*Graph, error) {
	errs := slices.Clone(b.errs)
	const (
		fresh = iota
		open
		done
	)
	state := make([]uint8, len(b.list))
	g := &Graph{index: make(map[ID]int, len(b.list)), list: make([]Quantity, 0, len(b.list))}
	var visit func(i int, path []ID)
	visit = func(i int, path []ID) {
		q := &b.list[i]
		switch state[i] {
		case done:
			return
		case open:
			at := slices.Index(path, q.ID)
			errs = append(errs, fmt.Sprintf("%s: defined by itself: %s", q.ID, join(append(path[at:], q.ID), " -> ")))
			return
		}
		state[i] = open
		path = append(path, q.ID)
		if !q.Expr.Zero() {
			q.Expr.refs(func(r ID) {
				if j, ok := b.index[r]; ok {
					visit(j, path)
				} else {
					errs = append(errs, fmt.Sprintf("%s: uses %s, which is not defined", q.ID, r))
				}
			})
		}
		state[i] = done
		g.index[q.ID] = len(g.list)
		g.list = append(g.list, *q)
	}
	for i := range b.list {
		visit(i, nil)
	}
	if len(errs) == 0 {
		errs = g.check()
	}
	if len(errs) > 0 {
		slices.Sort(errs)
		return nil, fmt.Errorf("quantities: %s", strings.Join(errs, "\n"))
	}
	return g, nil
}

func join(ids []ID, sep string) string {
	s := make([]string, len(ids))
	for i, id := range ids {
		s[i] = string(id)
	}
	return strings.Join(s, sep)
}

// check finds units that do not fit and aggregates of what is no column, and
// works out the axis and the stage of every quantity.
func (g *Graph) check() []string {
	var errs []string
	g.axis, g.stage = make([]Axis, len(g.list)), make([]int, len(g.list))
	for i := range g.list {
		q := &g.list[i]
		if q.Expr.Zero() {
			if q.Draw {
				g.axis[i] = Column
			}
			continue
		}
		u, err := g.unitOf(q.Expr)
		switch {
		case err != nil:
			errs = append(errs, fmt.Sprintf("%s: %v", q.ID, err))
		case !u.Same(q.Unit):
			errs = append(errs, fmt.Sprintf("%s: its unit is %s, its formula gives %s", q.ID, q.Unit, u))
		}
		g.axis[i] = g.axisOf(q.Expr)
		g.stage[i] = g.stageOf(q.Expr)
		if q.AtMean && g.axis[i] != Column {
			errs = append(errs, fmt.Sprintf("%s: is held at its mean but is no column", q.ID))
		}
	}
	return errs
}

func (g *Graph) unitOf(e Expr) (Unit, error) {
	us := make([]Unit, len(e.args))
	for i, a := range e.args {
		var err error
		if us[i], err = g.unitOf(a); err != nil {
			return Unit{}, err
		}
	}
	switch e.op {
	case opSumProduct, opPosition, opPick, opNextBelow, opElseText:
		if g.axisOf(e) == Column {
			return Unit{}, fmt.Errorf("a list, or a text, of numbers that differ by trial")
		}
	}
	same := func(us []Unit, what string) error {
		for _, u := range us[1:] {
			if !u.Same(us[0]) {
				return fmt.Errorf("%s of %s and %s", what, us[0], u)
			}
		}
		return nil
	}
	plain := func(what string) error {
		for _, u := range us {
			if !u.Dimensionless() {
				return fmt.Errorf("%s of %s, want no dimension", what, u)
			}
		}
		return nil
	}
	switch e.op {
	case opNum:
		return e.unit, nil
	case opAs:
		return e.unit, nil
	case opRef:
		return g.list[g.index[e.id]].Unit, nil
	case opAdd, opSum, opSub:
		return us[0], same(us, "sum or difference")
	case opMin, opMax:
		return us[0], same(us, "minimum or maximum")
	case opMul:
		u := us[0]
		for _, v := range us[1:] {
			u = u.times(v, 1)
		}
		return u, nil
	case opDiv:
		return us[0].times(us[1], -1), nil
	case opExp, opLn, opLog10, opPow:
		return U("ratio"), plain("power or logarithm")
	case opIfGreater:
		if err := same(us[:2], "comparison"); err != nil {
			return Unit{}, err
		}
		return us[2], same(us[2:], "choice")
	case opElseText:
		return us[2], same(us[:2], "comparison")
	case opSwitch:
		return U("ratio"), plain("switch")
	case opSumProduct:
		h := len(us) / 2
		if len(us)%2 != 0 || h == 0 {
			return Unit{}, fmt.Errorf("sum of products of lists of different length")
		}
		if err := same(us[:h], "list"); err != nil {
			return Unit{}, err
		}
		return us[0].times(us[h], 1), same(us[h:], "list")
	case opPosition:
		return U("count"), same(us, "list")
	case opNextBelow:
		return us[0], same(us, "list")
	case opPick:
		if !us[0].Dimensionless() {
			return Unit{}, fmt.Errorf("place in a list of unit %s, want no dimension", us[0])
		}
		return us[1], same(us[1:], "list")
	case opPercentile:
		if !us[1].Dimensionless() {
			return Unit{}, fmt.Errorf("percentile at a level of unit %s, want no dimension", us[1])
		}
		return us[0], g.column(e)
	case opShareAbove:
		if err := same(us, "comparison"); err != nil {
			return Unit{}, err
		}
		return U("share"), g.column(e)
	case opMean, opStdErr:
		return us[0], g.column(e)
	}
	return us[0], nil // opNeg, opAbs
}

func (g *Graph) column(e Expr) error {
	if g.axisOf(e.args[0]) != Column {
		return fmt.Errorf("mean or percentile of what is one number")
	}
	if e.op != opMean && len(e.args) > 1 && g.axisOf(e.args[1]) == Column {
		return fmt.Errorf("percentile or share at a level that differs by trial")
	}
	return nil
}

func (g *Graph) axisOf(e Expr) Axis {
	if e.op.aggregate() {
		return Scalar
	}
	if e.op == opRef {
		return g.axis[g.index[e.id]]
	}
	for _, a := range e.args {
		if g.axisOf(a) == Column {
			return Column
		}
	}
	return Scalar
}

func (g *Graph) stageOf(e Expr) int {
	if e.op == opRef {
		return g.stage[g.index[e.id]]
	}
	s := 0
	for _, a := range e.args {
		s = max(s, g.stageOf(a))
	}
	if e.op.aggregate() {
		s++
	}
	return s
}

// Get returns a quantity by its ID.
func (g *Graph) Get(id ID) (Quantity, bool) {
	i, ok := g.index[id]
	if !ok {
		return Quantity{}, false
	}
	return g.list[i], true
}

// TextOf returns the text that stands for a quantity without a number.
func (g *Graph) TextOf(id ID) string {
	text := ""
	if i, ok := g.index[id]; ok && !g.list[i].Expr.Zero() {
		g.list[i].Expr.walk(func(e Expr) {
			switch {
			case e.op == opElseText:
				text = e.text
			case e.op == opRef && text == "":
				text = g.TextOf(e.id)
			}
		})
	}
	return text
}

// Axis says whether id is one number or one a trial.
func (g *Graph) Axis(id ID) Axis { return g.axis[g.index[id]] }

// All returns every quantity, each after those that it uses.
func (g *Graph) All() []Quantity { return g.list }

// Uses returns the quantities that the definition of id names, in its order,
// each once.
func (g *Graph) Uses(id ID) []ID {
	if i, ok := g.index[id]; ok && !g.list[i].Expr.Zero() {
		return Refs(g.list[i].Expr)
	}
	return nil
}

// Between returns, in the order of calculation, every quantity on a way from
// one of the sources to one of the targets, both included.
func (g *Graph) Between(sources, targets []ID) []ID {
	below := make([]bool, len(g.list)) // depends on a source
	for _, s := range sources {
		if i, ok := g.index[s]; ok {
			below[i] = true
		}
	}
	for i := range g.list {
		if !below[i] && !g.list[i].Expr.Zero() {
			g.list[i].Expr.refs(func(r ID) { below[i] = below[i] || below[g.index[r]] })
		}
	}
	above := g.needed(targets)
	var ids []ID
	for i, q := range g.list {
		if above[i] && below[i] {
			ids = append(ids, q.ID)
		}
	}
	return ids
}

// needed marks the wanted quantities and all that they use; nil wants all.
func (g *Graph) needed(wanted []ID) []bool {
	n := make([]bool, len(g.list))
	for _, id := range wanted {
		if i, ok := g.index[id]; ok {
			n[i] = true
		}
	}
	for i := len(g.list) - 1; i >= 0; i-- {
		if wanted == nil {
			n[i] = true
		}
		if n[i] && !g.list[i].Expr.Zero() {
			g.list[i].Expr.refs(func(r ID) { n[g.index[r]] = true })
		}
	}
	return n
}
