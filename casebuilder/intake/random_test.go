package intake

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"

	"casebuilder/casebuilder/company"
	"casebuilder/casebuilder/diag"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
)

// maker makes valid profiles of every shape.
type maker struct{ *rand.Rand }

func (m maker) one(words ...string) string { return words[m.IntN(len(words))] }

func (m maker) text() string {
	return m.one("plain", "two words", `=HYPERLINK("x")`, "a; b", "semi;", ";semi", "'quoted'", "'=x", "-4.2M", "@x", "שלום", "🙂 ok", "a,b", `say "so"`,
		"null", "yes", "2026", "012", "#N", "x # y", "k: v", "[a]", "{a}", strings.Repeat("long ", 60)+"end", "Ünïcödé", "a/../b", "100%", "&a", "*a", "!a", "|", "> x", "~", "- x", "? x")
}

// number makes a value of a field between low and high, as a range at times.
func (m maker) number(f *company.Field, low, high float64) company.Number {
	pick := func() float64 {
		v := low + (high-low)*m.Float64()
		if f.Whole {
			return math.Round(v)
		}
		if m.IntN(2) == 0 {
			v, _ = strconv.ParseFloat(strconv.FormatFloat(v, 'g', 3, 64), 64)
		}
		return min(max(v, low), high)
	}
	n := company.Plain(pick())
	if f.Ranges && m.IntN(3) == 0 {
		a, b, c := pick(), pick(), pick()
		a, b, c = min(a, b, c), a+b+c-min(a, b, c)-max(a, b, c), max(a, b, c)
		if n = company.Between(a, c); m.IntN(2) == 0 && b >= a && b <= c && !f.Whole {
			n = company.Around(a, b, c)
		}
	}
	if m.IntN(5) == 0 {
		n.Source = m.text()
	}
	return n
}

// profile makes a profile that Validate takes.
func (m maker) profile() *company.Profile {
	p := company.New(company.NewDate(2020+m.IntN(20), 3, 1+m.IntN(28)))
	for i := range company.Fields {
		f := &company.Fields[i]
		if f.Needed == "" && m.IntN(2) == 0 {
			continue
		}
		switch f.Kind {
		case company.Quantity:
			low, high := f.Min, min(f.Max, 1e6)
			if f.Above || f.Below {
				low, high = low+0.001, high-0.001
			}
			*f.Number(p) = m.number(f, low, high)
		case company.Text:
			*f.Text(p) = m.text()
		case company.Word:
			*f.Text(p) = m.one(f.Words...)
		case company.Words:
			*f.List(p) = append([]string(nil), f.Words[:1+m.IntN(5)]...)
		case company.Bool:
			*f.Flag(p) = m.IntN(2) == 0
		case company.Day:
			*f.Day(p) = p.Company.AsOf
		}
	}
	p.Company.Country, p.Company.Currency = m.one("", "GB", "DE"), m.one("GBP", "JPY", "KWD")
	p.Customers.Active = m.number(company.FieldByID("customers.active"), 1, 1e5)
	p.Customers.OnFile = m.number(company.FieldByID("customers.on_file"), 1e5, 1e6)
	p.Staffing.Employees = company.Plain(1e6)
	p.Economics.ContributionMargin = m.number(company.FieldByID("economics.contribution_margin"), 0.4, 0.9)
	p.Economics.MarginPremium = m.number(company.FieldByID("economics.margin_premium"), 0, 0.39)
	p.Economics.Horizon = company.Plain(float64(1 + m.IntN(5)))
	for _, id := range []string{"extra_churn", "closed.stretch", "event_rate"} {
		if m.IntN(2) == 0 {
			p.Estimates = append(p.Estimates, company.Estimate{ID: id, Number: m.number(&company.Field{Ranges: true}, 0.1, 0.9)})
		}
	}
	for i := range m.IntN(4) {
		p.Appetite.Levels = append(p.Appetite.Levels, company.Level{
			Loss: company.Plain(float64(i+1) * 1e6), Chance: company.Plain(0.5 / float64(i+1))})
	}
	for i := range m.IntN(4) {
		o := company.Option{ID: m.one("core", "x", "a-b") + strconv.Itoa(i), Name: m.text(), NotValued: m.texts()}
		for range 1 + m.IntN(3) {
			o.Initiatives = append(o.Initiatives, m.initiative())
		}
		o.NameInitiatives()
		p.Options = append(p.Options, o)
	}
	if m.IntN(2) == 0 {
		p.Ownership = append(p.Ownership, company.Ownership{Line: "closed_sales", Reason: m.text(), Shares: []company.OwnerShare{
			{Owner: "operations", Share: company.Plain(0.25)}, {Owner: "marketing", Share: company.Plain(0.75)}}})
	}
	if m.IntN(2) == 0 {
		p.Replay = []string{"zappos-2012", "target-2013"}
	}
	for range m.IntN(3) {
		p.Reviewed = append(p.Reviewed, company.Reviewed{Field: m.one("customers.retention", "estimates.extra_churn", "ownership.closed_sales"), Was: m.text(), Now: m.text(), By: m.text(),
			Date: company.NewDate(2026, 11, 1+m.IntN(30)), Reason: m.text()})
	}
	return p
}

func (m maker) texts() []string {
	var list []string
	for i := range m.IntN(3) {
		list = append(list, m.text()+strconv.Itoa(i))
	}
	return list
}

