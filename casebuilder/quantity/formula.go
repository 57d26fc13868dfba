package quantity

import (
	"fmt"
	"strconv"
	"strings"
)

// Names gives the addresses of quantities in a spreadsheet.
type Names interface {
	// Cell is the address of a scalar, or of the mean of a column; "" where
	// the sheet has none.
	Cell(id ID) string
	// Column is the address of a column's number in the trial whose formula
	// is being written.
	Column(id ID) string
	// Range is the addresses of a column's numbers in all trials.
	Range(id ID) string
	// List is one range of exactly these scalars in this order; "" where they
	// do not stand together.
	List(ids []ID) string
	// Trials is the address of the number of trials.
	Trials() string
}

// Formula returns the definition of id as a spreadsheet formula without "=":
// of a scalar its expression, of a column its mean over the trials.
func (g *Graph) Formula(id ID, n Names) (string, error) {
	q, ok := g.Get(id)
	if !ok || q.Expr.Zero() && !q.Draw {
		return "", fmt.Errorf("%s: no formula", id)
	}
	w := &writer{g: g, n: n, ref: n.Cell, lists: n.List, missing: new([]string)}
	var s string
	switch {
	case g.Axis(id) == Scalar:
		s = w.expr(q.Expr, 0)
	case q.Inline:
		s = w.mean(q.Expr, 0)
	default:
		s = "AVERAGE(" + n.Range(id) + ")"
	}
	return s, w.err(id)
}

// TrialFormula returns the formula of a column in one trial.
func (g *Graph) TrialFormula(id ID, n Names) (string, error) {
	q, ok := g.Get(id)
	if !ok || g.Axis(id) != Column || q.Expr.Zero() {
		return "", fmt.Errorf("%s: no formula by trial", id)
	}
	w := &writer{g: g, n: n, lists: n.List, missing: new([]string)}
	w.ref = func(id ID) string {
		if g.Axis(id) == Scalar {
			return n.Cell(id)
		}
		return n.Column(id)
	}
	return w.expr(q.Expr, 0), w.err(id)
}

// CentralFormula returns the definition of id in the central case. ref is the
// address of a quantity's central value, lists one range of several.
func (g *Graph) CentralFormula(id ID, n Names, ref func(ID) string, lists func([]ID) string) (string, error) {
	q, ok := g.Get(id)
	if !ok || q.Expr.Zero() {
		return "", fmt.Errorf("%s: no formula", id)
	}
	w := &writer{g: g, n: n, ref: ref, lists: lists, central: true, missing: new([]string)}
	return w.expr(q.Expr, 0), w.err(id)
}

// HasMean reports whether a spreadsheet can write the mean of id: it can of
// every column with a range of its own, and of sums and products of such. It
// cannot where the smaller, the larger or a choice is taken trial by trial
// inside another formula.
func (g *Graph) HasMean(id ID) bool {
	q, ok := g.Get(id)
	return ok && (g.Axis(id) == Scalar || !q.Inline || q.AtMean || g.meanable(q.Expr))
}

func (g *Graph) meanable(e Expr) bool {
	if g.axisOf(e) == Scalar {
		return true
	}
	switch e.op {
	case opRef:
		return g.HasMean(e.id)
	case opMul, opDiv, opExp, opLn, opLog10, opAbs, opPow:
		return g.elementwise(e)
	case opAs, opAdd, opSum, opSub, opNeg:
		for _, a := range e.args {
			if !g.meanable(a) {
				return false
			}
		}
		return true
	}
	return false
}

// elementwise reports whether e, written with ranges for columns, is computed
// element by element: MIN, MAX and IF are not.
func (g *Graph) elementwise(e Expr) bool {
	if g.axisOf(e) == Scalar {
		return true
	}
	switch e.op {
	case opRef:
		q, _ := g.Get(e.id)
		return !q.Inline || g.elementwise(q.Expr)
	case opMin, opMax, opIfGreater, opElseText, opSwitch:
		return false
	}
	for _, a := range e.args {
		if !g.elementwise(a) {
			return false
		}
	}
	return true
}

// writer writes expressions as formulas. In the central case means and
// switches give way to what they are there.
type writer struct {
	g       *Graph
	n       Names
	ref     func(ID) string // "" makes an inline column be written out
	lists   func([]ID) string
	central bool
	missing *[]string
}

func (w *writer) err(id ID) error {
	if len(*w.missing) > 0 {
		return fmt.Errorf("%s: no address for %s", id, strings.Join(*w.missing, ", "))
	}
	return nil
}

// Strength of binding, weakest first.
const (
	bindNone = iota
	bindAdd
	bindMul
	bindPow
	bindAtom
)

func paren(s string, has, need int) string {
	if has < need {
		return "(" + s + ")"
	}
	return s
}

