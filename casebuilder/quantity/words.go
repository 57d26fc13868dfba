package quantity

import "strings"

// Words returns the definition of id in words: the tree, with name giving the
// words for a quantity (its label, its value) and number those for a plain
// number.
func (g *Graph) Words(id ID, name func(ID) string, number func(float64) string) string {
	q, ok := g.Get(id)
	if !ok || q.Expr.Zero() {
		return ""
	}
	t := &talker{name: name, number: number}
	return t.say(q.Expr, 0)
}

type talker struct {
	name   func(ID) string
	number func(float64) string
}

func (t *talker) all(args []Expr, need int) []string {
	s := make([]string, len(args))
	for i, a := range args {
		s[i] = t.say(a, need)
	}
	return s
}

func (t *talker) list(what string, args []Expr) string {
	return what + " (" + strings.Join(t.all(args, 0), "; ") + ")"
}

func (t *talker) say(e Expr, need int) string {
	one := func(i, need int) string { return t.say(e.args[i], need) }
	switch e.op {
	case opNum:
		return t.number(e.num)
	case opRef:
		return t.name(e.id)
	case opAs:
		return one(0, need)
	case opAdd, opSum:
		s := one(0, bindAdd)
		for i, a := range e.args[1:] {
			if a.op == opNeg {
				s += " − " + t.say(a.args[0], bindMul)
			} else {
				s += " + " + one(i+1, bindAdd)
			}
		}
		return paren(s, bindAdd, need)
	case opSub:
		return paren(one(0, bindAdd)+" − "+one(1, bindMul), bindAdd, need)
	case opMul:
		var fs []string
		for _, a := range e.args {
			if a.op != opNum || a.num != 1 {
				fs = append(fs, t.say(a, bindMul))
			}
		}
		if len(fs) == 0 {
			return t.number(1)
		}
		return paren(strings.Join(fs, " × "), bindMul, need)
	case opDiv:
		return paren(one(0, bindMul)+" ÷ "+one(1, bindPow), bindMul, need)
	case opNeg:
		return paren("−"+one(0, bindMul), bindAdd, need)
	case opPow:
		return paren(one(0, bindAtom)+" ^ "+one(1, bindAtom), bindPow, need)
	case opMin:
		return t.list("the smallest of", e.args)
	case opMax:
		return t.list("the largest of", e.args)
	case opExp:
		return "e^(" + one(0, 0) + ")"
	case opLn:
		return "ln(" + one(0, 0) + ")"
	case opLog10:
		return "log10(" + one(0, 0) + ")"
	case opAbs:
		return "size of (" + one(0, 0) + ")"
	case opIfGreater:
		return paren(one(2, 0)+" where "+one(0, bindAdd)+" > "+one(1, bindAdd)+", else "+one(3, 0), bindNone, need)
	case opElseText:
		return paren(one(2, 0)+" where "+one(0, bindAdd)+" > "+one(1, bindAdd)+", else “"+e.text+"”", bindNone, need)
	case opSwitch:
		return paren("1 with the chance "+one(1, bindAdd)+", else 0", bindNone, need)
	case opSumProduct:
		h := len(e.args) / 2
		if h > 3 {
			return "the sum of " + t.say(e.args[0], bindMul) + " × " + t.say(e.args[h], bindMul) + " and so on, " + t.number(float64(h)) + " products"
		}
		terms := make([]Expr, h)
		for i := range h {
			terms[i] = Mul(e.args[i], e.args[h+i])
		}
		return t.say(Add(terms...), need)
	case opPosition:
		return "the place of " + one(0, 0) + " among (" + strings.Join(t.all(e.args[1:], 0), "; ") + ")"
	case opNextBelow:
		return "the largest below " + one(0, 0) + " of (" + strings.Join(t.all(e.args[1:], 0), "; ") + ")"
	case opPick:
		return "number " + one(0, 0) + " of (" + strings.Join(t.all(e.args[1:], 0), "; ") + ")"
	case opMean:
		return "mean of " + one(0, bindAtom)
	case opStdErr:
		return "standard error of the mean of " + one(0, bindAtom)
	case opPercentile:
		return "percentile of " + one(0, bindAtom) + " at " + one(1, 0)
	case opShareAbove:
		return "share of trials in which " + one(0, bindAtom) + " exceeds " + one(1, bindAtom)
	}
	return "?"
}
