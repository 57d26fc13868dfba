package quantity

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
)

// in returns a graph of three inputs, a column of draws 1 to 4 and the given
// quantities.
func graph(t *testing.T, qs ...Quantity) *Graph {
	t.Helper()
	g, err := try(qs...)
	if err != nil {
		t.Fatal(err)
	}
	return g
}

func try(qs ...Quantity) (*Graph, error) {
	b := NewBuilder()
	for _, q := range []Quantity{
		{ID: "a", Label: "A", Unit: U("money"), Value: 6},
		{ID: "b", Label: "B", Unit: U("money"), Value: 4},
		{ID: "n", Label: "N", Unit: U("customers"), Value: 2},
		{ID: "s", Label: "S", Unit: U("share"), Value: 0.5},
		{ID: "x", Label: "X", Unit: U("ratio"), Draw: true},
		{ID: "u", Label: "U", Unit: U("ratio"), Draw: true},
	} {
		b.Add(q)
	}
	for _, q := range qs {
		b.Add(q)
	}
	return b.Build()
}

// fill gives x the values 1, 2, 3, 4 and u 0.1, 0.3, 0.5, 0.7, over and over.
func fill(id ID, start int, dst []float64) {
	for i := range dst {
		k := float64((start + i) % 4)
		switch id {
		case "x":
			dst[i] = 1 + k
		case "u":
			dst[i] = 0.1 + 0.2*k
		}
	}
}

func near(t *testing.T, what string, got, want float64) {
	t.Helper()
	if math.IsNaN(want) != math.IsNaN(got) || math.Abs(got-want) > 1e-12*max(1, math.Abs(want)) {
		t.Errorf("%s: want %v, got %v", what, want, got)
	}
}

// Every operation on scalars, by hand.
func TestScalars(t *testing.T) {
	a, b, n, s := Ref("a"), Ref("b"), Ref("n"), Ref("s")
	ratio := func(e Expr) Expr { return As("ratio", e) }
	for _, c := range []struct {
		name string
		unit string
		e    Expr
		want float64
	}{
		{"add", "money", Add(a, b, a), 16},
		{"sub", "money", Sub(a, b), 2},
		{"mul", "money", Mul(a, s), 3},
		{"mul of units", "money·customers", Mul(a, n), 12},
		{"div", "money/customer", Div(a, n), 3},
		{"neg", "money", Neg(a), -6},
		{"min", "money", Min(a, b), 4},
		{"max", "money", Max(b, a), 6},
		{"exp", "ratio", Exp(s), math.Exp(0.5)},
		{"ln", "ratio", Ln(s), math.Log(0.5)},
		{"log10", "ratio", Log10(Num(100, "ratio")), 2},
		{"abs", "money", Abs(Sub(b, a)), 2},
		{"pow", "ratio", Pow(s, Num(2, "ratio")), 0.25},
		{"if greater", "customers", IfGreater(a, b, n, Num(1, "customers")), 2},
		{"if not greater", "customers", IfGreater(a, a, n, Num(1, "customers")), 1},
		{"switch on", "ratio", Switch(s, One()), 1},
		{"switch off", "ratio", Switch(One(), s), 0},
		{"else text, number", "money", ElseText(a, b, a, "never"), 6},
		{"else text, text", "money", ElseText(b, a, a, "never"), math.NaN()},
		{"sum of products", "money", SumProduct([]Expr{a, b}, []Expr{s, One()}), 7},
		{"position", "count", Position(b, a, b, b), 2},
		{"pick", "money", Pick(Num(2, "count"), a, b), 4},
		{"next below", "money", NextBelow(a, b, a, Num(1, "money"), b), 4},
		{"next below the least", "money", NextBelow(b, a, b), 4},
		{"as", "yr", As("yr", s), 0.5},
		{"nested", "ratio", Sub(One(), ratio(Mul(Sub(a, b), Sub(b, a)))), 5},
	} {
		g := graph(t, Quantity{ID: "q", Unit: U(c.unit), Expr: c.e})
		near(t, c.name, g.Run(Options{Trials: 1, Fill: fill}).Value("q"), c.want)
	}
}

