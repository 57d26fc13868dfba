package quantity_test

import (
	"bytes"
	"fmt"
	"math"
	"math/rand/v2"
	"strconv"
	"testing"

	"casebuilder/casebuilder/book"
	"casebuilder/casebuilder/quantity"
	"casebuilder/casebuilder/render/xlsx"
	"casebuilder/casebuilder/render/xlsx/recalc"
)

// grower makes random expressions that stay finite.
type grower struct {
	r      *rand.Rand
	leaves []quantity.ID
	lists  bool // sums of products too, which are of scalars
}

func (g *grower) expr(depth int) quantity.Expr {
	if depth == 0 || g.r.IntN(6) == 0 {
		if g.r.IntN(4) == 0 {
			return quantity.Num([]float64{0, 1, -1, 2, 12, 100, 365}[g.r.IntN(7)], "ratio")
		}
		return quantity.Ref(g.leaves[g.r.IntN(len(g.leaves))])
	}
	e := func() quantity.Expr { return g.expr(depth - 1) }
	positive := func() quantity.Expr { return quantity.Add(quantity.Abs(e()), quantity.One()) }
	// small keeps the argument of an exponential small.
	small := func() quantity.Expr { return quantity.Div(e(), quantity.Mul(positive(), positive())) }
	switch g.r.IntN(16) {
	case 0:
		return quantity.Add(e(), e(), e())
	case 1:
		return quantity.Sub(e(), e())
	case 2:
		return quantity.Mul(e(), e())
	case 3:
		return quantity.Div(e(), positive())
	case 4:
		return quantity.Neg(e())
	case 5:
		return quantity.Min(e(), e(), e())
	case 6:
		return quantity.Max(e(), e())
	case 7:
		return quantity.Exp(quantity.Min(quantity.Num(2, "ratio"), small()))
	case 8:
		return quantity.Ln(positive())
	case 9:
		return quantity.Log10(positive())
	case 10:
		return quantity.Abs(e())
	case 11:
		return quantity.Pow(quantity.Div(quantity.One(), positive()), quantity.Num(2, "ratio"))
	case 12:
		return quantity.Neg(quantity.Pow(positive(), quantity.Div(quantity.One(), quantity.Num(2, "ratio"))))
	case 13:
		return quantity.Switch(quantity.Ref("a"), e())
	case 14:
		if !g.lists {
			return quantity.Sub(e(), e())
		}
		return quantity.SumProduct([]quantity.Expr{e(), e()}, []quantity.Expr{e(), e()})
	default:
		// No choice inside a choice: formulas nest no IF.
		return quantity.Add(e(), quantity.As("ratio", e()))
	}
}

const randomTrials = 24

// sheet is where everything stands: a scalar a row on S, a column on T.
type sheet struct {
	row map[quantity.ID]int
	col map[quantity.ID]int
}

func (s sheet) Cell(id quantity.ID) string {
	if r, ok := s.row[id]; ok {
		return "S!$B$" + strconv.Itoa(r)
	}
	return ""
}
func (s sheet) Column(id quantity.ID) string { return book.CellName(6, s.col[id]) }
func (s sheet) Range(id quantity.ID) string {
	return "T!" + book.Absolute(6, s.col[id]) + ":" + book.Absolute(5+randomTrials, s.col[id])
}
func (s sheet) List(ids []quantity.ID) string {
	for i, id := range ids {
		if r, ok := s.row[id]; !ok || r != s.row[ids[0]]+i {
			return ""
		}
	}
	return "S!$B$" + strconv.Itoa(s.row[ids[0]]) + ":$B$" + strconv.Itoa(s.row[ids[len(ids)-1]])
}
func (s sheet) Trials() string { return "S!$B$4" }

