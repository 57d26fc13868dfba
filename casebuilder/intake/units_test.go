package intake

import (
	"archive/zip"
	"bytes"
	"fmt"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"casebuilder/casebuilder/company"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
)

// defaults reads the defaults file of the tests.
func defaults(t testing.TB) *Defaults {
	t.Helper()
	d, warnings, err := ReadDefaults("group.yaml", read(t, "group.yaml"), options())
	if err != nil || len(warnings) > 0 {
		t.Fatal(err, warnings)
	}
	return d
}

func withDefaults(t testing.TB) Options {
	o := options()
	o.Defaults = defaults(t)
	return o
}

const unitsHead = "company.unit,customers.active,customers.on_file,customers.retention,estimates.extra_churn.low,estimates.extra_churn.high,marketing.goodwill_offer,company.as_of\n"

func TestUnitsCSV(t *testing.T) {
	u, err := UnitsCSV("units.csv", []byte(unitsHead+
		"Nordics,400k,1.1M,78%,0.5%,3%,no,2026-12-31\n"+
		"\n"+
		`"Benelux; and ""more""","1,200,000",2M,,,,,`+"\n"+
		"DACH,0,12,78,,,perhaps,31.12.2026\n"+
		"nordics ,1,1,50%,,,,\n"+
		",1,1,50%,,,,\n"), withDefaults(t))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for i := range u.Len() {
		unit := u.Unit(i)
		got = append(got, fmt.Sprintf("%s|%s|%v", unit.Place, unit.Name, unit.Profile != nil))
		for _, p := range unit.Problems {
			got = append(got, p.Error())
		}
	}
	want := []string{
		"units.csv:2|Nordics|false",
		`units.csv:2:1: company.unit: want a name that no other unit has, got "Nordics"` + "\n  hint: it stands at units.csv:6 as well; both are refused",
		`units.csv:4|Benelux; and "more"|true`,
		"units.csv:5|DACH|false",
		`units.csv:5:6: customers.active: want a whole number of customers, 1 or more, got "0"`,
		`units.csv:5:11: customers.retention: want a share from 0% to 99%, got "78"` + "\n  hint: write 78% or 0.78",
		`units.csv:5:16: marketing.goodwill_offer: want yes or no, got "perhaps"`,
		`units.csv:5:24: company.as_of: want a date such as 2026-12-31, got "31.12.2026"` + "\n  hint: write year, month and day: 2026-12-31",
		"units.csv:6|nordics|false",
		`units.csv:6:1: company.unit: want a name that no other unit has, got "nordics"` + "\n  hint: it stands at units.csv:2 as well; both are refused",
		"units.csv:7||false",
		`units.csv:7:1: company.unit: want a name, got an empty cell` + "\n  hint: needed because it names the unit's folder and papers",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
	p := u.Unit(1).Profile
	if p.Customers.Active.Value != 1200000 || p.Customers.Retention.Value != 0.8 || len(p.Options) != 1 || p.Options[0].ID != "shared" ||
		p.Company.Name != "Alder & Finch" || p.Company.Unit != `Benelux; and "more"` {
		t.Errorf("defaults fill what a row leaves out: %+v", p)
	}
}

// What a unit gives is whole: its options replace those of the defaults, its
// estimates join them.
func TestDefaultsFillWhatAUnitLeavesOut(t *testing.T) {
	head := "company.unit,customers.active,customers.on_file,options.own.name,options.own.plan.name,options.own.plan.per_year," +
		"options.own.plan.cuts.closure.low,options.own.plan.cuts.closure.high,estimates.closed.stretch,economics.discount_rate.low,economics.discount_rate.high,appetite.levels.1.loss,appetite.levels.1.chance\n"
	u, err := UnitsCSV("units.csv", []byte(head+"A,10,20,Own,A plan,10k,0%,20%,1.2,7%,9%,1M,2%\nB,10,20,,,,,,,,,,\n"), withDefaults(t))
	if err != nil {
		t.Fatal(err)
	}
	a, b := u.Unit(0), u.Unit(1)
	if a.Problems != nil || b.Problems != nil {
		t.Fatal(a.Problems, b.Problems)
	}
	if o := a.Profile.Options; len(o) != 1 || o[0].ID != "own" || o[0].Initiatives[0].ID != "plan" || o[0].Initiatives[0].Cuts[0].Number != company.Between(0, 0.2) {
		t.Errorf("options of A: %+v", o)
	}
	if o := b.Profile.Options; len(o) != 1 || o[0].ID != "shared" {
		t.Errorf("options of B: %+v", o)
	}
	ids := func(e company.Estimates) (s string) {
		for _, x := range e {
			s += x.ID + " "
		}
		return s
	}
	if got := ids(a.Profile.Estimates); got != "closed.stretch extra_churn " {
		t.Errorf("estimates of A: %s", got)
	}
	if got := ids(b.Profile.Estimates); got != "extra_churn " {
		t.Errorf("estimates of B: %s", got)
	}
	if n := a.Profile.Economics.DiscountRate; n != company.Between(0.07, 0.09) {
		t.Errorf("discount rate of A: %+v", n)
	}
	if n := b.Profile.Economics.DiscountRate; n != company.Plain(0.09) {
		t.Errorf("discount rate of B: %+v", n)
	}
	if l := a.Profile.Appetite; len(l.Levels) != 1 || !l.Approved.IsZero() {
		t.Errorf("appetite of A, given whole: %+v", l)
	}
	if l := b.Profile.Appetite; len(l.Levels) != 2 || l.Approved.IsZero() {
		t.Errorf("appetite of B, of the defaults: %+v", l)
	}
}

// A value of the defaults that does not fit a unit is told at its place in the
// defaults file.
func TestProblemsKeepTheirFile(t *testing.T) {
	u, err := UnitsCSV("units.csv", []byte("company.unit,customers.active,customers.on_file,economics.contribution_margin\nA,10,20,3%\n"), withDefaults(t))
	if err != nil {
		t.Fatal(err)
	}
	want := `group.yaml:18:19: economics.margin_premium: want points below the contribution margin, 3%, got "4 points"
  hint: the premium is the part of the margin that the service earns`
	if got := u.Unit(0).Problems.Error(); got != want {
		t.Errorf("-want +got\n%s", cmp.Diff(want, got))
	}
}

func TestTablesAsAWhole(t *testing.T) {
	check := func(name, src, want string, o Options) {
		t.Helper()
		u, err := UnitsCSV("units.csv", []byte(src), o)
		if err == nil || u != nil {
			t.Errorf("%s: no error", name)
			return
		}
		if diff := cmp.Diff(want, err.Error()); diff != "" {
			t.Errorf("%s: -want +got\n%s", name, diff)
		}
	}
	o := withDefaults(t)
	check("unknown columns", "company.unit,customers.activ,customers.on_file,retention,employees.low,customers.active,estimates.extra_chrun,options.core.id,appetite.levels.0.loss,staffing.employees.low\nA,1,1,1,1,1,1,1,1,1\n",
		`units.csv:1:14: want the dotted name of a value of the company file, got "customers.activ"
  hint: did you mean customers.active?
units.csv:1:48: want the dotted name of a value of the company file, got "retention"
  hint: did you mean customers.retention?
units.csv:1:58: want the dotted name of a value of the company file, got "employees.low"
units.csv:1:89: want a driver or a constant of the model, got "estimates.extra_chrun"
  hint: did you mean estimates.extra_churn?
units.csv:1:111: want the dotted name of a value of the company file, got "options.core.id"
  hint: the ID of an option or an initiative stands in the names of its columns
units.csv:1:127: want the dotted name of a value of the company file, got "appetite.levels.0.loss"
  hint: count the levels from 1 to 10
units.csv:1:150: want the dotted name of a value of the company file, got "staffing.employees.low"
  hint: it takes a plain number: staffing.employees`, o)
	check("a column twice", "company.unit,customers.active,customers.on_file,customers.active\n", `units.csv:1:49: customers.active: want each column once, got a second one
  hint: the first is at units.csv:1:14`, o)
	check("a column missing", "customers.active\n1\n", `units.csv:1: company.unit: want a column, or a value in the defaults, got nothing
  hint: needed because it names the unit's folder and papers
units.csv:1: customers.on_file: want a column, or a value in the defaults, got nothing
  hint: needed because an incident exposes people on file, active or not`, o)
	check("an empty table", "", "units.csv:1: want a row of names and a row for each unit, got no rows\n  hint: casebuilder init --batch writes a table", o)
	check("only names", "company.unit,customers.active,customers.on_file\n", "units.csv:1: want a row of names and a row for each unit, got no rows\n  hint: casebuilder init --batch writes a table", o)
	check("no names", ",,\nA,1,2\n", "units.csv:1: want the names of columns, such as company.unit, got an empty first row\n  hint: casebuilder init --batch writes a table", o)
	check("an open quote", "company.unit,customers.active,customers.on_file\nA,1,\"2\nB,1,2\n", "units.csv:3:6: want a quotation mark closed before the next separator, got one that is not\n  hint: begin at the row in line 2; inside quotes write \" twice", o)
	check("a quote inside", "company.unit,customers.active,customers.on_file\nA \"x\",1,2\n", "units.csv:2:3: want a quotation mark only around a whole cell, got one inside it\n  hint: put quotes around the cell and write \" twice inside", o)
	check("Latin-1", "company.unit\nM\xfcnchen\n", "units.csv:2:2: want UTF-8 text, got the byte 0xfc\n  hint: save the table as \"CSV UTF-8\"", o)
	check("too many columns", strings.Repeat("a,", 5000)+"\n", "units.csv:1:8001: want at most 4000 columns, got 5001", o)
	check("too many rows", "company.unit,customers.active,customers.on_file\n"+strings.Repeat("A,1,2\n", maxUnits+1), "units.csv:100002: want at most 100000 rows, got more", o)
}

func TestRowsOfATable(t *testing.T) {
	check := func(name, row, want string) {
		t.Helper()
		u, err := UnitsCSV("units.csv", []byte("company.unit,customers.active,customers.on_file,economics.discount_rate,economics.discount_rate.low,economics.discount_rate.high,economics.discount_rate.mode\n"+row+"\n"), withDefaults(t))
		if err != nil {
			t.Fatal(err)
		}
		if got := u.Unit(0).Problems.Error(); got != want {
			t.Errorf("%s: -want +got\n%s", name, cmp.Diff(want, got))
		}
	}
	check("a good row", "A,1,2,,,,", "")
	check("a range with its mode beside it", "A,1,2,8%,7%,9%,", "")
	check("two modes", "A,1,2,8%,7%,9%,8%", "units.csv:2:16: economics.discount_rate.mode: want each key once, got \"mode\" again\n  hint: it stands in line 2 already")
	check("half a range", "A,1,2,,7%,,", "units.csv:2:8: economics.discount_rate: want low and high, the ends of a 90% interval, got no high")
	check("an empty cell", "A,,2,,,,", "units.csv:2:3: customers.active: want a whole number of customers, 1 or more, got an empty cell\n  hint: needed because every loss of customer margin is counted per active customer")
	check("a cell too many", "A,1,2,,,,,oops", "units.csv:2:11: want a name in the first row above each cell, got \"oops\"\n  hint: is there a separator too many? texts that hold one need quotes")
	check("an error of a spreadsheet", "A,#REF!,2,,,,", "units.csv:2:3: customers.active: want a value, got the error #REF!\n  hint: mend the formula")
	check("a short row", "A", "units.csv:2: customers.active: want a whole number of customers, 1 or more, got an empty cell\n  hint: needed because every loss of customer margin is counted per active customer\n"+
		"units.csv:2: customers.on_file: want a whole number of people, 1 or more, got an empty cell\n  hint: needed because an incident exposes people on file, active or not")
}

func TestUnitsXLSX(t *testing.T) {
	f := excelize.NewFile()
	defer f.Close()
	must := func(err error) {
		if err != nil {
			t.Fatal(err)
		}
	}
	must(f.SetSheetName("Sheet1", "Read me"))
	_, err := f.NewSheet("Units")
	must(err)
	day, err := f.NewStyle(&excelize.Style{NumFmt: 14})
	must(err)
	must(f.SetSheetRow("Units", "A1", &[]any{"company.unit", "customers.active", "customers.on_file", "customers.retention", "company.as_of", "marketing.goodwill_offer"}))
	must(f.SetSheetRow("Units", "A2", &[]any{"Nordics", 400000, "1.1M", 0.78, 46387, true}))
	must(f.SetCellStyle("Units", "E2", "E2", day))
	must(f.SetSheetRow("Units", "A3", &[]any{"DACH", "", "2M", 78, "2026-12-31", false}))
	must(f.SetSheetRow("Units", "A5", &[]any{"Benelux", 5, 3}))
	must(f.SetCellFormula("Units", "D5", "1/2"))
	var b bytes.Buffer
	must(f.Write(&b))
	u, err := UnitsXLSX("units.xlsx", b.Bytes(), withDefaults(t))
	must(err)
	if u.Len() != 3 {
		t.Fatalf("%d units", u.Len())
	}
	p := u.Unit(0).Profile
	if p == nil || p.Customers.Active.Value != 400000 || p.Customers.OnFile.Value != 1100000 || p.Company.AsOf != company.NewDate(2026, 12, 31) || !p.Marketing.GoodwillOffer {
		t.Errorf("first row: %+v %v", p, u.Unit(0).Problems)
	}
	want := `units.xlsx!Units!B3: customers.active: want a whole number of customers, 1 or more, got an empty cell
  hint: needed because every loss of customer margin is counted per active customer
units.xlsx!Units!D3: customers.retention: want a share from 0% to 99%, got "78"
  hint: write 78% or 0.78`
	if diff := cmp.Diff(want, u.Unit(1).Problems.Error()); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
	want = `units.xlsx!Units!C5: customers.on_file: want at least the active customers, 5, got "3"
  hint: it counts everybody whose data you hold, active customers included`
	if diff := cmp.Diff(want, u.Unit(2).Problems.Error()); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}

// A formula counts with the value that its spreadsheet stored.
func TestXLSXFormulasAreReadByTheirStoredValue(t *testing.T) {
	src := workbook(t, "Units", []any{"company.unit", "customers.active", "customers.on_file"}, []any{"A", 5, 7})
	zr, err := zip.NewReader(bytes.NewReader(src), int64(len(src)))
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, file := range zr.File {
		r, err := file.Open()
		if err != nil {
			t.Fatal(err)
		}
		var part bytes.Buffer
		if _, err := part.ReadFrom(r); err != nil {
			t.Fatal(err)
		}
		out, err := w.Create(file.Name)
		if err != nil {
			t.Fatal(err)
		}
		text := part.String()
		if strings.HasPrefix(file.Name, "xl/worksheets/") {
			if !strings.Contains(text, "<v>5</v>") {
				t.Fatal("the cell is written another way")
			}
			text = strings.Replace(text, "<v>5</v>", "<f>2+4</f><v>6</v>", 1)
		}
		if _, err := out.Write([]byte(text)); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	u, err := UnitsXLSX("units.xlsx", b.Bytes(), withDefaults(t))
	if err != nil {
		t.Fatal(err)
	}
	if p := u.Unit(0).Profile; p == nil || p.Customers.Active.Value != 6 {
		t.Errorf("%+v %v", p, u.Unit(0).Problems)
	}
}

func TestUnitsXLSXRefusesWhatIsNone(t *testing.T) {
	check := func(name string, src []byte, want string) {
		t.Helper()
		u, err := UnitsXLSX("units.xlsx", src, withDefaults(t))
		if err == nil || u != nil {
			t.Errorf("%s: no error", name)
			return
		}
		if got, _, _ := strings.Cut(err.Error(), "\n"); got != want {
			t.Errorf("%s: -want +got\n-%s\n+%s", name, want, got)
		}
	}
	check("no zip", []byte("hello"), "units.xlsx: want a workbook, .xlsx, got another kind of file")
	check("no rows", workbook(t, "Units"), "units.xlsx!Units!A1: want a row of names and a row for each unit, got no rows")
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	out, err := w.Create("xl/worksheets/sheet1.xml")
	if err != nil {
		t.Fatal(err)
	}
	for range 65 {
		if _, err := out.Write(make([]byte, 1<<20)); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	check("a bomb", b.Bytes(), "units.xlsx: want a workbook of at most 64 MB, unzipped, got more")
	check("wide rows", workbook(t, "Units", []any{"company.unit", "customers.active", "customers.on_file"}, append(make([]any, 5000), "x")),
		"units.xlsx!Units!EWW2: want at most 4000 columns, got 5001")
}

func TestUnitsFolder(t *testing.T) {
	file := func(s string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(s)} }
	fsys := fstest.MapFS{
		"b.yaml":     file("schema: 1\ncompany: {unit: Benelux}\ncustomers: {active: 10, on_file: 20}\n"),
		"a.yml":      file("schema: 1\ncompany: {unit: Nordics}\ncustomers: {active: 1O, on_file: 20}\n"),
		"c.yaml":     file("company: {unit: DACH}\ncustomers: {active: 10, on_file: 20}\n"),
		"d.yaml":     file("schema: 1\ncustomers: {active: 10, on_file: 20}\n"),
		"e.yaml":     file("schema: 1\ncompany: [\n"),
		".f.yaml":    file("hidden"),
		"notes.txt":  file("no unit"),
		"deep/g.yml": file("not read"),
	}
	u, err := UnitsFolder("units", fsys, withDefaults(t))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for i := range u.Len() {
		unit := u.Unit(i)
		got = append(got, fmt.Sprintf("%s|%s|%v|%v", unit.Place, unit.Name, unit.Profile != nil, unit.Problems))
	}
	want := []string{
		"units/a.yml|Nordics|false|units/a.yml:3:21: customers.active: want a whole number of customers, 1 or more, got \"1O\"\n  hint: the endings are k, M, bn, tn, % and points",
		"units/b.yaml|Benelux|true|",
		"units/c.yaml|DACH|false|units/c.yaml:1:1: schema: want 1, the version of the file format, got nothing\n  hint: write schema: 1 as the first line",
		"units/d.yaml||false|units/d.yaml: company.unit: want a name, got nothing\n  hint: needed because it names the unit's folder and papers",
		"units/e.yaml||false|units/e.yaml:2:10: want a YAML file, got an error in its form: sequence end token ']' not found\n  hint: look for a missing colon, quote or bracket here or just before",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
	if _, err := UnitsFolder("units", fstest.MapFS{}, options()); err == nil {
		t.Error("an empty folder has no units")
	}
}

// Units can be read at the same time, and give the same each time.
func TestUnitsAreReadInParallel(t *testing.T) {
	var b strings.Builder
	b.WriteString("company.unit,customers.active,customers.on_file\n")
	for i := range 200 {
		fmt.Fprintf(&b, "U%d,%d,%d\n", i, i+1, i+2)
	}
	u, err := UnitsCSV("units.csv", []byte(b.String()), withDefaults(t))
	if err != nil {
		t.Fatal(err)
	}
	var wait sync.WaitGroup
	for i := range u.Len() {
		wait.Go(func() {
			if p := u.Unit(i).Profile; p == nil || p.Customers.Active.Value != float64(i+1) {
				t.Errorf("unit %d: %+v", i, p)
			}
		})
	}
	wait.Wait()
}

func TestGroup(t *testing.T) {
	got := defaults(t).Group
	want := &company.Group{Name: "Alder Group", Currency: "GBP",
		Rates: []company.Rate{{Currency: "EUR", PerUSD: company.Plain(0.88), Date: company.NewDate(2026, 12, 31), Source: "treasury"}},
		Appetite: company.Appetite{Levels: []company.Level{
			{Loss: company.Plain(10e6), Chance: company.Plain(0.05)}}},
		Shared: []company.Shared{{Name: "Central monitoring", OneOff: company.Plain(400e3), PerYear: company.Plain(250e3),
			Cuts:  company.Cuts{{Target: "exposed_share", Number: company.Between(0.05, 0.4)}},
			Units: nil, Key: "benefit"}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}

func TestDefaultsMessages(t *testing.T) {
	base := string(read(t, "group.yaml"))
	check := func(old, new, want string) {
		t.Helper()
		if strings.Count(base, old) != 1 {
			t.Fatalf("group.yaml has %q %d times", old, strings.Count(base, old))
		}
		_, _, err := ReadDefaults("group.yaml", []byte(strings.Replace(base, old, new, 1)), options())
		if err == nil {
			t.Errorf("%s: no error", new)
			return
		}
		if diff := cmp.Diff(want, err.Error()); diff != "" {
			t.Errorf("%s: -want +got\n%s", new, diff)
		}
	}
	check("schema: 1\n", "", "group.yaml:1:1: schema: want 1, the version of the file format, got nothing\n  hint: write schema: 1 as the first line")
	check("name: Alder & Finch", "name: Alder & Finch\n  unit: All", `group.yaml:4:9: company.unit: want no name of a unit here, got "All"`+"\n  hint: each unit has its own")
	check("retention: 80%", "retention: 80", `group.yaml:13:14: customers.retention: want a share from 0% to 99%, got "80"`+"\n  hint: write 80% or 0.8")
	check("per_usd: 0.88", "per_usd: -1", `group.yaml:50:20: group.rates.EUR.per_usd: want units of the currency for one US dollar, above 0, got "-1"`)
	check(", date: 2026-12-31", "", "group.yaml:50:5: group.rates.EUR.date: want a date such as 2026-12-31, got nothing\n  hint: needed because a rate holds for a day")
	check("EUR:", "EURO:", `group.yaml:50:5: group.rates.EURO: want a currency code of three letters, such as GBP, got "EURO"`+"\n  hint: did you mean EUR?")
	check("key: benefit", "key: profit", `group.yaml:59:12: group.shared_programmes.1.key: want one of benefit, customers, revenue, got "profit"`)
	check("      units: all\n", "", "group.yaml:54:7: group.shared_programmes.1.units: want the units that it protects, got nothing\n  hint: write all, or a list of names of units")
	check("group:\n  name: Alder Group\n", "group:\n", "group.yaml:46:1: group.name: want a name, got nothing\n  hint: needed because the group's papers carry it")
}

func TestSharedProgrammesNameUnitsThatAreThere(t *testing.T) {
	src := strings.Replace(string(read(t, "group.yaml")), "units: all", "units: [Nordics, Benelx]", 1)
	o := options()
	d, _, err := ReadDefaults("group.yaml", []byte(src), o)
	if err != nil {
		t.Fatal(err)
	}
	o.Defaults = d
	_, err = UnitsCSV("units.csv", []byte("company.unit,customers.active,customers.on_file\nNordics,1,2\nBenelux,1,2\n"), o)
	want := `group.yaml:58:24: group.shared_programmes.1.units.2: want a unit of this batch, got "Benelx"` + "\n  hint: did you mean Benelux?"
	if err == nil || err.Error() != want {
		t.Errorf("-want +got\n-%s\n+%v", want, err)
	}
}

func TestEscapeCellComesBack(t *testing.T) {
	for _, s := range []string{"", "x", "=1+1", "+1", "-1", "@x", "'x", "'=x", "''=x", "'", "''", "\tx", "x=1"} {
		if got := unescape(EscapeCell(s)); got != s {
			t.Errorf("%q came back as %q", s, got)
		}
		if e := EscapeCell(s); e != "" && strings.ContainsRune("=+-@\t\r", rune(e[0])) {
			t.Errorf("%q is written as %q", s, e)
		}
	}
}