// Every operation on columns and every aggregate, by hand: x is 1, 2, 3, 4.
func TestColumns(t *testing.T) {
	x, u, s := Ref("x"), Ref("u"), Ref("s")
	for _, c := range []struct {
		name string
		e    Expr
		want []float64
	}{
		{"add", Add(x, One(), x), []float64{3, 5, 7, 9}},
		{"sub from a number", Sub(One(), x), []float64{0, -1, -2, -3}},
		{"sub", Sub(x, s), []float64{0.5, 1.5, 2.5, 3.5}},
		{"mul", Mul(x, s, x), []float64{0.5, 2, 4.5, 8}},
		{"div", Div(One(), x), []float64{1, 0.5, 1.0 / 3, 0.25}},
		{"neg", Neg(x), []float64{-1, -2, -3, -4}},
		{"min", Min(x, Num(2, "ratio")), []float64{1, 2, 2, 2}},
		{"max", Max(Num(2, "ratio"), x), []float64{2, 2, 3, 4}},
		{"exp of ln", Exp(Ln(x)), []float64{1, 2, 3, 4}},
		{"log10", Log10(Mul(x, x)), []float64{0, math.Log10(4), math.Log10(9), math.Log10(16)}},
		{"abs", Abs(Sub(x, Num(2, "ratio"))), []float64{1, 0, 1, 2}},
		{"pow", Pow(x, Num(2, "ratio")), []float64{1, 4, 9, 16}},
		{"pow of a number", Pow(Num(2, "ratio"), x), []float64{2, 4, 8, 16}},
		{"if greater", IfGreater(x, Num(2, "ratio"), s, Neg(x)), []float64{-1, -2, 0.5, 0.5}},
		{"switch", Switch(u, s), []float64{1, 1, 0, 0}},
		{"minus a mean", Sub(x, Mean(x)), []float64{-1.5, -0.5, 0.5, 1.5}},
		{"the same twice", Mul(Add(x, x), Add(x, x)), []float64{4, 16, 36, 64}},
	} {
		g := graph(t, Quantity{ID: "q", Unit: U("ratio"), Expr: c.e})
		r := g.Run(Options{Trials: 4, Fill: fill})
		for i, want := range c.want {
			near(t, c.name, r.Column("q")[i], want)
		}
	}
	for _, c := range []struct {
		name string
		e    Expr
		want float64
	}{
		{"mean", Mean(x), 2.5},
		{"mean of a product", Mean(Mul(x, x)), 7.5},
		{"standard error", StdErr("x"), math.Sqrt(5.0/3) / 2},
		{"median", Percentile("x", s), 2.5},
		{"90th percentile", Percentile("x", Div(Num(-1, "ratio"), Num(-1, "ratio"))), 4},
		{"share above", ShareAbove("x", Num(2, "ratio")), 0.5},
		{"share above the top", ShareAbove("x", Num(100, "ratio")), 0},
		{"scalar of aggregates", Div(Mean(x), Percentile("x", s)), 1},
	} {
		g := graph(t, Quantity{ID: "q", Unit: U("ratio"), Expr: c.e})
		near(t, c.name, g.Run(Options{Trials: 4, Fill: fill}).Value("q"), c.want)
	}
}

// A column of a later stage reads columns of an earlier one, over many blocks,
// and the numbers do not depend on which columns are kept.
func TestStagesAndBlocks(t *testing.T) {
	qs := []Quantity{
		{ID: "y", Unit: U("ratio"), Expr: Mul(Ref("x"), Ref("x"))},
		{ID: "m", Unit: U("ratio"), Expr: Percentile("y", Ref("s"))},
		{ID: "z", Unit: U("ratio"), Expr: Sub(Ref("y"), Mul(Ref("m"), Ref("x")))},
		{ID: "k", Unit: U("ratio"), Expr: Mean(Mul(Ref("z"), Ref("y")))},
	}
	const n = 4 * 700 // not a whole number of blocks
	all := graph(t, qs...).Run(Options{Trials: n, Fill: fill})
	// The median of 1, 4, 9, 16 in equal numbers is 6.5; z is then −5.5, −9,
	// −10.5, −10, and the mean of z·y −5.5, −36, −94.5, −160.
	near(t, "median", all.Value("m"), 6.5)
	near(t, "z", all.Column("z")[n-1], -10)
	near(t, "mean", all.Value("k"), (-5.5-36-94.5-160)/4)
	few := graph(t, qs...).Run(Options{Trials: n, Fill: fill, Keep: func(ID) bool { return false }})
	if few.Value("k") != all.Value("k") || few.Value("z") != all.Value("z") {
		t.Errorf("kept columns change the numbers: %v and %v", few.Value("k"), all.Value("k"))
	}
	if few.Column("x") != nil && few.Column("k") != nil {
		t.Error("a column was kept that nobody asked for")
	}
}

