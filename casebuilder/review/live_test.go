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
	if testing.Short() {
		t.Skip("draws and builds for long")
	}
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
		k.tornado(filed, engine)
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
		if k.unused(engine, name) {
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

// unused reports whether a quantity belongs to the own interval of a driver
// that has none: the sheet keeps the one that was filed, and nothing reads it.
func (k *comparison) unused(engine *model.Case, name string) bool {
	for _, part := range []string{".low", ".high", ".own_mu", ".own_sigma"} {
		if driver, ok := strings.CutSuffix(name, part); ok && strings.HasPrefix(name, "driver.") {
			return engine.Run.Value(quantity.ID(driver+".given")) == 0
		}
	}
	return false
}

// trials compares every column of Trials, trial by trial.
func (k *comparison) trials(filed, engine *model.Case) {
	g := k.sheets["Trials"]
	for id, col := range g.Columns(8) {
		column := engine.Run.Column(quantity.ID(id))
		if column == nil {
			continue
		}
		largest := func(int) float64 { return 1 }
		if option, ok := strings.CutSuffix(id, ".npv.trial"); ok {
			largest = terms(engine.Run, option)
		}
		for i, want := range column {
			k.same(id, "Trials!"+book.CellName(9+i, col), want, "", g.At(9+i, col).Value, largest(i))
		}
	}
}

// terms returns, for each trial, the largest of the three amounts whose
// difference is the net present value of an option: the loss today and the
// loss with the option, both over its years in effect, and what the option
// costs by itself. They may be thousands of times the difference.
func terms(run *quantity.Run, option string) func(trial int) float64 {
	id := func(name string) quantity.ID { return quantity.ID(option + "." + name) }
	years, alone := run.Value(id("effect.years")), run.Value(id("npv.without_avoided"))
	level := run.Column("driver.severity_level")
	today, with := run.Column("driver.event_rate"), run.Column(id("driver.event_rate"))
	if with == nil { // the option leaves the rate as it is
		with = today
	}
	return func(i int) float64 {
		loss := func(rate []float64, severity quantity.ID) float64 {
			return years * level[i] * rate[i] * run.Value(severity)
		}
		return max(1, math.Abs(alone), loss(today, "severity.total"), loss(with, id("severity.total")))
	}
}

// tornado compares the ends of what moves the result most: the figures of the
// option that was looked at when the workbook was filed.
func (k *comparison) tornado(filed, engine *model.Case) {
	g := k.sheets["Sensitivity"]
	columns := g.Columns(5)
	rows := map[string]int{}
	for _, r := range g.Rows {
		if id := g.At(r.Row, 1).Text; rows[id] == 0 && r.Row > 5 {
			rows[id] = r.Row
		}
	}
	npv, marketing, share := filed.Targets()
	printed := engine.Run.Value(quantity.ID(strings.TrimSuffix(string(npv), ".trial")))
	for _, group := range engine.Groups {
		row := rows[group.ID]
		if row == 0 {
			continue // another ten inputs have the widest ranges now
		}
		for _, end := range []string{"low", "high"} {
			with := map[quantity.ID]float64{}
			for _, m := range group.Members {
				with[m.ID] = map[string]float64{"low": m.From, "high": m.To}[end]
			}
			moved := engine.Run.Central(with)
			change := func(id quantity.ID) float64 { return moved.Value(id) - engine.Central.Value(id) }
			for head, want := range map[string]float64{
				"NPV at ":              printed + change(npv),
				"Marketing's loss at ": engine.Run.Value(marketing) + change(marketing),
				"Stake at ":            engine.Run.Value(share) + change(share),
			} {
				at := "Sensitivity!" + book.CellName(row, columns[head+end])
				k.same(group.ID+", "+head+end, at, want, "", k.cell(at).Value, math.Abs(printed))
			}
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
