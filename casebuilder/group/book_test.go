package group

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"testing"

	"casebuilder/casebuilder/book"
	"casebuilder/casebuilder/company"
	"casebuilder/casebuilder/render/xlsx"
	"casebuilder/casebuilder/render/xlsx/lint"
	"casebuilder/casebuilder/render/xlsx/recalc"
	"casebuilder/casebuilder/results"
)

var demo = flag.String("demo", "", "folder to write the papers of the specimen to")

// specimen is a group with one of everything: currencies, a platform, shared
// programmes, units left out, grades, a review, names that look like formulas.
func specimen(t testing.TB, n int) *Case {
	t.Helper()
	var units []*Unit
	var all []company.Shared
	all = append(all, company.Shared{Name: "Watch, day and night", OneOff: company.Plain(200e3), PerYear: company.Plain(400e3), Key: "benefit"},
		company.Shared{Name: "=Group insurance", PerYear: company.Plain(90e3), Key: "revenue"},
		company.Shared{Name: "Single sign-on", OneOff: company.Plain(50e3), Key: "customers", Units: []string{"Unit 00", "Unit 01"}})
	for i := range n {
		u := unit(fmt.Sprintf("Unit %02d", i), "", 0.03+0.01*float64(i%5), 3e5*float64(1+i), 1.4)
		u.Company, u.Sector, u.Positioning, u.Folder = "Alder & Finch", "retail", "premium", fmt.Sprintf("unit-%02d", i)
		u.Revenue, u.Customers, u.Chance = 4e6*float64(1+i), 3e4*float64(1+i), 0.04
		u.IncidentP5, u.IncidentP50, u.IncidentP95 = 1e5, 3e5*float64(1+i), 5e6*float64(1+i)
		u.CostYearly, u.CostPV, u.Avoided, u.NPV, u.NPVLow, u.NPVHigh, u.ChancePays = 40e3, 100e3, 150e3, 50e3*float64(3-i%6), -60e3, 400e3, 0.6
		u.RateAfter = make([]float64, trials)
		for k, r := range u.Rate {
			u.RateAfter[k] = 0.6 * r
		}
		u.ALEAfter = 0.6 * u.ALE
		u.Checks, u.Grade = 12, Grade{Level: Level(i % 3), Missing: graded[i%3:]}
		if i%4 == 1 {
			u.Platform = "web shop, Europe"
		}
		if i%3 == 2 {
			u.Currency = "EUR"
		}
		if i%5 == 4 {
			u.Option, u.OptionID, u.NPV, u.RateAfter, u.ALEAfter = "", "nothing", 0, u.Rate, u.ALE
			u.CostYearly, u.CostPV, u.Avoided, u.NPVLow, u.NPVHigh, u.ChancePays = 0, 0, 0, 0, 0, 0
		}
		e := &Effects{Rate: u.RateAfter, Loss: u.Loss}
		for _, s := range covering(u.Name, all) {
			e.Programmes = append(e.Programmes, Effect{Name: s.Name, Avoided: 2e4 * float64(1+i), ALE: 1e3})
		}
		u.Effects = e
		units = append(units, u)
	}
	units[0].Name = "=HYPERLINK(\"x\")"
	units[0].Changes = []results.Change{{ID: "customers.retention", Label: "Retention", Unit: "share", From: "78%", To: "80%", Reason: "CRM", Who: "CMO", Date: "2026-11-02", NPV: 4200, Stake: 0.01}}
	g := &company.Group{Name: "Finch Holdings", Currency: "GBP", Shared: all,
		Rates:    []company.Rate{{Currency: "GBP", PerUSD: company.Plain(0.75), Date: company.NewDate(2026, 12, 31), Source: "treasury, closing rate"}},
		Appetite: company.Appetite{Approved: company.NewDate(2026, 5, 14), Levels: []company.Level{{Loss: company.Plain(5e6), Chance: company.Plain(0.05)}, {Loss: company.Plain(50e6), Chance: company.Plain(0.02)}}}}
	c, err := Solve(Input{Group: g, Units: units, Version: "test", Excluded: []Excluded{
		{Name: "Lost & Found", Place: "units.csv:9", Reasons: []string{`units.csv:9:14: customers.retention: want a share from 0% to 99%, got "120%"`, `units.csv:9:20: economics.revenue: want an amount, got "n/a"`}},
		{Place: "units.csv:12", Reasons: []string{"units.csv:12:2: company.unit: want a name, got an empty cell"}}}})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func file(t testing.TB, c *Case) []byte {
	t.Helper()
	b := Book(c, BookOptions{})
	if p := b.Check(); len(p) > 0 {
		t.Fatal(p)
	}
	var out bytes.Buffer
	if err := xlsx.Write(&out, b, xlsx.WriteOptions{}); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// groups are the shapes that the workbook must take.
func groups(t testing.TB) map[string]*Case {
	return map[string]*Case{
		"specimen": specimen(t, 8),
		"one unit": solve(t, nil, unit("a", "", 0.1, 100, 1)),
		"no loss":  solve(t, nil, unit("a", "", 0, 100, 0), unit("b", "", 0, 0, 0)),
		"no unit of the programme": solve(t, &company.Group{Name: "G", Currency: "GBP", Shared: []company.Shared{{Name: "P", OneOff: company.Plain(1), Units: []string{"x"}, Key: "revenue"}}},
			unit("a", "", 0.1, 100, 1)),
	}
}

// The finished file keeps the rules of good spreadsheets.
func TestBookLint(t *testing.T) {
	cfg := lint.Config{Name: "group.xlsx", Sheets: map[string]lint.Sheet{checksSheet: {HeaderRow: 5, Units: true}, ratesSheet: {HeaderRow: 5, Units: true, Sources: true}}}
	for name, c := range groups(t) {
		raw := file(t, c)
		for _, p := range lint.Check(bytes.NewReader(raw), int64(len(raw)), cfg) {
			t.Errorf("%s: %v", name, p)
		}
		if *demo != "" && name == "specimen" {
			if err := os.WriteFile(*demo+"/group.xlsx", raw, 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// Two engines, one number: LibreOffice recalculates every formula to the
// stored value.
func TestBookRecalculates(t *testing.T) {
	for name, c := range groups(t) {
		raw := file(t, c)
		b := Book(c, BookOptions{})
		var sheets []string
		for _, s := range b.Sheets {
			sheets = append(sheets, s.Name)
		}
		got := recalc.Values(t, raw, sheets...)
		n := 0
		for _, s := range b.Sheets {
			rows, cols := s.Size()
			for row := 1; row <= rows; row++ {
				for col := 1; col <= cols; col++ {
					cell := s.At(row, col)
					if cell.Formula == "" {
						continue
					}
					n++
					v := got[s.Name].At(row, col).Value
					if want, ok := cell.Value.(float64); ok {
						is, _ := v.(float64)
						near(t, name+": "+book.On(s.Name, book.CellName(row, col))+" ="+cell.Formula, is, want, 1e-9*max(1, abs(want)))
					} else if v != cell.Value {
						t.Errorf("%s: %s ="+cell.Formula+": want %v, got %v", name, book.On(s.Name, book.CellName(row, col)), cell.Value, v)
					}
				}
			}
		}
		if n < 50 {
			t.Errorf("%s: want a live workbook, got %d formulas", name, n)
		}
	}
}

func abs(v float64) float64 { return max(v, -v) }

// The same group gives the same bytes.
func TestBookSameBytes(t *testing.T) {
	if !bytes.Equal(file(t, specimen(t, 8)), file(t, specimen(t, 8))) {
		t.Error("want the same bytes, got others")
	}
}