// One assumption changed: the trees follow, the rest stays.
func TestRunWith(t *testing.T) {
	g := graph(t, Quantity{ID: "q", Unit: U("money"), Expr: Mul(Ref("a"), Ref("s"))})
	near(t, "with", g.Run(Options{Trials: 1, Fill: fill, With: map[ID]float64{"s": 2}}).Value("q"), 12)
	near(t, "without", g.Run(Options{Trials: 1, Fill: fill}).Value("q"), 3)
}

// The central case: a driver at its mean, a switch at its chance.
func TestCentral(t *testing.T) {
	g := graph(t,
		Quantity{ID: "driver", Unit: U("ratio"), Expr: Mul(Ref("x"), Ref("x")), AtMean: true}, // mean 7.5
		Quantity{ID: "chance", Unit: U("ratio"), Expr: Div(Ref("driver"), Num(100, "ratio"))},
		Quantity{ID: "switch", Unit: U("ratio"), Expr: Switch(Ref("u"), Ref("chance"))},
		Quantity{ID: "loss", Unit: U("money"), Expr: Mul(Ref("a"), Ref("driver"), Ref("switch"))},
		Quantity{ID: "expected", Unit: U("money"), Expr: Mean(Ref("loss"))},
	)
	r := g.Run(Options{Trials: 4, Fill: fill})
	c := r.Central(nil)
	near(t, "driver", c.Value("driver"), 7.5)
	near(t, "switch", c.Value("switch"), 0.075)
	near(t, "mean follows the central case", c.Value("expected"), 6*7.5*0.075)
	near(t, "moved", r.Central(map[ID]float64{"driver": 10}).Value("expected"), 6*10*0.1)
	// 0.1 < chance only for the last of 0.01, 0.04, 0.09, 0.16 … where u is 0.7.
	near(t, "mean over the trials", r.Value("expected"), 0)
}

// A central case is asked from several goroutines at once, and each has the
// whole of a chain: 1 + 1 + … + 1.
func TestCentralAskedAtOnce(t *testing.T) {
	const long = 400
	var qs []Quantity
	name := func(i int) ID { return ID("q" + strconv.Itoa(i)) }
	for i := range long {
		q := Quantity{ID: name(i), Label: "Q", Unit: U("money"), Value: 1}
		if i > 0 {
			q.Value, q.Expr = 0, Add(Ref(name(i-1)), Num(1, "money"))
		}
		qs = append(qs, q)
	}
	r := graph(t, qs...).Run(Options{Trials: 4, Fill: fill})
	for range 20 {
		c := r.Central(nil)
		var wg sync.WaitGroup
		got := make([]float64, 8)
		for k := range got {
			wg.Go(func() { got[k] = c.Value(name(long - 1 - k)) })
		}
		wg.Wait()
		for k, v := range got {
			near(t, "link", v, float64(long-k))
		}
	}
}

// What is wrong with a graph is found when it is built.
func TestBuildErrors(t *testing.T) {
	q := func(id string, unit string, e Expr) Quantity { return Quantity{ID: ID(id), Unit: U(unit), Expr: e} }
	for _, c := range []struct {
		name string
		qs   []Quantity
		want string
	}{
		{"duplicate", []Quantity{{ID: "a", Unit: U("money")}}, "a: defined twice"},
		{"unknown", []Quantity{q("q", "money", Ref("nobody"))}, "q: uses nobody, which is not defined"},
		{"cycle", []Quantity{q("p", "money", Ref("q")), q("q", "money", Ref("p"))}, "defined by itself"},
		{"sum of units", []Quantity{q("q", "money", Add(Ref("a"), Ref("n")))}, "q: sum or difference of money and customers"},
		{"declared unit", []Quantity{q("q", "money", Mul(Ref("a"), Ref("n")))}, "q: its unit is money, its formula gives money·customers"},
		{"exp of money", []Quantity{q("q", "ratio", Exp(Ref("a")))}, "q: power or logarithm of money, want no dimension"},
		{"comparison", []Quantity{q("q", "money", IfGreater(Ref("a"), Ref("n"), Ref("a"), Ref("b")))}, "q: comparison of money and customers"},
		{"choice", []Quantity{q("q", "money", IfGreater(Ref("a"), Ref("b"), Ref("a"), Ref("n")))}, "q: choice of money and customers"},
		{"mean of a scalar", []Quantity{q("q", "money", Mean(Ref("a")))}, "q: mean or percentile of what is one number"},
		{"list by trial", []Quantity{q("q", "ratio", SumProduct([]Expr{Ref("x")}, []Expr{Ref("u")}))}, "q: a list, or a text, of numbers that differ by trial"},
		{"percentile by trial", []Quantity{q("q", "ratio", Percentile("x", Ref("u")))}, "q: percentile or share at a level that differs by trial"},
		{"mean held of a scalar", []Quantity{{ID: "q", Unit: U("money"), Expr: Ref("a"), AtMean: true}}, "q: is held at its mean but is no column"},
	} {
		_, err := try(c.qs...)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: want an error with %q, got %v", c.name, c.want, err)
		}
	}
}