func (m maker) initiative() company.Initiative {
	i := company.NewInitiative()
	i.Name = m.text()
	for k := range company.ListFields {
		f := &company.ListFields[k]
		if n := f.InitiativeNumber(&i); n != nil && m.IntN(2) == 0 {
			*n = m.number(f, f.Min, min(f.Max, 1e6))
		}
		if s := f.InitiativeText(&i); s != nil && f.Key() != "name" && m.IntN(2) == 0 {
			*s = m.text()
		}
	}
	for _, target := range company.CutTargets {
		if m.IntN(3) > 0 {
			continue
		}
		n := company.Between(0, 0.5)
		if m.IntN(2) == 0 {
			n = company.Around(0.1, 0.15, 0.7)
		}
		if m.IntN(2) == 0 {
			n.Source = m.text()
		}
		i.Cuts = append(i.Cuts, company.Cut{Target: target, Number: n})
	}
	return i
}

// Unflatten(Flatten(p)) is p, and so is p written as JSON, as a row of CSV and
// as a row of a workbook, and read again.
func TestProfilesSurviveEveryRoundTrip(t *testing.T) {
	m := maker{rand.New(rand.NewPCG(5, 6))}
	for i := range 300 {
		p := m.profile()
		if problems, _ := company.Validate(p, company.Rules{}); len(problems) > 0 {
			t.Fatalf("profile %d is not valid: %v", i, problems)
		}
		check := func(how string, got *company.Profile, err error) {
			t.Helper()
			if diff := cmp.Diff(p, got); diff != "" || err != nil {
				t.Fatalf("profile %d by %s: %v\n-want +got\n%s", i, how, err, diff)
			}
		}
		o := Options{Today: p.Company.AsOf}
		got, _, err := Unflatten("book.xlsx", company.Flatten(p), nil, o)
		check("entries", got, err)

		b, err := json.Marshal(p)
		if err != nil {
			t.Fatal(err)
		}
		var back company.Profile
		err = json.Unmarshal(b, &back)
		check("JSON", &back, err)

		got, err = only(UnitsCSV("units.csv", asCSV(t, p, m.one(",", ";", "\t")), o))
		check("CSV", got, err)
		if i%10 == 0 {
			// the writer of workbooks cuts numbers to 15 digits, as Excel does
			got, err = only(UnitsXLSX("units.xlsx", asXLSX(t, p), o))
			near := cmp.Comparer(func(a, b float64) bool { return math.Abs(a-b) <= 1e-13*math.Abs(a) })
			if diff := cmp.Diff(p, got, near); diff != "" || err != nil {
				t.Fatalf("profile %d by XLSX: %v\n-want +got\n%s", i, err, diff)
			}
		}
	}
}

// only returns the profile of the one unit.
func only(u *Units, err error) (*company.Profile, error) {
	if err != nil {
		return nil, err
	}
	if u.Len() != 1 {
		return nil, fmt.Errorf("%d units", u.Len())
	}
	unit := u.Unit(0)
	return unit.Profile, unit.Problems.Err()
}

// asCSV writes a profile as a unit table of one row.
func asCSV(t testing.TB, p *company.Profile, comma string) []byte {
	t.Helper()
	var head, row []string
	for _, e := range company.Flatten(p) {
		if e.Default {
			continue
		}
		head = append(head, e.ID)
		if e.Kind == company.Quantity {
			row = append(row, strconv.FormatFloat(e.Number, 'g', -1, 64))
		} else {
			row = append(row, EscapeCell(e.Text))
		}
	}
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	w.Comma = rune(comma[0])
	if err := w.WriteAll([][]string{head, row}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// asXLSX writes a profile as a workbook of one row.
func asXLSX(t testing.TB, p *company.Profile) []byte {
	t.Helper()
	var head, row []any
	for _, e := range company.Flatten(p) {
		if e.Default {
			continue
		}
		head = append(head, e.ID)
		switch e.Kind {
		case company.Quantity:
			row = append(row, e.Number)
		case company.Day:
			d, err := company.ParseDate(e.Text)
			if err != nil {
				t.Fatal(err)
			}
			row = append(row, d.Time)
		default:
			row = append(row, e.Text)
		}
	}
	return workbook(t, "Units", head, row)
}

// workbook writes rows into a sheet of a new workbook.
func workbook(t testing.TB, sheet string, rows ...[]any) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	if err := f.SetSheetName("Sheet1", sheet); err != nil {
		t.Fatal(err)
	}
	for i, row := range rows {
		if err := f.SetSheetRow(sheet, fmt.Sprintf("A%d", i+1), &row); err != nil {
			t.Fatal(err)
		}
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestUnflattenNamesTheRow(t *testing.T) {
	p, _, err := Company("company.yaml", read(t, "base.yaml"), options())
	if err != nil {
		t.Fatal(err)
	}
	entries := company.Flatten(p)
	at := func(i int) diag.Place {
		return diag.Place{File: "book.xlsx", Sheet: "Inputs", Cell: fmt.Sprintf("D%d", i+2)}
	}
	for i := range entries {
		if entries[i].ID == "customers.retention" {
			entries[i].Number = 1.2
			_, _, err := Unflatten("book.xlsx", entries, at, options())
			want := fmt.Sprintf(`book.xlsx!Inputs!D%d: customers.retention: want a share from 0%% to 99%%, got "1.2"`, i+2)
			if err == nil || err.Error() != want {
				t.Errorf("-want +got\n-%s\n+%v", want, err)
			}
		}
	}
	// a bare value beside its ends is the mode
	entries = append(company.Flatten(p), company.Entry{ID: "economics.discount_rate.low", Number: 0.07}, company.Entry{ID: "economics.discount_rate.high", Number: 0.11})
	got, _, err := Unflatten("book.xlsx", entries, nil, options())
	if err != nil || got.Economics.DiscountRate != company.Around(0.07, 0.09, 0.11) {
		t.Errorf("%+v %v", got, err)
	}
}
