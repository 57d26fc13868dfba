package review

import (
	"math"
	"math/rand/v2"
	"os"
	"strconv"
	"strings"
	"testing"

	"casebuilder/casebuilder/book"
	"casebuilder/casebuilder/company"
	"casebuilder/casebuilder/model"
	"casebuilder/casebuilder/quantity"
	"casebuilder/casebuilder/render/xlsx/recalc"
	"casebuilder/casebuilder/workbook"
)

// What a reviewer sees is what the engine computes: random edits, each set
// recalculated by LibreOffice in the workbook and by the engine for the
// company of the report. Three sets run by default; LIVE_EDITS=20 runs twenty.
func TestLiveWorkbookAgreesWithTheEngine(t *testing.T) {
	n := 3
	if s := os.Getenv("LIVE_EDITS"); s != "" {
		var err error
		if n, err = strconv.Atoi(s); err != nil {
			t.Fatal(err)
		}
	}
	for seed := range n {
		rng := rand.New(rand.NewPCG(uint64(seed), 20))
		d := newDesk(t, example(t))
		before := d.values()
		d.random(rng, 1+rng.IntN(8))
		cells := map[string]any{}
		for at, v := range d.values() {
			if before[at] != v {
				cells[at] = v
			}
		}
		r := d.review()
		if len(r.Changes) == 0 || len(r.Refused)+len(r.Ignored) > 0 {
			t.Fatalf("seed %d: %s", seed, lines(r))
		}
		raw := packet(t, d.filed, nil)
		sheets := recalc.Values(t, recalc.Edit(t, raw, cells), d.sheets...)
		filed, engine := solved(t, d.filed), solved(t, r.Profile)
		_, at, err := workbook.Build(filed, workbook.Options{})
		if err != nil {
			t.Fatal(err)
		}
		k := comparison{t: t, seed: seed, sheets: sheets, edits: lines(r)}
		k.figures(at, engine)
		k.trials(filed, engine)
		k.tornado(engine)
		k.checks()
		if k.compared < 20_000 {
			t.Errorf("seed %d: only %d figures were compared", seed, k.compared)
		}
	}
}

// values are the cells of the reviewer, by address.
func (d *desk) values() map[string]any {
	out := map[string]any{}
	for _, sheet := range []string{"Inputs", "Estimates"} {
		g := d.grids[sheet]
		columns := g.Columns(5)
		for _, r := range g.Rows {
			for _, head := range []string{"Yours", "Yours low", "Yours high", "Reason", "Name", "Date"} {
				if c := g.At(r.Row, columns[head]); columns[head] > 0 && r.Row > 5 && !c.Empty() {
					out[sheet+"!"+book.CellName(r.Row, columns[head])] = c.Value
				}
			}
		}
	}
	return out
}

func solved(t testing.TB, p *company.Profile) *model.Case {
	t.Helper()
	lib, _ := library(t)
	m, err := model.New(model.Input{Profile: p, Library: lib, Seed: 1, Trials: 256, Version: "test"})
	if err != nil {
		t.Fatal(err)
	}
	c, err := m.Solve()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// comparison counts and compares figures.
type comparison struct {
	t             *testing.T
	seed          int
	sheets        map[string]*book.Grid
	edits         string
	compared, bad int
}

func (k *comparison) same(what, at string, want float64, text string, got any, scale float64) {
	k.compared++
	v, ok := got.(float64)
	switch {
	case math.IsNaN(want):
		if s, _ := got.(string); s == text {
			return
		}
	case ok && math.Abs(v-want) <= 1e-9*math.Max(math.Max(math.Abs(want), 1e-3), scale):
		return
	}
	if k.bad++; k.bad <= 8 {
		k.t.Errorf("seed %d: %s at %s: the engine has %v %s, the spreadsheet %v\n%s", k.seed, what, at, want, text, got, k.edits)
	}
}

func (k *comparison) cell(at string) book.Read {
	a, err := book.ParseArea(at)
	if err != nil {
		k.t.Fatal(err)
	}
	return k.sheets[a.Sheet].At(a.Row1, a.Col1)
}

// figures compares every quantity that has a cell. A figure that is a
// difference is held against the larger of the two.
func (k *comparison) figures(at map[string]string, engine *model.Case) {
	for name, place := range at {
		id := quantity.ID(name)
		if _, ok := engine.Graph().Get(id); !ok {
			if strings.HasPrefix(name, "check.") || name == "trials" || strings.HasPrefix(name, "master") {
				continue // the workbook's own
			}
			k.t.Errorf("%s is not in the engine", name)
			continue
		}
		c := k.cell(place)
		scale := 0.0
		if strings.Contains(c.Formula, "-") {
			for _, r := range book.References(c.Formula) {
				sheet := r.Sheet
				if sheet == "" {
					sheet, _, _ = strings.Cut(place, "!")
				}
				if v, ok := k.sheets[sheet].At(r.Row, r.Col).Value.(float64); ok {
					scale = math.Max(scale, math.Abs(v))
				}
			}
		}
		want, text := engine.Run.Value(id), ""
		if math.IsNaN(want) {
			text = engine.Graph().TextOf(id)
		}
		k.same(name, place, want, text, c.Value, scale)
	}
}

// trials compares every column of Trials, trial by trial.
func (k *comparison) trials(filed, engine *model.Case) {
	g := k.sheets["Trials"]
	for id, col := range g.Columns(8) {
		column := engine.Run.Column(quantity.ID(id))
		if column == nil {
			continue
		}
		for i, want := range column {
			k.same(id, "Trials!"+book.CellName(9+i, col), want, "", g.At(9+i, col).Value, 1)
		}
	}
}

// tornado compares the ends of what moves the result most.
func (k *comparison) tornado(engine *model.Case) {
	g := k.sheets["Sensitivity"]
	columns := g.Columns(5)
	rows := map[string]int{}
	for _, r := range g.Rows {
		if id := g.At(r.Row, 1).Text; rows[id] == 0 && r.Row > 5 {
			rows[id] = r.Row
		}
	}
	npv := engine.Run.Value("npv")
	for _, b := range engine.Results.Tornado {
		row := rows[b.ID]
		if row == 0 {
			continue // another ten inputs have the widest ranges now
		}
		at := func(head string) string { return "Sensitivity!" + book.CellName(row, columns[head]) }
		for head, want := range map[string]float64{"NPV at low": b.NPV.Low, "NPV at high": b.NPV.High, "Marketing's loss at low": b.Marketing.Low, "Marketing's loss at high": b.Marketing.High, "Stake at low": b.Share.Low, "Stake at high": b.Share.High} {
			k.same(b.ID+", "+head, at(head), want, "", k.cell(at(head)).Value, math.Abs(npv))
		}
	}
}

// checks reads the sheet Checks: edited figures say so, and nothing fails.
func (k *comparison) checks() {
	g := k.sheets["Checks"]
	columns := g.Columns(5)
	for _, r := range g.Rows {
		if s := g.At(r.Row, columns["Result"]).Text; strings.Contains(s, "fail") {
			k.t.Errorf("seed %d: %s: %s\n%s", k.seed, g.At(r.Row, 1).Text, s, k.edits)
		}
	}
	for name, g := range k.sheets {
		for _, r := range g.Rows {
			for _, c := range r.Cells {
				if e, ok := c.Value.(book.ErrorValue); ok {
					k.t.Errorf("seed %d: %s!%s is %s\n%s", k.seed, name, book.CellName(r.Row, c.Col), e, k.edits)
				}
			}
		}
	}
}
