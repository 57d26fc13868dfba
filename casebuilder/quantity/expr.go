package quantity

import "slices"

// ID names a quantity: "loss.churned_margin". It is its key in results.json,
// its row in the workbook and the argument of explain.
type ID string

// Expr is an expression over quantities. The zero Expr is none.
type Expr struct{ *node }

type node struct {
	op   op
	args []Expr
	id   ID      // of opRef
	num  float64 // of opNum
	unit Unit    // of opNum and opAs
	text string  // of opElseText
}

type op uint8

const (
	opNum op = iota
	opRef
	opAs
	opAdd // n-ary
	opSum // n-ary, written as SUM of a range
	opSub
	opMul // n-ary
	opDiv
	opNeg
	opMin // n-ary
	opMax // n-ary
	opExp
	opLn
	opLog10
	opAbs
	opPow
	opIfGreater
	opSwitch
	opElseText
	// Over lists of scalars.
	opSumProduct // first half of args with the second half
	opPosition   // args[0] in args[1:]
	opPick       // args[0]-th of args[1:]
	opNextBelow  // of args[1:], which hold args[0]
	// Aggregates: a column to one number.
	opMean
	opStdErr
	opPercentile // column, level
	opShareAbove // column, threshold
)

// Zero reports whether there is no expression.
func (e Expr) Zero() bool { return e.node == nil }

func mk(o op, args ...Expr) Expr { return Expr{&node{op: o, args: args}} }

// Ref is the value of another quantity.
func Ref(id ID) Expr { return Expr{&node{op: opRef, id: id}} }

// Num is a number that is part of a definition, not an assumption: 0, 1, 2,
// 12, 100 or 365. Everything else is an input. unit is as in [ParseUnit].
func Num(v float64, unit string) Expr { return Expr{&node{op: opNum, num: v, unit: U(unit)}} }

// One is the number 1 without a dimension.
func One() Expr { return Num(1, "ratio") }

// As is e, read in another unit. It changes no number: it states that the
// count of one thing is taken as that of another, such as discount factors of
// successive years as years.
func As(unit string, e Expr) Expr { return Expr{&node{op: opAs, unit: U(unit), args: []Expr{e}}} }

// Add is the sum of xs, which have one unit.
func Add(xs ...Expr) Expr { return mk(opAdd, xs...) }

// Sum is the sum of xs too; in a spreadsheet it is the SUM of the range in
// which they stand.
func Sum(xs ...Expr) Expr { return mk(opSum, xs...) }

// Sub is a − b.
func Sub(a, b Expr) Expr { return mk(opSub, a, b) }

// Mul is the product of xs.
func Mul(xs ...Expr) Expr { return mk(opMul, xs...) }

// Div is a / b.
func Div(a, b Expr) Expr { return mk(opDiv, a, b) }

// Neg is −a.
func Neg(a Expr) Expr { return mk(opNeg, a) }

// Min is the smallest of xs.
func Min(xs ...Expr) Expr { return mk(opMin, xs...) }

// Max is the largest of xs.
func Max(xs ...Expr) Expr { return mk(opMax, xs...) }

// Exp is e to the power a.
func Exp(a Expr) Expr { return mk(opExp, a) }

// Ln is the natural logarithm of a.
func Ln(a Expr) Expr { return mk(opLn, a) }

// Log10 is the decimal logarithm of a.
func Log10(a Expr) Expr { return mk(opLog10, a) }

// Abs is the size of a without its sign.
func Abs(a Expr) Expr { return mk(opAbs, a) }

// Pow is a to the power b; a is not negative.
func Pow(a, b Expr) Expr { return mk(opPow, a, b) }

// IfGreater is x where a > b, else y.
func IfGreater(a, b, x, y Expr) Expr { return mk(opIfGreater, a, b, x, y) }

// Switch is 1 where the uniform draw u lies below the chance p, else 0. In the
// central case it is p.
func Switch(u, p Expr) Expr { return mk(opSwitch, u, p) }

// ElseText is x where a > b, else a text in place of a number ("never"). As a
// number the text is NaN.
func ElseText(a, b, x Expr, text string) Expr {
	return Expr{&node{op: opElseText, args: []Expr{a, b, x}, text: text}}
}

// SumProduct is the sum of the products of two lists of one length.
func SumProduct(a, b []Expr) Expr {
	return mk(opSumProduct, append(append([]Expr{}, a...), b...)...)
}

// Position is the place, from 1, of the first of list that equals v.
func Position(v Expr, list ...Expr) Expr { return mk(opPosition, append([]Expr{v}, list...)...) }

// Pick is the i-th of list, from 1.
func Pick(i Expr, list ...Expr) Expr { return mk(opPick, append([]Expr{i}, list...)...) }

// NextBelow is the largest of list that lies below v, which is one of them;
// where none does, the smallest.
func NextBelow(v Expr, list ...Expr) Expr { return mk(opNextBelow, append([]Expr{v}, list...)...) }

// Mean is the mean over the trials. In the central case it is the central
// value.
func Mean(a Expr) Expr { return mk(opMean, a) }

// StdErr is the standard error of the mean of the column id: its standard
// deviation (n − 1) over √n, an upper bound for low-discrepancy draws.
func StdErr(id ID) Expr { return mk(opStdErr, Ref(id)) }

// Percentile is the level-quantile of the column id, level a share from 0 to
// 1, interpolated between order statistics as PERCENTILE.INC does (Hyndman
// and Fan 1996, type 7).
func Percentile(id ID, level Expr) Expr { return mk(opPercentile, Ref(id), level) }

// ShareAbove is the share of trials in which the column id exceeds x.
func ShareAbove(id ID, x Expr) Expr { return mk(opShareAbove, Ref(id), x) }

func (o op) aggregate() bool { return o >= opMean }

// refs calls f for every quantity that e names.
func (e Expr) refs(f func(ID)) {
	if e.op == opRef {
		f(e.id)
	}
	for _, a := range e.args {
		a.refs(f)
	}
}

// replace returns e with references renamed by f.
func (e Expr) replace(f func(ID) ID) Expr {
	n := *e.node
	if n.op == opRef {
		n.id = f(n.id)
		return Expr{&n}
	}
	n.args = make([]Expr, len(e.args))
	for i, a := range e.args {
		n.args[i] = a.replace(f)
	}
	return Expr{&n}
}

// Refs returns the quantities that e names, in its order, each once.
func Refs(e Expr) []ID {
	var ids []ID
	e.refs(func(id ID) {
		if !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	})
	return ids
}