// expr writes e so that it binds at least as strongly as need.
func (w *writer) expr(e Expr, need int) string {
	switch e.op {
	case opNum:
		s := strconv.FormatFloat(e.num, 'g', -1, 64)
		if e.num < 0 {
			return paren(s, bindAdd, need)
		}
		return s
	case opAs:
		return w.expr(e.args[0], need)
	case opRef:
		return w.reference(e.id, need)
	case opAdd, opSum:
		if r := w.list(e.args); r != "" && (e.op == opSum || len(e.args) > 2) {
			return "SUM(" + r + ")"
		}
		s := w.expr(e.args[0], bindAdd)
		for _, a := range e.args[1:] {
			if a.op == opNeg {
				s += "-" + w.expr(a.args[0], bindMul)
			} else {
				s += "+" + w.expr(a, bindAdd)
			}
		}
		return paren(s, bindAdd, need)
	case opSub:
		return paren(w.expr(e.args[0], bindAdd)+"-"+w.expr(e.args[1], bindMul), bindAdd, need)
	case opMul:
		var fs []string
		for _, a := range e.args {
			if a.op == opNum && a.num == 1 {
				continue
			}
			fs = append(fs, w.expr(a, bindMul))
		}
		if len(fs) == 0 {
			return "1"
		}
		if len(fs) == 1 {
			// The one factor may bind less than a product does.
			for _, a := range e.args {
				if a.op != opNum || a.num != 1 {
					return w.expr(a, need)
				}
			}
		}
		return paren(strings.Join(fs, "*"), bindMul, need)
	case opDiv:
		return paren(w.expr(e.args[0], bindMul)+"/"+w.expr(e.args[1], bindPow), bindMul, need)
	case opPow:
		return paren(w.expr(e.args[0], bindAtom)+"^"+w.expr(e.args[1], bindAtom), bindPow, need)
	case opNeg:
		// A spreadsheet reads -a^b as (-a)^b.
		inner := bindMul
		if leftmost(e.args[0]).op == opPow {
			inner = bindAtom
		}
		return paren("-"+w.expr(e.args[0], inner), bindAdd, need)
	case opMin:
		return w.call("MIN", e.args)
	case opMax:
		return w.call("MAX", e.args)
	case opExp:
		return w.call("EXP", e.args)
	case opLn:
		return w.call("LN", e.args)
	case opLog10:
		return w.call("LOG10", e.args)
	case opAbs:
		return w.call("ABS", e.args)
	case opIfGreater:
		return fmt.Sprintf("IF(%s>%s,%s,%s)", w.expr(e.args[0], bindAdd), w.expr(e.args[1], bindAdd), w.expr(e.args[2], 0), w.expr(e.args[3], 0))
	case opElseText:
		return fmt.Sprintf("IF(%s>%s,%s,%s)", w.expr(e.args[0], bindAdd), w.expr(e.args[1], bindAdd), w.expr(e.args[2], 0), quote(e.text))
	case opSwitch:
		if w.central {
			return w.expr(e.args[1], need)
		}
		return fmt.Sprintf("IF(%s<%s,1,0)", w.expr(e.args[0], bindAdd), w.expr(e.args[1], bindAdd))
	case opSumProduct:
		h := len(e.args) / 2
		a, b := w.list(e.args[:h]), w.list(e.args[h:])
		if a != "" && b != "" {
			return "SUMPRODUCT(" + a + "," + b + ")"
		}
		terms := make([]Expr, h)
		for i := range h {
			terms[i] = Mul(e.args[i], e.args[h+i])
		}
		return w.expr(Add(terms...), need)
	case opPosition:
		return "MATCH(" + w.expr(e.args[0], 0) + "," + w.must(e.args[1:]) + ",0)"
	case opNextBelow:
		v, list := w.expr(e.args[0], 0), w.must(e.args[1:])
		return "SMALL(" + list + ",MAX(1,RANK(" + v + "," + list + ",1)-1))"
	case opPick:
		return "INDEX(" + w.must(e.args[1:]) + "," + w.expr(e.args[0], 0) + ")"
	case opMean:
		if w.central {
			return w.expr(e.args[0], need)
		}
		return w.mean(e.args[0], need)
	case opStdErr:
		return paren("STDEV("+w.n.Range(e.args[0].id)+")/SQRT("+w.n.Trials()+")", bindMul, need)
	case opPercentile:
		return "PERCENTILE(" + w.n.Range(e.args[0].id) + "," + w.expr(e.args[1], 0) + ")"
	case opShareAbove:
		return paren(`COUNTIF(`+w.n.Range(e.args[0].id)+`,">"&`+w.expr(e.args[1], bindAtom)+")/"+w.n.Trials(), bindMul, need)
	}
	panic("quantity: no such operation in a formula")
}

func (w *writer) reference(id ID, need int) string {
	if s := w.ref(id); s != "" {
		return s
	}
	if q, ok := w.g.Get(id); ok && q.Inline && !q.Expr.Zero() {
		return w.expr(q.Expr, need)
	}
	*w.missing = append(*w.missing, string(id))
	return "?"
}