// A random expression has the same value as a scalar, as a column, and as a
// formula in LibreOffice, as a scalar, in every trial, and in the aggregates.
func TestRandomExpressions(t *testing.T) {
	const n = 60
	r := rand.New(rand.NewPCG(11, 7))
	scalars, columns := &grower{r, []quantity.ID{"a", "b", "c"}, true}, &grower{r, []quantity.ID{"a", "b", "c", "x", "y"}, false}
	b := quantity.NewBuilder()
	s := sheet{row: map[quantity.ID]int{}, col: map[quantity.ID]int{}}
	add := func(q quantity.Quantity) {
		q.Unit = quantity.U("ratio")
		b.Add(q)
		if q.Draw || len(q.ID) > 1 && q.ID[:2] == "c." {
			s.col[q.ID] = len(s.col) + 1
		} else {
			s.row[q.ID] = 5 + len(s.row)
		}
	}
	for i, id := range []quantity.ID{"a", "b", "c"} {
		add(quantity.Quantity{ID: id, Value: []float64{0.37, -2.25, 14.5}[i]})
	}
	add(quantity.Quantity{ID: "x", Draw: true})
	add(quantity.Quantity{ID: "y", Draw: true})
	add(quantity.Quantity{ID: "level", Value: 0.9})
	for i := range n {
		k := strconv.Itoa(i)
		add(quantity.Quantity{ID: quantity.ID("s." + k), Expr: scalars.expr(4)})
		// Every column hangs on a draw.
		e := quantity.Add(columns.expr(3), quantity.Ref([]quantity.ID{"x", "y"}[i%2]))
		col := quantity.ID("c." + k)
		add(quantity.Quantity{ID: col, Expr: e})
		add(quantity.Quantity{ID: "mean." + quantity.ID(k), Expr: quantity.Mean(quantity.Ref(col))})
		add(quantity.Quantity{ID: "product." + quantity.ID(k), Expr: quantity.Mean(quantity.Mul(quantity.Ref(col), quantity.Sub(quantity.One(), quantity.Ref("x")), quantity.Ref("b")))})
		add(quantity.Quantity{ID: "p." + quantity.ID(k), Expr: quantity.Percentile(col, quantity.Ref("level"))})
		add(quantity.Quantity{ID: "above." + quantity.ID(k), Expr: quantity.ShareAbove(col, quantity.Ref("c"))})
		add(quantity.Quantity{ID: "se." + quantity.ID(k), Expr: quantity.StdErr(col)})
	}
	g, err := b.Build()
	if err != nil {
		t.Fatal(err)
	}
	fill := func(id quantity.ID, start int, dst []float64) {
		for i := range dst {
			k := float64(start + i)
			dst[i] = math.Round(1e6*math.Sin(k*1.7+float64(len(id)))) / 1e6
			if id == "y" {
				dst[i] = math.Round(1e6*math.Cos(k*0.9)*3) / 1e6
			}
		}
	}
	run := g.Run(quantity.Options{Trials: randomTrials, Fill: fill})

	// As scalars: each trial of a column is the same expression with the draws
	// of that trial as inputs.
	for i := range n {
		col := quantity.ID("c." + strconv.Itoa(i))
		q, _ := g.Get(col)
		for k := range randomTrials {
			one := quantity.NewBuilder()
			for _, id := range []quantity.ID{"a", "b", "c"} {
				in, _ := g.Get(id)
				one.Add(in)
			}
			for _, id := range []quantity.ID{"x", "y"} {
				one.Add(quantity.Quantity{ID: id, Unit: q.Unit, Value: run.Column(id)[k]})
			}
			one.Add(q)
			g1, err := one.Build()
			if err != nil {
				t.Fatal(err)
			}
			if got, want := run.Column(col)[k], g1.Run(quantity.Options{Trials: 1}).Value(col); !close(got, want) {
				t.Fatalf("%s, trial %d: as a column %v, as a scalar %v", col, k, got, want)
			}
		}
	}

	// In LibreOffice.
	bk := &book.Book{Properties: book.Properties{Title: "Random expressions"}}
	sh, tr := bk.Add("S", book.Calculation), bk.Add("T", book.Calculation)
	sh.Title, sh.Purpose, tr.Title, tr.Purpose = "Scalars", "Calculation", "Trials", "Calculation"
	sh.Set(4, 2, book.Formula("COUNT("+s.Range("x")+")", float64(randomTrials), book.Calc, book.General))
	for _, q := range g.All() {
		if q.Draw || g.Axis(q.ID) == quantity.Column {
			continue
		}
		row := s.row[q.ID]
		if q.Expr.Zero() {
			sh.Set(row, 2, book.Number(q.Value, book.Calc, book.General))
			continue
		}
		f, err := g.Formula(q.ID, s)
		if err != nil {
			t.Fatal(err)
		}
		sh.Set(row, 2, book.Formula(f, run.Value(q.ID), book.Calc, book.General))
	}
	for id, col := range s.col {
		q, _ := g.Get(id)
		for k, v := range run.Column(id) {
			if q.Draw {
				tr.Set(6+k, col, book.Number(v, book.Calc, book.General))
				continue
			}
			f, err := g.TrialFormula(id, s)
			if err != nil {
				t.Fatal(err)
			}
			tr.Set(6+k, col, book.Formula(book.Shift(f, k, 0), v, book.Calc, book.General))
		}
	}
	var out bytes.Buffer
	if err := xlsx.Write(&out, bk, xlsx.WriteOptions{}); err != nil {
		t.Fatal(err)
	}
	got := recalc.Values(t, out.Bytes(), "S", "T")
	check := func(name, formula string, v any, want float64) {
		if x, ok := v.(float64); !ok || !close(x, want) {
			t.Errorf("%s = %s: the engine has %v, LibreOffice %v", name, formula, want, v)
		}
	}
	for id, row := range s.row {
		f, _ := g.Formula(id, s)
		check(string(id), f, got["S"].At(row, 2).Value, run.Value(id))
	}
	for id, col := range s.col {
		f, _ := g.TrialFormula(id, s)
		for k, v := range run.Column(id) {
			check(fmt.Sprintf("%s, trial %d", id, k), f, got["T"].At(6+k, col).Value, v)
		}
	}
}

// close holds two numbers within 1e-9 of each other, relative to their size or
// to that of the inputs.
func close(a, b float64) bool {
	return math.Abs(a-b) <= 1e-9*math.Max(15, math.Max(math.Abs(a), math.Abs(b)))
}