// A derived tree is the same tree over another leaf, and what does not depend
// on the leaf is shared.
func TestDerive(t *testing.T) {
	b := NewBuilder()
	b.Add(Quantity{ID: "a", Unit: U("money"), Value: 6})
	b.Add(Quantity{ID: "half", Unit: U("money"), Value: 3})
	b.Add(Quantity{ID: "n", Unit: U("ratio"), Value: 2})
	b.Add(Quantity{ID: "rest", Unit: U("ratio"), Expr: Add(Ref("n"), One())})
	b.Add(Quantity{ID: "middle", Unit: U("money"), Expr: Mul(Ref("a"), Ref("n"))})
	b.Add(Quantity{ID: "end", Unit: U("money"), Expr: Mul(Ref("middle"), Ref("rest"))})
	names := b.Derive("option", map[ID]ID{"a": "half"}, []ID{"end", "rest"}, nil, nil)
	if names["end"] != "option.end" || names["rest"] != "rest" || b.Has("option.rest") || !b.Has("option.middle") {
		t.Errorf("derived: %v", names)
	}
	g, err := b.Build()
	if err != nil {
		t.Fatal(err)
	}
	r := g.Run(Options{Trials: 1})
	near(t, "end", r.Value("end"), 36)
	near(t, "derived end", r.Value("option.end"), 18)
	if got := g.Between([]ID{"half"}, []ID{"option.end"}); !slices.Equal(got, []ID{"half", "option.middle", "option.end"}) {
		t.Errorf("between: got %v", got)
	}
}

func TestUnits(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"money", "money"}, {"money/customer/yr", "money/customer/yr"}, {"1/yr", "1/yr"}, {"share", "share"},
		{"customers/yr", "customers/yr"}, {"money·yr", "money·yr"}, {"contacts/staff/day", "contacts/staff/day"},
	} {
		if got := U(c.in).String(); got != c.want {
			t.Errorf("%q: want %q, got %q", c.in, c.want, got)
		}
	}
	for _, bad := range []string{"", "florins", "money//yr", "1/"} {
		if u, err := ParseUnit(bad); err == nil {
			t.Errorf("%q: want an error, got %q", bad, u)
		}
	}
	if U("share").Same(U("money")) || !U("share").Same(U("ratio")) || !U("money").times(U("customers"), -1).Same(U("money/customer")) {
		t.Error("units are compared wrongly")
	}
}

// addresses is a sheet where every scalar id stands in Sheet!ID, every column
// in a column named after it.
type addresses struct{}

func (addresses) Cell(id ID) string {
	if id == "x" || id == "u" || strings.HasPrefix(string(id), "col") {
		return ""
	}
	return "S!" + string(id)
}
func (addresses) Column(id ID) string {
	if id == "col.in" {
		return "" // it has no column of its own
	}
	return string(id) + "9"
}
func (addresses) Range(id ID) string   { return "T!" + string(id) + "9:" + string(id) + "20" }
func (addresses) List(ids []ID) string { return "" }
func (addresses) Trials() string       { return "S!t" }