func (w *writer) call(name string, args []Expr) string {
	if r := w.list(args); r != "" && len(args) > 1 {
		return name + "(" + r + ")"
	}
	s := make([]string, len(args))
	for i, a := range args {
		s[i] = w.expr(a, 0)
	}
	return name + "(" + strings.Join(s, ",") + ")"
}

// list returns the range that holds args, if they are scalars, or means of
// columns, that stand together.
func (w *writer) list(args []Expr) string {
	ids := make([]ID, len(args))
	for i, a := range args {
		column := a.op == opMean
		if column {
			a = a.args[0]
		}
		if a.op != opRef || (w.g.Axis(a.id) == Column) != column {
			return ""
		}
		ids[i] = a.id
	}
	return w.lists(ids)
}

func (w *writer) must(args []Expr) string {
	r := w.list(args)
	if r == "" {
		*w.missing = append(*w.missing, fmt.Sprintf("a range of %d figures", len(args)))
		return "?"
	}
	return r
}

// mean writes the mean of a column expression over the trials.
func (w *writer) mean(e Expr, need int) string {
	if w.g.axisOf(e) == Scalar {
		return w.expr(e, need)
	}
	switch e.op {
	case opAs:
		return w.mean(e.args[0], need)
	case opRef:
		if s := w.n.Cell(e.id); s != "" {
			return s
		}
		if q, _ := w.g.Get(e.id); q.Inline {
			return w.mean(q.Expr, need)
		}
		return "AVERAGE(" + w.n.Range(e.id) + ")"
	case opAdd, opSum:
		s := w.mean(e.args[0], bindAdd)
		for _, a := range e.args[1:] {
			if a.op == opNeg {
				s += "-" + w.mean(a.args[0], bindMul)
			} else {
				s += "+" + w.mean(a, bindAdd)
			}
		}
		return paren(s, bindAdd, need)
	case opSub:
		return paren(w.mean(e.args[0], bindAdd)+"-"+w.mean(e.args[1], bindMul), bindAdd, need)
	case opNeg:
		return paren("-"+w.mean(e.args[0], bindMul), bindAdd, need)
	case opDiv:
		if w.g.axisOf(e.args[1]) == Scalar {
			return paren(w.mean(e.args[0], bindMul)+"/"+w.expr(e.args[1], bindPow), bindMul, need)
		}
	case opMul:
		var scalars, columns []Expr
		w.factors(e, &scalars, &columns)
		var fs []string
		for _, s := range scalars {
			if s.op != opNum || s.num != 1 {
				fs = append(fs, w.expr(s, bindMul))
			}
		}
		if len(columns) == 1 {
			return paren(strings.Join(append(fs, w.mean(columns[0], bindMul)), "*"), bindMul, need)
		}
		arrays := make([]string, len(columns))
		for i, c := range columns {
			if !w.g.elementwise(c) {
				*w.missing = append(*w.missing, "the mean of a choice made trial by trial")
			}
			arrays[i] = w.array().expr(c, 0)
		}
		fs = append(fs, "SUMPRODUCT("+strings.Join(arrays, ",")+")/"+w.n.Trials())
		return paren(strings.Join(fs, "*"), bindMul, need)
	}
	if !w.g.elementwise(e) {
		*w.missing = append(*w.missing, "the mean of a choice made trial by trial")
	}
	return paren("SUMPRODUCT("+w.array().expr(e, 0)+")/"+w.n.Trials(), bindMul, need)
}

// array returns a writer that writes columns as ranges.
func (w *writer) array() *writer {
	return &writer{g: w.g, n: w.n, lists: w.n.List, missing: w.missing, ref: func(id ID) string {
		if w.g.Axis(id) == Scalar {
			return w.n.Cell(id)
		}
		if q, _ := w.g.Get(id); q.Inline {
			return ""
		}
		return w.n.Range(id)
	}}
}

// factors splits a product, and the products that it is written out of, into
// scalars and columns.
func (w *writer) factors(e Expr, scalars, columns *[]Expr) {
	switch {
	case w.g.axisOf(e) == Scalar:
		*scalars = append(*scalars, e)
	case e.op == opMul:
		for _, a := range e.args {
			w.factors(a, scalars, columns)
		}
	case e.op == opAs:
		w.factors(e.args[0], scalars, columns)
	case e.op == opRef:
		if q, _ := w.g.Get(e.id); q.Inline && (q.Expr.op == opMul || q.Expr.op == opAs) {
			w.factors(q.Expr, scalars, columns)
			return
		}
		*columns = append(*columns, e)
	default:
		*columns = append(*columns, e)
	}
}

func leftmost(e Expr) Expr {
	switch e.op {
	case opMul, opDiv, opAs:
		return leftmost(e.args[0])
	}
	return e
}

func quote(s string) string { return `"` + strings.ReplaceAll(s, `"`, `""`) + `"` }
