package workbook_test

import (
	"bytes"
	"io/fs"
	"math"
	"os"
	"strings"
	"testing"

	"casebuilder/casebuilder"
	"casebuilder/casebuilder/book"
	"casebuilder/casebuilder/company"
	"casebuilder/casebuilder/intake"
	"casebuilder/casebuilder/model"
	"casebuilder/casebuilder/render/xlsx"
	"casebuilder/casebuilder/render/xlsx/lint"
	"casebuilder/casebuilder/render/xlsx/recalc"
	"casebuilder/casebuilder/workbook"
	"casebuilder/casestudies"
	"casebuilder/templates"
)

var examples = []string{"premium-retailer", "mobile-operator", "clinic-group", "value-retailer"}

// solved runs an example, changed by change.
func solved(t testing.TB, example string, trials int, change func(*company.Profile)) *model.Case {
	t.Helper()
	src, err := fs.ReadFile(templates.Examples, "examples/"+example+".yaml")
	if err != nil {
		t.Fatal(err)
	}
	lib, err := casestudies.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	rules, err := casebuilder.Rules(lib)
	if err != nil {
		t.Fatal(err)
	}
	p, warnings, err := intake.Company(example, src, intake.Options{Today: company.NewDate(2026, 11, 23), Rules: rules})
	if err != nil || len(warnings) > 0 {
		t.Fatal(err, warnings)
	}
	if change != nil {
		change(p)
	}
	m, err := model.New(model.Input{Profile: p, Library: lib, Seed: 1, Trials: trials, Version: "test"})
	if err != nil {
		t.Fatal(err)
	}
	c, err := m.Solve()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func file(t testing.TB, c *model.Case) []byte {
	t.Helper()
	b, _, err := workbook.Build(c, workbook.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if p := b.Check(); len(p) > 0 {
		t.Fatal(p)
	}
	var out bytes.Buffer
	if err := xlsx.Write(&out, b, xlsx.WriteOptions{}); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// trials is how many trials the slow tests run: few for a quick answer, all of
// them where CI asks.
func trials() int {
	if os.Getenv("CI") == "true" {
		return 4096
	}
	return 256
}

// The finished file keeps the rules of good spreadsheets.
func TestLint(t *testing.T) {
	cfg := lint.Config{Name: "workbook.xlsx", Sheets: map[string]lint.Sheet{
		"Inputs":      {HeaderRow: 5, Units: true, Sources: true},
		"Estimates":   {},
		"Loss":        {},
		"Stake":       {},
		"Checks":      {HeaderRow: 5, Units: true},
		"Sensitivity": {},
		"Trials":      {HeaderRow: 8, ByColumn: 6},
		"Draws":       {HeaderRow: 8, ByColumn: 1},
	}}
	for _, e := range examples {
		raw := file(t, solved(t, e, 256, nil))
		for _, p := range lint.Check(bytes.NewReader(raw), int64(len(raw)), cfg) {
			t.Errorf("%s: %v", e, p)
		}
	}
}

// Two engines, one number: LibreOffice recalculates every formula of the file
// to the engine's number.
func TestRecalculates(t *testing.T) {
	if testing.Short() {
		t.Skip("builds many packets")
	}
	for _, e := range examples {
		raw := file(t, solved(t, e, trials(), nil))
		equal(t, e, raw, recalc.Values(t, raw, sheetsOf(t, raw)...))
	}
}

func sheetsOf(t *testing.T, raw []byte) []string {
	t.Helper()
	f, err := xlsx.Open(bytes.NewReader(raw), int64(len(raw)), xlsx.ReadOptions{Name: "workbook.xlsx"})
	if err != nil {
		t.Fatal(err)
	}
	return f.Sheets()
}

// equal compares every formula cell of a file with what another engine made of
// it: 1e-9 relative, for what is nearly zero against a unit of its column.
func equal(t *testing.T, name string, raw []byte, got map[string]*book.Grid) {
	t.Helper()
	f, err := xlsx.Open(bytes.NewReader(raw), int64(len(raw)), xlsx.ReadOptions{Name: name})
	if err != nil {
		t.Fatal(err)
	}
	cells, bad := 0, 0
	for _, sheet := range f.Sheets() {
		g, err := f.Grid(sheet)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range g.Rows {
			for _, c := range r.Cells {
				if c.Formula == "" {
					continue
				}
				cells++
				if v := got[sheet].At(r.Row, c.Col).Value; !same(c.Value, v, func() float64 { return subtracted(f, g, c.Formula) }) {
					if bad++; bad <= 5 {
						t.Errorf("%s: %s!%s: %s: the engine has %v, the spreadsheet %v", name, sheet, book.CellName(r.Row, c.Col), c.Formula, c.Value, v)
					}
				}
			}
		}
	}
	if bad > 5 {
		t.Errorf("%s: %d of %d formulas differ", name, bad, cells)
	}
	if cells < 10_000 {
		t.Errorf("%s: want a live workbook, got %d formulas", name, cells)
	}
}

// same compares a cell in two engines. A difference is held against the larger
// of the figures subtracted.
func same(engine, sheet any, scale func() float64) bool {
	a, isNumber := engine.(float64)
	b, alsoNumber := sheet.(float64)
	if isNumber && alsoNumber {
		d := math.Abs(a - b)
		return d <= 1e-9*math.Max(math.Abs(a), 1e-3) || d <= 1e-9*scale()
	}
	return engine == sheet || sheet == nil && engine == ""
}

// subtracted is the largest figure that a formula with a minus sign reads.
func subtracted(f *xlsx.File, g *book.Grid, formula string) float64 {
	top := 0.0
	if !strings.Contains(formula, "-") {
		return top
	}
	for _, r := range book.References(formula) {
		from := g
		if r.Sheet != "" {
			var err error
			if from, err = f.Grid(r.Sheet); err != nil {
				return 0
			}
		}
		if v, ok := from.At(r.Row, r.Col).Value.(float64); ok {
			top = math.Max(top, math.Abs(v))
		}
	}
	return top
}

// Names that look like formulas are text, and long ones break nothing.
func TestHostileNames(t *testing.T) {
	for _, name := range []string{`=HYPERLINK("x")`, strings.Repeat("Å", 400), "a\"b'c<d>&e", "@cmd", "-1+1"} {
		raw := file(t, solved(t, "premium-retailer", 256, func(p *company.Profile) {
			p.Company.Name = name
			p.Options[0].Name = name
			p.Options[0].Initiatives[0].Name = name
		}))
		f, err := xlsx.Open(bytes.NewReader(raw), int64(len(raw)), xlsx.ReadOptions{Name: "workbook.xlsx"})
		if err != nil {
			t.Fatal(err)
		}
		g, err := f.Grid("Inputs")
		if err != nil {
			t.Fatal(err)
		}
		found := false
		for _, r := range g.Rows {
			if c := g.At(r.Row, 4); c.Value == name {
				found = true
				if c.Formula != "" {
					t.Errorf("%q: stands as a formula", name)
				}
			}
		}
		if !found {
			t.Errorf("%q: is not on Inputs", name)
		}
	}
}

// The same inputs give the same bytes.
func TestSameBytes(t *testing.T) {
	a, b := file(t, solved(t, "premium-retailer", 256, nil)), file(t, solved(t, "premium-retailer", 256, nil))
	if !bytes.Equal(a, b) {
		t.Error("two runs differ")
	}
}

// Companies at the edges have a workbook too.
func TestEdges(t *testing.T) {
	if testing.Short() {
		t.Skip("builds many packets")
	}
	for name, change := range map[string]func(*company.Profile){
		"no options":      func(p *company.Profile) { p.Options = nil },
		"no appetite":     func(p *company.Profile) { p.Appetite = company.Appetite{} },
		"no insurance":    func(p *company.Profile) { p.Security.Insurance = company.Insurance{} },
		"no premium":      func(p *company.Profile) { p.Economics.MarginPremium = company.Plain(0) },
		"no retention":    func(p *company.Profile) { p.Customers.Retention = company.Plain(0) },
		"idle initiative": func(p *company.Profile) { p.Options[0].Initiatives[0].Cuts = nil },
		"no initiative":   func(p *company.Profile) { p.Options[0].Initiatives = nil },
		"five years":      func(p *company.Profile) { p.Economics.Horizon = company.Plain(5) },
		"rate given":      func(p *company.Profile) { p.Company.PerUSD = company.Plain(0.8) },
		"ownership": func(p *company.Profile) {
			p.Ownership = company.Owners{{Line: "closed_sales", Reason: "shared", Shares: []company.OwnerShare{{Owner: "marketing", Share: company.Plain(0.5)}, {Owner: "sales", Share: company.Plain(0.5)}}}}
		},
		"twelve options": func(p *company.Profile) {
			for i := len(p.Options); i < 12; i++ {
				o := p.Options[i%3]
				o.ID = "o" + string(rune('a'+i))
				p.Options = append(p.Options, o)
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			raw := file(t, solved(t, "premium-retailer", 256, change))
			if name == "no options" || name == "ownership" || name == "idle initiative" {
				equal(t, name, raw, recalc.Values(t, raw, sheetsOf(t, raw)...))
			}
		})
	}
}