// Formulas as a person would write them.
func TestFormulas(t *testing.T) {
	a, b, s, x, u := Ref("a"), Ref("b"), Ref("s"), Ref("x"), Ref("u")
	two := Num(2, "ratio")
	for _, c := range []struct {
		unit string
		e    Expr
		want string
	}{
		{"money", Sub(a, Add(a, b)), "S!a-(S!a+S!b)"},
		{"money", Sub(Sub(a, b), a), "S!a-S!b-S!a"},
		{"money", Mul(s, Add(a, b)), "S!s*(S!a+S!b)"},
		{"ratio", Div(a, Mul(a, s)), "S!a/(S!a*S!s)"},
		{"ratio", Div(Div(s, s), Div(s, s)), "S!s/S!s/(S!s/S!s)"},
		{"ratio", Neg(Pow(s, two)), "-(S!s^2)"},
		{"ratio", Pow(Neg(s), two), "(-S!s)^2"},
		{"ratio", Exp(Neg(Mul(s, s))), "EXP(-S!s*S!s)"},
		{"ratio", Sub(s, Neg(s)), "S!s-(-S!s)"},
		{"money", Add(a, Neg(b)), "S!a-S!b"},
		{"money", Mul(One(), Max(a, b)), "MAX(S!a,S!b)"},
		{"money", Mul(One(), Add(a, b)), "S!a+S!b"},
		{"money", IfGreater(a, b, a, b), "IF(S!a>S!b,S!a,S!b)"},
		{"money", ElseText(a, b, a, `a "b"`), `IF(S!a>S!b,S!a,"a ""b""")`},
		{"money", SumProduct([]Expr{a, b}, []Expr{s, s}), "S!a*S!s+S!b*S!s"},
		{"ratio", Mean(Mul(s, x, u)), "S!s*SUMPRODUCT(T!x9:x20,T!u9:u20)/S!t"},
		{"ratio", Mean(Mul(Sub(One(), x), u)), "SUMPRODUCT(1-T!x9:x20,T!u9:u20)/S!t"},
		{"ratio", Mean(x), "AVERAGE(T!x9:x20)"},
		{"ratio", Mean(Add(x, u)), "AVERAGE(T!x9:x20)+AVERAGE(T!u9:u20)"},
		{"ratio", Sub(One(), Mean(Exp(Neg(Mul(x, s))))), "1-SUMPRODUCT(EXP(-T!x9:x20*S!s))/S!t"},
		{"ratio", Percentile("x", s), "PERCENTILE(T!x9:x20,S!s)"},
		{"ratio", StdErr("x"), "STDEV(T!x9:x20)/SQRT(S!t)"},
		{"share", ShareAbove("x", s), `COUNTIF(T!x9:x20,">"&S!s)/S!t`},
		{"share", ShareAbove("x", Mul(s, s)), `COUNTIF(T!x9:x20,">"&(S!s*S!s))/S!t`},
	} {
		g := graph(t, Quantity{ID: "q", Unit: U(c.unit), Expr: c.e})
		got, err := g.Formula("q", addresses{})
		if err != nil || got != c.want {
			t.Errorf("want %s, got %s (%v)", c.want, got, err)
		}
	}
	// A column: in a trial, as a mean, and in the central case.
	g := graph(t,
		Quantity{ID: "col.in", Unit: U("ratio"), Expr: Add(x, One()), Inline: true},
		Quantity{ID: "col", Unit: U("money"), Expr: Mul(a, Ref("col.in"), Switch(u, s))},
		Quantity{ID: "col.line", Unit: U("money"), Expr: Mul(Ref("col"), Ref("x")), Inline: true},
	)
	check := func(got string, err error, want string) {
		t.Helper()
		if err != nil || got != want {
			t.Errorf("want %s, got %s (%v)", want, got, err)
		}
	}
	f, err := g.TrialFormula("col", addresses{})
	check(f, err, "S!a*(x9+1)*IF(u9<S!s,1,0)")
	f, err = g.Formula("col", addresses{})
	check(f, err, "AVERAGE(T!col9:col20)")
	f, err = g.Formula("col.line", addresses{})
	check(f, err, "SUMPRODUCT(T!col9:col20,T!x9:x20)/S!t")
	f, err = g.CentralFormula("col", addresses{}, func(id ID) string { return "C!" + string(id) }, addresses{}.List)
	check(f, err, "C!a*C!col.in*C!s")
}

func TestWords(t *testing.T) {
	g := graph(t, Quantity{ID: "q", Unit: U("money"), Expr: Sub(Mul(Ref("s"), Add(Ref("a"), Ref("b"))), Max(Ref("a"), Ref("b")))})
	name := func(id ID) string { q, _ := g.Get(id); return strings.ToLower(q.Label) }
	got := g.Words("q", name, func(v float64) string { return "?" })
	if want := "s × (a + b) − the largest of (a; b)"; got != want {
		t.Errorf("want %q, got %q", want, got)
	}
}
